//! Azure: `POST /translate?api-version=3.0`.
//!
//! Shapes: "Translator 3.0: Translate", "Dynamic dictionary", "Request limits" and "Status
//! code" of learn.microsoft.com.

use serde_json::json;

use crate::server::{Reply, Request};
use crate::suite::{Fixture, KEY, behaves, demand};
use anubad::provider::ErrorKind;

const FIXTURE: Fixture = Fixture {
    section: "kind = \"azure\"\nregion = \"southeastasia\"\ndictionary = true\n\
              category = { bn-en = \"desk-bn\" }",
    serve,
    texts,
    carries_key: |request| request.header("ocp-apim-subscription-key") == Some(KEY),
    most: (1000, 50_000),
    errors: &[
        (
            400,
            r#"{"error": {"code": 400036, "message": "told"}}"#,
            ErrorKind::UnsupportedPair,
        ),
        (
            400,
            r#"{"error": {"code": 400077, "message": "told"}}"#,
            ErrorKind::TooLarge,
        ),
        (
            400,
            r#"{"error": {"code": 400000, "message": "told"}}"#,
            ErrorKind::Invalid,
        ),
        (
            401,
            r#"{"error": {"code": 401000, "message": "told"}}"#,
            ErrorKind::Denied,
        ),
        (
            403,
            r#"{"error": {"code": 403001, "message": "told"}}"#,
            ErrorKind::Quota,
        ),
        (
            403,
            r#"{"error": {"code": 403000, "message": "told"}}"#,
            ErrorKind::Denied,
        ),
        (
            429,
            r#"{"error": {"code": 429000, "message": "told"}}"#,
            ErrorKind::RateLimited,
        ),
        (
            429,
            r#"{"error": {"code": 429001, "message": "told"}}"#,
            ErrorKind::RateLimited,
        ),
        (
            429,
            r#"{"error": {"code": 429002, "message": "told"}}"#,
            ErrorKind::RateLimited,
        ),
        (
            500,
            r#"{"error": {"code": 500000, "message": "told"}}"#,
            ErrorKind::Unavailable,
        ),
        (
            503,
            r#"{"error": {"code": 503000, "message": "told"}}"#,
            ErrorKind::Unavailable,
        ),
    ],
    short: r#"[{"translations": [{"text": "এক", "to": "bn"}]}]"#,
};

/// The term of the suite's rich sentence, as it is written for Azure.
const ENTRY: &str = "<mstrans:dictionary translation=\"সেমিনার\">seminar</mstrans:dictionary>";

fn texts(request: &Request) -> Vec<String> {
    let body = request.json();
    let items = body.as_array().cloned().unwrap_or_default();
    let text = |item: &serde_json::Value| item["Text"].as_str().unwrap_or_default().to_owned();
    items.iter().map(text).collect()
}

fn serve(request: &Request, translate: &dyn Fn(&str) -> String) -> Result<Reply, String> {
    let body = request.json();
    for part in ["/translate?", "api-version=3.0", "textType=html"] {
        demand(request.path.contains(part), part)?;
    }
    let to_english = request.path.contains("from=bn&to=en");
    demand(
        to_english || request.path.contains("from=en&to=bn"),
        "languages",
    )?;
    demand(
        request.path.contains("category=desk-bn") == to_english,
        "a model is for its direction",
    )?;
    let region = request.header("ocp-apim-subscription-region");
    demand(region == Some("southeastasia"), "region")?;
    demand(
        body.as_array().is_some_and(|list| list.len() <= 1000),
        "1000 texts",
    )?;
    let texts = texts(request);
    let entered = |text: &String| !text.contains("seminar") || text.contains(ENTRY);
    demand(texts.iter().all(entered), "the term that matched")?;
    let answers: Vec<_> = (texts.iter())
        .map(|text| {
            // An entry of the dictionary is replaced by its translation.
            let text = text.replace(ENTRY, "সেমিনার");
            json!({ "translations": [{ "text": translate(&text), "to": "bn" }] })
        })
        .collect();
    Ok(Reply::json(200, &json!(answers)))
}

behaves!(FIXTURE);
