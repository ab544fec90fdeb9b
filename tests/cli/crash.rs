//! Runs that are killed at random moments. Whatever the moment, the next run goes
//! on: every article is whole, and every segment is paid for once, but for those
//! that were on their way when the process was killed.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use super::kit::{Desk, scripted};

/// How often a process is killed.
const KILLS: usize = 200;
/// Jobs at a time.
const WORKERS: u64 = 2;
/// Articles of a job.
const ARTICLES: usize = 40;
/// Articles in progress at a time.
const TOGETHER: u64 = 4;

/// A desk with a job and a provider that counts. Articles share a sentence.
fn desk() -> Desk {
    let desk = Desk::new();
    let count = format!("count {}", desk.path("asked").display());
    let config = scripted(&count).replace("concurrency = 1", &format!("concurrency = {TOGETHER}"));
    desk.write(
        "pipeline.toml",
        format!("{config}[glossaries]\nbase = false\n"),
    );
    for i in 0..ARTICLES {
        let folder = if i % 3 == 0 { "sport/" } else { "" };
        desk.write(
            &format!("in/{folder}{i}.txt"),
            format!(
                "A vote on bridge {i}\n\nDHAKA, January 14, 2026 (BSS) - The council of ward {i} voted \
                 on Monday. It rained all day in the city.\n\n\"Ward {i} wants its bridge,\" said a \
                 member of the council.\n"
            ),
        );
    }
    desk
}

/// What a job has written; of the details what does not tell how it went.
fn outputs(desk: &Desk) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for name in desk.list("out") {
        let mut content = desk.read(&format!("out/{name}"));
        if name == "report.json" {
            continue;
        }
        if name.rsplit('.').next() == Some("json") {
            let mut value: Value = serde_json::from_str(&content).unwrap();
            value["usage"].take();
            // The path of the desk is a part of it.
            value["provenance"]["settings"].take();
            for block in value["blocks"].as_array_mut().unwrap() {
                for segment in block["segments"].as_array_mut().unwrap() {
                    segment["cached"].take();
                }
            }
            content = value.to_string();
        }
        found.insert(name, content);
    }
    found
}

/// What each process of the provider was asked, in order: request and segment.
fn asked(desk: &Desk) -> Vec<Vec<(u64, String)>> {
    let mut order: Vec<u32> = Vec::new();
    let mut processes: Vec<Vec<(u64, String)>> = Vec::new();
    let log = std::fs::read_to_string(desk.path("asked")).unwrap_or_default();
    for line in log.lines() {
        let (process, request, text): (u32, u64, String) = serde_json::from_str(line).unwrap();
        let place = order.iter().position(|known| *known == process);
        let place = place.unwrap_or_else(|| {
            order.push(process);
            processes.push(Vec::new());
            order.len() - 1
        });
        processes[place].push((request, text));
    }
    processes
}

/// Asserts that nothing was paid for twice but what was on its way at a kill;
/// gives how many segments that were.
fn paid_once(desk: &Desk) -> usize {
    let processes = asked(desk);
    // A segment, and whether it may be asked again.
    let mut known: BTreeMap<&str, bool> = BTreeMap::new();
    let mut twice = 0;
    for requests in &processes {
        let last = requests.iter().map(|(id, _)| *id).max().unwrap_or_default();
        let mut here = BTreeSet::new();
        for (id, text) in requests {
            assert!(here.insert(text), "`{text}` was asked twice by one process");
            // Each article in progress waits for one answer, or for it to be kept.
            let is_under_way = id + TOGETHER > last;
            if let Some(may) = known.insert(text, is_under_way) {
                assert!(may, "`{text}` had been answered and was asked again");
                twice += 1;
            }
        }
    }
    twice
}

/// When a run is killed.
#[derive(Debug, Clone, Copy)]
enum Moment {
    /// So long after its start.
    FromStart(Duration),
    /// So long after its first article began.
    FromWork(Duration),
    /// While a file is being written, after so many before it.
    InWrite(usize),
}

/// Starts a run and kills it. Says whether it had ended before.
fn killed(desk: &Desk, moment: Moment) -> bool {
    let mut child = desk
        .command()
        .args(["-vv", "run"])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
    if let Moment::FromWork(_) = moment {
        let begun =
            |line: &std::io::Result<String>| line.as_ref().is_ok_and(|l| l.contains("begun"));
        lines.find(begun);
    }
    // Read on, or the run would wait for its reader.
    let reader = std::thread::spawn(move || lines.count());
    let done = match moment {
        Moment::FromStart(wait) | Moment::FromWork(wait) => ends_within(&mut child, wait),
        Moment::InWrite(before) => ends_before_write(&mut child, desk, before),
    };
    if !done {
        // SIGKILL: nothing of it is asked.
        child.kill().unwrap();
    }
    child.wait().unwrap();
    reader.join().unwrap();
    done
}

/// Waits for a file that is being written and was not before `before` others were.
fn ends_before_write(child: &mut Child, desk: &Desk, before: usize) -> bool {
    let mut seen = BTreeSet::new();
    while child.try_wait().unwrap().is_none() {
        let files = desk.list("out");
        seen.extend(files.into_iter().filter(|name| name.ends_with(".part")));
        if seen.len() > before {
            return false;
        }
    }
    true
}

fn ends_within(child: &mut Child, wait: Duration) -> bool {
    let until = Instant::now() + wait;
    while Instant::now() < until {
        if child.try_wait().unwrap().is_some() {
            return true;
        }
        std::thread::sleep(Duration::from_micros(500).min(wait));
    }
    false
}

#[test]
fn a_run_that_is_killed_at_any_moment_goes_on() {
    let whole = desk();
    let started = Instant::now();
    whole.anubad(&["run"]).ends(0);
    let life = started.elapsed();
    let expected = outputs(&whole);
    assert_eq!(expected.len(), 2 * ARTICLES);
    assert_eq!(paid_once(&whole), 0);
    let segments: usize = asked(&whole).iter().map(Vec::len).sum();

    let seed = std::env::var("ANUBAD_SEED")
        .ok()
        .and_then(|seed| seed.parse().ok());
    let seed = seed.unwrap_or_else(|| fastrand::u64(..));
    println!("ANUBAD_SEED={seed}");
    let told: Vec<Told> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..WORKERS)
            .map(|worker| {
                let random = fastrand::Rng::with_seed(seed.wrapping_add(worker));
                let expected = &expected;
                scope.spawn(move || kill_and_go_on(random, life, expected))
            })
            .collect();
        workers
            .into_iter()
            .map(|worker| worker.join().unwrap())
            .collect()
    });
    let sum = |f: fn(&Told) -> usize| told.iter().map(f).sum::<usize>();
    println!(
        "{KILLS} kills in {} jobs of {segments} segments: {} inside a write; {} segments were on \
         their way and sent again",
        sum(|t| t.jobs),
        sum(|t| t.in_writes),
        sum(|t| t.twice)
    );
    assert!(sum(|t| t.in_writes) > 0, "no kill fell inside a write");
}

/// What a worker has seen.
#[derive(Default)]
struct Told {
    jobs: usize,
    /// Kills that left an unfinished file.
    in_writes: usize,
    /// Segments that were sent again.
    twice: usize,
}

/// Kills jobs again and again, and has each end at last.
fn kill_and_go_on(
    mut random: fastrand::Rng,
    life: Duration,
    expected: &BTreeMap<String, String>,
) -> Told {
    let mut told = Told::default();
    let mut left = KILLS / usize::try_from(WORKERS).unwrap();
    while left > 0 {
        let desk = desk();
        told.jobs += 1;
        let mut before = BTreeMap::new();
        while left > 0 {
            // Short waits make many kills of one job.
            let moment = match random.u8(..4) {
                0 => Moment::FromStart(life.mul_f64(random.f64())),
                1 => Moment::InWrite(random.usize(..8)),
                _ => Moment::FromWork((life / 8).mul_f64(random.f64())),
            };
            if killed(&desk, moment) {
                break;
            }
            left -= 1;
            // What is there is whole, and stays.
            let mut now = outputs(&desk);
            let files = now.len();
            now.retain(|name, _| !name.ends_with(".part"));
            told.in_writes += usize::from(now.len() < files);
            for (name, content) in &now {
                assert_eq!(
                    Some(content),
                    expected.get(name),
                    "{name}, {left} kills left"
                );
            }
            assert!(
                before.keys().all(|name| now.contains_key(name)),
                "an article is lost"
            );
            before = now;
        }
        desk.anubad(&["run"]).ends(0);
        assert_eq!(
            outputs(&desk),
            *expected,
            "nothing more, nothing less, nothing else"
        );
        told.twice += paid_once(&desk);
        let report = desk.json("out/report.json");
        for article in report["articles"].as_array().unwrap() {
            assert!(
                article["state"] == "written" || article["state"] == "unchanged",
                "{article}"
            );
        }
    }
    told
}
