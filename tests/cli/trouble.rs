//! What can go wrong around a run: each ends in a clear message, and the next run
//! goes on without paying twice.

use super::kit::{Desk, ENGLISH, finish, plain, scripted};
use super::state::{asked, desk, states};

#[test]
fn a_provider_that_hangs_is_told_and_asked_again_by_the_next_run() {
    let desk = Desk::with(&[("in/a.txt", "It rained in the city on Monday.\n")]);
    desk.write(
        "pipeline.toml",
        format!("{}timeout = 0.3\n", scripted("slow 3600")),
    );
    desk.anubad(&["run"])
        .ends(1)
        .says(&["in/a.txt: nothing of it could be translated", "timeout"]);
    desk.write("pipeline.toml", format!("{}timeout = 30\n", scripted("")));
    desk.anubad(&["run"]).ends(0).says(&["written a.txt"]);
}

#[test]
#[cfg(target_os = "linux")]
fn an_output_folder_that_cannot_be_written_costs_no_money_twice() {
    let desk = desk(&[("in/a.txt", ENGLISH)]);
    let config = desk.read("pipeline.toml");
    // Nobody may make a file there, not even root.
    desk.write(
        "pipeline.toml",
        format!("{config}[output]\nfolder = \"/proc\"\n"),
    );
    for _ in 0..4 {
        desk.anubad(&["run", "--quiet"])
            .ends(1)
            .says(&["cannot write /proc/a.bn.json", "then run again"]);
    }
    desk.write("pipeline.toml", &config);
    desk.anubad(&["run"]).ends(0).says(&["written a.txt"]);
    assert_eq!(asked(&desk).len(), 4, "paid for once");
}

#[test]
fn a_state_file_that_is_locked_for_too_long_is_told() {
    let desk = desk(&[("in/a.txt", ENGLISH)]);
    desk.anubad(&["run"]).ends(0);
    let other = rusqlite::Connection::open(desk.path(".anubad/state.db")).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    desk.anubad(&["run"]).ends(75).says(&[
        ".anubad/state.db: another process has been writing to this state file for too long",
    ]);
    other.execute_batch("ROLLBACK").unwrap();
    desk.anubad(&["run"]).ends(0).prints(&["1 unchanged"]);
}

#[test]
#[cfg(unix)]
fn a_disk_that_fills_up_ends_the_run_which_the_next_goes_on_with() {
    let desk = desk(&[]);
    for i in 0..200 {
        // Few numbers, many words: what is kept of each is large.
        let words = "of the long river and the old bridge ".repeat(20);
        desk.write(
            &format!("in/{i:03}.txt"),
            format!("The story {words} and ward {i}.\n"),
        );
    }
    // No file may have more than 400 KiB, as if the disk were full.
    let mut command = std::process::Command::new("bash");
    command
        .args(["-c", "trap '' XFSZ; ulimit -f 400; exec \"$0\" run"])
        .arg(env!("CARGO_BIN_EXE_anubad"))
        .current_dir(desk.path(""));
    plain(&mut command);
    let outcome = finish(&mut command, "");
    assert_eq!(outcome.status, Some(2), "{outcome:?}");
    assert!(
        outcome.err.contains("anubad: .anubad/state.db: "),
        "{outcome:?}"
    );
    assert!(outcome.err.contains("then run again"), "{outcome:?}");
    let states = states(&desk);
    let count = |wanted| states.iter().filter(|(_, state)| state == wanted).count();
    assert!(count("written") > 10, "{states:?}");
    assert!(count("skipped") > 10, "{states:?}");
    desk.anubad(&["run"]).ends(0);
    assert_eq!(desk.list("out").len(), 401);
    let all = asked(&desk).len();
    assert!(all <= 200 + 4, "{all} were asked, of 200");
}
