//! What is sent to a provider: text with typed holes.
//!
//! A [`Segment`] is a sentence taken apart into [`Piece`]s. Names, numbers,
//! dates and addresses are *holes*: values that the provider has to carry and
//! never to write. A hole stays a type until the wire of a provider turns it
//! into whatever survives that service best, so that no placeholder string
//! exists anywhere else and a source that looks like one passes unharmed.

pub mod build;
pub mod markup;
mod parts;

use crate::glossary;
use crate::language::Ending;
use crate::mark::quote::Edge;
use crate::text::{Normal, Span};

pub use markup::{Element, ElementId, Markup};
pub use parts::{Grain, Part};

/// A hole of a segment, counted from 0 in the order of the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HoleId(pub u16);

/// A part of a segment, on its way out or on its way back.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Piece {
    /// Words for the provider.
    Text(String),
    /// A value to carry, with the case ending that is attached to it.
    Hole(HoleId, Ending),
    /// A quotation mark, at its depth within the segment.
    Quote(Edge, usize),
    /// Markup: an edge of an element, or a place between words.
    Markup(Markup),
}

/// What stands behind a hole.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Filling {
    /// What kind of value it is.
    pub kind: HoleKind,
    /// The value as the source has it, without its ending.
    pub source: String,
    /// The value as the target shall have it, without its ending.
    pub target: String,
    /// Where the value stands in its block, ending not included.
    pub span: Span<Normal>,
}

/// The kinds of values that holes carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HoleKind {
    /// A name or a term of the glossary.
    Glossary(glossary::Kind),
    /// A number, equal in value on both sides.
    Number,
    /// A date or a time of day.
    Moment,
    /// An address, equal on both sides.
    Address,
    /// Characters that no provider may touch.
    Verbatim,
}

impl HoleKind {
    /// A place of the glossary, for tests of modules that do not see glossaries.
    #[cfg(test)]
    pub(crate) const PLACE: Self = Self::Glossary(glossary::Kind::Place);

    /// The name of the kind in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Glossary(kind) => kind.name(),
            Self::Number => "number",
            Self::Moment => "date",
            Self::Address => "address",
            Self::Verbatim => "verbatim",
        }
    }
}

/// A term that the provider is asked, not forced, to use.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Hint {
    /// The term as the glossary has it in the source language.
    pub source: String,
    /// The rendering that the house wants.
    pub target: String,
}

/// A sentence, or a part of one, ready for a provider.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Segment {
    /// Text, holes and quotation marks in the order of the source.
    pub pieces: Vec<Piece>,
    /// What stands behind each hole, by [`HoleId`]; shared by all parts of a sentence.
    pub fillings: Vec<Filling>,
    /// The terms that matched and are left visible.
    pub hints: Vec<Hint>,
}

impl Segment {
    /// The holes in the order of the source.
    pub fn holes(&self) -> impl Iterator<Item = HoleId> + '_ {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Hole(id, _) => Some(*id),
            _ => None,
        })
    }

    /// The quotation marks in the order of the source.
    pub fn quotes(&self) -> impl Iterator<Item = (Edge, usize)> + '_ {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Quote(edge, depth) => Some((*edge, *depth)),
            _ => None,
        })
    }

    /// What stands behind a hole of this segment.
    #[must_use]
    pub fn filling(&self, id: HoleId) -> Option<&Filling> {
        self.fillings.get(usize::from(id.0))
    }

    /// Whether there is anything to translate: a letter outside the holes.
    #[must_use]
    pub fn has_words(&self) -> bool {
        has_words(&self.pieces)
    }

    /// The source as a person reads it, holes shown as their source value.
    ///
    /// `attach` writes an ending on a stem in the source language.
    #[must_use]
    pub fn source_text(
        &self,
        attach: impl Fn(&str, &Ending) -> String,
        mark: impl Fn(Edge, usize) -> char,
    ) -> String {
        let mut out = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) => out.push_str(text),
                Piece::Hole(id, ending) => {
                    if let Some(filling) = self.filling(*id) {
                        out.push_str(&attach(&filling.source, ending));
                    }
                }
                Piece::Quote(edge, depth) => out.push(mark(*edge, *depth)),
                Piece::Markup(_) => {}
            }
        }
        out
    }
}

fn has_words(pieces: &[Piece]) -> bool {
    pieces
        .iter()
        .any(|piece| matches!(piece, Piece::Text(text) if text.chars().any(char::is_alphabetic)))
}
