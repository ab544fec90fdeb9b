//! Markup among the words of a segment: paired holes without a value, which a
//! provider may carry to where their words go, and which nothing is lost by losing.

use std::borrow::Cow;
use std::collections::HashSet;

use super::{Piece, Segment};
use crate::text::{Normal, Span};

/// An element of a segment, counted from 0 in the order in which they begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ElementId(pub u16);

/// An edge of an element, or all of one that stands between words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Markup {
    /// Its words begin.
    Open(ElementId),
    /// Its words end.
    Close(ElementId),
    /// A place between words.
    Point(ElementId),
}

impl Markup {
    /// The element that it is of.
    #[must_use]
    pub fn id(self) -> ElementId {
        match self {
            Self::Open(id) | Self::Close(id) | Self::Point(id) => id,
        }
    }
}

/// An element of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Element {
    /// Its place in the list of its block.
    pub index: usize,
    /// What it encloses; nothing where it is a place.
    pub span: Span<Normal>,
}

/// Most elements of a sentence that travel with its words: more are no links and
/// emphasis, and cost more than they tell.
const MOST: usize = 48;

/// The elements that part the words of a sentence, each clipped to it. One that
/// encloses all of its words, or none and stands at its edge, goes where the sentence
/// goes and needs no place among them.
///
/// The [`ElementId`] of each is its place in this list. `elements` are those of the
/// block.
#[must_use]
pub fn parting(text: &str, sentence: Span<Normal>, elements: &[Element]) -> Vec<Element> {
    let mut parting = Vec::new();
    for element in elements {
        if element.span.end() < sentence.start() {
            continue;
        }
        // (They are in the order in which they begin.)
        if element.span.start() > sentence.end() {
            break;
        }
        let start = element.span.start().clamp(sentence.start(), sentence.end());
        let end = element.span.end().clamp(start, sentence.end());
        let words = |range: std::ops::Range<usize>| {
            text.get(range)
                .is_some_and(|t| t.contains(char::is_alphanumeric))
        };
        let (before, after) = (words(sentence.start()..start), words(end..sentence.end()));
        let is_parting = if words(start..end) {
            before || after
        } else {
            before && after && element.span.start() >= sentence.start()
        };
        if is_parting {
            let inner = text.get(start..end).unwrap_or_default();
            let from = start + inner.len() - inner.trim_start().len();
            let to = from + inner.trim().len();
            parting.push(Element {
                index: element.index,
                span: Span::trusted(from.min(to), to),
            });
        }
    }
    if parting.len() > MOST {
        parting.clear();
    }
    parting
}

/// The edges of `elements` in order and properly nested, pushed out of what may not
/// be cut: `whole`, in order and disjoint.
pub(super) fn edges(elements: &[Element], whole: &[Span<Normal>]) -> Vec<(usize, Markup)> {
    let cut = |at: usize| {
        let next = whole.partition_point(|span| span.end() <= at);
        whole.get(next).filter(|span| span.start() < at)
    };
    let mut edges = Vec::new();
    // What is open, and where it ends in the source and here.
    let mut open: Vec<(usize, usize, ElementId)> = Vec::new();
    let mut at = 0;
    for (element, id) in elements.iter().zip(0_u16..) {
        let (start, end) = (element.span.start(), element.span.end());
        while let Some((_, end, id)) = open.pop_if(|(own, ..)| *own <= start) {
            at = at.max(end);
            edges.push((at, Markup::Close(id)));
        }
        let id = ElementId(id);
        let most = open.last().map_or(usize::MAX, |(_, end, _)| *end);
        if start == end {
            at = cut(start)
                .map_or(start, |span| span.end())
                .clamp(at, most.max(at));
            edges.push((at, Markup::Point(id)));
            continue;
        }
        let from = cut(start).map_or(start, |span| span.start()).max(at);
        let to = cut(end).map_or(end, |span| span.end()).min(most);
        if from < to {
            at = from;
            edges.push((at, Markup::Open(id)));
            open.push((end, to, id));
        }
    }
    while let Some((_, end, id)) = open.pop() {
        at = at.max(end);
        edges.push((at, Markup::Close(id)));
    }
    edges
}

/// The pieces without their markup; what it had parted is one text again.
#[must_use]
pub fn bare(pieces: &[Piece]) -> Cow<'_, [Piece]> {
    if !pieces.iter().any(|piece| matches!(piece, Piece::Markup(_))) {
        return Cow::Borrowed(pieces);
    }
    let mut out: Vec<Piece> = Vec::with_capacity(pieces.len());
    let mut is_parted = false;
    for piece in pieces {
        match (piece, out.last_mut()) {
            (Piece::Markup(_), _) => {
                is_parted = true;
                continue;
            }
            (Piece::Text(text), Some(Piece::Text(last))) if is_parted => last.push_str(text),
            _ => out.push(piece.clone()),
        }
        is_parted = false;
    }
    Cow::Owned(out)
}

impl Segment {
    /// The elements that travel with its words, in order.
    pub fn markup(&self) -> impl Iterator<Item = Markup> + '_ {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Markup(markup) => Some(*markup),
            _ => None,
        })
    }

    /// The segment without markup: what the same words without it would be.
    #[must_use]
    pub fn bare(&self) -> Cow<'_, Self> {
        match bare(&self.pieces) {
            Cow::Borrowed(_) => Cow::Borrowed(self),
            Cow::Owned(pieces) => Cow::Owned(self.with(pieces)),
        }
    }

    /// The segment with the elements alone that both open and close in it, as a part
    /// of a sentence may have one edge of one.
    #[must_use]
    pub fn balanced(&self) -> Cow<'_, Self> {
        let opened: HashSet<ElementId> = (self.markup())
            .filter(|&markup| matches!(markup, Markup::Open(_)))
            .map(Markup::id)
            .collect();
        let closed: HashSet<ElementId> = (self.markup())
            .filter(|&markup| matches!(markup, Markup::Close(_)))
            .map(Markup::id)
            .collect();
        if opened == closed {
            return Cow::Borrowed(self);
        }
        let mut out: Vec<Piece> = Vec::with_capacity(self.pieces.len());
        let mut is_parted = false;
        for piece in &self.pieces {
            match (piece, out.last_mut()) {
                (Piece::Markup(Markup::Open(id) | Markup::Close(id)), _)
                    if !opened.contains(id) || !closed.contains(id) =>
                {
                    is_parted = true;
                    continue;
                }
                (Piece::Text(text), Some(Piece::Text(last))) if is_parted => last.push_str(text),
                _ => out.push(piece.clone()),
            }
            is_parted = false;
        }
        Cow::Owned(self.with(out))
    }

    fn with(&self, pieces: Vec<Piece>) -> Self {
        Self {
            pieces,
            fillings: self.fillings.clone(),
            hints: self.hints.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn element(index: usize, start: usize, end: usize) -> Element {
        Element {
            index,
            span: Span::trusted(start, end),
        }
    }

    #[test]
    fn only_what_parts_the_words_travels() {
        let text = "He left. “The old port is shut.” He said so.";
        let sentence = Span::trusted(9, 36);
        assert_eq!(sentence.slice(text), "“The old port is shut.” ".trim_end());
        let elements = [
            // All of it, its words alone, the block, three words, a place, its edges.
            element(0, 9, 36),
            element(1, 12, 32),
            element(2, 0, text.len()),
            element(3, 12, 25),
            element(4, 20, 20),
            element(5, 9, 9),
            element(6, 36, 36),
            element(7, 38, 40),
        ];
        let found = parting(text, sentence, &elements);
        assert_eq!(found, [element(3, 12, 24), element(4, 20, 20)]);
    }

    #[test]
    fn edges_are_nested_and_cut_nothing() {
        use Markup::{Close, Open, Point};
        let id = ElementId;
        // 0..4 around 1..3; 5..9 begins inside what is whole, 9..12 ends there.
        let whole = [Span::trusted(4, 7), Span::trusted(8, 11)];
        let elements = [
            element(0, 0, 5),
            element(1, 1, 3),
            element(2, 6, 9),
            element(3, 9, 12),
            element(4, 12, 12),
        ];
        assert_eq!(
            edges(&elements, &whole),
            [
                (0, Open(id(0))),
                (1, Open(id(1))),
                (3, Close(id(1))),
                (7, Close(id(0))),
                (7, Open(id(2))),
                (11, Close(id(2))),
                (11, Open(id(3))),
                (12, Close(id(3))),
                (12, Point(id(4))),
            ]
        );
    }
}
