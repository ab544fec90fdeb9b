//! What became of every article of a run, for people and for `report.json`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::language::Language;
use crate::translate::{Survival, Translation, Usage};
use crate::verify::{Differing, Severity};

/// The report of a run; its serialised form is documented in `docs/json.md`.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Report {
    /// Every article, in the order in which it was found.
    pub articles: Vec<ArticleReport>,
    /// Places that could not be searched.
    pub unread: Vec<String>,
    /// Sentences that this run rendered in more than one way.
    pub inconsistent: Vec<Differing>,
    /// The sum over all articles.
    pub usage: Usage,
    /// How holes came back, by provider.
    pub survival: BTreeMap<String, Survival>,
    /// Wall-clock seconds.
    pub seconds: f64,
}

/// What became of one article.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ArticleReport {
    /// Its id.
    pub id: String,
    /// Whether it was written.
    pub state: State,
    /// Why not, where it was not.
    pub cause: Option<String>,
    /// The file that was written.
    pub output: Option<String>,
    /// The language that it was in.
    pub source_language: Option<Language>,
    /// The language that it was translated into.
    pub target_language: Option<Language>,
    /// Sentences of the story.
    pub sentences: usize,
    /// Sentences that an editor has to look at.
    pub review: usize,
    /// Sentences of draft quality.
    pub draft: usize,
    /// Findings by check.
    pub findings: BTreeMap<String, usize>,
    /// Blocks beside the story that were dropped.
    pub dropped_blocks: usize,
    /// Sentences by provider.
    pub providers: BTreeMap<String, usize>,
    /// What it took.
    pub usage: Usage,
    /// How holes came back in this run, by provider.
    #[serde(skip)]
    pub survival: BTreeMap<String, Survival>,
}

/// Whether an article was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// It was.
    Written,
    /// An earlier run wrote it, and neither it nor the settings have changed.
    Unchanged,
    /// It was, but kept apart, since a sentence could not be translated.
    Held,
    /// It was not, and the report says why.
    Failed,
    /// It failed too often and is tried no more until it or the settings change.
    GivenUp,
    /// The run ended before the article was begun.
    Skipped,
}

impl State {
    /// The word for it in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Written => "written",
            Self::Unchanged => "unchanged",
            Self::Held => "held",
            Self::Failed => "failed",
            Self::GivenUp => "given-up",
            Self::Skipped => "skipped",
        }
    }
}

impl State {
    /// Whether there is no translation in its place, and a person should know.
    #[must_use]
    pub fn is_failure(self) -> bool {
        matches!(self, Self::Held | Self::Failed | Self::GivenUp)
    }
}

impl ArticleReport {
    /// An article that failed.
    #[must_use]
    pub fn failed(id: &str, cause: String) -> Self {
        Self::unwritten(id, State::Failed, cause)
    }

    /// An article that was given up after so many attempts.
    #[must_use]
    pub fn given_up(id: &str, attempts: u32, cause: &str) -> Self {
        let cause = format!(
            "{cause} (given up after {attempts} attempts; correct the article, or run with --retry-failed)"
        );
        Self::unwritten(id, State::GivenUp, cause)
    }

    /// An article that was not begun, since the run was interrupted or for a
    /// `cause` of its own.
    #[must_use]
    pub fn skipped(id: &str, cause: Option<&str>) -> Self {
        let cause = format!("not begun: {}", cause.unwrap_or("the run was interrupted"));
        Self::unwritten(id, State::Skipped, cause)
    }

    /// An article that was in progress when the run was interrupted, and took too
    /// long to end.
    #[must_use]
    pub fn unfinished(id: &str) -> Self {
        let cause = "not finished: the run was interrupted, and the article took longer than `drain` in \
                     [pipeline] allows";
        Self::unwritten(id, State::Skipped, cause.to_owned())
    }

    fn unwritten(id: &str, state: State, cause: String) -> Self {
        Self {
            id: id.to_owned(),
            state,
            cause: Some(cause),
            output: None,
            source_language: None,
            target_language: None,
            sentences: 0,
            review: 0,
            draft: 0,
            findings: BTreeMap::new(),
            dropped_blocks: 0,
            providers: BTreeMap::new(),
            usage: Usage::default(),
            survival: BTreeMap::new(),
        }
    }

    /// An article that was written to `output`.
    #[must_use]
    pub fn written(translation: &Translation, output: Option<String>) -> Self {
        let mut findings = BTreeMap::new();
        for finding in translation.all_findings() {
            if finding.severity > Severity::Note {
                *findings.entry(finding.check.to_owned()).or_default() += 1;
            }
        }
        let mut providers = BTreeMap::new();
        for provider in translation.segments().filter_map(|s| s.provider.clone()) {
            *providers.entry(provider).or_default() += 1;
        }
        Self {
            id: translation.id.clone(),
            state: State::Written,
            cause: None,
            output,
            source_language: Some(translation.source_language),
            target_language: Some(translation.target_language),
            sentences: translation.segments().count(),
            review: translation.segments().filter(|s| s.review).count(),
            draft: translation.segments().filter(|s| s.draft).count(),
            findings,
            dropped_blocks: translation
                .blocks
                .iter()
                .filter(|b| b.target.is_none())
                .count(),
            providers,
            usage: translation.usage,
            survival: translation.survival.clone(),
        }
    }
}

impl Report {
    /// Adds an article.
    pub fn add(&mut self, article: ArticleReport) {
        for (provider, survival) in &article.survival {
            *self.survival.entry(provider.clone()).or_default() += *survival;
        }
        self.usage.segments += article.usage.segments;
        self.usage.characters_sent += article.usage.characters_sent;
        self.usage.cost += article.usage.cost;
        self.articles.push(article);
    }

    /// Articles in a state.
    #[must_use]
    pub fn count(&self, state: State) -> usize {
        self.articles.iter().filter(|a| a.state == state).count()
    }

    /// Findings that an editor has to look at.
    #[must_use]
    pub fn findings(&self) -> usize {
        self.articles.iter().flat_map(|a| a.findings.values()).sum()
    }
}
