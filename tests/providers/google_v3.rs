//! Google Advanced: `POST /v3/projects/…:translateText`, with a glossary.
//!
//! Shapes: "projects.locations.translateText" of the v3 REST reference; "Quotas and
//! limits" of cloud.google.com.

use serde_json::json;

use crate::server::{Reply, Request};
use crate::suite::{Fixture, KEY, behaves, demand, directed, strings};
use anubad::provider::ErrorKind;

const FIXTURE: Fixture = Fixture {
    section: "kind = \"google-v3\"\nproject = \"desk\"\n\
              glossary = { en-bn = \"house\" }\nglossary_when = \"matched\"",
    serve,
    texts: |request| strings(request, "/contents"),
    carries_key: |request| request.header("authorization") == Some(&format!("Bearer {KEY}")),
    most: (1024, 30_720),
    errors: &[
        (
            403,
            r#"{"error": {"code": 403, "message": "Daily Limit Exceeded per day for project", "status": "PERMISSION_DENIED", "errors": [{"message": "Daily Limit Exceeded per day for project", "domain": "usageLimits", "reason": ""}]}}"#,
            ErrorKind::Quota,
        ),
        (
            403,
            r#"{"error": {"code": 403, "message": "Quota exceeded for characters per minute", "status": "PERMISSION_DENIED", "errors": [{"message": "Quota exceeded for characters per minute", "domain": "usageLimits", "reason": ""}]}}"#,
            ErrorKind::RateLimited,
        ),
        (
            403,
            r#"{"error": {"code": 403, "message": "Cloud IAM permission denied", "status": "PERMISSION_DENIED", "errors": [{"message": "Cloud IAM permission denied", "domain": "usageLimits", "reason": ""}]}}"#,
            ErrorKind::Denied,
        ),
        (
            401,
            r#"{"error": {"code": 401, "message": "Request had invalid authentication credentials", "status": "UNAUTHENTICATED", "errors": [{"message": "Request had invalid authentication credentials", "domain": "usageLimits", "reason": ""}]}}"#,
            ErrorKind::Denied,
        ),
        (
            400,
            r#"{"error": {"code": 400, "message": "Target language is invalid.", "status": "INVALID_ARGUMENT", "errors": [{"message": "Target language is invalid.", "domain": "usageLimits", "reason": ""}]}}"#,
            ErrorKind::UnsupportedPair,
        ),
        (
            400,
            r#"{"error": {"code": 400, "message": "Text is too long.", "status": "INVALID_ARGUMENT", "errors": [{"message": "Text is too long.", "domain": "usageLimits", "reason": ""}]}}"#,
            ErrorKind::TooLarge,
        ),
        (
            429,
            r#"{"error": {"code": 429, "message": "Quota exceeded for quota metric per minute", "status": "RESOURCE_EXHAUSTED", "errors": [{"message": "Quota exceeded for quota metric per minute", "domain": "usageLimits", "reason": ""}]}}"#,
            ErrorKind::RateLimited,
        ),
        (
            429,
            r#"{"error": {"code": 429, "message": "Quota exceeded: limit per day", "status": "RESOURCE_EXHAUSTED", "errors": [{"message": "Quota exceeded: limit per day", "domain": "usageLimits", "reason": ""}]}}"#,
            ErrorKind::Quota,
        ),
        (
            429,
            r#"{"error": {"code": 429, "message": "Quota exceeded.", "status": "RESOURCE_EXHAUSTED", "details": [{"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "RATE_LIMIT_EXCEEDED", "metadata": {"quota_limit": "CharactersPerDayPerProject"}}]}}"#,
            ErrorKind::Quota,
        ),
        (
            403,
            r#"{"error": {"code": 403, "message": "Quota exceeded.", "status": "PERMISSION_DENIED", "details": [{"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "RATE_LIMIT_EXCEEDED", "metadata": {"quota_limit": "CharactersPerMinutePerProject"}}]}}"#,
            ErrorKind::RateLimited,
        ),
        (503, "{}", ErrorKind::Unavailable),
    ],
    short: r#"{"translations": [{"translatedText": "এক"}]}"#,
};

fn serve(request: &Request, translate: &dyn Fn(&str) -> String) -> Result<Reply, String> {
    let body = request.json();
    let parent = "projects/desk/locations/global";
    demand(
        request.path == format!("/v3/{parent}:translateText"),
        "path",
    )?;
    directed(
        &body["sourceLanguageCode"],
        &body["targetLanguageCode"],
        "en",
        "bn",
    )?;
    demand(body["mimeType"] == "text/html", "type")?;
    demand(
        body["model"] == format!("{parent}/models/general/nmt"),
        "model",
    )?;
    let texts = strings(request, "/contents");
    // For its direction, where a term matched.
    let wanted = body["targetLanguageCode"] == "bn" && texts.iter().any(|t| t.contains("seminar"));
    let glossary = format!("{parent}/glossaries/house");
    demand(
        (body["glossaryConfig"]["glossary"] == glossary) == wanted,
        "glossary",
    )?;
    let answers = |write: &dyn Fn(&str) -> String| -> Vec<_> {
        let answer = |text: &String| json!({ "translatedText": write(text) });
        texts.iter().map(answer).collect()
    };
    if !wanted {
        let translations = answers(translate);
        return Ok(Reply::json(200, &json!({ "translations": translations })));
    }
    let without = answers(&|_| "without the glossary".to_owned());
    Ok(Reply::json(
        200,
        &json!({ "translations": without, "glossaryTranslations": answers(translate) }),
    ))
}

behaves!(FIXTURE);
