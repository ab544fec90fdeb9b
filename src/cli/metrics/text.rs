//! The metrics as text.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::Run;
use crate::batch::State;
use crate::provider::Health;

/// The metrics of a run; none before the first.
pub(super) fn of(run: Option<&Run>) -> String {
    let mut out = String::new();
    for (name, help, rows) in run.map(metrics).unwrap_or_default() {
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

/// Labels, and a number.
type Row = (String, String);

/// Names, what they mean, and rows.
fn metrics(run: &Run) -> Vec<(&'static str, &'static str, Vec<Row>)> {
    let totals = &run.totals;
    let states = State::ALL.map(|state| labelled("state", state.name(), totals.count(state)));
    let by = |label: &str, map: &BTreeMap<String, usize>| -> Vec<_> {
        let rows = map.iter();
        rows.map(|(name, number)| labelled(label, name, *number))
            .collect()
    };
    let plain = |number: String| vec![(String::new(), number)];
    let paused = run.chain.iter().map(|provider| {
        let left = match provider.health() {
            Health::Well => 0,
            // A pause whose end has come lasts until a call has tried.
            Health::Paused { left, .. } => left.as_secs().max(1),
        };
        labelled("provider", &provider.identity().name, left)
    });
    let took = run
        .ended
        .map_or_else(|| run.began.elapsed(), |(took, _)| took);
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
            "provider_paused_seconds",
            "How long a provider that keeps failing is left alone yet; 0 where it is asked.",
            paused.collect(),
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
            plain(u8::from(run.ended.is_none()).to_string()),
        ),
    ];
    if let Some((_, at)) = run.ended {
        let help = "When it ended, in seconds since 1970.";
        metrics.push(("end_time_seconds", help, plain(at.as_secs().to_string())));
    }
    metrics
}

/// A row with a label, its value as the format has it.
fn labelled(label: &str, value: &str, number: impl ToString) -> Row {
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
    use std::time::{Duration, Instant};

    use super::*;
    use crate::batch::{ArticleReport, Totals};

    #[test]
    fn metrics_are_lines_that_end_in_a_number() {
        let mut totals = Totals::default();
        totals.add(&ArticleReport::failed("a", "x".into()));
        let mut article = ArticleReport::skipped("b", None);
        (article.state, article.sentences) = (State::Written, 5);
        article.usage.cost = 0.25;
        article.providers = [("a \"b\"\\\n".to_owned(), 5)].into();
        totals.add(&article);
        let run = Run {
            totals,
            chain: Vec::new(),
            began: Instant::now(),
            ended: Some((
                Duration::from_millis(1500),
                Duration::from_secs(1_700_000_000),
            )),
        };
        let text = of(Some(&run));
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
        assert_eq!(of(None), "# EOF\n");
    }
}
