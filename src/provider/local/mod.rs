//! `local`: the embedded engine. No key, no server, no network.
//!
//! The engine runs Marian models in the format of Mozilla's Firefox Translations;
//! `fxtranslate` reads their files. What is known of such models and handled here: they
//! were trained on 127 tokens at most (longer segments are refused, and the ladder takes
//! them apart); they make up a word for an empty input (blanks are not sent); rare
//! letters come back as byte pieces (turned into text).

mod align;
mod decoder;
mod encode;
mod figures;
mod file;
mod flight;
mod greedy;
mod layers;
mod model;
mod network;
mod pieces;
mod pivot;
mod places;
mod read;
mod rules;
mod score;
mod search;
mod steps;
mod vocabulary;
mod waves;
mod weights;
mod worker;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use futures::future::try_join_all;
use tokio::sync::oneshot;

use super::{
    Batch, Capability, Draft, Drafts, Error, ErrorKind, Identity, Protection, Provider, Retry, wire,
};
use crate::language::{Pair, profile};
use crate::plan::{Piece, Segment};
use crate::text::Text;
pub use align::Aligned;
pub use decoder::Decoder;
pub use model::{Model, ModelError, Origin};
use worker::Worker;

/// Tokens that a source may have, the end mark counted. The models know 127.
const MOST_TOKENS: usize = 120;

/// How the embedded engine is set up.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LocalConfig {
    /// Folders that hold a model each in `<pair>/`, looked through in order
    /// before the models inside the binary.
    pub models: Vec<PathBuf>,
    /// Threads of each direction; 0 for as many as the machine has.
    pub threads: usize,
    /// Translations of a sentence that are tried side by side; 1 for the fast
    /// way, which takes the likeliest next token and never looks back.
    pub beam: Beam,
}

/// Translations that are tried of a sentence in whose likeliest one a value cannot be found.
const SEVERAL: usize = 8;

/// How wide a search is, 1 to [`Beam::WIDEST`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Beam(usize);

impl Beam {
    /// A wider search finds nothing more.
    pub const WIDEST: usize = 16;

    /// A width in its bounds.
    #[must_use]
    pub const fn new(width: usize) -> Option<Self> {
        match width {
            1..=Self::WIDEST => Some(Self(width)),
            _ => None,
        }
    }

    /// Translations that are kept.
    #[must_use]
    pub const fn width(self) -> usize {
        self.0
    }
}

/// With the starters it scores 1.5 to 2 chrF++ more than greedy decoding does.
impl Default for Beam {
    fn default() -> Self {
        Self(4)
    }
}

/// The embedded engine.
pub struct Local {
    identity: Identity,
    capability: Capability,
    models: BTreeMap<Pair, Model>,
    threads: usize,
    beam: Beam,
    /// One worker a direction, started when first needed.
    workers: Mutex<BTreeMap<Pair, Arc<Worker>>>,
}

impl std::fmt::Debug for Local {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Local")
            .field("identity", &self.identity)
            .field("models", &self.models)
            .finish_non_exhaustive()
    }
}

impl Local {
    /// Finds the models; each is loaded when it is first needed.
    ///
    /// # Errors
    /// When there is no model at all, or a model's files are damaged.
    pub fn new(name: &str, config: &LocalConfig) -> Result<Self, Error> {
        let fail = |message: String| Error {
            provider: name.to_owned(),
            kind: ErrorKind::Unavailable,
            message,
            retry: Retry::Never,
        };
        let models = model::find(&config.models).map_err(|e| fail(e.to_string()))?;
        if models.is_empty() {
            return Err(fail(
                "there is no model: build with the feature `starter-models` or name a folder of \
                 models under `models` in the provider's configuration"
                    .to_owned(),
            ));
        }
        // One provider speaks one way: tokens only where every model knows them.
        let protection = if models.values().all(|m| m.origin == Origin::Starter) {
            Protection::Tokens
        } else {
            Protection::Plain
        };
        let mut versions: Vec<&str> = models.values().map(|m| m.version.as_str()).collect();
        versions.dedup();
        let identity = Identity {
            name: name.to_owned(),
            model: format!(
                "marian/{}",
                if protection == Protection::Tokens {
                    "starter"
                } else {
                    "models"
                }
            ),
            version: match config.beam.width() {
                1 => versions.join("+"),
                width => format!("{}, beam {width}", versions.join("+")),
            },
        };
        let direct: Vec<Pair> = models.keys().copied().collect();
        let capability = Capability {
            pairs: pivot::reachable(&direct).into_iter().collect(),
            max_segments: 256,
            max_characters: 200_000,
            max_holes: wire::RESERVED.count(),
            protection,
            draft: models.values().any(|m| m.origin == Origin::Starter),
        };
        Ok(Self {
            identity,
            capability,
            models,
            threads: config.threads,
            beam: config.beam,
            workers: Mutex::new(BTreeMap::new()),
        })
    }

    /// The models that were found, by direction.
    pub fn models(&self) -> impl Iterator<Item = (Pair, &Model)> {
        self.models.iter().map(|(pair, model)| (*pair, model))
    }

    /// The worker of a direction.
    fn worker(&self, pair: Pair) -> Result<Arc<Worker>, Error> {
        let mut workers = self.workers.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(worker) = workers.get(&pair) {
            return Ok(Arc::clone(worker));
        }
        let model = self.models.get(&pair).ok_or_else(|| {
            self.error(
                ErrorKind::UnsupportedPair,
                format!("there is no model for {pair}"),
            )
        })?;
        let worker = Worker::start(model.clone(), self.threads)
            .map_err(|e| self.error(ErrorKind::Unavailable, e.to_string()))?;
        let worker = Arc::new(worker);
        workers.insert(pair, Arc::clone(&worker));
        Ok(worker)
    }

    fn error(&self, kind: ErrorKind, message: String) -> Error {
        Error {
            provider: self.identity.name.clone(),
            kind,
            message,
            retry: Retry::Never,
        }
    }

    /// Whether a model leads from one language to the other.
    fn is_direct(&self, pair: Pair) -> bool {
        self.models.contains_key(&pair)
    }

    /// Whether one model takes the segment as a whole.
    fn fits_model(&self, segment: &Segment, pair: Pair) -> bool {
        if segment.holes().count() > self.capability.max_holes {
            return false;
        }
        let text = wire::encode(segment, pair.source, self.capability.protection).text;
        // What a vocabulary makes of ASCII has no token without a byte, but for the space before
        // the first word; the end mark comes on top.
        text.is_ascii() && text.len() + 2 <= MOST_TOKENS
            || self
                .worker(pair)
                .is_ok_and(|worker| worker.tokens(&text) <= MOST_TOKENS)
    }

    /// What one model makes of segments.
    async fn ask(&self, pair: Pair, segments: &[Segment]) -> Result<Vec<Vec<Piece>>, Error> {
        let protection = self.capability.protection;
        let worker = self.worker(pair)?;
        let encoded: Vec<wire::Encoded> = (segments.iter())
            .map(|segment| wire::encode(segment, pair.source, protection))
            .collect();
        let texts: Vec<String> = encoded.iter().map(|e| e.text.clone()).collect();
        let answers = worker.translate(&texts, self.beam.width());
        let asked = segments.iter().zip(&encoded).zip(answers);
        try_join_all(asked.map(|((segment, sent), answer)| {
            let worker = &worker;
            async move { self.drafted(worker, pair, segment, sent, answer).await }
        }))
        .await
    }

    /// The draft of a segment, with what `answer` lacks of it asked for: values that a model
    /// respelled, and the places of markup.
    async fn drafted(
        &self,
        worker: &Worker,
        pair: Pair,
        segment: &Segment,
        sent: &wire::Encoded,
        answer: oneshot::Receiver<String>,
    ) -> Result<Vec<Piece>, Error> {
        let protection = self.capability.protection;
        let read = |answer: &String| {
            let answer = canonical(&pieces::to_text(answer), pair);
            wire::decode(&answer, segment, pair, protection)
        };
        let answer = self.answer(answer).await?;
        let mut draft = read(&answer);
        let is_incomplete =
            protection == Protection::Plain && align::is_incomplete(segment, &draft);
        let has_markup = segment.markup().next().is_some();
        if is_incomplete || has_markup {
            let aligned = worker.align(sent.text.clone(), answer);
            let aligned = self.answer(aligned).await?;
            draft = if is_incomplete {
                align::restore(&aligned, sent, segment, pair)
            } else {
                align::marked(&aligned, sent, segment, (pair, protection), draft)
            };
        }
        if is_incomplete && align::is_incomplete(segment, &draft) {
            let several = worker.several(sent.text.clone(), SEVERAL);
            let several = self.answer(several).await?;
            let mut several = several.iter().map(read);
            let whole = several.find(|draft| !align::is_incomplete(segment, draft));
            draft = whole.unwrap_or(draft);
        }
        Ok(draft)
    }

    /// What a worker answers; an error where it failed.
    async fn answer<T>(&self, answer: oneshot::Receiver<T>) -> Result<T, Error> {
        answer.await.map_err(|_| {
            self.error(
                ErrorKind::Unavailable,
                "the engine failed at a sentence of this batch; run again, and report the model if \
                 it fails again"
                    .to_owned(),
            )
        })
    }
}

#[async_trait]
impl Provider for Local {
    fn identity(&self) -> &Identity {
        &self.identity
    }

    fn capability(&self) -> &Capability {
        &self.capability
    }

    fn fits(&self, segment: &Segment, pair: Pair) -> bool {
        let first = if self.is_direct(pair) {
            pair
        } else {
            pivot::legs(pair)[0]
        };
        self.fits_model(segment, first)
    }

    /// By alignment: the models know no tags.
    fn carries_markup(&self) -> bool {
        true
    }

    async fn translate(&self, batch: &Batch) -> Result<Drafts, Error> {
        let pair = batch.pair;
        if self.is_direct(pair) || !self.capability.pairs.contains(&pair) {
            let answers = self.ask(pair, &batch.segments).await?;
            return Ok((answers.into_iter())
                .map(|pieces| Ok(Draft { pieces }))
                .collect());
        }
        let [into, out] = pivot::legs(pair);
        let first: Vec<Segment> = batch.segments.iter().map(pivot::outward).collect();
        let answers = self.ask(into, &first).await?;
        let onward: Vec<Segment> = (batch.segments.iter().zip(answers))
            .map(|(segment, answer)| pivot::onward(segment, answer))
            .collect();
        let fits: Vec<bool> = (onward.iter())
            .map(|segment| self.fits_model(segment, out))
            .collect();
        let (sent, _): (Vec<_>, Vec<_>) =
            (onward.into_iter().zip(&fits)).partition(|(_, fits)| **fits);
        let sent: Vec<Segment> = sent.into_iter().map(|(segment, _)| segment).collect();
        let mut answers = self.ask(out, &sent).await?.into_iter();
        let too_large = || {
            self.error(
                ErrorKind::TooLarge,
                format!("its English, on the way of {pair}, is longer than the model takes"),
            )
        };
        Ok((fits.into_iter())
            .map(|fits| {
                let pieces = if fits { answers.next() } else { None };
                pieces.map(|pieces| Draft { pieces }).ok_or_else(too_large)
            })
            .collect())
    }
}

/// The answer in the canonical form of its language.
fn canonical(answer: &str, pair: Pair) -> String {
    let edits = profile(pair.target).repairs(answer);
    Text::repaired(answer, edits).normal().to_owned()
}
