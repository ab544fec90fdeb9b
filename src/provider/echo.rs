//! `echo`: gives back what it gets. For tests, and to see what the pipeline
//! itself does to an article.

use async_trait::async_trait;

use super::{Batch, Capability, Draft, Drafts, Error, Identity, Protection, Provider};

/// The provider that changes nothing.
#[derive(Debug)]
pub struct Echo {
    identity: Identity,
    capability: Capability,
}

impl Echo {
    /// An echo under the name of its configuration entry.
    #[must_use]
    pub fn new(name: &str) -> Self {
        Self {
            identity: Identity {
                name: name.to_owned(),
                model: "echo".to_owned(),
                version: "1".to_owned(),
            },
            capability: Capability {
                pairs: Vec::new(),
                max_segments: 1000,
                max_characters: usize::MAX,
                max_holes: usize::MAX,
                protection: Protection::Typed,
                draft: false,
            },
        }
    }
}

#[async_trait]
impl Provider for Echo {
    fn identity(&self) -> &Identity {
        &self.identity
    }

    fn capability(&self) -> &Capability {
        &self.capability
    }

    fn carries_markup(&self) -> bool {
        true
    }

    async fn translate(&self, batch: &Batch) -> Result<Drafts, Error> {
        Ok(batch
            .segments
            .iter()
            .map(|segment| {
                Ok(Draft {
                    pieces: segment.pieces.clone(),
                })
            })
            .collect())
    }
}
