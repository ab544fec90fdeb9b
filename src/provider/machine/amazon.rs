//! Amazon Translate, real-time: one text a request, each of them signed (SigV4).
//!
//! Followed: `TranslateText` of the API reference (2017-07-01), "Guidelines and
//! limits" and "Using do-not-translate" of the developer guide (tags of HTML are
//! honoured by `TranslateText`); "Signing requests with temporary security
//! credentials" of the IAM guide.

use std::time::SystemTime;

use async_trait::async_trait;
use aws_credential_types::Credentials;
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign};
use aws_sigv4::sign::v4;
use serde::Deserialize;
use serde_json::{Value, json};

use super::resource::{self, Resource, When};
use super::{Facts, Request, Service, texts};
use crate::provider::http::{Call, Client, Method, Refusal, Verdict};
use crate::provider::secret::{KeySource, Secret};
use crate::provider::{Error, ErrorKind, Protection};

/// What is asked for, as the service calls it.
const TARGET: &str = "AWSShineFrontendService_20170701.TranslateText";
const TYPE: &str = "application/x-amz-json-1.1";

/// The keys of `kind = "amazon"`. The provider's `key` is the secret access key.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Amazon {
    /// The id of the access key, which is no secret.
    pub access_key_id: String,
    /// The region, such as `ap-south-1`.
    pub region: String,
    /// Where the session token of temporary credentials is read from.
    #[serde(default)]
    pub session_token: Option<KeySource>,
    /// A custom terminology by its name.
    #[serde(default)]
    pub terminology: Option<Resource>,
    /// When it is used.
    #[serde(default)]
    pub terminology_when: When,
}

/// An [`Amazon`] with the token of its session.
pub struct Signed {
    settings: Amazon,
    session: Option<Secret>,
}

impl Signed {
    /// With the token that `settings` name, where they name one.
    #[must_use]
    pub fn new(settings: Amazon, session: Option<Secret>) -> Self {
        Self { settings, session }
    }
}

impl Amazon {
    /// Where the region is served.
    #[must_use]
    pub fn url(&self) -> String {
        format!("https://translate.{}.amazonaws.com", self.region)
    }
}

impl Signed {
    /// The headers that sign a request; `None` where it cannot be signed.
    fn signature(&self, url: &str, body: &[u8], key: &Secret) -> Option<Vec<(String, Secret)>> {
        let id = &self.settings.access_key_id;
        let session = self.session.as_ref().map(|token| token.expose().to_owned());
        let identity = Credentials::new(id, key.expose(), session, None, "anubad").into();
        let params = v4::SigningParams::builder()
            .identity(&identity)
            .region(&self.settings.region)
            .name("translate")
            .time(SystemTime::now())
            .settings(SigningSettings::default())
            .build()
            .ok()?
            .into();
        let headers = [("content-type", TYPE), ("x-amz-target", TARGET)];
        let body = SignableBody::Bytes(body);
        let request = SignableRequest::new("POST", url, headers.into_iter(), body).ok()?;
        let (instructions, _) = sign(request, &params).ok()?.into_parts();
        (instructions.headers())
            .map(|(name, value)| Some((name.to_owned(), Secret::sealed(value)?)))
            .collect()
    }
}

#[async_trait]
impl Service for Signed {
    fn facts(&self) -> Facts {
        Facts {
            model: "amazon-translate".to_owned(),
            version: resource::version(
                self.settings.terminology.as_ref(),
                self.settings.terminology_when,
            ),
            max_texts: 1,
            max_size: 10_000,
            protection: Protection::Html,
        }
    }

    /// Bytes: a Bangla character is three.
    fn measure(&self, text: &str) -> usize {
        text.len()
    }

    fn request(&self, client: &Client, request: &Request<'_>) -> Result<Call, Error> {
        let mut body = json!({
            "Text": request.texts.concat(),
            "SourceLanguageCode": request.pair.source.code(),
            "TargetLanguageCode": request.pair.target.code(),
        });
        let Amazon {
            terminology,
            terminology_when,
            ..
        } = &self.settings;
        if let Some(terminology) = resource::used(terminology.as_ref(), *terminology_when, request)
        {
            body["TerminologyNames"] = json!([terminology]);
        }
        let (url, body) = (client.url("/"), body.to_string().into_bytes());
        let signed = (client.secret()).and_then(|key| self.signature(url.as_str(), &body, key));
        let Some(signed) = signed else {
            let cause = "no request can be signed with its key, `access_key_id` and `region`";
            return Err(client.error(ErrorKind::Denied, cause));
        };
        let mut call = Call::new(Method::POST, url)
            .header("Content-Type", TYPE)
            .header("X-Amz-Target", TARGET)
            .body(body);
        for (name, value) in &signed {
            call = call.key(name, "", Some(value));
        }
        Ok(call)
    }

    fn answer(&self, answer: &Value) -> Option<Vec<String>> {
        texts(answer, "/TranslatedText", "")
    }

    /// Most errors are a 400 with their name under `__type`, behind a namespace and
    /// perhaps before a URL.
    fn judge(&self, refusal: &Refusal) -> Verdict {
        let name = refusal.text("/__type");
        let name = name.split(':').next().unwrap_or_default();
        let name = name.rsplit('#').next().unwrap_or_default();
        let kind = match name {
            "TooManyRequestsException" | "ThrottlingException" => ErrorKind::RateLimited,
            "LimitExceededException" => ErrorKind::Quota,
            "TextSizeLimitExceededException" => ErrorKind::TooLarge,
            "UnsupportedLanguagePairException" => ErrorKind::UnsupportedPair,
            "InternalServerException" | "ServiceUnavailableException" => ErrorKind::Unavailable,
            "AccessDeniedException"
            | "ExpiredTokenException"
            | "InvalidSignatureException"
            | "MissingAuthenticationTokenException"
            | "SignatureDoesNotMatch"
            | "UnrecognizedClientException" => ErrorKind::Denied,
            _ => refusal.verdict().kind,
        };
        Verdict::new(kind, refusal).coded(Some(&name.into()))
    }
}
