//! Records of a spreadsheet as a table: its header may be somebody else's.

use std::collections::BTreeMap;

use super::{Defaults, Imported};
use crate::glossary::error::LoadError;
use crate::glossary::table;

/// What other spreadsheets call a column.
const ALIASES: [(&str, &str); 20] = [
    ("english", "en"),
    ("ইংরেজি", "en"),
    ("bangla", "bn"),
    ("bengali", "bn"),
    ("বাংলা", "bn"),
    ("type", "kind"),
    ("category", "kind"),
    ("part of speech", "pos"),
    ("part_of_speech", "pos"),
    ("notes", "note"),
    ("comment", "note"),
    ("comments", "note"),
    ("remark", "note"),
    ("remarks", "note"),
    ("valid from", "from"),
    ("valid_from", "from"),
    ("valid to", "to"),
    ("valid_to", "to"),
    ("english variants", "en_variants"),
    ("bangla variants", "bn_variants"),
];

/// A table of `records`, the first of which is the header. Columns that a
/// glossary does not have are left out, and said to be; rows without a kind have
/// that of `defaults`.
///
/// # Errors
/// Every fault of every record, with its line.
pub(super) fn table(
    file: &str,
    records: impl IntoIterator<Item = (usize, Vec<String>)>,
    defaults: Defaults,
) -> Result<Imported, Vec<LoadError>> {
    let mut records = records.into_iter();
    let mut left_out = BTreeMap::new();
    let mut kept = Vec::new();
    let header = records.next().map(|(line, names)| {
        let mut header = Vec::new();
        for (index, name) in names.iter().enumerate() {
            let known = named(name, defaults);
            if table::is_column(&known) && !is_count(name, &names) {
                header.push(known);
                kept.push(index);
            } else if !name.trim().is_empty() {
                left_out.insert(format!("column `{}`", name.trim()), 0);
            }
        }
        (line, header)
    });
    let kind = header
        .as_ref()
        .and_then(|(_, h)| h.iter().position(|name| name == "kind"));
    let header = header.map(|(line, mut header)| {
        if kind.is_none() {
            header.push("kind".to_owned());
        }
        (line, header)
    });
    let rows = records
        .filter(|(_, cells)| !is_remark(cells))
        .map(|(line, cells)| {
            let cell = |index: &usize| cells.get(*index).cloned().unwrap_or_default();
            let mut row: Vec<String> = kept.iter().map(cell).collect();
            match kind {
                None => row.push(defaults.kind.name().to_owned()),
                Some(kind) if row.get(kind).is_some_and(|k| k.trim().is_empty()) => {
                    defaults.kind.name().clone_into(&mut row[kind]);
                }
                Some(_) => {}
            }
            (line, row)
        });
    let table = table::from_records(file, header.into_iter().chain(rows))?;
    Ok(Imported { table, left_out })
}

/// The name that a glossary has for a column called `name`.
fn named(name: &str, defaults: Defaults) -> String {
    let plain = name
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase();
    match plain.as_str() {
        "source" => defaults.pair.source.code().to_owned(),
        "target" => defaults.pair.target.code().to_owned(),
        _ => {
            let alias = ALIASES.iter().find(|(theirs, _)| *theirs == plain);
            alias.map_or(plain.clone(), |(_, ours)| (*ours).to_owned())
        }
    }
}

/// Headers of columns that count rows, and codes of languages too (Indonesian,
/// Norwegian, Slovenian, Serbian).
const COUNTS: [&str; 4] = ["id", "no", "sl", "sr"];

/// Whether `name` heads a column that counts rows, and no language: one that
/// `names` give variants to is a language.
fn is_count(name: &str, names: &[String]) -> bool {
    let plain = name.trim().to_lowercase();
    let variants = format!("{plain}_variants");
    COUNTS.contains(&plain.as_str()) && !names.iter().any(|n| n.trim().to_lowercase() == variants)
}

/// Whether a record is a remark or empty: of a spreadsheet that was made from a
/// glossary file, a `#` line is one cell.
fn is_remark(cells: &[String]) -> bool {
    let mut said = cells.iter().filter(|cell| !cell.trim().is_empty());
    match (said.next(), said.next()) {
        (None, _) => true,
        (Some(only), None) => only.trim_start().starts_with('#'),
        _ => false,
    }
}
