//! Amazon: `TranslateText`, a signed text at a time.
//!
//! Shapes: `TranslateText` and "Common Error Types" of the API reference (2017-07-01); "Guidelines and
//! limits" of the developer guide.

use serde_json::json;

use crate::server::{Reply, Request};
use crate::suite::{Fixture, KEY, behaves, demand, directed, strings};
use anubad::provider::ErrorKind;

const FIXTURE: Fixture = Fixture {
    section: "kind = \"amazon\"\naccess_key_id = \"AKIDDESK\"\nregion = \"ap-south-1\"\n\
              session_token = { file = \"key\" }\n\
              terminology = { en-bn = \"house\" }",
    serve,
    texts: |request| strings(request, "/Text"),
    carries_key: is_signed,
    most: (1, 10_000),
    errors: &[
        (
            400,
            r#"{"__type": "com.amazonaws.translate#TooManyRequestsException"}"#,
            ErrorKind::RateLimited,
        ),
        (
            400,
            r#"{"__type": "ThrottlingException", "message": "Rate exceeded"}"#,
            ErrorKind::RateLimited,
        ),
        (
            400,
            r#"{"__type": "TextSizeLimitExceededException:http://internal.amazon.com/coral/com.amazonaws.translate/"}"#,
            ErrorKind::TooLarge,
        ),
        (
            400,
            r#"{"__type": "UnsupportedLanguagePairException"}"#,
            ErrorKind::UnsupportedPair,
        ),
        (
            400,
            r#"{"__type": "DetectedLanguageLowConfidenceException"}"#,
            ErrorKind::Invalid,
        ),
        (
            400,
            r#"{"__type": "ResourceNotFoundException"}"#,
            ErrorKind::Invalid,
        ),
        (
            400,
            r#"{"__type": "LimitExceededException"}"#,
            ErrorKind::Quota,
        ),
        (
            400,
            r#"{"__type": "UnrecognizedClientException"}"#,
            ErrorKind::Denied,
        ),
        (
            403,
            r#"{"__type": "InvalidSignatureException"}"#,
            ErrorKind::Denied,
        ),
        (
            500,
            r#"{"__type": "InternalServerException"}"#,
            ErrorKind::Unavailable,
        ),
        (503, "", ErrorKind::Unavailable),
    ],
    short: "",
};

/// The secret itself is nowhere; what it signed is.
fn is_signed(request: &Request) -> bool {
    let Some(value) = request.header("authorization") else {
        return false;
    };
    let signature = value.rsplit("Signature=").next().unwrap_or_default();
    let day = request.header("x-amz-date").and_then(|date| date.get(..8));
    let scope = format!(
        "/{}/ap-south-1/translate/aws4_request, ",
        day.unwrap_or("none")
    );
    value.starts_with("AWS4-HMAC-SHA256 Credential=AKIDDESK/")
        && value.contains(&scope)
        && value.contains(
            "SignedHeaders=content-type;host;x-amz-date;x-amz-security-token;x-amz-target, ",
        )
        && signature.len() == 64
        // (The token of the session is the same text in this fixture, and travels.)
        && request.header("x-amz-security-token") == Some(KEY)
        && request.headers.iter().filter(|(_, value)| value.contains(KEY)).count() == 1
}

fn serve(request: &Request, translate: &dyn Fn(&str) -> String) -> Result<Reply, String> {
    let body = request.json();
    demand(request.path == "/" && request.method == "POST", "path")?;
    let target = "AWSShineFrontendService_20170701.TranslateText";
    demand(request.header("x-amz-target") == Some(target), "target")?;
    let kind = request.header("content-type");
    demand(kind == Some("application/x-amz-json-1.1"), "type")?;
    demand(is_signed(request), "signature")?;
    directed(
        &body["SourceLanguageCode"],
        &body["TargetLanguageCode"],
        "en",
        "bn",
    )?;
    // A terminology is for its direction.
    let wanted = if body["TargetLanguageCode"] == "bn" {
        json!(["house"])
    } else {
        serde_json::Value::Null
    };
    demand(body["TerminologyNames"] == wanted, "terminology")?;
    let text = strings(request, "/Text").concat();
    demand(text.len() <= 10_000, "10,000 bytes")?;
    Ok(Reply::json(
        200,
        &json!({ "TranslatedText": translate(&text) }),
    ))
}

behaves!(FIXTURE);
