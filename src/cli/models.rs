//! `anubad models`: the models of the embedded engine.

use std::io::IsTerminal;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Subcommand};
use indicatif::{ProgressBar, ProgressStyle};

use super::args::ConfigArg;
use super::list::table;
use super::{Exit, complain, config, print};
use crate::config::{self, Config, ProviderConfig};
use crate::language::Pair;
use crate::models::{ModelsError, Release, Store};
use crate::provider::local::{Decoder, Model, Origin};

/// What a run waits for the list of models before it goes on without.
const PATIENCE: Duration = Duration::from_secs(5);

const EXAMPLES: &str = "\
Examples:
  anubad models                        what the configured engines would use
  anubad models pull                   Mozilla's models for the configured directions
  anubad models pull en-bn --pinned    the release whose digest this version knows
  anubad models add en-bn DOWNLOADS    files that were fetched by hand, .zst or unpacked
  anubad models list --remote          what the server has";

/// `anubad models`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct ModelsArgs {
    #[command(subcommand)]
    what: Option<What>,
    #[command(flatten)]
    config: ConfigArg,
}

/// What is done with models.
#[derive(Debug, Subcommand)]
enum What {
    /// List the models that the configured engines use (the default).
    List {
        /// List what the server has instead.
        #[arg(long)]
        remote: bool,
        #[command(flatten)]
        config: ConfigArg,
    },
    /// Fetch models from Mozilla, or from the server that the configuration names.
    Pull {
        /// Directions, such as en-bn; the configured ones if none is named.
        pairs: Vec<Pair>,
        /// Only the release whose digest is built in.
        #[arg(long)]
        pinned: bool,
        #[command(flatten)]
        config: ConfigArg,
    },
    /// Install files that you have: model*.bin with vocab*.spm (or srcvocab*.spm and
    /// trgvocab*.spm), packed with zstd or not.
    Add {
        /// The direction, such as en-bn.
        pair: Pair,
        /// The files, or a folder of them.
        #[arg(required = true)]
        files: Vec<PathBuf>,
        #[command(flatten)]
        config: ConfigArg,
    },
    /// Remove an installed model.
    Remove {
        /// The direction.
        pair: Pair,
        #[command(flatten)]
        config: ConfigArg,
    },
    /// Print where models are installed, or one of them.
    Path {
        /// The direction; the whole store if none is named.
        pair: Option<Pair>,
        #[command(flatten)]
        config: ConfigArg,
    },
    /// Compare installed models with their digests, and load them.
    Verify {
        #[command(flatten)]
        config: ConfigArg,
    },
}

pub(super) async fn models(args: &ModelsArgs) -> Exit {
    let list = What::List {
        remote: false,
        config: args.config.clone(),
    };
    let what = args.what.as_ref().unwrap_or(&list);
    let (What::List { config: file, .. }
    | What::Pull { config: file, .. }
    | What::Add { config: file, .. }
    | What::Remove { config: file, .. }
    | What::Path { config: file, .. }
    | What::Verify { config: file }) = what;
    let config = match config(file) {
        Ok(config) => config,
        Err(error) => return complain(&error),
    };
    let store = config.model_store();
    let done = match what {
        What::List { remote: false, .. } => return used(&config),
        What::List { remote: true, .. } => offered(&config).await,
        What::Pull { pairs, pinned, .. } => {
            let pairs = if pairs.is_empty() {
                &config.pipeline.pairs
            } else {
                pairs
            };
            pull(&config, &store, pairs, *pinned).await
        }
        What::Add { pair, files, .. } => add(&store, *pair, files),
        What::Remove { pair, .. } => store
            .remove(*pair)
            .map(|path| vec![format!("removed {}", path.display())]),
        What::Path { pair: None, .. } => Ok(vec![store.folder().display().to_string()]),
        What::Path {
            pair: Some(pair), ..
        } => store
            .path(*pair)
            .map(|path| vec![path.display().to_string()]),
        What::Verify { .. } => return verify(&store),
    };
    match done {
        Ok(lines) => {
            print::out(&(lines.join("\n") + "\n")).map_or_else(|exit| exit, |()| Exit::Done)
        }
        Err(error) => {
            print::say(&error);
            Exit::Nothing
        }
    }
}

/// Fetches what the directions of a run lack, where the configuration asks for
/// it. A run without a network goes on without.
pub(super) async fn fetch_missing(config: &Config) {
    let is_local =
        |name: &String| matches!(config.providers.get(name), Some(ProviderConfig::Local(_)));
    if !config.models.auto || !config.pipeline.providers.iter().any(is_local) {
        return;
    }
    let store = config.model_store();
    let lacks = |pair: &&Pair| store.path(**pair).is_err();
    let missing: Vec<Pair> = config
        .pipeline
        .pairs
        .iter()
        .filter(lacks)
        .copied()
        .collect();
    if missing.is_empty() {
        return;
    }
    let names: Vec<String> = missing.iter().map(ToString::to_string).collect();
    print::say(&format!(
        "models for {} are fetched, since `auto` is on under [models]",
        names.join(", ")
    ));
    if let Err(error) = pull(config, &store, &missing, false).await {
        print::say(&format!(
            "{error}; going on with the models that are there (the starters are draft quality)"
        ));
    }
}

async fn pull(
    config: &Config,
    store: &Store,
    pairs: &[Pair],
    pinned: bool,
) -> Result<Vec<String>, ModelsError> {
    let source = config.model_source()?;
    let collection = tokio::time::timeout(PATIENCE, source.collection())
        .await
        .unwrap_or_else(|_| {
            let cause = "no answer in 5 seconds; check the network, or install files by hand with \
                         `anubad models add`";
            Err(ModelsError::NoCollection(cause.to_owned()))
        })?;
    let mut lines = Vec::new();
    for &pair in pairs {
        let release = collection.release(pair, pinned)?;
        // Another process may be at the same files: what it has installed is there then.
        let _alone = store.fetching().await?;
        if store.has(release) {
            lines.push(format!("{pair}: {} is installed already", shown(release)));
            continue;
        }
        let bar = bar(pair, release.size());
        let folder = store.incoming()?;
        let fetched = source
            .fetch(release, &folder, &|bytes| bar.set_position(bytes))
            .await;
        bar.finish_and_clear();
        let path = store.install(release, &fetched?)?;
        lines.push(format!(
            "{pair}: {} is installed in {}",
            shown(release),
            path.display()
        ));
    }
    Ok(lines)
}

fn add(store: &Store, pair: Pair, files: &[PathBuf]) -> Result<Vec<String>, ModelsError> {
    let mut all = Vec::new();
    for file in files {
        if file.is_dir() {
            let entries = std::fs::read_dir(file).map_err(|cause| ModelsError::Disk {
                what: "read",
                path: file.clone(),
                cause,
            })?;
            all.extend(entries.flatten().map(|entry| entry.path()));
        } else {
            all.push(file.clone());
        }
    }
    all.sort();
    let path = store.add(pair, &all)?;
    Ok(vec![format!("{pair}: installed in {}", path.display())])
}

async fn offered(config: &Config) -> Result<Vec<String>, ModelsError> {
    let collection = config.model_source()?.collection().await?;
    collection
        .pairs()
        .into_iter()
        .map(|pair| {
            let release = collection.release(pair, false)?;
            Ok(format!(
                "{pair}  {}, {:.1} MB",
                shown(release),
                megabytes(release.size())
            ))
        })
        .collect()
}

fn verify(store: &Store) -> Exit {
    let installed = match store.installed() {
        Ok(installed) => installed,
        Err(error) => {
            print::say(&error);
            return Exit::Nothing;
        }
    };
    let mut failed = false;
    let mut rows = Vec::new();
    for (pair, model) in installed {
        let found = model.and_then(|installed| {
            Decoder::new(&installed.model, 1)?;
            Ok(installed.model.version)
        });
        let (version, state) = match found {
            Ok(version) => (version, "ok".to_owned()),
            Err(error) => {
                failed = true;
                ("-".to_owned(), error.to_string())
            }
        };
        rows.push(vec![pair.to_string(), version, state]);
    }
    if rows.is_empty() {
        print::say(&format!(
            "no model is installed in {}; fetch some with `anubad models pull`",
            store.folder().display()
        ));
        return Exit::Done;
    }
    if let Err(exit) = print::out(&table(&["pair", "model", "state"], &rows)) {
        return exit;
    }
    if failed { Exit::Nothing } else { Exit::Done }
}

/// What the configured engines would use.
fn used(config: &Config) -> Exit {
    let mut failed = false;
    let mut rows = Vec::new();
    for (name, described) in &config.providers {
        let ProviderConfig::Local(section) = described else {
            continue;
        };
        match config::engine(config, name, section) {
            Ok(engine) => {
                for (pair, model) in engine.models() {
                    let state = match model.check() {
                        Ok(()) => "ok".to_owned(),
                        Err(error) => {
                            failed = true;
                            error.to_string()
                        }
                    };
                    rows.push(vec![name.clone(), pair.to_string(), origin(model), state]);
                }
            }
            Err(error) => {
                failed = true;
                let nothing = || "-".to_owned();
                let state = format!("not usable: {}", error.message);
                rows.push(vec![name.clone(), nothing(), nothing(), state]);
            }
        }
    }
    if rows.is_empty() {
        print::say(
            &"no provider of kind \"local\" is described; add a section [providers.local] with \
              `kind = \"local\"`",
        );
        return Exit::Nothing;
    }
    let header = ["provider", "pair", "model", "state"];
    if let Err(exit) = print::out(&table(&header, &rows)) {
        return exit;
    }
    if failed { Exit::Nothing } else { Exit::Done }
}

/// Where a model comes from.
pub(super) fn origin(model: &Model) -> String {
    match &model.origin {
        Origin::Starter => "starter, in the binary: draft quality".to_owned(),
        Origin::Folder(folder) => format!("{} {}", folder.display(), model.version),
    }
}

/// A release in a few words.
fn shown(release: &Release) -> String {
    let architecture = match release.architecture.as_str() {
        "" => String::new(),
        name => format!(" {name}"),
    };
    let known = if release.is_pinned() {
        ", known to this version"
    } else {
        ""
    };
    format!(
        "version {}{architecture}, digest {}{known}",
        release.version,
        &release.digest()[..12]
    )
}

fn bar(pair: Pair, bytes: u64) -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{prefix} {wide_bar} {bytes}/{total_bytes} {eta}");
    ProgressBar::new(bytes)
        .with_prefix(pair.to_string())
        .with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

#[allow(clippy::cast_precision_loss, reason = "shown with one digit")]
fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}
