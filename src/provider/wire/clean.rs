//! What no answer should hold: characters that command a terminal or turn the
//! direction of writing, and escapes that the source did not have.

use std::borrow::Cow;

use crate::plan::{Piece, Segment};

/// Entities that services write, beside numbered ones.
const ENTITIES: [(&str, char); 16] = [
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", ' '),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("laquo", '«'),
    ("raquo", '»'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("hellip", '…'),
    ("zwj", '\u{200D}'),
];

/// How often an answer is escaped at most.
const LEVELS: usize = 2;

/// Longest name or number of an entity, in bytes.
const LONGEST: usize = 8;

/// `answer` without control characters and direction marks. Joiners, which Bangla
/// is spelled with, stay; every line break is one `\n`, and other separators are
/// spaces. An escaped space is a space.
pub(super) fn cleaned(answer: &str, segment: &Segment) -> String {
    let plain = if answer.contains("&nbsp;") && !has_entities(segment) {
        Cow::from(answer.replace("&nbsp;", " "))
    } else {
        Cow::from(answer)
    };
    let mut out = String::with_capacity(plain.len());
    let mut characters = plain.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '\r' if characters.peek() == Some(&'\n') => {}
            '\r' | '\n' => out.push('\n'),
            '\t' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' | ' ' => space(&mut out),
            c if is_command(c) => {}
            c => out.push(c),
        }
    }
    out
}

/// One space between words, whatever stood there.
fn space(out: &mut String) {
    if !out.ends_with(' ') {
        out.push(' ');
    }
}

/// Whether a character is for machines: controls, direction marks, a byte order
/// mark, characters that are none.
fn is_command(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}')
        || matches!(c, '\u{61C}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
        || (c as u32) & 0xFFFE == 0xFFFE
}

/// Undoes escapes in the words of an answer, where the source has none.
pub(super) fn unescape(pieces: &mut [Piece], segment: &Segment) {
    let escaped = |pieces: &[Piece]| pieces.iter().any(is_escaped);
    if !escaped(pieces) || has_entities(segment) {
        return;
    }
    for piece in pieces {
        for _ in 0..LEVELS {
            if let Piece::Text(text) = piece {
                *text = unescaped(text);
            }
        }
    }
}

fn has_entities(segment: &Segment) -> bool {
    segment.pieces.iter().any(is_escaped)
}

fn is_escaped(piece: &Piece) -> bool {
    match piece {
        Piece::Text(text) => text
            .match_indices('&')
            .any(|(at, _)| entity(&text[at..]).is_some()),
        Piece::Hole(..) | Piece::Quote(..) | Piece::Markup(_) => false,
    }
}

fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let (c, taken) = entity(rest).unwrap_or(('&', 1));
        out.push(c);
        rest = &rest[taken..];
    }
    out.push_str(rest);
    out
}

/// The entity at the start of `text`, and its bytes.
fn entity(text: &str) -> Option<(char, usize)> {
    let rest = text.strip_prefix('&')?;
    let end = rest.find(';').filter(|&end| end <= LONGEST)?;
    let name = &rest[..end];
    let c = match name.strip_prefix('#') {
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?).filter(|&c| !is_command(c))?
        }
        None => ENTITIES.iter().find(|(known, _)| *known == name)?.1,
    };
    Some((c, 1 + end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn segment(text: &str) -> Segment {
        Segment {
            pieces: vec![Piece::Text(text.to_owned())],
            fillings: Vec::new(),
            hints: Vec::new(),
        }
    }

    #[test]
    fn commands_go_and_joiners_stay() {
        let table = [
            ("a\0b\u{202E}c\u{FEFF}", "abc"),
            ("র\u{200D}্যাব ও উদ্\u{200C}যাপন", "র\u{200D}্যাব ও উদ্\u{200C}যাপন"),
            ("one\u{2028}two\tthree\r\nfour", "one two three\nfour"),
            ("a&nbsp;b", "a b"),
        ];
        for (answer, expected) in table {
            assert_eq!(cleaned(answer, &segment("")), expected);
        }
    }

    #[test]
    fn escapes_are_undone_unless_the_source_has_them() {
        let table = [
            ("", "&quot;না&quot; &amp;#39;", "\"না\" '"),
            ("", "AT&T & Co; R&D;", "AT&T & Co; R&D;"),
            ("", "&#x9995; &#0; &#2453;", "\u{9995} &#0; ক"),
            ("write &lt;b&gt;", "&lt;b&gt; লিখুন", "&lt;b&gt; লিখুন"),
        ];
        for (source, answer, expected) in table {
            let mut pieces = vec![Piece::Text(answer.to_owned())];
            unescape(&mut pieces, &segment(source));
            assert_eq!(pieces, [Piece::Text(expected.to_owned())], "{answer}");
        }
    }
}
