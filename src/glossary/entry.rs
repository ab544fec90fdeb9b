//! What a glossary knows of one word or phrase in one direction.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use jiff::civil::Date;

use super::fulfil;
use super::lexicon::Role;
use super::part::PartOfSpeech;
use crate::language::{Pair, profile};

/// A source form and the rendering that the newsroom wants for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The direction in which the entry holds.
    pub pair: Pair,
    /// The main source form. Empty only for [`Kind::Forbidden`], where it means
    /// that the target is forbidden whatever the source says.
    pub source: String,
    /// Further source forms that the entry also stands for.
    pub source_variants: Vec<String>,
    /// The rendering to print; for [`Kind::Forbidden`], the one never to print.
    pub target: String,
    /// Further target forms that are accepted (or forbidden) besides `target`.
    pub target_variants: Vec<String>,
    /// What the entry names.
    pub kind: Kind,
    /// Whether letter case decides.
    pub case: CaseRule,
    /// What kind of word it is, where the row says so.
    pub part: Option<PartOfSpeech>,
    /// The first day on which it holds; `None` from ever.
    pub from: Option<Date>,
    /// The last day on which it holds; `None` for ever.
    pub to: Option<Date>,
    /// The desk whose usage it is, where the row names one.
    pub desk: Option<String>,
    /// The remark of whoever wrote the row.
    pub note: Option<String>,
    /// Where the row stands.
    pub origin: Origin,
    /// The layer of the row, counted from the lowest.
    pub layer: usize,
}

impl Entry {
    /// Whether the entry holds on `day`.
    #[must_use]
    pub fn holds_on(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }

    /// Whether it holds on some days only.
    #[must_use]
    pub fn is_dated(&self) -> bool {
        self.from.is_some() || self.to.is_some()
    }

    /// Whether its forms take case endings and possessives.
    #[must_use]
    pub fn takes_endings(&self) -> bool {
        self.part.is_none_or(PartOfSpeech::takes_endings)
    }

    /// The renderings that fulfil (or break) the entry, the main one first.
    pub fn targets(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.target)
            .chain(&self.target_variants)
            .map(String::as_str)
    }

    /// Whether the entry has anything to say of a translation of `source_text`: it
    /// has a form of the source there, or, being [`Kind::Forbidden`], needs none.
    #[must_use]
    pub fn concerns(&self, source_text: &str) -> bool {
        let source = profile(self.pair.source);
        self.source.is_empty()
            || !fulfil::occurrences(source, self, Role::Source, source_text).is_empty()
    }

    /// The source forms, the main one first.
    pub fn sources(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.source)
            .chain(&self.source_variants)
            .map(String::as_str)
    }
}

/// What an entry names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A person.
    Person,
    /// A place.
    Place,
    /// A party, company, ministry, club …
    Organisation,
    /// A news agency, as credited in datelines.
    Agency,
    /// A title or role: Chief Adviser.
    Title,
    /// A word with a preferred rendering; offered to the provider, then verified.
    Term,
    /// Printed in the target as it stands in the source.
    DoNotTranslate,
    /// A rendering that must not appear in the target.
    Forbidden,
}

impl Kind {
    /// Every kind, in the order of the documentation.
    pub const ALL: [Self; 8] = [
        Self::Person,
        Self::Place,
        Self::Organisation,
        Self::Agency,
        Self::Title,
        Self::Term,
        Self::DoNotTranslate,
        Self::Forbidden,
    ];

    /// Whether it is a proper name.
    #[must_use]
    pub fn is_name(self) -> bool {
        matches!(
            self,
            Self::Person | Self::Place | Self::Organisation | Self::Agency
        )
    }

    /// Whether the provider never sees the source form, only the house's rendering
    /// is printed: everything but a term, which is preferred, and a forbidden form.
    #[must_use]
    pub fn is_frozen(self) -> bool {
        !matches!(self, Self::Term | Self::Forbidden)
    }

    /// How the kind is written in a glossary file.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Place => "place",
            Self::Organisation => "organisation",
            Self::Agency => "agency",
            Self::Title => "title",
            Self::Term => "term",
            Self::DoNotTranslate => "do-not-translate",
            Self::Forbidden => "forbidden",
        }
    }

    /// The case rule of a row that states none.
    #[must_use]
    pub fn default_case(self) -> CaseRule {
        match self {
            Self::Title | Self::Term | Self::Forbidden => CaseRule::Any,
            _ => CaseRule::Exact,
        }
    }
}

impl FromStr for Kind {
    type Err = ();

    fn from_str(name: &str) -> Result<Self, ()> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.name() == name)
            .ok_or(())
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Whether letter case decides if a form is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CaseRule {
    /// As written; a name also in a headline set in capitals.
    Exact,
    /// In any case.
    Any,
}

impl CaseRule {
    /// How the rule is written in a glossary file.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Any => "any",
        }
    }
}

/// The row that something comes from.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin {
    /// The file as it was named to the loader.
    pub file: Arc<str>,
    /// The line, counted from 1.
    pub line: usize,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

impl fmt::Debug for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
