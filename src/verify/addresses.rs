//! Addresses (web, e-mail, handles, hashtags) are the same on both sides.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use super::{Exchange, Finding, Severity};
use crate::mark::address;

pub(super) fn check(exchange: &Exchange<'_>) -> Vec<Finding> {
    let (source, target) = (exchange.source, exchange.target);
    let addresses: BTreeSet<&str> = [source, target]
        .into_iter()
        .flat_map(|text| address::find(text).into_iter().map(|span| span.slice(text)))
        .collect();
    let error = |message| Finding::new("addresses", Severity::Error, message);
    addresses
        .into_iter()
        .filter_map(|address| {
            // Counted as text: what came twice without a space is one word.
            let (sent, found) = (
                source.matches(address).count(),
                target.matches(address).count(),
            );
            match found.cmp(&sent) {
                Ordering::Less => Some(error(format!("{address} is not in the translation"))),
                Ordering::Greater if sent == 0 => {
                    Some(error(format!("{address} is not in the source")))
                }
                Ordering::Greater => Some(error(format!(
                    "{address} stands {found} times, and the source has it {sent} times"
                ))),
                Ordering::Equal => None,
            }
        })
        .collect()
}
