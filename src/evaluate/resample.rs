//! How sure a score is, and whether two systems differ: bootstrap resampling
//! (Koehn 2004) as sacrebleu does it, down to the sentences that are drawn.

mod random;

pub use random::Random;

use super::metric::{Metric, Resampling, Statistics, Sums};

/// A score with its 95 % confidence interval.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct Estimate {
    /// The score of the corpus as it is.
    pub score: f64,
    /// The mean of the resampled corpora.
    pub mean: f64,
    /// Half the width of the interval that 95 % of them lie in.
    pub half_width: f64,
    /// Where the interval begins.
    pub low: f64,
    /// Where it ends.
    pub high: f64,
}

/// What a system has more than the baseline, and by what chance it might.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct Difference {
    /// Its score less the baseline's.
    pub difference: f64,
    /// The p-value of the paired bootstrap test; at 0.05 and above the difference
    /// is not to be told from chance.
    pub p: f64,
}

/// The sentences of each resampled corpus, drawn once for every system and metric,
/// so that systems are compared on the same ones.
pub struct Draws {
    sentences: usize,
    indices: Vec<u32>,
}

impl Draws {
    /// Draws `resampling.samples` corpora of `sentences` sentences each.
    #[must_use]
    pub fn new(sentences: usize, resampling: Resampling) -> Self {
        let mut random = Random::seeded(resampling.seed);
        let bound = u32::try_from(sentences).unwrap_or(u32::MAX);
        let indices = (0..resampling.samples * sentences)
            .map(|_| random.below(bound))
            .collect();
        Self { sentences, indices }
    }

    /// The score of each resampled corpus. `statistics` must be as many as the
    /// sentences that the draws were made for; others count as none.
    #[must_use]
    pub fn scores(&self, metric: Metric, statistics: &[Statistics]) -> Vec<f64> {
        let mut sums = Sums::default();
        self.indices
            .chunks_exact(self.sentences.max(1))
            .map(|corpus| {
                sums.clear();
                for index in corpus {
                    if let Some(sentence) = statistics.get(*index as usize) {
                        sums.add(sentence);
                    }
                }
                metric.score(&sums)
            })
            .collect()
    }
}

/// The confidence of a score from the scores of resampled corpora.
#[must_use]
pub fn estimate(score: f64, resampled: &[f64]) -> Estimate {
    let mut sorted = resampled.to_vec();
    sorted.sort_by(f64::total_cmp);
    let cut = sorted.len() / 40;
    let low = sorted.get(cut).copied().unwrap_or(score);
    let high = sorted.iter().rev().nth(cut).copied().unwrap_or(score);
    let mean = if sorted.is_empty() {
        score
    } else {
        sorted.iter().sum::<f64>() / sorted.len() as f64
    };
    Estimate {
        score,
        mean,
        half_width: 0.5 * (high - low),
        low,
        high,
    }
}

/// The paired bootstrap test of sacrebleu: `resampled` and `baseline_resampled` are
/// of the same [`Draws`].
#[must_use]
pub fn difference(
    score: f64,
    resampled: &[f64],
    baseline: f64,
    baseline_resampled: &[f64],
) -> Difference {
    let apart: Vec<f64> = resampled
        .iter()
        .zip(baseline_resampled)
        .map(|(a, b)| (a - b).abs())
        .collect();
    let mean = apart.iter().sum::<f64>() / apart.len().max(1) as f64;
    let real = (score - baseline).abs();
    let by_chance = apart.iter().filter(|d| **d - mean > real).count();
    Difference {
        difference: score - baseline,
        p: (by_chance + 1) as f64 / (apart.len() + 1) as f64,
    }
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "these numbers are exact")]
mod tests {
    use super::*;

    #[test]
    fn a_system_against_itself_has_no_difference() {
        let scores = [40.0, 41.0, 39.5];
        let d = difference(40.0, &scores, 40.0, &scores);
        assert_eq!(d.difference, 0.0);
        // No resampled pair differs by more than nothing: what is left is the 1 that
        // is added, and sacrebleu says the same.
        assert_eq!(d.p, 0.25);
    }

    #[test]
    fn the_interval_holds_95_of_100() {
        let scores: Vec<f64> = (0..1000).map(f64::from).collect();
        let e = estimate(499.0, &scores);
        assert_eq!((e.low, e.high, e.half_width), (25.0, 974.0, 474.5));
        assert!((e.mean - 499.5).abs() < 1e-9);
    }
}
