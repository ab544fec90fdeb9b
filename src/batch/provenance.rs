//! Where a translation comes from; it travels with it.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Job;
use crate::article::frame::Facts;
use crate::provider::Identity;
use crate::translate::Translation;

/// Where a translation comes from. There is no time in it: the same article,
/// settings and answers give the same bytes.
#[derive(Debug, Serialize)]
pub(super) struct Provenance {
    /// The version of anubad.
    anubad: &'static str,
    /// Digest of the article's bytes: BLAKE3, hexadecimal.
    input: String,
    /// Fingerprint of everything else that decides the output, as the job ledger
    /// has it; null without a state file.
    settings: Option<String>,
    /// Who translated, by the name that sentences have.
    providers: BTreeMap<String, Engine>,
}

/// Who translated.
#[derive(Debug, Serialize)]
struct Engine {
    model: String,
    version: String,
}

impl From<&Identity> for Engine {
    fn from(identity: &Identity) -> Self {
        Self {
            model: identity.model.clone(),
            version: identity.version.clone(),
        }
    }
}

impl Provenance {
    /// That of a translation of the article with the digest `input`.
    pub(super) fn of(job: &Job, input: &str, translation: &Translation) -> Self {
        let approved = Identity::approved();
        let chain = job.translator.chain.iter().map(|p| p.identity());
        let known: BTreeMap<&str, &Identity> = chain
            .chain([&approved])
            .map(|identity| (identity.name.as_str(), identity))
            .collect();
        let names = translation.segments().filter_map(|s| s.provider.as_deref());
        Self {
            anubad: env!("CARGO_PKG_VERSION"),
            input: input.to_owned(),
            settings: job.ledger.as_ref().map(|l| l.settings().to_owned()),
            providers: names
                .filter_map(|name| Some((name.to_owned(), Engine::from(*known.get(name)?))))
                .collect(),
        }
    }

    /// What a file says of it where its format has a place for that.
    pub(super) fn facts(&self, translation: &Translation) -> Facts {
        let engine = |(name, engine): (&String, &Engine)| {
            let parts = [name.as_str(), &engine.model, &engine.version];
            let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
            parts.join(" ")
        };
        Facts {
            languages: Some((translation.target_language, translation.source_language)),
            providers: self.providers.iter().map(engine).collect(),
            digest: self.input.clone(),
            draft: translation.is_draft(),
        }
    }
}

/// A translation in full with its provenance, for tools and for review: JSON.
pub(super) fn details(
    translation: &Translation,
    provenance: &Provenance,
) -> serde_json::Result<Vec<u8>> {
    #[derive(Serialize)]
    struct Details<'a> {
        #[serde(flatten)]
        translation: &'a Translation,
        provenance: &'a Provenance,
    }
    serde_json::to_vec_pretty(&Details {
        translation,
        provenance,
    })
}
