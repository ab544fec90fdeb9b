//! Some articles of all.

use globset::{Glob, GlobSet, GlobSetBuilder};

use super::Input;

/// The articles that are asked for by their ids.
#[derive(Debug, Clone)]
pub struct Only(Option<GlobSet>);

/// A pattern that is none.
#[derive(Debug, thiserror::Error)]
#[error("--only {pattern}: this is no pattern: {cause}; quote it, as in --only 'sport/*'")]
pub struct PatternError {
    pattern: String,
    cause: globset::Error,
}

impl Only {
    /// The articles whose id one of `patterns` matches; all without a pattern.
    /// `*` matches folders, too.
    ///
    /// # Errors
    /// When a pattern is none.
    pub fn new(patterns: &[String]) -> Result<Self, PatternError> {
        if patterns.is_empty() {
            return Ok(Self(None));
        }
        let mut set = GlobSetBuilder::new();
        for pattern in patterns {
            let wrong = |cause| PatternError {
                pattern: pattern.clone(),
                cause,
            };
            set.add(Glob::new(pattern).map_err(wrong)?);
        }
        let wrong = |cause| PatternError {
            pattern: patterns.join(" "),
            cause,
        };
        Ok(Self(Some(set.build().map_err(wrong)?)))
    }

    /// Those of `inputs` that are asked for.
    #[must_use]
    pub fn of(&self, mut inputs: Vec<Input>) -> Vec<Input> {
        if let Some(set) = &self.0 {
            inputs.retain(|input| set.is_match(&input.id));
        }
        inputs
    }
}
