//! Runs again and again: when something changes, or after a time.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant, UNIX_EPOCH};

use clap::Args;

use super::args::{ConfigArg, RunArgs};
use super::metrics::{self, Board, Collector};
use super::run::{Interruptions, once};
use super::{Exit, complain, config, print};
use crate::batch::{self, Origin, Stop};

/// How long is waited between two looks at the input, at least: what a look takes,
/// nine times over, where that is longer.
const LOOK: Duration = Duration::from_millis(500);

/// Whether a run is followed by another.
#[derive(Debug, Args)]
pub(super) struct PaceArgs {
    /// Stay, and run again when an article is added or changed.
    #[arg(long, conflicts_with_all = ["force", "no_state"])]
    pub watch: bool,
    /// Stay, and run again after this long, such as 30s, 5m or 1h30m.
    #[arg(long, value_name = "TIME", value_parser = duration, conflicts_with_all = ["force", "no_state"])]
    pub every: Option<Duration>,
    /// With --watch: how long nothing must change before a run begins, so that no article is
    /// read while it is written.
    #[arg(long, value_name = "TIME", value_parser = duration, default_value = "2s")]
    pub debounce: Duration,
}

impl PaceArgs {
    /// Whether one run is not all.
    pub(super) fn stays(&self) -> bool {
        self.watch || self.every.is_some()
    }
}

/// `anubad run`, once or for as long as nobody interrupts it.
pub(super) async fn run(args: &RunArgs) -> Exit {
    let mut interruptions = match Interruptions::catch() {
        Ok(interruptions) => interruptions,
        Err(error) => return complain(&format!("interruptions cannot be caught: {error}")),
    };
    let pace = &args.pace;
    let board = Arc::new(Board::default());
    let _port = match args.metrics_listen {
        Some(listen) => match metrics::serve(listen, Arc::clone(&board)).await {
            Ok(port) => {
                if !args.quiet {
                    print::say(&format!("metrics are at http://{}/metrics", port.at));
                }
                Some(port)
            }
            Err(error) => return complain(&error),
        },
        None => None,
    };
    let collector = match &args.otlp {
        Some(url) => match Collector::open(url, Arc::clone(&board)) {
            Ok(collector) => Some(collector),
            Err(error) => return complain(&error),
        },
        None => None,
    };
    let mut again = false;
    loop {
        // Before the run: what changes meanwhile is a reason for the next one.
        let known = if pace.watch {
            look(&args.config).await
        } else {
            blake3::hash(b"")
        };
        let stop = Stop::default();
        let exit = once(args, &mut interruptions, &stop, &board, again).await;
        if let Some(collector) = &collector {
            collector.tell().await;
        }
        let is_asked = stop.asked() && stop.cause().is_none();
        let is_useless = !again && matches!(exit, Exit::Config | Exit::Usage);
        if !pace.stays() || is_asked || is_useless || exit == Exit::Interrupted {
            return exit;
        }
        if !again && !args.quiet {
            print::say(&"waiting for the next run; Ctrl-C ends it");
        }
        again = true;
        tracing::debug!("at rest");
        let every = async {
            match pace.every {
                Some(time) => tokio::time::sleep(time).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            () = interruptions.next() => {
                // An empty folder is no failure of who waited for articles.
                return if exit == Exit::Nothing { Exit::Done } else { exit };
            }
            () = changed(args, known), if pace.watch => {}
            () = every => {}
        }
    }
}

/// Is ready when the input is other than `known`, and has come to rest.
async fn changed(args: &RunArgs, known: blake3::Hash) {
    loop {
        let started = Instant::now();
        let mut seen = look(&args.config).await;
        if seen == known {
            tokio::time::sleep(LOOK.max(started.elapsed() * 9)).await;
            continue;
        }
        loop {
            tokio::time::sleep(args.pace.debounce).await;
            let now = look(&args.config).await;
            if now == seen {
                break;
            }
            seen = now;
        }
        if seen != known {
            return;
        }
    }
}

/// A digest of the configuration and of every article's file, from outside.
async fn look(arg: &ConfigArg) -> blake3::Hash {
    let arg = arg.clone();
    let looked = tokio::task::spawn_blocking(move || {
        let mut hasher = blake3::Hasher::new();
        match config(&arg) {
            Err(error) => {
                hasher.update(error.to_string().as_bytes());
            }
            Ok(config) => {
                if let Some(file) = &config.file {
                    add(&mut hasher, file);
                }
                let output = config.place(&config.output.folder);
                let input = &config.input;
                let found =
                    batch::find(&input.paths, &config.base, &input.extensions, Some(&output));
                for input in found.0 {
                    if let Origin::File(path) = &input.origin {
                        add(&mut hasher, path);
                    }
                }
                for error in found.1 {
                    hasher.update(error.to_string().as_bytes());
                }
            }
        }
        hasher.finalize()
    });
    looked.await.unwrap_or_else(|_| blake3::hash(b""))
}

fn add(hasher: &mut blake3::Hasher, path: &Path) {
    let name = path.to_string_lossy();
    hasher.update(&(name.len() as u64).to_le_bytes());
    hasher.update(name.as_bytes());
    if let Ok(file) = std::fs::metadata(path) {
        hasher.update(&file.len().to_le_bytes());
        let time = file.modified().ok();
        let since = time.and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        hasher.update(&since.unwrap_or_default().as_nanos().to_le_bytes());
    }
}

/// `90s`, `5m`, `1h30m`; at least a millisecond, at most a year.
fn duration(text: &str) -> Result<Duration, String> {
    let wrong = || format!("`{text}` is no time; write it as in 30s, 5m or 1h30m");
    let mut rest = text;
    let mut total = Duration::ZERO;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit()).ok_or_else(wrong)?;
        let (number, unit) = rest.split_at(digits);
        let number: u64 = number.parse().map_err(|_| wrong())?;
        let (milliseconds, unit) = [
            ("ms", 1),
            ("s", 1000),
            ("m", 60_000),
            ("h", 3_600_000),
            ("d", 86_400_000),
        ]
        .into_iter()
        .find(|(name, _)| {
            let after = unit.strip_prefix(name);
            after.is_some_and(|after| !after.starts_with(|c: char| c.is_ascii_alphabetic()))
        })
        .map(|(name, length)| (length, &unit[name.len()..]))
        .ok_or_else(wrong)?;
        let part = number.checked_mul(milliseconds).ok_or_else(wrong)?;
        total = total
            .checked_add(Duration::from_millis(part))
            .ok_or_else(wrong)?;
        rest = unit;
    }
    let year = Duration::from_hours(24 * 365);
    if total.is_zero() || total > year {
        return Err(wrong());
    }
    Ok(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read() {
        for (text, milliseconds) in [
            ("30s", Some(30_000)),
            ("5m", Some(300_000)),
            ("1h30m", Some(5_400_000)),
            ("2d", Some(172_800_000)),
            ("250ms", Some(250)),
            ("1m500ms", Some(60_500)),
            ("", None),
            ("0s", None),
            ("5", None),
            ("m", None),
            ("-5m", None),
            ("5 m", None),
            ("5min", None),
            ("99999999999999999999s", None),
            ("400d", None),
        ] {
            let read = duration(text).ok().map(|time| time.as_millis());
            assert_eq!(read, milliseconds, "{text}");
        }
    }
}
