//! What a run comes to, for what watches services: in a file and at a port, in the
//! format of `OpenMetrics`, and sent to a collector.

mod file;
mod gauges;
mod otlp;
mod port;
mod text;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

pub(super) use file::MetricsFile;
pub(super) use otlp::Collector;
pub(super) use port::{Listen, serve};

use crate::batch::{ArticleReport, Totals};
use crate::provider::Provider;

/// What the run in progress, or the last one, has come to. It outlives a run, so that
/// a port can be kept open from one to the next.
#[derive(Default)]
pub(super) struct Board(Mutex<Option<Run>>);

/// A run, as far as it has come.
struct Run {
    totals: Totals,
    chain: Vec<Arc<dyn Provider>>,
    began: Instant,
    /// How long it took, and when it ended, since 1970.
    ended: Option<(Duration, Duration)>,
}

impl Board {
    /// A run begins, in which `chain` translates.
    pub(super) fn begin(&self, chain: Vec<Arc<dyn Provider>>) {
        self.with(|run| {
            *run = Some(Run {
                totals: Totals::default(),
                chain,
                began: Instant::now(),
                ended: None,
            });
        });
    }

    /// An article of it is done; gives what `told` makes of what there is now.
    pub(super) fn add<T: Default>(
        &self,
        article: &ArticleReport,
        told: impl FnOnce(&Totals) -> T,
    ) -> T {
        self.with(|run| {
            run.as_mut().map_or_else(T::default, |run| {
                run.totals.add(article);
                told(&run.totals)
            })
        })
    }

    /// It is over.
    pub(super) fn end(&self) {
        let now = SystemTime::now().duration_since(UNIX_EPOCH);
        self.with(|run| {
            if let Some(run) = run {
                run.ended = Some((run.began.elapsed(), now.unwrap_or_default()));
                // Whoever translated has nothing more to do.
                run.chain.clear();
            }
        });
    }

    /// Whether a run is under way.
    fn goes_on(&self) -> bool {
        self.with(|run| run.as_ref().is_some_and(|run| run.ended.is_none()))
    }

    /// All of it as text.
    pub(super) fn text(&self) -> String {
        self.with(|run| text::of(run.as_ref()))
    }

    fn with<T>(&self, work: impl FnOnce(&mut Option<Run>) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
