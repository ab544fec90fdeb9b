//! What outlives a run: nothing is paid for twice.

use super::kit::{Desk, ENGLISH, scripted};

/// A desk whose provider counts what it is asked.
pub(super) fn desk(files: &[(&str, &str)]) -> Desk {
    let desk = Desk::with(files);
    let asked = desk.path("asked");
    desk.write(
        "pipeline.toml",
        scripted(&format!("count {}", asked.display())),
    );
    desk
}

/// The segments that the provider was asked for, in order.
pub(super) fn asked(desk: &Desk) -> Vec<String> {
    std::fs::read_to_string(desk.path("asked"))
        .unwrap_or_default()
        .lines()
        .map(|line| serde_json::from_str::<(u32, u64, String)>(line).unwrap().2)
        .collect()
}

#[test]
fn what_was_paid_for_is_not_asked_again() {
    let desk = desk(&[("in/a.txt", ENGLISH)]);
    desk.anubad(&["run"]).ends(0);
    let first = asked(&desk);
    assert_eq!(first.len(), 4, "{first:?}");
    let text = desk.read("out/a.bn.txt");
    // The output is lost, the memory is not; another article shares sentences.
    std::fs::remove_dir_all(desk.path("out")).unwrap();
    desk.write(
        "in/b.txt",
        ENGLISH.replace("on both banks", "on the north bank"),
    );
    desk.anubad(&["run"]).ends(0);
    assert_eq!(desk.read("out/a.bn.txt"), text);
    let second = asked(&desk);
    assert_eq!(second.len(), 5, "{second:?}");
    assert!(second[4].contains("on the north bank"));
    let details = desk.json("out/a.bn.json");
    for block in details["blocks"].as_array().unwrap() {
        for segment in block["segments"].as_array().unwrap() {
            assert_eq!(segment["cached"], true, "{segment}");
            assert_eq!(segment["provider"], "scripted");
        }
    }
    assert_eq!(details["usage"]["segments"], 0);
    assert_eq!(details["usage"]["characters_sent"], 0);
    let new = &desk.json("out/b.bn.json")["usage"]["segments"];
    assert_eq!(*new, 1);
}

#[test]
fn without_state_nothing_is_remembered() {
    let desk = desk(&[("in/a.txt", ENGLISH)]);
    for times in 1..=2 {
        desk.anubad(&["run", "--no-state"]).ends(0);
        assert_eq!(asked(&desk).len(), 4 * times);
    }
    assert!(!desk.path(".anubad").exists());
}

#[test]
fn one_run_at_a_time_and_the_other_is_named() {
    let desk = desk(&[("in/a.txt", ENGLISH)]);
    desk.anubad(&["run"]).ends(0);
    let lock = std::fs::File::options()
        .write(true)
        .open(desk.path(".anubad/state.db.lock"))
        .unwrap();
    lock.lock().unwrap();
    std::fs::write(
        desk.path(".anubad/state.db.lock"),
        "process 7 on the night desk",
    )
    .unwrap();
    desk.anubad(&["run"]).ends(75).says(&[
        ".anubad/state.db: a run is at work with this state file: process 7 on the night desk",
        "wait for its end",
    ]);
    drop(lock);
    desk.anubad(&["run"]).ends(0);
}

#[test]
#[cfg(unix)]
fn a_run_can_be_looked_at_and_helped_while_it_lasts_and_no_other_begins() {
    let desk = desk(&[("in/a.txt", ENGLISH), ("in/b.txt", ENGLISH)]);
    let quick = desk.read("pipeline.toml");
    desk.write(
        "pipeline.toml",
        quick.replace("\"count\"", "\"slow\", \"2\", \"count\""),
    );
    let mut run = super::interrupt::Run::start(&desk);
    run.hear("begun");
    desk.anubad(&["run"]).ends(75).says(&[
        "a run is at work with this state file: process ",
        "wait for its end",
    ]);
    // Whoever only looks, or adds to it, waits for nobody.
    // No article has this one: the run asks for all of its own, however slow it is.
    let sentence = "Nobody had seen the birds come back.";
    desk.write(
        "desk.tmx",
        format!(
            "<tmx version=\"1.4\"><header/><body><tu><tuv xml:lang=\"en\"><seg>{sentence}</seg></tuv>\
             <tuv xml:lang=\"bn\"><seg>দুই তীরে শত শত ট্রাক ছিল।</seg></tuv></tu></body></tmx>"
        ),
    );
    desk.anubad(&["memory", "import", "desk.tmx", "--pair", "en-bn"])
        .ends(0);
    for look in [&["memory", "stats"][..], &["cost"], &["names", "list"]] {
        desk.anubad(look).ends(0);
    }
    let (status, heard) = run.end();
    assert_eq!(status.code(), Some(0), "{heard}");
    assert_eq!(
        asked(&desk).len(),
        4,
        "a sentence that both have is asked once"
    );
}

#[test]
fn of_runs_that_start_together_one_works() {
    let desk = desk(&[("in/a.txt", ENGLISH)]);
    let runs: Vec<_> = std::thread::scope(|scope| {
        let starts: Vec<_> = (0..4)
            .map(|_| scope.spawn(|| desk.anubad(&["run"])))
            .collect();
        starts.into_iter().map(|run| run.join().unwrap()).collect()
    });
    for run in &runs {
        assert!(matches!(run.status, Some(0 | 75)), "{run:?}");
    }
    assert!(runs.iter().any(|run| run.status == Some(0)));
    assert_eq!(asked(&desk).len(), 4, "paid once");
    desk.anubad(&["run"]).ends(0).prints(&["1 unchanged"]);
}

#[test]
fn a_state_file_that_cannot_be_used_is_told_before_anything_is_sent() {
    let desk = desk(&[
        ("in/a.txt", ENGLISH),
        (".anubad/state.db", "my own notes, by chance"),
    ]);
    desk.anubad(&["run"]).ends(78).says(&[
        ".anubad/state.db: this is not a state file of anubad; name another `file` in [state]",
    ]);
    assert!(asked(&desk).is_empty());
    assert_eq!(desk.read(".anubad/state.db"), "my own notes, by chance");
}

pub(super) fn states(desk: &Desk) -> Vec<(String, String)> {
    let report = desk.json("out/report.json");
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let articles = report["articles"].as_array().unwrap().iter();
    articles
        .map(|a| (text(&a["id"]), text(&a["state"])))
        .collect()
}

fn pairs(list: &[(&str, &str)]) -> Vec<(String, String)> {
    let owned = |&(id, state): &(&str, &str)| (id.to_owned(), state.to_owned());
    list.iter().map(owned).collect()
}

#[test]
fn only_what_changed_is_done_again() {
    let desk = desk(&[
        ("in/a.txt", ENGLISH),
        ("in/b.txt", &ENGLISH.replace("boatman", "sailor")),
    ]);
    desk.anubad(&["run"]).ends(0);
    let first = asked(&desk).len();
    let outcome = desk.anubad(&["run"]).ends(0);
    assert!(
        outcome
            .out
            .contains("0 articles written to out, 0 failed, 2 unchanged"),
        "{outcome:?}"
    );
    assert_eq!(
        states(&desk),
        pairs(&[("a.txt", "unchanged"), ("b.txt", "unchanged")])
    );
    assert_eq!(asked(&desk).len(), first);
    let report = desk.json("out/report.json");
    assert_eq!(report["articles"][0]["output"], "out/a.bn.txt");
    assert_eq!(report["usage"]["characters_sent"], 0, "of this run");

    // The same length, at once after: only its content tells.
    desk.write("in/b.txt", ENGLISH.replace("boatman", "skipper"));
    desk.write("in/a.txt", ENGLISH);
    desk.anubad(&["run"]).ends(0).says(&["written b.txt"]);
    assert_eq!(
        states(&desk),
        pairs(&[("a.txt", "unchanged"), ("b.txt", "written")])
    );
    assert_eq!(asked(&desk).len(), first + 1, "one sentence");
    assert!(desk.read("out/b.bn.txt").contains("skipper"));

    // An output that is not what was written is written anew, and nothing is asked.
    let whole = desk.read("out/a.bn.txt");
    desk.write("out/a.bn.txt", "half");
    desk.anubad(&["run"]).ends(0);
    assert_eq!(desk.read("out/a.bn.txt"), whole);
    std::fs::remove_file(desk.path("out/a.bn.json")).unwrap();
    desk.anubad(&["run"]).ends(0).says(&["written a.txt"]);
    desk.anubad(&["run", "--force"])
        .ends(0)
        .says(&["written a.txt", "written b.txt"]);
    assert_eq!(asked(&desk).len(), first + 1);
}

#[test]
fn a_clock_that_jumps_does_no_harm() {
    let desk = desk(&[("in/a.txt", ENGLISH)]);
    desk.anubad(&["run"]).ends(0);
    let set = |days: i64| {
        let file = std::fs::File::options()
            .write(true)
            .open(desk.path("in/a.txt"))
            .unwrap();
        let now = std::time::SystemTime::now();
        let day = std::time::Duration::from_secs(86400 * days.unsigned_abs());
        let time = if days < 0 { now - day } else { now + day };
        file.set_modified(time).unwrap();
    };
    for days in [-20_000, -1, 1, 4000] {
        set(days);
        desk.anubad(&["run"]).ends(0);
        assert_eq!(states(&desk), pairs(&[("a.txt", "unchanged")]), "{days}");
        desk.write("in/a.txt", ENGLISH.replace("sailor", "boatman"));
    }
    desk.write("in/a.txt", ENGLISH.replace("boatman", "skipper"));
    set(-20_000);
    desk.anubad(&["run"]).ends(0);
    assert_eq!(
        states(&desk),
        pairs(&[("a.txt", "written")]),
        "older and yet new"
    );
}

#[test]
fn a_change_of_the_settings_asks_for_what_it_touches() {
    let desk = desk(&[("in/a.txt", ENGLISH)]);
    let plain = desk.read("pipeline.toml");
    desk.anubad(&["run"]).ends(0);
    assert_eq!(asked(&desk).len(), 4);
    // A term of one sentence.
    desk.write("words.tsv", "en\tbn\tkind\nboatman\tমাঝিভাই\tterm\n");
    desk.write(
        "pipeline.toml",
        format!("{plain}[glossaries]\ndesk = [\"words.tsv\"]\n"),
    );
    desk.anubad(&["run"]).ends(0).says(&["written a.txt"]);
    let second = asked(&desk);
    assert_eq!(second.len(), 5, "{second:?}");
    assert!(second[4].contains("boatman"));
    // The form of the numbers: the sentences that have one.
    desk.write(
        "pipeline.toml",
        format!("{plain}[style]\ndigits = \"latin\"\n"),
    );
    desk.anubad(&["run"]).ends(0).says(&["written a.txt"]);
    let third = asked(&desk);
    assert_eq!(third.len(), 6, "{third:?}");
    assert!(third[5].contains("12"));
    // What was paid for before the change is there when it is taken back.
    desk.write("pipeline.toml", &plain);
    desk.anubad(&["run"]).ends(0).says(&["written a.txt"]);
    assert_eq!(asked(&desk).len(), 6);
    // Another provider is asked for everything.
    desk.write(
        "pipeline.toml",
        plain
            .replace("scripted]", "other]")
            .replace("\"scripted\"]", "\"other\"]"),
    );
    desk.anubad(&["run"]).ends(0);
    assert_eq!(asked(&desk).len(), 10);
}

#[test]
fn a_run_can_be_limited_to_some_articles() {
    let desk = desk(&[
        ("in/a.txt", ENGLISH),
        ("in/sport/b.txt", ENGLISH),
        ("in/sport/c.txt", ENGLISH),
    ]);
    desk.anubad(&["run", "--only", "sport/*", "--limit", "1"])
        .ends(0);
    assert_eq!(
        states(&desk),
        pairs(&[("sport/b.txt", "written"), ("sport/c.txt", "skipped")])
    );
    desk.anubad(&["run", "--limit", "1"]).ends(0);
    assert_eq!(
        states(&desk),
        pairs(&[
            ("a.txt", "written"),
            ("sport/b.txt", "unchanged"),
            ("sport/c.txt", "skipped")
        ])
    );
    desk.anubad(&["run", "--limit", "1"]).ends(0);
    desk.anubad(&["run", "--limit", "1"])
        .ends(0)
        .prints(&["3 unchanged"]);
    desk.anubad(&["run", "--retry-failed"])
        .ends(0)
        .prints(&["0 articles written"]);
    desk.anubad(&["run", "--only", "{"])
        .ends(64)
        .says(&["--only {: this is no pattern"]);
}

#[test]
fn poison_is_given_up_and_listed() {
    let desk = desk(&[("in/a.txt", ENGLISH), ("in/empty.txt", "")]);
    for _ in 0..2 {
        desk.anubad(&["run"])
            .ends(2)
            .says(&["in/empty.txt: the file is empty"]);
        assert_eq!(states(&desk)[1].1, "failed");
    }
    for _ in 0..2 {
        desk.anubad(&["run"]).ends(2).says(&[
            "in/empty.txt: the file is empty",
            "given up after 3 attempts; correct the article, or run with --retry-failed",
        ]);
        assert_eq!(
            states(&desk),
            pairs(&[("a.txt", "unchanged"), ("empty.txt", "given-up")])
        );
    }
    desk.anubad(&["run", "--retry-failed"])
        .ends(1)
        .says(&["given up empty.txt"]);
    assert_eq!(states(&desk), pairs(&[("empty.txt", "given-up")]));
    desk.write("in/empty.txt", ENGLISH);
    desk.anubad(&["run"]).ends(0);
    assert_eq!(states(&desk)[1].1, "written", "it has changed");
}

#[test]
fn an_outage_is_no_fault_of_the_articles_and_ends_the_run() {
    let desk = desk(&[]);
    for i in 0..30 {
        desk.write(&format!("in/{i:02}.txt"), ENGLISH);
    }
    let working = desk.read("pipeline.toml");
    desk.write(
        "pipeline.toml",
        working.replace("\"count\"", "\"error\", \"quota\", \"count\""),
    );
    for _ in 0..4 {
        desk.anubad(&["run"])
            .ends(2)
            .says(&["20 articles in a row could not be translated"]);
        let states = states(&desk);
        assert_eq!(states[19].1, "failed");
        assert_eq!(states[20].1, "skipped");
    }
    desk.write("pipeline.toml", working);
    desk.anubad(&["run"])
        .ends(0)
        .prints(&["30 articles written"]);
}

#[test]
fn a_new_article_does_not_take_the_file_of_one_that_is_done() {
    let desk = desk(&[("in/b/a.txt", ENGLISH)]);
    desk.write(
        "pipeline.toml",
        desk.read("pipeline.toml")
            .replace("[\"in\"]", "[\"in/b\", \"in/a\"]"),
    );
    desk.write("in/a/x.txt", ENGLISH);
    desk.anubad(&["run"]).ends(0);
    desk.write("in/a/A.txt", ENGLISH.replace("boatman", "sailor"));
    desk.anubad(&["run"])
        .ends(2)
        .says(&["A.txt would be written to", "as a.txt was"]);
    assert!(desk.read("out/a.bn.txt").contains("boatman"));
}
