//! The target is about as long as a translation of the source would be.

use super::{Exchange, Finding, Severity};

/// Characters of target per character of source that pass. Human translations
/// of news between English and Bangla lie between 0.6 and 1.6.
const PLAUSIBLE: std::ops::RangeInclusive<f64> = 0.35..=2.8;
/// Shorter sentences vary too much to tell.
const SHORTEST: usize = 25;

pub(super) fn check(exchange: &Exchange<'_>) -> Vec<Finding> {
    let source = exchange.source.chars().count();
    let target = exchange.target.chars().count();
    if source < SHORTEST {
        return Vec::new();
    }
    let ratio = target as f64 / source as f64;
    if PLAUSIBLE.contains(&ratio) {
        return Vec::new();
    }
    vec![Finding::new(
        "length",
        Severity::Warning,
        format!("the translation is {ratio:.1} times as long as the source"),
    )]
}
