//! What can go wrong around a run: each ends in a clear message, and the next run
//! goes on without paying twice.

#[cfg(unix)]
use super::interrupt::Run;
#[cfg(target_os = "linux")]
use super::kit::Outcome;
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
    // No file may have more than 1200 KiB, as if the disk were full.
    let mut command = std::process::Command::new("bash");
    command
        .args(["-c", "trap '' XFSZ; ulimit -f 1200; exec \"$0\" run"])
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

/// What became of two runs over a folder of a file system of its own, which takes
/// nothing at the first and everything at the second.
#[cfg(target_os = "linux")]
struct Mounted {
    first: Outcome,
    /// What lay in the output folder after the first.
    left: String,
    second: Outcome,
}

/// Runs with `folder` on a file system mounted so, and again with `mended`; the output
/// is `saved` then. `None` where nobody may mount here.
#[cfg(target_os = "linux")]
fn mounted(desk: &Desk, folder: &str, options: &str, mended: &str) -> Option<Mounted> {
    let script = "mkdir -p \"$1\" out && mount -t tmpfs -o size=64m none \"$1\" || exit 77
        mount -o \"remount,$2\" \"$1\" || exit 77
        \"$0\" run >first.out 2>first.err; echo $? >first.status
        ls -A out >left
        mount -o \"remount,$3\" \"$1\" || exit 77
        \"$0\" run >second.out 2>second.err; echo $? >second.status
        rm -rf saved; cp -r out saved";
    let mut command = std::process::Command::new("unshare");
    command
        .args(["--user", "--map-root-user", "--mount", "sh", "-c", script])
        .arg(env!("CARGO_BIN_EXE_anubad"))
        .args([folder, options, mended])
        .current_dir(desk.path(""));
    plain(&mut command);
    if !command.output().is_ok_and(|done| done.status.success()) {
        eprintln!("skipped: nobody may mount a file system here");
        return None;
    }
    let outcome = |name: &str| Outcome {
        status: desk.read(&format!("{name}.status")).trim().parse().ok(),
        out: desk.read(&format!("{name}.out")),
        err: desk.read(&format!("{name}.err")),
    };
    Some(Mounted {
        first: outcome("first"),
        left: desk.read("left"),
        second: outcome("second"),
    })
}

#[test]
#[cfg(target_os = "linux")]
fn a_file_system_that_takes_nothing_loses_nothing() {
    const ARTICLES: usize = 60;
    for (folder, options, mended, says) in [
        (
            "out",
            "size=64k",
            "size=64m",
            [
                "No space left on device",
                "free some space or write to another disk",
            ],
        ),
        (
            "out",
            "ro",
            "rw",
            ["Read-only file system", "get permission to write there"],
        ),
        (
            ".anubad",
            "size=200k",
            "size=64m",
            [
                ".anubad/state.db: the disk of this state file is full",
                "free some space, then run again",
            ],
        ),
        (
            ".anubad",
            "ro",
            "rw",
            [
                ".anubad/state.db: this state file cannot be written",
                "get permission",
            ],
        ),
    ] {
        let desk = desk(&[]);
        for i in 0..ARTICLES {
            desk.write(
                &format!("in/{i:02}.txt"),
                format!("The council of ward {i} wants a bridge over the river.\n"),
            );
        }
        let Some(runs) = mounted(&desk, folder, options, mended) else {
            return;
        };
        let case = format!("{folder} {options}");
        let status = runs.first.status;
        assert!(matches!(status, Some(1 | 2 | 78)), "{case} {status:?}");
        let told = runs.first.says(&says);
        assert!(!told.err.contains("panick"), "{case}: {told:?}");
        assert!(!runs.left.contains(".part"), "{case}: {}", runs.left);
        runs.second.ends(0).prints(&[" 0 failed"]);
        let saved = desk.list("saved");
        assert_eq!(saved.len(), 2 * ARTICLES + 1, "{case}: {saved:?}");
        for name in saved.iter().filter(|name| name.ends_with(".json")) {
            desk.json(&format!("saved/{name}"));
        }
        // One article at a time, one answer that may not have been kept.
        let all = asked(&desk).len();
        assert!((ARTICLES..=ARTICLES + 1).contains(&all), "{case}: {all}");
    }
}

#[test]
#[cfg(unix)]
fn a_state_file_that_is_locked_during_a_run_ends_it_in_order() {
    let desk = desk(&[
        ("in/a.txt", ENGLISH),
        ("in/b.txt", "It rained on Monday.\n"),
    ]);
    desk.write(
        "pipeline.toml",
        desk.read("pipeline.toml")
            .replace("\"count\"", "\"slow\", \"0.5\", \"count\""),
    );
    let mut run = Run::start(&desk);
    run.hear("begun");
    let other = rusqlite::Connection::open(desk.path(".anubad/state.db")).unwrap();
    other
        .busy_timeout(std::time::Duration::from_secs(10))
        .unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let (status, heard) = run.end();
    assert_eq!(status.code(), Some(2), "{heard}");
    assert!(
        heard.contains("another process has been writing to this state file for too long"),
        "{heard}"
    );
    other.execute_batch("ROLLBACK").unwrap();
    desk.anubad(&["run"]).ends(0);
    assert_eq!(
        states(&desk).iter().filter(|(_, s)| s == "failed").count(),
        0
    );
}

#[test]
fn a_clock_that_was_set_back_overruns_no_budget() {
    let desk = desk(&[("in/a.txt", ENGLISH)]);
    let config = desk.read("pipeline.toml");
    let budget =
        "[prices.scripted]\ncharacters = 1000000.0\n[budget]\nper = \"day\"\namount = 400\n";
    desk.write("pipeline.toml", format!("{config}{budget}"));
    desk.anubad(&["run"]).ends(0);
    let first = asked(&desk).len();
    // As if the clock had been two days ahead then.
    let state = rusqlite::Connection::open(desk.path(".anubad/state.db")).unwrap();
    let later =
        "UPDATE spend SET day = date(day, '+2 days'), at = strftime('%FT%TZ', at, '+2 days')";
    assert_eq!(state.execute(later, []).unwrap(), 1);
    desk.write(
        "in/b.txt",
        ENGLISH
            .replace("week", "month")
            .replace("Hundreds", "Dozens"),
    );
    desk.anubad(&["run"])
        .ends(4)
        .says(&["the budget of 400.00 USD a day is spent"]);
    assert_eq!(asked(&desk).len(), first, "nothing was sent");
    desk.anubad(&["cost"]).ends(0);
}
