//! A service that answers in the target language, word for word, and means nothing:
//! whatever a check finds in what it says, somebody else did.

use std::hash::{DefaultHasher, Hash, Hasher};

use anubad::language::Language;
use anubad::plan::Piece;
use anubad::provider::{Batch, Capability, Draft, Drafts, Error, Identity, Protection, Provider};
use async_trait::async_trait;

pub(crate) struct Babble {
    identity: Identity,
    capability: Capability,
}

impl Babble {
    pub(crate) fn new(protection: Protection) -> Self {
        Self {
            identity: Identity {
                name: "babble".into(),
                model: "babble".into(),
                version: "1".into(),
            },
            capability: Capability {
                pairs: Vec::new(),
                max_segments: 50,
                max_characters: 10_000,
                max_holes: 16,
                protection,
                draft: false,
            },
        }
    }
}

#[async_trait]
impl Provider for Babble {
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
        let target = batch.pair.target;
        Ok(batch
            .segments
            .iter()
            .map(|segment| {
                let pieces = segment.pieces.iter().map(|piece| match piece {
                    Piece::Text(text) => Piece::Text(babbled(text, target)),
                    other => other.clone(),
                });
                Ok(Draft {
                    pieces: pieces.collect(),
                })
            })
            .collect())
    }
}

/// Every word by one of the target language that is about as long.
fn babbled(text: &str, target: Language) -> String {
    let mut out = String::new();
    for word in text.split_inclusive(' ') {
        let bare = word.trim_matches(|c: char| !is_letter(c));
        if bare.is_empty() {
            out.push_str(word);
            continue;
        }
        let at = word.find(bare).unwrap_or(0);
        out.push_str(&word[..at]);
        out.push_str(other(bare, target));
        out.push_str(&word[at + bare.len()..]);
    }
    if target == Language::BANGLA {
        out.replace('.', "।")
    } else {
        out.replace('।', ".")
    }
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric()
        || ('\u{0980}'..='\u{09FF}').contains(&c) && c != '।'
        || matches!(c, '\u{200D}' | '’' | '\'')
}

fn other(word: &str, target: Language) -> &'static str {
    let words = if target == Language::BANGLA {
        BANGLA
    } else {
        ENGLISH
    };
    let length = word.chars().count();
    let mut hasher = DefaultHasher::new();
    word.hash(&mut hasher);
    let hash = usize::try_from(hasher.finish() % 1009).unwrap();
    let near: Vec<&'static str> = words
        .iter()
        .copied()
        .filter(|w| w.chars().count().abs_diff(length) <= 1)
        .collect();
    if near.is_empty() {
        let longest = words.iter().max_by_key(|w| w.chars().count());
        return longest.unwrap();
    }
    near[hash % near.len()]
}

/// Words that name no number, no date, nobody and nothing that has a term.
const BANGLA: &[&str] = &[
    "ও",
    "না",
    "যে",
    "তা",
    "এই",
    "সব",
    "করে",
    "হয়",
    "ছিল",
    "আছে",
    "পরে",
    "আগে",
    "থেকে",
    "জন্য",
    "সঙ্গে",
    "মানুষ",
    "সময়",
    "বাড়ি",
    "রাস্তা",
    "আকাশ",
    "পাহাড়",
    "সকালে",
    "বিকেলে",
    "জানানো",
    "বেড়েছে",
    "কমেছে",
    "দেখা",
    "যাওয়ার",
    "আলোচনা",
    "অপেক্ষা",
    "পরিবার",
    "পরিস্থিতি",
    "সম্ভাবনা",
    "কার্যক্রম",
    "গুরুত্বপূর্ণ",
    "প্রতিক্রিয়া",
    "বিশেষভাবে",
    "ধারাবাহিকভাবে",
    "ক্ষতিগ্রস্তদের",
];

const ENGLISH: &[&str] = &[
    "a",
    "to",
    "of",
    "it",
    "the",
    "and",
    "was",
    "for",
    "that",
    "with",
    "have",
    "river",
    "house",
    "people",
    "street",
    "morning",
    "evening",
    "waiting",
    "weather",
    "together",
    "remained",
    "somewhere",
    "situation",
    "continued",
    "discussion",
    "considered",
    "possibility",
    "preparation",
    "particularly",
    "understanding",
    "unfortunately",
    "responsibility",
];
