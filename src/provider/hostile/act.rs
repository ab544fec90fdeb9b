//! The behaviours, done to the text of one answer.

use std::ops::Range;

use fastrand::Rng;

use super::{Behaviour, words};
use crate::language::{Language, Pair};
use crate::mark::quote::{self, Edge};
use crate::provider::Protection;
use crate::provider::wire::{Encoded, RESERVED};

/// What a service has before it when it misbehaves.
pub(super) struct Scene<'a> {
    /// What it was sent.
    pub(super) asked: &'a str,
    /// What it should answer.
    pub(super) answer: Encoded,
    /// Its answer to the segment before.
    pub(super) previous: Option<&'a str>,
    /// The direction.
    pub(super) pair: Pair,
    /// How holes travel to it.
    pub(super) protection: Protection,
}

/// What a service with this behaviour answers. Where there is nothing to spoil
/// (no quotation, no number), the answer is the honest one.
pub(super) fn act(behaviour: Behaviour, scene: &Scene<'_>, chance: &mut Rng) -> String {
    let target = scene.pair.target;
    let text = scene.answer.text.as_str();
    match behaviour {
        Behaviour::DropPlaceholders => {
            let some = chance.bool();
            rewritten(&scene.answer, |_| {
                (!some || chance.bool()).then(String::new)
            })
        }
        Behaviour::DoublePlaceholders => {
            let between = if chance.bool() { " " } else { "" };
            rewritten(&scene.answer, |hole| Some(format!("{hole}{between}{hole}")))
        }
        Behaviour::ReorderPlaceholders => reordered(&scene.answer, chance),
        Behaviour::RecasePlaceholders => rewritten(&scene.answer, |hole| {
            let upper = hole.to_uppercase();
            Some(if upper == hole {
                hole.to_lowercase()
            } else {
                upper
            })
        }),
        Behaviour::RespellPlaceholders => rewritten(&scene.answer, |hole| {
            Some(respelled(hole, scene.protection, chance))
        }),
        Behaviour::TranslatePlaceholders => rewritten(&scene.answer, |hole| {
            Some(translated(hole, scene.protection, chance))
        }),
        Behaviour::ShiftPlaceholders => rewritten(&scene.answer, |hole| Some(shifted(hole))),
        Behaviour::StripQuotes => marks(text, |_, _, _| Some(String::new())),
        Behaviour::StraightenQuotes => marks(text, |_, c, _| {
            Some(
                if matches!(c, '‘' | '’') {
                    "'"
                } else {
                    "\""
                }
                .to_owned(),
            )
        }),
        Behaviour::DropClosingQuote => {
            let last = quote::scan(text).len().saturating_sub(1);
            marks(text, |i, _, _| (i == last).then(String::new))
        }
        Behaviour::InventQuotes => quoted(text, target, chance),
        Behaviour::MoveStopOut => moved_out(text),
        Behaviour::ChangeNumber => changed(text, scene.protection, chance),
        Behaviour::SwapScales => swapped(text),
        Behaviour::InventNumber => invented(text, target, chance),
        Behaviour::EchoSource => scene.asked.to_owned(),
        Behaviour::Empty => if chance.bool() { "" } else { " \n" }.to_owned(),
        Behaviour::PreviousSegment => scene.previous.unwrap_or(text).to_owned(),
        Behaviour::HalfSentence => half(text, chance),
        Behaviour::Entities => escaped(text, chance),
        Behaviour::Markup => marked_up(text, chance),
        Behaviour::Refusal => pick(words::refusals(target), chance).to_owned(),
        Behaviour::Preamble => {
            let (before, after) = words::FRAMES[chance.usize(..words::FRAMES.len())];
            format!("{before}{text}{after}")
        }
        Behaviour::OtherLanguage => foreign(&scene.answer, target, chance),
        Behaviour::Endless => {
            let mut out = text.to_owned();
            for _ in 1..100 {
                out.push(' ');
                out.push_str(text);
            }
            out
        }
        Behaviour::ControlCharacters => controlled(text, chance),
        Behaviour::ObeyInstruction => {
            let asked = scene.asked.to_lowercase();
            if words::ORDERS.iter().any(|order| asked.contains(order)) {
                pick(&words::OBEDIENCE, chance).to_owned()
            } else {
                text.to_owned()
            }
        }
    }
}

fn pick<'t>(from: &[&'t str], chance: &mut Rng) -> &'t str {
    chance.choice(from).copied().unwrap_or_default()
}

/// Where the placeholders and the tags of markup stand, in order, without the endings
/// behind them.
fn places(answer: &Encoded) -> Vec<Range<usize>> {
    let mut holes: Vec<Range<usize>> = (answer.holes.iter())
        .map(|(_, hole)| {
            let text = &answer.text[hole.clone()];
            let own = match text.chars().next() {
                Some('<') => text.find('>').map(|at| at + 1),
                Some(c) if RESERVED.contains(&c) => Some(c.len_utf8()),
                _ => None,
            };
            hole.start..own.map_or(hole.end, |own| hole.start + own)
        })
        .chain(answer.markup.iter().cloned())
        .collect();
    holes.sort_by_key(|hole| hole.start);
    holes
}

/// The text with every placeholder as `write` has it; `None` leaves it.
fn rewritten(answer: &Encoded, mut write: impl FnMut(&str) -> Option<String>) -> String {
    let holes = places(answer);
    let mut out = String::with_capacity(answer.text.len());
    let mut at = 0;
    for hole in holes {
        out.push_str(&answer.text[at..hole.start]);
        let text = &answer.text[hole.clone()];
        match write(text) {
            Some(other) => out.push_str(&other),
            None => out.push_str(text),
        }
        at = hole.end;
    }
    out.push_str(&answer.text[at..]);
    out
}

fn reordered(answer: &Encoded, chance: &mut Rng) -> String {
    let mut holes: Vec<String> = Vec::new();
    let _ = rewritten(answer, |hole| {
        holes.push(hole.to_owned());
        None
    });
    chance.shuffle(&mut holes);
    rewritten(answer, |_| holes.pop())
}

fn respelled(hole: &str, protection: Protection, chance: &mut Rng) -> String {
    if protection != Protection::Tags {
        // A letter falls out; a character that was to be copied gets company.
        let at = chance.usize(..hole.chars().count().max(1));
        let out: String = (hole.chars().enumerate())
            .filter_map(|(i, c)| (i != at).then_some(c))
            .collect();
        return if out.is_empty() {
            format!("{hole}\u{E00E}")
        } else {
            out
        };
    }
    let number: String = hole.chars().filter(char::is_ascii_digit).collect();
    match chance.u8(..6) {
        0 => format!("< x id = '{number}' / >"),
        1 => format!("＜x id=“{number}”／＞"),
        2 => format!("&lt;x id=\"{number}\"/&gt;"),
        3 => format!("[x id {number}]"),
        4 => format!("__x{number}__"),
        _ => format!("<x id=\"{number}\">value</x>"),
    }
}

fn translated(hole: &str, protection: Protection, chance: &mut Rng) -> String {
    if protection != Protection::Tags {
        return pick(&["স্থান", "value", "সূর্য", "…", "The Sun"], chance).to_owned();
    }
    let digits: String = (hole.chars().filter(char::is_ascii_digit))
        .filter_map(|c| char::from_u32(c as u32 - '0' as u32 + '০' as u32))
        .collect();
    match chance.u8(..4) {
        0 => format!("<এক্স আইডি=\"{digits}\"/>"),
        1 => format!("<x আইডি=\"{digits}\"/>"),
        2 => format!("<x id=\"{digits}\"/>"),
        _ => format!("এক্স আইডি {digits}"),
    }
}

/// Every digit one higher, every character to be copied the next one.
fn shifted(hole: &str) -> String {
    hole.chars()
        .map(|c| match c {
            '0'..='8' | '০'..='৮' => char::from_u32(c as u32 + 1).unwrap_or(c),
            '9' => '0',
            '৯' => '০',
            c if RESERVED.contains(&c) => char::from_u32(c as u32 + 1).unwrap_or(c),
            c => c,
        })
        .collect()
}

/// The text with its quotation marks as `write` has them: number, glyph, edge.
fn marks(text: &str, write: impl Fn(usize, char, Option<Edge>) -> Option<String>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (i, (span, edge)) in quote::scan(text).into_iter().enumerate() {
        let glyph = span.slice(text);
        out.push_str(&text[at..span.start()]);
        match write(i, glyph.chars().next().unwrap_or('"'), edge) {
            Some(other) => out.push_str(&other),
            None => out.push_str(glyph),
        }
        at = span.end();
    }
    out.push_str(&text[at..]);
    out
}

/// One word in quotation marks.
fn quoted(text: &str, target: Language, chance: &mut Rng) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    let at = chance.usize(..words.len().max(1));
    let plain = |word: &str| word.chars().all(char::is_alphabetic) && !word.is_empty();
    let (open, close) = if target == Language::BANGLA {
        ('‘', '’')
    } else {
        ('“', '”')
    };
    words
        .iter()
        .enumerate()
        .map(|(i, word)| {
            if i == at && plain(word) {
                format!("{open}{word}{close}")
            } else {
                (*word).to_owned()
            }
        })
        .collect::<Vec<_>>()
        .join(" ")
}

fn moved_out(text: &str) -> String {
    let mut out: Vec<char> = text.chars().collect();
    for i in 1..out.len() {
        if matches!(out[i], '”' | '’' | '"') && matches!(out[i - 1], '।' | '.') {
            out.swap(i - 1, i);
        }
    }
    out.into_iter().collect()
}

/// A digit of the text, one more or one less; none of a placeholder of tags.
fn changed(text: &str, protection: Protection, chance: &mut Rng) -> String {
    let mut places = Vec::new();
    let mut in_tag = false;
    for (at, c) in text.char_indices() {
        match c {
            '<' => in_tag = protection == Protection::Tags,
            '>' => in_tag = false,
            '0'..='9' | '০'..='৯' if !in_tag => places.push((at, c)),
            _ => {}
        }
    }
    let Some(&(at, c)) = chance.choice(&places) else {
        return text.to_owned();
    };
    let other = match c {
        '0' | '০' => c as u32 + 1,
        _ => c as u32 - 1,
    };
    let mut out = text.to_owned();
    let put = char::from_u32(other).unwrap_or(c).to_string();
    out.replace_range(at..at + c.len_utf8(), &put);
    out
}

fn swapped(text: &str) -> String {
    for (one, other) in words::SCALES {
        for (from, to) in [(one, other), (other, one)] {
            if text.contains(from) {
                return text.replacen(from, to, 1);
            }
        }
    }
    text.to_owned()
}

fn invented(text: &str, target: Language, chance: &mut Rng) -> String {
    let value = chance.u32(2..5000).to_string();
    let value = crate::language::profile(target).native_digits(&value);
    match text.find(' ') {
        Some(at) => format!("{} {value}{}", &text[..at], &text[at..]),
        None => format!("{value} {text}"),
    }
}

/// The words up to the middle of the letters; of a few words, all: half of them
/// may be a translation.
fn half(text: &str, chance: &mut Rng) -> String {
    if text.split(' ').count() < 10 {
        return text.to_owned();
    }
    let middle = text.chars().count() * 9 / 20;
    let mut out = String::new();
    for word in text.split(' ') {
        if !out.is_empty() {
            if out.chars().count() + word.chars().count() > middle {
                break;
            }
            out.push(' ');
        }
        out.push_str(word);
    }
    if chance.bool() {
        out.push(if text.contains('।') { '।' } else { '.' });
    }
    out
}

fn escaped(text: &str, chance: &mut Rng) -> String {
    let twice = chance.bool();
    let mut out = String::with_capacity(text.len() * 2);
    for c in text.chars() {
        match c {
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '“' => out.push_str("&ldquo;"),
            '”' => out.push_str("&rdquo;"),
            '‘' => out.push_str("&#8216;"),
            '’' => out.push_str("&#x2019;"),
            '&' if twice => out.push_str("&amp;"),
            ' ' if chance.u8(..8) == 0 => out.push_str("&nbsp;"),
            c => out.push(c),
        }
    }
    out
}

fn marked_up(text: &str, chance: &mut Rng) -> String {
    match chance.u8(..5) {
        0 => format!("**{text}**"),
        1 => format!("<p>{text}</p>"),
        2 => format!("```\n{text}\n```"),
        3 => format!("<b>{text}</b><br>"),
        _ => format!("{{\"translation\": \"{text}\"}}"),
    }
}

/// The words of another language, with or without the placeholders; two or three
/// of them may be a name, and stay.
fn foreign(answer: &Encoded, target: Language, chance: &mut Rng) -> String {
    if answer.text.split(' ').count() < 4 {
        return answer.text.clone();
    }
    let sentence = pick(words::others(target), chance);
    if chance.bool() {
        return format!("{sentence}.");
    }
    let mut words = sentence.split_inclusive(' ').cycle();
    let mut out = String::new();
    let holes = places(answer);
    let mut at = 0;
    let mut fill = |out: &mut String, text: &str| {
        // As many words as there were; marks and punctuation stay.
        for word in text.split_inclusive(' ') {
            if word.contains(char::is_alphabetic) {
                let lead = word.len() - word.trim_start_matches(|c: char| !c.is_alphabetic()).len();
                let tail = word.trim_end_matches(|c: char| !c.is_alphabetic()).len();
                out.push_str(&word[..lead]);
                out.push_str(words.next().unwrap_or_default().trim_end());
                out.push_str(&word[tail.max(lead)..]);
            } else {
                out.push_str(word);
            }
        }
    };
    for hole in holes {
        fill(&mut out, &answer.text[at..hole.start]);
        out.push_str(&answer.text[hole.clone()]);
        at = hole.end;
    }
    fill(&mut out, &answer.text[at..]);
    out
}

fn controlled(text: &str, chance: &mut Rng) -> String {
    const CONTROLS: [char; 7] = [
        '\0', '\u{202E}', '\u{2066}', '\u{200F}', '\u{FEFF}', '\u{7}', '\u{2028}',
    ];
    let mut out = String::with_capacity(text.len() * 2);
    for c in text.chars() {
        if c.is_whitespace() && chance.u8(..3) == 0 {
            out.push(CONTROLS[chance.usize(..CONTROLS.len())]);
        }
        out.push(c);
    }
    out.push('\0');
    out
}
