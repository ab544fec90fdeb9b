//! How holes came back from a provider, and which protection follows from that.
//!
//! A direction begins with the first of the ways in which its provider can carry
//! holes. A way is poor where [`LEAST`] holes or more travelled by it and fewer than
//! [`FLOOR`] in a hundred came back once. The first way that is not poor is taken;
//! where all are, the one by which most came back. Nothing else decides, least of
//! all chance or the clock.

use std::collections::{BTreeMap, HashMap};

use super::{Identity, Protection};
use crate::language::Pair;

/// Holes below which nothing is said of a way.
pub const LEAST: u64 = 200;
/// Holes of a hundred that come back once by a way that is kept.
pub const FLOOR: u64 = 80;

/// Holes that were sent in whole sentences, and what came back.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Holes that were sent.
    pub holes: u64,
    /// Holes that came back once.
    pub kept: u64,
}

impl Tally {
    fn is_poor(self) -> bool {
        self.holes >= LEAST && self.kept * 100 < self.holes * FLOOR
    }

    /// Whether more of these came back than of `other`; none of nothing.
    fn is_better(self, other: Self) -> bool {
        let share = |one: Self, of: Self| u128::from(one.kept) * u128::from(of.holes.max(1));
        share(self, other) > share(other, self)
    }
}

/// What was measured of one provider.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Measured(BTreeMap<(Pair, Protection), Tally>);

impl Measured {
    /// The way for holes in a direction, out of those that the provider has; `first`
    /// is the one that it begins with.
    #[must_use]
    pub fn choose(&self, pair: Pair, first: Protection, others: &[Protection]) -> Protection {
        let tally = |way| self.0.get(&(pair, way)).copied().unwrap_or_default();
        let ways = || std::iter::once(first).chain(others.iter().copied());
        ways()
            .find(|&way| !tally(way).is_poor())
            .unwrap_or_else(|| {
                ways().fold(first, |best, way| {
                    if tally(way).is_better(tally(best)) {
                        way
                    } else {
                        best
                    }
                })
            })
    }

    /// Says in the log where a direction does not begin with its first way.
    fn tell(&self, name: &str, ways: impl Fn(Pair) -> (Protection, Vec<Protection>)) {
        let mut before = None;
        for &(pair, _) in self.0.keys() {
            if before.replace(pair) == Some(pair) {
                continue;
            }
            let (first, others) = ways(pair);
            let chosen = self.choose(pair, first, &others);
            if chosen != first {
                let Tally { holes, kept } = self.0.get(&(pair, first)).copied().unwrap_or_default();
                tracing::warn!(
                    provider = name,
                    %pair,
                    holes,
                    kept,
                    "values travel as {} and no longer as {first}, by which too few came back; \
                     `anubad providers forget {name}` has it try again",
                    chosen.name(),
                    first = first.name(),
                );
            }
        }
    }
}

/// What was measured of all providers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Measurements(HashMap<Identity, Measured>);

impl Measurements {
    /// Adds what was measured of a provider.
    pub fn add(&mut self, who: Identity, pair: Pair, way: Protection, tally: Tally) {
        let measured = &mut self.0.entry(who).or_default().0;
        let sum = measured.entry((pair, way)).or_default();
        sum.holes += tally.holes;
        sum.kept += tally.kept;
    }

    /// What is known of one provider: another model or version of it is another one.
    #[must_use]
    pub fn of(&self, who: &Identity) -> Measured {
        self.0.get(who).cloned().unwrap_or_default()
    }

    /// The same, with a word in the log for each direction that does not begin with its
    /// first way. `ways` has the first and the others of a direction.
    pub(super) fn told(
        &self,
        who: &Identity,
        ways: impl Fn(Pair) -> (Protection, Vec<Protection>),
    ) -> Measured {
        let measured = self.of(who);
        measured.tell(&who.name, ways);
        measured
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Protection::{Html, Plain, Tags};

    fn choose(measured: &[(Protection, u64, u64)], first: Protection) -> Protection {
        let who = Identity {
            name: "x".to_owned(),
            model: "y".to_owned(),
            version: "1".to_owned(),
        };
        let mut all = Measurements::default();
        for &(way, holes, kept) in measured {
            all.add(who.clone(), Pair::EN_BN, way, Tally { holes, kept });
        }
        let other = Identity {
            version: "2".to_owned(),
            ..who.clone()
        };
        assert_eq!(all.of(&other), Measured::default());
        let others: Vec<_> = [Html, Tags, Plain]
            .into_iter()
            .filter(|way| *way != first)
            .collect();
        let measured = all.of(&who);
        assert_eq!(
            measured.choose(Pair::BN_EN, first, &others),
            first,
            "a direction says nothing of another"
        );
        measured.choose(Pair::EN_BN, first, &others)
    }

    #[test]
    fn a_way_is_left_where_enough_holes_were_lost_by_it() {
        for (measured, first, wanted) in [
            (&[][..], Html, Html),
            // Too few to tell.
            (&[(Html, 199, 0)], Html, Html),
            (&[(Html, 200, 159)], Html, Tags),
            (&[(Html, 200, 160)], Html, Html),
            (&[(Html, 1_000_000, 990_000)], Html, Html),
            // The next one is poor as well, and nothing is known of the last.
            (&[(Html, 400, 40), (Tags, 400, 40)], Html, Plain),
            // All are: the best; of equals the first.
            (
                &[(Html, 400, 40), (Tags, 400, 200), (Plain, 300, 200)],
                Html,
                Plain,
            ),
            (
                &[(Html, 400, 40), (Tags, 400, 40), (Plain, 200, 20)],
                Html,
                Html,
            ),
        ] {
            assert_eq!(choose(measured, first), wanted, "{measured:?}");
        }
    }

    #[test]
    fn who_has_one_way_keeps_it() {
        let mut measured = Measured::default();
        let tally = Tally {
            holes: 900,
            kept: 0,
        };
        measured.0.insert((Pair::EN_BN, Html), tally);
        assert_eq!(measured.choose(Pair::EN_BN, Html, &[]), Html);
    }
}
