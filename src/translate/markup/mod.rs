//! Where the markup of a block stands in its translation.
//!
//! What a provider brought back around its words stays there. Everything else is told
//! by what stands on both sides (`project`), and nested as the source nests it
//! (`nest`). An element that goes over several sentences begins in its first and ends in
//! its last one.

mod nest;
mod project;
mod words;

use std::ops::Range;

use super::BlockOutcome;
use crate::article::{Block, Placed, Role};
use crate::plan::{Element, ElementId, markup};
use crate::text::{Normal, Span, Target};
use crate::verify::{Finding, Severity};
use nest::{Candidate, Sure};
use project::{Anchor, Projection};

/// From so many elements in one block on, all are placed by their share of it alone.
const MANY: usize = 2_000;
/// Most words of elements that one finding names.
const NAMED: usize = 5;
/// Most characters of each.
const CLIPPED: usize = 40;

/// A sentence of a block on both sides.
pub(super) struct Sentence {
    /// Where it stands in the block.
    pub source: Range<usize>,
    /// Where its translation stands in that of the block.
    pub target: Range<usize>,
    /// Where in its translation the provider has elements.
    pub told: Vec<(ElementId, [usize; 2])>,
}

/// The elements of a block, in its canonical form.
pub(super) fn elements(block: &Block) -> Vec<Element> {
    let text = block.text.normal();
    let element = |(index, inline): (usize, &crate::article::Inline)| {
        let span = block.text.to_normal(inline.span);
        let start = text.floor_char_boundary(span.start());
        let end = match inline.role {
            Role::Point => start,
            _ => text.ceil_char_boundary(span.end()).max(start),
        };
        Element {
            index,
            span: Span::trusted(start, end),
        }
    };
    block.inline.iter().enumerate().map(element).collect()
}

/// The elements of a block that may part the words of its sentences: none, where there
/// are too many to be links and emphasis.
pub(super) fn travelling(block: &Block) -> Vec<Element> {
    if block.inline.len() > MANY {
        return Vec::new();
    }
    elements(block)
}

/// What of a block no provider may touch, in order and disjoint, without the white
/// space at its ends.
pub(super) fn untouched(block: &Block) -> Vec<Span<Normal>> {
    let text = block.text.normal();
    let mut spans: Vec<Span<Normal>> = Vec::new();
    for (element, inline) in elements(block).iter().zip(&block.inline) {
        let own = words::trimmed(text, element.span.range());
        let after = spans.last().is_none_or(|last| last.end() <= own.start);
        if inline.role == Role::Verbatim && !own.is_empty() && after {
            spans.push(Span::trusted(own.start, own.end));
        }
    }
    spans
}

/// Places the markup of a block in its translation.
///
/// `sentences` are those of `outcome`, in order; `line` says how some words of a block
/// without sentences may have been written. What is not certain is a finding on its
/// sentence; those of a block without sentences are given back.
///
/// Law: every element is placed once, as [`Placed`] says, between grapheme clusters; where
/// source and target are the same, at the places of the source.
pub(super) fn place(
    block: &Block,
    outcome: &mut BlockOutcome,
    sentences: &[Sentence],
    line: &dyn Fn(&str) -> Vec<String>,
) -> Vec<Finding> {
    let (source, Some(target)) = (block.text.normal(), outcome.target.clone()) else {
        return Vec::new();
    };
    let elements = elements(block);
    if elements.is_empty() || source == target {
        outcome.placed = elements.iter().map(kept).collect();
        return Vec::new();
    }
    if elements.len() > MANY || elements.len() * sentences.len() > MANY * MANY {
        outcome.placed = between_clusters(shared(&elements, source, &target), &target);
        let message = format!("where its {} elements stand is estimated", elements.len());
        return vec![Finding::new("markup", Severity::Note, message)];
    }
    let candidates = if sentences.is_empty() {
        in_line(&elements, source, &target, line)
    } else {
        in_sentences(&elements, source, &target, outcome, sentences)
    };
    let (placed, sure) = nest::nested(&elements, candidates, &target);
    outcome.placed = between_clusters(placed, &target);
    findings(block, &elements, &sure, outcome, sentences)
}

fn kept(element: &Element) -> Placed {
    Placed {
        index: element.index,
        span: Span::trusted(element.span.start(), element.span.end()),
    }
}

/// The same places between the characters that readers see; what is nested stays so.
fn between_clusters(mut placed: Vec<Placed>, target: &str) -> Vec<Placed> {
    for Placed { span, .. } in &mut placed {
        let start = words::cluster(target, span.start());
        *span = Span::trusted(start, words::cluster(target, span.end()));
    }
    placed
}

/// Every element at its share of the text.
fn shared(elements: &[Element], source: &str, target: &str) -> Vec<Placed> {
    let at = |offset: usize| {
        let share = offset as f64 / source.len().max(1) as f64;
        words::start_of(target, rounded(share * target.len() as f64))
    };
    let place = |element: &Element| {
        let (start, end) = (at(element.span.start()), at(element.span.end()));
        Placed {
            index: element.index,
            span: Span::trusted(start, end.max(start)),
        }
    };
    elements.iter().map(place).collect()
}

/// A line that is no sentence: parts of it are found as they are written by
/// themselves.
fn in_line(
    elements: &[Element],
    source: &str,
    target: &str,
    line: &dyn Fn(&str) -> Vec<String>,
) -> Vec<Candidate> {
    let projection = Projection::new(source, target, Vec::new());
    let candidate = |element: &Element| {
        let span = element.span.range();
        let projected = projection.place(&span);
        let words = element.span.slice(source).trim();
        if projected.sure == Sure::Certain || words.is_empty() {
            return projected;
        }
        let written = line(words);
        let mut forms = written.iter().map(String::as_str).chain([words]);
        let found = forms.find_map(|form| once(form, target));
        match found {
            Some(range) => Candidate {
                range,
                sure: Sure::Certain,
            },
            None => projected,
        }
    };
    elements.iter().map(candidate).collect()
}

/// Where a text stands that stands there once.
fn once(form: &str, text: &str) -> Option<Range<usize>> {
    let form = form.trim();
    if form.is_empty() {
        return None;
    }
    let mut found = text.match_indices(form).map(|(at, _)| at);
    let (at, None) = (found.next()?, found.next()) else {
        return None;
    };
    Some(words::widened(text, at..at + form.len()))
}

fn in_sentences(
    elements: &[Element],
    source: &str,
    target: &str,
    outcome: &BlockOutcome,
    sentences: &[Sentence],
) -> Vec<Candidate> {
    let mut places: Vec<Vec<Option<Candidate>>> = Vec::with_capacity(sentences.len());
    for (sentence, done) in sentences.iter().zip(&outcome.segments) {
        places.push(in_sentence(
            elements,
            (source, target),
            sentence,
            &done.marks,
        ));
    }
    let candidate = |(i, element): (usize, &Element)| {
        let (from, to) = (element.span.start(), element.span.end());
        // All sentences whose end it reaches past its beginning.
        let first = sentences.partition_point(|sentence| sentence.source.end <= from);
        let last = sentences.partition_point(|sentence| sentence.source.start < to);
        let own = first..last.max(first);
        let placed: Vec<&Candidate> = (places.get(own).unwrap_or_default().iter())
            .filter_map(|place| place.get(i)?.as_ref())
            .collect();
        let sure = placed.iter().map(|c| c.sure).max().unwrap_or(Sure::Certain);
        let start = match placed.first() {
            Some(candidate) if !is_between(sentences, from) => candidate.range.start,
            _ => across(sentences, from, source.len(), target.len()),
        };
        let end = match placed.last() {
            Some(candidate) if !is_between(sentences, to) => candidate.range.end,
            _ => across(sentences, to, source.len(), target.len()),
        };
        Candidate {
            range: start..end.max(start),
            sure,
        }
    };
    elements.iter().enumerate().map(candidate).collect()
}

/// Whether a place of the source lies in no sentence.
fn is_between(sentences: &[Sentence], at: usize) -> bool {
    let next = sentences.partition_point(|sentence| sentence.source.end < at);
    (sentences.get(next)).is_none_or(|sentence| at < sentence.source.start)
}

/// A place at the edge of a sentence or between two, where all stays as it was.
fn across(sentences: &[Sentence], at: usize, source: usize, target: usize) -> usize {
    let next = sentences.partition_point(|sentence| sentence.source.end <= at);
    match (sentences.get(next), next.checked_sub(1)) {
        (Some(sentence), _) if sentence.source.start <= at => sentence.target.start,
        (_, Some(before)) => sentences.get(before).map_or(target, |before| {
            (before.target.end + at - before.source.end).min(target)
        }),
        (_, None) => at.min(source).min(target),
    }
}

/// Where each element that has a part in a sentence stands in its translation, in
/// bytes of the block's.
fn in_sentence(
    elements: &[Element],
    (source, target): (&str, &str),
    sentence: &Sentence,
    marks: &[super::Marked],
) -> Vec<Option<Candidate>> {
    let own = source.get(sentence.source.clone()).unwrap_or_default();
    let said = target.get(sentence.target.clone()).unwrap_or_default();
    let span = Span::trusted(sentence.source.start, sentence.source.end);
    let sent = markup::parting(source, span, elements);
    let mut projection = None;
    let mut place = |element: &Element| {
        let (from, to) = (sentence.source.start, sentence.source.end);
        let start = element.span.start().clamp(from, to);
        let end = element.span.end().clamp(start, to);
        let is_part = if element.span.is_empty() {
            from <= element.span.start() && element.span.start() <= to
        } else {
            start < end
        };
        if !is_part {
            return None;
        }
        let local = start - from..end - from;
        if own == said {
            return Some(Candidate {
                range: local,
                sure: Sure::Certain,
            });
        }
        let projection = projection
            .get_or_insert_with(|| Projection::new(own, said, Anchor::of(marks, own, said)));
        let projected = projection.place(&local);
        if projected.sure == Sure::Certain {
            return Some(projected);
        }
        let id = sent
            .iter()
            .zip(0_u16..)
            .find(|(e, _)| e.index == element.index);
        let told = id.and_then(|(_, id)| {
            let of = |(own, _): &&(ElementId, [usize; 2])| *own == ElementId(id);
            Some(sentence.told.iter().find(of)?.1)
        });
        let Some([start, end]) = told.filter(|[start, end]| said.get(*start..*end).is_some())
        else {
            return Some(projected);
        };
        Some(Candidate {
            range: mended(said, start..end, own, &local),
            sure: Sure::Told,
        })
    };
    let moved = |candidate: Candidate| Candidate {
        range: candidate.range.start + sentence.target.start
            ..candidate.range.end + sentence.target.start,
        ..candidate
    };
    elements
        .iter()
        .map(|element| place(element).map(moved))
        .collect()
}

/// Where a provider has an element: with whole words, unless the source cuts one, too.
fn mended(said: &str, told: Range<usize>, own: &str, span: &Range<usize>) -> Range<usize> {
    if told.is_empty() {
        let at = words::start_of(said, told.start);
        return at..at;
    }
    let widened = words::widened(said, told.clone());
    let cuts = |at: usize, to: usize| {
        // (A cluster is never cut.)
        words::is_inside(own, at) && !words::is_inside_cluster(said, to)
    };
    let start = if cuts(span.start, told.start) {
        told.start
    } else {
        widened.start
    };
    let end = if cuts(span.end, told.end) {
        told.end
    } else {
        widened.end
    };
    start..end.max(start)
}

/// Says of each sentence which of its elements stand where somebody should look.
fn findings(
    block: &Block,
    elements: &[Element],
    sure: &[Sure],
    outcome: &mut BlockOutcome,
    sentences: &[Sentence],
) -> Vec<Finding> {
    let source = block.text.normal();
    let mut left = Vec::new();
    let homes: Vec<Option<usize>> = (elements.iter())
        .map(|element| {
            let at = element.span.start();
            let next = sentences.partition_point(|sentence| sentence.source.end <= at);
            (!sentences.is_empty()).then(|| next.min(sentences.len() - 1))
        })
        .collect();
    for (level, severity) in [
        (Sure::Estimated, Severity::Note),
        (Sure::Squeezed, Severity::Warning),
    ] {
        let mut by_home: std::collections::BTreeMap<Option<usize>, Vec<usize>> =
            std::collections::BTreeMap::new();
        for (i, home) in homes.iter().enumerate() {
            if sure.get(i) == Some(&level) {
                by_home.entry(*home).or_default().push(i);
            }
        }
        for (home, own) in by_home {
            let named: Vec<String> = (own.iter().take(NAMED))
                .filter_map(|i| Some(name(elements.get(*i)?.span.slice(source))))
                .collect();
            let more = match own.len().saturating_sub(NAMED) {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            let what = match level {
                Sure::Squeezed => "has no words of its own left in the translation",
                _ => "stands is estimated",
            };
            let where_ = if level == Sure::Squeezed {
                ""
            } else {
                "where "
            };
            let message = format!("{where_}the markup of {}{more} {what}", named.join(", "));
            let mut finding = Finding::new("markup", severity, message);
            let done =
                home.and_then(|home| Some((outcome.segments.get_mut(home)?, sentences.get(home)?)));
            let Some((done, sentence)) = done else {
                left.push(finding);
                continue;
            };
            let first = own.first().and_then(|i| elements.get(*i));
            let place = first.and_then(|element| {
                let placed = outcome.placed.iter().find(|p| p.index == element.index)?;
                let from = placed.span.start().checked_sub(sentence.target.start)?;
                let to = placed.span.end().checked_sub(sentence.target.start)?;
                done.target.get(from..to)?;
                Some(Span::<Target>::trusted(from, to))
            });
            if let Some(place) = place.filter(|place| !place.is_empty()) {
                finding = finding.at_target(place);
            }
            done.review |= severity > Severity::Note;
            done.findings.push(finding);
        }
    }
    left
}

/// What an element encloses, as a finding names it.
fn name(words: &str) -> String {
    let words = words.trim();
    if words.is_empty() {
        return "a place between words".to_owned();
    }
    let clipped: String = words.chars().take(CLIPPED).collect();
    let dots = if clipped.len() < words.len() {
        "…"
    } else {
        ""
    };
    format!("`{clipped}{dots}`")
}
/// A length that was reckoned, as a whole number; below nothing is nothing.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the cast saturates, and texts are short"
)]
fn rounded(length: f64) -> usize {
    length.round() as usize
}
