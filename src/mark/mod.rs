//! What in a text is a value, a name or a quotation mark.
//!
//! Finders know nothing of each other; `resolve` decides between them, so
//! that the marks of a block are in order and disjoint.

pub mod acronym;
pub mod address;
pub mod name;
pub mod quote;
pub mod title;
pub mod verbatim;

use crate::glossary::{Entry, Glossary, Kind};
use crate::language::date::Moment;
use crate::language::number::{Multitude, Number, NumberStyle};
use crate::language::{Ending, Pair, Profile, profile};
use crate::text::{Normal, Span};

/// A stretch of a block that is one thing.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark<'g> {
    /// The value itself, without its ending.
    pub span: Span<Normal>,
    /// Where its ending ends, in bytes of the block.
    pub end: usize,
    /// The case ending that is attached to it.
    pub ending: Ending,
    /// What it is.
    pub kind: MarkKind<'g>,
}

impl Mark<'_> {
    /// The value with its ending.
    #[must_use]
    pub fn whole(&self) -> Span<Normal> {
        Span::trusted(self.span.start(), self.end)
    }
}

/// What a mark is.
#[derive(Debug, Clone, PartialEq)]
pub enum MarkKind<'g> {
    /// A name or term of the glossary.
    Glossary(&'g Entry),
    /// A name whose rendering follows from another mark of the article.
    Name(Named),
    /// A title that the sentence tells the target's word of.
    Title(&'static str),
    /// A number.
    Number(Number),
    /// A plural that names an order of magnitude.
    Multitude(Multitude),
    /// A date or a time of day.
    Moment(Moment),
    /// A web or e-mail address, a handle.
    Address,
    /// What looks like markup or like a placeholder.
    Verbatim,
}

/// A name with its rendering.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// How it is written in the target, without an ending.
    pub target: String,
    /// What it names.
    pub kind: Kind,
}

impl MarkKind<'_> {
    /// Which kind wins where two overlap; the lower the stronger.
    fn rank(&self) -> u8 {
        match self {
            Self::Verbatim | Self::Address => 0,
            _ => 1,
        }
    }
}

/// The marks of a block, in order and disjoint.
#[must_use]
pub fn find<'g>(text: &str, pair: Pair, glossary: &'g Glossary) -> Vec<Mark<'g>> {
    let language = profile(pair.source);
    let mut marks = Vec::new();
    marks.extend(
        address::find(text)
            .into_iter()
            .map(|span| bare(span, MarkKind::Address)),
    );
    marks.extend(
        verbatim::find(text)
            .into_iter()
            .map(|span| bare(span, MarkKind::Verbatim)),
    );
    // Before the glossary: of a title as it stands alone the sentence knows more. A
    // pipeline without a glossary leaves words to its provider.
    if !glossary.is_empty() {
        marks.extend(
            title::find(text, pair)
                .into_iter()
                .map(|title| inflected(text, title.span, language, MarkKind::Title(title.target))),
        );
    }
    marks.extend(glossary.find(pair, text).into_iter().map(|m| Mark {
        span: m.span,
        end: m.ending_span.end().max(m.span.end()),
        ending: m.ending,
        kind: MarkKind::Glossary(m.entry),
    }));
    marks.extend(
        language
            .dates(text)
            .into_iter()
            .map(|found| inflected(text, found.span, language, MarkKind::Moment(found.value))),
    );
    marks.extend(
        language
            .numbers(text)
            .into_iter()
            .filter(|found| !found.value.loose && stands_apart(text, found.span))
            .map(|found| inflected(text, found.span, language, MarkKind::Number(found.value))),
    );
    let style = NumberStyle::default();
    let target = profile(pair.target);
    marks.extend(
        language
            .multitudes(text)
            .into_iter()
            .filter(|found| target.write_multitude(found.value, &style).is_some())
            .map(|found| bare(found.span, MarkKind::Multitude(found.value))),
    );
    resolve(marks)
}

/// Marks what no provider may touch, whatever else was found there. Marks stay, as
/// `spans` are, in order and disjoint.
pub fn hold(marks: &mut Vec<Mark<'_>>, spans: &[Span<Normal>]) {
    marks.retain(|mark| {
        let next = spans.partition_point(|span| span.end() <= mark.span.start());
        spans.get(next).is_none_or(|span| mark.end <= span.start())
    });
    marks.extend(spans.iter().map(|&span| bare(span, MarkKind::Verbatim)));
    marks.sort_by_key(|mark| mark.span.start());
}

/// Marks the [acronyms](acronym::find) of `text` where nothing is marked and none of
/// `names` stands.
pub fn hold_acronyms(marks: &mut Vec<Mark<'_>>, text: &str, pair: Pair, names: &[Span<Normal>]) {
    let language = profile(pair.source);
    for found in acronym::find(text, pair) {
        let named = MarkKind::Name(Named {
            target: found.target,
            kind: Kind::DoNotTranslate,
        });
        let mark = inflected(text, found.span, language, named);
        let whole = mark.whole();
        let at = marks.partition_point(|other| other.span.start() < mark.span.start());
        let neighbours = marks.iter().skip(at.saturating_sub(1)).take(2);
        let mut taken = neighbours.map(Mark::whole).chain(names.iter().copied());
        if !taken.any(|other| other.overlaps(whole)) {
            marks.insert(at, mark);
        }
    }
}

/// Keeps the strongest of overlapping marks: by rank, then the longest, then
/// the first.
fn resolve(mut marks: Vec<Mark<'_>>) -> Vec<Mark<'_>> {
    marks.sort_by_key(|m| {
        (
            m.kind.rank(),
            std::cmp::Reverse(m.span.len()),
            m.span.start(),
        )
    });
    let mut kept: Vec<Mark<'_>> = Vec::with_capacity(marks.len());
    for mark in marks {
        // Kept marks are sorted by place, so that only two neighbours matter.
        let at = kept.partition_point(|k| k.span.start() < mark.span.start());
        let free_before = at == 0 || kept[at - 1].end <= mark.span.start();
        let free_after = kept.get(at).is_none_or(|k| mark.end <= k.span.start());
        if free_before && free_after {
            kept.insert(at, mark);
        }
    }
    kept
}

fn bare(span: Span<Normal>, kind: MarkKind<'_>) -> Mark<'_> {
    Mark {
        span,
        end: span.end(),
        ending: Ending::default(),
        kind,
    }
}

/// A value with the ending that its language attaches to it: `২০২৫-এ`, `৩টি`.
fn inflected<'g>(
    text: &str,
    span: Span<Normal>,
    language: &dyn Profile,
    kind: MarkKind<'g>,
) -> Mark<'g> {
    // A classifier is a word about what is counted (২১ জন, ৩টি): it stays with the
    // words that are translated.
    let (ending, taken) = language
        .ending_after(span.slice(text), &text[span.end()..])
        .filter(|(ending, _)| ending.number.is_none())
        .unwrap_or_default();
    Mark {
        span,
        end: span.end() + taken,
        ending,
        kind,
    }
}

/// Whether no Latin letter or digit sticks to a number: the 20 of `Twenty20` is
/// part of a name.
fn stands_apart(text: &str, span: Span<Normal>) -> bool {
    let sticks = |c: char| c.is_ascii_alphanumeric();
    let before = text[..span.start()].chars().next_back();
    let after = text[span.end()..].chars().next();
    !before.is_some_and(sticks) && !after.is_some_and(sticks)
}
