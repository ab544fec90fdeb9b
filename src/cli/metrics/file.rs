//! The metrics in a file, as the text-file collector of Prometheus' node exporter
//! reads it.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::Board;
use crate::batch::write_whole;
use crate::cli::print;

/// How long at least from one writing to the next while a run lasts.
const PAUSE: Duration = Duration::from_secs(10);

/// The file, and when it was written last.
pub(in crate::cli) struct MetricsFile {
    path: PathBuf,
    written: Mutex<Instant>,
}

impl MetricsFile {
    /// The file of a run that begins now.
    pub(in crate::cli) fn new(path: &Path) -> Self {
        Self {
            path: path.to_owned(),
            written: Mutex::new(Instant::now()),
        }
    }

    /// Writes what there is so far, where the last time was long ago.
    pub(in crate::cli) fn now_and_then(&self, board: &Board) {
        let mut written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        if written.elapsed() >= PAUSE {
            *written = Instant::now();
            self.write(board);
        }
    }

    /// Writes what there is.
    pub(in crate::cli) fn write(&self, board: &Board) {
        if let Err(cause) = write_whole(&self.path, board.text().as_bytes()) {
            let path = self.path.display();
            print::say(&format!(
                "cannot write {path}: {cause}; name another file with --metrics"
            ));
        }
    }
}
