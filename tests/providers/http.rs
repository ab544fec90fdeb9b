//! A service that `pipeline.toml` describes.

use serde_json::json;

use crate::server::{Reply, Request};
use crate::suite::{Fixture, KEY, behaves, demand, directed, strings};
use anubad::provider::ErrorKind;

const FIXTURE: Fixture = Fixture {
    section: r#"
        kind = "http"
        method = "PUT"
        headers = { X-Desk = "metro" }
        key_header = "X-Key"
        key_prefix = "Token "
        body = { input = { lines = "{texts}", mode = "news" }, from = "{source}", to = "{target}" }
        answers = "/result/lines"
        each = "/text"
        error = "/fault/code"
        errors = { out_of_money = "quota", "418" = "refused", busy = "rate_limited" }
        languages = { bn = "bangla" }
        protection = "tags"
        max_texts = 10
        max_characters = 500
    "#,
    serve,
    texts: |request| strings(request, "/input/lines"),
    carries_key: |request| request.header("x-key") == Some(&format!("Token {KEY}")),
    most: (10, 500),
    errors: &[
        (
            400,
            r#"{"fault": {"code": "out_of_money"}}"#,
            ErrorKind::Quota,
        ),
        (
            400,
            r#"{"fault": {"code": "busy"}}"#,
            ErrorKind::RateLimited,
        ),
        (418, "{}", ErrorKind::Refused),
        (400, r#"{"fault": {"code": "other"}}"#, ErrorKind::Invalid),
        (401, "{}", ErrorKind::Denied),
        (429, "", ErrorKind::RateLimited),
        (503, "", ErrorKind::Unavailable),
    ],
    short: r#"{"result": {"lines": [{"text": "এক"}]}}"#,
};

fn serve(request: &Request, translate: &dyn Fn(&str) -> String) -> Result<Reply, String> {
    let body = request.json();
    demand(request.method == "PUT", "method")?;
    demand(request.header("x-desk") == Some("metro"), "header")?;
    directed(&body["from"], &body["to"], "en", "bangla")?;
    demand(body["input"]["mode"] == "news", "what is no placeholder")?;
    let lines: Vec<_> = (strings(request, "/input/lines").iter())
        .map(|text| json!({ "text": translate(text) }))
        .collect();
    Ok(Reply::json(200, &json!({ "result": { "lines": lines } })))
}

behaves!(FIXTURE);
