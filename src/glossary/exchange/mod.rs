//! Glossaries of other programs: spreadsheets (CSV, TSV) and term bases (TBX).
//!
//! Law: what [`fn@write`] makes of a table, [`read`] reads as the same rows, in every
//! format.

mod csv;
mod sheet;
mod tbx;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;

use super::entry::Kind;
use super::error::{Cause, LoadError};
use super::table::{self, Table};
use crate::article::read::decode;
use crate::language::Pair;

/// A format of glossaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// The format of glossary files: cells between tabs.
    Tsv,
    /// Cells between commas, semicolons or tabs, as spreadsheets save them.
    Csv,
    /// `TermBase` eXchange, ISO 30042: version 3 in either style, or version 2 (martif).
    Tbx,
}

impl Format {
    /// Every format, in the order of the documentation.
    pub const ALL: [Self; 3] = [Self::Tsv, Self::Csv, Self::Tbx];

    /// Its name, which is the extension of its files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Tsv => "tsv",
            Self::Csv => "csv",
            Self::Tbx => "tbx",
        }
    }

    /// The format of a file by its extension.
    #[must_use]
    pub fn of(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        match extension.as_str() {
            "txt" => Some(Self::Tsv),
            "xml" | "mtf" => Some(Self::Tbx),
            name => name.parse().ok(),
        }
    }
}

impl FromStr for Format {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let found = Self::ALL.into_iter().find(|format| format.name() == name);
        found.ok_or_else(|| format!("`{name}` is no format of glossaries; write tsv, csv or tbx"))
    }
}

/// What a file of another program leaves unsaid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Defaults {
    /// The kind of rows that name none.
    pub kind: Kind,
    /// The languages of columns called `source` and `target`.
    pub pair: Pair,
}

/// What was read of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Imported {
    /// The rows.
    pub table: Table,
    /// What the file holds and a glossary has no place for, with how often.
    pub left_out: BTreeMap<String, usize>,
}

/// Reads a file of another program. `file` names it in messages.
///
/// # Errors
/// Every fault of the file, with its line where it has one.
pub fn read(
    format: Format,
    file: &str,
    bytes: Vec<u8>,
    defaults: Defaults,
) -> Result<Imported, Vec<LoadError>> {
    let text = decode(bytes)
        .map_err(|cause| vec![fault(file, None, Cause::Undecodable(cause.to_string()))])?;
    match format {
        Format::Tsv => sheet::table(file, table::records(&text), defaults),
        Format::Csv => sheet::table(file, csv::records(file, &text)?, defaults),
        Format::Tbx => tbx::read(file, &text, defaults.kind),
    }
}

/// A table in a format, as the text of a file.
///
/// # Errors
/// When a row cannot be expressed, which a row that was read can.
pub fn write(format: Format, table: &Table) -> Result<String, std::io::Error> {
    match format {
        Format::Tsv => Ok(table::written(table)),
        Format::Csv => csv::written(table),
        Format::Tbx => tbx::written(table),
    }
}

fn fault(file: &str, line: Option<usize>, cause: Cause) -> LoadError {
    LoadError {
        file: Arc::from(file),
        line,
        cause,
    }
}
