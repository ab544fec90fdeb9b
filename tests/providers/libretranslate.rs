//! LibreTranslate 1.9: `POST /translate`.
//!
//! Shapes: the page that every server shows under `/docs`, and `libretranslate/app.py`.

use serde_json::json;

use crate::server::{Reply, Request};
use crate::suite::{Fixture, KEY, behaves, demand, directed, strings};
use anubad::provider::ErrorKind;

pub(crate) const FIXTURE: Fixture = Fixture {
    section: "kind = \"libretranslate\"",
    serve,
    texts: |request| strings(request, "/q"),
    carries_key: |request| request.json()["api_key"] == KEY,
    most: (25, 2000),
    errors: &[
        (
            400,
            r#"{"error": "Invalid request: request (2100) exceeds text limit (2000)"}"#,
            ErrorKind::TooLarge,
        ),
        (
            400,
            r#"{"error": "Please contact the server operator to get an API key"}"#,
            ErrorKind::Denied,
        ),
        (
            400,
            r#"{"error": "mnw is not supported"}"#,
            ErrorKind::UnsupportedPair,
        ),
        (
            400,
            r#"{"error": "Invalid request: missing q parameter"}"#,
            ErrorKind::Invalid,
        ),
        (403, r#"{"error": "Invalid API key"}"#, ErrorKind::Denied),
        (
            429,
            r#"{"error": "Slowdown: Too many requests per minute"}"#,
            ErrorKind::RateLimited,
        ),
        (
            500,
            r#"{"error": "Cannot translate text: worker died"}"#,
            ErrorKind::Unavailable,
        ),
        (200, r#"{"translatedText": ["😎"]}"#, ErrorKind::Denied),
    ],
    short: r#"{"translatedText": ["এক"]}"#,
};

fn serve(request: &Request, translate: &dyn Fn(&str) -> String) -> Result<Reply, String> {
    let body = request.json();
    demand(
        request.path == "/translate" && request.method == "POST",
        "path",
    )?;
    directed(&body["source"], &body["target"], "en", "bn")?;
    demand(body["format"] == "html", "format")?;
    let texts = strings(request, "/q");
    // What a translator of HTML wrote comes back unescaped.
    let unescaped = |text: String| {
        text.replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&amp;", "&")
    };
    let answers: Vec<String> = (texts.iter())
        .map(|text| unescaped(translate(text)))
        .collect();
    Ok(Reply::json(200, &json!({ "translatedText": answers })))
}

behaves!(FIXTURE);
