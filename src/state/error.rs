//! What can be wrong with a state file, and what to do about it.

use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// Why the state file cannot be used. Nothing of it was changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}: {problem}", file.display())]
pub struct StateError {
    /// The file.
    pub file: PathBuf,
    /// What is wrong with it.
    pub problem: Problem,
}

/// What is wrong with a state file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// Another process keeps it from being written.
    #[error(
        "another process has been writing to this state file for too long; wait for it or end it, then run \
         again (what is done stays done)"
    )]
    Locked,
    /// Another run works with it.
    #[error(
        "a run is at work with this state file: {owner}; wait for its end, or name another `file` in [state]"
    )]
    Owned {
        /// The process that works with it.
        owner: String,
    },
    /// It cannot be written.
    #[error("this state file cannot be written; get permission, or name another `file` in [state]")]
    ReadOnly,
    /// The disk is full.
    #[error(
        "the disk of this state file is full; free some space, then run again (what is done stays done)"
    )]
    Full,
    /// It is something else.
    #[error("this is not a state file of anubad; name another `file` in [state]")]
    Foreign,
    /// A later version of anubad wrote it.
    #[error(
        "this state file has version {found}, and this anubad knows {known} at most; use the anubad that wrote \
         it, or name another `file` in [state]"
    )]
    Newer {
        /// The version that it has.
        found: i64,
        /// The latest that is known here.
        known: i64,
    },
    /// It is not there, and was only to be read.
    #[error("there is no state file yet; `anubad run` makes it")]
    Missing,
    /// Its content is damaged.
    #[error(
        "this state file is damaged; put it aside (`sqlite3 FILE .recover` may save its content) and run \
         again: outputs are kept, but articles will be translated anew"
    )]
    Damaged,
    /// It cannot be opened or made.
    #[error("this state file cannot be opened: {0}; see to it, or name another `file` in [state]")]
    Unopenable(String),
    /// The disk or the system fails.
    #[error("this state file cannot be read or written: {0}; see to the disk, then run again")]
    Io(String),
    /// What is kept elsewhere cannot be reached: the cause and the next step.
    #[error("{0}")]
    Elsewhere(String),
    /// What should not happen.
    #[error("this state file refuses a request: {0}; please report this")]
    Refused(String),
}

impl StateError {
    pub(super) fn new(file: &Path, problem: Problem) -> Self {
        let file = file.to_owned();
        Self { file, problem }
    }

    /// That of what is kept at `place`, which is no file: the cause and the next step.
    #[must_use]
    pub fn elsewhere(place: &str, cause: String) -> Self {
        Self::new(Path::new(place), Problem::Elsewhere(cause))
    }

    pub(super) fn of(file: &Path, cause: &rusqlite::Error) -> Self {
        let problem = match cause.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Problem::Locked,
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => Problem::ReadOnly,
            Some(ErrorCode::DiskFull) => Problem::Full,
            Some(ErrorCode::NotADatabase) => Problem::Foreign,
            Some(ErrorCode::DatabaseCorrupt) => Problem::Damaged,
            Some(ErrorCode::CannotOpen) => Problem::Unopenable(cause.to_string()),
            Some(ErrorCode::SystemIoFailure) => Problem::Io(cause.to_string()),
            _ => Problem::Refused(cause.to_string()),
        };
        Self::new(file, problem)
    }
}
