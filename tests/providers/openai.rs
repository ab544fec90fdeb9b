//! Chat completions: `POST /chat/completions`.
//!
//! Shapes: "Create chat completion" and "Error codes" of OpenAI's documentation,
//! "Errors" of OpenRouter's, the README of llama.cpp's server.

use serde_json::json;

use crate::chat::{answered, is_told, texts};
use crate::server::{Reply, Request};
use crate::suite::{Fixture, KEY, behaves, demand};
use anubad::provider::ErrorKind;

pub(crate) const FIXTURE: Fixture = Fixture {
    section: "kind = \"openai\"\nmodel = \"gpt-4.1\"",
    serve,
    texts: |request| texts(message(request).as_str()),
    carries_key: |request| request.header("authorization") == Some(&format!("Bearer {KEY}")),
    most: (20, 40_000),
    errors: &[
        (
            401,
            r#"{"error": {"message": "Incorrect API key provided.", "type": "invalid_request_error", "param": null, "code": "invalid_api_key"}}"#,
            ErrorKind::Denied,
        ),
        (
            429,
            r#"{"error": {"message": "You exceeded your current quota, please check your plan and billing details.", "type": "insufficient_quota", "param": null, "code": "insufficient_quota"}}"#,
            ErrorKind::Quota,
        ),
        (
            429,
            r#"{"error": {"message": "Rate limit reached for gpt-4.1 on tokens per min (TPM): Limit 30000", "type": "tokens", "param": null, "code": "rate_limit_exceeded"}}"#,
            ErrorKind::RateLimited,
        ),
        (
            429,
            r#"{"error": {"message": "Rate limit exceeded: free-models-per-day", "code": 429}}"#,
            ErrorKind::Quota,
        ),
        (
            402,
            r#"{"error": {"code": 402, "message": "Insufficient credits."}}"#,
            ErrorKind::Quota,
        ),
        (
            400,
            r#"{"error": {"message": "This model's maximum context length is 8192 tokens.", "type": "invalid_request_error", "param": "messages", "code": "context_length_exceeded"}}"#,
            ErrorKind::TooLarge,
        ),
        (
            400,
            r#"{"error": {"code": 400, "message": "the request exceeds the available context size", "type": "exceed_context_size_error"}}"#,
            ErrorKind::TooLarge,
        ),
        (
            400,
            r#"{"error": {"message": "Unsupported parameter", "type": "invalid_request_error", "param": "temperature", "code": "unsupported_parameter"}}"#,
            ErrorKind::Invalid,
        ),
        (
            403,
            r#"{"error": {"code": 403, "message": "flagged", "metadata": {"reasons": ["violence"], "flagged_input": "x"}}}"#,
            ErrorKind::Refused,
        ),
        (
            404,
            r#"{"error": {"message": "The model `x` does not exist", "type": "invalid_request_error", "param": null, "code": "model_not_found"}}"#,
            ErrorKind::Invalid,
        ),
        (500, "", ErrorKind::Unavailable),
        (
            503,
            r#"{"error": {"code": 503, "message": "Loading model", "type": "unavailable_error"}}"#,
            ErrorKind::Unavailable,
        ),
        (
            200,
            r#"{"choices": [{"index": 0, "message": {"role": "assistant", "content": null, "refusal": "I'm sorry, I cannot assist with that."}, "finish_reason": "stop"}]}"#,
            ErrorKind::Refused,
        ),
        (
            200,
            r#"{"choices": [{"index": 0, "message": {"role": "assistant", "content": ""}, "finish_reason": "content_filter"}]}"#,
            ErrorKind::Refused,
        ),
        (
            200,
            r#"{"choices": [{"index": 0, "message": {"role": "assistant", "content": "{\"segments\": [{\"id\": 1, \"pa"}, "finish_reason": "length"}]}"#,
            ErrorKind::TooLarge,
        ),
    ],
    short: r#"{"choices": [{"index": 0, "message": {"role": "assistant", "content": "{\"segments\": [{\"id\": 1, \"parts\": [{\"text\": \"এক\"}]}]}"}, "finish_reason": "stop"}]}"#,
};

fn message(request: &Request) -> String {
    let body = request.json();
    let content = body.pointer("/messages/1/content");
    let content = content.and_then(|content| content.as_str());
    content.unwrap_or_default().to_owned()
}

fn serve(request: &Request, translate: &dyn Fn(&str) -> String) -> Result<Reply, String> {
    let body = request.json();
    demand(
        request.path == "/chat/completions" && request.method == "POST",
        "path",
    )?;
    demand(body["model"] == "gpt-4.1", "model")?;
    demand(body["temperature"] == 0.0, "temperature")?;
    // (As hosts beside OpenAI's call it.)
    demand(body["max_tokens"] == 8192, "bound")?;
    let format = &body["response_format"];
    demand(format["type"] == "json_schema", "format")?;
    demand(format["json_schema"]["strict"] == true, "strict")?;
    let messages = &body["messages"];
    demand(
        messages[0]["role"] == "system" && messages[1]["role"] == "user",
        "roles",
    )?;
    is_told(
        &messages[0]["content"],
        &messages[1]["content"],
        &format["json_schema"]["schema"],
    )?;
    let content = answered(&message(request), translate)?.to_string();
    Ok(Reply::json(
        200,
        &json!({
            "id": "chatcmpl-1",
            "object": "chat.completion",
            "model": "gpt-4.1",
            "choices": [{
                "index": 0,
                "message": { "role": "assistant", "content": content, "refusal": null },
                "finish_reason": "stop",
            }],
            "usage": { "prompt_tokens": 900, "completion_tokens": 60, "total_tokens": 960 },
        }),
    ))
}

behaves!(FIXTURE);
