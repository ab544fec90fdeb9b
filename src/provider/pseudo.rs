//! `pseudo`: pseudo-translation. Every word is visibly changed and nothing is
//! understood, so that a dry run shows what would have been sent, that layouts
//! hold longer text, and that nothing was forgotten.

use async_trait::async_trait;

use super::{Batch, Capability, Draft, Drafts, Error, Identity, Protection, Provider};
use crate::plan::Piece;

/// The provider that decorates.
#[derive(Debug)]
pub struct Pseudo {
    identity: Identity,
    capability: Capability,
}

impl Pseudo {
    /// A pseudo-translator under the name of its configuration entry.
    #[must_use]
    pub fn new(name: &str) -> Self {
        Self {
            identity: Identity {
                name: name.to_owned(),
                model: "pseudo".to_owned(),
                version: "1".to_owned(),
            },
            capability: Capability {
                pairs: Vec::new(),
                max_segments: 1000,
                max_characters: usize::MAX,
                max_holes: usize::MAX,
                protection: Protection::Typed,
                draft: true,
            },
        }
    }
}

#[async_trait]
impl Provider for Pseudo {
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
        let decorate = |piece: &Piece| match piece {
            Piece::Text(text) => Piece::Text(accented(text)),
            other => other.clone(),
        };
        Ok(batch
            .segments
            .iter()
            .map(|segment| {
                Ok(Draft {
                    pieces: segment.pieces.iter().map(decorate).collect(),
                })
            })
            .collect())
    }
}

/// Latin letters with diacritics; every word of another script between `⸢` and `⸣`.
fn accented(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    let mut inside = false;
    for c in text.chars() {
        let word = !c.is_ascii()
            && !c.is_whitespace()
            && !matches!(c, '।' | '‘' | '’' | '“' | '”' | '–' | '—' | '…');
        if word != inside {
            out.push(if word { '⸢' } else { '⸣' });
            inside = word;
        }
        out.push(accent(c));
    }
    if inside {
        out.push('⸣');
    }
    out
}

fn accent(c: char) -> char {
    const PLAIN: &str = "aeiouycdnrstlAEIOUYCDNRSTL";
    const ACCENTED: &str = "áéíóúýçďñřšťłÁÉÍÓÚÝÇĎÑŘŠŤŁ";
    PLAIN
        .chars()
        .zip(ACCENTED.chars())
        .find_map(|(plain, accented)| (plain == c).then_some(accented))
        .unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::accented;

    #[test]
    fn every_word_shows_that_it_was_touched() {
        assert_eq!(accented("Talks in May"), "Ťáłkš íñ Máý");
        assert_eq!(accented("কথা বলেন।"), "⸢কথা⸣ ⸢বলেন⸣।");
    }
}
