//! Terms that were left visible are rendered as the house wants them, and
//! nothing forbidden is written.

use super::{Exchange, Finding, Severity};

pub(super) fn check(exchange: &Exchange<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for hint in &exchange.segment.hints {
        let Some(entry) = exchange.glossary.lookup(exchange.pair, &hint.source) else {
            continue;
        };
        if exchange
            .glossary
            .fulfilled(entry, exchange.pair, exchange.target)
            .is_empty()
        {
            findings.push(Finding::new(
                "terms",
                Severity::Warning,
                format!("`{}` should be rendered `{}`", hint.source, hint.target),
            ));
        }
    }
    for (span, entry) in exchange.glossary.forbidden(exchange.pair, exchange.target) {
        // A rendering is forbidden of a source form, not everywhere.
        if !entry.concerns(exchange.source) {
            continue;
        }
        findings.push(
            Finding::new(
                "forbidden",
                Severity::Error,
                format!(
                    "`{}` is not to be used for `{}` ({})",
                    span.slice(exchange.target),
                    entry.source,
                    entry.origin
                ),
            )
            .at_target(span),
        );
    }
    findings
}
