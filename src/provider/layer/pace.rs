//! So much a minute, spread evenly, and in no minute more.

use std::collections::VecDeque;
use std::time::Duration;

use tokio::time::Instant;

const MINUTE: Duration = Duration::from_mins(1);
/// When a limit of nothing lets something through: it is looked at again before.
const NEVER: Duration = Duration::from_hours(24);

/// Part of a limit that is used: the rest covers what the way to a service
/// does to the distance between requests.
const USED: f64 = 0.99;

/// What one limit has let through.
///
/// Services count in windows of their own, fixed or sliding, and some by the
/// second. What is spread evenly is within all of them; large requests are also
/// held back until the last minute has room for them.
#[derive(Debug)]
pub(super) struct Pace {
    per_minute: f64,
    next: Instant,
    sent: VecDeque<(Instant, f64)>,
    sum: f64,
}

impl Pace {
    pub(super) fn new(per_minute: f64) -> Self {
        Self {
            per_minute,
            next: Instant::now(),
            sent: VecDeque::new(),
            sum: 0.0,
        }
    }

    /// Has another limit be in force from now on.
    pub(super) fn set(&mut self, per_minute: f64) {
        self.per_minute = per_minute;
    }

    /// When `amount` may go. More than a whole minute's worth goes alone.
    pub(super) fn ready(&mut self, amount: f64, now: Instant) -> Instant {
        while let Some(&(at, old)) = self.sent.front()
            && at + MINUTE <= now
        {
            self.sent.pop_front();
            self.sum -= old;
        }
        if self.per_minute <= 0.0 {
            return now + NEVER;
        }
        let mut over = self.sum + amount - self.per_minute;
        let mut ready = self.next.max(now);
        for &(at, old) in &self.sent {
            if over <= 1e-6 {
                break;
            }
            over -= old;
            ready = ready.max(at + MINUTE);
        }
        ready
    }

    /// `amount` goes now; `part` of the limit is in force. The next moment is
    /// counted from when this one was due, so that a late timer costs nothing.
    pub(super) fn take(&mut self, amount: f64, now: Instant, part: f64) {
        let seconds = 60.0 * amount / (self.per_minute * USED * part);
        // A start after a pause is no debt to be caught up with.
        let due = self.next.max(now.checked_sub(SLACK).unwrap_or(now));
        self.next = due + Duration::from_secs_f64(seconds.min(24.0 * 3600.0));
        self.sent.push_back((now, amount));
        self.sum += amount;
    }
}

/// How late a timer may be without costing anything.
const SLACK: Duration = Duration::from_millis(50);
