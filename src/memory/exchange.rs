//! The memory as TMX, out and in, and corrections from XLIFF.

use std::io::Write;

use super::Approved;
use crate::language::{Language, Pair};
use crate::state::drafts::{DraftRow, Filter};
use crate::state::{StateError, StateFile};
use crate::tmx::{Tmx, Unit, Writer};
use crate::xliff::Document;

/// Why the memory was not written out.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// It cannot be read.
    #[error(transparent)]
    State(#[from] StateError),
    /// The file cannot be written.
    #[error("{0}")]
    File(#[from] std::io::Error),
}

/// Writes the rows of a filter as units, each with who wrote it; says how many.
///
/// # Errors
/// When the state file cannot be read, or `out` not be written.
pub fn export<W: Write>(
    state: &StateFile,
    filter: &Filter,
    pair: Option<Pair>,
    out: W,
) -> Result<u64, ExportError> {
    let mut writer = Writer::new(out, pair.map(|pair| pair.source))?;
    let (mut count, mut failed) = (0, None);
    state.each_draft(filter, |row| {
        if failed.is_some() {
            return;
        }
        match unit(row).map_or(Ok(0), |unit| writer.unit(&unit).map(|()| 1)) {
            Ok(one) => count += one,
            Err(error) => failed = Some(error),
        }
    })?;
    if let Some(error) = failed {
        return Err(error.into());
    }
    writer.finish()?;
    Ok(count)
}

/// A row as a unit; `None` where its direction is none.
fn unit(row: DraftRow) -> Option<Unit> {
    let (source, target) = row.pair.split_once('-')?;
    Some(Unit {
        line: 0,
        creator: Some(row.provider),
        properties: vec![
            ("x-kind".to_owned(), row.kind.name().to_owned()),
            ("x-added".to_owned(), row.added),
        ],
        variants: vec![
            (source.parse().ok()?, row.source),
            (target.parse().ok()?, row.target),
        ],
    })
}

/// The units of `tmx` that are sentences of `pair`, as approved; `by` where a
/// unit does not tell who wrote it. What a machine drafted is left out, and so
/// is what lacks a language or has no words.
#[must_use]
pub fn approved(tmx: Tmx, pair: Pair, by: &str) -> Vec<Approved> {
    let filled = |unit: &Unit, language: Language| {
        let text = unit.said(language)?;
        text.chars()
            .any(char::is_alphabetic)
            .then(|| text.to_owned())
    };
    tmx.units
        .into_iter()
        .filter(|unit| unit.property("x-kind") != Some("draft"))
        .filter_map(|unit| {
            Some(Approved {
                source: filled(&unit, pair.source)?,
                target: filled(&unit, pair.target)?,
                by: unit.creator.clone().unwrap_or_else(|| by.to_owned()),
                as_it_is: false,
            })
        })
        .collect()
}

/// The sentences of `document` that a person has read or corrected, as approved by
/// `by`. What still is as it was drafted is left out.
#[must_use]
pub fn corrected(document: Document, by: &str) -> Vec<Approved> {
    let has_words = |text: &str| text.chars().any(char::is_alphabetic);
    (document.units.into_iter())
        .filter(|unit| unit.is_corrected() && has_words(&unit.source) && has_words(&unit.target))
        .map(|unit| Approved {
            source: unit.source,
            target: unit.target,
            by: by.to_owned(),
            as_it_is: false,
        })
        .collect()
}
