//! Gemini: `POST /v1beta/models/MODEL:generateContent`.
//!
//! Shapes: "generateContent", "Structured output", "Troubleshooting" and "Rate
//! limits" of ai.google.dev.

use serde_json::json;

use crate::chat::{answered, is_told, texts};
use crate::server::{Reply, Request};
use crate::suite::{Fixture, KEY, behaves, demand};
use anubad::provider::ErrorKind;

const FIXTURE: Fixture = Fixture {
    section: "kind = \"gemini\"\nmodel = \"gemini-2.5-flash\"",
    serve,
    texts: |request| texts(message(request).as_str()),
    carries_key: |request| request.header("x-goog-api-key") == Some(KEY),
    most: (20, 40_000),
    errors: &[
        (
            400,
            r#"{"error": {"code": 400, "message": "API key not valid. Please pass a valid API key.", "status": "INVALID_ARGUMENT", "details": [{"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "API_KEY_INVALID"}]}}"#,
            ErrorKind::Denied,
        ),
        (
            400,
            r#"{"error": {"code": 400, "message": "User location is not supported for the API use.", "status": "FAILED_PRECONDITION"}}"#,
            ErrorKind::Denied,
        ),
        (
            400,
            r#"{"error": {"code": 400, "message": "The input token count (2000000) exceeds the maximum number of tokens allowed (1048576).", "status": "INVALID_ARGUMENT"}}"#,
            ErrorKind::TooLarge,
        ),
        (
            400,
            r#"{"error": {"code": 400, "message": "Invalid JSON payload received.", "status": "INVALID_ARGUMENT"}}"#,
            ErrorKind::Invalid,
        ),
        (
            403,
            r#"{"error": {"code": 403, "message": "told", "status": "PERMISSION_DENIED"}}"#,
            ErrorKind::Denied,
        ),
        (
            404,
            r#"{"error": {"code": 404, "message": "models/x is not found", "status": "NOT_FOUND"}}"#,
            ErrorKind::Invalid,
        ),
        (
            429,
            r#"{"error": {"code": 429, "message": "You exceeded your current quota.", "status": "RESOURCE_EXHAUSTED", "details": [{"@type": "type.googleapis.com/google.rpc.QuotaFailure", "violations": [{"quotaId": "GenerateRequestsPerDayPerProjectPerModel-FreeTier"}]}, {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "34s"}]}}"#,
            ErrorKind::Quota,
        ),
        (
            429,
            r#"{"error": {"code": 429, "message": "You exceeded your current quota.", "status": "RESOURCE_EXHAUSTED", "details": [{"@type": "type.googleapis.com/google.rpc.QuotaFailure", "violations": [{"quotaId": "GenerateRequestsPerMinutePerProjectPerModel"}]}, {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "0.1s"}]}}"#,
            ErrorKind::RateLimited,
        ),
        (
            500,
            r#"{"error": {"code": 500, "message": "told", "status": "INTERNAL"}}"#,
            ErrorKind::Unavailable,
        ),
        (
            503,
            r#"{"error": {"code": 503, "message": "The model is overloaded.", "status": "UNAVAILABLE"}}"#,
            ErrorKind::Unavailable,
        ),
        (
            504,
            r#"{"error": {"code": 504, "message": "told", "status": "DEADLINE_EXCEEDED"}}"#,
            ErrorKind::Timeout,
        ),
        (
            200,
            r#"{"promptFeedback": {"blockReason": "PROHIBITED_CONTENT"}, "usageMetadata": {"promptTokenCount": 10, "totalTokenCount": 10}}"#,
            ErrorKind::Refused,
        ),
        (
            200,
            r#"{"candidates": [{"finishReason": "SAFETY", "index": 0}]}"#,
            ErrorKind::Refused,
        ),
        (
            200,
            r#"{"candidates": [{"finishReason": "LANGUAGE", "index": 0}]}"#,
            ErrorKind::Refused,
        ),
        (
            200,
            r#"{"candidates": [{"content": {"parts": [{"text": "{\"segm"}], "role": "model"}, "finishReason": "MAX_TOKENS"}]}"#,
            ErrorKind::TooLarge,
        ),
    ],
    short: r#"{"candidates": [{"content": {"parts": [{"text": "{\"segments\": [{\"id\": 1, \"parts\": [{\"text\": \"এক\"}]}]}"}], "role": "model"}, "finishReason": "STOP"}]}"#,
};

fn message(request: &Request) -> String {
    let body = request.json();
    let text = body.pointer("/contents/0/parts/0/text");
    let text = text.and_then(|text| text.as_str());
    text.unwrap_or_default().to_owned()
}

fn serve(request: &Request, translate: &dyn Fn(&str) -> String) -> Result<Reply, String> {
    let body = request.json();
    demand(
        request.path == "/v1beta/models/gemini-2.5-flash:generateContent",
        "path",
    )?;
    let config = &body["generationConfig"];
    demand(config["temperature"] == 0.0, "temperature")?;
    demand(config["maxOutputTokens"] == 8192, "bound")?;
    demand(
        config["responseMimeType"] == "application/json",
        "a schema needs it",
    )?;
    demand(body["contents"][0]["role"] == "user", "role")?;
    is_told(
        &body["systemInstruction"]["parts"][0]["text"],
        &body["contents"][0]["parts"][0]["text"],
        &config["responseJsonSchema"],
    )?;
    let text = answered(&message(request), translate)?.to_string();
    // It may come in pieces, with thoughts before.
    let middle = text.floor_char_boundary(text.len() / 2);
    let (start, end) = text.split_at(middle);
    Ok(Reply::json(
        200,
        &json!({
            "candidates": [{
                "content": {
                    "parts": [{ "text": "Let me think {.", "thought": true }, { "text": start }, { "text": end }],
                    "role": "model",
                },
                "finishReason": "STOP",
                "index": 0,
            }],
            "usageMetadata": {
                "promptTokenCount": 900,
                "candidatesTokenCount": 60,
                "thoughtsTokenCount": 12,
                "totalTokenCount": 972,
            },
        }),
    ))
}

behaves!(FIXTURE);
