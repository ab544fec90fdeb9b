//! A bucket of keys and values, which survives servers that come and go.

use async_nats::jetstream::kv;
use bytes::Bytes;
use futures::stream::{self, StreamExt, TryStreamExt};

use super::connect::Queue;
use super::error::QueueError;
use crate::state::StateError;

/// Requests under way at a time.
const TOGETHER: usize = 64;

/// A bucket. Clones are the same bucket.
#[derive(Clone)]
pub(super) struct Bucket {
    queue: Queue,
    store: kv::Store,
}

impl std::fmt::Debug for Bucket {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Bucket").field(&self.store.name).finish()
    }
}

/// What is at a key.
#[derive(Debug, Clone, Default)]
pub(super) struct Found {
    /// The value, where there is one.
    pub(super) value: Option<Bytes>,
    /// The revision to replace; 0 where there never was one.
    pub(super) revision: u64,
    /// When it was written, by the server's clock: seconds since 1970.
    pub(super) at: i64,
}

impl Found {
    fn of(entry: kv::Entry) -> Self {
        let is_there = entry.operation == kv::Operation::Put;
        Self {
            value: is_there.then_some(entry.value),
            revision: entry.revision,
            at: entry.created.unix_timestamp(),
        }
    }
}

impl Bucket {
    pub(super) fn new(queue: Queue, store: kv::Store) -> Self {
        Self { queue, store }
    }

    /// What is at `key`.
    pub(super) async fn get(&self, key: &str) -> Result<Found, StateError> {
        self.patiently(|| async {
            let entry = self.store.entry(key).await.map_err(|e| e.to_string())?;
            Ok(entry.map_or_else(Found::default, Found::of))
        })
        .await
    }

    /// Writes, whatever is there.
    pub(super) async fn put(&self, key: &str, value: Bytes) -> Result<u64, StateError> {
        self.patiently(|| async {
            let put = self.store.put(key, value.clone()).await;
            put.map_err(|e| e.to_string())
        })
        .await
    }

    /// Writes where `revision` is still there (0: nothing); `None` where somebody
    /// else was faster.
    pub(super) async fn replace(
        &self,
        key: &str,
        value: Bytes,
        revision: u64,
    ) -> Result<Option<u64>, StateError> {
        self.patiently(|| async {
            match self.store.update(key, value.clone(), revision).await {
                Ok(revision) => Ok(Some(revision)),
                Err(error) if error.kind() == kv::UpdateErrorKind::WrongLastRevision => {
                    // An attempt that nobody answered may have been the faster one.
                    let entry = self.store.entry(key).await.map_err(|e| e.to_string())?;
                    Ok(entry
                        .filter(|entry| entry.value == value)
                        .map(|entry| entry.revision))
                }
                Err(error) => Err(error.to_string()),
            }
        })
        .await
    }

    /// All keys that match a filter.
    pub(super) async fn keys(&self, filter: &str) -> Result<Vec<String>, StateError> {
        let before = format!("$KV.{}.", self.store.name);
        self.patiently(|| async {
            let subjects = format!("{before}{filter}");
            let info = self.store.stream.info_with_subjects(subjects).await;
            let subjects = info.map_err(|e| e.to_string())?;
            let keys = subjects.map_ok(|(subject, _)| subject.replacen(&before, "", 1));
            keys.try_collect().await.map_err(|e| e.to_string())
        })
        .await
    }

    /// All keys that match a filter, with their values.
    pub(super) async fn all(&self, filter: &str) -> Result<Vec<(String, Found)>, StateError> {
        // (A watch tells when it has told everything, but not all servers tell it right.)
        let keys = self.keys(filter).await?.into_iter();
        let found = keys.map(|key| async move {
            let found = self.get(&key).await?;
            Ok((key, found))
        });
        let found = stream::iter(found).buffered(TOGETHER).try_collect();
        let mut found: Vec<(String, Found)> = found.await?;
        found.retain(|(_, found)| found.value.is_some());
        Ok(found)
    }

    /// Everything that is there, and then what changes.
    pub(super) async fn watch_everything(&self) -> Result<kv::Watch, QueueError> {
        let watch = self.store.watch_with_history(">").await;
        watch.map_err(|cause| self.queue.silent(&cause))
    }

    /// Writes, whatever is there, and tries no second time.
    pub(super) async fn once(&self, key: &str, value: Bytes) -> Result<u64, String> {
        let put = self.store.put(key, value).await;
        put.map_err(|e| e.to_string())
    }

    /// The queue that it belongs to.
    pub(super) fn queue(&self) -> &Queue {
        &self.queue
    }

    /// Keys, and bytes of everything.
    pub(super) async fn size(&self) -> Result<(u64, u64), QueueError> {
        let info = self.store.stream.get_info().await;
        let info = info.map_err(|cause| self.queue.silent(&cause))?;
        Ok((info.state.messages, info.state.bytes))
    }

    /// Tries again while the server may come back.
    async fn patiently<T, F>(&self, attempt: impl Fn() -> F) -> Result<T, StateError>
    where
        F: Future<Output = Result<T, String>>,
    {
        self.queue.patiently(attempt).await.map_err(|cause| {
            let error = self.queue.silent(&cause);
            StateError::elsewhere(&error.place, error.trouble.to_string())
        })
    }
}
