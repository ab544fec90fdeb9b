//! From pieces to what a service can carry, and back.
//!
//! This is the last inch: the only place where a hole is ever a string.
//! Decoding is tolerant, because services respell, escape and space out what
//! they should leave alone; what it could not recognise is simply missing from
//! the pieces, and assembly reports it as lost.

mod bullet;
mod clean;
mod html;
mod markup;
mod plain;
mod quotes;
mod tags;
mod tidy;
mod tokens;
mod typed;

use crate::language::{Case, Ending, Language, Pair, Profile, profile};
use crate::mark::quote::Edge;
use crate::plan::{Filling, HoleId, Piece, Segment};

pub use tidy::{apart, kept};
pub use tokens::RESERVED;
pub use typed::{TypedPart, typed, untyped};

/// How holes travel to a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Protection {
    /// As typed values: the provider lives in this process or speaks a schema.
    Typed,
    /// As `<x id="3"/>` in XML-escaped text, markup as `<g id="3">…</g>`.
    Tags,
    /// As `<span translate="no">Dhaka</span>` in HTML, with the value as readers see
    /// it, markup as `<b id="m3">…</b>`: for services that leave such spans alone.
    Html,
    /// As characters that the model was trained to copy (U+E000 and on).
    Tokens,
    /// Not at all: values stay visible and are found again in the answer.
    Plain,
}

impl Protection {
    /// Every way.
    pub const ALL: [Self; 5] = [
        Self::Typed,
        Self::Tags,
        Self::Html,
        Self::Tokens,
        Self::Plain,
    ];

    /// The word for it in files and reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Typed => "typed",
            Self::Tags => "tags",
            Self::Html => "html",
            Self::Tokens => "tokens",
            Self::Plain => "plain",
        }
    }
}

/// A segment as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Encoded {
    /// What is sent.
    pub text: String,
    /// Where each hole stands in it, in bytes, ending included.
    pub holes: Vec<(HoleId, std::ops::Range<usize>)>,
    /// Where the tags of its markup stand, in order; where there is no room for tags,
    /// the places at which they would.
    pub markup: Vec<std::ops::Range<usize>>,
}

/// The segment as the service gets it.
#[must_use]
pub fn encode(segment: &Segment, language: Language, protection: Protection) -> Encoded {
    let language = profile(language);
    let segment = &bullet::without(segment);
    match protection {
        Protection::Tags => tags::encode(segment, language),
        Protection::Html => html::encode(segment, language),
        Protection::Tokens => tokens::encode(segment, language),
        Protection::Typed | Protection::Plain => plain::encode(segment, language),
    }
}

/// The pieces of what the service answered.
///
/// `segment` is what was asked: it tells which holes and marks to expect.
#[must_use]
pub fn decode(answer: &str, segment: &Segment, pair: Pair, protection: Protection) -> Vec<Piece> {
    let target = profile(pair.target);
    let words = &segment.bare();
    let answer = &clean::cleaned(answer, words);
    let pieces = match protection {
        Protection::Tags => tags::decode(answer, segment, target),
        Protection::Html => html::decode(answer, segment, target),
        Protection::Tokens => tokens::decode(answer, words, target),
        Protection::Typed | Protection::Plain => plain::decode(answer, words, target),
    };
    mended(pieces, words, pair)
}

/// The pieces of an answer with its escapes undone, its quotation marks recognised, its
/// typography put right and its bullet in front; markup stays at the words that it stood at.
fn mended(mut pieces: Vec<Piece>, words: &Segment, pair: Pair) -> Vec<Piece> {
    clean::unescape(&mut pieces, words);
    let (pieces, markup) = markup::taken(pieces, words, profile(pair.target));
    let pieces = tidy::tidy(quotes::recognise(pieces, words), words, pair);
    bullet::put_back(markup::put_back(pieces, markup), words)
}

/// What a service would have answered whose answer to `segment` reads as
/// `pieces`: [`decode`] the other way round, for kits that stand in for a service.
#[must_use]
pub fn answered(
    pieces: &[Piece],
    segment: &Segment,
    pair: Pair,
    protection: Protection,
) -> Encoded {
    let target = profile(pair.target);
    // The service wrote the values of the target.
    let fillings = (segment.fillings.iter())
        .map(|filling| Filling {
            source: filling.target.clone(),
            ..filling.clone()
        })
        .collect();
    let answer = Segment {
        pieces: pieces.to_vec(),
        fillings,
        hints: Vec::new(),
    };
    match protection {
        Protection::Tags => tags::encode(&answer, target),
        Protection::Html => html::encode(&answer, target),
        Protection::Tokens => tokens::write(&answer, target, |id| {
            segment.holes().position(|hole| hole == id)
        }),
        Protection::Typed | Protection::Plain => plain::encode(&answer, target),
    }
}

/// The characters (Unicode scalar values) of a segment when its values are visible.
#[must_use]
pub fn characters(segment: &Segment, language: Language) -> usize {
    encode(segment, language, Protection::Plain)
        .text
        .chars()
        .count()
}

/// What a reader sees for a quotation mark in text of this language.
fn glyph(language: &dyn Profile, edge: Edge, depth: usize) -> char {
    let marks = language.quotation().at(depth);
    match edge {
        Edge::Open => marks.open,
        Edge::Close => marks.close,
    }
}

/// Adds text to the last piece or as a new one.
fn push_text(pieces: &mut Vec<Piece>, text: &str) {
    if text.is_empty() {
        return;
    }
    if let Some(Piece::Text(last)) = pieces.last_mut() {
        last.push_str(text);
    } else {
        pieces.push(Piece::Text(text.to_owned()));
    }
}

/// A hole with the ending that the service wrote behind it, if it wrote one;
/// returns what is left of `rest`.
fn push_hole<'t>(
    pieces: &mut Vec<Piece>,
    id: HoleId,
    rest: &'t str,
    target: &dyn Profile,
) -> &'t str {
    let (ending, taken) = target
        .parse_detached(rest)
        .or_else(|| bare_possessive(rest, target))
        .unwrap_or_default();
    pieces.push(Piece::Hole(id, ending));
    &rest[taken..]
}

/// A possessive whose apostrophe fell out: `<x id="0"/>s envoy`.
fn bare_possessive(rest: &str, target: &dyn Profile) -> Option<(Ending, usize)> {
    let after = rest.strip_prefix('s')?;
    let alone = target.language() == Language::ENGLISH && !after.starts_with(char::is_alphanumeric);
    alone.then(|| (Ending::case(Case::Genitive), 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::HoleKind;
    use crate::text::Span;

    fn segment() -> Segment {
        let filling = |source: &str, target: &str| Filling {
            kind: HoleKind::Verbatim,
            source: source.into(),
            target: target.into(),
            span: Span::trusted(0, 0),
        };
        Segment {
            pieces: vec![
                Piece::Hole(HoleId(0), Ending::case(Case::Genitive)),
                Piece::Text(" envoy said ".into()),
                Piece::Quote(Edge::Open, 0),
                Piece::Text("A < B & ".into()),
                Piece::Hole(HoleId(1), Ending::default()),
                Piece::Quote(Edge::Close, 0),
                Piece::Text(".".into()),
            ],
            fillings: vec![filling("Russia", "রাশিয়া"), filling("Moscow", "মস্কো")],
            hints: Vec::new(),
        }
    }

    #[test]
    fn tags_are_escaped_and_come_back_however_they_were_respelled() {
        let s = segment();
        let sent = encode(&s, Language::ENGLISH, Protection::Tags);
        assert_eq!(
            sent.text,
            "<x id=\"0\"/>'s envoy said “A &lt; B &amp; <x id=\"1\"/>”."
        );
        for answer in [
            "<x id=\"0\"/>-এর দূত বলেন, ‘A &lt; B &amp; <x id=\"1\"/>’।",
            "< X id = ‘০’ / >-এর দূত বলেন, \"A &lt; B &amp; <x id=1></x>\"।",
            "&lt;x id=\"0\"/&gt;-এর দূত বলেন, “A &lt; B &amp; <x id=\"1\" />”।",
        ] {
            let pieces = decode(answer, &s, Pair::EN_BN, Protection::Tags);
            let holes: Vec<u16> = pieces
                .iter()
                .filter_map(|p| match p {
                    Piece::Hole(id, _) => Some(id.0),
                    _ => None,
                })
                .collect();
            assert_eq!(holes, [0, 1], "{answer} -> {pieces:?}");
            assert!(
                pieces.contains(&Piece::Quote(Edge::Open, 0)),
                "{answer} -> {pieces:?}"
            );
            assert!(
                pieces.contains(&Piece::Text("A < B & ".into())),
                "{answer} -> {pieces:?}"
            );
        }
    }

    #[test]
    fn tokens_are_one_character_each() {
        let s = segment();
        let sent = encode(&s, Language::ENGLISH, Protection::Tokens);
        assert_eq!(sent.text, "\u{E000}'s envoy said \"A < B & \u{E001}\".");
        let pieces = decode(
            "\u{E001} \"\u{E000}\u{E005}\"",
            &s,
            Pair::EN_BN,
            Protection::Tokens,
        );
        assert!(pieces.contains(&Piece::Hole(HoleId(1), Ending::default())));
        assert!(
            pieces.contains(&Piece::Hole(HoleId(7), Ending::default())),
            "an invented hole is kept for the report"
        );
    }

    #[test]
    fn plain_values_are_found_again() {
        let s = segment();
        assert_eq!(
            encode(&s, Language::ENGLISH, Protection::Plain).text,
            "Russia’s envoy said “A < B & Moscow”."
        );
        let pieces = decode("Moscow ও রাশিয়া", &s, Pair::EN_BN, Protection::Plain);
        assert_eq!(
            pieces,
            [
                Piece::Hole(HoleId(1), Ending::default()),
                Piece::Text(" ও ".into()),
                Piece::Hole(HoleId(0), Ending::default()),
                Piece::Text("।".into())
            ]
        );
    }
}
