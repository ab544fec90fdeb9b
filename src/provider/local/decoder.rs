//! A loaded model and the ways in which it can translate.

use std::collections::BTreeMap;
use std::panic::resume_unwind;

use fxtranslate::spm::SpmVocab;
use rayon::{ThreadPool, ThreadPoolBuilder};

use super::align::Aligned;
use super::encode::Source;
use super::greedy::{Written, greedy};
use super::model::{Model, ModelError};
use super::network::Network;
use super::rules::Rules;
use super::score;
use super::search::search;
use crate::provider::judge::Likelihood;
use crate::provider::wire::RESERVED;

/// Sentences that are decoded together: a weight that is read from memory then serves
/// all of them.
const BATCH: usize = 16;

/// Sentences that are searched together: each has several translations that grow.
const SEARCHES: usize = 4;

/// How many translations of a sentence that lost a hole are tried side by side.
const MENDING: usize = 4;

/// A loaded model.
pub struct Decoder {
    network: Network,
    source: SpmVocab,
    target: SpmVocab,
    /// The token of each reserved character that the model knows.
    holes: BTreeMap<char, u32>,
    /// These tokens.
    never: Vec<u32>,
    /// Whether a token of the target begins a word, by its number.
    begins: Vec<bool>,
    /// A thread each: the library of products would take all that the machine has.
    threads: Vec<ThreadPool>,
}

impl std::fmt::Debug for Decoder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Decoder")
            .field("holes", &self.holes.len())
            .field("threads", &self.threads.len())
            .finish_non_exhaustive()
    }
}

impl Decoder {
    /// Loads a model; what it is asked is shared by `threads` threads, 0 for as many
    /// as the machine has.
    ///
    /// # Errors
    /// When a file is unreadable or damaged, or holds no network of the kind.
    pub fn new(model: &Model, threads: usize) -> Result<Self, ModelError> {
        let target = model.target_vocabulary()?;
        let holes: BTreeMap<char, u32> = (0_u32..)
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
        let thread = |_| {
            let thread = ThreadPoolBuilder::new().num_threads(1).build();
            thread.map_err(|cause| ModelError::Refused {
                what: "this direction".to_owned(),
                cause: cause.to_string(),
            })
        };
        let threads = (0..threads).map(thread).collect::<Result<_, _>>()?;
        let source = model.source_vocabulary()?;
        let network = model.network()?;
        // A damaged vocabulary is read as far as it goes.
        for (vocabulary, rows) in [
            (&source, network.sources().len()),
            (&target, network.targets.len()),
        ] {
            if vocabulary.is_empty() || vocabulary.len() > rows {
                return Err(ModelError::Refused {
                    what: model.what(),
                    cause: format!(
                        "a vocabulary of it has {} tokens, the network knows {rows}",
                        vocabulary.len()
                    ),
                });
            }
        }
        Ok(Self {
            network,
            source,
            target,
            never: holes.values().copied().collect(),
            holes,
            begins,
            threads,
        })
    }

    /// Translates sentences, in order: all of them by a search where `width` is
    /// more than 1, else greedily, and by a search those alone in which a
    /// reserved character of the source is missing.
    #[must_use]
    pub fn translate(&self, texts: &[String], width: usize) -> Vec<String> {
        if width > 1 {
            let found = self.search(texts, width);
            return (found.into_iter().zip(texts))
                .map(|(answer, text)| answer.unwrap_or_else(|| self.aligned(text).target))
                .collect();
        }
        let mut answers = self.greedy(texts);
        let marred: Vec<usize> = (0..texts.len())
            .filter(|&i| reserved(&texts[i]) != reserved(&answers[i]))
            .collect();
        let again: Vec<String> = marred.iter().map(|&i| texts[i].clone()).collect();
        for (i, answer) in marred.into_iter().zip(self.search(&again, MENDING)) {
            if let Some(answer) = answer {
                answers[i] = answer;
            }
        }
        answers
    }

    /// Translates sentences, in order, the likeliest token at each step that is open:
    /// fast. No reserved character is written twice or made up, but one may be missing.
    ///
    /// Sentences of as many tokens are decoded together. A blank stays a blank:
    /// the model would make up a word for it.
    #[must_use]
    pub fn greedy(&self, texts: &[String]) -> Vec<String> {
        let text = |written: Written| self.target.decode(&written.tokens);
        let answers = self.in_groups(texts, BATCH, |asked| {
            greedy(&self.network, asked).into_iter().map(text).collect()
        });
        answers.into_iter().map(Option::unwrap_or_default).collect()
    }

    /// Translates sentences, in order, by a search of `width` translations side
    /// by side in which each reserved character of the source is written exactly
    /// once and no other. Nothing for a sentence of which none had them all.
    ///
    /// Of those that came to an end the best is taken that has as many quotation marks as
    /// the source: a quotation that has lost one cannot stand.
    ///
    /// Several times slower than [`Self::greedy`].
    #[must_use]
    pub fn search(&self, texts: &[String], width: usize) -> Vec<Option<String>> {
        let found = self.in_groups(texts, SEARCHES, |asked| search(&self.network, asked, width));
        (found.into_iter().zip(texts))
            .map(|(found, source)| {
                // (Nothing was searched for a blank.)
                let Some(found) = found else {
                    return Some(String::new());
                };
                let texts = found.iter().map(|one| self.target.decode(&one.tokens));
                with_quotes_of(source, texts)
            })
            .collect()
    }

    /// Translations of one sentence by a search of `width`, the best first.
    #[must_use]
    pub fn several(&self, text: &str, width: usize) -> Vec<String> {
        let once = self.once(text);
        let found = self.alone(|| {
            let sources = self.network.read(&[&self.source.encode_with_eos(text)]);
            let asked: Vec<_> = (sources.into_iter())
                .map(|source| (source, self.rules(&once)))
                .collect();
            search(&self.network, &asked, width)
        });
        (found.into_iter().flatten())
            .map(|found| self.target.decode(&found.tokens))
            .collect()
    }

    /// What `decode` makes of texts, read in groups of so many, of as many tokens each;
    /// nothing of a blank. In order.
    fn in_groups<T: Send>(
        &self,
        texts: &[String],
        size: usize,
        decode: impl Fn(&[(Source, Rules<'_>)]) -> Vec<T> + Sync,
    ) -> Vec<Option<T>> {
        let mut tokens: Vec<(usize, Vec<u32>)> = (texts.iter().enumerate())
            .filter(|(_, text)| !text.trim().is_empty())
            .map(|(at, text)| (at, self.source.encode_with_eos(text)))
            .collect();
        tokens.sort_by_key(|(_, tokens)| tokens.len());
        // No thread idles while another has more than one group.
        let share = tokens.len().div_ceil(self.threads.len().max(1));
        let groups: Vec<_> = tokens.chunks(size.min(share).max(1)).collect();
        let found = self.spread(&groups, |group| {
            let sentences: Vec<&[u32]> = group.iter().map(|(_, t)| t.as_slice()).collect();
            let once: Vec<Vec<u32>> = group.iter().map(|(at, _)| self.once(&texts[*at])).collect();
            let sources = self.network.read(&sentences).into_iter();
            let asked: Vec<_> = sources
                .zip(once.iter().map(|once| self.rules(once)))
                .collect();
            decode(&asked)
        });
        let mut answers: Vec<Option<T>> = texts.iter().map(|_| None).collect();
        for ((at, _), found) in tokens.iter().zip(found.into_iter().flatten()) {
            answers[*at] = Some(found);
        }
        answers
    }

    /// The rules of a source that has these holes.
    fn rules<'a>(&'a self, once: &'a [u32]) -> Rules<'a> {
        Rules {
            once,
            never: &self.never,
            end: self.target.eos_id(),
            begins: &self.begins,
        }
    }

    /// The tokens of a text's reserved characters.
    fn once(&self, text: &str) -> Vec<u32> {
        let mut once: Vec<u32> = (text.chars())
            .filter_map(|c| self.holes.get(&c).copied())
            .collect();
        once.sort_unstable();
        once.dedup();
        once
    }

    /// What `each` makes of the items, in order, on all threads.
    fn spread<T: Sync, U: Send>(&self, items: &[T], each: impl Fn(&T) -> U + Sync) -> Vec<U> {
        let threads = self.threads.len().min(items.len());
        let each = &each;
        std::thread::scope(|scope| {
            let parts: Vec<_> = (self.threads[..threads].iter().enumerate())
                .map(|(first, thread)| {
                    let own = items.iter().skip(first).step_by(threads);
                    scope.spawn(move || thread.install(|| own.map(each).collect::<Vec<U>>()))
                })
                .collect();
            let mut parts: Vec<_> = (parts.into_iter())
                .map(|part| {
                    part.join()
                        .unwrap_or_else(|panic| resume_unwind(panic))
                        .into_iter()
                })
                .collect();
            let count = parts.len().max(1);
            (0..items.len())
                .filter_map(|item| parts.get_mut(item % count)?.next())
                .collect()
        })
    }

    /// What `work` gives, on the first thread.
    fn alone<U: Send>(&self, work: impl FnOnce() -> U + Send) -> U {
        match self.threads.first() {
            Some(thread) => thread.install(work),
            None => work(),
        }
    }

    /// How likely `target` is as the translation of `source`, word by word, whoever
    /// wrote it. It costs less than translating greedily: its tokens are all read at once.
    #[must_use]
    pub fn likelihood(&self, source: &str, target: &str) -> Likelihood {
        let read = || {
            let source = self.source.encode_with_eos(source);
            score::likelihood(&self.network, &self.target, &source, target)
        };
        self.alone(read)
    }

    /// Translates one sentence with its word alignment.
    #[must_use]
    pub fn aligned(&self, text: &str) -> Aligned {
        let (normal, tokens) = self.source.encode_with_offsets(text);
        let ids = tokens.iter().map(|(id, _)| *id);
        let ids: Vec<u32> = ids.chain([self.source.eos_id()]).collect();
        let once = self.once(text);
        let mut written = self.alone(|| {
            let sources = self.network.read(&[&ids]).into_iter();
            let asked: Vec<_> = sources.map(|source| (source, self.rules(&once))).collect();
            greedy(&self.network, &asked)
        });
        let Written { tokens: ids, seen } = written.pop().unwrap_or_default();
        let (target, target_tokens) = self.target.decode_with_offsets(&ids);
        let end = normal.len()..normal.len();
        Aligned {
            target,
            source_tokens: tokens.into_iter().map(|(_, at)| at).chain([end]).collect(),
            target_tokens,
            seen,
        }
    }
}

/// The reserved characters of a text, in order of their numbers.
fn reserved(text: &str) -> Vec<char> {
    let mut found: Vec<char> = text.chars().filter(|c| RESERVED.contains(c)).collect();
    found.sort_unstable();
    found
}

/// The first of the texts that has as many quotation marks as the source, else the first.
fn with_quotes_of(source: &str, texts: impl Iterator<Item = String>) -> Option<String> {
    let quotes = |text: &str| text.matches(['"', '“', '”', '„', '«', '»']).count();
    let mut texts = texts.peekable();
    let first = texts.peek().cloned();
    texts.find(|text| quotes(text) == quotes(source)).or(first)
}

#[cfg(test)]
mod tests {
    use super::{reserved, with_quotes_of};

    #[test]
    fn reserved_characters_are_compared_without_their_order() {
        assert_eq!(
            reserved("a \u{E001} \u{E000}"),
            reserved("\u{E000}\u{E001}")
        );
        assert_ne!(reserved("\u{E000}\u{E000}"), reserved("\u{E000}"));
    }

    #[test]
    fn the_best_with_the_sources_quotation_marks_is_taken_else_the_best() {
        let taken = |source, texts: &[&str]| {
            with_quotes_of(source, texts.iter().map(|&text| text.to_owned()))
        };
        let found = ["ক, খ।", "\"ক\", খ।", "\"ক, খ।\""];
        assert_eq!(taken("\"a,\" b.", &found).as_deref(), Some(found[1]));
        assert_eq!(taken("a, b.", &found).as_deref(), Some(found[0]));
        assert_eq!(taken("\"a b.", &found).as_deref(), Some(found[0]));
        assert_eq!(taken("a", &[]), None);
    }
}
