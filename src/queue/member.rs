//! A worker among the others, as what asks providers sees it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use serde::{Deserialize, Serialize};
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;

use crate::provider::ErrorKind;
use crate::provider::layer::{Heard, Limited, Share, Sharing};

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
pub(super) struct Told {
    share: watch::Sender<Share>,
    limits: Mutex<Vec<Weak<Limited>>>,
    heard: Mutex<HashMap<String, Heard>>,
    news: mpsc::UnboundedSender<News>,
}

/// A pause, as it is kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Pause {
    pub(super) provider: String,
    /// Seconds; 0 where it works again.
    pub(super) seconds: f64,
    pub(super) kind: String,
    pub(super) cause: String,
}

/// What the others are told.
#[derive(Debug)]
pub(super) enum News {
    Pause(Pause),
    Leave,
}

impl Member {
    pub(super) fn new(told: Arc<Told>, keeper: JoinHandle<()>) -> Self {
        Self { told, keeper }
    }

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
    /// One that has no part yet, and where what it says arrives.
    pub(super) fn new() -> (Arc<Self>, mpsc::UnboundedReceiver<News>) {
        let (news, inbox) = mpsc::unbounded_channel();
        let told = Self {
            share: watch::channel(Share::NONE).0,
            limits: Mutex::default(),
            heard: Mutex::default(),
            news,
        };
        (Arc::new(told), inbox)
    }

    /// Makes the own part known.
    pub(super) fn tell(&self, share: Share) {
        self.share.send_if_modified(|told| {
            let is_news = *told != share;
            *told = share;
            is_news
        });
    }

    /// Takes note of what was heard of a provider.
    pub(super) fn hears(&self, provider: String, heard: Heard) {
        self.heard().insert(provider, heard);
    }

    fn limits(&self) -> MutexGuard<'_, Vec<Weak<Limited>>> {
        self.limits.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn heard(&self) -> MutexGuard<'_, HashMap<String, Heard>> {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether everything keeps within its part.
    pub(super) fn is_within(&self) -> bool {
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
