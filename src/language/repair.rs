//! Passes of repair, run until the text rests, as edits of the first source.

use crate::text::Edit;

/// One rule of normalisation: the edits it asks for, sorted and disjoint.
pub(super) type Pass = fn(&str) -> Vec<Edit>;

/// How often the passes are run. One pass may ready the ground for another
/// (an entity hides a joiner, a joiner parts a vowel sign); such chains are two
/// or three links long.
const ROUNDS: usize = 8;

/// The edits of `source` that leave no pass anything to do.
pub(super) fn settle(source: &str, passes: &[Pass]) -> Vec<Edit> {
    let mut edits: Vec<Edit> = Vec::new();
    let mut text = std::borrow::Cow::Borrowed(source);
    for _ in 0..ROUNDS {
        let mut rests = true;
        for pass in passes {
            let next = pass(&text);
            if next.is_empty() {
                continue;
            }
            rests = false;
            text = apply(&text, &next).into();
            edits = if edits.is_empty() {
                next
            } else {
                compose(source, edits, next)
            };
        }
        if rests {
            break;
        }
    }
    edits.retain(|edit| source[edit.start..edit.end] != edit.replacement);
    edits
}

/// `source` with sorted, disjoint `edits` applied.
fn apply(source: &str, edits: &[Edit]) -> String {
    let mut text = String::with_capacity(source.len());
    let mut at = 0;
    for edit in edits {
        text.push_str(&source[at..edit.start]);
        text.push_str(&edit.replacement);
        at = edit.end;
    }
    text.push_str(&source[at..]);
    text
}

/// The edits of `source` that equal `first` followed by `second`, whose offsets
/// are those of the text that `first` makes.
///
/// Edits that do not touch stay apart, so that each stays as local as it was.
fn compose(source: &str, first: Vec<Edit>, second: Vec<Edit>) -> Vec<Edit> {
    let mut composed: Vec<Edit> = Vec::with_capacity(first.len() + second.len());
    let mut older = first.into_iter().peekable();
    // Bytes between the two texts: middle offset + shift = source offset.
    let mut shift = Shift::default();
    // The last composed edit, while its end in the middle text is still open.
    let mut open: Option<(Edit, usize)> = None;
    for edit in second {
        let mut merged = match open.take() {
            Some((mut last, covered)) if edit.start < covered => {
                // Both touch one older edit: take back the part it kept.
                let kept = last.replacement.len() - (covered - edit.start);
                let tail = last.replacement.split_off(kept);
                last.replacement.push_str(&edit.replacement);
                if edit.end < covered {
                    last.replacement
                        .push_str(&tail[tail.len() - (covered - edit.end)..]);
                    open = Some((last, covered));
                    continue;
                }
                last
            }
            closed => {
                composed.extend(closed.map(|(last, _)| last));
                while let Some(old) = older
                    .next_if(|old| shift.middle(old.start) + old.replacement.len() <= edit.start)
                {
                    shift.pass(&old);
                    composed.push(old);
                }
                let start = match older.peek() {
                    Some(old) if shift.middle(old.start) < edit.start => {
                        let head = edit.start - shift.middle(old.start);
                        Edit {
                            start: old.start,
                            end: old.start,
                            replacement: old.replacement[..head].to_owned(),
                        }
                    }
                    _ => Edit {
                        start: shift.source(edit.start),
                        end: shift.source(edit.start),
                        replacement: String::new(),
                    },
                };
                Edit {
                    replacement: start.replacement + &edit.replacement,
                    ..start
                }
            }
        };
        // Take in every older edit that begins before this one ends.
        let mut covered = edit.end;
        while let Some(old) = older.next_if(|old| shift.middle(old.start) < edit.end) {
            let end = shift.middle(old.start) + old.replacement.len();
            shift.pass(&old);
            if end > edit.end {
                let kept = end - edit.end;
                merged
                    .replacement
                    .push_str(&old.replacement[old.replacement.len() - kept..]);
                covered = end;
            }
        }
        merged.end = shift.source(covered);
        open = Some((merged, covered));
    }
    composed.extend(open.map(|(last, _)| last));
    composed.extend(older);
    debug_assert!(composed.is_sorted_by(|a, b| a.end <= b.start));
    debug_assert!(
        composed
            .iter()
            .all(|e| source.get(e.start..e.end).is_some())
    );
    composed
}

/// The distance between an offset of the source and of the text edited so far.
#[derive(Default)]
struct Shift {
    taken: usize,
    given: usize,
}

impl Shift {
    fn middle(&self, source: usize) -> usize {
        source - self.taken + self.given
    }

    fn source(&self, middle: usize) -> usize {
        middle - self.given + self.taken
    }

    fn pass(&mut self, edit: &Edit) {
        self.taken += edit.end - edit.start;
        self.given += edit.replacement.len();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn edits_of(text: &str, cuts: &[(usize, usize, String)]) -> Vec<Edit> {
        let mut edits: Vec<Edit> = Vec::new();
        let mut at = 0;
        for (gap, length, replacement) in cuts {
            let start = at + gap;
            let end = start + length;
            if text.get(start..end).is_none() {
                break;
            }
            edits.push(Edit {
                start,
                end,
                replacement: replacement.clone(),
            });
            at = end;
        }
        edits
    }

    proptest! {
        #[test]
        fn composing_equals_applying_one_after_the_other(
            source in "[a-f]{0,16}",
            first in proptest::collection::vec((0usize..4, 0usize..4, "[P-S]{0,3}"), 0..5),
            second in proptest::collection::vec((0usize..4, 0usize..4, "[x-z]{0,3}"), 0..5),
        ) {
            let first = edits_of(&source, &first);
            let middle = apply(&source, &first);
            let second = edits_of(&middle, &second);
            let end = apply(&middle, &second);
            let composed = compose(&source, first, second);
            prop_assert!(composed.is_sorted_by(|a, b| a.end <= b.start));
            prop_assert_eq!(apply(&source, &composed), end);
        }
    }
}
