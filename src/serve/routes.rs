//! Every way in, and what all of them have in common.

use std::sync::Arc;

use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderValue, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{MethodRouter, delete, get, post, put};
use axum::{Router, http::StatusCode};

use super::answer::Refusal;
use super::guard::Closed;
use super::{Server, api, pages};

/// Most bytes of a change: a sentence and who wrote it.
const LARGEST_CHANGE: usize = 256 * 1024;

type Handler = MethodRouter<Arc<Server>>;

/// What the server answers below `/v1`: method, path, who answers.
pub(super) fn api() -> Vec<(&'static str, &'static str, Handler)> {
    let sentence = "/v1/articles/{id}/sentences/{sentence}";
    vec![
        ("get", "/v1/health", get(api::health)),
        ("get", "/v1/openapi.json", get(api::openapi)),
        ("post", "/v1/translate", post(api::translate)),
        ("get", "/v1/articles", get(api::articles)),
        ("get", "/v1/articles/{id}", get(api::article)),
        ("get", "/v1/articles/{id}/text", get(api::text)),
        ("put", "/v1/articles/{id}/ready", put(api::ready)),
        ("post", "/v1/articles/{id}/names", post(api::name)),
        ("post", "/v1/articles/{id}/terms", post(api::term)),
        ("put", sentence, put(api::correct)),
        ("delete", sentence, delete(api::withdraw)),
        (
            "post",
            "/v1/articles/{id}/sentences/{sentence}/again",
            post(api::again),
        ),
    ]
}

pub(super) fn router(server: Arc<Server>) -> Router {
    // JSON may take six characters for one.
    let most = usize::try_from(server.desk.config.input.max_bytes).unwrap_or(usize::MAX);
    let largest = most.saturating_mul(6).saturating_add(LARGEST_CHANGE);
    let mut router = Router::new()
        .route("/", get(pages::index))
        .route("/articles/{id}", get(pages::article))
        .route("/login", get(pages::login).post(pages::enter));
    for (_, path, handler) in api() {
        let most = if path == "/v1/translate" {
            largest
        } else {
            LARGEST_CHANGE
        };
        router = router.route(path, handler.layer(DefaultBodyLimit::max(most)));
    }
    router
        .fallback(async || {
            Refusal::not_found("there is nothing here; `/v1/openapi.json` tells what is")
        })
        .method_not_allowed_fallback(async || {
            Refusal::new(
                StatusCode::METHOD_NOT_ALLOWED,
                "this cannot be done here; `/v1/openapi.json` tells what can",
            )
        })
        .layer(middleware::from_fn_with_state(Arc::clone(&server), guarded))
        .with_state(server)
}

/// Judges a request, and says of every answer that it is for who asked only.
async fn guarded(State(server): State<Arc<Server>>, request: Request, next: Next) -> Response {
    let (method, uri) = (request.method().clone(), request.uri().clone());
    let judged = server.guard.judge(&method, &uri, request.headers());
    let mut response = match judged {
        Ok(()) => next.run(request).await,
        Err(Closed::Login) => Redirect::to("/login").into_response(),
        Err(Closed::Refused(refusal)) => refusal.into_response(),
    };
    tracing::debug!(%method, status = response.status().as_u16(), "answered");
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "no-referrer"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.insert(
        "cross-origin-resource-policy",
        HeaderValue::from_static("same-origin"),
    );
    response
}
