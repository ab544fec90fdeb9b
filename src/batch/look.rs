//! Files from outside: whether one is as it was, without reading it where that can be
//! told.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

use super::Store;

/// A file that was changed so shortly before it was read may change again
/// without its time telling: file systems count in steps of up to two seconds.
const STEP: Duration = Duration::from_secs(2);

/// A file that was written for an article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Written {
    pub(super) path: PathBuf,
    digest: String,
    /// Size and times when it was written.
    seen: String,
}

impl Written {
    /// The file `path` below `root`, just written to `store` with `content`.
    pub(super) fn of(store: &dyn Store, root: &Path, path: &Path, content: &[u8]) -> Self {
        Self {
            path: path.strip_prefix(root).unwrap_or(path).to_owned(),
            digest: digest(content),
            // It was renamed into its place: what it looks like is its own.
            seen: store.look(path, SystemTime::UNIX_EPOCH),
        }
    }

    /// Whether it is there as it was written.
    pub(super) fn is_there(&self, store: &dyn Store, root: &Path) -> bool {
        let path = root.join(&self.path);
        let looks = store.look(&path, SystemTime::UNIX_EPOCH);
        // Not every store can tell anything from outside.
        (!looks.is_empty() && looks == self.seen)
            || (store.read(&path, u64::MAX)).is_ok_and(|bytes| digest(&bytes) == self.digest)
    }
}

/// The digest of an article's or an output's bytes.
pub(super) fn digest(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}

/// A file of this machine from outside; empty where it is not there, or was changed so shortly
/// before `now` that it may change again unseen.
pub(super) fn look(path: &Path, now: SystemTime) -> String {
    let Ok(file) = std::fs::metadata(path) else {
        return String::new();
    };
    let Ok(modified) = file.modified() else {
        return String::new();
    };
    if now != SystemTime::UNIX_EPOCH && modified + STEP >= now {
        return String::new();
    }
    let (sign, since) = match modified.duration_since(SystemTime::UNIX_EPOCH) {
        Ok(since) => ("", since),
        Err(error) => ("-", error.duration()),
    };
    let number = file_number(&file);
    format!("{}:{sign}{}:{number}", file.len(), since.as_nanos())
}

#[cfg(unix)]
fn file_number(file: &std::fs::Metadata) -> u64 {
    use std::os::unix::fs::MetadataExt;
    file.ino()
}

#[cfg(not(unix))]
fn file_number(_: &std::fs::Metadata) -> u64 {
    0
}
