//! Runs of capitalised words: what could be one name.

use super::super::lexicon::Class;
use super::token::{Gap, Shape, Token};
use super::{is_particle, is_tail, is_title};
use crate::glossary::Kind;
use crate::mark::{Mark, MarkKind};

/// Tokens `first..end`, titles left out.
#[derive(Debug, Clone, Copy)]
pub(super) struct Run {
    pub first: usize,
    pub end: usize,
    /// Whether a title or a role stands before it.
    pub titled: bool,
    /// Whether it begins with initials that are written together: `AKM`.
    pub letters: bool,
}

/// Whether a token stands in a person of the glossary.
pub(super) fn is_person(token: &Token<'_>, taken: &[Mark<'_>]) -> bool {
    token
        .mark
        .and_then(|m| taken.get(m))
        .is_some_and(|m| matches!(&m.kind, MarkKind::Glossary(entry) if entry.kind == Kind::Person))
}

/// The runs of a text, in order.
pub(super) fn runs(tokens: &[Token<'_>], taken: &[Mark<'_>]) -> Vec<Run> {
    let free = |t: &Token<'_>| t.mark.is_none() || is_person(t, taken);
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if !(free(&tokens[at]) && tokens[at].is_capital()) {
            at += 1;
            continue;
        }
        let mut first = at;
        // al-Assad, de Villiers: small words before the first capital.
        while first > 0
            && is_particle(&tokens[first - 1])
            && matches!(
                tokens[first - 1].text,
                "al" | "el" | "de" | "van" | "von" | "ul"
            )
            && free(&tokens[first - 1])
            && joins(&tokens[first])
            && (tokens[first].gap == Gap::Hyphen
                || !matches!(tokens[first - 1].text, "al" | "el" | "ul"))
            && found.last().is_none_or(|r: &Run| r.end < first)
        {
            first -= 1;
        }
        let mut end = at + 1;
        while let Some(next) = tokens.get(end) {
            let plain = joins(next) && next.is_capital();
            // A, B: initials with their stop come before a space that looks like an end.
            let after_initial = tokens[end - 1].shape == Shape::Initial
                && next.is_capital()
                && next.gap == Gap::Space;
            let particle = joins(next)
                && is_particle(next)
                && tokens[end + 1..]
                    .iter()
                    .find(|t| !is_particle(t))
                    .is_some_and(|t| joins(t) && t.is_capital() && free(t))
                && tokens.get(end + 1).is_some_and(joins);
            if !(free(next) && (plain || after_initial || particle || is_tail(next))) {
                break;
            }
            end += 1;
        }
        if let Some(run) = trimmed(tokens, taken, first, end) {
            found.push(run);
        }
        at = end;
    }
    found
}

fn joins(token: &Token<'_>) -> bool {
    matches!(token.gap, Gap::Space | Gap::Hyphen)
}

/// A run without its titles and without what has its capital from the sentence.
fn trimmed(tokens: &[Token<'_>], taken: &[Mark<'_>], first: usize, end: usize) -> Option<Run> {
    let (mut first, mut end) = (first, end);
    let mut titled = first
        .checked_sub(1)
        .is_some_and(|b| joins(&tokens[first]) && is_title(&tokens[b], taken));
    if tokens[first].gap == Gap::Start {
        let opening = &tokens[first];
        let more = end - first > 1;
        let ordinary = opening.classes.has(Class::Common) || matches!(opening.text, "A" | "I");
        if ordinary
            && !opening.classes.is_name()
            && !is_title(opening, taken)
            && !is_person(opening, taken)
        {
            // A word alone at the start of a sentence tells nothing.
            if !more {
                return None;
            }
            let org_behind = tokens[first + 1..end]
                .iter()
                .all(|t| t.classes.has(Class::Org) || t.classes.has(Class::Place));
            if org_behind {
                return None;
            }
            first += 1;
        }
    }
    let is_name = |t: &Token<'_>| t.classes.is_name() || is_person(t, taken);
    // Titles go, with all before them: `Foreign Minister`. A title at the end is part of
    // a name that ends so (Stephen King), else it names an office.
    let last_title = (first..end).rev().find(|&i| {
        let token = &tokens[i];
        is_title(token, taken)
            && i + 1 < end
            && !(i > first && token.classes.is_word() && is_name(&tokens[i - 1]))
    });
    if let Some(i) = last_title {
        first = i + 1;
        titled = true;
    }
    while end > first && {
        let token = &tokens[end - 1];
        is_title(token, taken)
            && !(end - first > 1 && token.classes.has(Class::Word) && is_name(&tokens[end - 2]))
            || token.classes.has(Class::Other) && !is_name(token)
    } {
        end -= 1;
    }
    while first < end && tokens[first].classes.has(Class::Other) && !is_name(&tokens[first]) {
        first += 1;
        titled = false;
    }
    if first >= end || tokens[first..end].iter().all(|t| t.shape == Shape::Initial) {
        return None;
    }
    // What the glossary has as a whole, it writes as a whole.
    let marks: Vec<usize> = tokens[first..end].iter().filter_map(|t| t.mark).collect();
    if marks.len() == end - first && marks.windows(2).all(|w| w[0] == w[1]) {
        return None;
    }
    let letters = tokens[first].shape == Shape::Upper
        && tokens[first].text.len() <= 3
        && end - first > 1
        && tokens[first + 1..end].iter().any(is_name);
    Some(Run {
        first,
        end,
        titled,
        letters,
    })
}
