//! LibreTranslate, one's own server or a public one.
//!
//! Followed: `POST /translate` of the API documentation that every server shows
//! under `/docs`, and `libretranslate/app.py` of version 1.9.6. Up to 1.6 the limit of
//! characters was one of all texts together, since then of each; the smaller is kept.
//! Its limit of requests counts texts. What comes back is unescaped, HTML as well.

use async_trait::async_trait;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Facts, Request, Service, says, texts};
use crate::provider::http::{Call, Client, Refusal, Verdict};
use crate::provider::{Error, ErrorKind, Protection, Retry};

/// The keys of `kind = "libretranslate"`. What a request may hold is the
/// operator's choice (`--char-limit`, `--batch-limit`).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LibreTranslate {
    /// Most texts in a request.
    pub max_texts: usize,
    /// Most characters in a request.
    pub max_characters: usize,
    /// Whether values travel in HTML, which the server leaves alone, or visible.
    pub html: bool,
}

impl Default for LibreTranslate {
    fn default() -> Self {
        Self {
            max_texts: 25,
            max_characters: 2000,
            html: true,
        }
    }
}

#[async_trait]
impl Service for LibreTranslate {
    fn facts(&self) -> Facts {
        Facts {
            model: "libretranslate".to_owned(),
            version: if self.html { "html" } else { "text" }.to_owned(),
            max_texts: self.max_texts,
            max_size: self.max_characters,
            protection: if self.html {
                Protection::Html
            } else {
                Protection::Plain
            },
        }
    }

    fn request(&self, client: &Client, request: &Request<'_>) -> Result<Call, Error> {
        let mut body = json!({
            "q": request.texts,
            "source": request.pair.source.code(),
            "target": request.pair.target.code(),
            "format": match request.protection {
                Protection::Html => "html",
                _ => "text",
            },
        });
        // The key is part of the body; there is no header for it.
        if let Some(key) = client.secret() {
            body["api_key"] = key.expose().into();
        }
        Ok(Call::post(client.url("/translate"), &body))
    }

    fn answer(&self, answer: &Value) -> Option<Vec<String>> {
        texts(answer, "/translatedText", "")
    }

    /// It takes a batch for as many requests as it has texts.
    fn requests(&self, texts: usize) -> usize {
        texts.max(1)
    }

    /// 400 is any of: no key, over the limit, a language that is not installed; 403 is a
    /// wrong key or a caller that went over the limit of requests too often.
    fn judge(&self, refusal: &Refusal) -> Verdict {
        if refusal.status == 403 && says(refusal, "/error", &["too many request"]) {
            // Whoever goes on asking is shut out for longer.
            return Verdict {
                retry: Retry::Never,
                ..Verdict::new(ErrorKind::RateLimited, refusal)
            };
        }
        let kind = if says(refusal, "/error", &["api key"]) {
            ErrorKind::Denied
        } else if says(refusal, "/error", &["exceeds", "too long", "too large"]) {
            ErrorKind::TooLarge
        } else if says(refusal, "/error", &["not supported", "not available"]) {
            ErrorKind::UnsupportedPair
        } else {
            return refusal.verdict();
        };
        Verdict::new(kind, refusal)
    }

    /// A server that takes its caller for a scraper answers 200 with an emoji.
    async fn ask(&self, client: &Client, request: &Request<'_>) -> Result<Vec<String>, Error> {
        let call = self.request(client, request)?;
        let answer = client.json(call, |refusal| self.judge(refusal)).await?;
        let answers = self
            .answer(&answer)
            .ok_or_else(|| client.malformed("no translations where they should stand"))?;
        let has_words = |text: &String| {
            let bare = ["&amp;", "&lt;", "&gt;"]
                .iter()
                .fold(text.clone(), |text, entity| text.replace(entity, ""));
            bare.chars().any(char::is_alphanumeric)
        };
        if request.texts.iter().any(has_words) && !answers.iter().any(has_words) {
            return Err(client.error(
                ErrorKind::Denied,
                "it answers with signs instead of words, as its servers do to those whom they \
                 take for scrapers",
            ));
        }
        Ok(answers)
    }
}
