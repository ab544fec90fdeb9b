//! What a translation may not write.
//!
//! A small model doubles the tokens of holes, writes some that the source has not, and
//! goes in circles. Such a token is closed before one is chosen.

/// Words that are not written three times in a row are at most so many tokens.
const CIRCLE: usize = 8;

/// What is closed to a translation.
#[derive(Debug, Clone)]
pub(super) struct Rules<'a> {
    /// Tokens that are written once and no more: the holes of the source.
    pub(super) once: Vec<u32>,
    /// Tokens that must not be written, those of `once` aside.
    pub(super) never: &'a [u32],
    /// The end mark.
    pub(super) end: u32,
    /// Whether a token begins a word, by its number.
    pub(super) begins: &'a [bool],
}

impl Rules<'_> {
    /// Closes the tokens that a translation of these `tokens` may not take next.
    pub(super) fn close(&self, logits: &mut [f32], tokens: &[u32]) {
        let written = self.once.iter().filter(|token| tokens.contains(token));
        let unasked = self.never.iter().filter(|token| !self.once.contains(token));
        (written.chain(unasked).copied())
            .chain(circles(tokens, self.begins))
            .for_each(|token| close(logits, token));
    }
}

/// Closes a token.
pub(super) fn close(logits: &mut [f32], token: u32) {
    if let Some(logit) = logits.get_mut(token as usize) {
        *logit = f32::NEG_INFINITY;
    }
}

/// The tokens that would make the same words stand three times in a row. Twice
/// is good Bangla (ধীরে ধীরে), and figures within a word are no words.
fn circles(tokens: &[u32], begins: &[bool]) -> Vec<u32> {
    (1..=CIRCLE)
        .filter_map(|length| {
            let start = tokens.len().checked_sub(3 * length - 1)?;
            let (first, rest) = tokens[start..].split_at(length);
            let (second, third) = rest.split_at(length);
            let word = first.first().and_then(|&t| begins.get(t as usize));
            (word == Some(&true) && first == second && first.starts_with(third))
                .then(|| first.last().copied())
                .flatten()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Rules, circles};

    #[test]
    fn a_hole_is_open_once_and_to_those_alone_who_have_it() {
        let rules = Rules {
            once: vec![1, 2],
            never: &[1, 2, 3],
            end: 0,
            begins: &[false, true, true, true, true],
        };
        let open = |tokens: &[u32]| {
            let mut logits = [0.0; 5];
            rules.close(&mut logits, tokens);
            (0..5_u32)
                .zip(logits)
                .filter(|(_, x)| x.is_finite())
                .map(|(t, _)| t)
                .collect::<Vec<_>>()
        };
        assert_eq!(open(&[]), [0, 1, 2, 4]);
        assert_eq!(open(&[4, 2]), [0, 1, 4]);
        assert_eq!(open(&[1, 4, 4]), [0, 2], "nor a word three times");
    }

    #[test]
    fn words_stand_twice_in_a_row_at_most() {
        let begins = [false, true, true, false];
        assert_eq!(circles(&[2, 1, 1], &begins), [1]);
        assert!(circles(&[1], &begins).is_empty());
        assert_eq!(circles(&[1, 3, 1, 3, 1], &begins), [3]);
        assert!(circles(&[1, 3, 1, 2, 1], &begins).is_empty());
        assert!(
            circles(&[1, 3, 3], &begins).is_empty(),
            "figures of a number"
        );
    }
}
