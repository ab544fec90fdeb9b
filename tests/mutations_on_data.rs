//! What the checks catch: human translations are damaged in one way each, and it
//! is counted how often a check says so.
//!
//! Each kind of damage is done wherever a line allows it. A line that some check
//! fires on before the damage is left out, so that only the damage counts. The test
//! fails where a share falls below its bound; `docs/checks.md` records the figures.
//! It skips, and says so, where the data are absent.

#[path = "kit/checked.rs"]
mod checked;

use std::collections::BTreeMap;
use std::fs;

use anubad::language::Pair;
use anubad::verify::speakers::speakers;
use anubad::verify::{Finding, Severity};

/// A way to damage a line: the damaged line, where the line has what it takes.
type Mutation = fn(&str) -> Option<String>;

/// The damages, what they are called, and the least share (in per cent) that has to
/// be caught of those done to the English and to the Bangla side.
const MUTATIONS: [(&str, Mutation, [f64; 2]); 17] = [
    ("a digit is another one", shift_digit, [95.0, 95.0]),
    ("a digit is dropped", drop_digit, [95.0, 95.0]),
    ("a scale is another one", swap_scale, [95.0, 95.0]),
    ("a weekday is another one", swap_weekday, [95.0, 95.0]),
    ("a month is another one", swap_month, [95.0, 95.0]),
    (
        "percent is left out with its figure",
        drop_percent,
        [80.0, 95.0],
    ),
    ("a number is added", add_number, [95.0, 95.0]),
    ("the closing mark is dropped", drop_closing, [95.0, 95.0]),
    ("all quotation marks are dropped", drop_marks, [95.0, 95.0]),
    ("quotation marks are added", add_marks, [95.0, 95.0]),
    ("the last bracket is dropped", drop_bracket, [95.0, 95.0]),
    ("all but the first third is dropped", shorten, [80.0, 80.0]),
    ("the end is said again and again", repeat, [95.0, 95.0]),
    (
        "an introduction stands before it",
        |text| Some(introduce(text)),
        [95.0, 95.0],
    ),
    (
        "markup is added",
        |text| Some(add_markup(text)),
        [95.0, 95.0],
    ),
    ("a placeholder is left", add_placeholder, [95.0, 95.0]),
    (
        "nothing is left but the source's script",
        |text| Some(no_words(text)),
        [95.0, 95.0],
    ),
];

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('০'..='৯').contains(&c)
}

/// The next digit in its own script; 9 becomes 8.
fn other_digit(c: char) -> char {
    let up = !matches!(c, '9' | '৯');
    char::from_u32(if up { c as u32 + 1 } else { c as u32 - 1 }).unwrap()
}

/// Replaces the first character that `pick` takes.
fn change(text: &str, pick: impl Fn(char) -> bool, by: impl Fn(char) -> String) -> Option<String> {
    let at = text.find(&pick)?;
    let c = text[at..].chars().next()?;
    Some(format!(
        "{}{}{}",
        &text[..at],
        by(c),
        &text[at + c.len_utf8()..]
    ))
}

fn shift_digit(text: &str) -> Option<String> {
    change(text, is_digit, |c| other_digit(c).to_string())
}

/// Of a figure of two digits or more the first.
fn drop_digit(text: &str) -> Option<String> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let pair = chars
        .windows(2)
        .position(|w| is_digit(w[0].1) && is_digit(w[1].1) && !matches!(w[0].1, '0' | '০'))?;
    let (at, c) = chars[pair];
    Some(format!("{}{}", &text[..at], &text[at + c.len_utf8()..]))
}

/// The first of `words` that stands in the text as a word becomes the next one.
fn swap(text: &str, words: &[&str]) -> Option<String> {
    let stands = |at: usize, word: &str| {
        let end = at + word.len();
        let is_edge = |c: Option<char>| {
            c.is_none_or(|c| !c.is_alphanumeric() && !('\u{981}'..='\u{9d7}').contains(&c))
        };
        is_edge(text[..at].chars().next_back()) && is_edge(text[end..].chars().next())
    };
    words.iter().enumerate().find_map(|(i, word)| {
        let (at, _) = text.match_indices(word).find(|(at, _)| stands(*at, word))?;
        let other = words[(i + 1) % words.len()];
        Some(format!(
            "{}{other}{}",
            &text[..at],
            &text[at + word.len()..]
        ))
    })
}

/// A scale behind a figure; of other words that are spelled so nothing is said.
fn swap_scale(text: &str) -> Option<String> {
    let swapped = swap(text, &["million", "lakh", "billion"])
        .or_else(|| swap(text, &["লাখ", "মিলিয়ন", "কোটি"]))?;
    let at = text
        .bytes()
        .zip(swapped.bytes())
        .position(|(a, b)| a != b)?;
    let at = (0..=at).rev().find(|&at| text.is_char_boundary(at))?;
    let before = text[..at].trim_end();
    before.ends_with(is_digit).then_some(swapped)
}

fn swap_weekday(text: &str) -> Option<String> {
    swap(
        text,
        &[
            "Sunday",
            "Monday",
            "Tuesday",
            "Wednesday",
            "Thursday",
            "Friday",
            "Saturday",
        ],
    )
    .or_else(|| {
        swap(
            text,
            &[
                "রোববার",
                "সোমবার",
                "মঙ্গলবার",
                "বুধবার",
                "বৃহস্পতিবার",
                "শুক্রবার",
                "শনিবার",
            ],
        )
    })
}

fn swap_month(text: &str) -> Option<String> {
    swap(
        text,
        &[
            "January",
            "February",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ],
    )
    .or_else(|| {
        swap(
            text,
            &[
                "জানুয়ারি",
                "ফেব্রুয়ারি",
                "জুন",
                "জুলাই",
                "আগস্ট",
                "সেপ্টেম্বর",
                "অক্টোবর",
                "নভেম্বর",
                "ডিসেম্বর",
            ],
        )
    })
}

/// A figure with the word behind it.
fn drop_percent(text: &str) -> Option<String> {
    let (at, word) = ["percent", "per cent", "শতাংশ", "%"]
        .iter()
        .find_map(|word| Some((text.find(word)?, *word)))?;
    let before = text[..at].trim_end();
    let figure = before.trim_end_matches(|c: char| is_digit(c) || matches!(c, '.' | ','));
    (figure.len() < before.len()).then(|| format!("{figure}{}", &text[at + word.len()..]))
}

fn add_number(text: &str) -> Option<String> {
    let bangla = text.contains(|c| ('ক'..='হ').contains(&c));
    let (number, at) = (if bangla { " ৪৩৭ জন" } else { " 437" }, text.find(' ')?);
    Some(format!("{}{number}{}", &text[..at], &text[at..]))
}

fn is_mark(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '‘')
}

fn drop_closing(text: &str) -> Option<String> {
    let at = text.rfind(['"', '”'])?;
    let c = text[at..].chars().next()?;
    Some(format!("{}{}", &text[..at], &text[at + c.len_utf8()..]))
}

fn drop_marks(text: &str) -> Option<String> {
    let out: String = text
        .chars()
        .filter(|c| !matches!(c, '"' | '“' | '”'))
        .collect();
    (out != text).then_some(out)
}

/// The last bracket, if all have partners.
fn drop_bracket(text: &str) -> Option<String> {
    let at = text.rfind(')')?;
    (text.matches('(').count() == text.matches(')').count())
        .then(|| format!("{}{}", &text[..at], &text[at + 1..]))
}

fn add_marks(text: &str) -> Option<String> {
    if text.contains(is_mark) {
        return None;
    }
    let (first, rest) = text.split_once(' ')?;
    let (second, rest) = rest.split_once(' ')?;
    Some(format!("{first} “{second}” {rest}"))
}

fn shorten(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split(' ').collect();
    (words.len() >= 12).then(|| words[..words.len() / 3].join(" "))
}

fn repeat(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let last = words.get(words.len().checked_sub(4)?..)?.join(" ");
    Some(format!("{text} {last} {last} {last}"))
}

fn introduce(text: &str) -> String {
    format!("Sure, here is the translation: {text}")
}

fn add_markup(text: &str) -> String {
    format!("<b>{text}</b>")
}

fn add_placeholder(text: &str) -> Option<String> {
    let at = text.find(' ')?;
    Some(format!("{} __TERM_3__{}", &text[..at], &text[at..]))
}

/// The other script for every letter: what an engine does that gives back its source.
fn no_words(text: &str) -> String {
    let bangla = text.contains(|c| ('ক'..='হ').contains(&c));
    let other = |c: char| match (bangla, c) {
        (true, 'ক'..='হ') => 'a',
        (false, 'a'..='z') => 'ক',
        _ => c,
    };
    text.chars().map(other).collect()
}

#[derive(Default)]
struct Caught {
    done: usize,
    caught: usize,
    by_check: BTreeMap<&'static str, usize>,
}

impl Caught {
    fn count(&mut self, checks: &[&'static str]) {
        self.done += 1;
        self.caught += usize::from(!checks.is_empty());
        for check in checks {
            *self.by_check.entry(check).or_default() += 1;
        }
    }
}

fn loud(findings: &[Finding]) -> Vec<&'static str> {
    let mut checks: Vec<&'static str> = (findings.iter())
        .filter(|f| f.severity > Severity::Note)
        .map(|f| f.check)
        .collect();
    checks.sort_unstable();
    checks.dedup();
    checks
}

/// A person of the translation is left out, or two change places beside speech.
#[test]
fn lost_and_exchanged_persons_are_told() {
    let sets = [
        ("risingnews", "RisingNews.valid.en", "RisingNews.valid.bn"),
        ("flores/en-bn", "flores-dev.en", "flores-dev.bn"),
    ];
    for (set, english, bangla) in sets {
        if let Some(folder) = checked::data(set)
            && let (Ok(english), Ok(bangla)) = (
                fs::read_to_string(folder.join(english)),
                fs::read_to_string(folder.join(bangla)),
            )
        {
            persons_are_told(set, &english, &bangla);
        }
    }
}

fn persons_are_told(set: &str, english: &str, bangla: &str) {
    let glossary = checked::glossary();
    for pair in [Pair::BN_EN, Pair::EN_BN] {
        let (source, target) = if pair == Pair::BN_EN {
            (bangla, english)
        } else {
            (english, bangla)
        };
        let (mut lost, mut exchanged) = (Caught::default(), Caught::default());
        let mut alarms = 0;
        for (source, target) in source.lines().zip(target.lines()) {
            let (source, target) = (checked::unescaped(source), checked::unescaped(target));
            let named = checked::named(&glossary, pair, &source, &target);
            for finding in named.findings.iter().filter(|f| f.check == "speakers") {
                alarms += 1;
                eprintln!("{pair} {}\n    {source}\n    {target}", finding.message);
            }
            if !loud(&named.findings).is_empty() {
                continue;
            }
            let text = &named.target;
            // One that is held cannot be lost: an answer without it is no answer.
            for person in &named.people[named.held..] {
                let left_out = format!(
                    "{}{}",
                    &text[..person.target.start],
                    &text[person.target.end..]
                );
                let also = loud(&checked::named(&glossary, pair, &source, &left_out).findings);
                let values = loud(&checked::findings(&glossary, pair, &source, &left_out));
                lost.count(&[also, values].concat());
            }
            let spoken = speakers(pair.target, text, named.people.iter().map(|p| &p.target));
            for (i, a) in named.people.iter().enumerate() {
                for (j, b) in named.people.iter().enumerate().skip(i + 1) {
                    // Elsewhere word order is free.
                    let is_spoken = spoken.contains(&Some(i)) || spoken.contains(&Some(j));
                    let reports = text.contains(" said ") || text.contains("বলেন");
                    if !(is_spoken || reports && named.people.len() == 2) {
                        continue;
                    }
                    let (a, b) = (&a.target, &b.target);
                    let (a, b) = if a.start < b.start { (a, b) } else { (b, a) };
                    let (Some(between), true) =
                        (text.get(a.end..b.start), text[a.clone()] != text[b.clone()])
                    else {
                        continue;
                    };
                    let (before, after) = (&text[..a.start], &text[b.end..]);
                    let (a, b) = (&text[a.clone()], &text[b.clone()]);
                    let swapped = format!("{before}{b}{between}{a}{after}");
                    let checks = loud(&checked::named(&glossary, pair, &source, &swapped).findings);
                    if checks.is_empty() && std::env::var("ANUBAD_SHOW").is_ok() {
                        eprintln!("{pair} exchanged\n    {source}\n    {swapped}");
                    }
                    exchanged.count(&checks);
                }
            }
        }
        eprintln!(
            "{set} {pair} a person is left out: {} of {} {:?}; a speaker and another exchanged: {} of {} {:?}; \
             speakers fires on {alarms} undamaged lines",
            lost.caught,
            lost.done,
            lost.by_check,
            exchanged.caught,
            exchanged.done,
            exchanged.by_check
        );
        assert!(alarms <= 3, "{pair}: {alarms}");
        assert!(
            set != "risingnews" || lost.caught * 10 >= lost.done * 8,
            "{pair}: {} of {}",
            lost.caught,
            lost.done
        );
    }
}

#[test]
fn damage_is_caught() {
    let Some(folder) = checked::data("risingnews") else {
        return;
    };
    let read = |side| fs::read_to_string(folder.join(format!("RisingNews.valid.{side}")));
    let (Ok(english), Ok(bangla)) = (read("en"), read("bn")) else {
        eprintln!("skipped: no RisingNews");
        return;
    };
    let glossary = checked::glossary();
    let mut failures = Vec::new();
    for (pair, at) in [(Pair::BN_EN, 0), (Pair::EN_BN, 1)] {
        let (source, target) = if at == 0 {
            (&bangla, &english)
        } else {
            (&english, &bangla)
        };
        let mut table: Vec<Caught> = MUTATIONS.iter().map(|_| Caught::default()).collect();
        for (source, target) in source.lines().zip(target.lines()) {
            let (source, target) = (checked::unescaped(source), checked::unescaped(target));
            if !loud(&checked::findings(&glossary, pair, &source, &target)).is_empty() {
                continue;
            }
            for ((name, mutate, _), caught) in MUTATIONS.iter().zip(&mut table) {
                let Some(damaged) = mutate(&target) else {
                    continue;
                };
                let checks = loud(&checked::findings(&glossary, pair, &source, &damaged));
                if checks.is_empty() && std::env::var("ANUBAD_SHOW").is_ok_and(|c| c == *name) {
                    eprintln!("{pair} {name}\n    {source}\n    {damaged}");
                }
                caught.count(&checks);
            }
        }
        for ((name, _, bounds), caught) in MUTATIONS.iter().zip(&table) {
            let share = 100.0 * caught.caught as f64 / caught.done.max(1) as f64;
            eprintln!(
                "{pair} {name}: {} of {} ({share:.1} %) {:?}",
                caught.caught, caught.done, caught.by_check
            );
            if caught.done > 0 && share < bounds[at] {
                failures.push(format!("{pair} {name}: {share:.1} %"));
            }
        }
    }
    assert!(failures.is_empty(), "{failures:#?}");
}
