//! Every number and date of the source stands in the target with the same value,
//! and no other does: in words as in figures, whether a hole carried it or not.

use jiff::civil::Weekday;
use rust_decimal::Decimal;

use super::{Exchange, Finding, Severity};
use crate::language::Profile;
use crate::language::date::{Moment, Reading};
use crate::language::number::{Currency, Unit};
use crate::plan::{Filling, HoleKind, Segment};
use crate::text::{Normal, Span};

pub(super) fn check(exchange: &Exchange<'_>) -> Vec<Finding> {
    let mut source = values(exchange.source_language(), exchange.source);
    let mut target = values(exchange.target_language(), exchange.target);
    // A number in a name is the name's: T20 World Cup, অমর একুশে বইমেলা.
    for filling in names(exchange.segment) {
        source.retain(|value| !is_within(value.span, &filling.source, exchange.source));
        target.retain(|value| !is_within(value.span, &filling.target, exchange.target));
    }
    let lost = unmatched(&source, &target).into_iter();
    let lost = lost
        .filter(|value| !is_written(value, exchange))
        .map(|value| {
            let said = value.span.slice(exchange.source);
            error(format!("{said} is not in the translation"))
                .at_source(Span::trusted(value.span.start(), value.span.end()))
        });
    let invented = unmatched(&target, &source).into_iter().map(|value| {
        let said = value.span.slice(exchange.target);
        error(format!("{said} is not in the source"))
            .at_target(Span::trusted(value.span.start(), value.span.end()))
    });
    let other_money = target.iter().filter_map(|value| {
        let money = value.money?;
        let same: Vec<&Value> = source.iter().filter(|v| v.key == value.key).collect();
        let differs = |v: &&Value| v.money.is_some_and(|other| other != money);
        if same.is_empty() || !same.iter().all(differs) {
            return None;
        }
        let said = value.span.slice(exchange.target);
        let finding = error(format!("{said} is in another currency in the source"));
        Some(finding.at_target(Span::trusted(value.span.start(), value.span.end())))
    });
    lost.chain(invented).chain(other_money).collect()
}

/// What is held by name.
fn names(segment: &Segment) -> impl Iterator<Item = &Filling> {
    let fillings = segment.holes().filter_map(|id| segment.filling(id));
    fillings.filter(|filling| matches!(filling.kind, HoleKind::Glossary(_)))
}

/// Whether `span` of `text` lies in an occurrence of `name`.
fn is_within(span: Span<Normal>, name: &str, text: &str) -> bool {
    let mut places = text.match_indices(name);
    !name.is_empty() && places.any(|(at, _)| at <= span.start() && span.end() <= at + name.len())
}

/// Whether a month that is not read in the translation was written there all the
/// same: মে and March alone are words as well.
fn is_written(value: &Value, exchange: &Exchange<'_>) -> bool {
    let said = value.span.slice(exchange.source);
    let language = exchange.target_language();
    let segment = exchange.segment;
    let mut fillings = segment.holes().filter_map(|id| segment.filling(id));
    matches!(value.key, Key::Month(_))
        && fillings.any(|filling| {
            filling.kind == HoleKind::Moment
                && filling.source == said
                && exchange
                    .target
                    .match_indices(&filling.target)
                    .any(|(at, written)| {
                        let (before, rest) = (
                            &exchange.target[..at],
                            &exchange.target[at + written.len()..],
                        );
                        !before.ends_with(char::is_alphanumeric)
                            && language.ending_after(written, rest).is_some()
                    })
        })
}

fn error(message: String) -> Finding {
    Finding::new("numbers", Severity::Error, message)
}

/// A value of one side.
struct Value {
    span: Span<Normal>,
    key: Key,
    money: Option<Currency>,
    /// Whether the word may well be no number: it can match and is not insisted on.
    loose: bool,
}

/// What is compared. A year is a number, wherever it stands.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Key {
    Number(Decimal),
    Day {
        day: u8,
        month: u8,
    },
    Days {
        first: u8,
        last: u8,
        month: u8,
    },
    Month(u8),
    Weekday(Weekday),
    Clock {
        hour: u8,
        minute: u8,
    },
    /// A time without its half of the day, hours 1 to 12.
    Open {
        hour: u8,
        minute: u8,
    },
    BanglaDay {
        day: u8,
        month: u8,
    },
}

impl Key {
    /// Whether both say the same; a time without its half of the day may be either,
    /// and a full hour may be told as a number (১০টা).
    fn is(self, other: Self) -> bool {
        let half = |hour: u8| (hour + 11) % 12 + 1;
        match (self, other) {
            (Self::Clock { hour, minute }, Self::Open { hour: h, minute: m })
            | (Self::Open { hour: h, minute: m }, Self::Clock { hour, minute }) => {
                half(hour) == half(h) && minute == m
            }
            (Self::Open { hour, minute: 0 }, Self::Number(number))
            | (Self::Number(number), Self::Open { hour, minute: 0 }) => {
                number == Decimal::from(hour)
            }
            _ => self == other,
        }
    }
}

/// The values of `these` that `those` lack; each of `those` serves once.
fn unmatched<'v>(these: &'v [Value], those: &[Value]) -> Vec<&'v Value> {
    let mut free: Vec<&Value> = those.iter().collect();
    let mut missing = Vec::new();
    for value in these.iter().filter(|v| !v.loose) {
        match free.iter().position(|other| value.key.is(other.key)) {
            Some(at) => {
                free.swap_remove(at);
            }
            None => missing.push(value),
        }
    }
    // A day that was not read as one on the other side stands there as its month
    // and a number: মার্চের ১০ তারিখে.
    missing.retain(|value| match value.key {
        Key::Day { day, month } => {
            let month = free.iter().position(|v| v.key == Key::Month(month));
            let day = free.iter().position(|v| v.key == Key::Number(day.into()));
            month.is_none() || day.is_none()
        }
        Key::Month(_) | Key::Number(_) => !free.iter().any(|day| {
            matches!(day.key, Key::Day { day, month }
            if [Key::Month(month), Key::Number(day.into())].contains(&value.key)
                && [Key::Month(month), Key::Number(day.into())].iter().all(|part| {
                    these.iter().any(|own| own.key == *part)
                }))
        }),
        _ => true,
    });
    missing
}

fn values(language: &dyn Profile, text: &str) -> Vec<Value> {
    let dates = language.dates(text);
    let mut values: Vec<Value> = Vec::new();
    for date in &dates {
        values.extend(keys(&date.value).into_iter().map(|key| Value {
            span: date.span,
            key,
            money: None,
            loose: false,
        }));
    }
    for number in language.numbers(text) {
        if dates.iter().any(|date| date.span.overlaps(number.span)) {
            continue;
        }
        let money = match number.value.unit {
            Unit::Money(currency) => Some(currency),
            Unit::Plain | Unit::Percent => None,
        };
        values.extend(number.value.values().into_iter().map(|value| Value {
            span: number.span,
            key: Key::Number(value),
            money,
            loose: number.value.loose,
        }));
    }
    values
}

fn keys(moment: &Moment) -> Vec<Key> {
    let year = |year: Option<i16>| year.map(|year| Key::Number(Decimal::from(year)));
    match moment {
        Moment::Day(day) => {
            let mut keys = vec![Key::Day {
                day: day.day,
                month: day.month,
            }];
            keys.extend(year(day.year));
            keys.extend(day.weekday.map(Key::Weekday));
            keys
        }
        Moment::Days { first, last, .. } => {
            let mut keys = vec![Key::Days {
                first: first.day,
                last: *last,
                month: first.month,
            }];
            keys.extend(year(first.year));
            keys
        }
        Moment::Month { month, year: told } => {
            let mut keys = vec![Key::Month(*month)];
            keys.extend(year(*told));
            keys
        }
        Moment::Decade(first) => year(Some(*first)).into_iter().collect(),
        Moment::Weekday(weekday) => vec![Key::Weekday(*weekday)],
        Moment::Clock(clock) => vec![match clock.reading {
            Reading::Digital => Key::Clock {
                hour: clock.hour,
                minute: clock.minute,
            },
            Reading::OfDay | Reading::Open => Key::Open {
                hour: (clock.hour + 11) % 12 + 1,
                minute: clock.minute,
            },
        }],
        Moment::BanglaDay { day, month, .. } => vec![Key::BanglaDay {
            day: *day,
            month: *month,
        }],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::{Language, profile};

    fn differ(english: &str, bangla: &str) -> (Vec<String>, Vec<String>) {
        let here = values(profile(Language::ENGLISH), english);
        let there = values(profile(Language::BANGLA), bangla);
        let said = |values: Vec<&Value>, text: &str| {
            values
                .iter()
                .map(|v| v.span.slice(text).to_owned())
                .collect()
        };
        (
            said(unmatched(&here, &there), english),
            said(unmatched(&there, &here), bangla),
        )
    }

    #[test]
    fn values_are_compared_and_not_spellings() {
        for (english, bangla) in [
            ("1.5 million people", "১৫ লাখ মানুষ"),
            ("on March 10", "মার্চের ১০ তারিখে"),
            ("on 10 March 2026", "১০ মার্চ ২০২৬"),
            ("at 10 o'clock", "১০টায়"),
            ("one of them", "তাদের একজন"),
        ] {
            assert_eq!(differ(english, bangla), (vec![], vec![]), "{english}");
        }
        for (english, bangla) in [
            ("17 people", "১৬ জন"),
            ("1.5 million people", "১৫ মিলিয়ন মানুষ"),
            ("on March 10", "১১ মার্চ"),
            ("on March 10", "এপ্রিলের ১০ তারিখে"),
            ("on Sunday", "সোমবার"),
            ("seventeen men", "১৮ জন"),
        ] {
            let (lost, invented) = differ(english, bangla);
            assert!(
                !lost.is_empty() || !invented.is_empty(),
                "{english} {bangla}"
            );
        }
    }
}
