//! Sentences that are nearly the same.

use std::collections::HashMap;

use unicode_normalization::char::is_combining_mark;

use super::key;
use crate::language::Pair;
use crate::provider::{Batch, Example};
use crate::state::drafts::{DraftRow, Kind};
use crate::state::{DraftStore, StateError, StateFile};

/// Most examples of a batch.
const MOST: usize = 5;

/// A sentence of the memory that is like another.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Match {
    /// The sentence of the memory.
    pub source: String,
    /// Its translation.
    pub target: String,
    /// Shared words by all words of both (Dice), 0 to 1.
    pub likeness: f64,
    /// Whether a person approved it.
    pub approved: bool,
    /// Who wrote or approved it.
    pub by: String,
}

/// The sentences most similar to those of `batch`, with their translations.
pub(super) async fn examples(
    state: &dyn DraftStore,
    batch: &Batch,
    least: f64,
) -> Result<Vec<Example>, StateError> {
    let mut found = Vec::new();
    for segment in &batch.segments {
        let source = key::reading(segment, batch.pair);
        let words = words(&source);
        let rows = state.candidates(&batch.pair.to_string(), &words).await?;
        found.extend(alike(&words, rows, least));
    }
    let mut found = ranked(found);
    found.truncate(MOST);
    Ok(found
        .into_iter()
        .map(|one| Example {
            source: one.source,
            target: one.target,
        })
        .collect())
}

/// The sentences of the memory that are like `source`, the likest first, each
/// once.
pub(super) fn matches(
    state: &StateFile,
    pair: Pair,
    source: &str,
    least: f64,
) -> Result<Vec<Match>, StateError> {
    let words = words(source);
    let rows = state.candidates(&pair.to_string(), &words)?;
    Ok(alike(&words, rows, least))
}

/// Those of `rows` that are like a sentence with `words`, the likest first.
fn alike(words: &[String], rows: Vec<DraftRow>, least: f64) -> Vec<Match> {
    let found = rows.into_iter().map(|row| Match {
        likeness: likeness(words, &self::words(&row.source)),
        source: row.source,
        target: row.target,
        approved: row.kind == Kind::Approved,
        by: row.provider,
    });
    ranked(found.filter(|one| one.likeness >= least).collect())
}

/// The likest first; of one sentence only what a person approved, else what
/// came in last.
fn ranked(mut found: Vec<Match>) -> Vec<Match> {
    // The rows come in the order in which they were kept.
    found.reverse();
    found.sort_by(|a, b| {
        let by_likeness = b.likeness.total_cmp(&a.likeness);
        by_likeness.then(b.approved.cmp(&a.approved))
    });
    let mut ranked: Vec<Match> = Vec::new();
    for one in found {
        if ranked.iter().all(|other| other.source != one.source) {
            ranked.push(one);
        }
    }
    ranked
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
