//! DeepL: `POST /v2/translate`.
//!
//! Shapes: "Translate text" and "Error handling" of developers.deepl.com.

use serde_json::json;

use crate::server::{Reply, Request};
use crate::suite::{Fixture, KEY, behaves, demand, directed, strings};
use anubad::provider::ErrorKind;

const FIXTURE: Fixture = Fixture {
    section: "kind = \"deepl\"",
    serve,
    texts: |request| strings(request, "/text"),
    carries_key: |request| {
        request.header("authorization") == Some(&format!("DeepL-Auth-Key {KEY}"))
    },
    most: (50, 128 * 1024),
    errors: &[
        (
            400,
            r#"{"message": "Bad request. Reason: Value for 'target_lang' not supported."}"#,
            ErrorKind::UnsupportedPair,
        ),
        (
            400,
            r#"{"message": "Bad request. Reason: Invalid request"}"#,
            ErrorKind::Invalid,
        ),
        (403, "", ErrorKind::Denied),
        (413, "", ErrorKind::TooLarge),
        (
            429,
            r#"{"message": "Too many requests"}"#,
            ErrorKind::RateLimited,
        ),
        (456, r#"{"message": "Quota exceeded"}"#, ErrorKind::Quota),
        (500, "", ErrorKind::Unavailable),
        (504, "", ErrorKind::Timeout),
        (529, "", ErrorKind::RateLimited),
    ],
    short: r#"{"translations": [{"detected_source_language": "EN", "text": "এক"}]}"#,
};

fn serve(request: &Request, translate: &dyn Fn(&str) -> String) -> Result<Reply, String> {
    let body = request.json();
    demand(
        request.path == "/v2/translate" && request.method == "POST",
        "path",
    )?;
    // A target has a variant, a source has none.
    let english = if body["source_lang"] == "BN" {
        "EN-GB"
    } else {
        "EN"
    };
    directed(&body["source_lang"], &body["target_lang"], english, "BN")?;
    for feature in ["tag_handling", "ignore_tags", "glossary_id", "formality"] {
        demand(
            body.get(feature).is_none(),
            "a feature that Bangla does not have",
        )?;
    }
    demand(request.body.len() <= 128 * 1024, "128 KiB")?;
    let texts = strings(request, "/text");
    demand(texts.len() <= 50, "50 texts")?;
    let answers: Vec<_> = (texts.iter())
        .map(|text| json!({ "detected_source_language": "EN", "text": translate(text) }))
        .collect();
    Ok(Reply::json(200, &json!({ "translations": answers })))
}

behaves!(FIXTURE);
