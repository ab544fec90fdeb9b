//! `anubad glossary search`.

use super::super::kit::Desk;
use super::desk;
use serde_json::Value;

#[test]
fn words_are_found_in_both_languages_whatever_their_endings() {
    let desk = desk();
    for (words, found) in [
        (&["ঢাকায়"][..], "Dhaka = ঢাকা  place\n    house  house.tsv:2"),
        (&["dhaka"], "Dhaka = ঢাকা"),
        (&["Rana's"], "Rana = রানা  person\n    desk  desk.tsv:3"),
        (&["ইস্তাম্বুলের"], "note: 2026 style book"),
        (&["CEASEFIRE"], "ceasefire = যুদ্ধবিরতি"),
    ] {
        let arguments = [&["glossary", "search"], words].concat();
        desk.anubad(&arguments).ends(0).prints(&[found]);
    }
}

#[test]
fn what_is_not_found_is_told_with_what_is_spelled_alike() {
    let desk = desk();
    desk.anubad(&["glossary", "search", "Istambul"])
        .ends(1)
        .says(&["nothing is found of `Istambul`; spelled much alike:"])
        .prints(&["Istanbul = ইস্তাম্বুল"]);
    desk.anubad(&["glossary", "search", "zzzz"])
        .ends(1)
        .says(&["nothing is found of `zzzz`, and nothing like it"]);
    desk.anubad(&["glossary", "search"]).ends(64);
}

#[test]
fn a_row_that_is_not_in_force_is_shown_as_such() {
    let desk = Desk::with(&[
        (
            "pipeline.toml",
            "[glossaries]\nbase = false\nhouse = [\"h.tsv\"]\n",
        ),
        (
            "h.tsv",
            "en\tbn\tkind\tdesk\tto\nRana\tরানা\tperson\tsport\t\nOmar\tওমর\tperson\t\t2020-01-31\n",
        ),
    ]);
    desk.anubad(&["glossary", "search", "Rana"])
        .ends(0)
        .prints(&["desk sport  (not in force)"]);
    let outcome = desk
        .anubad(&["glossary", "search", "Omar", "--json"])
        .ends(0);
    let entry: Value = serde_json::from_str(outcome.out.lines().next().unwrap()).unwrap();
    assert_eq!(entry["in_force"], false);
    assert_eq!(entry["to"], "2020-01-31");
    assert_eq!(
        (&entry["en"], &entry["bn"]),
        (&"Omar".into(), &"ওমর".into())
    );
    assert_eq!(
        (&entry["file"], &entry["line"]),
        (&"h.tsv".into(), &3.into())
    );
}

#[test]
fn what_is_shipped_is_searched_without_a_configuration() {
    Desk::new()
        .anubad(&["glossary", "search", "চট্টগ্রামে"])
        .ends(0)
        .prints(&["base:places-bangladesh.tsv"]);
}
