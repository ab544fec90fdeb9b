//! Google Basic: `POST /language/translate/v2`.
//!
//! Shapes: "Method: translate" of the v2 REST reference; "Standard error responses" and
//! "Quotas and limits" of cloud.google.com.

use serde_json::json;

use crate::server::{Reply, Request};
use crate::suite::{Fixture, KEY, behaves, demand, directed, strings};
use anubad::provider::ErrorKind;

const FIXTURE: Fixture = Fixture {
    section: "kind = \"google-v2\"",
    serve,
    texts: |request| strings(request, "/q"),
    carries_key: |request| request.header("x-goog-api-key") == Some(KEY),
    most: (128, 5000),
    errors: &[
        (
            403,
            r#"{"error": {"code": 403, "message": "Daily Limit Exceeded", "status": "PERMISSION_DENIED", "errors": [{"message": "Daily Limit Exceeded", "domain": "usageLimits", "reason": "dailyLimitExceeded"}]}}"#,
            ErrorKind::Quota,
        ),
        (
            403,
            r#"{"error": {"code": 403, "message": "User Rate Limit Exceeded", "status": "PERMISSION_DENIED", "errors": [{"message": "User Rate Limit Exceeded", "domain": "usageLimits", "reason": "userRateLimitExceeded"}]}}"#,
            ErrorKind::RateLimited,
        ),
        (
            403,
            r#"{"error": {"code": 403, "message": "The request is missing a valid API key.", "status": "PERMISSION_DENIED", "errors": [{"message": "The request is missing a valid API key.", "domain": "usageLimits", "reason": "forbidden"}]}}"#,
            ErrorKind::Denied,
        ),
        (
            400,
            r#"{"error": {"code": 400, "message": "API key not valid. Please pass a valid API key.", "status": "INVALID_ARGUMENT", "errors": [{"message": "API key not valid. Please pass a valid API key.", "domain": "usageLimits", "reason": "badRequest"}]}}"#,
            ErrorKind::Denied,
        ),
        (
            400,
            r#"{"error": {"code": 400, "message": "Bad language pair: mnw|bn", "status": "INVALID_ARGUMENT", "errors": [{"message": "Bad language pair: mnw|bn", "domain": "usageLimits", "reason": "badRequest"}]}}"#,
            ErrorKind::UnsupportedPair,
        ),
        (
            400,
            r#"{"error": {"code": 400, "message": "Text too long.", "status": "INVALID_ARGUMENT", "errors": [{"message": "Text too long.", "domain": "usageLimits", "reason": "badRequest"}]}}"#,
            ErrorKind::TooLarge,
        ),
        (
            400,
            r#"{"error": {"code": 400, "message": "Invalid Value", "status": "INVALID_ARGUMENT", "errors": [{"message": "Invalid Value", "domain": "usageLimits", "reason": "invalid"}]}}"#,
            ErrorKind::Invalid,
        ),
        (
            429,
            r#"{"error": {"code": 429, "message": "Rate Limit Exceeded", "status": "RESOURCE_EXHAUSTED", "errors": [{"message": "Rate Limit Exceeded", "domain": "usageLimits", "reason": "rateLimitExceeded"}]}}"#,
            ErrorKind::RateLimited,
        ),
        (
            503,
            r#"{"error": {"code": 503, "message": "Backend Error", "status": "UNAVAILABLE", "errors": [{"message": "Backend Error", "domain": "usageLimits", "reason": "backendError"}]}}"#,
            ErrorKind::Unavailable,
        ),
    ],
    short: r#"{"data": {"translations": [{"translatedText": "এক"}]}}"#,
};

fn serve(request: &Request, translate: &dyn Fn(&str) -> String) -> Result<Reply, String> {
    let body = request.json();
    demand(request.path == "/language/translate/v2", "path")?;
    directed(&body["source"], &body["target"], "en", "bn")?;
    demand(body["format"] == "html", "the format is always named")?;
    let texts = strings(request, "/q");
    demand(texts.len() <= 128, "128 texts")?;
    // HTML comes back with its quotation marks escaped.
    let escaped = |text: &str| text.replace(": \"", ": &quot;").replace('\'', "&#39;");
    let answers: Vec<_> = (texts.iter())
        .map(|text| json!({ "translatedText": escaped(&translate(text)), "model": "nmt" }))
        .collect();
    Ok(Reply::json(
        200,
        &json!({ "data": { "translations": answers } }),
    ))
}

behaves!(FIXTURE);
