//! The cases of the single machine, with a queue between.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::kit::{Desk, Outcome};
use super::nats::{Server, Worker, is_missing};

/// What was written, without what tells how it went.
fn outputs(desk: &Desk) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for name in desk.list("out") {
        let bytes = std::fs::read(desk.path("out").join(&name)).unwrap();
        let mut content = String::from_utf8(bytes).unwrap();
        if name == "report.json" {
            continue;
        }
        if Path::new(&name).extension().is_some_and(|e| e == "json") {
            let mut value: Value = serde_json::from_str(&content).unwrap();
            // (An article in JSON has neither.)
            if let Some(usage) = value.get_mut("usage") {
                usage.take();
                for block in value["blocks"].as_array_mut().unwrap() {
                    for segment in block["segments"].as_array_mut().unwrap() {
                        segment["cached"].take();
                    }
                }
                content = value.to_string();
            }
        }
        found.insert(name, content);
    }
    found
}

/// What became of each article.
fn states(desk: &Desk) -> BTreeMap<String, String> {
    let report = desk.json("out/report.json");
    let articles = report["articles"].as_array().unwrap().iter();
    articles
        .map(|article| {
            let text = |key: &str| article[key].as_str().unwrap_or_default().to_owned();
            // A queue tries again by itself until an article is given up.
            let state = match text("state").as_str() {
                "given-up" => "failed".to_owned(),
                state => state.to_owned(),
            };
            (text("id"), state)
        })
        .collect()
}

pub(super) fn copy(from: &Path, desk: &Desk, below: &str) {
    for entry in walkdir::WalkDir::new(from) {
        let entry = entry.unwrap();
        if entry.file_type().is_file() {
            let name = entry.path().strip_prefix(from).unwrap();
            let name = Path::new(below).join(name);
            desk.write(name.to_str().unwrap(), std::fs::read(entry.path()).unwrap());
        }
    }
}

pub(super) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// What differs between a run and a run with a queue, in the same folder.
fn compare(name: &str, desk: &Desk, url: &str) -> Vec<String> {
    let together = || {
        let worker = Worker::start(desk, url, &["--quiet"]);
        let together = desk.anubad(&["run", "--queue", url, "--wait"]);
        (together, worker.stop())
    };
    difference(name, desk, together)
}

/// What differs between a run and what `together` does with the same articles.
pub(super) fn difference(
    name: &str,
    desk: &Desk,
    together: impl Fn() -> (Outcome, Outcome),
) -> Vec<String> {
    let alone = desk.anubad(&["run"]);
    let (expected, expected_states) = (outputs(desk), states(desk));
    std::fs::remove_dir_all(desk.path("out")).unwrap();
    let _ = std::fs::remove_dir_all(desk.path(".anubad"));
    let (together, worker) = together();
    let mut wrong = Vec::new();
    if worker.status != Some(0) {
        wrong.push(format!("{name}: the worker ended so: {worker:?}"));
    }
    if together.status != alone.status {
        wrong.push(format!("{name}: {alone:#?}\n{together:#?}"));
    }
    let (found, found_states) = (outputs(desk), states(desk));
    if found_states != expected_states {
        wrong.push(format!("{name}: {expected_states:?}\n{found_states:?}"));
    }
    for key in expected.keys().chain(found.keys()) {
        if expected.get(key) != found.get(key) {
            wrong.push(format!(
                "{name}: {key} differs\n--- alone\n{:?}\n--- together\n{:?}",
                expected.get(key),
                found.get(key)
            ));
        }
    }
    wrong
}

#[test]
fn cases_are_byte_equal_to_those_of_one_machine() {
    if is_missing() {
        return;
    }
    let server = Server::start("");
    let mut cases: Vec<PathBuf> = std::fs::read_dir(root().join("tests/cases"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .collect();
    cases.sort();
    let compared = |case: &PathBuf| {
        let name = case.file_name().unwrap().to_str().unwrap().to_owned();
        let desk = Desk::new();
        copy(case, &desk, "");
        copy(&root().join("tests/kit"), &desk, "kit");
        let config = desk.read("pipeline.toml");
        desk.write(
            "pipeline.toml",
            format!("{config}\n[queue]\nname = {name:?}\npause = 0.02\n"),
        );
        compare(&name, &desk, &server.url())
    };
    // Two at a time: most of it is waiting for processes to start.
    let halves = cases.split_at(cases.len() / 2);
    let wrong: Vec<String> = std::thread::scope(|scope| {
        let halves = [halves.0, halves.1]
            .map(|half| scope.spawn(move || half.iter().flat_map(compared).collect::<Vec<_>>()));
        halves
            .into_iter()
            .flat_map(|half| half.join().unwrap())
            .collect()
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn examples_are_byte_equal_and_of_two_that_want_one_file_the_earlier_has_it() {
    if is_missing() {
        return;
    }
    let server = Server::start("");
    let desk = Desk::new();
    copy(&root().join("examples/articles"), &desk, "in");
    // They want the file of each other.
    desk.write("in/twice/a.txt", super::kit::ENGLISH);
    desk.write("in/twice/A.txt", super::kit::ENGLISH.replace("fog", "rain"));
    desk.write(
        "pipeline.toml",
        format!("{}[queue]\npause = 0.02\n", super::kit::ECHO),
    );
    let wrong = compare("examples", &desk, &server.url());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
