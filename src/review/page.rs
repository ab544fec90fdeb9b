//! Everything that the page of one article shows.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::details::{Mark, Note};
use super::diff::Change;
use crate::language::Language;
use crate::verify::Severity;

/// The page of one article.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Page {
    /// The id of the article.
    pub id: String,
    /// Its headline; its id where it has none.
    pub title: String,
    /// The translated headline.
    pub translated_title: Option<String>,
    /// The language that it was in.
    pub source_language: Language,
    /// The language that it was translated into.
    pub target_language: Language,
    /// The day that it is of.
    pub date: Option<String>,
    /// What it comes to.
    pub counts: Counts,
    /// Block by block.
    pub sections: Vec<Section>,
    /// The names that no glossary has.
    pub names: Vec<Name>,
    /// What was found of the article as a whole.
    pub notes: Vec<Note>,
    /// Sentences of the version before that this one has no longer; empty where
    /// no version before is known.
    pub removed: Vec<Removed>,
    /// Where the translation comes from.
    pub provenance: Provenance,
}

/// What an article comes to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Its sentences.
    pub sentences: usize,
    /// Those that an editor has to look at.
    pub review: usize,
    /// Those of draft quality.
    pub draft: usize,
    /// Those that differ from the version before.
    pub changed: usize,
    /// Findings by severity.
    pub findings: BTreeMap<Severity, usize>,
}

/// A block of the article.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Section {
    /// What it is: `headline`, `dateline`, `paragraph` ...
    pub kind: String,
    /// Its sentences, or the block itself where it is a form or was dropped.
    pub rows: Vec<Row>,
}

/// One line of the page: a sentence and its translation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// What names it within its article, in a URL too: from its source alone, so
    /// that it stays when the article is translated again or other sentences change.
    pub id: String,
    /// Its place in the article, counted from 1.
    pub number: usize,
    /// What it is.
    pub kind: RowKind,
    /// The source.
    pub source: String,
    /// The translation; empty where it was dropped.
    pub target: String,
    /// Who translated it.
    pub provider: Option<String>,
    /// Whether it came from the memory.
    pub cached: bool,
    /// Whether it is of draft quality.
    pub draft: bool,
    /// Whether an editor has to look at it.
    pub review: bool,
    /// Names, terms, values and quotations.
    pub marks: Vec<Mark>,
    /// What was found.
    pub notes: Vec<Note>,
    /// Sentences of the memory that are like it, the likest first.
    pub matches: Vec<crate::memory::Match>,
    /// What differs from the version before; `None` where nothing does, or no
    /// version before is known.
    pub change: Option<Change>,
}

/// What a [`Row`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RowKind {
    /// A sentence that a provider translated or left alone.
    Sentence,
    /// A dateline, byline or other form, written by rule.
    Form,
    /// Boilerplate that is not in the translation.
    Dropped,
}

/// A name that no glossary has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Name {
    /// The name in the source, without an ending.
    pub source: String,
    /// `person`, `place` ...
    pub kind: String,
    /// How it is written in the target, without an ending.
    pub rendering: String,
    /// The provider that rendered it, or `rules`.
    pub origin: String,
}

/// A sentence that the version before had.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Removed {
    /// The sentence.
    pub source: String,
    /// Its translation.
    pub target: String,
}

/// Where a translation comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provenance {
    /// The version of anubad.
    pub anubad: String,
    /// Digest of the article's bytes.
    pub input: String,
    /// Each provider, its model and version, as a person reads them.
    pub providers: Vec<String>,
}

impl Page {
    /// Every row in order.
    pub fn rows(&self) -> impl Iterator<Item = &Row> {
        self.sections.iter().flat_map(|section| &section.rows)
    }

    /// The row of that id.
    #[must_use]
    pub fn row(&self, id: &str) -> Option<&Row> {
        self.rows().find(|row| row.id == id)
    }
}

impl Row {
    /// The worst that was found in it.
    #[must_use]
    pub fn worst(&self) -> Option<Severity> {
        self.notes.iter().map(|note| note.severity).max()
    }
}
