//! Names from one script into the other: English → Bangla as newsrooms spell by
//! ear, Bangla → English as Bangladesh's English papers spell.
//!
//! Each word of a name is rendered by what knows it best: an initial by its
//! letter name, a settled word by `exceptions.tsv`, any other by two trained
//! tables (of names, and of words at large; see `training/transliteration/`) that
//! prefer words which are known to be written so,
//! and what they cannot read by rule. What is in neither script (digits, an `&`)
//! stays as it is.

mod decode;
mod exceptions;
mod initials;
mod known;
mod name;
mod rules;
mod script;
mod table;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Arc, LazyLock};

use decode::Decoder;
pub use initials::{is_letter_name, spelled_out};
use known::Known;
use name::Part;
use table::Table;
pub use table::TableError;

/// Which script is read and which is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Direction {
    LatinToBangla,
    BanglaToLatin,
}

/// One rendering of a name.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// The name in the other script, in canonical form.
    pub text: String,
    /// The natural logarithm of its probability given the source name.
    pub score: f64,
}

/// What stands behind the renderings; for measuring one against another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Knowledge {
    /// The letter-by-letter rules alone.
    Rules,
    /// The trained tables, and the rules where these cannot read a word.
    Tables,
    /// The settled words before the tables before the rules.
    Full,
}

/// Renders names in the other script.
#[derive(Debug)]
pub struct Transliterator {
    direction: Direction,
    exceptions: HashMap<&'static str, Vec<&'static str>>,
    tables: Vec<(Decoder, f64)>,
    /// The known words of the written language, and what each set of them adds.
    known: Vec<(Known, f64)>,
}

/// The trained tables and how likely a word is to come from each, before it is read:
/// most are names, yet some names are made of everyday words.
const TABLES: [(&[u8], f64); 2] = [
    (include_bytes!("transliterate/names.table"), 0.85),
    (include_bytes!("transliterate/words.table"), 0.15),
];

/// Bangla words that are known, and how much likelier, in nats, a rendering is that is
/// one of them: words of texts, and words of names. Measured on the dev split.
const KNOWN: [(&[u8], f64); 2] = [
    (include_bytes!("transliterate/texts.words"), 1.5),
    (include_bytes!("transliterate/names.words"), 1.0),
];

/// How likely a settled word is spelled as it is settled; the rest is the tables'.
const SETTLED: f64 = 0.95;
/// What each further variant of a settled word keeps of the one before it.
const NEXT_VARIANT: f64 = 0.25;
/// How many of the tables' renderings are weighed against each other…
const WEIGHED: usize = 16;
/// …and how much an expected error of one character in one costs, in nats.
const CONSENSUS: f64 = 8.0;
/// ln p of a rendering that nothing but the rules or the count of letters speaks for…
const BY_RULE: f64 = -12.0;
/// …and what every letter costs by which it differs from the rules' rendering.
const PER_LETTER: f64 = -4.0;
/// The longest word that is read, in characters; what is longer is no word of a name, and
/// goes by rule: to weigh its renderings takes the square of its length.
const LONGEST: usize = 48;
/// ln p of a word that stands on one side only (a middle name left out).
const UNMATCHED: f64 = -15.0;

/// A table and its share.
type Weighed = (Arc<Table>, f64);

/// The tables, the same for both directions.
static READ: LazyLock<Result<Vec<Weighed>, TableError>> = LazyLock::new(|| {
    let read = |(bytes, share): &(&[u8], f64)| Ok((Arc::new(Table::read(bytes)?), *share));
    TABLES.iter().map(read).collect()
});

static ENGLISH_TO_BANGLA: LazyLock<Transliterator> =
    LazyLock::new(|| Transliterator::embedded(Direction::LatinToBangla));
static BANGLA_TO_ENGLISH: LazyLock<Transliterator> =
    LazyLock::new(|| Transliterator::embedded(Direction::BanglaToLatin));

/// How likely words are in each table, however they are rendered: what scores are divided by.
#[derive(Debug, Default)]
pub struct Totals(HashMap<String, Vec<f64>>);

impl Transliterator {
    /// English names into Bangla script. Loaded at first use, in a few milliseconds.
    #[must_use]
    pub fn english_to_bangla() -> &'static Self {
        &ENGLISH_TO_BANGLA
    }

    /// Bangla names into Latin script.
    #[must_use]
    pub fn bangla_to_english() -> &'static Self {
        &BANGLA_TO_ENGLISH
    }

    /// With less than full knowledge, to measure what each part of it brings.
    ///
    /// # Errors
    /// Where an embedded table is damaged.
    pub fn with_knowledge(into_bangla: bool, knowledge: Knowledge) -> Result<Self, TableError> {
        let direction = if into_bangla {
            Direction::LatinToBangla
        } else {
            Direction::BanglaToLatin
        };
        let tables = match knowledge {
            Knowledge::Rules => Vec::new(),
            _ => (READ.clone()?.into_iter())
                .map(|(table, share)| (Decoder::new(table, direction), share))
                .collect(),
        };
        let exceptions = match knowledge {
            Knowledge::Full => exceptions::exceptions(direction),
            _ => HashMap::new(),
        };
        // Of names in Latin script there are too many spellings: what is known of them
        // brings nothing there.
        let known = match knowledge {
            Knowledge::Tables | Knowledge::Full if into_bangla => KNOWN
                .iter()
                .map(|(bytes, gain)| Ok((Known::read(bytes)?, *gain)))
                .collect::<Result<_, TableError>>()?,
            _ => Vec::new(),
        };
        Ok(Self {
            direction,
            exceptions,
            tables,
            known,
        })
    }

    /// A damaged table (which a test rules out) leaves the settled words and the rules.
    fn embedded(direction: Direction) -> Self {
        let into_bangla = direction == Direction::LatinToBangla;
        Self::with_knowledge(into_bangla, Knowledge::Full).unwrap_or_else(|error| {
            tracing::error!(%error, "transliterating by rule alone");
            Self {
                direction,
                exceptions: exceptions::exceptions(direction),
                tables: Vec::new(),
                known: Vec::new(),
            }
        })
    }

    /// Up to `n` renderings of a name of one word or several, best first, all
    /// different. Never empty for `n` > 0; the words keep their order, and what lies
    /// between them is kept.
    #[must_use]
    pub fn candidates(&self, name: &str, n: usize) -> Vec<Candidate> {
        let mut so_far = vec![Candidate {
            text: String::new(),
            score: 0.0,
        }];
        let mut after_word = false;
        for part in name::parts(name, self.direction) {
            let is_word = matches!(part, Part::Word { .. });
            let options = match part {
                Part::Between(text) => {
                    append(&mut so_far, text, after_word);
                    after_word = false;
                    continue;
                }
                Part::Initial(text) => vec![(text, 0.0)],
                Part::Word { form, shape } => {
                    let mut options = self.word(&form);
                    for (text, _) in &mut options {
                        *text = shape.dress(text);
                    }
                    options
                }
            };
            so_far = best_joined(&so_far, &options, n);
            after_word = is_word;
        }
        so_far.truncate(n);
        so_far
    }

    /// The likeliest rendering.
    #[must_use]
    pub fn best(&self, name: &str) -> String {
        let first = self.candidates(name, 1).into_iter().next();
        first.map_or_else(|| name.to_owned(), |candidate| candidate.text)
    }

    /// How likely `target` is a rendering of the name `source`: a natural
    /// logarithm, always finite, at most 0. Case and marks of Latin letters do not
    /// count; words are matched in order, and a word without a match costs much.
    #[must_use]
    pub fn score(&self, source: &str, target: &str) -> f64 {
        self.score_with(source, target, &mut Totals::default())
    }

    /// The same, and remembers what it found of the words of `source`: the next target is then
    /// compared in half the time. `totals` are those of one transliterator.
    #[must_use]
    pub fn score_with(&self, source: &str, target: &str, totals: &mut Totals) -> f64 {
        let sources = name::words(source, self.direction);
        let targets = name::words(target, self.direction.reversed());
        if sources.is_empty() && targets.is_empty() {
            return if source == target { 0.0 } else { UNMATCHED };
        }
        let mut row: Vec<f64> = (0..=targets.len()).map(unmatched).collect();
        for (i, word) in sources.iter().enumerate() {
            let mut diagonal = row[0];
            row[0] = unmatched(i + 1);
            for (j, rendering) in targets.iter().enumerate() {
                let matched = diagonal + self.word_score(word, rendering, totals);
                diagonal = row[j + 1];
                row[j + 1] = matched.max(row[j] + UNMATCHED).max(row[j + 1] + UNMATCHED);
            }
        }
        row[targets.len()].min(0.0)
    }

    /// Renderings of one word with ln p, best first; at least one.
    fn word(&self, form: &str) -> Vec<(String, f64)> {
        if is_long(form) {
            return vec![(rules::by_rule(form, self.direction), BY_RULE)];
        }
        let mut out: Vec<(String, f64)> = Vec::new();
        let settled = self.settled(form);
        let left = if settled.is_empty() {
            1.0
        } else {
            1.0 - SETTLED
        };
        out.extend(settled.iter().map(|&(text, p)| (text.to_owned(), p.ln())));
        let mut said = self.by_table(form);
        if self.direction == Direction::LatinToBangla {
            lean_to_consensus(&mut said);
        }
        for (text, log_probability) in said {
            let log_probability = log_probability + f64::ln(left);
            match out.iter_mut().find(|(held, _)| *held == text) {
                Some(held) => held.1 = held.1.max(log_probability),
                None => out.push((text, log_probability)),
            }
        }
        if out.is_empty() {
            out.push((rules::by_rule(form, self.direction), BY_RULE));
        }
        out.sort_by(|a, b| b.1.total_cmp(&a.1));
        out
    }

    /// The settled renderings of a word with their probabilities.
    fn settled(&self, form: &str) -> Vec<(&'static str, f64)> {
        let held = self.exceptions.get(form).map_or(&[][..], Vec::as_slice);
        let mut share = SETTLED * (1.0 - NEXT_VARIANT);
        let mut out = Vec::new();
        for (i, &text) in held.iter().enumerate() {
            // The last takes what is left, so that the shares add up.
            let last = i + 1 == held.len();
            out.push((
                text,
                if last {
                    share / (1.0 - NEXT_VARIANT)
                } else {
                    share
                },
            ));
            share *= NEXT_VARIANT;
        }
        out
    }

    /// What the tables say of a word: each table's joint probabilities, added up and
    /// made conditional on the word.
    fn by_table(&self, form: &str) -> Vec<(String, f64)> {
        // In the order of the texts: a sum in any other differs in its last bits, and renderings
        // that are as likely would change places from one run to the next.
        let mut joint: BTreeMap<String, f64> = BTreeMap::new();
        for (table, share) in &self.tables {
            for (text, log_probability) in table.renderings(form) {
                *joint.entry(text).or_default() += share * f64::from(log_probability).exp();
            }
        }
        for (known, gain) in &self.known {
            for (text, p) in &mut joint {
                if known.holds(text) {
                    *p *= gain.exp();
                }
            }
        }
        let total: f64 = joint.values().sum();
        let mut out: Vec<(String, f64)> = joint
            .into_iter()
            .filter(|(_, p)| *p > 0.0)
            .map(|(text, p)| (text, (p / total).ln()))
            .collect();
        out.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        out
    }

    /// ln p that the word `source` is rendered as `target`.
    fn word_score(&self, source: &str, target: &str, totals: &mut Totals) -> f64 {
        if initials::same_letter(source, target) {
            return SETTLED.ln();
        }
        if is_long(source) || is_long(target) {
            return UNMATCHED;
        }
        let settled = self.settled(source);
        let rule = rules::by_rule(source, self.direction);
        let floor = BY_RULE + PER_LETTER * f64::from(name::distance(&rule, target));
        if let Some((_, p)) = settled
            .iter()
            .find(|(text, _)| text.trim_end_matches('.') == target)
        {
            return p.ln();
        }
        let left = if settled.is_empty() {
            1.0
        } else {
            1.0 - SETTLED
        };
        let probability = |v: f32| f64::from(v).exp();
        let said: Vec<f64> = (self.tables.iter())
            .map(|(table, _)| table.joint(source, target).map_or(0.0, probability))
            .collect();
        if said.iter().all(|said| *said <= 0.0) {
            return floor;
        }
        let all = totals.0.entry(source.to_owned()).or_insert_with(|| {
            let all = |table: &Decoder| {
                let renderings = table.renderings(source);
                renderings.into_iter().map(|(_, v)| probability(v)).sum()
            };
            self.tables.iter().map(|(table, _)| all(table)).collect()
        });
        let (mut joint, mut total) = (0.0, 0.0);
        for ((said, all), (_, share)) in said.iter().zip(all).zip(&self.tables) {
            joint += share * said;
            total += share * all.max(*said);
        }
        if joint > 0.0 && total > 0.0 {
            ((joint / total).ln() + f64::ln(left)).max(floor).min(0.0)
        } else {
            floor
        }
    }
}

impl Direction {
    fn reversed(self) -> Self {
        match self {
            Self::LatinToBangla => Self::BanglaToLatin,
            Self::BanglaToLatin => Self::LatinToBangla,
        }
    }
}

fn is_long(word: &str) -> bool {
    word.chars().nth(LONGEST).is_some()
}

/// Moves ln p towards the renderings that the other likely ones are near to: where
/// several spellings of a sound compete (ই and ঈ, স and শ), the outlandish one is
/// seldom right, even as the likeliest. On held-out names this takes half a
/// character in a hundred off the error into Bangla; into Latin it brings nothing.
fn lean_to_consensus(said: &mut [(String, f64)]) {
    let weighed = &said[..said.len().min(WEIGHED)];
    let expected_errors = |text: &str| -> f64 {
        let each = weighed.iter().map(|(other, log_probability)| {
            let letters = u32::try_from(other.chars().count()).unwrap_or(u32::MAX);
            log_probability.exp() * f64::from(name::distance(text, other))
                / f64::from(letters.max(1))
        });
        each.sum()
    };
    let mut leaning: Vec<f64> = weighed
        .iter()
        .map(|(text, log_probability)| log_probability - CONSENSUS * expected_errors(text))
        .collect();
    // They share among them what they had.
    let sum = |values: &[f64]| values.iter().map(|v| v.exp()).sum::<f64>();
    let before: Vec<f64> = weighed
        .iter()
        .map(|(_, log_probability)| *log_probability)
        .collect();
    let shift = (sum(&before) / sum(&leaning)).ln();
    for value in &mut leaning {
        *value += shift;
    }
    if shift.is_finite() {
        for ((_, log_probability), value) in said.iter_mut().zip(leaning) {
            *log_probability = value.min(0.0);
        }
        said.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    }
}

/// ln p of `count` words without a match. Names have few words.
fn unmatched(count: usize) -> f64 {
    count as f64 * UNMATCHED
}

/// Adds what lies between words to every text. A full stop after an abbreviation that
/// is rendered with its own (`Md.`, মো.) is there already.
fn append(so_far: &mut Vec<Candidate>, between: &str, after_word: bool) {
    for candidate in so_far.iter_mut() {
        let stopped = after_word && candidate.text.ends_with('.');
        let rest = between.strip_prefix('.').filter(|_| stopped);
        candidate.text.push_str(rest.unwrap_or(between));
    }
    let mut seen = HashSet::new();
    so_far.retain(|candidate| seen.insert(candidate.text.clone()));
}

/// The `n` best of every text so far with every option after it.
fn best_joined(so_far: &[Candidate], options: &[(String, f64)], n: usize) -> Vec<Candidate> {
    let mut out: Vec<(f64, &Candidate, &str)> = Vec::new();
    for candidate in so_far {
        for (text, score) in options.iter().take(n) {
            out.push((candidate.score + score, candidate, text));
        }
    }
    out.sort_by(|a, b| b.0.total_cmp(&a.0));
    out.truncate(n);
    out.into_iter()
        .map(|(score, before, text)| Candidate {
            text: format!("{}{text}", before.text),
            score,
        })
        .collect()
}
