//! What differs between two versions of an article: sentences that belong
//! together, and the words of each.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

/// Cells of a table of words by words, above which two sentences count as wholly
/// different: 2,000 words by 2,000.
const MOST_CELLS: usize = 4_000_000;
/// Least share of words that two versions of one sentence have in common, in thousandths.
const ALIKE: u32 = 500;

/// How a sentence differs from the version before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Change {
    /// The version before did not have it.
    New,
    /// It differs, in its source or in its translation only.
    Words {
        /// The source, word by word.
        source: Vec<Piece>,
        /// The translation, word by word.
        target: Vec<Piece>,
    },
}

/// A run of words of two versions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Piece {
    /// Both have it.
    Same(String),
    /// Only the version before has it.
    Gone(String),
    /// Only this version has it.
    New(String),
}

/// The words of `before` and `after`, those of both only once.
///
/// Law: without what is new the pieces are `before`, without what is gone `after`.
#[must_use]
pub fn words(before: &str, after: &str) -> Vec<Piece> {
    let (a, b) = (tokens(before), tokens(after));
    let mut pieces = Vec::new();
    for step in common(&a, &b, |x, y| x == y) {
        match step {
            Step::Both(i, _) => push(&mut pieces, Piece::Same(a[i].to_owned())),
            Step::Before(i) => push(&mut pieces, Piece::Gone(a[i].to_owned())),
            Step::After(j) => push(&mut pieces, Piece::New(b[j].to_owned())),
        }
    }
    pieces
}

fn push(pieces: &mut Vec<Piece>, piece: Piece) {
    match (pieces.last_mut(), piece) {
        (Some(Piece::Same(text)), Piece::Same(more))
        | (Some(Piece::Gone(text)), Piece::Gone(more))
        | (Some(Piece::New(text)), Piece::New(more)) => text.push_str(&more),
        (_, piece) => pieces.push(piece),
    }
}

/// Words, each with the white space behind it.
fn tokens(text: &str) -> Vec<&str> {
    text.split_inclusive(char::is_whitespace).collect()
}

/// A step through two lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// An element of the first that has this one of the second for partner.
    Both(usize, usize),
    /// One of the first without a partner.
    Before(usize),
    /// One of the second without a partner.
    After(usize),
}

/// The longest common run of two lists, as steps through both; elements without a
/// partner of the first list come before those of the second.
fn common<T>(a: &[T], b: &[T], same: impl Fn(&T, &T) -> bool) -> Vec<Step> {
    let start = a.iter().zip(b).take_while(|(x, y)| same(x, y)).count();
    let rest = a[start..].iter().rev().zip(b[start..].iter().rev());
    let end = rest.take_while(|(x, y)| same(x, y)).count();
    let (rows, columns) = (a.len() - start - end, b.len() - start - end);
    let mut steps: Vec<Step> = (0..start).map(|i| Step::Both(i, i)).collect();
    if (rows + 1).saturating_mul(columns + 1) > MOST_CELLS {
        steps.extend((start..start + rows).map(Step::Before));
        steps.extend((start..start + columns).map(Step::After));
    } else {
        steps.extend(
            table(rows, columns, |i, j| {
                u32::from(same(&a[start + i], &b[start + j]))
            })
            .into_iter()
            .map(|step| match step {
                Step::Both(i, j) => Step::Both(start + i, start + j),
                Step::Before(i) => Step::Before(start + i),
                Step::After(j) => Step::After(start + j),
            }),
        );
    }
    steps.extend((0..end).map(|k| Step::Both(a.len() - end + k, b.len() - end + k)));
    steps
}

/// The steps of the greatest sum of `worth`; what is worth nothing has no partner.
fn table(rows: usize, columns: usize, worth: impl Fn(usize, usize) -> u32) -> Vec<Step> {
    let width = columns + 1;
    let mut best = vec![0_u32; (rows + 1) * width];
    for i in (0..rows).rev() {
        for j in (0..columns).rev() {
            let apart = best[(i + 1) * width + j].max(best[i * width + j + 1]);
            let together = match worth(i, j) {
                0 => 0,
                worth => worth + best[(i + 1) * width + j + 1],
            };
            best[i * width + j] = apart.max(together);
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut steps = Vec::new();
    while i < rows || j < columns {
        let here = best[i * width + j];
        let together = if i < rows && j < columns {
            worth(i, j)
        } else {
            0
        };
        if together > 0 && here == together + best[(i + 1) * width + j + 1] {
            steps.push(Step::Both(i, j));
            (i, j) = (i + 1, j + 1);
        } else if i < rows && here == best[(i + 1) * width + j] {
            steps.push(Step::Before(i));
            i += 1;
        } else {
            steps.push(Step::After(j));
            j += 1;
        }
    }
    steps
}

/// Which sentence of `before` each of `after` was: equal ones first of all, then
/// those that have at least half of their words in common; order is kept.
pub(super) fn partners(before: &[&str], after: &[&str]) -> Vec<Option<usize>> {
    let mut partners = vec![None; after.len()];
    // What is equal in front and behind needs no table.
    let start = before.iter().zip(after).take_while(|(x, y)| x == y).count();
    let rest = before[start..]
        .iter()
        .rev()
        .zip(after[start..].iter().rev());
    let end = rest.take_while(|(x, y)| x == y).count();
    for (i, partner) in partners.iter_mut().enumerate().take(start) {
        *partner = Some(i);
    }
    for k in 1..=end {
        partners[after.len() - k] = Some(before.len() - k);
    }
    let (rows, columns) = (before.len() - start - end, after.len() - start - end);
    if (rows + 1).saturating_mul(columns + 1) > MOST_CELLS {
        return partners;
    }
    let a: Vec<Bag<'_>> = before[start..start + rows]
        .iter()
        .map(|text| Bag::of(text))
        .collect();
    let b: Vec<Bag<'_>> = after[start..start + columns]
        .iter()
        .map(|text| Bag::of(text))
        .collect();
    let worth: Vec<u32> = (0..rows * columns)
        .map(|cell| {
            let (i, j) = (cell / columns, cell % columns);
            if before[start + i] == after[start + j] {
                return 2_000;
            }
            a[i].likeness(&b[j])
        })
        .collect();
    for step in table(rows, columns, |i, j| worth[i * columns + j]) {
        if let Step::Both(i, j) = step {
            partners[start + j] = Some(start + i);
        }
    }
    partners
}

/// The words of a sentence, each with how often it stands there.
struct Bag<'t> {
    words: HashMap<&'t str, usize>,
    size: usize,
}

impl<'t> Bag<'t> {
    fn of(text: &'t str) -> Self {
        let mut words: HashMap<&str, usize> = HashMap::new();
        let mut size = 0;
        for word in text.split_whitespace() {
            *words.entry(word).or_default() += 1;
            size += 1;
        }
        Self { words, size }
    }

    /// Words in common by all words of both, in thousandths; nothing where they are
    /// too few.
    fn likeness(&self, other: &Self) -> u32 {
        let shared: usize = (self.words.iter())
            .map(|(word, &count)| count.min(other.words.get(word).copied().unwrap_or_default()))
            .sum();
        let share = 2_000 * shared / (self.size + other.size).max(1);
        u32::try_from(share).map_or(0, |share| if share >= ALIKE { share } else { 0 })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(pieces: &[Piece]) -> String {
        pieces
            .iter()
            .map(|piece| match piece {
                Piece::Same(text) => text.clone(),
                Piece::Gone(text) => format!("[-{text}-]"),
                Piece::New(text) => format!("{{+{text}+}}"),
            })
            .collect()
    }

    #[test]
    fn words_that_differ_are_told() {
        let table = [
            ("a b c", "a b c", "a b c"),
            ("a b c", "a x c", "a [-b -]{+x +}c"),
            ("", "নতুন বাক্য", "{+নতুন বাক্য+}"),
            ("১২ জন নিহত", "১৪ জন নিহত", "[-১২ -]{+১৪ +}জন নিহত"),
            ("a b c d", "b c d", "[-a -]b c d"),
        ];
        for (before, after, expected) in table {
            assert_eq!(shown(&words(before, after)), expected);
        }
    }

    #[test]
    fn sentences_find_their_partners() {
        let before = [
            "The bridge is closed.",
            "Nobody was hurt.",
            "Rain is expected on Monday.",
        ];
        let after = [
            "Nobody was hurt.",
            "A new sentence stands here.",
            "Heavy rain is expected on Monday.",
        ];
        assert_eq!(partners(&before, &after), [Some(1), None, Some(2)]);
        assert_eq!(partners(&[], &after), [None, None, None]);
        assert_eq!(partners(&before, &before), [Some(0), Some(1), Some(2)]);
    }

    proptest! {
        #[test]
        fn the_pieces_are_both_versions(before in "[ab ]{0,12}", after in "[ab ]{0,12}") {
            let pieces = words(&before, &after);
            let side = |new: bool| -> String {
                pieces.iter().filter_map(|piece| match piece {
                    Piece::Same(text) => Some(text.as_str()),
                    Piece::Gone(text) => (!new).then_some(text.as_str()),
                    Piece::New(text) => new.then_some(text.as_str()),
                }).collect()
            };
            prop_assert_eq!(side(false), before);
            prop_assert_eq!(side(true), after);
        }
    }
}
