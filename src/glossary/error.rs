//! Why a glossary cannot be read.

use std::fmt;
use std::sync::Arc;

use super::entry::{Kind, Origin};
use super::part::PartOfSpeech;
use crate::language::Language;

/// A fault of a glossary file: where, what, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadError {
    /// The file as it was named to the loader.
    pub file: Arc<str>,
    /// The line, where the fault has one.
    pub line: Option<usize>,
    /// What is wrong.
    pub cause: Cause,
}

/// What is wrong with a glossary file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Cause {
    /// The file cannot be read.
    #[error("the file cannot be read: {0}; check its path and permissions")]
    Unreadable(String),
    /// The file is not UTF-8.
    #[error("the text is not UTF-8; save the table as UTF-8 text with tabs")]
    NotUtf8,
    /// A file of another program is no text.
    #[error("{0}")]
    Undecodable(String),
    /// A file that should be TBX is no well-formed XML.
    #[error("the file is no well-formed XML: {0}; export it again")]
    NotXml(String),
    /// A well-formed file without a term base.
    #[error("the file is no TBX: its first element should be `tbx` or `martif`; export it as TBX")]
    NotTbx,
    /// A document type that declares entities or elements.
    #[error(
        "the document type brings rules of its own, which are not trusted; remove what stands between \
         `[` and `]` in the DOCTYPE"
    )]
    OwnRules,
    /// An entity that XML does not define.
    #[error("the entity `&{0};` is not known; write the character itself")]
    Entity(String),
    /// More elements inside each other than any term base has.
    #[error("more than {0} elements stand inside each other; that is no term base")]
    TooDeep(usize),
    /// A section whose language is none.
    #[error("`{0}` is no language; write `xml:lang` as in `bn` or `en-GB`")]
    BadLanguage(String),
    /// A term base with nothing to translate into.
    #[error("the file has terms in one language only; a glossary needs two")]
    OneLanguage,
    /// There is no header.
    #[error("the file has no header; begin it with a line such as `en<tab>bn<tab>kind`")]
    Empty,
    /// A column that the format does not have.
    #[error(
        "unknown column `{0}`; use language codes, `<code>_variants`, kind, case, direction, pos, desk, from, to, note"
    )]
    UnknownColumn(String),
    /// Two columns of one name.
    #[error("the column `{0}` stands twice; remove one")]
    ColumnTwice(String),
    /// A column that every file needs.
    #[error("the header needs two language columns and `kind`")]
    MissingColumn,
    /// More cells than columns.
    #[error("the row has {cells} cells under {columns} columns; look for a stray tab")]
    TooManyCells {
        /// Cells of the row.
        cells: usize,
        /// Columns of the header.
        columns: usize,
    },
    /// A kind that the format does not have.
    #[error("unknown kind `{0}`; use {kinds}", kinds = Kinds)]
    UnknownKind(String),
    /// A case rule that the format does not have.
    #[error("unknown case `{0}`; use exact or any, or leave the cell empty")]
    UnknownCase(String),
    /// A part of speech that the format does not have.
    #[error("unknown part of speech `{0}`; use {parts}, or leave the cell empty", parts = Parts)]
    UnknownPart(String),
    /// A character that cannot be seen and no text should have.
    #[error("a cell has the invisible character U+{code:04X}; remove it", code = u32::from(*.0))]
    Invisible(char),
    /// A direction between languages that the file has no column for.
    #[error(
        "unknown direction `{0}`; write two of the file's languages as in `en-bn`, or leave the cell empty"
    )]
    UnknownDirection(String),
    /// A date that is none.
    #[error("`{0}` is no date; write it as in 2025-12-29")]
    BadDate(String),
    /// `to` before `from`.
    #[error("the entry ends before it begins; exchange `from` and `to`")]
    EndsBeforeStart,
    /// A row without any form.
    #[error("the row has no form in any language; fill it or remove it")]
    NoForm,
    /// A row without the other side.
    #[error("the row has no form in `{0}`; fill the cell, or make it do-not-translate")]
    MissingForm(Language),
    /// Variants of nothing.
    #[error("the row has variants in `{0}` but no main form; move one to the `{0}` column")]
    VariantsAlone(Language),
    /// The entries are more than can be compiled.
    #[error("the entries cannot be compiled: {0}; split the glossary")]
    Uncompilable(String),
}

impl LoadError {
    pub(super) fn at(origin: Origin, cause: Cause) -> Self {
        Self {
            file: origin.file,
            line: Some(origin.line),
            cause,
        }
    }

    pub(super) fn in_file(file: &Arc<str>, cause: Cause) -> Self {
        Self {
            file: Arc::clone(file),
            line: None,
            cause,
        }
    }
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.file, self.cause),
            None => write!(f, "{}: {}", self.file, self.cause),
        }
    }
}

impl std::error::Error for LoadError {}

struct Kinds;

impl fmt::Display for Kinds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        list(f, &Kind::ALL.map(Kind::name))
    }
}

struct Parts;

impl fmt::Display for Parts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        list(f, &PartOfSpeech::ALL.map(PartOfSpeech::name))
    }
}

/// `a, b or c`.
fn list(f: &mut fmt::Formatter<'_>, names: &[&str]) -> fmt::Result {
    match names {
        [first @ .., last] if !first.is_empty() => {
            write!(f, "{} or {last}", first.join(", "))
        }
        _ => f.write_str(&names.concat()),
    }
}
