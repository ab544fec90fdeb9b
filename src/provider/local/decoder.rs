//! A loaded model and the ways in which it can translate.

use std::collections::BTreeMap;
use std::hint::black_box;
use std::sync::Arc;

use crossbeam_channel::unbounded;
use fxtranslate::spm::SpmVocab;
use rayon::{ThreadPool, ThreadPoolBuilder};

use super::Beam;
use super::align::Aligned;
use super::flight::{Asked, Landed, Way, fly, take};
use super::model::{Model, ModelError};
use super::network::Network;
use super::places;
use super::rules::Rules;
use super::score;
use super::vocabulary::Vocabulary;
use crate::provider::judge::Likelihood;
use crate::provider::wire::RESERVED;

/// Bytes of a block that is let go of once. What glibc keeps of freed memory is twice the largest
/// block that ever was: with less, it gives back what a batch of sentences needed and gets it anew,
/// page by page, for the next.
const LET_GO: usize = 1 << 19;

/// A loaded model.
pub struct Decoder {
    network: Network,
    source: Arc<Vocabulary>,
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
        drop(black_box(Vec::<u8>::with_capacity(LET_GO)));
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
        let source = Arc::new(model.source_vocabulary()?);
        let network = model.network()?;
        // A damaged vocabulary is read as far as it goes.
        for (vocabulary, rows) in [
            (source.whole(), network.sources().len()),
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

    /// Translates sentences, in order: all of them by a search where `width` is more than
    /// 1, else greedily, and by a search those alone in which a reserved character of
    /// the source is missing. A search writes each of them exactly once, and of what came to an
    /// end the best is taken that has as many quotation marks as the source: a quotation that has
    /// lost one cannot stand.
    #[must_use]
    pub fn translate(&self, texts: &[String], width: usize) -> Vec<String> {
        self.run(texts, way(width))
    }

    /// Translates sentences, in order, the likeliest token at each step that is open:
    /// fast. No reserved character is written twice or made up, but one may be missing.
    #[must_use]
    pub fn greedy(&self, texts: &[String]) -> Vec<String> {
        self.run(texts, Way::Greedy)
    }

    /// A blank stays a blank: the model would make up a word for it.
    fn run(&self, texts: &[String], way: Way) -> Vec<String> {
        let mut waiting: Vec<usize> = (0..texts.len())
            .filter(|&at| !texts[at].trim().is_empty())
            .collect();
        // What comes last should be short: no row is empty then for long.
        waiting.sort_by_key(|&at| std::cmp::Reverse(texts[at].len()));
        let threads = self.threads().min(waiting.len());
        let (send, inbox) = unbounded();
        for at in waiting {
            let _ = send.send(at);
        }
        drop(send);
        let (landed, answers) = unbounded();
        std::thread::scope(|scope| {
            for thread in 0..threads {
                let (inbox, landed) = (&inbox, landed.clone());
                scope.spawn(move || {
                    let asked = |at: usize| {
                        let (tokens, rules) = self.sentence(&texts[at]);
                        Asked {
                            tokens,
                            rules,
                            way,
                            ticket: at,
                        }
                    };
                    let next = |_| {
                        let taken = take(inbox, threads, false, |_| way.rows())?;
                        Some(taken.into_iter().map(asked).collect())
                    };
                    self.fly(thread, next, |at, one| {
                        let _ = landed.send((at, self.text(&texts[at], &one)));
                    });
                });
            }
        });
        drop(landed);
        let mut all = vec![String::new(); texts.len()];
        for (at, answer) in answers {
            all[at] = answer;
        }
        all
    }

    /// The source vocabulary.
    pub(super) fn source(&self) -> Arc<Vocabulary> {
        Arc::clone(&self.source)
    }

    /// How many threads share what it is asked.
    pub(super) fn threads(&self) -> usize {
        self.threads.len()
    }

    /// Translates sentences on a thread, as [`fly`].
    pub(super) fn fly<'a, T: Send>(
        &'a self,
        thread: usize,
        next: impl FnMut(bool) -> Option<Vec<Asked<'a, T>>> + Send,
        done: impl FnMut(T, Landed) + Send,
    ) {
        if let Some(thread) = self.threads.get(thread) {
            thread.install(|| fly(&self.network, next, done));
        }
    }

    /// The tokens of a text, and what its translation may not write.
    pub(super) fn sentence(&self, text: &str) -> (Vec<u32>, Rules<'_>) {
        let rules = Rules {
            once: self.once(text),
            never: &self.never,
            end: self.target.eos_id(),
            begins: &self.begins,
        };
        (self.source.tokens(text), rules)
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

    /// The translation of `source` that came of it.
    pub(super) fn text(&self, source: &str, landed: &Landed) -> String {
        let found = with_quotes_of(source, self.texts(landed));
        let written = || Some(self.target.decode(landed.written.as_ref()?));
        found.or_else(written).unwrap_or_default()
    }

    /// The translations that a search found, the best first.
    pub(super) fn texts(&self, landed: &Landed) -> impl Iterator<Item = String> {
        (landed.found.iter()).map(|found| self.target.decode(&found.tokens))
    }

    /// The word alignment of `target` as the translation of `source`, whoever wrote it. It costs
    /// less than translating greedily: its tokens are all read at once.
    pub(super) fn aligned(&self, source: &str, target: &str) -> Aligned {
        let tokens = self.source.tokens(source);
        let ids = self.target.encode(target);
        let seen = score::attention(&self.network, &tokens, &ids);
        let (target, target_tokens) = self.target.decode_with_offsets(&ids);
        Aligned {
            target,
            // Where it cannot be told where its tokens stand, nothing is said to be theirs.
            source_tokens: places::tokens(self.source.whole(), source).unwrap_or_default(),
            target_tokens,
            seen,
        }
    }

    /// How likely `target` is as the translation of `source`, word by word, whoever
    /// wrote it. It costs less than translating greedily: its tokens are all read at once.
    pub(super) fn likelihood(&self, source: &str, target: &str) -> Likelihood {
        let source = self.source.tokens(source);
        score::likelihood(&self.network, &self.target, &source, target)
    }
}

/// The way of the beam's width.
pub(super) fn way(width: usize) -> Way {
    match width {
        0 | 1 => Way::Mended,
        width => Way::Search(width.min(Beam::WIDEST)),
    }
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
    use super::with_quotes_of;
    #[cfg(feature = "starter-models")]
    use crate::provider::{
        local::{Decoder, model::starters},
        wire::RESERVED,
    };

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
    #[cfg(feature = "starter-models")]
    #[test]
    fn what_a_sentence_becomes_does_not_depend_on_its_company() {
        let (_, model) = starters().swap_remove(0);
        let [one, two] = [1, 2].map(|threads| Decoder::new(&model, threads).unwrap());
        let texts = [
            "Schools will stay closed until the water has gone down.",
            "  ",
            "Police said \u{E000} and \u{E001} were taken to \u{E002} on \u{E003}, where a \
             spokesman for \u{E004} said \u{E005} had been asked to wait.",
            "Yes.",
            "",
            "She told reporters that nobody had been hurt in the fire.",
        ];
        let texts: Vec<String> = (texts.iter().cycle().take(40))
            .map(|&text| text.to_owned())
            .collect();
        for width in [1, 2, 4] {
            let together = one.translate(&texts, width);
            assert_eq!(two.translate(&texts, width), together, "on two threads");
            for (text, answer) in texts.iter().zip(&together) {
                let alone = one.translate(std::slice::from_ref(text), width);
                assert_eq!(alone, std::slice::from_ref(answer), "{text} by {width}");
                let holes = |of: &str| {
                    let mut holes: Vec<char> =
                        of.chars().filter(|c| RESERVED.contains(c)).collect();
                    holes.sort_unstable();
                    holes
                };
                assert_eq!(holes(text), holes(answer), "{answer} by {width}");
                assert_eq!(text.trim().is_empty(), answer.is_empty());
            }
        }
        assert!(one.translate(&[], 4).is_empty());
    }
}
