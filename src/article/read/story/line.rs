//! A line of a page, and what can be told from it alone.

/// A line that is not blank, without the white space around it.
#[derive(Debug, Clone, Copy)]
pub(in crate::article::read) struct Line<'a> {
    pub text: &'a str,
    /// Whether a blank line, or nothing, stands before it.
    pub after_blank: bool,
    /// Characters.
    pub width: usize,
}

impl<'a> Line<'a> {
    /// The lines of `text` that are not blank. Every white space that ends a line
    /// in Unicode does so here.
    pub(in crate::article::read) fn all(text: &'a str) -> Vec<Self> {
        let mut lines = Vec::new();
        let mut after_blank = true;
        for raw in text.split(['\n', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}']) {
            let text = raw.trim_matches(is_space);
            if text.is_empty() {
                after_blank = true;
                continue;
            }
            lines.push(Self {
                text,
                after_blank,
                width: text.chars().count(),
            });
            after_blank = false;
        }
        lines
    }

    /// Whether the line ends where a sentence can end: at a stop, a danda, a
    /// question or exclamation mark or a colon, behind closing marks or not.
    pub(in crate::article::read) fn ends_sentence(&self) -> bool {
        matches!(
            last_mark(self.text),
            Some('.' | '।' | '॥' | '|' | '?' | '!' | '…' | ':')
        )
    }

    /// Whether the line ends as only a sentence of a story does: with a full stop
    /// or a danda, which headlines do not take.
    pub(in crate::article::read) fn ends_statement(&self) -> bool {
        let closed = without_closing_marks(self.text);
        match closed.chars().next_back() {
            Some('।') => true,
            Some('.') => !is_cut_short(closed) && !ends_in_initial(closed),
            _ => false,
        }
    }

    /// Whether the first word begins as no sentence and no headline does.
    pub(in crate::article::read) fn begins_small(&self) -> bool {
        self.text
            .trim_start_matches(['"', '“', '‘', '\'', '('])
            .chars()
            .next()
            .is_some_and(char::is_lowercase)
    }

    /// The characters up to the first white space.
    pub(in crate::article::read) fn first_word_width(&self) -> usize {
        self.text.chars().take_while(|c| !c.is_whitespace()).count()
    }
}

/// White space, with the zero-width characters that a page leaves around a line.
/// Joiners, which spell words, are none of it.
pub(in crate::article::read) fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}' | '\u{2060}' | '\u{feff}')
}

fn without_closing_marks(text: &str) -> &str {
    text.trim_end_matches(['"', '”', '’', '\'', ')', ']', '»'])
}

fn last_mark(text: &str) -> Option<char> {
    without_closing_marks(text).chars().next_back()
}

/// A description cut with `...`.
fn is_cut_short(text: &str) -> bool {
    text.ends_with("..")
}

/// `U.S.`, `A.`: a stop that may be no full stop.
fn ends_in_initial(text: &str) -> bool {
    let word = text.rsplit(char::is_whitespace).next().unwrap_or_default();
    let letters = word.trim_end_matches('.');
    letters.chars().next_back().is_some_and(char::is_uppercase)
        && letters.chars().filter(|&c| c != '.').count() <= 3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_know_what_stands_before_them() {
        let lines = Line::all("\n a \nb\n \n\nc\u{2029}d");
        let seen: Vec<_> = lines.iter().map(|l| (l.text, l.after_blank)).collect();
        assert_eq!(seen, [("a", true), ("b", false), ("c", true), ("d", false)]);
    }

    #[test]
    fn a_statement_is_told_from_a_headline() {
        let line = |text| Line::all(text)[0];
        for text in ["He left.", "“He left.”", "তিনি যান।", "‘যাব।’"]
        {
            assert!(line(text).ends_statement(), "{text}");
        }
        for text in [
            "Who won?",
            "Reserves of the...",
            "Talks in the U.S.",
            "তিনি গেলেন",
            "কে?",
        ] {
            assert!(!line(text).ends_statement(), "{text}");
        }
    }
}
