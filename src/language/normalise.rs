//! Normalisation that every language shares.
//!
//! The canonical form is Unicode's NFC, except that the Bangla letters ড় ঢ় য়
//! stay *precomposed* (U+09DC, U+09DD, U+09DF): NFC takes them apart, every
//! Bangla site prints them whole. What is also repaired is what a page carries
//! by accident and no reader sees: character references left over from double
//! escaping, control characters, byte order marks, bidirectional controls.
//! Quotes, dashes and ellipses are never touched: they are published.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;
use unicode_normalization::{IsNormalized, is_nfc_quick};

use super::repair::{Pass, settle};
use crate::text::Edit;

/// Repairs for any language: references, controls, canonical composition.
pub(super) fn universal(source: &str) -> Vec<Edit> {
    if is_clean(source, &ANY) {
        return Vec::new();
    }
    settle(source, &[references, controls, canonical])
}

/// Repairs for a language written from left to right in a script that needs
/// neither joiners nor spaces of several widths: those of [`universal`], and exotic
/// spaces, invisible marks of direction and joiners beside Latin text or none.
pub(super) fn western(source: &str) -> Vec<Edit> {
    if is_clean(source, &WESTERN) {
        return Vec::new();
    }
    settle(source, WESTERN_PASSES)
}

/// The passes of [`western`], for a language that adds some of its own.
pub(super) const WESTERN_PASSES: &[Pass] = &[
    references,
    controls,
    spaces,
    invisible,
    stray_joiners,
    canonical,
];

/// Bytes of ASCII that may begin something to repair; `true` is suspect.
pub(super) type Suspects = [bool; 128];

const ANY: Suspects = {
    let mut suspects = [false; 128];
    let mut byte = 0;
    while byte < 0x20 {
        let is_space = byte == b'\t' as usize || byte == b'\n' as usize || byte == b'\r' as usize;
        suspects[byte] = !is_space;
        byte += 1;
    }
    suspects[0x7f] = true;
    suspects[b'&' as usize] = true;
    suspects
};

/// What is suspect for [`western`].
pub(super) const WESTERN: Suspects = ANY;

/// Whether no pass can have anything to do in `source`: one scan over bytes.
///
/// It may call a clean text suspect, never the reverse. ASCII, Latin letters with
/// diacritics, Bangla and the quotes, dashes and ellipses of all of them are
/// clean; every other script is left to the passes.
pub(super) fn is_clean(source: &str, suspects: &Suspects) -> bool {
    let bytes = source.as_bytes();
    let mut at = 0;
    let mut after_sign = false;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            0xE0 => {
                // Bangla: the vowel signs া ে ৈ ৗ in a row, nukta and অ + া are
                // what may compose; one sign after a consonant may not.
                let last = bytes[at + 2];
                let sign = match bytes[at + 1] {
                    0xA6 if last == 0xBC => return false,
                    0xA6 => matches!(last, 0xBE..=0xBF | 0x85),
                    0xA7 if matches!(last, 0x97 | 0xB7) => return false,
                    0xA7 => matches!(last, 0x80..=0x84 | 0x87..=0x8C),
                    // The danda.
                    0xA5 if last == 0xA4 => false,
                    _ => return false,
                };
                if sign && after_sign {
                    return false;
                }
                after_sign = sign;
                at += 3;
            }
            0..=0x7F => {
                if suspects[usize::from(byte)] {
                    return false;
                }
                after_sign = false;
                at += 1;
            }
            // Latin-1 from ¡ on without the soft hyphen; Latin Extended-A.
            0xC2 if bytes[at + 1] > 0xA0 && bytes[at + 1] != 0xAD => at += 2,
            0xC3..=0xC5 => at += 2,
            // Dashes, quotes, daggers, the bullet, the ellipsis.
            0xE2 if bytes[at + 1] == 0x80 && matches!(bytes[at + 2], 0x90..=0xA6 | 0xB0..=0xBA) => {
                at += 3;
            }
            // The euro and its neighbours, ™ №.
            0xE2 if bytes[at + 1] == 0x82 && bytes[at + 2] < 0xC0 => at += 3,
            _ => return false,
        }
    }
    true
}

fn edit(start: usize, end: usize, replacement: impl Into<String>) -> Edit {
    Edit {
        start,
        end,
        replacement: replacement.into(),
    }
}

/// Named references that news pages leave behind.
const NAMED: &[(&str, char)] = &[
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", '\u{A0}'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("sbquo", '‚'),
    ("bdquo", '„'),
    ("laquo", '«'),
    ("raquo", '»'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("hellip", '…'),
    ("bull", '•'),
    ("middot", '·'),
    ("copy", '©'),
    ("reg", '®'),
    ("trade", '™'),
    ("deg", '°'),
    ("euro", '€'),
    ("pound", '£'),
    ("cent", '¢'),
    ("yen", '¥'),
    ("frac12", '½'),
    ("eacute", 'é'),
    ("shy", '\u{AD}'),
    ("zwj", '\u{200D}'),
    ("zwnj", '\u{200C}'),
    ("lrm", '\u{200E}'),
    ("rlm", '\u{200F}'),
];

/// Character references of HTML in what is meant to be plain text: they are
/// left over from escaping twice (`&amp;#x27;`), and are read to the bottom.
///
/// Only a complete reference with its semicolon is read, so `AT&T` and
/// `?a=1&b=2` stay; a number that stands for an ASCII letter, digit, `#` or `;` is
/// left alone, since no escaping writes it.
pub(super) fn references(text: &str) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut at = 0;
    while let Some(found) = text[at..].find('&') {
        let start = at + found;
        at = start + 1;
        let Some((mut char, length)) = reference(&text[at..]) else {
            continue;
        };
        at += length;
        while char == '&' {
            // An escaped ampersand may begin the reference that was escaped.
            let Some((inner, length)) = reference(&text[at..]) else {
                break;
            };
            char = inner;
            at += length;
        }
        edits.push(edit(start, at, char));
    }
    edits
}

/// The character that a reference without its `&` stands for, and its bytes.
fn reference(rest: &str) -> Option<(char, usize)> {
    // The longest reference read here is `#x10FFFF;`.
    let end = rest.bytes().take(10).position(|b| b == b';')?;
    let body = rest.get(..end)?;
    let char = match body.strip_prefix('#') {
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) if hex.bytes().all(|b| b.is_ascii_hexdigit()) => {
                    u32::from_str_radix(hex, 16).ok()?
                }
                None if number.bytes().all(|b| b.is_ascii_digit()) => number.parse().ok()?,
                _ => return None,
            };
            char::from_u32(code).filter(|&c| {
                code >= 0x20 && !c.is_ascii_alphanumeric() && !matches!(c, '#' | ';' | '\u{7F}')
            })?
        }
        None => NAMED.iter().find(|(name, _)| *name == body)?.1,
    };
    Some((char, end + 1))
}

/// What Windows-1252 has at 0x80–0x9F. A C1 control in a text is a byte of that
/// page read as Latin-1 (the rule of HTML, WHATWG 13.2.5.80), so a curly quote
/// is not lost.
const C1: [Option<char>; 32] = [
    Some('€'),
    None,
    Some('‚'),
    Some('ƒ'),
    Some('„'),
    Some('…'),
    Some('†'),
    Some('‡'),
    Some('ˆ'),
    Some('‰'),
    Some('Š'),
    Some('‹'),
    Some('Œ'),
    None,
    Some('Ž'),
    None,
    None,
    Some('‘'),
    Some('’'),
    Some('“'),
    Some('”'),
    Some('•'),
    Some('–'),
    Some('—'),
    Some('˜'),
    Some('™'),
    Some('š'),
    Some('›'),
    Some('œ'),
    None,
    Some('ž'),
    Some('Ÿ'),
];

/// One edit for every character that `replacement` gives a new reading.
fn each(text: &str, replacement: impl Fn(char) -> Option<Option<char>>) -> Vec<Edit> {
    text.char_indices()
        .filter_map(|(start, char)| {
            let new = replacement(char)?;
            let end = start + char.len_utf8();
            Some(edit(start, end, new.map(String::from).unwrap_or_default()))
        })
        .collect()
}

/// Controls: NUL, the byte order mark and their like go; old line and page
/// breaks become line feeds. Tab, line feed and carriage return stay.
pub(super) fn controls(text: &str) -> Vec<Edit> {
    let mut edits = each(text, |char| match char {
        '\t' | '\n' | '\r' => None,
        '\u{B}' | '\u{C}' | '\u{2028}' | '\u{2029}' => Some(Some('\n')),
        '\u{80}'..='\u{9F}' => Some(C1[char as usize - 0x80]),
        '\u{0}'..='\u{1F}' | '\u{7F}' | '\u{FEFF}' => Some(None),
        _ => None,
    });
    // Windows-1252 has no Bangla: a Latin letter in a Bangla word is debris.
    for edit in &mut edits {
        if edit.replacement.starts_with(char::is_alphabetic)
            && text[..edit.start].ends_with(|c| matches!(c, '\u{980}'..='\u{9FF}'))
        {
            edit.replacement.clear();
        }
    }
    edits
}

/// Spaces of special width or without a break become plain ones, so that a name
/// is found whichever space parts its words.
pub(super) fn spaces(text: &str) -> Vec<Edit> {
    each(text, |char| match char {
        '\u{A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}' => {
            Some(Some(' '))
        }
        _ => None,
    })
}

/// Soft hyphens, zero-width spaces, word joiners and marks of direction go.
pub(super) fn invisible(text: &str) -> Vec<Edit> {
    each(text, |char| match char {
        '\u{AD}' | '\u{200B}' | '\u{200E}' | '\u{200F}' => Some(None),
        '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' => Some(None),
        _ => None,
    })
}

/// Joiners with nothing to join go: at an end of the text, or beside ASCII,
/// white space or general punctuation. Between letters of another script, or in
/// an emoji sequence, they stay.
fn stray_joiners(text: &str) -> Vec<Edit> {
    let joins = |char: Option<char>| {
        char.is_some_and(|c| {
            !c.is_ascii()
                && !c.is_whitespace()
                && !matches!(c, '\u{80}'..='\u{BF}' | '\u{2000}'..='\u{206F}' | '।')
        })
    };
    text.match_indices(['\u{200C}', '\u{200D}'])
        .filter(|(start, joiner)| {
            let end = start + joiner.len();
            !(joins(text[..*start].chars().next_back()) && joins(text[end..].chars().next()))
        })
        .map(|(start, joiner)| edit(start, start + joiner.len(), ""))
        .collect()
}

/// Canonical composition, cluster by cluster.
pub(super) fn canonical(text: &str) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut start = 0;
    let mut suspect = false;
    for (at, char) in text.char_indices() {
        let is_stable = char.is_ascii() || is_stable(char);
        if is_stable {
            if suspect {
                edits.extend(compose_cluster(text, start, at));
            }
            start = at;
            suspect = false;
        } else {
            suspect = true;
        }
    }
    if suspect {
        edits.extend(compose_cluster(text, start, text.len()));
    }
    edits
}

/// Whether composition never reaches from `char` to what stands before it.
fn is_stable(char: char) -> bool {
    match char {
        'ড়' | 'ঢ়' | 'য়' => true,
        '\u{980}'..='\u{9BB}' => true,
        _ => {
            canonical_combining_class(char) == 0
                && is_nfc_quick(std::iter::once(char)) == IsNormalized::Yes
        }
    }
}

fn compose_cluster(text: &str, start: usize, end: usize) -> Option<Edit> {
    let cluster = &text[start..end];
    let composed = canonical_cluster(cluster);
    if composed == cluster {
        return None;
    }
    // What the two share at their ends is no part of the repair.
    let head: usize = cluster
        .chars()
        .zip(composed.chars())
        .take_while(|(a, b)| a == b)
        .map(|(a, _)| a.len_utf8())
        .sum();
    let tail: usize = cluster[head..]
        .chars()
        .rev()
        .zip(composed[head..].chars().rev())
        .take_while(|(a, b)| a == b)
        .map(|(a, _)| a.len_utf8())
        .sum();
    Some(edit(
        start + head,
        end - tail,
        &composed[head..composed.len() - tail],
    ))
}

/// NFC with ড় ঢ় য় precomposed.
fn canonical_cluster(cluster: &str) -> String {
    let mut composed = String::with_capacity(cluster.len());
    for char in cluster.nfc() {
        let whole = match (char, composed.chars().next_back()) {
            ('\u{9BC}', Some('ড')) => 'ড়',
            ('\u{9BC}', Some('ঢ')) => 'ঢ়',
            ('\u{9BC}', Some('য')) => 'য়',
            _ => {
                composed.push(char);
                continue;
            }
        };
        composed.pop();
        composed.push(whole);
    }
    composed
}

#[cfg(test)]
mod tests;
