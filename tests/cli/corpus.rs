//! Real articles through a whole run with the embedded engine: it completes
//! unattended, and what its report says is so.
//!
//! The articles are publishers' and not part of this repository; where the folder
//! is absent the test says so and passes. `ANUBAD_SHARED` names it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::kit::Desk;

/// Every so many articles of a folder are translated; 1 for all of them.
fn step() -> usize {
    let step = std::env::var("ANUBAD_EVERY").ok();
    step.and_then(|step| step.parse().ok()).unwrap_or(20)
}

fn articles() -> Option<Vec<(String, PathBuf)>> {
    let shared = std::env::var_os("ANUBAD_SHARED").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"),
        PathBuf::from,
    );
    let mut found = Vec::new();
    for language in ["en", "bn"] {
        let folder = shared.join("data/articles").join(language);
        let Ok(entries) = folder.read_dir() else {
            eprintln!("skipped: no articles at {}", folder.display());
            return None;
        };
        let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        files.retain(|file| file.extension().is_some_and(|e| e == "txt"));
        files.sort();
        let some = files.into_iter().step_by(step());
        found.extend(some.map(|file| (language.to_owned(), file)));
    }
    Some(found)
}

fn count(value: &Value) -> usize {
    usize::try_from(value.as_u64().unwrap()).unwrap()
}

/// What the details of a written article come to, as the report tells it.
fn told(details: &Value) -> (usize, usize, usize, BTreeMap<String, usize>) {
    let blocks = details["blocks"].as_array().unwrap();
    let segments: Vec<&Value> = blocks
        .iter()
        .flat_map(|block| block["segments"].as_array().unwrap())
        .collect();
    let are = |key: &str| segments.iter().filter(|s| s[key] == true).count();
    let of_segments = segments
        .iter()
        .flat_map(|s| s["findings"].as_array().unwrap());
    let of_article = details["findings"].as_array().unwrap().iter();
    let mut findings = BTreeMap::new();
    for finding in of_segments.chain(of_article) {
        if finding["severity"] != "note" {
            let check = finding["check"].as_str().unwrap().to_owned();
            *findings.entry(check).or_default() += 1;
        }
    }
    (segments.len(), are("review"), are("draft"), findings)
}

#[test]
fn a_run_over_real_articles_completes_and_its_report_is_true() {
    let Some(articles) = articles() else { return };
    assert!(articles.len() > 10, "{} articles", articles.len());
    let desk = Desk::with(&[(
        "pipeline.toml",
        "[pipeline]\nproviders = [\"local\"]\n[input]\npaths = [\"in\"]\n",
    )]);
    for (language, path) in &articles {
        let name = path.file_name().unwrap().to_str().unwrap();
        desk.write(
            &format!("in/{language}-{name}"),
            std::fs::read(path).unwrap(),
        );
    }
    let outcome = desk.anubad(&["run"]);
    let report = desk.json("out/report.json");
    let entries = report["articles"].as_array().unwrap();
    assert_eq!(entries.len(), articles.len());
    let (mut sent, mut written) = (0, 0);
    for entry in entries {
        let id = entry["id"].as_str().unwrap();
        sent += count(&entry["usage"]["characters_sent"]);
        if entry["state"] == "failed" {
            // Of the corpus only what is in a third language.
            let cause = entry["cause"].as_str().unwrap();
            assert!(
                cause.contains("no configured pair translates from it"),
                "{cause}"
            );
            assert!(outcome.err.contains(cause), "{cause}");
            assert!(entry["output"].is_null(), "{entry}");
            continue;
        }
        assert_eq!(entry["state"], "written", "{entry}");
        written += 1;
        let output = entry["output"].as_str().unwrap();
        let details = desk.json(&output.replace(".txt", ".json"));
        assert_eq!(desk.read(output), details["text"].as_str().unwrap(), "{id}");
        assert_eq!(entry["source_language"], details["source_language"]);
        assert_eq!(
            id.starts_with("en-"),
            details["target_language"] == "bn",
            "{id}"
        );
        let (sentences, review, draft, findings) = told(&details);
        assert_eq!(count(&entry["sentences"]), sentences, "{id}");
        assert_eq!(count(&entry["review"]), review, "{id}");
        assert_eq!(count(&entry["draft"]), draft, "{id}");
        let reported: BTreeMap<String, usize> =
            serde_json::from_value(entry["findings"].clone()).unwrap();
        assert_eq!(reported, findings, "{id}");
        let provenance = &details["provenance"];
        let input = desk.read(&format!("in/{id}"));
        let digest = blake3::hash(input.as_bytes()).to_hex().to_string();
        assert_eq!(provenance["input"], digest, "{id}");
        if draft > 0 {
            assert!(
                provenance["providers"]["local"]["version"].is_string(),
                "{id}"
            );
        }
    }
    assert_eq!(count(&report["usage"]["characters_sent"]), sent);
    let failed = entries.len() - written;
    assert!(
        outcome
            .out
            .contains(&format!(" written to out, {failed} failed")),
        "{outcome:?}"
    );
    // The next run leaves alone what is whole, and tries again what has gaps.
    desk.anubad(&["run"]);
    let report = desk.json("out/report.json");
    let mut unchanged = 0;
    for entry in report["articles"].as_array().unwrap() {
        if let Some(output) = entry["output"].as_str() {
            let text = desk.read(output);
            let has_gap = text.contains("[অনুবাদ হয়নি: ") || text.contains("[not translated: ");
            let state = if has_gap { "written" } else { "unchanged" };
            assert_eq!(entry["state"], state, "{entry}");
            unchanged += usize::from(!has_gap);
        }
    }
    assert!(unchanged > 0);
}
