//! `anubad run`.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use tracing::Instrument;

use super::args::RunArgs;
use super::kept::{Begun, Kept};
use super::metrics::{Board, MetricsFile};
use super::progress::Bar;
use super::{Exit, complain, config, dry, print, show};
use crate::batch::{
    self, Input, Job, Ledger, Only, OutputError, OutputFolder, Report, State, Stop, Store,
};
use crate::config::{self, Config};
use crate::translate::{Direction, Translator};

/// One run. `again`: it follows another, and says only what is news.
pub(super) async fn once(
    args: &RunArgs,
    interruptions: &mut Interruptions,
    stop: &Stop,
    board: &Arc<Board>,
    again: bool,
) -> Exit {
    let config = match config(&args.config) {
        Ok(config) => config,
        Err(error) => return complain(&error),
    };
    if config.input.paths.is_empty() {
        return complain(&no_input(&config));
    }
    let is_stdin = |path: &PathBuf| path.as_os_str() == "-";
    if args.pace.stays() && config.input.paths.iter().any(is_stdin) {
        return complain(
            &"standard input can be read once only: leave \"-\" out of `paths` in [input], or leave out \
              --watch and --every",
        );
    }
    #[cfg(feature = "local")]
    super::models::fetch_missing(&config).await;
    let folder = config.place(&config.output.folder);
    let output = OutputFolder::look(&folder);
    let only = match Only::new(&args.selection.only) {
        Ok(only) => only,
        Err(error) => {
            print::say(&error);
            return Exit::Usage;
        }
    };
    #[cfg(feature = "queue")]
    let reached = match super::queue::reach(&config, args).await {
        Ok(reached) => reached,
        Err(exit) => return exit,
    };
    #[cfg(feature = "queue")]
    let bucket = reached.as_ref().filter(|reached| reached.has_bucket());
    #[cfg(feature = "queue")]
    let bucket = bucket.map(|reached| Arc::clone(&reached.files));
    #[cfg(not(feature = "queue"))]
    let bucket = None;
    let (inputs, unread, output) = list(&config, output, bucket);
    if inputs.is_empty() && unread.is_empty() && !again {
        print::say(&none_found(&config));
    }
    let output = output
        .laid_out(config.output.layout.clone())
        .with_partial(config.output.partial);
    if let Some(path) = &args.junit {
        output.reserve(path, "the JUnit report");
    }
    if let Some(path) = &args.metrics {
        output.reserve(path, "the metrics of the run");
    }
    output.reserve(&output.root().join("report.json"), "the report of the run");
    let output = Arc::new(output);
    let inputs = only.of(inputs);
    if args.dry_run {
        return dry_run(&config, output, inputs, args).await;
    }
    #[cfg(feature = "queue")]
    if let Some(reached) = reached {
        let listed = Listed {
            inputs,
            unread,
            output,
        };
        return super::queue::run(&config, reached, listed, args, interruptions, stop, board).await;
    }
    let begun = match Begun::take(&config, args).await {
        Ok(begun) => begun,
        Err(error) => return error.say(),
    };
    let (translator, kept) = match begin(&config, begun, &output, args).await {
        Ok(begun) => begun,
        Err(exit) => return exit,
    };
    let lock = kept.lock;
    let bar = Bar::new(
        inputs.len(),
        args.quiet,
        translator.chain.clone(),
        Arc::clone(board),
        args.metrics.as_deref().map(MetricsFile::new),
    );
    let job = Job {
        translator: Arc::new(translator),
        direction: Direction::default(),
        output,
        max_bytes: config.input.max_bytes,
        reading: config.input.reading(),
        concurrency: config.pipeline.concurrency,
        limit: args.selection.limit,
        ledger: kept.ledger,
        names: kept.names,
        memory: kept.memory,
        accounts: kept.accounts,
        stop: stop.clone(),
    };
    let number = job.ledger.as_ref().map(Ledger::number);
    let span = tracing::info_span!("run", run = number);
    let drain = Duration::try_from_secs_f64(config.pipeline.drain).unwrap_or(Duration::MAX);
    let (report, unwritten) = tokio::select! {
        done = batch::run(&job, inputs, unread, &bar).instrument(span) => done,
        () = interrupted(interruptions, stop, &bar, drain) => {
            bar.finish();
            print::say(&"stopped; articles that were in progress are not written");
            return Exit::Interrupted;
        }
    };
    bar.finish();
    drop(lock);
    close(args, &job, report, unwritten.as_ref(), stop, again)
}

/// The articles of the configuration, in the bucket or on this machine, what could not
/// be searched, and the output folder beside them.
fn list(
    config: &Config,
    output: OutputFolder,
    bucket: Option<Arc<dyn Store>>,
) -> (Vec<Input>, Vec<batch::InputError>, OutputFolder) {
    let (paths, extensions) = (&config.input.paths, &config.input.extensions);
    if let Some(bucket) = bucket {
        let (inputs, unread) =
            batch::search_in(&*bucket, paths, &config.base, extensions, output.root());
        return (inputs, unread, output.kept_in(bucket));
    }
    let found = batch::search(paths, &config.base, extensions, Some(output.root()));
    let output = output.sparing_files(found.files);
    (found.inputs, found.unread, output)
}

/// What was found to be done, and where it goes.
#[cfg(feature = "queue")]
pub(super) struct Listed {
    pub(super) inputs: Vec<Input>,
    pub(super) unread: Vec<batch::InputError>,
    pub(super) output: Arc<OutputFolder>,
}

/// Says what became of the articles. `again`: a run was before, and only what is news
/// is said.
pub(super) fn close(
    args: &RunArgs,
    job: &Job,
    mut report: Report,
    unwritten: Option<&OutputError>,
    stop: &Stop,
    again: bool,
) -> Exit {
    if let Some(path) = &args.junit
        && let Err(cause) = junit(path, &mut report)
    {
        print::say(&format!(
            "cannot write {}: {cause}; name another file with --junit",
            path.display()
        ));
    }
    let is_news = !again || IS_NEWS.iter().any(|state| report.totals.count(*state) > 0);
    if is_news && report.totals.failures() > 0 {
        let told = report.each(|article| {
            if article.state.is_failure() {
                print::say(&article.cause.as_deref().unwrap_or("an article failed"));
            }
            Ok(())
        });
        unreadable(told);
    }
    for place in &report.unread {
        print::say(place);
    }
    if let Some(error) = unwritten {
        print::say(error);
    }
    if !args.quiet && is_news {
        match show::summary(&mut report, job.output.root()) {
            // Whether anybody reads the summary changes nothing.
            Ok(summary) => drop(print::out(&summary)),
            Err(error) => unreadable(Err(error)),
        }
    }
    let totals = &report.totals;
    let skipped = totals.count(State::Skipped);
    if let Some(cause) = stop.cause() {
        print::say(&cause);
        let is_spent = job.accounts.as_ref().is_some_and(|a| a.spent().is_some());
        return if is_spent { Exit::Budget } else { Exit::Some };
    }
    if stop.asked() {
        print::say(&format!(
            "interrupted: {skipped} of {} not done; what is written is whole, and the same \
             command can be run again",
            print::count(totals.articles(), "article")
        ));
        return Exit::Some;
    }
    let written = totals.count(State::Written) + totals.count(State::Unchanged);
    // Who reads the report would read the one before.
    let failed = totals.failures() + report.unread.len() + usize::from(unwritten.is_some());
    if written + failed == 0 && args.selection.is_part() {
        return Exit::Done;
    }
    Exit::of(written, failed, totals.findings(), args.strict)
}

/// Builds what translates around the state file of the run, and makes the folder
/// that it writes to.
async fn begin(
    config: &Config,
    begun: Option<Begun>,
    output: &OutputFolder,
    args: &RunArgs,
) -> Result<(Translator, Kept), Exit> {
    let books = begun.as_ref().map(|begun| &begun.books);
    let translator = config::booked(config, books).await;
    let translator =
        translator
            .map_err(|error| complain(&error))
            .and_then(|translator| match output.make() {
                Ok(()) => Ok(translator),
                Err(error) => Err(complain(&error)),
            });
    match (translator, begun) {
        (Ok(mut translator), Some(begun)) => {
            let kept = begun.keep(config, &mut translator, &args.selection).await;
            let kept = kept.map_err(|error| error.say())?;
            Ok((translator, kept))
        }
        (Ok(translator), None) => Ok((translator, Kept::default())),
        (Err(exit), Some(begun)) => {
            begun.failed().await;
            Err(exit)
        }
        (Err(exit), None) => Err(exit),
    }
}

/// What a run that follows another has something to say of.
const IS_NEWS: [State; 3] = [State::Written, State::Held, State::Failed];

/// Says that the entries of the report could not be read again, where that is so.
fn unreadable(told: std::io::Result<()>) {
    if let Err(cause) = told {
        print::say(&format!(
            "the report of this run cannot be read again: {cause}"
        ));
    }
}

/// Writes the report as `JUnit` XML, whole or not at all.
fn junit(path: &Path, report: &mut Report) -> std::io::Result<()> {
    let text = batch::junit(report)?;
    batch::write_whole(path, text.as_bytes())
}

async fn dry_run(
    config: &Config,
    output: Arc<OutputFolder>,
    inputs: Vec<Input>,
    args: &RunArgs,
) -> Exit {
    let mut translator = match config::translator(config).await {
        Ok(translator) => translator,
        Err(error) => return complain(&error),
    };
    let (kept, counting) = match Kept::look(config, &mut translator, args).await {
        Ok(looked) => looked,
        Err(error) => return error.say(),
    };
    let job = Job {
        translator: Arc::new(translator),
        direction: Direction::default(),
        output,
        max_bytes: config.input.max_bytes,
        reading: config.input.reading(),
        concurrency: config.pipeline.concurrency,
        limit: args.selection.limit,
        ledger: kept.ledger,
        names: None,
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

/// Asks the run to stop at the first interruption, and to drop what is still in
/// progress after `drain`; is ready at the second.
pub(super) async fn interrupted(
    interruptions: &mut Interruptions,
    stop: &Stop,
    bar: &Bar,
    drain: Duration,
) {
    interruptions.next().await;
    stop.ask();
    bar.aside(|| {
        print::say(
            &"interrupted: finishing the articles in progress; press Ctrl-C again to stop at once",
        );
    });
    tokio::select! {
        () = interruptions.next() => return,
        () = tokio::time::sleep(drain) => stop.abandon(),
    }
    interruptions.next().await;
}

/// Ctrl-C, or what a service manager sends: caught from the moment this is made,
/// so that none is lost between one and the next.
#[cfg(unix)]
pub(super) struct Interruptions {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Interruptions {
    pub(super) fn catch() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
        })
    }

    pub(super) async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}

#[cfg(windows)]
pub(super) struct Interruptions(tokio::signal::windows::CtrlC);

#[cfg(windows)]
impl Interruptions {
    pub(super) fn catch() -> std::io::Result<Self> {
        tokio::signal::windows::ctrl_c().map(Self)
    }

    pub(super) async fn next(&mut self) {
        self.0.recv().await;
    }
}
