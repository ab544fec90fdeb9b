//! A run over many articles.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::pin::pin;
use std::sync::Arc;
use std::time::Instant;

use futures::StreamExt;

use super::decide::Decided;
use super::gone::Gone;
use super::ledger::{self, Decision, Ended, Ledger};
use super::said::Said;
use super::survived::Survived;
use super::work::{Worked, trouble, work};
use super::{ArticleReport, Input, InputError, OutputError, OutputFolder, Report, Stop};
use crate::accounts::Accounts;
use crate::article::read::Reading;
use crate::language::Pair;
use crate::memory::Memory;
use crate::names;
use crate::provider::{Protection, Provider};
use crate::state::ledger::Entry;
use crate::translate::{Direction, Translator};

/// What a run does. Clones are the same run.
#[derive(Clone)]
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
    report.protection = protection(&job.translator);
    let mut survived = Survived::default();
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
                Decision::Work { before } => one(job, input, before, gone, Some(said)).await,
            };
            article.map(|article| (index, article))
        }
    };
    let mut decided = Decided::new(job, inputs).await;
    let last = decided.contested();
    let clear = futures::stream::unfold(decided, async |mut decided| {
        let next = decided.clear().await?;
        Some((next, decided))
    });
    let mut done = pin!(
        clear
            .map(each)
            .buffer_unordered(job.concurrency.max(1))
            // Which of two articles of one name is done first must not decide.
            .chain(futures::stream::iter(last).then(each))
    );
    while let Some(one) = done.next().await {
        if let Some((index, article)) = one {
            progress.article(&article);
            survived.count(&article);
            report.add(index, &article);
        }
    }
    report.inconsistent = said.differing();
    report.unread = unread.iter().map(ToString::to_string).collect();
    report.seconds = started.elapsed().as_secs_f64();
    let written = report.save(&job.output);
    // Last: what a run leaves that is killed before this, the next one sweeps.
    close(job, &report, survived).await;
    (report, written.err())
}

async fn close(job: &Job, report: &Report, survived: Survived) {
    let Some(ledger) = &job.ledger else { return };
    let status = match (job.stop.cause(), job.stop.asked()) {
        (Some(_), _) if job.accounts.as_ref().is_some_and(|a| a.spent().is_some()) => "budget",
        (Some(_), _) => "failed",
        (None, true) => "interrupted",
        (None, false) => "done",
    };
    let tally = ledger::tally(&report.totals);
    // Only of a run that came to its end: one that goes on where another was stopped
    // has values travel as they did before.
    let rows = if status == "done" {
        survived.rows(&job.translator.chain)
    } else {
        Vec::new()
    };
    if let Err(error) = ledger.close(status, tally, rows).await {
        job.stop.halt(error.to_string());
    }
}

/// How values travel to each provider of the chain, by direction.
fn protection(translator: &Translator) -> BTreeMap<String, BTreeMap<String, Protection>> {
    let of = |provider: &Arc<dyn Provider>| {
        let covered = |pair: &&Pair| provider.capability().covers(**pair);
        let pairs = translator.pairs.iter().filter(covered);
        let ways = pairs.map(|&pair| (pair.to_string(), provider.protection(pair)));
        (provider.identity().name.clone(), ways.collect())
    };
    translator.chain.iter().map(of).collect()
}

/// Does one article, for whoever gets them one by one; what is done is left alone.
/// `None` where somebody else has taken it over. Articles of one file need one `job`,
/// and come in their order; `gone` is shared by all.
pub async fn article(job: &Job, input: Input, gone: &Gone) -> Option<ArticleReport> {
    let before = match &job.ledger {
        Some(ledger) if !job.stop.asked() => {
            let decided = ledger.decide(std::iter::once(&input), &job.output).await;
            match decided.map(|mut decided| decided.pop()) {
                Ok(Some(Decision::Leave(report))) => return Some(*report),
                Ok(Some(Decision::Work { before })) => before,
                Ok(Some(Decision::PassOver) | None) => return None,
                Err(error) => {
                    job.stop.halt(error.to_string());
                    None
                }
            }
        }
        _ => None,
    };
    one(job, input, before, gone, None).await
}

/// Does one article: translated, written, entered in the ledger.
pub(super) async fn one(
    job: &Job,
    input: Input,
    before: Option<Entry>,
    gone: &Gone,
    said: Option<&Said>,
) -> Option<ArticleReport> {
    if job.stop.asked() {
        return Some(ArticleReport::skipped(&input.id, job.stop.cause()));
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
    let Some(ended) = ended else {
        return Some(report);
    };
    match &ended {
        Ended::Overtaken => {
            tracing::info!(article = id, "overtaken");
            return None;
        }
        Ended::Written { .. } => {
            tracing::info!(article = id, sentences = report.sentences, "written");
        }
        Ended::Failed(_) | Ended::Unanswered(_) => tracing::warn!(article = id, "not written"),
    }
    if let (Some(said), Some(translation)) = (said, &translation) {
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
    Some(report)
}
