//! What an editor's eye is needed for: checks over a sentence and its translation.
//!
//! One file a check. A check compares what the target *says* with what the
//! source says; it knows nothing of how the target came about.

mod addresses;
mod brackets;
mod consistency;
pub mod fit;
mod forbidden;
pub(crate) mod leaks;
mod length;
pub(crate) mod markup;
pub mod names;
mod numbers;
mod quotes;
pub(crate) mod repetition;
mod script;
pub mod speakers;
mod terms;
mod tongue;
pub(crate) mod truncated;
mod untranslated;
mod values;

pub use consistency::{Differing, Renderings};
use serde::{Deserialize, Serialize, Serializer};

use crate::glossary::Glossary;
use crate::language::{Pair, Profile, profile};
use crate::plan::Segment;
use crate::text::{Source, Span, Target};

/// Something that an editor should look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The check that found it, such as `numbers`.
    pub check: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What it is, for an editor.
    pub message: String,
    /// Where in the source sentence, in bytes.
    #[serde(serialize_with = "range")]
    pub source_span: Option<Span<Source>>,
    /// Where in the target sentence, in bytes.
    #[serde(serialize_with = "range")]
    pub target_span: Option<Span<Target>>,
}

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Probably wrong.
    Warning,
    /// Not to be published like this.
    Error,
}

impl Finding {
    /// A finding about the sentence as a whole.
    #[must_use]
    pub fn new(check: &'static str, severity: Severity, message: impl Into<String>) -> Self {
        Self {
            check,
            severity,
            message: message.into(),
            source_span: None,
            target_span: None,
        }
    }

    /// The same, at a place of the source.
    #[must_use]
    pub fn at_source(mut self, span: Span<Source>) -> Self {
        self.source_span = Some(span);
        self
    }

    /// The same, at a place of the target.
    #[must_use]
    pub fn at_target(mut self, span: Span<Target>) -> Self {
        self.target_span = Some(span);
        self
    }
}

/// A sentence and its translation, as the checks see them.
pub struct Exchange<'a> {
    /// The direction.
    pub pair: Pair,
    /// The source sentence in canonical form.
    pub source: &'a str,
    /// The target sentence.
    pub target: &'a str,
    /// The plan that it was translated by.
    pub segment: &'a Segment,
    /// The glossary.
    pub glossary: &'a Glossary,
}

impl Exchange<'_> {
    fn source_language(&self) -> &'static dyn Profile {
        profile(self.pair.source)
    }

    fn target_language(&self) -> &'static dyn Profile {
        profile(self.pair.target)
    }
}

/// A check: what it finds, nothing where all is well.
type Check = fn(&Exchange<'_>) -> Vec<Finding>;

const CHECKS: [Check; 15] = [
    numbers::check,
    values::check,
    quotes::check,
    brackets::check,
    addresses::check,
    terms::check,
    forbidden::check,
    untranslated::check,
    script::check,
    tongue::check,
    markup::check,
    leaks::check,
    length::check,
    truncated::check,
    repetition::check,
];

/// Runs every check.
#[must_use]
pub fn verify(exchange: &Exchange<'_>) -> Vec<Finding> {
    CHECKS.iter().flat_map(|check| check(exchange)).collect()
}

#[expect(clippy::ref_option, reason = "serde calls it so")]
fn range<S: Serializer, T>(span: &Option<Span<T>>, serializer: S) -> Result<S::Ok, S::Error> {
    span.map(|s| [s.start(), s.end()]).serialize(serializer)
}
