//! The roll of the workers: who lives, as one of them has heard, and what part of every
//! limit is therefore its own.
//!
//! **A limit is divided by the workers that live.** Each worker keeps a key and writes
//! it again and again. Whoever comes has no part until every other one has said that
//! it keeps within its smaller part; parts of what goes in a minute are used a minute
//! later still, since what others have sent counts that long. Whoever ends, or is
//! heard no more, keeps its part for that minute.
//!
//! **Nobody's time of day counts.** What a worker says of itself has no time in it, and
//! how long it is silent is told by the clock of whoever listens, which only goes
//! forward: a clock that jumps changes nothing. A worker that is cut off, or that
//! stood still, stops by itself before others take it for dead, and comes anew.

use std::collections::HashMap;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::time::Instant;

use crate::provider::layer::{Part, Share};

/// How long a worker that is not heard counts as alive.
pub(super) const TTL: Duration = Duration::from_secs(15);
/// How long a worker goes on that cannot make itself heard: less than [`TTL`].
const CUT: Duration = Duration::from_secs(10);
/// How long what was sent counts.
const MINUTE: Duration = Duration::from_mins(1);

/// What a worker says of itself.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Lease {
    /// When it came, in the order of all.
    pub(super) joined: u64,
    /// The last one whose coming it has made room for.
    pub(super) seen: u64,
    /// Whether it has ended.
    pub(super) left: bool,
    /// How often it has said so.
    pub(super) beat: u64,
}

impl Lease {
    pub(super) fn read(value: &[u8]) -> Option<Self> {
        serde_json::from_slice(value).ok()
    }

    pub(super) fn written(&self) -> bytes::Bytes {
        serde_json::to_vec(self).unwrap_or_default().into()
    }
}

/// Another worker, as it was heard last.
#[derive(Debug, Clone, Copy)]
struct Other {
    lease: Lease,
    heard: Instant,
}

/// What one worker knows of all.
#[derive(Debug)]
pub(super) struct Roll {
    lease: Lease,
    /// When the last lease was sent that was taken.
    sent: Instant,
    /// When this worker heard itself last.
    echo: Instant,
    /// Whether others may have taken it for dead.
    was_cut: bool,
    others: HashMap<String, Other>,
    /// When all others had made room.
    granted: Option<Instant>,
}

impl Roll {
    /// That of a worker which came at `joined`, in the order of all.
    pub(super) fn new(joined: u64, now: Instant) -> Self {
        Self {
            lease: Lease {
                joined,
                seen: joined,
                ..Lease::default()
            },
            sent: now,
            echo: now,
            was_cut: false,
            others: HashMap::new(),
            granted: None,
        }
    }

    /// What this worker says of itself.
    pub(super) fn lease(&self) -> &Lease {
        &self.lease
    }

    /// Takes note of what another one says of itself; `None` where it is gone.
    pub(super) fn hears(&mut self, id: &str, lease: Option<Lease>, now: Instant) {
        match lease {
            // It is about to say when it came.
            Some(lease) if lease.joined == 0 => {}
            Some(lease) => {
                let other = Other { lease, heard: now };
                self.others.insert(id.to_owned(), other);
            }
            None => {
                self.others.remove(id);
            }
        }
    }

    /// Takes note that this worker has heard itself.
    pub(super) fn hears_itself(&mut self, now: Instant) {
        self.echo = now;
    }

    /// What it says of itself next; `is_within` where it keeps within its part already.
    pub(super) fn next(&mut self, is_within: bool) -> &Lease {
        let last = self.others.values().map(|other| other.lease.joined).max();
        if is_within {
            self.lease.seen = self.lease.seen.max(last.unwrap_or_default());
        }
        self.lease.beat += 1;
        &self.lease
    }

    /// Takes note that it was heard what this worker sent at `sent`.
    pub(super) fn was_sent(&mut self, sent: Instant) {
        self.sent = sent;
    }

    /// Whether it has to come anew, since others may have divided without it and it is
    /// heard again.
    pub(super) fn has_to_come_anew(&self) -> bool {
        self.was_cut && self.sent.saturating_duration_since(self.echo) < CUT
    }

    /// What it says of itself where it comes anew, at `joined` in the order of all.
    pub(super) fn anew(&mut self, joined: u64) -> &Lease {
        self.lease.joined = joined;
        &self.lease
    }

    /// Takes note that the others know of its coming anew.
    pub(super) fn came_anew(&mut self) {
        self.was_cut = false;
    }

    /// What it says of itself at last.
    pub(super) fn left(&mut self) -> &Lease {
        self.lease.left = true;
        &self.lease
    }

    /// Its own part of every limit.
    pub(super) fn share(&mut self, now: Instant) -> Share {
        let silent = |since: Instant| now.saturating_duration_since(since);
        self.others
            .retain(|_, other| silent(other.heard) < TTL + MINUTE);
        if silent(self.sent.min(self.echo)) > CUT || self.was_cut {
            self.was_cut = true;
            self.granted = None;
            return Share::NONE;
        }
        let heard = |other: &Other| (other.lease, silent(other.heard));
        let others: Vec<(Lease, Duration)> = self.others.values().map(heard).collect();
        if !has_room(self.lease.joined, &others) {
            return Share::NONE;
        }
        let granted = *self.granted.get_or_insert(now);
        part(self.lease.joined, &others, silent(granted))
    }
}

/// Whether all other workers that live have made room for the one that came at `joined`;
/// each with how long it has not been heard.
fn has_room(joined: u64, others: &[(Lease, Duration)]) -> bool {
    let waits = |(lease, silent): &(Lease, Duration)| {
        let lives = !lease.left && *silent < TTL;
        lives && lease.seen < joined
    };
    !others.iter().any(waits)
}

/// The part of the worker that came at `joined` and has had room for so long.
fn part(joined: u64, others: &[(Lease, Duration)], since: Duration) -> Share {
    let part = |counts: &dyn Fn(&Lease) -> bool| {
        let counted = others.iter().filter(|(lease, _)| counts(lease));
        let before = counted.clone().filter(|(lease, _)| lease.joined < joined);
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Part {
            rank: number(before.count()),
            of: number(counted.count() + 1),
        }
    };
    let is_first = others.iter().all(|(lease, _)| lease.joined > joined);
    Share {
        // Who has left in order has no call under way.
        calls: part(&|lease| !lease.left),
        // What it has sent counts for a minute.
        minute: if is_first || since >= MINUTE {
            part(&|_| true)
        } else {
            Part::NONE
        },
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn lease(joined: u64, seen: u64) -> Lease {
        Lease {
            joined,
            seen,
            ..Lease::default()
        }
    }

    const NOW: Duration = Duration::ZERO;
    const LATER: Duration = Duration::from_secs(61);

    #[test]
    fn who_comes_waits_for_room_and_for_a_minute() {
        // Alone at once.
        assert!(has_room(1, &[]));
        assert_eq!(part(1, &[], NOW), Share::WHOLE);
        // The first has not heard of the second yet, then it has.
        assert!(!has_room(2, &[(lease(1, 1), NOW)]));
        let first = [(lease(1, 2), NOW)];
        assert!(has_room(2, &first));
        let second = Part { rank: 1, of: 2 };
        let told = part(2, &first, NOW);
        assert_eq!((told.calls, told.minute), (second, Part::NONE));
        assert_eq!(part(2, &first, LATER).minute, second);
        // The first gives room in both at once.
        let half = Part { rank: 0, of: 2 };
        let told = part(1, &[(lease(2, 2), NOW)], NOW);
        assert_eq!((told.calls, told.minute), (half, half));
        // Whoever is dead is not waited for, but keeps its part while it is known.
        let dead = [(lease(1, 1), TTL)];
        assert!(has_room(2, &dead));
        assert_eq!(part(2, &dead, NOW).calls, second);
        // Whoever has left has no calls; what it sent counts.
        let left = Lease {
            left: true,
            ..lease(1, 1)
        };
        assert!(has_room(2, &[(left, NOW)]));
        let told = part(2, &[(left, NOW)], LATER);
        assert_eq!((told.calls, told.minute), (Part::WHOLE, second));
    }

    proptest! {
        #[test]
        fn the_parts_of_a_crew_are_no_more_than_the_limit(
            left in proptest::collection::vec(any::<bool>(), 1..12),
            whole in 0usize..30,
        ) {
            let all: Vec<(Lease, Duration)> = left
                .iter()
                .zip(1u64..)
                .map(|(left, joined)| (Lease { left: *left, ..lease(joined, 12) }, NOW))
                .collect();
            let (mut calls, mut minute) = (0, 0.0);
            for (me, (mine, _)) in all.iter().enumerate() {
                let mut others = all.clone();
                others.remove(me);
                let share = part(mine.joined, &others, LATER);
                minute += share.minute.of_rate(whole as f64);
                if !mine.left {
                    calls += share.calls.of_calls(whole);
                }
            }
            prop_assert!(calls <= whole && minute < whole as f64 + 1e-6, "{} {}", calls, minute);
        }
    }
}
