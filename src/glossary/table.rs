//! The table format: rows of cells under a header, read without interpretation
//! of what they mean to a direction.
//!
//! Tab-separated UTF-8 with an optional byte order mark, LF or CRLF, `#` comment
//! lines, and cells that a spreadsheet may have put in straight double quotes.

use std::sync::Arc;

use jiff::civil::Date;

use super::entry::{CaseRule, Kind, Origin};
use super::error::{Cause, LoadError};
use crate::language::{Language, Pair, profile};
use crate::text::Text;

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

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Main(Language),
    Variants(Language),
    Kind,
    Case,
    Direction,
    Desk,
    From,
    To,
    Note,
}

const COLUMNS: [(&str, Column); 7] = [
    ("kind", Column::Kind),
    ("case", Column::Case),
    ("direction", Column::Direction),
    ("desk", Column::Desk),
    ("from", Column::From),
    ("to", Column::To),
    ("note", Column::Note),
];

/// Reads a tab-separated table.
///
/// # Errors
/// Every fault of the file, each with its line; a file with a fault yields no table.
pub fn read(file: &str, text: &str) -> Result<Table, Vec<LoadError>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let records = text.lines().enumerate().filter_map(|(index, line)| {
        let line = line.strip_suffix('\r').unwrap_or(line);
        let blank = line.trim().is_empty() || line.starts_with('#');
        (!blank).then(|| (index + 1, line.split('\t').map(unquoted).collect()))
    });
    from_records(file, records)
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
    let columns = columns(&file, line, &header)?;
    let languages: Vec<Language> = columns
        .iter()
        .filter_map(|c| match c {
            Column::Main(language) => Some(*language),
            _ => None,
        })
        .collect();
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

/// A cell without the quotes that a spreadsheet puts around it.
fn unquoted(cell: &str) -> String {
    match cell.strip_prefix('"').and_then(|c| c.strip_suffix('"')) {
        Some(inner) if cell.len() > 1 => inner.replace("\"\"", "\""),
        _ => cell.to_owned(),
    }
}

fn columns(file: &Arc<str>, line: usize, header: &[String]) -> Result<Vec<Column>, Vec<LoadError>> {
    let origin = Origin {
        file: Arc::clone(file),
        line,
    };
    let mut columns = Vec::with_capacity(header.len());
    let mut errors = Vec::new();
    for name in header.iter().map(|h| h.trim()) {
        match column(name) {
            Some(column) if columns.contains(&column) => {
                errors.push(LoadError::at(
                    origin.clone(),
                    Cause::ColumnTwice(name.into()),
                ));
            }
            Some(column) => columns.push(column),
            None => errors.push(LoadError::at(
                origin.clone(),
                Cause::UnknownColumn(name.into()),
            )),
        }
    }
    let mains = columns.iter().filter(|c| matches!(c, Column::Main(_)));
    if errors.is_empty() && (mains.count() < 2 || !columns.contains(&Column::Kind)) {
        errors.push(LoadError::at(origin.clone(), Cause::MissingColumn));
    }
    for variants in &columns {
        if let Column::Variants(language) = variants
            && !columns.contains(&Column::Main(*language))
        {
            errors.push(LoadError::at(
                origin.clone(),
                Cause::UnknownColumn(format!("{language}_variants")),
            ));
        }
    }
    if errors.is_empty() {
        Ok(columns)
    } else {
        Err(errors)
    }
}

fn column(name: &str) -> Option<Column> {
    if let Some(&(_, column)) = COLUMNS.iter().find(|(known, _)| *known == name) {
        return Some(column);
    }
    let is_code =
        |code: &str| (2..=3).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_lowercase());
    match name.strip_suffix("_variants") {
        Some(code) if is_code(code) => code.parse().ok().map(Column::Variants),
        None if is_code(name) => name.parse().ok().map(Column::Main),
        _ => None,
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
    let cell = |column: Column| -> &str {
        let index = columns.iter().position(|&c| c == column);
        index.and_then(|i| cells.get(i)).map_or("", |c| c.as_str())
    };
    let optional = |column: Column| -> Option<String> {
        let value = cell(column).trim();
        (!value.is_empty()).then(|| value.to_owned())
    };

    let kind = cell(Column::Kind).trim();
    let kind: Kind = kind.parse().map_err(|()| Cause::UnknownKind(kind.into()))?;
    let case = match cell(Column::Case).trim() {
        "" => kind.default_case(),
        "exact" => CaseRule::Exact,
        "any" => CaseRule::Any,
        other => return Err(Cause::UnknownCase(other.into())),
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

    let mut untidy = Vec::new();
    let mut forms = Vec::with_capacity(languages.len());
    for &language in languages {
        let main = tidy(cell(Column::Main(language)), language, &mut untidy);
        let variants: Vec<String> = cell(Column::Variants(language))
            .split('|')
            .map(str::trim)
            .filter(|v| !v.is_empty())
            .map(|v| tidy(v, language, &mut untidy))
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

fn direction(cell: &str, languages: &[Language]) -> Result<Option<Pair>, Cause> {
    if cell.is_empty() {
        return Ok(None);
    }
    let of = |code: &str| languages.iter().copied().find(|l| l.code() == code);
    cell.split_once('-')
        .and_then(|(source, target)| Some((of(source)?, of(target)?)))
        .filter(|(source, target)| source != target)
        .map(|(source, target)| Some(Pair { source, target }))
        .ok_or_else(|| Cause::UnknownDirection(cell.into()))
}

fn date(cell: &str) -> Result<Option<Date>, Cause> {
    if cell.is_empty() {
        return Ok(None);
    }
    match cell.parse() {
        Ok(date) => Ok(Some(date)),
        Err(_) => Err(Cause::BadDate(cell.into())),
    }
}

/// `cell` in the canonical spelling of its language, with single spaces.
fn tidy(cell: &str, language: Language, untidy: &mut Vec<Untidy>) -> String {
    let spaced = cell.split_whitespace().collect::<Vec<_>>().join(" ");
    if spaced != cell {
        untidy.push(Untidy::Space(cell.to_owned()));
    }
    let edits = profile(language).repairs(&spaced);
    let text = Text::repaired(spaced, edits);
    if text.normal() != text.source() {
        untidy.push(Untidy::Spelling(text.source().to_owned()));
    }
    text.normal().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_editors_and_spreadsheets_do_is_read() {
        let text = "\u{feff}bn\ten\tnote\tkind\ten_variants\r\n# a comment\r\n\r\n\
            ঢাকা\tDhaka\t\"say \"\"x\"\"\"\tplace\t Dacca |  Old  Dacca |\r\nচাদ \tChad\t\tplace\r\n";
        let table = read("t.tsv", text).unwrap();
        let [dhaka, chad] = table.rows.as_slice() else {
            panic!("{:?}", table.rows)
        };
        assert_eq!(dhaka.note.as_deref(), Some("say \"x\""));
        let english = dhaka.forms_in(Language::ENGLISH).unwrap();
        assert_eq!(english.variants, ["Dacca", "Old Dacca"]);
        assert_eq!(dhaka.origin.line, 4);
        assert_eq!(chad.forms_in(Language::BANGLA).unwrap().main, "চাদ");
        assert_eq!(chad.untidy, [Untidy::Space("চাদ ".into())]);
    }

    #[test]
    fn every_fault_is_told_with_its_line_and_what_to_do() {
        let header = "en\tbn\tkind\tcase\tdirection\tfrom\tto\ten_variants\tbn_variants\n";
        for (row, message) in [
            (
                "Dhaka\tঢাকা\tcity",
                "t.tsv:2: unknown kind `city`; use person, place, organisation, agency, title, term, do-not-translate or forbidden",
            ),
            ("Dhaka\tঢাকা\tplace\tupper", "t.tsv:2: unknown case `upper`"),
            (
                "Dhaka\tঢাকা\tplace\t\ten-hi",
                "t.tsv:2: unknown direction `en-hi`",
            ),
            (
                "Dhaka\tঢাকা\tplace\t\ten-en",
                "t.tsv:2: unknown direction `en-en`",
            ),
            (
                "Dhaka\tঢাকা\tplace\t\t\t29-12-2025",
                "t.tsv:2: `29-12-2025` is no date",
            ),
            (
                "Dhaka\tঢাকা\tplace\t\t\t2025-12-29\t2025-01-01",
                "t.tsv:2: the entry ends before",
            ),
            ("Dhaka\t\tplace", "t.tsv:2: the row has no form in `bn`"),
            ("\t\tplace", "t.tsv:2: the row has no form in any"),
            (
                "Dhaka\t\tforbidden\t\ten-bn",
                "t.tsv:2: the row has no form in `bn`",
            ),
            (
                "Dhaka\t\tplace\t\t\t\t\t\tঢাকা",
                "t.tsv:2: the row has variants in `bn`",
            ),
            (
                "Dhaka\tঢাকা\tplace\t\t\t\t\t\t\t\tx",
                "t.tsv:2: the row has 11 cells under 9",
            ),
        ] {
            let errors = read("t.tsv", &format!("{header}{row}\n")).unwrap_err();
            let said = errors[0].to_string();
            assert!(said.starts_with(message) && errors.len() == 1, "{said}");
        }
        for (header, message) in [
            ("", "t.tsv: the file has no header"),
            ("en\tbn\tkind\tColour\n", "t.tsv:1: unknown column `Colour`"),
            (
                "en\tbn\tkind\ten\n",
                "t.tsv:1: the column `en` stands twice",
            ),
            ("en\tkind\n", "t.tsv:1: the header needs two"),
            (
                "en\tbn\tkind\thi_variants\n",
                "t.tsv:1: unknown column `hi_variants`",
            ),
        ] {
            let said = read("t.tsv", header).unwrap_err()[0].to_string();
            assert!(said.starts_with(message), "{said}");
        }
    }
}
