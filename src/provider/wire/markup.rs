//! Markup in an answer: read tolerantly, and kept at its words while their spaces,
//! stops and quotation marks are put right.
//!
//! What comes back unbalanced, or of nobody, is left aside here or later: it is never
//! worth another question.

use crate::language::Profile;
use crate::plan::{ElementId, Markup, Piece, Segment};

use super::bare_possessive;

/// The elements of a segment while an answer to it is read, in tags whose closing one
/// has no number.
pub(super) struct Elements {
    around: Vec<ElementId>,
    points: Vec<ElementId>,
    /// What is open in the answer; `None` for what nobody sent.
    open: Vec<Option<ElementId>>,
}

impl Elements {
    pub(super) fn of(segment: &Segment) -> Self {
        let mut elements = Self {
            around: Vec::new(),
            points: Vec::new(),
            open: Vec::new(),
        };
        for markup in segment.markup() {
            match markup {
                Markup::Open(id) => elements.around.push(id),
                Markup::Point(id) => elements.points.push(id),
                Markup::Close(_) => {}
            }
        }
        elements
    }

    /// Whether there are any.
    pub(super) fn is_sent(&self) -> bool {
        !self.around.is_empty() || !self.points.is_empty()
    }

    /// An edge that says itself what it is.
    pub(super) fn put(&self, pieces: &mut Vec<Piece>, markup: Markup) {
        let known = match markup {
            Markup::Open(id) | Markup::Close(id) => self.around.contains(&id),
            Markup::Point(id) => self.points.contains(&id),
        };
        if known {
            pieces.push(Piece::Markup(markup));
        }
    }

    /// An opening tag.
    pub(super) fn open(&mut self, pieces: &mut Vec<Piece>, id: ElementId) {
        let is_known = self.around.contains(&id);
        self.open.push(is_known.then_some(id));
        self.put(pieces, Markup::Open(id));
        self.put(pieces, Markup::Point(id));
    }

    /// A tag that opens and closes at once.
    pub(super) fn empty(&self, pieces: &mut Vec<Piece>, id: ElementId) {
        self.put(pieces, Markup::Point(id));
    }

    /// A closing tag.
    pub(super) fn close(&mut self, pieces: &mut Vec<Piece>) {
        if let Some(id) = self.open.pop().flatten() {
            pieces.push(Piece::Markup(Markup::Close(id)));
        }
    }
}

/// Markup, and how many characters, values and quotation marks stand before it.
pub(super) type Taken = Vec<(usize, Markup)>;

/// Takes the markup out of an answer. An ending that stood apart from its value only
/// by the end of an element (`<g id="1"><x id="0"/></g>-এর`) is read as its ending.
pub(super) fn taken(
    pieces: Vec<Piece>,
    words: &Segment,
    target: &dyn Profile,
) -> (Vec<Piece>, Taken) {
    if !pieces.iter().any(|piece| matches!(piece, Piece::Markup(_))) {
        return (pieces, Taken::new());
    }
    let mut out: Vec<Piece> = Vec::with_capacity(pieces.len());
    let mut taken = Taken::new();
    let mut ink = 0;
    let mut is_parted = false;
    for piece in pieces {
        match (piece, out.last_mut()) {
            (Piece::Markup(markup), _) => {
                taken.push((ink, markup));
                is_parted = true;
                continue;
            }
            (Piece::Text(text), Some(Piece::Text(last))) => {
                ink += ink_of(&text);
                last.push_str(&text);
            }
            (Piece::Text(text), Some(Piece::Hole(id, ending)))
                if is_parted && ending.is_empty() =>
            {
                let stem = words.filling(*id).map(|filling| filling.target.as_str());
                let found = (target.parse_detached(&text))
                    .or_else(|| bare_possessive(&text, target))
                    .or_else(|| target.ending_after(stem?, &text));
                let length = found.map_or(0, |(found, length)| {
                    *ending = found;
                    length
                });
                let rest = text.get(length..).unwrap_or_default();
                if !rest.is_empty() {
                    ink += ink_of(rest);
                    out.push(Piece::Text(rest.to_owned()));
                }
            }
            (Piece::Text(text), _) => {
                ink += ink_of(&text);
                out.push(Piece::Text(text));
            }
            (other, _) => {
                ink += 1;
                out.push(other);
            }
        }
        is_parted = false;
    }
    (out, taken)
}

fn ink_of(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

/// Puts markup back where it was taken from: what opens, before the character that
/// followed it, and what closes, behind the one that it followed.
pub(super) fn put_back(pieces: Vec<Piece>, taken: Taken) -> Vec<Piece> {
    if taken.is_empty() {
        return pieces;
    }
    let mut out = Vec::with_capacity(pieces.len() + 2 * taken.len());
    let mut taken = taken.into_iter().peekable();
    let mut ink = 0;
    for piece in pieces {
        let Piece::Text(text) = piece else {
            while let Some((_, markup)) = taken.next_if(|(at, _)| *at <= ink) {
                out.push(Piece::Markup(markup));
            }
            out.push(piece);
            ink += 1;
            while let Some((_, markup)) = taken.next_if(|next| closes(*next, ink)) {
                out.push(Piece::Markup(markup));
            }
            continue;
        };
        let mut from = 0;
        let mut until = |out: &mut Vec<Piece>, at: usize, markup: Markup| {
            if let Some(text) = text.get(from..at).filter(|text| !text.is_empty()) {
                out.push(Piece::Text(text.to_owned()));
                from = at;
            }
            out.push(Piece::Markup(markup));
        };
        for (at, c) in text.char_indices().filter(|(_, c)| !c.is_whitespace()) {
            while let Some((_, markup)) = taken.next_if(|(before, _)| *before <= ink) {
                until(&mut out, at, markup);
            }
            ink += 1;
            while let Some((_, markup)) = taken.next_if(|next| closes(*next, ink)) {
                until(&mut out, at + c.len_utf8(), markup);
            }
        }
        if let Some(rest) = text.get(from..).filter(|rest| !rest.is_empty()) {
            out.push(Piece::Text(rest.to_owned()));
        }
    }
    out.extend(taken.map(|(_, markup)| Piece::Markup(markup)));
    out
}

fn closes((at, markup): (usize, Markup), ink: usize) -> bool {
    at <= ink && matches!(markup, Markup::Close(_))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::{Case, Ending, Language, Pair};
    use crate::plan::{Filling, HoleId, HoleKind};
    use crate::provider::wire::{Protection, decode, encode};
    use crate::text::Span;

    const G: ElementId = ElementId(0);

    fn text(t: &str) -> Piece {
        Piece::Text(t.into())
    }

    fn open() -> Piece {
        Piece::Markup(Markup::Open(G))
    }

    fn close() -> Piece {
        Piece::Markup(Markup::Close(G))
    }

    fn segment() -> Segment {
        Segment {
            pieces: vec![
                text("He left "),
                open(),
                Piece::Hole(HoleId(0), Ending::default()),
                close(),
                text(" on a "),
                Piece::Markup(Markup::Point(ElementId(1))),
                text("boat."),
            ],
            fillings: vec![Filling {
                kind: HoleKind::PLACE,
                source: "Dhaka".into(),
                target: "ঢাকা".into(),
                span: Span::trusted(0, 0),
            }],
            hints: Vec::new(),
        }
    }

    #[test]
    fn elements_travel_as_pairs_where_there_is_room() {
        let sent = |protection| encode(&segment(), Language::ENGLISH, protection).text;
        assert_eq!(
            sent(Protection::Tags),
            "He left <g id=\"0\"><x id=\"0\"/></g> on a <g id=\"1\"/>boat."
        );
        assert!(sent(Protection::Html).contains("<b id=\"m0\"><span "));
        assert_eq!(sent(Protection::Tokens), "He left \u{E000} on a boat.");
        assert_eq!(sent(Protection::Plain), "He left Dhaka on a boat.");
    }

    #[test]
    fn elements_are_read_however_they_come_back() {
        let hole = |ending| Piece::Hole(HoleId(0), ending);
        let wanted = [
            text("তিনি "),
            open(),
            hole(Ending::case(Case::Genitive)),
            close(),
            text(" বাইরে।"),
        ];
        for (protection, answer) in [
            (
                Protection::Tags,
                "তিনি <g id=\"0\"><x id=\"0\"/></g>-এর বাইরে।",
            ),
            (
                Protection::Tags,
                "তিনি < G id='০' > <x id=\"0\"/>-এর < /g> বাইরে ।",
            ),
            (
                Protection::Tags,
                "তিনি &lt;g id=\"0\"&gt;<x id=\"0\"/>&lt;/g&gt;-এর <g id=\"9\">বাইরে</g>।",
            ),
            (
                Protection::Html,
                "তিনি <b id=\"m0\"><span id=\"h0\">ঢাকা</span></b>র বাইরে।",
            ),
            (
                Protection::Html,
                "তিনি <B id=m0 ><span id=\"h0\">ঢাকা</span>র</B> <b id=\"m7\">বাইরে</b>।",
            ),
        ] {
            let pieces = decode(answer, &segment(), Pair::EN_BN, protection);
            assert_eq!(pieces, wanted, "{answer}");
        }
    }

    #[test]
    fn markup_that_nobody_sent_stays_what_it_is() {
        let bare = segment().bare().into_owned();
        let answer = "<g id=\"0\">তিনি</g> <x id=\"0\"/> থেকে।";
        let pieces = decode(answer, &bare, Pair::EN_BN, Protection::Tags);
        assert_eq!(pieces[0], text("<g id=\"0\">তিনি</g> "));
    }

    #[test]
    fn what_is_taken_goes_back_to_its_words() {
        let quoted = vec![
            text("a "),
            open(),
            text(" b  c"),
            close(),
            text(" "),
            Piece::Markup(Markup::Point(ElementId(1))),
            text("d"),
        ];
        let language = crate::language::profile(Language::ENGLISH);
        let (bare, edges) = taken(quoted, &segment(), language);
        assert_eq!(bare, [text("a  b  c d")]);
        assert_eq!(
            put_back(vec![text("a b c d")], edges),
            [
                text("a "),
                open(),
                text("b c"),
                close(),
                text(" "),
                Piece::Markup(Markup::Point(ElementId(1))),
                text("d"),
            ]
        );
    }
}
