//! Values put back by word alignment, for models that know no tokens.
//!
//! A value that a model respelled cannot be found by looking for it. The
//! model's own attention tells which words it wrote for it. It also tells which words
//! belong into an element of markup.

use std::ops::Range;

use fxtranslate::engine::Aligned;

use super::{canonical, pieces};
use crate::language::Pair;
use crate::plan::markup::bare;
use crate::plan::{ElementId, HoleId, Markup, Piece, Segment};
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
    let text = &aligned.target_text;
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
                let words = words_of(aligned, &sent.text, &own);
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
                if let Some(words) = words_of(aligned, &sent.text, &next) {
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
