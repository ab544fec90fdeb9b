//! The words of Bangla numbers, and how Bangla writes a number.

mod multitude;
mod words;
mod write;

pub(super) use multitude::{multitudes, write_multitude};
pub(super) use write::write;

use crate::language::number::lexicon::{Lexicon, Suffix, Word};
use crate::language::number::{Found, Number, cursor, walk};

/// The numbers of a Bangla text.
pub(super) fn find(text: &str) -> Vec<Found<Number>> {
    walk::numbers(text, &Words)
}

/// Bangla number words.
#[derive(Debug, Clone, Copy)]
pub(super) struct Words;

/// Endings and classifiers that may follow a number, a large unit or a
/// currency. ‑কে is not among them: দশকে and আটকে are other words.
const TAILS: [&str; 47] = [
    "টি",
    "টির",
    "টিতে",
    "টিকে",
    "টিও",
    "টিই",
    "টিরও",
    "টিরই",
    "টা",
    "টার",
    "টায়",
    "টাকে",
    "টাও",
    "টাই",
    "টে",
    "টো",
    "জন",
    "জনের",
    "জনকে",
    "জনই",
    "জনও",
    "জনেরই",
    "জনেরও",
    "জনে",
    "খানা",
    "গুলো",
    "বার",
    "র",
    "ের",
    "এর",
    "য়ের",
    "ে",
    "য়",
    "তে",
    "রও",
    "েরও",
    "েরই",
    "ও",
    "ই",
    "েও",
    "েই",
    "য়ও",
    "রই",
    "তেও",
    "তেই",
    "য়ে",
    "খানেক",
];

/// Short endings of ordinals in figures: ১ম, ২য়, ৪র্থ, ১৯তম.
pub(super) const ORDINAL_ENDINGS: [(&str, u32); 10] = [
    ("ম", 1),
    ("য়", 2),
    ("য়", 3),
    ("র্থ", 4),
    ("ম", 5),
    ("ষ্ঠ", 6),
    ("ম", 7),
    ("ম", 8),
    ("ম", 9),
    ("ম", 10),
];

impl Lexicon for Words {
    fn word(&self, word: &str) -> Option<(Word, usize)> {
        words::lookup(word, |tail| TAILS.contains(&tail))
    }

    fn suffix(&self, figure: &str, letters: &str, _rest: &str) -> Option<Suffix> {
        if letters.starts_with("তম") {
            return Some(Suffix::Ordinal("তম".len()));
        }
        let short = ORDINAL_ENDINGS
            .iter()
            .any(|&(ending, place)| letters == ending && is_figure(figure, place));
        if short {
            return Some(Suffix::Ordinal(letters.len()));
        }
        // ১.২m and the like stand in Bangla text only as foreign signs.
        (!letters.is_ascii()).then_some(Suffix::Apart)
    }

    fn percent(&self, rest: &str, announced: bool) -> Option<usize> {
        if rest.starts_with('%') {
            return Some(1);
        }
        let names: &[&str] = if announced {
            &["শতাংশ", "পার্সেন্ট", "ভাগ"]
        } else {
            &["শতাংশ", "পার্সেন্ট"]
        };
        names
            .iter()
            .find(|name| rest.starts_with(**name))
            .map(|name| name.len())
            .filter(|&length| is_end_or_tail(&rest[length..]))
    }

    fn is_name(&self, value: u32) -> bool {
        // The years 1952, 1969, 1971 and 1990, the last sixteen and a team.
        matches!(value, 11 | 16 | 52 | 69 | 71 | 90)
    }

    fn rest_after_scale(&self) -> bool {
        true
    }

    fn is_prefix(&self, word: &str) -> bool {
        matches!(word, "অনূর্ধ্ব" | "প্রায়" | "মাইনাস")
    }
}

fn is_figure(figure: &str, value: u32) -> bool {
    let mut digits = figure.chars().map(crate::language::number::figures::digit);
    match (digits.next().flatten(), digits.next(), value) {
        (Some(1), Some(Some(0)), 10) => digits.next().is_none(),
        (Some(d), None, _) => d == value,
        _ => false,
    }
}

fn is_end_or_tail(rest: &str) -> bool {
    let end = rest.find(|c| !cursor::is_letter(c)).unwrap_or(rest.len());
    end == 0 || TAILS.contains(&&rest[..end])
}
