//! What would be sent, without sending it.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;

use super::{Money, Price};
use crate::provider::layer::as_inner;
use crate::provider::{Batch, Draft, Drafts, Error, Provider, measure};

/// What would be sent to a provider.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Forecast {
    /// Calls.
    pub calls: u64,
    /// Segments.
    pub segments: u64,
    /// Characters (Unicode scalar values).
    pub characters: u64,
    /// Tokens there and back, estimated.
    pub tokens: u64,
    /// What it would cost.
    pub cost: Money,
}

/// A provider that counts what it is asked, and asks nobody: every answer is the
/// question. What a real answer may bring about (smaller requests where it is
/// damaged, the next provider) is not forecast.
pub struct Dry {
    inner: Arc<dyn Provider>,
    price: Option<Price>,
    counted: Mutex<(Forecast, HashSet<[u8; 32]>)>,
}

impl Dry {
    /// Counts in the place of `inner`.
    #[must_use]
    pub fn new(inner: Arc<dyn Provider>, price: Option<Price>) -> Self {
        Self {
            inner,
            price,
            counted: Mutex::default(),
        }
    }

    /// What it has counted.
    #[must_use]
    pub fn forecast(&self) -> Forecast {
        let counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        counted.0
    }
}

#[async_trait]
impl Provider for Dry {
    as_inner!();

    async fn translate(&self, batch: &Batch) -> Result<Drafts, Error> {
        let mut counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        let (forecast, known) = &mut *counted;
        let mut new = batch.clone();
        // A sentence that two articles share is sent once.
        new.segments.retain(|segment| {
            let values: Vec<_> = segment.holes().map(|id| segment.filling(id)).collect();
            let values: Vec<_> = values
                .iter()
                .flatten()
                .map(|f| (&f.source, &f.target))
                .collect();
            let question = format!("{:?}{values:?}{:?}", segment.pieces, segment.hints);
            known.insert(*blake3::hash(question.as_bytes()).as_bytes())
        });
        if !new.segments.is_empty() {
            forecast.calls += 1;
            forecast.segments += new.segments.len() as u64;
            forecast.characters += measure::characters(&new) as u64;
            let usage = self.inner.usage(&new);
            let cost = self.price.map_or(Money::default(), |p| p.of(&new, usage));
            forecast.tokens += usage.total();
            forecast.cost = forecast.cost + cost;
        }
        let draft = |segment: &crate::plan::Segment| {
            let pieces = segment.pieces.clone();
            Ok(Draft { pieces })
        };
        Ok(batch.segments.iter().map(draft).collect())
    }
}
