//! Google Cloud Translation, Advanced edition (v3): a project, an OAuth token,
//! glossaries by name.
//!
//! Followed: "projects.locations.translateText" of the v3 REST reference, "Quotas
//! and limits". The token is the provider's `key` and lasts an hour, or it is made
//! for a service account.

use std::path::PathBuf;

use async_trait::async_trait;
use serde::Deserialize;
use serde_json::{Value, json};

use super::google_account::Account;
use super::google_v2::verdict;
use super::resource::{self, Resource, When};
use super::{Facts, Request, Service, texts};
use crate::provider::http::{Call, Client, Refusal, Verdict};
use crate::provider::secret::Secret;
use crate::provider::{Error, ErrorKind, Protection};

/// Where it is served.
pub const URL: &str = "https://translation.googleapis.com";

/// The keys of `kind = "google-v3"`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GoogleV3 {
    /// The project that pays.
    pub project: String,
    /// Where its glossaries and models are.
    #[serde(default = "global")]
    pub location: String,
    /// A model, such as `general/nmt` or `general/translation-llm`.
    #[serde(default = "nmt")]
    pub model: String,
    /// A glossary by its name in the project.
    #[serde(default)]
    pub glossary: Option<Resource>,
    /// When it is used.
    #[serde(default)]
    pub glossary_when: When,
    /// The JSON file of a service account, in place of a key.
    #[serde(default)]
    pub service_account: Option<PathBuf>,
}

/// A [`GoogleV3`] with what makes its tokens.
pub struct Advanced {
    settings: GoogleV3,
    account: Option<Account>,
}

impl Advanced {
    /// With the account that `settings` name, where they name one.
    #[must_use]
    pub fn new(settings: GoogleV3, account: Option<Account>) -> Self {
        Self { settings, account }
    }
}

fn global() -> String {
    "global".to_owned()
}

fn nmt() -> String {
    "general/nmt".to_owned()
}

impl GoogleV3 {
    fn parent(&self) -> String {
        format!("projects/{}/locations/{}", self.project, self.location)
    }

    /// The language model takes plain text alone.
    fn is_html(&self) -> bool {
        !self.model.contains("llm")
    }

    fn call(&self, client: &Client, request: &Request<'_>, token: Option<&Secret>) -> Call {
        let parent = self.parent();
        let mut body = json!({
            "contents": request.texts,
            "sourceLanguageCode": request.pair.source.code(),
            "targetLanguageCode": request.pair.target.code(),
            "mimeType": match request.protection {
                Protection::Html => "text/html",
                _ => "text/plain",
            },
            "model": format!("{parent}/models/{}", self.model),
        });
        let glossary = resource::used(self.glossary.as_ref(), self.glossary_when, request);
        if let Some(glossary) = glossary {
            body["glossaryConfig"] = json!({
                "glossary": format!("{parent}/glossaries/{glossary}"),
                "ignoreCase": true,
            });
        }
        Call::post(client.url(&format!("/v3/{parent}:translateText")), &body)
            .key("Authorization", "Bearer ", token)
            .header("X-Goog-User-Project", &self.project)
    }
}

#[async_trait]
impl Service for Advanced {
    fn facts(&self) -> Facts {
        Facts {
            model: format!("google-v3/{}", self.settings.model),
            version: resource::version(
                self.settings.glossary.as_ref(),
                self.settings.glossary_when,
            ),
            max_texts: 1024,
            max_size: 30_000,
            protection: if self.settings.is_html() {
                Protection::Html
            } else {
                Protection::Plain
            },
        }
    }

    fn request(&self, client: &Client, request: &Request<'_>) -> Result<Call, Error> {
        Ok(self.settings.call(client, request, client.secret()))
    }

    /// With a glossary, the translations that follow it stand in a list of their own.
    fn answer(&self, answer: &Value) -> Option<Vec<String>> {
        let list = |name| texts(answer, name, "/translatedText");
        list("/glossaryTranslations").or_else(|| list("/translations"))
    }

    fn judge(&self, refusal: &Refusal) -> Verdict {
        verdict(refusal).coded(refusal.body.pointer("/error/status"))
    }

    async fn ask(&self, client: &Client, request: &Request<'_>) -> Result<Vec<String>, Error> {
        let call = match &self.account {
            None => self.request(client, request)?,
            Some(account) => {
                let token = account.token(client).await?;
                self.settings.call(client, request, Some(&token))
            }
        };
        let answer = client.json(call, |refusal| self.judge(refusal)).await;
        if let (Some(account), Err(error)) = (&self.account, &answer)
            && error.kind == ErrorKind::Denied
        {
            account.forget().await;
        }
        self.answer(&answer?)
            .ok_or_else(|| client.malformed("no translations where they should stand"))
    }
}
