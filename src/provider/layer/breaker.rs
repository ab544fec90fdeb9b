//! A provider that keeps failing is left alone for a while, so that the chain
//! goes on to the next one at once. Then a single call tries; if it succeeds,
//! all go through again, otherwise the pause doubles.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use tokio::time::Instant;

use super::{Sharing, as_inner};
use crate::provider::{Batch, Drafts, Error, ErrorKind, Health, Provider, Retry};

/// When a provider is paused, and for how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pauses {
    /// Failed calls in a row that begin a pause. (A refused key and a spent
    /// quota begin one at once: no other call will fare better.)
    pub failures: u32,
    /// The first pause; it doubles.
    pub first: Duration,
    /// The pause that it does not grow beyond.
    pub longest: Duration,
}

impl Default for Pauses {
    fn default() -> Self {
        Self {
            failures: 3,
            first: Duration::from_secs(30),
            longest: Duration::from_mins(10),
        }
    }
}

/// A provider that can be paused.
pub struct Breaker {
    inner: Arc<dyn Provider>,
    pauses: Pauses,
    state: Mutex<State>,
    /// The way to others who ask the same service.
    sharing: Option<Arc<dyn Sharing>>,
}

struct State {
    failures: u32,
    pause: Duration,
    /// The pause, while there is one.
    paused: Option<Paused>,
    /// The number of what was heard last from others.
    heard: u64,
}

struct Paused {
    until: Instant,
    /// Whether the one call that tries is under way.
    probing: bool,
    kind: ErrorKind,
    cause: String,
}

/// A call that was let through. Dropped without an outcome, it leaves the next
/// call to try.
struct Pass<'b> {
    breaker: &'b Breaker,
    probe: bool,
}

impl Breaker {
    /// Pauses `inner` as `pauses` says.
    #[must_use]
    pub fn new(inner: Arc<dyn Provider>, pauses: Pauses) -> Self {
        Self {
            inner,
            pauses,
            state: Mutex::new(State {
                failures: 0,
                pause: pauses.first,
                paused: None,
                heard: 0,
            }),
            sharing: None,
        }
    }

    /// The same, pausing with others who ask the same service.
    #[must_use]
    pub fn with(mut self, sharing: Option<Arc<dyn Sharing>>) -> Self {
        self.sharing = sharing;
        self
    }

    /// Takes over what others have found out.
    fn listen(&self, state: &mut State) {
        let name = &self.inner.identity().name;
        let heard = self
            .sharing
            .as_ref()
            .and_then(|sharing| sharing.heard(name));
        let Some(heard) = heard.filter(|heard| heard.number > state.heard) else {
            return;
        };
        state.heard = heard.number;
        match heard.pause {
            Some((until, kind, cause)) if state.paused.is_none() => {
                state.paused = Some(Paused {
                    until,
                    probing: false,
                    kind,
                    cause,
                });
            }
            Some(_) => {}
            None => {
                state.paused = None;
                state.failures = 0;
            }
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn pass(&self) -> Result<Pass<'_>, Error> {
        let mut state = self.state();
        self.listen(&mut state);
        let Some(paused) = &mut state.paused else {
            return Ok(Pass {
                breaker: self,
                probe: false,
            });
        };
        let now = Instant::now();
        if now >= paused.until && !paused.probing {
            paused.probing = true;
            return Ok(Pass {
                breaker: self,
                probe: true,
            });
        }
        Err(Error {
            provider: self.inner.identity().name.clone(),
            kind: paused.kind,
            message: format!(
                "it keeps failing and is paused for {} s more ({})",
                paused.until.saturating_duration_since(now).as_secs(),
                paused.cause
            ),
            retry: Retry::Never,
        })
    }

    fn succeeded(&self) {
        let mut state = self.state();
        if state.paused.take().is_some() {
            tracing::info!(provider = self.inner.identity().name, "works again");
            if let Some(sharing) = &self.sharing {
                sharing.works(&self.inner.identity().name);
            }
        }
        state.failures = 0;
        state.pause = self.pauses.first;
    }

    fn failed(&self, error: &Error, probe: bool) {
        let mut state = self.state();
        let hopeless = matches!(error.kind, ErrorKind::Denied | ErrorKind::Quota);
        state.failures += 1;
        let begins = hopeless || probe || state.failures >= self.pauses.failures;
        // Calls that were under way when the pause began change nothing.
        if !begins || (state.paused.is_some() && !probe) {
            return;
        }
        let pause = if hopeless {
            self.pauses.longest
        } else {
            state.pause
        };
        state.pause = (state.pause * 2).min(self.pauses.longest);
        state.paused = Some(Paused {
            until: Instant::now() + pause,
            probing: false,
            kind: error.kind,
            cause: error.message.clone(),
        });
        tracing::warn!(
            provider = self.inner.identity().name,
            kind = %error.kind,
            seconds = pause.as_secs_f64(),
            "paused"
        );
        if let Some(sharing) = &self.sharing {
            let name = &self.inner.identity().name;
            sharing.paused(name, pause.as_secs_f64(), error.kind, &error.message);
        }
    }
}

impl Drop for Pass<'_> {
    fn drop(&mut self) {
        if self.probe
            && let Some(paused) = &mut self.breaker.state().paused
        {
            paused.probing = false;
        }
    }
}

/// Whether an error speaks of the service, or of how it is set up, and not of what it
/// was sent: a model that it does not have is not asked for once for each batch.
fn is_failure(kind: ErrorKind) -> bool {
    match kind {
        ErrorKind::RateLimited
        | ErrorKind::Quota
        | ErrorKind::Unavailable
        | ErrorKind::Timeout
        | ErrorKind::Invalid
        | ErrorKind::Denied => true,
        ErrorKind::UnsupportedPair
        | ErrorKind::OverBudget
        | ErrorKind::Malformed
        | ErrorKind::TooLarge
        | ErrorKind::Refused => false,
    }
}

#[async_trait]
impl Provider for Breaker {
    as_inner!(but health);

    fn health(&self) -> Health {
        match &self.state().paused {
            Some(paused) => Health::Paused {
                left: paused.until.saturating_duration_since(Instant::now()),
                kind: paused.kind,
            },
            None => self.inner.health(),
        }
    }

    async fn translate(&self, batch: &Batch) -> Result<Drafts, Error> {
        let pass = self.pass()?;
        let answer = self.inner.translate(batch).await;
        match &answer {
            // The service was not asked: whether it works is as it was.
            Err(error) if error.kind == ErrorKind::OverBudget => {}
            Err(error) if is_failure(error.kind) => self.failed(error, pass.probe),
            _ => self.succeeded(),
        }
        answer
    }
}
