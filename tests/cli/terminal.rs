//! Help, logs, and readers that go away.

use std::process::Stdio;

use super::kit::{BANGLA, Desk, ECHO, ENGLISH, Outcome, SENTENCE};

#[test]
fn help_is_an_answer_and_a_mistake_is_not() {
    let desk = Desk::new();
    desk.anubad(&["--help"]).ends(0).prints(&[
        "anubad (অনুবাদ): news translation",
        "Exit status:",
        "78   the configuration is wrong",
    ]);
    desk.anubad(&["--version"]).ends(0).prints(&["anubad 0"]);
    for command in ["run", "translate", "check", "providers", "models"] {
        desk.anubad(&[command, "--help"])
            .ends(0)
            .prints(&["Usage: anubad"]);
    }
    for arguments in [
        &[][..],
        &["trnslate"],
        &["run", "--quite"],
        &["translate", "--to"],
    ] {
        let outcome = desk.anubad(arguments).ends(64);
        assert_eq!(outcome.out, "");
        assert!(outcome.err.contains("Usage") || outcome.err.contains("--help"));
    }
    desk.anubad(&["trnslate"]).says(&["'translate'"]);
}

#[test]
fn logs_never_have_article_text() {
    let desk = Desk::with(&[
        ("pipeline.toml", ECHO),
        ("in/a.txt", ENGLISH),
        ("in/b.txt", BANGLA),
    ]);
    for arguments in [
        &["run", "-vvv"][..],
        &["translate", "-vv", "in", "--provider=pseudo"],
        &[
            "translate",
            "-vv",
            "in/a.txt",
            "--from=bn",
            "--to=en",
            "-o",
            "x.txt",
        ],
    ] {
        let outcome = desk.anubad(arguments).ends(0);
        assert!(
            outcome.err.contains("INFO") || outcome.err.contains("DEBUG"),
            "{outcome:?}"
        );
        for text in [
            SENTENCE,
            "Ferry crossings",
            "lorries",
            "boatman",
            "ট্রাক",
            "কুয়াশা",
        ] {
            assert!(!outcome.err.contains(text), "{text} in {}", outcome.err);
        }
        assert!(!outcome.err.contains('\u{1b}'), "no colours in a file");
    }
    let quiet = desk.anubad(&["run", "-v", "--force"]).ends(0);
    quiet.says(&["written article=\"a.txt\""]);
}

/// Runs a command whose readers are gone before it starts to write.
#[cfg(unix)]
fn unheard(desk: &Desk, arguments: &[&str], deaf: bool) -> Outcome {
    let mut child = desk
        .command()
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    if deaf {
        drop(child.stderr.take());
    }
    child.wait_with_output().unwrap().into()
}

#[cfg(unix)]
#[test]
fn a_reader_that_goes_away_is_no_panic() {
    let desk = Desk::with(&[
        ("pipeline.toml", ECHO),
        ("in/a.txt", ENGLISH),
        ("in/b.txt", BANGLA),
    ]);
    for deaf in [false, true] {
        for (arguments, status) in [
            (&["run"][..], 0),
            (&["check"], 0),
            (&["providers"], 0),
            (&["models"], 0),
            (&["--help"], 0),
            (&["frobnicate"], 64),
            (&["run", "--config", "none.toml"], 78),
            // Not every article was written.
            (&["translate", "in"], 1),
            (&["translate", "in", "--json", "-vv"], 1),
        ] {
            let outcome = unheard(&desk, arguments, deaf).ends(status);
            assert!(!outcome.err.contains("panick"), "{outcome:?}");
            assert!(!outcome.err.contains("Broken pipe"), "{outcome:?}");
        }
    }
    assert_eq!(desk.list("out").len(), 5, "the run was not disturbed");
}

#[cfg(target_os = "linux")]
#[test]
fn standard_output_on_a_full_disk_is_told() {
    let desk = Desk::with(&[("in/a.txt", ENGLISH), ("in/b.txt", BANGLA)]);
    for arguments in [
        &["translate", "--provider=echo", "in"][..],
        &["check"],
        &["providers"],
    ] {
        let full = std::fs::File::options()
            .write(true)
            .open("/dev/full")
            .unwrap();
        let child = desk
            .command()
            .args(arguments)
            .stdout(full)
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let outcome: Outcome = child.wait_with_output().unwrap().into();
        let outcome = outcome
            .ends(1)
            .says(&["anubad: cannot write to standard output: No space left on device"]);
        assert_eq!(outcome.err.lines().count(), 1, "{outcome:?}");
    }
}
