//! `anubad worker` and `anubad queue`: the same job on many machines.

mod bring;
mod copy;
mod look;
mod work;

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::args::{ConfigArg, amount};
use super::{Exit, complain, config, print};
use crate::config::Config;
use crate::queue::{Queue, QueueError, Settings, Trouble};

pub(super) use bring::{reach, run};
pub(super) use look::queue;
pub(super) use work::worker;

/// Which queue.
#[derive(Debug, Clone, Args)]
pub(super) struct Address {
    /// The servers of the queue, such as `nats://host:4222`; `url` in [queue] if not named.
    #[arg(long, value_name = "URL")]
    pub queue: Option<String>,
}

/// `anubad worker`.
#[derive(Debug, Args)]
pub(super) struct WorkerArgs {
    /// Which queue.
    #[command(flatten)]
    pub address: Address,
    /// End when nothing is left to do; without it, wait for more.
    #[arg(long)]
    pub until_empty: bool,
    /// No progress; errors only.
    #[arg(short, long)]
    pub quiet: bool,
    /// Most money that a job may spend, in the currency of [budget], all workers together.
    #[arg(long, value_name = "AMOUNT", value_parser = amount)]
    pub budget: Option<f64>,
    /// Write how the worker fares as `OpenMetrics`, too.
    #[arg(long, value_name = "FILE")]
    pub metrics: Option<PathBuf>,
    /// The configuration.
    #[command(flatten)]
    pub config: ConfigArg,
}

/// `anubad queue`.
#[derive(Debug, Args)]
pub(super) struct QueueArgs {
    /// What to do.
    #[command(subcommand)]
    command: QueueCommand,
}

/// The queue of a command.
#[derive(Debug, Args)]
struct Of {
    /// Which queue.
    #[command(flatten)]
    address: Address,
    /// The configuration.
    #[command(flatten)]
    config: ConfigArg,
}

#[derive(Debug, Subcommand)]
enum QueueCommand {
    /// Say what waits, what is worked on, who works, what was spent.
    Status {
        /// Print JSON.
        #[arg(long)]
        json: bool,
        /// Of which queue.
        #[command(flatten)]
        of: Of,
    },
    /// List the articles that were given up, with the cause.
    Dead {
        /// Print JSON: one list.
        #[arg(long)]
        json: bool,
        /// Of which queue.
        #[command(flatten)]
        of: Of,
    },
    /// Bring articles that were given up back to the workers.
    Retry {
        /// Only these; all of them if none is named.
        #[arg(value_name = "ARTICLE")]
        articles: Vec<String>,
        /// Of which queue.
        #[command(flatten)]
        of: Of,
    },
    /// Copy files from here into the bucket of the queue, under the paths that they have.
    Put {
        /// Files or folders; those of [input] if none is named.
        #[arg(value_name = "PATH")]
        paths: Vec<PathBuf>,
        /// Of which queue.
        #[command(flatten)]
        of: Of,
    },
    /// Copy files from the bucket of the queue to here, under the paths that they have.
    Get {
        /// Files or folders; the output folder if none is named.
        #[arg(value_name = "PATH")]
        paths: Vec<PathBuf>,
        /// Of which queue.
        #[command(flatten)]
        of: Of,
    },
    /// Take everything out that waits; what is worked on is done all the same.
    Drain {
        /// Of which queue.
        #[command(flatten)]
        of: Of,
    },
}

impl QueueCommand {
    fn of(&self) -> &Of {
        match self {
            Self::Status { of, .. }
            | Self::Dead { of, .. }
            | Self::Retry { of, .. }
            | Self::Put { of, .. }
            | Self::Get { of, .. }
            | Self::Drain { of } => of,
        }
    }
}

/// The queue that is meant.
fn settings(config: &Config, address: &Address) -> Result<Settings, Exit> {
    config.queue(address.queue.as_deref()).ok_or_else(|| {
        complain(&"no queue is named: give --queue nats://host:4222, or write `url` in [queue]")
    })
}

/// Connects, and says why not.
async fn connect(settings: Settings) -> Result<Queue, Exit> {
    Queue::connect(settings).await.map_err(|error| say(&error))
}

/// Says what is wrong with a queue.
fn say(error: &QueueError) -> Exit {
    print::say(error);
    match error.trouble {
        #[cfg(feature = "buckets")]
        Trouble::Cloud(_) => Exit::Config,
        Trouble::Address(_) | Trouble::Bucket(_) | Trouble::File { .. } | Trouble::Refused(_) => {
            Exit::Config
        }
        Trouble::Unreachable(_)
        | Trouble::Unmade(..)
        | Trouble::Silent(_)
        | Trouble::Foreign(_) => Exit::Nothing,
    }
}

/// The configuration and the queue that a command works with.
async fn opened(of: &Of) -> Result<(Config, Queue), Exit> {
    let config = config(&of.config).map_err(|error| complain(&error))?;
    let queue = connect(settings(&config, &of.address)?).await?;
    Ok((config, queue))
}
