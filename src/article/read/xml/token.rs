//! XML in pieces, each with its place in the file.
//!
//! Nothing is fetched and nothing is expanded: an entity that XML itself does not
//! know stays what it is, so neither a bomb of them nor an address behind one does
//! anything.

use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::article::read::ReadError;

/// A tag that opens an element.
#[derive(Debug)]
pub(super) struct Open<'a> {
    /// The name as it is written, with a prefix where it has one.
    pub(super) name: &'a str,
    /// The whole tag.
    pub(super) at: Range<usize>,
    /// Its attributes in order.
    pub(super) attributes: Vec<Attribute<'a>>,
    /// Whether it is closed by itself: `<br/>`.
    pub(super) is_empty: bool,
}

/// An attribute.
#[derive(Debug)]
pub(super) struct Attribute<'a> {
    /// The name as it is written.
    pub(super) name: &'a str,
    /// Where the value stands, without its quotation marks.
    pub(super) at: Range<usize>,
    /// What it says.
    pub(super) value: String,
}

impl Open<'_> {
    /// The name without a prefix.
    pub(super) fn local(&self) -> &str {
        local(self.name)
    }

    /// An attribute by the name that it is written with.
    pub(super) fn attribute(&self, name: &str) -> Option<&Attribute<'_>> {
        self.attributes.iter().find(|a| a.name == name)
    }

    /// Where another attribute may be written.
    pub(super) fn behind_name(&self) -> usize {
        self.at.start + 1 + self.name.len()
    }
}

/// A name without its prefix.
pub(super) fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// A piece of a file.
#[derive(Debug)]
pub(super) enum Token<'a> {
    /// An element opens.
    Open(Open<'a>),
    /// An element closes.
    Close(Range<usize>),
    /// Characters, or one that was written as a reference.
    Text(Range<usize>, String),
    /// What stands between `<![CDATA[` and `]]>`, and all of it.
    CData(Range<usize>, Range<usize>),
    /// A comment, an instruction, an entity that nobody knows.
    Other(Range<usize>),
    /// The declaration at the start.
    Declaration(Range<usize>),
}

/// Hands the pieces of `file` to `each`, in order and without a gap.
///
/// # Errors
/// When it is not well-formed, with line and column.
pub(super) fn each<'a>(
    file: &'a str,
    mut each: impl FnMut(Token<'a>) -> Result<(), ReadError>,
) -> Result<(), ReadError> {
    let mut reader = Reader::from_str(file);
    reader.config_mut().allow_dangling_amp = true;
    let mut depth = 0usize;
    loop {
        let start = offset(reader.buffer_position());
        let event = match reader.read_event() {
            Ok(event) => event,
            Err(error) => return Err(wrong(file, offset(reader.error_position()), &error)),
        };
        let at = start..offset(reader.buffer_position());
        match event {
            Event::Start(tag) => {
                depth += 1;
                each(Token::Open(open(file, at, &tag, false)))?;
            }
            Event::Empty(tag) => each(Token::Open(open(file, at, &tag, true)))?,
            Event::End(_) => {
                depth = depth.saturating_sub(1);
                each(Token::Close(at))?;
            }
            Event::Text(_) => {
                let text = file.get(at.clone()).unwrap_or_default().to_owned();
                each(Token::Text(at, text))?;
            }
            Event::GeneralRef(name) => match known(&name) {
                Some(c) => each(Token::Text(at, c.to_string()))?,
                None => each(Token::Other(at))?,
            },
            Event::CData(_) => {
                let inside = at.start + "<![CDATA[".len()..at.end - "]]>".len();
                each(Token::CData(inside, at))?;
            }
            Event::Decl(_) => each(Token::Declaration(at))?,
            Event::Comment(_) | Event::PI(_) | Event::DocType(_) => each(Token::Other(at))?,
            Event::Eof if depth > 0 => {
                let cause = format!("it ends with {depth} elements open");
                return Err(wrong(file, file.len(), &cause));
            }
            Event::Eof => return Ok(()),
        }
    }
}

fn offset(position: u64) -> usize {
    usize::try_from(position).unwrap_or(usize::MAX)
}

/// The character of a reference that XML knows by itself.
fn known(name: &quick_xml::events::BytesRef<'_>) -> Option<char> {
    if let Ok(Some(c)) = name.resolve_char_ref() {
        return (c != '\0').then_some(c);
    }
    match &**name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    }
}

fn open<'a>(file: &'a str, at: Range<usize>, tag: &BytesStart<'_>, is_empty: bool) -> Open<'a> {
    let name_length = tag.name().as_ref().len();
    let name_at = at.start + 1;
    let attributes_at = name_at + name_length;
    let raw = tag.attributes_raw();
    let mut attributes = tag.attributes();
    let attributes = attributes
        .with_checks(false)
        .flatten()
        .filter_map(|attribute| {
            // Both are slices of the tag.
            let place = |slice: &str| slice.as_ptr().addr().checked_sub(raw.as_ptr().addr());
            let key: &str = attribute.key.as_ref();
            let name_at = attributes_at + place(key)?;
            let value_at = attributes_at + place(&attribute.value)?;
            let at = value_at..value_at + attribute.value.len();
            Some(Attribute {
                name: file.get(name_at..name_at + key.len())?,
                value: quick_xml::escape::unescape(file.get(at.clone())?)
                    .map_or_else(|_| attribute.value.to_string(), String::from),
                at,
            })
        });
    Open {
        name: file.get(name_at..attributes_at).unwrap_or_default(),
        attributes: attributes.collect(),
        at,
        is_empty,
    }
}

fn wrong(file: &str, at: usize, cause: &dyn std::fmt::Display) -> ReadError {
    let before = file.get(..at.min(file.len())).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let column = before.chars().rev().take_while(|&c| c != '\n').count() + 1;
    ReadError::wrong(&format!("XML (line {line}, column {column})"), cause)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_cover_the_file_and_attributes_have_places() {
        let file = "<?xml version=\"1.0\"?>\n<!DOCTYPE a [<!ENTITY x \"y\">]><a b='1 &amp; 2'\n c:d=\"ক\">t &amp; &#x995; &x;<![CDATA[<p>]]><!-- n --><e/></a>\n";
        let mut at = 0;
        let mut said = String::new();
        let mut values = Vec::new();
        each(file, |token| {
            let range = match token {
                Token::Open(open) => {
                    for a in &open.attributes {
                        values.push((a.name, &file[a.at.clone()], a.value.clone()));
                    }
                    open.at
                }
                Token::Text(at, text) => {
                    said.push_str(&text);
                    at
                }
                Token::CData(_, at)
                | Token::Close(at)
                | Token::Other(at)
                | Token::Declaration(at) => at,
            };
            assert_eq!(range.start, at);
            at = range.end;
            Ok(())
        })
        .unwrap();
        assert_eq!(at, file.len());
        assert_eq!(said, "\nt & ক \n");
        assert_eq!(
            values,
            [
                ("b", "1 &amp; 2", "1 & 2".to_owned()),
                ("c:d", "ক", "ক".to_owned())
            ]
        );
    }

    #[test]
    fn what_is_not_well_formed_is_named_by_its_place() {
        for file in ["<a>\n<b></a>", "<a>", "<a><![CDATA[", "<a b=></a"] {
            let error = each(file, |_| Ok(())).unwrap_err().to_string();
            assert!(error.contains("line "), "{error}");
        }
        let deep = format!("{}{}", "<a>".repeat(100_000), "</a>".repeat(100_000));
        assert_eq!(each(&deep, |_| Ok(())), Ok(()));
    }
}
