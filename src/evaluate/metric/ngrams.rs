//! N-grams as numbers: what is the same compares as one machine word or two.

use std::collections::HashMap;

/// Whether Python's `str.split()` divides at `c`, as sacrebleu does everywhere.
pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c)
}

/// The words of `text` as sacrebleu splits it.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(is_space).filter(|word| !word.is_empty())
}

/// How many n-grams each side has, and how many both have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Matches {
    pub(super) output: u32,
    pub(super) reference: u32,
    pub(super) both: u32,
}

/// Compares the n-grams of one order; a repeated n-gram counts as often as the side
/// that has it more rarely. Sorts both.
pub(super) fn matches(output: &mut [u128], reference: &mut [u128]) -> Matches {
    output.sort_unstable();
    reference.sort_unstable();
    let (mut i, mut j, mut both) = (0, 0, 0);
    while let (Some(a), Some(b)) = (output.get(i), reference.get(j)) {
        match a.cmp(b) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                both += 1;
                i += 1;
                j += 1;
            }
        }
    }
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Matches {
        output: count(output.len()),
        reference: count(reference.len()),
        both,
    }
}

/// The n-grams of `items`, each `bits` wide; `order * bits` must not exceed 128.
/// `out` is emptied first.
pub(super) fn fill(items: &[u32], order: usize, bits: u32, out: &mut Vec<u128>) {
    out.clear();
    out.extend(items.windows(order).map(|window| {
        let packed = window.iter();
        packed.fold(0, |key, item| (key << bits) | u128::from(*item))
    }));
}

/// Bits of a character.
pub(super) const CHARACTER: u32 = 21;
/// Bits of a word's number.
pub(super) const WORD: u32 = 32;

/// Numbers words, the same word with the same number.
#[derive(Default)]
pub(super) struct Numbers<'t>(HashMap<&'t str, u32>);

impl<'t> Numbers<'t> {
    pub(super) fn of(&mut self, words: impl Iterator<Item = &'t str>) -> Vec<u32> {
        words
            .map(|word| {
                let next = u32::try_from(self.0.len()).unwrap_or(u32::MAX);
                *self.0.entry(word).or_insert(next)
            })
            .collect()
    }
}
