//! The job ledger of a queue: a key an article.
//!
//! A row is read before its article is begun, and claimed at the revision that was
//! read before anything is written. So of two workers that have an article at the
//! same time, because one was slow or cut off, one writes.

use std::collections::HashMap;
use std::collections::hash_map::Entry::{Occupied, Vacant};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use bytes::Bytes;
use futures::stream::{self, StreamExt, TryStreamExt};
use serde::{Deserialize, Serialize};

use super::bucket::Bucket;
use super::connect::{Kind, Queue, token};
use super::error::QueueError;
use crate::state::ledger::{Entry, Standing};
use crate::state::{ArticleStore, StateError, now};

/// Requests under way at a time.
const TOGETHER: usize = 64;

/// The job ledger of a queue. Clones are the same ledger.
#[derive(Debug, Clone)]
pub struct Articles {
    bucket: Bucket,
    /// What was read of articles in progress, by key.
    read: Arc<Mutex<HashMap<String, Read>>>,
}

/// What is known of the row of an article in progress.
#[derive(Debug, Clone, Default)]
struct Read {
    revision: u64,
    delivery: Delivery,
    row: Option<Row>,
}

/// A delivery of a message.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Delivery {
    /// The message's number in its stream.
    pub(super) message: u64,
    /// Its how-manieth delivery it is.
    pub(super) number: u64,
}

/// A row, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Row {
    folder: String,
    id: String,
    input: String,
    seen: String,
    settings: String,
    /// `None` before the article has come to an end for the first time.
    standing: Option<String>,
    attempts: u32,
    cause: Option<String>,
    outputs: String,
    report: String,
    /// The delivery that came to an end last.
    ended: Delivery,
    /// Whether its outputs are being written.
    writing: bool,
    at: String,
}

impl Row {
    fn new(folder: &str, id: &str) -> Self {
        Self {
            folder: folder.to_owned(),
            id: id.to_owned(),
            input: String::new(),
            seen: String::new(),
            settings: String::new(),
            standing: None,
            attempts: 0,
            cause: None,
            outputs: String::new(),
            report: String::new(),
            ended: Delivery::default(),
            writing: false,
            at: now(),
        }
    }

    fn of(folder: &str, entry: Entry, ended: Delivery) -> Self {
        Self {
            folder: folder.to_owned(),
            id: entry.id,
            input: entry.input,
            seen: entry.seen,
            settings: entry.settings,
            standing: Some(entry.standing.name().to_owned()),
            attempts: entry.attempts,
            cause: entry.cause,
            outputs: entry.outputs,
            report: entry.report,
            ended,
            writing: false,
            at: now(),
        }
    }

    fn read(value: &[u8]) -> Option<Self> {
        serde_json::from_slice(value).ok()
    }

    fn written(&self) -> Bytes {
        serde_json::to_vec(self).unwrap_or_default().into()
    }

    fn entry(&self) -> Option<Entry> {
        let name = self.standing.as_deref()?;
        Some(Entry {
            id: self.id.clone(),
            input: self.input.clone(),
            seen: self.seen.clone(),
            settings: self.settings.clone(),
            standing: Standing::ALL.into_iter().find(|s| s.name() == name)?,
            attempts: self.attempts,
            cause: self.cause.clone(),
            outputs: self.outputs.clone(),
            report: self.report.clone(),
            reopened: None,
        })
    }
}

/// The key of an article: articles of two outputs are two.
pub(super) fn key(folder: &str, id: &str) -> String {
    token(&format!("{folder}\0{id}"))
}

impl Articles {
    /// The ledger of `queue`.
    ///
    /// # Errors
    /// When its bucket cannot be made or reached.
    pub async fn open(queue: &Queue) -> Result<Self, QueueError> {
        Ok(Self {
            bucket: queue.bucket(Kind::Articles).await?,
            read: Arc::default(),
        })
    }

    fn in_progress(&self) -> MutexGuard<'_, HashMap<String, Read>> {
        self.read.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes note that an article was delivered; says how often it was begun before
    /// without coming to an end, or nothing where this worker is at work on it already: it
    /// was out of reach for so long that the server offers it again, to itself. What the
    /// first delivery has read must stay, or it would write after somebody else has.
    pub(super) async fn begin(
        &self,
        folder: &str,
        id: &str,
        delivery: Delivery,
    ) -> Result<Option<u64>, StateError> {
        let key = key(folder, id);
        let (revision, row) = self.row(&key, folder, id).await?;
        let ended = row.as_ref().map_or(Delivery::default(), |row| row.ended);
        let read = Read {
            revision,
            delivery,
            row,
        };
        match self.in_progress().entry(key) {
            Occupied(_) => return Ok(None),
            Vacant(free) => free.insert(read),
        };
        let before = if ended.message == delivery.message {
            ended.number
        } else {
            0
        };
        Ok(Some(delivery.number.saturating_sub(before + 1)))
    }

    /// Enters that a delivery came to an end though nothing became of the article.
    pub(super) async fn end(&self, folder: &str, id: &str) -> Result<(), StateError> {
        let key = key(folder, id);
        let Some(read) = self.in_progress().remove(&key) else {
            return Ok(());
        };
        let mut row = read.row.unwrap_or_else(|| Row::new(folder, id));
        row.ended = read.delivery;
        // Where somebody else was faster, there is nothing to say.
        let replaced = self.bucket.replace(&key, row.written(), read.revision);
        replaced.await.map(drop)
    }

    /// Forgets an article in progress.
    pub(super) fn leave(&self, folder: &str, id: &str) {
        self.in_progress().remove(&key(folder, id));
    }

    async fn row(
        &self,
        key: &str,
        folder: &str,
        id: &str,
    ) -> Result<(u64, Option<Row>), StateError> {
        let found = self.bucket.get(key).await?;
        let row = found.value.and_then(|value| Row::read(&value));
        // The whole key counts, not its digest alone.
        let row = row.filter(|row| row.folder == folder && row.id == id);
        Ok((found.revision, row))
    }
}

#[async_trait]
impl ArticleStore for Articles {
    async fn articles(
        &self,
        folder: &str,
        ids: &[String],
    ) -> Result<Vec<Option<Entry>>, StateError> {
        let rows = ids.iter().cloned().map(|id| async move {
            let key = key(folder, &id);
            let known = self.in_progress().get(&key).map(|read| read.row.clone());
            let row = match known {
                Some(row) => row,
                None => self.row(&key, folder, &id).await?.1,
            };
            Ok(row.and_then(|row| row.entry()))
        });
        stream::iter(rows).buffered(TOGETHER).try_collect().await
    }

    async fn claim(&self, folder: &str, id: &str) -> Result<bool, StateError> {
        let key = key(folder, id);
        let Some(read) = self.in_progress().get(&key).cloned() else {
            return Ok(false);
        };
        let mut row = read.row.unwrap_or_else(|| Row::new(folder, id));
        row.writing = true;
        row.ended = Delivery {
            number: read.delivery.number.saturating_sub(1),
            ..read.delivery
        };
        let claimed = (self.bucket)
            .replace(&key, row.written(), read.revision)
            .await?;
        if let Some(revision) = claimed
            && let Some(read) = self.in_progress().get_mut(&key)
        {
            read.revision = revision;
        }
        Ok(claimed.is_some())
    }

    async fn reopen_article(&self, folder: &str, id: &str) -> Result<(), StateError> {
        let key = key(folder, id);
        loop {
            let (revision, row) = self.row(&key, folder, id).await?;
            let Some(mut row) = row else { return Ok(()) };
            row.standing = None;
            let replaced = self.bucket.replace(&key, row.written(), revision);
            if replaced.await?.is_some() {
                return Ok(());
            }
        }
    }

    async fn enter_article(&self, folder: &str, entry: Entry, _: i64) -> Result<(), StateError> {
        let key = key(folder, &entry.id);
        let read = self.in_progress().remove(&key).unwrap_or_default();
        let row = Row::of(folder, entry, read.delivery);
        // Who has claimed it and was overtaken leaves the row to the other.
        let entered = self.bucket.replace(&key, row.written(), read.revision);
        entered.await.map(drop)
    }
}
