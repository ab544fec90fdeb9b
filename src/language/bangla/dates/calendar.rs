//! Days of the Bangla calendar.

use super::{Read, day_of_month, ends_well};
use crate::language::date::Moment;
use crate::language::date::scan::{comma_space, figure, goes_on, space, word};

/// The months of the Bangla calendar.
pub(in crate::language::bangla) const BANGLA_MONTHS: [&str; 12] = [
    "বৈশাখ",
    "জ্যৈষ্ঠ",
    "আষাঢ়",
    "শ্রাবণ",
    "ভাদ্র",
    "আশ্বিন",
    "কার্তিক",
    "অগ্রহায়ণ",
    "পৌষ",
    "মাঘ",
    "ফাল্গুন",
    "চৈত্র",
];

/// ১৪ পৌষ ১৪৩২.
pub(super) fn bangla_day(text: &str, at: usize) -> Read {
    let (day, end) = day_of_month(text, at)?;
    on_bangla_day(text, space(text, end)?, day)
}

pub(super) fn on_bangla_day(text: &str, at: usize, day: u8) -> Read {
    let (name, name_end) = word(text, at);
    let (place, tail) = BANGLA_MONTHS
        .iter()
        .enumerate()
        .find_map(|(place, month)| {
            let tail = name.strip_prefix(month).filter(|tail| ends_well(tail))?;
            Some((place, tail))
        })?;
    let month = u8::try_from(place + 1).ok()?;
    let end = name_end - tail.len();
    let told = comma_space(text, end)
        .filter(|_| tail.is_empty())
        .and_then(|from| figure(text, from, 4))
        .filter(|&(_, end)| !goes_on(text, end))
        .and_then(|(year, end)| Some((i16::try_from(year).ok()?, end)))
        .filter(|(year, _)| (1200..1600).contains(year));
    let (year, end) = told.map_or((None, end), |(year, end)| (Some(year), end));
    Some((Moment::BanglaDay { day, month, year }, end))
}
