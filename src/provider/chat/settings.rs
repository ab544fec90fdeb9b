//! What every language model is told beside the article.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::{Deserializer, Error as _};
use serde_json::{Map, Value};

use super::prompt;
use crate::language::Language;
use crate::provider::Protection;

/// The keys that all kinds of language models have.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The model, as the service calls it.
    pub model: String,
    /// The instructions, in place of those of [`prompt`]. `{source}` and `{target}`
    /// become the names of the languages, `{style}` the style.
    #[serde(default, deserialize_with = "filled")]
    pub instructions: Option<String>,
    /// The house's style by target language, in place of that of [`prompt`].
    #[serde(default)]
    pub style: BTreeMap<Language, String>,
    /// How values travel.
    #[serde(default)]
    pub protection: Way,
    /// How freely the model chooses its words; 0 if left out, where the model takes a
    /// temperature at all.
    #[serde(default)]
    pub temperature: Option<Temperature>,
    /// Tokens that the model takes, there and back.
    #[serde(default = "context", deserialize_with = "tokens")]
    pub context_tokens: usize,
    /// Most tokens that it answers.
    #[serde(default = "output", deserialize_with = "tokens")]
    pub output_tokens: usize,
    /// Most segments in a request.
    #[serde(default = "segments", deserialize_with = "count")]
    pub max_segments: usize,
    /// What else goes into the body of each request.
    #[serde(default)]
    pub extra: Map<String, Value>,
}

/// How values travel to a model.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Way {
    /// As parts of their own.
    #[default]
    Typed,
    /// As words, found again in the answer.
    None,
}

impl From<Way> for Protection {
    fn from(way: Way) -> Self {
        match way {
            Way::Typed => Self::Typed,
            Way::None => Self::Plain,
        }
    }
}

/// How freely a model chooses its words.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(untagged, expecting = "expected a number from 0 to 2, or \"default\"")]
pub enum Temperature {
    /// From 0, always the likeliest.
    Is(#[serde(deserialize_with = "degrees")] f64),
    /// The service's own: some models take no other.
    Default(Own),
}

/// The word for what is not sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Own {
    /// As the service has it.
    Default,
}

impl Temperature {
    /// What is sent.
    pub(super) fn value(self) -> Option<f64> {
        match self {
            Self::Is(value) => Some(value),
            Self::Default(_) => None,
        }
    }
}

impl Settings {
    /// The settings of a model with nothing else said.
    #[must_use]
    pub fn new(model: &str) -> Self {
        Self {
            model: model.to_owned(),
            instructions: None,
            style: BTreeMap::new(),
            protection: Way::default(),
            temperature: None,
            context_tokens: context(),
            output_tokens: output(),
            max_segments: segments(),
            extra: Map::new(),
        }
    }

    /// A digest of everything that changes what is answered: what is remembered
    /// under another one is not found.
    pub(super) fn digest(&self, more: &[&str]) -> String {
        let mut hasher = blake3::Hasher::new();
        let own = format!(
            "{:?} {:?} {}",
            self.protection,
            self.temperature,
            Value::Object(self.extra.clone())
        );
        let told = prompt::everything(self);
        for part in [own.as_str(), told.as_str()].iter().chain(more) {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part.as_bytes());
        }
        hasher.finalize().to_hex()[..12].to_owned()
    }
}

/// Puts `extra` into `body`, tables into tables.
pub(super) fn merge(body: &mut Value, extra: &Map<String, Value>) {
    let Value::Object(fields) = body else { return };
    for (key, value) in extra {
        match (fields.get_mut(key), value) {
            (Some(there @ Value::Object(_)), Value::Object(more)) => merge(there, more),
            _ => {
                fields.insert(key.clone(), value.clone());
            }
        }
    }
}

fn context() -> usize {
    32_000
}

fn output() -> usize {
    8192
}

fn segments() -> usize {
    20
}

fn filled<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let text = String::deserialize(deserializer)?;
    if text.trim().is_empty() {
        return Err(D::Error::custom("an empty text, expected instructions"));
    }
    Ok(Some(text))
}

fn within<'de, D: Deserializer<'de>>(
    deserializer: D,
    least: usize,
    most: usize,
) -> Result<usize, D::Error> {
    let number = i64::deserialize(deserializer)?;
    usize::try_from(number)
        .ok()
        .filter(|number| (least..=most).contains(number))
        .ok_or_else(|| {
            D::Error::custom(format!(
                "{number}, expected a whole number from {least} to {most}"
            ))
        })
}

fn tokens<'de, D: Deserializer<'de>>(deserializer: D) -> Result<usize, D::Error> {
    within(deserializer, 256, 10_000_000)
}

fn count<'de, D: Deserializer<'de>>(deserializer: D) -> Result<usize, D::Error> {
    within(deserializer, 1, 1000)
}

fn degrees<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
    let degrees = f64::deserialize(deserializer)?;
    if (0.0..=2.0).contains(&degrees) {
        Ok(degrees)
    } else {
        Err(D::Error::custom("expected a number from 0 to 2"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_changes_an_answer_changes_the_digest() {
        let base = Settings::new("m");
        let mut seen = vec![base.digest(&["a", "b"])];
        assert_eq!(base.digest(&["a", "b"]), seen[0]);
        seen.push(base.digest(&["ab", ""]));
        let changes: [fn(&mut Settings); 6] = [
            |s| s.instructions = Some("Translate.".into()),
            |s| {
                s.style.insert(Language::BANGLA, "short".into());
            },
            |s| {
                s.style.insert(Language::ENGLISH, "short".into());
            },
            |s| s.protection = Way::None,
            |s| s.temperature = Some(Temperature::Is(1.0)),
            |s| {
                s.extra.insert("seed".into(), json!(7));
            },
        ];
        for change in changes {
            let mut settings = base.clone();
            change(&mut settings);
            seen.push(settings.digest(&["a", "b"]));
        }
        let count = seen.len();
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), count, "two settings have one digest");
        // What only bounds a request changes no answer.
        let wider = Settings {
            context_tokens: 100_000,
            max_segments: 3,
            ..base.clone()
        };
        assert_eq!(wider.digest(&["a", "b"]), base.digest(&["a", "b"]));
    }

    #[test]
    fn tables_are_put_into_tables() {
        let mut body = json!({ "options": { "temperature": 0 }, "model": "m" });
        let extra = json!({ "options": { "seed": 7 }, "think": false });
        merge(&mut body, extra.as_object().unwrap());
        let wanted =
            json!({ "options": { "temperature": 0, "seed": 7 }, "model": "m", "think": false });
        assert_eq!(body, wanted);
    }
}
