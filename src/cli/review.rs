//! `anubad review`.

use std::path::PathBuf;

use clap::Args;

use super::args::ConfigArg;
use super::{Exit, complain, config, print};
use crate::language::Pair;
use crate::memory;
use crate::review::{self, Folder};

pub(super) const HELP: &str = "\
The pages need no network and no server: open index.html, print them, send them. Keys are told on
each page. A page shows the version before, too, where a run has replaced one.

Examples:
  anubad review                    the output folder of pipeline.toml, into its folder review/
  anubad review out -o /srv/desk   another one, elsewhere";

/// Most sentences of the memory that are shown beside one.
const MOST: usize = 3;

/// `anubad review`.
#[derive(Debug, Args)]
pub(super) struct ReviewArgs {
    /// The output folder of a run; that of the configuration if not named.
    #[arg(value_name = "OUT")]
    folder: Option<PathBuf>,
    /// The folder for the pages; `review` in the output folder if not named.
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Write each article as XLIFF 2.1 into this folder, too. `anubad memory import` takes
    /// corrections back.
    #[arg(long, value_name = "DIR")]
    xliff: Option<PathBuf>,
    /// Show nothing of the translation memory.
    #[arg(long)]
    no_state: bool,
    /// The configuration.
    #[command(flatten)]
    config: ConfigArg,
}

pub(super) fn review(args: &ReviewArgs) -> Exit {
    let config = match config(&args.config) {
        Ok(config) => config,
        Err(error) => return complain(&error),
    };
    let root = (args.folder.clone()).unwrap_or_else(|| config.place(&config.output.folder));
    let folder = match Folder::open(&root) {
        Ok(folder) => folder,
        Err(error) => return nothing(&error),
    };
    let into = args.output.clone().unwrap_or_else(|| root.join("review"));
    // Without a state file there is nothing that could be alike.
    let state = (!args.no_state)
        .then(|| config.existing_state().ok())
        .flatten();
    let least = config.state.similarity;
    let similar = state.as_ref().map(|state| {
        move |pair: Pair, sentence: &str| {
            memory::matches(state, pair, sentence, least, MOST).unwrap_or_else(|error| {
                tracing::warn!(%error, "the memory cannot be read");
                Vec::new()
            })
        }
    });
    let similar = similar.as_ref().map(|s| s as &review::Memory<'_>);
    match review::write(&folder, &into, similar, args.xliff.as_deref()) {
        Ok(site) => {
            for wrong in &site.wrong {
                print::say(wrong);
            }
            let pages = print::count(site.pages, "article");
            print::say(&format!("{pages} in {}", site.index.display()));
            if site.pages == 0 {
                Exit::Nothing
            } else {
                Exit::Done
            }
        }
        Err(error) => nothing(&error),
    }
}

fn nothing(error: &dyn std::fmt::Display) -> Exit {
    print::say(error);
    Exit::Nothing
}
