//! Columns between tabs: source, reference, and perhaps a document. A first line that
//! names `source` and `reference` tells the columns. Quotation marks mean nothing
//! special; a blank line ends a document.

use std::path::Path;

use super::{Languages, Read, SetError, item, line, lines};

/// Which column is what.
struct Columns {
    source: usize,
    reference: usize,
    document: Option<usize>,
}

pub(super) fn read(path: &Path) -> Result<Read, SetError> {
    let lines = lines::read(path)?;
    let header = lines.first().and_then(|first| named(first));
    let skipped = usize::from(header.is_some());
    let columns = header.unwrap_or(Columns {
        source: 0,
        reference: 1,
        document: Some(2),
    });
    let (mut items, mut keys, mut blanks) = (Vec::new(), Vec::new(), 0);
    for (i, text) in lines.iter().enumerate().skip(skipped) {
        if text.trim().is_empty() {
            blanks += 1;
            continue;
        }
        let cells: Vec<&str> = text.split('\t').collect();
        let cell = |column: usize, name: &str| {
            cells.get(column).copied().ok_or_else(|| {
                let plural = if cells.len() == 1 { "" } else { "s" };
                line(
                    path,
                    i + 1,
                    format!(
                        "it has {} column{plural} and no {name}; write source, tab, reference",
                        cells.len()
                    ),
                )
            })
        };
        let (source, reference) = (
            cell(columns.source, "source")?,
            cell(columns.reference, "reference")?,
        );
        items.push(item(path, i + 1, source, reference)?);
        let document = columns.document.and_then(|column| cells.get(column));
        let document = document.map(|d| d.trim()).filter(|d| !d.is_empty());
        keys.push((blanks, document.map(str::to_owned)));
    }
    let divided = keys.first().map(|k| k.0) != keys.last().map(|k| k.0);
    Ok(Read {
        items,
        documents: keys
            .into_iter()
            .map(|(blanks, document)| match document {
                Some(document) => Some(format!("{blanks} {document}")),
                None => divided.then(|| blanks.to_string()),
            })
            .collect(),
        languages: Languages::default(),
        lines: 0,
    })
}

/// The columns of a header; `None` where the line is none.
fn named(header: &str) -> Option<Columns> {
    let names: Vec<String> = header
        .split('\t')
        .map(|name| name.trim().to_ascii_lowercase())
        .collect();
    let place = |name: &str| names.iter().position(|n| n == name);
    Some(Columns {
        source: place("source")?,
        reference: place("reference")?,
        document: place("document"),
    })
}
