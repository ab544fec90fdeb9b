//! Words in capitals that no glossary knows: `BADC`, `SDG`, `LNG`.
//!
//! Bangla papers say them letter by letter where they cannot be said as a word. Of the
//! 25 such words of `RisingNews` that the glossary does not have, people wrote all 25
//! so; of those that can be said as a word (BAPEX, ADO, BADC) 9 of 19. How these are
//! said cannot be told, so that they stay in Latin letters, and so does every one in a
//! Bangla text.

use super::name;
use crate::language::transliterate::spelled_out;
use crate::language::{Language, Pair};
use crate::text::{Normal, Span};

/// A word in capitals, and how the target has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acronym {
    /// Where it stands, without an ending.
    pub span: Span<Normal>,
    /// How it is written, without an ending.
    pub target: String,
}

/// The fewest and the most letters.
const LETTERS: std::ops::RangeInclusive<usize> = 2..=6;

/// The acronyms of `text`, in order and disjoint: none in a line that is set in
/// capitals, none that is a Roman numeral or an ordinary word.
#[must_use]
pub fn find(text: &str, pair: Pair) -> Vec<Acronym> {
    if is_loud(text) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(offset) = text[from..].find(|c: char| c.is_ascii_uppercase()) {
        let start = from + offset;
        let rest = &text[start..];
        let length = rest
            .find(|c: char| !c.is_ascii_uppercase())
            .unwrap_or(rest.len());
        from = start + length;
        let word = &rest[..length];
        let stands_alone = !text[..start].ends_with(joins) && !joins_behind(&text[from..]);
        if !stands_alone || !LETTERS.contains(&length) || is_numeral(word) {
            continue;
        }
        let target = match pair {
            Pair::EN_BN if name::is_word(word, Language::ENGLISH) => None,
            Pair::EN_BN if !is_sayable(word) => spelled_out(word),
            Pair::EN_BN | Pair::BN_EN => Some(word.to_owned()),
            _ => None,
        };
        if let Some(target) = target {
            let span = Span::trusted(start, from);
            found.push(Acronym { span, target });
        }
    }
    found
}

/// What makes a longer word of capitals when it stands before them: `B2B`, `R&D`, `U.S.`,
/// `COVID-19`.
fn joins(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '&' | '/' | '-' | '.' | '\'' | '’' | '_' | '@' | '#')
}

/// The same behind them; a hyphen before small letters parts (`LNG-based`, `BB-এর`), and
/// so does a mark at the end of a sentence.
fn joins_behind(rest: &str) -> bool {
    let mut ahead = rest.chars();
    let (first, second) = (ahead.next(), ahead.next());
    match first {
        Some('-' | '.' | '/') => second.is_some_and(|c| c.is_ascii_digit() || c.is_uppercase()),
        Some('&' | '_' | '@') => true,
        // Bangla endings are joined to Latin letters.
        Some(c) => c.is_ascii_alphanumeric(),
        None => false,
    }
}

/// Whether a line is set in capitals: more than half of its words.
fn is_loud(text: &str) -> bool {
    let words = || {
        text.split(|c: char| !c.is_alphabetic() && c != '\u{9cd}')
            .filter(|word| word.chars().nth(1).is_some())
    };
    let loud = words().filter(|word| !word.contains(|c: char| !c.is_uppercase()));
    loud.count() * 2 > words().count()
}

fn is_numeral(word: &str) -> bool {
    word.bytes().all(|b| matches!(b, b'I' | b'V' | b'X'))
}

/// Whether letters can be said as a word: three or more, no two vowels in a row, one
/// consonant at most to begin with and two anywhere else.
fn is_sayable(word: &str) -> bool {
    let is_vowel = |b: u8| matches!(b, b'A' | b'E' | b'I' | b'O' | b'U');
    let letters = word.as_bytes();
    let run = |of: bool, most: usize| {
        letters
            .windows(most + 1)
            .any(|w| w.iter().all(|&b| is_vowel(b) == of))
    };
    let begins_hard = letters.iter().take(2).all(|&b| !is_vowel(b));
    letters.len() > 2 && !begins_hard && !run(true, 1) && !run(false, 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, pair: Pair) -> Vec<(&str, String)> {
        let found = find(text, pair).into_iter();
        found.map(|a| (a.span.slice(text), a.target)).collect()
    }

    #[test]
    fn what_cannot_be_said_as_a_word_is_spelled_out() {
        for (text, expected) in [
            (
                "The BB bought LNG.",
                &[("BB", "বিবি"), ("LNG", "এলএনজি")][..],
            ),
            (
                "A BSMMU doctor, the CEO and UNFCCC's envoy came.",
                &[
                    ("BSMMU", "বিএসএমএমইউ"),
                    ("CEO", "সিইও"),
                    ("UNFCCC", "ইউএনএফসিসিসি"),
                ],
            ),
            (
                "The LNG-based plant (SDG) opened.",
                &[("LNG", "এলএনজি"), ("SDG", "এসডিজি")],
            ),
            // How these are said cannot be told.
            (
                "The men of BAPEX and BADC met those of IFAD, and not ADO.",
                &[
                    ("BAPEX", "BAPEX"),
                    ("BADC", "BADC"),
                    ("IFAD", "IFAD"),
                    ("ADO", "ADO"),
                ],
            ),
            // Words, numerals, parts of others.
            (
                "He did NOT meet Elizabeth II at B2B, R&D or COVID-19 talks in the U.S. or on G-20 day.",
                &[],
            ),
            ("All MPs of the MVPx came.", &[]),
            // Too long for one.
            ("The BCDFGHJ came late.", &[]),
            // A line in capitals.
            ("BB BUYS LNG IN DHAKA", &[]),
            ("BB", &[]),
        ] {
            let expected: Vec<(&str, String)> =
                expected.iter().map(|&(a, b)| (a, b.to_owned())).collect();
            assert_eq!(found(text, Pair::EN_BN), expected, "{text}");
        }
    }

    #[test]
    fn capitals_of_a_bangla_text_stay_as_they_are() {
        for (text, expected) in [
            ("তিনি BAPEX ও AI-এর কথা বলেন।", &["BAPEX", "AI"][..]),
            ("তিনি BBর কথা বলেন।", &["BB"]),
            ("B2B ও Apple কোম্পানি।", &[]),
        ] {
            let found: Vec<_> = found(text, Pair::BN_EN);
            assert!(found.iter().all(|(word, target)| word == target));
            let words: Vec<&str> = found.iter().map(|(word, _)| *word).collect();
            assert_eq!(words, expected, "{text}");
        }
    }
}
