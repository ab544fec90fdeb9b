//! Quotation marks of one block: which characters are marks, and which of them
//! open or close.
//!
//! The *marks* are structure; what they hold is translated. Apostrophes and
//! primes (feet, inches, minutes) are no quotation marks.

mod glyph;

use crate::text::{Normal, Span};
use glyph::{Candidate, Doubtful, Family, candidates};

/// Whether a mark begins or ends a quotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Edge {
    /// It begins one.
    Open,
    /// It ends one.
    Close,
}

/// A quotation mark in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct QuoteMark {
    /// Where it stands.
    pub span: Span<Normal>,
    /// What it does.
    pub edge: Edge,
    /// How many quotations are open around it, itself not counted.
    pub depth: usize,
}

/// A mark without a partner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Stray {
    /// Where it stands.
    pub span: Span<Normal>,
    /// What it would do.
    pub edge: Edge,
    family: Family,
}

/// What the marks of a block amount to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Quotes {
    /// The marks that pair, in order. A quotation left open at the end of the
    /// block counts as paired when [`Quotes::runs_on`] says so.
    pub marks: Vec<QuoteMark>,
    /// Marks without a partner: reported, never repaired in silence.
    pub unpaired: Vec<Stray>,
    /// Quotations still open at the end, which the next paragraph may reopen.
    pub runs_on: usize,
}

/// Pairs the quotation marks of one block.
///
/// A mark inside one of `values` (an address, a name such as `Cox's Bazar`)
/// belongs to it and pairs with nothing. `may_run_on` tells whether a quotation may stay open at the end because the
/// next paragraph goes on with it. A second opening mark of the same kind at
/// the start of such a paragraph is a *reopening* and belongs to the block that
/// it stands in.
#[must_use]
pub fn pair(text: &str, values: &[Span<Normal>], may_run_on: bool) -> Quotes {
    let mut candidates = candidates(text, Doubtful::Weighed);
    candidates.retain(|c| !values.iter().any(|value| value.contains(c.span)));
    let mut open: Vec<(usize, Family)> = Vec::new();
    let mut edges: Vec<Option<(Edge, usize)>> = vec![None; candidates.len()];
    for (i, c) in candidates.iter().enumerate() {
        let innermost = open.iter().rposition(|&(_, family)| family == c.family);
        let closes = c.closes && innermost.is_some();
        if closes && c.shown != Some(Edge::Open) {
            let at = innermost.unwrap_or_default();
            // What was opened inside and never closed has no partner.
            open.truncate(at + 1);
            if let Some((opener, _)) = open.pop() {
                edges[opener] = Some((Edge::Open, open.len()));
                edges[i] = Some((Edge::Close, open.len()));
            }
        } else if c.opens && c.shown != Some(Edge::Close) {
            open.push((i, c.family));
        }
    }
    let mut quotes = Quotes::default();
    if may_run_on {
        // Only what is open around everything that follows can run on.
        for (depth, &(opener, _)) in open.iter().enumerate() {
            let later = edges[opener + 1..]
                .iter()
                .flatten()
                .all(|&(_, d)| d > depth);
            if later || depth == 0 {
                edges[opener] = Some((Edge::Open, depth));
                quotes.runs_on += 1;
            }
        }
    }
    for (c, edge) in candidates.iter().zip(&edges) {
        match *edge {
            Some((edge, depth)) => quotes.marks.push(QuoteMark {
                span: c.span,
                edge,
                depth,
            }),
            None => quotes.unpaired.push(Stray {
                span: c.span,
                edge: if c.shown == Some(Edge::Close) || c.shown.is_none() && !c.opens {
                    Edge::Close
                } else {
                    Edge::Open
                },
                family: c.family,
            }),
        }
    }
    quotes
}

/// Pairs the mark that `first`, a paragraph, leaves open with the one that closes
/// it in `second`, the next: a quotation that goes on without being reopened.
pub fn join(first: &mut Quotes, second: &mut Quotes) {
    let opener = first.unpaired.last().copied();
    let closer = second.unpaired.first().copied();
    let (Some(opener), Some(closer)) = (opener, closer) else {
        return;
    };
    let is_pair =
        opener.edge == Edge::Open && closer.edge == Edge::Close && opener.family == closer.family;
    if !is_pair || first.runs_on > 0 {
        return;
    }
    let is_inside = |mark: &&mut QuoteMark| mark.span.start() < closer.span.start();
    for mark in second.marks.iter_mut().filter(is_inside) {
        mark.depth += 1;
    }
    first.unpaired.pop();
    second.unpaired.remove(0);
    first.runs_on = 1;
    for (quotes, stray) in [(first, opener), (second, closer)] {
        let at = (quotes.marks).partition_point(|mark| mark.span.start() < stray.span.start());
        let mark = QuoteMark {
            span: stray.span,
            edge: stray.edge,
            depth: 0,
        };
        quotes.marks.insert(at, mark);
    }
}

/// Every character of `text` that stands as a quotation mark, in order, with
/// the edge that its glyph or its neighbours show. For text whose marks are
/// compared with a known sequence and not paired on their own.
#[must_use]
pub fn scan(text: &str) -> Vec<(Span<Normal>, Option<Edge>)> {
    candidates(text, Doubtful::Weighed)
        .iter()
        .map(|c| (c.span, c.edge()))
        .collect()
}

/// The marks of `text` where they may be read as `expected`, edges in order. What is
/// open at a mark is not always in the same text: of ’ in বাংলাদেশ’ only `expected`
/// tells that it closes.
#[must_use]
pub fn read(text: &str, expected: &[Edge]) -> Option<Vec<Span<Normal>>> {
    let agrees = |(c, edge): (&Candidate, &Edge)| c.edge().is_none_or(|shown| shown == *edge);
    let all = |doubtful| {
        let found = candidates(text, doubtful);
        let is_read = found.len() == expected.len() && found.iter().zip(expected).all(agrees);
        is_read.then_some(found)
    };
    let found = all(Doubtful::Weighed).or_else(|| {
        [Doubtful::Marks, Doubtful::Plain]
            .into_iter()
            .filter_map(all)
            .find(|found| are_of_one_kind(found, expected))
    })?;
    Some(found.iter().map(|c| c.span).collect())
}

/// Whether each mark closes one of its own kind, as far as that is in the text.
fn are_of_one_kind(found: &[Candidate], edges: &[Edge]) -> bool {
    let mut open = Vec::new();
    found.iter().zip(edges).all(|(c, edge)| match edge {
        Edge::Open => {
            open.push(c.family);
            true
        }
        Edge::Close => open.pop().is_none_or(|family| family == c.family),
    })
}

/// The quotations of a sentence, their marks included, in the order in which they
/// begin. One that another sentence began or ends reaches to the sentence's own end.
#[must_use]
pub fn spans(text: &str) -> Vec<[usize; 2]> {
    let (mut open, mut found) = (Vec::new(), Vec::new());
    for (span, edge) in scan(text) {
        match edge {
            Some(Edge::Open) => open.push(span.start()),
            // What may do both ends one where one is open.
            None if open.is_empty() => open.push(span.start()),
            Some(Edge::Close) | None => found.push([open.pop().unwrap_or(0), span.end()]),
        }
    }
    found.extend(open.into_iter().map(|start| [start, text.len()]));
    found.sort_unstable_by_key(|&[start, end]| (start, std::cmp::Reverse(end)));
    found
}

#[cfg(test)]
mod tests;
