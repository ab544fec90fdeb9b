//! শত শত, হাজার হাজার: doubled units, which stand for no value.

use crate::language::number::multitude::{Multitude, is_word_end};
use crate::language::number::{Found, NumberStyle};
use crate::text::Span;

/// Each doubled unit and its exponent; the first of each is what is written.
const DOUBLED: [(&str, u32); 5] = [
    ("শত শত", 2),
    ("হাজার হাজার", 3),
    ("লাখ লাখ", 5),
    ("কোটি কোটি", 7),
    ("লক্ষ লক্ষ", 5),
];
const DOZENS: &str = "কয়েক ডজন";
const CRORE: &str = " কোটি";
/// Money that Bangladesh's press does not count in lakhs, in English at least.
const FOREIGN: [&str; 4] = ["মার্কিন ডলার", "ডলার", "ইউরো", "পাউন্ড"];

/// The doubled units of `text`: হাজার হাজার, শত শত কোটি.
pub(in crate::language::bangla) fn multitudes(text: &str) -> Vec<Found<Multitude>> {
    let mut found = Vec::new();
    let mut at = 0;
    // Each holds a space; no Bangla text is without one for long.
    while let Some((start, value, end)) = next(text, at) {
        found.push(Found {
            span: Span::trusted(start, end),
            value,
        });
        at = end;
    }
    found
}

fn next(text: &str, from: usize) -> Option<(usize, Multitude, usize)> {
    let mut at = from;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let starts = !text[..at].ends_with(crate::language::number::cursor::is_letter);
        if let Some((value, end)) = starts.then(|| read(text, at)).flatten() {
            return Some((at, value, end));
        }
        let space = rest.find(|c: char| c.is_whitespace() || c.is_ascii_punctuation())?;
        let after = &rest[space..];
        at += space + after.chars().next().map_or(1, char::len_utf8);
    }
    None
}

fn read(text: &str, at: usize) -> Option<(Multitude, usize)> {
    let rest = &text[at..];
    let closes = |length: usize| is_word_end(text, at + length);
    if rest.starts_with(DOZENS) {
        return closes(DOZENS.len()).then_some((Multitude::Dozens, at + DOZENS.len()));
    }
    let (name, exponent) = DOUBLED.iter().find(|(name, _)| rest.starts_with(name))?;
    let follows_figure = text[..at]
        .trim_end()
        .ends_with(crate::language::number::cursor::is_digit);
    if !closes(name.len()) || follows_figure {
        return None;
    }
    let crores = name.len() + CRORE.len();
    let (exponent, length) = if rest[name.len()..].starts_with(CRORE) && closes(crores) {
        (exponent + 7, crores)
    } else {
        (*exponent, name.len())
    };
    let counted = rest[length..].trim_start();
    let is_foreign = FOREIGN.iter().any(|money| counted.starts_with(money));
    let local = exponent >= 5 && !is_foreign;
    (exponent <= 12).then_some((Multitude::Power { exponent, local }, at + length))
}

/// `multitude` in the doubled unit of its order: millions are লাখ লাখ (two of
/// three human translations), tens of millions কোটি কোটি.
pub(in crate::language::bangla) fn write_multitude(
    multitude: Multitude,
    _style: &NumberStyle,
) -> String {
    let Multitude::Power { exponent, .. } = multitude else {
        return DOZENS.to_owned();
    };
    let doubled = |exponent: u32| {
        let fits = |(_, of): &&(&str, u32)| *of <= exponent;
        let held = DOUBLED[..4].iter().rfind(fits);
        held.map_or(DOUBLED[0].0, |(name, _)| name)
    };
    match exponent {
        9.. => format!("{}{CRORE}", doubled((exponent - 7).min(5))),
        _ => doubled(exponent).to_owned(),
    }
}
