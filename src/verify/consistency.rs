//! One sentence is translated one way across a batch.
//!
//! The only check over more than one sentence: it is told every rendering as it is
//! made, by whoever sees them all.

use std::collections::HashMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::language::Pair;

/// Words from which on a sentence is no phrase that depends on what surrounds it.
const FEWEST: usize = 4;

/// Two renderings of one sentence.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Differing {
    /// The sentence.
    pub source: String,
    /// The rendering that differs from one before.
    pub target: String,
    /// The article that has it.
    pub article: String,
    /// The article that had the other one.
    pub other_article: String,
}

/// What has been said so far. Of each sentence two digests are kept and no text,
/// so that a batch of millions fits.
#[derive(Debug, Default)]
pub struct Renderings {
    first: HashMap<Digest, (Digest, Arc<str>)>,
}

type Digest = [u8; 16];

impl Renderings {
    /// Takes note of a rendering, and says where it differs from the first one of the
    /// same sentence in the same direction. White space does not count; sentences of
    /// fewer than four words are not compared.
    pub fn told(
        &mut self,
        article: &Arc<str>,
        pair: Pair,
        source: &str,
        target: &str,
    ) -> Option<Differing> {
        if source.split_whitespace().count() < FEWEST {
            return None;
        }
        let said = digest(pair, target);
        let (first, other) = self
            .first
            .entry(digest(pair, source))
            .or_insert_with(|| (said, Arc::clone(article)));
        (*first != said).then(|| Differing {
            source: source.to_owned(),
            target: target.to_owned(),
            article: article.to_string(),
            other_article: other.to_string(),
        })
    }
}

fn digest(pair: Pair, text: &str) -> Digest {
    let mut hasher = blake3::Hasher::new();
    hasher.update(pair.to_string().as_bytes());
    for word in text.split_whitespace() {
        hasher.update(b" ");
        hasher.update(word.as_bytes());
    }
    let mut digest = Digest::default();
    hasher.finalize_xof().fill(&mut digest);
    digest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_sentence_is_said_one_way() {
        let mut renderings = Renderings::default();
        let articles: [Arc<str>; 2] = ["a.txt".into(), "b.txt".into()];
        let table = [
            (
                0,
                Pair::EN_BN,
                "The bridge is closed today.",
                "সেতু আজ বন্ধ।",
                None,
            ),
            (
                1,
                Pair::EN_BN,
                "The bridge is  closed today.",
                "সেতু আজ  বন্ধ।",
                None,
            ),
            (
                1,
                Pair::EN_BN,
                "The bridge is closed today.",
                "আজ সেতুটি বন্ধ।",
                Some("a.txt"),
            ),
            (
                1,
                Pair::BN_EN,
                "The bridge is closed today.",
                "It is closed.",
                None,
            ),
            (0, Pair::EN_BN, "He said so.", "তিনি তা বলেন।", None),
            (0, Pair::EN_BN, "He said so.", "তিনি বলেছেন।", None),
        ];
        for (article, pair, source, target, other) in table {
            let found = renderings.told(&articles[article], pair, source, target);
            assert_eq!(
                found.as_ref().map(|d| d.other_article.as_str()),
                other,
                "{target}"
            );
        }
    }
}
