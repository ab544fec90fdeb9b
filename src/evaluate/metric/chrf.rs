//! chrF (Popović 2015) and chrF++ (Popović 2017) as sacrebleu computes them:
//! character n-grams of up to six without white space, chrF++ with words and pairs
//! of words; recall counts twice as much as precision.

use super::ngrams::{self, CHARACTER, Numbers, WORD};

/// Longest n-gram of characters.
pub(super) const CHARACTERS: usize = 6;
/// How much more recall counts, squared.
const FACTOR: f64 = 4.0;

/// For each order, those of characters first: n-grams of the output, of the
/// reference, and of both. `words` is the longest n-gram of words; 0 for chrF.
pub(super) fn statistics(output: &str, reference: &str, words: usize) -> Vec<u32> {
    let mut statistics = Vec::with_capacity(3 * (CHARACTERS + words));
    let (mut left, mut other) = (Vec::new(), Vec::new());
    let mut compare = |output: &[u32], reference: &[u32], order: usize, bits: u32| {
        ngrams::fill(output, order, bits, &mut left);
        ngrams::fill(reference, order, bits, &mut other);
        let matches = ngrams::matches(&mut left, &mut other);
        // Where the reference has none, those of the output do not count.
        let counted = if matches.reference == 0 {
            0
        } else {
            matches.output
        };
        statistics.extend([counted, matches.reference, matches.both]);
    };
    let (out, wanted) = (characters(output), characters(reference));
    for order in 1..=CHARACTERS {
        compare(&out, &wanted, order, CHARACTER);
    }
    if words > 0 {
        let mut numbers = Numbers::default();
        let out = numbers.of(apart(output).into_iter());
        let wanted = numbers.of(apart(reference).into_iter());
        for order in 1..=words {
            compare(&out, &wanted, order, WORD);
        }
    }
    statistics
}

fn characters(text: &str) -> Vec<u32> {
    let visible = text.chars().filter(|c| !ngrams::is_space(*c));
    visible.map(u32::from).collect()
}

/// The words, an ASCII punctuation mark at one end set apart.
fn apart(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    for word in ngrams::words(text) {
        let mut chars = word.chars();
        let (Some(first), last) = (chars.next(), chars.next_back()) else {
            continue;
        };
        match last {
            // A word of one character.
            None => out.push(word),
            Some(last) if last.is_ascii_punctuation() => {
                let (head, mark) = word.split_at(word.len() - 1);
                out.extend([head, mark]);
            }
            Some(_) if first.is_ascii_punctuation() => {
                let (mark, tail) = word.split_at(1);
                out.extend([mark, tail]);
            }
            Some(_) => out.push(word),
        }
    }
    out
}

/// The score of summed statistics, 0 to 100. Orders that one side has no n-gram of
/// do not count.
pub(super) fn score(sums: &[u64]) -> f64 {
    let (mut precision, mut recall, mut orders) = (0.0, 0.0, 0_u32);
    for triple in sums.chunks_exact(3) {
        let (output, reference, both) = (triple[0], triple[1], triple[2]);
        if output > 0 && reference > 0 {
            precision += both as f64 / output as f64;
            recall += both as f64 / reference as f64;
            orders += 1;
        }
    }
    if orders == 0 || precision + recall == 0.0 {
        return 0.0;
    }
    let precision = precision / f64::from(orders);
    let recall = recall / f64::from(orders);
    100.0 * ((1.0 + FACTOR) * precision * recall / (FACTOR * precision + recall))
}
