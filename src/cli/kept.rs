//! What outlives a run, made ready for it.

use std::sync::Arc;

use super::args::{RunArgs, Selection};
use super::{Exit, complain, print};
use crate::accounts::{Accounts, Dry};
use crate::batch::{Again, Ledger, Run};
use crate::config::{self, Books, BuildError, Config};
use crate::memory::Memory;
use crate::names::Ledger as Names;
use crate::provider::Provider;
use crate::state::{Problem, RunLock, StateError, StateFile};
use crate::translate::Translator;

/// What a run works with; nothing where that is asked for.
#[derive(Default)]
pub(super) struct Kept {
    /// Held to the end: one run at a time.
    pub lock: Option<RunLock>,
    pub names: Option<Names>,
    pub memory: Option<Arc<Memory>>,
    pub ledger: Option<Ledger>,
    pub accounts: Option<Arc<Accounts>>,
}

/// Why there is nothing to work with.
#[derive(Debug, thiserror::Error)]
pub(super) enum KeptError {
    #[error(transparent)]
    State(#[from] StateError),
    #[error(transparent)]
    Price(#[from] BuildError),
    #[error("cannot make a folder for a while: {0}; see to the disk or set TMPDIR")]
    Folder(std::io::Error),
    #[error("a budget is kept with the state file: leave out --no-state, or [budget]")]
    NoState,
}

impl KeptError {
    /// Says what is wrong.
    pub(super) fn say(&self) -> Exit {
        match self {
            Self::State(StateError {
                problem: Problem::Owned { .. } | Problem::Locked,
                ..
            }) => {
                print::say(self);
                Exit::Busy
            }
            _ => complain(self),
        }
    }
}

/// The state file of a run that has begun.
pub(super) struct Begun {
    lock: RunLock,
    state: StateFile,
    run: Run,
    /// The books of the run.
    pub books: Books,
}

impl Begun {
    /// Takes the state file for this run alone; `None` where it does without.
    pub(super) async fn take(config: &Config, args: &RunArgs) -> Result<Option<Self>, KeptError> {
        let budget = config.budget(args.budget);
        if args.selection.no_state {
            return match (budget.amount, budget.characters) {
                (None, None) => Ok(None),
                _ => Err(KeptError::NoState),
            };
        }
        if budget.amount.is_some() {
            config.check_prices()?;
        }
        let lock = RunLock::take(&config.state_file())?;
        let state = config.open_state()?;
        let run = Run::begin(&state).await?;
        let accounts = Accounts::open(state.clone(), run.number, budget)?;
        let memory = Memory::new(state.clone()).alike(config.state.similarity);
        let measured = config::measured(&state)?;
        Ok(Some(Self {
            lock,
            state,
            run,
            books: Books {
                accounts: Arc::new(accounts),
                memory: Arc::new(memory),
                sharing: None,
                measured,
            },
        }))
    }

    /// Has the chain remember, and adopts the approved names.
    pub(super) async fn keep(
        self,
        config: &Config,
        translator: &mut Translator,
        selection: &Selection,
    ) -> Result<Kept, KeptError> {
        let names = Names::new(self.state.clone());
        config.adopt(translator, &names).await?;
        let ledger = ledger(config, &self.state, translator, selection).of_run(self.run);
        let Books {
            accounts, memory, ..
        } = self.books;
        let chain = std::mem::take(&mut translator.chain);
        translator.chain = config.remembering(chain, &memory);
        Ok(Kept {
            lock: Some(self.lock),
            names: Some(names),
            memory: Some(memory),
            ledger: Some(ledger),
            accounts: Some(accounts),
        })
    }

    /// Enters that the run failed before its first article.
    pub(super) async fn failed(self) {
        if let Err(error) = self.run.failed().await {
            print::say(&error);
        }
    }
}

impl Kept {
    /// Looks at the state file, where there is one, and has the chain count
    /// instead of send; writes nothing.
    pub(super) async fn look(
        config: &Config,
        translator: &mut Translator,
        args: &RunArgs,
    ) -> Result<(Self, Vec<Arc<Dry>>), KeptError> {
        if config.budget(args.budget).amount.is_some() {
            config.check_prices()?;
        }
        let state = match config.existing_state() {
            _ if args.selection.no_state => None,
            Ok(state) => Some(state),
            Err(error) if error.problem == Problem::Missing => None,
            Err(error) => return Err(error.into()),
        };
        if let Some(state) = &state {
            config.adopt(translator, &Names::new(state.clone())).await?;
        }
        let ledger = state
            .as_ref()
            .map(|state| ledger(config, state, translator, &args.selection));
        let dry = config.dry(std::mem::take(&mut translator.chain));
        let chain = dry.iter().map(|dry| {
            let provider: Arc<Dry> = Arc::clone(dry);
            provider as Arc<dyn Provider>
        });
        translator.chain = match state {
            Some(state) => {
                let memory = Arc::new(Memory::reading(state));
                config.remembering(chain.collect(), &memory)
            }
            None => chain.collect(),
        };
        let kept = Self {
            ledger,
            ..Self::default()
        };
        Ok((kept, dry))
    }
}

/// The ledger of a run with this chain, before anything is put around it.
fn ledger(
    config: &Config,
    state: &StateFile,
    translator: &Translator,
    selection: &Selection,
) -> Ledger {
    let again = Again {
        done: selection.force,
        failed: selection.retry_failed,
    };
    config.ledger(state.clone(), translator).asking(again)
}
