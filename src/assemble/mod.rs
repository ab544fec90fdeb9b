//! From a provider's pieces to the sentence that is published.
//!
//! Holes are filled by position, never by searching for a placeholder; endings
//! are joined as the target language joins them; quotation marks are the
//! house's. What a provider lost, doubled or made up is a [`Defect`].

pub mod dateline;
pub mod metadata;
pub mod name;
mod stop;

use std::collections::BTreeMap;

use crate::glossary::Kind;
use crate::language::{Profile, Quotation};
use crate::mark::quote::{self, Edge};
use crate::plan::markup::bare;
use crate::plan::{ElementId, HoleId, HoleKind, Markup, Piece, Segment};
use crate::style::Style;
use crate::text::{Span, Target, is_alphanumeric};
use crate::verify::{leaks, markup, repetition};

/// What a provider did to a segment that it should not have done.
#[derive(Debug, Clone, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Defect {
    /// A value did not come back.
    #[error("a value was lost")]
    Lost(HoleId),
    /// A value came back more than once.
    #[error("a value came back more than once")]
    Repeated(HoleId),
    /// A value came back that was never sent.
    #[error("a value came back that was never sent")]
    Invented(HoleId),
    /// Quotation marks are missing, too many or out of order.
    #[error("{expected} quotation marks were sent and {found} came back")]
    Quotes {
        /// Marks in the source.
        expected: usize,
        /// Marks in the draft.
        found: usize,
    },
    /// A value left the quotation that it stands in, or came into another.
    #[error("a value crossed a quotation mark")]
    Crossed(HoleId),
    /// One word stands many times in a row.
    #[error("the answer says one word over and over")]
    Stutter,
    /// What is left of a placeholder, or markup that nobody sent.
    #[error("the answer has markup or a damaged placeholder")]
    Residue,
    /// A sentence came back as several lines.
    #[error("the answer has several lines")]
    Lines,
    /// A refusal, an introduction or a note.
    #[error("the answer speaks about the translation")]
    Leak,
    /// Nothing came back for something.
    #[error("the answer is empty")]
    Empty,
    /// The answer goes on and on.
    #[error("the answer is {times} times as long as the source")]
    Overlong {
        /// How many times as long.
        times: usize,
    },
}

/// A sentence of the target with what stands where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assembled {
    /// The sentence.
    pub text: String,
    /// Where each value stands in it, its ending included.
    pub places: Vec<(HoleId, Span<Target>)>,
    /// Where each element of markup stands that came back once and whole.
    pub markup: Vec<(ElementId, Span<Target>)>,
}

/// Everything that is wrong with `pieces` as an answer to `segment`.
///
/// Law: when the list is empty, every hole of the segment stands in the pieces
/// exactly once, in the same quotation as in the source or outside all, and its quotation
/// marks are all there, in order and balanced. What became of markup is no defect:
/// where it belongs can be told without asking again.
#[must_use]
pub fn defects(segment: &Segment, pieces: &[Piece]) -> Vec<Defect> {
    let (segment, pieces) = (&*segment.bare(), &*bare(pieces));
    let mut defects = Vec::new();
    let sent: Vec<HoleId> = segment.holes().collect();
    let came: Vec<HoleId> = pieces
        .iter()
        .filter_map(|piece| match piece {
            Piece::Hole(id, _) => Some(*id),
            _ => None,
        })
        .collect();
    for id in &sent {
        match came.iter().filter(|c| *c == id).count() {
            0 => defects.push(Defect::Lost(*id)),
            1 => {}
            _ => defects.push(Defect::Repeated(*id)),
        }
    }
    for (i, id) in came.iter().enumerate() {
        if !sent.contains(id) && !came[..i].contains(id) {
            defects.push(Defect::Invented(*id));
        }
    }
    let expected: Vec<(Edge, usize)> = segment.quotes().collect();
    let marks: Vec<(Edge, usize)> = pieces
        .iter()
        .filter_map(|piece| match piece {
            Piece::Quote(edge, depth) => Some((*edge, *depth)),
            _ => None,
        })
        .collect();
    let visible: usize = pieces.iter().map(visible_marks).sum();
    if marks != expected || visible > source_marks(segment) {
        defects.push(Defect::Quotes {
            expected: expected.len(),
            found: marks.len() + visible,
        });
    }
    if marks == expected && !marks.is_empty() {
        let before = homes(&segment.pieces);
        let after = homes(pieces);
        let crossed = |(id, home): &(HoleId, Home)| {
            after.iter().any(|(other, now)| other == id && now != home)
        };
        defects.extend(
            before
                .iter()
                .filter(|hole| crossed(hole))
                .map(|(id, _)| Defect::Crossed(*id)),
        );
    }
    if stutters(pieces) && !stutters(&segment.pieces) {
        defects.push(Defect::Stutter);
    }
    let (asked, said) = (words_of(&segment.pieces), words_of(pieces));
    if markup::residue(&asked, &said).is_some() {
        defects.push(Defect::Residue);
    }
    if said.matches('\n').count() > asked.matches('\n').count() {
        defects.push(Defect::Lines);
    }
    if leaks::found(&asked, &said).is_some() {
        defects.push(Defect::Leak);
    }
    let words = |pieces: &[Piece]| -> usize {
        pieces
            .iter()
            .map(|piece| match piece {
                Piece::Text(text) => text.chars().filter(|&c| is_alphanumeric(c)).count(),
                _ => 0,
            })
            .sum()
    };
    let (before, after) = (words(&segment.pieces), words(pieces));
    if segment.has_words() && after == 0 && before > 0 {
        defects.push(Defect::Empty);
    }
    if after > 40 && after > 4 * before.max(10) {
        defects.push(Defect::Overlong {
            times: after / before.max(1),
        });
    }
    defects
}

/// The words of some pieces, holes left out.
fn words_of(pieces: &[Piece]) -> String {
    let mut out = String::new();
    for piece in pieces {
        match piece {
            Piece::Text(text) => out.push_str(text),
            Piece::Hole(..) | Piece::Quote(..) => out.push(' '),
            Piece::Markup(_) => {}
        }
    }
    out
}

/// The quotation that a hole stands in: how many were closed that an earlier
/// segment opened, and which one, by its number, is the innermost open.
type Home = (usize, Option<usize>);

/// Where each hole stands.
fn homes(pieces: &[Piece]) -> Vec<(HoleId, Home)> {
    let (mut closed, mut begun) = (0, 0);
    let mut open = Vec::new();
    let mut found = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Quote(Edge::Open, _) => {
                open.push(begun);
                begun += 1;
            }
            Piece::Quote(Edge::Close, _) => {
                closed += usize::from(open.pop().is_none());
            }
            Piece::Hole(id, _) => found.push((*id, (closed, open.last().copied()))),
            Piece::Text(_) | Piece::Markup(_) => {}
        }
    }
    found
}

/// Whether words or letters of a piece go in circles.
fn stutters(pieces: &[Piece]) -> bool {
    pieces
        .iter()
        .any(|piece| matches!(piece, Piece::Text(text) if repetition::stutters(text)))
}

/// Quotation marks that are still glyphs in the text of a piece.
fn visible_marks(piece: &Piece) -> usize {
    match piece {
        Piece::Text(text) => quote::scan(text).len(),
        _ => 0,
    }
}

/// The same in the source: marks without a partner stay glyphs there too.
fn source_marks(segment: &Segment) -> usize {
    segment.pieces.iter().map(visible_marks).sum()
}

/// Writes the sentence that `pieces` say.
///
/// `pieces` must be free of [`defects`]; a hole that `segment` does not know is
/// left out.
#[must_use]
pub fn fill(segment: &Segment, pieces: &[Piece], target: &dyn Profile, style: &Style) -> Assembled {
    let marks = style.quotation(target);
    let mut text = String::new();
    let mut places = Vec::new();
    let mut edges: Vec<(usize, Markup)> = Vec::new();
    let mut stops = stop::Stops::of(&segment.bare(), marks);
    for (i, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Markup(markup) => edges.push((text.len(), *markup)),
            Piece::Text(words) => {
                let words = style.digits_of(words, target);
                let end = text.len();
                let words = stops.drawn_in(&mut text, &words);
                for (at, _) in edges.iter_mut().filter(|(at, _)| *at == end) {
                    *at = text.len();
                }
                text.push_str(words);
            }
            Piece::Hole(id, ending) => {
                let Some(filling) = segment.filling(*id) else {
                    continue;
                };
                let start = text.len();
                let written = match filling.kind {
                    HoleKind::Glossary(Kind::Place | Kind::Organisation | Kind::Agency) => {
                        target.attach(&filling.target, &target.impersonal(ending))
                    }
                    _ => target.attach(&filling.target, ending),
                };
                text.push_str(&written);
                places.push((*id, Span::trusted(start, text.len())));
            }
            Piece::Quote(edge, depth) => {
                let comma = *edge == Edge::Close && !marks.comma_inside && text.ends_with(',');
                if comma {
                    text.pop();
                }
                let moved = if *edge == Edge::Close {
                    let rest = pieces.get(i + 1..).unwrap_or_default();
                    let next = (rest.iter()).find(|piece| !matches!(piece, Piece::Markup(_)));
                    stops.close(&mut text, next)
                } else {
                    None
                };
                for (at, _) in &mut edges {
                    *at = text.len().min(*at);
                }
                text.push(glyph(marks, *edge, *depth));
                if comma {
                    text.push(',');
                }
                text.extend(moved);
            }
        }
    }
    Assembled {
        text,
        places,
        markup: whole(&edges),
    }
}

/// The elements of which each edge stands there once, in order.
fn whole(edges: &[(usize, Markup)]) -> Vec<(ElementId, Span<Target>)> {
    let mut all: BTreeMap<ElementId, Vec<(usize, Markup)>> = BTreeMap::new();
    for (at, markup) in edges {
        all.entry(markup.id()).or_default().push((*at, *markup));
    }
    let span = |(id, edges): (ElementId, Vec<(usize, Markup)>)| match edges.as_slice() {
        [(start, Markup::Open(_)), (end, Markup::Close(_))] => {
            Some((id, Span::trusted(*start, *end)))
        }
        [(at, Markup::Point(_))] => Some((id, Span::trusted(*at, *at))),
        _ => None,
    };
    all.into_iter().filter_map(span).collect()
}

fn glyph(marks: Quotation, edge: Edge, depth: usize) -> char {
    let pair = marks.at(depth);
    match edge {
        Edge::Open => pair.open,
        Edge::Close => pair.close,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::{Case, Ending, Language, profile};
    use crate::plan::Filling;

    fn segment(pieces: Vec<Piece>) -> Segment {
        let filling = |source: &str, target: &str| Filling {
            kind: HoleKind::Verbatim,
            source: source.into(),
            target: target.into(),
            span: Span::trusted(0, 0),
        };
        Segment {
            pieces,
            fillings: vec![filling("Dhaka", "ঢাকা"), filling("Trump", "ট্রাম্প")],
            hints: Vec::new(),
        }
    }

    fn text(t: &str) -> Piece {
        Piece::Text(t.into())
    }

    #[test]
    fn endings_join_and_marks_are_the_houses() {
        let source = segment(vec![
            Piece::Hole(HoleId(1), Ending::default()),
            text(" said "),
            Piece::Quote(Edge::Open, 0),
            text("in "),
            Piece::Hole(HoleId(0), Ending::default()),
            Piece::Quote(Edge::Close, 0),
        ]);
        let draft = [
            Piece::Hole(HoleId(1), Ending::case(Case::Genitive)),
            text(" কথা "),
            Piece::Quote(Edge::Open, 0),
            Piece::Hole(HoleId(0), Ending::case(Case::Locative)),
            Piece::Quote(Edge::Close, 0),
        ];
        assert_eq!(defects(&source, &draft), []);
        let done = fill(
            &source,
            &draft,
            profile(Language::BANGLA),
            &Style::default(),
        );
        assert_eq!(done.text, "ট্রাম্পের কথা ‘ঢাকায়’");
        assert_eq!(done.places[1].1.slice(&done.text), "ঢাকায়");
    }

    #[test]
    fn no_place_has_the_plural_of_persons() {
        let source = segment(vec![Piece::Hole(HoleId(0), Ending::default())]);
        let of = |kind| {
            let mut source = source.clone();
            source.fillings[0].kind = HoleKind::Glossary(kind);
            source
        };
        let plural = |number, case, particles: &[&'static str]| Ending {
            number: Some(number),
            case,
            particles: particles.to_vec(),
        };
        let objective = Some(Case::Objective);
        for (kind, ending, wanted) in [
            (Kind::Place, plural("রা", None, &[]), "ঢাকা"),
            (Kind::Organisation, plural("রা", None, &["ও"]), "ঢাকাও"),
            (Kind::Place, plural("দের", None, &[]), "ঢাকার"),
            (Kind::Agency, plural("দের", objective, &[]), "ঢাকাকে"),
            // Others have theirs, and places what else there is.
            (Kind::Place, plural("টি", None, &[]), "ঢাকাটি"),
            (Kind::Place, Ending::case(Case::Locative), "ঢাকায়"),
            (Kind::Person, plural("রা", None, &[]), "ঢাকারা"),
            (Kind::Title, plural("দের", None, &[]), "ঢাকাদের"),
        ] {
            let draft = [Piece::Hole(HoleId(0), ending)];
            let bangla = profile(Language::BANGLA);
            let done = fill(&of(kind), &draft, bangla, &Style::default());
            assert_eq!(done.text, wanted, "{kind:?}");
        }
    }

    #[test]
    fn a_value_stays_inside_or_outside_its_quotation() {
        let open = || Piece::Quote(Edge::Open, 0);
        let close = || Piece::Quote(Edge::Close, 0);
        let dhaka = || Piece::Hole(HoleId(0), Ending::default());
        let source = segment(vec![open(), text("no "), close(), text(" in "), dhaka()]);
        let moved = [open(), dhaka(), text(" না"), close(), text(" বলেন")];
        assert_eq!(defects(&source, &moved), [Defect::Crossed(HoleId(0))]);
        let kept = [dhaka(), text(" বলেন "), open(), text("না"), close()];
        assert_eq!(defects(&source, &kept), []);
        // Nor does it go from one quotation into the next.
        let (no, and) = (|| text("no "), || text(" and "));
        let source = segment(vec![
            open(),
            no(),
            dhaka(),
            close(),
            and(),
            open(),
            no(),
            close(),
        ]);
        let moved = [open(), no(), close(), and(), open(), no(), dhaka(), close()];
        assert_eq!(defects(&source, &moved), [Defect::Crossed(HoleId(0))]);
    }

    #[test]
    fn a_stutter_is_no_translation() {
        let source = segment(vec![text("the risk is high in the whole region")]);
        let draft = [text("ঝুঁকির ঝুঁকির ঝুঁকির ঝুঁকির")];
        assert_eq!(defects(&source, &draft), [Defect::Stutter]);
        let draft = [text("ব্যব্যব্যব্যব্য উচ্চ")];
        assert_eq!(defects(&source, &draft), [Defect::Stutter]);
    }

    #[test]
    fn every_damage_is_named() {
        let source = segment(vec![
            Piece::Hole(HoleId(0), Ending::default()),
            text(" and "),
            Piece::Hole(HoleId(1), Ending::default()),
            Piece::Quote(Edge::Open, 0),
            Piece::Quote(Edge::Close, 0),
        ]);
        let draft = [
            Piece::Hole(HoleId(0), Ending::default()),
            text(" ও ‘হ্যাঁ "),
            Piece::Hole(HoleId(0), Ending::default()),
            Piece::Hole(HoleId(7), Ending::default()),
        ];
        assert_eq!(
            defects(&source, &draft),
            [
                Defect::Repeated(HoleId(0)),
                Defect::Lost(HoleId(1)),
                Defect::Invented(HoleId(7)),
                Defect::Quotes {
                    expected: 2,
                    found: 1
                }
            ]
        );
    }
}
