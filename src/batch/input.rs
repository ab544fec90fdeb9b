//! Where articles come from: files, folders, globs and standard input.

use std::collections::HashSet;
use std::io::Read;
use std::path::{Component, Path, PathBuf};

use globset::GlobBuilder;
use walkdir::{DirEntry, WalkDir};

use super::store::{Store, TooLarge};

/// What makes a path a pattern.
pub(super) const GLOB: [char; 4] = ['*', '?', '[', '{'];

/// An article to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// Its name in reports and below the output folder: a relative path with
    /// forward slashes, or `-` for standard input.
    pub id: String,
    /// Where it lies.
    pub origin: Origin,
}

/// Where an article lies.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Origin {
    /// In a file.
    File(PathBuf),
    /// On standard input.
    Stdin,
}

/// Why an article was not read, or a place was not searched.
#[derive(Debug, thiserror::Error)]
pub enum InputError {
    /// Nothing is there.
    #[error("{0} does not exist; check the path")]
    Missing(String),
    /// A glob matched nothing.
    #[error("no file matches {0}")]
    NoMatch(String),
    /// A pattern is no glob.
    #[error("{pattern} is no pattern: {cause}")]
    Pattern {
        /// The pattern.
        pattern: String,
        /// What is wrong with it.
        cause: globset::Error,
    },
    /// A place that is searched is where translations go.
    #[error(
        "{0} is the output folder too, and translations would be read as articles; name another output folder"
    )]
    IsOutput(String),
    /// A file or folder cannot be read.
    #[error("cannot read {path}: {cause}; {}", advice(.cause))]
    Unreadable {
        /// What was read.
        path: String,
        /// Why it failed.
        cause: std::io::Error,
    },
    /// A file is larger than the limit.
    #[error(
        "{path} has {size} bytes or more, over the limit of {limit}; split it into its articles, \
         or raise `max_bytes` in [input] (to {most} at most)",
        most = crate::article::read::LARGEST
    )]
    TooLarge {
        /// The file.
        path: String,
        /// Its size in bytes.
        size: u64,
        /// The limit in bytes.
        limit: u64,
    },
}

impl Input {
    /// Reads the article, which lies in `store`; never more than `limit` bytes.
    ///
    /// # Errors
    /// When it cannot be read or is larger.
    pub fn read(&self, store: &dyn Store, limit: u64) -> Result<Vec<u8>, InputError> {
        let read = match &self.origin {
            Origin::File(path) => store.read(path, limit),
            Origin::Stdin => {
                let mut bytes = Vec::new();
                let mut stdin = std::io::stdin().lock().take(limit + 1);
                stdin.read_to_end(&mut bytes).map(|_| bytes)
            }
        };
        let bytes = read.map_err(|cause| match TooLarge::of(&cause) {
            Some(size) => self.too_large(size, limit),
            None => InputError::Unreadable {
                path: self.shown(),
                cause,
            },
        })?;
        let size = bytes.len() as u64;
        if size > limit {
            return Err(self.too_large(size, limit));
        }
        Ok(bytes)
    }

    /// The article as messages name it.
    #[must_use]
    pub fn shown(&self) -> String {
        match &self.origin {
            Origin::File(path) => path.display().to_string(),
            Origin::Stdin => "standard input".to_owned(),
        }
    }

    fn too_large(&self, size: u64, limit: u64) -> InputError {
        InputError::TooLarge {
            path: self.shown(),
            size,
            limit,
        }
    }
}

/// What to do about a place that cannot be read.
fn advice(cause: &std::io::Error) -> &'static str {
    use std::io::ErrorKind;
    match cause.kind() {
        ErrorKind::PermissionDenied => "get permission to read it, or take it out of the input",
        ErrorKind::NotFound => "it is a link to nothing, or was removed meanwhile",
        _ => "correct it or take it out of the input",
    }
}

/// `path` as seen from `base`, shown as short as it can be.
#[must_use]
pub fn place(base: &Path, path: &Path) -> PathBuf {
    if base == Path::new(".") {
        path.to_owned()
    } else {
        base.join(path)
    }
}

/// The articles that `patterns` name, in a stable order, each once; and what
/// could not be searched.
///
/// A pattern is `-`, a file, a folder (searched to the bottom for files whose
/// extension is one of `extensions`) or a glob. Hidden files and folders are
/// left out, and so is `skip`: the output folder, should it lie inside the input.
#[must_use]
pub fn find(
    patterns: &[PathBuf],
    base: &Path,
    extensions: &[String],
    skip: Option<&Path>,
) -> (Vec<Input>, Vec<InputError>) {
    let found = search(patterns, base, extensions, skip);
    (found.inputs, found.unread)
}

/// What a search has found.
#[derive(Debug)]
pub struct Found {
    /// The articles, in a stable order, each once.
    pub inputs: Vec<Input>,
    /// What could not be searched.
    pub unread: Vec<InputError>,
    /// The files of the articles.
    pub files: Files,
}

/// Files, whatever links lead to them.
#[derive(Debug, Default)]
pub struct Files(HashSet<super::output::Digest>);

impl Files {
    /// Whether a file is among them; `path` is canonical.
    pub(super) fn have(&self, path: &Path) -> bool {
        self.0.contains(&Self::digest(path))
    }

    fn digest(path: &Path) -> super::output::Digest {
        super::output::digest(path.as_os_str().as_encoded_bytes())
    }

    /// The files of some articles.
    pub(super) fn of(inputs: &[Input]) -> Self {
        let mut whole = Canonical::default();
        let files = inputs.iter().filter_map(|input| match &input.origin {
            Origin::File(path) => Some(Self::digest(&whole.path(path, true)?)),
            Origin::Stdin => None,
        });
        Self(files.collect())
    }
}

/// [`find`], with the files that were found.
#[must_use]
pub fn search(
    patterns: &[PathBuf],
    base: &Path,
    extensions: &[String],
    skip: Option<&Path>,
) -> Found {
    let mut search = Search {
        skip: skip.and_then(|path| path.canonicalize().ok()),
        inputs: Vec::new(),
        errors: Vec::new(),
    };
    for pattern in patterns {
        let before = search.inputs.len();
        search.pattern(pattern, base, extensions);
        search.inputs[before..].sort_by(|a, b| a.input.id.cmp(&b.input.id));
    }
    let (mut files, mut whole, mut reads) = (Files::default(), Canonical::default(), false);
    let once = |listed: Listed| {
        let is_new = match &listed.input.origin {
            Origin::File(path) => {
                let known = whole.path(path, listed.may_be_link);
                files
                    .0
                    .insert(Files::digest(known.as_deref().unwrap_or(path)))
            }
            // It ends once.
            Origin::Stdin => !std::mem::replace(&mut reads, true),
        };
        is_new.then_some(listed.input)
    };
    let inputs = search.inputs.into_iter().filter_map(once).collect();
    Found {
        inputs,
        unread: search.errors,
        files,
    }
}

/// Paths as they are without links and dots. Of files in one folder after another,
/// each folder is looked at once.
#[derive(Debug, Default)]
pub(super) struct Canonical {
    /// A folder, and what it is without links.
    folder: Option<(PathBuf, PathBuf)>,
}

impl Canonical {
    /// `path` without links; `None` where it leads nowhere. Where it cannot be a link
    /// itself it is not looked at.
    fn path(&mut self, path: &Path, may_be_link: bool) -> Option<PathBuf> {
        let (folder, name) = (path.parent()?, path.file_name()?);
        let is_link = may_be_link && std::fs::symlink_metadata(path).ok()?.is_symlink();
        if is_link || folder.as_os_str().is_empty() {
            return path.canonicalize().ok();
        }
        match &self.folder {
            Some((known, whole)) if known == folder => Some(whole.join(name)),
            _ => {
                let whole = folder.canonicalize().ok()?;
                let path = whole.join(name);
                self.folder = Some((folder.to_owned(), whole));
                Some(path)
            }
        }
    }
}

/// An input that was found.
struct Listed {
    input: Input,
    /// Whether its path may be a link.
    may_be_link: bool,
}

/// What a search has found so far.
struct Search {
    /// A folder that is left out, canonical.
    skip: Option<PathBuf>,
    inputs: Vec<Listed>,
    errors: Vec<InputError>,
}

impl Listed {
    /// One that was named outright.
    fn named(input: Input) -> Self {
        Self {
            input,
            may_be_link: true,
        }
    }
}

impl Search {
    fn pattern(&mut self, pattern: &Path, base: &Path, extensions: &[String]) {
        if pattern == Path::new("-") {
            let input = Input {
                id: "-".to_owned(),
                origin: Origin::Stdin,
            };
            self.inputs.push(Listed::named(input));
            return;
        }
        let path = place(base, pattern);
        match std::fs::metadata(&path) {
            Ok(there) if there.is_dir() => self.folder(&path, extensions),
            // Pipes too: `<(pdftotext page.pdf -)`.
            Ok(_) => {
                let input = file(&path, path.parent().unwrap_or(base));
                self.inputs.push(Listed::named(input));
            }
            Err(cause) => match pattern.to_str() {
                Some(text) if text.contains(GLOB) => self.glob(text, base),
                _ if cause.kind() == std::io::ErrorKind::NotFound && !path.is_symlink() => {
                    let path = path.display().to_string();
                    self.errors.push(InputError::Missing(path));
                }
                _ => self.errors.push(InputError::Unreadable {
                    path: path.display().to_string(),
                    cause,
                }),
            },
        }
    }

    fn folder(&mut self, root: &Path, extensions: &[String]) {
        self.walk(root, |path| {
            path.extension()
                .and_then(|e| e.to_str())
                .is_some_and(|e| extensions.iter().any(|x| x.eq_ignore_ascii_case(e)))
        });
    }

    fn glob(&mut self, pattern: &str, base: &Path) {
        let plain = pattern.trim_start_matches("./");
        let matcher = match GlobBuilder::new(plain).literal_separator(true).build() {
            Ok(glob) => glob.compile_matcher(),
            Err(cause) => {
                self.errors.push(InputError::Pattern {
                    pattern: pattern.to_owned(),
                    cause,
                });
                return;
            }
        };
        // The search starts at the last folder that the pattern names outright.
        let fixed: PathBuf = Path::new(plain)
            .components()
            .take_while(|c| !c.as_os_str().to_string_lossy().contains(GLOB))
            .collect();
        let root = base.join(&fixed);
        let before = (self.inputs.len(), self.errors.len());
        if root.is_dir() {
            self.walk(&root, |path| {
                let relative = path.strip_prefix(base).unwrap_or(path);
                matcher.is_match(relative) || matcher.is_match(path)
            });
        }
        if before == (self.inputs.len(), self.errors.len()) {
            let pattern = place(base, Path::new(pattern)).display().to_string();
            self.errors.push(InputError::NoMatch(pattern));
        }
    }

    /// Takes the files below `root` that are `wanted`.
    fn walk(&mut self, root: &Path, wanted: impl Fn(&Path) -> bool) {
        let Self {
            skip,
            inputs,
            errors,
        } = self;
        let is_skipped = |path: &Path| {
            skip.as_ref()
                .is_some_and(|skip| path.canonicalize().is_ok_and(|path| path == *skip))
        };
        if is_skipped(root) {
            errors.push(InputError::IsOutput(root.display().to_string()));
            return;
        }
        let is_hidden = |entry: &DirEntry| {
            entry.depth() > 0 && entry.file_name().as_encoded_bytes().starts_with(b".")
        };
        let entries = WalkDir::new(root)
            .follow_links(true)
            .into_iter()
            .filter_entry(|e| !(is_hidden(e) || e.file_type().is_dir() && is_skipped(e.path())));
        for entry in entries {
            match entry {
                Ok(entry) if entry.file_type().is_file() && wanted(entry.path()) => {
                    inputs.push(Listed {
                        input: file(entry.path(), root),
                        may_be_link: entry.path_is_symlink(),
                    });
                }
                Ok(_) => {}
                Err(error) => {
                    let path = error.path().unwrap_or(root).display().to_string();
                    let cause = error.into_io_error().unwrap_or_else(|| {
                        std::io::Error::other("a link leads back to its own folder")
                    });
                    errors.push(InputError::Unreadable { path, cause });
                }
            }
        }
    }
}

/// The article in the file `path`, which was found below `root`.
pub(super) fn file(path: &Path, root: &Path) -> Input {
    let relative = path.strip_prefix(root).unwrap_or(path);
    let mut id = relative
        .components()
        .filter_map(|component| match component {
            Component::Normal(name) => Some(name.to_string_lossy()),
            _ => None,
        })
        .collect::<Vec<_>>()
        .join("/");
    id.shrink_to_fit();
    Input {
        id,
        origin: Origin::File(path.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Disk;
    use super::*;

    fn tree(names: &[&str]) -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        for name in names {
            let path = dir.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "x").unwrap();
        }
        dir
    }

    fn found(patterns: &[&str], base: &Path, skip: Option<&Path>) -> (Vec<String>, Vec<String>) {
        let patterns: Vec<PathBuf> = patterns.iter().map(PathBuf::from).collect();
        let (inputs, errors) = find(&patterns, base, &["txt".to_owned()], skip);
        let ids = inputs.into_iter().map(|i| i.id).collect();
        let shown = base.display().to_string();
        let errors = errors
            .iter()
            .map(|e| e.to_string().replace(&shown, "BASE"))
            .collect();
        (ids, errors)
    }

    #[test]
    fn files_folders_and_globs_are_found_once_in_order() {
        let dir = tree(&[
            "in/b.txt",
            "in/a.txt",
            "in/sub/c.TXT",
            "in/d.pdf",
            "in/out/x.txt",
            "in/.cache/y.txt",
            "in/.z.txt",
            "in/odd[1].txt",
        ]);
        let base = dir.path();
        let skip = base.join("in/out");
        let all = ["a.txt", "b.txt", "odd[1].txt", "sub/c.TXT"];
        for (patterns, expected) in [
            (&["in", "in/a.txt", "in/**/*.txt", "-", "-"][..], &all[..]),
            (&["in/**/*.txt"], &all[..3]),
            (&["./in/*.txt"], &all[..3]),
            (&["in/sub/../?.txt"], &all[..2]),
            (&["in/b.txt", "in/a.txt"], &["b.txt", "a.txt"]),
            (&["in/odd[1].txt"], &["odd[1].txt"]),
        ] {
            let (mut ids, errors) = found(patterns, base, Some(&skip));
            ids.retain(|id| id != "-");
            assert_eq!(ids, expected, "{patterns:?}");
            assert!(errors.is_empty(), "{errors:?}");
        }
        let (ids, _) = found(&["-", "in/a.txt", "-"], base, None);
        assert_eq!(ids, ["-", "a.txt"], "standard input ends once");
    }

    #[test]
    fn what_is_not_found_is_named_with_the_next_step() {
        let dir = tree(&["in/a.txt", "other/b.txt"]);
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink("nowhere", dir.path().join("dangling")).unwrap();
            std::fs::create_dir(dir.path().join("loop")).unwrap();
            std::os::unix::fs::symlink("../loop", dir.path().join("loop/back")).unwrap();
        }
        for (pattern, message) in [
            ("none", "BASE/none does not exist; check the path"),
            ("other/*.xml", "no file matches BASE/other/*.xml"),
            ("none/*.xml", "no file matches BASE/none/*.xml"),
            ("in/{a", "in/{a is no pattern"),
            ("in", "BASE/in is the output folder too"),
            ("in/*.txt", "BASE/in is the output folder too"),
            #[cfg(unix)]
            ("dangling", "it is a link to nothing"),
            #[cfg(unix)]
            (
                "loop",
                "BASE/loop/back: a link leads back to its own folder",
            ),
        ] {
            let (ids, errors) = found(&[pattern], dir.path(), Some(&dir.path().join("in")));
            assert!(ids.is_empty(), "{ids:?}");
            assert!(
                matches!(errors.as_slice(), [one] if one.contains(message)),
                "{pattern}: {errors:?}"
            );
        }
    }

    #[test]
    fn a_file_over_the_limit_is_not_read() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("big.txt");
        std::fs::write(&path, vec![b'x'; 100]).unwrap();
        let input = file(&path, dir.path());
        assert!(matches!(
            input.read(&Disk, 99),
            Err(InputError::TooLarge { size: 100, .. })
        ));
        assert_eq!(input.read(&Disk, 100).unwrap().len(), 100);
    }
}
