//! The dateline of the target, from the parts of the source's.
//!
//! `ISTANBUL, April 10, 2025 (BSS/AFP)-` is no sentence and goes to no provider:
//! its place and its credit are names, its date is a date.
//!
//! In the house's style ([`DatelineStyle::House`]) a story from abroad is dated by
//! the house, and a sentence says where it came from:
//! `ঢাকা, ১০ এপ্রিল, ২০২৫ (বাসস) :` … `ইস্তাম্বুল থেকে এএফপি এ খবর জানায়।`

use super::name::{self, Rendered};
use crate::article::dateline::Dateline;
use crate::glossary::Glossary;
use crate::language::{Case, Ending, Language, Pair, profile};
use crate::style::{DatelineStyle, Style};
use crate::text::{Normal, Span};
use crate::verify::{Finding, Severity};

/// A dateline in the target language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The line, with the mark that ends it.
    pub line: String,
    /// The sentence that says where the story came from, for a paragraph of its own
    /// after the first, where the house's dateline no longer says it.
    pub attribution: Option<String>,
    /// What an editor should look at; an attribution is always among it.
    pub findings: Vec<Finding>,
}

impl Written {
    /// A line as the source has it.
    #[must_use]
    pub fn kept(line: &str) -> Self {
        Self {
            line: line.to_owned(),
            attribution: None,
            findings: Vec::new(),
        }
    }
}

/// Writes a dateline for the target.
///
/// `text` is the dateline's block and `dateline` what was read in it. A place
/// that no glossary knows is rendered by sound, an agency kept; both are reported.
#[must_use]
pub fn render(
    text: &str,
    dateline: &Dateline,
    pair: Pair,
    glossary: &Glossary,
    style: &Style,
) -> Written {
    if style.dateline == DatelineStyle::Keep {
        return Written::kept(text);
    }
    let mut findings = Vec::new();
    let mut names =
        |spans: &[Span<Normal>], render: fn(&Glossary, Pair, &str) -> Rendered| -> Vec<String> {
            spans
                .iter()
                .map(|span| {
                    let Rendered { text: name, known } = render(glossary, pair, span.slice(text));
                    if !known {
                        findings.push(by_sound(text, *span, &name));
                    }
                    name
                })
                .collect()
        };
    let places = Places {
        names: names(&dateline.places, name::render),
        side_by_side: dateline
            .places
            .windows(2)
            // `ISTANBUL/MOSCOW` are two places, `MUNICH, Germany` is one.
            .map(|two| text[two[0].end()..two[1].start()].contains('/'))
            .collect(),
    };
    let credit = names(&dateline.credit, name::agency);
    let date = dateline
        .date
        .map(|span| date(span.slice(text), pair, style));
    let told = attribution(&places, &credit, pair, style);
    let (place, credit) = match &told {
        Some(_) => (style.house.city.clone(), vec![style.house.agency.clone()]),
        None => (places.in_line(pair.target), credit),
    };
    if let Some(sentence) = &told {
        findings.push(Finding::new(
            "dateline",
            Severity::Note,
            format!(
                "the dateline is the house's, and `{sentence}` was added after the first paragraph"
            ),
        ));
    }
    let mut line = place;
    if let Some(date) = date {
        line.push_str(", ");
        line.push_str(&date);
    }
    if !credit.is_empty() {
        line.push_str(" (");
        line.push_str(&credit.join("/"));
        line.push(')');
    }
    line.push_str(profile(pair.target).dateline_end());
    Written {
        line,
        attribution: told,
        findings,
    }
}

fn by_sound(text: &str, span: Span<Normal>, name: &str) -> Finding {
    Finding::new(
        "dateline",
        Severity::Warning,
        format!(
            "`{}` is in no glossary and was written `{name}`",
            span.slice(text)
        ),
    )
    .at_source(Span::trusted(span.start(), span.end()))
}

/// The places of a dateline in the target language; at least one.
struct Places {
    names: Vec<String>,
    /// For each but the first: whether it is another place, and not the country or
    /// region of the one before it.
    side_by_side: Vec<bool>,
}

impl Places {
    /// `ISTANBUL/MOSCOW`, `MUNICH, Germany`.
    fn in_line(&self, target: Language) -> String {
        let mut out = String::new();
        for (i, name) in self.names.iter().enumerate() {
            if i > 0 {
                let apart = self.side_by_side.get(i - 1) == Some(&true);
                out.push_str(if apart { "/" } else { ", " });
            }
            if target == Language::ENGLISH && i == 0 {
                out.push_str(&name.to_uppercase());
            } else {
                out.push_str(name);
            }
        }
        out
    }

    /// In a Bangla sentence the larger place comes first, in the genitive:
    /// জার্মানির মিউনিখ; two places are joined by ও.
    fn in_sentence(&self) -> String {
        let bangla = profile(Language::BANGLA);
        let mut places: Vec<String> = Vec::new();
        for (i, name) in self.names.iter().enumerate() {
            let apart = i == 0 || self.side_by_side.get(i - 1) == Some(&true);
            match places.last_mut() {
                Some(place) if !apart => {
                    let larger = bangla.attach(name, &Ending::case(Case::Genitive));
                    *place = format!("{larger} {place}");
                }
                _ => places.push(name.clone()),
            }
        }
        joined(&places)
    }
}

/// `ক`, `ক ও খ`, `ক, খ ও গ`.
fn joined(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} ও {last}", first.join(", ")),
    }
}

/// The sentence that says where a story came from, in the house's style: `None`
/// where the dateline itself says it, since the place is the house's or no other
/// agency is credited.
fn attribution(places: &Places, credit: &[String], pair: Pair, style: &Style) -> Option<String> {
    if style.dateline != DatelineStyle::House || pair.target != Language::BANGLA {
        return None;
    }
    let agencies: Vec<String> = credit
        .iter()
        .filter(|agency| **agency != style.house.agency)
        .cloned()
        .collect();
    let at_home = places.names.first().is_none_or(|n| *n == style.house.city);
    (!at_home && !agencies.is_empty()).then(|| {
        format!(
            "{} থেকে {} এ খবর জানায়।",
            places.in_sentence(),
            joined(&agencies)
        )
    })
}

/// The date of a dateline; what is no date is kept with the target's digits.
fn date(text: &str, pair: Pair, style: &Style) -> String {
    let source = profile(pair.source);
    let target = profile(pair.target);
    let found = source.dates(text);
    match found.as_slice() {
        [date] => style.dateline_moment(&date.value, date.span.slice(text), target),
        _ => style.digits_of(text, target),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::dateline::parse;
    use crate::glossary::Layer;

    /// The line and the attribution of a dateline.
    fn written(text: &str, pair: Pair, dateline: DatelineStyle) -> (String, Option<String>) {
        let today = jiff::civil::date(2025, 4, 10);
        let glossary = Glossary::load(&[Layer::embedded()], today).unwrap();
        let (parts, _) = parse(text).unwrap();
        let style = Style {
            dateline,
            ..Style::default()
        };
        let done = render(text, &parts, pair, &glossary, &style);
        let noted = done
            .findings
            .iter()
            .filter(|f| f.severity == Severity::Note)
            .count();
        assert_eq!(noted, usize::from(done.attribution.is_some()), "{text}");
        (done.line, done.attribution)
    }

    #[test]
    fn the_house_dates_what_comes_from_abroad() {
        for (text, line, sentence) in [
            (
                "ISTANBUL, April 10, 2025 (BSS/AFP)-",
                "ঢাকা, ১০ এপ্রিল, ২০২৫ (বাসস) :",
                "ইস্তাম্বুল থেকে এএফপি এ খবর জানায়।",
            ),
            (
                "WASHINGTON (AP) —",
                "ঢাকা (বাসস) :",
                "ওয়াশিংটন থেকে এপি এ খবর জানায়।",
            ),
            (
                "ISTANBUL/MOSCOW, March 11, 2026 (BSS/AFP/Reuters) -",
                "ঢাকা, ১১ মার্চ, ২০২৬ (বাসস) :",
                "ইস্তাম্বুল ও মস্কো থেকে এএফপি ও রয়টার্স এ খবর জানায়।",
            ),
            (
                "MUNICH, Germany, Feb 15, 2026 (BSS/AFP) -",
                "ঢাকা, ১৫ ফেব্রুয়ারি, ২০২৬ (বাসস) :",
                "জার্মানির মিউনিখ থেকে এএফপি এ খবর জানায়।",
            ),
        ] {
            assert_eq!(
                written(text, Pair::EN_BN, DatelineStyle::House),
                (line.to_owned(), Some(sentence.to_owned())),
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_the_houses_own_is_dated_faithfully() {
        for (text, pair) in [
            ("DHAKA, Sept 24, 2025 (BSS) -", Pair::EN_BN),
            ("DHAKA, Sept 24, 2025 (BSS/AFP) -", Pair::EN_BN),
            ("CHATTOGRAM, Sept 24, 2025 (BSS) -", Pair::EN_BN),
            ("ISTANBUL, April 10 -", Pair::EN_BN),
            ("ইস্তাম্বুল, ১০ এপ্রিল, ২০২৫ (বাসস/এএফপি) :", Pair::BN_EN),
        ] {
            let house = written(text, pair, DatelineStyle::House);
            assert_eq!(
                house,
                written(text, pair, DatelineStyle::Faithful),
                "{text}"
            );
            assert_eq!(house.1, None, "{text}");
        }
        assert_eq!(
            written(
                "ইস্তাম্বুল, ১০ এপ্রিল, ২০২৫ (বাসস/এএফপি) :",
                Pair::BN_EN,
                DatelineStyle::House
            )
            .0,
            "ISTANBUL, April 10, 2025 (BSS/AFP) -"
        );
    }
}
