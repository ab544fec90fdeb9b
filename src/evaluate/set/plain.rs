//! Two files of as many lines. A line that is blank in both ends a document.

use std::path::Path;

use super::{Languages, Read, SetError, extension, file, item, line, lines};
use crate::language::Language;

pub(super) fn read(source: &Path, reference: &Path) -> Result<Read, SetError> {
    let (sources, references) = (lines::read(source)?, lines::read(reference)?);
    if sources.len() != references.len() {
        return Err(file(
            reference,
            &format!(
                "it has {} lines, and {} has {}: both need a line for each sentence",
                references.len(),
                source.display(),
                sources.len()
            ),
        ));
    }
    let lines = sources.len();
    let (mut items, mut keys, mut document) = (Vec::new(), Vec::new(), 0);
    for (i, (text, translation)) in sources.into_iter().zip(references).enumerate() {
        match (text.trim().is_empty(), translation.trim().is_empty()) {
            (true, true) => document += 1,
            (true, false) => return Err(line(source, i + 1, one_sided(reference))),
            (false, true) => return Err(line(reference, i + 1, one_sided(source))),
            (false, false) => {
                items.push(item(source, i + 1, text, translation)?);
                keys.push(document);
            }
        }
    }
    // Blank lines before and after everything divide nothing.
    let told = keys.first() != keys.last();
    Ok(Read {
        items,
        documents: keys
            .into_iter()
            .map(|key| told.then(|| key.to_string()))
            .collect(),
        languages: Languages {
            from: language(source),
            to: language(reference),
        },
        lines,
    })
}

fn one_sided(other: &Path) -> String {
    format!(
        "the line is blank here and not in {}; a blank line in both ends a document",
        other.display()
    )
}

/// The language that an extension of two letters names: `news.en`.
fn language(path: &Path) -> Option<Language> {
    let extension = extension(path);
    let subtag = extension.split(['-', '_']).next().unwrap_or_default();
    (subtag.len() == 2).then(|| extension.parse().ok())?
}
