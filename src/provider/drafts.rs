//! What comes back from a call.

use std::ops::{Deref, DerefMut};

use super::{Draft, Error};

/// One answer a segment, in order; an error inside concerns its segment alone.
/// With them what the call took, where the service says so.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Drafts {
    answers: Vec<Result<Draft, Error>>,
    /// What the service counted, all attempts together.
    pub usage: Option<Usage>,
}

/// What a service says that a call took.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct Usage {
    /// Tokens that it read.
    pub read: u64,
    /// Tokens that it wrote, those of its thoughts included.
    pub written: u64,
}

impl Usage {
    /// Both together.
    #[must_use]
    pub fn total(self) -> u64 {
        self.read.saturating_add(self.written)
    }

    /// Two calls together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            read: self.read.saturating_add(other.read),
            written: self.written.saturating_add(other.written),
        }
    }
}

impl Drafts {
    /// With what the call took.
    #[must_use]
    pub fn with_usage(mut self, usage: Option<Usage>) -> Self {
        self.usage = usage;
        self
    }
}

impl From<Vec<Result<Draft, Error>>> for Drafts {
    fn from(answers: Vec<Result<Draft, Error>>) -> Self {
        Self {
            answers,
            usage: None,
        }
    }
}

impl FromIterator<Result<Draft, Error>> for Drafts {
    fn from_iter<I: IntoIterator<Item = Result<Draft, Error>>>(answers: I) -> Self {
        Vec::from_iter(answers).into()
    }
}

impl IntoIterator for Drafts {
    type Item = Result<Draft, Error>;
    type IntoIter = std::vec::IntoIter<Self::Item>;

    fn into_iter(self) -> Self::IntoIter {
        self.answers.into_iter()
    }
}

impl<'d> IntoIterator for &'d Drafts {
    type Item = &'d Result<Draft, Error>;
    type IntoIter = std::slice::Iter<'d, Result<Draft, Error>>;

    fn into_iter(self) -> Self::IntoIter {
        self.answers.iter()
    }
}

impl Deref for Drafts {
    type Target = Vec<Result<Draft, Error>>;

    fn deref(&self) -> &Self::Target {
        &self.answers
    }
}

impl DerefMut for Drafts {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.answers
    }
}
