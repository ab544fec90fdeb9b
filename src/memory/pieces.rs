//! Pieces as JSON: words are strings, a hole is `[3, "দের", "genitive"]`, a
//! quotation mark `{"open": 0}`, markup `{"begin": 0}`, `{"end": 0}` or `{"at": 0}`.
//! What a person approved is one string, and `{"as_it_is": "…"}` where it holds
//! whatever it lacks.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::language::Ending;
use crate::mark::quote::Edge;
use crate::plan::{ElementId, HoleId, Markup, Piece};

/// The pieces as a value.
pub(super) fn value(pieces: &[Piece]) -> Value {
    pieces
        .iter()
        .map(|piece| match piece {
            Piece::Text(text) => json!(text),
            Piece::Hole(id, ending) => {
                let words = ending.words().into_iter().map(Value::from);
                Value::Array(std::iter::once(json!(id.0)).chain(words).collect())
            }
            Piece::Quote(Edge::Open, depth) => json!({"open": depth}),
            Piece::Quote(Edge::Close, depth) => json!({"close": depth}),
            Piece::Markup(Markup::Open(id)) => json!({"begin": id.0}),
            Piece::Markup(Markup::Close(id)) => json!({"end": id.0}),
            Piece::Markup(Markup::Point(id)) => json!({"at": id.0}),
        })
        .collect()
}

/// The pieces as they are kept.
pub(super) fn write(pieces: &[Piece]) -> String {
    value(pieces).to_string()
}

/// The pieces of what is kept; `None` where it is something else.
pub(super) fn read(json: &str) -> Option<Vec<Piece>> {
    let value: Value = serde_json::from_str(json).ok()?;
    value.as_array()?.iter().map(piece).collect()
}

fn piece(value: &Value) -> Option<Piece> {
    match value {
        Value::String(text) => Some(Piece::Text(text.clone())),
        Value::Array(parts) => {
            let (id, words) = parts.split_first()?;
            let id = u16::try_from(id.as_u64()?).ok()?;
            let words: Vec<&str> = words.iter().map(Value::as_str).collect::<Option<_>>()?;
            Some(Piece::Hole(HoleId(id), Ending::of_words(words)?))
        }
        Value::Object(mark) => {
            let (edge, number) = mark.iter().next()?;
            let number = number.as_u64()?;
            let element = u16::try_from(number).map(ElementId);
            let edge = match edge.as_str() {
                "open" => Edge::Open,
                "close" => Edge::Close,
                "begin" => return Some(Piece::Markup(Markup::Open(element.ok()?))),
                "end" => return Some(Piece::Markup(Markup::Close(element.ok()?))),
                "at" => return Some(Piece::Markup(Markup::Point(element.ok()?))),
                _ => return None,
            };
            Some(Piece::Quote(edge, usize::try_from(number).ok()?))
        }
        _ => None,
    }
}

/// What a person approved.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub(super) enum Text {
    /// It is used where it has the values of the segment.
    Checked(String),
    /// It is used, whatever it lacks.
    AsItIs {
        /// The text.
        as_it_is: String,
    },
}

/// An approved text as it is kept.
pub(super) fn write_text(text: &str, as_it_is: bool) -> String {
    if as_it_is {
        json!({"as_it_is": text}).to_string()
    } else {
        Value::from(text).to_string()
    }
}

/// The approved text of what is kept; `None` where it is something else.
pub(super) fn text(json: &str) -> Option<Text> {
    serde_json::from_str(json).ok()
}
