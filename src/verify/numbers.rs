//! Every number and date of the source stands in the target with the same value,
//! and no other does: in words as in figures, whether a hole carried it or not.

use jiff::civil::Weekday;
use rust_decimal::Decimal;

use super::{Exchange, Finding, Severity};
use crate::language::Profile;
use crate::language::date::{Moment, Reading};
use crate::language::number::{Currency, Unit};
use crate::text::{Normal, Span};

pub(super) fn check(exchange: &Exchange<'_>) -> Vec<Finding> {
    let source = values(exchange.source_language(), exchange.source);
    let target = values(exchange.target_language(), exchange.target);
    let lost = unmatched(&source, &target).into_iter().map(|value| {
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

/// The values of `these` that `those` lack; each of `those` serves once.
fn unmatched<'v>(these: &'v [Value], those: &[Value]) -> Vec<&'v Value> {
    let mut free: Vec<&Value> = those.iter().collect();
    let mut missing = Vec::new();
    for value in these.iter().filter(|v| !v.loose) {
        match free.iter().position(|other| other.key == value.key) {
            Some(at) => {
                free.swap_remove(at);
            }
            None => missing.push(value),
        }
    }
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
