//! What is sent and what it costs: prices, a budget that holds, and the books.
//!
//! **The budget is hard.** What a call will cost is known before it is made: it is
//! set aside first, entered in the state file, and then sent. Articles that are in
//! progress together set aside together, so that not even all of them overrun it.
//! A call that nobody answered counts as paid; one that the service refused does
//! not. Where a price is by tokens, they are estimated high before (see
//! [`Provider::usage`](crate::provider::Provider::usage)); once a service
//! has answered, what it counted takes the place of the estimate, even where it is more: the budget
//! then ends the run at the next call. The bill of the service has the last word.

mod dry;
mod layer;
mod price;
mod purse;

#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::provider::{Batch, Error, ErrorKind, Retry, Usage, measure};
use crate::state::spend::{Call, Ending, Sum};
use crate::state::{StateError, StateFile};

pub use dry::{Dry, Forecast};
pub use layer::Budgeted;
pub use price::{Money, Price};
pub use purse::{Aside, Purse};

/// What may be spent.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Budget {
    /// The currency of all prices, for people.
    pub currency: String,
    /// Most money.
    pub amount: Option<Money>,
    /// Most characters (Unicode scalar values).
    pub characters: Option<u64>,
    /// The time that they are for.
    pub per: Period,
}

/// The time that a budget is for; days and months are those of UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Period {
    /// One run.
    #[default]
    Run,
    /// A day, all runs together.
    Day,
    /// A month, all runs together.
    Month,
}

/// The books of a run, shared by all its providers.
#[derive(Debug)]
pub struct Accounts {
    purse: Arc<dyn Purse>,
    run: i64,
    budget: Budget,
    books: Mutex<Books>,
}

#[derive(Debug, Default)]
struct Books {
    /// Money by article of this run.
    articles: HashMap<String, Money>,
    /// Articles that were refused a call.
    refused: HashSet<String>,
    /// Why the budget is spent, once it is.
    spent: Option<String>,
    trouble: Option<StateError>,
}

impl Accounts {
    /// The books of run `run` over `state`, with what has been spent in the
    /// budget's period.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn open(state: StateFile, run: i64, budget: Budget) -> Result<Self, StateError> {
        let own = purse::Own::open(state, &budget)?;
        Ok(Self::over(Arc::new(own), run, budget))
    }

    /// The books of run `run` over a purse that others may spend from, too.
    #[must_use]
    pub fn over(purse: Arc<dyn Purse>, run: i64, budget: Budget) -> Self {
        Self {
            purse,
            run,
            budget,
            books: Mutex::default(),
        }
    }

    /// What was spent for an article in this run, each amount told once.
    pub fn take(&self, article: &str) -> Money {
        self.books().articles.remove(article).unwrap_or_default()
    }

    /// Whether an article was refused a call: it is not to be written, since a
    /// cheaper provider may have stood in.
    pub fn has_refused(&self, article: &str) -> bool {
        self.books().refused.contains(article)
    }

    /// Why the budget is spent, once a call was refused: for a person.
    pub fn spent(&self) -> Option<String> {
        self.books().spent.clone()
    }

    /// The first thing that went wrong with the purse.
    pub fn trouble(&self) -> Option<StateError> {
        self.books().trouble.clone()
    }

    fn books(&self) -> MutexGuard<'_, Books> {
        self.books.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sets aside what a call will cost and enters it.
    async fn reserve(
        &self,
        provider: &str,
        batch: &Batch,
        usage: Usage,
        price: Option<Price>,
    ) -> Result<Aside, Error> {
        let characters = measure::characters(batch) as u64;
        let money = price.map_or(Money::default(), |price| price.of(batch, usage));
        let article = batch.context.article.clone();
        let call = Call {
            run: Some(self.run),
            article: article.clone(),
            provider: provider.to_owned(),
            segments: batch.segments.len() as u64,
            characters,
            nanos: money.nanos(),
            currency: price.map_or(String::new(), |_| self.budget.currency.clone()),
        };
        let refused = |message: String| Error {
            provider: provider.to_owned(),
            kind: ErrorKind::OverBudget,
            message,
            retry: Retry::Never,
        };
        match self.purse.set_aside(call, &self.budget).await {
            Ok(Ok(aside)) => {
                if let Some(article) = article {
                    let sum = &mut self.books().articles;
                    let sum = sum.entry(article).or_default();
                    *sum = *sum + money;
                }
                Ok(aside)
            }
            Ok(Err(spent)) => {
                let why = self.budget.why_over(spent, money, characters);
                let mut books = self.books();
                books.refused.extend(article);
                books.spent.get_or_insert_with(|| why.clone());
                Err(refused(why))
            }
            Err(error) => {
                let message = format!("nothing was sent, since it could not be entered: {error}");
                let mut books = self.books();
                books.refused.extend(article);
                books.trouble.get_or_insert(error);
                Err(refused(message))
            }
        }
    }

    /// Enters how a call ended; what was refused is given back. `counted` is what an
    /// answer cost by the service's own count.
    async fn settle(
        &self,
        aside: Aside,
        article: Option<&str>,
        ending: Ending,
        counted: Option<Money>,
    ) {
        let set_aside = Money::of_nanos(aside.call.nanos);
        let cost = match ending {
            Ending::Refused => Money::default(),
            Ending::Answered => counted.unwrap_or(set_aside),
            Ending::Unanswered => set_aside,
        };
        if let Some(article) = article
            && let Some(sum) = self.books().articles.get_mut(article)
        {
            *sum = *sum - set_aside + cost;
        }
        if let Err(error) = self.purse.settle(&aside, ending, cost).await {
            self.books().trouble.get_or_insert(error);
        }
    }
}

impl Budget {
    /// Whether a call that takes `call` is within it, where `spent` is gone.
    #[must_use]
    pub fn has(&self, spent: Sum, call: Sum) -> bool {
        let sum = spent.and(call);
        self.amount.is_none_or(|most| sum.nanos <= most.nanos())
            && self.characters.is_none_or(|most| sum.characters <= most)
    }

    /// Why a call is not within it, for a person.
    fn why_over(&self, spent: Sum, money: Money, characters: u64) -> String {
        let currency = &self.currency;
        let period = self.per.words();
        let gone = Money::of_nanos(spent.nanos);
        if let Some(amount) = self.amount
            && gone + money > amount
        {
            return format!(
                "the budget of {amount} {currency} {period} is spent: {gone} {currency} are gone, and the next \
                 call would cost {money} {currency}; raise it (`amount` in [budget], or --budget) or wait, \
                 then run again"
            );
        }
        format!(
            "the budget of {} characters {period} is spent: {} are gone, and the next call would take \
             {characters}; raise it (`characters` in [budget]) or wait, then run again",
            self.characters.unwrap_or_default(),
            spent.characters
        )
    }

    /// What has been spent in its period before this run.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn spent(&self, state: &StateFile) -> Result<Sum, StateError> {
        match self.per.since(&crate::state::now()) {
            Some(since) => state.spent_since(&since),
            None => Ok(Sum::default()),
        }
    }
}

impl Period {
    fn words(self) -> &'static str {
        match self {
            Self::Run => "a run",
            Self::Day => "a day",
            Self::Month => "a month",
        }
    }

    /// The first day of the period that has `now`; `None` for the run.
    #[must_use]
    pub fn since(self, now: &str) -> Option<String> {
        match self {
            Self::Run => None,
            Self::Day => now.get(..10).map(str::to_owned),
            Self::Month => now.get(..7).map(|month| format!("{month}-01")),
        }
    }
}
