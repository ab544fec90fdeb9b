//! The form in which glossary and text are compared, with a map back.
//!
//! Two steps. *Squeezing* makes one character of what typists vary without
//! meaning anything by it: apostrophes, hyphens, white space. *Lowering* drops
//! letter case and keeps every character's width, so that a byte of the lowered
//! form is the same byte of the squeezed form.

use std::borrow::Cow;

/// A text ready for comparison.
#[derive(Debug, Clone)]
pub(super) struct Folded<'t> {
    squeezed: Cow<'t, str>,
    lower: String,
    /// Points `(squeezed, original)` from which on the two run in step again.
    steps: Vec<(usize, usize)>,
}

impl<'t> Folded<'t> {
    /// Folds `text`.
    #[must_use]
    pub(super) fn new(text: &'t str) -> Self {
        let (squeezed, steps) = squeeze(text);
        let lower = lower(&squeezed);
        Self {
            squeezed,
            lower,
            steps,
        }
    }

    /// The squeezed text in its own case.
    #[must_use]
    pub(super) fn squeezed(&self) -> &str {
        &self.squeezed
    }

    /// The squeezed text without case, byte for byte as long as [`Self::squeezed`].
    #[must_use]
    pub(super) fn lower(&self) -> &str {
        &self.lower
    }

    /// The byte of the original at which the squeezed byte `at` stands.
    #[must_use]
    pub(super) fn original(&self, at: usize) -> usize {
        if self.steps.is_empty() {
            return at;
        }
        let passed = self.steps.partition_point(|&(squeezed, _)| squeezed <= at);
        match passed.checked_sub(1).and_then(|i| self.steps.get(i)) {
            Some(&(squeezed, original)) => original + (at - squeezed),
            None => at,
        }
    }
}

/// Whether `c` is printed as an apostrophe: straight, curly either way (the
/// opening one is a common slip), or the letter apostrophe.
#[must_use]
pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ')
}

/// What a character becomes, if anything but itself. White space is not here:
/// it folds by runs.
fn substitute(c: char) -> Option<char> {
    match c {
        '’' | '‘' | 'ʼ' => Some('\''),
        '\u{2010}' | '\u{2011}' | '–' => Some('-'),
        _ => None,
    }
}

fn squeeze(text: &str) -> (Cow<'_, str>, Vec<(usize, usize)>) {
    let mut out = String::new();
    let mut steps = Vec::new();
    let mut copied = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        // Bangla letters and most of ASCII are their own form: the common way out.
        if matches!(c, '!'..='~' | '\u{980}'..='\u{9ff}') {
            continue;
        }
        let (end, folded) = if c.is_whitespace() {
            let mut end = at + c.len_utf8();
            let mut lines = usize::from(c == '\n');
            while let Some(&(next, space)) = chars.peek()
                && space.is_whitespace()
            {
                lines += usize::from(space == '\n');
                end = next + space.len_utf8();
                chars.next();
            }
            // A hard-wrapped line reads on; a blank line parts what stands around it.
            (end, if lines > 1 { '\n' } else { ' ' })
        } else if let Some(folded) = substitute(c) {
            (at + c.len_utf8(), folded)
        } else {
            continue;
        };
        if end == at + 1 && folded == c {
            continue;
        }
        out.push_str(&text[copied..at]);
        out.push(folded);
        steps.push((out.len(), end));
        copied = end;
    }
    if steps.is_empty() {
        return (Cow::Borrowed(text), steps);
    }
    out.push_str(&text[copied..]);
    (Cow::Owned(out), steps)
}

/// `text` with each character lowered whose lower case is one character of the
/// same width.
fn lower(text: &str) -> String {
    let mut out = text.to_owned();
    out.make_ascii_lowercase();
    let is_cased =
        |c: char| !matches!(c, '\0'..='\u{7f}' | '\u{980}'..='\u{9ff}') && c.is_uppercase();
    if !out.contains(is_cased) {
        return out;
    }
    out.chars()
        .map(|c| {
            let mut lowered = c.to_lowercase();
            match (lowered.next(), lowered.next()) {
                (Some(one), None) if one.len_utf8() == c.len_utf8() => one,
                _ => c,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn apostrophes_hyphens_and_spaces_are_squeezed_and_found_again() {
        let text = "At  Cox’s\u{a0}\nBazar and\n\nÉ";
        let folded = Folded::new(text);
        assert_eq!(folded.squeezed(), "At Cox's Bazar and\nÉ");
        assert_eq!(folded.lower(), "at cox's bazar and\né");
        for word in ["cox's bazar", "bazar", "and", "é"] {
            let start = folded.lower().find(word).unwrap();
            let range = folded.original(start)..folded.original(start + word.len());
            let found = Folded::new(&text[range]).lower().to_owned();
            assert_eq!(found, word);
        }
    }

    proptest! {
        #[test]
        fn folding_keeps_widths_and_boundaries(text in "[a-zA-Z’'‘ \u{a0}\n\tÉİẞঢাকর্–।-]{0,40}") {
            let folded = Folded::new(&text);
            prop_assert_eq!(folded.squeezed().len(), folded.lower().len());
            let mut before = 0;
            for at in (0..=folded.lower().len()).filter(|&at| folded.lower().is_char_boundary(at)) {
                let original = folded.original(at);
                prop_assert!(text.is_char_boundary(original) && original >= before);
                before = original;
            }
            prop_assert_eq!(folded.original(folded.lower().len()), text.len());
            let squeezed = folded.squeezed().replace('\n', " ");
            let squeezed = Folded::new(&squeezed).squeezed().to_owned();
            let again = Folded::new(&squeezed);
            prop_assert_eq!(again.squeezed(), squeezed.as_str());
        }
    }
}
