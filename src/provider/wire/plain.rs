//! Holes left visible: values are found again in the answer.

use super::{Encoded, glyph, push_hole, push_text};
use crate::language::Profile;
use crate::plan::{Filling, HoleId, HoleKind, Piece, Segment};

pub(super) fn encode(segment: &Segment, language: &dyn Profile) -> Encoded {
    let mut text = String::new();
    let mut holes = Vec::new();
    let mut markup = Vec::new();
    for piece in &segment.pieces {
        match piece {
            Piece::Text(t) => text.push_str(t),
            Piece::Hole(id, ending) => {
                let start = text.len();
                if let Some(filling) = segment.filling(*id) {
                    text.push_str(&language.attach(&filling.source, ending));
                }
                holes.push((*id, start..text.len()));
            }
            Piece::Quote(edge, depth) => text.push(glyph(language, *edge, *depth)),
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

/// Looks for each value of the segment, the longest first, in its target form,
/// then by value, then as it was sent. Each occurrence serves one hole.
pub(super) fn decode(answer: &str, segment: &Segment, target: &dyn Profile) -> Vec<Piece> {
    let mut wanted: Vec<(HoleId, &Filling)> = segment
        .holes()
        .filter_map(|id| Some((id, segment.filling(id)?)))
        .collect();
    wanted.sort_by_key(|(id, filling)| (std::cmp::Reverse(filling.target.len()), *id));
    let mut taken: Vec<(usize, usize, HoleId)> = Vec::new();
    for (id, filling) in wanted {
        let free = |start: usize, end: usize| taken.iter().all(|&(s, e, _)| end <= s || e <= start);
        let found = find(answer, filling, target)
            .into_iter()
            .find(|&(start, end)| free(start, end));
        if let Some((start, end)) = found {
            taken.push((start, end, id));
        }
    }
    taken.sort_unstable();
    let mut pieces = Vec::new();
    let mut at = 0;
    for (start, end, id) in taken {
        push_text(&mut pieces, answer.get(at..start).unwrap_or_default());
        let rest = push_hole(&mut pieces, id, &answer[end..], target);
        at = answer.len() - rest.len();
    }
    push_text(&mut pieces, answer.get(at..).unwrap_or_default());
    pieces
}

/// Where a value stands in an answer, best form first.
fn find(answer: &str, filling: &Filling, target: &dyn Profile) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    if filling.kind == HoleKind::Number {
        let numbers = target.numbers(answer);
        let value =
            (target.numbers(&filling.target).first()).map(|n| (n.value.value, n.value.unit));
        found.extend(
            numbers
                .iter()
                .filter(|n| Some((n.value.value, n.value.unit)) == value)
                .map(|n| (n.span.start(), n.span.end())),
        );
    }
    for form in [&filling.target, &filling.source] {
        found.extend(
            answer
                .match_indices(form.as_str())
                .map(|(at, form)| (at, at + form.len()))
                .filter(|&(start, end)| stands_alone(answer, start, end, target)),
        );
    }
    found
}

/// Whether the bytes `start..end` are a word, or a stem before an ending.
fn stands_alone(text: &str, start: usize, end: usize, language: &dyn Profile) -> bool {
    let before = text[..start].chars().next_back();
    let after = text[end..].chars().next();
    let word = |c: char| c.is_alphanumeric() || ('\u{0980}'..='\u{09FF}').contains(&c);
    if before.is_some_and(word) {
        return false;
    }
    !after.is_some_and(word)
        || language
            .ending_after(&text[start..end], &text[end..])
            .is_some()
}
