//! Anthropic's Messages. The answer is the input of a tool that the model has to
//! use, whose schema it has to keep.
//!
//! Followed: "Messages", "Errors", "Rate limits" and "Handling stop reasons" of
//! Anthropic's API documentation; "Strict tool use" of "Structured outputs".

use serde::Deserialize;
use serde_json::{Value, json};

use super::{End, Reply, Request, Service, Settings};
use crate::provider::http::{Call, Client, Method, Refusal, Verdict};
use crate::provider::{ErrorKind, Usage};

/// Where it is served.
pub const URL: &str = "https://api.anthropic.com";

/// The version of the interface.
const VERSION: &str = "2023-06-01";

/// What the tool is called.
const TOOL: &str = "translation";

/// The keys of `kind = "anthropic"`, beside those of all language models.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Anthropic {
    /// Whether the service itself keeps the model to the schema; models before the
    /// year 2025 do not know it.
    pub strict: bool,
}

impl Default for Anthropic {
    fn default() -> Self {
        Self { strict: true }
    }
}

impl Service for Anthropic {
    fn name(&self) -> &'static str {
        "anthropic"
    }

    fn request(&self, client: &Client, request: &Request<'_>) -> (Call, Value) {
        let mut tool = json!({
            "name": TOOL,
            "description": "Takes the finished translation.",
            "input_schema": request.schema,
        });
        if self.strict {
            tool["strict"] = json!(true);
        }
        let mut body = json!({
            "model": request.settings.model,
            "max_tokens": request.settings.output_tokens,
            "system": request.system,
            "messages": [{ "role": "user", "content": request.message }],
            "tools": [tool],
            "tool_choice": { "type": "tool", "name": TOOL },
        });
        if let Some(temperature) = request.settings.temperature.value() {
            body["temperature"] = json!(temperature);
        }
        let call = Call::new(Method::POST, client.url("/v1/messages"))
            .header("anthropic-version", VERSION)
            .key("x-api-key", "", client.secret());
        (call, body)
    }

    fn answer(&self, answer: &Value, _: &Settings) -> Option<Reply> {
        let blocks = answer.get("content")?.as_array()?;
        let end = match answer.get("stop_reason")?.as_str()? {
            "tool_use" | "end_turn" | "stop_sequence" => End::Whole,
            "max_tokens" | "model_context_window_exceeded" => End::Cut,
            "refusal" => End::Refused,
            _ => End::Other,
        };
        let used = |block: &&Value| block["type"] == "tool_use" && block["name"] == TOOL;
        let content = match blocks.iter().find(used) {
            Some(tool) => tool.get("input")?.clone(),
            // Words instead, perhaps a refusal.
            None => Value::String(
                blocks
                    .iter()
                    .filter_map(|block| block.get("text")?.as_str())
                    .collect(),
            ),
        };
        Some(Reply {
            content,
            end,
            usage: counted(answer),
        })
    }

    fn judge(&self, refusal: &Refusal) -> Verdict {
        let code = refusal.body.pointer("/error/type");
        let word = code.and_then(Value::as_str).unwrap_or_default();
        let message = refusal.text("/error/message").to_ascii_lowercase();
        let says = |words: &[&str]| words.iter().any(|w| message.contains(w));
        let kind = match word {
            "billing_error" => ErrorKind::Quota,
            // A spent balance and a limit of spending have no type of their own.
            _ if refusal.status < 500 && says(&["credit balance", "usage limits"]) => {
                ErrorKind::Quota
            }
            "invalid_request_error" if says(&["prompt is too long", "context limit"]) => {
                ErrorKind::TooLarge
            }
            "invalid_request_error" if says(&["content filtering"]) => ErrorKind::Refused,
            "overloaded_error" => ErrorKind::Unavailable,
            _ => return refusal.verdict().coded(code),
        };
        Verdict::new(kind, refusal).coded(code)
    }
}

/// Tokens, those from and for its cache included.
fn counted(answer: &Value) -> Option<Usage> {
    let usage = answer.get("usage")?;
    let count = |key: &str| usage.get(key).and_then(Value::as_u64);
    let cached = ["cache_creation_input_tokens", "cache_read_input_tokens"];
    Some(Usage {
        read: count("input_tokens")? + cached.iter().filter_map(|key| count(key)).sum::<u64>(),
        written: count("output_tokens")?,
    })
}
