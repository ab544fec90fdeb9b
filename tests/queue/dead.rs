//! Articles that are given up, and what is done about them.

use super::kit::{Desk, ECHO, ENGLISH, scripted};
use super::nats::{Server, Worker, is_missing, wait};

fn config(base: &str) -> String {
    format!("{base}[queue]\npause = 0.02\nlease = 1\nbegun = 3\n")
}

#[test]
fn an_article_that_fails_again_and_again_is_a_dead_letter() {
    if is_missing() {
        return;
    }
    let server = Server::start("");
    let url = server.url();
    let desk = Desk::with(&[
        ("pipeline.toml", &config(ECHO)),
        ("in/good.txt", ENGLISH),
        ("in/bad.txt", "12345\n"),
    ]);
    desk.anubad(&["run", "--queue", &url]).ends(0);
    Worker::start(&desk, &url, &["--until-empty"]).end().ends(0);
    let queue = |arguments: &[&str]| {
        let arguments: Vec<&str> = ["queue"]
            .iter()
            .chain(arguments)
            .chain(&["--queue", &url])
            .copied()
            .collect();
        desk.anubad(&arguments).ends(0)
    };
    queue(&["status"]).prints(&["0  waiting", "1  given up"]);
    queue(&["dead"]).prints(&["bad.txt", "given up after 3 attempts"]);
    let dead: serde_json::Value = serde_json::from_str(&queue(&["dead", "--json"]).out).unwrap();
    assert_eq!(dead[0]["id"], "bad.txt");
    assert!(
        !dead.to_string().contains("12345"),
        "no word of the article"
    );
    // It is corrected, and brought back.
    desk.write("in/bad.txt", ENGLISH);
    queue(&["retry", "other.txt"]).prints(&["0 articles"]);
    queue(&["retry"]).prints(&["1 article brought back"]);
    Worker::start(&desk, &url, &["--until-empty"]).end().ends(0);
    assert!(desk.list("out").contains(&"bad.bn.txt".to_owned()));
    queue(&["dead"]).prints(&["nothing was given up"]);
}

#[test]
fn an_article_that_kills_its_workers_is_a_dead_letter() {
    if is_missing() {
        return;
    }
    let server = Server::start("");
    let url = server.url();
    let desk = Desk::with(&[("in/a.txt", ENGLISH)]);
    let slow = format!("slow 60 count {}", desk.path("asked").display());
    desk.write("pipeline.toml", config(&scripted(&slow)));
    desk.anubad(&["run", "--queue", &url]).ends(0);
    for _ in 0..3 {
        let worker = Worker::start(&desk, &url, &[]);
        wait(|| desk.path("asked").exists().then_some(()));
        worker.kill();
        std::fs::remove_file(desk.path("asked")).unwrap();
    }
    Worker::start(&desk, &url, &["--until-empty"]).end().ends(0);
    let dead = desk.anubad(&["queue", "dead", "--queue", &url]).ends(0);
    dead.prints(&["a.txt", "begun 3 times and never came to an end"]);
}

#[test]
fn a_queue_is_drained_and_filled_again() {
    if is_missing() {
        return;
    }
    let server = Server::start("");
    let url = server.url();
    let desk = Desk::with(&[("pipeline.toml", &config(ECHO)), ("in/a.txt", ENGLISH)]);
    for _ in 0..2 {
        let run = desk.anubad(&["run", "--queue", &url]).ends(0);
        assert!(run.err.contains("1 message brought"), "{run:?}");
        let drained = desk.anubad(&["queue", "drain", "--queue", &url]).ends(0);
        drained.prints(&["1 message taken out"]);
    }
}

#[test]
fn what_is_wrong_is_told_with_the_next_step() {
    if is_missing() {
        return;
    }
    let server = Server::start("authorization { user: desk, password: secret }");
    let desk = Desk::with(&[("pipeline.toml", &config(ECHO)), ("in/a.txt", ENGLISH)]);
    let address = server.url().replace("nats://", "");
    for (url, status, parts) in [
        (
            "http://127.0.0.1".to_owned(),
            78,
            ["no address of a queue", "nats://host:4222"],
        ),
        (
            "nats://127.0.0.1:1".to_owned(),
            1,
            ["cannot be reached", "nats-server -js"],
        ),
        (
            format!("nats://{address}"),
            78,
            ["refuses the connection", "credentials"],
        ),
        (
            format!("nats://desk:wrong@{address}"),
            78,
            ["refuses the connection", "credentials"],
        ),
    ] {
        for command in [["run", "--queue"], ["worker", "--queue"]] {
            let outcome = desk
                .anubad(&[command[0], command[1], &url])
                .ends(status)
                .says(&parts);
            assert!(!outcome.err.contains("wrong@"), "{outcome:?}");
        }
    }
    let url = format!("nats://desk:secret@{address}");
    let run = desk.anubad(&["-vv", "run", "--queue", &url]).ends(0);
    assert!(
        !run.err.contains("secret") && !run.err.contains("Ferry"),
        "{run:?}"
    );
    desk.anubad(&["worker"])
        .ends(78)
        .says(&["no queue is named", "--queue"]);
    desk.write("pipeline.toml", config(&ECHO.replace("\"in\"", "\"-\"")));
    desk.anubad_fed(&["run", "--queue", &url], ENGLISH)
        .ends(78)
        .says(&["standard input"]);
}
