//! Elements in a text, nested as the source nests them.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{rounded, words};
use crate::article::Placed;
use crate::plan::Element;
use crate::text::Span;

/// How it is known where an element stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sure {
    /// By what stands on both sides.
    Certain,
    /// The provider says so.
    Told,
    /// By the words around it.
    Estimated,
    /// Nothing was left for it.
    Squeezed,
}

/// Where an element might stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Candidate {
    pub range: Range<usize>,
    pub sure: Sure,
}

/// The places of `elements` in `target`, and how sure each is: every element once,
/// inside of what it is inside of in the source, beside what it is beside. `candidates`
/// is parallel to `elements`.
pub(super) fn nested(
    elements: &[Element],
    mut candidates: Vec<Candidate>,
    target: &str,
) -> (Vec<Placed>, Vec<Sure>) {
    let (top, children) = tree(elements);
    let mut open: Vec<(Vec<usize>, Option<usize>)> = vec![(top.clone(), None)];
    while let Some((own, parent)) = open.pop() {
        let (from, to) = match parent.and_then(|p| Some((elements.get(p)?, candidates.get(p)?))) {
            Some((element, candidate)) => (element.span.range(), candidate.range.clone()),
            None => (0..usize::MAX, 0..target.len()),
        };
        beside(&own, elements, &mut candidates, (&from, &to), target);
        for child in own {
            if let Some(inner) = children.get(child).filter(|inner| !inner.is_empty()) {
                open.push((inner.clone(), Some(child)));
            }
        }
    }
    let range = |index: usize| {
        candidates
            .get(index)
            .map_or((0, 0), |c| (c.range.start, c.range.end))
    };
    let in_order = |own: &[usize]| {
        let mut own = own.to_vec();
        own.sort_by_key(|&index| (range(index), index));
        own
    };
    // What comes first is on top.
    let mut ahead: Vec<usize> = in_order(&top).into_iter().rev().collect();
    let mut placed = Vec::with_capacity(elements.len());
    while let Some(next) = ahead.pop() {
        let (start, end) = range(next);
        placed.push(Placed {
            index: elements.get(next).map_or(next, |element| element.index),
            span: Span::trusted(start, end),
        });
        if let Some(inner) = children.get(next) {
            ahead.extend(in_order(inner).into_iter().rev());
        }
    }
    (placed, candidates.iter().map(|c| c.sure).collect())
}

/// Which elements stand in none, and which directly in each.
fn tree(elements: &[Element]) -> (Vec<usize>, Vec<Vec<usize>>) {
    let mut top = Vec::new();
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); elements.len()];
    let mut open: Vec<(usize, usize)> = Vec::new();
    for (index, element) in elements.iter().enumerate() {
        let (start, end) = (element.span.start(), element.span.end());
        // What crosses another, which no reader gives, stands beside it.
        while open
            .pop_if(|(_, own)| *own <= start || *own < end)
            .is_some()
        {}
        match open
            .last()
            .and_then(|(parent, _)| children.get_mut(*parent))
        {
            Some(own) => own.push(index),
            None => top.push(index),
        }
        if start < end {
            open.push((index, end));
        }
    }
    (top, children)
}

/// Settles the places of elements that stand beside each other inside of one: the
/// surest first, of equals the shortest; each later one takes what is left of its place.
fn beside(
    own: &[usize],
    elements: &[Element],
    candidates: &mut [Candidate],
    (from, to): (&Range<usize>, &Range<usize>),
    target: &str,
) {
    let is_place = |index: usize| elements.get(index).is_none_or(|e| e.span.is_empty());
    let mut order = own.to_vec();
    order.sort_by_key(|&index| {
        let candidate = candidates.get(index);
        let known = candidate.map(|c| (c.sure, c.range.len()));
        (is_place(index), known, index)
    });
    let mut taken: BTreeMap<usize, usize> = BTreeMap::new();
    for index in order {
        let (Some(element), Some(candidate)) = (elements.get(index), candidates.get_mut(index))
        else {
            continue;
        };
        let range = &mut candidate.range;
        let start = range.start.clamp(to.start, to.end);
        let end = range.end.clamp(start, to.end);
        if is_place(index) {
            let around = taken.range(..start).next_back();
            let at = match around.filter(|(_, end)| start < **end) {
                Some((&from, &to)) if start - from < to - start => from,
                Some((_, &to)) => to,
                None => start,
            };
            *range = at..at;
            continue;
        }
        let clipped = if start < end {
            start..end
        } else {
            candidate.sure = candidate.sure.max(Sure::Estimated);
            share(element.span.range(), from, to, target)
        };
        let mut left = free(&clipped, &taken, target);
        if left.is_empty() {
            // The nearest words that nothing stands around.
            let all = free(to, &taken, target);
            let near = |part: &Range<usize>| part.start.abs_diff(clipped.start);
            let nearest = all.into_iter().min_by_key(near);
            left.extend(nearest.and_then(|part| words::first(target, part)));
            candidate.sure = candidate.sure.max(Sure::Estimated);
        }
        if let Some(part) = left.into_iter().max_by_key(Range::len) {
            taken.insert(part.start, part.end);
            *range = part;
        } else {
            candidate.sure = Sure::Squeezed;
            let around = taken.range(..=clipped.start).next_back();
            let at = around
                .map_or(clipped.start, |(_, &end)| end.max(clipped.start))
                .min(to.end);
            *range = at..at;
        }
    }
}

/// What of a range nothing stands around yet, as far as it has words. What is left
/// of one that is cut has no white space at its ends.
fn free(range: &Range<usize>, taken: &BTreeMap<usize, usize>, target: &str) -> Vec<Range<usize>> {
    let before = taken.range(..range.start).next_back();
    let mut at = range.start;
    let mut parts = Vec::new();
    let inside = taken.range(range.clone());
    for (&start, &end) in before.into_iter().chain(inside) {
        if end <= at {
            continue;
        }
        if at < start {
            parts.push(at..start.min(range.end));
        }
        at = end.max(at);
    }
    if at < range.end {
        parts.push(at..range.end);
    }
    if parts.len() == 1 && parts.first() == Some(range) {
        return parts;
    }
    let parts = parts.into_iter().map(|part| words::trimmed(target, part));
    let has_words = |part: &Range<usize>| {
        let text = target.get(part.clone());
        text.is_some_and(|text| text.contains(words::is_word))
    };
    parts.filter(has_words).collect()
}

/// The share of `to` that `span` has of `from`.
fn share(span: Range<usize>, from: &Range<usize>, to: &Range<usize>, target: &str) -> Range<usize> {
    if from.end == usize::MAX || from.is_empty() {
        return to.clone();
    }
    let at = |offset: usize| {
        let share = offset.saturating_sub(from.start) as f64 / from.len() as f64;
        to.start + rounded(share.min(1.0) * to.len() as f64)
    };
    let start = words::nearest_start(target, at(span.start)).clamp(to.start, to.end);
    let end = words::nearest_end(target, at(span.end)).clamp(to.start, to.end);
    if start < end {
        start..end
    } else {
        let whole = words::near(target, usize::midpoint(at(span.start), at(span.end)));
        whole.start.clamp(to.start, to.end)..whole.end.clamp(to.start, to.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn element(index: usize, start: usize, end: usize) -> Element {
        Element {
            index,
            span: Span::trusted(start, end),
        }
    }

    fn candidate(range: Range<usize>, sure: Sure) -> Candidate {
        Candidate { range, sure }
    }

    /// Spans in the source, candidates, and what comes of them.
    type Row<'r> = (
        &'r [(usize, usize)],
        &'r [(Range<usize>, Sure)],
        &'r [(usize, &'r str, Sure)],
    );

    #[test]
    fn elements_are_nested_as_in_the_source() {
        use Sure::{Certain, Estimated, Squeezed, Told};
        let target = "one two three four five";
        let table: [Row<'_>; 7] = [
            // They change places.
            (
                &[(0, 3), (4, 7)],
                &[(8..13, Told), (0..3, Told)],
                &[(1, "one", Told), (0, "three", Told)],
            ),
            // One inside the other stays there.
            (
                &[(0, 9), (2, 4)],
                &[(4..13, Told), (14..18, Told)],
                &[(0, "two three", Told), (1, "two", Estimated)],
            ),
            // What crosses or contains another that it stands beside takes what is left.
            (
                &[(0, 3), (4, 7)],
                &[(0..18, Told), (4..7, Told)],
                &[(1, "two", Told), (0, "three four", Told)],
            ),
            (
                &[(0, 3), (4, 7)],
                &[(0..7, Estimated), (4..13, Certain)],
                &[(0, "one", Estimated), (1, "two three", Certain)],
            ),
            // Where nothing is left, the nearest word that is free; then nothing.
            (
                &[(0, 3), (4, 7)],
                &[(4..7, Told), (4..7, Told)],
                &[(1, "one", Estimated), (0, "two", Told)],
            ),
            (
                &[(0, 9), (1, 2), (3, 4)],
                &[(4..7, Told), (4..7, Told), (4..7, Told)],
                &[(0, "two", Told), (1, "two", Told), (2, "", Squeezed)],
            ),
            // A place leaves what it is not in.
            (
                &[(0, 3), (5, 5)],
                &[(4..13, Told), (7..7, Told)],
                &[(1, "", Told), (0, "two three", Told)],
            ),
        ];
        for (spans, given, expected) in table {
            let elements: Vec<Element> = (spans.iter().enumerate())
                .map(|(i, (start, end))| element(i, *start, *end))
                .collect();
            let given = (given.iter())
                .map(|(range, sure)| candidate(range.clone(), *sure))
                .collect();
            let (placed, sure) = nested(&elements, given, target);
            let found: Vec<(usize, &str, Sure)> = (placed.iter())
                .map(|p| (p.index, p.span.slice(target), sure[p.index]))
                .collect();
            assert_eq!(found, expected, "{spans:?}");
        }
    }

    #[test]
    fn ten_thousand_deep_is_no_deeper_than_one() {
        let elements: Vec<Element> = (0..10_000).map(|i| element(i, 0, 5)).collect();
        let given = vec![candidate(0..3, Sure::Told); 10_000];
        let (placed, _) = nested(&elements, given, "one two");
        assert_eq!(placed.len(), 10_000);
        assert!(
            placed
                .iter()
                .enumerate()
                .all(|(i, p)| p.index == i && p.span.len() == 3)
        );
    }
}
