//! Workers and servers that are killed, stopped and cut off; a queue that is full; an
//! article that is delivered twice. Nothing is lost, nothing is written twice with
//! another content, and nothing is paid for twice but what was on its way.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, SystemTime};

use super::kit::{Desk, scripted};
use super::nats::{Server, Worker, is_missing, urls, wait};

/// Articles of the long test; 5,000 with `ANUBAD_QUEUE_ARTICLES=5000`.
const ARTICLES: usize = 300;
/// Articles in progress at a time in a worker.
const TOGETHER: u64 = 4;
/// Requests by which others may be ahead of an answer that is not kept yet: its thread
/// may wait for a core.
const AHEAD: u64 = 32;

fn articles() -> usize {
    let asked = std::env::var("ANUBAD_QUEUE_ARTICLES").ok();
    asked.map_or(ARTICLES, |count| count.parse().unwrap())
}

/// A desk with articles that share no sentence, and a provider that counts.
pub(super) fn desk(articles: usize, more: &str) -> Desk {
    let desk = Desk::new();
    let count = format!("count {}", desk.path("asked").display());
    let config = scripted(&count).replace("concurrency = 1", &format!("concurrency = {TOGETHER}"));
    desk.write(
        "pipeline.toml",
        format!("{config}[glossaries]\nbase = false\n[queue]\n{more}\n"),
    );
    for i in 0..articles {
        desk.write(
            &format!("in/{}/{i}.txt", i % 10),
            format!(
                "A vote on bridge {i}\n\nDHAKA, January 14, 2026 (BSS) - The council of ward {i} voted \
                 on Monday. It rained all day in ward {i}.\n\n\"Ward {i} wants its bridge,\" said a \
                 member of the council.\n"
            ),
        );
    }
    desk
}

/// The texts that were written, by their path.
pub(super) fn texts(desk: &Desk) -> BTreeMap<String, String> {
    let names = desk.list("out").into_iter();
    names
        .filter(|name| name.ends_with(".txt"))
        .map(|name| (name.clone(), desk.read(&format!("out/{name}"))))
        .collect()
}

/// What each process of the provider was asked: request and segment.
fn asked(desk: &Desk) -> BTreeMap<u32, Vec<(u64, String)>> {
    let mut processes: BTreeMap<u32, Vec<(u64, String)>> = BTreeMap::new();
    let log = std::fs::read_to_string(desk.path("asked")).unwrap_or_default();
    for line in log.lines() {
        let (process, request, text) = serde_json::from_str(line).unwrap();
        processes.entry(process).or_default().push((request, text));
    }
    processes
}

/// Asserts that nothing was asked twice but what `killed` processes had on its way;
/// gives how many segments that were.
pub(super) fn paid_once(desk: &Desk, killed: usize) -> usize {
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    let mut on_the_way: BTreeSet<String> = BTreeSet::new();
    for requests in asked(desk).into_values() {
        let last = requests.iter().map(|(id, _)| *id).max().unwrap_or_default();
        for (id, text) in requests {
            *times.entry(text.clone()).or_default() += 1;
            // Each article in progress waits for one answer, or for it to be kept.
            if id + AHEAD > last {
                on_the_way.insert(text);
            }
        }
    }
    let twice: Vec<&String> = times
        .iter()
        .filter(|(_, n)| **n > 1)
        .map(|(t, _)| t)
        .collect();
    for text in &twice {
        assert!(
            on_the_way.contains(*text),
            "`{text}` had been answered and was asked again"
        );
    }
    let most = killed * usize::try_from(TOGETHER).unwrap() * 4;
    assert!(
        twice.len() <= most,
        "{} segments were asked twice",
        twice.len()
    );
    twice.len()
}

/// What a run alone writes.
pub(super) fn alone(articles: usize) -> BTreeMap<String, String> {
    let desk = desk(articles, "");
    desk.anubad(&["run", "--quiet"]).ends(0);
    let _ = paid_once(&desk, 0);
    texts(&desk)
}

#[test]
fn workers_and_a_server_that_are_killed_lose_nothing() {
    if is_missing() {
        return;
    }
    let articles = articles();
    let expected = alone(articles);
    assert_eq!(expected.len(), articles);
    let desk = desk(articles, "replicas = 3\nlease = 3\npause = 0.05");
    let mut servers = Server::cluster();
    let url = urls(&servers);
    let mut run = desk
        .command()
        .args(["run", "--quiet", "--queue", &url, "--wait"])
        .spawn()
        .unwrap();
    let mut workers: Vec<Worker> = (0..4)
        .map(|_| Worker::start(&desk, &url, &["--quiet"]))
        .collect();
    let written = || texts(&desk).len();
    wait(|| (written() > articles / 6).then_some(()));
    workers.remove(0).kill();
    wait(|| (written() > articles / 3).then_some(()));
    servers[1].kill();
    wait(|| (written() > articles / 2).then_some(()));
    workers.remove(0).kill();
    let status = wait(|| run.try_wait().unwrap());
    assert_eq!(status.code(), Some(0));
    for worker in workers {
        worker.stop().ends(0);
    }
    let found = texts(&desk);
    assert_eq!(found.len(), expected.len());
    assert!(found == expected, "an article differs");
    let twice = paid_once(&desk, 2);
    let report = desk.json("out/report.json");
    let all = report["articles"].as_array().unwrap();
    assert_eq!(all.len(), articles);
    assert!(
        all.iter().all(|a| a["state"] == "written"),
        "each has its report"
    );
    println!("{articles} articles; {twice} segments were on their way and sent again");
    // Nothing is left that would be done again.
    let again = desk.anubad(&["run", "--queue", &url]).ends(0);
    assert!(again.err.contains("0 messages brought"), "{again:?}");
}

/// A desk with one article and a lease of a second, whose provider takes so many of them to answer.
fn slow_desk(seconds: &str) -> Desk {
    let desk = desk(1, "lease = 1");
    let config = desk.read("pipeline.toml");
    let slow = format!("\"slow\", \"{seconds}\", \"count\"");
    desk.write("pipeline.toml", config.replace("\"count\"", &slow));
    desk
}

#[test]
fn a_worker_that_was_stopped_for_too_long_writes_nothing_after_another() {
    if is_missing() {
        return;
    }
    let server = Server::start("");
    // It answers after the article has been given to another worker.
    let desk = slow_desk("0.5");
    desk.anubad(&["run", "--queue", &server.url()]).ends(0);
    let slow = Worker::start(&desk, &server.url(), &["-v"]);
    wait(|| (!asked(&desk).is_empty()).then_some(()));
    slow.signal("STOP");
    let other = Worker::start(&desk, &server.url(), &["--until-empty"]);
    other.end().ends(0);
    let written = |name: &str| -> SystemTime {
        let file = std::fs::metadata(desk.path(name)).unwrap();
        file.modified().unwrap()
    };
    let before = (written("out/0/0.bn.txt"), written("out/0/0.bn.json"));
    slow.signal("CONT");
    // It ends in order, with what it had in progress.
    std::thread::sleep(Duration::from_millis(100));
    let slow = slow.stop();
    slow.ends(0).says(&["overtaken"]);
    assert_eq!(
        before,
        (written("out/0/0.bn.txt"), written("out/0/0.bn.json"))
    );
    assert!(paid_once(&desk, 1) > 0, "both had asked");
}

#[test]
fn a_worker_that_gets_its_own_article_again_asks_and_writes_once() {
    if is_missing() {
        return;
    }
    let server = Server::start("");
    let desk = slow_desk("3");
    desk.anubad(&["run", "--queue", &server.url()]).ends(0);
    let worker = Worker::start(&desk, &server.url(), &["-v"]);
    wait(|| (!asked(&desk).is_empty()).then_some(()));
    // The server takes it for lost and offers the article to who waits: to itself.
    worker.signal("STOP");
    std::thread::sleep(Duration::from_millis(1500));
    worker.signal("CONT");
    wait(|| (texts(&desk).len() == 1).then_some(()));
    let worker = worker.stop().ends(0);
    assert_eq!(paid_once(&desk, 0), 0);
    let written = worker.err.matches("INFO written").count();
    assert_eq!(written, 1, "{}", worker.err);
}

#[test]
fn an_article_that_is_brought_twice_is_done_once() {
    if is_missing() {
        return;
    }
    let server = Server::start("");
    let desk = desk(20, "");
    let url = server.url();
    let first = desk.anubad(&["run", "--queue", &url]).ends(0);
    assert!(first.err.contains("20 messages brought"), "{first:?}");
    let second = desk.anubad(&["run", "--queue", &url]).ends(0);
    assert!(second.err.contains("0 messages brought") && second.err.contains("20 there already"));
    let worker = Worker::start(&desk, &url, &["--until-empty", "--quiet"]);
    worker.end().ends(0);
    assert_eq!(texts(&desk).len(), 20);
    assert_eq!(paid_once(&desk, 0), 0);
    let third = desk.anubad(&["run", "--queue", &url]).ends(0);
    assert!(third.err.contains("20 done"), "{third:?}");
    // Of a changed article only what has changed is asked for.
    let before: usize = asked(&desk).values().map(Vec::len).sum();
    let article = desk.read("in/0/0.txt").replace("rained", "snowed");
    desk.write("in/0/0.txt", article);
    let changed = desk.anubad(&["run", "--queue", &url]).ends(0);
    assert!(changed.err.contains("1 message brought"), "{changed:?}");
    let worker = Worker::start(&desk, &url, &["--until-empty", "--quiet"]);
    worker.end().ends(0);
    let after: usize = asked(&desk).values().map(Vec::len).sum();
    assert_eq!(after - before, 1);
    assert!(desk.read("out/0/0.bn.txt").contains("snowed"));
}

#[test]
fn a_full_queue_has_articles_wait_outside() {
    if is_missing() {
        return;
    }
    let server = Server::start("");
    let desk = desk(30, "waiting = 5");
    let url = server.url();
    let mut run = desk
        .command()
        .args(["run", "--queue", &url, "--wait"])
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let lines = std::io::BufReader::new(run.stderr.take().unwrap());
    let mut lines = std::io::BufRead::lines(lines).map_while(Result::ok);
    lines
        .by_ref()
        .find(|line| line.contains("the queue is full"))
        .expect("it says so");
    let worker = Worker::start(&desk, &url, &["--quiet"]);
    let reader = std::thread::spawn(move || lines.count());
    assert_eq!(wait(|| run.try_wait().unwrap()).code(), Some(0));
    reader.join().unwrap();
    worker.stop().ends(0);
    assert_eq!(texts(&desk).len(), 30);
}

#[test]
fn a_server_that_comes_back_finds_everybody_waiting() {
    if is_missing() {
        return;
    }
    let mut server = Server::start("");
    let desk = desk(40, "");
    let url = server.url();
    desk.anubad(&["run", "--quiet", "--queue", &url]).ends(0);
    let worker = Worker::start(&desk, &url, &["--quiet"]);
    wait(|| (texts(&desk).len() > 5).then_some(()));
    server.kill();
    server.up();
    wait(|| (texts(&desk).len() == 40).then_some(()));
    worker.stop().ends(0);
    assert_eq!(paid_once(&desk, 0), 0);
}

#[test]
fn a_worker_follows_a_change_of_the_settings() {
    if is_missing() {
        return;
    }
    let server = Server::start("");
    let desk = desk(2, "");
    let url = server.url();
    let worker = Worker::start(&desk, &url, &["--quiet"]);
    desk.anubad(&["run", "--quiet", "--queue", &url, "--wait"])
        .ends(0);
    let style = format!(
        "{}[style]\ndateline = \"keep\"\n",
        desk.read("pipeline.toml")
    );
    desk.write("pipeline.toml", style);
    desk.anubad(&["run", "--quiet", "--queue", &url, "--wait"])
        .ends(0);
    let text = desk.read("out/0/0.bn.txt");
    assert!(text.contains("DHAKA, January 14, 2026 (BSS) -"), "{text}");
    worker.stop().ends(0);
}
