//! The layers on a paused clock: waiting costs nothing and is exact.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use tokio::time::{Instant, sleep};

use super::{Breaker, Limited, Limits, Patience, Pauses, Retrying, Timed};
use crate::language::Pair;
use crate::plan::{Piece, Segment};
use crate::provider::{
    Batch, Capability, Context, Draft, Drafts, Error, ErrorKind, Health, Identity, Protection,
    Provider, Retry, measure,
};

/// What the next call does; an echo when the list is empty.
#[derive(Clone)]
enum Act {
    Fail(ErrorKind, Retry),
    /// The first segment is answered, the others fail for the moment.
    First,
    /// One segment fewer than asked for.
    Short,
    Hang,
}

struct Scripted {
    identity: Identity,
    capability: Capability,
    acts: Mutex<VecDeque<Act>>,
    takes: Duration,
    /// When each call came, and how many segments it had.
    calls: Mutex<Vec<(Instant, usize)>>,
}

impl Scripted {
    fn new(acts: impl IntoIterator<Item = Act>) -> Arc<Self> {
        Self::taking(Duration::ZERO, acts)
    }

    fn taking(takes: Duration, acts: impl IntoIterator<Item = Act>) -> Arc<Self> {
        Arc::new(Self {
            identity: Identity {
                name: "scripted".into(),
                model: "scripted".into(),
                version: "1".into(),
            },
            capability: Capability {
                pairs: Vec::new(),
                max_segments: 100,
                max_characters: 100_000,
                max_holes: 100,
                protection: Protection::Typed,
                draft: false,
            },
            acts: Mutex::new(acts.into_iter().collect()),
            takes,
            calls: Mutex::default(),
        })
    }

    fn sizes(&self) -> Vec<usize> {
        self.calls.lock().unwrap().iter().map(|c| c.1).collect()
    }

    fn times(&self) -> Vec<Instant> {
        self.calls.lock().unwrap().iter().map(|c| c.0).collect()
    }
}

fn error(kind: ErrorKind, retry: Retry) -> Error {
    Error {
        provider: "scripted".into(),
        kind,
        message: "no".into(),
        retry,
    }
}

#[async_trait]
impl Provider for Scripted {
    fn identity(&self) -> &Identity {
        &self.identity
    }

    fn capability(&self) -> &Capability {
        &self.capability
    }

    async fn translate(&self, batch: &Batch) -> Result<Drafts, Error> {
        let call = (Instant::now(), batch.segments.len());
        self.calls.lock().unwrap().push(call);
        let act = self.acts.lock().unwrap().pop_front();
        sleep(self.takes).await;
        let mut drafts: Drafts = batch
            .segments
            .iter()
            .map(|s| {
                Ok(Draft {
                    pieces: s.pieces.clone(),
                })
            })
            .collect();
        match act {
            None => {}
            Some(Act::Fail(kind, retry)) => return Err(error(kind, retry)),
            Some(Act::First) => {
                for draft in drafts.iter_mut().skip(1) {
                    *draft = Err(error(ErrorKind::Unavailable, Retry::After(None)));
                }
            }
            Some(Act::Short) => {
                drafts.pop();
            }
            Some(Act::Hang) => std::future::pending().await,
        }
        Ok(drafts)
    }
}

fn batch(texts: &[&str]) -> Batch {
    let segment = |text: &&str| Segment {
        pieces: vec![Piece::Text((*text).to_owned())],
        fillings: Vec::new(),
        hints: Vec::new(),
    };
    Batch {
        pair: Pair::EN_BN,
        segments: texts.iter().map(segment).collect(),
        context: Context::default(),
    }
}

const UNAVAILABLE: Act = Act::Fail(ErrorKind::Unavailable, Retry::After(None));

fn patience(attempts: u32, seconds: u64) -> Patience {
    Patience {
        attempts,
        total: Duration::from_secs(seconds),
    }
}

#[tokio::test(start_paused = true)]
async fn a_hanging_call_ends() {
    let provider = Timed::new(Scripted::new([Act::Hang]), Duration::from_secs(5));
    let started = Instant::now();
    let failed = provider.translate(&batch(&["a"])).await.unwrap_err();
    assert_eq!(
        (failed.kind, failed.retry),
        (ErrorKind::Timeout, Retry::After(None))
    );
    assert_eq!(started.elapsed(), Duration::from_secs(5));
    assert!(provider.translate(&batch(&["a"])).await.is_ok());
}

#[tokio::test(start_paused = true)]
async fn what_may_pass_is_asked_again_and_no_more() {
    for (acts, attempts, ok) in [
        (vec![UNAVAILABLE, UNAVAILABLE], 3, true),
        (vec![UNAVAILABLE; 9], 4, false),
        (vec![Act::Fail(ErrorKind::Quota, Retry::Never)], 1, false),
        (vec![Act::Fail(ErrorKind::Denied, Retry::Never)], 1, false),
    ] {
        let scripted = Scripted::new(acts);
        let provider = Retrying::new(Arc::clone(&scripted) as _, patience(4, 600));
        let answer = provider.translate(&batch(&["a"])).await;
        assert_eq!(scripted.sizes().len(), attempts);
        assert_eq!(answer.is_ok(), ok);
        if let Err(error) = answer {
            assert_eq!(error.retry, Retry::Never);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn what_the_service_asks_is_waited_and_the_total_is_bound() {
    let asked = |s| {
        Act::Fail(
            ErrorKind::RateLimited,
            Retry::After(Some(Duration::from_secs(s))),
        )
    };
    let scripted = Scripted::new([asked(20)]);
    let provider = Retrying::new(Arc::clone(&scripted) as _, patience(4, 60));
    assert!(provider.translate(&batch(&["a"])).await.is_ok());
    let times = scripted.times();
    let waited = times[1] - times[0];
    assert!((20.0..=22.1).contains(&waited.as_secs_f64()), "{waited:?}");
    // Tomorrow is not waited for: the error comes at once.
    let scripted = Scripted::new([asked(86_400)]);
    let provider = Retrying::new(Arc::clone(&scripted) as _, patience(4, 60));
    let started = Instant::now();
    assert!(provider.translate(&batch(&["a"])).await.is_err());
    assert_eq!(started.elapsed(), Duration::ZERO);
}

#[tokio::test(start_paused = true)]
async fn what_was_answered_is_not_asked_again() {
    let scripted = Scripted::new([Act::First, UNAVAILABLE]);
    let provider = Retrying::new(Arc::clone(&scripted) as _, patience(4, 600));
    let wanted = batch(&["a", "b", "c"]);
    let drafts = provider.translate(&wanted).await.unwrap();
    assert_eq!(scripted.sizes(), [3, 2, 2]);
    for (segment, draft) in wanted.segments.iter().zip(drafts) {
        assert_eq!(draft.unwrap().pieces, segment.pieces);
    }
    // The paid answer is kept although the others never come.
    let scripted = Scripted::new([vec![Act::First], vec![UNAVAILABLE; 9]].concat());
    let provider = Retrying::new(Arc::clone(&scripted) as _, patience(3, 600));
    let drafts = provider.translate(&wanted).await.unwrap();
    assert!(drafts[0].is_ok() && drafts[1].is_err() && drafts[2].is_err());
    // So it is when the service cannot count.
    let scripted = Scripted::new([Act::First, Act::Short]);
    let provider = Retrying::new(Arc::clone(&scripted) as _, patience(3, 600));
    let drafts = provider.translate(&wanted).await.unwrap();
    assert!(drafts.len() == 3 && drafts[0].is_ok());
}

fn limits() -> Limits {
    Limits {
        requests: None,
        characters: None,
        tokens: None,
        concurrency: 8,
    }
}

/// Sends `count` calls at once and waits for all of them.
async fn flood(provider: &dyn Provider, count: usize, text: &str) {
    let wanted = batch(&[text]);
    let calls = (0..count).map(|_| provider.translate(&wanted));
    futures::future::join_all(calls).await;
}

/// The most of `weight` that any minute saw.
fn busiest(times: &[Instant], weight: usize) -> usize {
    let sent: Vec<(Instant, usize)> = times.iter().map(|&at| (at, weight)).collect();
    busiest_of(&sent)
}

#[tokio::test(start_paused = true)]
async fn a_limit_a_minute_is_used_and_never_passed() {
    for per_minute in [6_u32, 60, 600] {
        let scripted = Scripted::taking(Duration::from_millis(300), []);
        let provider = Limited::new(
            Arc::clone(&scripted) as _,
            Limits {
                requests: Some(f64::from(per_minute)),
                ..limits()
            },
        );
        let count = per_minute * 5;
        flood(&provider, count as usize, "text").await;
        let times = scripted.times();
        assert!(busiest(&times, 1) <= per_minute as usize);
        let spent = (*times.last().unwrap() - times[0]).as_secs_f64();
        let used = f64::from(count - 1) / (f64::from(per_minute) * spent / 60.0);
        assert!(used >= 0.98, "{per_minute}: {used}");
    }
}

/// Characters and tokens are used as fully as requests: what a batch takes of the limit
/// is a whole number of times in it, or a small part.
#[tokio::test(start_paused = true)]
async fn a_limit_of_amounts_is_used_and_never_passed() {
    for (size, varies) in [(100, false), (500, false), (1000, false), (60, true)] {
        for tokens in [false, true] {
            let scripted = Scripted::taking(Duration::from_millis(300), []);
            let mut random = fastrand::Rng::with_seed(7);
            let mut next = || size + if varies { random.usize(0..size) } else { 0 };
            let batches: Vec<Batch> = (0..60_000 / size)
                .map(|_| batch(&[&"x".repeat(next())]))
                .collect();
            let amounts: Vec<usize> = (batches.iter())
                .map(|batch| {
                    if tokens {
                        usize::try_from(scripted.usage(batch).total()).unwrap()
                    } else {
                        measure::characters(batch)
                    }
                })
                .collect();
            // What fits so often into a minute as if it were characters.
            let most = amounts[0] * 10_000
                / batches[0].segments[0]
                    .pieces
                    .iter()
                    .map(length)
                    .sum::<usize>();
            let limit = Some(most as f64);
            let limits = Limits {
                characters: limit.filter(|_| !tokens),
                tokens: limit.filter(|_| tokens),
                ..limits()
            };
            let provider = Limited::new(Arc::clone(&scripted) as _, limits);
            let calls = batches.iter().map(|batch| provider.translate(batch));
            futures::future::join_all(calls).await;
            let times = scripted.times();
            let sent = times.iter().copied().zip(amounts.iter().copied());
            let sent: Vec<(Instant, usize)> = sent.collect();
            let busiest = busiest_of(&sent);
            assert!(busiest <= most, "{size} {tokens}: {busiest} of {most}");
            let spent = (*times.last().unwrap() - times[0]).as_secs_f64();
            let all: usize = amounts[..amounts.len() - 1].iter().sum();
            let used = all as f64 / (most as f64 * spent / 60.0);
            assert!(used >= 0.98, "{size} {tokens}: {used}");
        }
    }
}

fn length(piece: &Piece) -> usize {
    match piece {
        Piece::Text(text) => text.len(),
        _ => 0,
    }
}

/// The most that any minute saw of what was sent.
fn busiest_of(sent: &[(Instant, usize)]) -> usize {
    let minute = Duration::from_mins(1);
    let within = |from: Instant| {
        let inside = sent
            .iter()
            .filter(move |(at, _)| (from..from + minute).contains(at));
        inside.map(|(_, amount)| amount).sum()
    };
    sent.iter()
        .map(|(from, _)| within(*from))
        .max()
        .unwrap_or(0)
}

/// A service with a limit that nobody has set here, and that does not say how long to
/// wait: it is found within the attempts of a call.
#[tokio::test(start_paused = true)]
async fn a_limit_that_nobody_told_of_is_found() {
    for (limit, window, calls) in [(30, 60, 1), (30, 60, 8), (5, 1, 8)] {
        let counting = Arc::new(Counting {
            scripted: Scripted::taking(Duration::from_millis(100), []),
            limit,
            window: Duration::from_secs(window),
            counted: Mutex::new((Instant::now(), 0)),
            refused: Mutex::new(0),
        });
        let limited = Limited::new(Arc::clone(&counting) as _, limits());
        let provider = Retrying::new(Arc::new(limited), patience(5, 300));
        let wanted = batch(&["text"]);
        for _ in 0..100 / calls {
            let together = (0..calls).map(|_| provider.translate(&wanted));
            for answer in futures::future::join_all(together).await {
                assert!(answer.is_ok(), "{limit} in {window} s: {answer:?}");
            }
        }
        let refused = *counting.refused.lock().unwrap();
        assert!(
            refused > 0 && refused < 60,
            "{limit} in {window} s: {refused}"
        );
    }
}

/// So many calls a window, and the others refused without advice.
struct Counting {
    scripted: Arc<Scripted>,
    limit: usize,
    window: Duration,
    counted: Mutex<(Instant, usize)>,
    refused: Mutex<usize>,
}

#[async_trait]
impl Provider for Counting {
    fn identity(&self) -> &Identity {
        &self.scripted.identity
    }

    fn capability(&self) -> &Capability {
        &self.scripted.capability
    }

    async fn translate(&self, batch: &Batch) -> Result<Drafts, Error> {
        let admitted = {
            let mut counted = self.counted.lock().unwrap();
            if counted.0.elapsed() >= self.window {
                *counted = (Instant::now(), 0);
            }
            counted.1 += 1;
            counted.1 <= self.limit
        };
        if admitted {
            return self.scripted.translate(batch).await;
        }
        *self.refused.lock().unwrap() += 1;
        Err(error(ErrorKind::RateLimited, Retry::After(None)))
    }
}

#[tokio::test(start_paused = true)]
async fn characters_are_a_limit_of_their_own() {
    let scripted = Scripted::new([]);
    let provider = Limited::new(
        Arc::clone(&scripted) as _,
        Limits {
            characters: Some(1000.0),
            ..limits()
        },
    );
    flood(&provider, 40, &"x".repeat(120)).await;
    let times = scripted.times();
    assert!(busiest(&times, 120) <= 1000, "{}", busiest(&times, 120));
    // Larger than a whole minute's worth: it goes, alone.
    flood(&provider, 1, &"x".repeat(5000)).await;
    assert_eq!(scripted.sizes().len(), 41);
}

#[tokio::test(start_paused = true)]
async fn so_many_at_a_time_and_a_dropped_call_leaves() {
    let scripted = Scripted::taking(Duration::from_secs(1), []);
    let provider = Limited::new(
        Arc::clone(&scripted) as _,
        Limits {
            concurrency: 2,
            ..limits()
        },
    );
    let started = Instant::now();
    flood(&provider, 6, "text").await;
    assert_eq!(started.elapsed(), Duration::from_secs(3));
    for _ in 0..5 {
        let wanted = batch(&["text"]);
        let call = provider.translate(&wanted);
        assert!(
            tokio::time::timeout(Duration::from_millis(10), call)
                .await
                .is_err()
        );
    }
    flood(&provider, 2, "text").await;
    assert_eq!(scripted.sizes().len(), 13);
}

#[tokio::test(start_paused = true)]
async fn too_many_requests_slow_everything_down() {
    let refusal = Act::Fail(
        ErrorKind::RateLimited,
        Retry::After(Some(Duration::from_secs(10))),
    );
    let scripted = Scripted::new([refusal]);
    let provider = Limited::new(
        Arc::clone(&scripted) as _,
        Limits {
            requests: Some(600.0),
            ..limits()
        },
    );
    flood(&provider, 200, "text").await;
    let times = scripted.times();
    assert!(times[1] - times[0] >= Duration::from_secs(10));
    let gap = |i: usize| (times[i + 1] - times[i]).as_secs_f64();
    // (The first gap after a pause may be shorter by what a late timer is forgiven.)
    assert!(gap(2) > 0.19, "half the pace: {}", gap(2));
    assert!(gap(190) < 0.105, "and the whole again: {}", gap(190));
}

#[tokio::test(start_paused = true)]
async fn what_keeps_failing_is_paused_and_probed() {
    let never = Act::Fail(ErrorKind::Unavailable, Retry::Never);
    let scripted = Scripted::new(vec![never; 4]);
    let provider = Breaker::new(Arc::clone(&scripted) as _, Pauses::default());
    let wanted = batch(&["a"]);
    for _ in 0..10 {
        assert!(provider.translate(&wanted).await.is_err());
    }
    assert_eq!(scripted.sizes().len(), 3);
    let paused = |seconds| Health::Paused {
        left: Duration::from_secs(seconds),
        kind: ErrorKind::Unavailable,
    };
    assert_eq!(provider.health(), paused(30));
    sleep(Duration::from_secs(31)).await;
    assert_eq!(provider.health(), paused(0));
    // One call tries; those beside it do not.
    let calls = (0..5).map(|_| provider.translate(&wanted));
    futures::future::join_all(calls).await;
    assert_eq!(scripted.sizes().len(), 4);
    // It failed, and the pause has doubled.
    sleep(Duration::from_secs(31)).await;
    let paused = provider.translate(&wanted).await.unwrap_err();
    assert_eq!(paused.retry, Retry::Never);
    assert!(paused.message.contains("paused"), "{paused}");
    sleep(Duration::from_secs(31)).await;
    assert!(provider.translate(&wanted).await.is_ok());
    assert_eq!(provider.health(), Health::Well);
    assert!(provider.translate(&wanted).await.is_ok());
    assert_eq!(scripted.sizes().len(), 6);
}

#[tokio::test(start_paused = true)]
async fn a_spent_quota_pauses_at_once_and_bad_content_never() {
    let scripted = Scripted::new([Act::Fail(ErrorKind::Quota, Retry::Never)]);
    let provider = Breaker::new(Arc::clone(&scripted) as _, Pauses::default());
    for _ in 0..3 {
        let failed = provider.translate(&batch(&["a"])).await.unwrap_err();
        assert_eq!(failed.kind, ErrorKind::Quota);
    }
    assert_eq!(scripted.sizes().len(), 1);
    // What is set up wrongly is not sent once for each batch.
    let scripted = Scripted::new(vec![Act::Fail(ErrorKind::Invalid, Retry::Never); 9]);
    let provider = Breaker::new(Arc::clone(&scripted) as _, Pauses::default());
    for _ in 0..9 {
        assert!(provider.translate(&batch(&["a"])).await.is_err());
    }
    assert_eq!(scripted.sizes().len(), 3);
    let scripted = Scripted::new(vec![Act::Fail(ErrorKind::Refused, Retry::Never); 9]);
    let provider = Breaker::new(Arc::clone(&scripted) as _, Pauses::default());
    for _ in 0..9 {
        assert!(provider.translate(&batch(&["a"])).await.is_err());
    }
    assert!(provider.translate(&batch(&["a"])).await.is_ok());
}

#[tokio::test(start_paused = true)]
async fn a_probe_that_is_dropped_leaves_the_next_call_to_try() {
    let scripted = Scripted::new([Act::Fail(ErrorKind::Denied, Retry::Never), Act::Hang]);
    let provider = Breaker::new(Arc::clone(&scripted) as _, Pauses::default());
    let wanted = batch(&["a"]);
    assert!(provider.translate(&wanted).await.is_err());
    sleep(Duration::from_secs(601)).await;
    let probe = provider.translate(&wanted);
    assert!(
        tokio::time::timeout(Duration::from_secs(1), probe)
            .await
            .is_err()
    );
    assert!(provider.translate(&wanted).await.is_ok());
}
