//! Holes as parts of their own, for services that keep to a schema.

use super::markup::Elements;
use super::{bullet, clean, glyph, mended, push_hole, push_text};
use crate::language::{Pair, Profile, profile};
use crate::plan::{ElementId, HoleId, Markup, Piece, Segment};

/// A part of a segment as a service with typed answers has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TypedPart {
    /// Words, quotation marks among them.
    Text(String),
    /// A value by its number, and the case ending that it takes in this language.
    Value {
        /// The number of the hole.
        value: u16,
        /// The ending, without the stem; empty where there is none.
        ending: String,
    },
    /// An element begins, by its number.
    Open(u16),
    /// An element ends.
    Close(u16),
    /// An element that is a place between words.
    Point(u16),
}

/// The segment as parts, with the quotation marks of its language.
#[must_use]
pub fn typed(segment: &Segment, pair: Pair) -> Vec<TypedPart> {
    let language = profile(pair.source);
    let mut parts: Vec<TypedPart> = Vec::new();
    for piece in &bullet::without(segment).pieces {
        let (text, value) = match piece {
            Piece::Text(text) => (text.clone(), None),
            Piece::Quote(edge, depth) => (glyph(language, *edge, *depth).to_string(), None),
            Piece::Hole(id, ending) => (language.detached(ending), Some(id.0)),
            Piece::Markup(markup) => {
                parts.push(match markup {
                    Markup::Open(id) => TypedPart::Open(id.0),
                    Markup::Close(id) => TypedPart::Close(id.0),
                    Markup::Point(id) => TypedPart::Point(id.0),
                });
                continue;
            }
        };
        match (value, parts.last_mut()) {
            (Some(value), _) => parts.push(TypedPart::Value {
                value,
                ending: text,
            }),
            (None, Some(TypedPart::Text(last))) => last.push_str(&text),
            (None, _) => parts.push(TypedPart::Text(text)),
        }
    }
    parts
}

/// The pieces of parts that a service answered to `segment`.
///
/// An ending may stand in its field or begin the words behind the value, attached
/// or with a hyphen.
#[must_use]
pub fn untyped(parts: &[TypedPart], segment: &Segment, pair: Pair) -> Vec<Piece> {
    let target = profile(pair.target);
    let mut pieces = Vec::new();
    let words = segment.bare();
    let elements = Elements::of(segment);
    for part in parts {
        match part {
            TypedPart::Open(id) => elements.put(&mut pieces, Markup::Open(ElementId(*id))),
            TypedPart::Close(id) => elements.put(&mut pieces, Markup::Close(ElementId(*id))),
            TypedPart::Point(id) => elements.put(&mut pieces, Markup::Point(ElementId(*id))),
            TypedPart::Value { value, ending } => {
                let id = HoleId(*value);
                let ending = ending.trim();
                let rest = push_hole(&mut pieces, id, ending, target);
                // What is no ending is words, and is seen as such.
                if rest.len() == ending.len() && !ending.is_empty() {
                    attached(&mut pieces, segment, ending, target);
                } else {
                    push_text(&mut pieces, rest);
                }
            }
            TypedPart::Text(text) => {
                let text = clean::cleaned(text, &words);
                let text = match pieces.last() {
                    Some(Piece::Hole(_, ending)) if ending.is_empty() => {
                        attached(&mut pieces, segment, &text, target);
                        continue;
                    }
                    _ => text,
                };
                push_text(&mut pieces, &text);
            }
        }
    }
    mended(pieces, &words, pair)
}

/// Reads the ending that `text` begins with, directly behind the hole that is the
/// last of `pieces`: as it attaches to what fills the hole, or as it stands apart.
fn attached(pieces: &mut Vec<Piece>, segment: &Segment, text: &str, target: &dyn Profile) {
    let mut taken = 0;
    if let Some(Piece::Hole(id, ending)) = pieces.last_mut() {
        let stem = segment.filling(*id).map(|filling| filling.target.as_str());
        let found = (target.parse_detached(text)).or_else(|| target.ending_after(stem?, text));
        if let Some((found, length)) = found {
            *ending = found;
            taken = length;
        }
    }
    push_text(pieces, text.get(taken..).unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::{Case, Ending};
    use crate::mark::quote::Edge;
    use crate::plan::{Filling, HoleKind};
    use crate::text::Span;

    fn segment() -> Segment {
        let filling = |source: &str, target: &str| Filling {
            kind: HoleKind::PLACE,
            source: source.into(),
            target: target.into(),
            span: Span::trusted(0, 0),
        };
        Segment {
            pieces: vec![
                Piece::Hole(HoleId(0), Ending::case(Case::Genitive)),
                Piece::Text(" envoy said: ".into()),
                Piece::Quote(Edge::Open, 0),
                Piece::Text("Leave ".into()),
                Piece::Hole(HoleId(1), Ending::default()),
                Piece::Text(".".into()),
                Piece::Quote(Edge::Close, 0),
            ],
            fillings: vec![filling("Russia", "রাশিয়া"), filling("Dhaka", "ঢাকা")],
            hints: Vec::new(),
        }
    }

    fn text(text: &str) -> TypedPart {
        TypedPart::Text(text.to_owned())
    }

    fn value(value: u16, ending: &str) -> TypedPart {
        TypedPart::Value {
            value,
            ending: ending.to_owned(),
        }
    }

    #[test]
    fn values_are_parts_with_their_endings() {
        assert_eq!(
            typed(&segment(), Pair::EN_BN),
            [
                value(0, "'s"),
                text(" envoy said: “Leave "),
                value(1, ""),
                text(".”"),
            ]
        );
    }

    #[test]
    fn endings_are_read_wherever_they_stand() {
        let wanted = [
            Piece::Hole(HoleId(0), Ending::case(Case::Genitive)),
            Piece::Text(" দূত বলেন, ".into()),
            Piece::Quote(Edge::Open, 0),
            Piece::Hole(HoleId(1), Ending::default()),
            Piece::Text(" ছাড়ুন।".into()),
            Piece::Quote(Edge::Close, 0),
        ];
        let rest = [value(1, ""), text(" ছাড়ুন।’")];
        for start in [
            [value(0, "র"), text(" দূত বলেন, ‘")],
            [value(0, "-এর"), text(" দূত বলেন, ‘")],
            [value(0, ""), text("র দূত বলেন, ‘")],
            [value(0, ""), text("-এর দূত বলেন, \"")],
            [value(0, " র "), text("দূত বলেন, “")],
        ] {
            let parts = [start.as_slice(), rest.as_slice()].concat();
            let found = untyped(&parts, &segment(), Pair::EN_BN);
            assert_eq!(found, wanted, "{parts:?}");
        }
    }

    #[test]
    fn what_is_no_ending_is_words() {
        let parts = [value(0, "ভ্লাদিমির"), text(" গেলেন")];
        let found = untyped(&parts, &segment(), Pair::EN_BN);
        assert_eq!(
            found,
            [
                Piece::Hole(HoleId(0), Ending::default()),
                Piece::Text(" ভ্লাদিমির গেলেন".into()),
                Piece::Text("।".into()),
            ]
        );
    }
}
