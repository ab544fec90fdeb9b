//! What a run left of one article: the file beside its translation, as
//! `docs/json.md` describes it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::language::Language;
use crate::verify::Severity;

/// A translated article, read from the file beside its translation.
///
/// Keys that older versions did not write may be missing; keys that newer ones
/// add are passed over.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Details {
    /// The id of the article.
    pub id: String,
    /// The language that it was in.
    pub source_language: Language,
    /// The language that it was translated into.
    pub target_language: Language,
    /// The day that the article is of, such as `2026-01-14`.
    #[serde(default)]
    pub date: Option<String>,
    /// The translated headline.
    #[serde(default)]
    pub title: Option<String>,
    /// The whole translation as plain text.
    pub text: String,
    /// Block by block, in the order of the source.
    pub blocks: Vec<Block>,
    /// The names that no glossary has.
    #[serde(default)]
    pub names: Vec<super::Name>,
    /// Findings that concern no single sentence.
    #[serde(default)]
    pub findings: Vec<Note>,
    /// Where it comes from.
    #[serde(default)]
    pub provenance: Origin,
}

/// A block of the source and what became of it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Block {
    /// What it is: `headline`, `paragraph` ...
    pub kind: String,
    /// The block in canonical form.
    pub source: String,
    /// Its translation; `None` where it was dropped.
    pub target: Option<String>,
    /// Its sentences; none where it is a form.
    #[serde(default)]
    pub segments: Vec<Sentence>,
}

/// A sentence and its translation.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Sentence {
    /// The sentence in canonical form.
    pub source: String,
    /// Its translation.
    pub target: String,
    /// Who translated it.
    #[serde(default)]
    pub provider: Option<String>,
    /// Whether it came from the memory.
    #[serde(default)]
    pub cached: bool,
    /// Whether it is of draft quality.
    #[serde(default)]
    pub draft: bool,
    /// Whether an editor has to look at it.
    #[serde(default)]
    pub review: bool,
    /// Names, terms, values and quotations, where each stands.
    #[serde(default)]
    pub marks: Vec<Mark>,
    /// What was found.
    #[serde(default)]
    pub findings: Vec<Note>,
}

/// What a [`Mark`] marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sort {
    /// A person, place, organisation or agency.
    Name,
    /// A term of the glossary.
    Term,
    /// A number.
    Number,
    /// A date or a time of day.
    Date,
    /// An address, or characters that are copied.
    Address,
    /// A quotation, its marks included.
    Quote,
}

impl Sort {
    /// Every sort.
    pub const ALL: [Self; 6] = [
        Self::Name,
        Self::Term,
        Self::Number,
        Self::Date,
        Self::Address,
        Self::Quote,
    ];

    /// The word for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Term => "term",
            Self::Number => "number",
            Self::Date => "date",
            Self::Address => "address",
            Self::Quote => "quote",
        }
    }
}

/// Something of a sentence and where it stands on both sides.
///
/// Spans are bytes of the sentence and its translation, end exclusive; one that
/// does not fit its text is not shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// What it marks.
    pub sort: Sort,
    /// More closely: `person`, `place`, `number` ...
    pub kind: String,
    /// As the source has it, without an ending; empty for a quotation.
    pub source: String,
    /// As the target shall have it, without an ending; `None` where nobody says so.
    pub target: Option<String>,
    /// Where in the source.
    pub source_spans: Vec<[usize; 2]>,
    /// Where in the target; empty where it was not found.
    pub target_spans: Vec<[usize; 2]>,
}

/// Something that an editor should look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// The check that found it.
    pub check: String,
    /// How bad it is.
    pub severity: Severity,
    /// What it is.
    pub message: String,
    /// Where in the source, in bytes.
    #[serde(default)]
    pub source_span: Option<[usize; 2]>,
    /// Where in the target, in bytes.
    #[serde(default)]
    pub target_span: Option<[usize; 2]>,
}

/// The provenance that a run writes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct Origin {
    /// The version of anubad.
    #[serde(default)]
    pub anubad: String,
    /// Digest of the article's bytes.
    #[serde(default)]
    pub input: String,
    /// Model and version of each provider, by its name.
    #[serde(default)]
    pub providers: BTreeMap<String, Engine>,
}

/// A provider's model.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct Engine {
    /// Its model.
    pub model: String,
    /// The version of that.
    pub version: String,
}

impl Details {
    /// Reads the file beside a translation.
    ///
    /// # Errors
    /// When it is no JSON of that form; the message has the line.
    pub fn parse(bytes: &[u8]) -> serde_json::Result<Self> {
        serde_json::from_slice(bytes)
    }

    /// Every sentence in order.
    pub fn sentences(&self) -> impl Iterator<Item = &Sentence> {
        self.blocks.iter().flat_map(|block| &block.segments)
    }
}
