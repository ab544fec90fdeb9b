//! Limits of a service that several workers ask, and pauses that all of them keep.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use super::kit::Desk;
use super::nats::{Server, Worker, is_missing, wait};
use super::server;

/// A service that counts how many ask it at a time, and answers as it is told.
struct Service {
    server: server::Server,
    most: Arc<AtomicUsize>,
}

impl Service {
    fn start(status: u16) -> Self {
        let (now, most) = (AtomicUsize::new(0), Arc::new(AtomicUsize::new(0)));
        let seen = Arc::clone(&most);
        let server = server::Server::start(move |request| {
            seen.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            std::thread::sleep(Duration::from_millis(20));
            now.fetch_sub(1, Ordering::SeqCst);
            let texts = request.json()["q"].clone();
            server::Reply::json(status, &serde_json::json!({ "translatedText": texts }))
        });
        Self { server, most }
    }

    fn desk(&self, chain: &str) -> Desk {
        let desk = Desk::new();
        desk.write(
            "pipeline.toml",
            format!(
                "[pipeline]\nproviders = {chain}\npairs = [\"en-bn\"]\n[input]\npaths = [\"in\"]\n\
                 [glossaries]\nbase = false\n[providers.service]\nkind = \"libretranslate\"\nurl = {:?}\n\
                 pairs = [\"en-bn\"]\nconcurrency = 2\nattempts = 1\n",
                self.server.url()
            ),
        );
        desk
    }
}

fn articles(desk: &Desk, from: usize, to: usize) {
    for i in from..to {
        desk.write(
            &format!("in/{i}.txt"),
            format!("The bridge of ward {i} is closed today.\n"),
        );
    }
}

fn written(desk: &Desk) -> usize {
    let names = desk.list("out").into_iter();
    names.filter(|name| name.ends_with(".txt")).count()
}

#[test]
fn calls_at_a_time_are_those_of_all_workers_together() {
    if is_missing() {
        return;
    }
    let nats = Server::start("");
    let url = nats.url();
    let service = Service::start(200);
    let desk = service.desk("[\"service\"]");
    let workers: Vec<Worker> = (0..3)
        .map(|_| Worker::start(&desk, &url, &["--quiet"]))
        .collect();
    let workers_told = || {
        let status = desk.anubad(&["queue", "status", "--json", "--queue", &url]);
        let status: serde_json::Value = serde_json::from_str(&status.out).ok()?;
        (status["workers"] == 3).then_some(())
    };
    wait(workers_told);
    articles(&desk, 0, 150);
    desk.anubad(&["run", "--quiet", "--queue", &url]).ends(0);
    wait(|| (written(&desk) == 150).then_some(()));
    assert!(
        service.most.load(Ordering::SeqCst) <= 2,
        "no more than the service takes"
    );
    // Two of three had a part. Whoever is left when they go has it all.
    let mut workers = workers.into_iter();
    for worker in workers.by_ref().take(2) {
        worker.stop().ends(0);
    }
    articles(&desk, 150, 200);
    desk.anubad(&["run", "--quiet", "--queue", &url]).ends(0);
    wait(|| (written(&desk) == 200).then_some(()));
    assert_eq!(service.most.load(Ordering::SeqCst), 2, "no less, either");
    assert_eq!(service.server.requests().len(), 200, "each is asked once");
    for worker in workers {
        worker.stop().ends(0);
    }
}

#[test]
fn a_pause_that_one_worker_begins_is_kept_by_all() {
    if is_missing() {
        return;
    }
    let nats = Server::start("");
    let url = nats.url();
    // A key that is refused begins a pause at once.
    let service = Service::start(403);
    let desk = service.desk("[\"service\", \"echo\"]");
    let one = Worker::start(&desk, &url, &["--quiet"]);
    let bring = |from, to| {
        articles(&desk, from, to);
        desk.anubad(&["run", "--quiet", "--queue", &url]).ends(0);
        to
    };
    // The other one has come before the pause begins.
    let other = Worker::start(&desk, &url, &["--quiet"]);
    let told = || {
        let status = desk.anubad(&["queue", "status", "--json", "--queue", &url]);
        let status: serde_json::Value = serde_json::from_str(&status.out).ok()?;
        (status["workers"] == 2).then_some(())
    };
    wait(told);
    let done = bring(0, 1);
    wait(|| (written(&desk) == done).then_some(()));
    assert_eq!(service.server.requests().len(), 1);
    let done = bring(done, 20);
    wait(|| (written(&desk) == done).then_some(()));
    // Whichever it was that began it: the other one alone asks no more, either.
    one.stop().ends(0);
    let done = bring(done, 30);
    wait(|| (written(&desk) == done).then_some(()));
    other.stop().ends(0);
    assert_eq!(service.server.requests().len(), 1);
}
