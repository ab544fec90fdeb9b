//! A glossary file that is changed by several at once, and is whole at any time.

use std::fs::{self, File};
use std::io::{Error, ErrorKind, Result, Write};
use std::path::{Path, PathBuf};

/// A file that nobody else changes as long as this lives.
///
/// The lock is an empty file beside it, `.NAME.lock`, which stays: the file itself
/// is replaced, and with it a lock on it would be.
#[derive(Debug)]
pub struct Locked {
    path: PathBuf,
    _lock: File,
}

impl Locked {
    /// Waits until nobody else changes the file, which need not exist yet.
    ///
    /// # Errors
    /// When the lock file cannot be made or locked.
    pub fn open(path: &Path) -> Result<Self> {
        // A link goes on leading to where it leads.
        let path = match path.canonicalize() {
            Ok(real) => real,
            Err(error) if error.kind() == ErrorKind::NotFound => path.to_owned(),
            Err(error) => return Err(error),
        };
        let name = path
            .file_name()
            .ok_or_else(|| Error::new(ErrorKind::InvalidInput, "the path names no file"))?;
        let mut beside = std::ffi::OsString::from(".");
        beside.push(name);
        beside.push(".lock");
        let lock = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(path.with_file_name(beside))?;
        lock.lock()?;
        Ok(Self { path, _lock: lock })
    }

    /// What the file says; nothing where it does not exist.
    ///
    /// # Errors
    /// When it cannot be read or is not UTF-8.
    pub fn read(&self) -> Result<String> {
        match fs::read_to_string(&self.path) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(String::new()),
            read => read,
        }
    }

    /// Replaces what the file says, all or nothing; its permissions stay.
    ///
    /// # Errors
    /// When it cannot be written, or is marked read-only; then nothing has changed.
    pub fn replace(&self, text: &str) -> Result<()> {
        let there = fs::metadata(&self.path).ok().map(|file| file.permissions());
        if there.as_ref().is_some_and(fs::Permissions::readonly) {
            return Err(Error::new(
                ErrorKind::PermissionDenied,
                "the file is read-only",
            ));
        }
        let folder = match self.path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        let mut builder = tempfile::Builder::new();
        builder.prefix(".anubad-").suffix(".part");
        #[cfg(unix)]
        builder.permissions(permissions());
        let mut file = builder.tempfile_in(folder)?;
        file.write_all(text.as_bytes())?;
        if let Some(there) = there {
            file.as_file().set_permissions(there)?;
        }
        file.as_file().sync_all()?;
        file.persist(&self.path).map_err(|error| error.error)?;
        Ok(())
    }
}

/// Of a new file: everybody's, less the user's umask; a glossary is not secret.
#[cfg(unix)]
fn permissions() -> fs::Permissions {
    use std::os::unix::fs::PermissionsExt;
    fs::Permissions::from_mode(0o666)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_change_is_lost_among_several() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("desk.tsv");
        std::thread::scope(|scope| {
            for writer in 0..8 {
                let path = &path;
                scope.spawn(move || {
                    for change in 0..10 {
                        let file = Locked::open(path).unwrap();
                        let text = file.read().unwrap();
                        file.replace(&format!("{text}{writer} {change}\n")).unwrap();
                    }
                });
            }
        });
        let text = fs::read_to_string(&path).unwrap();
        assert_eq!(text.lines().count(), 80, "{text}");
    }

    #[cfg(unix)]
    #[test]
    fn links_and_permissions_stay() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("a.tsv"), folder.path().join("link.tsv"));
        fs::write(&file, "old").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        std::os::unix::fs::symlink(&file, &link).unwrap();
        Locked::open(&link).unwrap().replace("new").unwrap();
        assert!(link.is_symlink());
        assert_eq!(fs::read_to_string(&file).unwrap(), "new");
        assert_eq!(
            fs::metadata(&file).unwrap().permissions().mode() & 0o777,
            0o640
        );
    }
}
