//! Language models on the network: instructions and an article as data go there,
//! a translation by a strict schema comes back.
//!
//! A service says what differs: how a request is written, where the answer
//! stands, how it ended, what its errors mean. [`Chat`] is the provider around any
//! of them. One file a service, each in this order: the documentation followed,
//! settings, request, answer, errors. What models are told is in [`prompt`], what
//! they are sent and have to answer in `message`.

pub mod anthropic;
pub mod gemini;
mod message;
pub mod ollama;
pub mod openai;
pub mod prompt;
mod settings;

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde_json::Value;

use async_trait::async_trait;

use super::http::{Call, Client, Refusal, Verdict};
use super::measured::{Measured, Measurements};
use super::{
    Batch, Capability, Draft, Drafts, Error, ErrorKind, Identity, Protection, Provider, Retry,
    Usage, measure,
};
use crate::language::Pair;
use crate::plan::Segment;
use message::Flaw;

pub use settings::{Settings, Temperature, Way};

/// One request.
#[derive(Debug, Clone)]
pub struct Request<'r> {
    /// What the service is told of all requests: model, temperature, bounds.
    pub settings: &'r Settings,
    /// The instructions.
    pub system: &'r str,
    /// The article as data.
    pub message: &'r str,
    /// What an answer has to look like (JSON Schema).
    pub schema: &'r Value,
    /// How freely it chooses its words; nothing for the service's own.
    pub temperature: Option<f64>,
}

/// What a service answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Reply {
    /// Text, or data where the service has read it already.
    pub content: Value,
    /// How it ended.
    pub end: End,
    /// What the service counted.
    pub usage: Option<Usage>,
}

/// How an answer ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// By itself.
    Whole,
    /// At a bound on its length.
    Cut,
    /// The model, or what watches it, does not want to.
    Refused,
    /// For a reason that has no name here.
    Other,
}

/// What differs between services of language models.
pub trait Service: Send + Sync {
    /// The service, as provenance has it.
    fn name(&self) -> &'static str;

    /// The settings of its own that change what it answers, in a few words.
    fn version(&self) -> String {
        String::new()
    }

    /// The request of HTTP: where it goes and what it holds. Keys of
    /// [`Settings::extra`] are put into the body afterwards.
    fn request(&self, client: &Client, request: &Request<'_>) -> (Call, Value);

    /// What it answered to a request with `settings`; `None` where it is no answer
    /// at all.
    fn answer(&self, answer: &Value, settings: &Settings) -> Option<Reply>;

    /// What a refusal means.
    fn judge(&self, refusal: &Refusal) -> Verdict {
        refusal.verdict()
    }
}

/// A provider that is a language model.
pub struct Chat {
    client: Client,
    service: Box<dyn Service>,
    settings: Settings,
    identity: Identity,
    capability: Capability,
    /// The instructions by direction.
    told: Mutex<HashMap<Pair, Arc<str>>>,
    schema: Value,
    /// Whether the model has refused a temperature that nobody asked for.
    takes_none: AtomicBool,
    /// The same for texts with markup.
    marked_schema: Value,
    /// The same for texts whose values stay visible.
    plain_schema: Value,
    measured: Measured,
}

/// Tokens that are kept for what surrounds the segments of a request.
const SURROUNDINGS: usize = 1500;
/// Least tokens of segments in a request, however small a window is set.
const LEAST: usize = 100;

impl Chat {
    /// `service`, reached by `client`, for `pairs`; none means any.
    #[must_use]
    pub fn new(
        client: Client,
        service: Box<dyn Service>,
        settings: Settings,
        pairs: Vec<Pair>,
    ) -> Self {
        let schema = message::schema(settings.protection, false);
        let own = service.version();
        let version = settings.digest(&[own.as_str(), &schema.to_string()]);
        // What comes back is about as long as what goes there, and both have to
        // fit into the window.
        let fixed = measure::tokens_of(&prompt::written(&settings, Pair::EN_BN))
            + measure::tokens_of(&schema.to_string())
            + SURROUNDINGS;
        let window = settings.context_tokens.saturating_sub(fixed) / 2;
        Self {
            identity: Identity {
                name: client.name().to_owned(),
                model: format!("{}/{}", service.name(), settings.model),
                version,
            },
            capability: Capability {
                pairs,
                max_segments: settings.max_segments,
                max_characters: window.min(settings.output_tokens).max(LEAST),
                max_holes: usize::MAX,
                protection: settings.protection.into(),
                draft: false,
            },
            told: Mutex::default(),
            client,
            service,
            marked_schema: message::schema(settings.protection, true),
            plain_schema: message::schema(Way::None, false),
            measured: Measured::default(),
            settings,
            schema,
            takes_none: AtomicBool::new(false),
        }
    }

    /// The same, whose values travel as was found to be best.
    #[must_use]
    pub fn measured(mut self, all: &Measurements) -> Self {
        self.measured = all.told(&self.identity, |_| self.ways());
        self
    }

    /// How values can travel: to begin with, and else. Whose instructions are the
    /// desk's own is told of values as the desk has it.
    fn ways(&self) -> (Protection, Vec<Protection>) {
        let may_be_plain =
            self.settings.protection == Way::Typed && self.settings.instructions.is_none();
        let others = may_be_plain.then_some(Protection::Plain);
        (
            self.settings.protection.into(),
            others.into_iter().collect(),
        )
    }

    fn way(&self, pair: Pair) -> Way {
        match self.protection(pair) {
            Protection::Plain => Way::None,
            _ => Way::Typed,
        }
    }

    /// The temperature that goes along.
    fn temperature(&self) -> Option<f64> {
        match self.settings.temperature {
            Some(temperature) => temperature.value(),
            None if self.takes_none.load(Ordering::Relaxed) => None,
            None => Some(0.0),
        }
    }

    /// What a refusal means. A model that takes no temperature is asked again without,
    /// where none was set.
    fn judge(&self, refusal: &Refusal, temperature: Option<f64>) -> Verdict {
        let verdict = self.service.judge(refusal);
        if temperature.is_none() || !is_about_temperature(refusal) {
            return verdict;
        }
        let mut verdict = verdict.advised(
            "the model takes no such temperature; write `temperature = \"default\"`, or leave it out",
        );
        if self.settings.temperature.is_none() {
            self.takes_none.store(true, Ordering::Relaxed);
            verdict.retry = Retry::After(Some(Duration::ZERO));
        }
        verdict
    }

    fn system(&self, pair: Pair) -> Arc<str> {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        let text = told.entry(pair).or_insert_with(|| {
            let settings = Settings {
                protection: self.way(pair),
                ..self.settings.clone()
            };
            prompt::written(&settings, pair).into()
        });
        Arc::clone(text)
    }

    /// What the service says, whatever it is.
    async fn ask(&self, batch: &Batch) -> Result<Reply, Error> {
        let mut system = self.system(batch.pair);
        let way = self.way(batch.pair);
        let mut schema = &self.schema;
        if way == Way::None {
            schema = &self.plain_schema;
        } else if message::has_markup(batch) {
            system = prompt::with_markup(&system).into();
            schema = &self.marked_schema;
        }
        let message = message::write(batch, way, SURROUNDINGS);
        let request = Request {
            settings: &self.settings,
            system: &system,
            message: &message,
            schema,
            temperature: self.temperature(),
        };
        let (call, mut body) = self.service.request(&self.client, &request);
        settings::merge(&mut body, &self.settings.extra);
        let call = call
            .header("Content-Type", "application/json")
            .body(body.to_string().into_bytes());
        let judge = |refusal: &Refusal| self.judge(refusal, request.temperature);
        let answer = self.client.json(call, judge).await?;
        match self.service.answer(&answer, &self.settings) {
            Some(reply) => Ok(reply),
            // Some hand on the error of another service with status 200.
            None if answer.get("error").is_some_and(|error| !error.is_null()) => {
                let status = answer.pointer("/error/code").and_then(Value::as_u64);
                let refusal = Refusal {
                    status: status.and_then(|s| u16::try_from(s).ok()).unwrap_or(500),
                    wait: None,
                    body: answer,
                };
                Err(self.client.refused(&refusal, &judge(&refusal)))
            }
            None => Err(self.client.malformed("no words where they should stand")),
        }
    }

    /// What follows from how an answer ended and from what is in it.
    fn read(&self, reply: &Reply, batch: &Batch) -> Result<Drafts, Error> {
        let client = &self.client;
        match reply.end {
            End::Refused => {
                let cause = "the model does not want to translate this";
                return Err(client.error(ErrorKind::Refused, cause));
            }
            // A part of a batch is no answer; fewer segments may be one.
            End::Cut if batch.segments.len() == 1 => {
                let cause = "its answer was cut off at the model's bound";
                return Err(client.error(ErrorKind::TooLarge, cause));
            }
            End::Cut => return Err(client.malformed("no end: it was cut off at the model's bound")),
            End::Whole | End::Other => {}
        }
        let answers = message::read(&reply.content, batch, self.way(batch.pair));
        match answers {
            Ok(answers) => Ok(answers
                .into_iter()
                .map(|pieces| Ok(Draft { pieces }))
                .collect()),
            Err(Flaw::Refusal) => {
                let cause = "the model does not want to translate this";
                Err(client.error(ErrorKind::Refused, cause))
            }
            Err(flaw) => Err(client.malformed(flaw.words())),
        }
    }
}

#[async_trait]
impl Provider for Chat {
    fn identity(&self) -> &Identity {
        &self.identity
    }

    fn capability(&self) -> &Capability {
        &self.capability
    }

    /// Tokens there or back, whichever are more.
    fn size(&self, segment: &Segment, pair: Pair) -> usize {
        message::tokens(segment, pair, self.way(pair))
    }

    fn usage(&self, batch: &Batch) -> Usage {
        let there = measure::tokens_of(&self.system(batch.pair))
            + measure::tokens_of(&self.schema.to_string())
            + measure::tokens_of(&message::write(batch, self.way(batch.pair), SURROUNDINGS));
        let back = |segment| message::tokens_back(segment, batch.pair);
        let back: usize = batch.segments.iter().map(back).sum();
        Usage {
            read: there as u64,
            written: back as u64,
        }
    }

    fn protection(&self, pair: Pair) -> Protection {
        let (first, others) = self.ways();
        self.measured.choose(pair, first, &others)
    }

    fn uses_context(&self) -> bool {
        true
    }

    /// Who writes the instructions says what a model makes of markup: nothing.
    fn carries_markup(&self) -> bool {
        self.settings.protection == Way::Typed && self.settings.instructions.is_none()
    }

    async fn translate(&self, batch: &Batch) -> Result<Drafts, Error> {
        let pair = batch.pair;
        if !self.capability.covers(pair) {
            let cause = format!("{pair} is none of its directions");
            return Err(self.client.error(ErrorKind::UnsupportedPair, &cause));
        }
        let reply = self.ask(batch).await?;
        if let Some(usage) = reply.usage {
            tracing::debug!(
                provider = self.identity.name,
                read = usage.read,
                written = usage.written,
                "tokens"
            );
        }
        Ok(self.read(&reply, batch)?.with_usage(reply.usage))
    }
}

/// Whether it is the temperature that a service does not accept: OpenAI and what speaks
/// like it name the parameter, the others say it in words.
fn is_about_temperature(refusal: &Refusal) -> bool {
    let says = |pointer| {
        let text = refusal.text(pointer).to_ascii_lowercase();
        text.contains("temperature")
    };
    matches!(refusal.status, 400 | 422)
        && ["/error/param", "/error/message", "/error", "/message"]
            .into_iter()
            .any(says)
}

/// The tokens at two places of an answer, where they stand there.
fn usage(answer: &Value, read: &str, written: &[&str]) -> Option<Usage> {
    let count = |pointer: &str| answer.pointer(pointer).and_then(Value::as_u64);
    Some(Usage {
        read: count(read)?,
        written: written.iter().filter_map(|pointer| count(pointer)).sum(),
    })
}
