//! Who may ask.
//!
//! - **Host.** A page of another site that has its name lead to this address
//!   (DNS rebinding) is turned away: the server answers to addresses, to
//!   `localhost` and to the names that it was given, and to no other.
//! - **Token.** Where one is set, every request brings it (`Authorization: Bearer`),
//!   or the cookie that the login page gives for it. The cookie is no token.
//! - **Changes** come from this server's own pages or from a program. A browser says
//!   where a request comes from (`Origin`, `Sec-Fetch-Site`), and the page has a
//!   secret of its own that no other site can read; a form of another site can
//!   send no JSON.

use std::net::IpAddr;

use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use ring::rand::SecureRandom;

use super::answer::Refusal;
use crate::provider::secret::Secret;

/// Fewest characters of a token: what is shorter can be guessed.
pub const LEAST_TOKEN: usize = 16;
/// The header with the secret of a page.
pub(super) const PAGE: &str = "x-anubad-page";
/// The name of the cookie.
const COOKIE: &str = "anubad";

/// Who may ask.
#[derive(Debug, Clone, Default)]
pub struct Access {
    /// What every request has to bring; `None` lets everybody in who reaches the
    /// address.
    pub token: Option<Secret>,
    /// Names that the server is called by, beside its addresses and `localhost`.
    pub hosts: Vec<String>,
}

/// Judges requests.
#[derive(Debug)]
pub(super) struct Guard {
    token: Option<blake3::Hash>,
    /// What the cookie holds.
    session: String,
    /// The secret of the pages.
    page: String,
    hosts: Vec<String>,
}

/// A way in: what a request without a token gets.
#[derive(Debug, PartialEq)]
pub(super) enum Closed {
    /// To the login page.
    Login,
    /// Nothing.
    Refused(Refusal),
}

impl From<Refusal> for Closed {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl Guard {
    /// Errors are those of the system's source of randomness.
    pub(super) fn new(access: &Access) -> std::io::Result<Self> {
        Ok(Self {
            token: (access.token.as_ref()).map(|token| digest(token.expose())),
            session: random()?,
            page: random()?,
            hosts: access.hosts.iter().map(|h| h.to_lowercase()).collect(),
        })
    }

    /// The secret that this server's pages send back.
    pub(super) fn page(&self) -> &str {
        &self.page
    }

    /// The cookie for who knows the token; `None` for who does not.
    pub(super) fn cookie(&self, token: &str) -> Option<String> {
        // Hashes are compared in constant time.
        let is_known = self
            .token
            .is_some_and(|known| known == digest(token.trim()));
        is_known.then(|| {
            let session = &self.session;
            format!("{COOKIE}={session}; Path=/; HttpOnly; SameSite=Strict")
        })
    }

    /// Lets a request in or not.
    pub(super) fn judge(
        &self,
        method: &Method,
        uri: &Uri,
        headers: &HeaderMap,
    ) -> Result<(), Closed> {
        let value = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        let host = value("host").unwrap_or_default();
        if !self.is_called(host) {
            return Err(Refusal::new(
                StatusCode::MISDIRECTED_REQUEST,
                "this server is not called by that name; start it with --host NAME",
            )
            .into());
        }
        let is_login = uri.path() == "/login";
        let bearer = value("authorization").and_then(|value| value.strip_prefix("Bearer "));
        let has_token =
            (self.token.zip(bearer)).is_some_and(|(known, given)| known == digest(given.trim()));
        let cookies = headers.get_all(header::COOKIE);
        let has_cookie = (cookies.iter().filter_map(|value| value.to_str().ok()))
            .flat_map(|value| value.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .any(|(name, value)| name == COOKIE && digest(value) == digest(&self.session));
        let is_open = is_login || uri.path() == "/v1/health";
        if self.token.is_some() && !(has_token || has_cookie || is_open) {
            return Err(
                if method == Method::GET && !uri.path().starts_with("/v1/") {
                    Closed::Login
                } else {
                    let detail =
                        "send `Authorization: Bearer TOKEN`, with the token of this server";
                    Refusal::new(StatusCode::UNAUTHORIZED, detail).into()
                },
            );
        }
        if matches!(*method, Method::GET | Method::HEAD) {
            return Ok(());
        }
        let forbidden = |detail: &str| Err(Refusal::new(StatusCode::FORBIDDEN, detail).into());
        let (site, origin) = (value("sec-fetch-site"), value("origin"));
        let from = |origin: &str| {
            let own = origin.split_once("://").map(|(_, authority)| authority);
            own.is_some_and(|own| own.eq_ignore_ascii_case(host))
        };
        if site.is_some_and(|site| !matches!(site, "same-origin" | "none"))
            || origin.is_some_and(|origin| !from(origin))
        {
            return forbidden("changes come from this server's own pages, or from no page at all");
        }
        if is_login {
            return Ok(());
        }
        let is_browser = site.is_some() || origin.is_some() || headers.contains_key(header::COOKIE);
        let is_page = value(PAGE).is_some_and(|given| digest(given) == digest(&self.page));
        if !has_token && is_browser && !is_page {
            return forbidden("the page is of an earlier start of this server; load it again");
        }
        let kind = value("content-type").unwrap_or_default();
        let kind = kind.split(';').next().unwrap_or_default().trim();
        if *method != Method::DELETE && !kind.eq_ignore_ascii_case("application/json") {
            return Err(Refusal::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "send JSON, with `Content-Type: application/json`",
            )
            .into());
        }
        Ok(())
    }

    /// Whether this server is meant. An address cannot be another's name.
    fn is_called(&self, host: &str) -> bool {
        let name = match host.strip_prefix('[') {
            Some(rest) => rest.split_once(']').map_or("", |(name, _)| name),
            None => host.rsplit_once(':').map_or(host, |(name, _)| name),
        };
        let is_named = |known: &String| name.eq_ignore_ascii_case(known);
        name.parse::<IpAddr>().is_ok()
            || name.eq_ignore_ascii_case("localhost")
            || self.hosts.iter().any(is_named)
    }
}

fn digest(text: &str) -> blake3::Hash {
    blake3::hash(text.as_bytes())
}

/// 128 bits that nobody can guess.
fn random() -> std::io::Result<String> {
    let mut bytes = [0; 16];
    ring::rand::SystemRandom::new()
        .fill(&mut bytes)
        .map_err(|_| std::io::Error::other("the system gives no random numbers"))?;
    Ok(blake3::hash(&bytes).to_hex().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::{HeaderName, HeaderValue};

    fn headers(pairs: &[(&str, &str)]) -> HeaderMap {
        let pair = |(name, value): &(&str, &str)| {
            let name: HeaderName = name.parse().unwrap();
            (name, HeaderValue::from_str(value).unwrap())
        };
        pairs.iter().map(pair).collect()
    }

    /// The status that a request is turned away with; 0 where it is let in.
    fn status(guard: &Guard, request: &str, pairs: &[(&str, &str)]) -> u16 {
        let (method, path) = request.split_once(' ').unwrap();
        let judged = guard.judge(
            &method.parse().unwrap(),
            &path.parse().unwrap(),
            &headers(pairs),
        );
        match judged {
            Ok(()) => 0,
            Err(Closed::Login) => 303,
            Err(Closed::Refused(refusal)) => refusal.status.as_u16(),
        }
    }

    /// A request, its headers, and the status that it is turned away with.
    type Case<'a> = (&'a str, &'a [(&'a str, &'a str)], u16);

    const HOST: (&str, &str) = ("host", "127.0.0.1:8750");
    const JSON: (&str, &str) = ("content-type", "application/json");

    #[test]
    fn without_a_token() {
        let guard = Guard::new(&Access {
            token: None,
            hosts: vec!["desk.example".to_owned()],
        })
        .unwrap();
        let own = ("origin", "http://127.0.0.1:8750");
        let page = (PAGE, guard.page());
        let table: &[Case<'_>] = &[
            ("GET /", &[HOST], 0),
            ("GET /", &[("host", "localhost:1")], 0),
            ("GET /", &[("host", "[::1]:8750")], 0),
            ("GET /", &[("host", "Desk.example")], 0),
            ("GET /", &[("host", "desk.example.evil.test")], 421),
            ("GET /", &[("host", "evil.test")], 421),
            ("GET /", &[("host", "[::1")], 421),
            ("GET /", &[], 421),
            // A program.
            ("POST /v1/translate", &[HOST, JSON], 0),
            ("POST /v1/translate", &[HOST], 415),
            (
                "POST /v1/translate",
                &[HOST, ("content-type", "text/plain")],
                415,
            ),
            ("DELETE /v1/x", &[HOST], 0),
            // A page of this server, one of an earlier start, one of another site.
            ("PUT /v1/x", &[HOST, JSON, own, page], 0),
            ("PUT /v1/x", &[HOST, JSON, own], 403),
            ("PUT /v1/x", &[HOST, JSON, own, (PAGE, "0")], 403),
            ("DELETE /v1/x", &[HOST, own], 403),
            (
                "PUT /v1/x",
                &[HOST, JSON, page, ("origin", "http://evil.test")],
                403,
            ),
            ("PUT /v1/x", &[HOST, JSON, page, ("origin", "null")], 403),
            (
                "PUT /v1/x",
                &[HOST, JSON, page, ("origin", "http://127.0.0.1:1")],
                403,
            ),
            (
                "PUT /v1/x",
                &[HOST, JSON, page, ("sec-fetch-site", "cross-site")],
                403,
            ),
            (
                "PUT /v1/x",
                &[HOST, JSON, page, ("sec-fetch-site", "same-site")],
                403,
            ),
            (
                "PUT /v1/x",
                &[HOST, JSON, ("sec-fetch-site", "same-origin")],
                403,
            ),
            ("PUT /v1/x", &[HOST, JSON, ("cookie", "a=b")], 403),
        ];
        for (request, headers, expected) in table {
            assert_eq!(
                status(&guard, request, headers),
                *expected,
                "{request} {headers:?}"
            );
        }
        assert_eq!(guard.cookie(""), None);
    }

    #[test]
    fn with_a_token() {
        let token = "a-token-of-the-desk";
        let guard = Guard::new(&Access {
            token: Secret::new(token),
            hosts: Vec::new(),
        })
        .unwrap();
        assert_eq!(guard.cookie("another-token-of-it"), None);
        let cookie = guard.cookie(token).unwrap();
        assert!(!cookie.contains(token), "the cookie is no token");
        let cookie = ("cookie", cookie.split(';').next().unwrap());
        let bearer = format!("Bearer {token}");
        let bearer = ("authorization", bearer.as_str());
        let wrong = ("authorization", "Bearer another-token-of-it");
        let page = (PAGE, guard.page());
        let table: &[Case<'_>] = &[
            ("GET /", &[HOST], 303),
            ("GET /articles/a", &[HOST, wrong], 303),
            ("GET /v1/articles", &[HOST], 401),
            ("GET /v1/articles", &[HOST, wrong], 401),
            ("GET /v1/articles", &[HOST, ("cookie", "anubad=0")], 401),
            ("GET /v1/articles", &[HOST, bearer], 0),
            ("GET /v1/articles", &[HOST, cookie], 0),
            ("GET /v1/health", &[HOST], 0),
            ("GET /login", &[HOST], 0),
            ("POST /login", &[HOST], 0),
            ("POST /login", &[HOST, ("origin", "http://evil.test")], 403),
            ("POST /v1/translate", &[HOST, JSON], 401),
            ("POST /v1/translate", &[HOST, JSON, bearer], 0),
            ("POST /v1/translate", &[HOST, JSON, cookie], 403),
            ("POST /v1/translate", &[HOST, JSON, cookie, page], 0),
        ];
        for (request, headers, expected) in table {
            assert_eq!(
                status(&guard, request, headers),
                *expected,
                "{request} {headers:?}"
            );
        }
        assert!(!format!("{guard:?}").contains(token));
    }
}
