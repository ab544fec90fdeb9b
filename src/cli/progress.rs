//! How a run goes on: a bar on a terminal, a line an article elsewhere.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::{Mutex, PoisonError};

use indicatif::{ProgressBar, ProgressStyle};

use super::print;
use crate::batch::{ArticleReport, Progress, State};

/// What is drawn on the bar's line: rate and what is left are of articles.
const LINE: &str = "{bar:20} {pos}/{len} articles, {per_sec}, {elapsed}, {eta} left  {wide_msg}";

/// A bar on a terminal, a line an article elsewhere, nothing where quiet.
pub(super) struct Bar {
    bar: ProgressBar,
    plain: bool,
    totals: Mutex<Totals>,
}

/// What was done so far.
#[derive(Debug, Default)]
struct Totals {
    failed: usize,
    sentences: usize,
    characters: usize,
    cost: f64,
    providers: BTreeMap<String, usize>,
}

impl Bar {
    pub(super) fn new(articles: usize, quiet: bool) -> Self {
        let bar = if quiet {
            ProgressBar::hidden()
        } else {
            ProgressBar::new(articles as u64)
        };
        if let Ok(style) = ProgressStyle::with_template(LINE) {
            bar.set_style(style);
        }
        let plain = !quiet && bar.is_hidden();
        Self {
            bar,
            plain,
            totals: Mutex::default(),
        }
    }

    pub(super) fn finish(&self) {
        self.bar.finish_and_clear();
    }

    /// Lets `say` write without the bar in its way.
    pub(super) fn aside(&self, say: impl FnOnce()) {
        self.bar.suspend(say);
    }
}

impl Totals {
    fn add(&mut self, article: &ArticleReport) {
        self.failed += usize::from(article.state.is_failure());
        if article.state == State::Unchanged {
            return;
        }
        self.sentences += article.sentences;
        self.characters += article.usage.characters_sent;
        self.cost += article.usage.cost;
        for (provider, sentences) in &article.providers {
            *self.providers.entry(provider.clone()).or_default() += sentences;
        }
    }

    /// `34 sentences, 5120 characters sent; local 30, echo 4; 1 failed`
    fn line(&self) -> String {
        let mut line = format!(
            "{}, {} sent",
            print::count(self.sentences, "sentence"),
            print::count(self.characters, "character")
        );
        if self.cost > 0.0 {
            let _ = write!(line, ", {:.2}", self.cost);
        }
        for (at, (provider, sentences)) in self.providers.iter().enumerate() {
            let separator = if at == 0 { ";" } else { "," };
            let _ = write!(line, "{separator} {provider} {sentences}");
        }
        if self.failed > 0 {
            let _ = write!(line, "; {} failed", self.failed);
        }
        line
    }
}

impl Progress for Bar {
    fn article(&self, report: &ArticleReport) {
        self.bar.inc(1);
        let line = {
            let mut totals = self.totals.lock().unwrap_or_else(PoisonError::into_inner);
            totals.add(report);
            totals.line()
        };
        self.bar.set_message(print::visible(&line).into_owned());
        if self.plain {
            match report.state {
                State::Written => print::say(&format!("written {}", report.id)),
                State::Held => print::say(&format!("held {}", report.id)),
                State::Failed => print::say(&format!("failed {}", report.id)),
                State::GivenUp => print::say(&format!("given up {}", report.id)),
                State::Unchanged | State::Skipped => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_are_told_in_one_line() {
        let mut totals = Totals::default();
        totals.add(&ArticleReport::failed("a", "x".into()));
        assert_eq!(totals.line(), "0 sentences, 0 characters sent; 1 failed");
        let mut article = ArticleReport::skipped("b", None);
        (article.state, article.sentences) = (State::Written, 5);
        (article.usage.characters_sent, article.usage.cost) = (310, 1.5);
        article.providers = [("echo".to_owned(), 1), ("local".to_owned(), 4)].into();
        totals.add(&article);
        assert_eq!(
            totals.line(),
            "5 sentences, 310 characters sent, 1.50; echo 1, local 4; 1 failed"
        );
        article.state = State::Unchanged;
        totals.add(&article);
        assert!(totals.line().starts_with("5 sentences"));
    }
}
