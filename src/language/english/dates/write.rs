//! How English writes dates and times.

use jiff::civil::Weekday;

use super::{BANGLA_MONTHS, MONTHS, WEEKDAYS};
use crate::language::date::{Clock, DateStyle, Day, Layout, Moment, Order, Reading, Zone};

/// `moment` as English newsrooms of Bangladesh write it: `April 10, 2025`,
/// `Thursday (December 25)`, `10:30am`.
pub(in crate::language::english) fn write(moment: &Moment, style: &DateStyle) -> String {
    match moment {
        Moment::Day(day) => with_weekday(day, &date(day, &day.day.to_string(), style)),
        Moment::Days { first, last, dash } => {
            let days = format!("{}{dash}{last}", first.day);
            with_weekday(first, &date(first, &days, style))
        }
        Moment::Month { month, year } => match year {
            Some(year) => format!("{} {year}", month_name(*month)),
            None => month_name(*month).to_owned(),
        },
        Moment::Decade(year) => format!("{year}s"),
        Moment::Weekday(weekday) => weekday_name(*weekday).to_owned(),
        Moment::Clock(clock) => time(clock),
        Moment::BanglaDay { day, month, year } => {
            let name = usize::from(*month)
                .checked_sub(1)
                .and_then(|i| BANGLA_MONTHS.get(i)?.first())
                .unwrap_or(&"");
            match year {
                Some(year) => format!("{day} {name} {year}"),
                None => format!("{day} {name}"),
            }
        }
    }
}

fn month_name(month: u8) -> &'static str {
    usize::from(month)
        .checked_sub(1)
        .and_then(|i| MONTHS.get(i))
        .unwrap_or(&"")
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
    match (day.layout, style.order, day.year) {
        (Layout::Iso, _, Some(year)) => format!("{year:04}-{:02}-{:02}", day.month, day.day),
        (_, Order::DayFirst, Some(year)) => format!("{days} {month} {year}"),
        (_, Order::DayFirst, None) => format!("{days} {month}"),
        (_, _, Some(year)) => format!("{month} {days}, {year}"),
        (_, _, None) => format!("{month} {days}"),
    }
}

fn time(clock: &Clock) -> String {
    let Clock { hour, minute, .. } = *clock;
    let time = match clock.reading {
        Reading::Digital => format!("{hour:02}:{minute:02}"),
        Reading::OfDay => {
            let half = if hour < 12 { "am" } else { "pm" };
            let hour = (hour + 11) % 12 + 1;
            match minute {
                0 => format!("{hour}{half}"),
                _ => format!("{hour}:{minute:02}{half}"),
            }
        }
        Reading::Open if minute == 0 => format!("{hour} o'clock"),
        Reading::Open => format!("{hour}:{minute:02}"),
    };
    match clock.zone {
        None => time,
        Some(zone) => {
            let zone = match zone {
                Zone::Gmt => "GMT",
                Zone::Utc => "UTC",
                Zone::Bangladesh => "BST",
                Zone::India => "IST",
                Zone::Eastern => "ET",
            };
            format!("{time} {zone}")
        }
    }
}
