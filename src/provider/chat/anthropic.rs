//! Anthropic's Messages. The service keeps the answer to a schema.
//!
//! Followed: "Messages", "Errors", "Rate limits", "Handling stop reasons" and
//! "Structured outputs" (JSON outputs, from Claude 4.5 on) of Anthropic's API
//! documentation; `message_create_params.py` and `stop_reason.py` of its client
//! (anthropic-sdk-python, August 2026).

use serde::Deserialize;
use serde_json::{Value, json};

use super::{End, Reply, Request, Service, Settings};
use crate::provider::http::{Call, Client, Method, Refusal, Verdict};
use crate::provider::{ErrorKind, Usage};

/// Where it is served.
pub const URL: &str = "https://api.anthropic.com";

/// The version of the interface.
const VERSION: &str = "2023-06-01";

/// What the tool is called that takes the answer of older models.
const TOOL: &str = "translation";

/// The keys of `kind = "anthropic"`, beside those of all language models.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Anthropic {
    /// How the answer is kept to its form.
    pub structure: Structure,
}

/// How an answer is kept to its form.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Structure {
    /// By a schema that the service keeps the model to.
    #[default]
    Schema,
    /// As the input of a tool that the model has to use: for models before Claude 4.5.
    Tool,
    /// By the instructions alone.
    None,
}

impl Service for Anthropic {
    fn name(&self) -> &'static str {
        "anthropic"
    }

    fn version(&self) -> String {
        format!("{:?}", self.structure)
    }

    fn request(&self, client: &Client, request: &Request<'_>) -> (Call, Value) {
        let mut body = json!({
            "model": request.settings.model,
            "max_tokens": request.settings.output_tokens,
            "system": request.system,
            "messages": [{ "role": "user", "content": request.message }],
        });
        match self.structure {
            Structure::Schema => {
                let format = json!({ "type": "json_schema", "schema": request.schema });
                body["output_config"] = json!({ "format": format });
            }
            Structure::Tool => {
                body["tools"] = json!([{
                    "name": TOOL,
                    "description": "Takes the finished translation.",
                    "input_schema": request.schema,
                }]);
                body["tool_choice"] = json!({ "type": "tool", "name": TOOL });
            }
            Structure::None => {}
        }
        if let Some(temperature) = request.temperature {
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
            // Words: data by the schema, or perhaps a refusal.
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
