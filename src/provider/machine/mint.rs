//! MinT, Wikimedia's open machine translation: its public server or one's own.
//!
//! Followed: `POST /api/translate` of the page that the service shows under `/docs`, and README
//! (wikimedia/machinetranslation). For Bangla it runs IndicTrans2.

use async_trait::async_trait;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Facts, Request, Service, says, texts};
use crate::provider::http::{Call, Client, Refusal, Verdict};
use crate::provider::{Error, ErrorKind, Protection};

/// Where Wikimedia serves it.
pub const URL: &str = "https://translate.wmcloud.org";

/// The keys of `kind = "mint"`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Mint {
    /// A model, such as `indictrans2-en-indic` or `nllb200-600M`; the server's
    /// choice if left out.
    pub model: Option<String>,
}

#[async_trait]
impl Service for Mint {
    fn facts(&self) -> Facts {
        Facts {
            model: match &self.model {
                Some(model) => format!("mint/{model}"),
                None => "mint".to_owned(),
            },
            version: String::new(),
            // It takes one text, and reads several lines of it as one page.
            max_texts: 1,
            max_size: 10_000,
            protection: Protection::Html,
        }
    }

    fn request(&self, client: &Client, request: &Request<'_>) -> Result<Call, Error> {
        let mut body = json!({
            "source_language": request.pair.source.code(),
            "target_language": request.pair.target.code(),
            "format": "html",
            "content": request.texts.concat(),
        });
        if let Some(model) = &self.model {
            body["model"] = model.as_str().into();
        }
        let call = Call::post(client.url("/api/translate"), &body);
        Ok(call.key("Authorization", "Bearer ", client.secret()))
    }

    fn answer(&self, answer: &Value) -> Option<Vec<String>> {
        texts(answer, "/translation", "")
    }

    fn judge(&self, refusal: &Refusal) -> Verdict {
        if says(refusal, "/detail", &["not supported", "unsupported"]) {
            Verdict::new(ErrorKind::UnsupportedPair, refusal)
        } else {
            refusal.verdict()
        }
    }
}
