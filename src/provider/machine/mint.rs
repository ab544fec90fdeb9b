//! MinT, Wikimedia's open machine translation: its public server or one's own.
//!
//! Followed: `translate.py` and `translator/html.py` of September 2025
//! (mediawiki/services/machinetranslation), whose page stands under `/docs`. For Bangla
//! it runs IndicTrans2. Spans of HTML are not kept from its models: the words are
//! translated as a whole, and each span is put around its content where that is found
//! again, so a value survives where the model copied it.

use async_trait::async_trait;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Facts, Request, Service, says, texts};
use crate::provider::http::{Call, Client, Refusal, Verdict};
use crate::provider::{Error, ErrorKind, Protection};

/// Where Wikimedia serves it.
pub const URL: &str = "https://translate.wmcloud.org";

/// The keys of `kind = "mint"`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Mint {
    /// A model, such as `indictrans2-en-indic` or `nllb200-600M`; the server's
    /// choice if left out.
    pub model: Option<String>,
    /// Whether values travel in HTML, or visible.
    pub html: bool,
}

impl Default for Mint {
    fn default() -> Self {
        Self {
            model: None,
            html: true,
        }
    }
}

#[async_trait]
impl Service for Mint {
    fn facts(&self) -> Facts {
        Facts {
            model: match &self.model {
                Some(model) => format!("mint/{model}"),
                None => "mint".to_owned(),
            },
            version: if self.html { "html" } else { "text" }.to_owned(),
            // It takes one text, and reads several lines of it as one page.
            max_texts: 1,
            // (Of HTML ten times as much, which would be no sentence.)
            max_size: 10_000,
            protection: if self.html {
                Protection::Html
            } else {
                Protection::Plain
            },
        }
    }

    fn request(&self, client: &Client, request: &Request<'_>) -> Result<Call, Error> {
        let mut body = json!({
            "source_language": request.pair.source.code(),
            "target_language": request.pair.target.code(),
            "format": match request.protection {
                Protection::Html => "html",
                _ => "text",
            },
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
