//! What processes that ask the same services tell each other: how the limits of a
//! service are divided among them, and which services are paused.

use std::sync::Weak;

use tokio::sync::watch;
use tokio::time::Instant;

use super::Limited;
use crate::provider::ErrorKind;

/// The part of every limit that is one's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// Of calls at a time.
    pub calls: Part,
    /// Of what goes in a minute. It grows later than that of calls, since what
    /// others have sent counts for a minute.
    pub minute: Part,
}

/// One of so many parts of a whole number; the first ones have one more where it
/// cannot be divided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// Which one, from 0 on.
    pub rank: u32,
    /// Of how many; none at all where this is 0.
    pub of: u32,
}

impl Part {
    /// Everything.
    pub const WHOLE: Self = Self { rank: 0, of: 1 };
    /// Nothing.
    pub const NONE: Self = Self { rank: 0, of: 0 };

    /// This part of `whole`. The parts of all are `whole`, and no more.
    #[must_use]
    pub fn of_calls(self, whole: usize) -> usize {
        let (rank, of) = (self.rank as usize, self.of as usize);
        if of == 0 {
            return 0;
        }
        whole / of + usize::from(rank < whole % of)
    }

    /// This part of a limit a minute, in whole units; what is less than one unit is
    /// the first one's.
    #[must_use]
    pub fn of_rate(self, whole: f64) -> f64 {
        if self.of == 0 {
            return 0.0;
        }
        let (rank, of) = (f64::from(self.rank), f64::from(self.of));
        let units = whole.floor();
        let rest = units % of;
        let part = ((units - rest) / of) + f64::from(u8::from(rank < rest));
        match self.rank {
            0 => part + whole - units,
            _ => part,
        }
    }
}

impl Share {
    /// That of a process that shares with nobody.
    pub const WHOLE: Self = Self {
        calls: Part::WHOLE,
        minute: Part::WHOLE,
    };
    /// That of one that may ask nobody.
    pub const NONE: Self = Self {
        calls: Part::NONE,
        minute: Part::NONE,
    };
}

/// A pause that somebody has begun or ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    /// Later ones have larger numbers.
    pub number: u64,
    /// Until when, what happened, and the words for it; `None` where it works again.
    pub pause: Option<(Instant, ErrorKind, String)>,
}

/// The way to the others.
pub trait Sharing: std::fmt::Debug + Send + Sync {
    /// The part that is one's own, now and whenever it changes.
    fn share(&self) -> watch::Receiver<Share>;

    /// Has a limit be asked whether it keeps within its part before others are told
    /// that they may use theirs.
    fn enrol(&self, limited: Weak<Limited>);

    /// Tells the others that a provider is paused for so long from now on.
    fn paused(&self, provider: &str, seconds: f64, kind: ErrorKind, cause: &str);

    /// Tells the others that a provider works again.
    fn works(&self, provider: &str);

    /// What was heard last of a provider.
    fn heard(&self, provider: &str) -> Option<Heard>;
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_parts_of_all_are_the_whole(whole in 0usize..500, of in 1u32..40, tenths in 0u32..10) {
            let parts = (0..of).map(|rank| Part { rank, of });
            prop_assert_eq!(parts.clone().map(|p| p.of_calls(whole)).sum::<usize>(), whole);
            let rate = whole as f64 + f64::from(tenths) / 10.0;
            let sum: f64 = parts.clone().map(|p| p.of_rate(rate)).sum();
            prop_assert!((sum - rate).abs() < 1e-6, "{} of {}", sum, rate);
            // Whoever has one keeps it when others come behind him or leave before him.
            for part in parts {
                if part.of_calls(whole) > 0 {
                    let more = Part { of: of + 1, ..part };
                    prop_assert!(more.of_calls(whole) > 0 || whole < (of + 1) as usize);
                }
            }
        }
    }

    #[test]
    fn nobody_has_nothing() {
        assert_eq!(Part::NONE.of_calls(9), 0);
        assert!(Part::NONE.of_rate(9.0).abs() < f64::EPSILON);
        assert_eq!(Part::WHOLE.of_calls(9), 9);
        assert!((Part::WHOLE.of_rate(9.5) - 9.5).abs() < f64::EPSILON);
    }
}
