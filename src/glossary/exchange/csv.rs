//! CSV, as spreadsheets of several countries save and expect it.

use csv::{ReaderBuilder, Terminator, WriterBuilder};

use super::fault;
use crate::glossary::error::{Cause, LoadError};
use crate::glossary::table::{self, Table};

/// What may stand between cells: Excel follows the country's list separator.
const DELIMITERS: [char; 3] = [',', ';', '\t'];

/// The records of `text`, each with its line. The delimiter is the one that a
/// first line `sep=;` names, else the one that the header has most of.
///
/// # Errors
/// When a record cannot be read.
pub(super) fn records(file: &str, text: &str) -> Result<Vec<(usize, Vec<String>)>, Vec<LoadError>> {
    let (named, skipped, text) = separator(text);
    let delimiter = named.unwrap_or_else(|| most_of(text));
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .comment(Some(b'#'))
        .delimiter(u8::try_from(delimiter).unwrap_or(b','))
        .from_reader(text.as_bytes());
    let mut records = Vec::new();
    for record in reader.records() {
        let record = record
            .map_err(|cause| vec![fault(file, None, Cause::Unreadable(cause.to_string()))])?;
        let line = record.position().map_or(0, csv::Position::line);
        let line = usize::try_from(line)
            .unwrap_or(usize::MAX)
            .saturating_add(skipped);
        records.push((line, record.iter().map(str::to_owned).collect()));
    }
    Ok(records)
}

/// The delimiter of a line `sep=;`, the lines that it takes, and what follows.
fn separator(text: &str) -> (Option<char>, usize, &str) {
    let line = text.lines().next().unwrap_or_default();
    match line
        .strip_prefix("sep=")
        .map(|rest| rest.chars().collect::<Vec<_>>())
    {
        Some(one) if one.len() == 1 && one[0].is_ascii() => {
            let rest = text[line.len()..].strip_prefix('\n').unwrap_or_default();
            (Some(one[0]), 1, rest)
        }
        _ => (None, 0, text),
    }
}

fn most_of(text: &str) -> char {
    let header = text
        .lines()
        .find(|line| !line.trim().is_empty() && !line.starts_with('#'))
        .unwrap_or_default();
    // Of equal counts the last wins, so the comma stands at the end.
    DELIMITERS
        .into_iter()
        .rev()
        .max_by_key(|&delimiter| header.matches(delimiter).count())
        .unwrap_or(',')
}

/// A table for a spreadsheet: a byte order mark, by which Excel knows UTF-8, and
/// lines that end in CRLF.
///
/// # Errors
/// None that a text in memory can have.
pub(super) fn written(table: &Table) -> Result<String, std::io::Error> {
    let mut writer = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .comment(Some(b'#'))
        .from_writer(Vec::new());
    let header = table::used(table);
    writer.write_record(&header)?;
    for row in &table.rows {
        let cells = table::cells(row, &header).unwrap_or_default();
        writer.write_record(cells.iter().map(|cell| table::guarded(cell)))?;
    }
    let bytes = writer
        .into_inner()
        .map_err(csv::IntoInnerError::into_error)?;
    let text = String::from_utf8(bytes).map_err(std::io::Error::other)?;
    Ok(format!("\u{feff}{text}"))
}
