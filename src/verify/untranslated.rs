//! The target is not the source once more.

use super::{Exchange, Finding, Severity};
use crate::plan::Piece;

pub(super) fn check(exchange: &Exchange<'_>) -> Vec<Finding> {
    let words = exchange
        .segment
        .pieces
        .iter()
        .filter_map(|piece| match piece {
            Piece::Text(text) => Some(text.trim()),
            _ => None,
        });
    // The words are looked for, not the sentence: values were localised.
    let mut long = words
        .filter(|t| t.split_whitespace().count() >= 3)
        .peekable();
    if long.peek().is_none() || !long.all(|words| exchange.target.contains(words)) {
        return Vec::new();
    }
    vec![Finding::new(
        "untranslated",
        Severity::Error,
        "the sentence was not translated",
    )]
}
