//! Whatever translates: the contract, and one file a service.
//!
//! A service sees this module and [`wire`], never the pipeline.

#[cfg(feature = "local")]
pub mod local;
pub mod chat;
pub mod command;
pub mod echo;
pub mod http;
pub mod hostile;
pub mod judge;
pub mod layer;
pub mod machine;
pub mod measure;
pub mod measured;
mod muddle;
mod drafts;
pub mod pseudo;
pub mod secret;
pub mod wire;

use std::fmt;
use std::time::Duration;

use async_trait::async_trait;

use crate::language::Pair;
use crate::plan::{Piece, Segment};

pub use drafts::{Drafts, Usage};
pub use muddle::muddled;
pub use wire::Protection;

/// Who translates: part of every memory key and of the provenance.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Identity {
    /// The name that the configuration gives it.
    pub name: String,
    /// The service and model, such as `local/starter`.
    pub model: String,
    /// The version or digest of the model.
    pub version: String,
}

impl Identity {
    /// Who stands behind a translation that a person approved.
    #[must_use]
    pub fn approved() -> Self {
        Self {
            name: "approved".to_owned(),
            model: "memory".to_owned(),
            version: String::new(),
        }
    }
}

/// What a provider can do, known before anything is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Capability {
    /// The directions it translates; empty means any.
    pub pairs: Vec<Pair>,
    /// Most segments in one call.
    pub max_segments: usize,
    /// Most in one call of what [`Provider::size`] counts: characters (Unicode
    /// scalar values), unless the service counts otherwise.
    pub max_characters: usize,
    /// Most holes in one segment.
    pub max_holes: usize,
    /// How holes travel, where nothing else was found to be better.
    pub protection: Protection,
    /// Whether what it writes is draft quality and never to be published unread.
    pub draft: bool,
}

impl Capability {
    /// Whether the provider translates this direction.
    #[must_use]
    pub fn covers(&self, pair: Pair) -> bool {
        self.pairs.is_empty() || self.pairs.contains(&pair)
    }
}

/// What goes to a provider in one call.
#[derive(Debug, Clone)]
pub struct Batch {
    /// The direction.
    pub pair: Pair,
    /// The segments, all of one article.
    pub segments: Vec<Segment>,
    /// What surrounds them.
    pub context: Context,
}

/// What surrounds the segments of a batch, for providers that can use it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Context {
    /// The id of the article, for accounts and logs; it is not sent.
    pub article: Option<String>,
    /// The headline of the article.
    pub title: Option<String>,
    /// The sentences before the first segment, oldest first, with their
    /// translations where there are any yet (empty where not).
    pub before: Vec<Example>,
    /// Similar sentences and their translations, the most similar first.
    pub examples: Vec<Example>,
}

/// A sentence and its translation, as readers see them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// The sentence.
    pub source: String,
    /// Its translation.
    pub target: String,
}

/// What a provider made of a segment: pieces in the order of the target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Text, holes with the endings of the target language, quotation marks.
    pub pieces: Vec<Piece>,
}

/// A draft that needs no call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recalled {
    /// The draft.
    pub draft: Draft,
    /// Whether a person approved it.
    pub approved: bool,
}

/// How a provider fares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Health {
    /// It is asked.
    Well,
    /// It keeps failing and is left alone for a while.
    Paused {
        /// How long yet; nothing, where the next call tries.
        left: Duration,
        /// How it failed last.
        kind: ErrorKind,
    },
}

/// A translation service.
#[async_trait]
pub trait Provider: Send + Sync {
    /// Who it is.
    fn identity(&self) -> &Identity;

    /// What it can do.
    fn capability(&self) -> &Capability;

    /// What a segment takes of [`Capability::max_characters`]: characters
    /// (Unicode scalar values). Services that count bytes, tokens or what they
    /// are really sent say so here; batches are packed by it.
    fn size(&self, segment: &Segment, pair: Pair) -> usize {
        wire::characters(segment, pair.source)
    }

    /// Whether a segment is within what the provider takes in one piece.
    fn fits(&self, segment: &Segment, pair: Pair) -> bool {
        let capability = self.capability();
        self.size(segment, pair) <= capability.max_characters
            && segment.holes().count() <= capability.max_holes
    }

    /// What a call counts in a limit of requests: one, unless the service counts
    /// otherwise.
    fn requests(&self, _batch: &Batch) -> usize {
        1
    }

    /// How many tokens a call takes, estimated high: what limits and prices by the
    /// token count before it is sent.
    fn usage(&self, batch: &Batch) -> Usage {
        measure::usage(batch)
    }

    /// Whether a draft depends on what surrounds its segment, as with language
    /// models: [`Context::title`] is then part of what a memory compares, and
    /// [`Context::before`] and [`Context::examples`] are looked up.
    fn uses_context(&self) -> bool {
        false
    }

    /// How holes travel in a direction.
    fn protection(&self, _pair: Pair) -> Protection {
        self.capability().protection
    }

    /// Whether markup goes along with the words and comes back around them. Where it
    /// does not, segments have none, and its places in the answer are estimated.
    fn carries_markup(&self) -> bool {
        false
    }

    /// What can be answered without a call, one entry a segment, in order: it
    /// costs nothing, so whoever asks looks here first.
    async fn recall(&self, batch: &Batch) -> Vec<Option<Recalled>> {
        vec![None; batch.segments.len()]
    }

    /// How it fares at the moment, for people who watch.
    fn health(&self) -> Health {
        Health::Well
    }

    /// One draft per segment, in order. Never retries, never sleeps.
    ///
    /// # Errors
    /// The outer error concerns every segment of the batch.
    async fn translate(&self, batch: &Batch) -> Result<Drafts, Error>;
}

/// What went wrong with a call, and whether waiting helps.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("provider `{provider}`: {message}")]
pub struct Error {
    /// The name of the provider.
    pub provider: String,
    /// What happened.
    pub kind: ErrorKind,
    /// The cause and the next step, for a person; never article text, never a key.
    pub message: String,
    /// Whether and when to try again.
    pub retry: Retry,
}

/// What can happen to a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ErrorKind {
    /// The direction is not offered.
    UnsupportedPair,
    /// The service did not accept the request.
    Invalid,
    /// Too many requests for the moment.
    RateLimited,
    /// Nothing left to spend.
    Quota,
    /// The run may not spend what it would cost; nothing was sent.
    OverBudget,
    /// The service cannot be reached or is down.
    Unavailable,
    /// No answer in time.
    Timeout,
    /// The answer makes no sense.
    Malformed,
    /// A segment is larger than the service takes.
    TooLarge,
    /// The key is missing, or the service does not accept it.
    Denied,
    /// The service refuses to translate this content.
    Refused,
}

/// Whether waiting helps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Retry {
    /// The same call fails again.
    Never,
    /// The same call may succeed, after this long where the service said so.
    After(Option<Duration>),
}

impl ErrorKind {
    /// Every kind.
    pub const ALL: [Self; 11] = [
        Self::UnsupportedPair,
        Self::Invalid,
        Self::RateLimited,
        Self::Quota,
        Self::OverBudget,
        Self::Unavailable,
        Self::Timeout,
        Self::Malformed,
        Self::TooLarge,
        Self::Denied,
        Self::Refused,
    ];

    /// The word for the kind in reports and in the command protocol.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::UnsupportedPair => "unsupported_pair",
            Self::Invalid => "invalid",
            Self::RateLimited => "rate_limited",
            Self::Quota => "quota",
            Self::OverBudget => "over_budget",
            Self::Unavailable => "unavailable",
            Self::Timeout => "timeout",
            Self::Malformed => "malformed",
            Self::TooLarge => "too_large",
            Self::Denied => "denied",
            Self::Refused => "refused",
        }
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
