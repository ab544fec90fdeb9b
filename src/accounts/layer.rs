//! The layer around a provider that asks the books before it sends.

use std::sync::Arc;

use async_trait::async_trait;

use super::{Accounts, Price};
use crate::provider::layer::as_inner;
use crate::provider::{Batch, Drafts, Error, ErrorKind, Provider};
use crate::state::spend::Ending;

/// A provider whose calls are entered and never overrun the budget.
pub struct Budgeted {
    inner: Arc<dyn Provider>,
    accounts: Arc<Accounts>,
    price: Option<Price>,
}

impl Budgeted {
    /// `accounts` are shared by all providers of a run; one without a `price`
    /// costs no money, but its characters count.
    #[must_use]
    pub fn new(inner: Arc<dyn Provider>, accounts: Arc<Accounts>, price: Option<Price>) -> Self {
        Self {
            inner,
            accounts,
            price,
        }
    }
}

#[async_trait]
impl Provider for Budgeted {
    as_inner!();

    async fn translate(&self, batch: &Batch) -> Result<Drafts, Error> {
        let name = &self.identity().name;
        let usage = self.inner.usage(batch);
        let aside = (self.accounts)
            .reserve(name, batch, usage, self.price)
            .await?;
        // Whoever stops waiting has spent it: the row stays as it is.
        let answer = self.inner.translate(batch).await;
        let ending = match &answer {
            Ok(_) => Ending::Answered,
            Err(error) => match error.kind {
                ErrorKind::UnsupportedPair
                | ErrorKind::Invalid
                | ErrorKind::RateLimited
                | ErrorKind::Quota
                | ErrorKind::OverBudget
                | ErrorKind::TooLarge
                | ErrorKind::Denied => Ending::Refused,
                ErrorKind::Unavailable
                | ErrorKind::Timeout
                | ErrorKind::Malformed
                | ErrorKind::Refused => Ending::Unanswered,
            },
        };
        let counted = match (&answer, self.price) {
            (Ok(drafts), Some(price)) if price.is_by_tokens() => {
                drafts.usage.map(|usage| price.of(batch, usage))
            }
            _ => None,
        };
        let article = batch.context.article.as_deref();
        self.accounts.settle(aside, article, ending, counted).await;
        answer
    }
}
