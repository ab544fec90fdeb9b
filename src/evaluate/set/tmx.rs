//! TMX 1.4: a unit an item, `<prop type="document">` (or `x-document`) its document.
//!
//! A document type declaration and entities of its own are refused: they can name
//! other files and grow without end. Codes inside a segment (`bpt`, `ept`, `it`,
//! `ph`) are left out, what `hi` holds stays.

use std::path::Path;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::{Item, Languages, Read, SetError, item, line, lines};
use crate::language::Language;

/// A translation unit being read.
#[derive(Default)]
struct Unit {
    line: usize,
    document: Option<String>,
    /// What each language says.
    variants: Vec<(Language, String)>,
}

/// Where the reader is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Elsewhere,
    Segment,
    Document,
}

pub(super) fn read(path: &Path, named: Languages) -> Result<Read, SetError> {
    let text = lines::text(path)?;
    let mut languages = named;
    let mut reader = Reader::from_str(&text);
    let (mut items, mut documents) = (Vec::new(), Vec::new());
    let mut unit = Unit::default();
    let mut spoken = None;
    let mut place = Place::Elsewhere;
    // Inside codes, how deep.
    let mut code = 0_usize;
    let mut said = String::new();
    // The line that the reader has come to, and its place in the text.
    let (mut here, mut counted) = (1, 0);
    loop {
        let position = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        let passed = text.as_bytes().get(counted..position).unwrap_or_default();
        here += passed.split(|&byte| byte == b'\n').count() - 1;
        counted = counted.max(position);
        let wrong = |cause: String| line(path, here, cause);
        let event = reader
            .read_event()
            .map_err(|error| wrong(format!("it is no well-formed XML: {error}")))?;
        match event {
            Event::Eof => break,
            Event::DocType(_) => {
                return Err(wrong(
                    "it has a document type declaration, which is not read; delete <!DOCTYPE …>"
                        .to_owned(),
                ));
            }
            Event::Start(tag) | Event::Empty(tag) if tag.name().as_ref() == "header" => {
                let source = attribute(&tag, &["srclang"]).and_then(|code| code.parse().ok());
                languages.from = languages.from.or(source);
            }
            Event::Start(tag) => match tag.name().as_ref() {
                "tu" => {
                    unit = Unit {
                        line: here,
                        ..Unit::default()
                    };
                }
                "tuv" => {
                    let code = attribute(&tag, &["xml:lang", "lang"])
                        .ok_or_else(|| wrong("a <tuv> names no language".to_owned()))?;
                    let language =
                        code.parse()
                            .map_err(|error: crate::language::UnknownLanguage| {
                                wrong(error.to_string())
                            })?;
                    spoken = Some(language);
                }
                "seg" => {
                    place = Place::Segment;
                    said.clear();
                }
                "prop" if matches!(attribute(&tag, &["type"]), Some(t) if t == "document" || t == "x-document") =>
                {
                    place = Place::Document;
                    said.clear();
                }
                "bpt" | "ept" | "it" | "ph" => code += 1,
                _ => {}
            },
            Event::End(tag) => match tag.name().as_ref() {
                "seg" => {
                    place = Place::Elsewhere;
                    if let Some(language) = spoken.take() {
                        let words: Vec<&str> = said.split_whitespace().collect();
                        unit.variants.push((language, words.join(" ")));
                    }
                }
                "prop" if place == Place::Document => {
                    place = Place::Elsewhere;
                    unit.document = Some(said.trim().to_owned());
                }
                "bpt" | "ept" | "it" | "ph" => code = code.saturating_sub(1),
                "tu" => {
                    let (item, document) = done(path, std::mem::take(&mut unit), &mut languages)?;
                    items.push(item);
                    documents.push(document);
                }
                _ => {}
            },
            Event::Text(characters) if place != Place::Elsewhere && code == 0 => {
                said.push_str(&characters);
            }
            Event::CData(characters) if place != Place::Elsewhere && code == 0 => {
                said.push_str(&characters);
            }
            Event::GeneralRef(reference) => {
                let character = match reference.resolve_char_ref() {
                    Ok(Some(character)) => Some(character),
                    _ => predefined(&reference),
                };
                let character = character.ok_or_else(|| {
                    wrong(format!(
                        "the entity &{}; is not read; write it out",
                        &*reference
                    ))
                })?;
                if place != Place::Elsewhere && code == 0 {
                    said.push(character);
                }
            }
            _ => {}
        }
    }
    Ok(Read {
        items,
        documents,
        languages,
        lines: 0,
    })
}

fn predefined(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => return None,
    })
}

fn attribute(tag: &BytesStart<'_>, names: &[&str]) -> Option<String> {
    tag.attributes().flatten().find_map(|attribute| {
        let known = names.iter().any(|n| *n == attribute.key.as_ref());
        known.then(|| attribute.value.into_owned())
    })
}

/// The item of a unit. The first unit decides what has not been named: the source is
/// that of the header or its first language, the target its other one.
fn done(
    path: &Path,
    unit: Unit,
    languages: &mut Languages,
) -> Result<(Item, Option<String>), SetError> {
    let missing = |side: &str, language: Option<Language>| {
        let language = language.map_or_else(String::new, |l| format!(" in `{l}`"));
        line(
            path,
            unit.line,
            format!("the unit has no {side}{language}; complete or delete it"),
        )
    };
    let said = |language: Language| unit.variants.iter().find(|(l, _)| *l == language);
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
    let (_, source) = said(from).ok_or_else(|| missing("source", Some(from)))?;
    let (_, reference) = said(to).ok_or_else(|| missing("reference", Some(to)))?;
    let item = item(path, unit.line, source, reference)?;
    Ok((item, unit.document))
}
