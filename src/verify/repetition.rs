//! The target does not say the same words over and over, as small models do.

use std::collections::HashMap;

use super::{Exchange, Finding, Severity};

/// Words in a row that count as the same.
const RUN: usize = 3;
/// How often a run may stand more often than in the source.
const TOLERATED: usize = 2;

pub(super) fn check(exchange: &Exchange<'_>) -> Vec<Finding> {
    let target = most_repeated(exchange.target);
    let source = most_repeated(exchange.source);
    if target < source.max(1) + TOLERATED && !stutters(exchange.target) {
        return Vec::new();
    }
    vec![Finding::new(
        "repetition",
        Severity::Warning,
        format!("the same words stand {target} times"),
    )]
}

/// How often the most frequent run of words stands in `text`.
fn most_repeated(text: &str) -> usize {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut counts: HashMap<&[&str], usize> = HashMap::new();
    for run in words.windows(RUN) {
        *counts.entry(run).or_default() += 1;
    }
    counts.values().copied().max().unwrap_or(0)
}

/// One word four times in a row.
fn stutters(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.windows(4).any(|w| w.iter().all(|x| *x == w[0]))
}
