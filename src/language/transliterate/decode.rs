//! Beam search over a trained table, from one script into the other.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::Arc;

use super::Direction;
use super::script::continues;
use super::table::{Context, Table, UnitId};

/// How many partial words are kept at each place of the source.
const BEAM: usize = 20;
/// How far (in nats) one may lie below the best at its place.
const MARGIN: f32 = 8.0;
/// The longest source side of a unit, in characters.
const LONGEST: usize = 6;

/// A table made ready to be read in one direction.
#[derive(Debug)]
pub(super) struct Decoder {
    table: Arc<Table>,
    direction: Direction,
    by_source: HashMap<String, Vec<UnitId>>,
}

/// A part of the source, read.
#[derive(Debug, Clone, Copy)]
struct Partial {
    log_probability: f32,
    context: Context,
    /// Of the target so far.
    digest: u64,
    /// The unit read last and the partial word before it, in the arena.
    unit: UnitId,
    before: u32,
}

/// A partial word that is read on.
#[derive(Debug)]
struct Member {
    /// Its place in the arena.
    at: u32,
    /// Which of the contexts at its place of the source it has: what is likely after it is
    /// worked out once for all that share one.
    context: usize,
    /// The last character that it has written.
    last: Option<char>,
}

const NOTHING: u64 = 0xCBF2_9CE4_8422_2325;

fn extended(mut digest: u64, text: &str) -> u64 {
    for byte in text.bytes() {
        digest = (digest ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
    }
    digest
}

/// ln (eᵃ + eᵇ).
fn log_sum(a: f32, b: f32) -> f32 {
    let (high, low) = if a > b { (a, b) } else { (b, a) };
    if low == f32::NEG_INFINITY {
        high
    } else {
        high + (low - high).exp().ln_1p()
    }
}

/// A hasher for keys that are digests already.
#[derive(Debug, Default)]
struct Digested(u64);

impl Hasher for Digested {
    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.write_u64(u64::from(byte));
        }
    }

    fn write_u64(&mut self, digest: u64) {
        self.0 = (self.0 ^ digest)
            .wrapping_mul(0x9E37_79B9_7F4A_7C15)
            .rotate_left(26);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

impl Decoder {
    pub(super) fn new(table: Arc<Table>, direction: Direction) -> Self {
        let by_source = table.by_source(direction == Direction::LatinToBangla);
        Self {
            table,
            direction,
            by_source,
        }
    }

    /// What `unit` writes.
    fn written(&self, unit: UnitId) -> &str {
        let (latin, bangla) = self.table.unit(unit);
        match self.direction {
            Direction::LatinToBangla => bangla,
            Direction::BanglaToLatin => latin,
        }
    }

    /// Renderings of `word`, likeliest first, with the natural logarithm of their
    /// joint probability with it. Empty where the table cannot read the word.
    pub(super) fn renderings(&self, word: &str) -> Vec<(String, f32)> {
        let (arena, last) = self.search(word, None);
        let mut whole: HashMap<u64, (f32, u32), BuildHasherDefault<Digested>> = HashMap::default();
        for at in last {
            let partial = arena[at as usize];
            let value = partial.log_probability + self.table.close(partial.context);
            whole
                .entry(partial.digest)
                .and_modify(|(sum, _)| *sum = log_sum(*sum, value))
                .or_insert((value, at));
        }
        let mut out: Vec<(String, f32)> = whole
            .into_values()
            .map(|(value, at)| (self.spelled(&arena, at), value))
            .collect();
        out.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        out
    }

    /// The natural logarithm of the joint probability of `word` and `target`.
    pub(super) fn joint(&self, word: &str, target: &str) -> Option<f32> {
        let (arena, last) = self.search(word, Some(target));
        last.into_iter()
            .map(|at| arena[at as usize])
            .map(|p| p.log_probability + self.table.close(p.context))
            .reduce(log_sum)
    }

    /// Reads `word` to its end; what is written must be `target`, if that is given.
    /// Gives the arena of partial words and the places of those that are whole.
    fn search(&self, word: &str, target: Option<&str>) -> (Vec<Partial>, Vec<u32>) {
        let bounds: Vec<usize> = word
            .char_indices()
            .map(|(at, _)| at)
            .chain([word.len()])
            .collect();
        let mut arena = vec![Partial {
            log_probability: 0.0,
            context: self.table.start(),
            digest: NOTHING,
            unit: 0,
            before: u32::MAX,
        }];
        // For a given target, how much of it each partial word has written.
        let mut written = vec![0];
        let mut places: Vec<Place> = bounds.iter().map(|_| Place::default()).collect();
        places[0].members.push(0);
        for from in 0..bounds.len() - 1 {
            let members = self.members(&places[from].pruned(&arena), &arena);
            for to in from + 1..bounds.len().min(from + 1 + LONGEST) {
                let Some(units) = self.by_source.get(&word[bounds[from]..bounds[to]]) else {
                    continue;
                };
                for &unit in units {
                    let text = self.written(unit);
                    let mut steps: [Option<(f32, Context)>; BEAM] = [None; BEAM];
                    for member in &members {
                        let start = arena[member.at as usize];
                        // Whatever is read next makes it less likely, and the next one is no better.
                        if places[to].is_beaten(start.log_probability) {
                            break;
                        }
                        let so_far = written[member.at as usize];
                        let wanted = target.is_none_or(|t| t[so_far..].starts_with(text));
                        let spelled = self.direction == Direction::BanglaToLatin
                            || continues(member.last, text);
                        if !wanted || !spelled {
                            continue;
                        }
                        let (step, context) = *steps[member.context]
                            .get_or_insert_with(|| self.table.step(start.context, unit));
                        let log_probability = start.log_probability + step;
                        if places[to].is_beaten(log_probability) {
                            continue;
                        }
                        let partial = Partial {
                            log_probability,
                            context,
                            digest: extended(start.digest, text),
                            unit,
                            before: member.at,
                        };
                        if places[to].add(&mut arena, partial) {
                            written.push(so_far + text.len());
                        }
                    }
                }
            }
        }
        let mut last = places.pop().unwrap_or_default().pruned(&arena);
        if let Some(target) = target {
            last.retain(|&at| written[at as usize] == target.len());
        }
        if word.is_empty() {
            last.clear();
        }
        (arena, last)
    }

    /// The partial words at these places of the arena, the likeliest first.
    fn members(&self, at: &[u32], arena: &[Partial]) -> Vec<Member> {
        let mut contexts: Vec<Context> = Vec::new();
        let mut at = at.to_vec();
        let value = |at: &u32| arena[*at as usize].log_probability;
        at.sort_by(|a, b| value(b).total_cmp(&value(a)));
        (at.into_iter())
            .map(|at| {
                let partial = &arena[at as usize];
                let known = contexts.iter().position(|known| *known == partial.context);
                let context = known.unwrap_or_else(|| {
                    contexts.push(partial.context);
                    contexts.len() - 1
                });
                Member {
                    at,
                    context,
                    last: self.written(partial.unit).chars().next_back(),
                }
            })
            .collect()
    }

    fn spelled(&self, arena: &[Partial], mut at: u32) -> String {
        let mut units = Vec::new();
        while let Some(partial) = arena.get(at as usize).filter(|p| p.before != u32::MAX) {
            units.push(partial.unit);
            at = partial.before;
        }
        units.iter().rev().map(|&unit| self.written(unit)).collect()
    }
}

/// The partial words that end at one place of the source.
#[derive(Debug, Default)]
struct Place {
    members: Vec<u32>,
    by_state: HashMap<u64, u32, BuildHasherDefault<Digested>>,
    best: Option<f32>,
}

impl Place {
    /// Whether a partial word lies too far below the best here.
    fn is_beaten(&self, log_probability: f32) -> bool {
        self.best
            .is_some_and(|best| log_probability < best - MARGIN)
    }

    /// Adds `partial`, or joins it to the one that the model cannot tell from it.
    /// True where it takes a new place in the arena.
    fn add(&mut self, arena: &mut Vec<Partial>, partial: Partial) -> bool {
        let best = self.best.unwrap_or(f32::NEG_INFINITY);
        self.best = Some(best.max(partial.log_probability));
        let key = partial.digest ^ u64::from(partial.context).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        if let Some(&at) = self.by_state.get(&key) {
            let held = &mut arena[at as usize];
            held.log_probability = log_sum(held.log_probability, partial.log_probability);
            return false;
        }
        let Ok(at) = u32::try_from(arena.len()) else {
            return false;
        };
        self.by_state.insert(key, at);
        self.members.push(at);
        arena.push(partial);
        true
    }

    /// The likeliest members.
    fn pruned(&mut self, arena: &[Partial]) -> Vec<u32> {
        let mut members = std::mem::take(&mut self.members);
        let value = |at: &u32| arena[*at as usize].log_probability;
        if members.len() > BEAM {
            members.select_nth_unstable_by(BEAM, |a, b| value(b).total_cmp(&value(a)));
            members.truncate(BEAM);
        }
        members
    }
}
