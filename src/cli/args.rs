//! What may be typed.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::article::Format;
use crate::language::Language;

const RUN: &str = "\
Each article becomes NAME.LANGUAGE.txt in the output folder, with NAME.LANGUAGE.json beside it;
report.json says what became of every article. An article that is done and has not changed is left
alone, and no sentence is sent twice to the same provider. Ctrl-C finishes the articles in progress and
writes the report; a second one stops at once.";

const TRANSLATE: &str = "\
Examples:
  anubad translate article.txt                 to standard output
  anubad translate article.txt -o article.bn.txt
  anubad translate 'in/**/*.txt' -o out        NAME.LANGUAGE.txt for each article
  anubad translate --to en --json < article.txt";

/// anubad (অনুবাদ): news translation in which names, quotes and numbers survive or are flagged.
#[derive(Debug, Parser)]
#[command(
    name = "anubad",
    version,
    max_term_width = 100,
    arg_required_else_help = true,
    after_help = super::exit::HELP
)]
pub(super) struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,

    /// Log more to standard error: -v what happens, -vv every call. Never article text or keys.
    #[arg(short, long, action = clap::ArgAction::Count, global = true)]
    pub verbose: u8,

    /// How the log is written: lines for people, or a JSON object a line.
    #[arg(long, value_name = "FORMAT", global = true, default_value = "text")]
    pub log_format: LogFormat,
}

/// How the log is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum LogFormat {
    /// For people.
    Text,
    /// For machines.
    Json,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Run the batch job that pipeline.toml describes.
    #[command(after_help = RUN)]
    Run(RunArgs),
    /// Translate files, folders, globs or standard input.
    #[command(after_help = TRANSLATE)]
    Translate(TranslateArgs),
    /// Say what is wrong with configuration, glossaries, providers and models, and what to do.
    Check(ConfigArg),
    /// Check, search, extend and exchange glossaries.
    Glossary(super::glossary::GlossaryArgs),
    /// Review how names were written, and settle it.
    Names(super::names::NamesArgs),
    /// Look into the translation memory, exchange it, and thin it out.
    Memory(super::memory::MemoryArgs),
    /// Score the configured chain, a provider or given translations on a test set.
    #[command(after_help = super::eval::EXAMPLES)]
    Eval(super::eval::EvalArgs),
    /// Write pages for editors: each article beside its translation, the worst first.
    #[command(after_help = super::review::HELP)]
    Review(super::review::ReviewArgs),
    /// Serve those pages live, and an HTTP API: corrections go to memory, names and glossary.
    #[command(after_help = super::serve::HELP)]
    Serve(super::serve::ServeArgs),
    /// Work on the articles of a queue, with as many others as there are.
    #[cfg(feature = "queue")]
    Worker(super::queue::WorkerArgs),
    /// Look at a queue, and tidy it up.
    #[cfg(feature = "queue")]
    Queue(super::queue::QueueArgs),
    /// Say what was sent and what it cost, by day and provider.
    Cost(CostArgs),
    /// List the configured providers and their state, or try one.
    Providers(super::probe::ProvidersArgs),
    /// List, fetch, add, remove and verify the models of the embedded engine.
    #[cfg(feature = "local")]
    Models(super::models::ModelsArgs),
}

/// The configuration file.
#[derive(Debug, Clone, Args)]
pub(super) struct ConfigArg {
    /// The configuration; without it `pipeline.toml` here, else built-in defaults.
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
}

/// `anubad run`.
#[derive(Debug, Args)]
pub(super) struct RunArgs {
    /// The configuration.
    #[command(flatten)]
    pub config: ConfigArg,
    /// Exit with 3 when findings remain.
    #[arg(long)]
    pub strict: bool,
    /// No progress, no summary; errors only.
    #[arg(short, long)]
    pub quiet: bool,
    /// Write what became of the articles as `JUnit` XML, too.
    #[arg(long, value_name = "FILE")]
    pub junit: Option<PathBuf>,
    /// Write how the run goes as `OpenMetrics`, too: while it lasts, and at its end.
    #[arg(long, value_name = "FILE")]
    pub metrics: Option<PathBuf>,
    /// Say how the run goes as `OpenMetrics` to whoever asks at this address, such as 9464 (this
    /// machine alone) or 0.0.0.0:9464: as long as the command lasts, at /metrics.
    #[arg(long, value_name = "ADDRESS", conflicts_with = "dry_run")]
    pub metrics_listen: Option<super::metrics::Listen>,
    /// Send how the run goes to a collector of `OpenTelemetry`, such as `http://localhost:4318`
    /// (OTLP over HTTP, in JSON), while it lasts and at its end.
    #[arg(long, value_name = "URL", value_parser = collector, conflicts_with = "dry_run")]
    pub otlp: Option<url::Url>,
    /// Send nothing and write nothing: say what would be sent, and what it would cost.
    #[arg(long)]
    pub dry_run: bool,
    /// Most money that this run may spend, in the currency of [budget]; it ends in order before.
    #[arg(long, value_name = "AMOUNT", value_parser = amount, conflicts_with = "no_state")]
    pub budget: Option<f64>,
    /// Bring the articles to the workers of a queue instead, such as `nats://host:4222`.
    #[cfg(feature = "queue")]
    #[arg(long, value_name = "URL", conflicts_with_all = ["budget", "dry_run", "metrics", "metrics_listen", "no_state"])]
    pub queue: Option<String>,
    /// With --queue: wait until every article has come to an end, and report.
    #[cfg(feature = "queue")]
    #[arg(long, requires = "queue")]
    pub wait: bool,
    /// What is done again, and what is left out.
    #[command(flatten)]
    pub selection: Selection,
    /// Whether another run follows.
    #[command(flatten)]
    pub pace: super::watch::PaceArgs,
}

fn collector(text: &str) -> Result<url::Url, String> {
    match url::Url::parse(text) {
        Ok(url) if url.has_host() && matches!(url.scheme(), "http" | "https") => Ok(url),
        _ => Err("an address such as http://localhost:4318 is needed".to_owned()),
    }
}

pub(super) fn amount(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(amount) if (0.0..=1e9).contains(&amount) => Ok(amount),
        _ => Err("an amount such as 2.50 is needed".to_owned()),
    }
}

/// `anubad cost`.
#[derive(Debug, Args)]
pub(super) struct CostArgs {
    /// Only from this day on, such as 2026-01-31 (UTC).
    #[arg(long, value_name = "DAY")]
    pub since: Option<jiff::civil::Date>,
    /// Print JSON: one list of days and providers.
    #[arg(long)]
    pub json: bool,
    /// The configuration.
    #[command(flatten)]
    pub config: ConfigArg,
}

/// Which articles a run begins.
#[derive(Debug, Args)]
pub(super) struct Selection {
    /// Only articles whose path below their input matches; may be given more than once.
    #[arg(long, value_name = "PATTERN")]
    pub only: Vec<String>,
    /// Begin this many articles at most; the next run goes on.
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    /// Articles that are done, too. What is remembered is still not paid for again.
    #[arg(long)]
    pub force: bool,
    /// Only articles that failed, those that were given up included.
    #[arg(long)]
    pub retry_failed: bool,
    /// Remember nothing and look nothing up: every article is translated anew.
    #[arg(long, conflicts_with_all = ["force", "retry_failed"])]
    pub no_state: bool,
}

impl Selection {
    /// Whether less than everything was asked for, so that nothing to do is no
    /// failure.
    pub(super) fn is_part(&self) -> bool {
        self.retry_failed || self.limit.is_some()
    }
}

/// `anubad translate`.
#[derive(Debug, Args)]
pub(super) struct TranslateArgs {
    /// Files, folders, globs, or - for standard input.
    #[arg(value_name = "INPUT", default_value = "-")]
    pub inputs: Vec<PathBuf>,
    /// The language of the articles; `auto` detects it.
    #[arg(long, value_name = "LANGUAGE", default_value = "auto", value_parser = from)]
    pub from: From,
    /// The language to translate into, such as bn; the other one of the configured pair if not
    /// named.
    #[arg(long, value_name = "LANGUAGE")]
    pub to: Option<Language>,
    /// A file where the input is one file, else a folder; standard output if not named.
    #[arg(short, long, value_name = "FILE|DIR")]
    pub output: Option<PathBuf>,
    /// The provider to use instead of the configured chain.
    #[arg(long, value_name = "NAME")]
    pub provider: Option<String>,
    /// The format of the articles; without it each is told by its content.
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<Format>,
    /// Print one JSON object an article instead of text.
    #[arg(long)]
    pub json: bool,
    /// Exit with 3 when findings remain.
    #[arg(long)]
    pub strict: bool,
    /// The configuration.
    #[command(flatten)]
    pub config: ConfigArg,
}

/// The language of the articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum From {
    /// To be detected.
    Auto,
    /// As the user says.
    Language(Language),
}

fn from(text: &str) -> Result<From, String> {
    if text.eq_ignore_ascii_case("auto") {
        return Ok(From::Auto);
    }
    text.parse()
        .map(From::Language)
        .map_err(|e: crate::language::UnknownLanguage| e.to_string())
}
