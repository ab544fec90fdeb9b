//! `anubad memory`.

use std::fmt::Write;
use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::args::ConfigArg;
use super::{Exit, complain, config, print};
use crate::config::Config;
use crate::language::Pair;
use crate::memory::{self, exchange};
use crate::state::drafts::{Filter, Kind};
use crate::state::{StateError, StateFile};
use crate::{tmx, xliff};

/// Sentences of an import that are kept together.
const TOGETHER: usize = 1000;

/// `anubad memory`.
#[derive(Debug, Args)]
pub(super) struct MemoryArgs {
    #[command(subcommand)]
    action: Action,
    /// The configuration.
    #[command(flatten)]
    config: ConfigArg,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Say what is in it.
    Stats {
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// Show sentences that are like one, with what was made of them.
    Similar {
        /// The sentence.
        sentence: String,
        /// The direction, such as en-bn.
        #[arg(long, value_parser = crate::config::pair)]
        pair: Pair,
        /// How like, at least: shared words by all words of both, 0 to 1; `similarity` in
        /// [state] if not named.
        #[arg(long, value_name = "SHARE", value_parser = share)]
        least: Option<f64>,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// Write it as TMX.
    Export {
        /// What of it.
        #[command(flatten)]
        which: Which,
        /// Only what a person approved.
        #[arg(long)]
        approved: bool,
        /// Where to; standard output if not named.
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Take the sentences of a TMX file, or those of an XLIFF file that were corrected or
    /// reviewed, as approved: they win over every draft.
    Import {
        /// The file; one that ends in .xlf or .xliff is XLIFF.
        file: PathBuf,
        /// The direction, such as en-bn; an XLIFF file tells it.
        #[arg(long, value_parser = crate::config::pair)]
        pair: Option<Pair>,
        /// Who approved what does not tell it.
        #[arg(long, value_name = "NAME", default_value = "import")]
        by: String,
    },
    /// Remove drafts; they are paid for again when they are needed again.
    Prune {
        /// What of it.
        #[command(flatten)]
        which: Which,
        /// Not drafts, but what a person approved.
        #[arg(long)]
        approved: bool,
        /// Everything that a run has drafted.
        #[arg(long)]
        all: bool,
    },
}

/// What of the memory is meant.
#[derive(Debug, Args)]
struct Which {
    /// Only this direction, such as en-bn.
    #[arg(long, value_parser = crate::config::pair)]
    pair: Option<Pair>,
    /// Only what this provider, or this person, wrote.
    #[arg(long, value_name = "NAME")]
    provider: Option<String>,
    /// Only what came in before this day, such as 2026-01-31 (UTC).
    #[arg(long, value_name = "DAY")]
    before: Option<jiff::civil::Date>,
}

impl Which {
    fn filter(&self, kind: Option<Kind>) -> Filter {
        Filter {
            pair: self.pair.map(|pair| pair.to_string()),
            provider: self.provider.clone(),
            before: self.before.map(|day| day.to_string()),
            kind,
        }
    }

    fn is_all(&self) -> bool {
        self.pair.is_none() && self.provider.is_none() && self.before.is_none()
    }
}

pub(super) async fn memory(args: &MemoryArgs) -> Exit {
    let config = match config(&args.config) {
        Ok(config) => config,
        Err(error) => return complain(&error),
    };
    let done = match &args.action {
        Action::Stats { json } => stats(&config, *json),
        Action::Similar {
            sentence,
            pair,
            least,
            json,
        } => {
            let least = least.unwrap_or(config.state.similarity);
            similar(&config, sentence, *pair, least, *json)
        }
        Action::Export {
            which,
            approved,
            output,
        } => export(&config, which, *approved, output.as_ref()),
        Action::Import { file, pair, by } => import(&config, file, *pair, by).await,
        Action::Prune {
            which,
            approved,
            all,
        } => prune(&config, which, *approved, *all),
    };
    done.unwrap_or_else(|exit| exit)
}

fn there(config: &Config) -> Result<StateFile, Exit> {
    config.existing_state().map_err(|error| state(&error))
}

fn state(error: &StateError) -> Exit {
    complain(error)
}

fn refuse(message: &str) -> Exit {
    print::say(&message);
    Exit::Nothing
}

fn stats(config: &Config, json: bool) -> Result<Exit, Exit> {
    let counts = there(config)?.count_drafts().map_err(|e| state(&e))?;
    let text = if json {
        serde_json::to_string_pretty(&counts).map_err(|e| refuse(&e.to_string()))? + "\n"
    } else {
        let mut text = "   entries  kind      direction  by\n".to_owned();
        for count in &counts {
            let _ = writeln!(
                text,
                "{:10}  {:8}  {:9}  {}",
                count.entries, count.kind, count.pair, count.provider
            );
        }
        let sum: u64 = counts.iter().map(|count| count.entries).sum();
        let size = std::fs::metadata(config.state_file()).map_or(0, |file| file.len());
        let file = config.state_file();
        let _ = writeln!(
            text,
            "\n{sum} in sum, in {} ({:.1} MB)",
            file.display(),
            size as f64 / 1e6
        );
        text
    };
    print::out(&text).map(|()| Exit::Done)
}

/// Most sentences that are shown.
const SHOWN: usize = 10;

fn similar(
    config: &Config,
    sentence: &str,
    pair: Pair,
    least: f64,
    json: bool,
) -> Result<Exit, Exit> {
    let found = memory::matches(&there(config)?, pair, sentence, least, SHOWN);
    let found = found.map_err(|e| state(&e))?;
    let text = if json {
        serde_json::to_string_pretty(&found).map_err(|e| refuse(&e.to_string()))? + "\n"
    } else {
        found.iter().fold(String::new(), |mut text, one| {
            let kind = if one.approved { "approved" } else { "draft" };
            let _ = writeln!(
                text,
                "{:3.0} %  {kind} by {}\n  {}\n  {}",
                one.likeness * 100.0,
                one.by,
                one.source,
                one.target
            );
            text
        })
    };
    print::out(&text)?;
    if found.is_empty() {
        print::say(&"nothing in the memory is like it; try a smaller --least");
        return Ok(Exit::Nothing);
    }
    Ok(Exit::Done)
}

fn share(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(share) if (0.0..=1.0).contains(&share) => Ok(share),
        _ => Err("a share such as 0.75 is needed".to_owned()),
    }
}

fn export(
    config: &Config,
    which: &Which,
    approved: bool,
    output: Option<&PathBuf>,
) -> Result<Exit, Exit> {
    let filter = which.filter(approved.then_some(Kind::Approved));
    let file = there(config)?;
    let Some(path) = output else {
        let mut text = Vec::new();
        let failed = |e: exchange::ExportError| refuse(&e.to_string());
        exchange::export(&file, &filter, which.pair, &mut text).map_err(failed)?;
        return print::raw(&String::from_utf8_lossy(&text)).map(|()| Exit::Done);
    };
    let shown = path.display();
    let failed = |cause: String| refuse(&format!("cannot write {shown}: {cause}"));
    // Beside it first: what was there stays until all is written.
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    let staged = tempfile::NamedTempFile::new_in(folder).map_err(|e| failed(e.to_string()))?;
    let out: BufWriter<&File> = BufWriter::new(staged.as_file());
    let count = exchange::export(&file, &filter, which.pair, out)
        .map_err(|error| failed(error.to_string()))?;
    staged
        .persist(path)
        .map_err(|e| failed(e.error.to_string()))?;
    print::say(&format!("{} in {shown}", units(count)));
    Ok(Exit::Done)
}

async fn import(config: &Config, path: &Path, pair: Option<Pair>, by: &str) -> Result<Exit, Exit> {
    let shown = path.display();
    let bytes = std::fs::read(path)
        .map_err(|cause| refuse(&format!("cannot read {shown}: {cause}; correct the path")))?;
    let text = String::from_utf8(bytes)
        .map_err(|_| refuse(&format!("{shown}: it is not UTF-8; save the file as UTF-8")))?;
    let text = text.trim_start_matches('\u{feff}');
    let extension = path.extension().map(|e| e.to_string_lossy().to_lowercase());
    let is_xliff = matches!(extension.as_deref(), Some("xlf" | "xliff"));
    let read = if is_xliff { of_xliff } else { of_tmx };
    let Read {
        pair,
        all,
        approved,
        left_out,
    } = read(text, &shown.to_string(), pair, by)?;
    let (taken, left) = (approved.len(), all - approved.len());
    let file = config.open_state().map_err(|e| state(&e))?;
    for some in approved.chunks(TOGETHER) {
        memory::approve(&file, pair, some.to_vec())
            .await
            .map_err(|e| state(&e))?;
    }
    print::say(&format!(
        "{} of {shown} taken as approved for {pair}, {left} left out ({left_out})",
        units(taken as u64)
    ));
    Ok(if taken == 0 {
        Exit::Nothing
    } else {
        Exit::Done
    })
}

/// What is taken of a file.
struct Read {
    pair: Pair,
    /// How many sentences it has.
    all: usize,
    approved: Vec<memory::Approved>,
    /// What is not taken.
    left_out: &'static str,
}

fn of_xliff(text: &str, shown: &str, pair: Option<Pair>, by: &str) -> Result<Read, Exit> {
    let document = xliff::read(text)
        .map_err(|error| refuse(&format!("{shown}: line {}: {}", error.line, error.cause)))?;
    let told = Pair {
        source: document.source,
        target: document.target,
    };
    if pair.is_some_and(|pair| pair != told) {
        return Err(refuse(&format!("{shown}: it is {told}; leave out --pair")));
    }
    Ok(Read {
        pair: told,
        all: document.units.len(),
        approved: exchange::corrected(document, by),
        left_out: "as they were drafted, without a translation, nothing but figures",
    })
}

fn of_tmx(text: &str, shown: &str, pair: Option<Pair>, by: &str) -> Result<Read, Exit> {
    let tmx = tmx::read(text)
        .map_err(|error| refuse(&format!("{shown}: line {}: {}", error.line, error.cause)))?;
    let Some(pair) = pair else {
        print::say(&"say which direction is meant: --pair en-bn");
        return Err(Exit::Usage);
    };
    Ok(Read {
        pair,
        all: tmx.units.len(),
        approved: exchange::approved(tmx, pair, by),
        left_out: "machine drafts, other languages, nothing but figures",
    })
}

fn prune(config: &Config, which: &Which, approved: bool, all: bool) -> Result<Exit, Exit> {
    if which.is_all() && !all {
        print::say(&"say what to remove: --pair, --provider, --before, or --all");
        return Err(Exit::Usage);
    }
    let kind = if approved {
        Kind::Approved
    } else {
        Kind::Draft
    };
    let filter = which.filter(Some(kind));
    let removed = there(config)?
        .remove_drafts(&filter)
        .map_err(|e| state(&e))?;
    print::say(&format!("{} removed", units(removed)));
    Ok(Exit::Done)
}

fn units(count: u64) -> String {
    print::count(usize::try_from(count).unwrap_or(usize::MAX), "sentence")
}
