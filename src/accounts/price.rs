//! Money and what a call costs.

use std::fmt;
use std::ops::{Add, Sub};

use crate::provider::{Batch, Usage, measure};

/// An amount, in billionths of the currency's unit; never negative.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Money(u64);

impl Money {
    /// So many billionths.
    #[must_use]
    pub const fn of_nanos(nanos: u64) -> Self {
        Self(nanos)
    }

    /// So many units, such as dollars; less than nothing is nothing.
    #[must_use]
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the cast stops at the ends of the range"
    )]
    pub fn of_units(units: f64) -> Self {
        Self((units * 1e9).round() as u64)
    }

    /// The amount in billionths.
    #[must_use]
    pub fn nanos(self) -> u64 {
        self.0
    }

    /// The amount in units.
    #[must_use]
    pub fn units(self) -> f64 {
        self.0 as f64 / 1e9
    }
}

impl Add for Money {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Money {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl fmt::Display for Money {
    /// Two decimals, or as many as a small amount has.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, part) = (self.0 / 1_000_000_000, self.0 % 1_000_000_000);
        let part = format!("{part:09}");
        let rest = part.get(2..).unwrap_or_default().trim_end_matches('0');
        write!(f, "{whole}.{}{rest}", part.get(..2).unwrap_or_default())
    }
}

/// What a provider costs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Price {
    /// A million characters (Unicode scalar values).
    pub characters: Money,
    /// A million tokens that it reads.
    pub read: Money,
    /// A million tokens that it writes.
    pub written: Money,
    /// A call.
    pub calls: Money,
}

impl Price {
    /// What a call with `batch` that takes so many tokens costs, rounded up.
    #[must_use]
    pub fn of(&self, batch: &Batch, usage: Usage) -> Money {
        let characters = measure::characters(batch) as u64;
        millionths(self.characters, characters)
            + millionths(self.read, usage.read)
            + millionths(self.written, usage.written)
            + self.calls
    }

    /// Whether tokens are paid for.
    #[must_use]
    pub fn is_by_tokens(&self) -> bool {
        self.read != Money::default() || self.written != Money::default()
    }
}

fn millionths(price: Money, count: u64) -> Money {
    let nanos = (u128::from(price.0) * u128::from(count)).div_ceil(1_000_000);
    Money(u64::try_from(nanos).unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_shown_to_the_last_digit_that_counts() {
        for (units, shown) in [
            (0.0, "0.00"),
            (2.5, "2.50"),
            (12.345, "12.345"),
            (0.000_02, "0.00002"),
            (-1.0, "0.00"),
        ] {
            assert_eq!(Money::of_units(units).to_string(), shown);
        }
        assert_eq!(Money::of_nanos(1).to_string(), "0.000000001");
    }

    #[test]
    fn what_is_read_and_what_is_written_have_their_own_price() {
        let batch = Batch {
            pair: crate::language::Pair::EN_BN,
            segments: Vec::new(),
            context: crate::provider::Context::default(),
        };
        let usage = Usage {
            read: 2_000_000,
            written: 500_000,
        };
        for (read, written, cost) in [(2.0, 8.0, 8.0), (3.0, 3.0, 7.5), (0.0, 4.0, 2.0)] {
            let price = Price {
                read: Money::of_units(read),
                written: Money::of_units(written),
                ..Price::default()
            };
            assert_eq!(price.of(&batch, usage), Money::of_units(cost));
            assert!(price.is_by_tokens());
        }
        assert!(!Price::default().is_by_tokens());
    }

    #[test]
    fn a_price_is_rounded_up() {
        assert_eq!(
            millionths(Money::of_units(20.0), 1_000_000),
            Money::of_units(20.0)
        );
        assert_eq!(
            millionths(Money::of_units(25.0), 3),
            Money::of_nanos(75_000)
        );
        assert_eq!(millionths(Money::of_nanos(1), 1), Money::of_nanos(1));
        assert_eq!(
            millionths(Money::of_nanos(u64::MAX), u64::MAX),
            Money::of_nanos(u64::MAX)
        );
    }
}
