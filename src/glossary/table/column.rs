//! The columns that a table may have.

use std::sync::Arc;

use crate::glossary::entry::Origin;
use crate::glossary::error::{Cause, LoadError};
use crate::language::Language;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    Main(Language),
    Kind,
    Case,
    Direction,
    Part,
    Desk,
    From,
    To,
    Variants(Language),
    Note,
}

/// Columns with one name in every file, in the order in which they are written;
/// the variants of every language stand before the last.
const COLUMNS: [(&str, Column); 8] = [
    ("kind", Column::Kind),
    ("case", Column::Case),
    ("direction", Column::Direction),
    ("pos", Column::Part),
    ("desk", Column::Desk),
    ("from", Column::From),
    ("to", Column::To),
    ("note", Column::Note),
];

impl Column {
    /// The name in a header.
    pub(super) fn name(self) -> String {
        match self {
            Self::Main(language) => language.code().to_owned(),
            Self::Variants(language) => format!("{language}_variants"),
            other => COLUMNS
                .iter()
                .find(|(_, column)| *column == other)
                .map_or_else(String::new, |(name, _)| (*name).to_owned()),
        }
    }

    fn named(name: &str) -> Option<Self> {
        if let Some(&(_, column)) = COLUMNS.iter().find(|(known, _)| *known == name) {
            return Some(column);
        }
        let is_code = |code: &str| {
            (2..=3).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_lowercase())
        };
        match name.strip_suffix("_variants") {
            Some(code) if is_code(code) => code.parse().ok().map(Self::Variants),
            None if is_code(name) => name.parse().ok().map(Self::Main),
            _ => None,
        }
    }
}

/// Every column of a file in `languages`, in the order of the documentation.
pub(super) fn all(languages: &[Language]) -> Vec<Column> {
    let mut columns: Vec<Column> = languages.iter().copied().map(Column::Main).collect();
    let (last, fixed) = COLUMNS
        .split_last()
        .map_or((None, &[][..]), |(l, f)| (Some(l), f));
    columns.extend(fixed.iter().map(|(_, column)| *column));
    columns.extend(languages.iter().copied().map(Column::Variants));
    columns.extend(last.map(|(_, column)| *column));
    columns
}

/// The names of every column of a file in `languages`, in the order of the
/// documentation.
#[must_use]
pub fn names(languages: &[Language]) -> Vec<String> {
    all(languages).into_iter().map(Column::name).collect()
}

/// Whether the format has a column of this name.
#[must_use]
pub fn is_column(name: &str) -> bool {
    Column::named(name).is_some()
}

/// The columns that a header names.
///
/// # Errors
/// Every name that is unknown or stands twice, and what is missing.
pub(super) fn columns(
    file: &Arc<str>,
    line: usize,
    header: &[String],
) -> Result<Vec<Column>, Vec<LoadError>> {
    let origin = Origin {
        file: Arc::clone(file),
        line,
    };
    let mut columns = Vec::with_capacity(header.len());
    let mut errors = Vec::new();
    let mut fault = |cause| errors.push(LoadError::at(origin.clone(), cause));
    for name in header.iter().map(|h| h.trim()) {
        match Column::named(name) {
            Some(column) if columns.contains(&column) => fault(Cause::ColumnTwice(name.into())),
            Some(column) => columns.push(column),
            None => fault(Cause::UnknownColumn(name.into())),
        }
    }
    let mains = columns.iter().filter(|c| matches!(c, Column::Main(_)));
    if columns.len() == header.len() && (mains.count() < 2 || !columns.contains(&Column::Kind)) {
        fault(Cause::MissingColumn);
    }
    for variants in &columns {
        if let Column::Variants(language) = variants
            && !columns.contains(&Column::Main(*language))
        {
            fault(Cause::UnknownColumn(variants.name()));
        }
    }
    if errors.is_empty() {
        Ok(columns)
    } else {
        Err(errors)
    }
}

/// The languages of `columns`, in order.
pub(super) fn languages(columns: &[Column]) -> Vec<Language> {
    let main = |column: &Column| match column {
        Column::Main(language) => Some(*language),
        _ => None,
    };
    columns.iter().filter_map(main).collect()
}
