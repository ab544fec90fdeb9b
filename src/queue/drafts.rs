//! The translation memory of a queue.
//!
//! A key is a digest of everything that a draft depends on; the value has all of it,
//! and it is compared. Whoever is first wins, so that workers which asked for the
//! same sentence at the same time go on with the same words.
//!
//! Which sentences have a translation that people approved, each worker knows by heart:
//! most have none, and it costs no question.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use futures::stream::{self, StreamExt, TryStreamExt};
use serde::{Deserialize, Serialize};

use super::bucket::Bucket;
use super::connect::{Kind, Queue, token};
use super::error::QueueError;
use crate::state::drafts::{self, DraftRow, Key};
use crate::state::{DraftStore, StateError, now};

/// Requests under way at a time.
const TOGETHER: usize = 64;

/// The translation memory of a queue. Clones are the same memory.
#[derive(Debug, Clone)]
pub struct Drafts {
    bucket: Bucket,
    approved: Arc<Mutex<Approved>>,
}

/// What people approved.
#[derive(Debug, Default)]
struct Approved {
    /// Digest of all of it; `None` before it is known.
    digest: Option<String>,
    /// The keys in the bucket.
    keys: HashSet<String>,
}

/// A draft, as it is kept.
#[derive(Debug, Serialize, Deserialize)]
struct Row<'a> {
    key: std::borrow::Cow<'a, str>,
    kind: std::borrow::Cow<'a, str>,
    pair: std::borrow::Cow<'a, str>,
    provider: std::borrow::Cow<'a, str>,
    source: std::borrow::Cow<'a, str>,
    target: std::borrow::Cow<'a, str>,
    draft: std::borrow::Cow<'a, str>,
    added: String,
}

/// The draft in a value, where it answers `key`.
fn draft(value: &[u8], key: &Key) -> Option<String> {
    let row: Row<'_> = serde_json::from_slice(value).ok()?;
    (row.key == key.text.as_str()).then(|| row.draft.into_owned())
}

impl Drafts {
    /// The memory of `queue`.
    ///
    /// # Errors
    /// When its bucket cannot be made or reached.
    pub async fn open(queue: &Queue) -> Result<Self, QueueError> {
        Ok(Self {
            bucket: queue.bucket(Kind::Memory).await?,
            approved: Arc::default(),
        })
    }

    fn by_heart(&self) -> MutexGuard<'_, Approved> {
        self.approved.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Learns what people approved, where its digest is another one.
    pub(super) async fn learn(&self, digest: &str) -> Result<(), StateError> {
        if self.by_heart().digest.as_deref() == Some(digest) {
            return Ok(());
        }
        let keys = self.bucket.keys("approved.*").await?;
        *self.by_heart() = Approved {
            digest: Some(digest.to_owned()),
            keys: keys.into_iter().collect(),
        };
        Ok(())
    }

    /// The draft at a key of the bucket that answers `key`.
    async fn find(&self, name: &str, key: &Key) -> Result<Option<String>, StateError> {
        let found = self.bucket.get(name).await?;
        Ok(found.value.and_then(|value| draft(&value, key)))
    }

    /// Keeps a row; gives the draft that was there before a draft.
    async fn keep(&self, row: DraftRow) -> Result<Option<String>, StateError> {
        let name = name(row.kind, &row.key);
        let value = serde_json::to_vec(&Row {
            key: row.key.text.as_str().into(),
            kind: row.kind.name().into(),
            pair: row.pair.as_str().into(),
            provider: row.provider.as_str().into(),
            source: row.source.as_str().into(),
            target: row.target.as_str().into(),
            draft: row.draft.as_str().into(),
            added: now(),
        });
        let value = value.unwrap_or_default();
        if row.kind == drafts::Kind::Approved {
            self.bucket.put(&name, value.into()).await?;
            return Ok(None);
        }
        if self.bucket.replace(&name, value.into(), 0).await?.is_some() {
            return Ok(None);
        }
        self.find(&name, &row.key).await
    }
}

/// The key in the bucket.
fn name(kind: drafts::Kind, key: &Key) -> String {
    format!("{}.{}", kind.name(), token(&key.text))
}

#[async_trait]
impl DraftStore for Drafts {
    async fn drafts(&self, keys: &[Key]) -> Result<Vec<Option<String>>, StateError> {
        let found = keys
            .iter()
            .cloned()
            .map(|key| async move { self.find(&name(drafts::Kind::Draft, &key), &key).await });
        stream::iter(found).buffered(TOGETHER).try_collect().await
    }

    async fn approved(&self, keys: &[Key]) -> Result<Vec<Option<String>>, StateError> {
        let found = keys.iter().cloned().map(|key| async move {
            let name = name(drafts::Kind::Approved, &key);
            let is_known = self.by_heart().keys.contains(&name);
            if is_known {
                self.find(&name, &key).await
            } else {
                Ok(None)
            }
        });
        stream::iter(found).buffered(TOGETHER).try_collect().await
    }

    async fn keep_drafts(&self, rows: Vec<DraftRow>) -> Result<Vec<Option<String>>, StateError> {
        let kept = rows.into_iter().map(|row| self.keep(row));
        stream::iter(kept).buffered(TOGETHER).try_collect().await
    }

    async fn candidates(&self, _: &str, _: &[String]) -> Result<Vec<DraftRow>, StateError> {
        // Nothing here can be searched by its words: language models get no examples.
        Ok(Vec::new())
    }
}
