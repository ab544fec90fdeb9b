//! Measures transliteration on a list of name pairs, word by word:
//!
//! ```text
//! cargo run --release --example transliteration_eval -- TESTFILE [train|dev|test]
//! ```
//!
//! TESTFILE is tab-separated, English and Bangla in either order; a name of several
//! words counts where both sides have as many. With a split named, only names of
//! that split are used (`training/transliteration/pairs.py` divides in the same
//! way), and the words that its train split does not hold are reported apart.
//!
//! A word is right where the rendering equals one that the evaluated part gives for
//! it. The error rate is the edit distance, in characters, to the nearest of these,
//! by its length. Words count as often as they occur.

use std::collections::{BTreeMap, HashSet};
use std::time::Instant;

use anubad::language::transliterate::{Knowledge, Transliterator};
use unicode_normalization::UnicodeNormalization;

fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let Some(path) = arguments.next() else {
        anyhow::bail!("usage: transliteration_eval TESTFILE [train|dev|test]");
    };
    let split = arguments.next();
    let text = std::fs::read_to_string(&path)?;
    let mut evaluated = Vec::new();
    let (mut known_english, mut known_bangla) = (HashSet::new(), HashSet::new());
    for (english, bangla) in text.lines().filter_map(sides) {
        let part = split_of(english);
        if split.as_deref().is_none_or(|wanted| wanted == part) {
            evaluated.extend(words(english, bangla));
        }
        if part == "train" {
            for (e, b) in words(english, bangla) {
                known_english.insert(e);
                known_bangla.insert(b);
            }
        }
    }
    println!("direction words    knowledge       n  top-1  top-5    CER  words/s (of 5)");
    for into_bangla in [true, false] {
        let pairs: Vec<(&str, &str)> = evaluated
            .iter()
            .map(|(e, b)| {
                if into_bangla {
                    (e.as_str(), b.as_str())
                } else {
                    (b.as_str(), e.as_str())
                }
            })
            .collect();
        let known = if into_bangla {
            &known_english
        } else {
            &known_bangla
        };
        let new: Vec<_> = pairs
            .iter()
            .copied()
            .filter(|(source, _)| !known.contains(*source))
            .collect();
        let mut sets = vec![("all", &pairs)];
        if split.is_some() {
            sets.push(("unseen", &new));
        }
        for (title, pairs) in sets {
            for knowledge in [Knowledge::Rules, Knowledge::Tables, Knowledge::Full] {
                let with = Transliterator::with_knowledge(into_bangla, knowledge)?;
                let direction = if into_bangla { "en-bn" } else { "bn-en" };
                println!(
                    "{direction:9} {title:8} {knowledge:9?} {}",
                    measured(&with, pairs)
                );
            }
        }
    }
    Ok(())
}

fn measured(transliterator: &Transliterator, pairs: &[(&str, &str)]) -> String {
    let mut references: BTreeMap<&str, (u32, HashSet<&str>)> = BTreeMap::new();
    for &(source, target) in pairs {
        let entry = references.entry(source).or_default();
        entry.0 += 1;
        entry.1.insert(target);
    }
    let (mut n, mut first, mut five, mut error) = (0.0, 0.0, 0.0, 0.0);
    let started = Instant::now();
    for (source, (count, targets)) in &references {
        let weight = f64::from(*count);
        let renderings: Vec<String> = transliterator
            .candidates(source, 5)
            .into_iter()
            .map(|c| c.text.to_lowercase().trim_end_matches('.').to_owned())
            .collect();
        n += weight;
        first += weight * f64::from(u8::from(targets.contains(renderings[0].as_str())));
        five += weight
            * f64::from(u8::from(
                renderings.iter().any(|r| targets.contains(r.as_str())),
            ));
        let nearest = targets.iter().map(|t| error_rate(&renderings[0], t));
        error += weight * nearest.fold(f64::INFINITY, f64::min);
    }
    let speed = f64::from(u32::try_from(references.len()).unwrap_or(u32::MAX))
        / started.elapsed().as_secs_f64();
    format!(
        "{n:7.0} {:6.1} {:6.1} {:6.3}  {speed:.0}",
        100.0 * first / n,
        100.0 * five / n,
        error / n
    )
}

/// English and Bangla, whichever comes first in the line.
fn sides(line: &str) -> Option<(&str, &str)> {
    let mut cells = line.split('\t');
    let (a, b) = (cells.next()?, cells.next()?);
    Some(if a.chars().any(is_bangla) {
        (b, a)
    } else {
        (a, b)
    })
}

fn is_bangla(c: char) -> bool {
    ('\u{980}'..='\u{9FF}').contains(&c)
}

fn split_of(name: &str) -> &'static str {
    let mut hash: u64 = 0xCBF2_9CE4_8422_2325;
    for byte in name.trim().bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
    }
    match (hash >> 32) % 10 {
        8 => "dev",
        9 => "test",
        _ => "train",
    }
}

/// The words of a pair, where they correspond one to one; initials left out.
fn words(english: &str, bangla: &str) -> Vec<(String, String)> {
    let split = |text: &str| -> Vec<String> {
        text.split(|c: char| c.is_whitespace() || "-–./".contains(c))
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let left: Vec<String> = split(&english.nfc().collect::<String>().to_lowercase());
    let right: Vec<String> = split(&canonical(bangla));
    if left.len() != right.len() {
        return Vec::new();
    }
    left.into_iter()
        .map(|word| word.replace(['’', '\'', 'ʼ', 'ʻ', '‘', '`'], ""))
        .zip(right)
        .filter(|(e, b)| {
            e.chars().count() > 1
                && e.chars().all(char::is_alphabetic)
                && b.chars().all(|c| is_bangla(c) || c == '\u{200D}')
        })
        .collect()
}

/// Precomposed ড় ঢ় য়, joiners only in র‍্য.
fn canonical(text: &str) -> String {
    text.nfc()
        .collect::<String>()
        .replace("ড\u{9BC}", "\u{9DC}")
        .replace("ঢ\u{9BC}", "\u{9DD}")
        .replace("য\u{9BC}", "\u{9DF}")
        .replace("র\u{200C}\u{9CD}য", "র\u{1}")
        .replace("র\u{200D}\u{9CD}য", "র\u{1}")
        .replace(['\u{200B}', '\u{200C}', '\u{200D}', '\u{FEFF}'], "")
        .replace('\u{1}', "\u{200D}\u{9CD}য")
}

fn error_rate(rendering: &str, reference: &str) -> f64 {
    let target: Vec<char> = reference.chars().collect();
    let mut row: Vec<u32> = (0..).take(target.len() + 1).collect();
    for (i, left) in (1..).zip(rendering.chars()) {
        let mut diagonal = std::mem::replace(&mut row[0], i);
        for (j, &right) in target.iter().enumerate() {
            let changed = diagonal + u32::from(left != right);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(row[j + 1] + 1);
        }
    }
    f64::from(row[target.len()]) / f64::from(u32::try_from(target.len()).unwrap_or(u32::MAX))
}
