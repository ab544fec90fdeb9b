//! What lies in the folders of the input and of the output.

use super::kit::{BANGLA, Desk, ECHO, ENGLISH};

#[test]
fn an_output_folder_inside_the_input_is_not_read() {
    let config = ECHO.replace("\"in\"", "\".\", \"**/*.txt\"");
    let desk = Desk::with(&[
        ("pipeline.toml", &config),
        ("a.txt", ENGLISH),
        ("sub/b.txt", BANGLA),
    ]);
    for told in ["2 articles written", "2 unchanged"] {
        desk.anubad(&["run"]).ends(0).prints(&[told]);
        assert_eq!(desk.list("out").len(), 5);
    }
    for _ in 0..2 {
        desk.anubad(&["translate", "--provider=echo", ".", "-o", "out"])
            .ends(0);
        assert_eq!(desk.list("out").len(), 5);
    }
}

#[test]
fn an_output_folder_that_is_the_input_is_refused() {
    let config = ECHO.to_owned() + "[output]\nfolder = \"in\"\n";
    let desk = Desk::with(&[("pipeline.toml", &config), ("in/a.txt", ENGLISH)]);
    desk.anubad(&["run"])
        .ends(1)
        .says(&["in is the output folder too, and translations would be read as articles"]);
    assert!(!desk.path("in/a.bn.txt").exists());
    // One article by its name is no folder that is read again; but it stays.
    let config = config.replace("\"in\"]", "\"in/a.txt\", \"in/a.bn.txt\"]");
    desk.write("pipeline.toml", config);
    desk.write("in/a.bn.txt", BANGLA);
    desk.anubad(&["run"])
        .ends(2)
        .says(&["in/a.bn.txt is an article of the input and is not replaced"]);
    assert_eq!(desk.read("in/a.bn.txt"), BANGLA);
    assert!(desk.path("in/a.bn.en.txt").is_file());
}

#[test]
fn an_output_folder_that_is_a_file_is_told() {
    let desk = Desk::with(&[
        ("pipeline.toml", ECHO),
        ("in/a.txt", ENGLISH),
        ("out", "mine"),
    ]);
    desk.anubad(&["run"])
        .ends(78)
        .says(&["cannot use out as output folder: it is a file; name another under [output]"]);
    assert_eq!(desk.read("out"), "mine");
}

#[test]
fn two_articles_of_one_name_do_not_become_one() {
    let desk = Desk::with(&[
        ("pipeline.toml", &ECHO.replace("\"in\"", "\"in\", \"more\"")),
        ("in/a.txt", ENGLISH),
        ("more/A.TXT", &ENGLISH.replace("fog", "mist")),
        ("in/b.txt", ENGLISH),
        ("more/b.txt", BANGLA),
    ]);
    for run in 0..3 {
        let done = if run == 0 {
            "3 articles written"
        } else {
            "3 unchanged"
        };
        desk.anubad(&["run"])
            .ends(2)
            .says(&["A.TXT would be written to out/A.bn.txt, as a.txt was; rename one of the two"])
            .prints(&[done]);
        assert!(
            desk.read("out/a.bn.txt").contains("week of fog"),
            "the first has it"
        );
        assert!(!desk.path("out/A.bn.txt").exists());
        // Two languages are two files.
        assert!(desk.path("out/b.bn.txt").exists() && desk.path("out/b.en.txt").exists());
    }
}

#[test]
fn hidden_files_are_nobodys_articles() {
    let desk = Desk::with(&[
        ("pipeline.toml", ECHO),
        ("in/a.txt", ENGLISH),
        ("in/._a.txt", "\0"),
        ("in/.cache/b.txt", "\0"),
    ]);
    desk.anubad(&["run"]).ends(0).prints(&["1 article written"]);
}

#[test]
fn a_folder_in_the_place_of_a_file_costs_one_article() {
    let desk = Desk::with(&[
        ("pipeline.toml", ECHO),
        ("in/a.txt", ENGLISH),
        ("in/b.txt", BANGLA),
        ("out/a.bn.txt/kept", "mine"),
    ]);
    desk.anubad(&["run"])
        .ends(2)
        .says(&["cannot write out/a.bn.txt: a folder of that name is in the way; move it"]);
    let expected = ["a.bn.txt/kept", "b.en.json", "b.en.txt", "report.json"];
    assert_eq!(desk.list("out"), expected);
}

#[cfg(unix)]
mod unix {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    #[test]
    fn links_that_lead_nowhere_are_told_and_the_rest_is_read() {
        let desk = Desk::with(&[("pipeline.toml", ECHO), ("in/a.txt", ENGLISH)]);
        symlink("nowhere.txt", desk.path("in/dangling.txt")).unwrap();
        symlink("../in", desk.path("in/loop")).unwrap();
        let outcome = desk.anubad(&["run"]).ends(2).says(&[
            "cannot read in/dangling.txt: No such file or directory",
            "it is a link to nothing",
            "cannot read in/loop: a link leads back to its own folder; correct it or take it out",
        ]);
        outcome.prints(&["1 article written"]);
        let report = desk.json("out/report.json");
        assert_eq!(report["unread"].as_array().unwrap().len(), 2);
    }

    #[test]
    fn what_may_not_be_read_is_told_and_the_rest_is_read() {
        let desk = Desk::with(&[
            ("pipeline.toml", ECHO),
            ("in/a.txt", ENGLISH),
            ("in/secret.txt", ENGLISH),
            ("in/closed/b.txt", BANGLA),
        ]);
        let forbid = |name: &str, mode: u32| {
            let mode = std::fs::Permissions::from_mode(mode);
            std::fs::set_permissions(desk.path(name), mode).unwrap();
        };
        forbid("in/secret.txt", 0o000);
        forbid("in/closed", 0o000);
        if std::fs::read(desk.path("in/secret.txt")).is_ok() {
            eprintln!("skipped: permissions do not bind this user");
        } else {
            desk.anubad(&["run"]).ends(2).says(&[
                "cannot read in/secret.txt: Permission denied",
                "cannot read in/closed: Permission denied",
                "get permission to read it",
            ]);
        }
        forbid("in/closed", 0o755);
    }

    #[test]
    fn names_need_not_be_text() {
        let desk = Desk::with(&[("pipeline.toml", ECHO)]);
        let name = OsStr::from_bytes(b"caf\xE9.txt");
        std::fs::create_dir(desk.path("in")).unwrap();
        std::fs::write(desk.path("in").join(name), ENGLISH).unwrap();
        desk.anubad(&["run"]).ends(0).prints(&["caf\u{fffd}.txt\n"]);
        assert_eq!(desk.list("out").len(), 3);
        let mut input = OsStr::new("in/").to_owned();
        input.push(name);
        desk.anubad(&[
            OsStr::new("translate"),
            OsStr::new("--provider=echo"),
            &input,
        ])
        .ends(0)
        .prints(&["Ferry crossings"]);
    }

    #[test]
    fn names_do_not_command_the_terminal() {
        let desk = Desk::with(&[("pipeline.toml", ECHO), ("in/a\u{1b}[2J.txt", ENGLISH)]);
        desk.write("in/b\u{1b}[2J.txt", "");
        let outcome = desk.anubad(&["run"]).ends(2);
        assert!(!(outcome.out + &outcome.err).contains('\u{1b}'));
        assert_eq!(desk.list("out").len(), 3);
    }

    #[test]
    fn a_pipe_is_read_like_a_file() {
        let desk = Desk::with(&[("a.txt", ENGLISH)]);
        let mut command = std::process::Command::new("bash");
        command
            .args(["-c", "exec \"$0\" translate --provider=echo <(cat a.txt)"])
            .arg(env!("CARGO_BIN_EXE_anubad"))
            .current_dir(desk.path(""));
        crate::kit::plain(&mut command);
        crate::kit::finish(&mut command, "")
            .ends(0)
            .prints(&["Ferry crossings"]);
    }
}
