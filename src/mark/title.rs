//! Titles whose Bangla depends on whose they are: President and Dr.
//!
//! `President` is প্রেসিডেন্ট abroad, রাষ্ট্রপতি in Bangladesh and India, and সভাপতি of a club
//! or a committee. The state that stands before or after it decides, or the name of
//! a President of either; a glossary row of the full form (`President Trump`) is
//! longer and wins. `Dr` is ডা. for a physician and ড. for a doctorate; what the
//! sentence calls people decides.
//!
//! What the sentence does not tell is left to the provider. From Bangla there is
//! nothing to resolve: both are `President`, both are `Dr`.

mod states;

use crate::language::{Pair, profile};
use crate::text::{Normal, Span};
use states::State;

/// A title and what it is in the target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Title {
    /// Where it stands, its full stop included.
    pub span: Span<Normal>,
    /// The word of the target language.
    pub target: &'static str,
}

/// The titles of `text` that it tells enough about, in order and disjoint.
#[must_use]
pub fn find(text: &str, pair: Pair) -> Vec<Title> {
    if pair != Pair::EN_BN {
        return Vec::new();
    }
    let mut found = presidents(text);
    found.extend(doctors(text, pair));
    found.sort_unstable_by_key(|title| title.span.start());
    found
}

/// A letter or a digit: what makes a word longer.
fn is_word(c: char) -> bool {
    c.is_alphanumeric()
}

/// Where `word` stands as a word of its own.
fn occurrences<'t>(text: &'t str, word: &'static str) -> impl Iterator<Item = usize> + 't {
    text.match_indices(word).filter_map(move |(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        let apart = !before.is_some_and(is_word) && !after.is_some_and(|c| is_word(c) || c == '-');
        apart.then_some(at)
    })
}

fn presidents(text: &str) -> Vec<Title> {
    let mut found = Vec::new();
    for word in ["President", "president"] {
        for at in occurrences(text, word) {
            let (before, after) = (&text[..at], &text[at + word.len()..]);
            let vice = ["Vice ", "Vice-", "vice ", "vice-"]
                .into_iter()
                .find(|vice| before.ends_with(vice));
            let start = at - vice.map_or(0, str::len);
            let state = owner(&text[..start])
                .or_else(|| of_state(after))
                .or_else(|| named(after).filter(|_| word == "President"));
            let target = match (state, vice) {
                (Some(State::Home), None) => "রাষ্ট্রপতি",
                (Some(State::Abroad), None) => "প্রেসিডেন্ট",
                (Some(State::Home), Some(_)) => "উপরাষ্ট্রপতি",
                (Some(State::Abroad), Some(_)) => "ভাইস প্রেসিডেন্ট",
                (None, _) => continue,
            };
            found.push(Title {
                span: Span::trusted(start, at + word.len()),
                target,
            });
        }
    }
    found
}

/// What may stand between a state and the title of its head.
const STANDING: [&str; 9] = [
    "former",
    "then",
    "ex",
    "interim",
    "acting",
    "new",
    "late",
    "current",
    "incumbent",
];

/// The state before a title: `Finnish`, `Finland's former`.
fn owner(before: &str) -> Option<State> {
    let mut before = before.strip_suffix([' ', '-'])?;
    for _ in 0..2 {
        if let Some(rest) = STANDING.iter().find_map(|word| before.strip_suffix(word)) {
            before = rest.strip_suffix([' ', '-'])?;
        }
    }
    let owner = before
        .strip_suffix("'s")
        .or_else(|| before.strip_suffix("’s"))
        .or_else(|| before.strip_suffix(['\'', '’']))
        .unwrap_or(before);
    states::at_end(owner)
}

/// The state after a title: `of Finland`, `Alexander Stubb of Finland`.
fn of_state(after: &str) -> Option<State> {
    /// Words that the longest name has.
    const NAME: usize = 5;
    let mut rest = after;
    for _ in 0..=NAME {
        if let Some(state) = rest.strip_prefix(" of ") {
            return states::at_start(state.strip_prefix("the ").unwrap_or(state));
        }
        let word = rest.strip_prefix(' ')?;
        let end = word
            .find(|c: char| !is_word(c) && !matches!(c, '-' | '.' | '’' | '\''))
            .unwrap_or(word.len());
        if !word.starts_with(char::is_uppercase) {
            return None;
        }
        rest = &word[end..];
    }
    None
}

/// Presidents of Bangladesh and of India whose names are nobody else's.
const HOME: [&str; 17] = [
    "Mohammed Shahabuddin",
    "Shahabuddin",
    "Abdul Hamid",
    "Zillur Rahman",
    "Ziaur Rahman",
    "Iajuddin Ahmed",
    "Badruddoza Chowdhury",
    "Hussain Muhammad Ershad",
    "HM Ershad",
    "Ershad",
    "Droupadi Murmu",
    "Murmu",
    "Ram Nath Kovind",
    "Kovind",
    "Pranab Mukherjee",
    "APJ Abdul Kalam",
    "Pratibha Patil",
];

/// The state of the President whose name follows.
fn named(after: &str) -> Option<State> {
    let name = after.strip_prefix(' ')?;
    HOME.iter()
        .filter_map(|known| name.strip_prefix(known))
        .any(|rest| !rest.starts_with(is_word))
        .then_some(State::Home)
}

fn doctors(text: &str, pair: Pair) -> Vec<Title> {
    let mut found: Vec<Title> = Vec::new();
    let mut sentences = None;
    for at in occurrences(text, "Dr") {
        let end = at + "Dr".len() + usize::from(text[at + 2..].starts_with('.'));
        let name = text[end..].trim_start();
        if !name.starts_with(char::is_uppercase) {
            continue;
        }
        let sentences = sentences.get_or_insert_with(|| profile(pair.source).sentences(text, &[]));
        let sentence = sentences
            .iter()
            .find(|sentence| sentence.start() <= at && at < sentence.end());
        let target = match sentence.and_then(|sentence| calling(sentence.slice(text))) {
            Some(Calling::Physician) => "ডা.",
            Some(Calling::Scholar) => "ড.",
            None => continue,
        };
        found.push(Title {
            span: Span::trusted(at, end),
            target,
        });
    }
    found
}

/// What a doctor is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Calling {
    Physician,
    Scholar,
}

/// Words that name a physician.
const PHYSICIANS: [&str; 26] = [
    "physician",
    "doctor",
    "surgeon",
    "medical officer",
    "medical college",
    "medical university",
    "health complex",
    "cardiologist",
    "neurologist",
    "oncologist",
    "nephrologist",
    "gynaecologist",
    "gynecologist",
    "paediatrician",
    "pediatrician",
    "psychiatrist",
    "dermatologist",
    "urologist",
    "virologist",
    "anaesthetist",
    "anesthetist",
    "dentist",
    "ophthalmologist",
    "radiologist",
    "pathologist",
    "forensic",
];
/// Words of where physicians work; others go there too.
const HOSPITALS: [&str; 6] = [
    "hospital",
    "clinic",
    "patient",
    "treatment",
    "health services",
    "dghs",
];
/// Words that name a scholar.
const SCHOLARS: [&str; 10] = [
    "economist",
    "phd",
    "historian",
    "scientist",
    "political analyst",
    "sociologist",
    "engineer",
    "finance adviser",
    "economics",
    "linguist",
];
/// Words that name scholars, professors of medicine among them.
const PROFESSORS: [&str; 12] = [
    "professor",
    "prof",
    "lecturer",
    "adviser",
    "advisor",
    "university",
    "vice-chancellor",
    "chancellor",
    "academic",
    "researcher",
    "research fellow",
    "distinguished fellow",
];

/// What the doctors of a sentence are. A word that names one decides over a word
/// that tells of surroundings (`the economist was taken to hospital`); where both
/// sides have an equal claim, nothing does.
fn calling(sentence: &str) -> Option<Calling> {
    let lower = sentence.to_lowercase();
    let any = |words: &[&str]| {
        words.iter().any(|word| {
            lower.match_indices(word).any(|(at, _)| {
                let after = lower[at + word.len()..].trim_start_matches('s');
                !lower[..at].ends_with(is_word) && !after.starts_with(is_word)
            })
        })
    };
    match (any(&PHYSICIANS), any(&SCHOLARS)) {
        (true, false) => Some(Calling::Physician),
        (false, true) => Some(Calling::Scholar),
        (true, true) => None,
        (false, false) => match (any(&HOSPITALS), any(&PROFESSORS)) {
            (true, false) => Some(Calling::Physician),
            (false, true) => Some(Calling::Scholar),
            _ => None,
        },
    }
}

#[cfg(test)]
mod tests;
