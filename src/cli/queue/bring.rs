//! `anubad run --queue`.

use std::sync::Arc;

use super::super::args::RunArgs;
use super::super::metrics::Board;
use super::super::progress::Bar;
use super::super::run::{Interruptions, Listed, close};
use super::{connect, print, say};
use crate::batch::{Job, Progress, Stop, Store};
use crate::cli::{Exit, complain};
use crate::config::{self, Config};
use crate::queue::{Articles, BringError, Bringing, Names, Queue, Told, approvals, bring};
use crate::translate::Direction;
use crate::{batch, names};

/// A queue that is reached, and where its articles lie.
pub(in crate::cli) struct Reached {
    queue: Queue,
    pub(in crate::cli) files: Arc<dyn Store>,
}

impl Reached {
    /// Whether its articles lie in a bucket, and not in folders of this machine.
    pub(in crate::cli) fn has_bucket(&self) -> bool {
        self.queue.settings().bucket.is_some()
    }
}

/// Reaches the queue that a run brings articles to, where it needs it.
pub(in crate::cli) async fn reach(
    config: &Config,
    args: &RunArgs,
) -> Result<Option<Reached>, Exit> {
    let settings = args
        .queue
        .as_deref()
        .and_then(|url| config.queue(Some(url)));
    let Some(settings) = settings.filter(|queue| !args.dry_run || queue.bucket.is_some()) else {
        return Ok(None);
    };
    let queue = connect(settings).await?;
    let files = queue.files(&config.base).await;
    let files = files.map_err(|error| say(&error))?;
    Ok(Some(Reached { queue, files }))
}

/// Brings what is listed to the workers of a queue.
pub(in crate::cli) async fn run(
    config: &Config,
    reached: Reached,
    listed: Listed,
    args: &RunArgs,
    interruptions: &mut Interruptions,
    stop: &Stop,
    board: &Arc<Board>,
) -> Exit {
    let root = listed.output.root().canonicalize().ok();
    let is_below = |input: &batch::Input| {
        // (A search of a bucket leaves them out.)
        if reached.has_bucket() {
            return false;
        }
        let batch::Origin::File(path) = &input.origin else {
            return false;
        };
        let file = path.canonicalize().ok();
        file.zip(root.as_ref())
            .is_some_and(|(file, root)| file.starts_with(root))
    };
    if let Some(input) = listed.inputs.iter().find(|input| is_below(input)) {
        return complain(&format!(
            "{} lies in the output folder, where workers of a queue could replace it; name another output \
             folder",
            input.shown()
        ));
    }
    let begun = match begin(config, reached.queue, &listed, args, stop).await {
        Ok(begun) => begun,
        Err(exit) => return exit,
    };
    let (bringing, job) = begun;
    let bar = Bar::new(
        listed.inputs.len(),
        args.quiet,
        Vec::new(),
        Arc::clone(board),
        None,
    );
    let told = Telling(&bar);
    let brought = tokio::select! {
        brought = bring(&bringing, &job, listed.inputs, listed.unread, &told) => brought,
        () = asked_twice(interruptions, stop, &bar) => {
            bar.finish();
            return Exit::Interrupted;
        }
    };
    bar.finish();
    let (brought, report, unwritten) = match brought {
        Ok(brought) => brought,
        Err(BringError::Queue(error)) => return say(&error),
        Err(error) => return complain(&error),
    };
    if !args.quiet {
        print::say(&format!(
            "{} brought to {}, {} there already, {} done or given up",
            print::count(brought.new, "message"),
            bringing.queue.settings().shown(),
            brought.waiting,
            brought.left
        ));
    }
    if bringing.wait {
        return close(args, &job, report, unwritten.as_ref(), stop, false);
    }
    for place in &report.unread {
        print::say(place);
    }
    match (stop.cause(), stop.asked() || !report.unread.is_empty()) {
        (Some(cause), _) => {
            print::say(&cause);
            Exit::Some
        }
        (None, true) => Exit::Some,
        (None, false) => Exit::Done,
    }
}

/// What it takes, with what is approved brought along first.
async fn begin(
    config: &Config,
    queue: Queue,
    listed: &Listed,
    args: &RunArgs,
    stop: &Stop,
) -> Result<(Bringing, Job), Exit> {
    let mut translator = config::translator(config)
        .await
        .map_err(|error| complain(&error))?;
    let approved = match config.existing_state() {
        Ok(state) => (approvals(&queue, &state).await).map_err(|error| complain(&error))?,
        Err(_) => String::new(),
    };
    let ledger = ledgers(config, &queue, &mut translator).await?;
    let again = batch::Again {
        done: args.selection.force,
        failed: args.selection.retry_failed,
    };
    let bringing = Bringing {
        base: config.base.clone(),
        folder: ledger.folder().to_owned(),
        approved,
        again: again.done || again.failed,
        wait: args.wait,
        queue,
    };
    let job = Job {
        translator: Arc::new(translator),
        direction: Direction::default(),
        output: Arc::clone(&listed.output),
        max_bytes: config.input.max_bytes,
        reading: config.input.reading(),
        concurrency: config.pipeline.concurrency,
        limit: args.selection.limit,
        ledger: Some(ledger.asking(again)),
        names: None,
        memory: None,
        accounts: None,
        stop: stop.clone(),
    };
    Ok((bringing, job))
}

/// The ledger of a queue, with its approved names below the glossaries of `translator`.
async fn ledgers(
    config: &Config,
    queue: &Queue,
    translator: &mut crate::translate::Translator,
) -> Result<batch::Ledger, Exit> {
    let names = Names::open(queue).await.map_err(|error| say(&error))?;
    let adopted = config.adopt(translator, &names::Ledger::new(names)).await;
    adopted.map_err(|error| complain(&error))?;
    let articles = Articles::open(queue).await.map_err(|error| say(&error))?;
    Ok(config.ledger(articles, translator))
}

/// Tells of articles, and that the queue is full.
struct Telling<'a>(&'a Bar);

impl Progress for Telling<'_> {
    fn article(&self, report: &batch::ArticleReport) {
        self.0.article(report);
    }
}

impl Told for Telling<'_> {
    fn full(&self) {
        self.0.aside(|| {
            print::say(&"the queue is full (`waiting` in [queue]); waiting for the workers");
        });
    }
}

async fn asked_twice(interruptions: &mut Interruptions, stop: &Stop, bar: &Bar) {
    interruptions.next().await;
    stop.ask();
    bar.aside(|| {
        print::say(
            &"interrupted: what was brought stays in the queue; press Ctrl-C again to stop at once",
        );
    });
    interruptions.next().await;
}
