//! A run over many articles.

use std::cell::Cell;
use std::pin::pin;
use std::sync::Arc;
use std::time::{Instant, SystemTime};

use futures::StreamExt;
use tokio::task::{JoinError, JoinSet};
use tracing::Instrument;

use super::decide::Decided;
use super::gone::Gone;
use super::ledger::{self, Decision, Ended, Ledger, Seen, Written};
use super::names as article_names;
use super::output::write_with;
use super::partial::Settled;
use super::previous;
use super::provenance::{Provenance, details as details_of};
use super::said::Said;
use super::{
    ArticleReport, Input, InputError, Named, Origin, OutputError, OutputFolder, Partial, Report,
    State, Stop,
};
use crate::accounts::Accounts;
use crate::article::Document;
use crate::article::read::{self, Reading};
use crate::memory::Memory;
use crate::names;
use crate::state::ledger::Entry;
use crate::translate::{Direction, Failure, Translation, Translator};

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
    let work = |(index, input, decision): (usize, Input, Decision)| {
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
    let mut worked = pin!(
        futures::stream::iter(clear)
            .map(work)
            .buffer_unordered(job.concurrency.max(1))
            // Which of two articles of one name is done first must not decide.
            .chain(futures::stream::iter(last).then(work))
    );
    while let Some(done) = worked.next().await {
        if let Some((index, article)) = done {
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

async fn one(
    job: &Job,
    input: Input,
    before: Option<Entry>,
    gone: &Gone,
    said: &Said,
) -> ArticleReport {
    if job.stop.asked() {
        return ArticleReport::skipped(&input.id, job.stop.cause());
    }
    tracing::debug!(article = input.id, "begun");
    let id = input.id.clone();
    let entered = job
        .ledger
        .as_ref()
        .map(|ledger| (ledger, ledger.id(&input)));
    let mut seen = Seen::default();
    let Some((mut report, ended)) = translate(job, input, &mut seen, said).await else {
        let mut report = ArticleReport::unfinished(&id);
        let accounts = job.accounts.as_ref();
        report.usage.cost = accounts.map_or(0.0, |accounts| accounts.take(&id).units());
        return report;
    };
    match &ended {
        Ended::Written { .. } => {
            tracing::info!(article = id, sentences = report.sentences, "written");
        }
        Ended::Failed(_) | Ended::Unanswered(_) => tracing::warn!(article = id, "not written"),
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

/// Why the run cannot go on: what it keeps or spends can no longer be entered, or
/// nothing more may be spent.
fn trouble(job: &Job) -> Option<String> {
    let memory = job.memory.as_ref().and_then(|memory| memory.trouble());
    let accounts = job.accounts.as_ref();
    memory
        .or_else(|| accounts.and_then(|accounts| accounts.trouble()))
        .map(|error| error.to_string())
        .or_else(|| accounts.and_then(|accounts| accounts.spent()))
}

/// Translates and writes an article; `None` where the run was interrupted and it
/// took too long.
async fn translate(
    job: &Job,
    input: Input,
    seen: &mut Seen,
    said: &Said,
) -> Option<(ArticleReport, Ended)> {
    let id = input.id.clone();
    let failed = |cause: String| (ArticleReport::failed(&id, cause.clone()), cause);
    let shown = input.shown();
    let (limit, how) = (job.max_bytes, job.reading.clone());
    let reading = tokio::task::spawn_blocking(move || read(&input, limit, &how));
    let document = match (in_time(job, reading).await?)
        .map_err(anyhow::Error::from)
        .and_then(|(looks, document)| {
            *seen = looks;
            document
        }) {
        Ok(document) => Arc::new(document),
        Err(error) => {
            let (report, cause) = failed(format!("{error:#}"));
            return Some((report, Ended::Failed(cause)));
        }
    };
    let accounts = job.accounts.as_ref();
    let translated = in_time(job, on_any_core(job, Arc::clone(&document))).await?;
    let cost = accounts.map_or(0.0, |accounts| accounts.take(&id).units());
    if accounts.is_some_and(|accounts| accounts.has_refused(&id)) {
        // A cheaper provider may have stood in, or nobody. What was paid for is
        // remembered.
        let cause = format!("{shown}: {}", trouble(job).unwrap_or_default());
        let mut report = ArticleReport::failed(&id, cause.clone());
        report.usage.cost = cost;
        return Some((report, Ended::Unanswered(cause)));
    }
    let mut translation = match translated {
        Ok(Ok(mut translation)) => {
            translation.usage.cost = cost;
            translation
        }
        Ok(Err(error)) => {
            let (report, cause) = failed(format!("{shown}: {error}"));
            let ended = match error {
                Failure::Unanswered(_) => Ended::Unanswered(cause),
                _ => Ended::Failed(cause),
            };
            return Some((report, ended));
        }
        // No other article is to suffer from it.
        Err(_) => {
            let cause = format!("{shown}: anubad itself failed on it; please report this");
            return Some((
                ArticleReport::failed(&id, cause.clone()),
                Ended::Failed(cause),
            ));
        }
    };
    if let Some(names) = &job.names
        && let Err(error) = article_names::compare(names, &mut translation)
    {
        job.stop.halt(error.to_string());
    }
    let gaps = translation.gaps() > 0;
    let held = match job.output.partial().settle(&mut translation) {
        Settled::Place => None,
        Settled::Apart(cause) => Some(format!("{shown}: {cause}")),
        Settled::Refused(cause) => {
            let (report, cause) = failed(format!("{shown}: {cause}"));
            return Some((report, Ended::Failed(cause)));
        }
    };
    let (output, apart) = (Arc::clone(&job.output), held.is_some());
    let provenance = Provenance::of(job, &seen.input, &translation);
    // It waits for the disk, and other articles need not.
    let written = tokio::task::spawn_blocking(move || {
        let written = write(&output, &document, &translation, &provenance, apart);
        written.map(|(path, files)| (translation, path, files))
    });
    let written = written.await.map_err(anyhow::Error::from).flatten();
    Some(match written {
        Ok((translation, output, outputs)) => {
            if held.is_none()
                && let Some(names) = &job.names
                && let Err(error) = article_names::record(names, &translation).await
            {
                job.stop.halt(error.to_string());
            }
            said.by(&translation);
            let mut report = ArticleReport::written(&translation, Some(output));
            if held.is_some() {
                (report.state, report.cause) = (State::Held, held);
            }
            (report, Ended::Written { outputs, gaps })
        }
        Err(error) => {
            let (report, cause) = failed(format!("{error:#}"));
            // A full disk is no fault of the article.
            (report, Ended::Unanswered(cause))
        }
    })
}

/// What `work` comes to, unless the run is interrupted and it takes too long.
async fn in_time<T>(job: &Job, work: impl Future<Output = T>) -> Option<T> {
    tokio::select! {
        biased;
        done = work => Some(done),
        () = job.stop.abandoned() => None,
    }
}

/// Has an article translated on whichever core is free. It ends with who waits
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

/// Writes a translation, to its place or apart; gives the text file and all files.
fn write(
    folder: &OutputFolder,
    document: &Document,
    translation: &Translation,
    provenance: &Provenance,
    apart: bool,
) -> anyhow::Result<(String, Vec<Written>)> {
    let named = Named::from(translation);
    let mut text = folder.path(&named, document.format.extension())?;
    let mut details = folder.path(&named, &document.format.details())?;
    let kept = [folder.apart(&text), folder.apart(&details)];
    if apart {
        [text, details] = kept.clone();
    }
    let content = translation.file(document, &provenance.facts(translation));
    let sidecar = details_of(translation, provenance)?;
    let files = [
        (details.as_path(), sidecar.as_slice()),
        (text.as_path(), content.as_bytes()),
    ];
    if !apart {
        let root = folder.root();
        previous::keep(root, &details, translation).map_err(|cause| OutputError::File {
            path: previous::place(root, &details).display().to_string(),
            cause,
        })?;
    }
    folder.write(&files)?;
    if !apart && folder.partial() == Partial::Hold {
        // It is whole now; what was kept apart has had its time.
        for path in kept {
            let _ = std::fs::remove_file(path);
        }
    }
    let root = folder.root();
    let written = files.map(|(path, content)| Written::of(root, path, content));
    Ok((text.display().to_string(), written.into()))
}

/// Reads and takes apart an article; errors name the file.
pub(super) fn read(
    input: &Input,
    limit: u64,
    reading: &Reading,
) -> (Seen, anyhow::Result<Document>) {
    let mut seen = Seen::default();
    let mut article = || {
        // Before it is read: what is written meanwhile is a change.
        if let Origin::File(path) = &input.origin {
            seen.seen = ledger::look(path, SystemTime::now());
        }
        let bytes = input.read(limit)?;
        seen.input = ledger::digest(&bytes);
        read::document(&input.id, bytes, reading)
            .map_err(|e| anyhow::anyhow!("{}: {e}", input.shown()))
    };
    let article = article();
    (seen, article)
}
