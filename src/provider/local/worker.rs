//! The thread that an engine lives on.
//!
//! Decoding is work of seconds, which would hold up everything else on the thread of
//! who asks: callers talk to the engine's thread through a channel. It ends when the
//! worker is dropped.

use std::collections::BTreeMap;
use std::sync::mpsc;
use std::thread;

use fxtranslate::spm::SpmVocab;
use tokio::sync::oneshot;

use super::align::Aligned;
use super::decoder::Decoder;
use super::model::{Model, ModelError};
use crate::provider::judge::{Likelihood, Reading};

/// A loaded model.
pub(super) struct Worker {
    /// The source vocabulary, to count tokens without asking the thread.
    vocabulary: SpmVocab,
    requests: mpsc::Sender<Request>,
}

enum Request {
    Translate(Vec<String>, usize, oneshot::Sender<Vec<String>>),
    Align(String, oneshot::Sender<Aligned>),
    Several(String, usize, oneshot::Sender<Vec<String>>),
    Judge(Vec<Reading>, oneshot::Sender<Vec<Likelihood>>),
}

impl Worker {
    /// Loads a model on a thread of its own and waits until it stands.
    pub(super) fn start(model: Model, threads: usize) -> Result<Self, ModelError> {
        let vocabulary = model.source_vocabulary()?;
        let (requests, inbox) = mpsc::channel();
        let (ready, loaded) = mpsc::channel();
        let spawned = thread::Builder::new()
            .name("anubad-engine".to_owned())
            .spawn(move || match Decoder::new(&model, threads) {
                Ok(decoder) => {
                    let _ = ready.send(Ok(()));
                    serve(&decoder, &inbox);
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
        loaded.recv().map_err(|_| stopped())??;
        Ok(Self {
            vocabulary,
            requests,
        })
    }

    /// Tokens of a source, its end mark counted.
    pub(super) fn tokens(&self, text: &str) -> usize {
        self.vocabulary.encode(text).len() + 1
    }

    /// Translates `texts`, in order, as [`Decoder::translate`]. The receiver fails
    /// when the thread is gone.
    pub(super) fn translate(
        &self,
        texts: Vec<String>,
        width: usize,
    ) -> oneshot::Receiver<Vec<String>> {
        let (reply, answer) = oneshot::channel();
        let _ = self.requests.send(Request::Translate(texts, width, reply));
        answer
    }

    /// Translates one text with its word alignment.
    pub(super) fn align(&self, text: String) -> oneshot::Receiver<Aligned> {
        let (reply, answer) = oneshot::channel();
        let _ = self.requests.send(Request::Align(text, reply));
        answer
    }

    /// Translations of one text, the best first, as [`Decoder::several`].
    pub(super) fn several(&self, text: String, width: usize) -> oneshot::Receiver<Vec<String>> {
        let (reply, answer) = oneshot::channel();
        let _ = self.requests.send(Request::Several(text, width, reply));
        answer
    }

    /// Reads translations, in order, as [`Decoder::likelihood`].
    pub(super) fn judge(&self, readings: Vec<Reading>) -> oneshot::Receiver<Vec<Likelihood>> {
        let (reply, answer) = oneshot::channel();
        let _ = self.requests.send(Request::Judge(readings, reply));
        answer
    }
}

/// Texts that are translated together, and who wants how many of them, in order.
#[derive(Default)]
struct Together {
    texts: Vec<String>,
    replies: Vec<(usize, oneshot::Sender<Vec<String>>)>,
}

/// Answers what is asked. Translations that wait are made together, whoever wants them: the last
/// sentences of an article are few, and few cost nearly as much as many.
fn serve(decoder: &Decoder, inbox: &mpsc::Receiver<Request>) {
    for request in inbox {
        let waiting: Vec<Request> = std::iter::once(request).chain(inbox.try_iter()).collect();
        let mut together: BTreeMap<usize, Together> = BTreeMap::new();
        // A caller that has gone wants no answer.
        for request in waiting {
            match request {
                Request::Translate(texts, width, reply) if !reply.is_closed() => {
                    let together = together.entry(width).or_default();
                    together.replies.push((texts.len(), reply));
                    together.texts.extend(texts);
                }
                Request::Translate(..) => {}
                Request::Align(text, reply) => {
                    let _ = reply.send(decoder.aligned(&text));
                }
                Request::Several(text, width, reply) => {
                    let _ = reply.send(decoder.several(&text, width));
                }
                Request::Judge(readings, reply) => {
                    let read = |r: &Reading| decoder.likelihood(&r.source, &r.target);
                    let _ = reply.send(readings.iter().map(read).collect());
                }
            }
        }
        for (width, together) in together {
            let mut answers = decoder.translate(&together.texts, width).into_iter();
            for (texts, reply) in together.replies {
                let _ = reply.send(answers.by_ref().take(texts).collect());
            }
        }
    }
}
