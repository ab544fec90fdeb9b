//! A page as tags, text and what is neither, each with its place.

use std::ops::Range;

use html5gum::Tokenizer;
use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};

use super::reference;

/// An attribute. Of two with one name the second has no meaning, as in a browser.
#[derive(Debug, Clone)]
pub(super) struct Attribute {
    /// Its name in small letters.
    pub(super) name: String,
    /// What it says.
    pub(super) value: String,
    /// Where the value stands, without its quotation marks; `None` where it has none or
    /// its place is not known.
    pub(super) at: Option<Range<usize>>,
    /// Whether quotation marks are around it, so that any text may take its place.
    pub(super) quoted: bool,
}

/// A tag that opens an element.
#[derive(Debug)]
pub(super) struct Opening<'t> {
    pub(super) name: &'t str,
    pub(super) attributes: &'t [Attribute],
    pub(super) at: Range<usize>,
    pub(super) self_closing: bool,
}

impl Opening<'_> {
    /// What the attribute called `name` says.
    pub(super) fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|a| a.name == name)
    }

    /// The text of the attribute called `name`; empty where there is none.
    pub(super) fn value(&self, name: &str) -> &str {
        self.attribute(name).map_or("", |a| a.value.as_str())
    }
}

/// Whoever reads a page.
pub(super) trait Reader {
    /// A tag that opens an element.
    fn open(&mut self, tag: &Opening<'_>);
    /// A tag that closes one.
    fn close(&mut self, name: &str, at: Range<usize>);
    /// Text, as the page writes it.
    fn text(&mut self, at: Range<usize>);
    /// What is no text and encloses none: a comment, a doctype.
    fn aside(&mut self, at: Range<usize>);
}

/// Reads `source`, whatever it is, in one pass.
pub(super) fn read(source: &str, reader: &mut dyn Reader) {
    let mut tokens = Tokens {
        source,
        reader,
        end: 0,
        tag: None,
        attributes: Vec::new(),
    };
    let emitter = {
        let tokens = &mut tokens;
        let mut emitter = CallbackEmitter::new(
            move |event: CallbackEvent<'_>, span: html5gum::Span<usize>| {
                tokens.event(&event, span.start..span.end);
                None::<std::convert::Infallible>
            },
        );
        emitter.naively_switch_states(true);
        emitter
    };
    // Reading a string cannot fail.
    let Ok(()) = Tokenizer::new_with_emitter(source, emitter).finish();
}

struct Tokens<'a> {
    source: &'a str,
    reader: &'a mut dyn Reader,
    /// Up to where the page is handed over.
    end: usize,
    /// The tag that is being read, and where it begins.
    tag: Option<(String, usize)>,
    attributes: Vec<Attribute>,
}

impl Tokens<'_> {
    fn event(&mut self, event: &CallbackEvent<'_>, at: Range<usize>) {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.attributes.clear();
                self.tag = Some((lossy(name), at.start));
            }
            CallbackEvent::AttributeName { name } => {
                if self.tag.is_some() {
                    self.attributes.push(Attribute {
                        name: lossy(name),
                        value: String::new(),
                        at: None,
                        quoted: false,
                    });
                }
            }
            CallbackEvent::AttributeValue { value } => self.value(lossy(value), at),
            CallbackEvent::CloseStartTag { self_closing } => {
                let Some((name, start)) = self.tag.take() else {
                    return;
                };
                let at = self.advance(start..at.end);
                self.reader.open(&Opening {
                    name: &name,
                    attributes: &self.attributes,
                    at,
                    self_closing: *self_closing,
                });
            }
            CallbackEvent::EndTag { name } => {
                self.tag = None;
                let at = self.advance(at);
                self.reader.close(&lossy(name), at);
            }
            CallbackEvent::String { value } => {
                let at = self.advance(at);
                if self.says(&at, value) {
                    self.reader.text(at);
                } else {
                    self.reader.aside(at);
                }
            }
            CallbackEvent::Comment { .. } | CallbackEvent::Doctype { .. } => {
                let at = self.advance(at);
                self.reader.aside(at);
            }
            CallbackEvent::Error(_) => {}
        }
    }

    /// The place of a token, which begins no earlier than where the last one ended.
    fn advance(&mut self, at: Range<usize>) -> Range<usize> {
        let start = at.start.max(self.end);
        let end = at.end.max(start);
        self.end = end;
        start..end
    }

    fn value(&mut self, value: String, at: Range<usize>) {
        let quote = |at: Option<usize>| at.and_then(|at| self.source.as_bytes().get(at));
        let opening = quote(at.start.checked_sub(1));
        let quoted = matches!(opening, Some(b'"' | b'\'')) && opening == quote(Some(at.end));
        let raw = self.source.get(at.clone());
        let is_there = raw.is_some_and(|raw| reference::decoded(raw, true) == value);
        if let Some(attribute) = self.attributes.last_mut() {
            attribute.at = is_there.then_some(at);
            attribute.quoted = quoted;
            attribute.value = value;
        }
    }

    /// Whether the bytes at a place say what the tokenizer read there.
    fn says(&self, at: &Range<usize>, value: &[u8]) -> bool {
        let Some(raw) = self.source.get(at.clone()) else {
            return false;
        };
        if raw.as_bytes() == value {
            return true;
        }
        let read = reference::decoded(raw, false).replace("\r\n", "\n");
        read.replace('\r', "\n").as_bytes() == value
    }
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Default)]
    struct Told(Vec<String>, String);

    impl Reader for Told {
        fn open(&mut self, tag: &Opening<'_>) {
            let attributes: Vec<_> = (tag.attributes.iter())
                .map(|a| {
                    format!(
                        " {}={}@{:?}",
                        a.name,
                        a.value,
                        a.at.clone().map(|at| &self.1[at])
                    )
                })
                .collect();
            self.0.push(format!(
                "{}{}",
                &self.1[tag.at.clone()],
                attributes.concat()
            ));
        }
        fn close(&mut self, _: &str, at: Range<usize>) {
            self.0.push(self.1[at].to_owned());
        }
        fn text(&mut self, at: Range<usize>) {
            self.0.push(format!("'{}'", &self.1[at]));
        }
        fn aside(&mut self, at: Range<usize>) {
            self.0.push(format!("({})", &self.1[at]));
        }
    }

    fn told(page: &str) -> Vec<String> {
        let mut told = Told(Vec::new(), page.to_owned());
        read(page, &mut told);
        told.0
    }

    #[test]
    fn every_token_has_its_place() {
        assert_eq!(
            told("<!doctype html><!-- a > b --><P Class='x &amp; y' hidden a=b>ক &amp; খ\r\n</p >"),
            [
                "(<!doctype html>)",
                "(<!-- a > b -->)",
                "<P Class='x &amp; y' hidden a=b> class=x & y@Some(\"x &amp; y\") hidden=@None a=b@Some(\"b\")",
                "'ক &amp; খ\r\n'",
                "</p >",
            ]
        );
        assert_eq!(
            told("<script>if (a < b) x = '</p>'</script>a<title>x <b> y</title><?php 1 ?>z<"),
            [
                "<script>",
                "'if (a < b) x = '</p>''",
                "</script>",
                "'a'",
                "<title>",
                "'x <b> y'",
                "</title>",
                "(<?php 1 ?>)",
                "'z<'",
            ]
        );
    }

    #[test]
    fn of_a_tag_that_never_ends_nothing_is_told() {
        assert_eq!(told("a<b title=\"x"), ["'a'"]);
        assert_eq!(told("a</>b"), ["(a</>b)"]);
        assert_eq!(
            told("<p \"q\" <x y>"),
            ["<p \"q\" <x y> \"q\"=@None <x=@None y=@None"]
        );
    }
}
