//! Nothing that the glossary forbids is written.

use super::{Exchange, Finding, Severity};

pub(super) fn check(exchange: &Exchange<'_>) -> Vec<Finding> {
    exchange
        .glossary
        .forbidden(exchange.pair, exchange.target)
        .into_iter()
        // A rendering is forbidden of a source form, not everywhere.
        .filter(|(_, entry)| entry.concerns(exchange.source))
        .map(|(span, entry)| {
            let message = format!(
                "`{}` is not to be used for `{}` ({})",
                span.slice(exchange.target),
                entry.source,
                entry.origin
            );
            Finding::new("forbidden", Severity::Error, message).at_target(span)
        })
        .collect()
}
