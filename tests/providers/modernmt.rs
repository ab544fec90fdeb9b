//! ModernMT: `POST /translate` that says it is a GET.
//!
//! Shapes: "Translate" and "Errors" of modernmt.com/api.

use serde_json::json;

use crate::server::{Reply, Request};
use crate::suite::{Fixture, KEY, behaves, demand, directed, strings};
use anubad::provider::ErrorKind;

const FIXTURE: Fixture = Fixture {
    section: "kind = \"modernmt\"\nglossaries = [7]\nmemories = [3, 4]",
    serve,
    texts: |request| strings(request, "/q"),
    carries_key: |request| request.header("mmt-apikey") == Some(KEY),
    most: (128, 10_000),
    errors: &[
        (
            400,
            r#"{"status": 400, "error": {"type": "UnsupportedLanguageException", "message": "Unsupported language pair"}}"#,
            ErrorKind::UnsupportedPair,
        ),
        (
            400,
            r#"{"status": 400, "error": {"type": "ParameterParsingException", "message": "Missing parameter q"}}"#,
            ErrorKind::Invalid,
        ),
        (
            401,
            r#"{"status": 401, "error": {"type": "AuthException", "message": "Invalid key"}}"#,
            ErrorKind::Denied,
        ),
        (
            403,
            r#"{"status": 403, "error": {"type": "PlanLimitExceededException", "message": "Limit reached"}}"#,
            ErrorKind::Quota,
        ),
        (413, "", ErrorKind::TooLarge),
        (
            429,
            r#"{"status": 429, "error": {"type": "TooManyRequestsException", "message": "Slow down"}}"#,
            ErrorKind::RateLimited,
        ),
        (500, "", ErrorKind::Unavailable),
        (503, "", ErrorKind::Unavailable),
    ],
    short: r#"{"status": 200, "data": [{"translation": "এক"}]}"#,
};

fn serve(request: &Request, translate: &dyn Fn(&str) -> String) -> Result<Reply, String> {
    let body = request.json();
    demand(request.path == "/translate", "path")?;
    demand(
        request.header("x-http-method-override") == Some("GET"),
        "method",
    )?;
    directed(&body["source"], &body["target"], "en", "bn")?;
    demand(body["format"] == "text/xml", "format")?;
    demand(
        body["glossaries"] == json!([7]) && body["hints"] == "3,4",
        "resources",
    )?;
    let texts = strings(request, "/q");
    demand(texts.len() <= 128, "128 texts")?;
    let answers: Vec<_> = (texts.iter())
        .map(|text| json!({ "translation": translate(text), "billed": true }))
        .collect();
    Ok(Reply::json(200, &json!({ "status": 200, "data": answers })))
}

behaves!(FIXTURE);
