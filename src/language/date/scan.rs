//! Small steps over the figures of dates.

use jiff::civil::Weekday;

use super::{Layout, Moment};
use crate::language::number::cursor::is_letter;
use crate::language::number::figures::{digit, run_end};
use crate::text::{Normal, Span};

/// A figure of at most `longest` digits at `at` that stands alone, not in a
/// larger figure: its value and where it ends.
pub(crate) fn figure(text: &str, at: usize, longest: usize) -> Option<(u32, usize)> {
    let end = run_end(text, at);
    let mut value = 0;
    let mut length = 0;
    for c in text.get(at..end)?.chars() {
        value = value * 10 + digit(c)?;
        length += 1;
        if length > longest {
            return None;
        }
    }
    (length > 0).then_some((value, end))
}

/// A year of four digits at `at`.
pub(crate) fn year(text: &str, at: usize) -> Option<(i16, usize)> {
    let (value, end) = figure(text, at, 4)?;
    let year = i16::try_from(value).ok()?;
    let alone = !goes_on(text, end);
    ((1600..=2100).contains(&year) && alone).then_some((year, end))
}

/// Whether the figure that ends at `at` goes on as a larger one: `2,500`, `6.5`,
/// `10%`.
pub(crate) fn goes_on(text: &str, at: usize) -> bool {
    let mut rest = text[at..].chars();
    match rest.next() {
        Some('%' | '/') => true,
        Some('.' | ',' | ':' | '।') => rest.next().is_some_and(|c| digit(c).is_some()),
        Some(c) => digit(c).is_some(),
        None => false,
    }
}

/// Whether something at `at` may begin there: no letter, digit or joint before.
pub(crate) fn is_start(text: &str, at: usize) -> bool {
    let mut before = text[..at].chars().rev();
    match before.next() {
        None => true,
        Some('.' | ',' | ':' | '/' | '-' | '–' | '$') => {
            before.next().is_none_or(|c| digit(c).is_none())
        }
        Some(c) => !is_letter(c) && digit(c).is_none(),
    }
}

/// Past one space, if one stands at `at`.
pub(crate) fn space(text: &str, at: usize) -> Option<usize> {
    match text[at..].chars().next()? {
        c @ (' ' | '\u{a0}' | '\n') => Some(at + c.len_utf8()),
        _ => None,
    }
}

/// Past a comma, if one stands at `at`, and a space.
pub(crate) fn comma_space(text: &str, at: usize) -> Option<usize> {
    let at = if text[at..].starts_with(',') {
        at + 1
    } else {
        at
    };
    space(text, at)
}

/// The word at `at` and where it ends.
pub(crate) fn word(text: &str, at: usize) -> (&str, usize) {
    let rest = &text[at..];
    let end = rest.find(|c| !is_letter(c)).unwrap_or(rest.len());
    (&rest[..end], at + end)
}

/// The word before `at`, with one space between.
pub(crate) fn word_before(text: &str, at: usize) -> &str {
    let before = text[..at].trim_end_matches([' ', '\u{a0}']);
    let start = before
        .char_indices()
        .rev()
        .take_while(|&(_, c)| is_letter(c))
        .last()
        .map_or(before.len(), |(start, _)| start);
    &before[start..]
}

/// Where the name of `month` (1 to 12) stands as a word of its own, `ends` telling of the
/// name and the text behind it whether the word is over there.
pub(crate) fn month_named(
    text: &str,
    names: &[&str; 12],
    month: u8,
    ends: impl Fn(&str, &str) -> bool,
) -> Vec<Span<Normal>> {
    let place = usize::from(month).checked_sub(1);
    let Some(name) = place.and_then(|place| names.get(place)) else {
        return Vec::new();
    };
    text.match_indices(name)
        .map(|(at, _)| (at, at + name.len()))
        .filter(|&(at, end)| is_start(text, at) && ends(name, &text[end..]))
        .map(|(at, end)| Span::trusted(at, end))
        .collect()
}

/// `2025-04-10` at `at`.
pub(crate) fn iso(text: &str, at: usize) -> Option<((i16, u8, u8), usize)> {
    let (year, end) = figure(text, at, 4)?;
    let from = text[end..].starts_with('-').then_some(end + 1)?;
    let (month, end) = figure(text, from, 2)?;
    let from = text[end..].starts_with('-').then_some(end + 1)?;
    let (day, end) = figure(text, from, 2)?;
    let year = i16::try_from(year).ok().filter(|&y| y >= 1000)?;
    Some((
        (year, u8::try_from(month).ok()?, u8::try_from(day).ok()?),
        end,
    ))
}

/// The date behind a weekday that ends at `end`: in brackets or after a comma, as `dated`
/// reads it.
pub(crate) fn with_weekday(
    text: &str,
    end: usize,
    weekday: Weekday,
    dated: impl Fn(&str, usize) -> Option<(Moment, usize)>,
) -> Option<(Moment, usize)> {
    let bracket = space(text, end).filter(|&from| text[from..].starts_with('('));
    let (from, layout) = match bracket {
        Some(bracket) => (
            space(text, bracket + 1).unwrap_or(bracket + 1),
            Layout::Bracketed,
        ),
        None => (comma_space(text, end)?, Layout::Plain),
    };
    let (Moment::Day(mut day), mut end) = dated(text, from)? else {
        return None;
    };
    if layout == Layout::Bracketed {
        end = text[end..].starts_with(')').then_some(end + 1)?;
    }
    day.weekday = Some(weekday);
    day.layout = layout;
    Some((Moment::Day(day), end))
}

/// A dash between two days.
pub(crate) fn dash(text: &str, at: usize) -> Option<(char, usize)> {
    let dash = text[at..]
        .chars()
        .next()
        .filter(|c| matches!(c, '-' | '–'))?;
    Some((dash, at + dash.len_utf8()))
}

/// `14:25` at `at`: both ends of the clock, and one past it.
pub(crate) fn digital(text: &str, at: usize, marks: &[char]) -> Option<((u8, u8), usize)> {
    let (hour, end) = figure(text, at, 2)?;
    let from = text[end..].starts_with(marks).then_some(end + 1)?;
    let (minute, end) = figure(text, from, 2)?;
    let two_digits = text[from..end].chars().count() == 2;
    let valid = hour < 24 && minute < 60 && two_digits;
    valid.then_some(((u8::try_from(hour).ok()?, u8::try_from(minute).ok()?), end))
}
