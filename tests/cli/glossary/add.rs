//! `anubad glossary add`.

use super::super::kit::{Desk, ECHO, ENGLISH};
use super::{DESK, desk};

const RANA: [&str; 6] = [
    "glossary",
    "add",
    "Nurul Karim",
    "নূরুল করিম",
    "--kind",
    "person",
];

#[test]
fn a_row_goes_to_the_end_of_the_desks_file() {
    let desk = desk();
    let more = ["--variant", "Noorul Karim", "--note", "as he signs"];
    desk.anubad(&[&RANA[..], &more].concat())
        .ends(0)
        .prints(&["desk.tsv:4: added"]);
    let row = "Nurul Karim\tনূরুল করিম\tperson\tNoorul Karim\tas he signs\n";
    assert_eq!(desk.read("desk.tsv"), format!("{DESK}{row}"));
    desk.anubad(&["glossary", "search", "Noorul Karim"])
        .ends(0)
        .prints(&["Nurul Karim (Noorul Karim) = নূরুল করিম"]);
    // Again: nothing to add, nothing changed.
    desk.anubad(&[&RANA[..], &more].concat())
        .ends(1)
        .says(&["desk.tsv:4 has the same entry already; there is nothing to add"]);
    assert_eq!(desk.read("desk.tsv"), format!("{DESK}{row}"));
}

#[test]
fn the_languages_are_told_by_their_letters() {
    let desk = desk();
    desk.anubad(&[
        "glossary",
        "add",
        "নূরুল করিম",
        "Nurul Karim",
        "--kind",
        "person",
    ])
    .ends(0);
    assert!(
        desk.read("desk.tsv")
            .ends_with("Nurul Karim\tনূরুল করিম\tperson\n")
    );
}

#[test]
fn a_translation_obeys_what_was_added() {
    let config = format!("{ECHO}[glossaries]\nbase = false\ndesk = [\"desk.tsv\"]\n");
    let desk = Desk::with(&[("pipeline.toml", &config), ("in/a.txt", ENGLISH)]);
    // The file is made; the pipeline names it already.
    desk.anubad(&["glossary", "add", "boatman", "মাঝি", "--kind", "title"])
        .ends(0)
        .prints(&["desk.tsv:2: added"]);
    desk.anubad(&["run"]).ends(0);
    assert!(desk.read("out/a.bn.txt").contains("মাঝি"));
}

#[test]
fn what_contradicts_is_refused_and_nothing_is_changed() {
    let desk = desk();
    for (arguments, message) in [
        (
            &["Rana", "রাণা", "--kind", "person"][..],
            "desk.tsv:4: error: `Rana` is `রাণা` here and `রানা` in desk.tsv:3",
        ),
        (&["A", "আলফা", "--kind", "term"], "error: `A` is one letter"),
        (
            &["Rana", "রানা", "--kind", "person", "--from", "yesterday"],
            "the entry is not added: `yesterday` is no date; write it as in 2025-12-29",
        ),
        (
            &["Omar", "ওমর", "--kind", "person", "--desk", "sport"],
            "desk.tsv: the file has no column `desk`; add it to the header, or leave it out",
        ),
        (
            &["Dhaka", "ঢাকা", "--kind", "place"],
            "house.tsv:2 has the same entry already",
        ),
    ] {
        let arguments = [&["glossary", "add"], arguments].concat();
        desk.anubad(&arguments).ends(1).says(&[message]);
        assert_eq!(desk.read("desk.tsv"), DESK, "{message}");
    }
    desk.anubad(&["glossary", "add", "Omar", "ওমর", "--kind", "human"])
        .ends(64)
        .says(&["no kind; write one of person, place"]);
}

#[test]
fn a_desk_without_a_file_is_asked_for_one() {
    let desk = Desk::new();
    desk.anubad(&RANA).ends(1).says(&[
        "no desk has a file in the configuration; name one under `desk`",
        "or with --file",
    ]);
    desk.anubad(&[&RANA[..], &["--file", "mine.tsv"]].concat())
        .ends(0);
    let text = desk.read("mine.tsv");
    assert!(
        text.starts_with("en\tbn\tkind\tcase\tdirection\tpos\tdesk\tfrom\tto\t"),
        "{text}"
    );
    desk.anubad(&["glossary", "lint", "mine.tsv", "--strict"])
        .ends(0);
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_written_is_told() {
    use std::os::unix::fs::PermissionsExt;
    let desk = desk();
    desk.write("locked/desk.tsv", DESK);
    let folder = desk.path("locked");
    let allow = |mode| std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(mode));
    allow(0o555).unwrap();
    // The superuser may write everywhere; then there is nothing to see.
    let may_write = std::fs::write(desk.path("locked/probe"), "").is_ok();
    let outcome = desk.anubad(&[&RANA[..], &["--file", "locked/desk.tsv"]].concat());
    allow(0o755).unwrap();
    if may_write {
        eprintln!("skipped: this user may write everywhere");
        return;
    }
    outcome.ends(1).says(&[
        "cannot change locked/desk.tsv: ",
        "name another file with --file",
    ]);
    assert_eq!(desk.read("locked/desk.tsv"), DESK);
}

#[test]
fn a_file_marked_read_only_stays_as_it_is() {
    let desk = desk();
    let file = desk.path("desk.tsv");
    let writable = std::fs::metadata(&file).unwrap().permissions();
    let mut locked = writable.clone();
    locked.set_readonly(true);
    std::fs::set_permissions(&file, locked).unwrap();
    let outcome = desk.anubad(&RANA);
    std::fs::set_permissions(&file, writable).unwrap();
    outcome
        .ends(1)
        .says(&["cannot change desk.tsv: the file is read-only; see to it, or name another file"]);
    assert_eq!(desk.read("desk.tsv"), DESK);
}

#[test]
fn a_place_where_no_file_can_be_is_told() {
    let desk = desk();
    desk.write("file", "mine");
    for file in ["file/desk.tsv", "none/desk.tsv"] {
        desk.anubad(&[&RANA[..], &["--file", file]].concat())
            .ends(1)
            .says(&[
                &format!("cannot change {file}: "),
                "name another file with --file",
            ]);
    }
    assert_eq!(desk.read("file"), "mine");
}

#[test]
fn editors_who_add_at_once_lose_nothing() {
    let desk = desk();
    let names = ["করিম", "রহিম", "জামাল", "কামাল", "ফারুক", "হাসান"];
    std::thread::scope(|scope| {
        for (number, name) in names.iter().enumerate() {
            let desk = &desk;
            scope.spawn(move || {
                let english = format!("Editor {number}");
                desk.anubad(&["glossary", "add", &english, name, "--kind", "person"])
                    .ends(0);
            });
        }
    });
    let text = desk.read("desk.tsv");
    assert!(text.starts_with(DESK), "{text}");
    assert_eq!(
        text.lines().count(),
        DESK.lines().count() + names.len(),
        "{text}"
    );
    for name in names {
        assert!(text.contains(name), "{name} in {text}");
    }
    assert!(!desk.list("").iter().any(|file| file.ends_with(".part")));
}
