//! A name in its parts, and how its words are dressed again afterwards.

use super::Direction;
use super::initials::{letter_name, named_letter, spelled_out};
use super::script::{canonical, folded, is_apostrophe, is_bangla, is_latin};

/// A part of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part<'a> {
    /// What is no word: white space, a full stop, a hyphen, digits.
    Between(&'a str),
    /// An initial, or capitals that are read letter by letter, rendered.
    Initial(String),
    /// A word in the form that the tables read.
    Word { form: String, shape: Shape },
}

/// How a rendering is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// As it is: Bangla has no capitals.
    Plain,
    /// With a capital: Sheikh, `McNamara`.
    Capital,
    /// Small within a name: bin, ibn, van.
    Small,
}

/// Words that stay small within a name.
const SMALL: [&str; 10] = [
    "bin", "ibn", "bint", "van", "von", "der", "den", "del", "dos", "da",
];
/// Initials that are written together: ABM.
const LETTERS_TOGETHER: [&str; 10] = [
    "abm", "akm", "asm", "afm", "ahm", "atm", "anm", "amm", "sm", "gm",
];

impl Shape {
    pub(super) fn dress(self, text: &str) -> String {
        match self {
            Self::Plain => return text.to_owned(),
            Self::Small if SMALL.contains(&text) => return text.to_owned(),
            Self::Small | Self::Capital => {}
        }
        if LETTERS_TOGETHER.contains(&text) {
            return text.to_uppercase();
        }
        // McNamara, but Mca stays a word.
        if let Some(rest) = text.strip_prefix("mc").filter(|rest| rest.len() > 2) {
            return format!("Mc{}", capital(rest));
        }
        capital(text)
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}

fn in_word(c: char, direction: Direction) -> bool {
    match direction {
        Direction::LatinToBangla => is_latin(c),
        Direction::BanglaToLatin => is_bangla(c),
    }
}

/// Runs of word letters and runs of all else, in order; together they are `name`.
fn runs(name: &str, direction: Direction) -> Vec<(&str, bool)> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut inside = None;
    for (at, c) in name.char_indices() {
        let now = in_word(c, direction);
        if inside.is_some_and(|before| before != now) {
            out.push((&name[start..at], !now));
            start = at;
        }
        inside = Some(now);
    }
    if let Some(inside) = inside {
        out.push((&name[start..], inside));
    }
    out
}

/// The parts of `name`.
pub(super) fn parts(name: &str, direction: Direction) -> Vec<Part<'_>> {
    let runs = runs(name, direction);
    // A name all in capitals (THE HEADLINE OF A PAPER) has no letter-by-letter words.
    let mixed_case = name.chars().any(char::is_lowercase);
    let mut out: Vec<Part> = Vec::with_capacity(runs.len());
    for (i, &(text, is_word)) in runs.iter().enumerate() {
        if !is_word {
            out.push(Part::Between(text));
            continue;
        }
        let followed_by = runs.get(i + 1).map_or("", |run| run.0);
        out.push(match direction {
            Direction::LatinToBangla => latin_part(text, followed_by, mixed_case),
            Direction::BanglaToLatin => {
                let beside_initial = matches!(out.iter().rev().nth(1), Some(Part::Initial(_)))
                    || runs
                        .get(i + 2)
                        .is_some_and(|run| named_letter(run.0, false).is_some());
                let first = out.iter().all(|part| matches!(part, Part::Between(_)));
                bangla_part(text, followed_by.starts_with('.') || beside_initial, first)
            }
        });
    }
    out
}

fn latin_part<'a>(text: &'a str, followed_by: &str, mixed_case: bool) -> Part<'a> {
    let form = folded(text);
    let mut letters = text.chars();
    let (first, rest) = (letters.next(), letters.as_str());
    if let Some(letter) = first.filter(|c| rest.is_empty() && c.is_uppercase())
        && let Some(name) = letter_name(letter)
    {
        return Part::Initial(name.to_owned());
    }
    let capitals = text.len() <= 4 && text.chars().all(|c| c.is_ascii_uppercase());
    let voweled = form.chars().any(|c| "aeiouy".contains(c));
    if capitals
        && (mixed_case || !voweled)
        && (!voweled || !followed_by.starts_with('.'))
        && let Some(name) = spelled_out(text)
    {
        return Part::Initial(name);
    }
    if form.is_empty() || text.chars().all(is_apostrophe) {
        return Part::Between(text);
    }
    Part::Word {
        form,
        shape: Shape::Plain,
    }
}

fn bangla_part(text: &str, sure: bool, first: bool) -> Part<'_> {
    let form = canonical(text);
    if let Some(letter) = named_letter(&form, sure) {
        return Part::Initial(letter.to_string());
    }
    if form.is_empty() {
        return Part::Between(text);
    }
    let shape = if first { Shape::Capital } else { Shape::Small };
    Part::Word { form, shape }
}

/// The words of a name in the form that the tables read and write.
pub(super) fn words(name: &str, direction: Direction) -> Vec<String> {
    runs(name, direction)
        .into_iter()
        .filter(|&(_, is_word)| is_word)
        .map(|(text, _)| match direction {
            Direction::LatinToBangla => folded(text),
            Direction::BanglaToLatin => canonical(text),
        })
        .filter(|form| !form.is_empty())
        .collect()
}

/// How many letters must be changed, added or taken away to make `b` of `a`.
pub(super) fn distance(a: &str, b: &str) -> u32 {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<u32> = (0..).take(b.len() + 1).collect();
    for (i, left) in (1..).zip(a.chars()) {
        let mut diagonal = std::mem::replace(&mut row[0], i);
        for (j, &right) in b.iter().enumerate() {
            let changed = diagonal + u32::from(left != right);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(row[j + 1] + 1);
        }
    }
    row.last().copied().unwrap_or_default()
}
