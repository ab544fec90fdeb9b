//! `anubad glossary`.

mod add;
mod args;
mod export;
mod import;
mod lint;
mod search;
mod show;
mod suggest;

use std::path::{Path, PathBuf};

use args::Action;
pub(super) use args::GlossaryArgs;

use super::args::ConfigArg;
use super::{Exit, complain, config, print};
use crate::config::Config;
use crate::glossary::Layer;

pub(super) fn glossary(args: &GlossaryArgs) -> Exit {
    let done = match &args.action {
        Action::Lint(args) => lint::lint(args),
        Action::Search(args) => search::search(args),
        Action::Add(args) => add::add(args),
        Action::Import(args) => import::import(args),
        Action::Export(args) => export::export(args),
        Action::Suggest(args) => suggest::suggest(args),
    };
    done.unwrap_or_else(|exit| exit)
}

/// The configuration, or what the command ends with.
fn configured(arg: &ConfigArg) -> Result<Config, Exit> {
    config(arg).map_err(|error| complain(&error))
}

/// The configured layers, lowest first.
fn layers(config: &Config) -> Result<Vec<Layer>, Exit> {
    crate::config::layers(config).map_err(|error| complain(&error))
}

/// The layers of the configuration, or the files that were named as one layer.
fn chosen(files: &[PathBuf], config: &Config) -> Result<Vec<Layer>, Exit> {
    if files.is_empty() {
        return layers(config);
    }
    if let Some(missing) = files.iter().find(|file| !file.exists()) {
        return Err(refuse(&format!(
            "no glossary at {}; correct the path",
            missing.display()
        )));
    }
    let mut layer = Layer::of_files("files", files);
    layer.desk.clone_from(&config.glossaries.desk_name);
    Ok(vec![layer])
}

/// Says why nothing is done.
fn refuse(cause: &dyn std::fmt::Display) -> Exit {
    for line in cause.to_string().lines() {
        print::say(&line);
    }
    Exit::Nothing
}

/// Writes `text` to a new file, or to standard output where none is named.
fn deliver(output: Option<&Path>, text: &str) -> Result<(), Exit> {
    let Some(path) = output else {
        return print::raw(text);
    };
    let fail = |cause: std::io::Error| {
        refuse(&format!(
            "cannot write {}: {cause}; name another file with --output",
            path.display()
        ))
    };
    // Somebody's work is never written over.
    if path.exists() {
        return Err(refuse(&format!(
            "{} exists already; name a new file with --output, or move this one",
            path.display()
        )));
    }
    let file = crate::glossary::store::Locked::open(path).map_err(fail)?;
    file.replace(text).map_err(fail)
}
