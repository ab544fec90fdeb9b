//! What outlives a run: one embedded `SQLite` file.
//!
//! It holds the job ledger ([`ledger`]), the translation memory ([`drafts`]), the
//! name ledger ([`names`]), what was spent ([`spend`]), how values came back
//! ([`survival`]) and what editors do ([`review`]). This module knows
//! tables and rows; what they mean is decided by those below it.
//!
//! **Guarantees.** What a write has answered is on the disk: it survives the
//! process, and the power (write-ahead log, synchronous commits). A process that
//! is killed in the middle leaves the file as it was after its last commit. Two
//! processes may use one file at a time; each waits up to [`PATIENCE`] for the
//! other. A file of an earlier version is brought to the present one when it is
//! opened, all of it or nothing; one of a later version is refused untouched.
//! `sqlite3 FILE` reads everything: texts and JSON, and times as ISO 8601.

pub mod drafts;
mod error;
pub mod ledger;
mod lock;
pub mod names;
pub mod review;
mod schema;
pub mod spend;
mod store;
pub mod survival;
mod writer;

#[cfg(test)]
mod tests;

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

pub use error::{Problem, StateError};
pub use lock::RunLock;
pub use store::{ArticleStore, DraftStore, NameStore};
use writer::Writer;

/// How long one process waits while another writes.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// An open state file. Clones are the same file.
#[derive(Clone)]
pub struct StateFile(Arc<Inner>);

struct Inner {
    path: PathBuf,
    reader: Mutex<Connection>,
    writer: Writer,
    /// Words of the memory that are known to be in too many of its sentences to tell
    /// them apart.
    common: Mutex<HashSet<String>>,
}

impl StateFile {
    /// Opens the file, makes it where it is missing, and brings it to the
    /// present version.
    ///
    /// # Errors
    /// When it is locked, read-only, damaged, something else or of a later
    /// version, or the disk is full; the message names it and the next step.
    pub fn open(path: &Path) -> Result<Self, StateError> {
        if let Some(folder) = path.parent()
            && !folder.as_os_str().is_empty()
        {
            std::fs::create_dir_all(folder).map_err(|cause| {
                let cause = format!("{}: {cause}", folder.display());
                StateError::new(path, Problem::Unopenable(cause))
            })?;
        }
        Self::connect(path, OpenFlags::SQLITE_OPEN_CREATE, PATIENCE)
    }

    /// Opens a file that is there already, for commands that only look at it.
    ///
    /// # Errors
    /// Like [`StateFile::open`], and when there is none.
    pub fn existing(path: &Path) -> Result<Self, StateError> {
        if !path.exists() {
            return Err(StateError::new(path, Problem::Missing));
        }
        Self::connect(path, OpenFlags::empty(), PATIENCE)
    }

    fn connect(path: &Path, flags: OpenFlags, patience: Duration) -> Result<Self, StateError> {
        let failed = |cause: rusqlite::Error| StateError::of(path, &cause);
        let connect = || -> rusqlite::Result<Connection> {
            let flags = flags | OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
            let connection = Connection::open_with_flags(path, flags)?;
            connection.busy_timeout(patience)?;
            connection.set_prepared_statement_cache_capacity(64);
            Ok(connection)
        };
        let mut writing = connect().map_err(failed)?;
        // Before anything is set, which would change a stranger's file.
        schema::check(&writing, path)?;
        // Where the file system cannot share memory this stays what it was,
        // and everything else holds all the same.
        writing
            .pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(()))
            .and_then(|()| writing.pragma_update(None, "synchronous", "full"))
            .and_then(|()| writing.pragma_update(None, "cache_size", -16_000))
            .map_err(failed)?;
        schema::migrate(&mut writing, path)?;
        let reader = connect().map_err(failed)?;
        reader
            .pragma_update(None, "cache_size", -32_000)
            .and_then(|()| reader.pragma_update(None, "query_only", true))
            .map_err(failed)?;
        Ok(Self(Arc::new(Inner {
            path: path.to_owned(),
            reader: Mutex::new(reader),
            writer: Writer::start(writing, path)?,
            common: Mutex::default(),
        })))
    }

    /// Where the file lies.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0.path
    }

    /// Reads; sees what has been written before.
    fn read<T>(
        &self,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StateError> {
        let reader = self.0.reader.lock().unwrap_or_else(PoisonError::into_inner);
        work(&reader).map_err(|cause| StateError::of(&self.0.path, &cause))
    }

    /// Reads many rows: they are of one moment, and the file is locked once.
    fn read_many<T>(
        &self,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StateError> {
        self.read(|connection| {
            let reading = connection.unchecked_transaction()?;
            let found = work(&reading)?;
            reading.commit()?;
            Ok(found)
        })
    }

    /// Writes; ready when it is on the disk.
    async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, StateError> {
        let (reply, answer) = tokio::sync::oneshot::channel();
        self.0.writer.send(work, |outcome| {
            // Nobody waits any more: it is written all the same.
            let _ = reply.send(outcome);
        });
        answer.await.unwrap_or_else(|_| Err(self.gone()))
    }

    /// Writes, and blocks the thread until it is on the disk.
    fn write_now<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, StateError> {
        let (reply, answer) = mpsc::channel();
        self.0.writer.send(work, move |outcome| {
            let _ = reply.send(outcome);
        });
        answer.recv().unwrap_or_else(|_| Err(self.gone()))
    }

    fn common(&self) -> MutexGuard<'_, HashSet<String>> {
        self.0.common.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn gone(&self) -> StateError {
        let cause = "the thread that writes it has ended".to_owned();
        StateError::new(&self.0.path, Problem::Io(cause))
    }
}

impl std::fmt::Debug for StateFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("StateFile").field(&self.0.path).finish()
    }
}

/// The time as the tables have it: UTC, to the second.
#[must_use]
pub fn now() -> String {
    let now = jiff::Timestamp::now();
    now.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
