//! `anubad eval`.

use std::fmt::Write;
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use indicatif::ProgressBar;

use super::args::ConfigArg;
use super::kept::KeptError;
use super::{Exit, complain, config, print};
use crate::accounts::Accounts;
use crate::batch::Run;
use crate::batch::write_whole;
use crate::config::{self, Books, Config, ProviderConfig};
use crate::evaluate::metric::Resampling;
use crate::evaluate::newsroom::Share;
use crate::evaluate::page::{page, shares};
use crate::evaluate::set::{Languages, TestSet};
use crate::evaluate::system::{Outputs, Scores, score};
use crate::language::Language;
use crate::memory::Memory;
use crate::state::ledger::Tally;
use crate::state::{RunLock, StateError, StateFile};
use crate::translate::Stages;

/// The pipeline whole, and with parts of it switched off.
const VARIANTS: [(&str, Stages); 5] = [
    ("", with(true, true, true)),
    (", names and terms not held", with(false, true, true)),
    (", numbers and dates not held", with(true, false, true)),
    (", quotation marks not held", with(true, true, false)),
    (", nothing held", with(false, false, false)),
];

const fn with(glossary: bool, values: bool, quotes: bool) -> Stages {
    Stages {
        glossary,
        values,
        quotes,
    }
}

/// Worst sentences that JSON has of each system.
const WORST: usize = 50;

pub(super) const EXAMPLES: &str = "\
Examples:
  anubad eval news.tsv                            the configured chain on source<TAB>reference lines
  anubad eval news.en news.bn --provider local    one provider, on two plain files
  anubad eval news.tmx --outputs a.txt --outputs b.txt
                                                  given translations, a line a sentence, b against a";

/// `anubad eval`.
#[derive(Debug, Args)]
pub(super) struct EvalArgs {
    /// The test set: one file ending in .tsv, .jsonl or .tmx, or two plain files of as many lines.
    #[arg(required = true, num_args = 1..=2, value_name = "SET")]
    set: Vec<PathBuf>,
    /// Translations to score instead of making some; more than once to compare with the first.
    #[arg(long, value_name = "FILE", conflicts_with = "provider")]
    outputs: Vec<PathBuf>,
    /// The provider to score instead of the configured chain.
    #[arg(long, value_name = "NAME")]
    provider: Option<String>,
    /// Score the chain with parts of the pipeline switched off, too.
    #[arg(long, conflicts_with = "outputs")]
    ablate: bool,
    /// The language of the sources, where the set does not tell it.
    #[arg(long, value_name = "LANGUAGE")]
    from: Option<Language>,
    /// The language of the references, where the set does not tell it.
    #[arg(long, value_name = "LANGUAGE")]
    to: Option<Language>,
    /// Only the first N sentences.
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// Print JSON: every score, with the worst sentences.
    #[arg(long)]
    json: bool,
    /// Write a page with charts and the worst sentences, too.
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    /// The configuration.
    #[command(flatten)]
    config: ConfigArg,
}

pub(super) async fn eval(args: &EvalArgs) -> Exit {
    let mut config = match config(&args.config) {
        Ok(config) => config,
        Err(error) => return complain(&error),
    };
    let named = Languages {
        from: args.from,
        to: args.to,
    };
    let set = match TestSet::read(&args.set, named) {
        Ok(set) => set.limited(args.limit.unwrap_or(usize::MAX)),
        Err(error) => return nothing(&error),
    };
    if let Some(provider) = &args.provider {
        if !config.providers.contains_key(provider) {
            return complain(&config.unknown_provider(provider));
        }
        config.pipeline.providers = vec![provider.clone()];
    }
    let glossary = match config::glossary(&config) {
        Ok(glossary) => glossary,
        Err(error) => return complain(&error),
    };
    let mut systems = Vec::new();
    for path in &args.outputs {
        match set.outputs(path) {
            Ok(lines) => systems.push((path.display().to_string(), Outputs::given(lines))),
            Err(error) => return nothing(&error),
        }
    }
    if args.outputs.is_empty() {
        match made(&config, &set, args.ablate).await {
            Ok(made) => systems = made,
            Err(exit) => return exit,
        }
    }
    let scores = score(&set, &glossary, &systems, Resampling::default(), WORST);
    if let Some(path) = &args.html
        && let Err(cause) = write_whole(path, page(&set, &scores).as_bytes())
    {
        let path = path.display();
        return nothing(&format!(
            "cannot write {path}: {cause}; name another file with --html"
        ));
    }
    let text = if args.json {
        match serde_json::to_string_pretty(&json(&set, &scores)) {
            Ok(json) => json + "\n",
            Err(error) => return nothing(&error),
        }
    } else {
        table(&set, &scores)
    };
    print::out(&text).map_or_else(|exit| exit, |()| Exit::Done)
}

/// What the chain makes of the set, and what it would without parts of the pipeline.
async fn made(
    config: &Config,
    set: &TestSet,
    ablate: bool,
) -> Result<Vec<(String, Outputs)>, Exit> {
    let books = Booked::open(config).await.map_err(|error| error.say())?;
    let mut translator = config::booked(config, books.as_ref().map(|b| &b.books))
        .await
        .map_err(|error| complain(&error))?;
    let accounts = books.as_ref().map(|b| &*b.books.accounts);
    let chain = config.pipeline.providers.join(" > ");
    let variants = if ablate {
        &VARIANTS[..]
    } else {
        &VARIANTS[..1]
    };
    let mut systems = Vec::new();
    for (without, stages) in variants {
        translator.stages = *stages;
        let bar = ProgressBar::new(set.items.len() as u64);
        let made = Outputs::of(&translator, set, accounts, |done| {
            bar.set_position(done as u64);
        })
        .await;
        bar.finish_and_clear();
        let outputs = made.map_err(|error| {
            let exit = nothing(&error);
            let spent = accounts.and_then(Accounts::spent);
            spent.map_or(exit, |_| Exit::Budget)
        })?;
        systems.push((format!("{chain}{without}"), outputs));
    }
    if let Some(books) = books {
        books.close().await.map_err(|error| complain(&error))?;
    }
    Ok(systems)
}

/// The books of an evaluation that may cost money: it is entered and kept within the
/// budget like a run. What it drafts is not remembered, since a test set is no
/// translation of the desk.
struct Booked {
    books: Books,
    state: StateFile,
    run: Run,
    _lock: RunLock,
    _memory: tempfile::TempDir,
}

impl Booked {
    /// `None` where nothing costs anything.
    async fn open(config: &Config) -> Result<Option<Self>, KeptError> {
        let budget = config.budget(None);
        let is_free = |name: &String| {
            let provider = config.providers.get(name);
            config.price(name).is_none() && provider.is_none_or(ProviderConfig::is_free)
        };
        if config.pipeline.providers.iter().all(is_free) {
            return Ok(None);
        }
        if budget.amount.is_some() {
            config.check_prices()?;
        }
        let lock = RunLock::take(&config.state_file())?;
        let state = config.open_state()?;
        let run = Run::begin(&state).await?;
        let accounts = Accounts::open(state.clone(), run.number, budget)?;
        let folder = tempfile::tempdir().map_err(KeptError::Folder)?;
        let memory = Memory::new(StateFile::open(&folder.path().join("memory.db"))?);
        Ok(Some(Self {
            books: Books {
                accounts: Arc::new(accounts),
                memory: Arc::new(memory),
                sharing: None,
                measured: config::measured(&state)?,
            },
            state,
            run,
            _lock: lock,
            _memory: folder,
        }))
    }

    /// Enters that it ended.
    async fn close(self) -> Result<(), StateError> {
        let Self { state, run, .. } = self;
        state.end_run(run.number, "done", Tally::default()).await
    }
}

fn nothing(error: &dyn std::fmt::Display) -> Exit {
    print::say(error);
    Exit::Nothing
}

fn json(set: &TestSet, scores: &[Scores]) -> serde_json::Value {
    serde_json::json!({
        "set": set.name,
        "pair": set.pair.to_string(),
        "sentences": set.items.len(),
        "documents": if set.told { Some(set.documents.len()) } else { None },
        "systems": scores,
    })
}

/// A table for people, a block a system.
fn table(set: &TestSet, scores: &[Scores]) -> String {
    let mut text = format!(
        "{}: {}, {}\n",
        set.name,
        set.pair,
        print::count(set.items.len(), "sentence")
    );
    for system in scores {
        let _ = writeln!(text, "\n{}", system.system);
        for metric in &system.metrics {
            let estimate = &metric.estimate;
            let _ = write!(
                text,
                "  {:22} {:6.2}  ({:.2} to {:.2})",
                metric.metric, estimate.score, estimate.low, estimate.high
            );
            if let Some(against) = &metric.difference {
                let _ = write!(text, "  {:+.2}, p = {:.3}", against.difference, against.p);
            }
            text.push('\n');
        }
        let counts = &system.newsroom;
        for (what, share) in shares(counts) {
            let _ = writeln!(text, "  {what:22} {}", shown(share));
        }
        let _ = writeln!(text, "  {:22} {:6.2}", "length ratio", counts.length_ratio);
        if let Some(seconds) = system.seconds {
            let _ = writeln!(text, "  {:22} {seconds:6.1}", "seconds");
            let _ = writeln!(
                text,
                "  {:22} {:6}",
                "characters sent", system.characters_sent
            );
        }
        if let Some(cost) = system.cost {
            let _ = writeln!(text, "  {:22} {cost:6.4}", "cost");
        }
    }
    if let Some(first) = scores.first() {
        text.push('\n');
        for metric in &first.metrics {
            let _ = writeln!(text, "{:7} {}", metric.metric, metric.signature);
        }
    }
    text
}

fn shown(share: Share) -> String {
    share.percent().map_or_else(
        || "     -".to_owned(),
        |percent| format!("{percent:6.1}  ({} of {})", share.good, share.of),
    )
}
