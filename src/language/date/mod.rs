//! Dates and times of day: what they say and how they were written.
//!
//! Reading and writing are each language's own; what is read here is civil time
//! as printed, never an instant. Relative days (`yesterday`, আগামীকাল) are left
//! to the engine.
//!
//! Laws: no date changes its day; an impossible date (31 February) is no date;
//! reading what a language wrote yields the same [`Moment`], except that an open
//! time of day (`7:30`, সাড়ে ৭টা) may come back as a digital one.

pub(crate) mod scan;

use jiff::civil::{Date, Weekday};
use serde::Deserialize;

use super::number::Digits;

/// A date or a time of day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Moment {
    /// A day: `April 10, 2025`, সোমবার (২৯ ডিসেম্বর).
    Day(Day),
    /// Days of one month: `12–15 March`.
    Days {
        /// The first day.
        first: Day,
        /// The last day of the month.
        last: u8,
        /// The dash as it was written.
        dash: char,
    },
    /// A month: `December 2025`, ২০২৫ সালের ডিসেম্বর.
    Month {
        /// 1 to 12.
        month: u8,
        /// The year, if told.
        year: Option<i16>,
    },
    /// Ten years: `1990s`, ১৯৯০-এর দশক.
    Decade(i16),
    /// A weekday alone.
    Weekday(Weekday),
    /// A time of day.
    Clock(Clock),
    /// A day of the Bangla calendar: ১৪ পৌষ ১৪৩২. It goes over by name and is
    /// never converted.
    BanglaDay {
        /// 1 to 31.
        day: u8,
        /// Place of the month, বৈশাখ 1 to চৈত্র 12.
        month: u8,
        /// The year of the Bangla era, if told.
        year: Option<i16>,
    },
}

/// A day of the Gregorian calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    /// The year, if told.
    pub year: Option<i16>,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31; the month has it.
    pub day: u8,
    /// The weekday, if told.
    pub weekday: Option<Weekday>,
    /// How weekday and date stand together.
    pub layout: Layout,
}

/// How a day was written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Layout {
    /// `Thursday, April 10`.
    #[default]
    Plain,
    /// `Thursday (April 10)`: the form of Bangla dailies.
    Bracketed,
    /// `2025-04-10`.
    Iso,
}

impl Day {
    /// A day without a weekday, if the calendar has it. Without a year 29
    /// February passes.
    #[must_use]
    pub fn new(year: Option<i16>, month: u8, day: u8) -> Option<Self> {
        let (m, d) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
        Date::new(year.unwrap_or(2024), m, d).ok()?;
        Some(Self {
            year,
            month,
            day,
            weekday: None,
            layout: Layout::Plain,
        })
    }

    /// Whether the weekday that stands with the date is not the date's. Such a
    /// date is reported, and never changed.
    #[must_use]
    pub fn contradicts_its_weekday(&self) -> bool {
        let (Some(year), Some(weekday)) = (self.year, self.weekday) else {
            return false;
        };
        let (Ok(month), Ok(day)) = (i8::try_from(self.month), i8::try_from(self.day)) else {
            return true;
        };
        Date::new(year, month, day).map_or(true, |date| date.weekday() != weekday)
    }
}

impl Moment {
    /// Whether a weekday stands with a date that is not its own.
    #[must_use]
    pub fn contradicts_itself(&self) -> bool {
        match self {
            Self::Day(day) | Self::Days { first: day, .. } => day.contradicts_its_weekday(),
            _ => false,
        }
    }
}

/// A time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    /// 0 to 23; of an [`Reading::Open`] time 1 to 12.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
    /// How it was told.
    pub reading: Reading,
    /// The zone that it names.
    pub zone: Option<Zone>,
}

/// How a time of day was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// On a clock of 24 hours or as such: `14:25`.
    Digital,
    /// With its half or part of the day: `10:30am`, সকাল ১০টা.
    OfDay,
    /// With neither: সাড়ে ৭টা.
    Open,
}

/// A zone as it is named in print.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Zone {
    /// GMT.
    Gmt,
    /// UTC.
    Utc,
    /// BST, in Dhaka's copy Bangladesh Standard Time.
    Bangladesh,
    /// IST, Indian Standard Time.
    India,
    /// ET, EST or EDT.
    Eastern,
}

/// How dates are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct DateStyle {
    /// Which digits; the house style sets it for numbers and dates at once.
    #[serde(skip)]
    pub digits: Digits,
    /// What comes first in English; Bangla always has day, month, year.
    pub order: Order,
    /// Whether the date stands in a dateline, where Bangla sets a comma after
    /// the month: ১০ এপ্রিল, ২০২৫. Set by who writes a dateline.
    #[serde(skip)]
    pub dateline: bool,
}

/// What comes first in a date.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Order {
    /// As the language's newsrooms do: month first in English.
    #[default]
    House,
    /// `10 April 2025`.
    DayFirst,
    /// `April 10, 2025`.
    MonthFirst,
}

/// `moment` for a language without words for dates: ISO figures.
pub(crate) fn plain(moment: &Moment) -> String {
    let date = |day: &Day| match day.year {
        Some(year) => format!("{year:04}-{:02}-{:02}", day.month, day.day),
        None => format!("--{:02}-{:02}", day.month, day.day),
    };
    match moment {
        Moment::Day(day) => date(day),
        Moment::Days { first, last, dash } => format!("{}{dash}{last:02}", date(first)),
        Moment::Month {
            month,
            year: Some(year),
        } => format!("{year:04}-{month:02}"),
        Moment::Month { month, year: None } => format!("--{month:02}"),
        Moment::Decade(year) => year.to_string(),
        Moment::Weekday(weekday) => format!("-{}", weekday.to_monday_one_offset()),
        Moment::Clock(clock) => format!("{:02}:{:02}", clock.hour, clock.minute),
        Moment::BanglaDay { day, month, .. } => format!("{day}/{month}"),
    }
}

#[cfg(test)]
mod tests;
