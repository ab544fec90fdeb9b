//! Machine-translation services on the network: texts go there, texts come back.
//!
//! A service says what differs: its [`Facts`], how a request is written, where the
//! answer stands, what its errors mean. [`Machine`] is the provider around any
//! of them. One file a service, each in this order: the documentation followed,
//! settings, facts, request, answer, errors.

pub mod amazon;
pub mod azure;
pub mod bhashini;
pub mod custom;
pub mod deepl;
pub mod google_account;
pub mod google_v2;
pub mod google_v3;
pub mod libretranslate;
pub mod mint;
pub mod modernmt;
pub mod nllb;
pub mod resource;
pub mod yandex;

use async_trait::async_trait;
use serde_json::Value;

use super::http::{Call, Client, Refusal, Verdict};
use super::measured::{Measured, Measurements};
use super::{
    Batch, Capability, Draft, Drafts, Error, ErrorKind, Identity, Protection, Provider, wire,
};
use crate::language::Pair;
use crate::plan::{Hint, Segment};

/// What a service is, before anything is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// The model, as provenance has it.
    pub model: String,
    /// The settings that change what it answers, in a few words: with the model,
    /// they tell whether what is remembered still holds.
    pub version: String,
    /// Most texts in one request.
    pub max_texts: usize,
    /// Most in one request of what [`Service::measure`] counts.
    pub max_size: usize,
    /// How values travel, in directions for which [`Service::protection`] says
    /// nothing else.
    pub protection: Protection,
}

/// One request.
#[derive(Debug, Clone)]
pub struct Request<'b> {
    /// The direction.
    pub pair: Pair,
    /// What is to be translated, as the service's protection has it.
    pub texts: Vec<String>,
    /// The terms that matched in any of the texts, each once.
    pub hints: Vec<&'b Hint>,
    /// How values travel in the texts.
    pub protection: Protection,
}

/// What differs between machine-translation services.
#[async_trait]
pub trait Service: Send + Sync {
    /// What it is and takes.
    fn facts(&self) -> Facts;

    /// How values travel in a direction to begin with.
    fn protection(&self, _pair: Pair) -> Protection {
        self.facts().protection
    }

    /// Whether they may stay visible instead, where too few come back. Not where
    /// whoever described the service has decided.
    fn may_be_plain(&self) -> bool {
        true
    }

    /// How much a text is, as the service counts: characters (Unicode scalar values).
    fn measure(&self, text: &str) -> usize {
        text.chars().count()
    }

    /// Most of what [`Service::measure`] counts in one text, where that is less than
    /// a request takes.
    fn max_text(&self) -> usize {
        self.facts().max_size
    }

    /// A segment as it is sent.
    fn write(&self, segment: &Segment, pair: Pair, protection: Protection) -> String {
        wire::encode(segment, pair.source, protection).text
    }

    /// The request of HTTP.
    ///
    /// # Errors
    /// When the service has no name for a language.
    fn request(&self, client: &Client, request: &Request<'_>) -> Result<Call, Error>;

    /// The texts of an answer, in order; `None` where it is no answer at all.
    fn answer(&self, answer: &Value) -> Option<Vec<String>>;

    /// What a request counts in a limit of requests.
    fn requests(&self, _texts: usize) -> usize {
        1
    }

    /// What a refusal means.
    fn judge(&self, refusal: &Refusal) -> Verdict {
        refusal.verdict()
    }

    /// Asks. (Only services that need more than one exchange do it otherwise.)
    ///
    /// # Errors
    /// When there is no answer, or one that makes no sense.
    async fn ask(&self, client: &Client, request: &Request<'_>) -> Result<Vec<String>, Error> {
        let call = self.request(client, request)?;
        let answer = client.json(call, |refusal| self.judge(refusal)).await?;
        self.answer(&answer)
            .ok_or_else(|| client.malformed("no translations where they should stand"))
    }
}

/// A provider that is a machine-translation service.
pub struct Machine {
    client: Client,
    service: Box<dyn Service>,
    identity: Identity,
    capability: Capability,
    measured: Measured,
}

impl Machine {
    /// `service`, reached by `client`, for `pairs`; none means any.
    #[must_use]
    pub fn new(client: Client, service: Box<dyn Service>, pairs: Vec<Pair>) -> Self {
        let facts = service.facts();
        Self {
            identity: Identity {
                name: client.name().to_owned(),
                model: facts.model,
                version: facts.version,
            },
            capability: Capability {
                pairs,
                max_segments: facts.max_texts,
                max_characters: facts.max_size,
                max_holes: usize::MAX,
                protection: facts.protection,
                draft: false,
            },
            client,
            service,
            measured: Measured::default(),
        }
    }

    /// The same, whose values travel as was found to be best.
    #[must_use]
    pub fn measured(mut self, all: &Measurements) -> Self {
        self.measured = all.told(&self.identity, |pair| self.ways(pair));
        self
    }

    /// How values can travel in a direction: to begin with, and else.
    fn ways(&self, pair: Pair) -> (Protection, Vec<Protection>) {
        let first = self.service.protection(pair);
        let plain = first != Protection::Plain && self.service.may_be_plain();
        (
            first,
            plain.then_some(Protection::Plain).into_iter().collect(),
        )
    }
}

#[async_trait]
impl Provider for Machine {
    fn identity(&self) -> &Identity {
        &self.identity
    }

    fn capability(&self) -> &Capability {
        &self.capability
    }

    fn size(&self, segment: &Segment, pair: Pair) -> usize {
        let text = self.service.write(segment, pair, self.protection(pair));
        self.service.measure(&text)
    }

    fn fits(&self, segment: &Segment, pair: Pair) -> bool {
        self.size(segment, pair) <= self.service.max_text().min(self.capability.max_characters)
    }

    fn requests(&self, batch: &Batch) -> usize {
        self.service.requests(batch.segments.len())
    }

    fn protection(&self, pair: Pair) -> Protection {
        let (first, others) = self.ways(pair);
        self.measured.choose(pair, first, &others)
    }

    /// (Where values stay visible, [`wire`] leaves it out.)
    fn carries_markup(&self) -> bool {
        let protection = self.capability.protection;
        matches!(protection, Protection::Html | Protection::Tags)
    }

    async fn translate(&self, batch: &Batch) -> Result<Drafts, Error> {
        let pair = batch.pair;
        if !self.capability.covers(pair) {
            let cause = format!("{pair} is none of its directions");
            return Err(self.client.error(ErrorKind::UnsupportedPair, &cause));
        }
        let protection = self.protection(pair);
        let mut hints: Vec<&Hint> = Vec::new();
        for hint in batch.segments.iter().flat_map(|segment| &segment.hints) {
            if !hints.contains(&hint) {
                hints.push(hint);
            }
        }
        let request = Request {
            pair,
            texts: (batch.segments.iter())
                .map(|segment| self.service.write(segment, pair, protection))
                .collect(),
            hints,
            protection,
        };
        let answers = self.service.ask(&self.client, &request).await?;
        if answers.len() != batch.segments.len() {
            let what = format!(
                "{} translations, {} were asked for",
                answers.len(),
                batch.segments.len()
            );
            return Err(self.client.malformed(&what));
        }
        Ok((batch.segments.iter().zip(answers))
            .map(|(segment, answer)| {
                Ok(Draft {
                    pieces: wire::decode(&answer, segment, pair, protection),
                })
            })
            .collect())
    }
}

/// The texts at `each` in every item of the list at `list`; where there is one
/// text instead of a list, that one.
fn texts(answer: &Value, list: &str, each: &str) -> Option<Vec<String>> {
    let text = |item: &Value| Some(item.pointer(each)?.as_str()?.to_owned());
    match answer.pointer(list)? {
        Value::Array(items) => items.iter().map(text).collect(),
        item => Some(vec![text(item)?]),
    }
}

/// A verdict by the text of an error, where it has one of `words` (lower case).
fn says(refusal: &Refusal, pointer: &str, words: &[&str]) -> bool {
    let text = refusal.text(pointer).to_ascii_lowercase();
    words.iter().any(|word| text.contains(word))
}
