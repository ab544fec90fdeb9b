//! Sentences that are nearly the same.

use std::collections::HashMap;

use unicode_normalization::char::is_combining_mark;

use crate::provider::{Batch, Example};
use crate::state::{StateError, StateFile};

use super::key;

/// Least similarity of an example: three words of four are shared.
const LEAST: f64 = 0.75;
/// Most examples of a batch.
const MOST: usize = 5;

/// The sentences most similar to those of `batch`, with their translations.
pub(super) fn examples(state: &StateFile, batch: &Batch) -> Result<Vec<Example>, StateError> {
    let pair = batch.pair.to_string();
    let mut found: Vec<(f64, Example)> = Vec::new();
    for segment in &batch.segments {
        let source = key::reading(segment, batch.pair);
        let words = words(&source);
        for row in state.candidates(&pair, &words)? {
            let likeness = likeness(&words, &self::words(&row.source));
            let known = found
                .iter()
                .any(|(_, example)| example.source == row.source);
            if likeness >= LEAST && !known {
                let (source, target) = (row.source, row.target);
                found.push((likeness, Example { source, target }));
            }
        }
    }
    found.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    found.truncate(MOST);
    Ok(found.into_iter().map(|(_, example)| example).collect())
}

/// The words of a sentence in lower case, as the state file indexes them: vowel
/// signs belong to them.
fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !(c.is_alphanumeric() || is_combining_mark(c)))
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// Shared words by all words (Dice), 0 to 1.
fn likeness(a: &[String], b: &[String]) -> f64 {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for word in a {
        *counts.entry(word).or_default() += 1;
    }
    let mut shared = 0;
    for word in b {
        if let Some(left) = counts.get_mut(word.as_str()).filter(|left| **left > 0) {
            *left -= 1;
            shared += 1;
        }
    }
    2.0 * f64::from(shared) / (a.len() + b.len()).max(1) as f64
}
