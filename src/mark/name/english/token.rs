//! English text as words with what stands between them.

use crate::mark::name::lexicon::{self, Classes};

/// A word.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token<'t> {
    pub text: &'t str,
    pub start: usize,
    pub end: usize,
    pub shape: Shape,
    pub classes: Classes,
    /// What stands before it.
    pub gap: Gap,
    /// The mark that it stands in, by its place among the marks.
    pub mark: Option<usize>,
}

/// How a word is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// Small.
    Lower,
    /// `Bruce`, `McNamara`, `al-Assad` counts by its second half.
    Capital,
    /// `BNP`, `AKM`.
    Upper,
    /// `M.`, or a capital letter alone.
    Initial,
    /// Begins with a digit.
    Digits,
}

/// What stands between two words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gap {
    /// White space, a line break at most.
    Space,
    /// A hyphen.
    Hyphen,
    /// A comma and white space.
    Comma,
    /// What ends a sentence, opens a quotation, or the beginning of the text.
    Start,
    /// Anything else.
    Other,
}

impl Token<'_> {
    /// Whether it can be part of a name by its capitals.
    pub(super) fn is_capital(&self) -> bool {
        matches!(self.shape, Shape::Capital | Shape::Upper | Shape::Initial)
    }
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || ('\u{300}'..='\u{36f}').contains(&c)
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ')
}

/// The words of `text` in order. `mark_at` tells the mark at a byte.
pub(super) fn tokens<'t>(
    text: &'t str,
    mark_at: impl Fn(usize) -> Option<usize>,
) -> Vec<Token<'t>> {
    let mut found: Vec<Token<'t>> = Vec::with_capacity(text.len() / 5);
    let mut from = 0;
    while let Some(offset) = text[from..].find(is_letter) {
        let start = from + offset;
        let mut end = word_end(text, start);
        let word = &text[start..end];
        let mut shape = shape_of(word);
        if shape == Shape::Initial && text[end..].starts_with('.') {
            end += 1;
        }
        // A capital letter alone is an initial only in company; `A` and `I` are words.
        if shape == Shape::Initial && end == start + word.len() && matches!(word, "A" | "I") {
            shape = Shape::Capital;
        }
        let before = found.last().map_or(0, |t| t.end);
        let gap = if found.is_empty() {
            Gap::Start
        } else {
            gap_of(&text[before..start])
        };
        found.push(Token {
            text: &text[start..end],
            start,
            end,
            shape,
            classes: lexicon::english(word),
            gap,
            mark: mark_at(start),
        });
        from = end.max(start + 1);
    }
    found
}

/// Where the word that begins at `start` ends: letters, and an apostrophe between
/// letters that is no possessive or contraction (`O'Brien`).
fn word_end(text: &str, start: usize) -> usize {
    let run = |from: usize| {
        text[from..]
            .find(|c| !is_letter(c))
            .map_or(text.len(), |at| from + at)
    };
    let mut end = run(start);
    let mut rest = text[end..].chars();
    if end - start <= 2
        && rest.next().is_some_and(is_apostrophe)
        && rest.next().is_some_and(char::is_uppercase)
    {
        let mark = text[end..].chars().next().map_or(0, char::len_utf8);
        end = run(end + mark);
    }
    end
}

fn shape_of(word: &str) -> Shape {
    let mut letters = word.chars();
    let Some(first) = letters.next() else {
        return Shape::Lower;
    };
    if first.is_ascii_digit() {
        return Shape::Digits;
    }
    if !first.is_uppercase() {
        return Shape::Lower;
    }
    let mut rest = letters.filter(|c| c.is_alphanumeric()).peekable();
    if rest.peek().is_none() {
        return Shape::Initial;
    }
    if rest.all(|c| !c.is_lowercase()) {
        Shape::Upper
    } else {
        Shape::Capital
    }
}

fn gap_of(between: &str) -> Gap {
    let core = between.trim();
    if core.is_empty() {
        return if between.matches('\n').count() < 2 {
            Gap::Space
        } else {
            Gap::Start
        };
    }
    match core {
        "-" | "‑" | "‐" if core.len() == between.len() => Gap::Hyphen,
        "," => Gap::Comma,
        _ if core.contains([
            '.', '!', '?', ':', '"', '“', '‘', '…', '•', '–', '—', ';', '(',
        ]) =>
        {
            Gap::Start
        }
        _ if core.contains(['\'', '’']) && !between.starts_with(['\'', '’']) => Gap::Start,
        _ => Gap::Other,
    }
}
