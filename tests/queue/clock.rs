//! A clock that jumps while a worker is at work.

#![cfg(target_os = "linux")]

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::Command;

use super::faults::{alone, desk, paid_once, texts};
use super::kit::{self, Desk};
use super::nats::{Server, Worker, is_missing, wait};

const ARTICLES: usize = 60;
const DAY: i64 = 86_400;

/// What has a program see another time of day; `None`, saying so, where it cannot be
/// made.
fn other_clock(desk: &Desk) -> Option<PathBuf> {
    let library = desk.path("clock.so");
    let mut compiler = Command::new("cc");
    compiler.args(["-shared", "-fPIC", "-O1", "-o"]);
    compiler.arg(&library).arg(kit::kit().join("clock.c"));
    compiler.arg("-ldl");
    let Ok(status) = compiler.status() else {
        println!("skipped: there is no C compiler");
        return None;
    };
    assert!(status.success(), "clock.c");
    Some(library)
}

#[test]
fn a_clock_that_jumps_changes_nothing() {
    if is_missing() {
        return;
    }
    let desk = desk(ARTICLES, "lease = 3\npause = 0.05");
    let Some(library) = other_clock(&desk) else {
        return;
    };
    let server = Server::start("");
    let url = server.url();
    desk.write("clock", "0");
    let jumping = |words: &[&str]| {
        let mut command = desk.command();
        command
            .args(words)
            .args(["--quiet", "--queue", &url])
            .env("LD_PRELOAD", &library)
            .env("ANUBAD_CLOCK", desk.path("clock"));
        command
    };
    // Renamed into its place: nobody reads half a number.
    let jump = |seconds: i64| {
        desk.write("clock.new", seconds.to_string());
        std::fs::rename(desk.path("clock.new"), desk.path("clock")).unwrap();
    };
    let mut run = jumping(&["run", "--wait"]).spawn().unwrap();
    let one = Worker::of(jumping(&["-v", "--log-format", "json", "worker"]));
    let other = Worker::start(&desk, &url, &["--quiet"]);
    // An hour ahead, a day behind, a year ahead.
    for (part, seconds) in [(1, 3600), (2, -DAY), (3, 365 * DAY)] {
        wait(|| (texts(&desk).len() > ARTICLES * part / 5).then_some(()));
        jump(seconds);
    }
    let status = wait(|| run.try_wait().unwrap());
    assert_eq!(status.code(), Some(0));
    other.stop().ends(0);
    let one = one.stop().ends(0);
    assert!(texts(&desk) == alone(ARTICLES), "an article differs");
    assert_eq!(paid_once(&desk, 0), 0);
    let dead = desk.anubad(&["queue", "dead", "--queue", &url]).ends(0);
    dead.prints(&["nothing was given up"]);
    // It did jump: the lines of the log are of two years.
    let year = |line: &str| {
        let line: serde_json::Value = serde_json::from_str(line).ok()?;
        Some(line["timestamp"].as_str()?[..4].to_owned())
    };
    let years: BTreeSet<String> = one.err.lines().filter_map(year).collect();
    assert!(years.len() > 1, "{years:?}");
}
