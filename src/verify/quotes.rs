//! What is quoted in the source is quoted in the target, and balanced.

use super::{Exchange, Finding, Severity};
use crate::mark::quote;

pub(super) fn check(exchange: &Exchange<'_>) -> Vec<Finding> {
    let expected = exchange.segment.quotes().count();
    let found = quote::scan(exchange.target).len();
    let left = quote::scan(exchange.source).len();
    // Marks without a partner in the source stay what they are.
    let stray = left.saturating_sub(expected);
    if found == expected + stray {
        return Vec::new();
    }
    vec![Finding::new(
        "quotes",
        Severity::Error,
        format!(
            "the source has {} quotation marks, the translation {found}",
            expected + stray
        ),
    )]
}
