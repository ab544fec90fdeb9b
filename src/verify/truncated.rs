//! The target says all of it: an answer that breaks off is much shorter than a
//! translation.

use super::{Exchange, Finding, Severity};

/// Letters of target per letter of source, under which a sentence is taken for
/// cut. Of human translations between English and Bangla, fewer than one in a
/// hundred lies below (see `docs/checks.md`); half of one lies at 0.5 or below.
const LONG: f64 = 0.6;
/// The same for a short sentence, whose length says less.
const SHORT: f64 = 0.4;
/// Letters of a short sentence, at least and at most.
const SHORTEST: usize = 15;
const LONGEST: usize = 30;

pub(super) fn check(exchange: &Exchange<'_>) -> Vec<Finding> {
    let (source, target) = words(exchange);
    if is_short(source, target) {
        vec![finding("the translation", source, target)]
    } else {
        Vec::new()
    }
}

/// What is said of something that is too short.
pub(crate) fn finding(what: &str, source: usize, target: usize) -> Finding {
    let ratio = target as f64 / source.max(1) as f64;
    let message =
        format!("{what} has {ratio:.1} letters for one of the source: something may be missing");
    Finding::new("truncated", Severity::Warning, message)
}

/// Whether so many letters are too few for a translation of so many.
pub(crate) fn is_short(source: usize, target: usize) -> bool {
    let least = match source {
        ..SHORTEST => return false,
        SHORTEST..LONGEST => SHORT,
        _ => LONG,
    };
    (target as f64) < least * source as f64
}

/// The letters of both sides outside protected values: a sentence of names and
/// numbers is long however little of it was translated.
fn words(exchange: &Exchange<'_>) -> (usize, usize) {
    let (mut source, mut target) = (letters(exchange.source), letters(exchange.target));
    for id in exchange.segment.holes() {
        if let Some(filling) = exchange.segment.filling(id)
            && exchange.target.contains(&filling.target)
        {
            source = source.saturating_sub(letters(&filling.source));
            target = target.saturating_sub(letters(&filling.target));
        }
    }
    (source, target)
}

/// Letters, digits and the signs that belong to letters.
pub(crate) fn letters(text: &str) -> usize {
    let sign = |c: char| ('\u{0980}'..='\u{09FF}').contains(&c);
    text.chars()
        .filter(|&c| sign(c) || c.is_alphanumeric())
        .count()
}
