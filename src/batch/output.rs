//! Where translations go: one folder, never outside it, each file whole or not
//! at all.

use std::collections::HashMap;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use tempfile::NamedTempFile;

use super::input::Files;
use super::layout::{Layout, Named, folded};
use super::{Disk, Input, Partial, Store};

/// Where articles are kept apart; hidden, as no name of an article is.
const APART: &str = ".held";

/// Where the version of an article that was replaced last is kept, under the name
/// that it had; hidden likewise.
pub const PREVIOUS: &str = ".previous";

/// A folder that translations are written to.
#[derive(Debug)]
pub struct OutputFolder {
    root: PathBuf,
    taken: Mutex<Taken>,
    /// Files that are never replaced: the articles themselves.
    spared: Files,
    layout: Layout,
    partial: Partial,
    /// What keeps it, and the articles.
    store: Arc<dyn Store>,
}

/// Names given out in this run and the article of each, in lower case: file systems
/// that fold case must not lose one of two. Digests, since there may be millions.
#[derive(Debug, Default)]
struct Taken {
    /// By the digest of a name, whose it is: an index into `articles`.
    names: HashMap<Digest, usize>,
    articles: Vec<Box<str>>,
}

impl Taken {
    /// Gives a name to `id`, or says who has it.
    fn give(&mut self, relative: &Path, id: &str) -> Result<(), &str> {
        let name = digest(folded(&relative.to_string_lossy()).as_bytes());
        if let Some(&other) = self.names.get(&name) {
            return Err(self.articles.get(other).map_or("", |other| other));
        }
        // An article has a few names one after the other.
        if self.articles.last().is_none_or(|last| **last != *id) {
            self.articles.push(id.into());
        }
        self.names.insert(name, self.articles.len() - 1);
        Ok(())
    }
}

/// A digest that no two names share.
pub(super) type Digest = [u8; 16];

pub(super) fn digest(bytes: &[u8]) -> Digest {
    let mut digest = Digest::default();
    blake3::Hasher::new()
        .update(bytes)
        .finalize_xof()
        .fill(&mut digest);
    digest
}

/// Why a translation was not written. What was there before is untouched.
#[derive(Debug, thiserror::Error)]
pub enum OutputError {
    /// The folder cannot be made or used.
    #[error("cannot use {path} as output folder: {cause}; name another under [output] or with -o")]
    Folder {
        /// The folder.
        path: String,
        /// Why.
        cause: std::io::Error,
    },
    /// A file cannot be written.
    #[error("cannot write {path}: {cause}; {}, then run again", advice(.cause))]
    File {
        /// The file.
        path: String,
        /// Why.
        cause: std::io::Error,
    },
    /// Two articles would be written to one file.
    #[error("{id} would be written to {path}, as {other} was; rename one of the two")]
    Taken {
        /// The article.
        id: String,
        /// The article that was written there.
        other: String,
        /// The file.
        path: String,
    },
    /// The output would replace an article of the input.
    #[error("{0} is an article of the input and is not replaced; name another output")]
    IsInput(String),
    /// The id of an article gives no file name.
    #[error("`{0}` gives no file name")]
    NoName(String),
}

impl OutputFolder {
    /// The folder `root`, made where it is missing.
    ///
    /// # Errors
    /// When it cannot be made or is a file.
    pub fn open(root: &Path) -> Result<Self, OutputError> {
        let folder = Self::look(root);
        folder.make()?;
        Ok(folder)
    }

    /// Makes the folder where it is missing.
    ///
    /// # Errors
    /// When it cannot be made or is a file.
    pub fn make(&self) -> Result<(), OutputError> {
        let made = self.store.make(&self.root);
        made.map_err(|cause| OutputError::Folder {
            path: self.root.display().to_string(),
            cause,
        })
    }

    /// The folder as it is, there or not, for who writes nothing, or not yet.
    #[must_use]
    pub fn look(root: &Path) -> Self {
        Self {
            root: root.to_owned(),
            taken: Mutex::default(),
            spared: Files::default(),
            layout: Layout::default(),
            partial: Partial::default(),
            store: Arc::new(Disk),
        }
    }

    /// The same folder in another store, which has the articles, too.
    #[must_use]
    pub fn kept_in(mut self, store: Arc<dyn Store>) -> Self {
        self.store = store;
        self
    }

    /// Where articles lie and translations go.
    #[must_use]
    pub fn store(&self) -> &dyn Store {
        &*self.store
    }

    /// The same folder, in which none of `inputs` is ever replaced.
    #[must_use]
    pub fn sparing(self, inputs: &[Input]) -> Self {
        self.sparing_files(Files::of(inputs))
    }

    /// The same folder, in which none of `files` is ever replaced.
    #[must_use]
    pub fn sparing_files(mut self, files: Files) -> Self {
        self.spared = files;
        self
    }

    /// The same folder with another layout.
    #[must_use]
    pub fn laid_out(mut self, layout: Layout) -> Self {
        self.layout = layout;
        self
    }

    /// The same folder with another way with articles that have gaps.
    #[must_use]
    pub fn with_partial(mut self, partial: Partial) -> Self {
        self.partial = partial;
        self
    }

    /// What becomes of articles that have gaps.
    #[must_use]
    pub fn partial(&self) -> Partial {
        self.partial
    }

    /// Where a file is kept apart that would go to `path`: no article's name leads there.
    pub(super) fn apart(&self, path: &Path) -> PathBuf {
        let relative = path.strip_prefix(&self.root).unwrap_or(path);
        self.root.join(APART).join(relative)
    }

    /// Gives out the name of a file that `who` writes, where it lies in the folder.
    pub fn reserve(&self, path: &Path, who: &str) {
        if let Ok(relative) = path.strip_prefix(&self.root) {
            self.holds(who, relative);
        }
    }

    /// The folder.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// What the output of article `id` is called before its language and day: the same
    /// for articles that may want one file, in whatever case they are written.
    #[must_use]
    pub(super) fn stem(&self, id: &str) -> Option<String> {
        self.layout.key(id)
    }

    /// The file for a translation, as the layout has it. Each name is given out once.
    ///
    /// # Errors
    /// When the name is taken or an article's own, or there is none.
    pub fn path(&self, named: &Named<'_>, extension: &str) -> Result<PathBuf, OutputError> {
        let relative = self
            .layout
            .place(named, extension)
            .ok_or_else(|| OutputError::NoName(named.id.to_owned()))?;
        let path = self.root.join(&relative);
        self.spares(&path)?;
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if let Err(other) = taken.give(&relative, named.id) {
            return Err(OutputError::Taken {
                id: named.id.to_owned(),
                other: other.to_owned(),
                path: path.display().to_string(),
            });
        }
        Ok(path)
    }

    /// Gives out the name of a file below the folder that article `id` has had
    /// since an earlier run.
    pub(super) fn holds(&self, id: &str, relative: &Path) {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        // Whoever has it already keeps it.
        let _ = taken.give(relative, id);
    }

    /// Removes what processes that were killed left unfinished.
    pub(super) fn sweep(&self, processes: &[u32]) {
        if processes.is_empty() {
            return;
        }
        let prefixes: Vec<String> = processes.iter().map(|&id| unfinished(id)).collect();
        for entry in walkdir::WalkDir::new(&self.root).into_iter().flatten() {
            let name = entry.file_name().to_string_lossy();
            let is_left = name.ends_with(UNFINISHED)
                && prefixes.iter().any(|prefix| name.starts_with(prefix));
            if is_left && let Err(error) = std::fs::remove_file(entry.path()) {
                tracing::warn!(%error, "an unfinished file stays");
            }
        }
    }

    /// Whether `path` may be written without loss to the input.
    ///
    /// # Errors
    /// When it is one of the articles.
    pub fn spares(&self, path: &Path) -> Result<(), OutputError> {
        match path.canonicalize() {
            Ok(file) if self.spared.have(&file) => {
                Err(OutputError::IsInput(path.display().to_string()))
            }
            _ => Ok(()),
        }
    }

    /// Writes files that belong together, each whole or not at all; on a disk all of
    /// them beside their places first.
    ///
    /// # Errors
    /// When any of it fails. While nothing is renamed, nothing has changed.
    pub fn write(&self, files: &[(&Path, &[u8])]) -> Result<(), OutputError> {
        let written = self.store.write(files);
        written.map_err(|(path, cause)| OutputError::File {
            path: path.display().to_string(),
            cause,
        })
    }
}

/// What ends the name of a file that is being written.
const UNFINISHED: &str = ".part";

/// What begins the name of a file that `process` is writing.
fn unfinished(process: u32) -> String {
    format!(".anubad-{process}-")
}

/// A file that is written but not yet seen.
pub(super) enum Staged {
    /// Beside the one that it replaces.
    File(NamedTempFile, PathBuf),
    /// A device or a pipe (`/dev/stdout`), which has it already.
    Stream,
}

impl Staged {
    pub(super) fn publish(self) -> std::io::Result<()> {
        match self {
            Self::File(file, path) => file.persist(path).map(drop).map_err(|e| e.error),
            Self::Stream => Ok(()),
        }
    }
}

/// Writes a file beside its place.
pub(super) fn stage(
    path: &Path,
    content: impl FnOnce(&mut dyn Write) -> std::io::Result<()>,
) -> std::io::Result<Staged> {
    // A link goes on leading to where it leads.
    let mut target = path.to_owned();
    if let Ok(there) = std::fs::metadata(path) {
        if there.is_dir() {
            return Err(std::io::Error::other("a folder of that name is in the way"));
        }
        if !there.is_file() {
            let mut stream = std::fs::OpenOptions::new().write(true).open(path)?;
            content(&mut stream)?;
            return Ok(Staged::Stream);
        }
        target = path.canonicalize()?;
    }
    let folder = match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    std::fs::create_dir_all(folder)?;
    let mut builder = tempfile::Builder::new();
    let prefix = unfinished(std::process::id());
    builder.prefix(&prefix).suffix(UNFINISHED);
    #[cfg(unix)]
    let permissions = {
        use std::os::unix::fs::PermissionsExt;
        // Less the user's umask: articles are not secret.
        std::fs::Permissions::from_mode(0o666)
    };
    #[cfg(unix)]
    builder.permissions(permissions);
    let file = builder.tempfile_in(folder)?;
    let mut buffered = BufWriter::new(file.as_file());
    content(&mut buffered)?;
    buffered.flush()?;
    drop(buffered);
    file.as_file().sync_all()?;
    Ok(Staged::File(file, target))
}

/// Writes a file, whole or not at all; folders that are missing are made.
///
/// # Errors
/// When it cannot be written; what was there is untouched then.
pub fn write_whole(path: &Path, content: &[u8]) -> std::io::Result<()> {
    write_with(path, |out| out.write_all(content))
}

/// The same for a content that is told bit by bit.
pub(super) fn write_with(
    path: &Path,
    content: impl FnOnce(&mut dyn Write) -> std::io::Result<()>,
) -> std::io::Result<()> {
    stage(path, content)?.publish()
}

/// What to do about a file that cannot be written.
fn advice(cause: &std::io::Error) -> &'static str {
    use std::io::ErrorKind;
    match cause.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
            "free some space or write to another disk"
        }
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            "get permission to write there or name another folder"
        }
        ErrorKind::Other => "move it or name another folder",
        _ => "see to it or name another folder",
    }
}

#[cfg(test)]
mod tests {
    use super::super::Origin;
    use super::*;
    use crate::language::Language;

    fn named(id: &str, language: Language) -> Named<'_> {
        Named {
            id,
            source: None,
            language: Some(language),
            date: None,
        }
    }

    #[test]
    fn each_name_is_given_out_once() {
        let dir = tempfile::tempdir().unwrap();
        let folder = OutputFolder::open(dir.path()).unwrap();
        let path = |id| folder.path(&named(id, Language::BANGLA), "txt");
        assert_eq!(path("sub/a.txt").unwrap(), dir.path().join("sub/a.bn.txt"));
        assert!(matches!(path(".."), Err(OutputError::NoName(_))));
        path("\u{e9}.txt").unwrap();
        // Case, spaces, and a letter that is written in two ways.
        for id in ["sub/A.txt", "SUB/a.html", "sub/a .txt", "e\u{301}.txt"] {
            assert!(matches!(path(id), Err(OutputError::Taken { .. })), "{id}");
        }
        let long = "ক".repeat(200);
        let long = path(&long).unwrap();
        folder.write(&[(&long, b"x")]).unwrap();
        folder.reserve(&dir.path().join("report.bn.txt"), "the report");
        assert!(path("report.txt").is_err());
    }

    #[test]
    fn a_failed_write_leaves_what_was_there() {
        let dir = tempfile::tempdir().unwrap();
        let folder = OutputFolder::open(dir.path()).unwrap();
        let (first, second) = (dir.path().join("a.bn.json"), dir.path().join("a.bn.txt"));
        folder.write(&[(&first, b"first")]).unwrap();
        std::fs::create_dir(&second).unwrap();
        let error = folder.write(&[(&first, b"new"), (&second, b"x")]);
        assert!(error.unwrap_err().to_string().contains("in the way"));
        assert_eq!(std::fs::read(&first).unwrap(), b"first");
        let left: Vec<_> = std::fs::read_dir(dir.path()).unwrap().flatten().collect();
        assert_eq!(left.len(), 2, "no temporary file stays behind: {left:?}");
    }

    #[test]
    fn an_article_is_never_replaced() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("a.bn.txt");
        std::fs::write(&file, "x").unwrap();
        let inputs = [Input {
            id: "a.bn.txt".to_owned(),
            origin: Origin::File(file),
        }];
        let folder = OutputFolder::open(dir.path()).unwrap().sparing(&inputs);
        assert!(matches!(
            folder.path(&named("a.txt", Language::BANGLA), "txt"),
            Err(OutputError::IsInput(_))
        ));
        assert!(
            folder
                .path(&named("a.txt", Language::ENGLISH), "txt")
                .is_ok()
        );
    }

    #[cfg(unix)]
    #[test]
    fn links_and_devices_stay_what_they_are() {
        let dir = tempfile::tempdir().unwrap();
        let folder = OutputFolder::open(dir.path()).unwrap();
        let (file, link) = (dir.path().join("file"), dir.path().join("link"));
        std::fs::write(&file, "old").unwrap();
        std::os::unix::fs::symlink(&file, &link).unwrap();
        folder.write(&[(&link, b"new")]).unwrap();
        assert!(link.is_symlink());
        assert_eq!(std::fs::read(&file).unwrap(), b"new");
        let null = dir.path().join("null");
        std::os::unix::fs::symlink("/dev/null", &null).unwrap();
        folder.write(&[(&null, b"new")]).unwrap();
        assert!(null.is_symlink());
    }

    #[test]
    fn a_file_is_no_output_folder() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("out");
        std::fs::write(&file, "x").unwrap();
        let error = OutputFolder::open(&file).unwrap_err().to_string();
        assert!(error.contains("it is a file"), "{error}");
    }
}
