//! `anubad run --watch` and `--every`.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, ChildStderr, Command, Stdio};

use super::kit::{Desk, ECHO, ENGLISH, scripted};

/// A run that stays.
pub(super) struct Watch {
    child: Child,
    stderr: BufReader<ChildStderr>,
    pub(super) heard: String,
}

impl Watch {
    pub(super) fn start(desk: &Desk, arguments: &[&str]) -> Self {
        let mut child = desk
            .command()
            .args(["run", "-vv"])
            .args(arguments)
            .stdin(Stdio::null())
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

    pub(super) fn signal(&self, name: &str) {
        let process = self.child.id().to_string();
        let killed = Command::new("kill").args([name, &process]).status();
        assert!(killed.unwrap().success());
    }

    pub(super) fn end(mut self) -> (Option<i32>, String) {
        self.stderr.read_to_string(&mut self.heard).unwrap();
        (self.child.wait().unwrap().code(), self.heard)
    }
}

fn desk() -> Desk {
    Desk::with(&[("pipeline.toml", ECHO), ("in/a.txt", ENGLISH)])
}

#[test]
fn what_is_added_or_changed_is_translated_and_nothing_else() {
    let desk = desk();
    let mut watch = Watch::start(&desk, &["--watch", "--debounce", "50ms"]);
    watch.hear("anubad: written a.txt");
    watch.hear("waiting for the next run; Ctrl-C ends it");
    desk.write("in/b.txt", ENGLISH);
    watch.hear("anubad: written b.txt");
    desk.write("in/a.txt", ENGLISH.replace("12 vessels", "14 vessels"));
    watch.hear("anubad: written a.txt");
    watch.hear("at rest");
    watch.signal("-INT");
    let (status, heard) = watch.end();
    assert_eq!(status, Some(0), "{heard}");
    assert_eq!(heard.matches("anubad: written b.txt").count(), 1, "{heard}");
    assert!(desk.read("out/a.bn.txt").contains("১৪"));
    let report = desk.json("out/report.json");
    assert_eq!(report["articles"].as_array().unwrap().len(), 2);
}

/// A feed with an entry for each sentence, the latest first.
fn feed(sentences: &[&str]) -> String {
    let items: String = sentences
        .iter()
        .enumerate()
        .map(|(i, sentence)| {
            format!(
                "<item><guid>{i}</guid><title>News of the city</title>\
                 <description>{sentence}</description></item>\n"
            )
        })
        .collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\"><channel>\
         <title>The desk</title>\n{items}</channel></rss>\n"
    )
}

#[test]
fn of_a_feed_that_grows_only_what_is_new_is_sent() {
    let first = "The council voted on Monday to close the bridge over the river.";
    let second = "The minister said on Tuesday that the schools would open again.";
    let desk = super::state::desk(&[("in/feed.xml", &feed(&[first]))]);
    let config = desk.read("pipeline.toml");
    desk.write(
        "pipeline.toml",
        config.replace("[\"in\"]", "[\"in/feed.xml\"]"),
    );
    let mut watch = Watch::start(&desk, &["--watch", "--debounce", "50ms"]);
    watch.hear("anubad: written feed.xml");
    watch.hear("at rest");
    let before = super::state::asked(&desk);
    assert!(
        before.iter().any(|text| text.contains("bridge")),
        "{before:?}"
    );
    desk.write("in/feed.xml", feed(&[second, first]));
    watch.hear("anubad: written feed.xml");
    watch.hear("at rest");
    watch.signal("-INT");
    assert_eq!(watch.end().0, Some(0));
    let asked = super::state::asked(&desk);
    let new = &asked[before.len()..];
    assert!(new.iter().any(|text| text.contains("schools")), "{new:?}");
    assert!(!new.iter().any(|text| text.contains("bridge")), "{new:?}");
    let text = desk.read("out/feed.bn.xml");
    let (schools, bridge) = (text.find("schools"), text.find("bridge"));
    assert!(schools < bridge && schools.is_some(), "{text}");
}

#[test]
fn a_run_follows_another_after_a_time() {
    let desk = desk();
    let mut watch = Watch::start(&desk, &["--every", "200ms"]);
    watch.hear("waiting for the next run");
    desk.write("in/b.txt", ENGLISH);
    watch.hear("anubad: written b.txt");
    watch.hear("at rest");
    // What a service manager sends.
    watch.signal("-TERM");
    let (status, heard) = watch.end();
    assert_eq!(status, Some(0), "{heard}");
}

#[test]
fn an_empty_folder_is_waited_at() {
    let desk = desk();
    std::fs::remove_file(desk.path("in/a.txt")).unwrap();
    let mut watch = Watch::start(&desk, &["--watch", "--debounce", "50ms"]);
    watch.hear("no article was found");
    watch.hear("waiting for the next run");
    desk.write("in/sub/late.txt", ENGLISH);
    watch.hear("anubad: written sub/late.txt");
    watch.hear("at rest");
    watch.signal("-INT");
    assert_eq!(watch.end().0, Some(0));
}

#[test]
fn a_changed_configuration_counts_and_a_broken_one_is_told() {
    let desk = desk();
    let mut watch = Watch::start(&desk, &["--watch", "--debounce", "50ms"]);
    watch.hear("waiting for the next run");
    desk.write("pipeline.toml", ECHO.replace("paths", "path"));
    watch.hear("unknown key `path`");
    desk.write("pipeline.toml", ECHO.replace("\"echo\"]", "\"pseudo\"]"));
    watch.hear("anubad: written a.txt");
    watch.hear("at rest");
    watch.signal("-INT");
    assert_eq!(watch.end().0, Some(0));
}

#[test]
fn an_interruption_during_a_run_finishes_it_and_ends_the_watch() {
    let desk = desk();
    desk.write("pipeline.toml", scripted("slow 1"));
    let mut watch = Watch::start(&desk, &["--watch", "--debounce", "50ms"]);
    watch.hear("begun");
    watch.signal("-INT");
    watch.hear("finishing the articles in progress");
    let (status, heard) = watch.end();
    assert_eq!(status, Some(2), "{heard}");
    assert!(heard.contains("written a.txt"), "{heard}");
    assert!(!heard.contains("waiting for the next run"), "{heard}");
    // And the second stops at once.
    desk.write("pipeline.toml", scripted("slow 60"));
    desk.write("in/a.txt", ENGLISH.replace("12 vessels", "13 vessels"));
    let mut watch = Watch::start(&desk, &["--every", "1h"]);
    watch.hear("begun");
    watch.signal("-INT");
    watch.hear("finishing the articles in progress");
    watch.signal("-INT");
    assert_eq!(watch.end().0, Some(130));
}

#[test]
fn what_makes_no_sense_is_refused() {
    let desk = desk();
    for (arguments, message) in [
        (
            &["--every", "5"][..],
            "`5` is no time; write it as in 30s, 5m or 1h30m",
        ),
        (&["--every", "0s"], "is no time"),
        (&["--watch", "--force"], "cannot be used with"),
        (&["--every", "5m", "--no-state"], "cannot be used with"),
    ] {
        desk.anubad(&[&["run"], arguments].concat())
            .ends(64)
            .says(&[message]);
    }
    desk.write("pipeline.toml", ECHO.replace("paths", "path"));
    desk.anubad(&["run", "--watch"]).ends(78);
    desk.write("pipeline.toml", ECHO.replace("\"in\"", "\"in\", \"-\""));
    for pace in [&["--watch"][..], &["--every", "5m"]] {
        desk.anubad(&[&["run"], pace].concat())
            .ends(78)
            .says(&["standard input can be read once only: leave \"-\" out of `paths`"]);
    }
    assert!(!desk.path("out").exists());
}
