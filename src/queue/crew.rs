//! The workers of a queue: who lives, what part of every limit is whose, which
//! providers are paused, and which job it is.
//!
//! **A limit is divided by the workers that live.** Each worker keeps a key and writes
//! it again and again. Whoever comes has no part until every other one has said that
//! it keeps within its smaller part; parts of what goes in a minute are used a minute
//! later still, since what others have sent counts that long. Whoever ends, or is
//! heard no more, keeps its part for that minute. Times are told by each worker's own
//! clock that only goes forward, from when it sent or heard something: a clock that
//! jumps changes nothing, and a worker that is cut off stops by itself before others
//! take it for dead.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use async_nats::jetstream::kv;
use futures::StreamExt;
use serde::{Deserialize, Serialize};
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;
use tokio::time::{Instant, interval, sleep};

use super::bucket::{Bucket, Found};
use super::connect::{Kind, Queue, token};
use super::error::QueueError;
use crate::provider::ErrorKind;
use crate::provider::layer::{Heard, Limited, Part, Share, Sharing};
use crate::state::StateError;

/// How often a worker says that it lives.
const BEAT: Duration = Duration::from_secs(3);
/// How long a worker that is not heard counts as alive.
const TTL: Duration = Duration::from_secs(15);
/// How long a worker goes on that cannot make itself heard: less than [`TTL`].
const CUT: Duration = Duration::from_secs(10);
/// How long what was sent counts.
const MINUTE: Duration = Duration::from_mins(1);

/// What the workers of a queue know together.
#[derive(Debug, Clone)]
pub struct Crew {
    /// What is forgotten after a while: who lives, what is paused.
    bucket: Bucket,
    /// What stays: the job.
    lasting: Bucket,
}

/// The job that is worked on.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Job {
    job: i64,
    /// Messages of two rounds are never one.
    round: i64,
    /// Digest of what people approved.
    approved: String,
}

/// The numbers of a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Number {
    pub(super) job: i64,
    pub(super) round: i64,
}

/// What a worker says of itself.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Lease {
    /// When it came, in the order of all.
    joined: u64,
    /// The last one whose coming it has made room for.
    seen: u64,
    /// Whether it has ended.
    left: bool,
    /// How often it has said so.
    beat: u64,
}

/// A pause, as it is kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Pause {
    provider: String,
    /// Seconds; 0 where it works again.
    seconds: f64,
    kind: String,
    cause: String,
}

/// The key of the job.
const JOB: &str = "job";

impl Crew {
    /// The crew of `queue`.
    ///
    /// # Errors
    /// When a bucket cannot be made or reached.
    pub async fn open(queue: &Queue) -> Result<Self, QueueError> {
        Ok(Self {
            bucket: queue.bucket(Kind::Crew).await?,
            lasting: queue.bucket(Kind::Spend).await?,
        })
    }

    /// Begins a job, in a round of its own where articles are done again.
    pub(super) async fn begin_job(&self, again: bool) -> Result<Number, StateError> {
        let begun = self.change(|job| {
            job.job += 1;
            job.round += i64::from(again);
        });
        begun.await
    }

    /// Begins a round: what was brought before may be brought again.
    pub(super) async fn begin_round(&self) -> Result<Number, StateError> {
        self.change(|job| job.round += 1).await
    }

    pub(super) async fn knows_approved(&self, digest: &str) -> Result<bool, StateError> {
        let found = self.lasting.get(JOB).await?;
        let job: Option<Job> = found.value.and_then(|v| serde_json::from_slice(&v).ok());
        Ok(job.is_some_and(|job| job.approved == digest))
    }

    pub(super) async fn approved(&self, digest: &str) -> Result<(), StateError> {
        let approved = self.change(|job| digest.clone_into(&mut job.approved));
        approved.await.map(drop)
    }

    async fn change(&self, change: impl Fn(&mut Job) + Send + Sync) -> Result<Number, StateError> {
        loop {
            let found = self.lasting.get(JOB).await?;
            let job = found.value.and_then(|v| serde_json::from_slice(&v).ok());
            let mut job: Job = job.unwrap_or_default();
            change(&mut job);
            let value = serde_json::to_vec(&job).unwrap_or_default();
            let replaced = self.lasting.replace(JOB, value.into(), found.revision);
            if replaced.await?.is_some() {
                let Job { job, round, .. } = job;
                return Ok(Number { job, round });
            }
        }
    }

    /// How many workers live, as far as the clocks of the servers and of this machine
    /// agree: for people.
    ///
    /// # Errors
    /// When the server does not answer.
    pub async fn workers(&self) -> Result<usize, StateError> {
        let found = self.bucket.all("worker.*").await?;
        let last = jiff::Timestamp::now().as_second() - TTL.as_secs().cast_signed();
        let lives = |(_, found): &(String, Found)| {
            let lease = found.value.as_deref().map(serde_json::from_slice::<Lease>);
            found.at >= last && matches!(lease, Some(Ok(lease)) if !lease.left)
        };
        Ok(found.iter().filter(|one| lives(one)).count())
    }

    /// Joins the workers.
    ///
    /// # Errors
    /// When the server does not answer.
    pub async fn join(self, id: &str) -> Result<Member, QueueError> {
        let key = format!("worker.{id}");
        let elsewhere = |error: StateError| {
            let cause = error.problem.to_string();
            self.bucket.queue().silent(&cause)
        };
        let written = |lease: &Lease| serde_json::to_vec(lease).unwrap_or_default().into();
        let mut lease = Lease::default();
        let joined = self.bucket.put(&key, written(&lease)).await;
        lease.joined = joined.map_err(elsewhere)?;
        lease.seen = lease.joined;
        let sent = Instant::now();
        let put = self.bucket.put(&key, written(&lease)).await;
        put.map_err(elsewhere)?;
        let (share, _) = watch::channel(Share::NONE);
        let (news, inbox) = mpsc::unbounded_channel();
        let told = Arc::new(Told {
            share,
            limits: Mutex::default(),
            heard: Mutex::default(),
            news,
        });
        let keeper = Keeper {
            bucket: self.bucket,
            key,
            lease,
            sent,
            echo: sent,
            was_cut: false,
            others: HashMap::new(),
            born: lease.joined,
            told: Arc::clone(&told),
            granted: None,
        };
        let keeper = tokio::spawn(keeper.keep(inbox));
        Ok(Member { told, keeper })
    }
}

/// A worker among the others. Dropped without [`Member::leave`], it is taken for
/// dead after a while.
#[derive(Debug)]
pub struct Member {
    told: Arc<Told>,
    keeper: JoinHandle<()>,
}

/// The least that a provider of a chain takes; `None` where it takes anything.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Least {
    /// Calls at a time.
    pub calls: Option<usize>,
    /// Of anything in a minute.
    pub minute: Option<f64>,
}

/// What a worker has heard, and what it says.
#[derive(Debug)]
struct Told {
    share: watch::Sender<Share>,
    limits: Mutex<Vec<Weak<Limited>>>,
    heard: Mutex<HashMap<String, Heard>>,
    news: mpsc::UnboundedSender<News>,
}

/// What the others are told.
#[derive(Debug)]
enum News {
    Pause(Pause),
    Leave,
}

impl Member {
    /// The way to the others, for what asks providers.
    #[must_use]
    pub fn sharing(&self) -> Arc<dyn Sharing> {
        Arc::clone(&self.told) as Arc<dyn Sharing>
    }

    /// Is ready when this worker has a part of each of `limits`.
    pub(super) async fn has_a_part(&self, limits: Least) {
        let mut share = self.told.share.subscribe();
        let has = |share: &Share| {
            limits
                .calls
                .is_none_or(|calls| share.calls.of_calls(calls) > 0)
                && limits
                    .minute
                    .is_none_or(|rate| share.minute.of_rate(rate) > 0.0)
        };
        // The sender is in `self`.
        let _ = share.wait_for(has).await;
    }

    /// Leaves the others in order.
    pub async fn leave(self) {
        let _ = self.told.news.send(News::Leave);
        let _ = self.keeper.await;
    }
}

impl Told {
    fn limits(&self) -> MutexGuard<'_, Vec<Weak<Limited>>> {
        self.limits.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn heard(&self) -> MutexGuard<'_, HashMap<String, Heard>> {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether everything keeps within its part.
    fn is_within(&self) -> bool {
        let limits = self.limits();
        let mut limits = limits.iter().filter_map(Weak::upgrade);
        limits.all(|limited| limited.is_within())
    }

    fn say(&self, provider: &str, seconds: f64, kind: &str, cause: &str) {
        // Nobody hears it after the end.
        let _ = self.news.send(News::Pause(Pause {
            provider: provider.to_owned(),
            seconds,
            kind: kind.to_owned(),
            cause: cause.to_owned(),
        }));
    }
}

impl Sharing for Told {
    fn share(&self) -> watch::Receiver<Share> {
        self.share.subscribe()
    }

    fn enrol(&self, limited: Weak<Limited>) {
        self.limits().push(limited);
    }

    fn paused(&self, provider: &str, seconds: f64, kind: ErrorKind, cause: &str) {
        self.say(provider, seconds, kind.name(), cause);
    }

    fn works(&self, provider: &str) {
        self.say(provider, 0.0, "", "");
    }

    fn heard(&self, provider: &str) -> Option<Heard> {
        self.heard().get(provider).cloned()
    }
}

/// Another worker, as it was heard last.
#[derive(Debug, Clone, Copy)]
struct Other {
    lease: Lease,
    heard: Instant,
}

/// Keeps the key of a worker, and listens.
struct Keeper {
    bucket: Bucket,
    key: String,
    lease: Lease,
    /// When the last lease was sent that was taken.
    sent: Instant,
    /// When this worker heard itself last.
    echo: Instant,
    /// Whether others may have taken it for dead.
    was_cut: bool,
    others: HashMap<String, Other>,
    /// When this worker came, in the order of all that is written.
    born: u64,
    told: Arc<Told>,
    /// When all others had made room.
    granted: Option<Instant>,
}

impl Keeper {
    async fn keep(mut self, mut inbox: mpsc::UnboundedReceiver<News>) {
        let mut beats = interval(BEAT);
        loop {
            // What is there already comes first: the watch tells everything.
            let Ok(mut watch) = self.bucket.watch_everything().await else {
                self.tell();
                sleep(Duration::from_millis(200)).await;
                continue;
            };
            let mut is_open = true;
            while is_open {
                tokio::select! {
                    entry = watch.next() => match entry {
                        Some(Ok(entry)) => self.hear(&entry),
                        _ => is_open = false,
                    },
                    news = inbox.recv() => match news {
                        Some(News::Pause(pause)) => self.pause(&pause).await,
                        Some(News::Leave) | None => return self.leave().await,
                    },
                    _ = beats.tick() => self.beat().await,
                }
                self.tell();
            }
        }
    }

    fn hear(&mut self, entry: &kv::Entry) {
        if let Some(id) = entry.key.strip_prefix("worker.") {
            let lease: Option<Lease> = serde_json::from_slice(&entry.value).ok();
            match lease {
                _ if entry.key == self.key => self.echo = Instant::now(),
                // It is about to say when it came.
                Some(lease) if lease.joined == 0 => {}
                Some(lease) => {
                    let heard = Instant::now();
                    self.others.insert(id.to_owned(), Other { lease, heard });
                }
                None => {
                    self.others.remove(id);
                }
            }
        }
        if entry.key.starts_with("pause.")
            && let Ok(pause) = serde_json::from_slice::<Pause>(&entry.value)
        {
            let kind = ErrorKind::ALL.into_iter().find(|k| k.name() == pause.kind);
            let kind = kind.unwrap_or(ErrorKind::Unavailable);
            // What was said before this worker came may be long over: one call tries.
            let is_news = entry.revision > self.born;
            let length = Duration::try_from_secs_f64(pause.seconds).unwrap_or_default();
            let is_pause = is_news && pause.seconds > 0.0;
            let heard = Heard {
                number: entry.revision,
                pause: is_pause.then(|| (Instant::now() + length, kind, pause.cause)),
            };
            self.told.heard().insert(pause.provider, heard);
        }
    }

    /// Works out the own part, and tells it.
    fn tell(&mut self) {
        let now = Instant::now();
        let keeps = |other: &Other| now.duration_since(other.heard) < TTL + MINUTE;
        self.others.retain(|_, other| keeps(other));
        let share = if now.duration_since(self.sent.min(self.echo)) > CUT || self.was_cut {
            self.was_cut = true;
            self.granted = None;
            Share::NONE
        } else {
            self.share(now)
        };
        self.told.share.send_if_modified(|told| {
            let is_news = *told != share;
            *told = share;
            is_news
        });
    }

    fn share(&mut self, now: Instant) -> Share {
        let heard = |other: &Other| (other.lease, now.duration_since(other.heard));
        let others: Vec<(Lease, Duration)> = self.others.values().map(heard).collect();
        if !has_room(self.lease.joined, &others) {
            return Share::NONE;
        }
        let granted = *self.granted.get_or_insert(now);
        part(self.lease.joined, &others, now.duration_since(granted))
    }

    async fn beat(&mut self) {
        self.tell();
        // Room is made before it is told.
        let last = self.others.values().map(|other| other.lease.joined).max();
        if self.told.is_within() {
            self.lease.seen = self.lease.seen.max(last.unwrap_or_default());
        }
        self.lease.beat += 1;
        let sent = Instant::now();
        let Some(revision) = self.write().await else {
            return;
        };
        self.sent = sent;
        if self.was_cut && sent.duration_since(self.echo) < CUT {
            // Others may have divided without it: it comes anew.
            self.lease.joined = revision;
            self.was_cut = self.write().await.is_none();
        }
    }

    async fn write(&mut self) -> Option<u64> {
        let value = serde_json::to_vec(&self.lease).unwrap_or_default();
        match self.bucket.once(&self.key, value.into()).await {
            Ok(revision) => Some(revision),
            Err(cause) => {
                tracing::warn!(cause, "the other workers do not hear this one");
                None
            }
        }
    }

    async fn pause(&mut self, pause: &Pause) {
        let key = format!("pause.{}", token(&pause.provider));
        let value = serde_json::to_vec(pause).unwrap_or_default();
        if let Err(cause) = self.bucket.once(&key, value.into()).await {
            tracing::warn!(provider = pause.provider, cause, "a pause is not shared");
        }
    }

    async fn leave(mut self) {
        self.lease.left = true;
        self.write().await;
    }
}

/// Whether all other workers that live have made room for the one that came at `joined`;
/// each with how long it has not been heard.
fn has_room(joined: u64, others: &[(Lease, Duration)]) -> bool {
    let waits = |(lease, silent): &(Lease, Duration)| {
        let lives = !lease.left && *silent < TTL;
        lives && lease.seen < joined
    };
    !others.iter().any(waits)
}

/// The part of the worker that came at `joined` and has had room for so long.
fn part(joined: u64, others: &[(Lease, Duration)], since: Duration) -> Share {
    let part = |counts: &dyn Fn(&Lease) -> bool| {
        let counted = others.iter().filter(|(lease, _)| counts(lease));
        let before = counted.clone().filter(|(lease, _)| lease.joined < joined);
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Part {
            rank: number(before.count()),
            of: number(counted.count() + 1),
        }
    };
    let is_first = others.iter().all(|(lease, _)| lease.joined > joined);
    Share {
        // Who has left in order has no call under way.
        calls: part(&|lease| !lease.left),
        // What it has sent counts for a minute.
        minute: if is_first || since >= MINUTE {
            part(&|_| true)
        } else {
            Part::NONE
        },
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn lease(joined: u64, seen: u64) -> Lease {
        Lease {
            joined,
            seen,
            ..Lease::default()
        }
    }

    const NOW: Duration = Duration::ZERO;
    const LATER: Duration = Duration::from_secs(61);

    #[test]
    fn who_comes_waits_for_room_and_for_a_minute() {
        // Alone at once.
        assert!(has_room(1, &[]));
        assert_eq!(part(1, &[], NOW), Share::WHOLE);
        // The first has not heard of the second yet, then it has.
        assert!(!has_room(2, &[(lease(1, 1), NOW)]));
        let first = [(lease(1, 2), NOW)];
        assert!(has_room(2, &first));
        let second = Part { rank: 1, of: 2 };
        let told = part(2, &first, NOW);
        assert_eq!((told.calls, told.minute), (second, Part::NONE));
        assert_eq!(part(2, &first, LATER).minute, second);
        // The first gives room in both at once.
        let half = Part { rank: 0, of: 2 };
        let told = part(1, &[(lease(2, 2), NOW)], NOW);
        assert_eq!((told.calls, told.minute), (half, half));
        // Whoever is dead is not waited for, but keeps its part while it is known.
        let dead = [(lease(1, 1), TTL)];
        assert!(has_room(2, &dead));
        assert_eq!(part(2, &dead, NOW).calls, second);
        // Whoever has left has no calls; what it sent counts.
        let left = Lease {
            left: true,
            ..lease(1, 1)
        };
        assert!(has_room(2, &[(left, NOW)]));
        let told = part(2, &[(left, NOW)], LATER);
        assert_eq!((told.calls, told.minute), (Part::WHOLE, second));
    }

    proptest! {
        #[test]
        fn the_parts_of_a_crew_are_no_more_than_the_limit(
            left in proptest::collection::vec(any::<bool>(), 1..12),
            whole in 0usize..30,
        ) {
            let all: Vec<(Lease, Duration)> = left
                .iter()
                .zip(1u64..)
                .map(|(left, joined)| (Lease { left: *left, ..lease(joined, 12) }, NOW))
                .collect();
            let (mut calls, mut minute) = (0, 0.0);
            for (me, (mine, _)) in all.iter().enumerate() {
                let mut others = all.clone();
                others.remove(me);
                let share = part(mine.joined, &others, LATER);
                minute += share.minute.of_rate(whole as f64);
                if !mine.left {
                    calls += share.calls.of_calls(whole);
                }
            }
            prop_assert!(calls <= whole && minute < whole as f64 + 1e-6, "{} {}", calls, minute);
        }
    }
}
