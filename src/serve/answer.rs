//! What is answered where something is wrong: problem details, as RFC 9457 has them.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

/// A request that is not granted.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Refusal {
    pub(super) status: StatusCode,
    /// The cause and the next step, for a person.
    pub(super) detail: String,
    /// What is there now, where somebody else has changed it.
    pub(super) now: Option<Value>,
}

impl Refusal {
    pub(super) fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        Self {
            status,
            detail: detail.into(),
            now: None,
        }
    }

    pub(super) fn not_found(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, detail)
    }

    pub(super) fn unprocessable(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, detail)
    }

    /// What is wrong with the files of the pipeline.
    pub(super) fn broken(error: &dyn std::fmt::Display) -> Self {
        tracing::error!(%error, "a request failed");
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, error.to_string())
    }

    /// Somebody else has changed what was to be changed.
    pub(super) fn conflict(detail: impl Into<String>, now: Value) -> Self {
        Self {
            now: Some(now),
            ..Self::new(StatusCode::CONFLICT, detail)
        }
    }
}

impl From<crate::state::StateError> for Refusal {
    fn from(error: crate::state::StateError) -> Self {
        Self::broken(&error)
    }
}

impl From<crate::review::ReviewError> for Refusal {
    fn from(error: crate::review::ReviewError) -> Self {
        Self::broken(&error)
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut problem = json!({
            "title": self.status.canonical_reason(),
            "status": self.status.as_u16(),
            "detail": self.detail,
        });
        if let Some(now) = self.now {
            problem["now"] = now;
        }
        let mut response = (self.status, problem.to_string()).into_response();
        let kind = HeaderValue::from_static("application/problem+json");
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
        if self.status == StatusCode::UNAUTHORIZED {
            let bearer = HeaderValue::from_static("Bearer");
            response
                .headers_mut()
                .insert(header::WWW_AUTHENTICATE, bearer);
        }
        response
    }
}
