//! `anubad glossary suggest`.

use super::super::kit::{Desk, ECHO, ENGLISH};
use serde_json::Value;

const CONFIG: &str = "[glossaries]\nbase = false\n";

const ARTICLE: &str = "Ferry services resumed at Paturia on Monday.\n\
    Engineer Jamal Hossain said that fog had covered the river at Paturia.\n\
    The police in Aricha thanked Jamal Hossain.\n";

const TRANSLATION: &str = "সোমবার পাটুরিয়ায় ফেরি চলাচল শুরু হয়েছে।\n\
    প্রকৌশলী জামাল হোসেন বলেন, পাটুরিয়ার নদী কুয়াশায় ঢেকে গিয়েছিল।\n\
    আরিচার পুলিশ জামাল হোসেনকে ধন্যবাদ জানায়।\n";

fn desk() -> Desk {
    Desk::with(&[
        ("pipeline.toml", CONFIG),
        ("a.txt", ARTICLE),
        ("a.bn.txt", TRANSLATION),
    ])
}

#[test]
fn names_are_proposed_as_a_glossary_file() {
    let desk = desk();
    desk.anubad(&["glossary", "suggest", "a.txt", "a.bn.txt", "-o", "new.tsv"])
        .ends(0)
        .says(&["suggestions from 3 aligned passages"]);
    let text = desk.read("new.tsv");
    for row in [
        "Jamal Hossain\tজামাল হোসেন\tperson\t",
        "Paturia\tপাটুরিয়া\t",
        "Aricha\tআরিচা\t",
    ] {
        assert!(text.contains(row), "no {row} in {text}");
    }
    assert!(text.contains("first a.txt:"), "{text}");
    // It is a glossary file as it stands.
    desk.anubad(&["glossary", "lint", "new.tsv"]).ends(0);
    // And never written over.
    desk.anubad(&["glossary", "suggest", "a.txt", "a.bn.txt", "-o", "new.tsv"])
        .ends(1)
        .says(&["new.tsv exists already"]);
}

#[test]
fn what_the_glossary_knows_is_not_proposed() {
    let desk = desk();
    desk.write("house.tsv", "en\tbn\tkind\nPaturia\tপাটুরিয়া\tplace\n");
    desk.write(
        "pipeline.toml",
        format!("{CONFIG}house = [\"house.tsv\"]\n"),
    );
    let outcome = desk
        .anubad(&["glossary", "suggest", "a.txt", "a.bn.txt"])
        .ends(0)
        .prints(&["Jamal Hossain"]);
    assert!(!outcome.out.contains("Paturia"), "{}", outcome.out);
}

#[test]
fn a_folder_of_pairs_in_either_direction() {
    let desk = Desk::with(&[
        ("pipeline.toml", CONFIG),
        ("pairs/a.en.txt", ARTICLE),
        ("pairs/a.bn.txt", TRANSLATION),
        ("pairs/lonely.en.txt", ARTICLE),
    ]);
    for pair in ["en-bn", "bn-en"] {
        let outcome = desk
            .anubad(&[
                "glossary", "suggest", "pairs", "--json", "--limit", "2", "--pair", pair,
            ])
            .ends(0);
        let found: Vec<Value> = outcome
            .out
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        assert_eq!(found.len(), 2);
        assert!(found[0]["score"].as_f64() >= found[1]["score"].as_f64());
        let one = found.iter().find(|s| s["en"] == "Jamal Hossain").unwrap();
        assert_eq!(
            (&one["bn"], &one["count"]),
            (&"জামাল হোসেন".into(), &2.into())
        );
    }
}

#[test]
fn drafts_of_a_run_are_not_learnt_from() {
    let config = format!("{ECHO}{CONFIG}");
    let desk = Desk::with(&[("pipeline.toml", &config), ("in/a.txt", ENGLISH)]);
    desk.anubad(&["run"]).ends(0);
    desk.anubad(&["glossary", "suggest", "out"])
        .ends(1)
        .says(&["of drafts, or with findings, left aside"]);
}

#[test]
fn what_cannot_be_compared_is_told() {
    let desk = desk();
    desk.write("empty/x.txt", "x");
    for (arguments, message) in [
        (
            &["a.txt"][..],
            "a.txt is one file; name its translation too, or a folder of pairs",
        ),
        (&["a.txt", "none.txt"], "cannot read none.txt: "),
        (
            &["empty"],
            "empty has no pairs; name them NAME.en.txt and NAME.bn.txt",
        ),
        (
            &["a.txt", "a.bn.txt", "--pair", "en-hi"],
            "entries are proposed for English and Bangla only, not for en-hi",
        ),
    ] {
        let arguments = [&["glossary", "suggest"], arguments].concat();
        desk.anubad(&arguments).ends(1).says(&[message]);
    }
    desk.anubad(&["glossary", "suggest", "a.txt", "a.bn.txt", "--score", "1.1"])
        .ends(1)
        .says(&["0 suggestions from 3 aligned passages"]);
}
