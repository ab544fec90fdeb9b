//! The target does not say the same words over and over, as small models do.

use std::collections::HashMap;

use super::{Exchange, Finding, Severity};
use crate::text::is_letter;

/// Words in a row that count as the same.
const RUN: usize = 3;
/// How often a run may stand more often than in the source.
const TOLERATED: usize = 2;

pub(super) fn check(exchange: &Exchange<'_>) -> Vec<Finding> {
    let target = most_repeated(exchange.target);
    let source = most_repeated(exchange.source);
    let cause = if target >= source.max(1) + TOLERATED {
        format!("the same words stand {target} times")
    } else if stutters(exchange.target) {
        "a word stands again and again, or the letters of one go in circles".to_owned()
    } else {
        return Vec::new();
    };
    vec![Finding::new("repetition", Severity::Warning, cause)]
}

/// How often the most frequent run of words stands in `text`.
fn most_repeated(text: &str) -> usize {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut counts: HashMap<&[&str], usize> = HashMap::new();
    for run in words.windows(RUN) {
        *counts.entry(run).or_default() += 1;
    }
    counts.values().copied().max().unwrap_or(0)
}

/// Times in a row from which on a word is a stutter: `no, no, no` is speech.
const STUTTER: usize = 4;
/// Times in a row from which on a few letters inside a word are one: `hahaha` is a laugh.
const MUMBLE: usize = 5;
/// The most letters that go in a circle inside a word.
const CIRCLE: usize = 4;

/// Whether one word stands [`STUTTER`] times in a row, or the letters of one go in
/// circles.
pub(crate) fn stutters(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_again = |run: &[&str]| run.iter().all(|word| *word == run[0]);
    words.windows(STUTTER).any(is_again) || words.iter().any(|word| mumbles(word))
}

/// Whether up to [`CIRCLE`] letters stand [`MUMBLE`] times in a row; figures and marks may.
fn mumbles(word: &str) -> bool {
    if word.len() < MUMBLE {
        return false;
    }
    let letters: Vec<char> = word.chars().collect();
    (1..=CIRCLE).any(|circle| {
        let mut run = circle;
        (circle..letters.len()).any(|i| {
            let is_of_word = |c: char| ('\u{980}'..='\u{9e3}').contains(&c) || is_letter(c);
            run = if letters[i] == letters[i - circle] && is_of_word(letters[i]) {
                run + 1
            } else {
                circle
            };
            run >= circle * MUMBLE
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_letters_that_go_in_circles() {
        for text in [
            "ঝুঁকির ঝুঁকির ঝুঁকির ঝুঁকির",
            "the BBBBBB said",
            "ব্যব্যব্যব্যব্যাংক",
            "sasasasasala",
        ] {
            assert!(stutters(text), "{text}");
        }
        for text in [
            "no, no, no",
            "no no no",
            "ha hahaha",
            "100000 and ১০০০০০০০",
            "a — — — b ----------",
            "........",
            "Mississippi",
            "মমতা, মামা, কাকা, নানানানা",
            "WWW",
        ] {
            assert!(!stutters(text), "{text}");
        }
    }
}
