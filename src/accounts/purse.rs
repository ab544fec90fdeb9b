//! Where calls are set aside before they are made.

use std::sync::{Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;

use super::{Budget, Money};
use crate::state::spend::{Call, Ending, Sum};
use crate::state::{StateError, StateFile};

/// What all who spend from one budget share. Whatever they do at the same time, and
/// wherever one of them is killed, no more is set aside than the budget has.
#[async_trait]
pub trait Purse: std::fmt::Debug + Send + Sync {
    /// Sets a call aside and enters it; ready when nothing can lose it. What is
    /// spent already, where the call would be more than `budget` has.
    async fn set_aside(
        &self,
        call: Call,
        budget: &Budget,
    ) -> Result<Result<Aside, Sum>, StateError>;

    /// Enters how a call ended, and what it cost.
    async fn settle(&self, aside: &Aside, ending: Ending, cost: Money) -> Result<(), StateError>;
}

/// A call that is set aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aside {
    /// The number of its row, where it has one.
    pub row: i64,
    /// The period that it is paid in, where several are kept.
    pub period: String,
    /// The call.
    pub call: Call,
}

/// The purse of a run that has its state file for itself.
#[derive(Debug)]
pub(super) struct Own {
    state: StateFile,
    /// Spent in the period, what is set aside included.
    spent: Mutex<Sum>,
}

impl Own {
    /// With what has been spent in the budget's period.
    pub(super) fn open(state: StateFile, budget: &Budget) -> Result<Self, StateError> {
        let spent = Mutex::new(budget.spent(&state)?);
        Ok(Self { state, spent })
    }

    fn spent(&self) -> MutexGuard<'_, Sum> {
        self.spent.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Purse for Own {
    async fn set_aside(
        &self,
        call: Call,
        budget: &Budget,
    ) -> Result<Result<Aside, Sum>, StateError> {
        let sum = call.sum();
        {
            let mut spent = self.spent();
            if !budget.has(*spent, sum) {
                return Ok(Err(*spent));
            }
            *spent = spent.and(sum);
        }
        match self.state.enter_call(call.clone()).await {
            Ok(row) => Ok(Ok(Aside {
                row,
                period: String::new(),
                call,
            })),
            Err(error) => {
                let mut spent = self.spent();
                *spent = spent.less(sum);
                Err(error)
            }
        }
    }

    async fn settle(&self, aside: &Aside, ending: Ending, cost: Money) -> Result<(), StateError> {
        let set_aside = aside.call.sum();
        let costs = Sum {
            nanos: cost.nanos(),
            characters: match ending {
                Ending::Refused => 0,
                Ending::Answered | Ending::Unanswered => set_aside.characters,
            },
        };
        {
            let mut spent = self.spent();
            *spent = spent.less(set_aside).and(costs);
        }
        if ending == Ending::Answered && costs.nanos != set_aside.nanos {
            return self.state.end_counted_call(aside.row, costs.nanos).await;
        }
        self.state.end_call(aside.row, ending).await
    }
}
