//! What a file says of its translation.

use super::Escape;
use crate::language::Language;

/// What is known of a translation, for the places that a format has for it.
///
/// Without a language nothing is said, and every such place stays as it was.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// The language of the translation, and the one that it was translated from.
    pub languages: Option<(Language, Language)>,
    /// Who translated, such as `local starter en-bn`; empty where nobody had to.
    pub providers: Vec<String>,
    /// Digest of the source file: BLAKE3, hexadecimal.
    pub digest: String,
    /// Whether any of it is of draft quality.
    pub draft: bool,
}

/// A part of what is said at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// This text, as it stands in the file.
    Raw(String),
    /// The language of the translation, as BCP 47 has it.
    Language,
    /// The same with the country of most of its readers, as Open Graph asks: `bn_BD`.
    Locale,
    /// The language of the source.
    SourceLanguage,
    /// The id of the translation, derived from this id of the source: always the
    /// same, and never the source's own.
    Id(String),
    /// Who translated.
    Providers,
    /// Digest of the source file.
    Digest,
    /// What made the translation: `anubad 0.1.0`.
    Generator,
}

impl Facts {
    /// What is said, written in `escape`; `None` where nothing is known.
    pub(super) fn written(&self, said: &[Said], escape: Escape) -> Option<String> {
        let (target, source) = self.languages?;
        let mut out = String::new();
        for part in said {
            let value = match part {
                Said::Raw(text) => {
                    out.push_str(text);
                    continue;
                }
                Said::Language => target.to_string(),
                Said::Locale => locale(target),
                Said::SourceLanguage => source.to_string(),
                Said::Id(own) => derived(own, target),
                Said::Providers => self.providers.join(", "),
                Said::Digest => self.digest.clone(),
                Said::Generator => concat!("anubad ", env!("CARGO_PKG_VERSION")).to_owned(),
            };
            out.push_str(&escape.written(&value));
        }
        Some(out)
    }
}

fn locale(language: Language) -> String {
    match language {
        Language::BANGLA => "bn_BD".to_owned(),
        Language::ENGLISH => "en_US".to_owned(),
        other => other.to_string(),
    }
}

/// An id for the translation of what is called `own`.
///
/// An address gets a fragment, so that it still leads to the source; a URN a further
/// part; anything else a suffix.
fn derived(own: &str, language: Language) -> String {
    let own = own.trim();
    if own.starts_with("urn:") || own.starts_with("tag:") {
        format!("{own}:{language}")
    } else if own.contains("://") && !own.contains('#') {
        format!("{own}#{language}")
    } else {
        format!("{own}-{language}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_derived_and_never_the_sources_own() {
        for (own, id) in [
            ("https://a.example/news/1", "https://a.example/news/1#bn"),
            ("https://a.example/#1", "https://a.example/#1-bn"),
            ("urn:newsml:a:1", "urn:newsml:a:1:bn"),
            ("tag:a.example,2026:1", "tag:a.example,2026:1:bn"),
            (" 4711 ", "4711-bn"),
            ("", "-bn"),
        ] {
            assert_eq!(derived(own, Language::BANGLA), id);
        }
    }

    #[test]
    fn without_a_language_nothing_is_said() {
        let said = [
            Said::Raw(" lang=\"".into()),
            Said::Language,
            Said::Raw("\"".into()),
        ];
        assert_eq!(Facts::default().written(&said, Escape::Xml), None);
        let facts = Facts {
            languages: Some((Language::BANGLA, Language::ENGLISH)),
            ..Facts::default()
        };
        assert_eq!(
            facts.written(&said, Escape::Xml).as_deref(),
            Some(" lang=\"bn\"")
        );
    }
}
