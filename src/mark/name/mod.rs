//! Proper names that no glossary needs to know: found by capitals, cues and a
//! small tagger, without a service.
//!
//! What is found here is a *mention*: a stretch of text that is a name, what it
//! names, and how sure that is. Which mentions are one person, and how a name is
//! written in the target, is decided for the article as a whole (`crate::names`).

mod bangla;
mod english;
mod lexicon;
mod tagger;
#[cfg(test)]
mod tests;

use super::Mark;
use crate::language::{Ending, Language};
use crate::text::{Normal, Span};

/// A name that stands in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The name without its ending and without titles.
    pub span: Span<Normal>,
    /// Where its ending ends, in bytes of the block.
    pub end: usize,
    /// The ending that is attached to it.
    pub ending: Ending,
    /// What it names.
    pub kind: NameKind,
    /// How sure that is.
    pub certainty: Certainty,
}

/// What a name names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameKind {
    /// A person.
    Person,
    /// A place.
    Place,
    /// A party, company, office …
    Organisation,
}

impl NameKind {
    /// The name of the kind in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Place => "place",
            Self::Organisation => "organisation",
        }
    }
}

/// How sure it is that a mention is a name of its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Certainty {
    /// It may well be: looked for in the translation, never forced on it.
    Likely,
    /// So sure that its rendering may be frozen.
    Sure,
}

/// The line that a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// Sentences.
    Prose,
    /// A headline, where capitals may mean nothing.
    Headline,
}

/// A single word, or a few, that may be a short form of a name given in full
/// elsewhere: `Bruce` of Tammy Bruce.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Short {
    /// The word without its ending.
    pub span: Span<Normal>,
    /// Where its ending ends.
    pub end: usize,
    /// The ending.
    pub ending: Ending,
    /// Whether it is also an ordinary word and nothing beside it says that a
    /// person is meant.
    pub doubtful: bool,
}

/// The names of `text`, in order and disjoint; none overlaps a mark of `taken`
/// but one that is a person of the glossary, which a longer name may hold.
///
/// A language without rules of its own has none.
#[must_use]
pub fn find(text: &str, language: Language, line: Line, taken: &[Mark<'_>]) -> Vec<Mention> {
    match language {
        Language::ENGLISH => english::find(text, line, taken),
        Language::BANGLA => bangla::find(text, taken),
        _ => Vec::new(),
    }
}

/// Whether a word, in whatever case, is an ordinary one as well.
#[must_use]
pub(super) fn is_word(word: &str, language: Language) -> bool {
    language == Language::ENGLISH && lexicon::english(word).is_word()
}

/// The words of `text` that `is_known` says are part of a full name and that
/// stand alone, outside `taken`; in order and disjoint.
#[must_use]
pub fn shorts(
    text: &str,
    language: Language,
    line: Line,
    taken: &[Mark<'_>],
    is_known: &dyn Fn(&str) -> bool,
) -> Vec<Short> {
    match language {
        Language::ENGLISH => english::shorts(text, line, taken, is_known),
        Language::BANGLA => bangla::shorts(text, taken, is_known),
        _ => Vec::new(),
    }
}

/// Whether a word of a name may stand for the whole: no initial, no particle, no
/// form of address (`Md`, মো.).
#[must_use]
pub fn stands_alone(word: &str, language: Language) -> bool {
    match language {
        Language::ENGLISH => english::stands_alone(word),
        Language::BANGLA => bangla::stands_alone(word),
        _ => false,
    }
}
