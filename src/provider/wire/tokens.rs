//! Holes as characters of the private-use area that a model was trained to copy.

use std::ops::RangeInclusive;

use super::{Encoded, push_hole, push_text};
use crate::language::Profile;
use crate::plan::{HoleId, Piece, Segment};

/// The characters that stand for holes 0 to 15. Text that holds one of them is
/// itself put into a hole by the planner, so that none is ever mistaken.
pub const RESERVED: RangeInclusive<char> = '\u{E000}'..='\u{E00F}';

/// Holes are numbered afresh in each part of a sentence: the model knows few.
pub(super) fn encode(segment: &Segment, language: &dyn Profile) -> Encoded {
    write(segment, language, |id| {
        segment.holes().position(|hole| hole == id)
    })
}

/// The model's text has straight marks: they are what it was trained on.
/// `number` tells the number of a hole among those that the model was sent.
pub(super) fn write(
    segment: &Segment,
    language: &dyn Profile,
    number: impl Fn(HoleId) -> Option<usize>,
) -> Encoded {
    let mut text = String::new();
    let mut holes = Vec::new();
    let mut markup = Vec::new();
    for piece in &segment.pieces {
        match piece {
            Piece::Text(t) => text.push_str(t),
            Piece::Hole(id, ending) => {
                let start = text.len();
                text.push(token(number(*id).unwrap_or(usize::MAX)));
                text.push_str(&language.detached(ending));
                holes.push((*id, start..text.len()));
            }
            Piece::Quote(_, depth) => text.push(if depth.is_multiple_of(2) { '"' } else { '\'' }),
            // No tag, but the place is known.
            Piece::Markup(_) => markup.push(text.len()..text.len()),
        }
    }
    Encoded {
        text,
        holes,
        markup,
    }
}

pub(super) fn decode(answer: &str, segment: &Segment, target: &dyn Profile) -> Vec<Piece> {
    let ids: Vec<HoleId> = segment.holes().collect();
    let mut pieces = Vec::new();
    let mut rest = answer;
    while let Some(at) = rest.find(|c| RESERVED.contains(&c)) {
        push_text(&mut pieces, &rest[..at]);
        let c = rest[at..].chars().next().unwrap_or('\u{E000}');
        let index = c as usize - *RESERVED.start() as usize;
        // A token that was never sent has no hole: its number lies beyond all.
        let id = ids.get(index).copied().unwrap_or_else(|| {
            HoleId(u16::try_from(segment.fillings.len().max(ids.len()) + index).unwrap_or(u16::MAX))
        });
        rest = push_hole(&mut pieces, id, &rest[at + c.len_utf8()..], target);
    }
    push_text(&mut pieces, rest);
    pieces
}

fn token(index: usize) -> char {
    u32::try_from(index)
        .ok()
        .and_then(|i| char::from_u32(*RESERVED.start() as u32 + i))
        .unwrap_or('\u{F8FF}')
}
