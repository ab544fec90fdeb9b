//! Bangla dates and times.

mod calendar;
mod clock;
mod write;

pub(super) use write::write;

use jiff::civil::Weekday;

use super::endings::ending_after;
use super::numbers::Words;
use crate::language::date::scan::{
    comma_space, dash, figure, is_start, iso, month_named, space, with_weekday, word, year,
};
use crate::language::date::{Day, Layout, Moment};
use crate::language::number::Found;
use crate::language::number::amount::amount;
use crate::language::number::cursor::{Cursor, is_digit, is_letter};
use crate::language::number::lexicon::{Lexicon, Word};
use crate::text::{Normal, Span};
use calendar::{bangla_day, on_bangla_day};

/// January to December as the press writes them.
pub(super) const MONTHS: [&str; 12] = [
    "জানুয়ারি",
    "ফেব্রুয়ারি",
    "মার্চ",
    "এপ্রিল",
    "মে",
    "জুন",
    "জুলাই",
    "আগস্ট",
    "সেপ্টেম্বর",
    "অক্টোবর",
    "নভেম্বর",
    "ডিসেম্বর",
];

/// Other spellings of the months.
const MONTH_VARIANTS: [(&str, u8); 6] = [
    ("জানুয়ারী", 1),
    ("ফেব্রুয়ারী", 2),
    ("অগাস্ট", 8),
    ("আগষ্ট", 8),
    ("অগস্ট", 8),
    ("সেপ্টেম্বার", 9),
];

/// The weekdays; the first of a kind is written (রোববার 122, রবিবার 16).
pub(super) const WEEKDAYS: [(&str, Weekday); 8] = [
    ("সোমবার", Weekday::Monday),
    ("মঙ্গলবার", Weekday::Tuesday),
    ("বুধবার", Weekday::Wednesday),
    ("বৃহস্পতিবার", Weekday::Thursday),
    ("শুক্রবার", Weekday::Friday),
    ("শনিবার", Weekday::Saturday),
    ("রোববার", Weekday::Sunday),
    ("রবিবার", Weekday::Sunday),
];

/// Case endings and particles after a month or weekday.
const ENDINGS: [&str; 19] = [
    "",
    "র",
    "ের",
    "য়ের",
    "এর",
    "ে",
    "য়ে",
    "তে",
    "কে",
    "ও",
    "ই",
    "েও",
    "েই",
    "েরও",
    "েরই",
    "রও",
    "কেও",
    "য়েও",
    "য়েই",
];

/// Decades that are named by their tens: নব্বইয়ের দশক.
const DECADES: [(&str, i16); 8] = [
    ("নব্বইয়ের", 1990),
    ("নব্বই", 1990),
    ("আশির", 1980),
    ("সত্তরের", 1970),
    ("ষাটের", 1960),
    ("পঞ্চাশের", 1950),
    ("চল্লিশের", 1940),
    ("ত্রিশের", 1930),
];

/// The dates and times of a Bangla text, in order and disjoint.
pub(super) fn find(text: &str) -> Vec<Found<Moment>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let mut next = at + c.len_utf8();
        let read = if is_digit(c) {
            next = at + text[at..].find(|c| !is_digit(c)).unwrap_or(text.len() - at);
            is_start(text, at).then(|| at_digit(text, at)).flatten()
        } else if is_letter(c) {
            next = word(text, at).1;
            // No date begins with ASCII letters.
            (!c.is_ascii()).then(|| at_word(text, at)).flatten()
        } else {
            None
        };
        at = match read {
            Some((value, end)) => {
                let span = Span::trusted(at, end);
                found.push(Found { span, value });
                end
            }
            None => next,
        };
    }
    found
}

/// See [`crate::language::Profile::may_tell`]: মে-এ, ১০টার.
pub(super) fn may_tell(text: &str, moment: &Moment) -> Vec<Span<Normal>> {
    match moment {
        Moment::Month { month, year: None } => {
            let ends = |name: &str, rest: &str| ending_after(name, rest).is_some();
            month_named(text, &MONTHS, *month, ends)
        }
        Moment::Clock(clock) => clock::may_tell(text, clock),
        _ => Vec::new(),
    }
}

type Read = Option<(Moment, usize)>;

fn at_digit(text: &str, at: usize) -> Read {
    if let Some(((year, month, day), end)) = iso(text, at) {
        let mut day = Day::new(Some(year), month, day)?;
        day.layout = Layout::Iso;
        return Some((Moment::Day(day), end));
    }
    of_year(text, at)
        .or_else(|| decade(text, at))
        .or_else(|| day_first(text, at))
        .or_else(|| month_shared(text, at))
        .or_else(|| bangla_day(text, at))
        .or_else(|| clock::at_digit(text, at))
}

fn at_word(text: &str, at: usize) -> Read {
    let (name, end) = word(text, at);
    if !BEGINNINGS.contains(name.chars().next()?) {
        return None;
    }
    if let Some((weekday, stem_end, is_bare)) = weekday(text, at) {
        let day = is_bare.then(|| with_weekday(text, end, weekday, dated));
        return day.flatten().or(Some((Moment::Weekday(weekday), stem_end)));
    }
    if let Some(&(_, decade)) = DECADES.iter().find(|(tens, _)| *tens == name) {
        let from = space(text, end)?;
        let to = from + "দশক".len();
        let is_decade = text.get(from..to) == Some("দশক") && ends_well(word(text, to).0);
        return is_decade.then_some((Moment::Decade(decade), to));
    }
    // Days and times in words begin with a word that counts or a part of the day.
    let counted = if Words.word(name).is_some() || clock::is_beginning(name) {
        clock::at_word(text, at).or_else(|| spelled_day(text, at))
    } else {
        None
    };
    counted.or_else(|| month(text, at))
}

/// The letters that a date, a time, a month, a weekday or a spelled day may
/// begin with.
const BEGINNINGS: &str = "অআউঊএকগচছজডতদনপফবভমরশষসহ";

fn ends_well(tail: &str) -> bool {
    ENDINGS.contains(&tail)
}

/// The month at `at`, the end of its stem, and whether no ending follows.
fn month_name(text: &str, at: usize) -> Option<(u8, usize, bool)> {
    let (name, end) = word(text, at);
    let regular = (1..).zip(MONTHS).map(|(place, name)| (name, place));
    regular.chain(MONTH_VARIANTS).find_map(|(month, place)| {
        let tail = name.strip_prefix(month).filter(|tail| ends_well(tail))?;
        Some((place, end - tail.len(), tail.is_empty()))
    })
}

fn weekday(text: &str, at: usize) -> Option<(Weekday, usize, bool)> {
    let (name, end) = word(text, at);
    WEEKDAYS.iter().find_map(|&(full, weekday)| {
        let tail = name.strip_prefix(full).filter(|tail| ends_well(tail))?;
        Some((weekday, end - tail.len(), tail.is_empty()))
    })
}

/// What makes a figure the place of a day in its month.
const ORDINALS: [&str; 7] = ["ই", "শে", "লা", "রা", "ঠা", "শা", "এ"];

/// A day of the month, with or without its ordinal ending: ৫ই, ২১শে.
fn day_of_month(text: &str, at: usize) -> Option<(u8, usize)> {
    let (value, end) = figure(text, at, 2)?;
    let (letters, letters_end) = word(text, end);
    let end = match letters {
        "" => {
            // ২১ শে and ৭'ই are written as well.
            let behind_mark = text[end..].strip_prefix(['\'', '’', '-']);
            let from =
                behind_mark.map_or_else(|| space(text, end), |rest| Some(text.len() - rest.len()));
            let apart = from.map(|from| word(text, from));
            apart
                .filter(|(letters, _)| ORDINALS.contains(letters) && *letters != "এ")
                .map_or(end, |(_, end)| end)
        }
        letters if ORDINALS.contains(&letters) => letters_end,
        _ => return None,
    };
    let day = u8::try_from(value).ok().filter(|d| (1..=31).contains(d))?;
    Some((day, end))
}

/// ২৯ ডিসেম্বর ২০২৫, ১০ এপ্রিল, ২০২৫, ২২-২৪ সেপ্টেম্বর.
fn day_first(text: &str, at: usize) -> Read {
    let (first, mut end) = day_of_month(text, at)?;
    let mut last = None;
    if let Some((dash, from)) = dash(text, end) {
        let (day, to) = day_of_month(text, from)?;
        last = Some((day, dash));
        end = to;
    }
    // ৫মে is written as well.
    let from = space(text, end).unwrap_or(end);
    on_day(text, from, None, first, last)
}

/// The first day of ৫ থেকে ৭ জানুয়ারি and ২৭ ও ২৮ ডিসেম্বর: its month stands with the second.
fn month_shared(text: &str, at: usize) -> Read {
    let (first, end) = day_of_month(text, at)?;
    let (joint, end) = word(text, space(text, end)?);
    if !matches!(joint, "থেকে" | "হতে" | "ও" | "এবং") {
        return None;
    }
    let (moment, _) = day_first(text, space(text, end)?)?;
    let Moment::Day(second) = moment else {
        return None;
    };
    let day = Day::new(None, second.month, first).filter(|day| day.day < second.day)?;
    Some((Moment::Day(day), day_of_month(text, at)?.1))
}

/// The month, and the year unless it is told, after a day.
fn on_day(text: &str, at: usize, told: Option<i16>, first: u8, last: Option<(u8, char)>) -> Read {
    let (month, end, is_bare) = month_name(text, at)?;
    let after = match told {
        None if is_bare => comma_space(text, end)
            .and_then(|from| year(text, from).or_else(|| spelled_year(text, from))),
        _ => None,
    };
    let (year, end) = after.map_or((told, end), |(year, end)| (Some(year), end));
    let day = Day::new(year, month, first)?;
    let Some((last, dash)) = last else {
        return Some((Moment::Day(day), end));
    };
    Day::new(year, month, last).filter(|_| last > first)?;
    Some((
        Moment::Days {
            first: day,
            last,
            dash,
        },
        end,
    ))
}

/// ২০২৫ সালের ২৯ ডিসেম্বর, ২০২৫ সালের ডিসেম্বর.
fn of_year(text: &str, at: usize) -> Read {
    let (year, end) = year(text, at)?;
    let ("সালের", end) = word(text, space(text, end)?) else {
        return None;
    };
    let from = space(text, end)?;
    if let Some((month, end, _)) = month_name(text, from) {
        let year = Some(year);
        return Some((Moment::Month { month, year }, end));
    }
    if text[from..].starts_with(is_letter) {
        // ২০২৪ সালের পাঁচই অগাস্ট.
        let (Moment::Day(day), end) = spelled_day(text, from)? else {
            return None;
        };
        let day = Day::new(Some(year), day.month, day.day)?;
        return Some((Moment::Day(day), end));
    }
    let (first, mut end) = day_of_month(text, from)?;
    let mut last = None;
    if let Some((dash, from)) = dash(text, end) {
        let (day, to) = day_of_month(text, from)?;
        last = Some((day, dash));
        end = to;
    }
    on_day(text, space(text, end)?, Some(year), first, last)
}

/// একুশে ফেব্রুয়ারি, চার মার্চ, পয়লা বৈশাখ.
fn spelled_day(text: &str, at: usize) -> Read {
    let (name, end) = word(text, at);
    let day = match name {
        "পয়লা" | "পহেলা" => 1,
        "দোসরা" => 2,
        "তেসরা" => 3,
        "চৌঠা" => 4,
        _ => match Words.word(name)? {
            (Word::Cardinal(day @ 1..=31), taken) if matches!(&name[taken..], "" | "ই" | "ে") => {
                u8::try_from(day).ok()?
            }
            _ => return None,
        },
    };
    let from = space(text, end)?;
    on_day(text, from, None, day, None).or_else(|| on_bangla_day(text, from, day))
}

/// দুই হাজার এক.
fn spelled_year(text: &str, at: usize) -> Option<(i16, usize)> {
    if !text[at..].starts_with(is_letter) {
        return None;
    }
    let cursor = Cursor {
        text,
        lexicon: &Words,
    };
    let read = amount(&cursor, at, false)?;
    let value = i16::try_from(read.value.normalize().mantissa()).ok()?;
    let is_year = read.value.normalize().scale() == 0 && (1000..=2100).contains(&value);
    is_year.then_some((value, read.end))
}

/// ডিসেম্বর ২০২৫, ডিসেম্বর; মে only before মাস.
fn month(text: &str, at: usize) -> Read {
    let (month, end, is_bare) = month_name(text, at)?;
    if is_bare && let Some((year, end)) = comma_space(text, end).and_then(|from| year(text, from)) {
        let year = Some(year);
        return Some((Moment::Month { month, year }, end));
    }
    if let Some(dated) = numbered_day(text, at, month) {
        return Some(dated);
    }
    let before_month = space(text, end).is_some_and(|from| text[from..].starts_with("মাস"));
    (month != 5 || before_month).then_some((Moment::Month { month, year: None }, end))
}

/// ফেব্রুয়ারির ১২ তারিখ, সেপ্টেম্বর মাসের ১৮ তারিখ.
fn numbered_day(text: &str, at: usize, month: u8) -> Read {
    let mut from = space(text, word(text, at).1)?;
    // আগস্ট এর is written as well.
    while let ("মাসের" | "এর", end) = word(text, from) {
        from = space(text, end)?;
    }
    let (day, end) = day_of_month(text, from)?;
    let (name, end) = word(text, space(text, end)?);
    let tail = name.strip_prefix("তারিখ").filter(|tail| ends_well(tail))?;
    let day = Day::new(None, month, day)?;
    Some((Moment::Day(day), end - tail.len()))
}

/// The date after a weekday: সোমবার (২৯ ডিসেম্বর), মঙ্গলবার, ৩০ ডিসেম্বর ২০২৫.
fn dated(text: &str, at: usize) -> Read {
    of_year(text, at).or_else(|| day_first(text, at))
}

/// ১৯৯০-এর দশক, ১৯৯০ দশক.
fn decade(text: &str, at: usize) -> Read {
    let (year, end) = figure(text, at, 4)?;
    let decade = i16::try_from(year)
        .ok()
        .filter(|y| (1600..=2100).contains(y) && y % 10 == 0)?;
    let rest = &text[end..];
    let joint = ["-এর", "’এর", " এর", "এর", "–এর", ""]
        .into_iter()
        .find(|joint| rest.starts_with(joint))?;
    let from = space(text, end + joint.len())?;
    let to = from + "দশক".len();
    let is_decade = text.get(from..to) == Some("দশক") && ends_well(word(text, to).0);
    is_decade.then_some((Moment::Decade(decade), to))
}
