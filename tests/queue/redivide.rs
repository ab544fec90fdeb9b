//! Limits of a minute, and what becomes of a part when its worker is killed: what only
//! shows when minutes pass.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use super::kit::Desk;
use super::nats::{Server, Worker, is_missing, wait};
use super::server;

const MINUTE: Duration = Duration::from_mins(1);
/// How long a killed worker's part is kept back: it may be alive for a quarter of a
/// minute, and what it has sent counts for a whole one.
const KEPT_BACK: Duration = Duration::from_secs(75);

/// A request.
#[derive(Clone)]
struct Request {
    at: Instant,
    /// Whose it was.
    key: String,
    /// How many of the same were under way.
    together: usize,
}

/// A service that tells its callers by their keys, and a desk that asks it.
struct Service {
    desk: Desk,
    asked: Arc<Mutex<Vec<Request>>>,
    _server: server::Server,
    nats: Server,
}

impl Service {
    /// One that takes so long for an answer, and whose configuration says this `more`.
    fn start(takes: Duration, articles: usize, more: &str) -> Self {
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (log, now) = (Arc::clone(&asked), Mutex::new(BTreeMap::new()));
        let server = server::Server::start(move |request| {
            let body = request.json();
            let key = body["api_key"].as_str().unwrap_or_default().to_owned();
            let count = |by: isize| {
                let mut now = now.lock().unwrap();
                let count = now.entry(key.clone()).or_insert(0usize);
                *count = count.strict_add_signed(by);
                *count
            };
            let together = count(1);
            let (at, key) = (Instant::now(), key.clone());
            log.lock().unwrap().push(Request { at, key, together });
            std::thread::sleep(takes);
            count(-1);
            let answer = serde_json::json!({ "translatedText": body["q"] });
            server::Reply::json(200, &answer)
        });
        let desk = Desk::new();
        desk.write(
            "pipeline.toml",
            format!(
                "[pipeline]\nproviders = [\"service\"]\npairs = [\"en-bn\"]\n[input]\npaths = [\"in\"]\n\
                 [glossaries]\nbase = false\n[providers.service]\nkind = \"libretranslate\"\nurl = {:?}\n\
                 pairs = [\"en-bn\"]\nkey = {{ env = \"ANUBAD_TEST_KEY\" }}\n{more}\n",
                server.url()
            ),
        );
        for i in 0..articles {
            let text = format!("The bridge of ward {i} is closed today.\n");
            desk.write(&format!("in/{i}.txt"), text);
        }
        let service = Self {
            desk,
            asked,
            _server: server,
            nats: Server::start(""),
        };
        let mut bring = service.command("nobody", "run");
        assert!(bring.status().unwrap().success());
        service
    }

    fn command(&self, key: &str, command: &str) -> std::process::Command {
        let mut anubad = self.desk.command();
        anubad.args([command, "--quiet", "--queue", &self.nats.url()]);
        anubad.env("ANUBAD_TEST_KEY", key);
        anubad
    }

    fn worker(&self, key: &str) -> Worker {
        Worker::of(self.command(key, "worker"))
    }

    fn asked(&self) -> Vec<Request> {
        self.asked.lock().unwrap().clone()
    }

    /// Waits until a worker has asked so often.
    fn has_asked(&self, key: &str, times: usize) {
        let count = || self.asked().iter().filter(|one| one.key == key).count();
        wait(|| (count() >= times).then_some(()));
    }
}

fn a_minute_is_divided() {
    const LIMIT: usize = 60;
    let more = format!("concurrency = 2\nrequests_per_minute = {LIMIT}");
    let service = Service::start(Duration::ZERO, 200, &more);
    let one = service.worker("one");
    service.has_asked("one", 1);
    let two = service.worker("two");
    // The second one asks when what the first has sent before does not count any more.
    service.has_asked("two", 8);
    let asked = service.asked();
    let first = |key: &str| asked.iter().find(|one| one.key == key).unwrap().at;
    let waited = first("two") - first("one");
    assert!(waited > MINUTE, "{waited:?}");
    // Both have gone on, and together they keep the limit.
    let since = first("two");
    let later = |key: &str| {
        let of = asked.iter().filter(|one| one.key == key && one.at >= since);
        of.count()
    };
    assert!(later("one") >= 3, "{} of the first one", later("one"));
    for (from, request) in asked.iter().enumerate() {
        let rest = asked[from..].iter();
        let within = rest.take_while(|one| one.at - request.at < MINUTE).count();
        assert!(within <= LIMIT, "{within} in a minute");
    }
    for worker in [one, two] {
        worker.stop().ends(0);
    }
}

fn the_part_of_a_killed_worker_is_taken_over() {
    let service = Service::start(Duration::from_millis(500), 500, "concurrency = 2");
    let one = service.worker("one");
    service.has_asked("one", 1);
    let two = service.worker("two");
    service.has_asked("two", 3);
    one.kill();
    let killed = Instant::now();
    std::thread::sleep(KEPT_BACK + Duration::from_secs(10));
    let most = |from: Duration, to: Duration| {
        let asked = service.asked().into_iter();
        let within = |one: &Request| one.at >= killed + from && one.at < killed + to;
        let of_two = asked.filter(|one| one.key == "two" && within(one));
        of_two.map(|one| one.together).max().unwrap_or_default()
    };
    let late = Duration::from_secs(70);
    assert_eq!(
        most(Duration::ZERO, late),
        1,
        "the other call was kept back"
    );
    assert_eq!(most(late, KEPT_BACK + MINUTE), 2, "it was taken over");
    two.stop().ends(0);
}

#[test]
fn a_minute_is_divided_and_the_part_of_a_killed_worker_taken_over() {
    if is_missing() {
        return;
    }
    // Most of it is waiting: both at once.
    std::thread::scope(|scope| {
        scope.spawn(a_minute_is_divided);
        scope.spawn(the_part_of_a_killed_worker_is_taken_over);
    });
}
