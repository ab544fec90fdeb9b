//! What keeps the key of a worker, and listens to the others.

use std::sync::Arc;
use std::time::Duration;

use async_nats::jetstream::kv;
use bytes::Bytes;
use futures::StreamExt;
use tokio::sync::mpsc;
use tokio::time::{Instant, interval, sleep};

use super::bucket::Bucket;
use super::connect::token;
use super::member::{News, Pause, Told};
use super::roll::{Lease, Roll};
use crate::provider::ErrorKind;
use crate::provider::layer::Heard;

/// How often a worker says that it lives.
const BEAT: Duration = Duration::from_secs(3);

/// When it is tried again to listen to a server that does not answer.
const AGAIN: Duration = Duration::from_millis(200);

/// Keeps the key of a worker, and listens.
pub(super) struct Keeper {
    bucket: Bucket,
    key: String,
    roll: Roll,
    /// When this worker came first, in the order of all that is written.
    born: u64,
    told: Arc<Told>,
}

impl Keeper {
    /// For the worker of `key`, which has come already.
    pub(super) fn new(bucket: Bucket, key: String, roll: Roll, told: Arc<Told>) -> Self {
        Self {
            bucket,
            key,
            born: roll.lease().joined,
            roll,
            told,
        }
    }

    /// Listens and speaks until it is told to leave.
    pub(super) async fn keep(mut self, mut inbox: mpsc::UnboundedReceiver<News>) {
        let mut beats = interval(BEAT);
        loop {
            // What is there already comes first: the watch tells everything.
            let Ok(mut watch) = self.bucket.watch_everything().await else {
                self.tell();
                tokio::select! {
                    news = inbox.recv() => match news {
                        Some(News::Pause(pause)) => self.pause(&pause).await,
                        Some(News::Leave) | None => return self.leave().await,
                    },
                    () = sleep(AGAIN) => {}
                }
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
        let now = Instant::now();
        if entry.key == self.key {
            self.roll.hears_itself(now);
        } else if let Some(id) = entry.key.strip_prefix("worker.") {
            self.roll.hears(id, Lease::read(&entry.value), now);
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
                pause: is_pause.then(|| (now + length, kind, pause.cause)),
            };
            self.told.hears(pause.provider, heard);
        }
    }

    /// Works out the own part, and tells it.
    fn tell(&mut self) {
        self.told.tell(self.roll.share(Instant::now()));
    }

    async fn beat(&mut self) {
        // Room is made before it is told.
        self.tell();
        let value = self.roll.next(self.told.is_within()).written();
        let sent = Instant::now();
        let Some(revision) = self.write(value).await else {
            return;
        };
        self.roll.was_sent(sent);
        if self.roll.has_to_come_anew() {
            let value = self.roll.anew(revision).written();
            if self.write(value).await.is_some() {
                self.roll.came_anew();
            }
        }
    }

    async fn write(&self, value: Bytes) -> Option<u64> {
        match self.bucket.once(&self.key, value).await {
            Ok(revision) => Some(revision),
            Err(cause) => {
                tracing::warn!(cause, "the other workers do not hear this one");
                None
            }
        }
    }

    async fn pause(&self, pause: &Pause) {
        let key = format!("pause.{}", token(&pause.provider));
        let value = serde_json::to_vec(pause).unwrap_or_default();
        if let Err(cause) = self.bucket.once(&key, value.into()).await {
            tracing::warn!(provider = pause.provider, cause, "a pause is not shared");
        }
    }

    async fn leave(mut self) {
        let value = self.roll.left().written();
        self.write(value).await;
    }
}
