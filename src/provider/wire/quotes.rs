//! Quotation marks in an answer: from glyphs back to structure.

use crate::mark::quote::{self, Edge};
use crate::plan::{Piece, Segment};

/// Stands for a hole while the marks of an answer are looked for, so that a
/// mark beside a hole has a letter for a neighbour.
const HOLE: char = '\u{F0000}';

/// Replaces the quotation marks in the text of `pieces` by [`Piece::Quote`],
/// where they are as many as the segment has. Otherwise the pieces stay as they
/// are, and assembly finds the marks missing or too many.
pub(super) fn recognise(pieces: Vec<Piece>, segment: &Segment) -> Vec<Piece> {
    let expected: Vec<(Edge, usize)> = segment.quotes().collect();
    if expected.is_empty() {
        return pieces;
    }
    let flat: String = pieces
        .iter()
        .map(|piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Hole(..) | Piece::Quote(..) => HOLE.to_string(),
            Piece::Markup(_) => String::new(),
        })
        .collect();
    let edges: Vec<Edge> = expected.iter().map(|(edge, _)| *edge).collect();
    let Some(found) = quote::read(&flat, &edges) else {
        return pieces;
    };
    let mut marks = found.iter().zip(&expected).peekable();
    let mut out = Vec::with_capacity(pieces.len() + 2 * expected.len());
    let mut at = 0;
    for piece in pieces {
        let Piece::Text(text) = piece else {
            if !matches!(piece, Piece::Markup(_)) {
                at += HOLE.len_utf8();
            }
            out.push(piece);
            continue;
        };
        let mut from = 0;
        while let Some((span, (edge, depth))) =
            marks.next_if(|(span, _)| span.start() < at + text.len())
        {
            let start = span.start() - at;
            if start > from {
                out.push(Piece::Text(text[from..start].to_owned()));
            }
            out.push(Piece::Quote(*edge, *depth));
            from = span.end() - at;
        }
        at += text.len();
        if from < text.len() {
            out.push(Piece::Text(text[from..].to_owned()));
        }
    }
    out
}
