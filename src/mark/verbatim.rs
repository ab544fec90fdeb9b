//! What looks like markup or like a placeholder: tags, templates, private-use
//! characters. It means something to a machine and nothing to a translator, and
//! in a provider's answer it could be mistaken for a hole.

use crate::text::{Normal, Span};

/// Longest tag or template, in bytes; what is longer is text with a stray bracket.
const LONGEST: usize = 200;

/// Every such stretch of `text`, in order and disjoint.
#[must_use]
pub fn find(text: &str) -> Vec<Span<Normal>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = text[at..].find(begins) {
        let start = at + next;
        let rest = &text[start..];
        let length = private(rest)
            .or_else(|| tag(rest))
            .or_else(|| between(rest, "{{", "}}"))
            .or_else(|| between(rest, "${", "}"))
            .or_else(|| dunder(rest));
        match length {
            Some(length) => {
                found.push(Span::trusted(start, start + length));
                at = start + length;
            }
            None => at = start + rest.chars().next().map_or(1, char::len_utf8),
        }
    }
    found
}

fn begins(c: char) -> bool {
    matches!(c, '<' | '{' | '$' | '_') || is_private(c)
}

fn is_private(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFD}')
}

fn private(text: &str) -> Option<usize> {
    let end = text.find(|c| !is_private(c)).unwrap_or(text.len());
    (end > 0).then_some(end)
}

/// `<b>`, `</x>`, `<x id="3"/>`; not `<3` and not `a < b`.
fn tag(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('<')?;
    let name = inner.strip_prefix('/').unwrap_or(inner);
    if !name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '!') {
        return None;
    }
    let end = inner.find('>')?;
    (end < LONGEST && !inner[..end].contains('<')).then_some(end + 2)
}

fn between(text: &str, open: &str, close: &str) -> Option<usize> {
    let inner = text.strip_prefix(open)?;
    let end = inner.find(close)?;
    (end < LONGEST && !inner[..end].contains('\n')).then_some(open.len() + end + close.len())
}

/// `__TERM_3__`.
fn dunder(text: &str) -> Option<usize> {
    let inner = text.strip_prefix("__")?;
    let end = inner.find("__")?;
    let word = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
    (end > 0 && inner[..end].bytes().all(word)).then_some(end + 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_looks_like_markup_is_verbatim() {
        let table: &[(&str, &[&str])] = &[
            ("said <x id=\"0\"/> and </b>", &["<x id=\"0\"/>", "</b>"]),
            ("{{name}} or ${x}", &["{{name}}", "${x}"]),
            ("__TERM_3__ __init", &["__TERM_3__"]),
            ("a \u{E000}\u{E001} b", &["\u{E000}\u{E001}"]),
            ("3 < 5 > 2, <3 and $5 {a}", &[]),
        ];
        for (text, expected) in table {
            let found: Vec<&str> = find(text).iter().map(|s| s.slice(text)).collect();
            assert_eq!(&found, expected, "{text}");
        }
    }
}
