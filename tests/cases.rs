//! Whole articles through the binary. A case is a folder of `tests/cases/`:
//!
//! - `in/`: the articles;
//! - `pipeline.toml`: the configuration (its input is `in`, its output `out`);
//!   `tests/kit/` lies beside it as `kit/`;
//! - `expected/`: every file that the run has to write under `out/`, byte for
//!   byte (`report.json` and the `.json` beside each article only where listed);
//! - `status`: the exit status, 0 where the file is absent;
//! - `stderr`: lines that standard error has to contain, where present.
//!
//! A new case needs no Rust. `ANUBAD_BLESS=1 cargo test --test cases` writes
//! what came out into `expected/`, to be read before it is committed.

#![allow(
    clippy::case_sensitive_file_extension_comparisons,
    reason = "names here are ours"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

fn files(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in walkdir::WalkDir::new(root) {
        let entry = entry.unwrap();
        if entry.file_type().is_file() {
            let name = entry.path().strip_prefix(root).unwrap();
            let name = name.to_string_lossy().replace('\\', "/");
            found.insert(name, std::fs::read(entry.path()).unwrap());
        }
    }
    found
}

fn copy(from: &Path, to: &Path) {
    for (name, content) in files(from) {
        let path = to.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }
}

/// What is wrong with a case; empty where nothing is.
fn run(case: &Path) -> Vec<String> {
    let mut wrong = Vec::new();
    let articles = files(&case.join("in"));
    if articles.is_empty() {
        return vec!["in/ has no article".to_owned()];
    }
    let dir = tempfile::tempdir().unwrap();
    let work = dir.path().join("case");
    copy(case, &work);
    let kit = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/kit");
    copy(&kit, &work.join("kit"));
    let output = Command::new(env!("CARGO_BIN_EXE_anubad"))
        .args(["run", "--config"])
        .arg(work.join("pipeline.toml"))
        .env(
            "ANUBAD_KIT",
            Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/kit"),
        )
        .env_remove("RUST_LOG")
        .output()
        .unwrap();
    let status = std::fs::read_to_string(case.join("status")).map_or(0, |s| {
        s.trim().parse::<i32>().expect("`status` is a number")
    });
    let stderr = String::from_utf8_lossy(&output.stderr);
    if output.status.code() != Some(status) {
        wrong.push(format!(
            "ended with {:?}, not {status}\n{stderr}",
            output.status.code()
        ));
    }
    if let Ok(lines) = std::fs::read_to_string(case.join("stderr")) {
        for line in lines.lines().filter(|l| !l.trim().is_empty()) {
            if !stderr.contains(line) {
                wrong.push(format!("standard error lacks `{line}`:\n{stderr}"));
            }
        }
    }
    let out = files(&work.join("out"));
    let expected_folder = case.join("expected");
    let expected = if expected_folder.is_dir() {
        files(&expected_folder)
    } else {
        BTreeMap::new()
    };
    if std::env::var_os("ANUBAD_BLESS").is_some() {
        let _ = std::fs::remove_dir_all(&expected_folder);
        let is_listed = |name: &String| !name.ends_with(".json") || expected.contains_key(name);
        for (name, content) in out.iter().filter(|(name, _)| is_listed(name)) {
            let path = expected_folder.join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, content).unwrap();
        }
        return wrong;
    }
    if expected.is_empty() && status == 0 {
        wrong.push("expected/ is empty".to_owned());
    }
    for (name, content) in &expected {
        match out.get(name) {
            None => wrong.push(format!("out/{name} was not written\n{stderr}")),
            Some(found) if found != content => wrong.push(format!(
                "out/{name} differs\n--- expected\n{}\n--- found\n{}",
                String::from_utf8_lossy(content),
                String::from_utf8_lossy(found)
            )),
            Some(_) => {}
        }
    }
    for name in out.keys() {
        let text = !name.ends_with(".json");
        if text && !expected.contains_key(name) {
            wrong.push(format!("out/{name} was not expected"));
        }
    }
    wrong
}

#[test]
fn cases() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut cases: Vec<PathBuf> = std::fs::read_dir(&root)
        .unwrap()
        .map(|e| e.unwrap().path())
        .filter(|p| p.is_dir())
        .collect();
    cases.sort();
    assert!(cases.len() >= 8, "only {} cases", cases.len());
    let failures: Vec<String> = cases
        .iter()
        .flat_map(|case| {
            let name = case.file_name().unwrap().to_string_lossy().into_owned();
            run(case)
                .into_iter()
                .map(move |wrong| format!("== {name}: {wrong}"))
        })
        .collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
