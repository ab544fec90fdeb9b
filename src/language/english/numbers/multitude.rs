//! `hundreds of`, `tens of thousands of`: plurals without a value.

use crate::language::number::multitude::{Multitude, is_word_end};
use crate::language::number::{Found, NumberStyle};
use crate::text::Span;

/// Each plural with its exponent, and whether it counts in lakhs and crores.
const PLURALS: [(&str, u32, bool); 7] = [
    ("hundreds", 2, false),
    ("thousands", 3, false),
    ("lakhs", 5, true),
    ("millions", 6, false),
    ("crores", 7, true),
    ("billions", 9, false),
    ("trillions", 12, false),
];

/// Words before a plural that say more of the number than it does.
const COUNTED: [&str; 9] = [
    "many", "several", "few", "some", "couple", "two", "three", "four", "five",
];

/// The plurals of `text` that are followed by what they count: `thousands of
/// people`, and not `thousands gathered`.
pub(in crate::language::english) fn multitudes(text: &str) -> Vec<Found<Multitude>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(more) = text[at..].find("s of ") {
        let first = word_start(text, at + more);
        match read(text, first) {
            Some((value, end)) if first >= at && !is_counted(&text[..first]) => {
                found.push(Found {
                    span: Span::trusted(first, end),
                    value,
                });
                at = end;
            }
            // Past the `s of `, whose space a next one does not need.
            _ => at += more + "s of".len(),
        }
    }
    found
}

fn word_start(text: &str, end: usize) -> usize {
    let letters = text[..end]
        .bytes()
        .rev()
        .take_while(u8::is_ascii_alphabetic)
        .count();
    end - letters
}

/// The plural at `at` and one past its last `of`.
fn read(text: &str, at: usize) -> Option<(Multitude, usize)> {
    let word = |at: usize| -> Option<(&str, usize)> {
        let rest = &text[at..];
        let length = rest.find(|c: char| !c.is_ascii_alphabetic())?;
        let end = at + length + " of".len();
        (rest[length..].starts_with(" of ") && is_word_end(text, end))
            .then_some((&rest[..length], end))
    };
    let plural = |name: &str| {
        let held = |(plural, ..): &&(&str, u32, bool)| plural.eq_ignore_ascii_case(name);
        PLURALS.iter().find(held).copied()
    };
    let (first, end) = word(at)?;
    if first.eq_ignore_ascii_case("dozens") {
        return Some((Multitude::Dozens, end));
    }
    let tens = first.eq_ignore_ascii_case("tens").then_some(("", 1, false));
    let (_, exponent, local) = tens.or_else(|| plural(first))?;
    let next = word(end + 1).and_then(|(name, end)| Some((plural(name)?, end)));
    match next {
        // Tens of thousands, thousands of crores; nobody says hundreds of hundreds.
        Some(((_, more, of_local), end)) if exponent < more && exponent + more <= 12 => {
            let (exponent, local) = (exponent + more, local || of_local);
            Some((Multitude::Power { exponent, local }, end))
        }
        _ if exponent > 1 => Some((Multitude::Power { exponent, local }, end)),
        _ => None,
    }
}

/// Whether a number, or a word that stands for one, stands before the plural.
fn is_counted(before: &str) -> bool {
    let before = before.trim_end_matches([' ', '-']);
    let word = &before[word_start(before, before.len())..];
    before.ends_with(|c: char| c.is_ascii_digit())
        || COUNTED
            .iter()
            .any(|counted| counted.eq_ignore_ascii_case(word))
}

/// `multitude` with its `of`: in lakhs and crores where it was told in them, as
/// with all that is counted, unless the house wants millions.
pub(in crate::language::english) fn write_multitude(
    multitude: Multitude,
    style: &NumberStyle,
) -> String {
    let Multitude::Power { exponent, .. } = multitude else {
        return "dozens of".to_owned();
    };
    let local = multitude.is_local(style.scale);
    let named = |(_, scale, is_local): &&(&str, u32, bool)| {
        let fits = if local {
            !matches!(scale, 6 | 9 | 12)
        } else {
            !is_local
        };
        fits && *scale <= exponent
    };
    let Some((name, scale, _)) = PLURALS.iter().rfind(named) else {
        return "dozens of".to_owned();
    };
    let before = match exponent - scale {
        0 => "",
        1 => "tens of ",
        2 => "hundreds of ",
        3 | 4 => "thousands of ",
        _ => "lakhs of ",
    };
    format!("{before}{name} of")
}
