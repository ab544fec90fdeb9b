//! Requests, characters and tokens a minute, calls at a time: kept before a
//! service has to say so, and learnt from it where it does.
//!
//! All articles of a run share one queue, first come, first served. After an
//! answer that there were too many requests, everything waits as long as the
//! service asks, and goes on at half the pace, which grows again with every
//! success. Where the service does not say how long, the wait grows from a second to
//! a minute, which is what most limits are counted by: so one is found that nobody
//! has set, within the attempts that a call has.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use tokio::sync::{Notify, watch};
use tokio::time::{Instant, sleep_until};

use super::pace::Pace;
use super::{Share, as_inner};
use crate::provider::{Batch, Drafts, Error, ErrorKind, Provider, Retry, measure};

/// What a service takes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// Requests a minute.
    pub requests: Option<f64>,
    /// Characters (Unicode scalar values) a minute.
    pub characters: Option<f64>,
    /// Tokens a minute, there and back, as estimated by [`Provider::usage`].
    pub tokens: Option<f64>,
    /// Calls at a time, at least one.
    pub concurrency: usize,
}

/// How long everything waits after refusals in a row that do not say.
const PAUSES: [u64; 4] = [1, 4, 16, 60];
/// Least part of the limits that is left.
const LEAST: f64 = 1.0 / 64.0;
/// What a success gives back.
const GROWTH: f64 = 0.02;

/// A provider that is not asked faster than it takes.
pub struct Limited {
    inner: Arc<dyn Provider>,
    limits: Limits,
    /// The part of the limits that is one's own, where others ask the service, too.
    share: watch::Receiver<Share>,
    /// The head of the queue: whoever holds it waits for the next slot.
    turnstile: tokio::sync::Mutex<()>,
    state: Mutex<State>,
    left: Notify,
}

struct State {
    requests: Option<Pace>,
    characters: Option<Pace>,
    tokens: Option<Pace>,
    active: usize,
    /// The part of the limits that is in force.
    part: f64,
    paused: Instant,
    /// Refusals since the last success, those that came together counted once.
    refusals: usize,
}

impl Limited {
    /// Keeps `limits` for everything that is sent to `inner`.
    #[must_use]
    pub fn new(inner: Arc<dyn Provider>, limits: Limits) -> Self {
        Self::shared(inner, limits, watch::channel(Share::WHOLE).1)
    }

    /// Keeps one's own part of `limits`, whatever it is at the moment.
    #[must_use]
    pub fn shared(
        inner: Arc<dyn Provider>,
        mut limits: Limits,
        share: watch::Receiver<Share>,
    ) -> Self {
        limits.concurrency = limits.concurrency.max(1);
        Self {
            inner,
            limits,
            share,
            turnstile: tokio::sync::Mutex::new(()),
            state: Mutex::new(State {
                requests: limits.requests.map(Pace::new),
                characters: limits.characters.map(Pace::new),
                tokens: limits.tokens.map(Pace::new),
                active: 0,
                part: 1.0,
                paused: Instant::now(),
                refusals: 0,
            }),
            left: Notify::new(),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether no more calls are under way than one's own part allows.
    #[must_use]
    pub fn is_within(&self) -> bool {
        let most = self.share.borrow().calls.of_calls(self.limits.concurrency);
        self.state().active <= most
    }

    /// Waits for a slot. Nothing is taken when the future is dropped before.
    async fn enter(&self, batch: &Batch) -> Active<'_> {
        let amounts = [
            self.inner.requests(batch) as f64,
            measure::characters(batch) as f64,
            self.inner.usage(batch).total() as f64,
        ];
        let _head = self.turnstile.lock().await;
        let mut changes = self.share.clone();
        loop {
            let share = *changes.borrow_and_update();
            let own = share.calls.of_calls(self.limits.concurrency);
            let ready = {
                let mut state = self.state();
                let now = Instant::now();
                let most = (own as f64 * state.part).floor().max(own.min(1) as f64);
                if state.active as f64 >= most {
                    None
                } else {
                    state.divide(&self.limits, share);
                    let ready = state.ready(amounts, now);
                    if ready <= now {
                        state.take(amounts, now);
                        state.active += 1;
                        return Active(self);
                    }
                    Some(ready)
                }
            };
            let due = async {
                match ready {
                    Some(ready) => sleep_until(ready).await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                () = due => {}
                () = self.left.notified() => {}
                // (A share of nobody's ends no more than it changes.)
                Ok(()) = changes.changed() => {}
            }
        }
    }

    /// Learns from an answer.
    fn learn(&self, refused: Option<Retry>) {
        let mut state = self.state();
        let Some(retry) = refused else {
            state.part = (state.part + GROWTH).min(1.0);
            state.refusals = 0;
            return;
        };
        let now = Instant::now();
        // Calls that were under way together are refused together: once is enough.
        let first = state.paused <= now;
        if first {
            state.part = (state.part / 2.0).max(LEAST);
            state.refusals += 1;
        }
        let wait = match retry {
            Retry::After(Some(wait)) => wait,
            Retry::After(None) | Retry::Never if first => {
                let place = state.refusals.saturating_sub(1).min(PAUSES.len() - 1);
                Duration::from_secs(PAUSES[place])
            }
            Retry::After(None) | Retry::Never => Duration::ZERO,
        };
        state.paused = state.paused.max(now + wait);
        tracing::info!(
            provider = self.inner.identity().name,
            part = state.part,
            seconds = wait.as_secs_f64(),
            "slowing down"
        );
    }
}

impl State {
    fn paces(&mut self) -> [Option<&mut Pace>; 3] {
        [
            self.requests.as_mut(),
            self.characters.as_mut(),
            self.tokens.as_mut(),
        ]
    }

    /// Has one's own part of the limits be in force.
    fn divide(&mut self, limits: &Limits, share: Share) {
        let wholes = [limits.requests, limits.characters, limits.tokens];
        for (pace, whole) in self.paces().into_iter().zip(wholes) {
            if let (Some(pace), Some(whole)) = (pace, whole) {
                pace.set(share.minute.of_rate(whole));
            }
        }
    }

    fn ready(&mut self, amounts: [f64; 3], now: Instant) -> Instant {
        let paused = self.paused;
        self.paces()
            .into_iter()
            .zip(amounts)
            .filter_map(|(pace, amount)| Some(pace?.ready(amount, now)))
            .fold(paused, Instant::max)
    }

    fn take(&mut self, amounts: [f64; 3], now: Instant) {
        let part = self.part;
        for (pace, amount) in self.paces().into_iter().zip(amounts) {
            if let Some(pace) = pace {
                pace.take(amount, now, part);
            }
        }
    }
}

/// A call under way.
struct Active<'l>(&'l Limited);

impl Drop for Active<'_> {
    fn drop(&mut self) {
        self.0.state().active -= 1;
        self.0.left.notify_one();
    }
}

#[async_trait]
impl Provider for Limited {
    as_inner!();

    async fn translate(&self, batch: &Batch) -> Result<Drafts, Error> {
        let _active = self.enter(batch).await;
        let answer = self.inner.translate(batch).await;
        match &answer {
            Ok(_) => self.learn(None),
            Err(error) if error.kind == ErrorKind::RateLimited => self.learn(Some(error.retry)),
            Err(_) => {}
        }
        answer
    }
}
