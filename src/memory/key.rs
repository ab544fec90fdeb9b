//! What a draft depends on, as one text.

use serde_json::{Value, json};

use super::pieces;
use crate::language::{Language, Pair, profile};
use crate::mark::quote::Edge;
use crate::plan::Segment;
use crate::provider::{Batch, Identity};
use crate::state::drafts::Key;

/// The version of the keys: a change of what they hold raises it, and what was
/// kept under another one is found no more.
const VERSION: u8 = 1;

/// The key of a draft: provider, direction, pieces, the values and hints that go
/// with them, and where `context` says so the headline.
///
/// The sentences before are no part of it: they help with the answer and do not
/// change the question, and a changed sentence would have all behind it paid for
/// again.
///
/// Where a value stands in its article is no part of it: the same sentence in
/// two articles is one question.
pub(super) fn draft(who: &Identity, batch: &Batch, segment: &Segment, context: bool) -> Key {
    let fillings: Vec<Value> = segment
        .holes()
        .filter_map(|id| {
            let filling = segment.filling(id)?;
            Some(json!([
                id.0,
                filling.kind.name(),
                filling.source,
                filling.target
            ]))
        })
        .collect();
    let hints: Vec<[&str; 2]> = segment
        .hints
        .iter()
        .map(|hint| [hint.source.as_str(), hint.target.as_str()])
        .collect();
    let around = context.then_some(&batch.context.title);
    key(&json!([
        VERSION,
        [who.name, who.model, who.version],
        batch.pair.to_string(),
        pieces::value(&segment.pieces),
        fillings,
        hints,
        around
    ]))
}

/// The key of what was approved for a sentence, which `source` reads as.
pub(super) fn approved(pair: Pair, source: &str) -> Key {
    let source = folded(source);
    key(&json!([VERSION, "approved", pair.to_string(), source]))
}

fn key(parts: &Value) -> Key {
    let text = parts.to_string();
    let digest = blake3::hash(text.as_bytes());
    let mut first = [0; 8];
    first.copy_from_slice(&digest.as_bytes()[..8]);
    Key {
        hash: i64::from_le_bytes(first),
        text,
    }
}

/// A segment as a person reads its source.
pub(super) fn reading(segment: &Segment, pair: Pair) -> String {
    let source = profile(pair.source);
    segment.source_text(
        |stem, ending| source.attach(stem, ending),
        |edge, depth| glyph(pair.source, edge, depth),
    )
}

/// How a language prints a quotation mark at a depth.
pub(super) fn glyph(language: Language, edge: Edge, depth: usize) -> char {
    let quotation = profile(language).quotation();
    let marks = if depth.is_multiple_of(2) {
        quotation.outer
    } else {
        quotation.inner
    };
    match edge {
        Edge::Open => marks.open,
        Edge::Close => marks.close,
    }
}

/// A sentence in canonical form with one glyph for every quotation mark and
/// apostrophe, and single spaces: the press writes all of them in every way.
fn folded(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words
        .join(" ")
        .chars()
        .map(|c| match c {
            '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '‘' | '’' | '‚' | '‛' | '‹' | '›' => {
                '\''
            }
            c => c,
        })
        .collect()
}
