//! Bangla endings: how they join a stem, and how they are found behind one.
//!
//! One table, `Shape::forms`, says which forms a morpheme takes behind each
//! kind of stem; joining writes the first, finding accepts them all. The rule is
//! that of the newsrooms: ‑ের ‑ে behind a consonant, ‑র ‑য়
//! behind আ, ‑র ‑তে behind the other vowels, ‑য়ের ‑য়ে behind a diphthong or ং,
//! a hyphen behind digits and foreign letters.

use std::borrow::Cow;

use super::normalise::{is_consonant, is_word_char};
use crate::language::{Case, Ending};

/// Plurals and classifiers, by their base form.
pub(in crate::language) const NUMBERS: &[&str] = &["রা", "দের", "টি", "টা", "গুলো", "গুলি", "খানা", "জন"];
const CASES: &[Case] = &[
    Case::Genitive,
    Case::Locative,
    Case::Objective,
    Case::Comitative,
];
pub(in crate::language) const PARTICLES: &[&str] = &["ও", "ই"];
/// More than two particles stand nowhere.
const MOST_PARTICLES: usize = 2;
/// What may part a stem from its ending. The dash is that of hasty typing.
const SEPARATORS: &[char] = &['-', '–', '’', '\''];
/// Marks that close a quotation or a bracket.
const CLOSING: &[char] = &['’', '”', '\'', '"', '»', '›', ')', ']'];

/// What attaches, one piece of an [`Ending`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Morpheme {
    Number(&'static str),
    Case(Case),
    Particle(&'static str),
}

/// What a stem ends in, as far as its endings care.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// A consonant: ট্রাম্প, বিপিএল, সময়.
    Consonant,
    /// A conjunct, whose vowel may be heard: যুক্তরাষ্ট্র, দামেস্ক.
    Conjunct,
    /// ‑ল্লাহ: আবদুল্লাহর.
    Allah,
    /// The vowel আ: ঢাকা, জিয়া.
    Aa,
    /// The sign ো: মস্কো, গুলো.
    O,
    /// Any other vowel: দিল্লি, বিএনপি, টোকিও.
    Vowel,
    /// Two vowels, or a vowel and ং: দুবাই, তেজগাঁও, বেইজিং.
    Glide,
    /// The plural of the oblique cases, দের.
    Oblique,
    /// The nominative plural, রা.
    Plural,
    /// Digits: ২০২৫.
    Digits,
    /// A closing mark behind a vowel, or behind anything else.
    Quoted { vowel: bool },
    /// Letters of another script, signs, or a word that an ending would make
    /// another word of (মে): the hyphen guards it.
    Guarded,
    /// Behind a separator, or a stem that is not known.
    Detached,
}

impl Shape {
    fn of(stem: &str) -> Self {
        let mut chars = stem.chars().rev().filter(|&c| c != 'ঁ');
        let (Some(last), previous, third) = (chars.next(), chars.next(), chars.next()) else {
            return Self::Guarded;
        };
        match last {
            c if CLOSING.contains(&c) => {
                let inside = Self::of(stem.trim_end_matches(|c| c == 'ঁ' || CLOSING.contains(&c)));
                let vowel = matches!(inside, Self::Aa | Self::O | Self::Vowel);
                Self::Quoted { vowel }
            }
            '0'..='9' | '০'..='৯' => Self::Digits,
            'ে' if is_may(stem) => Self::Guarded,
            'া' | 'আ' => Self::Aa,
            'ো' => Self::O,
            'ং' => Self::Glide,
            'ই' | 'ও' | 'উ' if previous.is_some_and(|p| glides(p, last)) => Self::Glide,
            'অ'..='ঔ' | 'ি'..='ৌ' => Self::Vowel,
            'হ' if previous == Some('া') && third == Some('ল') => Self::Allah,
            'ৎ' => Self::Consonant,
            c if is_consonant(c) && previous == Some('্') => Self::Conjunct,
            c if is_consonant(c) => Self::Consonant,
            _ => Self::Guarded,
        }
    }

    /// The forms that `morpheme` takes behind this shape: the one that is
    /// written, then others that are read as well. Empty where it takes none.
    fn forms(self, morpheme: Morpheme) -> &'static [&'static str] {
        use Morpheme::{Case as C, Number as N, Particle as P};
        match (self, morpheme) {
            (Self::Detached, m) => detached_forms(m),

            (Self::Digits | Self::Guarded, C(Case::Genitive)) => &["-এর", "এর", "ের", "র"],
            (Self::Digits | Self::Guarded, C(Case::Locative)) => &["-এ", "-তে", "এ", "তে"],
            (Self::Digits | Self::Guarded, C(Case::Objective)) => &["-কে", "কে"],
            (Self::Digits | Self::Guarded, N("রা")) => &["-রা", "রা"],
            (Self::Digits | Self::Guarded, N("দের")) => &["-দের", "দের"],
            (Self::Digits, N("জন")) => &[" জন", "জন"],
            // ২ই and ২০ই are ordinals.
            (Self::Digits, P("ই")) => &["-ই"],
            (Self::Digits | Self::Guarded, P("ও")) => &["-ও", "ও"],
            (Self::Guarded, P("ই")) => &["-ই", "ই"],

            (Self::Quoted { vowel: true }, C(Case::Genitive)) => &["র", "-এর", "-র", "এর"],
            (Self::Quoted { vowel: false }, C(Case::Genitive)) => &["-এর", "র", "এর", "ের"],
            (Self::Quoted { vowel: true }, C(Case::Locative)) => &["-তে", "-এ", "তে", "এ", "য়"],
            (Self::Quoted { vowel: false }, C(Case::Locative)) => &["-এ", "এ", "-তে", "ে"],
            (Self::Quoted { .. }, C(Case::Objective)) => &["-কে", "কে"],

            (Self::Oblique, C(Case::Genitive | Case::Locative)) => &[],
            (Self::Plural, C(_)) => &[],

            (Self::Consonant, C(Case::Genitive)) => &["ের", "এর"],
            (Self::Conjunct, C(Case::Genitive)) => &["ের", "র", "এর"],
            (Self::Allah, C(Case::Genitive)) => &["র", "ের", "এর"],
            (Self::Aa | Self::O | Self::Vowel, C(Case::Genitive)) => &["র", "এর"],
            (Self::Glide, C(Case::Genitive)) => &["য়ের", "র", "এর"],
            (Self::Consonant | Self::Conjunct | Self::Allah, C(Case::Locative)) => &["ে"],
            (Self::Aa, C(Case::Locative)) => &["য়", "তে"],
            (Self::O, C(Case::Locative)) => &["তে", "য়"],
            (Self::Vowel, C(Case::Locative)) => &["তে"],
            (Self::Glide, C(Case::Locative)) => &["য়ে", "তে"],
            (_, C(Case::Objective)) => &["কে"],
            (_, C(Case::Comitative)) => &["সহ"],

            (Self::Consonant | Self::Conjunct, N("রা")) => &["রা", "েরা", "এরা"],
            (Self::Consonant | Self::Conjunct, N("দের")) => &["দের", "েদের", "এদের"],
            (Self::Glide, N("রা")) => &["য়েরা", "রা"],
            (Self::Glide, N("দের")) => &["দের", "য়েদের"],
            (_, N("রা")) => &["রা", "এরা"],
            (_, N("দের")) => &["দের", "এদের"],
            (_, N("টি")) => &["টি"],
            (_, N("টা")) => &["টা"],
            (_, N("গুলো")) => &["গুলো"],
            (_, N("গুলি")) => &["গুলি"],
            (_, N("খানা")) => &["খানা"],
            (_, N("জন")) => &["জন"],
            (_, P("ও")) => &["ও"],
            (_, P("ই")) => &["ই"],
            (_, N(_) | P(_)) => &[],
        }
    }

    /// The shape of a stem of any shape with `number` attached.
    fn of_number(number: &str) -> Self {
        match number {
            "রা" => Self::Plural,
            "দের" => Self::Oblique,
            other => Self::of(other),
        }
    }
}

/// The forms of a morpheme behind a hyphen, the canonical one first.
fn detached_forms(morpheme: Morpheme) -> &'static [&'static str] {
    match morpheme {
        Morpheme::Case(Case::Genitive) => &["এর", "য়ের", "ের", "র"],
        Morpheme::Case(Case::Locative) => &["এ", "তে", "য়ে", "য়", "ে"],
        Morpheme::Number("রা") => &["রা", "এরা", "য়েরা", "েরা"],
        Morpheme::Number("দের") => &["দের", "এদের", "য়েদের", "েদের"],
        other => Shape::Vowel.forms(other),
    }
}

/// Whether the vowel sign or letter `first` makes a diphthong with `second`.
fn glides(first: char, second: char) -> bool {
    match second {
        // ভিডিও and রেডিও take ‑র and ‑তে.
        'ও' => matches!(first, 'া' | 'আ'),
        'উ' => matches!(first, 'া' | 'আ' | 'ো' | 'ও'),
        _ => matches!(first, 'া' | 'আ' | 'ে' | 'এ' | 'ো' | 'ও' | 'ু' | 'উ'),
    }
}

/// The month of May: মেয়ের is the girl's, মেতে a verb.
fn is_may(stem: &str) -> bool {
    stem.strip_suffix("মে")
        .is_some_and(|before| !before.ends_with(is_word_char))
}

/// Whether a word ends before `rest`.
fn word_ends(rest: &str) -> bool {
    !rest.chars().next().is_some_and(|c| {
        is_word_char(c) || c.is_alphanumeric() || matches!(c, '\u{200C}' | '\u{200D}')
    })
}

/// See [`crate::language::Profile::ending_after`].
///
/// `বিবিসি’র` reads as an ending behind an apostrophe. Where the mark closes a
/// quotation the caller knows it, and asks with the mark in the stem.
pub(super) fn ending_after(stem: &str, rest: &str) -> Option<(Ending, usize)> {
    let shape = Shape::of(stem);
    let found = if word_ends(rest) {
        let spaced = match shape {
            Shape::Digits if rest.starts_with(" জন") => parse(shape, rest),
            _ => None,
        };
        Some(
            spaced
                .or_else(|| separated(rest))
                .unwrap_or((Ending::default(), 0)),
        )
    } else {
        parse(shape, rest)
    };
    found.filter(|_| !stem.is_empty())
}

/// An ending behind a hyphen or an apostrophe.
fn separated(rest: &str) -> Option<(Ending, usize)> {
    let attached = rest.strip_prefix(SEPARATORS)?;
    let (ending, length) = parse(Shape::Detached, attached)?;
    Some((ending, rest.len() - attached.len() + length))
}

/// The one ending that `rest` begins with and its word ends with.
fn parse(shape: Shape, rest: &str) -> Option<(Ending, usize)> {
    let bare = parse_case(shape, rest, 0, None);
    bare.or_else(|| {
        NUMBERS.iter().find_map(|&number| {
            let forms = shape.forms(Morpheme::Number(number)).iter();
            forms
                .filter(|form| rest.starts_with(**form))
                .find_map(|form| {
                    parse_case(Shape::of_number(number), rest, form.len(), Some(number))
                })
        })
    })
}

fn parse_case(
    shape: Shape,
    rest: &str,
    at: usize,
    number: Option<&'static str>,
) -> Option<(Ending, usize)> {
    let ending = |case, (particles, length)| {
        let ending = Ending {
            number,
            case,
            particles,
        };
        (!ending.is_empty()).then_some((ending, length))
    };
    let cased = CASES.iter().find_map(|&case| {
        let forms = shape.forms(Morpheme::Case(case)).iter();
        forms
            .filter(|form| rest[at..].starts_with(**form))
            .find_map(|form| particles(Shape::Oblique, rest, at + form.len()))
            .and_then(|tail| ending(Some(case), tail))
    });
    cased.or_else(|| particles(shape, rest, at).and_then(|tail| ending(None, tail)))
}

/// The particles at `at` and where they end, which is where the word ends.
fn particles(shape: Shape, rest: &str, mut at: usize) -> Option<(Vec<&'static str>, usize)> {
    let mut found = Vec::new();
    let mut shape = shape;
    while !word_ends(&rest[at..]) {
        let next = PARTICLES.iter().find_map(|&particle| {
            let forms = shape.forms(Morpheme::Particle(particle)).iter();
            let form = forms.clone().find(|form| rest[at..].starts_with(**form))?;
            Some((particle, form.len()))
        });
        let Some((particle, length)) = next.filter(|_| found.len() < MOST_PARTICLES) else {
            break;
        };
        found.push(particle);
        at += length;
        shape = Shape::Oblique;
    }
    word_ends(&rest[at..]).then_some((found, at))
}

/// See [`crate::language::Profile::attach`].
pub(super) fn attach(stem: &str, ending: &Ending) -> String {
    let mut word = stem.to_owned();
    let mut shape = Shape::of(stem);
    // ৎ before a vowel is written ত.
    if ending.number.is_none()
        && matches!(ending.case, Some(Case::Genitive | Case::Locative))
        && let Some(oblique) = oblique(stem)
    {
        word = oblique;
    }
    append(&mut word, &mut shape, ending);
    word
}

/// Appends the written forms of `ending` to `word`, a stem of `shape`.
fn append(word: &mut String, shape: &mut Shape, ending: &Ending) {
    // The plural ‑রা gives way to ‑দের where a case follows.
    let number = match (ending.number, ending.case) {
        (Some("রা"), Some(Case::Genitive | Case::Objective | Case::Comitative)) => Some("দের"),
        (number, _) => number,
    };
    let morphemes = (number.map(Morpheme::Number).into_iter())
        .chain(ending.case.map(Morpheme::Case))
        .chain(ending.particles.iter().map(|p| Morpheme::Particle(p)));
    for morpheme in morphemes {
        let Some(form) = shape.forms(morpheme).first() else {
            continue;
        };
        word.push_str(form);
        *shape = match morpheme {
            Morpheme::Number(number) => Shape::of_number(number),
            _ => Shape::Oblique,
        };
    }
}

/// See [`crate::language::Profile::impersonal`]. Of 2,064 names of places and bodies of
/// the glossary in Bangla news (`RisingNews`, 100 articles) none has ‑রা or ‑দের.
pub(super) fn impersonal(ending: &Ending) -> Ending {
    let case = match (ending.number, ending.case) {
        (Some("রা"), case) => case,
        // It stands for the genitive where no case follows.
        (Some("দের"), case) => case.or(Some(Case::Genitive)),
        _ => return ending.clone(),
    };
    Ending {
        number: None,
        case,
        particles: ending.particles.clone(),
    }
}

/// See [`crate::language::Profile::oblique`]: বিদ্যুৎ stands as বিদ্যুত in বিদ্যুতের.
pub(super) fn oblique(stem: &str) -> Option<String> {
    stem.strip_suffix('ৎ').map(|stem| format!("{stem}ত"))
}

/// See [`crate::language::Profile::detached`].
pub(super) fn detached(ending: &Ending) -> String {
    if ending.is_empty() {
        return String::new();
    }
    let mut text = String::from("-");
    append(&mut text, &mut Shape::Detached, ending);
    text
}

/// See [`crate::language::Profile::parse_detached`].
///
/// ` এর`, ` কে` and ` তে` are read too where they stand alone behind one space,
/// except a ` কে` that asks who (`ট্রাম্প কে?`).
pub(super) fn parse_detached(rest: &str) -> Option<(Ending, usize)> {
    if let Some(spaced) = rest.strip_prefix(' ') {
        let alone = ["এর", "কে", "তে"]
            .iter()
            .find_map(|form| spaced.strip_prefix(form));
        let after = alone.filter(|after| word_ends(after))?;
        let asks = spaced.starts_with("কে")
            && matches!(
                after.trim_start().chars().next(),
                None | Some('?' | '।' | '!' | ',' | '’' | '”')
            );
        return (!asks)
            .then(|| parse(Shape::Detached, spaced))?
            .map(|(ending, length)| (ending, 1 + length));
    }
    separated(rest).or_else(|| parse(Shape::Detached, rest))
}

/// The readings of a Bangla word as stem and ending: the longest ending first,
/// the word as it stands last. A stem keeps at least one consonant and one vowel,
/// or two consonants. Law: every reading but one in ৎ attaches back to a word
/// that `Profile::ending_after` reads with the same ending.
#[must_use]
pub fn strip(word: &str) -> Vec<(Cow<'_, str>, Ending)> {
    let mut readings = Vec::new();
    for (at, _) in word.char_indices().skip(1) {
        let (stem, rest) = word.split_at(at);
        if !is_syllable(stem) || stem.ends_with(['্', '-', '–']) {
            continue;
        }
        let Some((ending, length)) = ending_after(stem, rest) else {
            continue;
        };
        if length != rest.len() || ending.is_empty() {
            continue;
        }
        let softened = rest.starts_with('ে').then(|| stem.strip_suffix('ত'));
        readings.push((Cow::Borrowed(stem), ending.clone()));
        if let Some(before) = softened.flatten()
            && is_syllable(before)
        {
            readings.push((Cow::Owned(format!("{before}ৎ")), ending));
        }
    }
    readings.push((Cow::Borrowed(word), Ending::default()));
    readings
}

fn is_syllable(stem: &str) -> bool {
    let letters = stem.chars().filter(|&c| is_word_char(c) && c != '্');
    letters.clone().any(is_consonant) && letters.count() >= 2
}

#[cfg(test)]
mod tests;
