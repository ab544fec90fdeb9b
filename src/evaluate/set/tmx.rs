//! TMX: a unit an item, `<prop type="document">` (or `x-document`) its document.

use std::path::Path;

use super::{Item, Languages, Read, SetError, item, line, lines};
use crate::tmx::{self, Unit};

pub(super) fn read(path: &Path, named: Languages) -> Result<Read, SetError> {
    let text = lines::text(path)?;
    let tmx = tmx::read(&text).map_err(|error| line(path, error.line, error.cause))?;
    let mut languages = named;
    languages.from = languages.from.or(tmx.source);
    let (mut items, mut documents) = (Vec::new(), Vec::new());
    for unit in &tmx.units {
        let document = unit.property("document").or(unit.property("x-document"));
        documents.push(document.map(str::to_owned));
        items.push(done(path, unit, &mut languages)?);
    }
    Ok(Read {
        items,
        documents,
        languages,
        lines: 0,
    })
}

/// The item of a unit. The first unit decides what has not been named: the source is
/// that of the header or its first language, the target its other one.
fn done(path: &Path, unit: &Unit, languages: &mut Languages) -> Result<Item, SetError> {
    let missing = |side: &str, language: Option<crate::language::Language>| {
        let language = language.map_or_else(String::new, |l| format!(" in `{l}`"));
        line(
            path,
            unit.line,
            format!("the unit has no {side}{language}; complete or delete it"),
        )
    };
    let first = unit.variants.first().map(|(language, _)| *language);
    let from = languages
        .from
        .or(first)
        .ok_or_else(|| missing("segment", None))?;
    let to = languages
        .to
        .or_else(|| unit.variants.iter().map(|v| v.0).find(|l| *l != from))
        .ok_or_else(|| missing("translation", None))?;
    *languages = Languages {
        from: Some(from),
        to: Some(to),
    };
    let source = unit
        .said(from)
        .ok_or_else(|| missing("source", Some(from)))?;
    let reference = unit
        .said(to)
        .ok_or_else(|| missing("reference", Some(to)))?;
    item(path, unit.line, source, reference)
}
