//! Yandex: `POST /translate/v2/translate`.
//!
//! Shapes: "Translation.Translate" of the REST reference, "Quotas and limits" and
//! "Glossaries" of yandex.cloud/en/docs/translate.

use serde_json::json;

use crate::server::{Reply, Request};
use crate::suite::{Fixture, KEY, behaves, demand, directed, strings};
use anubad::provider::ErrorKind;

const FIXTURE: Fixture = Fixture {
    section: "kind = \"yandex\"\nfolder = \"b1gdesk\"",
    serve,
    texts: |request| strings(request, "/texts"),
    carries_key: |request| request.header("authorization") == Some(&format!("Api-Key {KEY}")),
    most: (100, 10_000),
    errors: &[
        (
            400,
            r#"{"code": 3, "message": "unsupported target_language_code: mnw", "details": []}"#,
            ErrorKind::UnsupportedPair,
        ),
        (
            400,
            r#"{"code": 3, "message": "texts: total length must be not greater than 10000", "details": []}"#,
            ErrorKind::TooLarge,
        ),
        (
            400,
            r#"{"code": 3, "message": "bad argument", "details": []}"#,
            ErrorKind::Invalid,
        ),
        (
            401,
            r#"{"code": 16, "message": "Unknown api key", "details": []}"#,
            ErrorKind::Denied,
        ),
        (
            403,
            r#"{"code": 7, "message": "Permission denied", "details": []}"#,
            ErrorKind::Denied,
        ),
        (
            403,
            r#"{"code": 7, "message": "The billing account is blocked", "details": []}"#,
            ErrorKind::Quota,
        ),
        (
            429,
            r#"{"code": 8, "message": "limit on requests was exceeded", "details": []}"#,
            ErrorKind::RateLimited,
        ),
        (
            500,
            r#"{"code": 13, "message": "Internal", "details": []}"#,
            ErrorKind::Unavailable,
        ),
        (
            503,
            r#"{"code": 14, "message": "Unavailable", "details": []}"#,
            ErrorKind::Unavailable,
        ),
    ],
    short: r#"{"translations": [{"text": "এক"}]}"#,
};

fn serve(request: &Request, translate: &dyn Fn(&str) -> String) -> Result<Reply, String> {
    let body = request.json();
    demand(request.path == "/translate/v2/translate", "path")?;
    directed(
        &body["sourceLanguageCode"],
        &body["targetLanguageCode"],
        "en",
        "bn",
    )?;
    demand(
        body["folderId"] == "b1gdesk" && body["format"] == "HTML",
        "folder, format",
    )?;
    let texts = strings(request, "/texts");
    if texts.iter().any(|text| text.contains("seminar")) {
        let pairs = &body["glossaryConfig"]["glossaryData"]["glossaryPairs"];
        let wanted = json!([{ "sourceText": "seminar", "translatedText": "সেমিনার" }]);
        demand(*pairs == wanted, "the terms that matched")?;
    } else {
        demand(
            body.get("glossaryConfig").is_none(),
            "a glossary of nothing",
        )?;
    }
    let answers: Vec<_> = (texts.iter())
        .map(|text| json!({ "text": translate(text), "detectedLanguageCode": "en" }))
        .collect();
    Ok(Reply::json(200, &json!({ "translations": answers })))
}

behaves!(FIXTURE);
