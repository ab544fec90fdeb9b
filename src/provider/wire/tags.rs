//! Holes as `<x id="3"/>` in XML-escaped text, elements as `<g id="3">…</g>`, or as
//! `<g id="3"/>` where they are places.

use std::fmt::Write;

use super::markup::Elements;
use super::{Encoded, glyph, push_hole, push_text};
use crate::language::Profile;
use crate::plan::{ElementId, HoleId, Markup, Piece, Segment};

/// Most bytes between two tags that are one placeholder.
const CONTENT: usize = 120;

pub(super) fn encode(segment: &Segment, language: &dyn Profile) -> Encoded {
    let mut text = String::new();
    let mut holes = Vec::new();
    let mut markup = Vec::new();
    for piece in &segment.pieces {
        match piece {
            Piece::Text(t) => escape(t, &mut text),
            Piece::Hole(id, ending) => {
                let start = text.len();
                let _ = write!(text, "<x id=\"{}\"/>", id.0);
                text.push_str(&language.detached(ending));
                holes.push((*id, start..text.len()));
            }
            Piece::Quote(edge, depth) => text.push(glyph(language, *edge, *depth)),
            Piece::Markup(edge) => {
                let start = text.len();
                let _ = match edge {
                    Markup::Open(id) => write!(text, "<g id=\"{}\">", id.0),
                    Markup::Close(_) => write!(text, "</g>"),
                    Markup::Point(id) => write!(text, "<g id=\"{}\"/>", id.0),
                };
                markup.push(start..text.len());
            }
        }
    }
    Encoded {
        text,
        holes,
        markup,
    }
}

pub(super) fn decode(answer: &str, segment: &Segment, target: &dyn Profile) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut elements = Elements::of(segment);
    let mut rest = answer;
    while let Some((before, tag, after)) = next_tag(rest, elements.is_sent()) {
        push_text(&mut pieces, &unescape(before));
        rest = match tag {
            Tag::Hole(id) => push_hole(&mut pieces, id, after, target),
            Tag::Open(id) => {
                elements.open(&mut pieces, id);
                after
            }
            Tag::Empty(id) => {
                elements.empty(&mut pieces, id);
                after
            }
            Tag::Close => {
                elements.close(&mut pieces);
                after
            }
        };
    }
    push_text(&mut pieces, &unescape(rest));
    pieces
}

/// A tag in an answer.
#[derive(Clone, Copy)]
enum Tag {
    Hole(HoleId),
    Open(ElementId),
    Empty(ElementId),
    Close,
}

/// The first tag of `text`: what stands before it, which it is, what follows. Tags of
/// markup are looked for where any were sent.
fn next_tag(text: &str, with_markup: bool) -> Option<(&str, Tag, &str)> {
    let mut from = 0;
    loop {
        let at = from + text[from..].find(['<', '＜', '〈', '&'])?;
        let own = &text[at..];
        let hole = tag(own).map(|(id, length)| (Tag::Hole(id), length));
        let found = hole.or_else(|| with_markup.then(|| element(own)).flatten());
        if let Some((tag, length)) = found {
            return Some((&text[..at], tag, &text[at + length..]));
        }
        from = at + text[at..].chars().next().map_or(1, char::len_utf8);
    }
}

/// Reads a tag of markup at the start of `text`, as tolerant as [`tag`].
fn element(text: &str) -> Option<(Tag, usize)> {
    let mut cursor = Cursor { text, at: 0 };
    cursor.bracket(&["<", "＜", "〈", "&lt;"])?;
    let closes = cursor.any_of(&["/", "／"]).is_some();
    cursor.any_of(&["g", "G"])?;
    if closes {
        cursor.bracket(&[">", "＞", "〉", "&gt;"])?;
        return Some((Tag::Close, cursor.at));
    }
    cursor.any_of(&["id", "ID", "Id"])?;
    cursor.any_of(&["=", "＝"])?;
    cursor.quote();
    let id = ElementId(cursor.digits()?);
    cursor.quote();
    let is_empty = cursor.any_of(&["/", "／"]).is_some();
    cursor.bracket(&[">", "＞", "〉", "&gt;"])?;
    let tag = if is_empty {
        Tag::Empty(id)
    } else {
        Tag::Open(id)
    };
    Some((tag, cursor.at))
}

/// Reads a tag at the start of `text`, tolerant of what services do to one:
/// inner spaces, case, escaped or full-width brackets, other quotation marks,
/// Bengali digits, an explicit closing tag.
fn tag(text: &str) -> Option<(HoleId, usize)> {
    let mut cursor = Cursor { text, at: 0 };
    cursor.bracket(&["<", "＜", "〈", "&lt;"])?;
    cursor.any_of(&["x", "X"])?;
    cursor.any_of(&["id", "ID", "Id"])?;
    cursor.any_of(&["=", "＝"])?;
    cursor.quote();
    let id = cursor.digits()?;
    cursor.quote();
    let closed = cursor.any_of(&["/", "／"]).is_some();
    cursor.bracket(&[">", "＞", "〉", "&gt;"])?;
    if !closed {
        let mut end = Cursor { ..cursor };
        end.content();
        if end.bracket(&["</", "< /"]).is_some()
            && end.any_of(&["x", "X"]).is_some()
            && end.bracket(&[">"]).is_some()
        {
            cursor.at = end.at;
        }
    }
    Some((HoleId(id), cursor.at))
}

struct Cursor<'t> {
    text: &'t str,
    at: usize,
}

impl Cursor<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn spaces(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    /// One of `forms`, directly here.
    fn bracket(&mut self, forms: &[&str]) -> Option<()> {
        if self.at > 0 {
            self.spaces();
        }
        let form = forms.iter().find(|form| self.rest().starts_with(**form))?;
        self.at += form.len();
        Some(())
    }

    /// One of `forms`, after optional white space.
    fn any_of(&mut self, forms: &[&str]) -> Option<()> {
        self.spaces();
        let form = forms.iter().find(|form| self.rest().starts_with(**form))?;
        self.at += form.len();
        Some(())
    }

    /// What a service wrote between an opening and a closing tag: its own rendering
    /// of the value.
    fn content(&mut self) {
        let rest = self.rest();
        let end = rest.find('<').unwrap_or(0);
        if end <= CONTENT && rest[end..].starts_with("</") {
            self.at += end;
        }
    }

    fn quote(&mut self) {
        // A mark may be missing altogether.
        let _ = self.any_of(&["\"", "'", "“", "”", "‘", "’", "&quot;", "«", "»"]);
    }

    fn digits(&mut self) -> Option<u16> {
        self.spaces();
        let mut value: Option<u16> = None;
        while let Some(c) = self.rest().chars().next() {
            let digit = match c {
                '0'..='9' => c as u16 - '0' as u16,
                '০'..='৯' => c as u16 - '০' as u16,
                '０'..='９' => c as u16 - '０' as u16,
                _ => break,
            };
            value = Some(value.unwrap_or(0).checked_mul(10)?.checked_add(digit)?);
            self.at += c.len_utf8();
        }
        value
    }
}

pub(super) fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            c => out.push(c),
        }
    }
}

/// Undoes one level of XML escaping; an unknown entity stays as it is.
pub(super) fn unescape(text: &str) -> String {
    const ENTITIES: [(&str, &str); 6] = [
        ("&amp;", "&"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&apos;", "'"),
        ("&#39;", "'"),
    ];
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let (taken, put) = ENTITIES
            .iter()
            .find(|(entity, _)| rest.starts_with(entity))
            .map_or((1, "&"), |(entity, put)| (entity.len(), *put));
        out.push_str(put);
        rest = &rest[taken..];
    }
    out.push_str(rest);
    out
}
