//! `anubad check`.

use std::fmt::Display;

use super::args::ConfigArg;
use super::run::none_found;
use super::{Exit, cause, complain, config, print};
use crate::batch;
use crate::config::{self, Config};
use crate::glossary::lint::Severity;
use crate::provider::Provider;

pub(super) async fn check(args: &ConfigArg) -> Exit {
    let config = match config(args) {
        Ok(config) => config,
        Err(error) => return complain(&error),
    };
    let mut list = List::default();
    match everything(&config, &mut list).await {
        Err(exit) => exit,
        Ok(()) if list.wrong => Exit::Config,
        Ok(()) => Exit::Done,
    }
}

/// What was looked at, a line each.
#[derive(Default)]
struct List {
    wrong: bool,
}

impl List {
    #[expect(clippy::unused_self, reason = "it reads like its sibling that counts")]
    fn ok(&mut self, what: &str, state: &dyn Display) -> Result<(), Exit> {
        print::out(&format!("ok     {what}: {state}\n"))
    }

    #[expect(clippy::unused_self, reason = "it reads like its sibling that counts")]
    fn doubtful(&mut self, what: &str, state: &dyn Display) -> Result<(), Exit> {
        print::out(&format!("look   {what}: {state}\n"))
    }

    fn wrong(&mut self, what: &str, error: &dyn Display) -> Result<(), Exit> {
        self.wrong = true;
        for line in error.to_string().lines() {
            print::out(&format!("wrong  {what}: {line}\n"))?;
        }
        Ok(())
    }

    fn say<T: Display, E: Display>(
        &mut self,
        what: &str,
        result: Result<T, E>,
    ) -> Result<(), Exit> {
        match result {
            Ok(state) => self.ok(what, &state),
            Err(error) => self.wrong(what, &error),
        }
    }
}

/// # Errors
/// When standard output takes no more.
async fn everything(config: &Config, list: &mut List) -> Result<(), Exit> {
    let file = config.file.as_ref().map_or_else(
        || "built-in defaults: there is no pipeline.toml here".to_owned(),
        |file| file.display().to_string(),
    );
    list.ok("configuration", &file)?;
    glossaries(config, list)?;
    providers(config, list).await?;
    models(config, list)?;
    input(config, list)?;
    output(config, list)
}

fn glossaries(config: &Config, list: &mut List) -> Result<(), Exit> {
    let what = "glossaries";
    match config::glossary(config) {
        Err(error) => return list.wrong(what, &error),
        Ok(glossary) => list.ok(what, &format!("{} entries", glossary.len()))?,
    }
    for finding in config::lint_glossaries(config).unwrap_or_default() {
        // They load all the same.
        if finding.severity != Severity::Note {
            list.doubtful(what, &finding)?;
        }
    }
    Ok(())
}

async fn providers(config: &Config, list: &mut List) -> Result<(), Exit> {
    let mut covered = Vec::new();
    for name in &config.pipeline.providers {
        let built = config::build_provider(config, name).await;
        if let Ok(provider) = &built {
            let capability = provider.capability();
            let pairs = config.pipeline.pairs.iter();
            covered.extend(pairs.filter(|pair| capability.covers(**pair)));
        }
        list.say(
            &format!("provider `{name}`"),
            built
                .map(|provider| describe(provider.as_ref()))
                .map_err(|error| cause(&error)),
        )?;
    }
    // The others are no mistake, but what they lack is better known before.
    for (name, described) in &config.providers {
        if matches!(described, config::ProviderConfig::Service(_))
            && !config.pipeline.providers.contains(name)
            && let Err(error) = config::build_provider(config, name).await
        {
            let what = format!("provider `{name}`, which is not in the chain");
            list.doubtful(&what, &cause(&error))?;
        }
    }
    for pair in &config.pipeline.pairs {
        if !covered.contains(&pair) {
            list.wrong(
                &format!("pair {pair}"),
                &"no provider of the chain translates it; take it out of `pairs` in [pipeline], \
                  or add one that does to `providers`",
            )?;
        }
    }
    Ok(())
}

fn describe(provider: &dyn Provider) -> String {
    let draft = if provider.capability().draft {
        ", of draft quality"
    } else {
        ""
    };
    format!("{}{draft}", provider.identity().model)
}

/// The models of the engines in the chain; an engine that cannot be set up has
/// been named already.
#[cfg(feature = "local")]
fn models(config: &Config, list: &mut List) -> Result<(), Exit> {
    for (name, described) in &config.providers {
        let config::ProviderConfig::Local(section) = described else {
            continue;
        };
        let judges = config.pipeline.judge.as_ref() == Some(name);
        if !judges && !config.pipeline.providers.contains(name) {
            continue;
        }
        if let Ok(engine) = config::engine(config, name, section) {
            for (pair, model) in engine.models() {
                let what = format!("model {pair} of `{name}`");
                let origin = super::models::origin(model);
                list.say(&what, model.check().map(|()| origin))?;
            }
        }
    }
    Ok(())
}

#[cfg(not(feature = "local"))]
fn models(_: &Config, _: &mut List) -> Result<(), Exit> {
    Ok(())
}

fn input(config: &Config, list: &mut List) -> Result<(), Exit> {
    if config.input.paths.is_empty() {
        return list.doubtful(
            "input",
            &"none: `anubad run` needs `paths` in [input], `anubad translate` does not",
        );
    }
    let (inputs, unread) = batch::find(
        &config.input.paths,
        &config.base,
        &config.input.extensions,
        Some(&config.place(&config.output.folder)),
    );
    if inputs.is_empty() && unread.is_empty() {
        list.wrong("input", &none_found(config))?;
    } else if !inputs.is_empty() {
        list.ok("input", &print::count(inputs.len(), "article"))?;
    }
    for error in unread {
        list.wrong("input", &error)?;
    }
    Ok(())
}

fn output(config: &Config, list: &mut List) -> Result<(), Exit> {
    let folder = config.place(&config.output.folder);
    let shown = folder.display();
    if folder.is_dir() {
        list.ok("output", &shown)
    } else if folder.exists() {
        list.wrong(
            "output",
            &format!("{shown} is a file; name a folder under [output]"),
        )
    } else {
        list.ok("output", &format!("{shown}, which will be made"))
    }
}
