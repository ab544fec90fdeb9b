//! The whole stack against a server in trouble, and against one that counts.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use anubad::plan::Piece;
use anubad::provider::{Batch, measure};
use futures::future::join_all;

use crate::libretranslate::FIXTURE;
use crate::server::{Reply, Request, Server};
use crate::suite::{Fixture, batch, plain, provider};

fn serve(fixture: Fixture, request: &Request) -> Reply {
    (fixture.serve)(request, &|text: &str| text.to_owned()).unwrap()
}

/// Three requests of ten fail, each in its own way; the others take their time.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everything_arrives_once_and_in_order() {
    weather(FIXTURE, "", usize::MAX).await;
}

/// The same with a language model.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everything_that_a_model_says_arrives_once_and_in_order() {
    weather(crate::openai::FIXTURE, "", usize::MAX).await;
}

/// The same within a limit of characters, which attempts that failed count in as well:
/// in no second more than so many, twice as many as are due.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everything_arrives_within_a_limit_of_characters() {
    weather(FIXTURE, "characters_per_minute = 180000", 6000).await;
}

/// And within a limit of tokens, a language model being asked (in characters again: a
/// token is estimated for three or more).
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everything_arrives_within_a_limit_of_tokens() {
    weather(crate::openai::FIXTURE, "tokens_per_minute = 3000000", 6000).await;
}

async fn weather(fixture: Fixture, limit: &str, most_a_second: usize) {
    let random = Mutex::new(fastrand::Rng::with_seed(7));
    let answered: Arc<Mutex<HashMap<String, usize>>> = Arc::default();
    let counted = Arc::clone(&answered);
    let failed = Arc::new(Mutex::new(0));
    let failures = Arc::clone(&failed);
    let came: Arc<Mutex<Vec<(Instant, usize)>>> = Arc::default();
    let coming = Arc::clone(&came);
    let server = Server::start(move |request| {
        let (fails, how, delay) = {
            let mut random = random.lock().unwrap();
            (random.f64() < 0.3, random.u8(0..6), random.u64(0..20))
        };
        let size = (fixture.texts)(request)
            .iter()
            .map(|text| text.chars().count())
            .sum();
        coming.lock().unwrap().push((Instant::now(), size));
        if fails {
            *failures.lock().unwrap() += 1;
            return match how {
                0 => Reply::text(500, "<html>"),
                1 => Reply::text(503, "{}").header("Retry-After", "0"),
                2 => Reply::text(429, "{}").header("Retry-After", "0"),
                3 => Reply::cut(),
                4 => Reply::text(502, "").after(Duration::from_millis(delay)),
                _ => serve(fixture, request).half(),
            };
        }
        for text in (fixture.texts)(request) {
            *counted.lock().unwrap().entry(text).or_default() += 1;
        }
        serve(fixture, request).after(Duration::from_millis(delay))
    });
    let more = format!("attempts = 30\ntotal_time = 300\nconcurrency = 8\n{limit}");
    let (provider, _folder) = provider(fixture, &server.url(), &more).await;
    let batches: Vec<Vec<String>> = (0..60)
        .map(|b| (0..5).map(|n| format!("Sentence {n} of {b}")).collect())
        .collect();
    let calls = batches.iter().map(|texts| {
        let segments: Vec<_> = texts.iter().map(|text| plain(text)).collect();
        let provider = Arc::clone(&provider);
        async move { provider.translate(&batch(&segments)).await }
    });
    for (drafts, texts) in join_all(calls).await.into_iter().zip(&batches) {
        let drafts = drafts.unwrap();
        assert_eq!(drafts.len(), texts.len());
        for (draft, text) in drafts.into_iter().zip(texts) {
            let pieces = draft.unwrap().pieces;
            assert!(
                matches!(&pieces[..], [Piece::Text(found)] if found.trim_end_matches('।') == text),
                "{pieces:?}"
            );
        }
    }
    println!(
        "{} requests, {} of them failed, {} sentences answered once",
        server.requests().len(),
        failed.lock().unwrap(),
        answered.lock().unwrap().len()
    );
    assert!(*failed.lock().unwrap() > 10, "there was no storm");
    let answered = answered.lock().unwrap();
    assert_eq!(answered.len(), 300);
    let twice: Vec<_> = answered.iter().filter(|(_, times)| **times > 1).collect();
    assert!(twice.is_empty(), "paid for and thrown away: {twice:?}");
    let came = came.lock().unwrap();
    let second = Duration::from_secs(1);
    for (from, _) in came.iter() {
        let inside = came
            .iter()
            .filter(|(at, _)| (*from..*from + second).contains(at));
        let sum: usize = inside.map(|(_, size)| size).sum();
        assert!(sum <= most_a_second, "{sum} characters in a second");
    }
}

/// How much of a limit is used, in real time: `cargo test --test providers
/// limits_are_used -- --ignored --nocapture`. (The layer's own tests hold the same
/// with a clock that does not depend on the machine.)
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "takes more than a minute"]
async fn the_limits_are_used_and_never_passed() {
    let wanted = batch(&[plain("One word of it, and a second one behind it.")]);
    let characters = measure::characters(&wanted);
    let tokens = {
        let server = Server::start(|_| Reply::text(500, ""));
        let (provider, _folder) = provider(crate::openai::FIXTURE, &server.url(), "").await;
        usize::try_from(provider.usage(&wanted).total()).unwrap()
    };
    let requests = used(FIXTURE, "requests", 1, &wanted);
    let characters = used(FIXTURE, "characters", characters, &wanted);
    let tokens = used(crate::openai::FIXTURE, "tokens", tokens, &wanted);
    tokio::join!(requests, characters, tokens);
}

/// Sends as fast as a limit of 600 calls a minute lets it, told in what each call takes
/// of the limit, to a server that counts.
async fn used(fixture: Fixture, counted: &str, each: usize, wanted: &Batch) {
    const LIMIT: usize = 600;
    const CALLS: usize = 750;
    let recent: Mutex<VecDeque<Instant>> = Mutex::default();
    let refused = Arc::new(Mutex::new(0));
    let refusals = Arc::clone(&refused);
    let server = Server::start(move |request| {
        let mut recent = recent.lock().unwrap();
        let now = Instant::now();
        while recent
            .front()
            .is_some_and(|at| now - *at >= Duration::from_mins(1))
        {
            recent.pop_front();
        }
        if recent.len() >= LIMIT {
            *refusals.lock().unwrap() += 1;
            return Reply::text(429, "{}").header("Retry-After", "1");
        }
        recent.push_back(now);
        drop(recent);
        serve(fixture, request).after(Duration::from_millis(50))
    });
    let more = format!("{counted}_per_minute = {}\nconcurrency = 8", LIMIT * each);
    let (provider, _folder) = provider(fixture, &server.url(), &more).await;
    let started = Instant::now();
    let answers = join_all((0..CALLS).map(|_| provider.translate(wanted))).await;
    let minutes = started.elapsed().as_secs_f64() / 60.0;
    let used = CALLS as f64 / (LIMIT as f64 * minutes);
    println!(
        "{counted}: used {:.1} %, refused {}",
        used * 100.0,
        refused.lock().unwrap()
    );
    assert!(answers.iter().all(Result::is_ok));
    assert_eq!(*refused.lock().unwrap(), 0, "{counted}");
    assert!(used >= 0.98, "{counted}: {used}");
}
