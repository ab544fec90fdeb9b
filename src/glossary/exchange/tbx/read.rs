//! The events of an XML file as concepts.
//!
//! Nothing is ever fetched and no entity is declared: a document type may name its
//! rules, and may not bring any. Depth is bounded, and memory by the file.

use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::LANGUAGES;
use super::concept::{Concept, Term, rows};
use crate::glossary::entry::Kind;
use crate::glossary::error::{Cause, LoadError};
use crate::glossary::exchange::{Imported, fault};
use crate::language::Language;

/// Elements inside each other; a term base has about ten.
const DEEPEST: usize = 64;

/// Reads a TBX file; concepts that name no kind have `kind`.
///
/// # Errors
/// When it is not well-formed, is no TBX, or has what may not be trusted; and for
/// every concept that makes no row.
pub(in crate::glossary::exchange) fn read(
    file: &str,
    text: &str,
    kind: Kind,
) -> Result<Imported, Vec<LoadError>> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    let mut walk = Walk::default();
    let mut lines = Lines {
        text,
        at: 0,
        line: 1,
    };
    loop {
        let start = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        let event = reader.read_event();
        let here = |lines: &mut Lines<'_>, cause| vec![fault(file, Some(lines.at(start)), cause)];
        let outcome = match event {
            Ok(Event::Eof) => break,
            Ok(event) => walk.event(event, || lines.at(start)),
            Err(error) => {
                let at = usize::try_from(reader.error_position()).unwrap_or(usize::MAX);
                return Err(here(&mut lines, Cause::NotXml(error.to_string()))
                    .into_iter()
                    .map(|error| LoadError {
                        line: Some(lines.at(at)),
                        ..error
                    })
                    .collect());
            }
        };
        outcome.map_err(|cause| here(&mut lines, cause))?;
    }
    if !walk.path.is_empty() || !walk.is_tbx {
        return Err(vec![fault(file, None, Cause::NotTbx)]);
    }
    rows(file, walk.languages, walk.concepts, kind)
}

/// Lines by byte; bytes are asked for in rising order.
struct Lines<'t> {
    text: &'t str,
    at: usize,
    line: usize,
}

impl Lines<'_> {
    fn at(&mut self, byte: usize) -> usize {
        let byte = byte.clamp(self.at, self.text.len());
        self.line += self.text[self.at..byte].matches('\n').count();
        self.at = byte;
        self.line
    }
}

/// Where in the file the reader is, and what it has seen.
#[derive(Default)]
struct Walk {
    /// The local names of the elements that are open.
    path: Vec<String>,
    is_tbx: bool,
    /// What the header says.
    languages: Vec<Language>,
    concepts: Vec<Concept>,
    /// The language of the section that is open; `None` inside where it has none.
    language: Option<Language>,
    /// The text that is being collected, and the depth at which it ends.
    text: Option<Text>,
}

struct Text {
    category: String,
    depth: usize,
    text: String,
}

impl Walk {
    fn event(&mut self, event: Event<'_>, line: impl FnOnce() -> usize) -> Result<(), Cause> {
        match event {
            Event::Start(start) => self.open(&start, line),
            Event::Empty(start) => {
                self.open(&start, line)?;
                self.close();
                Ok(())
            }
            Event::End(_) => {
                self.close();
                Ok(())
            }
            Event::Text(text) => {
                self.add(&text.xml10_content());
                Ok(())
            }
            Event::CData(text) => {
                self.add(&text.xml10_content());
                Ok(())
            }
            Event::GeneralRef(reference) => {
                let name = reference.xml10_content().into_owned();
                let resolved = match reference.resolve_char_ref() {
                    Ok(Some(c)) => Some(c.to_string()),
                    Ok(None) => resolve_predefined_entity(&name).map(str::to_owned),
                    Err(_) => None,
                };
                let text = resolved.ok_or(Cause::Entity(name))?;
                self.add(&text);
                Ok(())
            }
            Event::DocType(declaration) if declaration.xml10_content().contains('[') => {
                Err(Cause::OwnRules)
            }
            _ => Ok(()),
        }
    }

    fn open(&mut self, start: &BytesStart<'_>, line: impl FnOnce() -> usize) -> Result<(), Cause> {
        let name = start.local_name().into_inner().to_owned();
        if self.path.is_empty() {
            self.is_tbx = matches!(name.as_str(), "tbx" | "martif" | "TBX");
            if !self.is_tbx {
                return Err(Cause::NotTbx);
            }
        }
        if self.path.len() >= DEEPEST {
            return Err(Cause::TooDeep(DEEPEST));
        }
        self.path.push(name.clone());
        if self.text.is_some() {
            return Ok(());
        }
        match name.as_str() {
            "conceptEntry" | "termEntry" | "entry" => self.concepts.push(Concept::at(line())),
            "langSec" | "langSet" | "langGroup" => {
                let code = attribute(start, "lang")?.unwrap_or_default();
                let language: Language = code.parse().map_err(|_| Cause::BadLanguage(code))?;
                self.language = Some(language);
            }
            "termSec" | "tig" | "ntig" | "termGroup" => {
                if let (Some(language), Some(concept)) = (self.language, self.concepts.last_mut()) {
                    concept.terms.push(Term::of(language));
                }
            }
            "termGrp" | "termNoteGrp" | "descripGrp" | "adminGrp" | "transacGrp" => {}
            "p" => self.collect(name),
            // The header has its own elements of these names.
            _ if !self.is_in_concept() => {}
            "termNote" | "descrip" | "admin" | "descripNote" | "adminNote" | "transac"
            | "transacNote" | "xref" | "ref" => {
                let category = attribute(start, "type")?.unwrap_or(name);
                self.collect(category);
            }
            _ => self.collect(name),
        }
        Ok(())
    }

    fn collect(&mut self, category: String) {
        self.text = Some(Text {
            category,
            depth: self.path.len(),
            text: String::new(),
        });
    }

    fn add(&mut self, text: &str) {
        if let Some(collected) = &mut self.text {
            collected.text.push_str(text);
        }
    }

    fn close(&mut self) {
        let depth = self.path.len();
        let name = self.path.pop().unwrap_or_default();
        if let Some(text) = self.text.take_if(|text| text.depth == depth) {
            let value = text.text.split_whitespace().collect::<Vec<_>>().join(" ");
            self.take(&text.category, value);
        } else if matches!(name.as_str(), "langSec" | "langSet" | "langGroup") {
            self.language = None;
        }
    }

    fn is_in_concept(&self) -> bool {
        let is_concept = |name: &String| matches!(&**name, "conceptEntry" | "termEntry" | "entry");
        self.path.iter().any(is_concept)
    }

    /// Files `value` where it belongs.
    fn take(&mut self, category: &str, value: String) {
        if !self.is_in_concept() {
            if let Some(codes) = value.strip_prefix(LANGUAGES) {
                let languages = codes
                    .split(", ")
                    .filter_map(|code| code.parse::<Language>().ok());
                self.languages.extend(languages);
            }
            return;
        }
        if value.is_empty() {
            return;
        }
        let is_in_term = self
            .path
            .iter()
            .any(|name| matches!(name.as_str(), "termSec" | "tig" | "ntig" | "termGroup"));
        if let Some(concept) = self.concepts.last_mut() {
            concept.take(category, value, is_in_term);
        }
    }
}

/// The value of the attribute with this local name.
fn attribute(start: &BytesStart<'_>, wanted: &str) -> Result<Option<String>, Cause> {
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| Cause::NotXml(error.to_string()))?;
        if attribute.key.local_name().into_inner() == wanted {
            let value = attribute
                .normalized_value(XmlVersion::Implicit1_0)
                .map_err(|error| Cause::NotXml(error.to_string()))?;
            return Ok(Some(value.into_owned()));
        }
    }
    Ok(None)
}
