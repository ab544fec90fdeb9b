//! MinT: `POST /api/translate`, a text at a time.
//!
//! Shapes: `translate.py` of mediawiki/services/machinetranslation.

use serde_json::json;

use crate::server::{Reply, Request};
use crate::suite::{Fixture, KEY, behaves, demand, directed, strings};
use anubad::provider::ErrorKind;

const FIXTURE: Fixture = Fixture {
    section: "kind = \"mint\"\nmodel = \"indictrans2-en-indic\"",
    serve,
    texts: |request| strings(request, "/content"),
    carries_key: |request| request.header("authorization") == Some(&format!("Bearer {KEY}")),
    most: (1, 10_000),
    errors: &[
        (
            400,
            r#"{"detail": "Language pair not supported"}"#,
            ErrorKind::UnsupportedPair,
        ),
        (
            413,
            r#"{"detail": "Request size exceeds maximum character limit 100000"}"#,
            ErrorKind::TooLarge,
        ),
        (422, r#"{"detail": []}"#, ErrorKind::Invalid),
        (429, "", ErrorKind::RateLimited),
        (500, "", ErrorKind::Unavailable),
        (503, "", ErrorKind::Unavailable),
    ],
    short: "",
};

fn serve(request: &Request, translate: &dyn Fn(&str) -> String) -> Result<Reply, String> {
    let body = request.json();
    demand(request.path == "/api/translate", "path")?;
    directed(
        &body["source_language"],
        &body["target_language"],
        "en",
        "bn",
    )?;
    demand(body["format"] == "html", "format")?;
    demand(body["model"] == "indictrans2-en-indic", "model")?;
    let text = strings(request, "/content").concat();
    Ok(Reply::json(
        200,
        &json!({
            "translation": translate(&text),
            "translationtime": 0.2,
            "sourcelanguage": body["source_language"],
            "targetlanguage": body["target_language"],
            "model": "indictrans2-en-indic",
        }),
    ))
}

behaves!(FIXTURE);
