//! Directions without a model of their own, through English.
//!
//! Mozilla's models lead into English and out of it. Hindi to Bangla is then
//! two translations, and what the first one carried the second one carries on.

use std::collections::BTreeSet;

use crate::language::{Language, Pair};
use crate::plan::{Filling, Piece, Segment};

/// The language that all others lead through.
const HUB: Language = Language::ENGLISH;

/// The two directions that make up one.
pub(super) fn legs(pair: Pair) -> [Pair; 2] {
    let (source, target) = (pair.source, pair.target);
    [
        Pair {
            source,
            target: HUB,
        },
        Pair {
            source: HUB,
            target,
        },
    ]
}

/// The directions that the models of `direct` make possible, themselves included.
pub(super) fn reachable(direct: &[Pair]) -> BTreeSet<Pair> {
    let mut all: BTreeSet<Pair> = direct.iter().copied().collect();
    for first in direct.iter().filter(|pair| pair.target == HUB) {
        let out = direct.iter().filter(|pair| pair.source == HUB);
        all.extend(out.map(|second| Pair {
            source: first.source,
            target: second.target,
        }));
    }
    all.retain(|pair| pair.source != pair.target);
    all
}

/// What the first translation is asked: values stay as the source has them.
pub(super) fn outward(segment: &Segment) -> Segment {
    let stay = |filling: &Filling| Filling {
        target: filling.source.clone(),
        ..filling.clone()
    };
    Segment {
        pieces: segment.pieces.clone(),
        fillings: segment.fillings.iter().map(stay).collect(),
        hints: Vec::new(),
    }
}

/// What the second translation is asked: what the first one answered.
pub(super) fn onward(segment: &Segment, answer: Vec<Piece>) -> Segment {
    Segment {
        pieces: answer,
        fillings: segment.fillings.clone(),
        hints: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::{legs, reachable};
    use crate::language::Pair;

    #[test]
    fn what_leads_into_english_leads_out_of_it() {
        let pair = |text: &str| text.parse::<Pair>().unwrap();
        let direct = [pair("en-bn"), pair("bn-en"), pair("hi-en"), pair("en-ur")];
        let all: Vec<String> = (reachable(&direct).into_iter())
            .map(|pair| pair.to_string())
            .collect();
        assert_eq!(
            all,
            [
                "bn-en", "bn-ur", "en-bn", "en-ur", "hi-bn", "hi-en", "hi-ur"
            ]
        );
        assert_eq!(legs(pair("hi-bn")), [pair("hi-en"), pair("en-bn")]);
    }
}
