//! Greedy decoding: the likeliest open token at each step.

use super::encode::Source;
use super::figures::highest;
use super::rules::Rules;
use super::steps::{Cells, Row};

/// Twice the source and a little, at most: so many tokens a translation may have.
pub(super) fn most_tokens(source: usize) -> usize {
    (2 * source + 4).min(256)
}

/// A translation as far as it has been written.
pub(super) struct Greedy<'a> {
    pub(super) source: Source,
    pub(super) rules: Rules<'a>,
    /// The tokens, without the end mark.
    pub(super) written: Vec<u32>,
    /// The decoder's memory before the last token is read; nothing when it is over.
    cells: Option<Cells>,
}

impl<'a> Greedy<'a> {
    /// Nothing is written yet; `blank` is the memory before the first token.
    pub(super) fn new(source: Source, rules: Rules<'a>, blank: Cells) -> Self {
        Self {
            source,
            rules,
            written: Vec::new(),
            cells: Some(blank),
        }
    }

    /// What takes the next step; nothing when it is over.
    pub(super) fn row(&self) -> Option<Row<'_>> {
        Some(Row {
            source: &self.source,
            position: self.written.len(),
            token: self.written.last().copied().unwrap_or_default(),
            cells: self.cells.as_ref()?,
        })
    }

    /// Takes a step, of which these are the logits and the memory after it.
    pub(super) fn grow(&mut self, logits: &mut [f32], cells: Cells) {
        self.rules.close(logits, &self.written);
        let token = likeliest(logits);
        if token == self.rules.end {
            self.cells = None;
            return;
        }
        self.written.push(token);
        let is_full = self.written.len() >= most_tokens(self.source.tokens);
        self.cells = (!is_full).then_some(cells);
    }

    /// Whether every hole of the source is written.
    pub(super) fn is_whole(&self) -> bool {
        (self.rules.once.iter()).all(|token| self.written.contains(token))
    }
}

/// The token of the highest logit, the first of several.
fn likeliest(logits: &[f32]) -> u32 {
    let highest = highest(logits);
    let tokens = (0_u32..).zip(logits);
    let mut found = tokens.filter(|(_, logit)| **logit >= highest);
    found.next().map_or(0, |(token, _)| token)
}

#[cfg(test)]
mod tests {
    use super::{likeliest, most_tokens};

    #[test]
    fn the_first_of_the_highest_is_taken() {
        assert_eq!(likeliest(&[0.5, 2.0, -1.0, 2.0]), 1);
        assert_eq!(likeliest(&[f32::NEG_INFINITY; 3]), 0);
        assert_eq!(likeliest(&[f32::NAN, 1.0]), 1);
    }

    #[test]
    fn no_translation_goes_on_for_ever() {
        assert_eq!(most_tokens(3), 10);
        assert_eq!(most_tokens(100_000), 256);
    }
}
