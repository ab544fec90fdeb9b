//! Where translations go, and what files are called.

use super::kit::{BANGLA, Desk, ECHO, ENGLISH};

fn laid_out(layout: &str) -> String {
    format!("{ECHO}[output]\nlayout = \"{layout}\"\n")
}

#[test]
fn files_are_called_as_the_layout_says() {
    let desk = Desk::with(&[
        ("pipeline.toml", &laid_out("{lang}/{date}/{stem}.{ext}")),
        ("in/sub/a.txt", ENGLISH),
        ("in/b.txt", BANGLA),
        (
            "in/c.txt",
            "Ferry crossings resumed on Wednesday, the authority said in Dhaka.\n",
        ),
    ]);
    desk.anubad(&["run"]).ends(0);
    let files = [
        "bn/2026-01-14/a.json",
        "bn/2026-01-14/a.txt",
        "bn/undated/c.json",
        "bn/undated/c.txt",
        "en/2026-01-14/b.json",
        "en/2026-01-14/b.txt",
        "report.json",
    ];
    assert_eq!(desk.list("out"), files);
    assert_eq!(desk.json("out/bn/2026-01-14/a.json")["date"], "2026-01-14");
    // A second run knows them; another layout writes them anew.
    desk.anubad(&["run"]).ends(0).prints(&["3 unchanged"]);
    desk.write("pipeline.toml", laid_out("{path}/{stem}-{lang}.{ext}"));
    desk.anubad(&["run"])
        .ends(0)
        .prints(&["3 articles written"]);
    assert!(desk.path("out/sub/a-bn.txt").is_file());
}

#[test]
fn a_layout_that_leads_elsewhere_is_refused_with_its_line() {
    for (layout, message) in [
        (
            "../{stem}.{ext}",
            "`..` is no name for a folder or file below the output folder",
        ),
        ("/tmp/{stem}.{ext}", "`` is no name"),
        (
            "{lang}.{ext}",
            "`{stem}` is missing; a layout needs {stem} and ends in .{ext}",
        ),
        ("{title}.{ext}", "`{title}` is no field; use {path}, {stem}"),
    ] {
        let desk = Desk::with(&[("pipeline.toml", &laid_out(layout)), ("in/a.txt", ENGLISH)]);
        desk.anubad(&["run"])
            .ends(78)
            .says(&["pipeline.toml: line 6", message]);
        assert!(!desk.path("out").exists());
    }
}

#[test]
fn articles_that_would_be_one_file_are_told() {
    let desk = Desk::with(&[
        ("pipeline.toml", &laid_out("{stem}.{ext}")),
        ("in/a/x.txt", ENGLISH),
        ("in/b/X.txt", ENGLISH),
        ("in/report.txt", ENGLISH),
    ]);
    desk.anubad(&["run"]).ends(2).says(&[
        "b/X.txt would be written to",
        "as a/x.txt was; rename one of the two",
        "report.txt would be written to",
        "as the report of the run was",
    ]);
    // The report is the run's own.
    assert!(desk.json("out/report.json")["articles"].is_array());
}

#[cfg(unix)]
#[test]
fn names_that_no_file_system_should_have_stay_in_the_folder() {
    let desk = Desk::with(&[("pipeline.toml", ECHO)]);
    for (number, name) in [
        "a\u{1b}[2J.txt",
        "x\\..\\..\\up.txt",
        "nul.txt",
        " . .txt",
        "C:x.txt",
        "\u{202e}exe.txt",
        &format!("{}.txt", "খ".repeat(80)),
    ]
    .iter()
    .enumerate()
    {
        // Each has something of its own to say.
        let text = ENGLISH.replace("12 vessels", &format!("{} vessels", number + 20));
        desk.write(&format!("in/{name}"), text);
    }
    desk.anubad(&["run"])
        .ends(0)
        .prints(&["7 articles written"]);
    let files = desk.list("out");
    assert_eq!(files.len(), 15, "{files:?}");
    for name in [
        "a_[2J.bn.txt",
        "x/up.bn.txt",
        "_nul.bn.txt",
        "C_x.bn.txt",
        "_exe.bn.txt",
    ] {
        assert!(files.iter().any(|file| file == name), "{name} in {files:?}");
    }
    assert!(!desk.path("out/up.bn.txt").exists());
}
