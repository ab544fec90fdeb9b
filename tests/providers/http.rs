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
        body = { input = { lines = "{texts}", mode = "news" }, from = "{source}", to = "{target}", words = "{terms}" }
        answers = "/result/lines"
        each = "/text"
        error = "/fault/code"
        errors = { out_of_money = "quota", "418" = "refused", busy = "rate_limited", "7" = "too_large" }
        languages = { bn = "bangla" }
        protection = "tags"
        max_texts = 10
        max_size = { bytes = 500 }
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
        // Some say what is wrong with status 200.
        (
            200,
            r#"{"fault": {"code": "out_of_money"}}"#,
            ErrorKind::Quota,
        ),
        (200, r#"{"fault": {"code": 7}}"#, ErrorKind::TooLarge),
        (200, r#"{"fault": {"code": "odd"}}"#, ErrorKind::Invalid),
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
    let texts = strings(request, "/input/lines");
    demand(texts.concat().len() <= 500, "500 bytes")?;
    let matched = texts.iter().any(|text| text.contains("seminar"));
    let term = json!([{ "source": "seminar", "target": "সেমিনার" }]);
    let wanted = if matched { term } else { json!([]) };
    demand(body["words"] == wanted, "the terms that matched")?;
    let lines: Vec<_> = (texts.iter())
        .map(|text| json!({ "text": translate(text) }))
        .collect();
    Ok(Reply::json(200, &json!({ "result": { "lines": lines } })))
}

behaves!(FIXTURE);
