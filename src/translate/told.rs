//! What was said before a sentence, for providers that read it.

use crate::language::Pair;
use crate::plan::{Piece, Segment};
use crate::provider::{Example, Protection, wire};

/// Sentences that go along: enough for who is meant by "he", and few tokens.
const SENTENCES: usize = 3;

/// The sentences of an article in their order, as far as they are translated.
pub(super) struct Told(Vec<Example>);

impl Told {
    pub(super) fn new(segments: &[Segment], pair: Pair) -> Self {
        let source = |segment| Example {
            source: wire::encode(segment, pair.source, Protection::Plain).text,
            target: String::new(),
        };
        Self(segments.iter().map(source).collect())
    }

    /// Sentence `index` was answered with `pieces`.
    pub(super) fn answered(
        &mut self,
        index: usize,
        segment: &Segment,
        pieces: &[Piece],
        pair: Pair,
    ) {
        if let Some(told) = self.0.get_mut(index) {
            told.target = wire::answered(pieces, segment, pair, Protection::Plain).text;
        }
    }

    /// The sentences before sentence `index`, oldest first.
    pub(super) fn before(&self, index: usize) -> Vec<Example> {
        let earlier = self.0.get(..index).unwrap_or_default();
        earlier[earlier.len().saturating_sub(SENTENCES)..].to_vec()
    }
}
