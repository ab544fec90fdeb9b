//! The target says all of it: an answer that breaks off is much shorter than a
//! translation.

use super::{Exchange, Finding, Severity};

/// Letters of target per letter of source, under which a sentence is taken for
/// cut. Of human translations between English and Bangla, fewer than one in a
/// hundred lies below (see `docs/checks.md`); half of one lies at 0.5.
const LONG: f64 = 0.56;
/// The same for a short sentence, whose length says less.
const SHORT: f64 = 0.4;
/// Letters of a short sentence, at least and at most.
const SHORTEST: usize = 15;
const LONGEST: usize = 30;

pub(super) fn check(exchange: &Exchange<'_>) -> Vec<Finding> {
    let source = letters(exchange.source);
    let target = letters(exchange.target);
    let least = match source {
        ..SHORTEST => return Vec::new(),
        SHORTEST..LONGEST => SHORT,
        _ => LONG,
    };
    let ratio = target as f64 / source as f64;
    if ratio >= least {
        return Vec::new();
    }
    vec![Finding::new(
        "truncated",
        Severity::Warning,
        format!(
            "the translation has {ratio:.1} letters for one of the source: something may be missing"
        ),
    )]
}

/// Letters, digits and the signs that belong to letters.
pub(super) fn letters(text: &str) -> usize {
    let sign = |c: char| ('\u{0980}'..='\u{09FF}').contains(&c);
    text.chars()
        .filter(|&c| c.is_alphanumeric() || sign(c))
        .count()
}
