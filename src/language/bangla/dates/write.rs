//! How Bangla writes dates and times.

use jiff::civil::Weekday;

use super::calendar::BANGLA_MONTHS;
use super::{MONTHS, WEEKDAYS};
use crate::language::date::{Clock, DateStyle, Day, Layout, Moment, Reading, Zone};
use crate::language::number::Digits;
use crate::language::number::figures::in_digits;

/// `moment` as Bangladesh's newsrooms write it: ২৯ ডিসেম্বর ২০২৫, সোমবার (২৯
/// ডিসেম্বর), সকাল সাড়ে ১০টা.
pub(in crate::language::bangla) fn write(moment: &Moment, style: &DateStyle) -> String {
    let ascii = match moment {
        Moment::Day(day) => with_weekday(day, &date(day, &day.day.to_string(), style)),
        Moment::Days { first, last, dash } => {
            let days = format!("{}{dash}{last}", first.day);
            with_weekday(first, &date(first, &days, style))
        }
        Moment::Month { month, year } => match year {
            Some(year) => format!("{year} সালের {}", month_name(*month)),
            None => month_name(*month).to_owned(),
        },
        Moment::Decade(year) => format!("{year}-এর দশক"),
        Moment::Weekday(weekday) => weekday_name(*weekday).to_owned(),
        Moment::Clock(clock) => time(clock),
        Moment::BanglaDay { day, month, year } => {
            let name = place(*month)
                .and_then(|i| BANGLA_MONTHS.get(i))
                .unwrap_or(&"");
            match year {
                Some(year) => format!("{day} {name} {year}"),
                None => format!("{day} {name}"),
            }
        }
    };
    match style.digits {
        Digits::Native => in_digits(&ascii, '০'),
        Digits::Latin => ascii,
    }
}

fn place(month: u8) -> Option<usize> {
    usize::from(month).checked_sub(1)
}

fn month_name(month: u8) -> &'static str {
    place(month).and_then(|i| MONTHS.get(i)).unwrap_or(&"")
}

fn weekday_name(weekday: Weekday) -> &'static str {
    WEEKDAYS
        .iter()
        .find(|(_, day)| *day == weekday)
        .map_or("", |(name, _)| name)
}

fn with_weekday(day: &Day, date: &str) -> String {
    match (day.weekday, day.layout) {
        (Some(weekday), Layout::Bracketed) => format!("{} ({date})", weekday_name(weekday)),
        (Some(weekday), _) => format!("{}, {date}", weekday_name(weekday)),
        (None, _) => date.to_owned(),
    }
}

fn date(day: &Day, days: &str, style: &DateStyle) -> String {
    let month = month_name(day.month);
    match (day.layout, day.year) {
        (Layout::Iso, Some(year)) => format!("{year:04}-{:02}-{:02}", day.month, day.day),
        (_, Some(year)) if style.dateline => format!("{days} {month}, {year}"),
        (_, Some(year)) => format!("{days} {month} {year}"),
        (_, None) => format!("{days} {month}"),
    }
}

/// The part of the day that an hour of 24 is told with.
fn part_of_day(hour: u8) -> &'static str {
    match hour {
        4..=5 => "ভোর",
        6..=10 => "সকাল",
        11 => "বেলা",
        12..=14 => "দুপুর",
        15..=17 => "বিকেল",
        18..=19 => "সন্ধ্যা",
        _ => "রাত",
    }
}

fn time(clock: &Clock) -> String {
    let Clock { hour, minute, .. } = *clock;
    let time = match clock.reading {
        Reading::Digital => format!("{hour:02}:{minute:02}"),
        Reading::OfDay => format!(
            "{} {}",
            part_of_day(hour),
            told((hour + 11) % 12 + 1, minute)
        ),
        Reading::Open => told(hour, minute),
    };
    match clock.zone {
        None => time,
        Some(Zone::Bangladesh) => format!("বাংলাদেশ সময় {time}"),
        Some(Zone::Gmt) => format!("{time} (জিএমটি)"),
        Some(Zone::Utc) => format!("{time} (ইউটিসি)"),
        Some(Zone::India) => format!("{time} (ভারতীয় সময়)"),
        Some(Zone::Eastern) => format!("{time} (ইস্টার্ন সময়)"),
    }
}

/// An hour of 12 with its minutes.
fn told(hour: u8, minute: u8) -> String {
    match (hour, minute) {
        (_, 0) => format!("{hour}টা"),
        (1, 30) => "দেড়টা".to_owned(),
        (2, 30) => "আড়াইটা".to_owned(),
        (_, 30) => format!("সাড়ে {hour}টা"),
        _ => format!("{hour}টা {minute} মিনিট"),
    }
}
