//! `Retry-After`: how long a service asks to wait (RFC 9110, 10.2.3).

use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::{rfc2822, strtime};

/// Longest wait that is believed; a larger one is a mistake or means "not today".
const LONGEST: u64 = 30 * 24 * 60 * 60;

/// Milliseconds, as OpenAI and Azure write them into `Retry-After-Ms`, since their
/// `Retry-After` is rounded.
pub(super) fn milliseconds(value: &str) -> Option<Duration> {
    let milliseconds: f64 = value.trim().parse().ok()?;
    seconds(milliseconds / 1000.0)
}

fn seconds(seconds: f64) -> Option<Duration> {
    let seconds = seconds.is_finite().then_some(seconds.max(0.0))?;
    Duration::try_from_secs_f64(seconds.min(LONGEST as f64)).ok()
}

/// Seconds, or a date of HTTP in any of its three forms. A date that has passed
/// is no wait. `None` where it is neither.
pub(super) fn read(value: &str, now: Timestamp) -> Option<Duration> {
    let value = value.trim();
    if let Ok(number) = value.parse() {
        return seconds(number);
    }
    let at = date(value)?;
    let wait = at
        .duration_since(now)
        .as_millis()
        .clamp(0, i128::from(LONGEST) * 1000);
    Some(Duration::from_millis(u64::try_from(wait).ok()?))
}

fn date(value: &str) -> Option<Timestamp> {
    if let Ok(zoned) = rfc2822::parse(value) {
        return Some(zoned.timestamp());
    }
    // RFC 850 and asctime, which HTTP still has to read.
    ["%A, %d-%b-%y %H:%M:%S", "%a %b %e %H:%M:%S %Y"]
        .iter()
        .find_map(|form| {
            let bare = value.trim_end_matches(" GMT");
            let civil = strtime::parse(form, bare).ok()?.to_datetime().ok()?;
            Some(civil.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn milliseconds_are_exact() {
        for (value, wait) in [
            ("1500", Some(1.5)),
            ("-1", Some(0.0)),
            ("soon", None),
            ("NaN", None),
        ] {
            let found = milliseconds(value).map(|wait| wait.as_secs_f64());
            assert_eq!(found, wait, "{value}");
        }
    }

    #[test]
    fn seconds_and_dates() {
        let now: Timestamp = "1994-11-06T08:49:07Z".parse().unwrap();
        for (value, seconds) in [
            ("120", Some(120.0)),
            (" 0 ", Some(0.0)),
            ("1.5", Some(1.5)),
            ("-3", Some(0.0)),
            ("99999999999", Some(2_592_000.0)),
            ("Sun, 06 Nov 1994 08:49:37 GMT", Some(30.0)),
            ("Sunday, 06-Nov-94 08:49:37 GMT", Some(30.0)),
            ("Sun Nov  6 08:49:37 1994", Some(30.0)),
            ("Sun, 06 Nov 1994 08:48:37 GMT", Some(0.0)),
            ("soon", None),
            ("NaN", None),
            ("", None),
        ] {
            let found = read(value, now).map(|wait| wait.as_secs_f64());
            assert_eq!(found, seconds, "{value}");
        }
    }
}
