//! Rows as lines of a table.

use std::fmt::Write;

use super::cell::{guarded, quoted};
use super::column::{self, Column};
use super::{Row, Table};
use crate::language::Language;

/// What a row says under each name of a header; `None` where it says something
/// that no column of the header has a place for.
///
/// Columns that the format does not have stay empty.
#[must_use]
pub fn cells(row: &Row, header: &[String]) -> Option<Vec<String>> {
    let said: Vec<(String, String)> = filled(row).collect();
    if said.iter().any(|(name, _)| !header.contains(name)) {
        return None;
    }
    let under = |name: &String| said.iter().find(|(n, _)| n == name);
    let cells = header
        .iter()
        .map(|name| under(name).map_or_else(String::new, |s| s.1.clone()));
    Some(cells.collect())
}

/// The names of the columns in which `row` says something.
pub fn said(row: &Row) -> impl Iterator<Item = String> {
    filled(row).map(|(name, _)| name)
}

fn filled(row: &Row) -> impl Iterator<Item = (String, String)> {
    let languages: Vec<Language> = row.forms.iter().map(|f| f.language).collect();
    column::all(&languages)
        .into_iter()
        .map(|column| (column.name(), cell(row, column)))
        .filter(|(_, cell)| !cell.is_empty())
}

/// Cells as one line without its end; empty ones at the end are left out.
#[must_use]
pub fn line(cells: &[String]) -> String {
    let mut line = String::new();
    for (index, cell) in cells.iter().enumerate() {
        if index > 0 {
            line.push('\t');
        }
        line.push_str(&quoted(&guarded(cell)));
    }
    line.truncate(line.trim_end_matches('\t').len());
    line
}

/// A table as the text of a file: a header with the columns that are used, and a
/// line for each row.
#[must_use]
pub fn written(table: &Table) -> String {
    let header = used(table);
    let mut out = line(&header);
    for row in &table.rows {
        // The header has a place for everything: it was made of what the rows say.
        let _ = write!(out, "\n{}", line(&cells(row, &header).unwrap_or_default()));
    }
    out.push('\n');
    out
}

/// The names of the columns in which some row says something, and of those that
/// every file has.
#[must_use]
pub fn used(table: &Table) -> Vec<String> {
    column::all(&table.languages)
        .into_iter()
        .filter(|&column| {
            matches!(column, Column::Main(_) | Column::Kind)
                || table.rows.iter().any(|row| !cell(row, column).is_empty())
        })
        .map(Column::name)
        .collect()
}

/// What `row` says in `column`, empty where it keeps to the default.
fn cell(row: &Row, column: Column) -> String {
    let shown = |value: Option<String>| value.unwrap_or_default();
    match column {
        Column::Main(language) => shown(row.forms_in(language).map(|f| f.main.clone())),
        Column::Variants(language) => shown(row.forms_in(language).map(|f| f.variants.join(" | "))),
        Column::Kind => row.kind.name().to_owned(),
        Column::Case if row.case == row.kind.default_case() => String::new(),
        Column::Case => row.case.name().to_owned(),
        Column::Direction => shown(row.direction.map(|pair| pair.to_string())),
        Column::Part => shown(row.part.map(|part| part.name().to_owned())),
        Column::Desk => shown(row.desk.clone()),
        Column::From => shown(row.from.map(|day| day.to_string())),
        Column::To => shown(row.to.map(|day| day.to_string())),
        Column::Note => shown(row.note.clone()),
    }
}
