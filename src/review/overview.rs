//! What the first page shows: the articles of a run, the worst first.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::folder::Folder;
use super::page::{Counts, Page};
use crate::batch::{ArticleReport, State};
use crate::language::Language;
use crate::verify::{Differing, Severity};

/// The articles of a run.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Overview {
    /// What the run is called: its output folder.
    pub title: String,
    /// The worst first; equals in the order of the run.
    pub articles: Vec<Listed>,
    /// Inputs that could not be searched.
    pub unread: Vec<String>,
    /// Sentences that were rendered in more than one way.
    pub inconsistent: Vec<Differing>,
    /// How long the run took, in seconds.
    pub seconds: f64,
}

/// An article in the list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Listed {
    /// Its id.
    pub id: String,
    /// What became of it.
    pub state: State,
    /// Why it was not written, or what is wrong with what was.
    pub cause: Option<String>,
    /// Its headline; its id where it has none.
    pub title: String,
    /// The translated headline.
    pub translated_title: Option<String>,
    /// The language that it was in.
    pub source_language: Option<Language>,
    /// The language that it was translated into.
    pub target_language: Option<Language>,
    /// The day that it is of.
    pub date: Option<String>,
    /// What it comes to.
    pub counts: Counts,
    /// Warnings and errors by check.
    pub checks: BTreeMap<String, usize>,
    /// Where its page is, as a URL below that of the list; `None` where it has none.
    pub page: Option<String>,
}

impl Listed {
    /// An article without a page: nothing was written, or `wrong` is the matter with it.
    #[must_use]
    pub fn unread(article: &ArticleReport, wrong: Option<String>) -> Self {
        Self {
            id: article.id.clone(),
            state: article.state,
            cause: wrong.or_else(|| article.cause.clone()),
            title: article.id.clone(),
            translated_title: None,
            source_language: article.source_language,
            target_language: article.target_language,
            date: None,
            counts: Counts::default(),
            checks: article.findings.clone(),
            page: None,
        }
    }

    /// An article whose page is at `url`.
    #[must_use]
    pub fn read(article: &ArticleReport, page: &Page, url: String) -> Self {
        Self {
            title: page.title.clone(),
            translated_title: page.translated_title.clone(),
            source_language: Some(page.source_language),
            target_language: Some(page.target_language),
            date: page.date.clone(),
            counts: page.counts.clone(),
            page: Some(url),
            ..Self::unread(article, None)
        }
    }

    /// How much an editor is needed: articles that are not there before all others,
    /// then by errors, warnings and sentences to look at.
    fn need(&self) -> (bool, [usize; 4]) {
        let count = |severity| {
            self.counts
                .findings
                .get(&severity)
                .copied()
                .unwrap_or_default()
        };
        (
            self.state.is_failure() || self.cause.is_some(),
            [
                count(Severity::Error),
                count(Severity::Warning),
                self.counts.review,
                count(Severity::Note),
            ],
        )
    }
}

impl Overview {
    /// The run in `folder` with its `articles`.
    #[must_use]
    pub fn of(folder: &Folder, mut articles: Vec<Listed>) -> Self {
        articles.sort_by_key(|article| std::cmp::Reverse(article.need()));
        Self {
            title: folder.root().display().to_string(),
            articles,
            unread: folder.unread().to_vec(),
            inconsistent: folder.inconsistent().to_vec(),
            seconds: folder.seconds(),
        }
    }
}
