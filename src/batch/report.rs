//! What became of every article of a run, for people and for `report.json`.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::entries::Entries;
use super::{OutputError, OutputFolder};
use crate::language::Language;
use crate::provider::Protection;
use crate::state::ledger::{Entry, Standing};
use crate::translate::{Survival, Translation, Usage};
use crate::verify::{Differing, Severity};

/// The report of a run; its serialised form is documented in `docs/json.md`.
#[derive(Debug, Default)]
pub struct Report {
    /// Every article, in the order in which it was found.
    entries: Entries,
    /// What they come to.
    pub totals: Totals,
    /// Places that could not be searched.
    pub unread: Vec<String>,
    /// Sentences that this run rendered in more than one way.
    pub inconsistent: Vec<Differing>,
    /// How values travelled, by provider and direction.
    pub protection: BTreeMap<String, BTreeMap<String, Protection>>,
    /// Wall-clock seconds.
    pub seconds: f64,
}

/// What the articles of a report come to.
#[derive(Debug, Clone, Default)]
pub struct Totals {
    /// Articles by what became of them.
    states: BTreeMap<State, usize>,
    /// What it took.
    pub usage: Usage,
    /// How holes came back, by provider.
    pub survival: BTreeMap<String, Survival>,
    /// Sentences of the stories.
    pub sentences: usize,
    /// Sentences that an editor has to look at.
    pub review: usize,
    /// Sentences of draft quality.
    pub draft: usize,
    /// Findings by check.
    pub findings: BTreeMap<String, usize>,
    /// Blocks beside the stories that were dropped.
    pub dropped_blocks: usize,
    /// Sentences by provider, of what is not as it was.
    pub providers: BTreeMap<String, usize>,
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
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
    /// Every state.
    pub const ALL: [Self; 6] = [
        Self::Written,
        Self::Unchanged,
        Self::Held,
        Self::Failed,
        Self::GivenUp,
        Self::Skipped,
    ];

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

    /// What a row of the job ledger tells of an article.
    #[must_use]
    pub fn of_entry(entry: &Entry) -> Option<Self> {
        let report: Self = serde_json::from_str(&entry.report).ok()?;
        Some(match entry.standing {
            Standing::GivenUp => {
                let cause = entry.cause.as_deref().unwrap_or("it failed");
                Self::given_up(&report.id, entry.attempts, cause)
            }
            Standing::Done | Standing::Held | Standing::Failed => report,
        })
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

impl Totals {
    /// Adds an article.
    pub fn add(&mut self, article: &ArticleReport) {
        *self.states.entry(article.state).or_default() += 1;
        for (provider, survival) in &article.survival {
            *self.survival.entry(provider.clone()).or_default() += *survival;
        }
        self.usage.segments += article.usage.segments;
        self.usage.characters_sent += article.usage.characters_sent;
        self.usage.cost += article.usage.cost;
        self.sentences += article.sentences;
        self.review += article.review;
        self.draft += article.draft;
        self.dropped_blocks += article.dropped_blocks;
        for (check, number) in &article.findings {
            *self.findings.entry(check.clone()).or_default() += number;
        }
        if article.state != State::Unchanged {
            for (provider, number) in &article.providers {
                *self.providers.entry(provider.clone()).or_default() += number;
            }
        }
    }

    /// Articles in a state.
    #[must_use]
    pub fn count(&self, state: State) -> usize {
        self.states.get(&state).copied().unwrap_or_default()
    }

    /// All articles.
    #[must_use]
    pub fn articles(&self) -> usize {
        self.states.values().sum()
    }

    /// Articles that are not in their place and that somebody should know of.
    #[must_use]
    pub fn failures(&self) -> usize {
        let failures = self.states.iter().filter(|(state, _)| state.is_failure());
        failures.map(|(_, number)| number).sum()
    }

    /// Findings that an editor has to look at.
    #[must_use]
    pub fn findings(&self) -> usize {
        self.findings.values().sum()
    }
}

impl Report {
    /// A report of a run that writes to `folder`.
    #[must_use]
    pub fn in_folder(folder: &Path) -> Self {
        Self {
            entries: Entries::in_folder(folder),
            ..Self::default()
        }
    }

    /// Adds the article that was found at `index`.
    pub fn add(&mut self, index: usize, article: &ArticleReport) {
        self.totals.add(article);
        self.entries.add(index, article);
    }

    /// Writes `report.json` into the output folder.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn save(&mut self, output: &OutputFolder) -> Result<(), OutputError> {
        let path = output.root().join("report.json");
        let written = output.store().write_with(&path, &mut |out| self.write(out));
        written.map_err(|cause| OutputError::File {
            path: path.display().to_string(),
            cause,
        })
    }

    /// Shows every article to `each`, in the order in which they were found.
    ///
    /// # Errors
    /// When they cannot be read any more, and those of `each`.
    pub fn each(
        &mut self,
        mut each: impl FnMut(ArticleReport) -> std::io::Result<()>,
    ) -> std::io::Result<()> {
        self.entries
            .each(|json| each(serde_json::from_slice(json)?))
    }

    /// Writes the report as JSON, an article a line.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&mut self, out: &mut dyn Write) -> std::io::Result<()> {
        out.write_all(b"{\"articles\": [")?;
        let mut before = "\n";
        self.entries.each(|json| {
            out.write_all(before.as_bytes())?;
            before = ",\n";
            out.write_all(json)
        })?;
        let rest = serde_json::to_string_pretty(&json!({
            "unread": self.unread,
            "inconsistent": self.inconsistent,
            "usage": self.totals.usage,
            "survival": self.totals.survival,
            "protection": self.protection,
            "seconds": self.seconds,
        }))?;
        let rest = rest.strip_prefix('{').unwrap_or(&rest);
        writeln!(out, "\n],{rest}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_json_whatever_is_in_it() {
        let dir = tempfile::tempdir().unwrap();
        let mut report = Report::in_folder(dir.path());
        for articles in 0..3 {
            let mut text = Vec::new();
            report.write(&mut text).unwrap();
            let value: serde_json::Value = serde_json::from_slice(&text).unwrap();
            assert_eq!(value["articles"].as_array().unwrap().len(), articles);
            assert_eq!(value["usage"]["segments"], 0);
            assert_eq!(report.totals.articles(), articles);
            report.add(articles, &ArticleReport::failed("ক\n\"", "x".to_owned()));
        }
        assert_eq!((report.totals.failures(), report.totals.findings()), (3, 0));
    }
}
