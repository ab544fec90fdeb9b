//! Numbers: what they are worth and how they were written.
//!
//! A [`Number`] keeps the exact value and, free of any one language, the form
//! that it was written in, so that another language can write it alike. Reading
//! goes through one `walk` over a language's `lexicon`; writing is each
//! language's own.
//!
//! Law: reading what a language wrote yields a number of equal [`values`]
//! and equal unit, whatever the style. No floating point anywhere.
//!
//! [`values`]: Number::values

pub(crate) mod amount;
pub(crate) mod cursor;
pub(crate) mod figures;
mod group;
pub(crate) mod lexicon;
mod money;
pub(crate) mod multitude;
mod quantity;
mod style;
pub(crate) mod walk;
pub(crate) mod write;

use rust_decimal::Decimal;

pub use money::Currency;
pub use multitude::Multitude;
pub use style::{DecimalMark, Digits, LargeFigures, NumberStyle, Scales};

use crate::text::{Normal, Span};

/// Something found in a text, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found<T> {
    /// The bytes that it was read from. A case ending or classifier that follows
    /// (টাকা|র, ১২|টি) is not among them.
    pub span: Span<Normal>,
    /// What they say.
    pub value: T,
}

/// A number in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    /// The exact value in full: 31 890 000 000 for `$31.89b`. Of a range or a
    /// score the first number, of a verbatim number 0.
    pub value: Decimal,
    /// How it was written.
    pub form: Form,
    /// What it counts.
    pub unit: Unit,
    /// The word may well be no number (`one of them`, `half of it`, `a second
    /// time`, এক as an article). Leave such a number to the engine, and where
    /// numbers are compared do not insist on it.
    pub loose: bool,
}

/// How a number was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Form {
    /// Digits alone: `2,500`, `6.50`, `1971`.
    Figures {
        /// Digits after the decimal mark, trailing zeros among them.
        decimals: u32,
        /// Whether groups were set apart. A number that was not grouped (a
        /// year) never is.
        grouped: bool,
    },
    /// An amount of a large unit: `31.89b`, `half a million`, ৩৫ হাজার ৪৬৫ কোটি.
    Scaled {
        /// The largest unit named (`crore` of ৩৫ হাজার ৪৬৫ কোটি).
        scale: Scale,
        /// Digits after the decimal mark of the amount.
        decimals: u32,
        /// Whether the amount was spelled out.
        spelled: bool,
    },
    /// Words alone: `twelve`, আড়াই.
    Spelled,
    /// A place in an order: `19th`, ১৯তম, `first`.
    Ordinal {
        /// Whether it was spelled out.
        spelled: bool,
    },
    /// Part of a whole: `3/4`, `two-thirds`, এক-তৃতীয়াংশ.
    Fraction {
        /// The parts there are.
        numerator: u32,
        /// The parts that make one.
        denominator: u32,
        /// Whether it was spelled out.
        spelled: bool,
    },
    /// Two numbers with a dash between, low to high: `10-12`, `$2-3 billion`.
    Range {
        /// The exact value of the second.
        to: Decimal,
        /// The unit that both are given in.
        scale: Option<Scale>,
        /// The dash as it was written.
        dash: char,
    },
    /// Two numbers with a dash between that are no range: `3-1`.
    Score {
        /// The second number.
        other: Decimal,
        /// The dash as it was written.
        dash: char,
    },
    /// A sign and no quantity: a telephone number, the 4 of `Rangpur-4`,
    /// `BPM6`, `007`. Its digits may change script, and nothing else may change.
    Verbatim {
        /// The text as it stands.
        text: String,
    },
}

/// What a number counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Unit {
    /// What the words around it say.
    #[default]
    Plain,
    /// Hundredths.
    Percent,
    /// Money.
    Money(Currency),
}

/// A named power of ten, or a dozen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scale {
    /// 12.
    Dozen,
    /// 10³.
    Thousand,
    /// 10⁵.
    Lakh,
    /// 10⁶.
    Million,
    /// 10⁷.
    Crore,
    /// 10⁹.
    Billion,
    /// 10¹².
    Trillion,
}

impl Scale {
    /// What one of it is worth.
    #[must_use]
    pub fn value(self) -> Decimal {
        Decimal::from(match self {
            Self::Dozen => 12_u64,
            Self::Thousand => 1_000,
            Self::Lakh => 100_000,
            Self::Million => 1_000_000,
            Self::Crore => 10_000_000,
            Self::Billion => 1_000_000_000,
            Self::Trillion => 1_000_000_000_000,
        })
    }
}

impl Number {
    /// A number in plain figures.
    #[must_use]
    pub fn plain(value: Decimal) -> Self {
        Self {
            value,
            form: Form::Figures {
                decimals: value.scale(),
                grouped: false,
            },
            unit: Unit::Plain,
            loose: false,
        }
    }

    /// The values to compare across languages: one, both of a range or a score,
    /// every digit run of a verbatim number.
    #[must_use]
    pub fn values(&self) -> Vec<Decimal> {
        match &self.form {
            Form::Range { to: other, .. } | Form::Score { other, .. } => vec![self.value, *other],
            Form::Verbatim { text } => figures::runs(text),
            _ => vec![self.value],
        }
    }
}

#[cfg(test)]
mod tests;
