//! nllb-serve 0.2: `POST /translate`.
//!
//! Shapes: the README and `app.py` of thammegowda/nllb-serve.

use serde_json::json;

use crate::server::{Reply, Request};
use crate::suite::{Fixture, KEY, behaves, demand, directed, strings};
use anubad::provider::ErrorKind;

const FIXTURE: Fixture = Fixture {
    section: "kind = \"nllb-serve\"",
    serve,
    texts: |request| strings(request, "/source"),
    carries_key: |request| request.header("authorization") == Some(&format!("Bearer {KEY}")),
    most: (16, 80 * 16),
    errors: &[
        (400, "{}", ErrorKind::Invalid),
        (413, "", ErrorKind::TooLarge),
        (429, "", ErrorKind::RateLimited),
        (
            500,
            "<html>Internal Server Error</html>",
            ErrorKind::Unavailable,
        ),
        (503, "", ErrorKind::Unavailable),
    ],
    short: r#"{"translation": ["এক"]}"#,
};

fn serve(request: &Request, translate: &dyn Fn(&str) -> String) -> Result<Reply, String> {
    let body = request.json();
    demand(request.path == "/translate", "path")?;
    directed(&body["src_lang"], &body["tgt_lang"], "eng_Latn", "ben_Beng")?;
    let texts = strings(request, "/source");
    // (What is longer would be cut after 80 tokens of some three letters.)
    demand(
        texts.iter().all(|text| text.chars().count() <= 240),
        "80 tokens",
    )?;
    let answers: Vec<String> = texts.iter().map(|text| translate(text)).collect();
    Ok(Reply::json(
        200,
        &json!({ "source": texts, "translation": answers, "time": 0.1, "time_units": "s" }),
    ))
}

behaves!(FIXTURE);
