//! `command`: a program of the user's own, spoken to in JSON Lines.
//!
//! The program is started once and goes on running. Batches are sent one after
//! the other, in the order in which they were asked for, so that the time limit
//! of each is its own and a program may be as simple as a loop. A program that
//! ends or keeps silent costs the batch that waited for it and is started again
//! for the next one, up to [`FAILURES`] times in a row.

mod lines;
mod process;
mod protocol;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use async_trait::async_trait;
use tokio::sync::Mutex;
use tokio::time::timeout;

use super::measured::{Measured, Measurements};
use super::{
    Batch, Capability, Draft, Drafts, Error, ErrorKind, Identity, Protection, Provider, Retry,
};
use crate::language::Pair;
use process::{Failure, Greeted, Process};
use protocol::Hello;

#[cfg(test)]
use super::Context;

/// How often in a row a program may fail before it is given up.
pub const FAILURES: u32 = 3;

/// Most time that a program has to introduce itself.
const GREETING: Duration = Duration::from_secs(10);

/// What a provider of this kind is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommandConfig {
    /// The program and its arguments. No shell is involved. A program with a
    /// folder in its path is looked for under `directory`.
    pub command: Vec<String>,
    /// Environment variables, added to those of this process.
    pub env: BTreeMap<String, String>,
    /// How long an answer may take.
    pub timeout: Duration,
    /// The folder in which the program runs; the current one if absent.
    pub directory: Option<PathBuf>,
    /// How holes travel, whatever the program says of itself.
    pub protection: Option<Protection>,
}

/// A program that translates.
#[derive(Debug)]
pub struct Command {
    identity: Identity,
    capability: Capability,
    config: CommandConfig,
    /// How the program introduced itself, if it did.
    hello: Option<Hello>,
    measured: Measured,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    /// Absent after a failure, and while a batch is under way.
    process: Option<Process>,
    /// Failures since the last answer.
    failures: u32,
    /// The number of the last request, in all processes.
    last: u64,
}

impl Command {
    /// Starts the program and lets it introduce itself.
    ///
    /// A program that does not do so in time, or answers something else, is
    /// used with defaults: any pair, 50 segments and 10,000 characters a batch,
    /// no protection. Needs a runtime with I/O and time.
    ///
    /// # Errors
    /// When the program cannot be started or ends at once, and when its
    /// introduction has a mistake.
    pub async fn start(name: &str, config: CommandConfig) -> Result<Self, Error> {
        let process = Process::start(name, &config).map_err(|message| Error {
            provider: name.to_owned(),
            kind: ErrorKind::Unavailable,
            message,
            retry: Retry::Never,
        })?;
        let (process, hello) = greeted(name, &config, process).await?;
        let told = hello.clone().unwrap_or_default();
        Ok(Self {
            identity: identity(name, &config, &told),
            capability: Capability {
                pairs: told.pairs(),
                max_segments: told.max_segments,
                max_characters: told.max_characters,
                max_holes: usize::MAX,
                protection: config.protection.unwrap_or_else(|| told.protection()),
                draft: false,
            },
            config,
            hello,
            measured: Measured::default(),
            state: Mutex::new(State {
                process: Some(process),
                failures: 0,
                last: 0,
            }),
        })
    }

    /// The same, whose values travel as was found to be best.
    #[must_use]
    pub fn measured(mut self, all: &Measurements) -> Self {
        self.measured = all.told(&self.identity, |_| self.ways());
        self
    }

    /// How values can travel: to begin with, and else. A way that the configuration
    /// names stays.
    fn ways(&self) -> (Protection, Vec<Protection>) {
        let first = self.capability.protection;
        let may_be_plain = self.config.protection.is_none() && first != Protection::Plain;
        let others = may_be_plain.then_some(Protection::Plain);
        (first, others.into_iter().collect())
    }

    fn error(&self, kind: ErrorKind, message: String, retry: Retry) -> Error {
        Error {
            provider: self.identity.name.clone(),
            kind,
            message,
            retry,
        }
    }

    /// The program, started again where it is gone.
    async fn process(&self, state: &mut State) -> Result<Process, Error> {
        if let Some(mut process) = state.process.take() {
            if !process.has_ended() {
                return Ok(process);
            }
            state.failures += 1;
            let end = process.end().await;
            tracing::warn!(provider = self.identity.name, "{end}");
        }
        if state.failures >= FAILURES {
            return Err(self.error(
                ErrorKind::Unavailable,
                format!(
                    "the program failed {} times in a row and is not started again; see what it \
                     said (-v shows its standard error), correct it and run again",
                    state.failures
                ),
                Retry::Never,
            ));
        }
        let process = Process::start(&self.identity.name, &self.config)
            .map_err(|message| self.failed(state, ErrorKind::Unavailable, &message))?;
        // One that did not introduce itself the first time need not be waited for.
        let Some(first) = &self.hello else {
            return Ok(process);
        };
        let (process, hello) = greeted(&self.identity.name, &self.config, process)
            .await
            .map_err(|error| self.failed(state, error.kind, &error.message))?;
        match hello {
            Some(hello) if hello != *first => Err(self.error(
                ErrorKind::Invalid,
                "the program was started again and introduced itself otherwise than before; \
                 run again to use it as it is now"
                    .to_owned(),
                Retry::Never,
            )),
            _ => Ok(process),
        }
    }

    /// Counts a failure of the program and says what follows from it.
    fn failed(&self, state: &mut State, kind: ErrorKind, message: &str) -> Error {
        state.failures += 1;
        let (next, retry) = if state.failures < FAILURES {
            ("it is started again for the next batch", Retry::After(None))
        } else {
            (
                "it failed too often in a row and is not started again",
                Retry::Never,
            )
        };
        self.error(kind, format!("{message}; {next}"), retry)
    }
}

#[async_trait]
impl Provider for Command {
    fn identity(&self) -> &Identity {
        &self.identity
    }

    fn capability(&self) -> &Capability {
        &self.capability
    }

    fn protection(&self, pair: Pair) -> Protection {
        let (first, others) = self.ways();
        self.measured.choose(pair, first, &others)
    }

    /// Where the program says so, and where there are tags at all.
    fn carries_markup(&self) -> bool {
        let hello = self.hello.as_ref();
        self.capability.protection == Protection::Tags && hello.is_some_and(|hello| hello.markup)
    }

    /// When the future is dropped before it is done, the program is killed and
    /// started again for the next batch.
    async fn translate(&self, batch: &Batch) -> Result<Drafts, Error> {
        if batch.segments.is_empty() {
            return Ok(Drafts::default());
        }
        if !self.capability.covers(batch.pair) {
            return Err(self.error(
                ErrorKind::UnsupportedPair,
                format!("the program does not translate {}", batch.pair),
                Retry::Never,
            ));
        }
        let protection = self.protection(batch.pair);
        let mut state = self.state.lock().await;
        let mut process = self.process(&mut state).await?;
        state.last += 1;
        let id = state.last;
        let request = protocol::request(id, batch, protection).map_err(|error| {
            self.error(
                ErrorKind::Invalid,
                format!("no request can be made: {error}"),
                Retry::Never,
            )
        })?;
        match timeout(self.config.timeout, process.ask(id, &request)).await {
            Ok(Ok(answer)) => {
                state.failures = 0;
                state.process = Some(process);
                drop(state);
                protocol::drafts(&answer, batch, protection, &self.identity.name)
            }
            Ok(Err(Failure::Nonsense(message))) => {
                state.process = Some(process);
                Err(self.error(ErrorKind::Malformed, message, Retry::Never))
            }
            Ok(Err(Failure::TooLong)) => {
                process.kill().await;
                let message = too_long();
                Err(self.failed(&mut state, ErrorKind::Malformed, &message))
            }
            Ok(Err(Failure::Ended)) => {
                let message = process.end().await;
                Err(self.failed(&mut state, ErrorKind::Unavailable, &message))
            }
            Err(_) => {
                process.kill().await;
                let message = format!(
                    "the program did not answer within {} s and was stopped; raise `timeout` if \
                     it needs longer",
                    self.config.timeout.as_secs_f64()
                );
                Err(self.failed(&mut state, ErrorKind::Timeout, &message))
            }
        }
    }
}

/// Lets a program introduce itself.
async fn greeted(
    name: &str,
    config: &CommandConfig,
    mut process: Process,
) -> Result<(Process, Option<Hello>), Error> {
    let error = |kind, message| Error {
        provider: name.to_owned(),
        kind,
        message,
        retry: Retry::Never,
    };
    let limit = config.timeout.min(GREETING);
    match process.greet(protocol::HELLO, limit).await {
        Ok(Greeted::Hello(line)) => match Hello::read(&line) {
            Ok(hello) => Ok((process, Some(hello))),
            Err(cause) => Err(error(
                ErrorKind::Malformed,
                format!(
                    "the program introduced itself with a mistake: {cause}; compare its answer \
                     to `hello` with docs/command-protocol.md"
                ),
            )),
        },
        Ok(unknown @ (Greeted::Nonsense | Greeted::Silence)) => {
            tracing::warn!(
                provider = name,
                answer = ?unknown,
                "it did not introduce itself and is used with the defaults"
            );
            Ok((process, None))
        }
        Err(Failure::Ended) => {
            let end = process.end().await;
            Err(error(
                ErrorKind::Unavailable,
                format!("{end}; it has to read requests until its standard input closes"),
            ))
        }
        Err(Failure::TooLong | Failure::Nonsense(_)) => {
            process.kill().await;
            Err(error(ErrorKind::Malformed, too_long()))
        }
    }
}

fn too_long() -> String {
    format!(
        "the program printed a line of more than {} MB and was stopped",
        process::LINE / (1024 * 1024)
    )
}

/// Who the program is. Without a version of its own it is known by its command
/// line, so that other arguments make another translator.
fn identity(name: &str, config: &CommandConfig, hello: &Hello) -> Identity {
    let program = || {
        let first = config.command.first().map_or("", String::as_str);
        let stem = Path::new(first).file_stem();
        stem.map_or_else(String::new, |stem| stem.to_string_lossy().into_owned())
    };
    let command_line = || {
        let digest = blake3::hash(config.command.join("\0").as_bytes());
        let mut hex = String::from("command-line-");
        for byte in &digest.as_bytes()[..6] {
            // Writing to a string cannot fail.
            let _ = write!(hex, "{byte:02x}");
        }
        hex
    };
    Identity {
        name: name.to_owned(),
        model: format!("command/{}", hello.name.clone().unwrap_or_else(program)),
        version: hello.version.clone().unwrap_or_else(command_line),
    }
}

/// The first `limit` characters, on one line.
fn clip(text: &str, limit: usize) -> String {
    let mut characters = text.chars();
    let mut clipped: String = characters
        .by_ref()
        .take(limit)
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    if characters.next().is_some() {
        clipped.pop();
        clipped.push('…');
    }
    clipped
}
