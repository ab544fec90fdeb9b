//! English dates and times.

mod clock;
mod write;

pub(super) use write::write;

use jiff::civil::Weekday;

use crate::language::date::scan::{
    comma_space, dash, figure, goes_on, is_start, iso, month_named, space, with_weekday, word,
    word_before, year,
};
use crate::language::date::{Day, Layout, Moment};
use crate::language::number::Found;
use crate::language::number::cursor::{is_digit, is_letter};
use crate::text::{Normal, Span};

/// January to December.
pub(super) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Monday to Sunday.
pub(super) const WEEKDAYS: [(&str, Weekday); 7] = [
    ("Monday", Weekday::Monday),
    ("Tuesday", Weekday::Tuesday),
    ("Wednesday", Weekday::Wednesday),
    ("Thursday", Weekday::Thursday),
    ("Friday", Weekday::Friday),
    ("Saturday", Weekday::Saturday),
    ("Sunday", Weekday::Sunday),
];

/// The months of the Bangla calendar as English papers of Bangladesh spell
/// them; the first of each row is written.
pub(super) const BANGLA_MONTHS: [&[&str]; 12] = [
    &["Boishakh", "Baishakh", "Baisakh"],
    &["Joishtho", "Jaishtha", "Jyoishtho", "Jyaistha"],
    &["Asharh", "Ashar"],
    &["Srabon", "Shraban", "Sravan"],
    &["Bhadro", "Bhadra"],
    &["Ashwin", "Aswin"],
    &["Kartik", "Kartick"],
    &["Ogrohayon", "Agrahayan"],
    &["Poush", "Paush"],
    &["Magh"],
    &["Falgun", "Phalgun"],
    &["Choitro", "Chaitra"],
];

/// The dates and times of an English text, in order and disjoint.
pub(super) fn find(text: &str) -> Vec<Found<Moment>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let mut next = at + c.len_utf8();
        let read = if is_digit(c) {
            next = at + text[at..].find(|c| !is_digit(c)).unwrap_or(text.len() - at);
            is_start(text, at).then(|| at_digit(text, at)).flatten()
        } else if c.is_ascii_uppercase() {
            next = word(text, at).1;
            at_word(text, at)
        } else if is_letter(c) {
            next = word(text, at).1;
            None
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

/// See [`crate::language::Profile::may_tell`]: `the March of this year`.
pub(super) fn may_tell(text: &str, moment: &Moment) -> Vec<Span<Normal>> {
    let Moment::Month { month, year: None } = moment else {
        return Vec::new();
    };
    month_named(text, &MONTHS, *month, |_, rest| {
        !rest.starts_with(is_letter)
    })
}

type Read = Option<(Moment, usize)>;

fn at_digit(text: &str, at: usize) -> Read {
    if let Some(((year, month, day), end)) = iso(text, at) {
        let mut day = Day::new(Some(year), month, day)?;
        day.layout = Layout::Iso;
        return Some((Moment::Day(day), end));
    }
    decade(text, at)
        .or_else(|| clock::at_digit(text, at))
        .or_else(|| day_first(text, at))
        .or_else(|| bangla_day(text, at))
}

fn at_word(text: &str, at: usize) -> Read {
    if !is_start(text, at) {
        return None;
    }
    let (name, end) = word(text, at);
    if let Some(&(full, weekday)) = WEEKDAYS
        .iter()
        .find(|(full, _)| *full == name || (name.len() >= 3 && full.starts_with(name)))
    {
        return match with_weekday(text, end, weekday, dated) {
            None if full == name => Some((Moment::Weekday(weekday), end)),
            dated => dated,
        };
    }
    month_first(text, at).or_else(|| month(text, at))
}

/// The month named at `at`, whether in full, and one past it.
fn month_name(text: &str, at: usize) -> Option<(u8, bool, usize)> {
    let (name, end) = word(text, at);
    let is_short = matches!(name.len(), 3) || name.eq_ignore_ascii_case("sept");
    let place = MONTHS.iter().position(|full| {
        full.eq_ignore_ascii_case(name)
            || (is_short
                && full
                    .get(..name.len())
                    .is_some_and(|s| s.eq_ignore_ascii_case(name)))
    })?;
    if !name.starts_with(|c: char| c.is_ascii_uppercase()) {
        return None;
    }
    let full = name.len() == MONTHS[place].len();
    let dot = !full && text[end..].starts_with(". ");
    Some((u8::try_from(place + 1).ok()?, full, end + usize::from(dot)))
}

/// A day of the month with or without `th`, alone.
fn day_of_month(text: &str, at: usize) -> Option<(u8, usize)> {
    let (value, end) = figure(text, at, 2)?;
    let (letters, letters_end) = word(text, end);
    let end = match letters {
        "" => end,
        "st" | "nd" | "rd" | "th" => letters_end,
        _ => return None,
    };
    let day = u8::try_from(value).ok().filter(|d| (1..=31).contains(d))?;
    Some((day, end))
}

/// `10 Apr 2025`, `29th of December`, `12–15 March`.
fn day_first(text: &str, at: usize) -> Read {
    let (first, mut end) = day_of_month(text, at)?;
    let mut last = None;
    if let Some((dash, from)) = dash(text, end) {
        let (day, to) = day_of_month(text, from)?;
        last = Some((day, dash));
        end = to;
    }
    let mut from = space(text, end)?;
    if let ("of", end) = word(text, from) {
        from = space(text, end)?;
    }
    let (month, _, end) = month_name(text, from)?;
    let (year, end) = match comma_space(text, end).and_then(|from| year(text, from)) {
        Some((year, end)) => (Some(year), end),
        None => (None, end),
    };
    days(year, month, first, last).map(|moment| (moment, end))
}

fn days(year: Option<i16>, month: u8, first: u8, last: Option<(u8, char)>) -> Option<Moment> {
    let day = Day::new(year, month, first)?;
    let Some((last, dash)) = last else {
        return Some(Moment::Day(day));
    };
    Day::new(year, month, last).filter(|_| last > first)?;
    Some(Moment::Days {
        first: day,
        last,
        dash,
    })
}

/// `April 10, 2025`, `Sept 24`, `March 12-15`.
fn month_first(text: &str, at: usize) -> Read {
    let (month, _, end) = month_name(text, at)?;
    let from = space(text, end)?;
    let (first, day_end) = day_of_month(text, from)?;
    let mut end = day_end;
    let mut last = None;
    if let Some((dash, from)) = dash(text, end)
        && let Some((day, to)) = day_of_month(text, from)
    {
        last = Some((day, dash));
        end = to;
    }
    let year = comma_space(text, end).and_then(|from| year(text, from));
    if year.is_none() && (goes_on(text, end) || counts_something(text, at, end)) {
        return None;
    }
    let (year, end) = year.map_or((None, end), |(year, end)| (Some(year), end));
    days(year, month, first, last).map(|moment| (moment, end))
}

/// Whether the figure after a month counts what follows: `in July 12 people`.
fn counts_something(text: &str, at: usize, end: usize) -> bool {
    if text[end..].starts_with("-year") {
        return true;
    }
    let followed = space(text, end).map_or("", |from| word(text, from).0);
    let is_unit = matches!(
        followed,
        "percent" | "million" | "billion" | "crore" | "lakh" | "people" | "persons"
    );
    is_unit
        || (word_before(text, at).eq_ignore_ascii_case("in")
            && followed.starts_with(|c: char| c.is_ascii_lowercase())
            && !is_particle(followed))
}

/// Whether a word cannot be what is counted: it joins, or it is a verb of one.
fn is_particle(word: &str) -> bool {
    matches!(
        word,
        "after"
            | "and"
            | "as"
            | "at"
            | "before"
            | "began"
            | "by"
            | "came"
            | "for"
            | "from"
            | "had"
            | "has"
            | "in"
            | "is"
            | "last"
            | "next"
            | "of"
            | "on"
            | "this"
            | "to"
            | "took"
            | "was"
            | "went"
            | "when"
            | "will"
            | "with"
    )
}

/// `December 2025`, `December`; `May` and `March` only where they can be nothing
/// else.
fn month(text: &str, at: usize) -> Read {
    let (month, full, end) = month_name(text, at)?;
    if let Some((year, end)) = comma_space(text, end).and_then(|from| year(text, from)) {
        let year = Some(year);
        return Some((Moment::Month { month, year }, end));
    }
    // A figure that is no day of it: leave both alone.
    if !full
        || space(text, end).is_some_and(|from| {
            day_of_month(text, from).is_some_and(|(d, _)| Day::new(None, month, d).is_none())
        })
    {
        return None;
    }
    let is_word = matches!(month, 3 | 5);
    if is_word && !follows_preposition(text, at) {
        return None;
    }
    Some((Moment::Month { month, year: None }, end))
}

fn follows_preposition(text: &str, at: usize) -> bool {
    let before = word_before(text, at).to_ascii_lowercase();
    matches!(
        before.as_str(),
        "in" | "of"
            | "since"
            | "by"
            | "until"
            | "till"
            | "last"
            | "next"
            | "this"
            | "from"
            | "early"
            | "late"
            | "mid"
            | "during"
            | "through"
            | "before"
            | "after"
            | "between"
    )
}

/// The date after a weekday: `Saturday, Feb 7, 2026`, `Thursday (December 25)`.
fn dated(text: &str, at: usize) -> Read {
    month_first(text, at).or_else(|| day_first(text, at))
}

/// `1990s`.
fn decade(text: &str, at: usize) -> Read {
    let (year, end) = figure(text, at, 4)?;
    let decade = i16::try_from(year)
        .ok()
        .filter(|y| (1600..=2100).contains(y) && y % 10 == 0)?;
    match word(text, end) {
        ("s", end) => Some((Moment::Decade(decade), end)),
        _ => None,
    }
}

/// `14 Poush 1432`.
fn bangla_day(text: &str, at: usize) -> Read {
    let (day, end) = day_of_month(text, at)?;
    let (name, end) = word(text, space(text, end)?);
    let place = BANGLA_MONTHS
        .iter()
        .position(|names| names.contains(&name))?;
    let month = u8::try_from(place + 1).ok()?;
    let told = comma_space(text, end).and_then(|from| figure(text, from, 4));
    let told = told.and_then(|(year, end)| {
        Some((
            i16::try_from(year)
                .ok()
                .filter(|y| (1200..1600).contains(y))?,
            end,
        ))
    });
    let (year, end) = told.map_or((None, end), |(year, end)| (Some(year), end));
    Some((Moment::BanglaDay { day, month, year }, end))
}
