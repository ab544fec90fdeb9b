//! House style: what is written how. The *value* never depends on it.

use serde::Deserialize;

use crate::language::date::{DateStyle, Moment};
use crate::language::number::{Digits, Multitude, Number, NumberStyle};
use crate::language::{MarkPair, Profile, Quotation};

/// The style of a house; the default is that of Bangladesh's newsrooms.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Style {
    /// How a dateline is rendered.
    pub dateline: DatelineStyle,
    /// Who writes, for the datelines of [`DatelineStyle::House`].
    pub house: House,
    /// The digits of the target.
    pub digits: DigitStyle,
    /// The quotation marks of the target.
    pub quotes: QuoteStyle,
    /// How numbers are written.
    pub numbers: NumberStyle,
    /// How dates are written.
    pub dates: DateStyle,
    /// How names are written.
    pub names: NameStyle,
}

/// How names are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct NameStyle {
    /// How a person is written at the first mention in a story.
    pub first_mention: FirstMention,
    /// What happens to names that a provider leaves in the script of the source.
    pub left: LeftNames,
    /// What happens where an answer lacks a name.
    pub missing: MissingNames,
}

/// What happens where an answer lacks a name.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MissingNames {
    /// The sentence is asked for once more, the name held like a value.
    #[default]
    AskAgain,
    /// A finding says so.
    Mark,
}

/// How a person is written at the first mention in a story.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FirstMention {
    /// Like everywhere.
    #[default]
    Plain,
    /// With the source's spelling behind it: ট্যামি ব্রুস (Tammy Bruce).
    Both,
}

/// What happens to names that a provider leaves in the script of the source.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LeftNames {
    /// They are written by their sound, and a warning says so.
    #[default]
    Sound,
    /// They stay.
    Keep,
}

/// How a dateline is rendered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DatelineStyle {
    /// Place, date and credit of the source in the target's form.
    #[default]
    Faithful,
    /// As Bangladesh's agencies date what comes from abroad: the house's own city
    /// and agency before the story, the place and the agency that it came from in a
    /// sentence of their own after the first paragraph. Into Bangla only, and only
    /// where there is such a place and such an agency; else as `Faithful`.
    House,
    /// As the source has it, untranslated.
    Keep,
}

/// Who writes.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct House {
    /// Its city, as it stands in a Bangla dateline.
    pub city: String,
    /// Its agency, as it stands in a Bangla credit.
    pub agency: String,
}

impl Default for House {
    fn default() -> Self {
        Self {
            city: "ঢাকা".to_owned(),
            agency: "বাসস".to_owned(),
        }
    }
}

/// Which digits the target has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DigitStyle {
    /// The target language's own.
    #[default]
    Native,
    /// 0 to 9.
    Latin,
    /// As the source writes numbers and dates, in every respect.
    Keep,
}

/// Which quotation marks the target has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum QuoteStyle {
    /// The target language's own: ‘…’ in Bangla, “…” in English.
    #[default]
    House,
    /// “…” with ‘…’ inside.
    Double,
    /// ‘…’ with “…” inside.
    Single,
    /// "…" with '…' inside.
    Straight,
    /// As the source has them.
    Keep,
}

impl Style {
    /// The style that changes nothing but words.
    #[must_use]
    pub fn keep() -> Self {
        Self {
            dateline: DatelineStyle::Keep,
            digits: DigitStyle::Keep,
            quotes: QuoteStyle::Keep,
            names: NameStyle {
                left: LeftNames::Keep,
                missing: MissingNames::Mark,
                ..NameStyle::default()
            },
            ..Self::default()
        }
    }

    /// Whether numbers and dates stay as the source writes them.
    #[must_use]
    pub fn keeps_values(&self) -> bool {
        self.digits == DigitStyle::Keep
    }

    /// The quotation marks of a text in `target`.
    #[must_use]
    pub fn quotation(&self, target: &dyn Profile) -> Quotation {
        // The place of the comma is the language's, whatever the marks.
        let house = target.quotation();
        let marks = match self.quotes {
            QuoteStyle::House | QuoteStyle::Keep => house,
            QuoteStyle::Double => Quotation::DOUBLE,
            QuoteStyle::Single => Quotation::SINGLE,
            QuoteStyle::Straight => Quotation {
                comma_inside: house.comma_inside,
                outer: MarkPair {
                    open: '"',
                    close: '"',
                },
                inner: MarkPair {
                    open: '\'',
                    close: '\'',
                },
            },
        };
        Quotation {
            comma_inside: house.comma_inside,
            ..marks
        }
    }

    /// The digits of `text`, which is written for `target`, in the house's kind.
    #[must_use]
    pub fn digits_of(&self, text: &str, target: &dyn Profile) -> String {
        match self.digits {
            DigitStyle::Native => target.native_digits(text),
            DigitStyle::Latin | DigitStyle::Keep => text.to_owned(),
        }
    }

    /// A number as the target writes it; `source` is how the source did.
    #[must_use]
    pub fn number(&self, number: &Number, source: &str, target: &dyn Profile) -> String {
        match self.script() {
            None => source.to_owned(),
            Some(digits) => target.write_number(
                number,
                &NumberStyle {
                    digits,
                    ..self.numbers
                },
            ),
        }
    }

    /// A plural such as `thousands of` as the target writes it; `source` is how the
    /// source did.
    #[must_use]
    pub fn multitude(&self, multitude: Multitude, source: &str, target: &dyn Profile) -> String {
        self.script()
            .and_then(|_| target.write_multitude(multitude, &self.numbers))
            .unwrap_or_else(|| source.to_owned())
    }

    /// A date as the target writes it; `source` is how the source did.
    #[must_use]
    pub fn moment(&self, moment: &Moment, source: &str, target: &dyn Profile) -> String {
        self.date(moment, source, target, false)
    }

    /// The date of a dateline as the target writes it.
    #[must_use]
    pub fn dateline_moment(&self, moment: &Moment, source: &str, target: &dyn Profile) -> String {
        self.date(moment, source, target, true)
    }

    fn date(&self, moment: &Moment, source: &str, target: &dyn Profile, dateline: bool) -> String {
        match self.script() {
            None => source.to_owned(),
            Some(digits) => target.write_moment(
                moment,
                &DateStyle {
                    digits,
                    dateline,
                    ..self.dates
                },
            ),
        }
    }

    /// The digits of values; `None` where they stay as the source writes them.
    fn script(&self) -> Option<Digits> {
        match self.digits {
            DigitStyle::Native => Some(Digits::Native),
            DigitStyle::Latin => Some(Digits::Latin),
            DigitStyle::Keep => None,
        }
    }
}
