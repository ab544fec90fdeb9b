//! Terms that were left visible are rendered as the house wants them.

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
    findings
}
