//! Google Cloud Translation, Basic edition (v2): an API key, no glossaries.
//!
//! Followed: "Method: translate" of the v2 REST reference, "Quotas and limits" and
//! "Use API keys" (the key goes into a header; `?key=` would put it into URLs).

use async_trait::async_trait;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Facts, Request, Service, says, texts};
use crate::provider::http::{Call, Client, Refusal, Verdict};
use crate::provider::{Error, ErrorKind, Protection};

/// Where it is served.
pub const URL: &str = "https://translation.googleapis.com";

/// The keys of `kind = "google-v2"`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct GoogleV2 {
    /// Whether values travel in HTML, where Google leaves them alone, or visible in
    /// plain text.
    pub html: bool,
}

impl Default for GoogleV2 {
    fn default() -> Self {
        Self { html: true }
    }
}

#[async_trait]
impl Service for GoogleV2 {
    fn facts(&self) -> Facts {
        Facts {
            model: "google-v2/nmt".to_owned(),
            version: if self.html { "html" } else { "text" }.to_owned(),
            max_texts: 128,
            // What Google recommends; it answers slowly above.
            max_size: 5000,
            protection: if self.html {
                Protection::Html
            } else {
                Protection::Plain
            },
        }
    }

    /// The format is always named: left out, it is HTML, and plain text would come
    /// back escaped.
    fn request(&self, client: &Client, request: &Request<'_>) -> Result<Call, Error> {
        let body = json!({
            "q": request.texts,
            "source": request.pair.source.code(),
            "target": request.pair.target.code(),
            "format": match request.protection {
                Protection::Html => "html",
                _ => "text",
            },
            "model": "nmt",
        });
        let url = client.url("/language/translate/v2");
        Ok(Call::post(url, &body).key("X-Goog-Api-Key", "", client.secret()))
    }

    fn answer(&self, answer: &Value) -> Option<Vec<String>> {
        texts(answer, "/data/translations", "/translatedText")
    }

    fn judge(&self, refusal: &Refusal) -> Verdict {
        verdict(refusal).coded(refusal.body.pointer("/error/errors/0/reason"))
    }
}

/// What Google's errors mean. 403 is a key without the right, a quota for the day
/// and one for the minute alike; reason, message and the name of the quota tell.
/// (`google.rpc.ErrorInfo` has the last: `quota_limit`.)
pub(super) fn verdict(refusal: &Refusal) -> Verdict {
    let reason = |words: &[&str]| {
        let places = ["/error/errors/0/reason", "/error/message"];
        places.iter().any(|place| says(refusal, place, words))
    };
    let details = refusal.body.pointer("/error/details");
    let details = details.map(Value::to_string).unwrap_or_default();
    let kind = match refusal.status {
        403 | 429
            if details.contains("PerDay")
                || reason(&["dailylimit", "per day", "daily limit", "billing"]) =>
        {
            ErrorKind::Quota
        }
        403 if details.contains("RATE_LIMIT_EXCEEDED") => ErrorKind::RateLimited,
        403 if reason(&["ratelimit", "rate limit", "per minute", "per 100 seconds"]) => {
            ErrorKind::RateLimited
        }
        400 if reason(&["api key"]) => ErrorKind::Denied,
        400 if reason(&["language"]) => ErrorKind::UnsupportedPair,
        400 if reason(&["too long", "too large", "exceeds", "too many"]) => ErrorKind::TooLarge,
        _ => return refusal.verdict(),
    };
    Verdict::new(kind, refusal)
}
