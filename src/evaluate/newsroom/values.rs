//! Whether the numbers, dates and times of a source stand in an output.

use rust_decimal::Decimal;

use super::Share;
use crate::language::date::{Clock, Day, Moment, Reading};
use crate::language::{Pair, profile};
use crate::text::{Normal, Span};

/// Compares by value: 1.5 million is ১৫ লাখ. Each value of the output serves once.
/// Words that may be no number (`one of them`) are not asked for. Gives what was
/// missing as the source writes it. What stands in one of `kept` is a part of a name or
/// term that the output has (`Formula 1`), whichever way it writes that.
pub(super) fn compare(
    pair: Pair,
    source: &str,
    output: &str,
    kept: &[Span<Normal>],
) -> (Share, Vec<String>) {
    let (from, to) = (profile(pair.source), profile(pair.target));
    let dates = from.dates(source);
    let mut said = to.dates(output);
    let mut taken: Vec<_> = said.iter().map(|date| date.span).collect();
    // Those of dates as well: a year alone is a date to one language and a number to
    // the other.
    let mut figures: Vec<Decimal> = to
        .numbers(output)
        .iter()
        .flat_map(|n| n.value.values())
        .collect();
    let mut share = Share::default();
    let mut missing = Vec::new();
    let mut counted = |found: bool, shown: &str| {
        share += Share::one(found);
        if !found {
            missing.push(shown.to_owned());
        }
    };
    let is_of_entry = |span: Span<Normal>| kept.iter().any(|entry| entry.overlaps(span));
    for date in dates.iter().filter(|date| !is_of_entry(date.span)) {
        let mut found = true;
        if let Some(at) = said.iter().position(|s| agree(&date.value, &s.value)) {
            said.remove(at);
        } else {
            // Words that may be something else are the date where one is wanted.
            let mut told = to.may_tell(output, &date.value).into_iter();
            let free = told.find(|span| !taken.iter().any(|t| t.overlaps(*span)));
            taken.extend(free);
            found = free.is_some();
        }
        counted(found, date.span.slice(source));
    }
    for number in from.numbers(source) {
        let dated = dates.iter().any(|d| d.span.overlaps(number.span));
        if number.value.loose || dated || is_of_entry(number.span) {
            continue;
        }
        for value in number.value.values() {
            let at = figures.iter().position(|figure| *figure == value);
            if let Some(at) = at {
                figures.swap_remove(at);
            }
            counted(at.is_some(), number.span.slice(source));
        }
    }
    (share, missing)
}

/// Whether two moments say the same, however they are laid out. What only one of them
/// tells (a weekday beside a date, a year) is no contradiction.
fn agree(one: &Moment, other: &Moment) -> bool {
    match (one, other) {
        (Moment::Day(a), Moment::Day(b)) => same_day(a, b),
        (
            Moment::Days { first: a, last, .. },
            Moment::Days {
                first: b,
                last: other,
                ..
            },
        ) => same_day(a, b) && last == other,
        (Moment::Month { month, year }, Moment::Month { month: m, year: y }) => {
            month == m && told_alike(year.as_ref(), y.as_ref())
        }
        (Moment::Clock(a), Moment::Clock(b)) => same_time(a, b),
        (Moment::Weekday(weekday), Moment::Day(day))
        | (Moment::Day(day), Moment::Weekday(weekday)) => day.weekday == Some(*weekday),
        (a, b) => a == b,
    }
}

fn same_day(a: &Day, b: &Day) -> bool {
    (a.month, a.day) == (b.month, b.day)
        && told_alike(a.year.as_ref(), b.year.as_ref())
        && told_alike(a.weekday.as_ref(), b.weekday.as_ref())
}

fn told_alike<T: PartialEq>(a: Option<&T>, b: Option<&T>) -> bool {
    a.is_none() || b.is_none() || a == b
}

/// A time without its half of the day agrees with that hour of either half.
fn same_time(a: &Clock, b: &Clock) -> bool {
    let open = a.reading == Reading::Open || b.reading == Reading::Open;
    let hours = if open {
        a.hour % 12 == b.hour % 12
    } else {
        a.hour == b.hour
    };
    hours && a.minute == b.minute
}
