//! A place in a text and the steps from it that the reading of numbers takes.

use super::figures::digit;
use super::lexicon::{Lexicon, Suffix, Word};

/// Whether `c` is a decimal digit.
pub(crate) fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || (!c.is_ascii() && digit(c).is_some())
}

/// Whether `c` belongs to a word: a letter or a mark that stands on one.
pub(crate) fn is_letter(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphabetic();
    }
    match c {
        // Bangla, whose virama and nukta are not alphabetic to Unicode.
        '\u{980}'..='\u{9e3}' => c != '।',
        '\u{200c}' | '\u{200d}' => true,
        _ => c.is_alphabetic(),
    }
}

/// A text and the words that count in it.
pub(crate) struct Cursor<'t, L> {
    pub text: &'t str,
    pub lexicon: &'t L,
}

impl<L: Lexicon> Cursor<'_, L> {
    pub(crate) fn char(&self, at: usize) -> Option<char> {
        self.text[at..].chars().next()
    }

    pub(crate) fn before(&self, at: usize) -> Option<char> {
        self.text[..at].chars().next_back()
    }

    pub(crate) fn word_end(&self, at: usize) -> usize {
        let rest = &self.text[at..];
        rest.find(|c| !is_letter(c))
            .map_or(self.text.len(), |length| at + length)
    }

    /// The word at `at` if it counts, where it ends for the number, and whether
    /// an ending follows.
    pub(crate) fn word(&self, at: usize) -> Option<(Word, usize, bool)> {
        let end = self.word_end(at);
        if end == at {
            return None;
        }
        let (word, taken) = self.lexicon.word(&self.text[at..end])?;
        Some((word, at + taken, at + taken < end))
    }

    /// Where the next word begins after one space or a hyphen inside a compound.
    pub(crate) fn gap(&self, at: usize) -> Option<usize> {
        match self.char(at)? {
            c @ (' ' | '\u{a0}') => Some(at + c.len_utf8()),
            '-' if self.char(at + 1).is_some_and(is_letter) => Some(at + 1),
            _ => None,
        }
    }

    /// The counting word after a gap.
    pub(crate) fn next_word(&self, at: usize) -> Option<(Word, usize, bool)> {
        self.gap(at).and_then(|from| self.word(from))
    }

    /// What the letters directly after the figure at `start..end` say.
    pub(crate) fn suffix(&self, start: usize, end: usize) -> Option<(Suffix, usize)> {
        let letters_end = self.word_end(end);
        if letters_end == end {
            return None;
        }
        let suffix = self.lexicon.suffix(
            &self.text[start..end],
            &self.text[end..letters_end],
            &self.text[letters_end..],
        )?;
        Some((suffix, letters_end))
    }
}
