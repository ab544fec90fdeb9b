//! How a newsroom wants its numbers.

use serde::Deserialize;

/// How numbers are written. Every default is `house`: what the newsrooms of the
/// language do.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct NumberStyle {
    /// Which digits; the house style sets it for numbers and dates at once.
    #[serde(skip)]
    pub digits: Digits,
    /// Which large units, money of other countries apart.
    pub scale: Scales,
    /// Which large units for money of other countries.
    pub foreign_currency: Scales,
    /// What stands between the whole and its decimals.
    pub decimal: DecimalMark,
    /// How a grouped figure such as `187,500` is written.
    pub large_figures: LargeFigures,
}

/// Which digits a number is written in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Digits {
    /// The language's own: ১২ in Bangla (4,879 runs of digits against 6 in the
    /// press), 12 in English.
    #[default]
    Native,
    /// 12 everywhere.
    Latin,
}

/// Which large units an amount is written in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scales {
    /// As the language's newsrooms do. Bangla: হাজার, লাখ and কোটি, but money
    /// of other countries as the source has it (`$31.89b` → ৩১ দশমিক ৮৯
    /// বিলিয়ন ডলার). English: as the source has it, but money of other
    /// countries in million and billion (৮৫ কোটি ডলার → `$850 million`).
    #[default]
    House,
    /// As the source has it.
    Keep,
    /// Thousand, lakh and crore.
    Local,
    /// Thousand, million, billion and trillion.
    International,
}

/// What stands between the whole and its decimals.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DecimalMark {
    /// Bangla: দশমিক before a large unit and শতাংশ (about 20 against 5 in the
    /// press), a point elsewhere (১৫.৩ ওভার). English: a point.
    #[default]
    House,
    /// `6.5`.
    Point,
    /// ৬ দশমিক ৫; English has no such word and writes the point.
    Word,
}

/// How Bangla writes a figure that was grouped (`2,500`). English groups it by
/// threes whatever is set here.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LargeFigures {
    /// In words where two parts do, grouped otherwise: ২ হাজার ৫০০, ১,৮৭,৫০০.
    #[default]
    House,
    /// Always in words: ১ লাখ ৮৭ হাজার ৫০০.
    Words,
    /// Always grouped: ২,৫০০.
    Grouped,
}
