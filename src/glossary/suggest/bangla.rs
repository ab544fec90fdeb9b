//! The Bangla phrases that may be the rendering of something.

use std::collections::HashSet;

use super::words::{Word, words};
use crate::glossary::Match;
use crate::glossary::lint::is_ordinary_bangla;
use crate::language::bangla::endings;

/// Words of the longest phrase.
const LONGEST: usize = 5;

/// The phrases of `text` without their endings, each once: of one to five words,
/// none of them wholly what `known` covers, with no word of grammar at an end.
pub(super) fn candidates(text: &str, known: &[Match<'_>]) -> HashSet<String> {
    let words = words(text);
    let is_known = |word: &Word<'_>| {
        let mut spans = known.iter();
        spans.any(|m| m.span.start() <= word.start && word.start < m.span.end())
    };
    let mut phrases = HashSet::new();
    for from in 0..words.len() {
        for to in from + 1..=words.len().min(from + LONGEST) {
            let span = &words[from..to];
            let [first, .., last] = span else {
                add(&mut phrases, text, span, is_known);
                continue;
            };
            if !last.joined || last.text.len() < 3 {
                break;
            }
            if !is_grammar(first.text) {
                add(&mut phrases, text, span, is_known);
            }
        }
    }
    phrases
}

fn add(
    phrases: &mut HashSet<String>,
    text: &str,
    span: &[Word<'_>],
    is_known: impl Fn(&Word<'_>) -> bool,
) {
    let (Some(first), Some(last)) = (span.first(), span.last()) else {
        return;
    };
    if is_grammar(last.text) || span.iter().all(is_known) || !is_bangla(last.text) {
        return;
    }
    let before = &text[first.start..last.start];
    for (stem, ending) in endings::strip(last.text) {
        // A classifier is no ending of a name.
        let is_whole = ending.is_empty() || ending.number.is_none() || ending.number == Some("দের");
        if is_whole && !is_grammar(&stem) {
            phrases.insert(format!("{before}{stem}"));
        }
    }
}

fn is_bangla(word: &str) -> bool {
    word.chars()
        .any(|c| ('\u{985}'..='\u{9b9}').contains(&c) || matches!(c, 'ড়' | 'ঢ়' | 'য়' | 'ৎ'))
}

/// Whether a word is of grammar, or as common: no phrase begins or ends with it.
pub(super) fn is_grammar(word: &str) -> bool {
    GRAMMAR.contains(&word) || is_ordinary_bangla(word)
}

#[rustfmt::skip]
const GRAMMAR: &[&str] = &[
    "ও", "এবং", "এ", "এই", "এর", "সে", "সেই", "তা", "তার", "তাঁর", "তারা", "তাদের", "তিনি", "আমি", "আমরা", "আমাদের",
    "আমার", "যে", "যা", "যার", "যাদের", "যিনি", "কি", "কী", "কে", "কোন", "কোনো", "না", "নয়", "নেই", "হয়", "হয়ে",
    "হয়েছে", "হয়েছিল", "হবে", "হচ্ছে", "হলে", "হতে", "হওয়া", "হওয়ার", "ছিল", "ছিলেন", "আছে", "রয়েছে", "করা",
    "করার", "করে", "করেন", "করেছে", "করেছেন", "করেছিলেন", "করতে", "করবে", "করবেন", "করছে", "করছেন", "করায়", "বলেন",
    "বলেছেন", "বলে", "বলা", "জানান", "জানিয়েছেন", "জানায়", "জন্য", "থেকে", "পর", "পরে", "আগে", "মধ্যে", "সঙ্গে", "সাথে",
    "দিয়ে", "নিয়ে", "কাছে", "ওপর", "উপর", "বিরুদ্ধে", "মাধ্যমে", "হিসেবে", "হিসাবে", "পর্যন্ত", "অনুযায়ী", "কারণে", "ছাড়া",
    "আর", "আরও", "আরো", "তবে", "কিন্তু", "যদি", "যখন", "তখন", "এখন", "এখানে", "সেখানে", "একটি", "একজন", "এক", "দুই",
    "কিছু", "সব", "সকল", "অনেক", "প্রতি", "গত", "দেন", "দেয়", "দেওয়া", "দিতে", "দেয়া", "নেয়", "নেওয়া", "যায়", "যাবে",
    "যাওয়া", "পারে", "পারেন", "গেছে", "গিয়ে", "এসে", "তাই", "তো", "মতো", "দিকে", "বেশি", "কম", "জন", "টি", "টা",
    "সময়", "দিন", "বছর", "শতাংশ", "টাকা", "হাজার", "লাখ", "কোটি", "আজ", "গতকাল", "অন্য", "নতুন", "বড়", "এমন",
];
