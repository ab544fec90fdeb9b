//! Articles and translations in the object store of `JetStream`, beside the stream that
//! has the references to them.

use std::io::{Error, ErrorKind, Result};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use async_nats::jetstream::object_store::{self, InfoErrorKind, ObjectInfo, ObjectStore};
use async_nats::jetstream::stream;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE;
use futures::StreamExt;
use sha2::{Digest, Sha256};
use tokio::io::AsyncReadExt;
use tokio::time::timeout;

use super::connect::Queue;
use super::error::QueueError;
use super::reach::Reach;
use crate::batch::{Store, TooLarge};

/// How long one object may take that is read or written; it is tried again after that.
const OBJECT: std::time::Duration = std::time::Duration::from_secs(30);
/// Bytes of an object in one message.
const CHUNK: usize = 128 * 1024;

/// The object store of a queue.
#[derive(Clone)]
pub(super) struct Objects {
    queue: Queue,
    reach: Reach,
    store: ObjectStore,
    stream: stream::Stream,
    name: String,
}

impl std::fmt::Debug for Objects {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Objects").field(&self.name).finish()
    }
}

impl Objects {
    /// The object store `name`, for paths below `reach`'s folder.
    pub(super) async fn open(
        queue: &Queue,
        name: String,
        reach: Reach,
    ) -> std::result::Result<Self, QueueError> {
        let (store, stream) = queue.object_store(&name).await?;
        Ok(Self {
            queue: queue.clone(),
            reach,
            store,
            stream,
            name,
        })
    }

    /// Waits for something that is tried again while the server may come back.
    fn wait<T, F>(&self, attempt: impl Fn() -> F) -> Result<T>
    where
        F: Future<Output = Attempt<T>>,
    {
        let patient = self.queue.patiently(|| async {
            let tried = timeout(OBJECT, attempt()).await;
            match tried.unwrap_or_else(|_| Err(Fault::Silent("no answer in time".to_owned()))) {
                Ok(done) => Ok(Ok(done)),
                Err(Fault::Final(error)) => Ok(Err(error)),
                Err(Fault::Silent(cause)) => Err(cause),
            }
        });
        let done = self.reach.wait(patient);
        done.unwrap_or_else(|cause| Err(Error::other(self.queue.silent(&cause))))
    }

    /// What is known of an object; `None` where there is none.
    async fn info(&self, key: &str) -> Attempt<Option<ObjectInfo>> {
        match self.store.info(key).await {
            Ok(info) => Ok((!info.deleted).then_some(info)),
            Err(error) if error.kind() == InfoErrorKind::NotFound => Ok(None),
            Err(error) => Err(Fault::silent(&error)),
        }
    }

    async fn get(&self, key: &str, limit: u64) -> Attempt<Vec<u8>> {
        let Some(info) = self.info(key).await? else {
            return Err(Fault::Final(ErrorKind::NotFound.into()));
        };
        let size = info.size as u64;
        if size > limit {
            return Err(Fault::Final(TooLarge(size).into()));
        }
        let mut bytes = Vec::new();
        if info.chunks == 1 && info.options.is_some() {
            bytes = self.only_chunk(&info).await?;
        } else if info.size > 0 {
            let object = self.store.get(key).await.map_err(|e| Fault::silent(&e))?;
            let mut object = object.take(size.saturating_add(1));
            // What another one replaces meanwhile ends early, and is read again.
            let read = object.read_to_end(&mut bytes).await;
            read.map_err(|e| Fault::silent(&e))?;
        }
        let is_whole = bytes.len() == info.size && info.digest == Some(digest(&bytes));
        if is_whole {
            Ok(bytes)
        } else {
            Err(Fault::Silent("it is not whole".to_owned()))
        }
    }

    /// Most articles are one message, which is fetched without a consumer.
    async fn only_chunk(&self, info: &ObjectInfo) -> Attempt<Vec<u8>> {
        let subject = format!("$O.{}.C.{}", self.name, info.nuid);
        let chunk = if self.stream.cached_info().config.allow_direct {
            let chunk = self.stream.direct_get_last_for_subject(subject).await;
            chunk.map_err(|e| Fault::silent(&e))?.payload
        } else {
            let chunk = self.stream.get_last_raw_message_by_subject(&subject).await;
            chunk.map_err(|e| Fault::silent(&e))?.payload
        };
        Ok(chunk.into())
    }

    async fn put(&self, key: &str, content: &[u8]) -> Attempt<()> {
        // Of the same bytes nothing changes, not even for who looks from outside.
        if let Some(info) = self.info(key).await?
            && info.size == content.len()
            && info.digest == Some(digest(content))
        {
            return Ok(());
        }
        let about = object_store::ObjectMetadata {
            name: key.to_owned(),
            chunk_size: Some(CHUNK),
            ..object_store::ObjectMetadata::default()
        };
        let put = self.store.put(about, &mut &*content).await;
        put.map(drop).map_err(|e| Fault::silent(&e))
    }

    async fn keys(&self) -> Attempt<Vec<String>> {
        let mut listed = self.store.list().await.map_err(|e| Fault::silent(&e))?;
        let mut keys = Vec::new();
        while let Some(info) = listed.next().await {
            keys.push(info.map_err(|e| Fault::silent(&e))?.name);
        }
        Ok(keys)
    }
}

impl Store for Objects {
    fn make(&self, _: &Path) -> Result<()> {
        Ok(())
    }

    fn list(&self, folder: &Path) -> Result<Vec<PathBuf>> {
        let below = self.reach.key(folder)?;
        let keys = self.wait(|| self.keys())?;
        Ok(self.reach.below(&below, keys))
    }

    fn look(&self, path: &Path, _: SystemTime) -> String {
        let key = self.reach.key(path);
        let info = key.and_then(|key| self.wait(|| self.info(&key)));
        let info = info.ok().flatten();
        // A name that is given to one content and never again.
        info.map_or_else(String::new, |info| format!("{}:{}", info.size, info.nuid))
    }

    fn read(&self, path: &Path, limit: u64) -> Result<Vec<u8>> {
        let key = self.reach.key(path)?;
        self.wait(|| self.get(&key, limit))
    }

    fn write<'f>(&self, files: &[(&'f Path, &[u8])]) -> std::result::Result<(), (&'f Path, Error)> {
        for (path, content) in files {
            let key = self.reach.key(path);
            let put = key.and_then(|key| self.wait(|| self.put(&key, content)));
            put.map_err(|cause| (*path, cause))?;
        }
        Ok(())
    }

    fn remove(&self, path: &Path) -> Result<()> {
        let key = self.reach.key(path)?;
        self.wait(|| async {
            if self.info(&key).await?.is_some() {
                let deleted = self.store.delete(&key).await;
                deleted.map_err(|e| Fault::silent(&e))?;
            }
            Ok(())
        })
    }
}

type Attempt<T> = std::result::Result<T, Fault>;

/// Why an attempt has come to nothing.
enum Fault {
    /// Nothing will change that.
    Final(Error),
    /// The server may come back.
    Silent(String),
}

impl Fault {
    fn silent(cause: &dyn std::fmt::Display) -> Self {
        Self::Silent(cause.to_string())
    }
}

/// The digest of an object, as the store writes it.
fn digest(bytes: &[u8]) -> String {
    format!("SHA-256={}", BASE64_URL_SAFE.encode(Sha256::digest(bytes)))
}
