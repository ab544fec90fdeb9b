//! Holes as `<x id="3"/>` in XML-escaped text.

use std::fmt::Write;

use super::{Encoded, glyph, push_hole, push_text};
use crate::language::Profile;
use crate::plan::{HoleId, Piece, Segment};

/// Most bytes between two tags that are one placeholder.
const CONTENT: usize = 120;

pub(super) fn encode(segment: &Segment, language: &dyn Profile) -> Encoded {
    let mut text = String::new();
    let mut holes = Vec::new();
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
        }
    }
    Encoded { text, holes }
}

pub(super) fn decode(answer: &str, target: &dyn Profile) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = answer;
    while let Some((before, id, after)) = next_tag(rest) {
        push_text(&mut pieces, &unescape(before));
        rest = push_hole(&mut pieces, id, after, target);
    }
    push_text(&mut pieces, &unescape(rest));
    pieces
}

/// The first tag of `text`: what stands before it, its number, what follows.
fn next_tag(text: &str) -> Option<(&str, HoleId, &str)> {
    let mut from = 0;
    loop {
        let at = from + text[from..].find(['<', '＜', '〈', '&'])?;
        if let Some((id, length)) = tag(&text[at..]) {
            return Some((&text[..at], id, &text[at + length..]));
        }
        from = at + text[at..].chars().next().map_or(1, char::len_utf8);
    }
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
