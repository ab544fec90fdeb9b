//! A loaded model and the ways in which it can translate.

use std::collections::BTreeMap;

use fxtranslate::engine::{Aligned, Engine};
use fxtranslate::spm::SpmVocab;

use super::model::{Model, ModelError};
use super::score;
use super::search::{self, Rules};
use super::steps::Steps;
use crate::provider::judge::Likelihood;
use crate::provider::wire::RESERVED;

/// Sentences that are decoded together. With the starters 8 cost a processor less
/// than 16, which pad more, and as much as one at a time; larger vocabularies gain
/// by a batch, since they are read once for all of it.
const BATCH: usize = 8;

/// How many translations of a marred sentence are tried side by side.
const MENDING: usize = 4;

/// A loaded model.
pub struct Decoder {
    engine: Engine,
    steps: Steps,
    target: SpmVocab,
    /// The token of each reserved character that the model knows.
    holes: BTreeMap<char, u32>,
    /// Whether a token of the target begins a word, by its number.
    begins: Vec<bool>,
    threads: usize,
}

impl std::fmt::Debug for Decoder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Decoder")
            .field("holes", &self.holes.len())
            .field("threads", &self.threads)
            .finish_non_exhaustive()
    }
}

impl Decoder {
    /// Loads a model; a batch is shared by `threads` threads, 0 for as many as
    /// the machine has.
    ///
    /// # Errors
    /// As [`Model::load`].
    pub fn new(model: &Model, threads: usize) -> Result<Self, ModelError> {
        let target = model.target_vocabulary()?;
        let holes = (0_u32..)
            .take(target.len())
            .filter_map(|id| {
                let mut characters = target.piece(id).chars();
                let only = characters.next().filter(|c| RESERVED.contains(c))?;
                characters.next().is_none().then_some((only, id))
            })
            .collect();
        let begins = (0_u32..)
            .take(target.len())
            .map(|id| target.piece(id).starts_with('\u{2581}'))
            .collect();
        let threads = match threads {
            0 => std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
            threads => threads,
        };
        Ok(Self {
            engine: model.load()?.with_threads(threads),
            steps: Steps::of(model.weights()?),
            target,
            holes,
            begins,
            threads,
        })
    }

    /// Translates sentences, in order: all of them by a search where `width` is
    /// more than 1, else greedily, and by a search those alone in which a
    /// reserved character came back too few or too many times, or the same
    /// words stand three times in a row.
    #[must_use]
    pub fn translate(&self, texts: &[String], width: usize) -> Vec<String> {
        if width > 1 {
            let found = self.search(texts, width);
            return (found.into_iter().zip(texts))
                .map(|(answer, text)| answer.unwrap_or_else(|| self.engine.translate(text)))
                .collect();
        }
        let mut answers = self.greedy(texts);
        let marred: Vec<usize> = (0..texts.len())
            .filter(|&i| {
                reserved(&texts[i]) != reserved(&answers[i])
                    || (goes_in_circles(&answers[i]) && !goes_in_circles(&texts[i]))
            })
            .collect();
        let again: Vec<String> = marred.iter().map(|&i| texts[i].clone()).collect();
        for (i, answer) in marred.into_iter().zip(self.search(&again, MENDING)) {
            if let Some(answer) = answer {
                answers[i] = answer;
            }
        }
        answers
    }

    /// Translates sentences, in order, the likeliest token at each step: fast,
    /// and nothing is promised of the characters that stand for holes.
    ///
    /// Sentences of as many tokens are decoded together. A blank stays a blank:
    /// the engine would make up a word for it.
    #[must_use]
    pub fn greedy(&self, texts: &[String]) -> Vec<String> {
        let mut order: Vec<usize> = (0..texts.len())
            .filter(|&i| !texts[i].trim().is_empty())
            .collect();
        order.sort_by_cached_key(|&i| self.engine.src_ids(&texts[i]).len());
        let mut answers = vec![String::new(); texts.len()];
        for group in order.chunks(BATCH) {
            let sources: Vec<&str> = group.iter().map(|&i| texts[i].as_str()).collect();
            for (&i, answer) in group.iter().zip(self.engine.translate_batch(&sources)) {
                answers[i] = answer;
            }
        }
        answers
    }

    /// Translates sentences, in order, by a search of `width` translations side
    /// by side in which each reserved character of the source is written exactly
    /// once and no other. Nothing for a sentence whose search found no end.
    ///
    /// Several times slower than [`Self::greedy`].
    #[must_use]
    pub fn search(&self, texts: &[String], width: usize) -> Vec<Option<String>> {
        let share = texts.len().div_ceil(self.threads).max(1);
        let mut answers = Vec::with_capacity(texts.len());
        std::thread::scope(|scope| {
            let parts: Vec<_> = texts
                .chunks(share)
                .map(|part| {
                    scope.spawn(move || -> Vec<Option<String>> {
                        part.iter()
                            .map(|text| self.search_one(text, width))
                            .collect()
                    })
                })
                .collect();
            for (part, texts) in parts.into_iter().zip(texts.chunks(share)) {
                answers.extend(part.join().unwrap_or_else(|_| vec![None; texts.len()]));
            }
        });
        answers
    }

    fn search_one(&self, text: &str, width: usize) -> Option<String> {
        if text.trim().is_empty() {
            return Some(String::new());
        }
        let mut once: Vec<u32> = text
            .chars()
            .filter_map(|c| self.holes.get(&c).copied())
            .collect();
        once.sort_unstable();
        once.dedup();
        let never: Vec<u32> = self.holes.values().copied().collect();
        let rules = Rules {
            width,
            once: &once,
            never: &never,
            end: self.target.eos_id(),
            begins: &self.begins,
        };
        let ids = self.engine.src_ids(text);
        let source = self.steps.read(&self.engine.encode(&ids));
        let found = search::best(&self.steps, &source, ids.len(), &rules)?;
        Some(self.target.decode(&found.tokens))
    }

    /// How likely `target` is as the translation of `source`, word by word, whoever
    /// wrote it. It costs less than translating greedily: its tokens are all read at once.
    #[must_use]
    pub fn likelihood(&self, source: &str, target: &str) -> Likelihood {
        let source = self.engine.src_ids(source);
        score::likelihood(&self.engine, &self.steps, &self.target, &source, target)
    }

    /// Translates one sentence with its word alignment.
    #[must_use]
    pub fn aligned(&self, text: &str) -> Aligned {
        self.engine.translate_aligned(text)
    }
}

/// The reserved characters of a text, in order of their numbers.
fn reserved(text: &str) -> Vec<char> {
    let mut found: Vec<char> = text.chars().filter(|c| RESERVED.contains(c)).collect();
    found.sort_unstable();
    found
}

/// Whether one to four words stand three times in a row.
fn goes_in_circles(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    (1..=4).any(|length| {
        words
            .windows(3 * length)
            .any(|run| run[..2 * length] == run[length..])
    })
}

#[cfg(test)]
mod tests {
    use super::{goes_in_circles, reserved};

    #[test]
    fn circles_are_seen() {
        for (text, expected) in [
            ("পুলিশ পুলিশ পুলিশ এসেছে", true),
            ("the old man the old man the old man", true),
            ("ধীরে ধীরে হাঁটে", false),
            ("", false),
        ] {
            assert_eq!(goes_in_circles(text), expected, "{text}");
        }
    }

    #[test]
    fn reserved_characters_are_compared_without_their_order() {
        assert_eq!(
            reserved("a \u{E001} \u{E000}"),
            reserved("\u{E000}\u{E001}")
        );
        assert_ne!(reserved("\u{E000}\u{E000}"), reserved("\u{E000}"));
    }
}
