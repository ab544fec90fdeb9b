//! A provider written outside of the crate, in a chain with the pipeline around it.
//!
//! `cargo run --example own_provider` translates a short article with a
//! "service" that knows a handful of words and says so where it knows none. What it
//! does not know, `pseudo` takes over, which a `pipeline.toml` would do the same way
//! with `providers = ["phrasebook", "pseudo"]`.

use std::error::Error as StdError;
use std::path::Path;
use std::sync::Arc;

use anubad::article::read;
use anubad::config::{Config, StackConfig, build_provider, stack, translator};
use anubad::language::Pair;
use anubad::plan::{Piece, Segment};
use anubad::provider::{
    Batch, Capability, Draft, Drafts, Error, ErrorKind, Identity, Protection, Provider, Retry,
};
use anubad::translate::Direction;

/// English and what it is in Bangla.
const PHRASES: [(&str, &str); 3] = [
    ("and", "ও"),
    ("will meet again on", "আবার বসবে"),
    ("The train was late", "ট্রেনটি দেরি করেছিল"),
];

/// A provider that looks words up.
struct Phrasebook {
    identity: Identity,
    capability: Capability,
}

impl Phrasebook {
    fn new() -> Self {
        Self {
            // All three are part of what the memory compares: a new edition is asked
            // anew.
            identity: Identity {
                name: "phrasebook".to_owned(),
                model: "phrasebook".to_owned(),
                version: "first edition".to_owned(),
            },
            // What is known before anything is sent: batches are packed to it.
            capability: Capability {
                pairs: vec![Pair::EN_BN],
                max_segments: 20,
                max_characters: 2000,
                max_holes: usize::MAX,
                // Names, numbers and dates stay values. A service that takes text
                // alone writes and reads it with `anubad::provider::wire`.
                protection: Protection::Typed,
                draft: false,
            },
        }
    }

    /// One segment: its words looked up, everything else as it is.
    fn look_up(&self, segment: &Segment) -> Result<Draft, Error> {
        let pieces: Result<Vec<Piece>, Error> = segment
            .pieces
            .iter()
            .map(|piece| match piece {
                Piece::Text(text) => self.words(text).map(Piece::Text),
                held => Ok(held.clone()),
            })
            .collect();
        Ok(Draft { pieces: pieces? })
    }

    fn words(&self, text: &str) -> Result<String, Error> {
        let words = text.trim_matches(|c: char| !c.is_alphabetic());
        if words.is_empty() {
            return Ok(text.replace('.', "।"));
        }
        match PHRASES.iter().find(|(english, _)| *english == words) {
            Some((english, bangla)) => Ok(text.replacen(english, bangla, 1).replace('.', "।")),
            // What happened, whether waiting helps, and never the text itself.
            None => Err(Error {
                provider: self.identity.name.clone(),
                kind: ErrorKind::Refused,
                message: "the phrase book does not have it".to_owned(),
                retry: Retry::Never,
            }),
        }
    }
}

#[async_trait::async_trait]
impl Provider for Phrasebook {
    fn identity(&self) -> &Identity {
        &self.identity
    }

    fn capability(&self) -> &Capability {
        &self.capability
    }

    /// One draft per segment, in order; an error inside concerns its segment alone.
    /// It never retries and never sleeps: layers do.
    async fn translate(&self, batch: &Batch) -> Result<Drafts, Error> {
        Ok(batch.segments.iter().map(|s| self.look_up(s)).collect())
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn StdError>> {
    let config = Config::built_in(Path::new("."));
    let mut translator = translator(&config).await?;
    // Retries, limits, a clock and pauses, as around every service.
    let own = stack(
        Arc::new(Phrasebook::new()),
        &StackConfig::default(),
        None,
        |provider| provider,
    );
    translator.chain = vec![own, build_provider(&config, "pseudo").await?];

    let text = "A late train\n\nThe train was late. Dhaka and New Delhi will meet again on March 3, 2026.\n";
    let article = read::article("example", text.into())?;
    let translation = translator.translate(&article, Direction::default()).await?;
    for block in &translation.blocks {
        for sentence in &block.segments {
            let by = sentence.provider.as_deref().unwrap_or("nobody");
            println!("{by:12}{}", sentence.target);
        }
    }
    Ok(())
}
