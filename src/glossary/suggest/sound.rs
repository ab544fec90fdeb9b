//! Whether an English and a Bangla name sound alike.

use std::collections::HashMap;

use super::words::words;
use crate::language::transliterate::Transliterator;

/// ln p of a rendering of one word, per word, that counts as nothing…
const UNLIKE: f64 = -14.0;

/// Compares names word by word and remembers words.
#[derive(Default)]
pub(super) struct Sound {
    known: HashMap<(String, String), f64>,
}

impl Sound {
    /// How much the names sound alike, from 0 to 1: the likeness of the word that
    /// is least alike. Names of different counts of words are not.
    pub(super) fn likeness(&mut self, english: &str, bangla: &str) -> f64 {
        let (english, bangla) = (words(english), words(bangla));
        if english.len() != bangla.len() {
            return 0.0;
        }
        let mut least = 1.0_f64;
        for (one, other) in english.iter().zip(&bangla) {
            least = least.min(self.word(one.text, other.text));
            if least <= 0.0 {
                return 0.0;
            }
        }
        least
    }

    fn word(&mut self, english: &str, bangla: &str) -> f64 {
        if !may_be_alike(english, bangla) {
            return 0.0;
        }
        let key = (english.to_lowercase(), bangla.to_owned());
        if let Some(&known) = self.known.get(&key) {
            return known;
        }
        let score = Transliterator::english_to_bangla().score(english, bangla);
        let back = Transliterator::bangla_to_english().score(bangla, english);
        let likeness = (1.0 - score.max(back) / UNLIKE).clamp(0.0, 1.0);
        self.known.insert(key, likeness);
        likeness
    }
}

/// Whether the lengths allow it; tells most pairs apart at no cost.
fn may_be_alike(english: &str, bangla: &str) -> bool {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).count();
    let (english, bangla) = (letters(english), letters(bangla));
    english > 0 && bangla > 0 && bangla <= english + 2 && english <= 3 * bangla + 2
}
