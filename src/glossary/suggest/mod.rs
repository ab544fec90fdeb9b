//! Entries proposed from articles and their accepted translations.
//!
//! English names (runs of capitalised words) and repeated phrases are set against
//! the Bangla phrases of the same sentences, without their endings. A pair is as
//! good as the two keep company (Dice, where a test of likelihood says that it is
//! no accident) and, of names, as they sound alike. What the glossary knows is left
//! out on both sides. Each phrase is proposed once.

pub mod align;
mod bangla;
mod english;
mod link;
mod sound;
mod words;

use std::collections::HashMap;

use super::{Glossary, Kind};
use crate::language::Pair;

/// A stretch of an article with its translation: a sentence, or what could not be
/// told apart further.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// What the English says, in canonical form.
    pub english: String,
    /// What the Bangla says, in canonical form.
    pub bangla: String,
    /// Where it stands, for an editor who looks it up.
    pub place: String,
}

/// An entry that is proposed.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggestion {
    /// The English form.
    pub english: String,
    /// The Bangla form, without an ending.
    pub bangla: String,
    /// What it seems to name.
    pub kind: Kind,
    /// How good it is, from 0 to 1. No probability: it ranks.
    pub score: f64,
    /// In how many units both stand.
    pub count: usize,
    /// Where they stand first.
    pub place: String,
}

/// Entries for what `units` call things and `glossary` does not know, best first;
/// of equally good ones the more frequent.
#[must_use]
pub fn suggest(units: &[Unit], glossary: &Glossary) -> Vec<Suggestion> {
    let vocabulary = english::Vocabulary::of(units, glossary);
    let mut sources = Phrases::default();
    let mut targets = Phrases::default();
    let mut cues: HashMap<String, english::Cues> = HashMap::new();
    for (number, unit) in units.iter().enumerate() {
        let known = glossary.find(Pair::EN_BN, &unit.english);
        for candidate in english::candidates(&unit.english, &known, &vocabulary) {
            cues.entry(candidate.text.clone())
                .or_default()
                .add(&candidate);
            sources.add(candidate.text, number);
        }
        let known = glossary.find(Pair::BN_EN, &unit.bangla);
        for phrase in bangla::candidates(&unit.bangla, &known) {
            targets.add(phrase, number);
        }
    }
    sources.units.retain(|text, units| {
        let cues = cues.get(text);
        let is_name = cues.is_some_and(|cues| cues.is_name);
        let is_part = is_name && cues.is_some_and(|cues| !cues.is_whole);
        !is_part && (is_name || units.len() >= link::LEAST_OF_A_TERM)
    });
    let sources = sources.maximal();
    link::link(&sources, &targets, &cues, units)
}

/// Phrases with the units that they stand in, in order.
#[derive(Default)]
struct Phrases {
    units: HashMap<String, Vec<usize>>,
}

impl Phrases {
    fn add(&mut self, phrase: String, unit: usize) {
        let units = self.units.entry(phrase).or_default();
        if units.last() != Some(&unit) {
            units.push(unit);
        }
    }

    /// Without phrases that hardly ever stand but in one longer phrase: `Metropolitan
    /// Police` beside `Dhaka Metropolitan Police`.
    fn maximal(self) -> Self {
        let mut most_in_longer: HashMap<String, usize> = HashMap::new();
        for (phrase, units) in &self.units {
            for part in words::parts(phrase) {
                if let Some(of_part) = self.units.get(part) {
                    let most = most_in_longer.entry(part.to_owned()).or_default();
                    *most = (*most).max(units.len().min(of_part.len()));
                }
            }
        }
        let mut units = self.units;
        units.retain(|phrase, units| {
            let inside = most_in_longer.get(phrase).copied().unwrap_or(0);
            // One time in five on its own is enough.
            units.len() * 4 >= inside * 5 || inside == 0
        });
        Self { units }
    }
}

#[cfg(test)]
mod tests;
