//! What a run comes to, for what watches services: a file in the format of
//! `OpenMetrics`, as the text-file collector of Prometheus' node exporter reads it.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use super::print;
use crate::batch::{State, Totals, write_whole};

/// How long at least from one writing to the next while a run lasts.
const PAUSE: Duration = Duration::from_secs(10);

/// The file, and when it was written last.
pub(super) struct Metrics {
    path: PathBuf,
    began: Instant,
    written: Mutex<Instant>,
}

impl Metrics {
    /// The metrics of a run that begins now.
    pub(super) fn new(path: &Path) -> Self {
        let began = Instant::now();
        Self {
            path: path.to_owned(),
            began,
            written: Mutex::new(began),
        }
    }

    /// Writes what there is so far, where the last time was long ago.
    pub(super) fn now_and_then(&self, totals: &Totals) {
        let mut written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        if written.elapsed() >= PAUSE {
            *written = Instant::now();
            self.write(totals, None);
        }
    }

    /// Writes what a run came to.
    pub(super) fn done(&self, totals: &Totals) {
        let now = SystemTime::now().duration_since(UNIX_EPOCH);
        self.write(totals, Some(now.unwrap_or_default()));
    }

    fn write(&self, totals: &Totals, ended: Option<Duration>) {
        let text = text(totals, self.began.elapsed(), ended);
        if let Err(cause) = write_whole(&self.path, text.as_bytes()) {
            let path = self.path.display();
            print::say(&format!(
                "cannot write {path}: {cause}; name another file with --metrics"
            ));
        }
    }
}

/// The metrics of a run that took so long, and `ended` at a time since 1970 or goes
/// on.
fn text(totals: &Totals, took: Duration, ended: Option<Duration>) -> String {
    let mut out = String::new();
    let states = State::ALL.map(|state| (state.name(), totals.count(state)));
    let states = states.map(|(name, number)| labelled("state", name, number));
    let by = |label: &str, map: &BTreeMap<String, usize>| -> Vec<_> {
        let rows = map.iter();
        rows.map(|(name, number)| labelled(label, name, *number))
            .collect()
    };
    let plain = |number: String| vec![(String::new(), number)];
    let mut metrics = vec![
        (
            "articles",
            "Articles by what became of them.",
            states.into(),
        ),
        (
            "sentences",
            "Sentences by provider.",
            by("provider", &totals.providers),
        ),
        (
            "findings",
            "Warnings and errors by check.",
            by("check", &totals.findings),
        ),
        (
            "review_sentences",
            "Sentences that an editor has to look at.",
            plain(totals.review.to_string()),
        ),
        (
            "characters_sent",
            "Characters that were sent to providers.",
            plain(totals.usage.characters_sent.to_string()),
        ),
        (
            "cost",
            "What it cost, in the currency of the prices.",
            plain(totals.usage.cost.to_string()),
        ),
        (
            "seconds",
            "How long it took, or has taken so far.",
            plain(took.as_secs_f64().to_string()),
        ),
        (
            "in_progress",
            "Whether the run still goes on.",
            plain(u8::from(ended.is_none()).to_string()),
        ),
    ];
    if let Some(ended) = ended {
        let help = "When it ended, in seconds since 1970.";
        metrics.push(("end_time_seconds", help, plain(ended.as_secs().to_string())));
    }
    for (name, help, rows) in metrics {
        let _ = writeln!(
            out,
            "# TYPE anubad_run_{name} gauge\n# HELP anubad_run_{name} {help}"
        );
        for (labels, number) in rows {
            let _ = writeln!(out, "anubad_run_{name}{labels} {number}");
        }
    }
    out.push_str("# EOF\n");
    out
}

/// A row with a label, its value as the format has it.
fn labelled(label: &str, value: &str, number: usize) -> (String, String) {
    let mut escaped = String::new();
    for c in value.chars() {
        match c {
            '\\' | '"' => escaped.extend(['\\', c]),
            '\n' => escaped.push_str("\\n"),
            c => escaped.push(c),
        }
    }
    (format!("{{{label}=\"{escaped}\"}}"), number.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::ArticleReport;

    #[test]
    fn metrics_are_lines_that_end_in_a_number() {
        let mut totals = Totals::default();
        totals.add(&ArticleReport::failed("a", "x".into()));
        let mut article = ArticleReport::skipped("b", None);
        (article.state, article.sentences) = (State::Written, 5);
        article.usage.cost = 0.25;
        article.providers = [("a \"b\"\\\n".to_owned(), 5)].into();
        totals.add(&article);
        let took = Duration::from_millis(1500);
        let text = text(&totals, took, Some(Duration::from_secs(1_700_000_000)));
        for line in [
            "# TYPE anubad_run_articles gauge",
            "anubad_run_articles{state=\"written\"} 1",
            "anubad_run_articles{state=\"failed\"} 1",
            "anubad_run_articles{state=\"given-up\"} 0",
            r#"anubad_run_sentences{provider="a \"b\"\\\n"} 5"#,
            "anubad_run_cost 0.25",
            "anubad_run_seconds 1.5",
            "anubad_run_in_progress 0",
            "anubad_run_end_time_seconds 1700000000",
        ] {
            assert!(text.lines().any(|l| l == line), "no {line} in {text}");
        }
        assert!(text.ends_with("\n# EOF\n"));
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let (_, number) = line.rsplit_once(' ').unwrap();
            assert!(number.parse::<f64>().is_ok(), "{line}");
        }
    }
}
