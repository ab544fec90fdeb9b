//! What a translated article is, as it is written, shown and reported.
//!
//! The serialised form is the contract of `--json` (see `docs/json.md`).

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Marked, Survival};
use crate::article::{BlockKind, Joint, Placed};
use crate::language::Language;
use crate::names::NameOutcome;
use crate::verify::Finding;

/// A translated article.
#[derive(Debug, Clone, Serialize)]
pub struct Translation {
    /// The id of the source article.
    pub id: String,
    /// The language that it was in.
    pub source_language: Language,
    /// The language that it was translated into.
    pub target_language: Language,
    /// The day that the article is of, where it says so.
    #[serde(serialize_with = "day")]
    pub date: Option<Date>,
    /// The translated headline.
    pub title: Option<String>,
    /// The translated article as plain text.
    pub text: String,
    /// Block by block, in the order of the source; dropped ones included.
    pub blocks: Vec<BlockOutcome>,
    /// The names that no glossary has, as they came to be written.
    pub names: Vec<NameOutcome>,
    /// Findings that concern the article and no single segment.
    pub findings: Vec<Finding>,
    /// What it took.
    pub usage: Usage,
    /// How holes came back, by provider; reported of the run.
    #[serde(skip)]
    pub survival: BTreeMap<String, Survival>,
}

/// A block of the source and what became of it.
#[derive(Debug, Clone, Serialize)]
pub struct BlockOutcome {
    /// What it is.
    #[serde(serialize_with = "kind_name")]
    pub kind: BlockKind,
    /// The source in its canonical form; empty for a paragraph that the house's
    /// style adds.
    pub source: String,
    /// The target; `None` where the block was dropped.
    pub target: Option<String>,
    /// Its sentences, where it was translated sentence by sentence.
    pub segments: Vec<SegmentOutcome>,
    /// How it follows the block before it.
    #[serde(skip)]
    pub joint: Joint,
    /// Where the markup of the source stands in the target.
    #[serde(skip)]
    pub placed: Vec<Placed>,
    /// Its place among all blocks of the document; `None` for a paragraph that the
    /// house's style adds.
    #[serde(skip)]
    pub place: Option<usize>,
}

/// A sentence and its translation.
#[derive(Debug, Clone, Serialize)]
pub struct SegmentOutcome {
    /// The sentence.
    pub source: String,
    /// Its translation.
    pub target: String,
    /// Who translated it; `None` where nothing had to be asked.
    pub provider: Option<String>,
    /// Whether the translation came from memory.
    pub cached: bool,
    /// Whether it is of draft quality.
    pub draft: bool,
    /// Whether an editor has to look at it.
    pub review: bool,
    /// Names, terms, values and quotations, in the order of the source.
    pub marks: Vec<Marked>,
    /// What was found.
    pub findings: Vec<Finding>,
}

/// What an article took.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
pub struct Usage {
    /// Sentences that were sent.
    pub segments: usize,
    /// Characters (Unicode scalar values) that were sent, every attempt counted.
    pub characters_sent: usize,
    /// What it cost, in the currency of the prices.
    pub cost: f64,
}

impl Translation {
    /// Every finding, those of segments included.
    pub fn all_findings(&self) -> impl Iterator<Item = &Finding> {
        self.findings
            .iter()
            .chain(self.segments().flat_map(|s| &s.findings))
    }

    /// Every sentence in order.
    pub fn segments(&self) -> impl Iterator<Item = &SegmentOutcome> {
        self.blocks.iter().flat_map(|b| &b.segments)
    }

    /// Whether any sentence is of draft quality.
    #[must_use]
    pub fn is_draft(&self) -> bool {
        self.segments().any(|s| s.draft)
    }
}

#[allow(clippy::ref_option, reason = "serde hands over the field as it is")]
fn day<S: serde::Serializer>(day: &Option<Date>, serializer: S) -> Result<S::Ok, S::Error> {
    day.map(|day| day.to_string()).serialize(serializer)
}

fn kind_name<S: serde::Serializer>(kind: &BlockKind, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(kind.name())
}
