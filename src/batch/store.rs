//! Where articles lie and translations go: folders of this machine, or a bucket that
//! many machines reach.

use std::fmt::Debug;
use std::io::{Error, ErrorKind, Read, Result, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::look::look;
use super::output::stage;

/// Files by their paths, wherever they are kept.
///
/// Whoever asks waits for the answer, as for a disk; an implementation that asks over
/// the network does so from a thread that may wait. What is missing is
/// [`ErrorKind::NotFound`].
pub trait Store: Debug + Send + Sync {
    /// Makes a folder that files are written to, where there has to be one.
    ///
    /// # Errors
    /// When it cannot be made, or is a file.
    fn make(&self, folder: &Path) -> Result<()>;

    /// The files below `folder` at any depth, and `folder` itself where it is a file;
    /// in any order. None is no error.
    ///
    /// # Errors
    /// When that cannot be told.
    fn list(&self, folder: &Path) -> Result<Vec<PathBuf>>;

    /// A file from outside: the same text only as long as its bytes are the same.
    /// Empty where there is none, or where that cannot be told without reading it at
    /// this time.
    fn look(&self, path: &Path, now: SystemTime) -> String;

    /// The bytes of a file of at most `limit` bytes; one that is larger is left unread
    /// where its size is known before.
    ///
    /// # Errors
    /// When it cannot be read; [`TooLarge`] where it is larger.
    fn read(&self, path: &Path, limit: u64) -> Result<Vec<u8>>;

    /// Writes files that belong together, each whole or not at all, in their order:
    /// where the last one is, the others are. Gives the path of the one that failed.
    ///
    /// # Errors
    /// When one cannot be written; what was there is whole all the same.
    fn write<'f>(&self, files: &[(&'f Path, &[u8])]) -> std::result::Result<(), (&'f Path, Error)>;

    /// Writes a file that is told bit by bit, whole or not at all.
    ///
    /// # Errors
    /// When it cannot be written, and those of `content`.
    fn write_with(
        &self,
        path: &Path,
        content: &mut dyn FnMut(&mut dyn Write) -> Result<()>,
    ) -> Result<()> {
        let mut bytes = Vec::new();
        content(&mut bytes)?;
        self.write(&[(path, &bytes)]).map_err(|(_, cause)| cause)
    }

    /// Removes a file, where it is there.
    ///
    /// # Errors
    /// When it stays.
    fn remove(&self, path: &Path) -> Result<()>;
}

/// A file is larger than it may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("it has {0} bytes or more")]
pub struct TooLarge(
    /// Bytes that it has at least.
    pub u64,
);

impl TooLarge {
    /// How large a file is that was not read for that.
    #[must_use]
    pub fn of(error: &Error) -> Option<u64> {
        let told = error.get_ref()?.downcast_ref::<Self>();
        told.map(|size| size.0)
    }
}

impl From<TooLarge> for Error {
    fn from(size: TooLarge) -> Self {
        Self::new(ErrorKind::FileTooLarge, size)
    }
}

/// Files of this machine, and of what is mounted on it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Disk;

impl Store for Disk {
    fn make(&self, folder: &Path) -> Result<()> {
        if folder.exists() && !folder.is_dir() {
            return Err(Error::other("it is a file"));
        }
        std::fs::create_dir_all(folder)
    }

    fn list(&self, folder: &Path) -> Result<Vec<PathBuf>> {
        let mut files = Vec::new();
        for entry in walkdir::WalkDir::new(folder).follow_links(true) {
            match entry {
                Ok(entry) if entry.file_type().is_file() => files.push(entry.into_path()),
                Ok(_) => {}
                Err(error) => {
                    let error = Error::from(error);
                    if error.kind() != ErrorKind::NotFound {
                        return Err(error);
                    }
                }
            }
        }
        Ok(files)
    }

    fn look(&self, path: &Path, now: SystemTime) -> String {
        look(path, now)
    }

    fn read(&self, path: &Path, limit: u64) -> Result<Vec<u8>> {
        let file = std::fs::File::open(path)?;
        let size = file.metadata()?.len();
        if size > limit {
            return Err(TooLarge(size).into());
        }
        let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default());
        // A pipe has no size beforehand, and a file may grow.
        let mut file = file.take(limit.saturating_add(1));
        let size = file.read_to_end(&mut bytes)? as u64;
        if size > limit {
            return Err(TooLarge(size).into());
        }
        Ok(bytes)
    }

    fn write<'f>(&self, files: &[(&'f Path, &[u8])]) -> std::result::Result<(), (&'f Path, Error)> {
        let mut staged = Vec::with_capacity(files.len());
        for (path, content) in files {
            let written = stage(path, |out| out.write_all(content));
            staged.push((*path, written.map_err(|cause| (*path, cause))?));
        }
        // While nothing is renamed, nothing has changed.
        for (path, staged) in staged {
            staged.publish().map_err(|cause| (path, cause))?;
        }
        Ok(())
    }

    fn write_with(
        &self,
        path: &Path,
        content: &mut dyn FnMut(&mut dyn Write) -> Result<()>,
    ) -> Result<()> {
        stage(path, content)?.publish()
    }

    fn remove(&self, path: &Path) -> Result<()> {
        match std::fs::remove_file(path) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }
}
