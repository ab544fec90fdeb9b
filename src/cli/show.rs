//! Tables for people.

use std::fmt::Write;
use std::path::Path;

use super::print::count;
use crate::batch::{ArticleReport, Report, State};

/// What a run did, article by article and in sum.
///
/// Names stand in the last column: how wide a terminal shows Bangla depends on
/// the terminal, and nothing has to be aligned after them.
///
/// # Errors
/// When the articles of the report cannot be read any more.
pub(super) fn summary(report: &mut Report, folder: &Path) -> std::io::Result<String> {
    let mut out = String::new();
    let rows = report.totals.articles() - report.totals.count(State::Unchanged);
    if rows > 0 {
        out.push_str("\ndirection  sentences  review  draft  findings  article\n");
        // Of many, those that somebody has to do something about.
        let is_many = rows > ROWS;
        let mut shown = 0;
        report.each(|article| {
            let is_wanted = !is_many || article.state.is_failure() || article.review > 0;
            if article.state != State::Unchanged && is_wanted && shown < ROWS {
                out.push_str(&row(&article));
                shown += 1;
            }
            Ok(())
        })?;
        if shown < rows {
            let left = count(rows - shown, "other article");
            let _ = writeln!(out, "and {left}: see report.json");
        }
    }
    let _ = writeln!(out, "\n{}", outcome(report, folder));
    let totals = &report.totals;
    if totals.dropped_blocks > 0 {
        let verb = if totals.dropped_blocks == 1 {
            "was"
        } else {
            "were"
        };
        let _ = writeln!(
            out,
            "{} beside the stories (navigation, links, copyright) {verb} dropped",
            count(totals.dropped_blocks, "block")
        );
    }
    if !totals.findings.is_empty() {
        let findings = totals.findings.iter();
        let list: Vec<String> = findings.map(|(c, n)| format!("{c} {n}")).collect();
        let _ = writeln!(out, "findings: {}", list.join(", "));
    }
    if totals.review > 0 {
        let verb = if totals.review == 1 { "needs" } else { "need" };
        let _ = writeln!(
            out,
            "{} of {} {verb} an editor's eye: see the .json file beside each article",
            totals.review,
            count(totals.sentences, "sentence")
        );
    }
    if totals.providers.len() > 1 {
        let providers = totals.providers.iter();
        let list: Vec<String> = providers.map(|(p, n)| format!("{p} {n}")).collect();
        let _ = writeln!(out, "sentences by provider: {}", list.join(", "));
    }
    if totals.draft > 0 {
        let verb = if totals.draft == 1 { "comes" } else { "come" };
        let _ = writeln!(
            out,
            "DRAFT: {} {verb} from a provider of draft quality and must not be published unread",
            count(totals.draft, "sentence")
        );
    }
    Ok(out)
}

/// Most rows of the table.
const ROWS: usize = 100;

/// What became of the articles, in one line.
fn outcome(report: &Report, folder: &Path) -> String {
    let mut line = format!(
        "{} written to {}, {} failed",
        count(report.totals.count(State::Written), "article"),
        folder.display(),
        report.totals.count(State::Failed)
    );
    for (state, words) in [
        (State::Held, "held"),
        (State::Unchanged, "unchanged"),
        (State::GivenUp, "given up"),
        (State::Skipped, "not begun"),
    ] {
        let number = report.totals.count(state);
        if number > 0 {
            let _ = write!(line, ", {number} {words}");
        }
    }
    let _ = write!(
        line,
        ", in {:.1} s; {} sent",
        report.seconds,
        count(report.totals.usage.characters_sent, "character")
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
