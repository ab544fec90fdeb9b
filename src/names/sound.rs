//! Where a name stands in a translation, by its sound.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;

use super::by_sound;
use crate::language::transliterate::{Candidate, Totals, Transliterator};
use crate::language::{Ending, Language, Pair, Profile, profile};
use crate::text::{self, Span, Target};

/// How many renderings of an English word are compared.
const RENDERINGS: usize = 6;
/// How many of them are spellings that a small model is believed.
const SPELLINGS: usize = 2;
/// From which likeness on a word is heard…
const HEARD: f64 = 0.62;
/// …and below which it is not even asked how likely the spelling is.
const GREY: f64 = 0.4;
/// ln p of a spelling from which on a word is heard.
const LIKELY: f64 = -9.0;
/// Letters of the longest word that is listened for.
const LONGEST: usize = 48;
/// Words of a name stand together, with at most this many others between them.
const APART: usize = 2;

/// A word of the translation that sounds like a word of a name.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// The word without its ending.
    pub span: Span<Target>,
    /// Where its ending ends, in bytes.
    pub end: usize,
    /// Its ending.
    pub ending: Ending,
    /// How much the two sound alike, up to 1.
    pub likeness: f64,
    /// Which word of the translation it is.
    at: usize,
}

/// What is heard of a name.
#[derive(Debug, Clone, PartialEq)]
pub enum Heard {
    /// Its words, in the order of the name; `None` where one is not heard. At
    /// least one is.
    Words(Vec<Option<Place>>),
    /// It stands in the script of the source.
    Left(Span<Target>),
    /// Nothing of it.
    Nothing,
}

/// Listens for names; remembers words, so that one serves a whole article.
#[derive(Debug)]
pub struct Listener {
    pair: Pair,
    /// Bangla renderings of an English word.
    renderings: HashMap<String, Vec<Rendering>>,
    /// What scores of words are divided by, into Bangla and into English.
    totals: [Totals; 2],
    /// Likeness of an English and a Bangla word.
    judged: HashMap<(String, String), f64>,
    /// Whether a word of the target is a spelling of one of the source.
    spelled: HashMap<(String, String), bool>,
    /// Names by their sound.
    sounds: HashMap<String, Option<String>>,
}

impl Listener {
    /// For one direction.
    #[must_use]
    pub fn new(pair: Pair) -> Self {
        Self {
            pair,
            renderings: HashMap::new(),
            totals: Default::default(),
            judged: HashMap::new(),
            spelled: HashMap::new(),
            sounds: HashMap::new(),
        }
    }

    /// Whether names can be told by their sound in this direction.
    #[must_use]
    pub fn listens(&self) -> bool {
        matches!(self.pair, Pair::EN_BN | Pair::BN_EN)
    }

    /// A name by its sound, as [`by_sound`].
    pub fn sound(&mut self, name: &str) -> Option<String> {
        if let Some(known) = self.sounds.get(name) {
            return known.clone();
        }
        let sound = by_sound(self.pair, name);
        self.sounds.insert(name.to_owned(), sound.clone());
        sound
    }

    /// Where the `words` of a name stand in `target`, outside `held`.
    pub fn hear(&mut self, words: &[&str], target: &str, held: &[Span<Target>]) -> Heard {
        if let Some(span) = left(words, target) {
            return Heard::Left(span);
        }
        let tokens = tokens(target, self.pair.target, held);
        let places: Vec<Vec<Place>> = words
            .iter()
            .map(|word| self.places(word, &tokens))
            .collect();
        // The last word is the surname: what stands near it is chosen for the others.
        let best = |places: &[Place]| {
            places
                .iter()
                .max_by(|a, b| a.likeness.total_cmp(&b.likeness))
                .cloned()
        };
        let Some((anchor, place)) = (0..words.len())
            .rev()
            .find_map(|i| Some((i, best(&places[i])?)))
        else {
            return Heard::Nothing;
        };
        let mut heard: Vec<Option<Place>> = vec![None; words.len()];
        for (i, places) in places.iter().enumerate() {
            let near: Vec<Place> = places
                .iter()
                .filter(|p| {
                    let in_order = if i < anchor {
                        p.at < place.at
                    } else {
                        place.at < p.at
                    };
                    i != anchor && in_order && p.at.abs_diff(place.at) <= anchor.abs_diff(i) + APART
                })
                .cloned()
                .collect();
            heard[i] = best(&near);
        }
        heard[anchor] = Some(place);
        Heard::Words(heard)
    }

    /// The words that sound like `word`, each with the stem that does so best.
    fn places(&mut self, word: &str, tokens: &[Token<'_>]) -> Vec<Place> {
        let target = profile(self.pair.target);
        let mut found = Vec::new();
        for (at, token) in tokens.iter().enumerate() {
            let best = stems(token.text, target)
                .into_iter()
                .map(|(length, ending)| {
                    (self.likeness(word, &token.text[..length]), length, ending)
                })
                .filter(|(likeness, ..)| *likeness >= HEARD)
                .max_by(|a, b| a.0.total_cmp(&b.0));
            if let Some((likeness, length, ending)) = best {
                found.push(Place {
                    span: Span::trusted(token.start, token.start + length),
                    end: token.start + token.text.len(),
                    ending,
                    likeness,
                    at,
                });
            }
        }
        found
    }

    /// Whether `target` is, letter by letter, one of the likeliest ways to write the sound of
    /// a word of the source. [`Self::likeness`] forgives vowels, which a small model gets wrong.
    #[must_use]
    pub fn spells(&mut self, source: &str, target: &str) -> bool {
        let key = (source.to_owned(), target.to_owned());
        if let Some(&known) = self.spelled.get(&key) {
            return known;
        }
        let letters = |word: &str| word.to_lowercase().nfc().collect::<String>();
        let written = letters(target);
        let spells = match self.pair {
            Pair::EN_BN => (self.renderings(source).iter().take(SPELLINGS))
                .any(|rendering| letters(&rendering.text) == written),
            Pair::BN_EN => {
                let found = Transliterator::bangla_to_english().candidates(source, SPELLINGS);
                found.iter().any(|found| letters(&found.text) == written)
            }
            _ => return source == target,
        };
        self.spelled.insert(key, spells);
        spells
    }

    /// How much a word of the source and one of the target sound alike, from 0 to 1.
    pub fn likeness(&mut self, source: &str, target: &str) -> f64 {
        let (english, bangla) = match self.pair {
            Pair::EN_BN => (source, target),
            Pair::BN_EN => (target, source),
            _ => return if source == target { 1.0 } else { 0.0 },
        };
        if !may_be_alike(english, bangla) {
            return 0.0;
        }
        let key = (english.to_owned(), bangla.to_owned());
        if let Some(&known) = self.judged.get(&key) {
            return known;
        }
        let folded = fold(bangla);
        let mut likeness = (self.renderings(english).iter())
            .map(|rendering| alike(&rendering.folded, &folded))
            .fold(0.0, f64::max);
        if (GREY..HEARD).contains(&likeness) && self.is_likely(english, bangla) {
            likeness = HEARD;
        }
        self.judged.insert(key, likeness);
        likeness
    }

    /// The likeliest Bangla renderings of an English word.
    fn renderings(&mut self, english: &str) -> &[Rendering] {
        let renderings = self.renderings.entry(english.to_owned());
        renderings.or_insert_with(|| {
            let found = Transliterator::english_to_bangla().candidates(english, RENDERINGS);
            let rendering = |found: Candidate| Rendering {
                folded: fold(&found.text),
                text: found.text,
            };
            found.into_iter().map(rendering).collect()
        })
    }

    /// Whether either word is a likely rendering of the other.
    fn is_likely(&mut self, english: &str, bangla: &str) -> bool {
        let [into_bangla, into_english] = &mut self.totals;
        let (there, back) = (
            Transliterator::english_to_bangla(),
            Transliterator::bangla_to_english(),
        );
        there.score_with(english, bangla, into_bangla) > LIKELY
            || back.score_with(bangla, english, into_english) > LIKELY
    }
}

/// A rendering of an English word.
#[derive(Debug)]
struct Rendering {
    text: String,
    folded: Vec<char>,
}

/// A word of the translation.
#[derive(Debug, Clone, Copy)]
struct Token<'t> {
    text: &'t str,
    start: usize,
}

/// The words in the script of the target; of English those with a capital.
fn tokens<'t>(text: &'t str, language: Language, held: &[Span<Target>]) -> Vec<Token<'t>> {
    let is_letter = |c: char| match language {
        Language::BANGLA => {
            ('\u{980}'..='\u{9fe}').contains(&c) || matches!(c, '\u{200c}' | '\u{200d}')
        }
        _ => c.is_alphabetic() || c == '’' || c == '\'',
    };
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(offset) = text[from..].find(is_letter) {
        let start = from + offset;
        let end = text[start..]
            .find(|c| !is_letter(c))
            .map_or(text.len(), |at| start + at);
        from = end;
        let word = &text[start..end];
        let free = held.iter().all(|h| end <= h.start() || h.end() <= start);
        if free && (language == Language::BANGLA || word.starts_with(char::is_uppercase)) {
            found.push(Token { text: word, start });
        }
    }
    found
}

/// The lengths of the stems that a word may have, with the endings behind them.
fn stems(word: &str, language: &dyn Profile) -> Vec<(usize, Ending)> {
    let mut found = vec![(word.len(), Ending::default())];
    for (at, _) in word.char_indices().skip(2) {
        if let Some((ending, taken)) = language.ending_after(&word[..at], &word[at..])
            && taken == word.len() - at
            && !ending.is_empty()
        {
            found.push((at, ending));
        }
    }
    found
}

/// Where a name stands as the source writes it.
fn left(words: &[&str], target: &str) -> Option<Span<Target>> {
    let is_letter = |c: char| c.is_alphanumeric();
    let (first, last) = (words.first()?, words.last()?);
    let find = |word: &str, from: usize| {
        target[from..]
            .match_indices(word)
            .map(|(at, _)| from + at)
            .find(|&at| {
                !target[..at].ends_with(is_letter)
                    && !target[at + word.len()..].starts_with(|c: char| c.is_ascii_alphanumeric())
            })
    };
    let end = |start: usize| start + last.len();
    let stop = find(last, 0)?;
    let start = find(first, 0)
        .filter(|&start| start <= stop && target[start..stop].chars().count() <= 40)
        .filter(|&start| {
            words
                .iter()
                .all(|word| target[start..end(stop)].contains(word))
        })
        .unwrap_or(stop);
    Some(Span::trusted(start, end(stop)))
}

/// Whether the lengths allow it: what is compared takes the product of both.
fn may_be_alike(english: &str, bangla: &str) -> bool {
    let letters = |word: &str| word.chars().filter(|&c| text::is_letter(c)).count();
    let (english, bangla) = (letters(english), letters(bangla));
    (2..=LONGEST).contains(&english)
        && bangla > 0
        && bangla <= english + 2
        && english <= 3 * bangla + 2
}

/// The letters of a Bangla word with spellings of one sound made one.
fn fold(word: &str) -> Vec<char> {
    word.chars()
        .filter_map(|c| match c {
            'ী' => Some('ি'),
            'ঈ' => Some('ই'),
            'ূ' => Some('ু'),
            'ঊ' => Some('উ'),
            'ষ' | 'স' => Some('শ'),
            'ণ' => Some('ন'),
            'য' | 'ঝ' => Some('জ'),
            'ৎ' | 'ট' => Some('ত'),
            'ড' => Some('দ'),
            'ঢ' | 'ধ' => Some('দ'),
            'ঠ' | 'থ' => Some('ত'),
            'ভ' => Some('ব'),
            'খ' => Some('ক'),
            'ঘ' => Some('গ'),
            'ছ' => Some('চ'),
            'ড়' | 'ঢ়' => Some('র'),
            'ৃ' => Some('র'),
            '্' | 'ঁ' | 'য়' | 'ঃ' | '\u{200c}' | '\u{200d}' => None,
            c => Some(c),
        })
        .collect()
}

/// 1 for equal words, less a share of the letters that differ. A vowel counts half.
fn alike(a: &[char], b: &[char]) -> f64 {
    let cost = |c: char| if is_vowel(c) { 1 } else { 2 };
    let weight = |word: &[char]| word.iter().map(|&c| cost(c)).sum::<u32>();
    let mut row: Vec<u32> = std::iter::once(0)
        .chain(b.iter().scan(0, |sum, &c| {
            *sum += cost(c);
            Some(*sum)
        }))
        .collect();
    for &left in a {
        let mut diagonal = row[0];
        row[0] += cost(left);
        for (j, &right) in b.iter().enumerate() {
            let changed = if left == right {
                diagonal
            } else {
                diagonal + cost(left).max(cost(right))
            };
            diagonal = row[j + 1];
            row[j + 1] = changed.min(row[j] + cost(right)).min(diagonal + cost(left));
        }
    }
    let most = f64::from(weight(a).max(weight(b)).max(1));
    let differs = f64::from(row.last().copied().unwrap_or_default());
    (1.0 - differs / most).max(0.0)
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'অ'..='ঔ' | 'া'..='ৌ')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(pair: Pair, name: &str, target: &str) -> String {
        let words: Vec<&str> = name.split([' ', '-']).collect();
        match Listener::new(pair).hear(&words, target, &[]) {
            Heard::Words(places) => places
                .iter()
                .map(|p| p.as_ref().map_or("?", |p| p.span.slice(target)))
                .collect::<Vec<_>>()
                .join(" "),
            Heard::Left(span) => format!("left {}", span.slice(target)),
            Heard::Nothing => "nothing".to_owned(),
        }
    }

    #[test]
    fn what_is_heard_may_be_misspelled() {
        for (pair, name, written, expected) in [
            (Pair::EN_BN, "Levent", "লেভেন্ট", true),
            (Pair::EN_BN, "Shafiqul", "শফিকুল", true),
            (Pair::EN_BN, "Shafiqul", "শফিকোল", false),
            (Pair::EN_BN, "Rahman", "রহমান", true),
            (Pair::EN_BN, "Mozumder", "মুজম্মেডার", false),
            (Pair::BN_EN, "রহমান", "Rahman", true),
            (Pair::BN_EN, "রহমান", "Rohmen", false),
        ] {
            let mut listener = Listener::new(pair);
            assert!(listener.likeness(name, written) >= HEARD, "{written}");
            assert_eq!(listener.spells(name, written), expected, "{written}");
        }
    }

    #[test]
    fn names_are_heard_with_and_without_endings() {
        for (name, target, expected) in [
            ("Tammy Bruce", "মুখপাত্র ট্যামি ব্রুস বলেন", "ট্যামি ব্রুস"),
            (
                "Alexander Darchiev",
                "আলেক্সান্ডার দারচিয়েভের সঙ্গে",
                "আলেক্সান্ডার দারচিয়েভ",
            ),
            ("Bruce", "ব্রুসকে প্রশ্ন করা হয়", "ব্রুস"),
            ("Shahidul Haque", "শহীদুল হক বলেন", "শহীদুল হক"),
            ("Surya", "সূর্য গতকাল আসেন", "সূর্য"),
            ("Tammy Bruce", "Tammy Bruce বলেন", "left Tammy Bruce"),
            ("Tammy Bruce", "মার্কো রুবিও আসেন", "nothing"),
            ("Rose Hossain", "গোলাপ হোসেন বলেন", "? হোসেন"),
            ("Bruce", "", "nothing"),
        ] {
            assert_eq!(
                heard(Pair::EN_BN, name, target),
                expected,
                "{name}: {target}"
            );
        }
        for (name, target, expected) in [
            ("রফিকুল ইসলাম", "Teacher Rafiqul Islam said", "Rafiqul Islam"),
            (
                "রফিকুল ইসলাম",
                "Teacher Rafikul Islam's house",
                "Rafikul Islam",
            ),
            ("আশা", "Hope said so", "nothing"),
            ("রহমান", "the Rahmans left Rahman", "Rahman"),
        ] {
            assert_eq!(
                heard(Pair::BN_EN, name, target),
                expected,
                "{name}: {target}"
            );
        }
    }

    #[test]
    fn what_is_held_is_not_listened_to() {
        let target = "রহমান ও রহমান";
        let held = [Span::trusted(0, "রহমান".len())];
        let heard = Listener::new(Pair::EN_BN).hear(&["Rahman"], target, &held);
        let Heard::Words(places) = heard else {
            panic!("{heard:?}");
        };
        assert_eq!(places[0].as_ref().unwrap().span.end(), target.len());
    }
}
