//! The pages themselves.

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::{Form, Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html as Document, IntoResponse, Redirect, Response};

use super::Server;
use super::act::blocking;
use super::answer::Refusal;
use super::live::{LiveArticle, LiveList, login_page, problem_page};

pub(super) async fn index(State(server): State<Arc<Server>>) -> Response {
    let page = blocking(move || {
        let (overview, ready) = server.desk.overview()?;
        let around = LiveList { ready };
        Ok(crate::review::html::index(&overview, &around))
    });
    shown(page.await)
}

pub(super) async fn article(State(server): State<Arc<Server>>, Path(id): Path<String>) -> Response {
    let page = blocking(move || {
        let view = server.desk.view(&id, true)?;
        let around = LiveArticle::new(&view, server.guard.page());
        Ok(crate::review::html::article(&view.page, Some("/"), &around))
    });
    shown(page.await)
}

pub(super) async fn login() -> Response {
    Document(login_page(false)).into_response()
}

/// Gives the cookie to who knows the token.
pub(super) async fn enter(
    State(server): State<Arc<Server>>,
    Form(fields): Form<HashMap<String, String>>,
) -> Response {
    let token = fields.get("token").map_or("", String::as_str);
    match server.guard.cookie(token) {
        Some(cookie) => {
            let headers =
                HeaderMap::from_iter(cookie.parse().map(|cookie| (header::SET_COOKIE, cookie)));
            (headers, Redirect::to("/")).into_response()
        }
        None => (StatusCode::UNAUTHORIZED, Document(login_page(true))).into_response(),
    }
}

/// A page, or what is wrong as one.
fn shown(page: Result<String, Refusal>) -> Response {
    match page {
        Ok(page) => Document(page).into_response(),
        Err(refusal) => (refusal.status, Document(problem_page(&refusal.detail))).into_response(),
    }
}
