//! `anubad worker`.

use std::sync::Arc;
use std::time::Duration;

use super::super::metrics::{Board, MetricsFile};
use super::super::progress::Bar;
use super::super::run::{Interruptions, interrupted};
use super::{WorkerArgs, connect, print, say, settings};
use crate::accounts::Accounts;
use crate::batch::{Job, OutputFolder, Stop, Store};
use crate::cli::{Exit, complain, config};
use crate::config::{self, Books, Config};
use crate::memory::Memory;
use crate::names;
use crate::provider::measured::Measurements;
use crate::queue::{Articles, Crew, Drafts, Ended, Names, Queue, QueueError, Shared, Worker};
use crate::translate::Direction;

/// Works on the articles of a queue.
pub(in crate::cli) async fn worker(args: &WorkerArgs) -> Exit {
    let mut interruptions = match Interruptions::catch() {
        Ok(interruptions) => interruptions,
        Err(error) => return complain(&format!("interruptions cannot be caught: {error}")),
    };
    let stop = Stop::default();
    let mut foreign = None;
    loop {
        let ended = Box::pin(shift(args, &mut interruptions, &stop, foreign)).await;
        match ended {
            // Articles were brought under other settings: they may be those of today.
            Ok(settings) => foreign = Some(settings),
            Err(exit) => return exit,
        }
    }
}

/// Works under the configuration as it is now; gives settings that articles were
/// brought under and that are others.
async fn shift(
    args: &WorkerArgs,
    interruptions: &mut Interruptions,
    stop: &Stop,
    foreign: Option<String>,
) -> Result<String, Exit> {
    let is_first = foreign.is_none();
    let config = config(&args.config).map_err(|error| complain(&error))?;
    #[cfg(feature = "local")]
    super::super::models::fetch_missing(&config).await;
    let (worker, bar) = Box::pin(begin(&config, args, stop, foreign)).await?;
    if !args.quiet && is_first {
        print::say(&format!("working for {}", worker.queue.settings().shown()));
    }
    let drain = Duration::try_from_secs_f64(config.pipeline.drain).unwrap_or(Duration::MAX);
    let worked = tokio::select! {
        worked = worker.work(&bar) => worked,
        () = interrupted(interruptions, stop, &bar, drain) => {
            bar.finish();
            print::say(&"stopped; articles that were in progress are offered to other workers");
            return Err(Exit::Interrupted);
        }
    };
    bar.finish();
    let is_spent = (worker.job.accounts.as_ref()).is_some_and(|a| a.spent().is_some());
    worker.leave().await;
    match (worked, stop.cause()) {
        (Err(error), _) => {
            // What it has done stays done.
            print::say(&error);
            Err(Exit::Some)
        }
        (Ok(_), Some(cause)) => {
            print::say(&cause);
            Err(if is_spent { Exit::Budget } else { Exit::Some })
        }
        (Ok(Ended::OtherSettings(settings)), None) if !stop.asked() => Ok(settings),
        (Ok(_), None) => Err(Exit::Done),
    }
}

/// Builds what translates around what the queue keeps.
async fn begin(
    config: &Config,
    args: &WorkerArgs,
    stop: &Stop,
    foreign: Option<String>,
) -> Result<(Worker, Bar), Exit> {
    let budget = config.budget(args.budget);
    if budget.amount.is_some() {
        config.check_prices().map_err(|error| complain(&error))?;
    }
    let queue = connect(settings(config, &args.address)?).await?;
    let id = format!("{:032x}", fastrand::u128(..));
    let Parts {
        articles,
        drafts,
        names,
        purse,
        member,
    } = Box::pin(parts(&queue, &id))
        .await
        .map_err(|error| say(&error))?;
    let accounts = Accounts::over(Arc::clone(&purse) as _, 0, budget);
    let books = Books {
        accounts: Arc::new(accounts),
        memory: Arc::new(Memory::new(drafts.clone()).alike(config.state.similarity)),
        sharing: Some(member.sharing()),
        // What workers measure is not brought together.
        measured: Measurements::default(),
    };
    let translator = config::booked(config, Some(&books)).await;
    let mut translator = translator.map_err(|error| complain(&error))?;
    let names = names::Ledger::new(names);
    let adopted = config.adopt(&mut translator, &names).await;
    adopted.map_err(|error| complain(&error))?;
    let ledger = config.ledger(articles.clone(), &translator);
    let chain = std::mem::take(&mut translator.chain);
    translator.chain = config.remembering(chain, &books.memory);
    let files = queue.files(&config.base).await;
    let output = output(config, files.map_err(|error| say(&error))?);
    output().make().map_err(|error| complain(&error))?;
    let bar = Bar::new(
        0,
        args.quiet,
        translator.chain.clone(),
        Arc::new(Board::default()),
        args.metrics.as_deref().map(MetricsFile::new),
    );
    let job = Job {
        translator: Arc::new(translator),
        direction: Direction::default(),
        output: Arc::new(output()),
        max_bytes: config.input.max_bytes,
        reading: config.input.reading(),
        concurrency: config.pipeline.concurrency,
        limit: None,
        ledger: Some(ledger.clone()),
        names: Some(names),
        memory: Some(books.memory),
        accounts: Some(books.accounts),
        stop: stop.clone(),
    };
    let worker = Worker {
        queue,
        base: config.base.clone(),
        job,
        ledger,
        articles,
        drafts,
        purse,
        member,
        least: config.least(),
        output,
        foreign,
        until_empty: args.until_empty,
    };
    Ok((worker, bar))
}

/// What a queue keeps for a worker.
struct Parts {
    articles: Articles,
    drafts: Drafts,
    names: Names,
    purse: Arc<Shared>,
    member: crate::queue::Member,
}

async fn parts(queue: &Queue, id: &str) -> Result<Parts, QueueError> {
    Ok(Parts {
        articles: Articles::open(queue).await?,
        drafts: Drafts::open(queue).await?,
        names: Names::open(queue).await?,
        purse: Arc::new(Shared::open(queue, id).await?),
        member: Crew::open(queue).await?.join(id).await?,
    })
}

/// Makes output folders in `files` in which no name is given out.
fn output(config: &Config, files: Arc<dyn Store>) -> Box<dyn Fn() -> OutputFolder + Send + Sync> {
    let folder = config.place(&config.output.folder);
    let (layout, partial) = (config.output.layout.clone(), config.output.partial);
    Box::new(move || {
        let output = OutputFolder::look(&folder)
            .laid_out(layout.clone())
            .with_partial(partial)
            .kept_in(Arc::clone(&files));
        output.reserve(&folder.join("report.json"), "the report of the run");
        output
    })
}
