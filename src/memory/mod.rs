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
//! values of the segment are found in it, or where that person wants it as it is,
//! and is an example otherwise.

mod approved;
mod keeping;
mod key;
mod layer;
mod pieces;
mod similar;
pub mod exchange;

#[cfg(test)]
mod tests;

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use crate::language::{Pair, profile};
use crate::plan::Segment;
use crate::provider::{Batch, Draft, Example, Identity, Recalled};
use crate::state::drafts::{DraftRow, Key, Kind};
use crate::state::{DraftStore, StateError, StateFile};

pub use approved::{Approval, Approved, approval, approve, withdraw};
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

/// The memory of a run, over whatever keeps it.
#[derive(Debug)]
pub struct Memory {
    state: Arc<dyn DraftStore>,
    /// The first error of the store; whoever runs articles ends the run with it.
    trouble: Mutex<Option<StateError>>,
    /// Whether it is only looked at.
    reading: bool,
    /// Least likeness of an example.
    least: f64,
    /// The sentences whose drafts are passed over, by the keys that approvals of
    /// them have.
    anew: Mutex<HashSet<Key>>,
}

impl Memory {
    /// The memory in `state`.
    #[must_use]
    pub fn new(state: impl DraftStore + 'static) -> Self {
        Self {
            state: Arc::new(state),
            trouble: Mutex::new(None),
            reading: false,
            least: LEAST,
            anew: Mutex::default(),
        }
    }

    /// The memory in `state`, to be looked at: nothing is kept.
    #[must_use]
    pub fn reading(state: impl DraftStore + 'static) -> Self {
        Self {
            reading: true,
            ..Self::new(state)
        }
    }

    /// The first thing that went wrong with the store. From then on drafts may be
    /// paid for and not kept: the run has to end.
    pub fn trouble(&self) -> Option<StateError> {
        let trouble = self.trouble.lock().unwrap_or_else(PoisonError::into_inner);
        trouble.clone()
    }

    /// What is known of each segment of a batch, in order: what a person
    /// approved, else the draft of `who`. A store that cannot be read has nothing.
    pub async fn recall(
        &self,
        who: &Identity,
        batch: &Batch,
        context: bool,
    ) -> Vec<Option<Recalled>> {
        let segments = &batch.segments;
        let sentences: Vec<Key> = segments
            .iter()
            .map(|segment| key::approved(batch.pair, &key::reading(segment, batch.pair)))
            .collect();
        let drafts: Vec<Key> = segments
            .iter()
            .map(|segment| key::draft(who, batch, segment, context))
            .collect();
        let found = tokio::try_join!(self.state.approved(&sentences), self.state.drafts(&drafts));
        let (approved, drafts) = match found {
            Ok(found) => found,
            Err(error) => {
                self.failed(error);
                return vec![None; segments.len()];
            }
        };
        let anew = self.anew.lock().unwrap_or_else(PoisonError::into_inner);
        let found = approved.into_iter().zip(drafts).zip(&sentences);
        segments
            .iter()
            .zip(found)
            .map(|(segment, ((approved, draft), sentence))| {
                approved
                    .as_deref()
                    .and_then(pieces::text)
                    .and_then(|text| approved::answer(text, segment, batch.pair))
                    .map(|draft| Recalled {
                        draft,
                        approved: true,
                    })
                    .or_else(|| {
                        let draft = draft.as_deref().filter(|_| !anew.contains(sentence))?;
                        let pieces = pieces::read(draft)?;
                        Some(Recalled {
                            draft: Draft { pieces },
                            approved: false,
                        })
                    })
            })
            .collect()
    }

    /// Passes over the drafts of a sentence as long as the guard lives, so that
    /// providers are asked for it again; what they answer replaces those.
    #[must_use]
    pub fn anew(&self, pair: Pair, sentence: &str) -> Anew<'_> {
        let key = key::approved(pair, &canonical(sentence, pair.source));
        let mut anew = self.anew.lock().unwrap_or_else(PoisonError::into_inner);
        anew.insert(key.clone());
        Anew { memory: self, key }
    }

    /// Keeps drafts of segments of `batch`, by their index; ready when nothing
    /// can lose them. Gives what holds in the place of a draft, by the same index,
    /// where somebody else has asked for it meanwhile and was first.
    pub async fn keep(
        &self,
        who: &Identity,
        batch: &Batch,
        context: bool,
        drafts: &[(usize, &Draft)],
    ) -> Vec<(usize, Draft)> {
        if self.reading {
            return Vec::new();
        }
        let (indices, rows): (Vec<usize>, Vec<DraftRow>) = drafts
            .iter()
            .filter_map(|&(index, draft)| {
                let segment = batch.segments.get(index)?;
                let row = DraftRow {
                    key: key::draft(who, batch, segment, context),
                    kind: Kind::Draft,
                    pair: batch.pair.to_string(),
                    provider: who.name.clone(),
                    source: key::reading(segment, batch.pair),
                    target: reading(draft, segment, batch.pair),
                    draft: pieces::write(&draft.pieces),
                    added: String::new(),
                };
                Some((index, row))
            })
            .unzip();
        if rows.is_empty() {
            return Vec::new();
        }
        let others = match self.state.keep_drafts(rows).await {
            Ok(others) => others,
            Err(error) => {
                self.failed(error);
                return Vec::new();
            }
        };
        let first = |other: Option<String>| {
            let pieces = pieces::read(&other?)?;
            Some(Draft { pieces })
        };
        let held = indices.into_iter().zip(others);
        held.filter_map(|(index, other)| Some((index, first(other)?)))
            .collect()
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
    pub async fn similar(&self, batch: &Batch) -> Vec<Example> {
        match similar::examples(self.state.as_ref(), batch, self.least).await {
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

/// A sentence whose drafts are passed over.
#[derive(Debug)]
pub struct Anew<'a> {
    memory: &'a Memory,
    key: Key,
}

impl Drop for Anew<'_> {
    fn drop(&mut self) {
        let anew = self.memory.anew.lock();
        anew.unwrap_or_else(PoisonError::into_inner)
            .remove(&self.key);
    }
}

fn canonical(text: &str, language: crate::language::Language) -> String {
    let edits = profile(language).repairs(text);
    let text = crate::text::Text::repaired(text, edits);
    text.normal()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
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
            Piece::Markup(_) => {}
        }
    }
    out
}
