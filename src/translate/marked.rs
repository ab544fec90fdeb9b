//! What of a sentence stands where on both sides: names, terms, values, quotations.

use std::ops::Range;

use serde::Serialize;

use super::names::Sought;
use crate::glossary::{self, Glossary};
use crate::language::Pair;
use crate::mark::quote;
use crate::names::Heard;
use crate::plan::{HoleId, HoleKind, Segment};
use crate::text::{Span, Target};
use crate::verify::speakers::Person;

/// Something of a sentence and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Marked {
    /// What it is: `name`, `term`, `number`, `date`, `address` or `quote`.
    pub sort: &'static str,
    /// More closely: `person`, `place`, `number`, `quotation` ...
    pub kind: &'static str,
    /// As the source has it, without an ending; empty for a quotation.
    pub source: String,
    /// As the target shall have it, without an ending; `None` where that is the
    /// provider's to say.
    pub target: Option<String>,
    /// Where in the source, in bytes.
    pub source_spans: Vec<[usize; 2]>,
    /// Where in the target, in bytes; nowhere where it was not found.
    pub target_spans: Vec<[usize; 2]>,
}

impl Marked {
    /// Moves what it marks in the target to the right.
    pub(super) fn shift(&mut self, by: usize) {
        for [start, end] in &mut self.target_spans {
            *start += by;
            *end += by;
        }
    }
}

/// The values that were held, and the names that were listened for.
///
/// `places` and `heard` are those of the draft; `moved` brings them to the text
/// that is published.
pub(super) fn values(
    segment: &Segment,
    sought: &Sought,
    places: &[(HoleId, Span<Target>)],
    heard: &[Heard],
    moved: &Moved,
) -> Vec<Marked> {
    let start = sought.sentence.start();
    let held = segment.holes().filter_map(|id| {
        let filling = segment.filling(id)?;
        let (sort, kind) = sorted(filling.kind);
        let places = places.iter().filter(|(place, _)| *place == id);
        Some(Marked {
            sort,
            kind,
            source: filling.source.clone(),
            target: Some(filling.target.clone()),
            source_spans: vec![within(start, filling.span.range())?],
            target_spans: places.map(|(_, span)| moved.span(span.range())).collect(),
        })
    });
    let named = sought.names.iter().zip(heard).filter_map(|(name, heard)| {
        let spans: Vec<Range<usize>> = match heard {
            Heard::Nothing => Vec::new(),
            Heard::Left(span) => vec![span.range()],
            Heard::Words(places) => places.iter().flatten().map(|p| p.span.range()).collect(),
        };
        Some(Marked {
            sort: "name",
            kind: name.kind.name(),
            source: name.name.clone(),
            target: None,
            source_spans: vec![within(start, name.span.range())?],
            target_spans: spans.into_iter().map(|span| moved.span(span)).collect(),
        })
    });
    held.chain(named).collect()
}

/// Adds the terms that were left visible, and the quotations; in the order of the
/// source.
pub(super) fn complete(
    mut marks: Vec<Marked>,
    segment: &Segment,
    pair: Pair,
    glossary: &Glossary,
    source: &str,
    target: &str,
) -> Vec<Marked> {
    if !segment.hints.is_empty() {
        for found in glossary.find(pair, source) {
            let entry = found.entry;
            let is_hint = segment.hints.iter().any(|hint| hint.source == entry.source);
            if !is_hint || entry.kind.is_frozen() {
                continue;
            }
            let there = glossary.fulfilled(entry, pair, target);
            marks.push(Marked {
                sort: "term",
                kind: entry.kind.name(),
                source: entry.source.clone(),
                target: Some(entry.target.clone()),
                source_spans: vec![[found.span.start(), found.span.end()]],
                target_spans: there
                    .iter()
                    .map(|span| [span.start(), span.end()])
                    .collect(),
            });
        }
    }
    let (asked, said) = (quote::spans(source), quote::spans(target));
    let is_alike = asked.len() == said.len();
    marks.extend(asked.into_iter().enumerate().map(|(i, span)| {
        Marked {
            sort: "quote",
            kind: "quotation",
            source: String::new(),
            target: None,
            source_spans: vec![span],
            target_spans: said
                .get(i)
                .filter(|_| is_alike)
                .copied()
                .into_iter()
                .collect(),
        }
    }));
    marks.sort_by_key(|mark| mark.source_spans.first().copied());
    marks
}

/// The persons that stand at one place on either side.
pub(super) fn people(marks: &[Marked], target: &str) -> Vec<Person> {
    let person = |mark: &Marked| {
        let &[[start, end]] = mark.source_spans.as_slice() else {
            return None;
        };
        // The words of a name, beside each other.
        let spans = &mark.target_spans;
        let is_whole = spans
            .windows(2)
            .all(|w| (w[0][1]..=w[0][1] + 2).contains(&w[1][0]));
        let (Some([from, _]), Some([_, to]), true) = (spans.first(), spans.last(), is_whole) else {
            return None;
        };
        let (from, to) = (*from, *to);
        // What was held stands there with its ending.
        let stem = mark.target.as_deref();
        let stem = stem.filter(|stem| target.get(from..to).is_some_and(|t| t.starts_with(stem)));
        Some(Person {
            name: mark.source.clone(),
            source: start..end,
            target: from..stem.map_or(to, |stem| from + stem.len()),
        })
    };
    let named = marks.iter().filter(|mark| mark.kind == "person");
    named.filter_map(person).collect()
}

/// A range of a block as one of its sentence.
fn within(start: usize, range: Range<usize>) -> Option<[usize; 2]> {
    Some([
        range.start.checked_sub(start)?,
        range.end.checked_sub(start)?,
    ])
}

fn sorted(kind: HoleKind) -> (&'static str, &'static str) {
    let sort = match kind {
        HoleKind::Glossary(
            glossary::Kind::Person
            | glossary::Kind::Place
            | glossary::Kind::Organisation
            | glossary::Kind::Agency,
        ) => "name",
        HoleKind::Glossary(_) => "term",
        HoleKind::Number => "number",
        HoleKind::Moment => "date",
        HoleKind::Address | HoleKind::Verbatim => "address",
    };
    (sort, kind.name())
}

/// Where a text's bytes have gone after edits to it.
#[derive(Debug, Default)]
pub(super) struct Moved {
    /// What was replaced, in order and disjoint, and how long the new text is.
    edits: Vec<(Range<usize>, usize)>,
}

impl Moved {
    /// Takes note of an edit behind all before it.
    pub(super) fn note(&mut self, replaced: Range<usize>, length: usize) {
        self.edits.push((replaced, length));
    }

    /// A range of the text before as one of the text after. Where an edit replaced a
    /// part of it, the whole of the new text belongs to it; what was put in front of
    /// it or behind does not.
    pub(super) fn span(&self, range: Range<usize>) -> [usize; 2] {
        let (mut start, mut end) = (range.start, range.end);
        let (mut before, mut after) = (0, 0);
        for (edit, length) in &self.edits {
            if edit.end <= range.start {
                (before, after) = (before + edit.len(), after + length);
                start = range.start - before + after;
                end = range.end - before + after;
            } else if edit.start < range.end {
                if edit.start < range.start {
                    start = edit.start - before + after;
                }
                (before, after) = (before + edit.len(), after + length);
                end = range.end.max(edit.end) - before + after;
            }
        }
        [start, end]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_go_with_edits() {
        // "Tom saw Ann." with Tom -> Thomas, " (A.)" behind Ann.
        let mut moved = Moved::default();
        moved.note(0..3, 6);
        moved.note(11..11, 5);
        let after = "Thomas saw Ann (A.).";
        let table = [
            (0..3, "Thomas"),
            (4..7, "saw"),
            (8..11, "Ann"),
            (11..12, "."),
        ];
        for (range, expected) in table {
            let [start, end] = moved.span(range);
            assert_eq!(&after[start..end], expected);
        }
        // An edit that reaches further than the span takes it along.
        let mut moved = Moved::default();
        moved.note(2..6, 1);
        assert_eq!(moved.span(2..4), [2, 3]);
        assert_eq!(moved.span(4..8), [2, 5]);
    }
}
