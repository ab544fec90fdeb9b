//! `/v1`: what a CMS and the pages themselves ask for. `openapi.json` describes it.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::Server;
use super::act::{self, Expected, blocking};
use super::answer::Refusal;
use super::pipeline::Untranslated;
use crate::article::{Format, UnknownFormat};
use crate::language::Language;
use crate::translate::{Direction, Translation};

type Answer = Result<Response, Refusal>;

/// What `/v1` is, for programs.
pub(super) const OPENAPI: &str = include_str!("openapi.json");

pub(super) async fn health() -> Response {
    json(&serde_json::json!({"status": "well", "anubad": env!("CARGO_PKG_VERSION")}))
}

pub(super) async fn openapi() -> Response {
    let kind = HeaderValue::from_static("application/json");
    ([(header::CONTENT_TYPE, kind)], OPENAPI).into_response()
}

/// An article to be translated.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Ask {
    text: String,
    #[serde(default)]
    id: Option<String>,
    #[serde(default)]
    from: Option<Language>,
    #[serde(default)]
    to: Option<Language>,
    /// Told by the content where it is missing.
    #[serde(default)]
    format: Option<String>,
}

/// The answer: what `anubad translate --json` says, and the file that it writes.
#[derive(Debug, Serialize)]
struct Translated {
    #[serde(flatten)]
    translation: Translation,
    format: &'static str,
    file: String,
}

pub(super) async fn translate(State(server): State<Arc<Server>>, body: Bytes) -> Answer {
    let ask: Ask = read(&body)?;
    let most = server.desk.config.input.max_bytes;
    if ask.text.len() as u64 > most {
        let detail = format!("`text` is longer than {most} bytes (`max_bytes` in [input])");
        return Err(Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, detail));
    }
    let direction = Direction {
        from: ask.from,
        to: ask.to,
    };
    let mut reading = server.desk.config.input.reading();
    if let Some(name) = ask.format {
        let unknown = |cause: UnknownFormat| {
            Refusal::new(
                StatusCode::BAD_REQUEST,
                format!("the request is not understood: {cause}"),
            )
        };
        reading.format = Some(name.parse::<Format>().map_err(unknown)?);
    }
    let id = ask.id.unwrap_or_else(|| "article".to_owned());
    let pipeline = &server.desk.pipeline;
    let done = pipeline.translate(&id, ask.text.into_bytes(), &reading, direction);
    match done.await {
        Ok((document, translation)) => Ok(json(&Translated {
            format: document.format.name(),
            file: translation.file(&document, &translation.facts()),
            translation,
        })),
        Err(Untranslated::Article(cause)) => Err(Refusal::unprocessable(cause)),
        Err(Untranslated::Pipeline(cause)) => {
            Err(Refusal::new(StatusCode::SERVICE_UNAVAILABLE, cause))
        }
    }
}

pub(super) async fn articles(State(server): State<Arc<Server>>) -> Answer {
    let (overview, ready) = blocking(move || server.desk.overview()).await?;
    Ok(json(&serde_json::json!({"run": overview, "ready": ready})))
}

pub(super) async fn article(
    State(server): State<Arc<Server>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Answer {
    let view = blocking(move || server.desk.view(&id, true)).await?;
    let tag = format!("\"{}\"", view.version);
    let known = headers.get(header::IF_NONE_MATCH);
    if known.is_some_and(|known| known.as_bytes() == tag.as_bytes()) {
        return Ok((StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response());
    }
    Ok(([(header::ETAG, tag)], json(&view)).into_response())
}

pub(super) async fn text(State(server): State<Arc<Server>>, Path(id): Path<String>) -> Answer {
    let found = blocking(move || server.desk.find(&id)).await?;
    Ok(found.details.text.into_response())
}

pub(super) async fn correct(
    State(server): State<Arc<Server>>,
    Path((id, sentence)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Answer {
    let (expected, correction) = (expected(&headers)?, read(&body)?);
    let done = server.desk.correct(&id, &sentence, &expected, correction);
    Ok(json(&done.await?))
}

pub(super) async fn withdraw(
    State(server): State<Arc<Server>>,
    Path((id, sentence)): Path<(String, String)>,
    headers: HeaderMap,
) -> Answer {
    let expected = expected(&headers)?;
    let done = server.desk.withdraw(&id, &sentence, &expected);
    Ok(json(&done.await?))
}

pub(super) async fn again(
    State(server): State<Arc<Server>>,
    Path((id, sentence)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Answer {
    let (expected, who): (_, act::Who) = (expected(&headers)?, read(&body)?);
    let done = server.desk.again(&id, &sentence, &expected, &who);
    Ok(json(&done.await?))
}

pub(super) async fn name(
    State(server): State<Arc<Server>>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Answer {
    let (expected, judgement) = (expected(&headers)?, read(&body)?);
    let done = server.desk.judge_name(&id, &expected, judgement);
    Ok(json(&done.await?))
}

pub(super) async fn term(
    State(server): State<Arc<Server>>,
    Path(id): Path<String>,
    body: Bytes,
) -> Answer {
    let done = server.desk.judge_term(&id, read(&body)?);
    Ok(json(&done.await?))
}

pub(super) async fn ready(
    State(server): State<Arc<Server>>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Answer {
    let (expected, readying) = (expected(&headers)?, read(&body)?);
    let view = server.desk.set_ready(&id, &expected, readying).await?;
    Ok(json(
        &serde_json::json!({"version": view.version, "ready": view.ready}),
    ))
}

fn json<T: Serialize>(value: &T) -> Response {
    match serde_json::to_vec(value) {
        Ok(body) => {
            let kind = HeaderValue::from_static("application/json");
            ([(header::CONTENT_TYPE, kind)], body).into_response()
        }
        Err(error) => Refusal::broken(&error).into_response(),
    }
}

fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Refusal> {
    serde_json::from_slice(body).map_err(|error| {
        // What was sent stays out of the message: its place is enough.
        let (line, column) = (error.line(), error.column());
        let cause = match error.classify() {
            serde_json::error::Category::Data => error.to_string(),
            _ => format!("it is no JSON (line {line}, column {column})"),
        };
        Refusal::new(
            StatusCode::BAD_REQUEST,
            format!("the request is not understood: {cause}"),
        )
    })
}

/// The version that a change is of: without one nothing is changed.
fn expected(headers: &HeaderMap) -> Result<Expected, Refusal> {
    let given = headers
        .get(header::IF_MATCH)
        .and_then(|value| value.to_str().ok());
    match given.map(str::trim) {
        Some("*") => Ok(Expected::Any),
        Some(tag) => Ok(Expected::Version(tag.trim_matches('"').to_owned())),
        None => Err(Refusal::new(
            StatusCode::PRECONDITION_REQUIRED,
            "send the version that you have read as `If-Match: \"VERSION\"`, or `If-Match: *`",
        )),
    }
}
