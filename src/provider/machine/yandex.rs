//! Yandex Translate, Yandex Cloud API v2.
//!
//! Followed: `TranslateRequest` of `translation_service.proto` (yandex-cloud/cloudapi,
//! July 2026), "Quotas and limits", "Glossaries" and "Authentication" of
//! yandex.cloud/en/docs/translate.

use async_trait::async_trait;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Facts, Request, Service, says, texts};
use crate::provider::http::{Call, Client, Refusal, Verdict};
use crate::provider::{Error, ErrorKind, Protection};

/// Where it is served.
pub const URL: &str = "https://translate.api.cloud.yandex.net";

/// Most entries of a glossary that goes along.
const PAIRS: usize = 50;

/// The keys of `kind = "yandex"`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Yandex {
    /// The folder that pays; keys of a service account know theirs.
    pub folder: Option<String>,
    /// Whether the terms that matched go along as a glossary.
    pub glossary: bool,
}

impl Default for Yandex {
    fn default() -> Self {
        Self {
            folder: None,
            glossary: true,
        }
    }
}

#[async_trait]
impl Service for Yandex {
    fn facts(&self) -> Facts {
        Facts {
            model: "yandex-v2".to_owned(),
            version: if self.glossary {
                "glossary".to_owned()
            } else {
                String::new()
            },
            max_texts: 100,
            max_size: 10_000,
            protection: Protection::Html,
        }
    }

    fn request(&self, client: &Client, request: &Request<'_>) -> Result<Call, Error> {
        let mut body = json!({
            "texts": request.texts,
            "sourceLanguageCode": request.pair.source.code(),
            "targetLanguageCode": request.pair.target.code(),
            "format": match request.protection {
                Protection::Html => "HTML",
                _ => "PLAIN_TEXT",
            },
        });
        if let Some(folder) = &self.folder {
            body["folderId"] = folder.as_str().into();
        }
        if self.glossary && !request.hints.is_empty() {
            let pairs = request.hints.iter().take(PAIRS);
            let pairs: Vec<_> = pairs
                .map(|hint| json!({ "sourceText": hint.source, "translatedText": hint.target }))
                .collect();
            body["glossaryConfig"] = json!({ "glossaryData": { "glossaryPairs": pairs } });
        }
        Ok(
            Call::post(client.url("/translate/v2/translate"), &body).key(
                "Authorization",
                "Api-Key ",
                client.secret(),
            ),
        )
    }

    fn answer(&self, answer: &Value) -> Option<Vec<String>> {
        texts(answer, "/translations", "/text")
    }

    /// The body has the code of gRPC. 429 is a limit by the second or hour, which
    /// passes, or a spent grant, which does not.
    fn judge(&self, refusal: &Refusal) -> Verdict {
        let code = refusal.body.pointer("/code");
        let kind = if says(refusal, "/message", &["language_code", "language code"]) {
            ErrorKind::UnsupportedPair
        } else if says(refusal, "/message", &["too long", "length", "size exceeds"]) {
            ErrorKind::TooLarge
        } else if says(refusal, "/message", &["billing", "blocked"]) {
            ErrorKind::Quota
        } else {
            return refusal.verdict().coded(code);
        };
        Verdict::new(kind, refusal).coded(code)
    }
}
