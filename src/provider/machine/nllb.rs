//! nllb-serve: Meta's NLLB models behind a small server of one's own.
//!
//! Followed: README and `app.py` of thammegowda/nllb-serve, version 0.2.1. It ends every
//! translation after 80 tokens (`max_length`), whatever its option for the length of
//! sources says, and without a word.

use async_trait::async_trait;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Facts, Request, Service, texts};
use crate::language::Language;
use crate::provider::http::{Call, Client};
use crate::provider::{Error, ErrorKind, Protection};

/// Where it listens if not told otherwise.
pub const URL: &str = "http://localhost:6060";

/// The keys of `kind = "nllb-serve"`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Nllb {
    /// Most tokens of a translation (`max_length` in the server). It is cut there, so
    /// nothing is sent that may become longer.
    pub max_tokens: usize,
    /// Most texts in a request.
    pub max_texts: usize,
}

impl Default for Nllb {
    fn default() -> Self {
        Self {
            max_tokens: 80,
            max_texts: 16,
        }
    }
}

/// Tokens a thousand characters.
const PER_THOUSAND: usize = 350;

/// What NLLB calls languages: ISO 639-3 and the script.
const LANGUAGES: [(&str, &str); 24] = [
    ("en", "eng_Latn"),
    ("bn", "ben_Beng"),
    ("ar", "arb_Arab"),
    ("as", "asm_Beng"),
    ("de", "deu_Latn"),
    ("es", "spa_Latn"),
    ("fa", "pes_Arab"),
    ("fr", "fra_Latn"),
    ("gu", "guj_Gujr"),
    ("hi", "hin_Deva"),
    ("id", "ind_Latn"),
    ("ja", "jpn_Jpan"),
    ("kn", "kan_Knda"),
    ("ml", "mal_Mlym"),
    ("mr", "mar_Deva"),
    ("my", "mya_Mymr"),
    ("ne", "npi_Deva"),
    ("pa", "pan_Guru"),
    ("pt", "por_Latn"),
    ("ru", "rus_Cyrl"),
    ("ta", "tam_Taml"),
    ("te", "tel_Telu"),
    ("tr", "tur_Latn"),
    ("ur", "urd_Arab"),
];

fn name(client: &Client, language: Language) -> Result<&'static str, Error> {
    (LANGUAGES.iter())
        .find(|(code, _)| *code == language.code())
        .map(|(_, name)| *name)
        .ok_or_else(|| {
            let cause = format!("no name of NLLB is known for `{language}`");
            client.error(ErrorKind::UnsupportedPair, &cause)
        })
}

#[async_trait]
impl Service for Nllb {
    fn facts(&self) -> Facts {
        Facts {
            model: "nllb-serve".to_owned(),
            version: String::new(),
            max_texts: self.max_texts,
            max_size: self.max_tokens * self.max_texts,
            protection: Protection::Plain,
        }
    }

    fn max_text(&self) -> usize {
        self.max_tokens
    }

    /// Tokens of the translation, estimated high: it is about as long as its source,
    /// and English and Bangla have three to four letters a token in NLLB's large
    /// vocabulary. Two more stand around it.
    fn measure(&self, text: &str) -> usize {
        (text.chars().count() * PER_THOUSAND).div_ceil(1000) + 2
    }

    fn request(&self, client: &Client, request: &Request<'_>) -> Result<Call, Error> {
        let body = json!({
            "source": request.texts,
            "src_lang": name(client, request.pair.source)?,
            "tgt_lang": name(client, request.pair.target)?,
        });
        let call = Call::post(client.url("/translate"), &body);
        Ok(call.key("Authorization", "Bearer ", client.secret()))
    }

    fn answer(&self, answer: &Value) -> Option<Vec<String>> {
        texts(answer, "/translation", "")
    }
}
