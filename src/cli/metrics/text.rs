//! The metrics as text, in the format of `OpenMetrics`.

use std::fmt::Write;

use super::Run;
use super::gauges;

/// The metrics of a run; none before the first.
pub(super) fn of(run: Option<&Run>) -> String {
    let mut out = String::new();
    for gauge in run.map(gauges::of).unwrap_or_default() {
        let name = gauge.name;
        let _ = writeln!(
            out,
            "# TYPE anubad_run_{name} gauge\n# HELP anubad_run_{name} {}",
            gauge.help
        );
        for row in gauge.rows {
            let label = row.label.map_or(String::new(), |(label, value)| {
                format!("{{{label}=\"{}\"}}", escaped(&value))
            });
            let _ = writeln!(out, "anubad_run_{name}{label} {}", row.number);
        }
    }
    out.push_str("# EOF\n");
    out
}

/// The value of a label as the format has it.
fn escaped(value: &str) -> String {
    let mut escaped = String::new();
    for c in value.chars() {
        match c {
            '\\' | '"' => escaped.extend(['\\', c]),
            '\n' => escaped.push_str("\\n"),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;
    use crate::batch::{ArticleReport, State, Totals};

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
