//! What the workers of a queue know together: who lives, which providers are paused,
//! and which job it is.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use tokio::time::Instant;

use super::bucket::{Bucket, Found};
use super::connect::{Kind, Queue};
use super::error::QueueError;
use super::keeper::Keeper;
use super::member::{Member, Told};
use super::roll::{Lease, Roll, TTL};
use crate::state::StateError;

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
            let lease = found.value.as_deref().and_then(Lease::read);
            found.at >= last && lease.is_some_and(|lease| !lease.left)
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
        let joined = self.bucket.put(&key, Lease::default().written()).await;
        let mut roll = Roll::new(joined.map_err(elsewhere)?, Instant::now());
        let sent = Instant::now();
        let put = self.bucket.put(&key, roll.lease().written()).await;
        put.map_err(elsewhere)?;
        roll.was_sent(sent);
        let (told, inbox) = Told::new();
        let keeper = Keeper::new(self.bucket, key, roll, Arc::clone(&told));
        let keeper = tokio::spawn(keeper.keep(inbox));
        Ok(Member::new(told, keeper))
    }
}
