//! A row added to a glossary file, and the file otherwise as it was.

use std::sync::Arc;

use super::entry::Origin;
use super::error::{Cause, LoadError};
use super::layer::{File, Layer};
use super::lint::{self, Finding, Severity};
use super::load;
use super::table::{self, Row};
use crate::language::Language;
use jiff::civil::Date;

/// Why a row cannot be added.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// The cells make no row, or the file is no glossary.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Load(Vec<LoadError>),
    /// The header has no column for something that the row says.
    #[error("{file}: the file has no column {columns}; add it to the header, or leave it out")]
    NoColumn {
        /// The file.
        file: String,
        /// The missing names, in backquotes.
        columns: String,
    },
    /// The entry stands somewhere already.
    #[error("{0} has the same entry already; there is nothing to add")]
    Known(Origin),
    /// The entry contradicts another of its rank, or is wrong in itself.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Refused(Vec<Finding>),
}

/// The row that `cells` make under `header`.
///
/// # Errors
/// What is wrong with it, without a place: it stands in no file yet.
pub fn row(header: Vec<String>, cells: Vec<String>) -> Result<Row, Cause> {
    let mut table = table::from_records("", [(1, header), (2, cells)])
        .map_err(|errors| errors.into_iter().next().map_or(Cause::NoForm, |e| e.cause))?;
    table.rows.pop().ok_or(Cause::NoForm)
}

/// The row that says each of `said`, by the name of its column; what it does not
/// name is empty.
///
/// # Errors
/// What is wrong with it, without a place: it stands in no file yet.
pub fn row_of(languages: &[Language], said: &[(String, String)]) -> Result<Row, Cause> {
    let header = table::names(languages);
    let cell = |name: &String| {
        let value = said.iter().find(|(known, _)| known == name);
        table::guarded(value.map_or("", |(_, value)| value))
    };
    let cells = header.iter().map(cell).collect();
    row(header, cells)
}

/// `text` with a line for `row` at its end. Every byte of `text` stays; the new
/// line ends as the first one does. An empty text gets a header with every column.
///
/// # Errors
/// When the file has no column for something that the row says.
pub fn appended(file: &str, text: &str, row: &Row) -> Result<String, EditError> {
    let mut out = text.to_owned();
    let end = match text.split_inclusive('\n').next() {
        Some(line) if line.ends_with("\r\n") => "\r\n",
        _ => "\n",
    };
    if !out.is_empty() && !out.ends_with('\n') {
        out.push_str(end);
    }
    let header = if let Some((_, header)) = table::header(text) {
        header
    } else {
        let languages: Vec<_> = row.forms.iter().map(|f| f.language).collect();
        let header = table::names(&languages);
        out.push_str(&table::line(&header));
        out.push_str(end);
        header
    };
    let Some(cells) = table::cells(row, &header) else {
        let columns: Vec<String> = table::said(row)
            .filter(|name| !header.contains(name))
            .map(|name| format!("`{name}`"))
            .collect();
        return Err(EditError::NoColumn {
            file: file.to_owned(),
            columns: columns.join(", "),
        });
    };
    out.push_str(&table::line(&cells));
    out.push_str(end);
    Ok(out)
}

/// Judges the file `name` with the text `after`, whose last row is new, in its
/// place among `layers` (on top of them where it is none of theirs). Returns what
/// an editor should know of the new row all the same.
///
/// # Errors
/// When some layer has the same entry, and when the row contradicts another of its
/// layer or is wrong in itself.
pub fn judged(
    layers: &[Layer],
    name: &str,
    after: &str,
    today: Date,
) -> Result<Vec<Finding>, EditError> {
    let table = table::read(name, after).map_err(EditError::Load)?;
    let Some(new) = table.rows.last() else {
        return Ok(Vec::new());
    };
    let file: Arc<str> = name.into();
    for layer in layers {
        for other in &layer.files {
            // What does not load is said by the check below.
            let rows = load::read(other)
                .map(|table| table.rows)
                .unwrap_or_default();
            if let Some(same) = rows.iter().find(|row| says_the_same(row, new)) {
                return Err(EditError::Known(same.origin.clone()));
            }
        }
    }
    let mut layers = layers.to_vec();
    let text = File::Text {
        name: name.to_owned(),
        text: after.to_owned().into(),
    };
    let mut files = layers.iter_mut().flat_map(|layer| &mut layer.files);
    match files.find(|other| other.name() == name) {
        Some(there) => *there = text,
        None => layers.push(Layer {
            name: "new".to_owned(),
            files: vec![text],
            desk: None,
        }),
    }
    let findings: Vec<Finding> = lint::lint(&layers, today)
        .into_iter()
        .filter(|finding| finding.concerns(&file, new.origin.line))
        .collect();
    let is_refused = |finding: &Finding| {
        finding.severity == Severity::Error || matches!(finding.check, "duplicate" | "conflict")
    };
    if findings.iter().any(is_refused) {
        let refused = findings.into_iter().filter(is_refused).collect();
        return Err(EditError::Refused(refused));
    }
    Ok(findings)
}

/// Whether two rows mean the same forms in the same way; a remark means nothing.
fn says_the_same(a: &Row, b: &Row) -> bool {
    let mains = |row: &Row| {
        let mut forms: Vec<_> = row
            .forms
            .iter()
            .map(|f| (f.language, f.main.clone()))
            .collect();
        forms.sort();
        forms
    };
    (a.kind, a.case, a.direction, a.part) == (b.kind, b.case, b.direction, b.part)
        && (&a.desk, a.from, a.to) == (&b.desk, b.from, b.to)
        && mains(a) == mains(b)
        && b.forms.iter().all(|forms| {
            let known = a.forms_in(forms.language);
            let is_known =
                |v: &String| known.is_some_and(|k| k.main == *v || k.variants.contains(v));
            forms.variants.iter().all(is_known)
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const HEADER: &str = "kind\ten\tbn\tnote\n";

    fn new(kind: &str, en: &str, bn: &str) -> Row {
        let header = table::names(&[Language::ENGLISH, Language::BANGLA]);
        let mut cells = vec![String::new(); header.len()];
        for (cell, value) in cells.iter_mut().zip([en, bn, kind]) {
            value.clone_into(cell);
        }
        row(header, cells).unwrap()
    }

    #[test]
    fn a_file_keeps_every_byte() {
        let row = new("person", "Rana", "রানা");
        for (before, after) in [
            (
                "",
                "en\tbn\tkind\tcase\tdirection\tpos\tdesk\tfrom\tto\ten_variants\tbn_variants\tnote\nRana\tরানা\tperson\n",
            ),
            (
                "# mine\nbn\tkind\ten\n\nঢাকা \tplace\tDhaka\n# end",
                "# mine\nbn\tkind\ten\n\nঢাকা \tplace\tDhaka\n# end\nরানা\tperson\tRana\n",
            ),
            (
                "\u{feff}en\tbn\tkind\r\nDhaka\tঢাকা\tplace\r\n",
                "\u{feff}en\tbn\tkind\r\nDhaka\tঢাকা\tplace\r\nRana\tরানা\tperson\r\n",
            ),
        ] {
            assert_eq!(appended("f", before, &row).unwrap(), after);
        }
    }

    #[test]
    fn a_column_that_is_missing_is_named() {
        let row = Row {
            note: Some("a striker".to_owned()),
            desk: Some("sport".to_owned()),
            ..new("person", "Rana", "রানা")
        };
        assert_eq!(
            appended("f.tsv", HEADER, &row).unwrap_err().to_string(),
            "f.tsv: the file has no column `desk`; add it to the header, or leave it out"
        );
    }

    #[test]
    fn what_is_there_or_contradicts_is_refused() {
        let today = date(2026, 1, 1);
        let base = Layer::of_text("base", "b.tsv", "en\tbn\tkind\nDhaka\tঢাকা\tplace\n");
        let desk = Layer::of_text("desk", "d.tsv", format!("{HEADER}person\tRana\tরানা\n"));
        let layers = [base, desk];
        let text = format!("{HEADER}person\tRana\tরানা\n");
        let judge = |kind, en, bn| {
            let after = appended("d.tsv", &text, &new(kind, en, bn)).unwrap();
            judged(&layers, "d.tsv", &after, today)
        };
        for (kind, en, bn, message) in [
            ("place", "Dhaka", "ঢাকা", "b.tsv:2 has the same entry already"),
            ("person", "Rana", "রানা", "d.tsv:2 has the same entry already"),
            (
                "person",
                "Rana",
                "রাণা",
                "d.tsv:3: error: `Rana` is `রাণা` here and `রানা` in d.tsv:2",
            ),
            ("title", "Rana", "রানা", "d.tsv:3: error"),
            ("term", "A", "আলফা", "d.tsv:3: error: `A` is one letter"),
        ] {
            let refused = judge(kind, en, bn);
            if kind == "title" {
                // Another case rule: no rival of the person.
                assert_eq!(refused, Ok(vec![]));
                continue;
            }
            let said = refused.unwrap_err().to_string();
            assert!(said.starts_with(message), "{said}");
        }
        assert_eq!(judge("place", "Dhaka", "ঢাকা শহর"), Ok(vec![]));
        let warned = judge("place", "Chad", "করে").unwrap();
        assert_eq!(warned[0].check, "word");
    }
}
