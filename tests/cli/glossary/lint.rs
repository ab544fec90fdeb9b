//! `anubad glossary lint`.

use super::super::kit::Desk;
use super::desk;
use serde_json::Value;

#[test]
fn what_is_shipped_has_no_error_and_no_warning() {
    Desk::new()
        .anubad(&["glossary", "lint", "--strict"])
        .ends(0)
        .prints(&["9 files: 0 errors, 0 warnings"]);
}

#[test]
fn every_fault_has_its_file_its_line_its_cause_and_the_next_step() {
    for (rows, message) in [
        (
            "Dhaka\tঢাকা\ttown\n",
            "bad.tsv:2: error: unknown kind `town`; use person, place",
        ),
        (
            "Dhaka\t\tplace\n",
            "bad.tsv:2: error: the row has no form in `bn`; fill the cell",
        ),
        (
            "Dhaka\tঢাকা\tplace\tx\ty\n",
            "bad.tsv:2: error: the row has 5 cells under 4 columns; look for a stray tab",
        ),
        (
            "# a remark\n\nDhaka\tঢাকা\tplace\nDhaka\tঢাক্কা\tplace\n",
            "bad.tsv:5: error: `Dhaka` is `ঢাক্কা` here and `ঢাকা` in bad.tsv:4",
        ),
    ] {
        let desk = Desk::with(&[("bad.tsv", &format!("en\tbn\tkind\tnote\n{rows}"))]);
        desk.anubad(&["glossary", "lint", "bad.tsv"])
            .ends(78)
            .prints(&[message, "1 file: "]);
        // It is no use to a run either, which says the same.
        desk.write("pipeline.toml", "[glossaries]\nhouse = [\"bad.tsv\"]\n");
        if !message.contains("ঢাক্কা") {
            let said = message.replace("error: ", "");
            desk.anubad(&["check"]).ends(78).prints(&[&said]);
        }
    }
}

#[test]
fn a_file_that_is_no_table_is_told() {
    let desk = desk();
    desk.write("empty.tsv", "");
    desk.write("latin.tsv", b"en\tbn\tkind\n\xe9\tx\tplace\n");
    for (file, message) in [
        (
            "empty.tsv",
            "empty.tsv: error: the file has no header; begin it with a line such as",
        ),
        (
            "latin.tsv",
            "latin.tsv: error: the text is not UTF-8; save the table as UTF-8",
        ),
    ] {
        desk.anubad(&["glossary", "lint", file])
            .ends(78)
            .prints(&[message]);
    }
    desk.anubad(&["glossary", "lint", "none.tsv"])
        .ends(1)
        .says(&["no glossary at none.tsv; correct the path"]);
}

#[test]
fn doubts_are_warnings_and_strict_counts_them() {
    let desk = desk();
    desk.write("house.tsv", "en\tbn\tkind\nChad\tকরে\tplace\n");
    let said = [
        "house.tsv:2: warning: `করে`",
        "2 files: 0 errors, 1 warning",
    ];
    desk.anubad(&["glossary", "lint"]).ends(0).prints(&said);
    desk.anubad(&["glossary", "lint", "--strict"])
        .ends(3)
        .prints(&said);
}

#[test]
fn tools_get_an_object_a_finding() {
    let desk = desk();
    desk.write(
        "house.tsv",
        "en\tbn\tkind\nChad\tকরে\tplace\nOman\tওমান\tstate\n",
    );
    let outcome = desk.anubad(&["glossary", "lint", "--json"]).ends(78);
    let found: Vec<Value> = outcome
        .out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert!(!found.is_empty());
    for finding in &found {
        for key in ["file", "line", "severity", "check", "message", "next_step"] {
            assert!(!finding[key].is_null(), "{key} of {finding}");
        }
    }
    assert!(
        found
            .iter()
            .any(|f| f["severity"] == "error" && f["line"] == 3),
        "{found:?}"
    );
}
