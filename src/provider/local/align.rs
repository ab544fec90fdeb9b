//! Values put back by word alignment, for models that know no tokens.
//!
//! A value that a model respelled cannot be found by looking for it. The
//! model's own attention tells which words it wrote for it. It also tells which words
//! belong into an element of markup.

use std::ops::Range;

use super::{canonical, pieces};
use crate::language::{Ending, Pair};
use crate::plan::markup::bare;
use crate::plan::{ElementId, HoleId, Markup, Piece, Segment};
use crate::provider::Protection;
use crate::provider::wire::{self, Encoded};

/// A translation and what the model looked at for each token of it. Places are in bytes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Aligned {
    /// The translation.
    pub target: String,
    /// Where the tokens of the source stand in what was sent; none of the end mark.
    pub source_tokens: Vec<Range<usize>>,
    /// Where the tokens of the target stand.
    pub target_tokens: Vec<Range<usize>>,
    /// For each token of the target what share of the attention each of the source had.
    pub seen: Vec<Vec<f32>>,
}

/// Least share of a target token's attention that a value must have to own it.
const OWNS: f32 = 0.4;

/// Whether a hole of the segment is missing from the draft.
pub(super) fn is_incomplete(segment: &Segment, draft: &[Piece]) -> bool {
    segment.holes().any(|id| !has(draft, id))
}

fn has(draft: &[Piece], id: HoleId) -> bool {
    draft
        .iter()
        .any(|piece| matches!(piece, Piece::Hole(found, _) if *found == id))
}

/// Cuts the holes that decoding does not find out of the words that the model
/// wrote for them. Where these are far longer than the value, attention strays, and
/// nothing is cut.
pub(super) fn restore(
    aligned: &Aligned,
    sent: &Encoded,
    segment: &Segment,
    pair: Pair,
) -> Vec<Piece> {
    let text = &aligned.target;
    let read = |answer: &str| {
        let answer = canonical(&pieces::to_text(answer), pair);
        wire::decode(&answer, segment, pair, Protection::Plain)
    };
    let found = read(text);
    let mut cuts: Vec<(Range<usize>, HoleId)> = (sent.holes.iter())
        .filter(|(id, _)| !has(&found, *id))
        .filter_map(|(id, range)| Some((own_words(aligned, sent, range)?, *id)))
        .collect();
    cuts.sort_by_key(|(range, _)| range.start);
    cuts.dedup_by(|later, earlier| later.0.start < earlier.0.end);
    let mut with_cuts = String::with_capacity(text.len());
    let mut at = 0;
    for (range, id) in cuts {
        let Some(stand_in) = StandIn::Hole(id).character() else {
            continue;
        };
        with_cuts.push_str(text.get(at..range.start).unwrap_or_default());
        with_cuts.push(stand_in);
        at = range.end;
    }
    with_cuts.push_str(text.get(at..).unwrap_or_default());
    parted(read(&with_cuts))
}

/// The first of the characters that stand for edges of markup and for holes while an
/// answer is decoded: a text that has one of them has it in a hole.
const FIRST: u32 = 0xF_1000;
/// Elements, and holes, that characters can stand for.
const MOST: u32 = 1000;
/// How many times as long as its source an element or a value may be: more is none, but
/// attention that strays.
const WIDEST: usize = 3;

/// The draft with markup around the words that the model wrote for what each element
/// encloses. Where the draft cannot be told from the aligned text, none is put.
pub(super) fn marked(
    aligned: &Aligned,
    sent: &Encoded,
    segment: &Segment,
    (pair, protection): (Pair, Protection),
    draft: Vec<Piece>,
) -> Vec<Piece> {
    let text = &aligned.target;
    let mut edges: Vec<(usize, Markup)> = Vec::new();
    let mut open: Vec<(ElementId, usize)> = Vec::new();
    for (markup, at) in segment.markup().zip(&sent.markup) {
        match markup {
            Markup::Open(id) => open.push((id, at.start)),
            Markup::Close(_) => {
                let Some((id, start)) = open.pop() else {
                    continue;
                };
                if let Some(words) = own_words(aligned, sent, &(start..at.start)) {
                    edges.push((words.start, Markup::Open(id)));
                    edges.push((words.end, Markup::Close(id)));
                }
            }
            Markup::Point(id) => {
                let after = sent.text.get(at.start..).unwrap_or_default();
                let word = after.len() - after.trim_start().len();
                let end = after[word..].find(char::is_whitespace);
                let end = end.map_or(after.len(), |end| word + end);
                let next = at.start..at.start + end;
                if let Some(words) = words_of(aligned, &next) {
                    edges.push((words.start, Markup::Point(id)));
                }
            }
        }
    }
    // What ends comes before what begins; how elements nest is decided later.
    edges.sort_by_key(|(at, markup)| (*at, !matches!(markup, Markup::Close(_))));
    let mut with_edges = String::with_capacity(text.len() + 8 * edges.len());
    let mut from = 0;
    for (at, markup) in edges {
        with_edges.push_str(text.get(from..at).unwrap_or_default());
        with_edges.extend(StandIn::Edge(markup).character());
        from = from.max(at);
    }
    with_edges.push_str(text.get(from..).unwrap_or_default());
    let answer = canonical(&pieces::to_text(&with_edges), pair);
    let marked = parted(wire::decode(&answer, segment, pair, protection));
    if *bare(&marked) == *draft {
        marked
    } else {
        draft
    }
}

fn length(text: &str, range: &Range<usize>) -> usize {
    text.get(range.clone())
        .map_or(0, |text| text.chars().count())
}

/// What a character stands for while an answer is decoded.
enum StandIn {
    Edge(Markup),
    Hole(HoleId),
}

impl StandIn {
    /// The character, if there are as many.
    fn character(self) -> Option<char> {
        let (kind, number) = match self {
            Self::Edge(markup) => match markup {
                Markup::Open(id) => (0, id.0),
                Markup::Close(id) => (1, id.0),
                Markup::Point(id) => (2, id.0),
            },
            Self::Hole(id) => (3, id.0),
        };
        let number = Some(u32::from(number)).filter(|number| *number < MOST)?;
        char::from_u32(FIRST + 4 * number + kind)
    }

    /// The piece that a character stands for.
    fn piece(c: char) -> Option<Piece> {
        let place = (c as u32).checked_sub(FIRST).filter(|n| *n < 4 * MOST)?;
        let number = u16::try_from(place / 4).ok()?;
        let id = ElementId(number);
        Some(match place % 4 {
            0 => Piece::Markup(Markup::Open(id)),
            1 => Piece::Markup(Markup::Close(id)),
            2 => Piece::Markup(Markup::Point(id)),
            _ => Piece::Hole(HoleId(number), Ending::default()),
        })
    }
}

/// The pieces with what characters stand for taken out of their words.
fn parted(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut out = Vec::with_capacity(pieces.len());
    for piece in pieces {
        let Piece::Text(text) = piece else {
            out.push(piece);
            continue;
        };
        let mut from = 0;
        for (at, c) in text.char_indices() {
            let Some(piece) = StandIn::piece(c) else {
                continue;
            };
            if let Some(words) = text.get(from..at).filter(|words| !words.is_empty()) {
                out.push(Piece::Text(words.to_owned()));
            }
            out.push(piece);
            from = at + c.len_utf8();
        }
        if let Some(words) = text.get(from..).filter(|words| !words.is_empty()) {
            out.push(Piece::Text(words.to_owned()));
        }
    }
    out
}

/// The words that were written for what stands at `range` of what was sent, unless they are
/// far longer.
fn own_words(aligned: &Aligned, sent: &Encoded, range: &Range<usize>) -> Option<Range<usize>> {
    let most = WIDEST * length(&sent.text, range).max(4);
    words_of(aligned, range).filter(|words| length(&aligned.target, words) <= most)
}

/// Marks before a word, which are none of it…
const BEFORE: [char; 6] = ['(', '[', '"', '\'', '‘', '“'];
/// …and behind one.
const BEHIND: [char; 13] = [
    '।', ',', ';', ':', '.', '?', '!', ')', ']', '"', '\'', '’', '”',
];

/// The bytes of the target whose words were written for `range` of the source,
/// widened to whole words without the marks around them.
fn words_of(aligned: &Aligned, range: &Range<usize>) -> Option<Range<usize>> {
    let mut owned = shares(aligned, range).filter(|(_, share)| *share >= OWNS);
    let first = owned.next()?.0;
    let last = owned.next_back().map_or(first, |last| last.0);
    whole_words(&aligned.target, first.start..last.end)
}

/// The tokens of the target, each with the share of its attention that `range` of the source had.
fn shares<'a>(
    aligned: &'a Aligned,
    range: &'a Range<usize>,
) -> impl DoubleEndedIterator<Item = (&'a Range<usize>, f32)> {
    let share = |shares: &Vec<f32>| {
        let seen = aligned.source_tokens.iter().zip(shares);
        seen.filter(|(token, _)| token.start < range.end && range.start < token.end)
            .map(|(_, share)| share)
            .sum::<f32>()
    };
    let written = aligned.target_tokens.iter().zip(&aligned.seen);
    written.map(move |(token, shares)| (token, share(shares)))
}

/// Bytes of a text widened to whole words, without the marks around them.
fn whole_words(text: &str, bytes: Range<usize>) -> Option<Range<usize>> {
    let begins = text.get(bytes.start..)?.trim_start();
    let (before, _) = text.split_at_checked(text.len() - begins.len())?;
    let start = before.trim_end_matches(|c: char| !c.is_whitespace()).len();
    let ends = text.get(bytes.end..)?;
    let end = bytes.end + ends.find(char::is_whitespace).unwrap_or(ends.len());
    let words = text.get(start..end)?;
    let kept = words.trim_start_matches(BEFORE);
    let start = end - kept.len();
    let end = start + kept.trim_end_matches(BEHIND).len();
    (start < end).then_some(start..end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{Filling, HoleKind};
    use crate::text::Span;

    /// The places of the words of a text, a full stop apart.
    fn places(text: &str) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        for word in text.split_whitespace() {
            let start = word.as_ptr().addr() - text.as_ptr().addr();
            let bare = word.trim_end_matches(['.', '।']).len();
            found.push(start..start + bare);
            found.push(start + bare..start + word.len());
        }
        found.retain(|place| !place.is_empty());
        found
    }

    /// A translation each of whose words was written for one of the source's.
    fn aligned(source: &str, target: &str, of: &[usize]) -> Aligned {
        let source_tokens = places(source);
        let row = |&of: &usize| {
            let mut row = vec![0.0; source_tokens.len() + 1];
            row[of] = 1.0;
            row
        };
        Aligned {
            target: target.to_owned(),
            target_tokens: places(target),
            seen: of.iter().map(row).collect(),
            source_tokens,
        }
    }

    /// A segment with one value, rendered as the engine never writes it.
    fn with_value(before: &str, value: &str, after: &str) -> Segment {
        Segment {
            pieces: vec![
                Piece::Text(before.to_owned()),
                Piece::Hole(HoleId(0), Ending::default()),
                Piece::Text(after.to_owned()),
            ],
            fillings: vec![Filling {
                kind: HoleKind::Verbatim,
                source: value.to_owned(),
                target: "পায়রা".to_owned(),
                span: Span::whole(""),
            }],
            hints: Vec::new(),
        }
    }

    fn restored(segment: &Segment, target: &str, of: &[usize]) -> Vec<Piece> {
        let sent = wire::encode(segment, Pair::EN_BN.source, Protection::Plain);
        let aligned = aligned(&sent.text, target, of);
        restore(&aligned, &sent, segment, Pair::EN_BN)
    }

    fn text(text: &str) -> Piece {
        Piece::Text(text.to_owned())
    }

    #[test]
    fn a_value_takes_the_place_of_the_words_that_were_written_for_it() {
        let hole = Piece::Hole(HoleId(0), Ending::default());
        let segment = with_value("The port of ", "Payra", " stays shut.");
        // The port of Payra stays shut .
        let found = restored(&segment, "পারা বন্দর বন্ধ থাকবে।", &[3, 1, 5, 4, 6]);
        assert_eq!(found, [hole.clone(), text(" বন্দর বন্ধ থাকবে।")]);
        // Attention that strays over all of it, and words that were written for nothing.
        let strays = restored(
            &segment,
            "পারা বন্দর অনির্দিষ্টকালের জন্য বন্ধ থাকবে।",
            &[3, 1, 5, 5, 5, 3, 6],
        );
        assert!(!strays.contains(&hole), "{strays:?}");
        let none = restored(&segment, "বন্দর বন্ধ।", &[1, 5, 6]);
        assert_eq!(none, [text("বন্দর বন্ধ।")]);
    }

    #[test]
    fn a_word_goes_as_a_whole() {
        let segment = with_value("The port of ", "Payra", " stays shut.");
        let sent = wire::encode(&segment, Pair::EN_BN.source, Protection::Plain);
        let mut pieces = aligned(&sent.text, "বন্দর পারাতে বন্ধ।", &[1, 3, 5, 6]);
        // The last letters alone were written for the value.
        let word = pieces.target_tokens[1].clone();
        pieces.target_tokens[1].start = word.end - "তে".len();
        let found = restore(&pieces, &sent, &segment, Pair::EN_BN);
        let hole = Piece::Hole(HoleId(0), Ending::default());
        assert_eq!(found, [text("বন্দর "), hole, text(" বন্ধ।")]);
    }

    #[test]
    fn marks_around_a_value_stay() {
        let segment = with_value("The port (", "Payra", ") stays shut.");
        // The port (Payra) stays shut .
        let found = restored(&segment, "বন্দরটি (পারা) বন্ধ থাকবে।", &[1, 2, 4, 3, 5]);
        let hole = Piece::Hole(HoleId(0), Ending::default());
        assert_eq!(found, [text("বন্দরটি ("), hole, text(") বন্ধ থাকবে।")]);
    }

    #[test]
    fn a_bullet_comes_back_once() {
        let segment = with_value("• The port of ", "Payra", " stays shut.");
        let found = restored(&segment, "সেখানে পারা বন্দর বন্ধ।", &[0, 3, 1, 5, 6]);
        let bullets = found
            .iter()
            .filter(|piece| matches!(piece, Piece::Text(text) if text.contains('•')));
        assert_eq!(bullets.count(), 1, "{found:?}");
        assert!(found.contains(&Piece::Hole(HoleId(0), Ending::default())));
    }
}
