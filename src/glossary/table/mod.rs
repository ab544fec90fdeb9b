//! The table format: rows of cells under a header, read without interpretation
//! of what they mean to a direction.
//!
//! Tab-separated UTF-8 with an optional byte order mark, LF or CRLF, `#` comment
//! lines, and cells that a spreadsheet may have put in straight double quotes.
//! Law: what [`written`] writes of a table reads as the same rows.

#[cfg(test)]
pub(super) mod arbitrary;
mod cell;
mod column;
mod read;
#[cfg(test)]
mod tests;
mod write;

use jiff::civil::Date;

use super::entry::{CaseRule, Kind, Origin};
use super::part::PartOfSpeech;
use crate::language::{Language, Pair};

pub use cell::{guarded, unguarded};
pub use column::{is_column, names};
pub(super) use read::records;
pub use read::{from_records, header, read};
pub use write::{cells, line, said, used, written};

/// One row, its cells understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Where it stands.
    pub origin: Origin,
    /// The forms by language, in the order of the columns; a language whose cell
    /// is empty is left out.
    pub forms: Vec<Forms>,
    /// What it names.
    pub kind: Kind,
    /// Whether case decides.
    pub case: CaseRule,
    /// The only direction in which it holds, if the row says so.
    pub direction: Option<Pair>,
    /// What kind of word it is, if the row says so.
    pub part: Option<PartOfSpeech>,
    /// Whose usage it is.
    pub desk: Option<String>,
    /// First day on which it holds.
    pub from: Option<Date>,
    /// Last day on which it holds.
    pub to: Option<Date>,
    /// A remark.
    pub note: Option<String>,
    /// Whether a cell was not in the canonical spelling of its language or had
    /// stray white space (both are repaired in `forms`).
    pub untidy: Vec<Untidy>,
}

/// What a row says in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forms {
    /// The language.
    pub language: Language,
    /// The form to print.
    pub main: String,
    /// Further forms to recognise.
    pub variants: Vec<String>,
}

/// A cell that was repaired on reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Untidy {
    /// White space at an end or doubled inside.
    Space(String),
    /// Not the canonical spelling, such as a letter and a separate nukta.
    Spelling(String),
    /// What a spreadsheet would take for a formula: see [`guarded`].
    Formula(String),
}

impl Row {
    /// Whether the row holds on `day`.
    #[must_use]
    pub fn holds_on(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }

    /// What it says in `language`.
    #[must_use]
    pub fn forms_in(&self, language: Language) -> Option<&Forms> {
        self.forms.iter().find(|f| f.language == language)
    }
}

/// A file as rows, with the languages that its header declares.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    /// The languages with a column, in order.
    pub languages: Vec<Language>,
    /// The rows in order.
    pub rows: Vec<Row>,
}
