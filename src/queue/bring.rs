//! Bringing articles to the workers: what is to be done becomes messages, and their
//! end is waited for where that is asked for.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use futures::StreamExt;

use super::articles;
use super::connect::Queue;
use super::crew::Crew;
use super::drafts::Drafts;
use super::error::QueueError;
use super::letter::{Address, FORM, Letter};
use super::names::Names;
use super::post::Posted;
use crate::batch::{
    ArticleReport, Input, InputError, Job, OutputError, Pending, Progress, Report, Step,
};
use crate::state::{ArticleStore, DraftStore, NameStore, StateError, StateFile};

/// Messages on their way at a time.
const TOGETHER: usize = 256;
/// How often it is looked whether everything has come to an end.
const LOOK: Duration = Duration::from_millis(250);

/// How articles are brought to the workers.
pub struct Bringing {
    /// The queue.
    pub queue: Queue,
    /// The folder of `pipeline.toml`.
    pub base: PathBuf,
    /// The output folder as configured.
    pub folder: String,
    /// Digest of what people approved; see [`approvals`].
    pub approved: String,
    /// Whether articles are done again that are done.
    pub again: bool,
    /// Whether their end is waited for.
    pub wait: bool,
}

/// What became of the list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Brought {
    /// Messages that are new in the stream.
    pub new: usize,
    /// Messages that waited there already.
    pub waiting: usize,
    /// Articles that are done or given up.
    pub left: usize,
}

/// Is told how it goes on.
pub trait Told: Progress {
    /// The stream is full, and articles wait outside.
    fn full(&self);
}

/// Why articles were not brought.
#[derive(Debug, thiserror::Error)]
pub enum BringError {
    /// The queue does not take them.
    #[error(transparent)]
    Queue(#[from] QueueError),
    /// A ledger cannot be read.
    #[error(transparent)]
    State(#[from] StateError),
    /// Nobody else can read it.
    #[error(
        "standard input cannot be brought to other machines: name files under `paths` in [input]"
    )]
    Stdin,
}

/// Takes along what people approved, from the state file of whoever brings articles;
/// gives a digest of it.
///
/// # Errors
/// When the file cannot be read or the queue not be written.
pub async fn approvals(queue: &Queue, state: &StateFile) -> Result<String, BringError> {
    let names = state.approved_names().await?;
    let memory = state.approved_drafts()?;
    let digest = blake3::hash(format!("{names:?}{memory:?}").as_bytes());
    let digest = digest.to_hex().to_string();
    let crew = Crew::open(queue).await?;
    if !crew.knows_approved(&digest).await? {
        Names::open(queue).await?.approve(&names).await?;
        Drafts::open(queue).await?.keep_drafts(memory).await?;
        crew.approved(&digest).await?;
    }
    Ok(digest)
}

/// Brings what is to be done about `inputs` to the workers; `job` has the ledger of
/// the queue. Where that is asked for, waits until each article has come to an end.
///
/// # Errors
/// When the queue cannot be used. What was brought stays there.
pub async fn bring(
    bringing: &Bringing,
    job: &Job,
    inputs: Vec<Input>,
    unread: Vec<InputError>,
    told: &dyn Told,
) -> Result<(Brought, Report, Option<OutputError>), BringError> {
    let started = Instant::now();
    let queue = &bringing.queue;
    queue.dead().await?;
    queue.consumer().await?;
    let number = Crew::open(queue).await?.begin_job(bringing.again).await?;
    let mut report = Report::in_folder(job.output.root());
    let mut brought = Brought::default();
    let mut brought_articles = Vec::new();
    let pending = Pending::new(job, inputs).await;
    let steps = futures::stream::unfold(pending, async |mut pending| {
        let step = pending.next().await?;
        Some((step, pending))
    });
    let mut begun = 0;
    let post = |step: Step| {
        // Which are begun is decided in their order.
        let why_not = match &step {
            Step::Open { articles, .. } => {
                begun += articles.len();
                why_not(job, begun)
            }
            Step::Left(..) => None,
        };
        async move {
            match (step, why_not) {
                (Step::Left(index, article), _) => Ok(End::Left(vec![(index, *article)])),
                (Step::Open { articles, .. }, Some(cause)) => Ok(End::Skipped(
                    (articles.into_iter())
                        .map(|(index, input)| {
                            (index, ArticleReport::skipped(&input.id, Some(cause)))
                        })
                        .collect(),
                )),
                (Step::Open { articles, attempts }, None) => {
                    let round = format!("{}/{attempts}", number.round);
                    post(bringing, job, number.job, &round, articles, told).await
                }
            }
        }
    };
    let mut posted = std::pin::pin!(steps.map(post).buffer_unordered(TOGETHER));
    while let Some(end) = posted.next().await {
        let settled = match end? {
            End::Left(articles) => {
                brought.left += articles.len();
                articles
            }
            End::Skipped(articles) => articles,
            End::Posted(is_new, articles) => {
                if is_new {
                    brought.new += 1;
                } else {
                    brought.waiting += 1;
                }
                brought_articles.extend(articles);
                Vec::new()
            }
        };
        for (index, article) in settled {
            told.article(&article);
            report.add(index, &article);
        }
    }
    report.unread = unread.iter().map(ToString::to_string).collect();
    if !bringing.wait {
        return Ok((brought, report, None));
    }
    end_of_all(queue, job).await?;
    let ledger = articles::Articles::open(queue).await?;
    for some in brought_articles.chunks(TOGETHER) {
        let ids: Vec<String> = some.iter().map(|(_, _, id)| id.clone()).collect();
        let rows = ledger.articles(&bringing.folder, &ids).await?;
        for ((index, id, _), row) in some.iter().zip(rows) {
            let article = row
                .and_then(|row| ArticleReport::of_entry(&row))
                .unwrap_or_else(|| ArticleReport::skipped(id, job.stop.cause()));
            told.article(&article);
            report.add(*index, &article);
        }
    }
    report.seconds = started.elapsed().as_secs_f64();
    let unwritten = report.save(&job.output).err();
    Ok((brought, report, unwritten))
}

/// Why nothing more is brought once `begun` articles are.
fn why_not(job: &Job, begun: usize) -> Option<&str> {
    if job.stop.asked() {
        return Some(job.stop.cause().unwrap_or("the run was interrupted"));
    }
    let is_left = job.limit.is_some_and(|limit| begun > limit);
    is_left.then_some("the run was limited to fewer articles (--limit)")
}

/// What became of a step.
enum End {
    /// Nothing was to be done.
    Left(Vec<(usize, ArticleReport)>),
    /// It was not brought any more.
    Skipped(Vec<(usize, ArticleReport)>),
    /// It is in the stream, and new there or not: indices, ids, and ids of the ledger.
    Posted(bool, Vec<(usize, String, String)>),
}

async fn post(
    bringing: &Bringing,
    job: &Job,
    number: i64,
    round: &str,
    articles: Vec<(usize, Input)>,
    told: &dyn Told,
) -> Result<End, BringError> {
    let Some(ledger) = &job.ledger else {
        return Ok(End::Left(Vec::new()));
    };
    let (limit, output) = (job.max_bytes, Arc::clone(&job.output));
    let reading = tokio::task::spawn_blocking(move || {
        let digest = |input: &Input| {
            let bytes = input.read(output.store(), limit);
            // Whoever works on it says why it cannot be read.
            bytes.map_or(String::new(), |bytes| {
                blake3::hash(&bytes).to_hex().to_string()
            })
        };
        let read = |(index, input): (usize, Input)| (index, digest(&input), input);
        articles.into_iter().map(read).collect::<Vec<_>>()
    });
    let read = reading.await.unwrap_or_default();
    let mut letter = Letter {
        anubad: FORM,
        job: number,
        settings: ledger.settings().to_owned(),
        approved: bringing.approved.clone(),
        again: bringing.again,
        articles: Vec::with_capacity(read.len()),
    };
    let mut brought = Vec::with_capacity(read.len());
    for (index, digest, input) in read {
        let address = Address::of(&input, &bringing.base, digest).ok_or(BringError::Stdin)?;
        letter.articles.push(address);
        brought.push((index, input.id.clone(), ledger.id(&input)));
    }
    let first = brought.first().map_or("", |(_, _, id)| id);
    let subject = bringing
        .queue
        .subject(&articles::key(&bringing.folder, first));
    let (id, payload) = (letter.id(round), letter.written());
    let full = || told.full();
    let posted = bringing
        .queue
        .post(&subject, &id, payload, Some(&job.stop), &full);
    Ok(match posted.await? {
        Posted::New => End::Posted(true, brought),
        Posted::Waiting => End::Posted(false, brought),
        Posted::Stopped => End::Skipped(
            (brought.into_iter())
                .map(|(index, id, _)| (index, ArticleReport::skipped(&id, job.stop.cause())))
                .collect(),
        ),
    })
}

/// Waits until everything that is in the stream now has come to an end, or the run
/// is asked to end.
async fn end_of_all(queue: &Queue, job: &Job) -> Result<(), QueueError> {
    let stream = queue.waiting().await?;
    let info = |cause| queue.silent(&cause);
    let last = stream.get_info().await.map_err(info)?.state.last_sequence;
    let mut silent: Option<Instant> = None;
    while !job.stop.asked() {
        match stream.get_info().await {
            Ok(info) if info.state.messages == 0 || info.state.first_sequence > last => {
                return Ok(());
            }
            Ok(_) => silent = None,
            Err(cause) => {
                let since = *silent.get_or_insert_with(Instant::now);
                if since.elapsed() > queue.settings().patience {
                    return Err(queue.silent(&cause));
                }
            }
        }
        tokio::time::sleep(LOOK).await;
    }
    Ok(())
}
