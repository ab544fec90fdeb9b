//! Where translations go: one folder, never outside it, each file whole or not
//! at all.

use std::collections::{BTreeMap, HashSet};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use tempfile::NamedTempFile;

use super::{Input, Origin};
use crate::language::Language;

/// Bytes that a file name may have on the common file systems, less what is
/// added to it.
const LONGEST_NAME: usize = 200;

/// A folder that translations are written to.
#[derive(Debug)]
pub struct OutputFolder {
    root: PathBuf,
    /// Names given out in this run and the article of each, in lower case: file
    /// systems that fold case must not lose one of two.
    taken: Mutex<BTreeMap<String, String>>,
    /// Files that are never replaced: the articles themselves.
    spared: HashSet<PathBuf>,
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
    /// Makes the folder where it is missing.
    ///
    /// # Errors
    /// When it cannot be made or is a file.
    pub fn open(root: &Path) -> Result<Self, OutputError> {
        let fail = |cause| OutputError::Folder {
            path: root.display().to_string(),
            cause,
        };
        if root.exists() && !root.is_dir() {
            return Err(fail(std::io::Error::other("it is a file")));
        }
        std::fs::create_dir_all(root).map_err(fail)?;
        Ok(Self::look(root))
    }

    /// The folder as it is, there or not, for who writes nothing.
    #[must_use]
    pub fn look(root: &Path) -> Self {
        Self {
            root: root.to_owned(),
            taken: Mutex::new(BTreeMap::new()),
            spared: HashSet::new(),
        }
    }

    /// The same folder, in which none of `inputs` is ever replaced.
    #[must_use]
    pub fn sparing(mut self, inputs: &[Input]) -> Self {
        let files = inputs.iter().filter_map(|input| match &input.origin {
            Origin::File(path) => path.canonicalize().ok(),
            Origin::Stdin => None,
        });
        self.spared.extend(files);
        self
    }

    /// The folder.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// What the output of article `id` is called before its language: the same
    /// for articles that may want one file, in whatever case they are written.
    #[must_use]
    pub(super) fn stem(id: &str) -> Option<String> {
        relative(id).map(|path| path.to_string_lossy().to_lowercase())
    }

    /// The file for the translation of article `id`: `stem.LANGUAGE.extension`
    /// at the same place below the folder. Each name is given out once.
    ///
    /// # Errors
    /// When the name is taken or an article's own, or there is none.
    pub fn path(
        &self,
        id: &str,
        language: Language,
        extension: &str,
    ) -> Result<PathBuf, OutputError> {
        let mut relative = relative(id).ok_or_else(|| OutputError::NoName(id.to_owned()))?;
        relative
            .as_mut_os_string()
            .push(format!(".{language}.{extension}"));
        let path = self.root.join(&relative);
        self.spares(&path)?;
        let name = relative.to_string_lossy().to_lowercase();
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(other) = taken.get(&name) {
            return Err(OutputError::Taken {
                id: id.to_owned(),
                other: other.clone(),
                path: path.display().to_string(),
            });
        }
        taken.insert(name, id.to_owned());
        Ok(path)
    }

    /// Gives out the name of a file below the folder that article `id` has had
    /// since an earlier run.
    pub(super) fn holds(&self, id: &str, relative: &Path) {
        let name = relative.to_string_lossy().to_lowercase();
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        taken.entry(name).or_insert_with(|| id.to_owned());
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
            Ok(file) if self.spared.contains(&file) => {
                Err(OutputError::IsInput(path.display().to_string()))
            }
            _ => Ok(()),
        }
    }

    /// Writes files that belong together: each to a temporary one beside it and
    /// to the disk; when all are there, they are renamed in order.
    ///
    /// # Errors
    /// When any of it fails. While nothing is renamed, nothing has changed.
    pub fn write(&self, files: &[(&Path, &[u8])]) -> Result<(), OutputError> {
        let failed = |path: &Path, cause| OutputError::File {
            path: path.display().to_string(),
            cause,
        };
        let mut staged = Vec::with_capacity(files.len());
        for (path, content) in files {
            staged.push((path, stage(path, content).map_err(|e| failed(path, e))?));
        }
        for (path, staged) in staged {
            staged.publish().map_err(|e| failed(path, e))?;
        }
        Ok(())
    }
}

/// What ends the name of a file that is being written.
const UNFINISHED: &str = ".part";

/// What begins the name of a file that `process` is writing.
fn unfinished(process: u32) -> String {
    format!(".anubad-{process}-")
}

/// A file that is written but not yet seen.
enum Staged {
    /// Beside the one that it replaces.
    File(NamedTempFile, PathBuf),
    /// A device or a pipe (`/dev/stdout`), which has it already.
    Stream,
}

impl Staged {
    fn publish(self) -> std::io::Result<()> {
        match self {
            Self::File(file, path) => file.persist(path).map(drop).map_err(|e| e.error),
            Self::Stream => Ok(()),
        }
    }
}

fn stage(path: &Path, content: &[u8]) -> std::io::Result<Staged> {
    // A link goes on leading to where it leads.
    let mut target = path.to_owned();
    if let Ok(there) = std::fs::metadata(path) {
        if there.is_dir() {
            return Err(std::io::Error::other("a folder of that name is in the way"));
        }
        if !there.is_file() {
            let mut stream = std::fs::OpenOptions::new().write(true).open(path)?;
            stream.write_all(content)?;
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
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(content)?;
    file.as_file().sync_all()?;
    Ok(Staged::File(file, target))
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

/// Where article `id` goes below the folder, without language and extension.
fn relative(id: &str) -> Option<PathBuf> {
    let mut parts: Vec<String> = id.split(['/', '\\']).filter_map(safe_name).collect();
    let name = parts.pop()?;
    let stem = name
        .rsplit_once('.')
        .map_or(name.as_str(), |(stem, _)| stem);
    parts.push(stem.to_owned());
    Some(parts.iter().collect())
}

/// A part of an id as a file name: nothing that leads out of the folder or that
/// a file system refuses.
fn safe_name(part: &str) -> Option<String> {
    const RESERVED: [&str; 6] = ["con", "prn", "aux", "nul", "com1", "lpt1"];
    if part == "-" {
        return Some("stdin".to_owned());
    }
    let mut name: String = part
        .chars()
        .map(|c| match c {
            c if c.is_control() => '_',
            '<' | '>' | ':' | '"' | '|' | '?' | '*' => '_',
            c => c,
        })
        .collect();
    let trimmed = name.trim_matches(|c: char| c == '.' || c.is_whitespace());
    if trimmed.is_empty() {
        return None;
    }
    if name.len() > LONGEST_NAME {
        // The end of a name tells articles apart more often than its start.
        let digest = blake3::hash(name.as_bytes()).to_hex();
        let cut = name.floor_char_boundary(LONGEST_NAME - 20);
        name.truncate(cut);
        name.push('-');
        name.push_str(&digest[..16]);
    }
    let stem = name
        .split('.')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    if RESERVED.contains(&stem.as_str()) {
        name.insert(0, '_');
    }
    Some(name.trim_start_matches('.').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_id_leads_out_of_the_folder() {
        let dir = tempfile::tempdir().unwrap();
        let folder = OutputFolder::open(dir.path()).unwrap();
        for (id, expected) in [
            ("a.txt", "a.bn.txt"),
            ("sub/a.txt", "sub/a.bn.txt"),
            ("../../etc/passwd", "etc/passwd.bn.txt"),
            ("/abs/b.txt", "abs/b.bn.txt"),
            ("-", "stdin.bn.txt"),
            ("nul.txt", "_nul.bn.txt"),
            ("a\0b?.txt", "a_b_.bn.txt"),
            ("খবর.txt", "খবর.bn.txt"),
        ] {
            let path = folder.path(id, Language::BANGLA, "txt").unwrap();
            assert_eq!(path, dir.path().join(expected), "{id}");
        }
        assert!(folder.path("..", Language::BANGLA, "txt").is_err());
        assert!(matches!(
            folder.path("A.txt", Language::BANGLA, "txt"),
            Err(OutputError::Taken { .. })
        ));
        let long = folder
            .path(&"ক".repeat(200), Language::BANGLA, "txt")
            .unwrap();
        assert!(long.file_name().unwrap().len() < 255);
        folder.write(&[(&long, b"x")]).unwrap();
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
            folder.path("a.txt", Language::BANGLA, "txt"),
            Err(OutputError::IsInput(_))
        ));
        assert!(folder.path("a.txt", Language::ENGLISH, "txt").is_ok());
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
