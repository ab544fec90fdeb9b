//! The layer around a service that keeps its drafts the moment they arrive.

use std::sync::Arc;

use async_trait::async_trait;

use super::Memory;
use crate::plan::Piece;
use crate::provider::layer::as_inner;
use crate::provider::{Batch, Draft, Drafts, Error, Provider, muddled};

/// A provider whose drafts are kept before anybody sees them. It stands inside
/// of whatever asks again: what the first of five attempts has answered is paid
/// for, and on the disk while the others wait.
pub struct Keeping {
    inner: Arc<dyn Provider>,
    memory: Arc<Memory>,
}

impl Keeping {
    /// `memory` is shared by all providers of a run.
    #[must_use]
    pub fn new(inner: Arc<dyn Provider>, memory: Arc<Memory>) -> Self {
        Self { inner, memory }
    }
}

#[async_trait]
impl Provider for Keeping {
    as_inner!();

    async fn translate(&self, batch: &Batch) -> Result<Drafts, Error> {
        let mut drafts = self.inner.translate(batch).await?;
        // Answers that are out of step are refused where they are judged.
        if drafts.len() == batch.segments.len() && !muddled(batch, &drafts) {
            let keep: Vec<(usize, &Draft)> = drafts
                .iter()
                .enumerate()
                .filter_map(|(i, draft)| Some((i, draft.as_ref().ok()?)))
                // No answer is worth remembering: the next run asks again.
                .filter(|(_, draft)| says_something(draft))
                .collect();
            let held = (self.memory)
                .keep(self.identity(), batch, self.uses_context(), &keep)
                .await;
            for (index, draft) in held {
                if let Some(place) = drafts.get_mut(index) {
                    *place = Ok(draft);
                }
            }
        }
        Ok(drafts)
    }
}

/// Whether a draft has words or values, and not only marks.
fn says_something(draft: &Draft) -> bool {
    draft.pieces.iter().any(|piece| match piece {
        Piece::Text(text) => text.contains(char::is_alphanumeric),
        Piece::Hole(..) => true,
        Piece::Quote(..) | Piece::Markup(_) => false,
    })
}
