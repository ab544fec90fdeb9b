//! `anubad glossary import` and `export`.

use super::super::kit::Desk;
use super::desk;

/// A row of every column and of every kind.
const FULL: &str = "\
en\tbn\tkind\tcase\tdirection\tpos\tdesk\tfrom\tto\ten_variants\tbn_variants\tnote\n\
Nurul Karim\tনূরুল করিম\tperson\t\t\tproper-noun\t\t\t\tNoorul Karim | N Karim\tনুরুল করিম\tas he signs, \"always\"\n\
US\tযুক্তরাষ্ট্র\tplace\tany\ten-bn\n\
Chelsea\tচেলসি\torganisation\t\t\t\tsport\n\
BSS\tবাসস\tagency\n\
Chief Adviser\tপ্রধান উপদেষ্টা\ttitle\t\t\t\t\t2024-08-08\t2026-02-28\n\
ceasefire\tযুদ্ধবিরতি\tterm\t\t\tnoun\t\t\t\ttruce\tঅস্ত্রবিরতি\n\
Google\tGoogle\tdo-not-translate\n\
Israel\tইজরায়েল\tforbidden\t\ten-bn\t\t\t\t\t\t\t'=no formula\n";

#[test]
fn every_format_gives_back_every_row() {
    for format in ["csv", "tbx", "tsv"] {
        let desk = Desk::with(&[("full.tsv", FULL)]);
        let there = format!("there.{format}");
        desk.anubad(&[
            "glossary", "export", "--format", format, "-o", &there, "full.tsv",
        ])
        .ends(0)
        .says(&[&format!("8 rows in {there}")]);
        desk.anubad(&["glossary", "import", &there, "-o", "back.tsv"])
            .ends(0)
            .says(&[&format!("8 rows of {there} in back.tsv")]);
        assert_eq!(desk.read("back.tsv"), FULL, "{format}");
        // What stands is never written over: neither by a second export nor import.
        desk.anubad(&[
            "glossary", "export", "--format", format, "-o", &there, "full.tsv",
        ])
        .ends(1)
        .says(&[&format!(
            "{there} exists already; name a new file with --output"
        )]);
        desk.anubad(&["glossary", "import", &there, "-o", "back.tsv"])
            .ends(1)
            .says(&["back.tsv exists already"]);
        assert_eq!(desk.read("back.tsv"), FULL);
        // On standard output it is the same file, byte for byte.
        let outcome = desk
            .anubad(&["glossary", "export", "--format", format, "full.tsv"])
            .ends(0);
        assert_eq!(outcome.out, desk.read(&there));
    }
}

#[test]
fn the_glossary_that_is_shipped_survives_every_format() {
    let desk = Desk::new();
    let all = desk
        .anubad(&["glossary", "export", "--format", "tsv"])
        .ends(0)
        .out;
    let rows = all.lines().count() - 1;
    assert!(rows >= 1500, "{rows}");
    // The page that lists them says how many there are.
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/glossaries/README.md");
    let page = std::fs::read_to_string(page).unwrap().replace(',', "");
    assert!(page.contains(&format!("\n{rows} entries with ")), "{rows}");
    for format in ["csv", "tbx"] {
        let there = format!("there.{format}");
        desk.anubad(&["glossary", "export", "--format", format, "-o", &there])
            .ends(0);
        let back = desk.anubad(&["glossary", "import", &there]).ends(0);
        assert!(back.out == all, "{format}");
    }
}

#[test]
fn a_spreadsheet_of_somebody_else_is_read() {
    let desk = desk();
    desk.write(
        "theirs.csv",
        "\u{feff}No;English;Bangla;Category;Remarks;Seen\r\n\
         1;\"Cox's Bazar\";কক্সবাজার;place;;yes\r\n2;budget;বাজেট;;\"a; b\";\r\n",
    );
    desk.anubad(&["glossary", "import", "theirs.csv", "-o", "ours.tsv"])
        .ends(0)
        .says(&[
            "theirs.csv: left out: column `No`",
            "theirs.csv: left out: column `Seen`",
            "2 rows of theirs.csv in ours.tsv",
        ]);
    assert_eq!(
        desk.read("ours.tsv"),
        "en\tbn\tkind\tnote\nCox's Bazar\tকক্সবাজার\tplace\nbudget\tবাজেট\tterm\ta; b\n"
    );
}

#[test]
fn what_cannot_be_read_is_told_with_its_line() {
    let desk = desk();
    desk.write("bad.csv", "en,bn,kind\nDhaka,ঢাকা,place\nRana,রানা,human\n");
    desk.write("cut.tbx", "<tbx>\n<text>\n</body></tbx>");
    desk.write("list.ods", "PK");
    for (file, message) in [
        (
            "bad.csv",
            "bad.csv:3: unknown kind `human`; use person, place",
        ),
        ("cut.tbx", "cut.tbx:3: the file is no well-formed XML"),
        (
            "list.ods",
            "list.ods: the name does not tell its format; name it with --format",
        ),
        ("none.csv", "cannot read none.csv: "),
    ] {
        desk.anubad(&["glossary", "import", file, "-o", "new.tsv"])
            .ends(1)
            .says(&[message]);
        assert!(!desk.path("new.tsv").exists(), "{file}");
    }
}

#[test]
fn a_doubtful_row_is_imported_and_told() {
    let desk = desk();
    desk.write("theirs.csv", "en,bn,kind\nChad,করে,place\n");
    desk.anubad(&["glossary", "import", "theirs.csv", "-o", "ours.tsv"])
        .ends(0)
        .says(&[
            "ours.tsv:2: warning: `করে`",
            "1 row of theirs.csv in ours.tsv",
        ]);
}

#[test]
fn layers_are_exported_highest_first_or_one_by_one() {
    let desk = desk();
    let rows = |arguments: &[&str]| -> Vec<String> {
        let start = ["glossary", "export", "--format", "tsv"];
        let outcome = desk.anubad(&[&start, arguments].concat()).ends(0);
        let first = |line: &str| line.split('\t').next().unwrap().to_owned();
        outcome.out.lines().skip(1).map(first).collect()
    };
    assert_eq!(rows(&[]), ["Rana", "Dhaka", "Istanbul", "ceasefire"]);
    assert_eq!(rows(&["--layer", "desk"]), ["Rana"]);
    desk.anubad(&["glossary", "export", "--format", "tsv", "--layer", "night"])
        .ends(1)
        .says(&["no layer is called `night`; there are house, desk"]);
    desk.anubad(&["glossary", "export", "--format", "xlsx"])
        .ends(64)
        .says(&["`xlsx` is no format of glossaries; write tsv, csv or tbx"]);
}

#[test]
fn a_place_that_cannot_be_written_is_told() {
    let desk = desk();
    desk.anubad(&[
        "glossary",
        "export",
        "--format",
        "csv",
        "-o",
        "none/all.csv",
    ])
    .ends(1)
    .says(&[
        "cannot write none/all.csv: ",
        "name another file with --output",
    ]);
}
