//! A provider on trial: thirty sentences a direction, sent once, and what became of
//! their values and quotations.
//!
//! What would be sent is known before: [`plan`] sends nothing. [`Trial::run`] sends
//! each batch once and mends nothing afterwards, so that what is counted is what the
//! provider itself does.

mod sentences;
#[cfg(test)]
mod tests;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use async_trait::async_trait;
use serde::Serialize;

use super::newsroom::{self, Share};
use crate::accounts::{Forecast, Money, Price};
use crate::article::{Article, Block, BlockKind, Joint};
use crate::assemble;
use crate::language::{Language, Pair, Profile, profile};
use crate::plan::Segment;
use crate::provider::layer::as_inner;
use crate::provider::{
    Batch, Draft, Drafts, Error, ErrorKind, Protection, Provider, Usage, measure,
};
use crate::text::Text;
use crate::translate::{Direction, Failure, Translator};

/// The sentences of a language that providers are tried on; none where none were
/// written.
#[must_use]
pub fn sentences(language: Language) -> &'static [&'static str] {
    if language == Language::ENGLISH {
        &sentences::ENGLISH
    } else if language == Language::BANGLA {
        &sentences::BANGLA
    } else {
        &[]
    }
}

/// What would be sent to a provider in a direction.
#[derive(Debug, Clone)]
pub struct Trial {
    pair: Pair,
    batches: Vec<Batch>,
    price: Option<Price>,
    /// What each of them takes, estimated.
    usage: Vec<Usage>,
}

/// Plans the trial of `provider` in a direction, as `translator` would send its
/// sentences; nothing is sent.
///
/// # Errors
/// When the translator does not offer the direction.
pub async fn plan(
    translator: &mut Translator,
    provider: &Arc<dyn Provider>,
    pair: Pair,
    price: Option<Price>,
) -> Result<Trial, Failure> {
    let recorder = Arc::new(Recorder {
        inner: Arc::clone(provider),
        batches: Mutex::default(),
    });
    let chain = vec![Arc::clone(&recorder) as Arc<dyn Provider>];
    let chain = std::mem::replace(&mut translator.chain, chain);
    let article = Article {
        id: "trial".to_owned(),
        entry: None,
        declared: Some(pair.source),
        blocks: (sentences(pair.source).iter())
            .map(|source| block(source, pair.source))
            .collect(),
    };
    let direction = Direction {
        from: Some(pair.source),
        to: Some(pair.target),
    };
    let planned = translator.translate(&article, direction).await;
    translator.chain = chain;
    planned?;
    let batches: Vec<Batch> = {
        let mut batches = recorder
            .batches
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut batches)
    };
    Ok(Trial {
        pair,
        usage: (batches.iter().map(|batch| provider.usage(batch))).collect(),
        batches,
        price,
    })
}

fn block(source: &str, language: Language) -> Block {
    Block {
        kind: BlockKind::Paragraph,
        text: Text::repaired(source, profile(language).repairs(source)),
        joint: Joint::Paragraph,
        inline: Vec::new(),
    }
}

/// Keeps what it is asked, and gives it back.
struct Recorder {
    inner: Arc<dyn Provider>,
    batches: Mutex<Vec<Batch>>,
}

#[async_trait]
impl Provider for Recorder {
    as_inner!();

    async fn translate(&self, batch: &Batch) -> Result<Drafts, Error> {
        let mut batches = self.batches.lock().unwrap_or_else(PoisonError::into_inner);
        batches.push(batch.clone());
        let draft = |segment: &Segment| {
            let pieces = segment.pieces.clone();
            Ok(Draft { pieces })
        };
        Ok(batch.segments.iter().map(draft).collect())
    }
}

/// How a provider did in a direction.
#[derive(Debug, Clone, Serialize)]
pub struct Outcome {
    /// The direction.
    pub pair: String,
    /// Whether there was an answer of any kind.
    pub reachable: bool,
    /// Whether the direction is offered; `None` where that was not found out.
    pub supported: Option<bool>,
    /// How values travel.
    pub protection: Protection,
    /// Requests that were made.
    pub requests: usize,
    /// Seconds that each of them took, in order, waits and repetitions included.
    pub seconds: Vec<f64>,
    /// Sentences that were answered.
    pub answered: Share,
    /// Values (names, numbers, dates, addresses) that came back exactly once.
    pub kept: Share,
    /// Numbers, dates and times that stand in the translation with equal value.
    pub values: Share,
    /// Names of the glossary that are rendered as it has them.
    pub names: Share,
    /// Sentences with quotation marks that have all of them, paired.
    pub quotes: Share,
    /// Sentences in which nothing at all was damaged.
    pub whole: Share,
    /// Sentences that came back untranslated.
    pub untranslated: usize,
    /// What the service counted.
    pub usage: Option<Usage>,
    /// What went wrong with requests, each once.
    pub errors: Vec<String>,
    /// Sentences that something happened to.
    pub damaged: Vec<Damaged>,
}

/// A sentence that something happened to.
#[derive(Debug, Clone, Serialize)]
pub struct Damaged {
    /// The sentence.
    pub source: String,
    /// What was made of it.
    pub output: String,
    /// What is wrong with it.
    pub what: Vec<String>,
}

impl Outcome {
    fn new(pair: Pair, protection: Protection) -> Self {
        Self {
            pair: pair.to_string(),
            reachable: false,
            supported: None,
            protection,
            requests: 0,
            seconds: Vec::new(),
            answered: Share::default(),
            kept: Share::default(),
            values: Share::default(),
            names: Share::default(),
            quotes: Share::default(),
            whole: Share::default(),
            untranslated: 0,
            usage: None,
            errors: Vec::new(),
            damaged: Vec::new(),
        }
    }

    /// Seconds of the request in the middle, and of the slowest.
    #[must_use]
    pub fn latency(&self) -> Option<(f64, f64)> {
        let mut seconds = self.seconds.clone();
        seconds.sort_by(f64::total_cmp);
        let slowest = *seconds.last()?;
        Some((*seconds.get(seconds.len() / 2)?, slowest))
    }

    fn failed(&mut self, error: &Error) {
        let is_there = !matches!(error.kind, ErrorKind::Unavailable | ErrorKind::Timeout);
        self.reachable |= is_there;
        if error.kind == ErrorKind::UnsupportedPair {
            self.supported = Some(false);
        }
        if !self.errors.contains(&error.message) {
            self.errors.push(error.message.clone());
        }
    }
}

impl Trial {
    /// The direction.
    #[must_use]
    pub fn pair(&self) -> Pair {
        self.pair
    }

    /// What it would take.
    #[must_use]
    pub fn forecast(&self) -> Forecast {
        let mut forecast = Forecast::default();
        for batch in &self.batches {
            forecast.calls += 1;
            forecast.segments += batch.segments.len() as u64;
            forecast.characters += measure::characters(batch) as u64;
        }
        forecast.tokens = self.usage.iter().map(|usage| usage.total()).sum();
        if let Some(price) = self.price {
            let calls = self.batches.iter().zip(&self.usage);
            let costs = calls.map(|(batch, usage)| price.of(batch, *usage));
            forecast.cost = costs.fold(Money::default(), |sum, cost| sum + cost);
        }
        forecast
    }

    /// Sends it, each batch once. After an error that concerns all requests (a key
    /// that is not accepted, nobody there) no more are made.
    pub async fn run(&self, translator: &Translator, provider: &dyn Provider) -> Outcome {
        let mut outcome = Outcome::new(self.pair, provider.protection(self.pair));
        for batch in &self.batches {
            let began = Instant::now();
            let answer = provider.translate(batch).await;
            outcome.requests += 1;
            outcome.seconds.push(seconds(began.elapsed()));
            outcome.answered.of += batch.segments.len();
            match answer {
                Ok(drafts) => {
                    outcome.reachable = true;
                    outcome.supported = Some(true);
                    if let Some(usage) = drafts.usage {
                        let sum = outcome.usage.unwrap_or_default();
                        outcome.usage = Some(sum.and(usage));
                    }
                    for (segment, draft) in batch.segments.iter().zip(drafts) {
                        match draft {
                            Ok(draft) => self.judge(translator, segment, &draft, &mut outcome),
                            Err(error) => outcome.failed(&error),
                        }
                    }
                }
                Err(error) => {
                    outcome.failed(&error);
                    // One batch may be refused, or its answer make no sense.
                    if !matches!(error.kind, ErrorKind::Refused | ErrorKind::Malformed) {
                        break;
                    }
                }
            }
        }
        outcome
    }

    fn judge(
        &self,
        translator: &Translator,
        segment: &Segment,
        draft: &Draft,
        outcome: &mut Outcome,
    ) {
        let pair = self.pair;
        let source = reading(segment, profile(pair.source));
        let defects = assemble::defects(segment, &draft.pieces);
        let target = profile(pair.target);
        let output = assemble::fill(segment, &draft.pieces, target, &translator.style).text;
        let judged = newsroom::judge(pair, &translator.glossary, &source, &output);
        outcome.answered.good += 1;
        for hole in segment.holes() {
            let times = (draft.pieces.iter())
                .filter(|piece| matches!(piece, crate::plan::Piece::Hole(id, _) if *id == hole))
                .count();
            outcome.kept += Share::one(times == 1);
        }
        outcome.values += judged.values;
        outcome.names += judged.names;
        outcome.quotes += judged.quotes;
        outcome.untranslated += usize::from(judged.untranslated);
        let mut what: Vec<String> = defects.iter().map(ToString::to_string).collect();
        if !judged.is_right() {
            what.extend(
                judged
                    .missing
                    .iter()
                    .map(|missing| format!("missing: {missing}")),
            );
        }
        if judged.untranslated {
            what.push("it was not translated".to_owned());
        }
        outcome.whole += Share::one(what.is_empty());
        if !what.is_empty() {
            what.dedup();
            outcome.damaged.push(Damaged {
                source,
                output,
                what,
            });
        }
    }
}

/// A segment as a person reads its source.
fn reading(segment: &Segment, source: &dyn Profile) -> String {
    segment.source_text(
        |stem, ending| source.attach(stem, ending),
        |edge, depth| {
            let marks = source.quotation().at(depth);
            match edge {
                crate::mark::quote::Edge::Open => marks.open,
                crate::mark::quote::Edge::Close => marks.close,
            }
        },
    )
}

fn seconds(time: Duration) -> f64 {
    time.as_secs_f64()
}
