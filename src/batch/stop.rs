//! How a run is ended early.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use tokio::sync::watch;

/// Asks a run to end: what is in progress is finished, nothing more is begun;
/// what takes too long then is abandoned.
/// Clones ask the same run.
#[derive(Debug, Clone, Default)]
pub struct Stop(Arc<Asked>);

#[derive(Debug, Default)]
struct Asked {
    asked: AtomicBool,
    cause: OnceLock<String>,
    abandoned: watch::Sender<bool>,
}

impl Stop {
    /// Asks, on behalf of a person.
    pub fn ask(&self) {
        self.0.asked.store(true, Ordering::Relaxed);
    }

    /// Asks, and has articles in progress dropped where they stand: none of them
    /// is written, and what was paid for is remembered.
    pub fn abandon(&self) {
        self.ask();
        self.0.abandoned.send_replace(true);
    }

    /// Is ready when articles in progress are to be dropped.
    pub(super) async fn abandoned(&self) {
        let mut abandoned = self.0.abandoned.subscribe();
        // The sender is in `self`.
        let _ = abandoned.wait_for(|is| *is).await;
    }

    /// Asks because going on would lose something. The first cause stays.
    pub fn halt(&self, cause: String) {
        // A second cause follows from the first.
        let _ = self.0.cause.set(cause);
        self.ask();
    }

    /// Whether the run was asked.
    #[must_use]
    pub fn asked(&self) -> bool {
        self.0.asked.load(Ordering::Relaxed)
    }

    /// Why it was, where no person asked: the cause and the next step.
    #[must_use]
    pub fn cause(&self) -> Option<&str> {
        self.0.cause.get().map(String::as_str)
    }
}
