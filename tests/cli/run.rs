//! `anubad run`.

use super::kit::{BANGLA, Desk, ECHO, ENGLISH, finish, plain, scripted};

#[test]
fn a_run_writes_every_article_and_a_report() {
    let desk = Desk::with(&[
        ("pipeline.toml", ECHO),
        ("in/a.txt", ENGLISH),
        ("in/desk/খবর এক.txt", BANGLA),
        ("in/notes.csv", "no article"),
    ]);
    let outcome = desk
        .anubad(&["run"])
        .ends(0)
        .says(&["written a.txt", "written desk/খবর এক.txt"])
        .prints(&[
            "direction  sentences  review  draft  findings  article\n",
            "  a.txt\n",
            "  desk/খবর এক.txt\n",
            "2 articles written to out, 0 failed, in ",
            " need an editor's eye: see the .json file beside each article\n",
        ]);
    assert_eq!(
        desk.list("out"),
        [
            "a.bn.json",
            "a.bn.txt",
            "desk/খবর এক.en.json",
            "desk/খবর এক.en.txt",
            "report.json"
        ]
    );
    // Names come last, so that their width disturbs no column.
    let rows: Vec<&str> = outcome
        .out
        .lines()
        .filter(|l| l.ends_with(".txt"))
        .collect();
    let header = outcome
        .out
        .lines()
        .find(|l| l.ends_with("article"))
        .unwrap();
    let column = header.len() - "article".len();
    for row in rows {
        assert_eq!(row.as_bytes()[column - 1], b' ', "{row}");
        assert_ne!(row.as_bytes()[column], b' ', "{row}");
    }
    let report = desk.json("out/report.json");
    assert_eq!(report["articles"].as_array().unwrap().len(), 2);
    let first = &report["articles"][0];
    assert_eq!(first["id"], "a.txt");
    assert_eq!(first["state"], "written");
    assert_eq!(first["output"], "out/a.bn.txt");
    assert_eq!(first["source_language"], "en");
    let details = desk.json("out/a.bn.json");
    assert_eq!(details["text"], desk.read("out/a.bn.txt"));
}

#[test]
fn paths_are_relative_to_the_configuration() {
    let desk = Desk::with(&[
        ("night desk/pipeline.toml", ECHO),
        ("night desk/in/a.txt", ENGLISH),
        (
            "night desk/words.tsv",
            "en\tbn\tkind\nboatman\tমাঝিভাই\tterm\n",
        ),
        ("in/not-this.txt", ENGLISH),
    ]);
    desk.write(
        "night desk/pipeline.toml",
        format!("{ECHO}[glossaries]\ndesk = [\"words.tsv\"]\n"),
    );
    desk.anubad(&["run", "--config", "night desk/pipeline.toml"])
        .ends(0)
        .prints(&["1 article written to night desk/out, "]);
    assert!(desk.path("night desk/out/a.bn.txt").is_file());
    assert!(!desk.path("out").exists());
}

#[test]
fn a_second_run_gives_the_same_bytes() {
    let desk = Desk::with(&[
        ("pipeline.toml", ECHO),
        ("in/a.txt", ENGLISH),
        ("in/b.txt", BANGLA),
    ]);
    desk.anubad(&["run"]).ends(0);
    let files = desk.list("out");
    let contents = || -> Vec<String> {
        let kept = files.iter().filter(|name| *name != "report.json");
        kept.map(|name| desk.read(&format!("out/{name}"))).collect()
    };
    let first = contents();
    #[cfg(unix)]
    let inode = {
        use std::os::unix::fs::MetadataExt;
        move |desk: &Desk| desk.path("out/a.bn.txt").metadata().unwrap().ino()
    };
    #[cfg(unix)]
    let before = inode(&desk);
    desk.anubad(&["run"]).ends(0);
    #[cfg(unix)]
    assert_eq!(inode(&desk), before, "what is done is left alone");
    desk.anubad(&["run", "--force"]).ends(0);
    assert_eq!(desk.list("out"), files, "nothing more, nothing less");
    assert_eq!(contents(), first);
    #[cfg(unix)]
    assert_ne!(
        inode(&desk),
        before,
        "replaced as a whole, never written into"
    );
}

#[test]
fn quiet_is_quiet_but_for_errors() {
    let desk = Desk::with(&[("pipeline.toml", ECHO), ("in/a.txt", ENGLISH)]);
    let outcome = desk.anubad(&["run", "--quiet"]).ends(0);
    assert_eq!((outcome.out.as_str(), outcome.err.as_str()), ("", ""));
    desk.write("in/empty.txt", "");
    let outcome = desk.anubad(&["run", "-q"]).ends(2);
    assert_eq!(outcome.out, "");
    assert!(
        outcome
            .err
            .starts_with("anubad: in/empty.txt: the file is empty"),
        "{outcome:?}"
    );
    assert_eq!(outcome.err.lines().count(), 1);
}

#[test]
fn statuses_tell_what_became_of_the_run() {
    let desk = Desk::with(&[("pipeline.toml", ECHO), ("in/a.txt", ENGLISH)]);
    desk.anubad(&["run"]).ends(0);
    desk.anubad(&["run", "--strict"]).ends(3);
    desk.write("in/empty.txt", "");
    desk.anubad(&["run", "--strict"])
        .ends(2)
        .says(&["in/empty.txt: the file is empty"])
        .prints(&["failed", "0 articles written to out, 1 failed, 1 unchanged"]);
    std::fs::remove_file(desk.path("in/a.txt")).unwrap();
    desk.anubad(&["run"]).ends(1);
    std::fs::remove_file(desk.path("in/empty.txt")).unwrap();
    desk.anubad(&["run"])
        .ends(1)
        .says(&["no article was found"]);
    desk.anubad(&["run", "surplus"]).ends(64);
    desk.anubad(&["run", "--config", "none.toml"]).ends(78);
}

#[test]
fn a_run_without_a_plan_is_told_what_to_do() {
    let desk = Desk::new();
    desk.anubad(&["run"]).ends(78).says(&[
        "there is no pipeline.toml here",
        "--config",
        "anubad translate FILE",
    ]);
    desk.write("pipeline.toml", "[pipeline]\nproviders = [\"echo\"]\n");
    desk.anubad(&["run"])
        .ends(78)
        .says(&["pipeline.toml: there is no input: name files or folders under `paths`"]);
    assert!(!desk.path("out").exists());
}

#[test]
fn a_disk_that_is_full_leaves_nothing_half_written() {
    if cfg!(not(unix)) {
        return;
    }
    let desk = Desk::with(&[("pipeline.toml", ECHO), ("in/a.txt", ENGLISH)]);
    // Files of more than 1 KiB cannot be written, as if the disk were full.
    // (The state file would be larger, too: what becomes of it is in `state`.)
    let run = || {
        let mut command = std::process::Command::new("bash");
        command
            .args([
                "-c",
                "trap '' XFSZ; ulimit -f 1; exec \"$0\" run --no-state",
            ])
            .arg(env!("CARGO_BIN_EXE_anubad"))
            .current_dir(desk.path(""));
        plain(&mut command);
        finish(&mut command, "")
    };
    let message = "cannot write out/a.bn.json: File too large (os error 27)";
    run().ends(1).says(&[message]);
    assert_eq!(desk.list("out"), ["report.json"], "the report is small");
    desk.anubad(&["run"]).ends(0);
    let before = desk.read("out/a.bn.txt");
    desk.write("in/a.txt", ENGLISH.replace("week", "fortnight"));
    // The version before would be kept first.
    run()
        .ends(1)
        .says(&["cannot write out/.previous/a.bn.json: File too large (os error 27)"]);
    assert_eq!(desk.read("out/a.bn.txt"), before);
    assert_eq!(desk.list("out"), ["a.bn.json", "a.bn.txt", "report.json"]);
}

#[test]
fn the_report_tells_how_holes_came_back() {
    let english =
        "Rain stops work on the river\n\nAt least 17 people were hurt when a wall fell.\n";
    for (behaviour, kept, lost, repeated) in [
        ("--protection tags", 1, 0, 0),
        ("--protection tags drop-holes", 0, 1, 0),
        ("--protection tags double-holes", 0, 0, 1),
    ] {
        let desk = Desk::with(&[
            ("pipeline.toml", &scripted(behaviour)),
            ("in/a.txt", english),
        ]);
        desk.anubad(&["run"]);
        let report = desk.json("out/report.json");
        let survival = &report["survival"]["scripted"];
        let holes = [
            &survival["kept"],
            &survival["lost"],
            &survival["repeated"],
            &survival["holes"],
        ];
        assert_eq!(holes, [kept, lost, repeated, 1], "{behaviour}: {survival}");
        let restored = survival["restored"].as_object().unwrap();
        let sum: u64 = restored
            .values()
            .filter_map(serde_json::Value::as_u64)
            .sum();
        assert_eq!(sum, lost + repeated, "{behaviour}: {survival}");
    }
}
