//! What outlives a run: nothing is paid for twice.

use super::kit::{Desk, ENGLISH, scripted};

/// A desk whose provider counts what it is asked.
fn desk(files: &[(&str, &str)]) -> Desk {
    let desk = Desk::with(files);
    let asked = desk.path("asked");
    desk.write(
        "pipeline.toml",
        scripted(&format!("count {}", asked.display())),
    );
    desk
}

/// The segments that the provider was asked for, in order.
fn asked(desk: &Desk) -> Vec<String> {
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
