//! `[state]`: what outlives a run.

use std::path::PathBuf;
use std::sync::Arc;

use serde::Deserialize;

use super::{Config, ProviderConfig, value};
use crate::accounts::Accounts;
use crate::batch;
use crate::glossary::Glossary;
use crate::memory::{self, Keeping, Memory, Remembered};
use crate::names::Ledger;
use crate::provider::layer::Sharing;
use crate::provider::measured::{Measurements, Tally};
use crate::provider::{Identity, Protection, Provider};
use crate::state::{ArticleStore, StateError, StateFile};
use crate::translate::Translator;

/// The keys of `[state]`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct StateConfig {
    /// The state file.
    #[serde(deserialize_with = "value::path")]
    pub file: PathBuf,
    /// Failures after which an article is given up.
    #[serde(deserialize_with = "value::attempts")]
    pub attempts: u32,
    /// Least likeness, 0 to 1, of sentences that are shown to language models as
    /// examples.
    #[serde(deserialize_with = "value::share")]
    pub similarity: f64,
}

/// Where a run keeps its books: what its providers are asked is entered, and
/// what they answer is remembered.
#[derive(Debug, Clone)]
pub struct Books {
    /// What is sent, and what it costs.
    pub accounts: Arc<Accounts>,
    /// What came back.
    pub memory: Arc<Memory>,
    /// The way to others who ask the same services.
    pub sharing: Option<Arc<dyn Sharing>>,
    /// How values came back in runs before.
    pub measured: Measurements,
}

impl Default for StateConfig {
    fn default() -> Self {
        Self {
            file: PathBuf::from(".anubad/state.db"),
            attempts: 3,
            similarity: memory::LEAST,
        }
    }
}

/// How values came back in the runs that a state file knows.
///
/// # Errors
/// When it cannot be read.
pub fn measured(state: &StateFile) -> Result<Measurements, StateError> {
    let mut measured = Measurements::default();
    for row in state.survival()? {
        let way = (Protection::ALL.into_iter()).find(|way| way.name() == row.protection);
        // (What a later version has put there says nothing here.)
        let (Some(way), Ok(pair)) = (way, row.pair.parse()) else {
            continue;
        };
        let who = Identity {
            name: row.provider,
            model: row.model,
            version: row.version,
        };
        let tally = Tally {
            holes: row.holes,
            kept: row.kept,
        };
        measured.add(who, pair, way, tally);
    }
    Ok(measured)
}

impl Config {
    /// Where the state file lies.
    #[must_use]
    pub fn state_file(&self) -> PathBuf {
        self.place(&self.state.file)
    }

    /// Opens the state file; makes it where it is missing.
    ///
    /// # Errors
    /// When it cannot be used; the message names it and the next step.
    pub fn open_state(&self) -> Result<StateFile, StateError> {
        StateFile::open(&self.state_file())
    }

    /// Opens the state file if there is one, for commands that look at it.
    ///
    /// # Errors
    /// When there is none, or it cannot be used.
    pub fn existing_state(&self) -> Result<StateFile, StateError> {
        StateFile::existing(&self.state_file())
    }

    /// The ledger in `store` of a job with this chain, before anything is put around it.
    #[must_use]
    pub fn ledger(
        &self,
        store: impl ArticleStore + 'static,
        translator: &Translator,
    ) -> batch::Ledger {
        batch::Ledger::new(
            store,
            &self.base,
            &self.output.folder,
            self.fingerprint(translator),
            self.state.attempts,
            batch::Again::default(),
        )
    }

    /// A digest of everything but the article itself that decides an output: an
    /// article is done where this is as it was.
    #[must_use]
    pub fn fingerprint(&self, translator: &Translator) -> String {
        let mut hasher = blake3::Hasher::new();
        let mut add = |part: &str| {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part.as_bytes());
        };
        add(env!("CARGO_PKG_VERSION"));
        add(translator.glossary.fingerprint());
        add(&format!("{:?}", translator.pairs));
        for provider in &translator.chain {
            add(&format!("{:?}", provider.identity()));
            add(&format!("{:?}", provider.capability()));
        }
        add(&format!("{:?}", translator.style));
        add(&format!("{:?}", translator.boilerplate));
        add(&format!("{:?}", translator.stages));
        add(&format!("{:?}", translator.routes));
        add(&format!("{:?}", self.output));
        hasher.finalize().to_hex().to_string()
    }

    /// Puts the approved names below the glossaries of `translator`.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub async fn adopt(
        &self,
        translator: &mut Translator,
        names: &Ledger,
    ) -> Result<(), StateError> {
        let Some(approved) = names.approved().await? else {
            return Ok(());
        };
        // The other layers were loaded before; one that has changed for the worse
        // since, or a name that no glossary can hold, leaves things as they are.
        let loaded = super::layers(self).ok().and_then(|layers| {
            let layers: Vec<_> = std::iter::once(approved).chain(layers).collect();
            Glossary::load(&layers, super::today()).ok()
        });
        if let Some(glossary) = loaded {
            translator.glossary = glossary;
        } else {
            tracing::error!("approved names are left aside: they do not load");
        }
        Ok(())
    }

    /// A provider with the books around it, where there are any, as the part of
    /// its layers that sees every attempt: what it answers is kept at once, then
    /// its account is settled.
    pub(super) fn booked(
        &self,
        name: &str,
        provider: Arc<dyn Provider>,
        books: Option<&Books>,
    ) -> Arc<dyn Provider> {
        let Some(books) = books else { return provider };
        let provider = if self.is_remembered(name) {
            Arc::new(Keeping::new(provider, Arc::clone(&books.memory)))
        } else {
            provider
        };
        self.budgeted(name, provider, &books.accounts)
    }

    /// The chain with `memory` around each provider: the outermost layer, since
    /// what is remembered costs nothing, not even budget.
    #[must_use]
    pub fn remembering(
        &self,
        chain: Vec<Arc<dyn Provider>>,
        memory: &Arc<Memory>,
    ) -> Vec<Arc<dyn Provider>> {
        let wrap = |provider: Arc<dyn Provider>| -> Arc<dyn Provider> {
            if self.is_remembered(&provider.identity().name) {
                Arc::new(Remembered::new(provider, Arc::clone(memory)))
            } else {
                provider
            }
        };
        chain.into_iter().map(wrap).collect()
    }

    /// Echo and pseudo-translation are faster than any memory and stay bare.
    fn is_remembered(&self, name: &str) -> bool {
        !matches!(
            self.providers.get(name),
            Some(ProviderConfig::Echo | ProviderConfig::Pseudo)
        )
    }
}
