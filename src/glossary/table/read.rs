//! Records of cells understood as rows.

use std::sync::Arc;

use super::cell::{date, direction, is_formula, spaced, tidy, unguarded, unquoted, visible};
use super::column::{self, Column};
use super::{Forms, Row, Table, Untidy};
use crate::glossary::entry::{CaseRule, Kind, Origin};
use crate::glossary::error::{Cause, LoadError};
use crate::language::{Language, Pair};

/// Reads a tab-separated table.
///
/// # Errors
/// Every fault of the file, each with its line; a file with a fault yields no table.
pub fn read(file: &str, text: &str) -> Result<Table, Vec<LoadError>> {
    from_records(file, records(text))
}

/// The header of a table: its line, counted from 1, and the names in it.
#[must_use]
pub fn header(text: &str) -> Option<(usize, Vec<String>)> {
    let (line, names) = records(text).next()?;
    Some((
        line,
        names.iter().map(|name| name.trim().to_owned()).collect(),
    ))
}

/// The lines of `text` that are no remark and not blank, as cells.
pub(in crate::glossary) fn records(text: &str) -> impl Iterator<Item = (usize, Vec<String>)> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    text.lines().enumerate().filter_map(|(index, line)| {
        let line = line.strip_suffix('\r').unwrap_or(line);
        let blank = line.trim().is_empty() || line.starts_with('#');
        (!blank).then(|| (index + 1, line.split('\t').map(unquoted).collect()))
    })
}

/// A table from records of cells, the first of which is the header; a record
/// comes with its line.
///
/// # Errors
/// As for [`read`].
pub fn from_records(
    file: &str,
    records: impl IntoIterator<Item = (usize, Vec<String>)>,
) -> Result<Table, Vec<LoadError>> {
    let file: Arc<str> = file.into();
    let mut records = records.into_iter();
    let Some((line, header)) = records.next() else {
        return Err(vec![LoadError::in_file(&file, Cause::Empty)]);
    };
    let columns = column::columns(&file, line, &header)?;
    let languages = column::languages(&columns);
    let mut errors = Vec::new();
    let mut rows = Vec::new();
    for (line, cells) in records {
        let origin = Origin {
            file: Arc::clone(&file),
            line,
        };
        match row(&columns, &languages, &cells, origin.clone()) {
            Ok(row) => rows.push(row),
            Err(cause) => errors.push(LoadError::at(origin, cause)),
        }
    }
    if errors.is_empty() {
        Ok(Table { languages, rows })
    } else {
        Err(errors)
    }
}

fn row(
    columns: &[Column],
    languages: &[Language],
    cells: &[String],
    origin: Origin,
) -> Result<Row, Cause> {
    if cells
        .iter()
        .skip(columns.len())
        .any(|c| !c.trim().is_empty())
    {
        return Err(Cause::TooManyCells {
            cells: cells.len(),
            columns: columns.len(),
        });
    }
    let mut untidy = Vec::new();
    for cell in cells {
        visible(cell)?;
        if is_formula(cell) && unguarded(cell) == cell {
            untidy.push(Untidy::Formula(cell.clone()));
        }
    }
    let cell = |column: Column| -> &str {
        let index = columns.iter().position(|&c| c == column);
        index
            .and_then(|i| cells.get(i))
            .map_or("", |c| unguarded(c))
    };
    let optional = |column: Column| -> Option<String> {
        let value = spaced(cell(column));
        (!value.is_empty()).then_some(value)
    };

    let kind = cell(Column::Kind).trim();
    let kind: Kind = kind.parse().map_err(|()| Cause::UnknownKind(kind.into()))?;
    let case = match cell(Column::Case).trim() {
        "" => kind.default_case(),
        "exact" => CaseRule::Exact,
        "any" => CaseRule::Any,
        other => return Err(Cause::UnknownCase(other.into())),
    };
    let part = match cell(Column::Part).trim() {
        "" => None,
        part => Some(
            part.parse()
                .map_err(|()| Cause::UnknownPart(part.to_owned()))?,
        ),
    };
    let direction = direction(cell(Column::Direction).trim(), languages)?;
    let (from, to) = (
        date(cell(Column::From).trim())?,
        date(cell(Column::To).trim())?,
    );
    if let (Some(from), Some(to)) = (from, to)
        && to < from
    {
        return Err(Cause::EndsBeforeStart);
    }

    let mut forms = Vec::with_capacity(languages.len());
    for &language in languages {
        let main = tidy(cell(Column::Main(language)), language, &mut untidy);
        let variants: Vec<String> = cell(Column::Variants(language))
            .split('|')
            .map(|v| tidy(v.trim(), language, &mut untidy))
            .filter(|v| !v.is_empty())
            .collect();
        if !main.is_empty() {
            forms.push(Forms {
                language,
                main,
                variants,
            });
        } else if !variants.is_empty() {
            return Err(Cause::VariantsAlone(language));
        }
    }
    complete(&mut forms, kind, direction, languages)?;
    Ok(Row {
        origin,
        forms,
        kind,
        case,
        direction,
        part,
        desk: optional(Column::Desk),
        from,
        to,
        note: optional(Column::Note),
        untidy,
    })
}

/// Fills what a kind lets a row leave out, and refuses what it does not.
fn complete(
    forms: &mut Vec<Forms>,
    kind: Kind,
    direction: Option<Pair>,
    languages: &[Language],
) -> Result<(), Cause> {
    let missing = |forms: &[Forms]| {
        languages
            .iter()
            .copied()
            .find(|l| forms.iter().all(|f| f.language != *l))
    };
    let Some(first) = forms.first().cloned() else {
        return Err(Cause::NoForm);
    };
    match kind {
        Kind::DoNotTranslate => {
            while let Some(language) = missing(forms) {
                forms.push(Forms {
                    language,
                    ..first.clone()
                });
            }
        }
        Kind::Forbidden => {
            if let Some(pair) = direction
                && forms.iter().all(|f| f.language != pair.target)
            {
                return Err(Cause::MissingForm(pair.target));
            }
        }
        _ if forms.len() < 2 => {
            if let Some(language) = missing(forms) {
                return Err(Cause::MissingForm(language));
            }
        }
        _ => {}
    }
    Ok(())
}
