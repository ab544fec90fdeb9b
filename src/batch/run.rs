//! A run over many articles.

use std::collections::HashSet;
use std::pin::pin;
use std::sync::Arc;
use std::time::Instant;

use futures::StreamExt;

use super::{ArticleReport, Input, InputError, OutputError, OutputFolder, Report, Stop};
use crate::article;
use crate::memory::Memory;
use crate::translate::{Direction, Translation, Translator};

/// What a run does.
pub struct Job {
    /// What translates.
    pub translator: Arc<Translator>,
    /// Which way.
    pub direction: Direction,
    /// Where to.
    pub output: OutputFolder,
    /// Most bytes of an article.
    pub max_bytes: u64,
    /// Articles in progress at a time.
    pub concurrency: usize,
    /// What the run remembers; it ends early when that can no longer be kept.
    pub memory: Option<Arc<Memory>>,
    /// Ends the run early.
    pub stop: Stop,
}

/// Is told how a run goes on.
pub trait Progress: Send + Sync {
    /// An article is done, well or not.
    fn article(&self, report: &ArticleReport);
}

/// Translates `inputs` and writes each article as soon as it is done.
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
    // Which of two articles of one name is done first must not decide.
    let mut stems = HashSet::new();
    let (clear, contested): (Vec<_>, Vec<_>) = inputs
        .into_iter()
        .enumerate()
        .partition(|(_, input)| stems.insert(OutputFolder::stem(&input.id)));
    let work = |(index, input)| async move { (index, one(job, input).await) };
    let mut done = pin!(
        futures::stream::iter(clear)
            .map(work)
            .buffer_unordered(job.concurrency.max(1))
            .chain(futures::stream::iter(contested).then(work))
    );
    let mut articles = Vec::new();
    while let Some((index, article)) = done.next().await {
        progress.article(&article);
        articles.push((index, article));
    }
    articles.sort_by_key(|(index, _)| *index);
    let mut report = Report {
        unread: unread.iter().map(ToString::to_string).collect(),
        ..Report::default()
    };
    for (_, article) in articles {
        report.add(article);
    }
    report.seconds = started.elapsed().as_secs_f64();
    let path = job.output.root().join("report.json");
    let written = serde_json::to_vec_pretty(&report)
        .map_err(std::io::Error::from)
        .map_err(|cause| OutputError::File {
            path: path.display().to_string(),
            cause,
        })
        .and_then(|json| job.output.write(&[(&path, &json)]));
    (report, written.err())
}

async fn one(job: &Job, input: Input) -> ArticleReport {
    if job.stop.asked() {
        return ArticleReport::skipped(&input.id, job.stop.cause());
    }
    tracing::debug!(article = input.id, "begun");
    let id = input.id.clone();
    let outcome = translate(job, input).await;
    if let Some(trouble) = job.memory.as_ref().and_then(|memory| memory.trouble()) {
        job.stop.halt(trouble.to_string());
    }
    match outcome {
        Ok(report) => {
            tracing::info!(article = id, sentences = report.sentences, "written");
            report
        }
        Err(cause) => {
            tracing::warn!(article = id, "not written");
            ArticleReport::failed(&id, format!("{cause:#}"))
        }
    }
}

async fn translate(job: &Job, input: Input) -> anyhow::Result<ArticleReport> {
    let shown = input.shown();
    let limit = job.max_bytes;
    let article = tokio::task::spawn_blocking(move || read(&input, limit)).await??;
    let translation = job
        .translator
        .translate(&article, job.direction)
        .await
        .map_err(|e| anyhow::anyhow!("{shown}: {e}"))?;
    let language = translation.target_language;
    let text = job.output.path(&translation.id, language, "txt")?;
    let details = text.with_extension("json");
    job.output.write(&[
        (&details, &sidecar(&translation)?),
        (&text, translation.text.as_bytes()),
    ])?;
    Ok(ArticleReport::written(
        &translation,
        Some(text.display().to_string()),
    ))
}

/// Reads and takes apart an article; errors name the file.
fn read(input: &Input, limit: u64) -> anyhow::Result<article::Article> {
    let bytes = input.read(limit)?;
    article::read::article(&input.id, bytes).map_err(|e| anyhow::anyhow!("{}: {e}", input.shown()))
}

/// The translation in full, for tools and for review.
fn sidecar(translation: &Translation) -> anyhow::Result<Vec<u8>> {
    Ok(serde_json::to_vec_pretty(translation)?)
}
