//! `http`: a service that `pipeline.toml` describes.

use std::collections::BTreeMap;

use serde::de::{Deserialize, Deserializer, Error as _};
use serde_json::{Map, Value};

use super::{Facts, Request, Service};
use crate::language::{Language, Pair};
use crate::provider::http::{Call, Client, Method, Refusal, Verdict};
use crate::provider::{Error, ErrorKind, Protection};

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
    /// The JSON body. A text that is exactly `{texts}` becomes the list of texts,
    /// `{text}` the only one; `{source}` and `{target}` the languages.
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
    /// Most characters in a request.
    #[serde(default = "two_thousand")]
    pub max_characters: usize,
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

fn two_thousand() -> usize {
    2000
}

impl Custom {
    fn filled(&self, template: &Value, request: &Request<'_>) -> Value {
        let Pair { source, target } = request.pair;
        let language = |language: Language| match self.languages.get(&language) {
            Some(name) => name.as_str().into(),
            None => language.code().into(),
        };
        match template {
            Value::String(text) => match text.as_str() {
                "{texts}" => request.texts.clone().into(),
                "{text}" => request.texts.first().cloned().unwrap_or_default().into(),
                "{source}" => language(source),
                "{target}" => language(target),
                _ => template.clone(),
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

    /// A digest of what is asked for.
    fn version(&self) -> String {
        let asked = format!("{} {:?} {:?}", self.body, self.headers, self.languages);
        blake3::hash(asked.as_bytes()).to_hex()[..12].to_owned()
    }

    /// Whether `{texts}` stands in the body; otherwise one text is sent at a time.
    fn takes_lists(value: &Value) -> bool {
        match value {
            Value::String(text) => text == "{texts}",
            Value::Array(items) => items.iter().any(Self::takes_lists),
            Value::Object(fields) => fields.values().any(Self::takes_lists),
            _ => false,
        }
    }
}

impl Service for Custom {
    fn facts(&self) -> Facts {
        Facts {
            model: "http".to_owned(),
            version: self.version(),
            max_texts: if Self::takes_lists(&self.body) {
                self.max_texts
            } else {
                1
            },
            max_size: self.max_characters,
            protection: match self.protection {
                Way::Tags => Protection::Tags,
                Way::Html => Protection::Html,
                Way::None => Protection::Plain,
            },
        }
    }

    fn request(&self, client: &Client, request: &Request<'_>) -> Result<Call, Error> {
        let method = match self.method {
            Verb::Post => Method::POST,
            Verb::Put => Method::PUT,
        };
        let body = self.filled(&self.body, request).to_string();
        let mut call = Call::new(method, client.url(""))
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
}
