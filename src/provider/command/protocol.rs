//! The messages of the command protocol, version 1: one JSON object a line.
//!
//! `docs/command-protocol.md` describes them for those who write a program.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::super::wire;
use super::{Batch, Draft, Drafts, Error, ErrorKind, Protection, Retry, clip};
use crate::language::{Language, Pair};
use crate::plan::HoleKind;

/// The version of the protocol that is spoken here.
pub(super) const VERSION: u64 = 1;

/// Most characters of a program's own message that are repeated.
const MESSAGE: usize = 500;

/// The line that asks a program to introduce itself.
pub(super) const HELLO: &[u8] = b"{\"hello\": 1}\n";

/// How a program introduces itself. What it leaves out has a default.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(super) struct Hello {
    #[serde(rename = "anubad")]
    pub protocol: u64,
    #[serde(default)]
    pub name: Option<String>,
    #[serde(default)]
    pub version: Option<String>,
    #[serde(default)]
    pub pairs: Vec<(Language, Language)>,
    #[serde(default = "segments")]
    pub max_segments: usize,
    #[serde(default = "characters")]
    pub max_characters: usize,
    #[serde(default)]
    pub protection: HelloProtection,
    #[serde(default)]
    pub markup: bool,
}

/// The protections that a program can ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum HelloProtection {
    Tags,
    #[default]
    None,
}

fn segments() -> usize {
    50
}

fn characters() -> usize {
    10_000
}

impl Default for Hello {
    /// What a program that did not introduce itself is taken for.
    fn default() -> Self {
        Self {
            protocol: VERSION,
            name: None,
            version: None,
            pairs: Vec::new(),
            max_segments: segments(),
            max_characters: characters(),
            protection: HelloProtection::default(),
            markup: false,
        }
    }
}

impl Hello {
    /// Reads a line that has an `anubad` key.
    ///
    /// # Errors
    /// What is wrong with it, for the one who wrote the program.
    pub(super) fn read(line: &[u8]) -> Result<Self, String> {
        let hello: Self = serde_json::from_slice(line).map_err(|error| error.to_string())?;
        if hello.protocol != VERSION {
            return Err(format!(
                "it speaks version {} of the protocol and this is version {VERSION}",
                hello.protocol
            ));
        }
        if hello.max_segments == 0 || hello.max_characters == 0 {
            return Err("`max_segments` and `max_characters` are at least 1".to_owned());
        }
        Ok(hello)
    }

    /// The directions it translates.
    pub(super) fn pairs(&self) -> Vec<Pair> {
        self.pairs
            .iter()
            .map(|&(source, target)| Pair { source, target })
            .collect()
    }

    /// How holes travel to it.
    pub(super) fn protection(&self) -> Protection {
        match self.protection {
            HelloProtection::Tags => Protection::Tags,
            HelloProtection::None => Protection::Plain,
        }
    }
}

/// What a line of a program is, before its content is looked at.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// An introduction.
    Hello,
    /// An answer to the request of this number.
    Answer(u64),
    /// An object whose `id` is missing or no number.
    Unnumbered,
    /// No JSON object at all.
    Garbage,
}

impl Line {
    /// Tells what `line` is.
    pub(super) fn of(line: &[u8]) -> Self {
        #[derive(Deserialize)]
        struct Head {
            #[serde(default)]
            anubad: Option<Value>,
            #[serde(default)]
            id: Option<Value>,
        }
        // A derived structure would read a list as well.
        if line.trim_ascii_start().first() != Some(&b'{') {
            return Self::Garbage;
        }
        match serde_json::from_slice::<Head>(line) {
            Err(_) => Self::Garbage,
            Ok(Head { id: Some(id), .. }) => id.as_u64().map_or(Self::Unnumbered, Self::Answer),
            Ok(Head {
                anubad: Some(_), ..
            }) => Self::Hello,
            Ok(_) => Self::Unnumbered,
        }
    }
}

#[derive(Serialize)]
struct Request<'b> {
    id: u64,
    source: Language,
    target: Language,
    segments: Vec<Asked>,
    terms: Vec<Term<'b>>,
    context: Context<'b>,
}

#[derive(Serialize)]
struct Asked {
    id: String,
    text: String,
}

#[derive(Serialize, PartialEq, Eq, Hash, Clone, Copy)]
struct Term<'b> {
    source: &'b str,
    target: &'b str,
}

#[derive(Serialize)]
struct Context<'b> {
    before: Vec<&'b str>,
    title: Option<&'b str>,
}

/// The line that asks for a batch; segments are numbered by their position.
///
/// # Errors
/// None is known; a request is made of strings and numbers.
pub(super) fn request(
    id: u64,
    batch: &Batch,
    protection: Protection,
) -> Result<Vec<u8>, serde_json::Error> {
    let request = Request {
        id,
        source: batch.pair.source,
        target: batch.pair.target,
        segments: batch
            .segments
            .iter()
            .enumerate()
            .map(|(index, segment)| Asked {
                id: index.to_string(),
                text: wire::encode(segment, batch.pair.source, protection).text,
            })
            .collect(),
        terms: terms(batch, protection),
        context: Context {
            before: (batch.context.before.iter())
                .map(|said| said.source.as_str())
                .collect(),
            title: batch.context.title.as_deref(),
        },
    };
    let mut line = serde_json::to_vec(&request)?;
    line.push(b'\n');
    Ok(line)
}

/// The terms of a batch, each once, in the order of the text: the hints, and
/// the names and terms behind holes where the program gets to see them.
fn terms(batch: &Batch, protection: Protection) -> Vec<Term<'_>> {
    let visible = matches!(protection, Protection::Plain | Protection::Typed);
    let mut seen = HashSet::new();
    let mut terms = Vec::new();
    for segment in &batch.segments {
        let held = segment
            .holes()
            .filter_map(|id| segment.filling(id))
            .filter(|filling| visible && matches!(filling.kind, HoleKind::Glossary(_)))
            .map(|filling| Term {
                source: &filling.source,
                target: &filling.target,
            });
        let hinted = segment.hints.iter().map(|hint| Term {
            source: &hint.source,
            target: &hint.target,
        });
        terms.extend(held.chain(hinted).filter(|term| seen.insert(*term)));
    }
    terms
}

#[derive(Deserialize)]
struct Answer {
    #[serde(default)]
    segments: Option<Vec<Answered>>,
    #[serde(default)]
    error: Option<Refusal>,
}

#[derive(Deserialize)]
struct Answered {
    id: String,
    /// `null` from a program that has no translation.
    text: Option<String>,
}

#[derive(Deserialize)]
struct Refusal {
    kind: String,
    #[serde(default)]
    message: String,
    #[serde(default)]
    retry_after: Option<f64>,
}

/// What an answer says of each segment of `batch`.
///
/// Law: as many results as the batch has segments, in its order.
///
/// # Errors
/// When the program refused, when the line does not follow the protocol, and
/// when it answers segments that were not asked for: then a text may stand
/// under the number of another, and none can be trusted. A segment that is
/// missing or answered twice has an error of its own.
pub(super) fn drafts(
    line: &[u8],
    batch: &Batch,
    protection: Protection,
    provider: &str,
) -> Result<Drafts, Error> {
    let malformed = |message: String| Error {
        provider: provider.to_owned(),
        kind: ErrorKind::Malformed,
        message,
        retry: Retry::Never,
    };
    // The text of the error of serde_json could hold words of the article.
    let answer: Answer = serde_json::from_slice(line).map_err(|error| {
        malformed(format!(
            "the answer of the program does not follow the protocol (at its byte {}); \
             compare it with docs/command-protocol.md",
            error.column()
        ))
    })?;
    if let Some(refusal) = answer.error {
        return Err(refusal.into_error(provider));
    }
    let Some(segments) = answer.segments else {
        return Err(malformed(
            "the answer of the program has neither `segments` nor an `error`".to_owned(),
        ));
    };
    let mut texts: HashMap<String, Vec<String>> = HashMap::new();
    for Answered { id, text } in segments {
        texts.entry(id).or_default().extend(text);
    }
    let drafts = batch
        .segments
        .iter()
        .enumerate()
        .map(|(index, segment)| {
            let id = index.to_string();
            match texts.remove(&id).unwrap_or_default().as_slice() {
                [text] => Ok(Draft {
                    pieces: wire::decode(text, segment, batch.pair, protection),
                }),
                [] => Err(malformed(format!(
                    "segment `{id}` is missing from the answer of the program; \
                     it has to answer every segment that it gets"
                ))),
                several => Err(malformed(format!(
                    "the program answered segment `{id}` {} times; one answer is wanted",
                    several.len()
                ))),
            }
        })
        .collect();
    if let Some(extra) = texts.keys().min() {
        return Err(malformed(format!(
            "the program answered segment `{}`, which was not asked for; \
             it has to give every text back under the `id` that it got with it",
            clip(extra, 20)
        )));
    }
    Ok(drafts)
}

impl Refusal {
    fn into_error(self, provider: &str) -> Error {
        const KINDS: [ErrorKind; 8] = [
            ErrorKind::UnsupportedPair,
            ErrorKind::Invalid,
            ErrorKind::RateLimited,
            ErrorKind::Quota,
            ErrorKind::Unavailable,
            ErrorKind::Timeout,
            ErrorKind::Malformed,
            ErrorKind::TooLarge,
        ];
        let known = KINDS.into_iter().find(|kind| kind.name() == self.kind);
        let message = match clip(self.message.trim(), MESSAGE) {
            message if message.is_empty() => "no reason given".to_owned(),
            message => message,
        };
        let after = self
            .retry_after
            .and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
        let kind = known.unwrap_or(ErrorKind::Invalid);
        Error {
            provider: provider.to_owned(),
            kind,
            message: if known.is_some() {
                format!("the program refused ({kind}): {message}")
            } else {
                let kind = clip(&self.kind, 40);
                format!("the program refused (unknown kind of error `{kind}`): {message}")
            },
            retry: match kind {
                ErrorKind::RateLimited | ErrorKind::Unavailable | ErrorKind::Timeout => {
                    Retry::After(after)
                }
                _ => Retry::Never,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Context;
    use super::*;
    use crate::language::Ending;
    use crate::mark::quote::Edge;
    use crate::plan::{Filling, Hint, HoleId, Piece, Segment};
    use crate::text::Span;

    fn filling(kind: HoleKind, source: &str, target: &str) -> Filling {
        Filling {
            kind,
            source: source.to_owned(),
            target: target.to_owned(),
            span: Span::trusted(0, 0),
        }
    }

    /// `Dhaka said 5 & “a runoff”.`
    fn segment() -> Segment {
        Segment {
            pieces: vec![
                Piece::Hole(HoleId(0), Ending::default()),
                Piece::Text(" said ".to_owned()),
                Piece::Hole(HoleId(1), Ending::default()),
                Piece::Text(" & ".to_owned()),
                Piece::Quote(Edge::Open, 0),
                Piece::Text("a runoff".to_owned()),
                Piece::Quote(Edge::Close, 0),
                Piece::Text(".".to_owned()),
            ],
            fillings: vec![
                filling(HoleKind::PLACE, "Dhaka", "ঢাকা"),
                filling(HoleKind::Number, "5", "৫"),
                // Stands in another part of the sentence.
                filling(HoleKind::PLACE, "Moscow", "মস্কো"),
            ],
            hints: vec![Hint {
                source: "runoff".to_owned(),
                target: "দ্বিতীয় দফা ভোট".to_owned(),
            }],
        }
    }

    fn batch(segments: usize) -> Batch {
        Batch {
            pair: Pair::EN_BN,
            segments: vec![segment(); segments],
            context: Context {
                title: Some("A vote".to_owned()),
                before: vec![crate::provider::Example {
                    source: "It rained.".to_owned(),
                    target: String::new(),
                }],
                ..Context::default()
            },
        }
    }

    #[test]
    fn a_request_is_one_line_with_everything_a_program_needs() {
        let line = request(7, &batch(2), Protection::Plain).unwrap();
        assert_eq!(line.iter().position(|&b| b == b'\n'), Some(line.len() - 1));
        let sent: Value = serde_json::from_slice(&line).unwrap();
        let text = "Dhaka said 5 & “a runoff”.";
        assert_eq!(
            sent,
            serde_json::json!({
                "id": 7, "source": "en", "target": "bn",
                "segments": [{"id": "0", "text": text}, {"id": "1", "text": text}],
                "terms": [
                    {"source": "Dhaka", "target": "ঢাকা"},
                    {"source": "runoff", "target": "দ্বিতীয় দফা ভোট"},
                ],
                "context": {"before": ["It rained."], "title": "A vote"},
            })
        );
    }

    #[test]
    fn with_tags_a_hole_is_hidden_and_only_hints_are_terms() {
        let line = request(1, &batch(1), Protection::Tags).unwrap();
        let sent: Value = serde_json::from_slice(&line).unwrap();
        assert_eq!(
            sent["segments"][0]["text"],
            "<x id=\"0\"/> said <x id=\"1\"/> &amp; “a runoff”."
        );
        assert_eq!(sent["terms"].as_array().map(Vec::len), Some(1));
    }

    #[test]
    fn a_hello_has_defaults_and_mistakes_in_it_are_named() {
        let hello = Hello::read(
            br#"{"anubad": 1, "name": "n", "version": "2", "pairs": [["en", "bn"]],
                 "max_segments": 3, "max_characters": 900, "protection": "tags", "later": []}"#,
        )
        .unwrap();
        assert_eq!(hello.pairs(), [Pair::EN_BN]);
        assert_eq!(hello.protection(), Protection::Tags);
        assert_eq!((hello.max_segments, hello.max_characters), (3, 900));
        assert_eq!(Hello::read(br#"{"anubad": 1}"#), Ok(Hello::default()));
        for (line, part) in [
            (r#"{"anubad": 2}"#, "version 2"),
            (r#"{"anubad": 1, "max_segments": 0}"#, "at least 1"),
            (r#"{"anubad": 1, "pairs": [["en", "bangla"]]}"#, "bangla"),
            (r#"{"anubad": 1, "protection": "xml"}"#, "xml"),
        ] {
            let error = Hello::read(line.as_bytes()).unwrap_err();
            assert!(error.contains(part), "{line}: {error}");
        }
    }

    #[test]
    fn lines_are_told_apart() {
        for (line, expected) in [
            (r#"{"anubad": 1}"#, Line::Hello),
            (r#"{"id": 7, "segments": []}"#, Line::Answer(7)),
            (r#"{"id": 7, "anubad": 1}"#, Line::Answer(7)),
            (r#"{"id": "7"}"#, Line::Unnumbered),
            (r#"{"id": -1}"#, Line::Unnumbered),
            (r#"{"error": {}}"#, Line::Unnumbered),
            ("[null, 7]", Line::Garbage),
            ("Loading model", Line::Garbage),
            ("{\"id\": 7", Line::Garbage),
            ("7", Line::Garbage),
        ] {
            assert_eq!(Line::of(line.as_bytes()), expected, "{line}");
        }
    }

    fn read(line: &str, segments: usize) -> Result<Drafts, Error> {
        drafts(line.as_bytes(), &batch(segments), Protection::Plain, "mine")
    }

    #[test]
    fn answers_find_their_segment_by_id() {
        let drafts = read(
            r#"{"id": 1, "segments": [{"id": "1", "text": "“খ” ৫ ঢাকা"}, {"id": "0", "text": "ক"}]}"#,
            2,
        )
        .unwrap();
        assert_eq!(
            drafts[0].as_ref().unwrap().pieces[0],
            Piece::Text("ক".to_owned())
        );
        assert!(
            drafts[1]
                .as_ref()
                .unwrap()
                .pieces
                .contains(&Piece::Hole(HoleId(0), Ending::default()))
        );
    }

    #[test]
    fn a_missing_or_repeated_segment_is_an_error_of_its_own() {
        let drafts = read(
            r#"{"id": 1, "segments": [{"id": "0", "text": "ক"}, {"id": "2", "text": "খ"}, {"id": "2", "text": "গ"}, {"id": "3", "text": null}]}"#,
            4,
        )
        .unwrap();
        assert!(drafts[0].is_ok());
        for (draft, part) in [
            (&drafts[1], "`1` is missing"),
            (&drafts[2], "`2` 2 times"),
            (&drafts[3], "`3` is missing"),
        ] {
            let error = draft.as_ref().unwrap_err();
            assert_eq!(error.kind, ErrorKind::Malformed);
            assert!(error.message.contains(part), "{error}");
        }
    }

    #[test]
    fn what_was_not_asked_for_puts_the_whole_answer_in_doubt() {
        let error = read(
            r#"{"id": 1, "segments": [{"id": "0", "text": "ক"}, {"id": "1", "text": "খ"}]}"#,
            1,
        )
        .unwrap_err();
        assert_eq!(error.kind, ErrorKind::Malformed);
        assert!(error.message.contains("segment `1`"), "{error}");
    }

    #[test]
    fn an_answer_that_breaks_the_protocol_is_not_repeated() {
        for line in [
            r#"{"id": 1}"#,
            r#"{"id": 1, "segments": [{"id": 0, "text": "secret"}]}"#,
            r#"{"id": 1, "segments": ["secret"]}"#,
            r#"{"id": 1, "segments": "secret"}"#,
        ] {
            let error = read(line, 1).unwrap_err();
            assert_eq!(error.kind, ErrorKind::Malformed, "{line}");
            assert!(!error.message.contains("secret"), "{error}");
        }
        let no_text = b"{\"id\": 1, \"segments\": [{\"id\": \"0\", \"text\": \"\xFF\"}]}";
        for line in [
            &no_text[..],
            br#"{"id": 1, "segments": [{"id": "0", "text": "\ud800"}]}"#,
        ] {
            let error = drafts(line, &batch(1), Protection::Plain, "mine").unwrap_err();
            assert_eq!(error.kind, ErrorKind::Malformed);
        }
    }

    #[test]
    fn refusals_say_whether_waiting_helps() {
        let seconds = |s| Retry::After(Some(Duration::from_secs(s)));
        for (error, kind, retry) in [
            (
                r#"{"kind": "rate_limited", "retry_after": 2}"#,
                ErrorKind::RateLimited,
                seconds(2),
            ),
            (
                r#"{"kind": "rate_limited"}"#,
                ErrorKind::RateLimited,
                Retry::After(None),
            ),
            (
                r#"{"kind": "unavailable", "retry_after": -1}"#,
                ErrorKind::Unavailable,
                Retry::After(None),
            ),
            (
                r#"{"kind": "quota", "retry_after": 2}"#,
                ErrorKind::Quota,
                Retry::Never,
            ),
            (
                r#"{"kind": "invalid", "message": "no such model"}"#,
                ErrorKind::Invalid,
                Retry::Never,
            ),
            (
                r#"{"kind": "too_large"}"#,
                ErrorKind::TooLarge,
                Retry::Never,
            ),
            (r#"{"kind": "sulking"}"#, ErrorKind::Invalid, Retry::Never),
        ] {
            let line = format!(r#"{{"id": 1, "error": {error}}}"#);
            let found = read(&line, 1).unwrap_err();
            assert_eq!((found.kind, found.retry), (kind, retry), "{line}");
        }
        let error = read(
            r#"{"id": 1, "error": {"kind": "sulking", "message": "a\u001b[1mb"}}"#,
            1,
        );
        assert_eq!(
            error.unwrap_err().message,
            "the program refused (unknown kind of error `sulking`): a [1mb"
        );
    }
}
