//! Times of day in Bangla.

use super::{Read, ends_well};
use crate::language::bangla::numbers::Words;
use crate::language::date::scan::{digital, figure, goes_on, space, word};
use crate::language::date::{Clock, Moment, Reading, Zone};
use crate::language::number::cursor::{is_digit, is_letter};
use crate::language::number::lexicon::{Lexicon, Word};
use crate::text::{Normal, Span};

/// The part of the day that is told with a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// ভোর, সকাল: before noon.
    Morning,
    /// বেলা, দুপুর: around noon.
    Noon,
    /// বিকেল, সন্ধ্যা: after noon.
    Evening,
    /// রাত: either side of midnight.
    Night,
}

impl Part {
    fn of(word: &str) -> Option<Self> {
        Some(match word {
            "ভোর" | "ভোরে" | "ভোররাত" | "সকাল" | "সকালে" | "সকালের" => {
                Self::Morning
            }
            "বেলা" | "দুপুর" | "দুপুরে" | "দুপুরের" => {
                Self::Noon
            }
            "বিকেল" | "বিকাল" | "বিকেলে" | "বিকালে" | "সন্ধ্যা" | "সন্ধ্যায়" | "সন্ধ্যার" => {
                Self::Evening
            }
            "রাত" | "রাতে" | "রাত্রের" | "মধ্যরাত" => {
                Self::Night
            }
            _ => return None,
        })
    }

    /// The hour of 24 that `hour` of 12 is in this part.
    fn hour(self, hour: u8) -> u8 {
        let is_pm = match self {
            Self::Morning => false,
            Self::Noon => hour == 12 || hour < 9,
            Self::Evening => true,
            Self::Night => (6..12).contains(&hour),
        };
        hour % 12 + if is_pm { 12 } else { 0 }
    }
}

/// A time that begins with a figure: ৭টা ২০ মিনিট, ১০টায়, ১৬:২৬.
pub(super) fn at_digit(text: &str, at: usize) -> Read {
    if let Some(told) = told(text, at) {
        let is_time = told.has_minutes || told.is_time_by_itself(text);
        return is_time.then(|| told.moment(text, None, None));
    }
    at_colon(text, at, None)
}

/// Where an hour stands that is the time of `clock` or a count: ১০টার.
pub(in super::super) fn may_tell(text: &str, clock: &Clock) -> Vec<Span<Normal>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        if !is_letter(c) && !is_digit(c) {
            at += c.len_utf8();
            continue;
        }
        let read = told(text, at)
            .filter(|told| (told.hour % 12, told.minute) == (clock.hour % 12, clock.minute));
        if let Some(told) = read {
            found.push(Span::trusted(at, told.end));
        }
        // Past the whole token, so that no hour is read from the middle of one.
        let rest = &text[at..];
        at += rest
            .find(|c| !is_letter(c) && !is_digit(c))
            .unwrap_or(rest.len());
    }
    found
}

/// ১৬:২৬.
fn at_colon(text: &str, at: usize, zone: Option<Zone>) -> Read {
    let ((hour, minute), end) = digital(text, at, &[':'])?;
    if goes_on(text, end) || text[end..].starts_with(is_letter) {
        return None;
    }
    Some(moment(text, hour, minute, Reading::Digital, zone, end))
}

/// Whether a time or an old name of a day may begin with `word`, which is no
/// number.
pub(super) fn is_beginning(word: &str) -> bool {
    Part::of(word).is_some()
        || LEADING_ZONES.iter().any(|(words, _)| words[0] == word)
        || ["দেড়টা", "আড়াইট"]
            .into_iter()
            .any(|stem| word.starts_with(stem))
        || matches!(word, "পয়লা" | "পহেলা" | "দোসরা" | "তেসরা" | "চৌঠা")
}

/// A time that begins with a word: সকাল ১০টা, সাড়ে ৭টা, দেড়টা, বাংলাদেশ সময় রাত ৮টা.
pub(super) fn at_word(text: &str, at: usize) -> Read {
    match leading_zone(text, at) {
        Some((zone, end)) => time(text, space(text, end)?, Some(zone)),
        None => time(text, at, None),
    }
}

/// Zones as they are named before a time.
const LEADING_ZONES: [(&[&str], Zone); 3] = [
    (&["বাংলাদেশ", "সময়"], Zone::Bangladesh),
    (&["ভারতীয়", "সময়"], Zone::India),
    (&["গ্রিনিচ", "মান", "সময়"], Zone::Gmt),
];

fn leading_zone(text: &str, at: usize) -> Option<(Zone, usize)> {
    LEADING_ZONES.iter().find_map(|(words, zone)| {
        let mut end = at;
        for (i, wanted) in words.iter().enumerate() {
            let from = if i == 0 { at } else { space(text, end)? };
            let (name, name_end) = word(text, from);
            end = (name == *wanted).then_some(name_end)?;
        }
        Some((*zone, end))
    })
}

fn time(text: &str, at: usize, zone: Option<Zone>) -> Read {
    let (name, end) = word(text, at);
    let Some(part) = Part::of(name) else {
        if name.is_empty() {
            let zone = Some(zone?);
            return match told(text, at) {
                Some(told) => Some(told.moment(text, None, zone)),
                None => at_colon(text, at, zone),
            };
        }
        // Without a part of the day only a quarter word tells a time.
        let told = told(text, at).filter(|told| told.is_quartered || zone.is_some())?;
        return Some(told.moment(text, None, zone));
    };
    let mut from = space(text, end)?;
    if let ("এর", end) = word(text, from) {
        from = space(text, end)?;
    }
    if let Some(told) = told(text, from) {
        return Some(told.moment(text, Some(part), zone));
    }
    // সকাল ১০:৩০.
    let ((hour, minute), end) = digital(text, from, &[':', '.'])?;
    if !(1..=12).contains(&hour) || goes_on(text, end) || text[end..].starts_with(is_letter) {
        return None;
    }
    Some(moment(
        text,
        part.hour(hour),
        minute,
        Reading::OfDay,
        zone,
        end,
    ))
}

/// An hour of 12 as it is told with টা.
struct Told {
    hour: u8,
    minute: u8,
    /// One past টা or মিনিট.
    end: usize,
    has_minutes: bool,
    is_quartered: bool,
}

impl Told {
    fn moment(&self, text: &str, part: Option<Part>, zone: Option<Zone>) -> (Moment, usize) {
        let (hour, reading) = match part {
            Some(part) => (part.hour(self.hour), Reading::OfDay),
            None => (self.hour, Reading::Open),
        };
        moment(text, hour, self.minute, reading, zone, self.end)
    }

    /// Whether ৭টা without minutes or part of the day is a time and no count:
    /// ৭টায়, ৭টার দিকে, ৭টা থেকে.
    fn is_time_by_itself(&self, text: &str) -> bool {
        if self.is_quartered {
            return true;
        }
        let (tail, end) = word(text, self.end);
        let next = space(text, end).map_or("", |from| word(text, from).0);
        match tail {
            "য়" => true,
            "র" => matches!(next, "দিকে" | "পর" | "পরে" | "মধ্যে" | "আগে" | "পরই" | "সময়"),
            "" => matches!(next, "থেকে" | "পর্যন্ত" | "নাগাদ"),
            _ => false,
        }
    }
}

/// ৭টা, সাড়ে ৭টা, দেড়টা, ৭টা ২০ মিনিট, সাতটা বেজে ঊনিশ মিনিট, ৯:৩০টা.
fn told(text: &str, at: usize) -> Option<Told> {
    let (name, name_end) = word(text, at);
    if let Some((hour, stem)) = [("দেড়", 1), ("আড়াই", 2)]
        .into_iter()
        .find_map(|(stem, hour)| name.strip_prefix(stem).map(|_| (hour, stem)))
    {
        let end = classifier(text, at + stem.len())?;
        return Some(Told {
            hour,
            minute: 30,
            end,
            has_minutes: false,
            is_quartered: true,
        });
    }
    let quarters = match name {
        "সাড়ে" => 2,
        "সোয়া" | "সওয়া" => 1,
        "পৌনে" => 3,
        _ => 0,
    };
    let from = if quarters == 0 {
        at
    } else {
        space(text, name_end)?
    };
    if let Some(((hour @ 1..=12, minute), end)) = digital(text, from, &[':', '.']) {
        let end = classifier(text, end)?;
        return (quarters == 0).then_some(Told {
            hour,
            minute,
            end,
            has_minutes: true,
            is_quartered: false,
        });
    }
    let (hour, hour_end) = count(text, from)?;
    let hour = u8::try_from(hour).ok().filter(|h| (1..=12).contains(h))?;
    let end = classifier(text, hour_end)?;
    // A quarter to one is 12:45.
    let hour = match (quarters, hour) {
        (3, 1) => 12,
        (3, hour) => hour - 1,
        (_, hour) => hour,
    };
    let mut told = Told {
        hour,
        minute: quarters * 15,
        end,
        has_minutes: false,
        is_quartered: quarters > 0,
    };
    if quarters == 0
        && !text[end..].starts_with(is_letter)
        && let Some((minute, end)) = minutes(text, end)
    {
        told.minute = minute;
        told.end = end;
        told.has_minutes = true;
    }
    Some(told)
}

/// A small number in figures or words, and the end of its stem.
fn count(text: &str, at: usize) -> Option<(u32, usize)> {
    if let Some(read) = figure(text, at, 2) {
        return Some(read);
    }
    let (name, _) = word(text, at);
    match Words.word(name)? {
        (Word::Cardinal(n), taken) => Some((n, at + taken)),
        _ => None,
    }
}

/// Past টা, where case endings alone may follow; its own endings stay outside.
fn classifier(text: &str, at: usize) -> Option<usize> {
    let end = ["টা", "টে", "টো"]
        .into_iter()
        .find_map(|name| text[at..].starts_with(name).then_some(at + name.len()))?;
    let (tail, _) = word(text, end);
    (tail == "য়" || ends_well(tail)).then_some(end)
}

/// ` ২০ মিনিট` after an hour.
fn minutes(text: &str, at: usize) -> Option<(u8, usize)> {
    let mut from = space(text, at)?;
    if let ("বেজে", end) = word(text, from) {
        from = space(text, end)?;
    }
    let (minute, end) = count(text, from)?;
    let from = space(text, end)?;
    let (name, name_end) = word(text, from);
    let tail = name.strip_prefix("মিনিট").filter(|tail| ends_well(tail))?;
    let minute = u8::try_from(minute).ok().filter(|m| *m < 60)?;
    Some((minute, name_end - tail.len()))
}

/// The zone in brackets after a time: (জিএমটি).
fn moment(
    text: &str,
    hour: u8,
    minute: u8,
    reading: Reading,
    zone: Option<Zone>,
    end: usize,
) -> (Moment, usize) {
    let named = || {
        let rest = text[space(text, end)?..].strip_prefix('(')?;
        let close = rest.find(')')?;
        let zone = match &rest[..close] {
            "জিএমটি" => Zone::Gmt,
            "ইউটিসি" => Zone::Utc,
            "ভারতীয় সময়" => Zone::India,
            "ইস্টার্ন সময়" => Zone::Eastern,
            _ => return None,
        };
        Some((zone, text.len() - rest.len() + close + 1))
    };
    let (zone, end) = match zone {
        Some(zone) => (Some(zone), end),
        None => named().map_or((None, end), |(zone, end)| (Some(zone), end)),
    };
    let clock = Clock {
        hour,
        minute,
        reading,
        zone,
    };
    (Moment::Clock(clock), end)
}
