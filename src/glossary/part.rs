//! What kind of word an entry is.

use std::str::FromStr;

/// A part of speech, by the names that TBX has for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PartOfSpeech {
    /// Takes case endings and possessives.
    Noun,
    /// Takes them too.
    ProperNoun,
    /// Stands as it is written, as everything below does: `করে` is no form of a
    /// verb `কর`, and `নতুনের` is none of an adjective `নতুন`.
    Verb,
    /// A word that says how something is.
    Adjective,
    /// A word that says how something happens.
    Adverb,
    /// Anything else: a conjunction, a set phrase.
    Other,
}

impl PartOfSpeech {
    /// Every part of speech, in the order of the documentation.
    pub const ALL: [Self; 6] = [
        Self::Noun,
        Self::ProperNoun,
        Self::Verb,
        Self::Adjective,
        Self::Adverb,
        Self::Other,
    ];

    /// How it is written in a glossary file.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Noun => "noun",
            Self::ProperNoun => "proper-noun",
            Self::Verb => "verb",
            Self::Adjective => "adjective",
            Self::Adverb => "adverb",
            Self::Other => "other",
        }
    }

    /// Whether a word of the kind takes case endings and possessives. A row that
    /// names no part of speech is read as a noun.
    #[must_use]
    pub fn takes_endings(self) -> bool {
        matches!(self, Self::Noun | Self::ProperNoun)
    }
}

impl FromStr for PartOfSpeech {
    type Err = ();

    fn from_str(name: &str) -> Result<Self, ()> {
        Self::ALL
            .into_iter()
            .find(|part| part.name() == name)
            .ok_or(())
    }
}
