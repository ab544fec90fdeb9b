//! `anubad run`.

use std::sync::Arc;

use indicatif::{ProgressBar, ProgressStyle};

use super::args::RunArgs;
use super::kept::{Begun, Kept};
use super::{Exit, complain, config, dry, print, show};
use crate::batch::{self, ArticleReport, Input, Job, Only, OutputFolder, Progress, State, Stop};
use crate::config::{self, Config};
use crate::translate::Direction;

pub(super) async fn run(args: &RunArgs) -> Exit {
    let config = match config(&args.config) {
        Ok(config) => config,
        Err(error) => return complain(&error),
    };
    if config.input.paths.is_empty() {
        return complain(&no_input(&config));
    }
    let folder = config.place(&config.output.folder);
    let output = if args.dry_run {
        OutputFolder::look(&folder)
    } else {
        match OutputFolder::open(&folder) {
            Ok(output) => output,
            Err(error) => return complain(&error),
        }
    };
    let only = match Only::new(&args.selection.only) {
        Ok(only) => only,
        Err(error) => {
            print::say(&error);
            return Exit::Usage;
        }
    };
    let (inputs, unread) = batch::find(
        &config.input.paths,
        &config.base,
        &config.input.extensions,
        Some(output.root()),
    );
    if inputs.is_empty() && unread.is_empty() {
        print::say(&none_found(&config));
    }
    let output = output.sparing(&inputs);
    let inputs = only.of(inputs);
    if args.dry_run {
        return dry_run(&config, output, inputs, args).await;
    }
    let begun = match Begun::take(&config, args).await {
        Ok(begun) => begun,
        Err(error) => return error.say(),
    };
    let accounts = begun.as_ref().map(|begun| &begun.accounts);
    let mut translator = match config::accountable(&config, accounts).await {
        Ok(translator) => translator,
        Err(error) => return complain(&error),
    };
    let kept = begun.map_or_else(Kept::default, |begun| {
        begun.keep(&config, &mut translator, &args.selection)
    });
    let lock = kept.lock;
    let interruptions = match Interruptions::catch() {
        Ok(interruptions) => interruptions,
        Err(error) => return complain(&format!("interruptions cannot be caught: {error}")),
    };
    let bar = Bar::new(inputs.len(), args.quiet);
    let stop = Stop::default();
    let job = Job {
        translator: Arc::new(translator),
        direction: Direction::default(),
        output,
        max_bytes: config.input.max_bytes,
        concurrency: config.pipeline.concurrency,
        limit: args.selection.limit,
        ledger: kept.ledger,
        memory: kept.memory,
        accounts: kept.accounts,
        stop: stop.clone(),
    };
    let (report, unwritten) = tokio::select! {
        done = batch::run(&job, inputs, unread, &bar) => done,
        () = interrupted(interruptions, &stop, &bar) => {
            bar.finish();
            print::say(&"stopped; articles that were in progress are not written");
            return Exit::Interrupted;
        }
    };
    bar.finish();
    drop(lock);
    let has_failed = |a: &&ArticleReport| matches!(a.state, State::Failed | State::GivenUp);
    for article in report.articles.iter().filter(has_failed) {
        print::say(&article.cause.as_deref().unwrap_or("an article failed"));
    }
    for place in &report.unread {
        print::say(place);
    }
    if let Some(error) = unwritten {
        print::say(&error);
    }
    if !args.quiet {
        // Whether anybody reads the summary changes nothing.
        let _ = print::out(&show::summary(&report, job.output.root()));
    }
    let skipped = report.count(State::Skipped);
    if let Some(cause) = stop.cause() {
        print::say(&cause);
        let is_spent = job.accounts.as_ref().is_some_and(|a| a.spent().is_some());
        return if is_spent { Exit::Budget } else { Exit::Some };
    }
    if stop.asked() {
        print::say(&format!(
            "interrupted: {skipped} of {} not begun; what is written is whole, and the same \
             command can be run again",
            print::count(report.articles.len(), "article")
        ));
        return Exit::Some;
    }
    let written = report.count(State::Written) + report.count(State::Unchanged);
    let failed = report.articles.iter().filter(has_failed).count() + report.unread.len();
    if written + failed == 0 && args.selection.is_part() {
        return Exit::Done;
    }
    Exit::of(written, failed, report.findings(), args.strict)
}

async fn dry_run(
    config: &Config,
    output: OutputFolder,
    inputs: Vec<Input>,
    args: &RunArgs,
) -> Exit {
    let mut translator = match config::translator(config).await {
        Ok(translator) => translator,
        Err(error) => return complain(&error),
    };
    let (kept, counting) = match Kept::look(config, &mut translator, args) {
        Ok(looked) => looked,
        Err(error) => return error.say(),
    };
    let job = Job {
        translator: Arc::new(translator),
        direction: Direction::default(),
        output,
        max_bytes: config.input.max_bytes,
        concurrency: config.pipeline.concurrency,
        limit: args.selection.limit,
        ledger: kept.ledger,
        memory: None,
        accounts: None,
        stop: Stop::default(),
    };
    dry::run(config, &job, inputs, &counting, args.budget).await
}

fn no_input(config: &Config) -> String {
    match &config.file {
        Some(file) => format!(
            "{}: there is no input: name files or folders under `paths` in [input]",
            file.display()
        ),
        None => "there is no pipeline.toml here: go to its folder, name one with --config, or \
                 translate files with `anubad translate FILE`"
            .to_owned(),
    }
}

/// What is said where nothing is wrong with the input but that nothing is in it.
pub(super) fn none_found(config: &Config) -> String {
    format!(
        "no article was found: in folders, articles are files ending in {} (`extensions` in [input])",
        config
            .input
            .extensions
            .iter()
            .map(|extension| format!(".{extension}"))
            .collect::<Vec<_>>()
            .join(", ")
    )
}

/// Asks the run to stop at the first interruption; is ready at the second.
async fn interrupted(mut interruptions: Interruptions, stop: &Stop, bar: &Bar) {
    interruptions.next().await;
    stop.ask();
    bar.bar.suspend(|| {
        print::say(
            &"interrupted: finishing the articles in progress; press Ctrl-C again to stop at once",
        );
    });
    interruptions.next().await;
}

/// Ctrl-C, or what a service manager sends: caught from the moment this is made,
/// so that none is lost between one and the next.
#[cfg(unix)]
struct Interruptions {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Interruptions {
    fn catch() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
        })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}

#[cfg(windows)]
struct Interruptions(tokio::signal::windows::CtrlC);

#[cfg(windows)]
impl Interruptions {
    fn catch() -> std::io::Result<Self> {
        tokio::signal::windows::ctrl_c().map(Self)
    }

    async fn next(&mut self) {
        self.0.recv().await;
    }
}

/// A bar on a terminal, a line an article elsewhere.
struct Bar {
    bar: ProgressBar,
    plain: bool,
}

impl Bar {
    fn new(articles: usize, quiet: bool) -> Self {
        let bar = if quiet {
            ProgressBar::hidden()
        } else {
            ProgressBar::new(articles as u64)
        };
        if let Ok(style) =
            ProgressStyle::with_template("{bar:30} {pos}/{len} articles  {elapsed}  {wide_msg}")
        {
            bar.set_style(style);
        }
        let plain = !quiet && bar.is_hidden();
        Self { bar, plain }
    }

    fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

impl Progress for Bar {
    fn article(&self, report: &ArticleReport) {
        self.bar.inc(1);
        self.bar
            .set_message(print::visible(&report.id).into_owned());
        if self.plain {
            match report.state {
                State::Written => print::say(&format!("written {}", report.id)),
                State::Failed => print::say(&format!("failed {}", report.id)),
                State::GivenUp => print::say(&format!("given up {}", report.id)),
                State::Unchanged | State::Skipped => {}
            }
        }
    }
}
