//! A service account of Google: its key signs a request for a token, which lasts an
//! hour and is then asked for again.
//!
//! Followed: "Using OAuth 2.0 for Server to Server Applications" of
//! developers.google.com/identity; RFC 7523 for the signed request.

use std::path::Path;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use ring::rand::SystemRandom;
use ring::signature::{RSA_PKCS1_SHA256, RsaKeyPair};
use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::pki_types::pem::PemObject;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::Mutex;
use tokio::time::Instant;
use url::{Host, Url};

use crate::provider::http::{Call, Client, Method, Refusal};
use crate::provider::secret::{Secret, sealed_file};
use crate::provider::{Error, ErrorKind, Retry};

/// What a token is good for.
const SCOPE: &str = "https://www.googleapis.com/auth/cloud-translation";

/// Time before its end at which a token is no longer used.
const MARGIN: Duration = Duration::from_mins(2);

/// A service account.
pub struct Account {
    email: String,
    key: RsaKeyPair,
    place: Url,
    token: Mutex<Option<Token>>,
}

struct Token {
    secret: Secret,
    until: Instant,
}

/// The fields of the file that Google writes.
#[derive(Deserialize)]
struct Written {
    client_email: String,
    private_key: String,
    token_uri: String,
}

impl Account {
    /// Reads the file of provider `name`.
    ///
    /// # Errors
    /// When it cannot be read, others may read it, or it is no service account.
    pub fn read(name: &str, path: &Path) -> Result<Self, Error> {
        let text = sealed_file(name, path)?;
        let wrong = |what: &str| Error {
            provider: name.to_owned(),
            kind: ErrorKind::Denied,
            message: format!(
                "{} {what}; write the path of the JSON file of a service account into `service_account`",
                path.display()
            ),
            retry: Retry::Never,
        };
        // (What the reader says about it may repeat the key.)
        let written: Written =
            serde_json::from_str(&text).map_err(|_| wrong("is no service account"))?;
        let key = zeroize::Zeroizing::new(written.private_key);
        let der = PrivatePkcs8KeyDer::from_pem_slice(key.as_bytes())
            .map_err(|_| wrong("has no private key"))?;
        let key = RsaKeyPair::from_pkcs8(der.secret_pkcs8_der())
            .map_err(|_| wrong("has no key that can be used"))?;
        Ok(Self {
            email: written.client_email,
            key,
            place: Url::parse(&written.token_uri).map_err(|_| wrong("has no `token_uri`"))?,
            token: Mutex::default(),
        })
    }

    /// A token that is good for some minutes at least.
    ///
    /// # Errors
    /// When none is given.
    pub(super) async fn token(&self, client: &Client) -> Result<Secret, Error> {
        let mut kept = self.token.lock().await;
        if let Some(token) = kept.as_ref().filter(|token| token.until > Instant::now()) {
            return Ok(token.secret.clone());
        }
        for url in [&self.place, &client.url("")] {
            if !is_safe(url) {
                let cause = "a token would travel unencrypted";
                return Err(client.error(ErrorKind::Invalid, cause));
            }
        }
        let began = Instant::now();
        let signed = self
            .signed(Timestamp::now())
            .ok_or_else(|| client.error(ErrorKind::Denied, "its key does not sign"))?;
        let body = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer")
            .append_pair("assertion", &signed)
            .finish();
        let call = Call::new(Method::POST, self.place.clone())
            .header("Content-Type", "application/x-www-form-urlencoded")
            .body(body.into_bytes());
        let judge = |refusal: &Refusal| match refusal.status {
            // An account that was taken away, or a clock that is wrong.
            400 => crate::provider::http::Verdict::new(ErrorKind::Denied, refusal)
                .coded(refusal.body.get("error")),
            _ => refusal.verdict(),
        };
        let answer = client.json(call, judge).await?;
        let secret = answer
            .get("access_token")
            .and_then(Value::as_str)
            .and_then(Secret::new)
            .ok_or_else(|| client.malformed("no token"))?;
        let lasts = answer.get("expires_in").and_then(Value::as_u64);
        let lasts = Duration::from_secs(lasts.unwrap_or(3600).min(24 * 3600));
        *kept = Some(Token {
            secret: secret.clone(),
            until: began + lasts.saturating_sub(MARGIN),
        });
        Ok(secret)
    }

    /// The token was not accepted: the next call asks for another.
    pub(super) async fn forget(&self) {
        *self.token.lock().await = None;
    }

    /// The request for a token (a JSON Web Token), signed.
    fn signed(&self, now: Timestamp) -> Option<String> {
        let header = json!({ "alg": "RS256", "typ": "JWT" });
        let claims = json!({
            "iss": self.email,
            "scope": SCOPE,
            "aud": self.place.as_str(),
            "iat": now.as_second(),
            "exp": now.as_second() + 3600,
        });
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let text = format!("{}.{}", part(&header), part(&claims));
        let mut signature = vec![0; self.key.public().modulus_len()];
        self.key
            .sign(
                &RSA_PKCS1_SHA256,
                &SystemRandom::new(),
                text.as_bytes(),
                &mut signature,
            )
            .ok()?;
        Some(format!("{text}.{}", URL_SAFE_NO_PAD.encode(signature)))
    }
}

/// Encrypted, or on this machine.
fn is_safe(url: &Url) -> bool {
    url.scheme() == "https"
        || match url.host() {
            Some(Host::Ipv4(ip)) => ip.is_loopback(),
            Some(Host::Ipv6(ip)) => ip.is_loopback(),
            _ => false,
        }
}
