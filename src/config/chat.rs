//! Language models on the network, as the file describes them.

use toml::Spanned;
use toml::de::DeValue;

use super::misplaced::{Misplaced, section};
use super::service::{Key, taken};
use crate::provider::chat::anthropic::{self, Anthropic};
use crate::provider::chat::gemini::{self, Gemini};
use crate::provider::chat::ollama::{self, Ollama};
use crate::provider::chat::openai::{self, OpenAi};
use crate::provider::chat::{self, Settings};

/// The kinds of language models, as the file names them.
pub(super) const KINDS: [&str; 4] = ["anthropic", "gemini", "ollama", "openai"];

/// The keys that all of them have.
pub(super) const KEYS: [&str; 9] = [
    "model",
    "instructions",
    "style",
    "protection",
    "temperature",
    "context_tokens",
    "output_tokens",
    "max_segments",
    "extra",
];

/// A language model as the file describes it.
#[derive(Debug, Clone, PartialEq)]
pub struct ChatSection {
    /// What all of them have.
    pub settings: Settings,
    /// Which it is, with its own keys.
    pub service: Model,
}

/// Which service of language models, with its own keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Model {
    /// OpenAI, or one that speaks like it.
    OpenAi(OpenAi),
    /// Anthropic.
    Anthropic(Anthropic),
    /// Gemini.
    Gemini(Gemini),
    /// Ollama.
    Ollama(Ollama),
}

impl Model {
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::OpenAi(_) => "openai",
            Self::Anthropic(_) => "anthropic",
            Self::Gemini(_) => "gemini",
            Self::Ollama(_) => "ollama",
        }
    }

    pub(super) fn address(&self) -> &'static str {
        match self {
            Self::OpenAi(_) => openai::URL,
            Self::Anthropic(_) => anthropic::URL,
            Self::Gemini(_) => gemini::URL,
            Self::Ollama(_) => ollama::URL,
        }
    }

    /// Whether it wants a key; `own` is at an address of the desk's own.
    pub(super) fn key(&self, own: bool) -> Key {
        match self {
            Self::OpenAi(_) if own => Key::Optional,
            Self::OpenAi(_) => Key::Needed("OPENAI_API_KEY"),
            Self::Anthropic(_) => Key::Needed("ANTHROPIC_API_KEY"),
            Self::Gemini(_) => Key::Needed("GEMINI_API_KEY"),
            Self::Ollama(_) => Key::Optional,
        }
    }
}

impl ChatSection {
    pub(super) fn service(&self) -> Box<dyn chat::Service> {
        match &self.service {
            Model::OpenAi(service) => Box::new(service.clone()),
            Model::Anthropic(service) => Box::new(service.clone()),
            Model::Gemini(service) => Box::new(service.clone()),
            Model::Ollama(service) => Box::new(service.clone()),
        }
    }
}

/// Reads the keys of a kind of language model.
pub(super) fn read(kind: &str, rest: Spanned<DeValue<'_>>) -> Result<ChatSection, Misplaced> {
    let span = rest.span();
    let DeValue::Table(mut own) = rest.into_inner() else {
        return Err(Misplaced {
            span: Some(span),
            message: "a provider is a table with a `kind`".to_owned(),
        });
    };
    let common = taken(&mut own, &KEYS, span.clone());
    let own = Spanned::new(span, DeValue::Table(own));
    let service = match kind {
        "anthropic" => section(own).map(Model::Anthropic),
        "gemini" => section(own).map(Model::Gemini),
        "ollama" => section(own).map(Model::Ollama),
        _ => section(own).map(Model::OpenAi),
    }?;
    let windows = Windows::of(&common);
    let mut settings: Settings = section(common)?;
    if matches!(service, Model::Ollama(_)) {
        let (context, output) = ollama::WINDOW;
        if !windows.context {
            settings.context_tokens = context;
        }
        if !windows.output {
            settings.output_tokens = output;
        }
    }
    Ok(ChatSection { settings, service })
}

/// Which bounds the file names itself.
struct Windows {
    context: bool,
    output: bool,
}

impl Windows {
    fn of(common: &Spanned<DeValue<'_>>) -> Self {
        let has = |key: &str| match common.get_ref() {
            DeValue::Table(table) => table.get(key).is_some(),
            _ => false,
        };
        Self {
            context: has("context_tokens"),
            output: has("output_tokens"),
        }
    }
}
