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
const OTHERS: [&str; 48] = [
    "le", "les", "des", "et", "est", "dans", "une", "pour", "que", "qui", "du", "sur", "der",
    "das", "und", "den", "von", "ist", "nicht", "mit", "ein", "eine", "zur", "dem", "el", "los",
    "las", "por", "del", "una", "para", "con", "yang", "dan", "untuk", "dari", "dengan", "ini",
    "ebong", "theke", "kore", "korechen", "bolechen", "hobe", "hoyeche", "jonno", "ve", "bir",
];

pub(super) fn check(exchange: &Exchange<'_>) -> Vec<Finding> {
    if exchange.pair.target != Language::ENGLISH {
        return Vec::new();
    }
    let (mut english, mut other) = (0, 0);
    for word in exchange.target.split(|c: char| !c.is_alphanumeric()) {
        // A capital may make it a name: Las Vegas, Der Spiegel, El Niño.
        if word.is_empty() || !word.chars().all(char::is_lowercase) {
            continue;
        }
        english += usize::from(ENGLISH.contains(&word));
        other += usize::from(OTHERS.contains(&word));
    }
    if other < 2 || other <= english {
        return Vec::new();
    }
    vec![Finding::new(
        "language",
        Severity::Error,
        "the translation is in another language",
    )]
}
