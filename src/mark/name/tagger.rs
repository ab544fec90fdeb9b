//! A tagger of Bangla names: an averaged perceptron over hashed features, trained
//! by `training/names/train.py`. The features here must stay those of the script.

use std::sync::LazyLock;

use super::NameKind;
use super::lexicon::{self, Class};

/// Outside, and for each kind its first word and the words behind it.
const LABELS: usize = 7;
const KINDS: [NameKind; 3] = [NameKind::Person, NameKind::Place, NameKind::Organisation];
const MAGIC: &[u8] = b"ANT1";
const HEADER: usize = 12;
/// Lengths of words in letters; longer ones count as the last.
const LENGTHS: [&str; 9] = ["0", "1", "2", "3", "4", "5", "6", "7", "8"];

static MODEL: LazyLock<Option<Model>> =
    LazyLock::new(|| Model::read(include_bytes!("bangla.tagger")));

/// Weights: bytes whose square is the weight.
struct Model {
    buckets: u64,
    /// From each label, and from the start, to each label.
    transitions: [[i32; LABELS]; LABELS + 1],
    weights: &'static [u8],
}

/// A tagged stretch of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tagged {
    pub first: usize,
    pub end: usize,
    pub kind: NameKind,
}

impl Model {
    fn read(bytes: &'static [u8]) -> Option<Self> {
        let rest = bytes.strip_prefix(MAGIC)?;
        let buckets = u32::from_le_bytes(rest.get(..4)?.try_into().ok()?);
        let labels = u32::from_le_bytes(rest.get(4..8)?.try_into().ok()?);
        let table = 2 * LABELS * (LABELS + 1);
        let weights = bytes.get(HEADER + table..)?;
        if labels as usize != LABELS || weights.len() != buckets as usize * LABELS {
            return None;
        }
        let mut transitions = [[0; LABELS]; LABELS + 1];
        let cells = bytes.get(HEADER..HEADER + table)?.chunks_exact(2);
        for (cell, value) in transitions.iter_mut().flatten().zip(cells) {
            *cell = i32::from(i16::from_le_bytes([value[0], value[1]]));
        }
        Some(Self {
            buckets: u64::from(buckets),
            transitions,
            weights,
        })
    }

    fn add(&self, scores: &mut [i32; LABELS], template: &str, value: &[&str]) {
        let mut hash: u64 = 0xCBF2_9CE4_8422_2325;
        let mut feed = |text: &str| {
            for byte in text.bytes() {
                hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
            }
        };
        feed(template);
        feed("=");
        for part in value {
            feed(part);
        }
        let bucket = (hash ^ (hash >> 29)) % self.buckets;
        let Ok(at) = usize::try_from(bucket * LABELS as u64) else {
            return;
        };
        for (score, &byte) in scores.iter_mut().zip(&self.weights[at..]) {
            let weight = i32::from(byte.cast_signed());
            *score += weight * weight.abs();
        }
    }

    fn emissions(&self, words: &[&str], at: usize, classes: &[Vec<String>]) -> [i32; LABELS] {
        let mut scores = [0; LABELS];
        let word = |d: isize| -> &str {
            match at.checked_add_signed(d) {
                None => "<",
                Some(i) => words.get(i).copied().unwrap_or(">"),
            }
        };
        let this = word(0);
        for (template, value) in [
            ("w", this),
            ("w-1", word(-1)),
            ("w+1", word(1)),
            ("w-2", word(-2)),
            ("w+2", word(2)),
        ] {
            self.add(&mut scores, template, &[value]);
        }
        self.add(&mut scores, "b-", &[word(-1), " ", this]);
        self.add(&mut scores, "b+", &[this, " ", word(1)]);
        let letters: Vec<usize> = this.char_indices().map(|(i, _)| i).collect();
        for (k, template) in [(1, "s1"), (2, "s2"), (3, "s3"), (4, "s4")] {
            if letters.len() > k {
                self.add(
                    &mut scores,
                    template,
                    &[&this[letters[letters.len() - k]..]],
                );
            }
        }
        for (k, template) in [(2, "p2"), (3, "p3"), (4, "p4")] {
            if letters.len() > k {
                self.add(&mut scores, template, &[&this[..letters[k]]]);
            }
        }
        self.add(&mut scores, "l", &[LENGTHS[letters.len().min(8)]]);
        for (d, template) in [(-2, "c-2"), (-1, "c-1"), (0, "c0"), (1, "c1"), (2, "c2")] {
            let near = at.checked_add_signed(d).and_then(|i| classes.get(i));
            for class in near.into_iter().flatten() {
                self.add(&mut scores, template, &[class]);
            }
        }
        self.add(&mut scores, "s-1", &[tail(word(-1))]);
        self.add(&mut scores, "s+1", &[tail(word(1))]);
        scores
    }

    fn labels(&self, words: &[&str]) -> Vec<usize> {
        const NEVER: i32 = -1_000_000_000;
        let classes: Vec<Vec<String>> = words.iter().map(|word| classes_of(word)).collect();
        let mut back: Vec<[usize; LABELS]> = Vec::with_capacity(words.len());
        let mut score = [0; LABELS];
        for at in 0..words.len() {
            let emit = self.emissions(words, at, &classes);
            let mut next = [NEVER; LABELS];
            let mut from = [0; LABELS];
            for to in 0..LABELS {
                if at == 0 {
                    if !goes_on(to) {
                        next[to] = self.transitions[LABELS][to] + emit[to];
                    }
                    continue;
                }
                for (before, &so_far) in score.iter().enumerate() {
                    // A word that goes on needs a word of its kind before it.
                    if goes_on(to) && (before == 0 || kind(before) != kind(to)) {
                        continue;
                    }
                    let value = so_far + self.transitions[before][to];
                    if value > next[to] {
                        next[to] = value;
                        from[to] = before;
                    }
                }
                next[to] = next[to].saturating_add(emit[to]);
            }
            score = next;
            back.push(from);
        }
        let mut label = (0..LABELS)
            .max_by_key(|&l| (score[l], LABELS - l))
            .unwrap_or(0);
        let mut path = vec![label; words.len()];
        for at in (1..words.len()).rev() {
            label = back[at][label];
            path[at - 1] = label;
        }
        path
    }
}

fn goes_on(label: usize) -> bool {
    label > 0 && label.is_multiple_of(2)
}

fn kind(label: usize) -> usize {
    label.div_ceil(2)
}

/// The last two letters.
fn tail(word: &str) -> &str {
    let start = word.char_indices().rev().nth(1).map_or(0, |(i, _)| i);
    &word[start..]
}

const CLASSES: [(Class, &str); 7] = [
    (Class::Title, "title"),
    (Class::Verb, "verb"),
    (Class::Surname, "surname"),
    (Class::Given, "given"),
    (Class::Word, "word"),
    (Class::Org, "org"),
    (Class::Place, "place"),
];

/// The classes of a word, or with a `+` those of its beginning without up to three
/// letters, which are likely its ending.
fn classes_of(word: &str) -> Vec<String> {
    let named = |of: &str, mark: &str| -> Vec<String> {
        let classes = lexicon::bangla(of);
        CLASSES
            .iter()
            .filter(|(class, _)| classes.has(*class))
            .map(|(_, name)| format!("{name}{mark}"))
            .collect()
    };
    let whole = named(word, "");
    if !whole.is_empty() {
        return whole;
    }
    let ends: Vec<usize> = word.char_indices().map(|(i, _)| i).collect();
    (1..=3)
        .filter(|k| ends.len() > k + 2)
        .map(|k| named(&word[..ends[ends.len() - k]], "+"))
        .find(|classes| !classes.is_empty())
        .unwrap_or_default()
}

/// The names among the words of one sentence, in order. Without a readable model
/// (which a test rules out) there are none.
pub(super) fn tag(words: &[&str]) -> Vec<Tagged> {
    let Some(model) = MODEL.as_ref() else {
        return Vec::new();
    };
    let mut found: Vec<Tagged> = Vec::new();
    for (at, label) in model.labels(words).into_iter().enumerate() {
        if label == 0 {
            continue;
        }
        if goes_on(label)
            && let Some(last) = found.last_mut()
        {
            last.end = at + 1;
        } else {
            found.push(Tagged {
                first: at,
                end: at + 1,
                kind: KINDS[kind(label) - 1],
            });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_model_is_readable_and_finds_a_plain_name() {
        assert!(MODEL.is_some());
        let words = ["শিক্ষক", "রফিকুল", "ইসলাম", "বলেন", ",", "তিনি", "যাবেন", "।"];
        let found = tag(&words);
        assert_eq!(
            found,
            [Tagged {
                first: 1,
                end: 3,
                kind: NameKind::Person
            }]
        );
        assert_eq!(tag(&[]), []);
    }
}
