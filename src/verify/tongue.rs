//! The target is in its own language where another shares the script.

use super::{Exchange, Finding, Severity};
use crate::language::Language;

/// Words of English copy that other languages do not share.
const ENGLISH: [&str; 36] = [
    "the", "of", "and", "to", "is", "was", "for", "that", "it", "with", "as", "his", "he", "be",
    "at", "by", "had", "not", "are", "but", "from", "have", "they", "which", "were", "been", "has",
    "would", "will", "when", "said", "its", "about", "after", "this", "on",
];

/// The commonest words of the languages that models fall into, and of Bangla in
/// Latin letters.
const OTHERS: [&str; 62] = [
    "le", "la", "les", "des", "et", "est", "dans", "une", "un", "au", "aux", "pour", "que", "qui",
    "du", "sur", "der", "die", "das", "und", "den", "von", "ist", "hat", "nicht", "mit", "ein",
    "eine", "einen", "zur", "zum", "auf", "dem", "el", "los", "las", "por", "del", "una", "para",
    "con", "yang", "dan", "untuk", "dari", "dengan", "ini", "ebong", "theke", "kore", "korechen",
    "bolechen", "hobe", "hoyeche", "jonno", "ve", "bir", "ile", "bu", "için", "em", "não",
];
/// Words that tell together: of so many, two of another language are no chance.
const WINDOW: usize = 4;

/// A letter that few English words have: `café`, `naïve`.
fn accented(c: char) -> bool {
    matches!(c, '\u{DF}'..='\u{24F}') && c != '÷'
}

pub(super) fn check(exchange: &Exchange<'_>) -> Vec<Finding> {
    if exchange.pair.target != Language::ENGLISH {
        return Vec::new();
    }
    let words = exchange.target.split(|c: char| !c.is_alphanumeric());
    let mut all = 0;
    let hits: Vec<(bool, bool)> = words
        .filter(|word| word.chars().any(char::is_alphabetic))
        .enumerate()
        .filter_map(|(i, word)| {
            all += 1;
            // A capital may make it a name: Las Vegas, Der Spiegel, El Niño.
            let lower = word.to_lowercase();
            let plain = i == 0 || lower == word;
            let other = OTHERS.contains(&lower.as_str()) || lower.contains(accented);
            plain.then(|| (ENGLISH.contains(&lower.as_str()), other))
        })
        .collect();
    let count = |hits: &[(bool, bool)]| {
        let english = hits.iter().filter(|(english, _)| *english).count();
        (english, hits.iter().filter(|(_, other)| *other).count())
    };
    let (english, other) = count(&hits);
    let foreign = (other > 0 && english == 0 && all >= WINDOW)
        || hits.windows(WINDOW).any(|window| {
            let (english, other) = count(window);
            other >= 2 && other > english
        });
    if !foreign {
        return Vec::new();
    }
    vec![Finding::new(
        "language",
        Severity::Error,
        "the translation is in another language",
    )]
}
