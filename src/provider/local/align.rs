//! Values put back by word alignment, for models that know no tokens.
//!
//! A value that a model respelled cannot be found by looking for it. The
//! model's own attention tells which words it wrote for it. It also tells which words
//! belong into an element of markup.

use std::ops::Range;

use super::{canonical, pieces};
use crate::language::Pair;
use crate::plan::markup::bare;
use crate::plan::{ElementId, HoleId, Markup, Piece, Segment};
use crate::provider::Protection;
use crate::provider::wire::{self, Encoded};

/// A translation and what the model looked at for each token of it. Places are in bytes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Aligned {
    /// The translation.
    pub target: String,
    /// Where the tokens of the source stand; the end mark is empty.
    pub source_tokens: Vec<Range<usize>>,
    /// Where the tokens of the target stand.
    pub target_tokens: Vec<Range<usize>>,
    /// For each token of the target what share of the attention each of the source had.
    pub seen: Vec<Vec<f32>>,
}

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
        &canonical(&pieces::to_text(&aligned.target), pair),
        segment,
        pair,
        Protection::Plain,
    );
    let mut cuts: Vec<(Range<usize>, HoleId)> = sent
        .holes
        .iter()
        .filter(|(id, _)| !has(&found, *id))
        .filter_map(|(id, range)| Some((words_of(aligned, range)?, *id)))
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
        decode(&aligned.target[at..range.start], &mut out);
        out.push(Piece::Hole(id, crate::language::Ending::default()));
        at = range.end;
    }
    decode(&aligned.target[at..], &mut out);
    out
}

/// The first of the characters that stand for edges of markup while an answer is
/// decoded: a text that has one of them has it in a hole.
const EDGES: u32 = 0xF_1000;
/// How many times as long as its source an element may be: more is no element, but
/// attention that strays.
const WIDEST: usize = 3;

/// The draft with markup around the words that the model wrote for what each element
/// encloses. Where the draft is another translation than the aligned one, none is put.
pub(super) fn marked(
    aligned: &Aligned,
    sent: &Encoded,
    segment: &Segment,
    (pair, protection): (Pair, Protection),
    draft: Vec<Piece>,
) -> Vec<Piece> {
    let text = &aligned.target;
    let mut edges: Vec<(usize, Markup)> = Vec::new();
    let mut open: Vec<(ElementId, usize)> = Vec::new();
    for (markup, at) in segment.markup().zip(&sent.markup) {
        match markup {
            Markup::Open(id) => open.push((id, at.start)),
            Markup::Close(_) => {
                let Some((id, start)) = open.pop() else {
                    continue;
                };
                let own = start..at.start;
                let most = WIDEST * length(&sent.text, &own).max(4);
                let words = words_of(aligned, &own);
                if let Some(words) = words.filter(|words| length(text, words) <= most) {
                    edges.push((words.start, Markup::Open(id)));
                    edges.push((words.end, Markup::Close(id)));
                }
            }
            Markup::Point(id) => {
                let after = sent.text.get(at.start..).unwrap_or_default();
                let word = after.len() - after.trim_start().len();
                let end = after[word..].find(char::is_whitespace);
                let end = end.map_or(after.len(), |end| word + end);
                let next = at.start..at.start + end;
                if let Some(words) = words_of(aligned, &next) {
                    edges.push((words.start, Markup::Point(id)));
                }
            }
        }
    }
    // What ends comes before what begins; how elements nest is decided later.
    edges.sort_by_key(|(at, markup)| (*at, !matches!(markup, Markup::Close(_))));
    let mut with_edges = String::with_capacity(text.len() + 8 * edges.len());
    let mut from = 0;
    for (at, markup) in edges {
        with_edges.push_str(text.get(from..at).unwrap_or_default());
        with_edges.extend(character(markup));
        from = from.max(at);
    }
    with_edges.push_str(text.get(from..).unwrap_or_default());
    let answer = canonical(&pieces::to_text(&with_edges), pair);
    let marked = parted(wire::decode(&answer, segment, pair, protection));
    if *bare(&marked) == *draft {
        marked
    } else {
        draft
    }
}

fn length(text: &str, range: &Range<usize>) -> usize {
    text.get(range.clone())
        .map_or(0, |text| text.chars().count())
}

fn character(markup: Markup) -> Option<char> {
    let kind = match markup {
        Markup::Open(_) => 0,
        Markup::Close(_) => 1,
        Markup::Point(_) => 2,
    };
    let number = u32::from(markup.id().0);
    (number < 1000).then(|| char::from_u32(EDGES + 3 * number + kind))?
}

fn markup(c: char) -> Option<Markup> {
    let number = (c as u32).checked_sub(EDGES).filter(|n| *n < 3000)?;
    let id = ElementId(u16::try_from(number / 3).ok()?);
    Some(match number % 3 {
        0 => Markup::Open(id),
        1 => Markup::Close(id),
        _ => Markup::Point(id),
    })
}

/// The pieces with the edges of markup taken out of their words.
fn parted(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut out = Vec::with_capacity(pieces.len());
    for piece in pieces {
        let Piece::Text(text) = piece else {
            out.push(piece);
            continue;
        };
        let mut from = 0;
        for (at, c) in text.char_indices() {
            let Some(markup) = markup(c) else { continue };
            if let Some(words) = text.get(from..at).filter(|words| !words.is_empty()) {
                out.push(Piece::Text(words.to_owned()));
            }
            out.push(Piece::Markup(markup));
            from = at + c.len_utf8();
        }
        if let Some(words) = text.get(from..).filter(|words| !words.is_empty()) {
            out.push(Piece::Text(words.to_owned()));
        }
    }
    out
}

/// The bytes of the target whose words were written for `range` of the source,
/// widened to whole words.
fn words_of(aligned: &Aligned, range: &Range<usize>) -> Option<Range<usize>> {
    let share = |shares: &Vec<f32>| {
        let seen = aligned.source_tokens.iter().zip(shares);
        seen.filter(|(token, _)| token.start < range.end && range.start < token.end)
            .map(|(_, share)| share)
            .sum::<f32>()
    };
    let written = aligned.target_tokens.iter().zip(&aligned.seen);
    let mut owned = written.filter(|(_, shares)| share(shares) >= OWNS);
    let first = owned.next()?.0;
    let last = owned.next_back().map_or(first, |last| last.0);
    let text = &aligned.target;
    let words = text.get(first.start..last.end)?;
    let start = first.start + words.len() - words.trim_start().len();
    let end = (text[last.end..].find(char::is_whitespace)).map_or(text.len(), |n| last.end + n);
    let kept = text.get(start..end)?;
    let kept = kept.trim_end_matches(['।', ',', '.', '?', '!', '"', '\'', '’', '”']);
    let end = start + kept.len();
    (start < end).then_some(start..end)
}
