//! How the words of an article's names are written.
//!
//! A provider of draft quality is not believed a sure name that it spells as nobody
//! would: it gets the spelling of a sentence that has it right, else that of its sound.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::ladder::Climbed;
use super::names::Sought;
use crate::assemble::Assembled;
use crate::mark::name::NameKind;
use crate::names::{Heard, Listener, Place, Watched};
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

/// The words of the persons whom an article has in full.
pub(super) struct InFull<'a>(HashSet<&'a str>);

impl<'a> InFull<'a> {
    /// Of those that are listened for and those that are held.
    pub(super) fn of(sought: &'a [Sought], climbed: &'a [Climbed]) -> Self {
        let sought = sought.iter().flat_map(|sought| &sought.names);
        let sought = sought.map(|watched| (watched.kind, watched.words()));
        let held = climbed.iter().flat_map(|climbed| &climbed.names);
        let held = held.map(|held| (held.kind, parts(&held.name).collect()));
        let persons = (sought.chain(held))
            .filter(|(kind, words)| *kind == NameKind::Person && words.len() > 1);
        Self(persons.flat_map(|(_, words)| words).collect())
    }

    /// Whether a name is a short form of one of them.
    pub(super) fn is_short(&self, watched: &Watched) -> bool {
        watched.kind == NameKind::Person && watched.words().iter().all(|word| self.0.contains(word))
    }
}

/// A name of a sentence, by the places of both.
type At = (usize, usize);

impl Sentences<'_> {
    /// The names that drafts spell as nobody would, or whose short form they lack.
    fn misspelled(&self, listener: &mut Listener) -> BTreeSet<At> {
        let in_full = InFull::of(self.sought, self.climbed);
        let mut misspelled = BTreeSet::new();
        for (at, climbed) in self.climbed.iter().enumerate() {
            if !climbed.draft || climbed.is_approved() {
                continue;
            }
            let text = &self.drafts[at].text;
            let names = self.sought[at].names.iter().zip(&self.heard[at]);
            for (name, (watched, heard)) in names.enumerate() {
                let is_short = in_full.is_short(watched);
                if verify::names::is_misspelled(listener, watched, is_short, heard, text) {
                    misspelled.insert((at, name));
                }
            }
        }
        misspelled
    }

    /// The names that are heard in a sentence word by word, with their places among its names.
    fn heard_in(&self, at: usize) -> impl Iterator<Item = (usize, &Watched, &[Option<Place>])> {
        let names = self.sought[at].names.iter().zip(&self.heard[at]);
        names
            .enumerate()
            .filter_map(|(name, (watched, heard))| match heard {
                Heard::Words(places) => Some((name, watched, places.as_slice())),
                Heard::Left(_) | Heard::Nothing => None,
            })
    }

    /// Whether the words of a name are all heard side by side, and no other name there but
    /// short forms of this one.
    fn is_alone(&self, at: usize, name: usize, places: &[Option<Place>]) -> bool {
        let text = &self.drafts[at].text;
        let own: Option<Vec<&Place>> = places.iter().map(Option::as_ref).collect();
        let Some(own) = own else {
            return false;
        };
        let is_beside = |pair: &[&Place]| {
            let between = text.get(pair[0].end..pair[1].span.start());
            matches!(between, Some(" " | "-"))
        };
        let words = self.sought[at].names[name].words();
        let is_shared = self.heard_in(at).any(|(other, watched, others)| {
            let is_short = watched.words().iter().all(|word| words.contains(word));
            let meets = |place: &Place| own.iter().any(|o| o.span.start() == place.span.start());
            other != name
                && !(is_short && watched.words().len() < words.len())
                && others.iter().flatten().any(meets)
        });
        own.windows(2).all(is_beside) && !is_shared
    }
}

/// The parts of a name that are written apart.
fn parts(name: &str) -> impl Iterator<Item = &str> + Clone {
    name.split([' ', '-', '\u{a0}'])
}

/// What stands for a word of a name instead of what a provider wrote. A name surely stands where
/// all of its words are heard side by side and no other name of the sentence is heard there; a
/// single word where it is spelled as it sounds, or as in such a name. What is heard elsewhere
/// may be another word (কম for Kim), and stays.
#[derive(Debug)]
pub(super) struct Mend {
    /// The spelling.
    pub text: String,
    /// Whether nothing in the article has it, so that it is that of the sound.
    pub by_sound: bool,
}

/// A way in which a word is written.
#[derive(Debug)]
struct Vote {
    text: String,
    count: usize,
    /// Whether anybody wrote it so who is believed: a person, a provider whose answers are no
    /// drafts, or the pipeline, where a name was held.
    is_believed: bool,
}

/// How the words of persons are written: for each the rendering that most have, of
/// equals the first; what a draft misspells does not count. Before these comes one that was held,
/// since it stays as it is, and before all that of a sentence which a person approved.
#[derive(Debug, Default)]
pub(super) struct Spellings {
    words: HashMap<String, Vec<Vote>>,
    /// Words of places and bodies as a sentence has them right.
    others: HashMap<String, String>,
    /// The names that drafts misspell.
    misspelled: BTreeSet<At>,
    /// The names that surely stand where they are heard, or are right there: what stands for
    /// each word instead.
    mends: HashMap<At, Vec<Option<Mend>>>,
}

impl Spellings {
    /// More than an article has sentences.
    const HELD: usize = 1 << 16;
    /// More than an article has sentences with such names.
    const APPROVED: usize = 1 << 32;

    pub(super) fn of(style: NameStyle, listener: &mut Listener, sentences: &Sentences<'_>) -> Self {
        let mut spellings = Self::default();
        if style.missing != MissingNames::Mark {
            spellings.misspelled = sentences.misspelled(listener);
        }
        for (at, climbed) in sentences.climbed.iter().enumerate() {
            let is_approved = climbed.is_approved();
            let weight = if is_approved { Self::APPROVED } else { 1 };
            let held = climbed.names.iter().filter(|held| held.is_held);
            for held in held.filter(|held| held.kind == NameKind::Person) {
                let (words, renderings) = (parts(&held.name), parts(&held.rendering));
                if words.clone().count() == renderings.clone().count() {
                    for (word, rendering) in words.zip(renderings) {
                        spellings.add(word, rendering, Self::HELD, true);
                    }
                }
            }
            for (name, watched, places) in sentences.heard_in(at) {
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
                        spellings.add(word, written, weight, is_approved || !climbed.draft);
                    } else if is_approved {
                        spellings.others.insert(word.to_owned(), written.to_owned());
                    } else if listener.spells(word, written) {
                        let others = spellings.others.entry(word.to_owned());
                        others.or_insert_with(|| written.to_owned());
                    }
                }
            }
        }
        spellings.mend(listener, sentences);
        spellings
    }

    /// Decides what stands for each name that is heard: first for those of several words, then
    /// for single words.
    fn mend(&mut self, listener: &mut Listener, sentences: &Sentences<'_>) {
        let mut sure: HashSet<(&str, &str)> = HashSet::new();
        for is_single in [false, true] {
            for at in 0..sentences.drafts.len() {
                let text = &sentences.drafts[at].text;
                for (name, watched, places) in sentences.heard_in(at) {
                    let words = watched.words();
                    if (words.len() == 1) != is_single {
                        continue;
                    }
                    let written = places
                        .iter()
                        .map(|place| Some(place.as_ref()?.span.slice(text)));
                    let written: Vec<(&str, Option<&str>)> =
                        words.into_iter().zip(written).collect();
                    let is_sure = !is_single && sentences.is_alone(at, name, places);
                    if is_sure {
                        sure.extend(written.iter().filter_map(|(word, w)| Some((*word, (*w)?))));
                    }
                    let mut mends = Vec::with_capacity(written.len());
                    let mut is_spoiled = false;
                    for (word, written) in written {
                        let Some(written) = written else {
                            mends.push(None);
                            continue;
                        };
                        let is_right = listener.spells(word, written);
                        let mend = if !(is_right || is_sure || sure.contains(&(word, written))) {
                            None
                        } else if is_right || !self.misspelled.contains(&(at, name)) {
                            self.instead(word, written)
                        } else {
                            self.right(listener, word, written)
                        };
                        is_spoiled |= !is_right && mend.is_none();
                        mends.push(mend);
                    }
                    let is_misspelled = self.misspelled.contains(&(at, name));
                    is_spoiled |= mends.len() != places.iter().flatten().count();
                    if !(is_misspelled && is_spoiled) {
                        self.mends.insert((at, name), mends);
                    }
                }
            }
        }
    }

    /// How a word is written that a draft wrote otherwise, if that can be told from an ending.
    fn right(&self, listener: &mut Listener, word: &str, written: &str) -> Option<Mend> {
        let (text, by_sound) = match self.known(listener, word) {
            Some(known) => (known.to_owned(), false),
            None => (listener.sound(word)?, true),
        };
        is_other(&text, written).then_some(Mend { text, by_sound })
    }

    /// What most of the article has instead.
    fn instead(&self, word: &str, written: &str) -> Option<Mend> {
        let chosen = self.chosen(word)?;
        is_other(chosen, written).then(|| Mend {
            text: chosen.to_owned(),
            by_sound: false,
        })
    }

    /// What stands for each word of a name instead of what was written.
    pub(super) fn mends(&self, sentence: usize, name: usize) -> Option<&[Option<Mend>]> {
        self.mends.get(&(sentence, name)).map(Vec::as_slice)
    }

    /// Whether a draft misspells a name, and it is not put right where it stands.
    pub(super) fn is_spoiled(&self, sentence: usize, name: usize) -> bool {
        let at = (sentence, name);
        self.misspelled.contains(&at) && !self.mends.contains_key(&at)
    }

    fn add(&mut self, word: &str, text: &str, weight: usize, is_believed: bool) {
        let votes = self.words.entry(word.to_owned()).or_default();
        match votes.iter_mut().find(|vote| vote.text == text) {
            Some(vote) => {
                vote.count += weight;
                vote.is_believed |= is_believed;
            }
            None => votes.push(Vote {
                text: text.to_owned(),
                count: weight,
                is_believed,
            }),
        }
    }

    /// How a word is written by who is believed, or as it sounds.
    pub(super) fn known(&self, listener: &mut Listener, word: &str) -> Option<&str> {
        let vote = self.most(word);
        let vote = vote.filter(|vote| vote.is_believed || listener.spells(word, &vote.text));
        let other = || self.others.get(word).map(String::as_str);
        vote.map(|vote| vote.text.as_str()).or_else(other)
    }

    /// How a word is written that providers are believed.
    pub(super) fn chosen(&self, word: &str) -> Option<&str> {
        self.most(word).map(|vote| vote.text.as_str())
    }

    fn most(&self, word: &str) -> Option<&Vote> {
        let votes = self.words.get(word)?;
        let most = votes.iter().map(|vote| vote.count).max()?;
        votes.iter().find(|vote| vote.count == most)
    }
}

/// Whether a spelling is another one than what is written: what one has more than the other
/// may be an ending that was taken for a letter.
fn is_other(spelling: &str, written: &str) -> bool {
    !spelling.starts_with(written) && !written.starts_with(spelling)
}
