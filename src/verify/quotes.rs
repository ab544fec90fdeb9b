//! What is quoted in the source is quoted in the target, and balanced.

use super::{Exchange, Finding, Severity};
use crate::mark::quote::{self, Edge};

pub(super) fn check(exchange: &Exchange<'_>) -> Vec<Finding> {
    let expected = exchange.segment.quotes().count();
    let found = quote::scan(exchange.target).len();
    let left = quote::scan(exchange.source).len();
    // Marks without a partner in the source stay what they are.
    let stray = left.saturating_sub(expected);
    let edges: Vec<Edge> = exchange.segment.quotes().map(|(edge, _)| edge).collect();
    let may_be = |text: &str| quote::read(text, &edges).is_some();
    if found == expected + stray
        || may_be(exchange.target)
        || found == expected && may_be(exchange.source)
    {
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
