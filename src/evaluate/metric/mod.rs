//! BLEU, chrF and chrF++, equal to sacrebleu 2.6.0.
//!
//! A metric turns a sentence and its reference into [`Statistics`]; those of a
//! corpus are the sums of its sentences', and a score is made of sums alone. That
//! is what makes resampling cheap ([`super::resample`]).

mod bleu;
mod chrf;
mod ngrams;
#[cfg(test)]
mod tests;
mod tokenize;

use std::fmt;

pub use tokenize::Tokenizer;

/// The version of sacrebleu whose scores these equal.
pub const SACREBLEU: &str = "2.6.0";

/// A metric that compares an output with a reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Metric {
    /// BLEU over the tokens of a tokenizer.
    Bleu(Tokenizer),
    /// chrF: characters alone.
    Chrf,
    /// chrF++: characters, words and pairs of words.
    ChrfPlusPlus,
}

impl Metric {
    /// The three, chrF++ first, because it is the one that Bangla's endings suit.
    #[must_use]
    pub fn all(tokenizer: Tokenizer) -> [Self; 3] {
        [Self::ChrfPlusPlus, Self::Chrf, Self::Bleu(tokenizer)]
    }

    /// What is counted in a sentence.
    #[must_use]
    pub fn statistics(self, output: &str, reference: &str) -> Statistics {
        Statistics(match self {
            Self::Bleu(tokenizer) => bleu::statistics(output, reference, tokenizer),
            Self::Chrf => chrf::statistics(output, reference, 0),
            Self::ChrfPlusPlus => chrf::statistics(output, reference, 2),
        })
    }

    /// The score of a corpus, 0 to 100: sacrebleu's `corpus_score`.
    #[must_use]
    pub fn corpus<'s>(self, sentences: impl IntoIterator<Item = &'s Statistics>) -> f64 {
        let mut sums = Sums::default();
        for sentence in sentences {
            sums.add(sentence);
        }
        self.score(&sums)
    }

    /// The score of one sentence, 0 to 100: sacrebleu's `sentence_score`, for BLEU
    /// with the effective order.
    #[must_use]
    pub fn sentence(self, statistics: &Statistics) -> f64 {
        let mut sums = Sums::default();
        sums.add(statistics);
        match self {
            Self::Bleu(_) => bleu::score(&sums.0, true),
            Self::Chrf | Self::ChrfPlusPlus => chrf::score(&sums.0),
        }
    }

    /// The score of summed statistics, 0 to 100.
    #[must_use]
    pub fn score(self, sums: &Sums) -> f64 {
        match self {
            Self::Bleu(_) => bleu::score(&sums.0, false),
            Self::Chrf | Self::ChrfPlusPlus => chrf::score(&sums.0),
        }
    }

    /// The signature in sacrebleu's form, resampling named where there was any.
    ///
    /// `version` is the sacrebleu whose scores it equals; the key `by` says that it
    /// was not sacrebleu that computed.
    #[must_use]
    pub fn signature(self, resampling: Option<Resampling>) -> String {
        let resampling = resampling.map_or_else(String::new, |r| {
            format!("bs:{}|seed:{}|", r.samples, r.seed)
        });
        let own = match self {
            Self::Bleu(tokenizer) => {
                format!("case:mixed|eff:no|tok:{}|smooth:exp", tokenizer.name())
            }
            Self::Chrf => "case:mixed|eff:yes|nc:6|nw:0|space:no".to_owned(),
            Self::ChrfPlusPlus => "case:mixed|eff:yes|nc:6|nw:2|space:no".to_owned(),
        };
        format!(
            "nrefs:1|{resampling}{own}|version:{SACREBLEU}|by:anubad-{}",
            env!("CARGO_PKG_VERSION")
        )
    }

    /// Its key in reports.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Bleu(_) => "bleu",
            Self::Chrf => "chrf",
            Self::ChrfPlusPlus => "chrf++",
        }
    }
}

impl fmt::Display for Metric {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Bleu(_) => "BLEU",
            Self::Chrf => "chrF",
            Self::ChrfPlusPlus => "chrF++",
        })
    }
}

/// How a corpus is resampled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Resampling {
    /// How often.
    pub samples: usize,
    /// Where the random numbers begin.
    pub seed: u64,
}

impl Default for Resampling {
    /// sacrebleu's defaults.
    fn default() -> Self {
        Self {
            samples: 1000,
            seed: 12345,
        }
    }
}

/// What a metric counted in one sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statistics(Vec<u32>);

/// Statistics of several sentences, summed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sums(Vec<u64>);

impl Sums {
    /// Adds a sentence. All sentences must be one metric's.
    pub fn add(&mut self, sentence: &Statistics) {
        self.0.resize(self.0.len().max(sentence.0.len()), 0);
        for (sum, count) in self.0.iter_mut().zip(&sentence.0) {
            *sum += u64::from(*count);
        }
    }

    /// Empties the sums and keeps their memory.
    pub fn clear(&mut self) {
        self.0.fill(0);
    }
}
