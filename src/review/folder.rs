//! The output folder of a run, read back.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use serde::Deserialize;

use super::details::Details;
use crate::article::Format;
use crate::batch::ArticleReport;
use crate::verify::Differing;

/// What a run left in its output folder.
#[derive(Debug, Clone)]
pub struct Folder {
    root: PathBuf,
    report: RunReport,
}

/// `report.json`, as far as pages show it.
#[derive(Debug, Clone, Deserialize)]
struct RunReport {
    articles: Vec<ArticleReport>,
    #[serde(default)]
    unread: Vec<String>,
    #[serde(default)]
    inconsistent: Vec<Differing>,
    #[serde(default)]
    seconds: f64,
}

/// Why a run cannot be looked at.
#[derive(Debug, thiserror::Error)]
pub enum ReviewError {
    /// There is no run in the folder.
    #[error("{0} has no report.json; name the output folder of a run, or run `anubad run` first")]
    NoRun(PathBuf),
    /// A file cannot be read.
    #[error(
        "cannot read {path}: {cause}; run the article again, with --force where it is unchanged"
    )]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        cause: std::io::Error,
    },
    /// A file is not what a run writes.
    #[error("{path}: {cause}; run the article again, with --force where it is unchanged")]
    Malformed {
        /// The file.
        path: PathBuf,
        /// What is wrong, with the line.
        cause: serde_json::Error,
    },
    /// A page cannot be written.
    #[error("cannot write {path}: {cause}; name another folder with -o")]
    Unwritten {
        /// The file.
        path: PathBuf,
        /// Why.
        cause: std::io::Error,
    },
    /// A file for translators has been worked on.
    #[error(
        "{0} has corrections; take them in with `anubad memory import`, then delete the file or name \
         another folder with --xliff"
    )]
    Corrected(PathBuf),
    /// A page would replace what is none.
    #[error("{0} was not made by anubad and is not replaced; name another folder with -o")]
    Foreign(PathBuf),
}

impl Folder {
    /// Reads the report of the run in `root`.
    ///
    /// # Errors
    /// When there is none, or it is none of this version.
    pub fn open(root: &Path) -> Result<Self, ReviewError> {
        let path = root.join("report.json");
        let bytes = std::fs::read(&path).map_err(|cause| match cause.kind() {
            std::io::ErrorKind::NotFound => ReviewError::NoRun(root.to_owned()),
            _ => ReviewError::Unreadable {
                path: path.clone(),
                cause,
            },
        })?;
        let report = serde_json::from_slice(&bytes)
            .map_err(|cause| ReviewError::Malformed { path, cause })?;
        Ok(Self {
            root: root.to_owned(),
            report,
        })
    }

    /// The folder.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The articles of the run, in its order.
    #[must_use]
    pub fn articles(&self) -> &[ArticleReport] {
        &self.report.articles
    }

    /// Inputs that could not be searched.
    #[must_use]
    pub fn unread(&self) -> &[String] {
        &self.report.unread
    }

    /// Sentences that the run rendered in more than one way.
    #[must_use]
    pub fn inconsistent(&self) -> &[Differing] {
        &self.report.inconsistent
    }

    /// How long the run took, in seconds.
    #[must_use]
    pub fn seconds(&self) -> f64 {
        self.report.seconds
    }

    /// The file with the details of an article, below the folder and relative to
    /// it; `None` where the run wrote none.
    ///
    /// The report names files as they were called during the run; a folder that
    /// was moved since is searched for the longest end of that name. Nothing
    /// outside of the folder is ever named.
    #[must_use]
    pub fn place(&self, article: &ArticleReport) -> Option<PathBuf> {
        let output = Path::new(article.output.as_deref()?);
        let output = if output
            .extension()
            .is_none_or(|e| e == Format::Plain.extension())
        {
            output.with_extension(Format::Plain.details())
        } else {
            output.with_added_extension("json")
        };
        let names: Vec<&std::ffi::OsStr> = (output.components())
            .filter_map(|part| match part {
                Component::Normal(name) => Some(Some(name)),
                Component::ParentDir => Some(None),
                _ => None,
            })
            // What stands before a step upwards says nothing.
            .fold(Vec::new(), |mut names, name| {
                match name {
                    Some(name) => names.push(name),
                    None => names.clear(),
                }
                names
            });
        (0..names.len())
            .map(|from| names[from..].iter().collect::<PathBuf>())
            .find(|path| self.root.join(path).is_file())
    }

    /// What the run left of an article; `None` where it wrote nothing.
    ///
    /// # Errors
    /// When its file cannot be read or is none of a run.
    pub fn details(&self, article: &ArticleReport) -> Result<Option<Details>, ReviewError> {
        let Some(place) = self.place(article) else {
            return Ok(None);
        };
        read(&self.root.join(place)).map(Some)
    }

    /// The version of an article that the one at `place` has replaced; `None`
    /// where none is kept, or it cannot be read.
    #[must_use]
    pub fn previous(&self, place: &Path) -> Option<Details> {
        read(&self.root.join(crate::batch::PREVIOUS).join(place)).ok()
    }

    /// Articles by what became of them.
    #[must_use]
    pub fn states(&self) -> BTreeMap<&'static str, usize> {
        let mut states = BTreeMap::new();
        for article in self.articles() {
            *states.entry(article.state.name()).or_default() += 1;
        }
        states
    }
}

fn read(path: &Path) -> Result<Details, ReviewError> {
    let bytes = std::fs::read(path).map_err(|cause| ReviewError::Unreadable {
        path: path.to_owned(),
        cause,
    })?;
    Details::parse(&bytes).map_err(|cause| ReviewError::Malformed {
        path: path.to_owned(),
        cause,
    })
}
