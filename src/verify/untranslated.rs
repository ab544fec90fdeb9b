//! The target is not the source once more.

use std::collections::HashMap;

use super::{Exchange, Finding, Severity};
use crate::plan::Piece;
use crate::text::is_letter;

/// Share of the source's words from which on the target repeats it. Between
/// languages that share a script, names and loans stand on both sides.
const SAME: f64 = 0.6;
/// Fewest words that tell.
const FEWEST: usize = 2;

pub(super) fn check(exchange: &Exchange<'_>) -> Vec<Finding> {
    // The words are compared, not the sentence: values were written for the target.
    let words: Vec<String> = (exchange.segment.bare().pieces.iter())
        .filter_map(|piece| match piece {
            Piece::Text(text) => Some(text),
            Piece::Hole(..) | Piece::Quote(..) | Piece::Markup(_) => None,
        })
        .flat_map(|text| words_of(text))
        .collect();
    let mut target: HashMap<String, usize> = HashMap::new();
    for word in words_of(exchange.target) {
        *target.entry(word).or_default() += 1;
    }
    let mut same = 0_usize;
    for word in &words {
        if let Some(left) = target.get_mut(word).filter(|left| **left > 0) {
            *left -= 1;
            same += 1;
        }
    }
    if words.len() < FEWEST || (same as f64) < SAME * words.len() as f64 {
        return Vec::new();
    }
    vec![Finding::new(
        "untranslated",
        Severity::Error,
        "the sentence was not translated",
    )]
}

/// The words of a text that are more than a letter, in lower case.
fn words_of(text: &str) -> impl Iterator<Item = String> + '_ {
    let part =
        |c: char| ('\u{0980}'..='\u{09FF}').contains(&c) || c.is_alphanumeric() || c == '\u{200D}';
    text.split(move |c: char| !part(c))
        .filter(|word| word.chars().count() > 1 && word.chars().any(is_letter))
        .map(str::to_lowercase)
}
