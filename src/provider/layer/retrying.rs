//! The only place that asks again.
//!
//! It waits as the error says, or a random time below a bound that doubles with
//! every attempt (full jitter), so that calls which failed together do not come
//! back together. Only what failed is asked again: a segment that was answered
//! has been paid for.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use tokio::time::{Instant, sleep};

use super::as_inner;
use crate::provider::{Batch, Draft, Drafts, Error, Provider, Retry, Usage};

/// How long a provider is asked again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// Most attempts, the first one counted.
    pub attempts: u32,
    /// Most time from the first attempt to the start of the last.
    pub total: Duration,
}

/// The bound of the first wait; it doubles.
const FIRST: Duration = Duration::from_millis(500);
/// The bound that it does not grow beyond.
const LONGEST: Duration = Duration::from_secs(30);

/// A provider that is asked again where that may help.
pub struct Retrying {
    inner: Arc<dyn Provider>,
    patience: Patience,
}

impl Retrying {
    /// Asks `inner` again within `patience`.
    #[must_use]
    pub fn new(inner: Arc<dyn Provider>, patience: Patience) -> Self {
        Self { inner, patience }
    }

    /// How long to wait after failed attempt number `attempt`.
    fn wait(attempt: u32, asked: Option<Duration>) -> Duration {
        if let Some(wait) = asked {
            // A little later than asked, and not all at the same moment.
            return wait + wait.mul_f64(fastrand::f64() * 0.1);
        }
        let doubled = FIRST.saturating_mul(1 << attempt.saturating_sub(1).min(16));
        doubled.min(LONGEST).mul_f64(fastrand::f64())
    }

    /// Says of an error that no more attempts are made.
    fn given_up(error: &mut Error, attempts: u32) {
        if error.retry != Retry::Never {
            error.retry = Retry::Never;
            error.message = format!("{} (after {attempts} attempts)", error.message);
        }
    }
}

/// What became of each segment so far.
struct Progress {
    answers: Vec<Option<Result<Draft, Error>>>,
    /// The segments that are asked for again.
    open: Vec<usize>,
}

impl Progress {
    fn new(segments: usize) -> Self {
        Self {
            answers: vec![None; segments],
            open: (0..segments).collect(),
        }
    }

    /// Files the answers to the open segments.
    fn file(&mut self, drafts: impl IntoIterator<Item = Result<Draft, Error>>) {
        for (&index, draft) in self.open.iter().zip(drafts) {
            if let Some(place) = self.answers.get_mut(index) {
                *place = Some(draft);
            }
        }
        let answers = &self.answers;
        self.open
            .retain(|&i| matches!(answers.get(i), Some(Some(Err(e))) if e.retry != Retry::Never));
    }

    /// The longest wait that an open segment asks for.
    fn asked(&self) -> Option<Duration> {
        self.open
            .iter()
            .filter_map(|&i| match self.answers.get(i) {
                Some(Some(Err(error))) => match error.retry {
                    Retry::After(wait) => wait,
                    Retry::Never => None,
                },
                _ => None,
            })
            .max()
    }

    fn part_of(&self, batch: &Batch) -> Batch {
        let segments = self.open.iter().filter_map(|&i| batch.segments.get(i));
        Batch {
            pair: batch.pair,
            segments: segments.cloned().collect(),
            context: batch.context.clone(),
        }
    }
}

#[async_trait]
impl Provider for Retrying {
    as_inner!();

    async fn translate(&self, batch: &Batch) -> Result<Drafts, Error> {
        let started = Instant::now();
        let mut progress = Progress::new(batch.segments.len());
        let mut attempt = 0;
        // The last error, as long as no segment has anything else to show.
        let mut nothing_yet = true;
        let mut usage: Option<Usage> = None;
        loop {
            attempt += 1;
            let answer = if attempt == 1 {
                self.inner.translate(batch).await
            } else {
                self.inner.translate(&progress.part_of(batch)).await
            };
            if let Ok(Drafts {
                usage: Some(more), ..
            }) = &answer
            {
                usage = Some(usage.unwrap_or_default().and(*more));
            }
            let whole = match answer {
                Ok(drafts) if drafts.len() == progress.open.len() => {
                    nothing_yet = false;
                    progress.file(drafts);
                    None
                }
                // The ladder says what is wrong with it.
                Ok(drafts) if nothing_yet => return Ok(drafts),
                Ok(_) => break,
                Err(error) => {
                    progress.file(vec![Err(error.clone()); progress.open.len()]);
                    Some(error)
                }
            };
            if progress.open.is_empty() {
                match whole {
                    Some(error) if nothing_yet => return Err(error),
                    _ => break,
                }
            }
            let wait = Self::wait(attempt, progress.asked());
            if attempt >= self.patience.attempts || started.elapsed() + wait > self.patience.total {
                if let (Some(mut error), true) = (whole, nothing_yet) {
                    Self::given_up(&mut error, attempt);
                    return Err(error);
                }
                break;
            }
            tracing::info!(
                provider = self.identity().name,
                attempt,
                segments = progress.open.len(),
                seconds = wait.as_secs_f64(),
                "asking again"
            );
            sleep(wait).await;
        }
        let drafts: Drafts = (progress.answers)
            .into_iter()
            .map(|answer| match answer {
                Some(Err(mut error)) => {
                    Self::given_up(&mut error, attempt);
                    Err(error)
                }
                Some(draft) => draft,
                // Only where `inner` answered fewer segments than it was asked for.
                None => Err(Error {
                    provider: self.identity().name.clone(),
                    kind: crate::provider::ErrorKind::Malformed,
                    message: "it answered another number of segments than it was asked for"
                        .to_owned(),
                    retry: Retry::Never,
                }),
            })
            .collect();
        Ok(drafts.with_usage(usage))
    }
}
