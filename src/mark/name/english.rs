//! English names: runs of capitals, weighed by what stands in and around them.
//!
//! The weights are by hand, from reading news (`docs/names.md` has the figures). A
//! run in a headline set in capitals or in Title Case proves nothing and is not
//! looked at; what the story calls a person is found there as well.

mod run;
mod token;

use super::lexicon::{self, Class};
use super::{Certainty, Line, Mention, NameKind, Short};
use crate::language::{Ending, Language, profile};
use crate::mark::{Mark, MarkKind};
use crate::text::Span;
use run::Run;
use token::{Gap, Shape, Token};

/// From which weight on a run is a person for sure, and likely one.
const SURE: i32 = 5;
const LIKELY: i32 = 3;

/// See [`super::find`].
pub(super) fn find(text: &str, line: Line, taken: &[Mark<'_>]) -> Vec<Mention> {
    if !text.contains(|c: char| c.is_uppercase()) {
        return Vec::new();
    }
    let tokens = marked(text, taken);
    if line == Line::Headline && is_title_case(&tokens) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for run in run::runs(&tokens, taken) {
        if let Some((kind, certainty)) = weigh(text, &tokens, taken, run) {
            found.push(mention(text, &tokens, run, kind, certainty));
        }
    }
    found
}

/// See [`super::shorts`].
pub(super) fn shorts(
    text: &str,
    line: Line,
    taken: &[Mark<'_>],
    is_known: &dyn Fn(&str) -> bool,
) -> Vec<Short> {
    let tokens = marked(text, taken);
    let loud = line == Line::Headline && is_title_case(&tokens);
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let single = token.mark.is_none() && token.is_capital() && is_known(token.text);
        if !single || part_of_longer(&tokens, taken, at, loud) {
            continue;
        }
        let next = tokens.get(at + 1);
        let spoken = next.is_some_and(|t| t.gap == Gap::Space && t.classes.has(Class::Verb));
        let titled = at
            .checked_sub(1)
            .is_some_and(|before| token.gap != Gap::Start && is_title(&tokens[before], taken));
        let common = token.classes.is_word() || token.classes.has(Class::Other);
        let doubtful = common
            && !spoken
            && !titled
            && (token.gap == Gap::Start || loud || is_calendar(token.text));
        let (end, ending) = ending_of(text, token.start, token.end);
        found.push(Short {
            span: Span::trusted(token.start, token.end),
            end,
            ending,
            doubtful,
        });
    }
    found
}

/// See [`super::stands_alone`].
pub(super) fn stands_alone(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    letters > 2
        && word.starts_with(char::is_uppercase)
        && !word.ends_with('.')
        && word.chars().any(char::is_lowercase)
        && !matches!(
            word,
            "Mohd"
                | "Mst"
                | "Sheikh"
                | "Syed"
                | "Begum"
                | "Khan"
                | "bin"
                | "Bin"
                | "Van"
                | "Von"
                | "Der"
                | "Del"
                | "Jr"
                | "Sr"
        )
}

/// Month names that are given names too.
fn is_calendar(word: &str) -> bool {
    matches!(word, "May" | "March" | "April" | "June" | "August")
}

/// The tokens of a text, each with the mark it stands in.
fn marked<'t>(text: &'t str, taken: &[Mark<'_>]) -> Vec<Token<'t>> {
    token::tokens(text, |at| {
        let i = taken.partition_point(|m| m.whole().end() <= at);
        taken.get(i).filter(|m| m.span.start() <= at).map(|_| i)
    })
}

/// Whether a token is a title before a name.
fn is_title(token: &Token<'_>, taken: &[Mark<'_>]) -> bool {
    token.classes.has(Class::Title) && token.is_capital()
        || token.classes.has(Class::Role) && token.shape == Shape::Lower
        || token
            .mark
            .and_then(|m| taken.get(m))
            .is_some_and(|m| marks_title(&m.kind))
}

fn marks_title(kind: &MarkKind<'_>) -> bool {
    match kind {
        MarkKind::Title(_) => true,
        MarkKind::Glossary(entry) => entry.kind == crate::glossary::Kind::Title,
        _ => false,
    }
}

/// Whether a word belongs to a longer run, of which it is no short form.
fn part_of_longer(tokens: &[Token<'_>], taken: &[Mark<'_>], at: usize, loud: bool) -> bool {
    if loud {
        return false;
    }
    let joins = |t: &Token<'_>| matches!(t.gap, Gap::Space | Gap::Hyphen);
    let after = tokens.get(at + 1).is_some_and(|next| {
        joins(next) && next.is_capital() && next.mark.is_none() && !next.classes.has(Class::Other)
            || next.gap == Gap::Hyphen && next.shape == Shape::Capital
    });
    let before = at.checked_sub(1).is_some_and(|b| {
        let previous = &tokens[b];
        // What begins a sentence has its capital from there.
        let begins = previous.gap == Gap::Start && previous.classes.has(Class::Common);
        joins(&tokens[at])
            && previous.is_capital()
            && previous.mark.is_none()
            && !begins
            && !is_title(previous, taken)
            && !previous.classes.has(Class::Other)
            && !previous.text.ends_with('.')
    });
    after || before
}

/// Whether most longer words of a line have a capital.
fn is_title_case(tokens: &[Token<'_>]) -> bool {
    let longer = |t: &&Token<'_>| {
        t.text.len() > 3 && t.mark.is_none() && t.shape != Shape::Digits && t.gap != Gap::Start
    };
    let all = tokens.iter().filter(longer).count();
    let capital = tokens
        .iter()
        .filter(longer)
        .filter(|t| t.is_capital())
        .count();
    let common = tokens
        .iter()
        .filter(longer)
        .any(|t| t.is_capital() && t.classes.has(Class::Common));
    all > 0 && common && capital * 3 >= all * 2
}

/// What a run is, and how sure; `None` where it is no name to look after (the Board).
fn weigh(
    text: &str,
    tokens: &[Token<'_>],
    taken: &[Mark<'_>],
    run: Run,
) -> Option<(NameKind, Certainty)> {
    let words = &tokens[run.first..run.end];
    let names = |t: &Token<'_>| t.classes.is_name() || run::is_person(t, taken);
    let last = words.last()?;
    let has = |class| {
        words
            .iter()
            .any(|t| t.classes.has(class) && !names(t) && t.mark.is_none())
    };
    if words.len() == 1 && (has(Class::Org) || has(Class::Place)) {
        return None;
    }
    if has(Class::Org) {
        return Some((NameKind::Organisation, Certainty::Likely));
    }
    if has(Class::Place) {
        return Some((NameKind::Place, Certainty::Likely));
    }
    let before = run.first.checked_sub(1).map(|i| &tokens[i]);
    let adjoins =
        |t: &&Token<'_>| words[0].gap == Gap::Space && (t.shape == Shape::Lower || t.is_capital());
    let article = before.filter(adjoins).is_some_and(|t| {
        matches!(
            t.text,
            "the" | "The" | "a" | "A" | "an" | "this" | "that" | "our"
        )
    });
    let within = before.filter(adjoins).is_some_and(|t| {
        matches!(
            t.text,
            "in" | "In" | "at" | "At" | "near" | "Near" | "across" | "around"
        )
    });
    let mut weight = 0;
    if run.titled {
        weight += 3;
    }
    let full: Vec<&Token<'_>> = words.iter().filter(|t| t.is_capital()).collect();
    let count = full.len();
    if count > 1 && names(&words[0]) {
        weight += 2;
    }
    if count > 1 && names(last) {
        weight += 2;
    }
    let unknown = |t: &&&Token<'_>| !names(t) && !matches!(t.shape, Shape::Initial);
    if count > 1 && full.iter().filter(unknown).count() == 0 {
        weight += 1;
    }
    if words.iter().any(|t| t.shape == Shape::Initial)
        && words.iter().any(|t| t.shape == Shape::Capital)
    {
        weight += 2;
    }
    weight += match count {
        1 => -2,
        2..=4 => 1,
        5 => 0,
        _ => -3,
    };
    if article {
        weight -= 3;
    }
    if within {
        weight -= 2;
    }
    weight -= 2 * i32::try_from(
        full.iter()
            .filter(|t| t.classes.is_word() && !names(t) || t.classes.has(Class::Other))
            .count(),
    )
    .unwrap_or(9);
    weight -= 3 * i32::try_from(
        full.iter()
            .enumerate()
            .filter(|(i, t)| t.shape == Shape::Upper && (*i > 0 || !run.letters))
            .count(),
    )
    .unwrap_or(9);
    weight += behind(text, tokens, run.end);
    let said = before.filter(adjoins).is_some_and(|t| {
        matches!(
            t.text,
            "said" | "says" | "told" | "added" | "thanked" | "named"
        )
    });
    weight += 2 * i32::from(said);
    if weight >= LIKELY {
        let certainty = if weight >= SURE {
            Certainty::Sure
        } else {
            Certainty::Likely
        };
        // A word alone is a person for sure only where the story gives the name in full.
        let certainty = if count == 1 {
            Certainty::Likely
        } else {
            certainty
        };
        return Some((NameKind::Person, certainty));
    }
    let plain = full.iter().all(|t| {
        t.shape == Shape::Capital
            && !t.classes.is_word()
            && !t.classes.has(Class::Other)
            && !t.classes.has(Class::Title)
    });
    (within && plain && count < 3 && words[0].gap == Gap::Space)
        .then_some((NameKind::Place, Certainty::Likely))
}

/// What the words behind a run say of a person.
fn behind(text: &str, tokens: &[Token<'_>], end: usize) -> i32 {
    let Some(next) = tokens.get(end) else {
        return 0;
    };
    let (_, possessive) = tokens
        .get(end.wrapping_sub(1))
        .map_or((0, Ending::default()), |t| ending_of(text, t.start, t.end));
    if !possessive.is_empty() {
        return 0;
    }
    match next.gap {
        // "the negotiator, X Y, told …", too.
        Gap::Space | Gap::Comma if next.classes.has(Class::Verb) => 2,
        Gap::Comma if next.shape == Shape::Digits && next.text.len() <= 2 => 3,
        Gap::Comma
            if matches!(
                next.text,
                "who"
                    | "whose"
                    | "a"
                    | "an"
                    | "the"
                    | "son"
                    | "daughter"
                    | "wife"
                    | "husband"
                    | "father"
                    | "mother"
                    | "aged"
            ) =>
        {
            2
        }
        Gap::Comma if next.classes.has(Class::Role) && next.shape == Shape::Lower => 2,
        _ => 0,
    }
}

fn mention(
    text: &str,
    tokens: &[Token<'_>],
    run: Run,
    kind: NameKind,
    certainty: Certainty,
) -> Mention {
    let start = tokens[run.first].start;
    let stop = tokens[run.end - 1].end;
    let (end, ending) = ending_of(text, start, stop);
    Mention {
        span: Span::trusted(start, stop),
        end,
        ending,
        kind,
        certainty,
    }
}

/// The possessive behind a name, and where it ends.
fn ending_of(text: &str, start: usize, end: usize) -> (usize, Ending) {
    profile(Language::ENGLISH)
        .ending_after(&text[start..end], &text[end..])
        .map_or((end, Ending::default()), |(ending, taken)| {
            (end + taken, ending)
        })
}

/// Whether it is a small word within names.
fn is_particle(token: &Token<'_>) -> bool {
    token.shape == Shape::Lower
        && matches!(
            token.text,
            "bin"
                | "bint"
                | "ibn"
                | "al"
                | "el"
                | "ul"
                | "ur"
                | "as"
                | "ad"
                | "de"
                | "da"
                | "di"
                | "do"
                | "dos"
                | "del"
                | "la"
                | "le"
                | "van"
                | "von"
                | "der"
                | "den"
                | "e"
                | "y"
        )
}

/// Whether a token that stands in lower case may continue a name behind a hyphen.
fn is_tail(token: &Token<'_>) -> bool {
    token.gap == Gap::Hyphen
        && token.shape == Shape::Lower
        && token.text.len() <= 4
        && !lexicon::english(token.text).has(Class::Common)
        && !matches!(
            token.text,
            "led" | "era" | "run" | "born" | "held" | "wide" | "ruled"
        )
}
