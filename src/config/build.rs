//! From a configuration to what runs.

use std::path::PathBuf;
use std::sync::Arc;

use super::{Books, Config, ProviderConfig};
use crate::detect::Detector;
use crate::glossary::{File, Glossary, Layer, LoadError, lint};
use crate::provider::echo::Echo;
use crate::provider::judge::Judge;
use crate::provider::measured::Measurements;
use crate::provider::pseudo::Pseudo;
use crate::provider::{self, Provider};
use crate::translate::{Stages, Translator};

/// Why a configuration does not run.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// Glossaries cannot be loaded.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Glossary(Vec<LoadError>),
    /// A glossary pattern matches nothing.
    #[error("no glossary at {0}; correct the path under [glossaries]")]
    NoGlossary(String),
    /// A folder of glossaries cannot be read.
    #[error("cannot read {0}: {1}; check its permissions")]
    Unreadable(String, std::io::Error),
    /// A folder of glossaries has none.
    #[error("{0} has no glossary: in folders, they are files ending in .tsv")]
    EmptyFolder(String),
    /// A provider of the chain is not described.
    #[error("{0}")]
    UnknownProvider(String),
    /// The chain is empty.
    #[error("the chain of providers is empty; name at least one under `providers` in [pipeline]")]
    NoProviders,
    /// No direction is configured.
    #[error("no pair is configured; write `pairs = [\"en-bn\", \"bn-en\"]` in [pipeline]")]
    NoPairs,
    /// A budget cannot be kept.
    #[error(
        "there is a budget, but no price of provider `{0}`; say what it costs in a section [prices.{0}]"
    )]
    NoPrice(String),
    /// A provider cannot be set up.
    #[error(transparent)]
    Provider(#[from] provider::Error),
}

/// Builds what translates articles.
///
/// # Errors
/// When a glossary or a provider cannot be set up.
pub async fn translator(config: &Config) -> Result<Translator, BuildError> {
    booked(config, None).await
}

/// The same, every call entered in `books`, where there are any.
///
/// # Errors
/// When a glossary or a provider cannot be set up.
pub async fn booked(config: &Config, books: Option<&Books>) -> Result<Translator, BuildError> {
    if config.pipeline.pairs.is_empty() {
        return Err(BuildError::NoPairs);
    }
    Ok(Translator {
        pairs: config.pipeline.pairs.clone(),
        glossary: glossary(config)?,
        detector: Detector::new(),
        chain: chain(config, books).await?,
        style: config.style.clone(),
        boilerplate: config.input.boilerplate,
        stages: Stages::default(),
        routes: super::prefer::routes(
            &config.pipeline.prefer,
            config.glossaries.desk_name.as_deref(),
        ),
        judge: judge(config)?,
    })
}

/// Loads the glossaries.
///
/// # Errors
/// When a file is missing or has mistakes; every mistake is named.
pub fn glossary(config: &Config) -> Result<Glossary, BuildError> {
    Glossary::load(&layers(config)?, today()).map_err(BuildError::Glossary)
}

/// What should be looked at in the glossaries of house and desk.
///
/// # Errors
/// When a file is missing.
pub fn lint_glossaries(config: &Config) -> Result<Vec<lint::Finding>, BuildError> {
    // The base is judged where it is made.
    let base: Vec<String> = Layer::embedded().files.iter().map(File::name).collect();
    let mut findings = lint::lint(&layers(config)?, today());
    findings.retain(|finding| !base.iter().any(|name| **name == *finding.file));
    Ok(findings)
}

/// The day on which entries hold whose articles name none.
#[must_use]
pub fn today() -> jiff::civil::Date {
    jiff::Zoned::now().date()
}

/// The layers, lowest first, each with the rows of the configured desk.
///
/// # Errors
/// When a file or folder is missing.
pub fn layers(config: &Config) -> Result<Vec<Layer>, BuildError> {
    let mut layers = Vec::new();
    if config.glossaries.base {
        layers.push(Layer::embedded());
    }
    for (name, paths) in [
        ("house", &config.glossaries.house),
        ("desk", &config.glossaries.desk),
    ] {
        if !paths.is_empty() {
            layers.push(Layer::of_files(name, resolve(config, paths)?));
        }
    }
    if let Some(desk) = &config.glossaries.desk_name {
        layers = layers.into_iter().map(|l| l.for_desk(desk)).collect();
    }
    Ok(layers)
}

/// The files that paths and folders name, `*.tsv` in folders.
fn resolve(config: &Config, paths: &[PathBuf]) -> Result<Vec<PathBuf>, BuildError> {
    let mut files = Vec::new();
    for path in paths {
        let path = config.place(path);
        let shown = || path.display().to_string();
        if !path.exists() {
            return Err(BuildError::NoGlossary(shown()));
        }
        if !path.is_dir() {
            files.push(path);
            continue;
        }
        let mut found: Vec<PathBuf> = std::fs::read_dir(&path)
            .map_err(|cause| BuildError::Unreadable(shown(), cause))?
            .flatten()
            .map(|entry| entry.path())
            .filter(|p| p.extension().is_some_and(|e| e == "tsv"))
            .collect();
        if found.is_empty() {
            return Err(BuildError::EmptyFolder(shown()));
        }
        found.sort();
        files.extend(found);
    }
    Ok(files)
}

/// Sets up the chain.
///
/// # Errors
/// When the chain is empty, or a provider is unknown or cannot be set up.
pub async fn providers(config: &Config) -> Result<Vec<Arc<dyn Provider>>, BuildError> {
    chain(config, None).await
}

async fn chain(
    config: &Config,
    books: Option<&Books>,
) -> Result<Vec<Arc<dyn Provider>>, BuildError> {
    let mut chain: Vec<Arc<dyn Provider>> = Vec::new();
    for name in &config.pipeline.providers {
        chain.push(one(config, name, books).await?);
    }
    if chain.is_empty() {
        return Err(BuildError::NoProviders);
    }
    Ok(chain)
}

/// Sets up one provider.
///
/// # Errors
/// When it is unknown or cannot be set up.
pub async fn provider(config: &Config, name: &str) -> Result<Arc<dyn Provider>, BuildError> {
    one(config, name, None).await
}

async fn one(
    config: &Config,
    name: &str,
    books: Option<&Books>,
) -> Result<Arc<dyn Provider>, BuildError> {
    let described = config
        .providers
        .get(name)
        .ok_or_else(|| BuildError::UnknownProvider(config.unknown_provider(name)))?;
    let booked = |provider| config.booked(name, provider, books);
    let measured = books.map_or_else(Measurements::default, |books| books.measured.clone());
    let bare: Arc<dyn Provider> = match described {
        ProviderConfig::Echo => Arc::new(Echo::new(name)),
        ProviderConfig::Pseudo => Arc::new(Pseudo::new(name)),
        ProviderConfig::Local(section) => local(config, name, section)?,
        ProviderConfig::Command(section) => {
            let command = provider::command::CommandConfig {
                command: section.command.clone(),
                env: section.env.clone(),
                timeout: std::time::Duration::try_from_secs_f64(section.timeout)
                    .unwrap_or(std::time::Duration::from_mins(1)),
                directory: Some(config.base.clone()),
                protection: section.protection.map(Into::into),
            };
            let command = provider::command::Command::start(name, command).await?;
            Arc::new(command.measured(&measured))
        }
        // One of its layers, since every attempt may be charged.
        ProviderConfig::Service(section) => {
            let sharing = books.and_then(|books| books.sharing.clone());
            return Ok(section.build(name, &config.base, sharing, &measured, booked)?);
        }
    };
    Ok(booked(bare))
}

/// Sets up who reads what the others wrote, where anybody does.
#[cfg(feature = "local")]
fn judge(config: &Config) -> Result<Option<Arc<dyn Judge>>, BuildError> {
    let judge = config.pipeline.judge.as_deref();
    match judge.map(|name| (name, config.providers.get(name))) {
        Some((name, Some(ProviderConfig::Local(section)))) => {
            Ok(Some(Arc::new(engine(config, name, section)?)))
        }
        _ => Ok(None),
    }
}

#[cfg(not(feature = "local"))]
fn judge(config: &Config) -> Result<Option<Arc<dyn Judge>>, BuildError> {
    let section = super::provider::LocalSection::default();
    let judge = config.pipeline.judge.as_deref();
    judge.map_or(Ok(None), |name| local(config, name, &section).map(|_| None))
}

#[cfg(feature = "local")]
fn local(
    config: &Config,
    name: &str,
    section: &super::provider::LocalSection,
) -> Result<Arc<dyn Provider>, BuildError> {
    Ok(Arc::new(engine(config, name, section)?))
}

/// Sets up an embedded engine.
///
/// # Errors
/// When it has no model or a damaged one.
#[cfg(feature = "local")]
pub fn engine(
    config: &Config,
    name: &str,
    section: &super::provider::LocalSection,
) -> Result<provider::local::Local, provider::Error> {
    let mut models: Vec<_> = section.models.iter().map(|m| config.place(m)).collect();
    // Described folders outrank what is installed, and this the starters.
    let store = config.model_store();
    if store.folder().is_dir() {
        models.push(store.folder().to_owned());
    }
    let local = provider::local::LocalConfig {
        models,
        threads: section.threads,
        beam: provider::local::Beam::new(section.beam).unwrap_or_default(),
    };
    provider::local::Local::new(name, &local)
}

#[cfg(not(feature = "local"))]
fn local(
    _: &Config,
    name: &str,
    _: &super::provider::LocalSection,
) -> Result<Arc<dyn Provider>, BuildError> {
    Err(BuildError::Provider(provider::Error {
        provider: name.to_owned(),
        kind: provider::ErrorKind::Unavailable,
        message: "this build has no embedded engine; build with `--features local`".to_owned(),
        retry: provider::Retry::Never,
    }))
}
