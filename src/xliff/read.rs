//! Reading what a tool made of a file: 2.0 and 2.1, whatever prefix its names have.
//!
//! As in TMX, a document type declaration and entities of its own are refused.
//! What inline elements hold stays, the elements go.

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};

use super::{Document, Note, State, Unit};
use crate::language::Language;

/// What is wrong with a file: the line, from 1, the cause and the next step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadError {
    /// The line.
    pub line: usize,
    /// What is wrong with it.
    pub cause: String,
}

/// Which text the reader is in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Elsewhere,
    Source,
    Target,
    Draft,
    Note,
}

/// Reads a file.
///
/// # Errors
/// When it is no well-formed XLIFF 2, has a document type declaration or an
/// entity of its own, or does not name both languages.
pub fn read(text: &str) -> Result<Document, ReadError> {
    let mut reader = Reader::from_str(text);
    let mut document = None;
    let mut unit = Unit::default();
    let mut least = None;
    let (mut place, mut in_match, mut in_segment) = (Place::Elsewhere, false, false);
    let (mut here, mut counted) = (1, 0);
    loop {
        let event = reader.read_event();
        let position = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        let passed = text.as_bytes().get(counted..position).unwrap_or_default();
        here += passed.split(|&byte| byte == b'\n').count() - 1;
        counted = counted.max(position);
        let wrong = |cause: String| ReadError { line: here, cause };
        let event = event.map_err(|error| wrong(format!("it is no well-formed XML: {error}")))?;
        let is_empty = matches!(event, Event::Empty(_));
        match event {
            Event::Eof => break,
            Event::DocType(_) => {
                return Err(wrong(
                    "it has a document type declaration, which is not read; delete <!DOCTYPE …>"
                        .to_owned(),
                ));
            }
            Event::Start(tag) | Event::Empty(tag) => {
                if document.is_none() {
                    document = Some(root(&tag).map_err(wrong)?);
                    continue;
                }
                match local(tag.name().as_ref()) {
                    "file" => {
                        if let Some(document) = &mut document
                            && document.original.is_empty()
                        {
                            document.original = attribute(&tag, "original").unwrap_or_default();
                        }
                    }
                    "unit" => {
                        least = None;
                        unit = Unit {
                            id: attribute(&tag, "id").unwrap_or_default(),
                            ..Unit::default()
                        };
                    }
                    "match" => in_match = !is_empty,
                    "segment" | "ignorable" if is_empty => {}
                    "segment" => {
                        in_segment = true;
                        let state = state(&tag);
                        least = Some(least.map_or(state, |least: State| least.min(state)));
                    }
                    "ignorable" => in_segment = true,
                    "source" if in_segment && !is_empty => place = Place::Source,
                    "target" if in_segment && !is_empty => place = Place::Target,
                    "target" if in_match && unit.draft.is_none() => {
                        unit.draft = Some(String::new());
                        if !is_empty {
                            place = Place::Draft;
                        }
                    }
                    "note" if !is_empty => {
                        let priority = attribute(&tag, "priority").and_then(|p| p.parse().ok());
                        unit.notes.push(Note {
                            category: attribute(&tag, "category").unwrap_or_default(),
                            text: String::new(),
                            priority: priority.unwrap_or(1),
                        });
                        place = Place::Note;
                    }
                    "cp" => {
                        let code = attribute(&tag, "hex");
                        let code = code.and_then(|hex| u32::from_str_radix(&hex, 16).ok());
                        if let Some(c) = code.and_then(char::from_u32) {
                            said(&mut unit, place, c.encode_utf8(&mut [0; 4]));
                        }
                    }
                    _ => {}
                }
            }
            Event::End(tag) => match local(tag.name().as_ref()) {
                "source" | "target" | "note" => place = Place::Elsewhere,
                "match" => in_match = false,
                "segment" | "ignorable" => in_segment = false,
                "unit" => {
                    unit.state = least.unwrap_or_default();
                    let unit = std::mem::take(&mut unit);
                    if let Some(document) = &mut document
                        && !unit.source.is_empty()
                    {
                        document.units.push(unit);
                    }
                }
                _ => {}
            },
            Event::Text(characters) => said(&mut unit, place, &characters),
            Event::CData(characters) => said(&mut unit, place, &characters),
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
                said(&mut unit, place, character.encode_utf8(&mut [0; 4]));
            }
            _ => {}
        }
    }
    document.ok_or(ReadError {
        line: here,
        cause: NO_XLIFF.to_owned(),
    })
}

const NO_XLIFF: &str = "it is no XLIFF; save it as XLIFF 2.1";

/// What the outermost element says.
fn root(tag: &BytesStart<'_>) -> Result<Document, String> {
    if local(tag.name().as_ref()) != "xliff" {
        return Err(NO_XLIFF.to_owned());
    }
    match attribute(tag, "version") {
        Some(version) if !version.starts_with("2.") => {
            return Err(format!(
                "it is XLIFF of version {version}; save it as version 2.1"
            ));
        }
        _ => {}
    }
    let language = |name: &str| -> Result<Language, String> {
        let code = attribute(tag, name).ok_or_else(|| format!("its <xliff> has no {name}"))?;
        code.parse()
            .map_err(|error: crate::language::UnknownLanguage| error.to_string())
    };
    Ok(Document {
        source: language("srcLang")?,
        target: language("trgLang")?,
        original: String::new(),
        units: Vec::new(),
    })
}

/// Adds to the text that the reader is in.
fn said(unit: &mut Unit, place: Place, text: &str) {
    match place {
        Place::Elsewhere => {}
        Place::Source => unit.source.push_str(text),
        Place::Target => unit.target.push_str(text),
        Place::Draft => {
            if let Some(draft) = &mut unit.draft {
                draft.push_str(text);
            }
        }
        Place::Note => {
            if let Some(note) = unit.notes.last_mut() {
                note.text.push_str(text);
            }
        }
    }
}

fn state(tag: &BytesStart<'_>) -> State {
    let name = attribute(tag, "state");
    let known = State::ALL
        .into_iter()
        .find(|s| Some(s.name()) == name.as_deref());
    known.unwrap_or_default()
}

/// A name without its prefix.
fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
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

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag
        .attributes()
        .flatten()
        .find(|a| a.key.as_ref() == name)?;
    Some(match unescape(&found.value) {
        Ok(value) => value.into_owned(),
        // An entity of its own: as it stands.
        Err(_) => found.value.to_string(),
    })
}
