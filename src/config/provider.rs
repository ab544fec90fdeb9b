//! `[providers.NAME]`: one entry a provider, its keys decided by its `kind`.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::Deserialize;
use toml::Spanned;
use toml::de::DeValue;

use super::misplaced::{Misplaced, section};
use super::service::{self, ServiceSection};
use super::stack::StackConfig;
use super::value;
use crate::provider::Protection;

/// The kinds of providers that are no services on the network.
const KINDS: [&str; 4] = ["local", "echo", "pseudo", "command"];

/// A provider as the file describes it.
#[derive(Debug, Clone, PartialEq)]
pub enum ProviderConfig {
    /// The embedded engine.
    Local(LocalSection),
    /// Gives back what it gets.
    Echo,
    /// Pseudo-translation.
    Pseudo,
    /// A program of the user's own.
    Command(CommandSection),
    /// A service on the network.
    Service(Box<ServiceSection>),
}

impl ProviderConfig {
    /// What stands around a service; `None` for what is no service.
    #[must_use]
    pub fn stack(&self) -> Option<&StackConfig> {
        match self {
            Self::Service(section) => Some(&section.stack),
            Self::Local(_) | Self::Echo | Self::Pseudo | Self::Command(_) => None,
        }
    }
}

/// The keys of `kind = "local"`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LocalSection {
    /// Folders of models, `<pair>/model*.bin` and `vocab*.spm` in each.
    #[serde(deserialize_with = "value::paths")]
    pub models: Vec<PathBuf>,
    /// Threads; 0 for as many as the machine has.
    #[serde(deserialize_with = "value::threads")]
    pub threads: usize,
    /// Translations of a sentence that are tried side by side; 1 is fastest.
    #[serde(deserialize_with = "value::beam")]
    pub beam: usize,
}

impl Default for LocalSection {
    fn default() -> Self {
        Self {
            models: Vec::new(),
            threads: 0,
            beam: 4,
        }
    }
}

/// The keys of `kind = "command"`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CommandSection {
    /// The program and its arguments; no shell is involved.
    #[serde(deserialize_with = "value::program")]
    pub command: Vec<String>,
    /// Seconds that an answer may take.
    #[serde(default = "minute", deserialize_with = "value::seconds")]
    pub timeout: f64,
    /// How holes travel, where it differs from what the program says.
    #[serde(default)]
    pub protection: Option<CommandProtection>,
    /// Environment variables that are added.
    #[serde(default)]
    pub env: BTreeMap<String, String>,
}

/// How holes travel to a program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CommandProtection {
    /// As `<x id="3"/>`.
    Tags,
    /// Visible.
    None,
}

impl From<CommandProtection> for Protection {
    fn from(protection: CommandProtection) -> Self {
        match protection {
            CommandProtection::Tags => Self::Tags,
            CommandProtection::None => Self::Plain,
        }
    }
}

/// The `timeout` that holds where none is written.
fn minute() -> f64 {
    60.0
}

impl ProviderConfig {
    /// The kind as the file names it.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Local(_) => "local",
            Self::Echo => "echo",
            Self::Pseudo => "pseudo",
            Self::Command(_) => "command",
            Self::Service(section) => section.service.kind(),
        }
    }

    /// Whether nobody asks money for it, so that it needs no price. (What a
    /// program of the user's own costs, the user knows.)
    #[must_use]
    pub fn is_free(&self) -> bool {
        match self {
            Self::Local(_) | Self::Echo | Self::Pseudo | Self::Command(_) => true,
            Self::Service(_) => false,
        }
    }

    /// The providers that need no entry.
    pub(super) fn built_in() -> BTreeMap<String, Self> {
        BTreeMap::from([
            ("local".to_owned(), Self::Local(LocalSection::default())),
            ("echo".to_owned(), Self::Echo),
            ("pseudo".to_owned(), Self::Pseudo),
        ])
    }
}

/// Reads every entry of `[providers]` into `providers`.
pub(super) fn read_all(
    value: Spanned<DeValue<'_>>,
    providers: &mut BTreeMap<String, ProviderConfig>,
) -> Result<(), Misplaced> {
    let span = value.span();
    let DeValue::Table(entries) = value.into_inner() else {
        return Err(Misplaced {
            span: Some(span),
            message: "`providers` holds a section a provider: write `[providers.NAME]`".to_owned(),
        });
    };
    for (name, entry) in entries {
        let config = read(name.span(), entry)?;
        providers.insert(name.into_inner().into_owned(), config);
    }
    Ok(())
}

fn read(
    name: std::ops::Range<usize>,
    entry: Spanned<DeValue<'_>>,
) -> Result<ProviderConfig, Misplaced> {
    let span = entry.span();
    let wrong = |span: std::ops::Range<usize>, what: &str| Misplaced {
        span: Some(span),
        message: format!(
            "{what}; the kinds are {}",
            [KINDS.as_slice(), &service::KINDS].concat().join(", ")
        ),
    };
    let DeValue::Table(mut table) = entry.into_inner() else {
        return Err(wrong(name, "a provider is a table with a `kind`"));
    };
    let kind = table
        .remove("kind")
        .ok_or_else(|| wrong(name, "this provider has no `kind`"))?;
    let rest = Spanned::new(span, DeValue::Table(table));
    match kind.get_ref().as_str() {
        Some("local") => Ok(ProviderConfig::Local(section(rest)?)),
        Some("echo") => nothing(&rest, "echo").map(|()| ProviderConfig::Echo),
        Some("pseudo") => nothing(&rest, "pseudo").map(|()| ProviderConfig::Pseudo),
        Some("command") => Ok(ProviderConfig::Command(section(rest)?)),
        Some(named) if service::KINDS.contains(&named) => {
            service::read(named, rest).map(|section| ProviderConfig::Service(Box::new(section)))
        }
        _ => Err(wrong(kind.span(), "unknown `kind` of provider")),
    }
}

/// The keys of a kind that has none.
fn nothing(rest: &Spanned<DeValue<'_>>, kind: &str) -> Result<(), Misplaced> {
    let key = match rest.get_ref() {
        DeValue::Table(table) => table.keys().next(),
        _ => None,
    };
    match key {
        None => Ok(()),
        Some(key) => Err(Misplaced {
            span: Some(key.span()),
            message: format!(
                "unknown key `{}`, a provider of kind \"{kind}\" has none but `kind`",
                key.get_ref()
            ),
        }),
    }
}
