//! `anubad queue status | dead | retry | drain`.

use std::fmt::Write;

use super::copy::copy;
use super::{QueueArgs, QueueCommand, opened, print, say};
use crate::accounts::Money;
use crate::cli::Exit;
use crate::config::Config;
use crate::queue::{DeadLetter, Queue, QueueError, Status};

/// Looks at a queue, or tidies it up.
pub(in crate::cli) async fn queue(args: &QueueArgs) -> Exit {
    let (config, queue) = match opened(args.command.of()).await {
        Ok(opened) => opened,
        Err(exit) => return exit,
    };
    if let QueueCommand::Put { paths, .. } | QueueCommand::Get { paths, .. } = &args.command {
        let is_put = matches!(args.command, QueueCommand::Put { .. });
        return copy(&config, &queue, paths, is_put).await;
    }
    match told(&config, &queue, &args.command).await {
        Ok(text) => print::out(&text).map_or_else(|exit| exit, |()| Exit::Done),
        Err(error) => say(&error),
    }
}

async fn told(
    config: &Config,
    queue: &Queue,
    command: &QueueCommand,
) -> Result<String, QueueError> {
    Ok(match command {
        QueueCommand::Status { json, .. } => {
            let status = queue.status().await?;
            if *json {
                shown(&status)
            } else {
                table(config, &status)
            }
        }
        QueueCommand::Dead { json, .. } => {
            let letters = queue.dead_letters().await?;
            let letters: Vec<DeadLetter> = letters.into_iter().map(|(_, letter)| letter).collect();
            if *json {
                shown(&letters.iter().map(Plain::of).collect::<Vec<_>>())
            } else {
                lines(&letters)
            }
        }
        QueueCommand::Retry { articles, .. } => {
            let which = |id: &str| articles.is_empty() || articles.iter().any(|a| a == id);
            let count = queue.retry(&which).await?;
            format!("{} brought back\n", print::count(count, "article"))
        }
        QueueCommand::Drain { .. } => {
            let count = usize::try_from(queue.drain().await?).unwrap_or(usize::MAX);
            format!("{} taken out\n", print::count(count, "message"))
        }
        // (They look at nothing.)
        QueueCommand::Put { .. } | QueueCommand::Get { .. } => String::new(),
    })
}

/// A dead letter without what only the queue reads.
#[derive(serde::Serialize)]
struct Plain<'a> {
    id: &'a str,
    cause: &'a str,
    at: &'a str,
    begun: u64,
}

impl<'a> Plain<'a> {
    fn of(letter: &'a DeadLetter) -> Self {
        Self {
            id: &letter.id,
            cause: &letter.cause,
            at: &letter.at,
            begun: letter.begun,
        }
    }
}

fn shown(value: &impl serde::Serialize) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default() + "\n"
}

fn table(config: &Config, status: &Status) -> String {
    let mut out = format!(
        "{:>9}  waiting\n{:>9}  in progress, {} of them begun before\n{:>9}  given up\n{:>9}  workers\n",
        status.waiting, status.in_progress, status.begun_again, status.dead, status.workers
    );
    if !status.spent.is_empty() {
        let _ = writeln!(
            out,
            "\n    calls  characters          cost  period, provider"
        );
    }
    for (period, spent) in &status.spent {
        for (provider, part) in &spent.providers {
            let cost = Money::of_nanos(part.nanos);
            let _ = writeln!(
                out,
                "{:>9}  {:>10}  {cost:>8} {}  {period}, {provider}",
                part.calls, part.characters, config.budget.currency
            );
        }
    }
    let _ = writeln!(out, "\n  entries       bytes  kept");
    for (name, size) in &status.kept {
        let _ = writeln!(out, "{:>9}  {:>10}  {name}", size.entries, size.bytes);
    }
    out
}

fn lines(letters: &[DeadLetter]) -> String {
    if letters.is_empty() {
        return "nothing was given up\n".to_owned();
    }
    letters.iter().fold(String::new(), |mut out, letter| {
        let _ = writeln!(out, "{}  {}\n    {}", letter.at, letter.id, letter.cause);
        out
    })
}
