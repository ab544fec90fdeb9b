//! Tables for people.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use super::print::count;
use crate::batch::{ArticleReport, Report, State};

/// What a run did, article by article and in sum.
///
/// Names stand in the last column: how wide a terminal shows Bangla depends on
/// the terminal, and nothing has to be aligned after them.
pub(super) fn summary(report: &Report, folder: &Path) -> String {
    let mut out = String::new();
    if report.articles.iter().any(is_row) {
        out.push_str("\ndirection  sentences  review  draft  findings  article\n");
    }
    let rows: Vec<&ArticleReport> = report.articles.iter().filter(|a| is_row(a)).collect();
    // Of many, those that somebody has to do something about.
    let is_many = rows.len() > ROWS;
    let wanted = |a: &&&ArticleReport| !is_many || a.state.is_failure() || a.review > 0;
    let shown: Vec<&&ArticleReport> = rows.iter().filter(wanted).take(ROWS).collect();
    for article in &shown {
        out.push_str(&row(article));
    }
    if shown.len() < rows.len() {
        let left = rows.len() - shown.len();
        let _ = writeln!(out, "and {}: see report.json", count(left, "other article"));
    }
    let _ = writeln!(out, "\n{}", outcome(report, folder));
    let sum = |f: fn(&ArticleReport) -> usize| report.articles.iter().map(f).sum::<usize>();
    let dropped = sum(|a| a.dropped_blocks);
    if dropped > 0 {
        let verb = if dropped == 1 { "was" } else { "were" };
        let _ = writeln!(
            out,
            "{} beside the stories (navigation, links, copyright) {verb} dropped",
            count(dropped, "block")
        );
    }
    let mut checks: BTreeMap<&str, usize> = BTreeMap::new();
    for (check, number) in report.articles.iter().flat_map(|a| &a.findings) {
        *checks.entry(check).or_default() += number;
    }
    if !checks.is_empty() {
        let list: Vec<String> = checks.iter().map(|(c, n)| format!("{c} {n}")).collect();
        let _ = writeln!(out, "findings: {}", list.join(", "));
    }
    let (sentences, review) = (sum(|a| a.sentences), sum(|a| a.review));
    if review > 0 {
        let verb = if review == 1 { "needs" } else { "need" };
        let _ = writeln!(
            out,
            "{review} of {} {verb} an editor's eye: see the .json file beside each article",
            count(sentences, "sentence")
        );
    }
    let mut providers: BTreeMap<&str, usize> = BTreeMap::new();
    for (provider, number) in report
        .articles
        .iter()
        .filter(|a| is_row(a))
        .flat_map(|a| &a.providers)
    {
        *providers.entry(provider).or_default() += number;
    }
    if providers.len() > 1 {
        let list: Vec<String> = providers.iter().map(|(p, n)| format!("{p} {n}")).collect();
        let _ = writeln!(out, "sentences by provider: {}", list.join(", "));
    }
    let draft = sum(|a| a.draft);
    if draft > 0 {
        let verb = if draft == 1 { "comes" } else { "come" };
        let _ = writeln!(
            out,
            "DRAFT: {} {verb} from a provider of draft quality and must not be published unread",
            count(draft, "sentence")
        );
    }
    out
}

/// Most rows of the table.
const ROWS: usize = 100;

/// Whether an article is news: what is as it was stands in the report alone.
fn is_row(article: &ArticleReport) -> bool {
    article.state != State::Unchanged
}

/// What became of the articles, in one line.
fn outcome(report: &Report, folder: &Path) -> String {
    let mut line = format!(
        "{} written to {}, {} failed",
        count(report.count(State::Written), "article"),
        folder.display(),
        report.count(State::Failed)
    );
    for (state, words) in [
        (State::Held, "held"),
        (State::Unchanged, "unchanged"),
        (State::GivenUp, "given up"),
        (State::Skipped, "not begun"),
    ] {
        let number = report.count(state);
        if number > 0 {
            let _ = write!(line, ", {number} {words}");
        }
    }
    let _ = write!(
        line,
        ", in {:.1} s; {} sent",
        report.seconds,
        count(report.usage.characters_sent, "character")
    );
    line
}

fn row(article: &ArticleReport) -> String {
    let state = match article.state {
        State::Held => "held",
        State::Failed => "failed",
        State::GivenUp => "given up",
        State::Skipped => "not begun",
        State::Unchanged => "unchanged",
        State::Written => {
            let direction = match (article.source_language, article.target_language) {
                (Some(source), Some(target)) => format!("{source}-{target}"),
                _ => String::new(),
            };
            return format!(
                "{direction:9}  {:9}  {:6}  {:5}  {:8}  {}\n",
                article.sentences,
                article.review,
                article.draft,
                article.findings.values().sum::<usize>(),
                article.id
            );
        }
    };
    format!("{state:45}  {}\n", article.id)
}
