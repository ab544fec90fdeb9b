//! The article as data, and what a model has to answer.
//!
//! In every text `<` and `[` are written as escapes of JSON, so that nothing in a
//! story can look like the marks that models are steered by.

use std::collections::HashSet;
use std::fmt::Write;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::settings::Way;
use crate::language::Pair;
use crate::plan::{Hint, Piece, Segment};
use crate::provider::wire::{self, TypedPart};
use crate::provider::{Batch, Example, Protection, measure};

#[derive(Serialize)]
struct Message<'b> {
    from: &'b str,
    to: &'b str,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'b str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    before: Vec<Shown<'b>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    examples: Vec<Shown<'b>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    terms: Vec<Shown<'b>>,
    segments: Vec<Asked>,
}

/// A text and its rendering, where it has one.
#[derive(Serialize, PartialEq, Eq, Hash, Clone, Copy)]
struct Shown<'b> {
    source: &'b str,
    #[serde(skip_serializing_if = "str::is_empty")]
    target: &'b str,
}

#[derive(Serialize)]
struct Asked {
    id: usize,
    parts: Vec<Sent>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Sent {
    Text {
        text: String,
    },
    Value {
        value: u16,
        is: String,
        becomes: String,
        #[serde(skip_serializing_if = "String::is_empty")]
        ending: String,
    },
    Open {
        open: u16,
    },
    Close {
        close: u16,
    },
    Point {
        at: u16,
    },
}

/// What a model is sent of a batch. Of what surrounds the segments no more than
/// about `most` tokens go along: first the title, then the sentences before, the
/// latest first, then examples.
pub(super) fn write(batch: &Batch, way: Way, most: usize) -> String {
    let pair = batch.pair;
    let context = &batch.context;
    let mut room = most;
    let title = context.title.as_deref().filter(|title| {
        let takes = measure::tokens_of(title);
        let fits = takes <= room;
        room -= if fits { takes } else { 0 };
        fits
    });
    let mut shown = |examples: &mut dyn Iterator<Item = &'_ Example>| {
        let mut taken = 0;
        for Example { source, target } in examples {
            let takes = measure::tokens_of(source) + measure::tokens_of(target);
            if takes > room {
                break;
            }
            room -= takes;
            taken += 1;
        }
        taken
    };
    let before = shown(&mut context.before.iter().rev());
    let examples = shown(&mut context.examples.iter());
    let message = Message {
        from: pair.source.code(),
        to: pair.target.code(),
        title,
        before: (context.before.iter())
            .skip(context.before.len() - before)
            .map(Shown::from)
            .collect(),
        examples: (context.examples.iter().take(examples))
            .map(Shown::from)
            .collect(),
        terms: terms(&batch.segments),
        segments: (batch.segments.iter().enumerate())
            .map(|(index, segment)| Asked {
                id: index + 1,
                parts: parts(segment, pair, way),
            })
            .collect(),
    };
    // (Strings and numbers are always JSON.)
    escaped(&serde_json::to_string(&message).unwrap_or_default())
}

impl<'b> From<&'b Example> for Shown<'b> {
    fn from(example: &'b Example) -> Self {
        Self {
            source: &example.source,
            target: &example.target,
        }
    }
}

/// The terms that matched in any of the segments, each once.
fn terms(segments: &[Segment]) -> Vec<Shown<'_>> {
    let mut seen = HashSet::new();
    segments
        .iter()
        .flat_map(|segment| &segment.hints)
        .map(|Hint { source, target }| Shown { source, target })
        .filter(|term| seen.insert(*term))
        .collect()
}

fn parts(segment: &Segment, pair: Pair, way: Way) -> Vec<Sent> {
    if way == Way::None {
        let text = wire::encode(segment, pair.source, Protection::Plain).text;
        return vec![Sent::Text { text }];
    }
    let filled = |id: u16| segment.fillings.get(usize::from(id));
    wire::typed(segment, pair)
        .into_iter()
        .map(|part| match part {
            TypedPart::Text(text) => Sent::Text { text },
            TypedPart::Value { value, ending } => Sent::Value {
                value,
                is: filled(value).map_or_else(String::new, |f| f.source.clone()),
                becomes: filled(value).map_or_else(String::new, |f| f.target.clone()),
                ending,
            },
            TypedPart::Open(open) => Sent::Open { open },
            TypedPart::Close(close) => Sent::Close { close },
            TypedPart::Point(at) => Sent::Point { at },
        })
        .collect()
}

/// Whether any segment of a batch has markup among its words.
pub(super) fn has_markup(batch: &Batch) -> bool {
    let mut all = batch.segments.iter().flat_map(Segment::markup);
    all.next().is_some()
}

/// JSON with `<` and `[` of its texts as escapes.
fn escaped(json: &str) -> String {
    let mut out = String::with_capacity(json.len() + 16);
    let (mut inside, mut escape) = (false, false);
    for c in json.chars() {
        match c {
            '<' | '[' if inside => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
                escape = false;
                continue;
            }
            '"' if !escape => inside = !inside,
            _ => {}
        }
        escape = inside && c == '\\' && !escape;
        out.push(c);
    }
    out
}

/// What an answer has to look like. It is the same for every request without markup,
/// and for every one with it, so that a service reads it once.
pub(super) fn schema(way: Way, with_markup: bool) -> Value {
    let object = |properties: Value| {
        let required: Vec<&String> = properties
            .as_object()
            .into_iter()
            .flatten()
            .map(|p| p.0)
            .collect();
        json!({
            "type": "object",
            "required": required,
            "additionalProperties": false,
            "properties": properties,
        })
    };
    let text = object(json!({ "text": { "type": "string" } }));
    let value = object(json!({ "value": { "type": "integer" }, "ending": { "type": "string" } }));
    let edge = |name: &str| object(json!({ name: { "type": "integer" } }));
    let part = match way {
        Way::Typed if with_markup => {
            json!({ "anyOf": [text, value, edge("open"), edge("close"), edge("at")] })
        }
        Way::Typed => json!({ "anyOf": [text, value] }),
        Way::None => text,
    };
    let segment = object(json!({
        "id": { "type": "integer" },
        "parts": { "type": "array", "items": part },
    }));
    object(json!({ "segments": { "type": "array", "items": segment } }))
}

/// Tokens of a segment, there or back, whichever are more.
pub(super) fn tokens(segment: &Segment, pair: Pair, way: Way) -> usize {
    let asked = Asked {
        id: 100,
        parts: parts(segment, pair, way),
    };
    let sent = serde_json::to_string(&asked).unwrap_or_default();
    let terms = serde_json::to_string(&terms(std::slice::from_ref(segment))).unwrap_or_default();
    let there = measure::tokens_of(&sent) + measure::tokens_of(&terms);
    there.max(tokens_back(segment, pair))
}

/// Tokens of the answer to a segment.
pub(super) fn tokens_back(segment: &Segment, pair: Pair) -> usize {
    let characters = wire::characters(segment, pair.source);
    let values = segment.holes().count();
    measure::translated(characters, pair.target) + EACH + values * VALUE
}

/// Tokens of what stands around the words of a segment, and of a value.
const EACH: usize = 20;
const VALUE: usize = 20;

/// What is wrong with an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flaw {
    /// Words in which the model refuses.
    Refusal,
    /// Words instead of data.
    Words,
    /// Data of another shape.
    Shape,
    /// A segment that was not asked for.
    Unknown,
    /// A segment twice.
    Twice,
    /// A segment too few.
    Missing,
}

impl Flaw {
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Refusal | Self::Words => "words instead of JSON",
            Self::Shape => "another shape than the schema",
            Self::Unknown => "a segment that was not asked for",
            Self::Twice => "one segment twice",
            Self::Missing => "fewer segments than were asked for",
        }
    }
}

#[derive(Deserialize)]
struct Answer {
    segments: Vec<Answered>,
}

#[derive(Deserialize)]
struct Answered {
    id: usize,
    parts: Vec<Said>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Said {
    Value {
        value: u16,
        #[serde(default)]
        ending: Option<String>,
    },
    Text {
        text: String,
    },
    Open {
        open: u16,
    },
    Close {
        close: u16,
    },
    Point {
        at: u16,
    },
}

/// The pieces of each segment of `batch`, in its order.
///
/// Where one segment is missing, doubled or none of those that were asked for, a
/// text may stand under the number of another: then none can be trusted.
pub(super) fn read(content: &Value, batch: &Batch, way: Way) -> Result<Vec<Vec<Piece>>, Flaw> {
    let answer = match content {
        Value::String(text) => found(text)?,
        data => Answer::deserialize(data).map_err(|_| Flaw::Shape)?,
    };
    let mut answers: Vec<Option<Vec<Said>>> = Vec::new();
    answers.resize_with(batch.segments.len(), || None);
    for Answered { id, parts } in answer.segments {
        let place = id.checked_sub(1).and_then(|index| answers.get_mut(index));
        if place.ok_or(Flaw::Unknown)?.replace(parts).is_some() {
            return Err(Flaw::Twice);
        }
    }
    (batch.segments.iter().zip(answers))
        .map(|(segment, parts)| {
            Ok(pieces(
                parts.ok_or(Flaw::Missing)?,
                segment,
                batch.pair,
                way,
            ))
        })
        .collect()
}

fn pieces(parts: Vec<Said>, segment: &Segment, pair: Pair, way: Way) -> Vec<Piece> {
    match way {
        Way::Typed => {
            let parts: Vec<TypedPart> = parts
                .into_iter()
                .map(|part| match part {
                    Said::Text { text } => TypedPart::Text(text),
                    Said::Value { value, ending } => TypedPart::Value {
                        value,
                        ending: ending.unwrap_or_default(),
                    },
                    Said::Open { open } => TypedPart::Open(open),
                    Said::Close { close } => TypedPart::Close(close),
                    Said::Point { at } => TypedPart::Point(at),
                })
                .collect();
            wire::untyped(&parts, segment, pair)
        }
        Way::None => {
            let text: String = parts
                .into_iter()
                .filter_map(|part| match part {
                    Said::Text { text } => Some(text),
                    _ => None,
                })
                .collect();
            wire::decode(&text, segment, pair, Protection::Plain)
        }
    }
}

/// The data in a text. Thoughts, a preamble, a fence around it and words behind it
/// are left aside: with services that keep to no schema they come all the same.
fn found(text: &str) -> Result<Answer, Flaw> {
    let text = text.rsplit("</think>").next().unwrap_or(text).trim();
    if let Ok(answer) = serde_json::from_str(text) {
        return Ok(answer);
    }
    for (at, _) in text.match_indices('{') {
        let rest = &text[at..];
        if !rest[1..].trim_start().starts_with("\"segments\"") {
            continue;
        }
        let mut values = serde_json::Deserializer::from_str(rest).into_iter::<Answer>();
        if let Some(Ok(answer)) = values.next() {
            return Ok(answer);
        }
    }
    Err(if refuses(text) {
        Flaw::Refusal
    } else if text.starts_with(['{', '[']) || text.is_empty() {
        Flaw::Shape
    } else {
        Flaw::Words
    })
}

/// Whether words without data are those in which models refuse.
fn refuses(text: &str) -> bool {
    let start: String = text.chars().take(160).collect::<String>().to_lowercase();
    let start = start.replace('’', "'");
    [
        "i can't",
        "i cannot",
        "i can not",
        "i'm sorry",
        "i am sorry",
        "i'm unable",
        "i am unable",
        "i won't",
        "as an ai",
        "দুঃখিত",
        "আমি পারছি না",
        "আমি পারব না",
    ]
    .iter()
    .any(|words| start.contains(words))
}

#[cfg(test)]
#[path = "message/tests.rs"]
mod tests;
