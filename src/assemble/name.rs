//! A name that stands alone: of a place, an agency, a person.

use crate::glossary::Glossary;
use crate::language::transliterate::Transliterator;
use crate::language::{Language, Pair};

/// A name in the target language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// The name.
    pub text: String,
    /// Whether a glossary has it; otherwise it was rendered by sound.
    pub known: bool,
}

/// Renders a name by the glossary, or by sound where no glossary has it.
#[must_use]
pub fn render(glossary: &Glossary, pair: Pair, name: &str) -> Rendered {
    if let Some(entry) = glossary.lookup(pair, name) {
        return Rendered {
            text: entry.target.clone(),
            known: true,
        };
    }
    let by_sound = match pair {
        Pair::EN_BN => Some(Transliterator::english_to_bangla().best(name)),
        Pair::BN_EN => Some(Transliterator::bangla_to_english().best(name)),
        _ => None,
    };
    Rendered {
        text: by_sound
            .filter(|text| !text.is_empty())
            .unwrap_or_else(|| name.to_owned()),
        known: false,
    }
}

/// Renders the name of an agency: by the glossary, or not at all. An acronym has
/// no sound that could be written (বাসস is BSS).
#[must_use]
pub fn agency(glossary: &Glossary, pair: Pair, name: &str) -> Rendered {
    match glossary.lookup(pair, name) {
        Some(entry) => Rendered {
            text: entry.target.clone(),
            known: true,
        },
        None => Rendered {
            text: name.to_owned(),
            known: false,
        },
    }
}

/// Whether a text is written in the script of the target already.
#[must_use]
pub fn is_in(text: &str, language: Language) -> bool {
    match language {
        Language::BANGLA => !text.contains(|c: char| c.is_ascii_alphabetic()),
        Language::ENGLISH => text.is_ascii(),
        _ => false,
    }
}
