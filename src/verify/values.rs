//! A name that was protected stands in the target no more often than in the
//! source: what came twice was doubled on the way.

use std::collections::BTreeMap;

use super::{Exchange, Finding, Severity};
use crate::plan::HoleKind;

pub(super) fn check(exchange: &Exchange<'_>) -> Vec<Finding> {
    let fillings = &exchange.segment.fillings;
    let mut names: BTreeMap<&str, usize> = BTreeMap::new();
    for filling in fillings {
        if matches!(filling.kind, HoleKind::Glossary(_)) && !filling.target.is_empty() {
            let name = filling.target.as_str();
            // A name may be part of another: Bangladesh, Bangladesh Bank.
            let sent = fillings
                .iter()
                .map(|f| f.target.matches(name).count())
                .sum();
            names.insert(name, sent);
        }
    }
    names
        .into_iter()
        .filter_map(|(name, sent)| {
            let found = exchange.target.matches(name).count();
            // Words that were left visible may hold the name too.
            (found > sent && found > hinted(exchange, name) + sent).then(|| {
                let message =
                    format!("{name} stands {found} times, and the source has it {sent} times");
                Finding::new("names", Severity::Warning, message)
            })
        })
        .collect()
}

/// How often the terms of the sentence hold a name.
fn hinted(exchange: &Exchange<'_>, name: &str) -> usize {
    let hints = exchange.segment.hints.iter();
    hints.map(|hint| hint.target.matches(name).count()).sum()
}
