//! Reading.
//!
//! A document type declaration and entities of its own are refused: they can name
//! other files and grow without end. Codes inside a segment (`bpt`, `ept`, `it`,
//! `ph`) are left out, what `hi` holds stays.

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};

use super::{Tmx, Unit};

/// What is wrong with a file: the line, from 1, the cause and the next step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadError {
    /// The line.
    pub line: usize,
    /// What is wrong with it.
    pub cause: String,
}

/// Where the reader is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Elsewhere,
    Segment,
    Property,
}

/// Reads a file.
///
/// # Errors
/// When it is no well-formed XML, has a document type declaration, an entity of
/// its own or an unknown language.
pub fn read(text: &str) -> Result<Tmx, ReadError> {
    let mut reader = Reader::from_str(text);
    let mut tmx = Tmx::default();
    let mut unit = Unit::default();
    let mut spoken = None;
    let mut property = String::new();
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
        let wrong = |cause: String| ReadError { line: here, cause };
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
                tmx.source = attribute(&tag, &["srclang"]).and_then(|code| code.parse().ok());
            }
            Event::Start(tag) => match tag.name().as_ref() {
                "tu" => {
                    unit = Unit {
                        line: here,
                        creator: attribute(&tag, &["changeid", "creationid"]),
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
                "prop" => {
                    place = Place::Property;
                    property = attribute(&tag, &["type"]).unwrap_or_default();
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
                "prop" => {
                    place = Place::Elsewhere;
                    let words: Vec<&str> = said.split_whitespace().collect();
                    let name = std::mem::take(&mut property);
                    unit.properties.push((name, words.join(" ")));
                }
                "bpt" | "ept" | "it" | "ph" => code = code.saturating_sub(1),
                "tu" => tmx.units.push(std::mem::take(&mut unit)),
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
    Ok(tmx)
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
        known.then(|| match unescape(&attribute.value) {
            Ok(value) => value.into_owned(),
            // An entity of its own: as it stands.
            Err(_) => attribute.value.to_string(),
        })
    })
}
