//! Ctrl-C during a run.

use std::io::{BufRead, BufReader, Read};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::process::{Child, ChildStderr, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use super::kit::{Desk, ENGLISH, scripted};

/// A run under way, in a process group of its own as a shell would start it.
pub(super) struct Run {
    child: Child,
    stderr: BufReader<ChildStderr>,
    heard: String,
}

impl Run {
    pub(super) fn start(desk: &Desk) -> Self {
        let mut child = desk
            .command()
            .args(["-vv", "run"])
            .process_group(0)
            // Open for as long as the run lasts.
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let stderr = BufReader::new(child.stderr.take().unwrap());
        let heard = String::new();
        Self {
            child,
            stderr,
            heard,
        }
    }

    /// Waits for a line with `text` on standard error.
    pub(super) fn hear(&mut self, text: &str) {
        let mut line = String::new();
        while !line.contains(text) {
            line.clear();
            let read = self.stderr.read_line(&mut line).unwrap();
            assert!(read > 0, "it never said `{text}`: {}", self.heard);
            self.heard.push_str(&line);
        }
    }

    /// What a terminal does at Ctrl-C: the whole group gets the signal.
    fn interrupt(&self) {
        let group = format!("-{}", self.child.id());
        let killed = Command::new("kill")
            .args(["-INT", "--", &group])
            .status()
            .unwrap();
        assert!(killed.success());
    }

    pub(super) fn end(mut self) -> (ExitStatus, String) {
        self.stderr.read_to_string(&mut self.heard).unwrap();
        (self.child.wait().unwrap(), self.heard)
    }
}

fn desk(behaviour: &str) -> Desk {
    let desk = Desk::with(&[("pipeline.toml", &scripted(behaviour))]);
    // Each has something to be asked that none before it had.
    for (name, many) in [
        ("a", "Dozens"),
        ("b", "Scores"),
        ("c", "Hundreds"),
        ("d", "Thousands"),
    ] {
        desk.write(&format!("in/{name}.txt"), ENGLISH.replace("Hundreds", many));
    }
    desk
}

#[test]
fn the_first_interruption_finishes_what_is_in_progress() {
    let desk = desk("slow 1.5");
    let mut run = Run::start(&desk);
    run.hear("written a.txt");
    run.interrupt();
    let (status, heard) = run.end();
    assert_eq!(status.code(), Some(2), "{heard}");
    assert!(
        heard.contains("press Ctrl-C again to stop at once"),
        "{heard}"
    );
    assert!(
        heard.contains("the same command can be run again"),
        "{heard}"
    );
    let report = desk.json("out/report.json");
    let states: Vec<&str> = report["articles"]
        .as_array()
        .unwrap()
        .iter()
        .map(|article| article["state"].as_str().unwrap())
        .collect();
    assert_eq!(states.len(), 4);
    assert_eq!(
        states[..2],
        ["written", "written"],
        "the second was in progress"
    );
    assert_eq!(states[3], "skipped");
    let written = states.iter().filter(|state| **state == "written").count();
    assert_eq!(desk.list("out").len(), 2 * written + 1);
    assert!(
        !states.contains(&"failed"),
        "the provider was left in peace"
    );
    // And it can be run again.
    desk.write("pipeline.toml", scripted(""));
    desk.anubad(&["run"]).ends(0);
}

#[test]
fn the_second_interruption_stops_at_once() {
    let desk = desk("slow 30");
    let mut run = Run::start(&desk);
    run.hear("begun");
    let started = Instant::now();
    run.interrupt();
    run.hear("finishing the articles in progress");
    run.interrupt();
    let (status, heard) = run.end();
    assert_eq!(status.code(), Some(130), "{heard} {:?}", status.signal());
    assert!(started.elapsed() < Duration::from_secs(10));
    assert!(heard.contains("stopped"), "{heard}");
    assert!(desk.list("out").is_empty(), "{:?}", desk.list("out"));
}

#[test]
fn what_takes_too_long_after_an_interruption_is_left_to_the_next_run() {
    let desk = desk("slow 3600");
    let config = desk.read("pipeline.toml");
    let drain = config.replace("concurrency = 1", "concurrency = 2\ndrain = 0.3");
    desk.write("pipeline.toml", drain);
    let mut run = Run::start(&desk);
    run.hear("begun");
    run.hear("begun");
    run.interrupt();
    let (status, heard) = run.end();
    assert_eq!(status.code(), Some(2), "{heard}");
    assert!(heard.contains("4 of 4 articles not done"), "{heard}");
    let report = desk.json("out/report.json");
    let causes: Vec<&str> = report["articles"]
        .as_array()
        .unwrap()
        .iter()
        .map(|article| article["cause"].as_str().unwrap())
        .collect();
    let late = |cause: &&&str| cause.starts_with("not finished: the run was interrupted");
    assert_eq!(causes.iter().filter(late).count(), 2, "{causes:?}");
    assert_eq!(desk.list("out"), ["report.json"]);
    desk.write("pipeline.toml", scripted(""));
    desk.anubad(&["run"]).ends(0);
}

#[test]
fn a_run_that_waits_for_standard_input_can_be_stopped() {
    let config = scripted("").replace("\"in\"", "\"-\"");
    let desk = Desk::with(&[("pipeline.toml", &config)]);
    let mut run = Run::start(&desk);
    run.hear("begun");
    run.interrupt();
    run.hear("finishing");
    run.interrupt();
    let (status, heard) = run.end();
    assert_eq!(status.code(), Some(130), "{heard}");
}
