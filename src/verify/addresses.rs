//! Addresses (web, e-mail, handles, hashtags) are the same on both sides.

use std::collections::BTreeMap;

use super::{Exchange, Finding, Severity};
use crate::mark::address;

pub(super) fn check(exchange: &Exchange<'_>) -> Vec<Finding> {
    let source = counted(exchange.source);
    let target = counted(exchange.target);
    let more = |these: &BTreeMap<String, usize>, those: &BTreeMap<String, usize>| {
        these
            .iter()
            .filter(|(address, count)| those.get(*address).is_none_or(|other| other < *count))
            .map(|(address, _)| address.clone())
            .collect::<Vec<_>>()
    };
    let error = |message| Finding::new("addresses", Severity::Error, message);
    let lost = more(&source, &target);
    let invented = more(&target, &source);
    (lost.iter())
        .map(|address| error(format!("{address} is not in the translation")))
        .chain((invented.iter()).map(|address| error(format!("{address} is not in the source"))))
        .collect()
}

/// The addresses of a text with how often each stands in it.
fn counted(text: &str) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::new();
    for span in address::find(text) {
        *found.entry(span.slice(text).to_owned()).or_default() += 1;
    }
    found
}
