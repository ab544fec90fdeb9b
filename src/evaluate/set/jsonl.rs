//! One object a line: `{"source": "…", "reference": "…", "document": "…"}`. Other keys
//! are left aside.

use std::path::Path;

use serde::Deserialize;

use super::{Languages, Read, SetError, item, line, lines};

#[derive(Deserialize)]
struct Row {
    source: String,
    reference: String,
    document: Option<Name>,
}

/// A document, by a name or a number.
#[derive(Deserialize)]
#[serde(untagged)]
enum Name {
    Text(String),
    Number(i64),
}

pub(super) fn read(path: &Path) -> Result<Read, SetError> {
    let (mut items, mut documents) = (Vec::new(), Vec::new());
    for (i, text) in lines::read(path)?.iter().enumerate() {
        if text.trim().is_empty() {
            continue;
        }
        let row: Row = serde_json::from_str(text).map_err(|error| {
            // The reader counts lines of its own, of which there is one.
            let cause = error.to_string();
            let cause = cause.split(" at line ").next().unwrap_or_default();
            line(
                path,
                i + 1,
                format!(
                    "column {}: {cause}; write {{\"source\": \"…\", \"reference\": \"…\"}}",
                    error.column()
                ),
            )
        })?;
        items.push(item(path, i + 1, row.source, row.reference)?);
        documents.push(row.document.map(|name| match name {
            Name::Text(text) => text,
            Name::Number(number) => number.to_string(),
        }));
    }
    Ok(Read {
        items,
        documents,
        languages: Languages::default(),
        lines: 0,
    })
}
