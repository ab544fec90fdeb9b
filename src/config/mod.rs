//! `pipeline.toml`: its schema, and the one place that builds everything.
//!
//! Each component owns a small configuration of its own; this module composes
//! them. Unknown keys and wrong values are errors that point at the line.

mod budget;
mod build;
mod chat;
mod desk;
mod misplaced;
mod models;
mod parse;
mod prefer;
mod provider;
mod queue;
mod service;
mod stack;
mod state;
mod value;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;

pub use budget::{BudgetConfig, PriceConfig, Prices};
#[cfg(feature = "local")]
pub use build::engine;
pub use build::{
    BuildError, booked, glossary, layers, lint_glossaries, provider as build_provider, providers,
    today, translator,
};
pub use chat::{ChatSection, Model};
pub use desk::{AddError, Added, NoDeskFile, add_row, desk_file};
pub use models::ModelsConfig;
pub use prefer::Prefer;
pub use provider::{LocalSection, ProviderConfig};
pub use queue::QueueConfig;
pub use service::{Reach, ServiceSection};
pub use stack::{StackConfig, stack};
pub use state::{Books, StateConfig, measured};
pub use value::pair;

use crate::article::Format;
use crate::article::read::{Fields, Reading};
use crate::batch;
use crate::language::Pair;
use crate::style::Style;
use crate::translate::BoilerplatePolicy;

/// The configuration of a pipeline.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// The file that it was read from; `None` for the built-in default.
    pub file: Option<PathBuf>,
    /// The folder that relative paths start from.
    pub base: PathBuf,
    /// `[pipeline]`.
    pub pipeline: PipelineConfig,
    /// `[input]`.
    pub input: InputConfig,
    /// `[output]`.
    pub output: OutputConfig,
    /// `[state]`.
    pub state: StateConfig,
    /// `[queue]`.
    pub queue: QueueConfig,
    /// `[models]`.
    pub models: ModelsConfig,
    /// `[budget]`.
    pub budget: BudgetConfig,
    /// `[prices.NAME]`.
    pub prices: Prices,
    /// `[glossaries]`.
    pub glossaries: GlossariesConfig,
    /// `[style]`.
    pub style: Style,
    /// `[providers.NAME]`.
    pub providers: BTreeMap<String, ProviderConfig>,
}

/// `[pipeline]`: what is translated by whom.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PipelineConfig {
    /// The directions, such as `en-bn`; an article goes the first that takes it.
    #[serde(deserialize_with = "value::pairs")]
    pub pairs: Vec<Pair>,
    /// The chain of providers, by the names they have under `[providers]`.
    #[serde(deserialize_with = "value::chain")]
    pub providers: Vec<String>,
    /// Articles in progress at a time.
    #[serde(deserialize_with = "value::concurrency")]
    pub concurrency: usize,
    /// Which provider of the chain comes first where; the first that fits is taken.
    pub prefer: Vec<Prefer>,
    /// The embedded engine that reads what others wrote, by its name under `[providers]`.
    pub judge: Option<String>,
    /// Seconds that articles in progress have to end when a run is interrupted.
    #[serde(deserialize_with = "value::seconds")]
    pub drain: f64,
}

/// The extensions of articles in every format that is read.
const EXTENSIONS: [&str; 11] = [
    "txt", "html", "htm", "md", "json", "jsonl", "xml", "rss", "atom", "nitf", "xlf",
];

/// Bytes of a file from which on it is taken for a dump or a mistake.
const MOST_BYTES: u64 = 16 << 20;

/// `[input]`: which articles.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct InputConfig {
    /// Files, folders, globs, or `-`.
    #[serde(deserialize_with = "value::paths")]
    pub paths: Vec<PathBuf>,
    /// The extensions of articles in folders, without their dot.
    #[serde(deserialize_with = "value::extensions")]
    pub extensions: Vec<String>,
    /// Most bytes of an article.
    #[serde(deserialize_with = "value::bytes")]
    pub max_bytes: u64,
    /// What happens to what a page carries beside its story.
    pub boilerplate: BoilerplatePolicy,
    /// The format of the files; `None` to tell each by its content.
    #[serde(deserialize_with = "value::format")]
    pub format: Option<Format>,
    /// Which fields of JSON hold what.
    pub fields: Fields,
}

impl InputConfig {
    /// How files are read.
    #[must_use]
    pub fn reading(&self) -> Reading {
        Reading {
            format: self.format,
            fields: self.fields.clone(),
        }
    }
}

/// `[output]`: where translations go.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OutputConfig {
    /// The folder.
    #[serde(deserialize_with = "value::path")]
    pub folder: PathBuf,
    /// What files are called below it, such as `{lang}/{date}/{stem}.{ext}`.
    pub layout: batch::Layout,
    /// What becomes of an article of which a sentence could not be translated.
    pub partial: batch::Partial,
}

/// `[glossaries]`: which layers, the later ones outranking the earlier.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct GlossariesConfig {
    /// Whether the base layer inside the binary is used.
    pub base: bool,
    /// Files of the house.
    #[serde(deserialize_with = "value::paths")]
    pub house: Vec<PathBuf>,
    /// Files of the desk.
    #[serde(deserialize_with = "value::paths")]
    pub desk: Vec<PathBuf>,
    /// The desk at work: rows of any layer that name it in their `desk` column
    /// take part, and those of other desks do not.
    #[serde(deserialize_with = "value::name")]
    pub desk_name: Option<String>,
}

impl Default for PipelineConfig {
    fn default() -> Self {
        Self {
            pairs: vec![Pair::EN_BN, Pair::BN_EN],
            providers: vec!["local".to_owned()],
            concurrency: 4,
            prefer: Vec::new(),
            judge: None,
            drain: 60.0,
        }
    }
}

impl Default for InputConfig {
    fn default() -> Self {
        Self {
            paths: Vec::new(),
            extensions: EXTENSIONS.map(str::to_owned).to_vec(),
            max_bytes: MOST_BYTES,
            boilerplate: BoilerplatePolicy::default(),
            format: None,
            fields: Fields::default(),
        }
    }
}

impl Default for OutputConfig {
    fn default() -> Self {
        Self {
            folder: PathBuf::from("out"),
            layout: batch::Layout::default(),
            partial: batch::Partial::default(),
        }
    }
}

impl Default for GlossariesConfig {
    fn default() -> Self {
        Self {
            base: true,
            house: Vec::new(),
            desk: Vec::new(),
            desk_name: None,
        }
    }
}

/// What is wrong with a configuration.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("cannot read {path}: {cause}; name another configuration with --config")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        cause: std::io::Error,
    },
    /// It does not say what it may say.
    #[error("{path}: {message}")]
    Wrong {
        /// The file.
        path: PathBuf,
        /// Line, column, cause.
        message: String,
    },
}

impl Config {
    /// What holds where there is no file: the embedded engine, both directions.
    #[must_use]
    pub fn built_in(base: &Path) -> Self {
        Self {
            file: None,
            base: base.to_owned(),
            pipeline: PipelineConfig::default(),
            input: InputConfig::default(),
            output: OutputConfig::default(),
            state: StateConfig::default(),
            queue: QueueConfig::default(),
            models: ModelsConfig::default(),
            budget: BudgetConfig::default(),
            prices: Prices::default(),
            glossaries: GlossariesConfig::default(),
            style: Style::default(),
            providers: ProviderConfig::built_in(),
        }
    }

    /// Reads a file.
    ///
    /// # Errors
    /// When it cannot be read, or has an unknown key or a wrong value; the
    /// message has the line.
    pub fn read(path: &Path) -> Result<Self, ConfigError> {
        let bytes = std::fs::read(path).map_err(|cause| ConfigError::Unreadable {
            path: path.to_owned(),
            cause,
        })?;
        let text = String::from_utf8(bytes).map_err(|error| {
            let (before, after) = error.as_bytes().split_at(error.utf8_error().valid_up_to());
            let line = before.split(|&byte| byte == b'\n').count();
            let byte = after.first().copied().unwrap_or_default();
            ConfigError::Wrong {
                path: path.to_owned(),
                message: format!(
                    "line {line}: byte 0x{byte:02X} is not UTF-8; save the file as UTF-8"
                ),
            }
        })?;
        let base = match path.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        let mut config = parse::parse(&text, base).map_err(|error| ConfigError::Wrong {
            path: path.to_owned(),
            message: error.shown(&text),
        })?;
        config.file = Some(path.to_owned());
        Ok(config)
    }

    /// Where a path of the configuration leads.
    #[must_use]
    pub fn place(&self, path: &Path) -> PathBuf {
        batch::place(&self.base, path)
    }

    /// What is said of a provider that has no section.
    #[must_use]
    pub fn unknown_provider(&self, name: &str) -> String {
        let known: Vec<&str> = self.providers.keys().map(String::as_str).collect();
        format!(
            "provider `{name}` is not described; describe it in a section [providers.{name}], or \
             name one that is: {}",
            known.join(", ")
        )
    }
}
