//! A worker: takes articles from the stream, has each go its journey, writes it, and
//! only then acknowledges it.

use std::convert::Infallible;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use async_nats::jetstream::consumer::PullConsumer;
use async_nats::jetstream::{AckKind, Message};
use futures::StreamExt;
use futures::future::try_join_all;
use tokio::time::{sleep, timeout};

use super::articles::{Articles, Delivery};
use super::connect::Queue;
use super::dead::DeadLetter;
use super::drafts::Drafts;
use super::error::QueueError;
use super::letter::Letter;
use super::member::{Least, Member};
use super::purse::Shared;
use crate::batch::{
    self, Again, ArticleReport, Gone, Input, Job, Ledger, OutputFolder, Progress, State,
};
use crate::state::ArticleStore;
use crate::state::StateError;
use crate::state::ledger::{Entry, Standing};

/// How long the server holds a request for an article.
const ASK: Duration = Duration::from_secs(2);
/// The same where a worker ends when nothing is left.
const ASK_BRIEFLY: Duration = Duration::from_millis(200);
/// How long an answer may be late.
const LATE: Duration = Duration::from_secs(3);
/// When an article is offered again that this worker is not made for.
const ELSEWHERE: Duration = Duration::from_secs(5);
/// How often an acknowledgement is sent. Where none arrives, the article is offered
/// again, and is found to be done.
const ACKS: usize = 3;

/// A worker.
pub struct Worker {
    /// The queue.
    pub queue: Queue,
    /// The folder of `pipeline.toml`.
    pub base: PathBuf,
    /// What translates, and what it keeps in the queue.
    pub job: Job,
    /// The ledger of the queue, as `job` has it.
    pub ledger: Ledger,
    /// The same, as the queue has it.
    pub articles: Articles,
    /// The memory of the queue.
    pub drafts: Drafts,
    /// What is spent.
    pub purse: Arc<Shared>,
    /// This worker among the others.
    pub member: Member,
    /// The least that a provider takes.
    pub least: Least,
    /// The output folder, with no name given out.
    pub output: Box<dyn Fn() -> OutputFolder + Send + Sync>,
    /// Settings that articles were brought under and that this worker has looked for in
    /// vain: others do those articles.
    pub foreign: Option<String>,
    /// Whether it ends when nothing is left to do.
    pub until_empty: bool,
}

/// Why a worker ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ended {
    /// It was asked to, or nothing was left.
    Done,
    /// Articles were brought under these settings, which are not its own: it should
    /// read its configuration anew.
    OtherSettings(String),
}

/// What the articles of a worker have in common.
struct Shift<'a> {
    gone: Gone,
    told: &'a dyn Progress,
    /// Settings of an article that are not those of the worker.
    other: OnceLock<String>,
}

/// What becomes of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// It is done and goes.
    Done,
    /// It is offered again after this long.
    Again(Duration),
    /// Another delivery of it decides.
    Others,
}

impl Worker {
    /// Works until it is asked to end, or nothing is left where that was asked for.
    ///
    /// # Errors
    /// When the server does not answer for too long. Articles in progress are then
    /// offered to others.
    pub async fn work(&self, told: &dyn Progress) -> Result<Ended, QueueError> {
        let consumer = self.queue.consumer().await?;
        self.queue.dead().await?;
        let shift = Shift {
            gone: Gone::default(),
            told,
            other: OnceLock::new(),
        };
        let slots = (0..self.job.concurrency.max(1)).map(|_| self.slot(&consumer, &shift));
        try_join_all(slots).await?;
        Ok(shift
            .other
            .into_inner()
            .map_or(Ended::Done, Ended::OtherSettings))
    }

    /// Ends its membership.
    pub async fn leave(self) {
        self.member.leave().await;
    }

    /// Works on one article after the other.
    async fn slot(&self, consumer: &PullConsumer, shift: &Shift<'_>) -> Result<(), QueueError> {
        let mut silent: Option<Instant> = None;
        while !self.job.stop.asked() && shift.other.get().is_none() {
            let has_a_part = self.member.has_a_part(self.least);
            let has_a_part = timeout(Duration::from_secs(1), has_a_part).await.is_ok();
            if has_a_part {
                match self.next(consumer).await {
                    Ok(Some(message)) => {
                        silent = None;
                        self.deliver(&message, shift).await;
                        continue;
                    }
                    Ok(None) => silent = None,
                    Err(cause) => {
                        let since = *silent.get_or_insert_with(Instant::now);
                        if since.elapsed() > self.queue.settings().patience {
                            return Err(self.queue.silent(&cause));
                        }
                        tracing::info!(cause, "asking the server again");
                        sleep(ASK_BRIEFLY).await;
                        continue;
                    }
                }
            }
            if self.until_empty && self.is_empty().await {
                break;
            }
        }
        Ok(())
    }

    /// The next message, if there is one before long.
    async fn next(&self, consumer: &PullConsumer) -> Result<Option<Message>, String> {
        let ask = if self.until_empty { ASK_BRIEFLY } else { ASK };
        let batch = consumer.batch().max_messages(1).expires(ask).messages();
        let mut batch = batch.await.map_err(|e| e.to_string())?;
        match timeout(ask + LATE, batch.next()).await {
            Ok(Some(Ok(message))) => Ok(Some(message)),
            Ok(Some(Err(cause))) => Err(cause.to_string()),
            Ok(None) => Ok(None),
            Err(_) => Err("no answer in time".to_owned()),
        }
    }

    /// Whether nothing waits and nobody works.
    async fn is_empty(&self) -> bool {
        let info = match self.queue.waiting().await {
            Ok(stream) => stream.get_info().await,
            Err(_) => return false,
        };
        info.is_ok_and(|info| info.state.messages == 0)
    }

    /// Works on a message while keeping it from others, and says what becomes of it.
    async fn deliver(&self, message: &Message, shift: &Shift<'_>) {
        let Ok(info) = message.info() else {
            tracing::warn!("a message that is no article");
            return;
        };
        let delivery = Delivery {
            message: info.stream_sequence,
            number: u64::try_from(info.delivered).unwrap_or(1),
        };
        let outcome = tokio::select! {
            outcome = self.open(message, delivery, shift) => outcome,
            never = extend(message, self.queue.settings().lease / 3) => match never {},
        };
        let kind = match outcome {
            Outcome::Done => AckKind::Ack,
            Outcome::Again(pause) => AckKind::Nak((!pause.is_zero()).then_some(pause)),
            Outcome::Others => return,
        };
        for _ in 0..ACKS {
            match message.double_ack_with(kind).await {
                Ok(()) => return,
                Err(cause) => tracing::info!(%cause, "an acknowledgement was not heard"),
            }
        }
    }

    async fn open(&self, message: &Message, delivery: Delivery, shift: &Shift<'_>) -> Outcome {
        let key = message.subject.rsplit('.').next().unwrap_or_default();
        let letter = match Letter::read(&message.payload) {
            Ok(letter) => letter,
            Err(cause) => {
                let cause = format!("its message cannot be read: {cause}");
                let dead = DeadLetter::new(None, key.to_owned(), cause, delivery.number);
                return self.bury(key, &dead).await;
            }
        };
        self.purse.works_on(letter.job);
        match self.letter(key, &letter, delivery, shift).await {
            Ok(outcome) => outcome,
            Err(error) => {
                // What becomes of it can be entered no more: others have to go on.
                self.job.stop.halt(error.to_string());
                Outcome::Again(Duration::ZERO)
            }
        }
    }

    async fn letter(
        &self,
        key: &str,
        letter: &Letter,
        delivery: Delivery,
        shift: &Shift<'_>,
    ) -> Result<Outcome, StateError> {
        let folder = self.ledger.folder();
        self.drafts.learn(&letter.approved).await?;
        let job = self.job_for(letter);
        let mut outcome = Outcome::Done;
        for address in &letter.articles {
            let input = address.input(&self.base);
            let id = self.ledger.id(&input);
            let Some(lost) = self.articles.begin(folder, &id, delivery).await? else {
                tracing::info!(article = input.id, "in progress here already");
                return Ok(Outcome::Others);
            };
            if letter.settings != self.ledger.settings() {
                tracing::warn!(
                    article = input.id,
                    "it was brought under other settings than those of this worker"
                );
                self.articles.end(folder, &id).await?;
                if self.foreign.as_ref() == Some(&letter.settings) {
                    return Ok(Outcome::Again(ELSEWHERE));
                }
                // The first one is enough; what others are, the next worker will see.
                let _ = shift.other.set(letter.settings.clone());
                return Ok(Outcome::Again(Duration::ZERO));
            }
            if lost >= u64::from(self.queue.settings().begun) {
                let report = self.lost(&input, &id, lost).await?;
                shift.told.article(&report);
                outcome = self.dead(key, letter, &report, delivery, outcome).await;
                continue;
            }
            let Some(report) = batch::article(&job, input, &shift.gone).await else {
                self.articles.leave(folder, &id);
                return Ok(Outcome::Others);
            };
            match report.state {
                State::Written | State::Unchanged | State::Held => {}
                State::GivenUp => {
                    outcome = self.dead(key, letter, &report, delivery, outcome).await;
                }
                State::Failed => {
                    let pause = if self.job.stop.asked() {
                        Duration::ZERO
                    } else {
                        self.queue.settings().pause
                    };
                    outcome = Outcome::Again(pause);
                }
                State::Skipped => {
                    self.articles.end(folder, &id).await?;
                    return Ok(Outcome::Again(Duration::ZERO));
                }
            }
            self.articles.leave(folder, &id);
            shift.told.article(&report);
        }
        Ok(outcome)
    }

    /// The job for one message: names are given out among its articles alone.
    fn job_for(&self, letter: &Letter) -> Job {
        let again = Again {
            done: letter.again,
            failed: false,
        };
        Job {
            output: Arc::new((self.output)()),
            ledger: Some(self.ledger.clone().asking(again)),
            ..self.job.clone()
        }
    }

    /// Gives up an article that was begun again and again and never came to an end.
    async fn lost(&self, input: &Input, id: &str, lost: u64) -> Result<ArticleReport, StateError> {
        let cause = format!(
            "{}: it was begun {lost} times and never came to an end: its workers were killed, or it kills \
             them; see their logs, then `anubad queue retry`",
            input.shown()
        );
        let attempts = u32::try_from(lost).unwrap_or(u32::MAX);
        let report = ArticleReport::given_up(&input.id, attempts, &cause);
        let entry = Entry {
            id: id.to_owned(),
            input: String::new(),
            seen: String::new(),
            settings: self.ledger.settings().to_owned(),
            standing: Standing::GivenUp,
            attempts,
            cause: Some(cause),
            outputs: "[]".to_owned(),
            report: serde_json::to_string(&report).unwrap_or_default(),
            reopened: None,
        };
        let folder = self.ledger.folder();
        self.articles.enter_article(folder, entry, 0).await?;
        Ok(report)
    }

    async fn dead(
        &self,
        key: &str,
        letter: &Letter,
        report: &ArticleReport,
        delivery: Delivery,
        before: Outcome,
    ) -> Outcome {
        let cause = report.cause.clone().unwrap_or_default();
        let dead = DeadLetter::new(
            Some(letter.clone()),
            report.id.clone(),
            cause,
            delivery.number,
        );
        match self.bury(key, &dead).await {
            Outcome::Done => before,
            other => other,
        }
    }

    /// Enters a dead letter; its message stays where that is not possible.
    async fn bury(&self, key: &str, letter: &DeadLetter) -> Outcome {
        match self.queue.bury(key, letter).await {
            Ok(()) => Outcome::Done,
            Err(error) => {
                self.job.stop.halt(error.to_string());
                Outcome::Again(Duration::ZERO)
            }
        }
    }
}

/// Says again and again that a message is being worked on.
#[allow(clippy::infinite_loop, reason = "it ends with the work")]
async fn extend(message: &Message, every: Duration) -> Infallible {
    loop {
        sleep(every).await;
        if let Err(cause) = message.ack_with(AckKind::Progress).await {
            tracing::info!(%cause, "a lease was not extended");
        }
    }
}
