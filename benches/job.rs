//! A job of many small articles with `echo`: what it takes, what its resume takes,
//! and the most memory that it needs (Linux).
//!
//! `cargo bench --bench job -- 100000`

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

fn main() {
    let mut sizes: Vec<usize> = std::env::args()
        .filter_map(|arg| arg.parse().ok())
        .collect();
    if sizes.is_empty() {
        sizes = vec![1_000, 10_000, 100_000];
    }
    println!("articles  what       seconds  articles/s  most memory");
    for articles in sizes {
        let folder = tempfile::tempdir().expect("a folder");
        write(folder.path(), articles);
        for what in ["translate", "resume"] {
            let (time, peak) = run(folder.path());
            println!(
                "{articles:8}  {what:9}  {:7.2}  {:10.0}  {:8.1} MB",
                time.as_secs_f64(),
                articles as f64 / time.as_secs_f64(),
                peak as f64 / 1e3
            );
        }
    }
}

/// Articles in folders of a thousand, as a desk has them by day.
fn write(folder: &Path, articles: usize) {
    for i in 0..articles {
        let day = folder.join(format!("in/{}", i / 1000));
        std::fs::create_dir_all(&day).expect("a folder");
        let text = format!(
            "A vote on bridge {i}\n\nDHAKA, January 14, 2026 (BSS) - The council of ward {i} voted on Monday. \
             The bridge over the river has been closed since the flood of last year.\n"
        );
        std::fs::write(day.join(format!("{i}.txt")), text).expect("an article");
    }
    let config = "[pipeline]\nproviders = [\"echo\"]\n[input]\npaths = [\"in\"]\n";
    std::fs::write(folder.join("pipeline.toml"), config).expect("a configuration");
}

/// The time of a run, and its most memory in kilobytes.
fn run(folder: &Path) -> (Duration, u64) {
    let started = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_anubad"))
        .args(["run", "--quiet"])
        .current_dir(folder)
        .stdin(Stdio::null())
        .spawn()
        .expect("it runs");
    let mut peak = 0;
    let status = loop {
        peak = peak.max(memory(child.id()));
        if let Some(status) = child.try_wait().expect("it is a child") {
            break status;
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    assert!(status.success(), "{status}");
    (started.elapsed(), peak)
}

/// The most memory that a process has had, in kilobytes; 0 where that is not told.
fn memory(process: u32) -> u64 {
    std::fs::read_to_string(format!("/proc/{process}/status"))
        .unwrap_or_default()
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .and_then(|line| line.split_whitespace().next()?.parse().ok())
        .unwrap_or_default()
}
