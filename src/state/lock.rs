//! One run at a time, and one server of pages.

use std::fs::{File, TryLockError};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::PATIENCE;
use super::error::{Problem, StateError};

/// What the owner of a lock says who holds it for one article only.
const BRIEFLY: &str = ", for one article";

/// The right to run with a state file, or to serve its pages. It ends with this
/// value, and with the process in whichever way that ends.
#[derive(Debug)]
pub struct RunLock {
    /// Open, and therefore locked.
    _file: File,
}

impl RunLock {
    /// Takes the lock of the state file `state`: `FILE.lock` beside it, which
    /// says who holds it. Who holds it for one article only is waited for, blocking
    /// the thread for up to [`PATIENCE`].
    ///
    /// # Errors
    /// When another run has it, with the owner; when it cannot be made.
    pub fn take(state: &Path) -> Result<Self, StateError> {
        let started = Instant::now();
        loop {
            match Self::of(state, ".lock", "") {
                Err(StateError {
                    problem: Problem::Owned { owner },
                    ..
                }) if owner.ends_with(BRIEFLY) && started.elapsed() < PATIENCE => {
                    std::thread::sleep(Duration::from_millis(20));
                }
                taken => return taken,
            }
        }
    }

    /// Takes the same lock to do one article; a run that begins meanwhile waits.
    ///
    /// # Errors
    /// Like [`RunLock::take`], without waiting for anybody.
    pub fn briefly(state: &Path) -> Result<Self, StateError> {
        Self::of(state, ".lock", BRIEFLY)
    }

    /// Takes the right to serve pages: `FILE.serve.lock`. Runs are not in its way.
    ///
    /// # Errors
    /// When another server has it, with the owner; when it cannot be made.
    pub fn serving(state: &Path) -> Result<Self, StateError> {
        Self::of(state, ".serve.lock", "")
    }

    fn of(state: &Path, suffix: &str, purpose: &str) -> Result<Self, StateError> {
        let mut path = state.as_os_str().to_owned();
        path.push(suffix);
        let path = PathBuf::from(path);
        let failed = |cause: std::io::Error| {
            let problem = match cause.kind() {
                std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem => {
                    Problem::ReadOnly
                }
                std::io::ErrorKind::StorageFull => Problem::Full,
                _ => Problem::Unopenable(cause.to_string()),
            };
            StateError::new(state, problem)
        };
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(failed)?;
        }
        let mut file = File::options()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(failed)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut owner = String::new();
                // Some systems let nobody else read a locked file.
                let _ = (&mut file).take(1000).read_to_string(&mut owner);
                let owner = match owner.trim() {
                    "" => "its process is not known".to_owned(),
                    owner => owner.to_owned(),
                };
                return Err(StateError::new(state, Problem::Owned { owner }));
            }
            Err(TryLockError::Error(cause)) => return Err(failed(cause)),
        }
        file.set_len(0)
            .and_then(|()| writeln!(file, "{}, since {}{purpose}", owner(), super::now()))
            .map_err(failed)?;
        Ok(Self { _file: file })
    }
}

/// The number of a process that [`owner`] tells.
pub(super) fn id(owner: &str) -> Option<u32> {
    owner.split_whitespace().nth(1)?.parse().ok()
}

/// This process, for people.
pub(super) fn owner() -> String {
    let host = ["/proc/sys/kernel/hostname", "/etc/hostname"]
        .iter()
        .find_map(|path| std::fs::read_to_string(path).ok())
        .or_else(|| std::env::var("COMPUTERNAME").ok())
        .unwrap_or_default();
    let host = match host.trim() {
        "" => "this machine",
        host => host,
    };
    format!(
        "process {} on {host}, anubad {}",
        std::process::id(),
        env!("CARGO_PKG_VERSION")
    )
}
