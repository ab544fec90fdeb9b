//! The command line: the only place that prints.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "the command line talks to people"
)]

mod args;
mod check;
mod cost;
mod dry;
mod eval;
mod exit;
mod glossary;
mod kept;
mod list;
#[cfg(feature = "local")]
mod models;
mod names;
mod memory;
mod metrics;
mod print;
mod probe;
mod progress;
#[cfg(feature = "queue")]
mod queue;
mod review;
mod run;
mod serve;
mod show;
mod translate;
mod watch;

use std::io::IsTerminal;
use std::path::Path;

use clap::Parser;

use crate::config::{BuildError, Config, ConfigError};
use args::{Cli, Command, ConfigArg, LogFormat};
pub use exit::Exit;

/// Parses the command line of the process and does what it says.
#[must_use]
pub fn main() -> Exit {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are no mistakes.
            let usage = error.use_stderr();
            let _ = error.print();
            return if usage { Exit::Usage } else { Exit::Done };
        }
    };
    log(cli.verbose, cli.log_format);
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => {
            print::say(&format!("cannot start: {error}"));
            return Exit::Nothing;
        }
    };
    let exit = runtime.block_on(async {
        match cli.command {
            Command::Run(args) => watch::run(&args).await,
            Command::Translate(args) => translate::translate(&args).await,
            Command::Check(args) => check::check(&args).await,
            Command::Glossary(args) => glossary::glossary(&args),
            Command::Names(args) => names::names(&args),
            Command::Memory(args) => memory::memory(&args).await,
            Command::Eval(args) => eval::eval(&args).await,
            Command::Review(args) => review::review(&args),
            Command::Serve(args) => serve::serve(&args).await,
            #[cfg(feature = "queue")]
            Command::Worker(args) => queue::worker(&args).await,
            #[cfg(feature = "queue")]
            Command::Queue(args) => queue::queue(&args).await,
            Command::Cost(args) => cost::cost(&args),
            Command::Providers(args) => probe::providers(&args).await,
            #[cfg(feature = "local")]
            Command::Models(args) => models::models(&args).await,
        }
    });
    // A thread that still waits for standard input is not waited for.
    runtime.shutdown_background();
    exit
}

/// Logs go to standard error; `RUST_LOG` overrides `-v`.
fn log(verbose: u8, format: LogFormat) {
    let level = match verbose {
        0 => "error",
        1 => "anubad=info",
        2 => "anubad=debug",
        _ => "anubad=trace",
    };
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new(level));
    let colours = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(colours && format == LogFormat::Text)
        .with_target(false)
        .log_internal_errors(false);
    match format {
        LogFormat::Text => log.init(),
        LogFormat::Json => log.json().flatten_event(true).with_span_list(false).init(),
    }
}

/// The configuration that a command works with.
fn config(arg: &ConfigArg) -> Result<Config, ConfigError> {
    match &arg.config {
        Some(path) => Config::read(path),
        None if Path::new("pipeline.toml").is_file() => Config::read(Path::new("pipeline.toml")),
        None => Ok(Config::built_in(Path::new("."))),
    }
}

/// Says what is wrong with the configuration.
fn complain(error: &dyn std::fmt::Display) -> Exit {
    print::say(error);
    Exit::Config
}

/// What is wrong with a provider that has been named already.
fn cause(error: &BuildError) -> String {
    match error {
        BuildError::Provider(error) => error.message.clone(),
        other => other.to_string(),
    }
}
