//! Google's Gemini.
//!
//! Followed: "generateContent", "Structured output", "Rate limits" and
//! "Troubleshooting" of ai.google.dev; `FinishReason` and `BlockedReason` of Google's
//! client (python-genai, August 2026); `google.rpc.QuotaFailure` and `RetryInfo` for
//! the details of errors.

use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};

use super::{End, Reply, Request, Service, Settings, usage};
use crate::provider::http::{Call, Client, Method, Refusal, Verdict};
use crate::provider::{ErrorKind, Retry};

/// Where it is served.
pub const URL: &str = "https://generativelanguage.googleapis.com";

/// The keys of `kind = "gemini"`: those of all language models.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Gemini {}

impl Service for Gemini {
    fn name(&self) -> &'static str {
        "gemini"
    }

    fn request(&self, client: &Client, request: &Request<'_>) -> (Call, Value) {
        let mut body = json!({
            "systemInstruction": { "parts": [{ "text": request.system }] },
            "contents": [{ "role": "user", "parts": [{ "text": request.message }] }],
            "generationConfig": {
                "maxOutputTokens": request.settings.output_tokens,
                "responseMimeType": "application/json",
                "responseJsonSchema": request.schema,
            },
        });
        if let Some(temperature) = request.temperature {
            body["generationConfig"]["temperature"] = json!(temperature);
        }
        let model = request.settings.model.trim_start_matches("models/");
        let url = client.url(&format!("/v1beta/models/{model}:generateContent"));
        let call = Call::new(Method::POST, url).key("x-goog-api-key", "", client.secret());
        (call, body)
    }

    fn answer(&self, answer: &Value, _: &Settings) -> Option<Reply> {
        let usage = usage(
            answer,
            "/usageMetadata/promptTokenCount",
            &[
                "/usageMetadata/candidatesTokenCount",
                "/usageMetadata/thoughtsTokenCount",
            ],
        );
        if answer.pointer("/promptFeedback/blockReason").is_some() {
            return Some(Reply {
                content: Value::Null,
                end: End::Refused,
                usage,
            });
        }
        let candidate = answer.pointer("/candidates/0")?;
        let end = match candidate.get("finishReason").and_then(Value::as_str) {
            Some("STOP") => End::Whole,
            Some("MAX_TOKENS") => End::Cut,
            Some(
                "SAFETY" | "RECITATION" | "LANGUAGE" | "BLOCKLIST" | "PROHIBITED_CONTENT" | "SPII",
            ) => End::Refused,
            _ => End::Other,
        };
        let parts = candidate
            .pointer("/content/parts")
            .and_then(Value::as_array);
        let text: Option<String> = parts.map(|parts| {
            parts
                .iter()
                .filter(|part| part.get("thought") != Some(&Value::Bool(true)))
                .filter_map(|part| part.get("text")?.as_str())
                .collect()
        });
        Some(Reply {
            content: match text {
                Some(text) => Value::String(text),
                None if end == End::Whole || end == End::Other => return None,
                None => Value::Null,
            },
            end,
            usage,
        })
    }

    fn judge(&self, refusal: &Refusal) -> Verdict {
        let code = refusal.body.pointer("/error/status");
        let message = refusal.text("/error/message").to_ascii_lowercase();
        let says = |words: &[&str]| words.iter().any(|w| message.contains(w));
        let details = refusal.body.pointer("/error/details");
        let details: &[Value] = details.and_then(Value::as_array).map_or(&[], Vec::as_slice);
        let has = |words: &[&str]| {
            let text = |detail: &Value| words.iter().any(|w| detail.to_string().contains(w));
            details.iter().any(text)
        };
        let kind = match refusal.status {
            // A quota for the day must not be waited for.
            429 if has(&["PerDay"]) || says(&["per day"]) => ErrorKind::Quota,
            400 if has(&["API_KEY_INVALID"]) || says(&["api key"]) => ErrorKind::Denied,
            // Not offered where the caller is, or without a way to pay.
            400 if code.is_some_and(|code| code == "FAILED_PRECONDITION") => ErrorKind::Denied,
            400 if says(&["exceeds the maximum number of tokens"]) => ErrorKind::TooLarge,
            _ => return with_wait(refusal.verdict(), details).coded(code),
        };
        Verdict::new(kind, refusal).coded(code)
    }
}

/// How long to wait stands in the details of the error, not in a header.
fn with_wait(mut verdict: Verdict, details: &[Value]) -> Verdict {
    let delay = details
        .iter()
        .find_map(|detail| detail.get("retryDelay")?.as_str())
        .and_then(|delay| delay.strip_suffix('s')?.parse().ok())
        .and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    if verdict.retry == Retry::After(None) {
        verdict.retry = Retry::After(delay);
    }
    verdict
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_is_read_from_the_details() {
        for (delay, wait) in [
            (json!("34s"), Some(Duration::from_secs(34))),
            (json!("1.5s"), Some(Duration::from_millis(1500))),
            (json!("soon"), None),
            (json!("-1s"), None),
            (Value::Null, None),
        ] {
            let refusal = Refusal {
                status: 429,
                wait: None,
                body: json!({ "error": { "details": [{ "retryDelay": delay }] } }),
            };
            let verdict = Gemini {}.judge(&refusal);
            assert_eq!(verdict.retry, Retry::After(wait), "{delay}");
        }
    }
}
