//! Names that a provider rendered are in its translation.
//!
//! Runs over the sentences of an article together, since what a name is called in
//! one of them tells what to expect of the others; the other checks see one
//! sentence.

use super::{Finding, Severity};
use crate::mark::name::{Certainty, NameKind};
use crate::names::{Heard, Listener, Place, Watched};
use crate::text::{Span, Target};

/// What is heard of each name of a sentence in its translation, and what is wrong.
///
/// `held` are the places of the translation that no provider wrote. Names of
/// organisations are mostly made of words, which are translated; that they are
/// not heard says nothing.
pub fn check(
    listener: &mut Listener,
    names: &[Watched],
    target: &str,
    held: &[Span<Target>],
) -> (Vec<Heard>, Vec<Finding>) {
    let mut findings = Vec::new();
    let mut all = Vec::with_capacity(names.len());
    for watched in names {
        let heard = listener.hear(&watched.words(), target, held);
        if heard == Heard::Nothing && is_expected(watched) {
            let severity = if is_sure(watched) {
                Severity::Warning
            } else {
                Severity::Note
            };
            findings.push(Finding::new(
                "names",
                severity,
                format!(
                    "the {} `{}` cannot be found in the translation: it was left out, or \
                     translated as a word",
                    watched.kind.name(),
                    watched.name
                ),
            ));
        }
        all.push(heard);
    }
    (all, findings)
}

/// Whether a name that surely is one is missing where this is heard of it.
#[must_use]
pub fn is_missed(watched: &Watched, heard: &Heard) -> bool {
    *heard == Heard::Nothing && is_certain(watched, false)
}

/// Whether this is written by its sound and surely a name, or a short form of one (`is_short`).
#[must_use]
pub fn is_certain(watched: &Watched, is_short: bool) -> bool {
    is_expected(watched) && (is_short || is_sure(watched))
}

/// Whether a name that is written by its sound stands in none of the likeliest ways, or not
/// at all: of a small model that is no spelling of its own but a mistake. It is one that is
/// surely a name, or a short form of one (`is_short`).
#[must_use]
pub fn is_misspelled(
    listener: &mut Listener,
    watched: &Watched,
    is_short: bool,
    heard: &Heard,
    text: &str,
) -> bool {
    let mut is_right = |(word, place): (&str, &Option<Place>)| {
        (place.as_ref()).is_some_and(|place| listener.spells(word, place.span.slice(text)))
    };
    let is_wrong = match heard {
        Heard::Words(places) => !watched.words().into_iter().zip(places).all(&mut is_right),
        Heard::Left(_) => false,
        Heard::Nothing => is_short,
    };
    is_wrong && is_certain(watched, is_short)
}

fn is_sure(watched: &Watched) -> bool {
    watched.certainty == Certainty::Sure
        || watched.kind == NameKind::Person && watched.words().len() > 1
}

/// Whether a name is written by its sound.
fn is_expected(watched: &Watched) -> bool {
    watched.kind != NameKind::Organisation
        && watched.words().iter().any(|word| {
            // Acronyms are read in one language and spelled in the other.
            !word.is_ascii() || word.contains(|c: char| c.is_ascii_lowercase())
        })
}
