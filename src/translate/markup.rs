//! Where the markup of a block stands in its translation.

use super::BlockOutcome;
use crate::article::{Block, Placed};
use crate::text::Span;

/// The places of a block's inline elements in its target.
///
/// Where the target says what the source says, they are those of the source. Elsewhere
/// they are estimated by how far into the block they stand.
pub(super) fn placed(block: &Block, outcome: &BlockOutcome) -> Vec<Placed> {
    let Some(target) = outcome.target.as_deref() else {
        return Vec::new();
    };
    let source = block.text.normal();
    let at = |offset: usize| {
        if source == target {
            return offset;
        }
        let share = offset as f64 / source.len().max(1) as f64;
        let near = target.ceil_char_boundary((share * target.len() as f64) as usize);
        word_start(target, near)
    };
    let places = block.inline.iter().enumerate().map(|(index, inline)| {
        let span = block.text.to_normal(inline.span);
        let (start, end) = (at(span.start()), at(span.end()));
        Placed {
            index,
            span: Span::trusted(start, end.max(start)),
        }
    });
    places.collect()
}

/// The start of the word that `at` stands in.
fn word_start(text: &str, at: usize) -> usize {
    let before = text.get(..at).unwrap_or_default();
    if at == text.len() {
        return at;
    }
    before.rfind(char::is_whitespace).map_or(0, |space| {
        before[space..]
            .chars()
            .next()
            .map_or(space, |c| space + c.len_utf8())
    })
}
