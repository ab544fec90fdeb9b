//! Words of a text and phrases of words.

use crate::glossary::boundary::is_word_char;

/// A word, in bytes of its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Word<'t> {
    pub(super) text: &'t str,
    pub(super) start: usize,
    pub(super) end: usize,
    /// Whether one space or a hyphen parts it from the word before.
    pub(super) joined: bool,
    /// Whether a sentence or a quotation begins with it.
    pub(super) first: bool,
}

/// The words of `text`. A hyphen parts words; an apostrophe does too, so that a
/// possessive is a word of its own.
pub(super) fn words(text: &str) -> Vec<Word<'_>> {
    let mut words: Vec<Word<'_>> = Vec::new();
    let mut start = None;
    let ends = text.char_indices().chain([(text.len(), ' ')]);
    for (at, c) in ends {
        match (start, is_word_char(c) && at < text.len()) {
            (None, true) => start = Some(at),
            (Some(begin), false) => {
                let gap = &text[words.last().map_or(0, |last| last.end)..begin];
                words.push(Word {
                    text: &text[begin..at],
                    start: begin,
                    end: at,
                    joined: matches!(gap, " " | "-" | "\u{2011}"),
                    first: words.is_empty()
                        || gap.contains(['.', '!', '?', '।', ':', '"', '“', '‘', '\n']),
                });
                start = None;
            }
            _ => {}
        }
    }
    words
}

/// The shorter phrases that `phrase` has in it, word by word.
pub(super) fn parts(phrase: &str) -> impl Iterator<Item = &str> {
    let words = words(phrase);
    let count = words.len();
    let spans = (0..count).flat_map(move |from| (from + 1..=count).map(move |to| (from, to)));
    let inner = spans.filter(move |&(from, to)| to - from < count);
    inner.filter_map(move |(from, to)| {
        let (first, last) = (words.get(from)?, words.get(to - 1)?);
        phrase.get(first.start..last.end)
    })
}
