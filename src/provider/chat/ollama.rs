//! Ollama: models on a machine of one's own.
//!
//! Followed: "Generate a chat completion" and "Structured outputs" of `docs/api.md`
//! in its repository, its FAQ on the context window, and `ChatRequest` of
//! `api/types.go` (August 2026). Left to itself it cuts the beginning off a prompt that
//! is longer than the window, without a word. So the window is always asked for,
//! cutting and shifting are forbidden (servers before 2025 do not know that they can
//! be), requests are packed to half of it, and what was read is compared with it.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{End, Reply, Request, Service, Settings, usage};
use crate::provider::ErrorKind;
use crate::provider::http::{Call, Client, Method, Refusal, Verdict};

/// Where it listens.
pub const URL: &str = "http://localhost:11434";

/// Tokens of its window and its answers where nothing is said: more than models
/// have by default there, less than fills a small graphics card.
pub const WINDOW: (usize, usize) = (8192, 4096);

/// The keys of `kind = "ollama"`: those of all language models.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Ollama {}

impl Service for Ollama {
    fn name(&self) -> &'static str {
        "ollama"
    }

    fn request(&self, client: &Client, request: &Request<'_>) -> (Call, Value) {
        let mut body = json!({
            "model": request.settings.model,
            "messages": [
                { "role": "system", "content": request.system },
                { "role": "user", "content": request.message },
            ],
            "stream": false,
            "truncate": false,
            "shift": false,
            "format": request.schema,
            "options": {
                "num_ctx": request.settings.context_tokens,
                "num_predict": request.settings.output_tokens,
            },
        });
        if let Some(temperature) = request.temperature {
            body["options"]["temperature"] = json!(temperature);
        }
        let call = Call::new(Method::POST, client.url("/api/chat"));
        (call.key("Authorization", "Bearer ", client.secret()), body)
    }

    fn answer(&self, answer: &Value, settings: &Settings) -> Option<Reply> {
        let content = answer.pointer("/message/content")?;
        if answer.get("done") != Some(&Value::Bool(true)) || !content.is_string() {
            return None;
        }
        let usage = usage(answer, "/prompt_eval_count", &["/eval_count"]);
        let full = usage.is_some_and(|usage| usage.total() >= settings.context_tokens as u64);
        let end = match answer.get("done_reason").and_then(Value::as_str) {
            // The beginning of the prompt may have been lost.
            _ if full => End::Cut,
            Some("stop") | None => End::Whole,
            Some("length") => End::Cut,
            Some(_) => End::Other,
        };
        Some(Reply {
            content: content.clone(),
            end,
            usage,
        })
    }

    fn judge(&self, refusal: &Refusal) -> Verdict {
        let message = refusal.text("/error").to_ascii_lowercase();
        let kind = match refusal.status {
            400 if message.contains("context length") => ErrorKind::TooLarge,
            _ => return refusal.verdict(),
        };
        Verdict::new(kind, refusal)
    }
}
