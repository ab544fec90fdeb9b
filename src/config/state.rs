//! `[state]`: what outlives a run.

use std::path::PathBuf;

use serde::Deserialize;

use super::{Config, value};
use crate::state::{StateError, StateFile};

/// The keys of `[state]`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct StateConfig {
    /// The state file.
    #[serde(deserialize_with = "value::path")]
    pub file: PathBuf,
}

impl Default for StateConfig {
    fn default() -> Self {
        Self {
            file: PathBuf::from(".anubad/state.db"),
        }
    }
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
}
