//! The way of one article: read, translated, settled, written. Who lists the articles,
//! one process or many, and what is entered of them, is no concern of this.

use std::sync::Arc;

use tokio::task::{JoinError, JoinSet};
use tracing::Instrument;

use super::files;
use super::ledger::{Ended, Seen};
use super::look::Written;
use super::names as article_names;
use super::partial::Settled;
use super::provenance::Provenance;
use super::read::read;
use super::{ArticleReport, Input, Job, State};
use crate::article::Document;
use crate::translate::{Failure, Translation};

/// What became of an article.
pub(super) struct Worked {
    /// Its entry of the report.
    pub(super) report: ArticleReport,
    /// How it ended for the ledger; `None` where the run was interrupted and it took
    /// too long: it is as if it had not been begun, but for what was paid for.
    pub(super) ended: Option<Ended>,
    /// As it was when it was read.
    pub(super) seen: Seen,
    /// Its translation, where that is written.
    pub(super) translation: Option<Translation>,
}

/// A translation that is written.
struct Done {
    translation: Translation,
    /// The file of the article itself.
    output: String,
    files: Vec<Written>,
    /// Whether a sentence has no translation.
    gaps: bool,
    /// Why it is kept apart, where it is.
    held: Option<String>,
}

/// Why there is none.
enum Undone {
    /// The run was interrupted, and it took too long.
    Abandoned,
    /// It is the article's own fault, for this cause.
    Failed(String),
    /// It is not.
    Unanswered(String),
    /// Somebody else does it.
    Overtaken,
}

/// Reads, translates and writes an article.
pub(super) async fn work(job: &Job, input: Input) -> Worked {
    let id = input.id.clone();
    let mut seen = Seen::default();
    let mut cost = 0.0;
    let done = way(job, input, &mut seen, &mut cost).await;
    cost += spent(job, &id);
    let undone = |mut report: ArticleReport, ended| {
        // It was paid for, whatever became of it.
        report.usage.cost = cost;
        (report, ended, None)
    };
    let (report, ended, translation) = match done {
        Ok(done) => {
            let mut report = ArticleReport::written(&done.translation, Some(done.output));
            if done.held.is_some() {
                (report.state, report.cause) = (State::Held, done.held);
            }
            let (outputs, gaps) = (done.files, done.gaps);
            let ended = Ended::Written { outputs, gaps };
            (report, Some(ended), Some(done.translation))
        }
        Err(Undone::Abandoned) => undone(ArticleReport::unfinished(&id), None),
        Err(Undone::Overtaken) => undone(ArticleReport::skipped(&id, None), Some(Ended::Overtaken)),
        Err(Undone::Failed(cause)) => undone(
            ArticleReport::failed(&id, cause.clone()),
            Some(Ended::Failed(cause)),
        ),
        Err(Undone::Unanswered(cause)) => undone(
            ArticleReport::failed(&id, cause.clone()),
            Some(Ended::Unanswered(cause)),
        ),
    };
    Worked {
        report,
        ended,
        seen,
        translation,
    }
}

/// Why the run cannot go on: what it keeps or spends can no longer be entered, or
/// nothing more may be spent.
pub(super) fn trouble(job: &Job) -> Option<String> {
    let memory = job.memory.as_ref().and_then(|memory| memory.trouble());
    let accounts = job.accounts.as_ref();
    memory
        .or_else(|| accounts.and_then(|accounts| accounts.trouble()))
        .map(|error| error.to_string())
        .or_else(|| accounts.and_then(|accounts| accounts.spent()))
}

/// What was spent for an article since that was asked last.
fn spent(job: &Job, id: &str) -> f64 {
    let accounts = job.accounts.as_ref();
    accounts.map_or(0.0, |accounts| accounts.take(id).units())
}

/// The whole of it; what the article looked like and what it has cost is told
/// however it ends.
async fn way(job: &Job, input: Input, seen: &mut Seen, cost: &mut f64) -> Result<Done, Undone> {
    let shown = input.shown();
    let id = input.id.clone();
    let entered = job
        .ledger
        .as_ref()
        .map(|ledger| (ledger, ledger.id(&input)));
    let document = Arc::new(take(job, input, seen).await?);
    let mut translation = translate(job, &id, &shown, &document).await?;
    *cost = spent(job, &translation.id);
    translation.usage.cost = *cost;
    if let Some(names) = &job.names
        && let Err(error) = article_names::compare(names, &mut translation).await
    {
        job.stop.halt(error.to_string());
    }
    let gaps = translation.gaps() > 0;
    let held = match job.output.partial().settle(&mut translation) {
        Settled::Place => None,
        Settled::Apart(cause) => Some(format!("{shown}: {cause}")),
        Settled::Refused(cause) => return Err(Undone::Failed(format!("{shown}: {cause}"))),
    };
    if let Some((ledger, entered)) = entered {
        match ledger.claim(&entered).await {
            Ok(true) => {}
            Ok(false) => return Err(Undone::Overtaken),
            Err(error) => {
                job.stop.halt(error.to_string());
                return Err(Undone::Unanswered(format!("{shown}: {error}")));
            }
        }
    }
    let apart = held.is_some();
    let (translation, output, files) = write(job, seen, document, translation, apart).await?;
    if held.is_none()
        && let Some(names) = &job.names
        && let Err(error) = article_names::record(names, &translation).await
    {
        job.stop.halt(error.to_string());
    }
    Ok(Done {
        translation,
        output,
        files,
        gaps,
        held,
    })
}

/// What an input holds; what it looked like goes into `seen`.
async fn take(job: &Job, input: Input, seen: &mut Seen) -> Result<Document, Undone> {
    let (limit, how) = (job.max_bytes, job.reading.clone());
    let output = Arc::clone(&job.output);
    let reading = tokio::task::spawn_blocking(move || read(&input, output.store(), limit, &how));
    let failed = |error: anyhow::Error| Undone::Failed(format!("{error:#}"));
    let (looks, document) = in_time(job, reading)
        .await?
        .map_err(|error| failed(error.into()))?;
    *seen = looks;
    document.map_err(failed)
}

async fn translate(
    job: &Job,
    id: &str,
    shown: &str,
    document: &Arc<Document>,
) -> Result<Translation, Undone> {
    let translated = in_time(job, on_any_core(job, Arc::clone(document))).await?;
    let accounts = job.accounts.as_ref();
    if accounts.is_some_and(|accounts| accounts.has_refused(id)) {
        // A cheaper provider may have stood in, or nobody. What was paid for is
        // remembered.
        let cause = trouble(job).unwrap_or_default();
        return Err(Undone::Unanswered(format!("{shown}: {cause}")));
    }
    match translated {
        Ok(Ok(translation)) => Ok(translation),
        Ok(Err(error @ Failure::Unanswered(_))) => {
            Err(Undone::Unanswered(format!("{shown}: {error}")))
        }
        Ok(Err(error)) => Err(Undone::Failed(format!("{shown}: {error}"))),
        // No other article is to suffer from it.
        Err(_) => Err(Undone::Failed(format!(
            "{shown}: anubad itself failed on it; please report this"
        ))),
    }
}

/// Writes a translation to its place, or `apart`; gives it back with its file and all
/// files.
async fn write(
    job: &Job,
    seen: &Seen,
    document: Arc<Document>,
    translation: Translation,
    apart: bool,
) -> Result<(Translation, String, Vec<Written>), Undone> {
    let output = Arc::clone(&job.output);
    let provenance = Provenance::of(job, &seen.input, &translation);
    // It waits for the disk, and other articles need not.
    let written = tokio::task::spawn_blocking(move || {
        let written = files::write(&output, &document, &translation, &provenance, apart);
        written.map(|(path, files)| (translation, path, files))
    });
    let written = written.await.map_err(anyhow::Error::from).flatten();
    // A full disk is no fault of the article.
    written.map_err(|error| Undone::Unanswered(format!("{error:#}")))
}

/// What `work` comes to, unless the run is interrupted and it takes too long.
async fn in_time<T>(job: &Job, work: impl Future<Output = T>) -> Result<T, Undone> {
    tokio::select! {
        biased;
        done = work => Ok(done),
        () = job.stop.abandoned() => Err(Undone::Abandoned),
    }
}

/// Has a document translated on whichever core is free. It ends with who waits
/// for it.
async fn on_any_core(
    job: &Job,
    document: Arc<Document>,
) -> Result<Result<Translation, Failure>, JoinError> {
    let (translator, direction) = (Arc::clone(&job.translator), job.direction);
    let work = async move { translator.document(&document, direction).await };
    let mut task = JoinSet::new();
    task.spawn(work.in_current_span());
    match task.join_next().await {
        Some(done) => done,
        // It has one task.
        None => std::future::pending().await,
    }
}
