//! How a run is ended early.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

/// Asks a run to end: what is in progress is finished, nothing more is begun.
/// Clones ask the same run.
#[derive(Debug, Clone, Default)]
pub struct Stop(Arc<Asked>);

#[derive(Debug, Default)]
struct Asked {
    asked: AtomicBool,
    cause: OnceLock<String>,
}

impl Stop {
    /// Asks, on behalf of a person.
    pub fn ask(&self) {
        self.0.asked.store(true, Ordering::Relaxed);
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
