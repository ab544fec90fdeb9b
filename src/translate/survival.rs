//! How holes and quotation marks come back from each provider: what decides which
//! protection it is worth starting with.

use std::collections::BTreeMap;
use std::ops::AddAssign;

use serde::{Deserialize, Serialize};

use super::held_name::Why;
use super::ladder::Climbed;
use crate::assemble::Defect;
use crate::plan::{Grain, Segment};

/// What became of the holes that a provider was sent in whole sentences. What is
/// sent again in parts is not counted again: it tells how the damage was mended.
///
/// Law: `holes = kept + lost + repeated`, and the sum of [`Restored`] is
/// `lost + repeated`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Survival {
    /// Sentences that were answered.
    pub sentences: usize,
    /// Of them, those whose quotation marks came back otherwise than they were sent.
    pub marks_damaged: usize,
    /// Holes that were sent.
    pub holes: usize,
    /// Holes that came back once.
    pub kept: usize,
    /// Holes that did not come back.
    pub lost: usize,
    /// Holes that came back more than once.
    pub repeated: usize,
    /// Holes that nobody had sent.
    pub invented: usize,
    /// Where the lost and the repeated ones were restored.
    pub restored: Restored,
    /// Names among the words that an answer lacked, or a draft misspelled beyond mending, for
    /// which it was asked again.
    #[serde(default)]
    pub names_missed: usize,
    /// Of them, those that the second answer had, held.
    #[serde(default)]
    pub names_held: usize,
}

/// On which rung of the ladder a sentence with damaged holes was done, in holes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Restored {
    /// With its quotations apart.
    pub quotations: usize,
    /// Clause by clause.
    pub clauses: usize,
    /// In the words between the holes.
    pub runs: usize,
    /// By another provider of the chain.
    pub next_provider: usize,
    /// Nowhere: its source, or part of it, was kept.
    pub source: usize,
}

/// The answer of a provider to a whole sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    provider: String,
    survival: Survival,
}

impl Answered {
    /// Counts what is wrong with an answer.
    pub(super) fn new(provider: &str, segment: &Segment, defects: &[Defect]) -> Self {
        let count = |of: fn(&Defect) -> bool| defects.iter().filter(|d| of(d)).count();
        let holes = segment.holes().count();
        let lost = count(|d| matches!(d, Defect::Lost(_)));
        let repeated = count(|d| matches!(d, Defect::Repeated(_)));
        Self {
            provider: provider.to_owned(),
            survival: Survival {
                sentences: 1,
                marks_damaged: usize::from(count(|d| matches!(d, Defect::Quotes { .. })) > 0),
                holes,
                kept: holes.saturating_sub(lost + repeated),
                lost,
                repeated,
                invented: count(|d| matches!(d, Defect::Invented(_))),
                ..Survival::default()
            },
        }
    }
}

/// Adds a sentence to the counts of its providers.
pub(super) fn count(climbed: &Climbed, by_provider: &mut BTreeMap<String, Survival>) {
    for answered in &climbed.answered {
        let mut survival = answered.survival;
        let damaged = survival.lost + survival.repeated;
        let done = climbed.provider.as_ref();
        let rung = &mut survival.restored;
        *(match climbed.grain {
            _ if climbed.untranslated > 0 => &mut rung.source,
            _ if done.is_some_and(|done| done.name != answered.provider) => &mut rung.next_provider,
            Grain::Whole | Grain::Quotes => &mut rung.quotations,
            Grain::Clauses => &mut rung.clauses,
            Grain::Runs => &mut rung.runs,
        }) = damaged;
        *by_provider.entry(answered.provider.clone()).or_default() += survival;
    }
    let missed = climbed.names.iter().filter(|name| name.why != Why::Draft);
    if let (Some(first), true) = (climbed.answered.first(), missed.clone().next().is_some()) {
        let survival = by_provider.entry(first.provider.clone()).or_default();
        survival.names_missed += missed.clone().count();
        survival.names_held += missed.filter(|name| name.is_held).count();
    }
}

impl AddAssign for Survival {
    fn add_assign(&mut self, other: Self) {
        self.sentences += other.sentences;
        self.marks_damaged += other.marks_damaged;
        self.holes += other.holes;
        self.kept += other.kept;
        self.lost += other.lost;
        self.repeated += other.repeated;
        self.invented += other.invented;
        self.restored.quotations += other.restored.quotations;
        self.restored.clauses += other.restored.clauses;
        self.restored.runs += other.restored.runs;
        self.restored.next_provider += other.restored.next_provider;
        self.restored.source += other.restored.source;
        self.names_missed += other.names_missed;
        self.names_held += other.names_held;
    }
}
