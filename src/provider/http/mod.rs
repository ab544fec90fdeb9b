//! The way to services on the network, the same for all of them.
//!
//! One client a provider. It asks over https or http and nothing else, reaches
//! no address inside a network that was not allowed by name ([`Access`]),
//! follows no redirect (a key never travels on), reads no more of an answer
//! than a bound, and turns what goes wrong into an [`Error`] that says whether
//! waiting helps. It never retries and keeps no clock: layers do.
//! Messages and logs hold no key, no text and no query of a URL.

mod access;
mod failure;
mod wait;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, RETRY_AFTER};
use reqwest::redirect::Policy;
use rustls_platform_verifier::BuilderVerifierExt;
use serde_json::Value;
use url::Url;

use super::secret::Secret;
use super::{Error, ErrorKind, Retry};
pub use access::Access;
pub use failure::{Refusal, Verdict};
pub use reqwest::Method;

/// Most bytes of an answer: many times a full batch.
pub const LARGEST: usize = 16 * 1024 * 1024;

/// Most time that a connection may take to be there.
const CONNECTING: Duration = Duration::from_secs(10);

/// How a service is reached.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The name of the provider.
    pub name: String,
    /// Where the service is.
    pub url: Url,
    /// Which addresses inside a network may be reached.
    pub access: Access,
    /// The proxy that all requests go through.
    pub proxy: Option<Url>,
    /// The key that requests carry.
    pub key: Option<Secret>,
}

/// The client of one provider.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    settings: Settings,
}

/// One request.
#[derive(Debug, Clone)]
pub struct Call {
    method: Method,
    url: Url,
    headers: HeaderMap,
    body: Vec<u8>,
}

/// An answer whose body is still on its way.
#[derive(Debug)]
pub struct Arriving<'c> {
    client: &'c Client,
    response: reqwest::Response,
}

/// A whole answer, whatever its status.
#[derive(Clone)]
pub struct Answer {
    /// The status of HTTP.
    pub status: u16,
    /// How long the service asks to wait.
    pub wait: Option<Duration>,
    /// What it said.
    pub body: Vec<u8>,
}

impl Call {
    /// A request without a body.
    #[must_use]
    pub fn new(method: Method, url: Url) -> Self {
        Self {
            method,
            url,
            headers: HeaderMap::new(),
            body: Vec::new(),
        }
    }

    /// A request with a JSON body.
    #[must_use]
    pub fn post(url: Url, body: &Value) -> Self {
        let mut call = Self::new(Method::POST, url);
        call.headers
            .insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        call.body = body.to_string().into_bytes();
        call
    }

    /// With a body as it stands.
    #[must_use]
    pub fn body(mut self, body: Vec<u8>) -> Self {
        self.body = body;
        self
    }

    /// Whether HTTP can carry a header.
    #[must_use]
    pub fn carries(name: &str, value: &str) -> bool {
        HeaderName::from_bytes(name.as_bytes()).is_ok() && HeaderValue::from_str(value).is_ok()
    }

    /// With a header. A value that no header can carry is left out: what comes
    /// from a configuration is checked where it is read.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        if let (Ok(name), Ok(value)) = (
            HeaderName::from_bytes(name.as_bytes()),
            HeaderValue::from_str(value),
        ) {
            self.headers.insert(name, value);
        }
        self
    }

    /// With a header that carries a key behind `prefix`; logs of libraries that
    /// show headers do not show this one.
    #[must_use]
    pub fn key(mut self, name: &str, prefix: &str, key: Option<&Secret>) -> Self {
        let Some(key) = key else { return self };
        let value = zeroize::Zeroizing::new(format!("{prefix}{}", key.expose()));
        if let (Ok(name), Ok(mut value)) = (
            HeaderName::from_bytes(name.as_bytes()),
            HeaderValue::from_str(&value),
        ) {
            value.set_sensitive(true);
            self.headers.insert(name, value);
        }
        self
    }
}

impl Client {
    /// A client for a service.
    ///
    /// # Errors
    /// When its URL or proxy may not be asked, or no trusted certificates are found.
    pub fn new(settings: Settings) -> Result<Self, Error> {
        let invalid = |message: String| Error {
            provider: settings.name.clone(),
            kind: ErrorKind::Invalid,
            message,
            retry: Retry::Never,
        };
        settings
            .access
            .check(&settings.url, settings.key.is_some())
            .map_err(invalid)?;
        let tls = tls(settings.url.scheme() == "https").map_err(invalid)?;
        let mut builder = reqwest::Client::builder()
            .tls_backend_preconfigured(tls)
            .redirect(Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .connect_timeout(CONNECTING)
            .user_agent(concat!("anubad/", env!("CARGO_PKG_VERSION")))
            .dns_resolver(Arc::new(settings.access.clone()))
            .no_proxy();
        if let Some(proxy) = &settings.proxy {
            settings.access.check(proxy, false).map_err(invalid)?;
            let proxy = reqwest::Proxy::all(proxy.clone())
                .map_err(|_| invalid("`proxy` is no address of a proxy".to_owned()))?;
            builder = builder.proxy(proxy);
        }
        let http = builder
            .build()
            .map_err(|error| invalid(failure::broken(&error).2))?;
        Ok(Self { http, settings })
    }

    /// The name of the provider.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.settings.name
    }

    /// The key that requests carry.
    #[must_use]
    pub fn secret(&self) -> Option<&Secret> {
        self.settings.key.as_ref()
    }

    /// The service's URL with `path` behind it.
    #[must_use]
    pub fn url(&self, path: &str) -> Url {
        let mut url = self.settings.url.clone();
        if path.is_empty() {
            return url;
        }
        let base = url.path().trim_end_matches('/').to_owned();
        url.set_path(&format!("{base}{path}"));
        url
    }

    /// An error of this provider, with what to do about it.
    #[must_use]
    pub fn error(&self, kind: ErrorKind, cause: &str) -> Error {
        self.fail(
            kind,
            Retry::Never,
            format!("{cause}; {}", failure::advice(kind)),
        )
    }

    /// An answer that does not have what it should have.
    #[must_use]
    pub fn malformed(&self, what: &str) -> Error {
        self.error(ErrorKind::Malformed, &format!("its answer has {what}"))
    }

    fn fail(&self, kind: ErrorKind, retry: Retry, message: String) -> Error {
        Error {
            provider: self.settings.name.clone(),
            kind,
            message,
            retry,
        }
    }

    /// Asks, and gives the answer as it arrives, whatever its status.
    ///
    /// # Errors
    /// When the answer does not begin.
    pub async fn open(&self, call: Call) -> Result<Arriving<'_>, Error> {
        self.settings
            .access
            .check(&call.url, self.settings.key.is_some())
            .map_err(|message| self.fail(ErrorKind::Invalid, Retry::Never, message))?;
        let mut request = self
            .http
            .request(call.method, call.url)
            .headers(call.headers);
        if !call.body.is_empty() {
            request = request.body(call.body);
        }
        let response = request.send().await.map_err(|error| self.broken(&error))?;
        Ok(Arriving {
            client: self,
            response,
        })
    }

    /// Asks, and reads the whole answer, whatever its status.
    ///
    /// # Errors
    /// When there is no whole answer, or a longer one than [`LARGEST`].
    pub async fn send(&self, call: Call) -> Result<Answer, Error> {
        let sent = call.body.len();
        let mut arriving = self.open(call).await?;
        let status = arriving.status();
        let wait = arriving
            .header("retry-after-ms")
            .and_then(wait::milliseconds)
            .or_else(|| wait::read(arriving.header(RETRY_AFTER.as_str())?, Timestamp::now()));
        let mut body = Vec::new();
        while let Some(chunk) = arriving.chunk().await? {
            let chunk = chunk.as_ref();
            if body.len() + chunk.len() > LARGEST {
                let cause = format!("its answer is longer than {} MB", LARGEST / (1024 * 1024));
                return Err(self.error(ErrorKind::Malformed, &cause));
            }
            body.extend_from_slice(chunk);
        }
        tracing::debug!(
            provider = self.settings.name,
            status,
            sent,
            received = body.len(),
            "answered"
        );
        Ok(Answer { status, wait, body })
    }

    fn broken(&self, error: &reqwest::Error) -> Error {
        let (kind, retry, message) = failure::broken(error);
        self.fail(kind, retry, message)
    }

    /// Asks, and reads a JSON answer. `judge` says what a refusal means where
    /// the status alone does not.
    ///
    /// # Errors
    /// When there is no answer, a refusal, or no JSON.
    pub async fn json(
        &self,
        call: Call,
        judge: impl Fn(&Refusal) -> Verdict,
    ) -> Result<Value, Error> {
        let answer = self.send(call).await?;
        let body: Result<Value, _> = serde_json::from_slice(&answer.body);
        if (200..300).contains(&answer.status) {
            return body.map_err(|_| self.malformed("no JSON"));
        }
        let refusal = Refusal {
            status: answer.status,
            wait: answer.wait,
            body: body.unwrap_or_default(),
        };
        Err(self.refused(&refusal, &judge(&refusal)))
    }

    /// The error that a refusal is.
    #[must_use]
    pub fn refused(&self, refusal: &Refusal, verdict: &Verdict) -> Error {
        let status = refusal.status;
        // A service that repeats the key as its code is not repeated.
        let told = verdict
            .code
            .as_ref()
            .filter(|code| self.secret().is_none_or(|key| !key.is_in(code)))
            .map_or_else(String::new, |code| format!(" ({code})"));
        let advice = if (300..400).contains(&status) {
            "the service has moved, and a redirect is not followed with a key; write its new \
             address into `url`"
        } else {
            (verdict.advice).unwrap_or_else(|| failure::advice(verdict.kind))
        };
        self.fail(
            verdict.kind,
            verdict.retry,
            format!("HTTP {status}{told}: {advice}"),
        )
    }
}

impl Arriving<'_> {
    /// The status of HTTP.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.response.status().as_u16()
    }

    /// A header of the answer, where it is text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.response.headers().get(name)?.to_str().ok()
    }

    /// The next bytes; `None` at the end.
    ///
    /// # Errors
    /// When the connection breaks before the end.
    pub async fn chunk(&mut self) -> Result<Option<impl AsRef<[u8]> + use<>>, Error> {
        self.response
            .chunk()
            .await
            .map_err(|error| self.client.broken(&error))
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("name", &self.settings.name)
            .field("host", &self.settings.url.host_str())
            .finish_non_exhaustive()
    }
}

/// `ring` as the cryptography, and the certificates that the machine trusts.
/// They are not looked for where nothing is encrypted: a machine without any can
/// still reach a server of its own.
pub(crate) fn tls(encrypted: bool) -> Result<rustls::ClientConfig, String> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let versions = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|_| "this build knows no version of TLS".to_owned())?;
    let mut config = if encrypted {
        versions
            .with_platform_verifier()
            .map_err(|_| {
                "this machine has no trusted certificates; install its `ca-certificates`".to_owned()
            })?
            .with_no_client_auth()
    } else {
        versions
            .with_root_certificates(rustls::RootCertStore::empty())
            .with_no_client_auth()
    };
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}
