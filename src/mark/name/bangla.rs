//! Bangla names: what the tagger says, without titles and endings.

use std::ops::Range;

use super::lexicon::{self, Class};
use super::tagger;
use super::{Certainty, Mention, NameKind, Short};
use crate::language::transliterate::is_letter_name;
use crate::language::{Ending, Language, profile};
use crate::mark::Mark;
use crate::text::Span;

/// A word or a sign.
#[derive(Debug, Clone, Copy)]
struct Token<'t> {
    text: &'t str,
    start: usize,
}

impl Token<'_> {
    fn end(&self) -> usize {
        self.start + self.text.len()
    }

    fn is_word(&self) -> bool {
        self.text.starts_with(is_word)
    }
}

/// Abbreviations whose full stop belongs to them.
const STOPPED: [&str; 10] = ["মো", "মোঃ", "ড", "ডা", "মোছা", "মোসা", "মোহা", "মি", "লে", "মে"];

/// Pronouns, postpositions and the like, whole: they stand beside names and are no part of one,
/// nor is what is left of them without an ending (হিরো আলম আমাকে).
const FUNCTION_WORDS: [&str; 67] = [
    "অথবা",
    "আগে",
    "আছে",
    "আছেন",
    "আপনাকে",
    "আপনার",
    "আপনি",
    "আমরা",
    "আমাকে",
    "আমাদের",
    "আমার",
    "আমি",
    "আরও",
    "আরো",
    "উপর",
    "এই",
    "এবং",
    "এর",
    "ওই",
    "ওপর",
    "করা",
    "করে",
    "কাছে",
    "কি",
    "কিছু",
    "কিন্তু",
    "কী",
    "কেউ",
    "ছিল",
    "ছিলেন",
    "জন্য",
    "তবে",
    "তাঁকে",
    "তাঁদের",
    "তাঁর",
    "তাকে",
    "তাদের",
    "তার",
    "তিনি",
    "তুমি",
    "তোমাকে",
    "তোমার",
    "থেকে",
    "দিকে",
    "দিয়ে",
    "না",
    "নিয়ে",
    "নেই",
    "পরে",
    "পর্যন্ত",
    "বরং",
    "মতো",
    "মধ্যে",
    "যা",
    "যাকে",
    "যাদের",
    "যায়",
    "যার",
    "যে",
    "যেমন",
    "সঙ্গে",
    "সাথে",
    "সেই",
    "হয়",
    "হয়ে",
    "হল",
    "হলো",
];

fn is_word(c: char) -> bool {
    let is_sign = matches!(c, '৳' | '৲' | '৹' | '৺' | '৻' | '\u{9ff}');
    c.is_alphanumeric()
        || ('\u{980}'..='\u{9fe}').contains(&c) && !is_sign
        || matches!(c, '\u{200c}' | '\u{200d}' | '_')
}

/// The words and signs of a sentence, as `training/names/train.py` has them.
fn tokens(text: &str, offset: usize) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let start = text.len() - rest.len();
        let mut length = c.len_utf8();
        if c.is_whitespace() {
            rest = &rest[length..];
            continue;
        }
        if is_word(c) {
            length = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
            let stop = rest[length..].starts_with('.') && STOPPED.contains(&&rest[..length]);
            length += usize::from(stop);
        }
        found.push(Token {
            text: &rest[..length],
            start: offset + start,
        });
        rest = &rest[length..];
    }
    found
}

/// See [`super::find`].
pub(super) fn find(text: &str, taken: &[Mark<'_>]) -> Vec<Mention> {
    let whole: Vec<_> = taken.iter().map(Mark::whole).collect();
    let mut found = Vec::new();
    for sentence in profile(Language::BANGLA).sentences(text, &whole) {
        let tokens = tokens(sentence.slice(text), sentence.start());
        let words: Vec<&str> = tokens.iter().map(|token| token.text).collect();
        let mut before = 0;
        for tagged in tagger::tag(&words) {
            let first = match tagged.kind {
                NameKind::Person => {
                    let stops = words[tagged.first..tagged.end]
                        .iter()
                        .take_while(|word| **word == ".");
                    before_initials(&words, before..tagged.first + stops.count())
                }
                NameKind::Place | NameKind::Organisation => tagged.first,
            };
            let own = &tokens[first..tagged.end];
            if let Some(mention) = mention(text, own, tagged.kind, taken) {
                found.push(mention);
                before = tagged.end;
            }
        }
    }
    found
}

/// Where a name begins, initials with their full stops before it taken in: of এ. কে. এম. জিল্লুর হক
/// the tagger may leave the first ones out. `free` are the words before it that are no other name's.
fn before_initials(words: &[&str], free: Range<usize>) -> usize {
    let mut before = words.get(free.clone()).unwrap_or_default();
    while let [rest @ .., letter, "."] = before
        && is_letter_name(letter)
    {
        before = rest;
    }
    free.start + before.len()
}

/// A tagged stretch without titles at its ends and without what is marked already.
fn mention(
    text: &str,
    tokens: &[Token<'_>],
    kind: NameKind,
    taken: &[Mark<'_>],
) -> Option<Mention> {
    let is_title = |token: &Token<'_>| {
        let classes = lexicon::bangla(token.text);
        kind == NameKind::Person && classes.has(Class::Title) && !classes.is_name()
    };
    let is_known = |token: &Token<'_>| {
        let classes = lexicon::bangla(token.text);
        classes.is_name() && !classes.has(Class::Word)
    };
    // Beside a word that is nothing but a name an ordinary one may be a name as well
    // (সাগর আহমেদ); elsewhere it is no person's (করে প্রতিবাদ), and a letter may be an initial.
    let is_among_names = tokens.iter().any(is_known);
    let is_ordinary = |token: &Token<'_>| {
        let classes = lexicon::bangla(token.text);
        kind == NameKind::Person
            && !is_among_names
            && classes.has(Class::Common)
            && !classes.is_name()
            && !is_letter_name(token.text)
    };
    let is_other = |token: &Token<'_>| FUNCTION_WORDS.contains(&token.text) || is_ordinary(token);
    let is_outer = |token: &Token<'_>| {
        !token.is_word() || is_title(token) || is_other(token) || is_taken(token, taken)
    };
    let first = tokens.iter().position(|token| !is_outer(token))?;
    let last = tokens.iter().rposition(|token| !is_outer(token))?;
    let inside = tokens.get(first..=last)?;
    // A name around a name of the glossary is another name than either.
    if (inside.iter()).any(|token| is_taken(token, taken) || is_other(token)) {
        return None;
    }
    let (start, stop) = (inside.first()?.start, inside.last()?.end());
    let digits = |c: char| c.is_numeric();
    if text[start..stop]
        .chars()
        .filter(|c| c.is_alphabetic())
        .count()
        < 2
        || text[start..stop].contains(digits)
    {
        return None;
    }
    let (end, ending) = stem(inside.last()?);
    Some(Mention {
        span: Span::trusted(start, end),
        end: stop,
        ending,
        kind,
        certainty: if kind == NameKind::Person && inside.iter().any(is_known) && inside.len() > 1 {
            Certainty::Sure
        } else {
            Certainty::Likely
        },
    })
}

fn is_taken(token: &Token<'_>, taken: &[Mark<'_>]) -> bool {
    let at = taken.partition_point(|mark| mark.whole().end() <= token.start);
    taken
        .get(at)
        .is_some_and(|mark| mark.span.start() < token.end())
}

/// Where the stem of the last word of a name ends, and its ending.
///
/// A known name word is taken as it is (রহমান, আক্তার), else its longest known
/// stem; of a word that nobody knows only an ending that names seldom end in is
/// taken off.
fn stem(token: &Token<'_>) -> (usize, Ending) {
    let word = token.text;
    let whole = (token.end(), Ending::default());
    let known = |stem: &str| lexicon::bangla(stem).is_name();
    if known(word) {
        return whole;
    }
    let bangla = profile(Language::BANGLA);
    let stems = || {
        word.char_indices().rev().filter_map(|(at, _)| {
            let (ending, taken) = bangla.ending_after(&word[..at], &word[at..])?;
            (at > 0 && taken == word.len() - at && !ending.is_empty()).then_some((at, ending))
        })
    };
    if let Some((at, ending)) = stems().find(|(at, _)| known(&word[..*at])) {
        return (token.start + at, ending);
    }
    // রা and দের may be letters of a name, and so may a lone র (জাফর) or ে.
    for sure in ["কে", "দের", "ের", "য়ের", "তে"] {
        if word.ends_with(sure)
            && let Some((at, ending)) = stems().find(|(at, _)| &word[*at..] == sure)
            && word[..at].chars().filter(|c| c.is_alphabetic()).count() >= 2
        {
            return (token.start + at, ending);
        }
    }
    whole
}

/// See [`super::shorts`].
pub(super) fn shorts(
    text: &str,
    taken: &[Mark<'_>],
    is_known: &dyn Fn(&str) -> bool,
) -> Vec<Short> {
    let tokens = tokens(text, 0);
    let bangla = profile(Language::BANGLA);
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        if !token.is_word() || is_taken(token, taken) {
            continue;
        }
        let word = token.text;
        let stem = if is_known(word) {
            Some((word.len(), Ending::default()))
        } else {
            word.char_indices().skip(2).find_map(|(at, _)| {
                let (ending, taken) = bangla.ending_after(&word[..at], &word[at..])?;
                (taken == word.len() - at && is_known(&word[..at])).then_some((at, ending))
            })
        };
        let Some((length, ending)) = stem else {
            continue;
        };
        let beside = |other: Option<&Token<'_>>, gap: (usize, usize)| {
            other.is_some_and(|o| {
                text.get(gap.0..gap.1) == Some(" ") && lexicon::bangla(o.text).is_name()
            })
        };
        let before = at.checked_sub(1).and_then(|i| tokens.get(i));
        let after = tokens.get(at + 1);
        // Beside a word of names it is part of another name.
        if beside(before, (before.map_or(0, Token::end), token.start))
            || ending.is_empty() && beside(after, (token.end(), after.map_or(0, |t| t.start)))
        {
            continue;
        }
        let classes = lexicon::bangla(&word[..length]);
        let spoken = after.is_some_and(|t| lexicon::bangla(t.text).has(Class::Verb));
        let titled = before.is_some_and(|t| lexicon::bangla(t.text).has(Class::Title));
        found.push(Short {
            span: Span::trusted(token.start, token.start + length),
            end: token.end(),
            ending,
            doubtful: (classes.has(Class::Word) || !classes.is_name()) && !spoken && !titled,
        });
    }
    found
}

/// See [`super::stands_alone`].
pub(super) fn stands_alone(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    letters > 1
        && !word.ends_with(['.', 'ঃ'])
        && !matches!(
            word,
            "মোহাম্মদ"
                | "মুহাম্মদ"
                | "শেখ"
                | "সৈয়দ"
                | "আবদুল"
                | "আব্দুল"
                | "আবু"
                | "বেগম"
                | "খান"
                | "বিন"
        )
}
