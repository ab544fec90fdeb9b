//! The threads that an engine lives on.
//!
//! Decoding is work of seconds, which would hold up everything else on the thread of
//! who asks: callers talk to the engine's threads through a channel. They end when the
//! worker is dropped.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, mpsc};
use std::thread;

use crossbeam_channel::{Receiver, Sender, unbounded};
use tokio::sync::oneshot;

use super::align::Aligned;
use super::decoder::{Decoder, way};
use super::flight::{Asked, Landed, ROWS, Way, take};
use super::model::{Model, ModelError};
use super::vocabulary::Vocabulary;
use crate::provider::judge::{Likelihood, Reading};

/// A loaded model.
pub(super) struct Worker {
    /// The source vocabulary, to count tokens without asking the threads.
    vocabulary: Arc<Vocabulary>,
    requests: Sender<Request>,
}

enum Request {
    /// A sentence, to be translated so.
    Translate(String, Way, Reply),
    /// A source and its translation.
    Align(String, String, oneshot::Sender<Aligned>),
    Judge(Reading, oneshot::Sender<Likelihood>),
}

/// What a caller wants of a sentence that is translated.
enum Reply {
    /// Its translation.
    Text(oneshot::Sender<String>),
    /// The translations that were found.
    Several(oneshot::Sender<Vec<String>>),
}

impl Worker {
    /// Loads a model on a thread of its own and waits until it stands.
    pub(super) fn start(model: Model, threads: usize) -> Result<Self, ModelError> {
        let (requests, inbox) = unbounded();
        let (ready, loaded) = mpsc::channel();
        let spawned = thread::Builder::new()
            .name("anubad-engine".to_owned())
            .spawn(move || match Decoder::new(&model, threads) {
                Ok(decoder) => {
                    let _ = ready.send(Ok(decoder.source()));
                    thread::scope(|scope| {
                        for thread in 0..decoder.threads() {
                            let (decoder, inbox) = (&decoder, &inbox);
                            scope.spawn(move || serve(decoder, thread, inbox));
                        }
                    });
                }
                Err(error) => {
                    let _ = ready.send(Err(error));
                }
            });
        let stopped = || ModelError::Refused {
            what: "this direction".to_owned(),
            cause: "its thread stopped while loading".to_owned(),
        };
        spawned.map_err(|_| stopped())?;
        let vocabulary = loaded.recv().map_err(|_| stopped())??;
        Ok(Self {
            vocabulary,
            requests,
        })
    }

    /// Tokens of a source, its end mark counted.
    pub(super) fn tokens(&self, text: &str) -> usize {
        self.vocabulary.tokens(text).len()
    }

    /// Translates texts, each as [`Decoder::translate`]; answers come in the order of the texts.
    /// A receiver fails when the threads are gone.
    pub(super) fn translate(
        &self,
        texts: &[String],
        width: usize,
    ) -> Vec<oneshot::Receiver<String>> {
        let (mut waiting, answers): (Vec<_>, Vec<_>) = (texts.iter())
            .map(|text| {
                let (reply, answer) = oneshot::channel();
                ((text, reply), answer)
            })
            .unzip();
        // What comes last should be short: no row is empty then for long.
        waiting.sort_by_key(|(text, _)| std::cmp::Reverse(text.len()));
        for (text, reply) in waiting {
            self.ask(text.clone(), way(width), Reply::Text(reply));
        }
        answers
    }

    /// The word alignment of a text and its translation, as [`Decoder::aligned`].
    pub(super) fn align(&self, source: String, target: String) -> oneshot::Receiver<Aligned> {
        let (reply, answer) = oneshot::channel();
        let _ = self.requests.send(Request::Align(source, target, reply));
        answer
    }

    /// Translations of one text by a search of `width`, the best first.
    pub(super) fn several(&self, text: String, width: usize) -> oneshot::Receiver<Vec<String>> {
        let (reply, answer) = oneshot::channel();
        self.ask(text, Way::Search(width), Reply::Several(reply));
        answer
    }

    /// Reads translations, in order, as [`Decoder::likelihood`].
    pub(super) fn judge(&self, readings: Vec<Reading>) -> Vec<oneshot::Receiver<Likelihood>> {
        (readings.into_iter())
            .map(|reading| {
                let (reply, answer) = oneshot::channel();
                let _ = self.requests.send(Request::Judge(reading, reply));
                answer
            })
            .collect()
    }

    fn ask(&self, text: String, way: Way, reply: Reply) {
        let _ = self.requests.send(Request::Translate(text, way, reply));
    }
}

impl Request {
    /// Rows that it takes of a step. What is only read takes none, but time.
    fn rows(&self) -> usize {
        match self {
            Self::Translate(_, way, _) => way.rows(),
            Self::Align(..) | Self::Judge(..) => ROWS,
        }
    }

    /// Whether nothing is to be done for it: a caller that has gone wants no answer, and a blank
    /// stays a blank.
    fn is_idle(&self) -> bool {
        self.is_closed() || matches!(self, Self::Translate(text, ..) if text.trim().is_empty())
    }

    fn is_closed(&self) -> bool {
        match self {
            Self::Translate(_, _, reply) => reply.is_closed(),
            Self::Align(_, _, reply) => reply.is_closed(),
            Self::Judge(_, reply) => reply.is_closed(),
        }
    }

    /// The sentence that is to be translated. What is only read is answered at once, a caller that
    /// has gone wants no answer, and a blank stays a blank: the model would make up a word for it.
    fn sentence(self, decoder: &Decoder) -> Option<Asked<'_, (String, Reply)>> {
        match self {
            gone if gone.is_closed() => None,
            Self::Translate(text, _, reply) if text.trim().is_empty() => {
                reply.send(decoder, &text, &Landed::default());
                None
            }
            Self::Translate(text, way, reply) => {
                let (tokens, rules) = decoder.sentence(&text);
                Some(Asked {
                    tokens,
                    rules,
                    way,
                    ticket: (text, reply),
                })
            }
            Self::Align(source, target, reply) => {
                let _ = reply.send(decoder.aligned(&source, &target));
                None
            }
            Self::Judge(reading, reply) => {
                let _ = reply.send(decoder.likelihood(&reading.source, &reading.target));
                None
            }
        }
    }
}

impl Reply {
    fn is_closed(&self) -> bool {
        match self {
            Self::Text(reply) => reply.is_closed(),
            Self::Several(reply) => reply.is_closed(),
        }
    }

    /// Gives the caller what came of the sentence `text`.
    fn send(self, decoder: &Decoder, text: &str, landed: &Landed) {
        match self {
            Self::Text(reply) => drop(reply.send(decoder.text(text, landed))),
            Self::Several(reply) => drop(reply.send(decoder.texts(landed).collect())),
        }
    }
}

/// Does `work` until it comes to its end. What panics is begun anew: those whose sentences were
/// in flight are told by the loss of their answers, and everybody else is served on.
fn through_panics(work: impl Fn()) {
    while catch_unwind(AssertUnwindSafe(&work)).is_err() {
        tracing::error!("the engine failed at a sentence and goes on with the next");
    }
}

/// Answers what is asked, on one of the decoder's threads.
fn serve(decoder: &Decoder, thread: usize, inbox: &Receiver<Request>) {
    let threads = decoder.threads();
    let next = |may_wait| {
        loop {
            let taken = take(inbox, threads, may_wait, Request::rows)?;
            // What needs no work makes room for what does; what is read takes a turn, or those
            // in flight would wait for all of it.
            let is_turn = taken.is_empty() || !taken.iter().all(Request::is_idle);
            let asked = taken.into_iter().filter_map(|one| one.sentence(decoder));
            let asked = asked.collect();
            if is_turn {
                return Some(asked);
            }
        }
    };
    through_panics(|| {
        decoder.fly(thread, next, |(text, reply): (String, Reply), landed| {
            reply.send(decoder, &text, &landed);
        });
    });
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use tokio::sync::oneshot;

    use super::{Reply, Request, Way, through_panics};
    use crate::provider::local::Aligned;

    #[test]
    fn blanks_and_those_whose_callers_have_gone_take_no_turn() {
        let asked = |text: &str, is_gone: bool| {
            let (reply, answer) = oneshot::channel();
            let kept = (!is_gone).then_some(answer);
            let request = Request::Translate(text.to_owned(), Way::Greedy, Reply::Text(reply));
            (request, kept)
        };
        for (text, is_gone, expected) in [
            ("Yes.", false, false),
            ("Yes.", true, true),
            ("  ", false, true),
        ] {
            let (request, _kept) = asked(text, is_gone);
            assert_eq!(request.is_idle(), expected, "{text}");
        }
        let (reply, answer) = oneshot::channel::<Aligned>();
        let read = Request::Align("Yes.".to_owned(), "হ্যাঁ।".to_owned(), reply);
        assert!(!read.is_idle());
        drop(answer);
        assert!(read.is_idle());
    }

    #[test]
    fn one_bad_sentence_stops_nobody_elses() {
        let served = Cell::new(0);
        through_panics(|| {
            served.set(served.get() + 1);
            assert!(served.get() > 2, "a sentence that the engine fails at");
        });
        assert_eq!(served.get(), 3);
    }
}
