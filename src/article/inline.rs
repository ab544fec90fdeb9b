//! Markup inside a block: links, emphasis, images, words that are not to be touched.

use crate::text::{Source, Span, Target};

/// An element inside a block.
///
/// Law: the elements of one block are in the order in which they begin, and of any
/// two the spans are disjoint or one contains the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inline {
    /// What of the block's source it encloses; nothing where it is a place and no range.
    pub span: Span<Source>,
    /// What it does to what it encloses.
    pub role: Role,
}

/// What an element inside a block does to the words in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// It stands around words and travels with them: a link, emphasis.
    Around,
    /// It stands at a place between words: an image, a line break, a comment.
    Point,
    /// Its words are not to be translated: code, `translate="no"`.
    Verbatim,
    /// It says what its words are, as NITF does.
    Annotated(Annotation),
}

/// What a format says that words are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Annotation {
    /// A person.
    Person,
    /// An organisation.
    Organisation,
    /// A place.
    Place,
    /// A sum of money.
    Money,
    /// A number.
    Number,
    /// A date or a time.
    Moment,
    /// What somebody said.
    Quote,
}

/// Where an element of a block stands in the translation of the block.
///
/// Law: those of one block are in the order in which they begin (of two that begin
/// together the outer comes first), and of any two the spans are disjoint or one
/// contains the other. An element may stand in more than one place, where the words
/// that it encloses came apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placed {
    /// Which element: its place in the list of the block.
    pub index: usize,
    /// What of the translation it encloses.
    pub span: Span<Target>,
}
