//! `http`: a service that `pipeline.toml` describes.

use std::borrow::Cow;
use std::collections::BTreeMap;

use async_trait::async_trait;
use serde::de::{Deserialize, Deserializer, Error as _};
use serde_json::{Map, Value, json};
use url::Url;

use super::{Facts, Request, Service};
use crate::language::{Language, Pair};
use crate::provider::http::{Call, Client, Method, Refusal, Verdict};
use crate::provider::{Error, ErrorKind, Protection, measure};

/// The keys of `kind = "http"`.
#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Custom {
    /// The method.
    #[serde(default)]
    pub method: Verb,
    /// Headers, beside `Content-Type`.
    #[serde(default, deserialize_with = "headers")]
    pub headers: BTreeMap<String, String>,
    /// The header that carries the key.
    #[serde(default = "authorization")]
    pub key_header: String,
    /// What stands before the key in it.
    #[serde(default = "bearer")]
    pub key_prefix: String,
    /// The JSON body. A text that is exactly `{texts}` becomes the list of texts, one
    /// that is exactly `{terms}` the list of the terms that matched; within any text
    /// `{text}` becomes the only one, `{source}` and `{target}` the languages.
    #[serde(deserialize_with = "body")]
    pub body: Value,
    /// JSON Pointer (RFC 6901) to the list of translations, or to the only one.
    pub answers: Pointer,
    /// JSON Pointer from an item of that list to its text.
    #[serde(default)]
    pub each: Pointer,
    /// JSON Pointer to the code of an error.
    #[serde(default)]
    pub error: Pointer,
    /// What codes of errors, or statuses of HTTP, mean.
    #[serde(default)]
    pub errors: BTreeMap<String, Meaning>,
    /// What the service calls languages; the others by their ISO 639-1 code.
    #[serde(default)]
    pub languages: BTreeMap<Language, String>,
    /// Most texts in a request.
    #[serde(default = "one")]
    pub max_texts: usize,
    /// Most in a request, as the service counts.
    #[serde(default)]
    pub max_size: Size,
    /// How values travel.
    #[serde(default)]
    pub protection: Way,
}

/// How values travel to a described service.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Way {
    /// As `<x id="3"/>` in XML.
    Tags,
    /// As `<span translate="no">` in HTML.
    Html,
    /// Visible.
    #[default]
    None,
}

/// How much a request may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Size {
    /// Characters (Unicode scalar values).
    Characters(usize),
    /// Bytes of UTF-8.
    Bytes(usize),
    /// Tokens, estimated high.
    Tokens(usize),
}

impl Default for Size {
    fn default() -> Self {
        Self::Characters(2000)
    }
}

/// The methods that carry a body.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Deserialize)]
pub enum Verb {
    /// `POST`.
    #[default]
    #[serde(rename = "POST")]
    Post,
    /// `PUT`.
    #[serde(rename = "PUT")]
    Put,
}

/// What an error means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Meaning {
    /// The direction is not offered.
    UnsupportedPair,
    /// Too many requests for the moment.
    RateLimited,
    /// Nothing left to spend.
    Quota,
    /// Down or overloaded.
    Unavailable,
    /// A text is too large.
    TooLarge,
    /// The key is not accepted.
    Denied,
    /// The content is not translated.
    Refused,
}

impl From<Meaning> for ErrorKind {
    fn from(meaning: Meaning) -> Self {
        match meaning {
            Meaning::UnsupportedPair => Self::UnsupportedPair,
            Meaning::RateLimited => Self::RateLimited,
            Meaning::Quota => Self::Quota,
            Meaning::Unavailable => Self::Unavailable,
            Meaning::TooLarge => Self::TooLarge,
            Meaning::Denied => Self::Denied,
            Meaning::Refused => Self::Refused,
        }
    }
}

/// A JSON Pointer: empty, or beginning with `/`.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(try_from = "String")]
pub struct Pointer(String);

impl TryFrom<String> for Pointer {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        if text.is_empty() || text.starts_with('/') {
            Ok(Self(text))
        } else {
            Err(format!(
                "`{text}` is no JSON Pointer: it begins with `/`, such as \"/data/translations\""
            ))
        }
    }
}

/// Headers that HTTP can carry.
fn headers<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<BTreeMap<String, String>, D::Error> {
    let headers = BTreeMap::<String, String>::deserialize(deserializer)?;
    let wrong = headers
        .iter()
        .find(|(name, value)| !Call::carries(name, value));
    match wrong {
        None => Ok(headers),
        Some((name, _)) => Err(D::Error::custom(format!(
            "the header `{name}` has a name or value that HTTP cannot carry"
        ))),
    }
}

fn authorization() -> String {
    "Authorization".to_owned()
}

fn bearer() -> String {
    "Bearer ".to_owned()
}

fn one() -> usize {
    1
}

/// A body that has a place for what is to be translated.
fn body<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Value, D::Error> {
    let body = Value::deserialize(deserializer)?;
    if has(&body, &|text| text == TEXTS || text.contains("{text}")) {
        return Ok(body);
    }
    Err(D::Error::custom(
        "no place for what is to be translated: write \"{texts}\" where its list belongs, or \"{text}\" \
         where one text does",
    ))
}

/// Whether a text of a body is such.
fn has(body: &Value, such: &dyn Fn(&str) -> bool) -> bool {
    match body {
        Value::String(text) => such(text),
        Value::Array(items) => items.iter().any(|item| has(item, such)),
        Value::Object(fields) => fields.values().any(|value| has(value, such)),
        _ => false,
    }
}

/// What becomes the list of texts.
const TEXTS: &str = "{texts}";
/// What becomes the list of terms.
const TERMS: &str = "{terms}";

impl Custom {
    /// What the service calls a language.
    fn name<'n>(&'n self, language: &'n Language) -> &'n str {
        let own = self.languages.get(language);
        own.map_or_else(|| language.code(), String::as_str)
    }

    fn filled(&self, template: &Value, request: &Request<'_>) -> Value {
        match template {
            Value::String(text) => match text.as_str() {
                TEXTS => request.texts.clone().into(),
                TERMS => (request.hints.iter())
                    .map(|hint| json!({ "source": hint.source, "target": hint.target }))
                    .collect(),
                _ => self.written(text, request).into(),
            },
            Value::Array(items) => items.iter().map(|i| self.filled(i, request)).collect(),
            Value::Object(fields) => {
                let filled = |(name, value): (&String, &Value)| {
                    let value = self.filled(value, request);
                    (name.clone(), value)
                };
                Value::Object(fields.iter().map(filled).collect::<Map<_, _>>())
            }
            other => other.clone(),
        }
    }

    /// A text with its places filled, each looked at once: what is put there may look
    /// like a place itself.
    fn written(&self, template: &str, request: &Request<'_>) -> String {
        let Pair { source, target } = &request.pair;
        let text = request.texts.first().map_or("", String::as_str);
        let places = [
            ("{source}", self.name(source)),
            ("{target}", self.name(target)),
            ("{text}", text),
        ];
        let mut out = String::new();
        let mut rest = template;
        while let Some(at) = rest.find('{') {
            out.push_str(&rest[..at]);
            rest = &rest[at..];
            let place = places.iter().find(|(place, _)| rest.starts_with(place));
            let (taken, put) = place.map_or((1, "{"), |(place, put)| (place.len(), *put));
            out.push_str(put);
            rest = &rest[taken..];
        }
        out + rest
    }

    /// Where it is asked: the languages may be part of its address. `None` where
    /// that makes no address.
    fn place(&self, url: &Url, pair: Pair) -> Option<Url> {
        let mut address = Cow::Borrowed(url.as_str());
        for (place, language) in [("source", pair.source), ("target", pair.target)] {
            // (In a path they stand escaped.)
            for written in [format!("{{{place}}}"), format!("%7B{place}%7D")] {
                if address.contains(&written) {
                    address = Cow::Owned(address.replace(&written, self.name(&language)));
                }
            }
        }
        Url::parse(&address).ok()
    }

    /// A digest of what is asked for.
    fn version(&self) -> String {
        let asked = format!("{} {:?} {:?}", self.body, self.headers, self.languages);
        blake3::hash(asked.as_bytes()).to_hex()[..12].to_owned()
    }
}

#[async_trait]
impl Service for Custom {
    fn facts(&self) -> Facts {
        Facts {
            model: "http".to_owned(),
            version: self.version(),
            max_texts: if has(&self.body, &|text| text == TEXTS) {
                self.max_texts
            } else {
                1
            },
            max_size: match self.max_size {
                Size::Characters(most) | Size::Bytes(most) | Size::Tokens(most) => most,
            },
            protection: match self.protection {
                Way::Tags => Protection::Tags,
                Way::Html => Protection::Html,
                Way::None => Protection::Plain,
            },
        }
    }

    /// What the body says of the format is written by hand.
    fn may_be_plain(&self) -> bool {
        false
    }

    fn measure(&self, text: &str) -> usize {
        match self.max_size {
            Size::Characters(_) => text.chars().count(),
            Size::Bytes(_) => text.len(),
            Size::Tokens(_) => measure::tokens_of(text),
        }
    }

    fn request(&self, client: &Client, request: &Request<'_>) -> Result<Call, Error> {
        let url = self.place(&client.url(""), request.pair).ok_or_else(|| {
            let cause = "its `url` with the languages in it is no address";
            client.error(ErrorKind::Invalid, cause)
        })?;
        let method = match self.method {
            Verb::Post => Method::POST,
            Verb::Put => Method::PUT,
        };
        let body = self.filled(&self.body, request).to_string();
        let mut call = Call::new(method, url)
            .header("Content-Type", "application/json")
            .body(body.into_bytes());
        for (name, value) in &self.headers {
            call = call.header(name, value);
        }
        Ok(call.key(&self.key_header, &self.key_prefix, client.secret()))
    }

    fn answer(&self, answer: &Value) -> Option<Vec<String>> {
        super::texts(answer, &self.answers.0, &self.each.0)
    }

    fn judge(&self, refusal: &Refusal) -> Verdict {
        let code = refusal.body.pointer(&self.error.0);
        let named = match code {
            Some(Value::String(code)) => self.errors.get(code),
            Some(Value::Number(code)) => self.errors.get(&code.to_string()),
            _ => None,
        };
        let meaning = named.or_else(|| self.errors.get(&refusal.status.to_string()));
        match meaning {
            Some(meaning) => Verdict::new((*meaning).into(), refusal),
            None => refusal.verdict(),
        }
        .coded(code)
    }
    /// Some say what is wrong with status 200.
    async fn ask(&self, client: &Client, request: &Request<'_>) -> Result<Vec<String>, Error> {
        let call = self.request(client, request)?;
        let answer = client.json(call, |refusal| self.judge(refusal)).await?;
        if let Some(answers) = self.answer(&answer) {
            return Ok(answers);
        }
        let is_error = |said: &Value| !matches!(said, Value::Null | Value::Bool(false));
        if self.error != Pointer::default() && answer.pointer(&self.error.0).is_some_and(is_error) {
            let refusal = Refusal {
                status: 200,
                wait: None,
                body: answer,
            };
            return Err(client.refused(&refusal, &self.judge(&refusal)));
        }
        Err(client.malformed("no translations where they should stand"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Hint;

    fn described(body: &Value) -> Result<Custom, serde_json::Error> {
        serde_json::from_value(json!({
            "body": body,
            "answers": "/lines",
            "languages": { "bn": "ben" },
        }))
    }

    #[test]
    fn places_are_filled_once() {
        let hint = Hint {
            source: "seminar".into(),
            target: "সেমিনার".into(),
        };
        let request = Request {
            pair: Pair::EN_BN,
            texts: vec!["a {target} b".into(), "c".into()],
            hints: vec![&hint],
            protection: Protection::Plain,
        };
        let body = json!({
            "list": "{texts}", "terms": "{terms}", "pair": "{source}-{target}",
            "prompt": "To {target}: {text} {x}", "n": 3, "in": ["{text}"],
        });
        let filled = described(&body).unwrap().filled(&body, &request);
        let wanted = json!({
            "list": ["a {target} b", "c"],
            "terms": [{ "source": "seminar", "target": "সেমিনার" }],
            "pair": "en-ben",
            "prompt": "To ben: a {target} b {x}",
            "n": 3,
            "in": ["a {target} b"],
        });
        assert_eq!(filled, wanted);
    }

    #[test]
    fn languages_may_be_part_of_the_address() {
        let custom = described(&json!("{texts}")).unwrap();
        for (url, wanted) in [
            ("https://mt.example.org/v1", "https://mt.example.org/v1"),
            (
                "https://mt.example.org/{source}-{target}?to={target}",
                "https://mt.example.org/en-ben?to=ben",
            ),
        ] {
            let place = custom.place(&Url::parse(url).unwrap(), Pair::EN_BN);
            assert_eq!(place.unwrap().as_str(), wanted);
        }
    }

    #[test]
    fn a_body_has_a_place_for_what_is_translated() {
        assert!(described(&json!({ "q": "{source}" })).is_err());
        assert!(described(&json!({ "q": ["{texts}"] })).is_ok());
        assert!(described(&json!("Translate {text}")).is_ok());
    }
}
