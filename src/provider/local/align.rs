//! Values put back by word alignment, for models that know no tokens.
//!
//! A value that a model respelled cannot be found by looking for it. The
//! model's own attention tells which words it wrote for it.

use std::ops::Range;

use fxtranslate::engine::Aligned;

use super::{canonical, pieces};
use crate::language::Pair;
use crate::plan::{HoleId, Piece, Segment};
use crate::provider::Protection;
use crate::provider::wire::{self, Encoded};

/// Least share of a target token's attention that a value must have to own it.
const OWNS: f32 = 0.4;

/// Whether a hole of the segment is missing from the draft.
pub(super) fn is_incomplete(segment: &Segment, draft: &[Piece]) -> bool {
    segment.holes().any(|id| !has(draft, id))
}

fn has(draft: &[Piece], id: HoleId) -> bool {
    draft
        .iter()
        .any(|piece| matches!(piece, Piece::Hole(found, _) if *found == id))
}

/// Cuts the holes that decoding does not find out of the words that the model
/// wrote for them.
pub(super) fn restore(
    aligned: &Aligned,
    sent: &Encoded,
    segment: &Segment,
    pair: Pair,
) -> Vec<Piece> {
    let found = wire::decode(
        &canonical(&pieces::to_text(&aligned.target_text), pair),
        segment,
        pair,
        Protection::Plain,
    );
    let mut cuts: Vec<(Range<usize>, HoleId)> = sent
        .holes
        .iter()
        .filter(|(id, _)| !has(&found, *id))
        .filter_map(|(id, range)| Some((words_of(aligned, &sent.text, range)?, *id)))
        .collect();
    cuts.sort_by_key(|(range, _)| range.start);
    cuts.dedup_by(|later, earlier| later.0.start < earlier.0.end);
    let mut out = Vec::new();
    let mut at = 0;
    let decode = |text: &str, out: &mut Vec<Piece>| {
        out.extend(wire::decode(
            &canonical(&pieces::to_text(text), pair),
            segment,
            pair,
            Protection::Plain,
        ));
    };
    for (range, id) in cuts {
        decode(&aligned.target_text[at..range.start], &mut out);
        out.push(Piece::Hole(id, crate::language::Ending::default()));
        at = range.end;
    }
    decode(&aligned.target_text[at..], &mut out);
    out
}

/// The bytes of the target whose words were written for `range` of the source,
/// widened to whole words.
fn words_of(aligned: &Aligned, source: &str, range: &Range<usize>) -> Option<Range<usize>> {
    let start = source.get(..range.start)?.encode_utf16().count();
    let end = start + source.get(range.clone())?.encode_utf16().count();
    let owned: Vec<usize> = aligned
        .alignments
        .iter()
        .enumerate()
        .filter(|(_, row)| {
            let share: f32 = aligned
                .source_tokens
                .iter()
                .zip(row.iter())
                .filter(|(token, _)| token.begin < end && start < token.end)
                .map(|(_, weight)| weight)
                .sum();
            share >= OWNS
        })
        .map(|(i, _)| i)
        .collect();
    let first = aligned.target_tokens.get(*owned.first()?)?.begin;
    let last = aligned.target_tokens.get(*owned.last()?)?.end;
    let text = &aligned.target_text;
    let mut start = byte_of(text, first);
    let mut end = byte_of(text, last);
    start += text[start..end].len() - text[start..end].trim_start().len();
    end = text[end..]
        .find(char::is_whitespace)
        .map_or(text.len(), |n| end + n);
    let kept = text[start..end].trim_end_matches(['।', ',', '.', '?', '!', '"', '\'', '’', '”']);
    end = start + kept.len();
    (start < end).then_some(start..end)
}

fn byte_of(text: &str, utf16: usize) -> usize {
    let mut units = 0;
    for (at, c) in text.char_indices() {
        if units >= utf16 {
            return at;
        }
        units += c.len_utf16();
    }
    text.len()
}
