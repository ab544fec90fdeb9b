//! Ollama: `POST /api/chat`.
//!
//! Shapes: "Generate a chat completion" of `docs/api.md` in its repository.

use serde_json::json;

use crate::chat::{answered, is_told, texts};
use crate::server::{Reply, Request};
use crate::suite::{Fixture, KEY, behaves, demand};
use anubad::provider::ErrorKind;

const FIXTURE: Fixture = Fixture {
    section: "kind = \"ollama\"\nmodel = \"gemma3:12b\"",
    serve,
    texts: |request| texts(message(request).as_str()),
    // (Behind a proxy that wants one.)
    carries_key: |request| request.header("authorization") == Some(&format!("Bearer {KEY}")),
    most: (20, 10_000),
    errors: &[
        (
            400,
            r#"{"error": "invalid format: expected a schema"}"#,
            ErrorKind::Invalid,
        ),
        (
            400,
            r#"{"error": "the prompt is longer than the context length currently available to the model; shorten the prompt"}"#,
            ErrorKind::TooLarge,
        ),
        (
            404,
            r#"{"error": "model \"gemma3:12b\" not found, try pulling it first"}"#,
            ErrorKind::Invalid,
        ),
        (
            500,
            r#"{"error": "llama runner process has terminated"}"#,
            ErrorKind::Unavailable,
        ),
        (
            503,
            r#"{"error": "server busy, please try again.  maximum pending requests exceeded"}"#,
            ErrorKind::Unavailable,
        ),
        (
            200,
            r#"{"message": {"role": "assistant", "content": "{\"segments\": [{\"id\""}, "done": true, "done_reason": "length"}"#,
            ErrorKind::TooLarge,
        ),
        // The window is full: what was read may be a part of what was sent.
        (
            200,
            r#"{"message": {"role": "assistant", "content": "{\"segments\": [{\"id\": 1, \"parts\": [{\"text\": \"x\"}]}]}"}, "done": true, "done_reason": "stop", "prompt_eval_count": 8000, "eval_count": 192}"#,
            ErrorKind::TooLarge,
        ),
        (
            200,
            r#"{"message": {"role": "assistant", "content": "I cannot translate this."}, "done": true, "done_reason": "stop"}"#,
            ErrorKind::Refused,
        ),
    ],
    short: r#"{"message": {"role": "assistant", "content": "{\"segments\": [{\"id\": 1, \"parts\": [{\"text\": \"এক\"}]}]}"}, "done": true, "done_reason": "stop"}"#,
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
        request.path == "/api/chat" && request.method == "POST",
        "path",
    )?;
    demand(body["model"] == "gemma3:12b", "model")?;
    demand(body["stream"] == false, "one answer")?;
    let options = &body["options"];
    demand(options["temperature"] == 0.0, "temperature")?;
    demand(
        options["num_ctx"] == 8192 && options["num_predict"] == 4096,
        "the window has to be asked for",
    )?;
    demand(
        body["truncate"] == false && body["shift"] == false,
        "nothing may be cut off",
    )?;
    is_told(
        &body["messages"][0]["content"],
        &body["messages"][1]["content"],
        &body["format"],
    )?;
    let content = answered(&message(request), translate)?.to_string();
    Ok(Reply::json(
        200,
        &json!({
            "model": "gemma3:12b",
            "created_at": "2025-01-01T00:00:00Z",
            "message": { "role": "assistant", "content": content },
            "done": true,
            "done_reason": "stop",
            "prompt_eval_count": 900,
            "eval_count": 60,
        }),
    ))
}

behaves!(FIXTURE);
