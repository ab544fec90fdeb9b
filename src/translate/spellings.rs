//! How the words of an article's names are written.
//!
//! A provider of draft quality is not believed a sure name that it spells as nobody
//! would: it gets the spelling of a sentence that has it right, else that of its sound. That
//! is done where the name stands, if it surely stands there ([`Mend`]).

use std::collections::{BTreeSet, HashMap, HashSet};

use super::ladder::Climbed;
use super::names::Sought;
use crate::assemble::Assembled;
use crate::language::Pair;
use crate::mark::name::NameKind;
use crate::names::{self, Heard, Listener, Place};
use crate::style::{MissingNames, NameStyle};
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

/// A name of a sentence, by the places of both.
type At = (usize, usize);

impl Sentences<'_> {
    /// The names that drafts spell as nobody would, or whose short form they lack.
    fn misspelled(&self, listener: &mut Listener) -> BTreeSet<At> {
        let sought = self.sought.iter().flat_map(|sought| &sought.names);
        let sought = sought.map(|watched| (watched.kind, watched.words()));
        let held = self.climbed.iter().flat_map(|climbed| &climbed.names);
        let held = held.map(|held| (held.kind, parts(&held.name).collect()));
        let in_full: HashSet<&str> = (sought.chain(held))
            .filter(|(kind, words)| *kind == NameKind::Person && words.len() > 1)
            .flat_map(|(_, words)| words)
            .collect();
        let mut misspelled = BTreeSet::new();
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

/// The parts of a name that are written apart.
fn parts(name: &str) -> impl Iterator<Item = &str> + Clone {
    name.split([' ', '-', '\u{a0}'])
}

/// How a word of a misspelled name is written where it stands. A name surely stands where all
/// of its words are heard side by side and no other name of the sentence is heard there; of a
/// single word, where it is misspelled as in such a name.
#[derive(Debug)]
pub(super) struct Mend {
    /// The right spelling.
    pub text: String,
    /// Whether nothing in the article has it, so that it is that of the sound.
    pub by_sound: bool,
}

/// How the words of persons are written: for each the rendering that most have, of
/// equals the first; what a draft misspells does not count. Before these comes one that was held,
/// since it stays as it is, and before all that of a sentence which a person approved.
#[derive(Debug, Default)]
pub(super) struct Spellings {
    words: HashMap<String, Vec<(String, usize)>>,
    /// Words of places and bodies as a sentence has them right.
    others: HashMap<String, String>,
    /// The names that drafts misspell.
    misspelled: BTreeSet<At>,
    /// Of these, those that are put right where they stand: each word that is wrong.
    mends: HashMap<At, Vec<Option<Mend>>>,
}

impl Spellings {
    /// More than an article has sentences.
    const HELD: usize = 1 << 16;
    /// More than an article has sentences with such names.
    const APPROVED: usize = 1 << 32;

    pub(super) fn of(
        pair: Pair,
        style: NameStyle,
        listener: &mut Listener,
        sentences: &Sentences<'_>,
    ) -> Self {
        let mut spellings = Self::default();
        if style.missing != MissingNames::Mark {
            spellings.misspelled = sentences.misspelled(listener);
        }
        for (at, climbed) in sentences.climbed.iter().enumerate() {
            let weight = if climbed.is_approved() {
                Self::APPROVED
            } else {
                1
            };
            let held = climbed.names.iter().filter(|held| held.is_held);
            for held in held.filter(|held| held.kind == NameKind::Person) {
                let (words, renderings) = (parts(&held.name), parts(&held.rendering));
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
                        continue;
                    }
                    if watched.kind == NameKind::Person {
                        spellings.add(word, written, weight);
                    } else if climbed.is_approved() || listener.spells(word, written) {
                        let others = spellings.others.entry(word.to_owned());
                        others.or_insert_with(|| written.to_owned());
                    }
                }
            }
        }
        spellings.mend(pair, listener, sentences);
        spellings
    }

    /// Decides what is put right where it stands: names of several words, then single words
    /// that are misspelled as in these.
    fn mend(&mut self, pair: Pair, listener: &mut Listener, sentences: &Sentences<'_>) {
        let mut mended: HashSet<(&str, &str)> = HashSet::new();
        let (single, several): (Vec<At>, Vec<At>) = (self.misspelled.iter().copied())
            .partition(|(at, name)| sentences.sought[*at].names[*name].words().len() == 1);
        for (at, name) in several.into_iter().chain(single) {
            let text = &sentences.drafts[at].text;
            let Some(places) = alone(&sentences.heard[at], name, text) else {
                continue;
            };
            let words = sentences.sought[at].names[name].words();
            let written = places.iter().map(|place| place.span.slice(text));
            let written: Vec<(&str, &str)> = words.into_iter().zip(written).collect();
            if let [one] = written.as_slice()
                && !mended.contains(one)
            {
                continue;
            }
            // None where a word has no other spelling.
            let mends: Option<Vec<Option<Mend>>> = (written.iter())
                .map(|(word, written)| {
                    if listener.spells(word, written) {
                        return Some(None);
                    }
                    self.right(pair, listener, word, written).map(Some)
                })
                .collect();
            if let Some(mends) = mends {
                mended.extend(written);
                self.mends.insert((at, name), mends);
            }
        }
    }

    /// How a word is written that a draft wrote otherwise, if that can be told from an ending.
    fn right(
        &self,
        pair: Pair,
        listener: &mut Listener,
        word: &str,
        written: &str,
    ) -> Option<Mend> {
        let known = self.believed(listener, word);
        let known = known.or_else(|| self.others.get(word).map(String::as_str));
        let (text, by_sound) = match known {
            Some(known) => (known.to_owned(), false),
            None => (names::by_sound(pair, word)?, true),
        };
        is_other(&text, written).then_some(Mend { text, by_sound })
    }

    /// What is put right in a name where it stands: each word that is wrong.
    pub(super) fn mends(&self, sentence: usize, name: usize) -> Option<&[Option<Mend>]> {
        self.mends.get(&(sentence, name)).map(Vec::as_slice)
    }

    /// Whether a draft misspells a name, and it is not put right where it stands.
    pub(super) fn is_spoiled(&self, sentence: usize, name: usize) -> bool {
        let at = (sentence, name);
        self.misspelled.contains(&at) && !self.mends.contains_key(&at)
    }

    /// What stands for a word instead of what a provider wrote.
    pub(super) fn instead(&self, word: &str, written: &str) -> Option<&str> {
        self.chosen(word).filter(|chosen| is_other(chosen, written))
    }

    fn add(&mut self, word: &str, rendering: &str, weight: usize) {
        let all = self.words.entry(word.to_owned()).or_default();
        match all.iter_mut().find(|(known, _)| known == rendering) {
            Some((_, count)) => *count += weight,
            None => all.push((rendering.to_owned(), weight)),
        }
    }

    /// How a word is written whoever wrote it: as a person approved it, or as it sounds.
    pub(super) fn believed(&self, listener: &mut Listener, word: &str) -> Option<&str> {
        let (chosen, count) = self.most(word)?;
        (count >= Self::APPROVED || listener.spells(word, chosen)).then_some(chosen)
    }

    /// How a word is written that providers are believed.
    pub(super) fn chosen(&self, word: &str) -> Option<&str> {
        self.most(word).map(|(chosen, _)| chosen)
    }

    fn most(&self, word: &str) -> Option<(&str, usize)> {
        let all = self.words.get(word)?;
        let most = all.iter().map(|(_, count)| *count).max()?;
        let (first, count) = all.iter().find(|(_, count)| *count == most)?;
        Some((first, *count))
    }
}

/// Whether a spelling is another one than what is written: what one has more than the other
/// may be an ending that was taken for a letter.
fn is_other(spelling: &str, written: &str) -> bool {
    !spelling.starts_with(written) && !written.starts_with(spelling)
}

/// Where a name stands whose words are all heard side by side, and where none of the others is.
fn alone<'h>(heard: &'h [Heard], name: usize, text: &str) -> Option<Vec<&'h Place>> {
    let Heard::Words(places) = heard.get(name)? else {
        return None;
    };
    let places: Vec<&Place> = places.iter().map(Option::as_ref).collect::<Option<_>>()?;
    let is_beside = |pair: &[&Place]| {
        let between = text.get(pair[0].end..pair[1].span.start());
        matches!(between, Some(" " | "-"))
    };
    let others = heard.iter().enumerate().filter(|(other, _)| *other != name);
    let is_shared = others.into_iter().any(|(_, other)| match other {
        Heard::Words(others) => (others.iter().flatten())
            .any(|other| places.iter().any(|place| place.span == other.span)),
        Heard::Left(_) | Heard::Nothing => false,
    });
    (places.windows(2).all(is_beside) && !is_shared).then_some(places)
}
