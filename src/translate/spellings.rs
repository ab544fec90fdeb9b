//! How the words of an article's names are written.
//!
//! A provider of draft quality is not believed a sure name that it spells as nobody
//! would: it gets the spelling of a sentence that has it right, else that of its sound.

use std::collections::{HashMap, HashSet};

use super::ladder::Climbed;
use super::names::Sought;
use crate::assemble::Assembled;
use crate::language::Pair;
use crate::mark::name::NameKind;
use crate::names::{self, Heard, Listener, Place, Watched};
use crate::verify;

/// The sentences of an article with their answers, and what is heard of their names. The
/// lists are parallel.
#[derive(Clone, Copy)]
pub(super) struct Sentences<'a> {
    pub sought: &'a [Sought],
    pub climbed: &'a [Climbed],
    pub drafts: &'a [Assembled],
    pub heard: &'a [Vec<Heard>],
}

impl Sentences<'_> {
    /// The names that drafts spell as nobody would, or whose short form they lack: each by
    /// the places of its sentence and of itself in there.
    fn misspelled(&self, listener: &Listener) -> HashSet<(usize, usize)> {
        let persons = |watched: &&Watched| watched.kind == NameKind::Person;
        let in_full: HashSet<&str> = (self.sought.iter().flat_map(|sought| &sought.names))
            .filter(persons)
            .map(Watched::words)
            .filter(|words| words.len() > 1)
            .flatten()
            .collect();
        let mut misspelled = HashSet::new();
        for (at, climbed) in self.climbed.iter().enumerate() {
            if !climbed.draft || climbed.is_approved() {
                continue;
            }
            let text = &self.drafts[at].text;
            let names = self.sought[at].names.iter().zip(&self.heard[at]);
            for (name, (watched, heard)) in names.enumerate() {
                let is_short = watched.kind == NameKind::Person
                    && watched.words().iter().all(|word| in_full.contains(word));
                if verify::names::is_misspelled(listener, watched, is_short, heard, text) {
                    misspelled.insert((at, name));
                }
            }
        }
        misspelled
    }
}

/// How the words of persons are written: for each the rendering that most have, of
/// equals the first; what a draft misspells does not count. Before these comes one that was held,
/// since it stays as it is, and before all that of a sentence which a person approved.
#[derive(Debug, Default)]
pub(super) struct Spellings {
    words: HashMap<String, Vec<(String, usize)>>,
    /// Words that drafts misspell and nothing has right: by their sound.
    by_sound: HashMap<String, String>,
    /// The names that drafts misspell, by the places of their sentences and of themselves.
    misspelled: HashSet<(usize, usize)>,
}

impl Spellings {
    /// More than an article has sentences.
    const HELD: usize = 1 << 16;
    /// More than an article has sentences with such names.
    const APPROVED: usize = 1 << 32;

    pub(super) fn of(pair: Pair, listener: &Listener, sentences: &Sentences<'_>) -> Self {
        let mut spellings = Self {
            misspelled: sentences.misspelled(listener),
            ..Self::default()
        };
        let mut wrong: Vec<&str> = Vec::new();
        for (at, climbed) in sentences.climbed.iter().enumerate() {
            let weight = if climbed.is_approved() {
                Self::APPROVED
            } else {
                1
            };
            let held = climbed.names.iter().filter(|held| held.is_held);
            for held in held.filter(|held| held.kind == NameKind::Person) {
                let (words, renderings) = (held.name.split(' '), held.rendering.split(' '));
                if words.clone().count() == renderings.clone().count() {
                    for (word, rendering) in words.zip(renderings) {
                        spellings.add(word, rendering, Self::HELD);
                    }
                }
            }
            let names = sentences.sought[at].names.iter().zip(&sentences.heard[at]);
            for (name, (watched, heard)) in names.enumerate() {
                let Heard::Words(places) = heard else {
                    continue;
                };
                let is_misspelled = spellings.misspelled.contains(&(at, name));
                for (word, place) in watched.words().into_iter().zip(places) {
                    let Some(place) = place else {
                        continue;
                    };
                    let written = place.span.slice(&sentences.drafts[at].text);
                    if is_misspelled && !listener.spells(word, written) {
                        wrong.push(word);
                    } else if watched.kind == NameKind::Person {
                        spellings.add(word, written, weight);
                    }
                }
            }
        }
        for word in wrong {
            if !spellings.words.contains_key(word)
                && let Some(rendering) = names::by_sound(pair, word)
            {
                spellings.by_sound.insert(word.to_owned(), rendering);
            }
        }
        spellings
    }

    /// Whether a draft misspells a name, by the places of its sentence and of itself.
    pub(super) fn is_misspelled(&self, sentence: usize, name: usize) -> bool {
        self.misspelled.contains(&(sentence, name))
    }

    /// Whether a name stands in a text as it should, once its words are spelled anew.
    pub(super) fn is_mendable(
        &self,
        listener: &Listener,
        watched: &Watched,
        heard: &Heard,
        text: &str,
    ) -> bool {
        let Heard::Words(places) = heard else {
            return false;
        };
        let is_mended = |(word, place): (&str, &Option<Place>)| {
            place.as_ref().is_some_and(|place| {
                let written = place.span.slice(text);
                listener.spells(word, written) || self.instead(word, written).is_some()
            })
        };
        watched.words().into_iter().zip(places).all(is_mended)
    }

    /// Whether a word is written by its sound, nothing in the article having it right.
    pub(super) fn is_by_sound(&self, word: &str) -> bool {
        self.by_sound.contains_key(word)
    }

    /// What stands for a word instead of what a provider wrote.
    pub(super) fn instead(&self, word: &str, written: &str) -> Option<&str> {
        // What one has more than the other may be an ending that was taken for a letter.
        let is_other =
            |chosen: &&str| !chosen.starts_with(written) && !written.starts_with(*chosen);
        self.chosen(word).filter(is_other)
    }

    fn add(&mut self, word: &str, rendering: &str, weight: usize) {
        let all = self.words.entry(word.to_owned()).or_default();
        match all.iter_mut().find(|(known, _)| known == rendering) {
            Some((_, count)) => *count += weight,
            None => all.push((rendering.to_owned(), weight)),
        }
    }

    /// How a person wrote a word who approved a sentence with it.
    pub(super) fn approved(&self, word: &str) -> Option<&str> {
        let all = self.words.get(word)?;
        let approved = all.iter().find(|(_, count)| *count >= Self::APPROVED)?;
        Some(&approved.0)
    }

    pub(super) fn chosen(&self, word: &str) -> Option<&str> {
        let Some(all) = self.words.get(word) else {
            return self.by_sound.get(word).map(String::as_str);
        };
        let most = all.iter().map(|(_, count)| *count).max()?;
        let first = all.iter().find(|(_, count)| *count == most)?;
        Some(&first.0)
    }
}
