//! The whole stack against a server in trouble, and against one that counts.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use anubad::plan::Piece;
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
    weather(FIXTURE).await;
}

/// The same with a language model.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everything_that_a_model_says_arrives_once_and_in_order() {
    weather(crate::openai::FIXTURE).await;
}

async fn weather(fixture: Fixture) {
    let random = Mutex::new(fastrand::Rng::with_seed(7));
    let answered: Arc<Mutex<HashMap<String, usize>>> = Arc::default();
    let counted = Arc::clone(&answered);
    let failed = Arc::new(Mutex::new(0));
    let failures = Arc::clone(&failed);
    let server = Server::start(move |request| {
        let (fails, how, delay) = {
            let mut random = random.lock().unwrap();
            (random.f64() < 0.3, random.u8(0..6), random.u64(0..20))
        };
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
    let more = "attempts = 30\ntotal_time = 300\nconcurrency = 8";
    let (provider, _folder) = provider(fixture, &server.url(), more).await;
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
}

/// How much of a limit is used, in real time: `cargo test --test providers
/// limit_is_used -- --ignored --nocapture`. (The layer's own tests hold the same
/// with a clock that does not depend on the machine.)
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "takes more than a minute"]
async fn the_limit_is_used_and_never_passed() {
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
        serve(FIXTURE, request).after(Duration::from_millis(50))
    });
    let more = format!("requests_per_minute = {LIMIT}\nconcurrency = 8");
    let (provider, _folder) = provider(FIXTURE, &server.url(), &more).await;
    let started = Instant::now();
    let wanted = batch(&[plain("word")]);
    let answers = join_all((0..CALLS).map(|_| provider.translate(&wanted))).await;
    let minutes = started.elapsed().as_secs_f64() / 60.0;
    let used = CALLS as f64 / (LIMIT as f64 * minutes);
    println!(
        "used {:.1} %, refused {}",
        used * 100.0,
        refused.lock().unwrap()
    );
    assert!(answers.iter().all(Result::is_ok));
    assert_eq!(*refused.lock().unwrap(), 0);
}
