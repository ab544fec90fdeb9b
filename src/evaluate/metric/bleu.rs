//! BLEU (Papineni et al. 2002) as sacrebleu computes it: n-grams of up to four
//! tokens, exponential smoothing, brevity penalty.

use super::ngrams::{self, Numbers, WORD};
use super::tokenize::Tokenizer;

/// Longest n-gram.
pub(super) const ORDER: usize = 4;

/// Tokens of the output, of the reference, and for each order the n-grams that are
/// right and all n-grams of the output.
pub(super) fn statistics(output: &str, reference: &str, tokenizer: Tokenizer) -> Vec<u32> {
    let (output, reference) = (tokenizer.tokenize(output), tokenizer.tokenize(reference));
    let mut numbers = Numbers::default();
    let output = numbers.of(ngrams::words(&output));
    let reference = numbers.of(ngrams::words(&reference));
    let mut right = [0; ORDER];
    let mut all = [0; ORDER];
    let (mut left, mut other) = (Vec::new(), Vec::new());
    for order in 1..=ORDER {
        ngrams::fill(&output, order, WORD, &mut left);
        ngrams::fill(&reference, order, WORD, &mut other);
        let matches = ngrams::matches(&mut left, &mut other);
        right[order - 1] = matches.both;
        all[order - 1] = matches.output;
    }
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let mut statistics = vec![count(output.len()), count(reference.len())];
    statistics.extend(right);
    statistics.extend(all);
    statistics
}

/// The score of summed statistics, 0 to 100. `effective` leaves out orders that the
/// output is too short for, which sacrebleu does for single sentences.
pub(super) fn score(sums: &[u64], effective: bool) -> f64 {
    let (Some(&output), Some(&reference), Some(right), Some(all)) = (
        sums.first(),
        sums.get(1),
        sums.get(2..2 + ORDER),
        sums.get(2 + ORDER..2 + 2 * ORDER),
    ) else {
        return 0.0;
    };
    if right.iter().all(|n| *n == 0) {
        return 0.0;
    }
    let brevity = if output < reference {
        (1.0 - reference as f64 / output as f64).exp()
    } else {
        1.0
    };
    let mut precisions = [0.0_f64; ORDER];
    let mut smoothing = 1.0;
    let mut orders = ORDER;
    for (n, (&right, &all)) in right.iter().zip(all).enumerate() {
        if all == 0 {
            break;
        }
        if effective {
            orders = n + 1;
        }
        precisions[n] = if right == 0 {
            smoothing *= 2.0;
            100.0 / (smoothing * all as f64)
        } else {
            100.0 * right as f64 / all as f64
        };
    }
    // sacrebleu's logarithm of nothing.
    let log = |p: &f64| if *p == 0.0 { -9_999_999_999.0 } else { p.ln() };
    let sum: f64 = precisions[..orders].iter().map(log).sum();
    brevity * (sum / orders as f64).exp()
}
