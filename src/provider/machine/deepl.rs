//! DeepL API, free and paid.
//!
//! Followed: `/v2/translate` of DeepL's own description (`DeepLcom/openapi`,
//! June 2026), "Error handling", "XML handling" and "Languages supported" of
//! developers.deepl.com. Bangla is translated, but has neither tags nor glossaries
//! nor formality; values stay visible in both of its directions. (The option for
//! languages in beta has no effect any more.)

use async_trait::async_trait;
use serde::Deserialize;
use serde_json::{Value, json};

use super::resource::{self, Resource, When};
use super::{Facts, Request, Service, says, texts};
use crate::language::{Language, Pair};
use crate::provider::http::{Call, Client, Refusal, Verdict};
use crate::provider::{Error, ErrorKind, Protection};

/// Where paid keys are served.
pub const PAID: &str = "https://api.deepl.com";
/// Where free ones are, which end in `:fx`.
pub const FREE: &str = "https://api-free.deepl.com";

/// The keys of `kind = "deepl"`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DeepL {
    /// What English is asked for.
    pub english: English,
    /// A glossary by its id. (DeepL has none for Bangla.)
    pub glossary: Option<Resource>,
    /// When it is used.
    pub glossary_when: When,
}

/// The English of a translation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum English {
    /// British.
    #[serde(rename = "EN-GB")]
    British,
    /// American.
    #[serde(rename = "EN-US")]
    American,
}

impl Default for DeepL {
    fn default() -> Self {
        Self {
            english: English::British,
            glossary: None,
            glossary_when: When::default(),
        }
    }
}

impl DeepL {
    fn target(&self, language: Language) -> String {
        match (language, self.english) {
            (Language::ENGLISH, English::British) => "EN-GB".to_owned(),
            (Language::ENGLISH, English::American) => "EN-US".to_owned(),
            (other, _) => other.code().to_ascii_uppercase(),
        }
    }
}

/// Whether DeepL has nothing but translation for a direction.
fn is_bare(pair: Pair) -> bool {
    [pair.source, pair.target].contains(&Language::BANGLA)
}

#[async_trait]
impl Service for DeepL {
    fn facts(&self) -> Facts {
        Facts {
            model: "deepl".to_owned(),
            version: format!(
                "{:?} {}",
                self.english,
                resource::version(self.glossary.as_ref(), self.glossary_when)
            ),
            max_texts: 50,
            // 128 KiB of body, less what stands around the texts.
            max_size: 126 * 1024,
            protection: Protection::Plain,
        }
    }

    fn protection(&self, pair: Pair) -> Protection {
        if is_bare(pair) {
            Protection::Plain
        } else {
            Protection::Tags
        }
    }

    /// Bytes of the body.
    fn measure(&self, text: &str) -> usize {
        Value::from(text).to_string().len() + 1
    }

    fn request(&self, client: &Client, request: &Request<'_>) -> Result<Call, Error> {
        let pair = request.pair;
        let mut body = json!({
            "text": request.texts,
            "source_lang": pair.source.code().to_ascii_uppercase(),
            "target_lang": self.target(pair.target),
            // A text is a sentence already.
            "split_sentences": "0",
            "preserve_formatting": true,
        });
        if request.protection == Protection::Tags {
            body["tag_handling"] = "xml".into();
            body["ignore_tags"] = json!(["x"]);
        }
        let glossary = resource::used(self.glossary.as_ref(), self.glossary_when, request);
        if let Some(glossary) = glossary.filter(|_| !is_bare(pair)) {
            body["glossary_id"] = glossary.into();
        }
        Ok(Call::post(client.url("/v2/translate"), &body).key(
            "Authorization",
            "DeepL-Auth-Key ",
            client.secret(),
        ))
    }

    fn answer(&self, answer: &Value) -> Option<Vec<String>> {
        texts(answer, "/translations", "/text")
    }

    /// 456 is a spent quota, 529 another word for 429.
    fn judge(&self, refusal: &Refusal) -> Verdict {
        let kind = match refusal.status {
            456 => ErrorKind::Quota,
            529 => ErrorKind::RateLimited,
            400 if says(
                refusal,
                "/message",
                &["_lang' not supported", "not supported"],
            ) =>
            {
                ErrorKind::UnsupportedPair
            }
            _ => return refusal.verdict(),
        };
        Verdict::new(kind, refusal)
    }
}
