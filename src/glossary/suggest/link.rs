//! Which Bangla phrase renders which English one.

use std::collections::{HashMap, HashSet};

use super::english::Cues;
use super::sound::Sound;
use super::{Phrases, Suggestion, Unit};

/// Fewest units that a term stands in; one that stands in fewer is no house's.
pub(super) const LEAST_OF_A_TERM: usize = 3;
/// From here on two names sound alike.
const ALIKE: f64 = 0.5;
/// G² of two phrases that keep company by accident once in a thousand times.
const NO_ACCIDENT: f64 = 10.83;
/// Fewest units that phrases have in common that do not sound alike.
const LEAST_IN_COMMON: usize = 3;

/// Pairs of phrases, best first: each phrase goes to its best partner that is free.
pub(super) fn link(
    sources: &Phrases,
    targets: &Phrases,
    cues: &HashMap<String, Cues>,
    units: &[Unit],
) -> Vec<Suggestion> {
    let mut of_unit: Vec<Vec<&str>> = vec![Vec::new(); units.len()];
    for (phrase, stands_in) in &targets.units {
        for &unit in stands_in {
            if let Some(phrases) = of_unit.get_mut(unit) {
                phrases.push(phrase);
            }
        }
    }
    let mut sound = Sound::default();
    let mut pairs = Vec::new();
    for (english, stands_in) in &sources.units {
        let Some(cues) = cues.get(english) else {
            continue;
        };
        let mut common: HashMap<&str, (usize, usize)> = HashMap::new();
        for &unit in stands_in {
            for phrase in of_unit.get(unit).into_iter().flatten() {
                let (count, _) = common.entry(phrase).or_insert((0, unit));
                *count += 1;
            }
        }
        for (bangla, (count, first)) in common {
            let of_target = targets.units.get(bangla).map_or(0, Vec::len);
            let likeness = if cues.is_name {
                sound.likeness(english, bangla)
            } else {
                0.0
            };
            let company = Company {
                both: count,
                source: stands_in.len(),
                target: of_target,
                all: units.len(),
            };
            if let Some(score) = score(likeness, &company, cues) {
                let kind = cues.kind(english, likeness >= ALIKE);
                pairs.push(Suggestion {
                    english: english.clone(),
                    bangla: bangla.to_owned(),
                    kind,
                    score,
                    count,
                    place: units
                        .get(first)
                        .map_or(String::new(), |unit| unit.place.clone()),
                });
            }
        }
    }
    // Longer names before their parts; the rest of the order is for its own sake.
    pairs.sort_by(|a, b| {
        let rank = |pair: &Suggestion| (pair.score * 50.0).round();
        rank(b)
            .total_cmp(&rank(a))
            .then_with(|| b.count.cmp(&a.count))
            .then_with(|| b.bangla.len().cmp(&a.bangla.len()))
            .then_with(|| (&a.english, &a.bangla).cmp(&(&b.english, &b.bangla)))
    });
    let (mut taken, mut given) = (HashSet::new(), HashSet::new());
    pairs.retain(|pair| {
        let is_free = !taken.contains(&pair.english) && !given.contains(&pair.bangla);
        if is_free {
            taken.insert(pair.english.clone());
            given.insert(pair.bangla.clone());
        }
        is_free
    });
    pairs
}

/// In how many units two phrases stand together and each for itself.
struct Company {
    both: usize,
    source: usize,
    target: usize,
    all: usize,
}

impl Company {
    /// 1 where neither stands without the other.
    fn dice(&self) -> f64 {
        2.0 * self.both as f64 / (self.source + self.target) as f64
    }

    /// The log-likelihood ratio G² (Dunning 1993) of the two being independent.
    fn surprise(&self) -> f64 {
        let (both, all) = (self.both as f64, self.all as f64);
        let (source, target) = (self.source as f64, self.target as f64);
        let cells = [
            (both, source * target),
            (source - both, source * (all - target)),
            (target - both, (all - source) * target),
            (
                all - source - target + both,
                (all - source) * (all - target),
            ),
        ];
        let part = |(seen, margins): (f64, f64)| {
            if seen > 0.0 && margins > 0.0 {
                seen * (seen * all / margins).ln()
            } else {
                0.0
            }
        };
        2.0 * cells.into_iter().map(part).sum::<f64>()
    }
}

/// How good a pair is; `None` where nothing speaks for it.
fn score(likeness: f64, company: &Company, cues: &Cues) -> Option<f64> {
    let dice = company.dice();
    if likeness >= ALIKE {
        // A word that only begins a sentence has to sound like its rendering.
        let certain = cues.is_inside || likeness > 0.75;
        return certain.then_some(0.4 + 0.35 * likeness + 0.25 * dice);
    }
    if company.both < LEAST_IN_COMMON || company.surprise() < NO_ACCIDENT {
        return None;
    }
    let evidence = 1.0 - 1.0 / (company.both as f64);
    Some(dice * evidence)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn company_is_measured() {
        let always = Company {
            both: 5,
            source: 5,
            target: 5,
            all: 100,
        };
        let chance = Company {
            both: 5,
            source: 50,
            target: 10,
            all: 100,
        };
        assert!((always.dice() - 1.0).abs() < 1e-9 && always.surprise() > 30.0);
        assert!(chance.dice() < 0.2 && chance.surprise() < 1e-9);
    }
}
