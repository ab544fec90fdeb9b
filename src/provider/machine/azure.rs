//! Azure AI Translator, text translation v3.0.
//!
//! Followed: "Translator 3.0: Translate", "Dynamic dictionary", "Prevent content
//! translation", "Request limits" and "Status code" of learn.microsoft.com.

use async_trait::async_trait;
use serde::Deserialize;
use serde_json::{Value, json};

use super::resource::{self, Resource, When};
use super::{Facts, Request, Service};
use crate::language::Pair;
use crate::plan::{Hint, Segment};
use crate::provider::http::{Call, Client, Refusal, Verdict};
use crate::provider::{Error, ErrorKind, Protection, wire};

/// Where it is served.
pub const URL: &str = "https://api.cognitive.microsofttranslator.com";

/// The keys of `kind = "azure"`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Azure {
    /// The region of the resource, where it is not global.
    pub region: Option<String>,
    /// A model of Custom Translator by its category id.
    pub category: Option<Resource>,
    /// Whether preferred terms are written into the text as a dynamic dictionary.
    /// It puts them as they are, without an ending: for names, not for words.
    pub dictionary: bool,
}

#[async_trait]
impl Service for Azure {
    fn facts(&self) -> Facts {
        Facts {
            model: match &self.category {
                Some(category) => {
                    let models = resource::version(Some(category), When::Always);
                    format!("azure-v3/{}", models.trim_start())
                }
                None => "azure-v3".to_owned(),
            },
            version: if self.dictionary {
                "dictionary".to_owned()
            } else {
                String::new()
            },
            max_texts: 1000,
            max_size: 50_000,
            protection: Protection::Html,
        }
    }

    /// Entries of the dictionary are markup.
    fn may_be_plain(&self) -> bool {
        !self.dictionary
    }

    fn write(&self, segment: &Segment, pair: Pair, protection: Protection) -> String {
        let text = wire::encode(segment, pair.source, protection).text;
        if self.dictionary && !segment.hints.is_empty() {
            with_dictionary(&text, &segment.hints)
        } else {
            text
        }
    }

    fn request(&self, client: &Client, request: &Request<'_>) -> Result<Call, Error> {
        let mut url = client.url("/translate");
        url.query_pairs_mut()
            .append_pair("api-version", "3.0")
            .append_pair("from", request.pair.source.code())
            .append_pair("to", request.pair.target.code())
            .append_pair(
                "textType",
                match request.protection {
                    Protection::Html => "html",
                    _ => "plain",
                },
            );
        if let Some(category) = self.category.as_ref().and_then(|c| c.of(request.pair)) {
            url.query_pairs_mut().append_pair("category", category);
        }
        let texts = request.texts.iter().map(|text| json!({ "Text": text }));
        let mut call =
            Call::post(url, &texts.collect()).key("Ocp-Apim-Subscription-Key", "", client.secret());
        if let Some(region) = &self.region {
            call = call.header("Ocp-Apim-Subscription-Region", region);
        }
        Ok(call)
    }

    fn answer(&self, answer: &Value) -> Option<Vec<String>> {
        super::texts(answer, "", "/translations/0/text").filter(|_| answer.is_array())
    }

    fn judge(&self, refusal: &Refusal) -> Verdict {
        let code = refusal.body.pointer("/error/code");
        let kind = match code.and_then(Value::as_u64) {
            Some(400_018 | 400_019 | 400_023 | 400_035 | 400_036) => ErrorKind::UnsupportedPair,
            Some(400_050 | 400_077) => ErrorKind::TooLarge,
            Some(403_001) => ErrorKind::Quota,
            _ => return refusal.verdict().coded(code),
        };
        Verdict::new(kind, refusal).coded(code)
    }
}

/// The terms in the text, outside of spans, as entries of a dynamic dictionary.
fn with_dictionary(text: &str, hints: &[Hint]) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        if c == '<' {
            let end = rest.find("</span>").map_or(rest.len(), |end| end + 7);
            out.push_str(&rest[..end]);
            at += end;
            continue;
        }
        let before = text[..at].chars().next_back();
        let term = (hints.iter())
            .filter(|hint| !before.is_some_and(is_of_word) && !hint.source.is_empty())
            .filter(|hint| rest.starts_with(hint.source.as_str()))
            .filter(|hint| !(rest[hint.source.len()..].chars().next()).is_some_and(is_of_word))
            .max_by_key(|hint| hint.source.len());
        if let Some(hint) = term.filter(|hint| !hint.target.contains(['"', '<', '&'])) {
            let Hint { source, target } = hint;
            out.push_str("<mstrans:dictionary translation=\"");
            out.push_str(target);
            out.push_str("\">");
            out.push_str(source);
            out.push_str("</mstrans:dictionary>");
            at += source.len();
        } else {
            out.push(c);
            at += c.len_utf8();
        }
    }
    out
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || ('\u{0980}'..='\u{09FF}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_written_into_the_text() {
        let hint = |source: &str, target: &str| Hint {
            source: source.to_owned(),
            target: target.to_owned(),
        };
        let hints = [
            hint("High Court", "হাইকোর্ট"),
            hint("Court", "আদালত"),
            hint("bad", "\""),
        ];
        let entry = |s: &str, t: &str| {
            format!("<mstrans:dictionary translation=\"{t}\">{s}</mstrans:dictionary>")
        };
        for (text, wanted) in [
            (
                "The High Court",
                format!("The {}", entry("High Court", "হাইকোর্ট")),
            ),
            (
                "Court, Courts",
                format!("{}, Courts", entry("Court", "আদালত")),
            ),
            (
                "<span>Court</span> bad",
                "<span>Court</span> bad".to_owned(),
            ),
        ] {
            assert_eq!(with_dictionary(text, &hints), wanted);
        }
    }
}
