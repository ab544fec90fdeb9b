//! Whoever can tell how likely a translation is, whoever wrote it.

use async_trait::async_trait;

use super::Error;
use crate::language::Pair;

/// How likely a translation is to a model, given its source.
#[derive(Debug, Clone, PartialEq)]
pub struct Likelihood {
    /// Of each word, the mean natural logarithm of its tokens' probability, in
    /// order; words are what stands between white space.
    pub words: Vec<f32>,
    /// The mean over all tokens, the end mark's too.
    pub whole: f32,
}

/// A sentence, and what is said to be its translation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The sentence, in canonical form.
    pub source: String,
    /// What is said to be its translation.
    pub target: String,
}

/// A model that reads translations instead of writing them.
#[async_trait]
pub trait Judge: Send + Sync {
    /// The name that the configuration gives it.
    fn name(&self) -> &str;

    /// Whether it knows this direction.
    fn covers(&self, pair: Pair) -> bool;

    /// The likelihood of each reading, in order; nothing of one that is longer
    /// than the model takes, or empty.
    ///
    /// # Errors
    /// When the model cannot be used.
    async fn judge(
        &self,
        pair: Pair,
        readings: Vec<Reading>,
    ) -> Result<Vec<Option<Likelihood>>, Error>;
}
