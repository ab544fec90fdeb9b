//! Where English sentences end.
//!
//! The doubtful mark is the full stop: of an abbreviation, of a sentence, or of
//! both. What follows decides: a small letter never begins a sentence, a word
//! such as *The* or *He* does ([`STARTERS`]), a name is either.

use super::abbreviations::{Stop, Words, listed, words};
use crate::language::sentences::{self, Mark, Site, is_opening};

/// The rules of English.
pub(super) struct Rules;

impl sentences::Rules for Rules {
    fn ends(&self, site: &Site<'_>) -> bool {
        if site.glued() {
            return ends_glued(site);
        }
        let Some(next) = site.opened().chars().next() else {
            return false;
        };
        if site.bracketed_alone() || site.quote_closed && goes_on_after_quote(site) {
            return false;
        }
        if next.is_lowercase() {
            let begins = is_camel(site.next_word()) || is_item(site.opened());
            return site.mark == Mark::Full || begins && Stop::of(site.token()) == Stop::Word;
        }
        let cased = next.is_uppercase() || !next.is_alphabetic();
        match site.mark {
            Mark::Full => true,
            // Another script, with abbreviations of its own.
            Mark::Stop if !cased && site.token().chars().count() < 4 => false,
            Mark::Call => !is_called(site),
            Mark::Ellipsis => site.stops > 3 || !(site.detached() || site.next_word() == "I"),
            Mark::Stop if site.detached() => true,
            Mark::Stop => match Stop::of(site.token()) {
                Stop::Title | Stop::Inner => false,
                Stop::Initial => ends_after_initial(site),
                Stop::Numbered => match next {
                    _ if next.is_numeric() => false,
                    _ if site.token().starts_with(char::is_uppercase) => starts(site),
                    _ => true,
                },
                Stop::Number => !next.is_numeric(),
                Stop::Abbreviation => starts(site),
                Stop::HalfDay => ends_after_half_day(site),
                Stop::Word => true,
            },
        }
    }
}

/// `iPhone`, `eBay`: a name that begins small begins sentences too.
fn is_camel(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_lowercase) && letters.next().is_some_and(char::is_uppercase)
}

/// `b)`, `iii.`: an enumerator, though small.
fn is_item(rest: &str) -> bool {
    let label = &rest[..rest.find(['.', ')']).unwrap_or(0)];
    let roman = (2..=4).contains(&label.len()) && label.bytes().all(|b| b"ivx".contains(&b));
    roman || label.len() == 1 && rest[1..].starts_with(')')
}

/// Whether the next word can hardly be but the first of a sentence.
fn starts(site: &Site<'_>) -> bool {
    let word = site.next_word();
    let known = listed(STARTERS, word);
    let rest = &site.opened()[word.len()..];
    // `A.` is an initial, `In-N-Out` a name.
    known && !rest.starts_with(['.', '-', '&'])
}

/// `you and I. Did`, `Plan B. The` end; `J. K. Rowling`, `Albert I. Jones` do not.
fn ends_after_initial(site: &Site<'_>) -> bool {
    starts(site) && {
        let before = site.token_before();
        let initial = before.len() == 2 && before.ends_with('.');
        !initial && !before.is_empty()
    }
}

/// `left at 6 p.m. Mr. Smith` ends, `At 5 a.m. Mr. Smith` and `6 p.m. GMT` do not.
fn ends_after_half_day(site: &Site<'_>) -> bool {
    if starts(site) {
        return true;
    }
    let next = site.next_word();
    let zone = next.len() >= 2 && next.bytes().all(|b| b.is_ascii_uppercase());
    if zone || AFTER_TIME.contains(&next) {
        return false;
    }
    let mut opening = site.before().split_whitespace();
    let adverbial = opening.next().is_some_and(|word| OF_TIME.contains(&word));
    !(adverbial && opening.count() <= 4)
}

/// A name that ends in an exclamation mark: `Yahoo! Finance`.
fn is_called(site: &Site<'_>) -> bool {
    site.terminators() == "!" && CALLED.contains(&site.token()) && !starts(site)
}

/// The speaker after a quotation, and nothing more: `“Why?” Karim asked.`, or a
/// dash before one. A pronoun would be small there; where it is capitalised it
/// begins a sentence.
fn goes_on_after_quote(site: &Site<'_>) -> bool {
    const WORDS: usize = 6;
    if site.after().starts_with(['—', '–', '-']) {
        return true;
    }
    for (at, word) in site.after().split([' ', '\u{A0}']).take(WORDS).enumerate() {
        let bare = word.trim_end_matches(['.', ',']);
        if at > 0 && SAID.contains(&bare) {
            return bare.len() < word.len();
        }
        let stops = bare.len() < word.len() && Stop::of(bare) != Stop::Title;
        if stops || PRONOUNS.contains(&word) || !word.starts_with(char::is_uppercase) {
            return false;
        }
    }
    false
}

/// No space after the mark: `the end.The next`, `“the end.”The next`. Certain
/// only between a word that is no abbreviation and one that a capital begins and
/// white space or a comma ends: `bssnews.Net/en` and `M.R` are no two sentences.
fn ends_glued(site: &Site<'_>) -> bool {
    if site.mark == Mark::Full {
        return site
            .after()
            .starts_with(|c: char| c.is_alphabetic() || is_opening(c));
    }
    if site.mark == Mark::Ellipsis || site.bracket_closed {
        return false;
    }
    let rest = site.after().trim_start_matches(is_opening);
    let word = &rest[..rest
        .find(|c: char| !c.is_alphabetic())
        .unwrap_or(rest.len())];
    let apart = |c: char| c.is_whitespace() || matches!(c, ',' | '-' | '\u{2019}' | '\'');
    if !word.starts_with(char::is_uppercase) || !rest[word.len()..].starts_with(apart) {
        return false;
    }
    let token = site.token();
    if site.quote_closed || rest.len() < site.after().len() {
        return token.ends_with(char::is_alphanumeric);
    }
    let capital = |c: char| c.is_uppercase();
    let letters = token.len() >= 2 && token.bytes().all(|b| b.is_ascii_alphabetic() || b == b'-');
    // A capital before `?` or `!` is the mark of a broken encoding or a brand,
    // capitals on both sides are a name: `ASP.NET`.
    letters
        && !(token.ends_with(capital) && word.len() > 1 && word.chars().all(capital))
        && (site.mark == Mark::Stop || !token.starts_with(capital))
        && match Stop::of(token) {
            Stop::Word | Stop::Number => true,
            Stop::Abbreviation => starts(site),
            _ => false,
        }
}

/// Words that begin sentences and hardly ever names.
const STARTERS: Words = &words([
    "a",
    "about",
    "according",
    "after",
    "also",
    "although",
    "an",
    "and",
    "another",
    "any",
    "are",
    "as",
    "at",
    "because",
    "before",
    "besides",
    "both",
    "but",
    "by",
    "can",
    "could",
    "despite",
    "did",
    "do",
    "does",
    "during",
    "each",
    "earlier",
    "every",
    "few",
    "for",
    "from",
    "had",
    "has",
    "have",
    "he",
    "her",
    "here",
    "his",
    "how",
    "however",
    "i",
    "if",
    "in",
    "instead",
    "is",
    "it",
    "its",
    "last",
    "later",
    "let",
    "many",
    "meanwhile",
    "moreover",
    "most",
    "my",
    "nor",
    "not",
    "now",
    "of",
    "on",
    "once",
    "or",
    "other",
    "others",
    "our",
    "please",
    "several",
    "she",
    "should",
    "since",
    "so",
    "some",
    "such",
    "that",
    "the",
    "their",
    "then",
    "there",
    "these",
    "they",
    "this",
    "those",
    "though",
    "through",
    "thus",
    "to",
    "unlike",
    "until",
    "was",
    "we",
    "were",
    "what",
    "when",
    "where",
    "which",
    "while",
    "who",
    "whose",
    "why",
    "with",
    "without",
    "would",
    "yesterday",
    "yet",
    "you",
    "your",
]);

/// What follows a time of day and is part of it.
const AFTER_TIME: &[&str] = &[
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
    "Eastern",
    "Central",
    "Pacific",
    "Greenwich",
    "Dhaka",
    "Bangladesh",
    "Indian",
    "Moscow",
    "Beijing",
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
    "Local",
];

/// What begins a sentence with a time: `At 5 a.m. Mr. Smith`.
const OF_TIME: &[&str] = &[
    "At", "By", "Around", "About", "Before", "After", "Until", "From", "Since",
];

const PRONOUNS: &[&str] = &[
    "He", "She", "They", "It", "We", "I", "You", "The", "But", "And",
];

/// Verbs of saying.
const SAID: &[&str] = &[
    "added",
    "asked",
    "asks",
    "cried",
    "demanded",
    "explained",
    "noted",
    "questioned",
    "replied",
    "said",
    "says",
    "shouted",
    "told",
    "tweeted",
    "wondered",
    "wrote",
];

/// Names that end in an exclamation mark.
const CALLED: &[&str] = &[
    "Yahoo", "Jeopardy", "Wham", "Oklahoma", "Airplane", "Oliver", "Panic", "Mia",
];
