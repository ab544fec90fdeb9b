//! How a run goes on: a bar on a terminal, a line an article elsewhere.

use std::fmt::Write;
use std::sync::Arc;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressState, ProgressStyle};

use super::metrics::{Board, MetricsFile};
use super::print;
use crate::batch::{ArticleReport, Progress, State, Totals};
use crate::provider::{Health, Provider};

/// What is drawn on the bar's line: rate and what is left are of articles.
const LINE: &str =
    "{bar:20} {pos}/{len} articles, {per_sec}, {elapsed}, {eta} left  {wide_msg}{paused}";

/// How often the line is drawn where nothing ends meanwhile.
const TICK: Duration = Duration::from_millis(500);

/// A bar on a terminal, a line an article elsewhere, nothing where quiet.
pub(super) struct Bar {
    bar: ProgressBar,
    plain: bool,
    board: Arc<Board>,
    file: Option<MetricsFile>,
}

impl Bar {
    /// `chain` is who translates; how they fare is shown. What the run comes to is told
    /// to `board` and, now and then, to `file`.
    pub(super) fn new(
        articles: usize,
        quiet: bool,
        chain: Vec<Arc<dyn Provider>>,
        board: Arc<Board>,
        file: Option<MetricsFile>,
    ) -> Self {
        board.begin(chain.clone());
        let bar = if quiet {
            ProgressBar::hidden()
        } else {
            ProgressBar::new(articles as u64)
        };
        if let Ok(style) = ProgressStyle::with_template(LINE) {
            let told = move |_: &ProgressState, line: &mut dyn Write| {
                let _ = line.write_str(&print::visible(&paused(&chain)));
            };
            bar.set_style(style.with_key("paused", told));
        }
        if !bar.is_hidden() {
            bar.enable_steady_tick(TICK);
        }
        let plain = !quiet && bar.is_hidden();
        Self {
            bar,
            plain,
            board,
            file,
        }
    }

    /// The run is over, in whichever way.
    pub(super) fn finish(&self) {
        self.bar.finish_and_clear();
        self.board.end();
        if let Some(file) = &self.file {
            file.write(&self.board);
        }
    }

    /// Lets `say` write without the bar in its way.
    pub(super) fn aside(&self, say: impl FnOnce()) {
        self.bar.suspend(say);
    }
}

/// `  deepl paused for 28 s (rate_limited)`
fn paused(chain: &[Arc<dyn Provider>]) -> String {
    chain.iter().fold(String::new(), |mut line, provider| {
        if let Health::Paused { left, kind } = provider.health() {
            let (name, seconds) = (&provider.identity().name, left.as_secs());
            let _ = write!(line, "  {name} paused for {seconds} s ({kind})");
        }
        line
    })
}

/// `34 sentences, 5120 characters sent; local 30, echo 4; 1 failed`
fn line(totals: &Totals) -> String {
    let mut line = format!(
        "{}, {} sent",
        print::count(totals.sentences, "sentence"),
        print::count(totals.usage.characters_sent, "character")
    );
    if totals.usage.cost > 0.0 {
        let _ = write!(line, ", {:.2}", totals.usage.cost);
    }
    for (at, (provider, sentences)) in totals.providers.iter().enumerate() {
        let separator = if at == 0 { ";" } else { "," };
        let _ = write!(line, "{separator} {provider} {sentences}");
    }
    if totals.failures() > 0 {
        let _ = write!(line, "; {} failed", totals.failures());
    }
    line
}

impl Progress for Bar {
    fn article(&self, report: &ArticleReport) {
        self.bar.inc(1);
        // Of many articles that are left alone nobody has to be told each.
        let told = (!self.bar.is_hidden()).then_some(line);
        if let Some(line) = self
            .board
            .add(report, |totals| told.map(|line| line(totals)))
        {
            self.bar.set_message(print::visible(&line).into_owned());
        }
        if let Some(file) = &self.file {
            file.now_and_then(&self.board);
        }
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
    use crate::provider::{Batch, Capability, Drafts, Error, ErrorKind, Identity, Protection};

    #[test]
    fn totals_are_told_in_one_line() {
        let mut totals = Totals::default();
        totals.add(&ArticleReport::failed("a", "x".into()));
        assert_eq!(line(&totals), "0 sentences, 0 characters sent; 1 failed");
        let mut article = ArticleReport::skipped("b", None);
        (article.state, article.sentences) = (State::Written, 5);
        (article.usage.characters_sent, article.usage.cost) = (310, 1.5);
        article.providers = [("echo".to_owned(), 1), ("local".to_owned(), 4)].into();
        totals.add(&article);
        assert_eq!(
            line(&totals),
            "5 sentences, 310 characters sent, 1.50; echo 1, local 4; 1 failed"
        );
    }

    /// Is paused, or is not; is asked for nothing.
    struct Faring(Identity, Capability, Health);

    impl Faring {
        fn named(name: &str, health: Health) -> Arc<dyn Provider> {
            let identity = Identity {
                name: name.to_owned(),
                model: String::new(),
                version: String::new(),
            };
            let capability = Capability {
                pairs: Vec::new(),
                max_segments: 1,
                max_characters: 1,
                max_holes: 1,
                protection: Protection::Typed,
                draft: false,
            };
            Arc::new(Self(identity, capability, health))
        }
    }

    #[async_trait::async_trait]
    impl Provider for Faring {
        fn identity(&self) -> &Identity {
            &self.0
        }

        fn capability(&self) -> &Capability {
            &self.1
        }

        fn health(&self) -> Health {
            self.2
        }

        async fn translate(&self, _: &Batch) -> Result<Drafts, Error> {
            Ok(Vec::new().into())
        }
    }

    #[test]
    fn a_provider_that_is_paused_is_named() {
        let left = Duration::from_millis(28_900);
        let kind = ErrorKind::RateLimited;
        let down = Faring::named("deepl", Health::Paused { left, kind });
        let chain = [down, Faring::named("local", Health::Well)];
        assert_eq!(paused(&chain), "  deepl paused for 28 s (rate_limited)");
        assert_eq!(paused(&chain[1..]), "");
    }
}
