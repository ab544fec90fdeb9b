//! `anubad translate`.

use std::collections::BTreeSet;

use serde_json::Value;

use super::kit::{BANGLA, Desk, ENGLISH, scripted};

const TITLE: &str = "Ferry crossings resume after a week of fog";

#[test]
fn an_article_comes_from_a_file_a_folder_a_glob_or_standard_input() {
    let desk = Desk::with(&[("in/a.txt", ENGLISH)]);
    let text = desk
        .anubad(&["translate", "--provider", "echo", "in/a.txt"])
        .ends(0)
        .prints(&[
            TITLE,
            "ঢাকা, ১৪ জানুয়ারি, ২০২৬ (বাসস) :",
            "‘We can see the other side again’,",
        ])
        .out;
    for input in ["in", "in/*.txt", "in/", "./in/a.txt"] {
        let same = desk.anubad(&["translate", "--provider", "echo", input]);
        assert_eq!(same.ends(0).out, text, "{input}");
    }
    for arguments in [
        &["translate", "--provider", "echo"][..],
        &["translate", "-", "--provider", "echo"],
    ] {
        let same = desk.anubad_fed(arguments, ENGLISH);
        assert_eq!(same.ends(0).out, text, "{arguments:?}");
    }
}

#[test]
fn several_articles_are_told_apart() {
    let desk = Desk::with(&[("a.txt", ENGLISH), ("b.txt", BANGLA)]);
    let outcome = desk
        .anubad(&["translate", "--provider", "echo", "b.txt", "a.txt"])
        .ends(0)
        .prints(&["==> b.txt <==\n", "==> a.txt <==\n"]);
    let at = |name: &str| outcome.out.find(name).unwrap();
    assert!(at("==> b.txt") < at("==> a.txt"), "as they were named");
}

#[test]
fn output_goes_to_a_file_or_a_folder() {
    let desk = Desk::with(&[("in/a.txt", ENGLISH), ("in/sub/b.txt", BANGLA)]);
    let translate = |arguments: &[&str]| {
        let mut all = vec!["translate", "--provider", "echo"];
        all.extend(arguments);
        let outcome = desk.anubad(&all).ends(0);
        assert_eq!(outcome.out, "");
    };
    translate(&["in/a.txt", "-o", "new/folder/out.txt"]);
    assert_eq!(desk.list("new"), ["folder/out.txt"]);
    translate(&["in/a.txt", "-o", "slash/"]);
    assert_eq!(desk.list("slash"), ["a.bn.txt"]);
    translate(&["in/a.txt", "-o", "slash", "--json"]);
    assert_eq!(desk.list("slash"), ["a.bn.json", "a.bn.txt"]);
    translate(&["in", "-o", "many"]);
    assert_eq!(desk.list("many"), ["a.bn.txt", "sub/b.en.txt"]);
    // However many articles the folder happens to hold.
    translate(&["in/sub", "-o", "one"]);
    assert_eq!(desk.list("one"), ["b.en.txt"]);
    translate(&["in/a.txt", "-o", "in/sub/b.bn.txt"]);
    assert!(desk.read("in/sub/b.bn.txt").starts_with(TITLE));
    #[cfg(unix)]
    {
        let out = desk.anubad(&["translate", "--provider=echo", "in/a.txt", "-o/dev/stdout"]);
        out.ends(0).prints(&[TITLE]);
    }
}

#[test]
fn an_article_is_never_overwritten_by_its_translation() {
    let desk = Desk::with(&[("in/a.txt", ENGLISH), ("file", "mine")]);
    desk.anubad(&["translate", "--provider=echo", "in/a.txt", "-o", "in/a.txt"])
        .ends(1)
        .says(&["in/a.txt is an article of the input"]);
    desk.anubad(&["translate", "--provider=echo", "in", "-o", "in"])
        .ends(1)
        .says(&["in is the output folder too"]);
    desk.anubad(&["translate", "--provider=echo", "in", "-o", "file"])
        .ends(1)
        .says(&["cannot use file as output folder: it is a file; name another"]);
    desk.anubad(&[
        "translate",
        "--provider=echo",
        "in/a.txt",
        "-o",
        "file/a.txt",
    ])
    .ends(1)
    .says(&["cannot use file as output folder"]);
    assert_eq!(desk.read("in/a.txt"), ENGLISH);
    assert_eq!(desk.read("file"), "mine");
    assert_eq!(desk.list("in"), ["a.txt"]);
}

#[test]
fn a_direction_may_be_named() {
    let desk = Desk::with(&[("a.txt", ENGLISH), ("b.txt", BANGLA)]);
    let translate = |arguments: &[&str]| {
        let mut all = vec!["translate", "--provider", "echo"];
        all.extend(arguments);
        desk.anubad(&all)
    };
    translate(&["a.txt", "--to", "bn"]).ends(0);
    translate(&["b.txt", "--to", "EN", "--from", "auto"]).ends(0);
    translate(&["a.txt", "--from", "en", "--to", "bn-BD"]).ends(0);
    // The user knows better than any detector.
    let json = translate(&["a.txt", "--from", "bn", "--json"]).ends(0).out;
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["target_language"], "en");
    translate(&["a.txt", "--to", "en"])
        .ends(1)
        .says(&["a.txt: it is in `en` already"]);
    translate(&["a.txt", "b.txt", "--to", "en"]).ends(2);
    for (arguments, message) in [
        (
            &["--to", "fr"][..],
            "no configured pair translates into `fr` (pairs: en-bn, bn-en)",
        ),
        (&["--from", "hi"], "no configured pair translates from `hi`"),
        (
            &["--from", "en", "--to", "en"],
            "--from and --to are both `en`",
        ),
        (&["--to", "bangla"], "`bangla` is no language code"),
        (&["--from", "?"], "`?` is no language code"),
    ] {
        let mut all = vec!["a.txt"];
        all.extend(arguments);
        let outcome = translate(&all).ends(64).says(&[message]);
        assert_eq!(outcome.out, "");
    }
}

#[test]
fn statuses_tell_what_became_of_the_articles() {
    let desk = Desk::with(&[
        ("a.txt", ENGLISH),
        (
            "clean.txt",
            "The talks will go on, and the sides will meet again.\n",
        ),
        (
            "dictionary.json",
            r#"{"The talks will go on, and the sides will meet again.": "আলোচনা চলবে, আর দুই পক্ষ আবার বসবে।"}"#,
        ),
        ("empty.txt", ""),
    ]);
    desk.write("clean.toml", scripted("glossary dictionary.json"));
    desk.write("crash.toml", scripted("crash-after 0"));
    for (arguments, status) in [
        (&["--provider=echo", "a.txt"][..], 0),
        (&["--provider=echo", "a.txt", "--strict"], 3),
        (&["--config=clean.toml", "clean.txt", "--strict"], 0),
        (&["--config=crash.toml", "clean.txt"], 1),
        (&["--provider=echo", "empty.txt"], 1),
        (&["--provider=echo", "none.txt"], 1),
        (&["--provider=echo", "a.txt", "empty.txt"], 2),
        (&["--provider=echo", "a.txt", "none.txt", "--strict"], 2),
        (&["--provider=nobody", "a.txt"], 64),
        (&["--colour", "a.txt"], 64),
        (&["--config=none.toml", "a.txt"], 78),
    ] {
        let mut all = vec!["translate"];
        all.extend(arguments);
        desk.anubad(&all).ends(status);
    }
    desk.anubad(&["translate", "--provider=nobody"])
        .says(&["[providers.nobody]", "echo, local, pseudo"]);
}

#[test]
fn json_has_the_promised_shape() {
    let unpaired = ENGLISH.replace("other side again,\"", "other side again,");
    let desk = Desk::with(&[("a.txt", &unpaired), ("b.txt", BANGLA), ("empty.txt", "")]);
    let outcome = desk
        .anubad(&[
            "translate",
            "--provider=pseudo",
            "--json",
            "a.txt",
            "empty.txt",
            "b.txt",
        ])
        .ends(2);
    let lines: Vec<&str> = outcome.out.lines().collect();
    assert_eq!(lines.len(), 2, "an object a line, an article each");
    let (mut spans, mut articles_findings) = (0, 0);
    for (line, (id, source, target)) in lines
        .iter()
        .zip([("a.txt", "en", "bn"), ("b.txt", "bn", "en")])
    {
        let article: Value = serde_json::from_str(line).unwrap();
        keys(
            &article,
            "id source_language target_language date title text blocks names findings usage",
        );
        assert_eq!(article["id"], id);
        assert_eq!(article["source_language"], source);
        assert_eq!(article["target_language"], target);
        let text = article["text"].as_str().unwrap();
        assert!(text.starts_with(article["title"].as_str().unwrap()));
        keys(&article["usage"], "segments characters_sent cost");
        assert!(article["usage"]["characters_sent"].as_u64().unwrap() > 0);
        assert!(article["usage"]["cost"].is_number());
        let mut sent = 0;
        for block in list(&article["blocks"]) {
            keys(block, "kind source target segments");
            assert!(block["kind"].is_string() && block["source"].is_string());
            let target = block["target"].as_str().unwrap();
            assert!(text.contains(target), "{target} is not in the text");
            for segment in list(&block["segments"]) {
                keys(
                    segment,
                    "source target provider cached draft review marks findings",
                );
                let source = segment["source"].as_str().unwrap();
                assert!(block["source"].as_str().unwrap().contains(source));
                assert_eq!(segment["provider"], "pseudo");
                assert_eq!(segment["cached"], false);
                assert_eq!(segment["draft"], true);
                let severe = |f: &Value| f["severity"] != "note";
                let findings = list(&segment["findings"]);
                assert_eq!(segment["review"], findings.iter().any(severe));
                for found in findings {
                    spans += finding(found, Some(source), segment["target"].as_str());
                }
                sent += 1;
            }
        }
        assert_eq!(article["usage"]["segments"], sent);
        for found in list(&article["findings"]) {
            articles_findings += 1;
            finding(found, None, None);
        }
    }
    assert!(articles_findings > 0, "the unpaired quotation mark");
    // Zero where every check speaks of the sentence as a whole.
    println!("{spans} spans were within their sentences");
}

#[track_caller]
fn keys(object: &Value, expected: &str) {
    let found: BTreeSet<&str> = object
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    assert_eq!(found, expected.split(' ').collect(), "{object}");
}

#[track_caller]
fn list(value: &Value) -> &Vec<Value> {
    value.as_array().unwrap()
}

/// Checks a finding and counts its spans.
fn finding(found: &Value, source: Option<&str>, target: Option<&str>) -> usize {
    keys(found, "check severity message source_span target_span");
    assert!(found["check"].is_string());
    assert!(!found["message"].as_str().unwrap().is_empty());
    assert!(["note", "warning", "error"].contains(&found["severity"].as_str().unwrap()));
    let mut spans = 0;
    for (key, text) in [("source_span", source), ("target_span", target)] {
        if found[key].is_null() {
            continue;
        }
        let ends: Vec<usize> = serde_json::from_value(found[key].clone()).unwrap();
        let [start, end] = ends[..] else {
            panic!("{key} is no start and end: {found}")
        };
        assert!(start <= end);
        if let Some(text) = text {
            assert!(text.get(start..end).is_some(), "{found} outside {text}");
            spans += 1;
        }
    }
    spans
}
