//! What all workers of a queue have spent: one key a period of the budget, written
//! by compare-and-set before each call. However many workers spend from it, and
//! wherever one of them is killed, no more is set aside than the budget has.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use super::bucket::{Bucket, Found};
use super::connect::{Kind, Queue};
use super::error::QueueError;
use crate::accounts::{Aside, Budget, Money, Period, Purse};
use crate::state::spend::{Call, Ending, Sum};
use crate::state::{StateError, now};

/// What the workers of a queue have spent.
#[derive(Debug)]
pub struct Shared {
    bucket: Bucket,
    /// Tells the writes of this worker from all others.
    worker: String,
    writes: AtomicU64,
    /// The job that is worked on.
    job: AtomicI64,
    /// What this worker saw last, and the right to write.
    last: tokio::sync::Mutex<Option<(String, Found)>>,
}

/// What was spent in a period, as it is kept.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spent {
    /// Billionths of the currency's unit.
    pub nanos: u64,
    /// Characters (Unicode scalar values).
    pub characters: u64,
    /// By provider.
    pub providers: BTreeMap<String, Part>,
    /// Who wrote this.
    by: String,
}

/// What was spent on a provider.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Calls.
    pub calls: u64,
    /// Segments sent.
    pub segments: u64,
    /// Characters sent.
    pub characters: u64,
    /// Billionths of the currency's unit.
    pub nanos: u64,
}

impl Spent {
    fn read(value: Option<&[u8]>) -> Self {
        let spent = value.and_then(|value| serde_json::from_slice(value).ok());
        spent.unwrap_or_default()
    }

    fn sum(&self) -> Sum {
        Sum {
            nanos: self.nanos,
            characters: self.characters,
        }
    }

    fn set(&mut self, sum: Sum) {
        (self.nanos, self.characters) = (sum.nanos, sum.characters);
    }

    fn add(&mut self, call: &Call) {
        self.set(self.sum().and(call.sum()));
        let part = self.providers.entry(call.provider.clone()).or_default();
        part.calls += 1;
        part.segments += call.segments;
        part.characters += call.characters;
        part.nanos += call.nanos;
    }

    fn settle(&mut self, call: &Call, ending: Ending, cost: Money) {
        let part = self.providers.entry(call.provider.clone()).or_default();
        let mut costs = call.sum();
        costs.nanos = cost.nanos();
        part.nanos = part.nanos.saturating_sub(call.nanos) + cost.nanos();
        if ending == Ending::Refused {
            costs.characters = 0;
            part.calls = part.calls.saturating_sub(1);
            part.segments = part.segments.saturating_sub(call.segments);
            part.characters = part.characters.saturating_sub(call.characters);
        }
        self.set(self.sum().less(call.sum()).and(costs));
    }
}

/// The key of the period that a call is paid in.
fn key(period: Period, job: i64) -> String {
    match period.since(&now()) {
        None => format!("job.{job}"),
        Some(day) => match period {
            Period::Month => format!("month.{day}"),
            _ => format!("day.{day}"),
        },
    }
}

impl Shared {
    /// The purse of `queue`, for one worker.
    ///
    /// # Errors
    /// When its bucket cannot be made or reached.
    pub async fn open(queue: &Queue, worker: &str) -> Result<Self, QueueError> {
        Ok(Self {
            bucket: queue.bucket(Kind::Spend).await?,
            worker: worker.to_owned(),
            writes: AtomicU64::new(0),
            job: AtomicI64::new(0),
            last: tokio::sync::Mutex::default(),
        })
    }

    /// Has calls be paid in job `job`, where it is a later one.
    pub(super) fn works_on(&self, job: i64) {
        self.job.fetch_max(job, Ordering::Relaxed);
    }

    /// What was spent in every period, by its key.
    ///
    /// # Errors
    /// When the server does not answer.
    pub async fn spent(&self) -> Result<BTreeMap<String, Spent>, StateError> {
        let read = |(key, found): (String, Found)| (key, Spent::read(found.value.as_deref()));
        let mut spent = BTreeMap::new();
        for filter in ["job.*", "day.*", "month.*"] {
            spent.extend(self.bucket.all(filter).await?.into_iter().map(read));
        }
        Ok(spent)
    }

    /// Changes what was spent in the period of `key`, where `change` does, and from
    /// what is there at that moment.
    async fn change<T>(
        &self,
        key: String,
        change: impl Fn(&mut Spent) -> Result<(), T> + Send + Sync,
    ) -> Result<Result<(), T>, StateError> {
        let mut last = self.last.lock().await;
        // What others have spent since, the server knows.
        let mut found = match last.take() {
            Some((known, found)) if known == key => found,
            _ => self.bucket.get(&key).await?,
        };
        let mut is_fresh = false;
        loop {
            let mut spent = Spent::read(found.value.as_deref());
            if let Err(refused) = change(&mut spent) {
                // Others may have given something back.
                if is_fresh {
                    return Ok(Err(refused));
                }
                (found, is_fresh) = (self.bucket.get(&key).await?, true);
                continue;
            }
            let number = self.writes.fetch_add(1, Ordering::Relaxed);
            spent.by = format!("{}/{number}", self.worker);
            let value: bytes::Bytes = serde_json::to_vec(&spent).unwrap_or_default().into();
            let replaced = self.bucket.replace(&key, value.clone(), found.revision);
            if let Some(revision) = replaced.await? {
                let value = Some(value);
                let found = Found {
                    value,
                    revision,
                    at: 0,
                };
                *last = Some((key, found));
                return Ok(Ok(()));
            }
            (found, is_fresh) = (self.bucket.get(&key).await?, true);
        }
    }
}

#[async_trait]
impl Purse for Shared {
    async fn set_aside(
        &self,
        call: Call,
        budget: &Budget,
    ) -> Result<Result<Aside, Sum>, StateError> {
        let job = self.job.load(Ordering::Relaxed);
        let period = key(budget.per, job);
        let set_aside = self.change(period.clone(), |spent| {
            if !budget.has(spent.sum(), call.sum()) {
                return Err(spent.sum());
            }
            spent.add(&call);
            Ok(())
        });
        let set_aside = set_aside.await?;
        Ok(set_aside.map(|()| Aside {
            row: job,
            period,
            call,
        }))
    }

    async fn settle(&self, aside: &Aside, ending: Ending, cost: Money) -> Result<(), StateError> {
        if ending != Ending::Refused && cost.nanos() == aside.call.nanos {
            return Ok(());
        }
        let settled = self.change(aside.period.clone(), |spent| {
            spent.settle(&aside.call, ending, cost);
            Ok::<(), ()>(())
        });
        settled.await.map(drop)
    }
}
