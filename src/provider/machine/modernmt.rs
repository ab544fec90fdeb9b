//! ModernMT, with its glossaries and memories.
//!
//! Followed: "Translate" and "Errors" of modernmt.com/api; the vendor's own client
//! (modernmt-python 1.5) for how lists are written. As recommended there, a POST
//! request says in a header that it is a GET.

use async_trait::async_trait;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Facts, Request, Service, says, texts};
use crate::provider::http::{Call, Client, Refusal, Verdict};
use crate::provider::{Error, ErrorKind, Protection};

/// Where it is served.
pub const URL: &str = "https://api.modernmt.com";

/// The keys of `kind = "modernmt"`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ModernMt {
    /// Glossaries by their ids.
    pub glossaries: Vec<u64>,
    /// Memories by their ids, the most important first.
    pub memories: Vec<u64>,
}

#[async_trait]
impl Service for ModernMt {
    fn facts(&self) -> Facts {
        Facts {
            model: "modernmt".to_owned(),
            version: format!("{:?} {:?}", self.glossaries, self.memories),
            max_texts: 128,
            // No limit is told; this much is answered within seconds.
            max_size: 10_000,
            protection: Protection::Tags,
        }
    }

    fn request(&self, client: &Client, request: &Request<'_>) -> Result<Call, Error> {
        let mut body = json!({
            "source": request.pair.source.code(),
            "target": request.pair.target.code(),
            "q": request.texts,
            "format": match request.protection {
                Protection::Tags => "text/xml",
                _ => "text/plain",
            },
        });
        if !self.glossaries.is_empty() {
            body["glossaries"] = json!(self.glossaries);
        }
        if !self.memories.is_empty() {
            let ids: Vec<String> = self.memories.iter().map(u64::to_string).collect();
            body["hints"] = ids.join(",").into();
        }
        Ok(Call::post(client.url("/translate"), &body)
            .header("X-HTTP-Method-Override", "GET")
            .key("MMT-ApiKey", "", client.secret()))
    }

    fn answer(&self, answer: &Value) -> Option<Vec<String>> {
        texts(answer, "/data", "/translation")
    }

    fn judge(&self, refusal: &Refusal) -> Verdict {
        let kind = if says(refusal, "/error/message", &["language"]) {
            ErrorKind::UnsupportedPair
        } else if says(refusal, "/error/type", &["quota", "plan", "billing"]) {
            ErrorKind::Quota
        } else {
            return (refusal.verdict()).coded(refusal.body.pointer("/error/type"));
        };
        Verdict::new(kind, refusal).coded(refusal.body.pointer("/error/type"))
    }
}
