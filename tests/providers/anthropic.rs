//! Anthropic: `POST /v1/messages`.
//!
//! Shapes: "Messages", "Errors" and "Handling stop reasons" of Anthropic's API
//! documentation.

use serde_json::json;

use crate::chat::{answered, is_told, texts};
use crate::server::{Reply, Request, Server};
use crate::suite::{Fixture, KEY, batch, behaves, demand, plain, provider};
use anubad::provider::ErrorKind;

const FIXTURE: Fixture = Fixture {
    section: "kind = \"anthropic\"\nmodel = \"claude-sonnet-4-5\"",
    serve,
    texts: |request| texts(message(request).as_str()),
    carries_key: |request| request.header("x-api-key") == Some(KEY),
    most: (20, 40_000),
    errors: &[
        (
            400,
            r#"{"type": "error", "error": {"type": "invalid_request_error", "message": "temperature: out of range"}, "request_id": "req_1"}"#,
            ErrorKind::Invalid,
        ),
        (
            400,
            r#"{"type": "error", "error": {"type": "invalid_request_error", "message": "prompt is too long: 210000 tokens > 200000 maximum"}}"#,
            ErrorKind::TooLarge,
        ),
        (
            400,
            r#"{"type": "error", "error": {"type": "invalid_request_error", "message": "Your credit balance is too low to access the API."}}"#,
            ErrorKind::Quota,
        ),
        (
            400,
            r#"{"type": "error", "error": {"type": "invalid_request_error", "message": "Output blocked by content filtering policy"}}"#,
            ErrorKind::Refused,
        ),
        (
            401,
            r#"{"type": "error", "error": {"type": "authentication_error", "message": "invalid x-api-key"}}"#,
            ErrorKind::Denied,
        ),
        (
            402,
            r#"{"type": "error", "error": {"type": "billing_error", "message": "told"}}"#,
            ErrorKind::Quota,
        ),
        (
            403,
            r#"{"type": "error", "error": {"type": "permission_error", "message": "told"}}"#,
            ErrorKind::Denied,
        ),
        (
            404,
            r#"{"type": "error", "error": {"type": "not_found_error", "message": "model: x"}}"#,
            ErrorKind::Invalid,
        ),
        (
            413,
            r#"{"type": "error", "error": {"type": "request_too_large", "message": "told"}}"#,
            ErrorKind::TooLarge,
        ),
        (
            429,
            r#"{"type": "error", "error": {"type": "rate_limit_error", "message": "told"}}"#,
            ErrorKind::RateLimited,
        ),
        (
            500,
            r#"{"type": "error", "error": {"type": "api_error", "message": "told"}}"#,
            ErrorKind::Unavailable,
        ),
        (
            504,
            r#"{"type": "error", "error": {"type": "timeout_error", "message": "told"}}"#,
            ErrorKind::Timeout,
        ),
        (
            529,
            r#"{"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}}"#,
            ErrorKind::Unavailable,
        ),
        (
            200,
            r#"{"type": "message", "role": "assistant", "content": [], "stop_reason": "refusal", "usage": {"input_tokens": 5, "output_tokens": 1}}"#,
            ErrorKind::Refused,
        ),
        (
            200,
            r#"{"type": "message", "role": "assistant", "content": [{"type": "text", "text": "I can't help with that."}], "stop_reason": "end_turn"}"#,
            ErrorKind::Refused,
        ),
        (
            200,
            r#"{"type": "message", "role": "assistant", "content": [{"type": "text", "text": "{\"segments\": [{"}], "stop_reason": "max_tokens"}"#,
            ErrorKind::TooLarge,
        ),
    ],
    short: r#"{"type": "message", "content": [{"type": "text", "text": "{\"segments\": [{\"id\": 1, \"parts\": [{\"text\": \"এক\"}]}]}"}], "stop_reason": "end_turn"}"#,
};

fn message(request: &Request) -> String {
    let body = request.json();
    let content = body.pointer("/messages/0/content");
    let content = content.and_then(|content| content.as_str());
    content.unwrap_or_default().to_owned()
}

fn serve(request: &Request, translate: &dyn Fn(&str) -> String) -> Result<Reply, String> {
    let body = request.json();
    demand(
        request.path == "/v1/messages" && request.method == "POST",
        "path",
    )?;
    demand(
        request.header("anthropic-version") == Some("2023-06-01"),
        "version",
    )?;
    demand(body["model"] == "claude-sonnet-4-5", "model")?;
    demand(body["temperature"] == 0.0, "temperature")?;
    demand(body["max_tokens"] == 8192, "max_tokens is required")?;
    let format = &body["output_config"]["format"];
    demand(format["type"] == "json_schema", "format")?;
    demand(
        body.get("tools").is_none(),
        "a tool for an answer by a schema",
    )?;
    demand(body["messages"][0]["role"] == "user", "role")?;
    is_told(
        &body["system"],
        &body["messages"][0]["content"],
        &format["schema"],
    )?;
    let text = answered(&message(request), translate)?.to_string();
    Ok(Reply::json(
        200,
        &json!({
            "id": "msg_1",
            "type": "message",
            "role": "assistant",
            "model": "claude-sonnet-4-5",
            "content": [
                { "type": "thinking", "thinking": "Hm. {", "signature": "c2ln" },
                { "type": "text", "text": text },
            ],
            "stop_reason": "end_turn",
            "usage": { "input_tokens": 900, "output_tokens": 60, "cache_read_input_tokens": 0 },
        }),
    ))
}

behaves!(FIXTURE);

/// Models before Claude 4.5 answer into a tool.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_older_model_answers_into_a_tool() {
    let server = Server::start(|request| {
        let body = request.json();
        let tool = &body["tools"][0];
        assert_eq!(
            body["tool_choice"],
            json!({ "type": "tool", "name": tool["name"] })
        );
        assert!(body.get("output_config").is_none());
        assert_eq!(tool["input_schema"]["additionalProperties"], false);
        let input = answered(&message(request), &|text| format!("«{text}»")).unwrap();
        Reply::json(
            200,
            &json!({
                "type": "message",
                "role": "assistant",
                "content": [
                    { "type": "text", "text": "Here is the translation." },
                    { "type": "tool_use", "id": "toolu_1", "name": tool["name"], "input": input },
                ],
                "stop_reason": "tool_use",
            }),
        )
    });
    let fixture = Fixture {
        section: "kind = \"anthropic\"\nmodel = \"claude-opus-4-1\"\nstructure = \"tool\"",
        ..FIXTURE
    };
    let (provider, _folder) = provider(fixture, &server.url(), "attempts = 1").await;
    let drafts = provider.translate(&batch(&[plain("one")])).await.unwrap();
    assert!(format!("{:?}", drafts[0]).contains("one"), "{drafts:?}");
}
