//! The law of the product, over articles, behaviours and seeds: each protected
//! name, number, address and quotation of an article stands in its translation, or a
//! finding says that it does not; nothing is lost, changed or invented in silence.

mod articles;
mod babble;
mod law;
mod markup;

use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Instant;

use anubad::provider::Protection;
use anubad::provider::hostile::{Behaviour, Share};

/// Pairs of an article and a behaviour that are tried.
const PAIRS: usize = 10_000;
/// Articles with markup that are tried.
const MARKED: usize = 1_000;

const PROTECTIONS: [Protection; 3] = [Protection::Tags, Protection::Tokens, Protection::Plain];

/// One trial: everything follows from its number.
fn trial(desk: &law::Desk, number: usize) -> Option<String> {
    let seed = number as u64;
    let mut chance = fastrand::Rng::with_seed(seed);
    let behaviour = Behaviour::ALL[number % Behaviour::ALL.len()];
    let protection = PROTECTIONS[chance.usize(..PROTECTIONS.len())];
    let share = if chance.bool() {
        Share::All
    } else {
        Share::Half
    };
    let article = articles::article(&mut chance);
    let broken = desk.broken(&article, behaviour, protection, share, seed);
    (!broken.is_empty()).then(|| {
        format!(
            "trial {number}: a service that {} ({protection:?}, {share:?}); \
             ANUBAD_TRIALS={number} tries it alone\n{}\n{}",
            behaviour.name(),
            article.text,
            broken.join("\n")
        )
    })
}

/// All pairs, or what `ANUBAD_TRIALS` names: one trial (`4711`), or some
/// (`10000..20000`, other articles and other seeds).
fn trials() -> Range<usize> {
    let Ok(named) = std::env::var("ANUBAD_TRIALS") else {
        return 0..PAIRS;
    };
    if let Some((first, end)) = named.split_once("..") {
        return first.parse().unwrap()..end.parse().unwrap();
    }
    let one = named.parse().unwrap();
    one..one + 1
}

#[test]
fn nothing_is_lost_changed_or_invented_in_silence() {
    let started = Instant::now();
    let desk = Arc::new(law::Desk::new());
    let trials = trials();
    let next = AtomicUsize::new(trials.start);
    let broken: Mutex<Vec<String>> = Mutex::new(Vec::new());
    let workers = std::thread::available_parallelism().map_or(2, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= trials.end {
                        return;
                    }
                    if let Some(what) = trial(&desk, number) {
                        broken.lock().unwrap().push(what);
                    }
                }
            });
        }
    });
    let broken = broken.into_inner().unwrap();
    eprintln!(
        "{} pairs in {:.1} s",
        trials.len(),
        started.elapsed().as_secs_f64()
    );
    assert!(
        broken.is_empty(),
        "{} of {}\n{}",
        broken.len(),
        trials.len(),
        broken
            .iter()
            .take(20)
            .cloned()
            .collect::<Vec<_>>()
            .join("\n\n")
    );
}

/// Every behaviour, and services that keep, lose or never see what goes around words.
#[test]
fn markup_is_nested_and_placed_whatever_a_service_does() {
    let desk = law::Desk::new();
    let mut broken = Vec::new();
    for number in 0..MARKED {
        let mut chance = fastrand::Rng::with_seed(number as u64);
        let behaviour = Behaviour::ALL[number % Behaviour::ALL.len()];
        let all = [PROTECTIONS.as_slice(), &[Protection::Html]].concat();
        let protection = all[chance.usize(..all.len())];
        let share = if chance.bool() {
            Share::All
        } else {
            Share::Half
        };
        let article = articles::article(&mut chance);
        let torn = desk.torn(&article, (behaviour, protection), share, &mut chance);
        if !torn.is_empty() {
            broken.push(format!(
                "trial {number}: a service that {} ({protection:?})\n{}",
                behaviour.name(),
                torn.join("\n")
            ));
        }
    }
    let shown: Vec<&str> = broken.iter().take(5).map(String::as_str).collect();
    assert!(
        broken.is_empty(),
        "{} of {MARKED}\n{}",
        broken.len(),
        shown.join("\n\n")
    );
}

/// The articles of the examples, with every behaviour.
#[test]
fn the_examples_keep_the_law() {
    let desk = law::Desk::new();
    let examples = articles::examples();
    assert!(examples.len() >= 10);
    let mut broken = Vec::new();
    for (i, article) in examples.iter().enumerate() {
        for (j, behaviour) in Behaviour::ALL.into_iter().enumerate() {
            let protection = PROTECTIONS[(i + j) % PROTECTIONS.len()];
            let share = if (i + j) % 2 == 0 {
                Share::All
            } else {
                Share::Half
            };
            let seed = (i * 100 + j) as u64;
            for what in desk.broken(article, behaviour, protection, share, seed) {
                broken.push(format!(
                    "{}: a service that {} ({protection:?}): {what}",
                    article.name,
                    behaviour.name()
                ));
            }
        }
    }
    assert!(
        broken.is_empty(),
        "{}\n{}",
        broken.len(),
        broken
            .iter()
            .take(20)
            .cloned()
            .collect::<Vec<_>>()
            .join("\n")
    );
}

/// Findings of an honest service would hide what a hostile one does.
#[test]
fn an_honest_service_leaves_nothing_to_find() {
    let desk = law::Desk::new();
    for seed in 0..200 {
        let article = articles::article(&mut fastrand::Rng::with_seed(seed));
        for protection in PROTECTIONS {
            let done = desk.honest(&article, protection);
            let found: Vec<_> = done.all_findings().filter(|f| law::counts(f)).collect();
            assert!(
                found.is_empty(),
                "{protection:?} {}\n{}\n{found:#?}",
                article.text,
                done.text
            );
            for value in &article.values {
                assert!(
                    done.text.contains(&value.target),
                    "{} {}\n{}",
                    value.target,
                    article.text,
                    done.text
                );
            }
        }
    }
}
