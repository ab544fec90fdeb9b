//! A budget that several workers spend from.

use super::kit::{Desk, scripted};
use super::nats::{Server, Worker, is_missing};

/// Calls that the budget is for.
const CALLS: usize = 17;

#[test]
fn a_budget_is_spent_to_the_last_and_never_overrun() {
    if is_missing() {
        return;
    }
    let server = Server::start("");
    let desk = Desk::new();
    let count = format!("count {}", desk.path("asked").display());
    let config = scripted(&count).replace("concurrency = 1", "concurrency = 4");
    desk.write(
        "pipeline.toml",
        format!(
            "{config}[budget]\namount = {CALLS}\n[prices.scripted]\ncalls = 1\n[glossaries]\nbase = false\n"
        ),
    );
    for i in 0..60 {
        desk.write(
            &format!("in/{i}.txt"),
            format!("The bridge of ward {i} is closed today.\n"),
        );
    }
    let url = server.url();
    desk.anubad(&["run", "--quiet", "--queue", &url]).ends(0);
    let workers: Vec<Worker> = (0..3)
        .map(|_| Worker::start(&desk, &url, &["--quiet"]))
        .collect();
    for worker in workers {
        worker
            .end()
            .ends(4)
            .says(&["budget of 17.00 USD a run is spent"]);
    }
    let calls = |desk: &Desk| desk.read("asked").lines().count();
    assert_eq!(calls(&desk), CALLS, "a call an article");
    let status = desk
        .anubad(&["queue", "status", "--json", "--queue", &url])
        .ends(0);
    let status: serde_json::Value = serde_json::from_str(&status.out).unwrap();
    let spent = status["spent"]
        .as_object()
        .unwrap()
        .values()
        .next()
        .unwrap();
    assert_eq!(spent["providers"]["scripted"]["calls"], CALLS);
    assert_eq!(spent["nanos"], CALLS * 1_000_000_000);
    // Articles that nobody paid for are there for whoever may spend more.
    let left = |key: &str| status[key].as_u64().unwrap();
    assert_eq!(left("waiting") + left("in_progress"), 60 - CALLS as u64);
    let worker = Worker::start(
        &desk,
        &url,
        &["--quiet", "--until-empty", "--budget", "100"],
    );
    worker.end().ends(0);
    assert_eq!(calls(&desk), 60, "nothing is paid for twice");
}
