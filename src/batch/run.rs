//! A run over many articles.

use std::cell::Cell;
use std::pin::pin;
use std::sync::Arc;
use std::time::Instant;

use futures::StreamExt;

use super::decide::Decided;
use super::gone::Gone;
use super::ledger::{self, Decision, Ended, Ledger};
use super::output::write_with;
use super::said::Said;
use super::work::{Worked, trouble, work};
use super::{ArticleReport, Input, InputError, OutputError, OutputFolder, Report, Stop};
use crate::accounts::Accounts;
use crate::article::read::Reading;
use crate::memory::Memory;
use crate::names;
use crate::state::ledger::Entry;
use crate::translate::{Direction, Translator};

/// What a run does.
pub struct Job {
    /// What translates.
    pub translator: Arc<Translator>,
    /// Which way.
    pub direction: Direction,
    /// Where to.
    pub output: Arc<OutputFolder>,
    /// Most bytes of an article.
    pub max_bytes: u64,
    /// How files are read.
    pub reading: Reading,
    /// Articles in progress at a time.
    pub concurrency: usize,
    /// Most articles that are begun.
    pub limit: Option<usize>,
    /// What was done by earlier runs, and what this one does.
    pub ledger: Option<Ledger>,
    /// How names were written before.
    pub names: Option<names::Ledger>,
    /// What the run remembers; it ends early when that can no longer be kept.
    pub memory: Option<Arc<Memory>>,
    /// What the run may spend and has spent; it ends early when that is all.
    pub accounts: Option<Arc<Accounts>>,
    /// Ends the run early.
    pub stop: Stop,
}

/// Is told how a run goes on.
pub trait Progress: Send + Sync {
    /// An article is done, well or not.
    fn article(&self, report: &ArticleReport);
}

/// Translates `inputs` and writes each article as soon as it is done. What the
/// ledger knows to be done is left alone.
///
/// The report lists the articles in the order of `inputs`. It is also written
/// to `report.json` in the output folder. Of two articles that would become one
/// file, the earlier becomes it and the later fails.
///
/// # Errors
/// When the report cannot be written; the articles are written all the same.
pub async fn run(
    job: &Job,
    inputs: Vec<Input>,
    unread: Vec<InputError>,
    progress: &dyn Progress,
) -> (Report, Option<OutputError>) {
    let started = Instant::now();
    if let Some(ledger) = &job.ledger {
        job.output.sweep(ledger.killed());
        if let Err(error) = ledger.swept().await {
            job.stop.halt(error.to_string());
        }
    }
    let mut report = Report::in_folder(job.output.root());
    let (gone, said) = (Gone::default(), Said::default());
    let begun = Cell::new(0);
    let each = |(index, input, decision): (usize, Input, Decision)| {
        let (gone, said) = (&gone, &said);
        let is_left = matches!(decision, Decision::Work { .. }) && {
            begun.set(begun.get() + 1);
            job.limit.is_some_and(|limit| begun.get() > limit)
        };
        async move {
            let article = match decision {
                Decision::Leave(report) => Some(*report),
                Decision::PassOver => None,
                Decision::Work { .. } if is_left => {
                    let cause = "the run was limited to fewer articles (--limit)";
                    Some(ArticleReport::skipped(&input.id, Some(cause)))
                }
                Decision::Work { before } => Some(one(job, input, before, gone, said).await),
            };
            article.map(|article| (index, article))
        }
    };
    let mut decided = Decided::new(job, inputs);
    let last = decided.contested();
    let clear = std::iter::from_fn(|| decided.clear());
    let mut done = pin!(
        futures::stream::iter(clear)
            .map(each)
            .buffer_unordered(job.concurrency.max(1))
            // Which of two articles of one name is done first must not decide.
            .chain(futures::stream::iter(last).then(each))
    );
    while let Some(one) = done.next().await {
        if let Some((index, article)) = one {
            progress.article(&article);
            report.add(index, &article);
        }
    }
    report.inconsistent = said.differing();
    report.unread = unread.iter().map(ToString::to_string).collect();
    report.seconds = started.elapsed().as_secs_f64();
    let path = job.output.root().join("report.json");
    let written = write_with(&path, |out| report.write(out)).map_err(|cause| OutputError::File {
        path: path.display().to_string(),
        cause,
    });
    // Last: what a run leaves that is killed before this, the next one sweeps.
    close(job, &report).await;
    (report, written.err())
}

async fn close(job: &Job, report: &Report) {
    let Some(ledger) = &job.ledger else { return };
    let status = match (job.stop.cause(), job.stop.asked()) {
        (Some(_), _) if job.accounts.as_ref().is_some_and(|a| a.spent().is_some()) => "budget",
        (Some(_), _) => "failed",
        (None, true) => "interrupted",
        (None, false) => "done",
    };
    let tally = ledger::tally(&report.totals);
    if let Err(error) = ledger.close(status, tally).await {
        job.stop.halt(error.to_string());
    }
}

/// Does one article: translated, written, entered in the ledger.
pub(super) async fn one(
    job: &Job,
    input: Input,
    before: Option<Entry>,
    gone: &Gone,
    said: &Said,
) -> ArticleReport {
    if job.stop.asked() {
        return ArticleReport::skipped(&input.id, job.stop.cause());
    }
    let id = input.id.clone();
    tracing::debug!(article = id, "begun");
    let entered = job
        .ledger
        .as_ref()
        .map(|ledger| (ledger, ledger.id(&input)));
    let Worked {
        mut report,
        ended,
        seen,
        translation,
    } = work(job, input).await;
    let Some(ended) = ended else { return report };
    match &ended {
        Ended::Written { .. } => {
            tracing::info!(article = id, sentences = report.sentences, "written");
        }
        Ended::Failed(_) | Ended::Unanswered(_) => tracing::warn!(article = id, "not written"),
    }
    if let Some(translation) = &translation {
        said.by(translation);
    }
    if let Some(cause) = gone.after(&ended) {
        job.stop.halt(cause);
    }
    if let Some(cause) = trouble(job) {
        job.stop.halt(cause);
    }
    if let Some((ledger, id)) = entered {
        let is_over = job.stop.cause().is_some();
        match ledger
            .enter(id, before.as_ref(), seen, ended, &report, is_over)
            .await
        {
            Ok(Some(given_up)) => report = given_up,
            Ok(None) => {}
            Err(error) => job.stop.halt(error.to_string()),
        }
    }
    report
}
