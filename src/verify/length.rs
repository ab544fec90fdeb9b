//! The target is not far longer than a translation of the source would be.

use super::truncated::letters;
use super::{Exchange, Finding, Severity};

/// Letters of target per letter of source that pass. Human translations of news
/// between English and Bangla reach 1.9.
const MOST: f64 = 2.2;
/// The same for a short sentence, whose length says less.
const MOST_OF_SHORT: f64 = 3.0;
/// Shorter sentences vary too much to tell.
const SHORTEST: usize = 12;
const SHORT: usize = 40;

pub(super) fn check(exchange: &Exchange<'_>) -> Vec<Finding> {
    let source = letters(exchange.source);
    let target = letters(exchange.target);
    let most = if source < SHORT { MOST_OF_SHORT } else { MOST };
    let ratio = target as f64 / source.max(SHORTEST) as f64;
    if ratio <= most {
        return Vec::new();
    }
    vec![Finding::new(
        "length",
        Severity::Warning,
        format!("the translation is {ratio:.1} times as long as the source"),
    )]
}
