//! One clock an attempt: a service that hangs is an error like any other.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use tokio::time::timeout;

use super::as_inner;
use crate::provider::{Batch, Drafts, Error, ErrorKind, Provider, Retry};

/// A provider whose answers may take so long and no longer.
pub struct Timed {
    inner: Arc<dyn Provider>,
    limit: Duration,
}

impl Timed {
    /// `limit` is for one attempt.
    #[must_use]
    pub fn new(inner: Arc<dyn Provider>, limit: Duration) -> Self {
        Self { inner, limit }
    }
}

#[async_trait]
impl Provider for Timed {
    as_inner!();

    async fn translate(&self, batch: &Batch) -> Result<Drafts, Error> {
        match timeout(self.limit, self.inner.translate(batch)).await {
            Ok(answer) => answer,
            Err(_) => Err(Error {
                provider: self.identity().name.clone(),
                kind: ErrorKind::Timeout,
                message: format!(
                    "it did not answer within {} s; raise `timeout` if it needs longer",
                    self.limit.as_secs_f64()
                ),
                retry: Retry::After(None),
            }),
        }
    }
}
