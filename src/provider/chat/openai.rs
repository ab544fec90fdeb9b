//! Chat completions, as OpenAI has them and many others offer: vLLM, the server of
//! llama.cpp, LM Studio, OpenRouter, Groq.
//!
//! Followed: "Create chat completion", "Structured model outputs" and "Error
//! codes" of OpenAI's documentation, `completion_create_params.py` of its client
//! (openai-python, August 2026); "Errors" of OpenRouter's; the README of llama.cpp's
//! server, "OpenAI-Compatible Server" of vLLM and "Structured Output" of LM Studio for
//! what differs.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{End, Reply, Request, Service, Settings, usage};
use crate::provider::ErrorKind;
use crate::provider::http::{Call, Client, Method, Refusal, Verdict};

/// Where OpenAI serves it.
pub const URL: &str = "https://api.openai.com/v1";

/// The keys of `kind = "openai"`, beside those of all language models.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OpenAi {
    /// How the answer is kept to its form.
    pub structure: Structure,
    /// How the bound on an answer is called, where it is not what the host suggests.
    pub bound: Option<Bound>,
}

/// How the bound on an answer is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    /// As OpenAI has it, whose models that reason take no other.
    MaxCompletionTokens,
    /// As it was called before, and everybody else knows it.
    MaxTokens,
}

/// How an answer is kept to its form.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Structure {
    /// By a strict schema.
    #[default]
    Schema,
    /// As any JSON object.
    Object,
    /// By the instructions alone.
    None,
}

impl Service for OpenAi {
    fn name(&self) -> &'static str {
        "openai"
    }

    fn version(&self) -> String {
        format!("{:?}", self.structure)
    }

    fn request(&self, client: &Client, request: &Request<'_>) -> (Call, Value) {
        let mut body = json!({
            "model": request.settings.model,
            "messages": [
                { "role": "system", "content": request.system },
                { "role": "user", "content": request.message },
            ],
        });
        let bound = match self.bound.unwrap_or_else(|| usual(client)) {
            Bound::MaxCompletionTokens => "max_completion_tokens",
            Bound::MaxTokens => "max_tokens",
        };
        body[bound] = json!(request.settings.output_tokens);
        if let Some(temperature) = request.temperature {
            body["temperature"] = json!(temperature);
        }
        match self.structure {
            Structure::Schema => {
                body["response_format"] = json!({
                    "type": "json_schema",
                    "json_schema": { "name": "translation", "strict": true, "schema": request.schema },
                });
            }
            Structure::Object => body["response_format"] = json!({ "type": "json_object" }),
            Structure::None => {}
        }
        let call = Call::new(Method::POST, client.url("/chat/completions"));
        (call.key("Authorization", "Bearer ", client.secret()), body)
    }

    fn answer(&self, answer: &Value, _: &Settings) -> Option<Reply> {
        let choice = answer.pointer("/choices/0")?;
        let message = choice.get("message")?;
        let refused = message.get("refusal").is_some_and(|r| !r.is_null());
        let end = match choice.get("finish_reason").and_then(Value::as_str) {
            _ if refused => End::Refused,
            Some("stop") => End::Whole,
            Some("length") => End::Cut,
            Some("content_filter") => End::Refused,
            // A server that broke in the middle; its error stands beside.
            Some("error") => return None,
            _ => End::Other,
        };
        Some(Reply {
            content: match message.get("content") {
                Some(content @ Value::String(_)) => content.clone(),
                _ if end == End::Whole || end == End::Other => return None,
                _ => Value::Null,
            },
            end,
            usage: usage(
                answer,
                "/usage/prompt_tokens",
                &["/usage/completion_tokens"],
            ),
        })
    }

    fn judge(&self, refusal: &Refusal) -> Verdict {
        let code = match refusal.body.pointer("/error/code") {
            Some(code @ Value::String(_)) => Some(code),
            _ => refusal.body.pointer("/error/type"),
        };
        let word = code.and_then(Value::as_str).unwrap_or_default();
        let message = refusal.text("/error/message").to_ascii_lowercase();
        let says = |words: &[&str]| words.iter().any(|w| message.contains(w));
        let kind = match (refusal.status, word) {
            (_, "insufficient_quota" | "billing_hard_limit_reached") | (402, _) => ErrorKind::Quota,
            // Groq and OpenRouter tell of a quota for the day by its words.
            (429, _)
                if says(&[
                    "per day",
                    "per-day",
                    "(rpd)",
                    "(tpd)",
                    "insufficient credits",
                ]) =>
            {
                ErrorKind::Quota
            }
            (
                _,
                "context_length_exceeded" | "exceed_context_size_error" | "string_above_max_length",
            ) => ErrorKind::TooLarge,
            (400, _) if says(&["context length", "context size", "too many tokens"]) => {
                ErrorKind::TooLarge
            }
            (_, "content_filter" | "content_policy_violation") => ErrorKind::Refused,
            // OpenRouter's moderation.
            (403, _) if refusal.body.pointer("/error/metadata/reasons").is_some() => {
                ErrorKind::Refused
            }
            // Groq: what the model wrote did not follow the schema.
            (400, "json_validate_failed") => ErrorKind::Malformed,
            (400 | 422, _) if says(&["max_tokens", "max_completion_tokens"]) => {
                return refusal.verdict().coded(code).advised(
                    "the model calls the bound on its answers otherwise; write `bound = \"max_tokens\"` or \
                     `bound = \"max_completion_tokens\"`, or it is lower than `output_tokens`",
                );
            }
            _ => return refusal.verdict().coded(code),
        };
        Verdict::new(kind, refusal).coded(code)
    }
}

/// What the bound is called at a host.
fn usual(client: &Client) -> Bound {
    let url = client.url("");
    let host = url.host_str().unwrap_or_default();
    let own = [".openai.com", ".azure.com"];
    if own.iter().any(|domain| host.ends_with(domain)) {
        Bound::MaxCompletionTokens
    } else {
        Bound::MaxTokens
    }
}
