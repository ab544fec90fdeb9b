//! From the marks of a sentence to its segment.

use super::markup::{self, Markup};
use super::{Element, Filling, Hint, HoleId, HoleKind, Piece, Segment};
use crate::glossary;
use crate::language::{Ending, Pair, profile};
use crate::mark::quote::QuoteMark;
use crate::mark::{Mark, MarkKind};
use crate::style::Style;
use crate::text::{Normal, Span};

/// The segment of one sentence.
///
/// `marks`, `quotes` and `elements` are those of the whole block, in order; only what
/// lies in `sentence` is used, and of markup what parts its words
/// ([`markup::parting`]), outside of values and quotation marks.
/// Law: without its markup the segment is the one of the same text without any. Values are written for the target here, so that what
/// a provider does can no longer change them.
#[must_use]
pub fn segment(
    text: &str,
    sentence: Span<Normal>,
    marks: &[Mark<'_>],
    quotes: &[QuoteMark],
    elements: &[Element],
    pair: Pair,
    style: &Style,
) -> Segment {
    let mut builder = Builder {
        text,
        at: sentence.start(),
        segment: Segment {
            pieces: Vec::new(),
            fillings: Vec::new(),
            hints: Vec::new(),
        },
    };
    let inside = |span: Span<Normal>| sentence.contains(span);
    let marks: Vec<&Mark<'_>> = marks.iter().filter(|m| inside(m.whole())).collect();
    let quotes: Vec<&QuoteMark> = quotes.iter().filter(|q| inside(q.span)).collect();
    let elements = markup::parting(text, sentence, elements);
    let edges = if elements.is_empty() {
        Vec::new()
    } else {
        markup::edges(&elements, &whole(&marks, &quotes))
    };
    let mut edges = edges.into_iter().peekable();
    let mut marks = marks.into_iter().peekable();
    let mut quotes = quotes.into_iter().peekable();
    loop {
        let mark_at = marks.peek().map(|m| m.span.start());
        let quote_at = quotes.peek().map(|q| q.span.start());
        let next = mark_at.into_iter().chain(quote_at).min();
        if let Some((at, edge)) = edges.next_if(|(at, _)| next.is_none_or(|next| *at <= next)) {
            builder.markup(at, edge);
            continue;
        }
        let quote_first = match (mark_at, quote_at) {
            (None, None) => break,
            (Some(mark), Some(quote)) => quote < mark,
            (mark, _) => mark.is_none(),
        };
        if quote_first {
            if let Some(quote) = quotes.next() {
                builder.quote(quote);
            }
        } else if let Some(mark) = marks.next() {
            builder.mark(mark, pair, style);
        }
    }
    builder.text_until(sentence.end());
    builder.segment
}

/// What markup may not cut, in order and disjoint.
fn whole(marks: &[&Mark<'_>], quotes: &[&QuoteMark]) -> Vec<Span<Normal>> {
    let is_hole = |mark: &&&Mark<'_>| match &mark.kind {
        MarkKind::Glossary(entry) => entry.kind.is_frozen(),
        _ => true,
    };
    let held: Vec<Span<Normal>> = (marks.iter().filter(is_hole))
        .map(|mark| mark.whole())
        .collect();
    let mut whole = held.clone();
    let free = |quote: &&&QuoteMark| {
        let next = held.partition_point(|span| span.end() <= quote.span.start());
        held.get(next)
            .is_none_or(|span| quote.span.end() <= span.start())
    };
    whole.extend(quotes.iter().filter(free).map(|quote| quote.span));
    whole.sort_unstable();
    whole
}

struct Builder<'t> {
    text: &'t str,
    at: usize,
    segment: Segment,
}

impl Builder<'_> {
    fn text_until(&mut self, end: usize) {
        if let Some(text) = self.text.get(self.at..end).filter(|t| !t.is_empty()) {
            self.segment.pieces.push(Piece::Text(text.to_owned()));
        }
        self.at = self.at.max(end);
    }

    fn markup(&mut self, at: usize, edge: Markup) {
        self.text_until(at);
        self.segment.pieces.push(Piece::Markup(edge));
    }

    fn quote(&mut self, quote: &QuoteMark) {
        // A mark inside a value belongs to the value.
        if quote.span.start() < self.at {
            return;
        }
        self.text_until(quote.span.start());
        self.segment
            .pieces
            .push(Piece::Quote(quote.edge, quote.depth));
        self.at = quote.span.end();
    }

    fn mark(&mut self, mark: &Mark<'_>, pair: Pair, style: &Style) {
        // What is kept as the source writes it is kept with its ending.
        let is_value = matches!(
            mark.kind,
            MarkKind::Number(_) | MarkKind::Multitude(_) | MarkKind::Moment(_)
        );
        let (span, ending) = if is_value && style.keeps_values() {
            (mark.whole(), Ending::default())
        } else {
            (mark.span, mark.ending.clone())
        };
        let source = span.slice(self.text);
        let target_language = profile(pair.target);
        let (kind, target) = match &mark.kind {
            MarkKind::Glossary(entry) if entry.kind.is_frozen() => {
                (HoleKind::Glossary(entry.kind), entry.target.clone())
            }
            MarkKind::Glossary(entry) => {
                let hint = Hint {
                    source: entry.source.clone(),
                    target: entry.target.clone(),
                };
                if !self.segment.hints.contains(&hint) {
                    self.segment.hints.push(hint);
                }
                return;
            }
            MarkKind::Name(named) => (HoleKind::Glossary(named.kind), named.target.clone()),
            MarkKind::Title(title) => (
                HoleKind::Glossary(glossary::Kind::Title),
                (*title).to_owned(),
            ),
            MarkKind::Number(number) => (
                HoleKind::Number,
                style.number(number, source, target_language),
            ),
            MarkKind::Multitude(multitude) => (
                HoleKind::Number,
                style.multitude(*multitude, source, target_language),
            ),
            MarkKind::Moment(moment) => (
                HoleKind::Moment,
                style.moment(moment, source, target_language),
            ),
            MarkKind::Address => (HoleKind::Address, source.to_owned()),
            MarkKind::Verbatim => (HoleKind::Verbatim, source.to_owned()),
        };
        let Ok(id) = u16::try_from(self.segment.fillings.len()) else {
            return;
        };
        self.text_until(mark.span.start());
        let filling = Filling {
            kind,
            source: source.to_owned(),
            target,
            span,
        };
        self.segment.fillings.push(filling);
        self.segment.pieces.push(Piece::Hole(HoleId(id), ending));
        self.at = mark.end;
    }
}
