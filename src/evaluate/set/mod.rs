//! Test sets: sources with the translations that they are compared with, in
//! documents, because the pipeline works on articles.

mod jsonl;
mod lines;
mod plain;
#[cfg(test)]
mod tests;
mod tmx;
mod tsv;

use std::ops::Range;
use std::path::{Path, PathBuf};

use crate::detect::{Detector, Verdict};
use crate::language::{Language, Pair};

/// A source and its reference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// What is to be translated.
    pub source: String,
    /// The translation that outputs are compared with.
    pub reference: String,
    /// Where it stands in its file, counted from 1; in TMX the line of its unit.
    pub line: usize,
}

/// A test set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestSet {
    /// Its files, as they were named.
    pub name: String,
    /// The items in order; at least one.
    pub items: Vec<Item>,
    /// The direction.
    pub pair: Pair,
    /// The items of each document, in order and without gaps. Where the set tells no
    /// documents, every item is one: nothing says that its neighbour belongs to it.
    pub documents: Vec<Range<usize>>,
    /// Whether the set tells documents.
    pub told: bool,
    /// Lines of the plain files, blank ones included.
    lines: usize,
}

/// The languages that the user named.
#[derive(Debug, Clone, Copy, Default)]
pub struct Languages {
    /// That of the sources.
    pub from: Option<Language>,
    /// That of the references.
    pub to: Option<Language>,
}

/// Why a test set or its outputs cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum SetError {
    /// A file cannot be read.
    #[error("cannot read {path}: {cause}")]
    Unreadable {
        /// The file.
        path: String,
        /// Why.
        cause: std::io::Error,
    },
    /// A line is not as it should be.
    #[error("{path}: line {line}: {cause}")]
    Line {
        /// The file.
        path: String,
        /// Counted from 1.
        line: usize,
        /// What is wrong, and what to do.
        cause: String,
    },
    /// A file as a whole is not as it should be.
    #[error("{path}: {cause}")]
    File {
        /// The file.
        path: String,
        /// What is wrong, and what to do.
        cause: String,
    },
    /// Nobody told the languages.
    #[error("{path}: the language of its {side} cannot be told ({cause}); name it with {option}")]
    Language {
        /// The file.
        path: String,
        /// `sources` or `references`.
        side: &'static str,
        /// Why not.
        cause: String,
        /// `--from` or `--to`.
        option: &'static str,
    },
}

/// What a reader gives.
struct Read {
    items: Vec<Item>,
    /// The document of each item, by a key of the file; `None` where none is told.
    documents: Vec<Option<String>>,
    languages: Languages,
    lines: usize,
}

impl TestSet {
    /// Reads a set: `.tsv`, `.jsonl` or `.tmx`, or two plain files of as many lines.
    ///
    /// The languages are those that are named, else those that the file tells (TMX,
    /// the extensions of plain files), else they are detected.
    ///
    /// # Errors
    /// When a file cannot be read or is not in the form that its name promises; the
    /// message has file and line.
    pub fn read(paths: &[PathBuf], named: Languages) -> Result<Self, SetError> {
        let read = match paths {
            [source, reference] => plain::read(source, reference)?,
            [one] => match extension(one).as_str() {
                "tsv" => tsv::read(one)?,
                "jsonl" | "ndjson" => jsonl::read(one)?,
                "tmx" => tmx::read(one, named)?,
                _ => {
                    return Err(file(
                        one,
                        "a test set is one file ending in .tsv, .jsonl or .tmx, or two plain \
                         files of sources and references",
                    ));
                }
            },
            _ => {
                let name = paths.first().cloned().unwrap_or_default();
                return Err(file(&name, "a test set is one file or two"));
            }
        };
        let names: Vec<String> = paths.iter().map(|p| p.display().to_string()).collect();
        let name = names.join(" ");
        if read.items.is_empty() {
            return Err(SetError::File {
                path: name,
                cause: "it has no sentence".to_owned(),
            });
        }
        let pair = pair(&name, &read, named)?;
        let told = read.documents.iter().any(Option::is_some);
        Ok(Self {
            documents: documents(&read.documents),
            told,
            name,
            items: read.items,
            pair,
            lines: read.lines,
        })
    }

    /// The first `limit` items, in their documents.
    #[must_use]
    pub fn limited(mut self, limit: usize) -> Self {
        self.items.truncate(limit);
        let end = self.items.len();
        self.documents.retain(|document| document.start < end);
        if let Some(last) = self.documents.last_mut() {
            last.end = last.end.min(end);
        }
        self
    }

    /// The references in order.
    #[must_use]
    pub fn references(&self) -> Vec<&str> {
        self.items.iter().map(|i| i.reference.as_str()).collect()
    }

    /// Reads translations of the set, a line an item. A file that keeps the blank
    /// lines between the documents of two plain files will do too.
    ///
    /// # Errors
    /// When it cannot be read, or has another number of lines than the set.
    pub fn outputs(&self, path: &Path) -> Result<Vec<String>, SetError> {
        let mut lines = lines::read(path)?;
        if lines.len() == self.items.len() {
            return Ok(lines);
        }
        if self.lines > 0 && lines.len() == self.lines {
            let own = self.items.iter().map(|item| item.line - 1);
            return Ok(own
                .filter_map(|i| lines.get_mut(i).map(std::mem::take))
                .collect());
        }
        Err(file(
            path,
            &format!(
                "it has {} lines, and the test set {} sentences: write one translation a line, \
                 and an empty line where there is none",
                lines.len(),
                self.items.len()
            ),
        ))
    }
}

/// Runs of items with the same key; items without one stand alone, unless other items
/// of the file have one.
fn documents(keys: &[Option<String>]) -> Vec<Range<usize>> {
    let mut documents: Vec<Range<usize>> = Vec::new();
    for (i, key) in keys.iter().enumerate() {
        match documents.last_mut() {
            Some(last) if key.is_some() && i > 0 && keys.get(i - 1) == Some(key) => {
                last.end = i + 1;
            }
            _ => documents.push(i..i + 1),
        }
    }
    documents
}

fn pair(name: &str, read: &Read, named: Languages) -> Result<Pair, SetError> {
    let detector = Detector::new();
    let tell = |told: Option<Language>, side, option, texts: Vec<&str>| {
        if let Some(language) = told {
            return Ok(language);
        }
        match detector.article(texts) {
            Verdict::Certain(language) => Ok(language),
            Verdict::Doubt(doubt) => Err(SetError::Language {
                path: name.to_owned(),
                side,
                cause: doubt.to_string(),
                option,
            }),
        }
    };
    let sources = read.items.iter().map(|i| i.source.as_str()).collect();
    let references = read.items.iter().map(|i| i.reference.as_str()).collect();
    let source = tell(
        named.from.or(read.languages.from),
        "sources",
        "--from",
        sources,
    )?;
    let target = tell(
        named.to.or(read.languages.to),
        "references",
        "--to",
        references,
    )?;
    if source == target {
        return Err(SetError::File {
            path: name.to_owned(),
            cause: format!(
                "sources and references are both in `{source}`; are the two columns or files the \
                 right ones? --from and --to overrule what was found"
            ),
        });
    }
    Ok(Pair { source, target })
}

fn extension(path: &Path) -> String {
    let extension = path.extension().unwrap_or_default().to_string_lossy();
    extension.to_ascii_lowercase()
}

fn file(path: &Path, cause: &str) -> SetError {
    SetError::File {
        path: path.display().to_string(),
        cause: cause.to_owned(),
    }
}

fn line(path: &Path, line: usize, cause: impl Into<String>) -> SetError {
    SetError::Line {
        path: path.display().to_string(),
        line,
        cause: cause.into(),
    }
}

/// An item that has both sides.
fn item(
    path: &Path,
    at: usize,
    source: impl Into<String>,
    reference: impl Into<String>,
) -> Result<Item, SetError> {
    let item = Item {
        source: source.into(),
        reference: reference.into(),
        line: at,
    };
    let side = match (item.source.trim(), item.reference.trim()) {
        ("", _) => "source",
        (_, "") => "reference",
        _ => return Ok(item),
    };
    Err(line(
        path,
        at,
        format!("the {side} is empty; fill it in or delete the line"),
    ))
}
