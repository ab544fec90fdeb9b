//! English times of day.

use super::Read;
use crate::language::date::scan::{digital, figure, goes_on, is_start, space, word};
use crate::language::date::{Clock, Moment, Reading, Zone};
use crate::language::number::cursor::is_letter;

/// `10:30am`, `3 pm`, `9.30pm`, `14:25 GMT`, `0430 GMT`, `12 noon`.
pub(super) fn at_digit(text: &str, at: usize) -> Read {
    let told = digital(text, at, &[':']).or_else(|| digital(text, at, &['.']));
    let (hour, minute, end) = match told {
        Some(((hour, minute), end)) => (hour, minute, end),
        None => match figure(text, at, 2) {
            Some((hour, end)) if hour < 24 => (u8::try_from(hour).ok()?, 0, end),
            _ => return military(text, at),
        },
    };
    if (1..=12).contains(&hour) {
        if let Some((is_pm, end)) = half_of_day(text, end) {
            let hour = hour % 12 + if is_pm { 12 } else { 0 };
            return Some(zoned(text, hour, minute, Reading::OfDay, end));
        }
        if let Some((hour, end)) = middle(text, hour, minute, end) {
            return Some(zoned(text, hour, 0, Reading::OfDay, end));
        }
        if minute == 0 && told.is_none() {
            let from = space(text, end)?;
            let end = from + "o'clock".len();
            return matches!(text.get(from..end), Some("o'clock"))
                .then(|| zoned(text, hour, 0, Reading::Open, end));
        }
    }
    let has_colon = text[at..end].contains(':');
    if !has_colon || goes_on(text, end) || text[end..].starts_with(is_letter) {
        return None;
    }
    Some(zoned(text, hour, minute, Reading::Digital, end))
}

/// `0430 GMT`.
fn military(text: &str, at: usize) -> Read {
    let (value, end) = figure(text, at, 4).filter(|&(_, end)| end == at + 4)?;
    let (hour, minute) = (
        u8::try_from(value / 100).ok()?,
        u8::try_from(value % 100).ok()?,
    );
    let read =
        (hour < 24 && minute < 60).then(|| zoned(text, hour, minute, Reading::Digital, end))?;
    matches!(read.0, Moment::Clock(Clock { zone: Some(_), .. })).then_some(read)
}

/// The noon of `12 noon`, the midnight of `12 midnight`: its hour, and one past it.
fn middle(text: &str, hour: u8, minute: u8, end: usize) -> Option<(u8, usize)> {
    if (hour, minute) != (12, 0) {
        return None;
    }
    let (name, end) = word(text, space(text, end).unwrap_or(end));
    match name {
        "noon" => Some((12, end)),
        "midnight" => Some((0, end)),
        _ => None,
    }
}

/// `am`, ` p.m.`: whether after noon, and one past it.
fn half_of_day(text: &str, at: usize) -> Option<(bool, usize)> {
    let from = space(text, at).unwrap_or(at);
    let rest = &text.as_bytes()[from..];
    for (name, is_pm) in [("a.m.", false), ("p.m.", true), ("am", false), ("pm", true)] {
        let is_it = rest
            .get(..name.len())
            .is_some_and(|s| s.eq_ignore_ascii_case(name.as_bytes()));
        let end = from + name.len();
        if is_it && !text[end..].starts_with(is_letter) {
            return Some((is_pm, end));
        }
    }
    None
}

fn zoned(text: &str, hour: u8, minute: u8, reading: Reading, end: usize) -> (Moment, usize) {
    let zone = space(text, end).and_then(|from| {
        let (name, end) = word(text, from);
        let zone = match name {
            "GMT" => Zone::Gmt,
            "UTC" => Zone::Utc,
            "BST" if !is_british(text, hour, end) => Zone::Bangladesh,
            "IST" => Zone::India,
            "ET" | "EST" | "EDT" => Zone::Eastern,
            _ => return None,
        };
        Some((zone, end))
    });
    let clock = Clock {
        hour,
        minute,
        reading,
        zone: zone.map(|(zone, _)| zone),
    };
    (Moment::Clock(clock), zone.map_or(end, |(_, end)| end))
}

/// Whether the `BST` that ends at `end` is British Summer Time: the text speaks of Britain, or
/// the same time follows in GMT, an hour behind. Such a zone is left as it stands.
fn is_british(text: &str, hour: u8, end: usize) -> bool {
    const BRITAIN: [&str; 8] = [
        "London", "LONDON", "Britain", "British", "England", "Scotland", "Wales", "UK",
    ];
    let names_it = BRITAIN.into_iter().any(|name| {
        text.match_indices(name)
            .any(|(at, _)| is_start(text, at) && !text[at + name.len()..].starts_with(is_letter))
    });
    let in_gmt = || {
        let from = space(text, end).filter(|&from| text[from..].starts_with('('))?;
        match at_digit(text, from + 1)?.0 {
            Moment::Clock(Clock {
                hour,
                zone: Some(Zone::Gmt),
                ..
            }) => Some(hour),
            _ => None,
        }
    };
    names_it || in_gmt().is_some_and(|gmt| (hour + 24 - gmt) % 24 == 1)
}
