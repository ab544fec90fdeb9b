//! The translation memory: what was paid for once is not asked for again.
//!
//! A draft answers the very same question only (see `key`): same provider,
//! direction, pieces, values and hints, and the same surroundings where the
//! provider reads them. The whole key is compared, so that a changed glossary
//! never serves a stale draft. A draft is kept the moment it arrives, before
//! anybody judges it: a damaged answer was paid for too, and the ladder takes
//! the same way around it again.
//!
//! What a person approved answers for every provider, and before any draft. It
//! is a sentence and its translation as readers see them; it is used where all
//! values of the segment are found in it, and is an example otherwise.

mod keeping;
mod key;
mod layer;
mod pieces;
mod similar;
pub mod exchange;

#[cfg(test)]
mod tests;

use std::sync::{Mutex, PoisonError};

use crate::assemble;
use crate::language::{Pair, profile};
use crate::plan::Segment;
use crate::provider::{Batch, Draft, Example, Identity, Protection, Recalled, wire};
use crate::state::drafts::{DraftRow, Kind};
use crate::state::{StateError, StateFile};

pub use keeping::Keeping;
pub use layer::Remembered;
pub use similar::Match;

/// Least likeness of an example where nothing else is asked for: of eight words
/// of two sentences, six are shared.
pub const LEAST: f64 = 0.75;

/// Sentences of `pair` that are like `source`, a sentence as a person reads it,
/// with what the memory has for them: at most `most`, the likest first, approved
/// ones before drafts. For editors to look at; none of them is a translation of
/// `source`.
///
/// # Errors
/// When the file cannot be read.
pub fn matches(
    state: &StateFile,
    pair: Pair,
    source: &str,
    least: f64,
    most: usize,
) -> Result<Vec<Match>, StateError> {
    let source = canonical(source, pair.source);
    let mut found = similar::matches(state, pair, &source, least)?;
    found.truncate(most);
    Ok(found)
}

/// The memory of a run, over a state file.
#[derive(Debug)]
pub struct Memory {
    state: StateFile,
    /// The first error of the file; whoever runs articles ends the run with it.
    trouble: Mutex<Option<StateError>>,
    /// Whether it is only looked at.
    reading: bool,
    /// Least likeness of an example.
    least: f64,
}

impl Memory {
    /// The memory in `state`.
    #[must_use]
    pub fn new(state: StateFile) -> Self {
        Self {
            state,
            trouble: Mutex::new(None),
            reading: false,
            least: LEAST,
        }
    }

    /// The memory in `state`, to be looked at: nothing is kept.
    #[must_use]
    pub fn reading(state: StateFile) -> Self {
        Self {
            reading: true,
            ..Self::new(state)
        }
    }

    /// The first thing that went wrong with the file. From then on drafts may be
    /// paid for and not kept: the run has to end.
    pub fn trouble(&self) -> Option<StateError> {
        let trouble = self.trouble.lock().unwrap_or_else(PoisonError::into_inner);
        trouble.clone()
    }

    /// What is known of each segment of a batch, in order: what a person
    /// approved, else the draft of `who`. A file that cannot be read has nothing.
    pub fn recall(&self, who: &Identity, batch: &Batch, context: bool) -> Vec<Option<Recalled>> {
        let mut keys = Vec::with_capacity(batch.segments.len() * 2);
        for segment in &batch.segments {
            let source = key::reading(segment, batch.pair);
            keys.push(key::approved(batch.pair, &source));
            keys.push(key::draft(who, batch, segment, context));
        }
        let found = match self.state.drafts(&keys) {
            Ok(found) => found,
            Err(error) => {
                self.failed(error);
                return vec![None; batch.segments.len()];
            }
        };
        batch
            .segments
            .iter()
            .zip(found.chunks(2))
            .map(|(segment, found)| match found {
                [approved, draft] => approved
                    .as_deref()
                    .and_then(pieces::text)
                    .and_then(|text| apart(&text, segment, batch.pair))
                    .map(|draft| Recalled {
                        draft,
                        approved: true,
                    })
                    .or_else(|| {
                        let pieces = pieces::read(draft.as_deref()?)?;
                        Some(Recalled {
                            draft: Draft { pieces },
                            approved: false,
                        })
                    }),
                _ => None,
            })
            .collect()
    }

    /// Keeps drafts of segments of `batch`, by their index; ready when they are
    /// on the disk.
    pub async fn keep(
        &self,
        who: &Identity,
        batch: &Batch,
        context: bool,
        drafts: &[(usize, &Draft)],
    ) {
        if self.reading {
            return;
        }
        let rows: Vec<DraftRow> = drafts
            .iter()
            .filter_map(|&(index, draft)| {
                let segment = batch.segments.get(index)?;
                Some(DraftRow {
                    key: key::draft(who, batch, segment, context),
                    kind: Kind::Draft,
                    pair: batch.pair.to_string(),
                    provider: who.name.clone(),
                    source: key::reading(segment, batch.pair),
                    target: reading(draft, segment, batch.pair),
                    draft: pieces::write(&draft.pieces),
                    added: String::new(),
                })
            })
            .collect();
        if rows.is_empty() {
            return;
        }
        if let Err(error) = self.state.keep_drafts(rows).await {
            self.failed(error);
        }
    }

    /// The same memory with another least likeness (see [`Match::likeness`]) of
    /// the sentences that [`Memory::similar`] gives.
    #[must_use]
    pub fn alike(mut self, least: f64) -> Self {
        self.least = least;
        self
    }

    /// Sentences similar to those of a batch with their translations, the most
    /// similar first; for providers that learn from examples, never to be used
    /// as a translation.
    pub fn similar(&self, batch: &Batch) -> Vec<Example> {
        match similar::examples(&self.state, batch, self.least) {
            Ok(examples) => examples,
            Err(error) => {
                self.failed(error);
                Vec::new()
            }
        }
    }

    fn failed(&self, error: StateError) {
        tracing::warn!(state = %error.file.display(), problem = %error.problem, "memory fails");
        let mut trouble = self.trouble.lock().unwrap_or_else(PoisonError::into_inner);
        trouble.get_or_insert(error);
    }
}

/// Keeps what a person approved: from now on it answers for every provider, in
/// place of whatever was approved of the same sentence before.
///
/// # Errors
/// When the file cannot be written.
pub async fn approve(
    state: &StateFile,
    pair: Pair,
    approved: Vec<Approved>,
) -> Result<(), StateError> {
    let rows = approved
        .into_iter()
        .map(|one| {
            let source = canonical(&one.source, pair.source);
            let target = canonical(&one.target, pair.target);
            DraftRow {
                key: key::approved(pair, &source),
                kind: Kind::Approved,
                pair: pair.to_string(),
                provider: one.by,
                source,
                draft: pieces::write_text(&target),
                target,
                added: String::new(),
            }
        })
        .collect();
    state.keep_drafts(rows).await
}

/// A sentence and its translation as a person approved them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approved {
    /// The sentence.
    pub source: String,
    /// Its translation.
    pub target: String,
    /// Who approved it.
    pub by: String,
}

fn canonical(text: &str, language: crate::language::Language) -> String {
    let edits = profile(language).repairs(text);
    let text = crate::text::Text::repaired(text, edits);
    text.normal()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// An approved text as an answer to `segment`, where it has all its values and
/// quotation marks.
fn apart(text: &str, segment: &Segment, pair: Pair) -> Option<Draft> {
    let pieces = wire::decode(text, segment, pair, Protection::Plain);
    assemble::defects(segment, &pieces)
        .is_empty()
        .then_some(Draft { pieces })
}

/// A draft as a person reads it, with the values of `segment`.
fn reading(draft: &Draft, segment: &Segment, pair: Pair) -> String {
    use crate::plan::Piece;
    let target = profile(pair.target);
    let mut out = String::new();
    for piece in &draft.pieces {
        match piece {
            Piece::Text(text) => out.push_str(text),
            Piece::Hole(id, ending) => {
                if let Some(filling) = segment.filling(*id) {
                    out.push_str(&target.attach(&filling.target, ending));
                }
            }
            Piece::Quote(edge, depth) => out.push(key::glyph(pair.target, *edge, *depth)),
        }
    }
    out
}
