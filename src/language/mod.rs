//! What the pipeline knows of languages.
//!
//! [`Language`] names one, [`Profile`] is what is known of it; [`profile`] is
//! the one place where profiles are registered. A language without a folder of
//! its own is served by [`generic`].

pub mod bangla;
mod case;
pub mod english;
pub mod generic;
mod normalise;
pub mod number;
pub mod date;
pub mod transliterate;
mod profile;
mod quotation;
mod repair;
mod sentences;
mod speech;

use std::fmt;
use std::str::FromStr;

pub use case::{Case, Ending};
pub use profile::{Profile, profile};
pub use quotation::{MarkPair, Quotation};
pub use speech::Speech;

/// A language, by its ISO 639 code (two or three lower-case letters).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language([u8; 3]);

impl Language {
    /// English, `en`.
    pub const ENGLISH: Self = Self(*b"en\0");
    /// Bangla (Bengali), `bn`.
    pub const BANGLA: Self = Self(*b"bn\0");

    /// No language that could be told, `und`.
    pub const UNDETERMINED: Self = Self(*b"und");

    /// The language of a code that is known to be well formed.
    pub(crate) const fn known(code: [u8; 3]) -> Self {
        Self(code)
    }

    /// The code, such as `bn`.
    #[must_use]
    pub fn code(&self) -> &str {
        let length = self.0.iter().position(|&b| b == 0).unwrap_or(3);
        std::str::from_utf8(&self.0[..length]).unwrap_or("und")
    }
}

/// A text that is no language code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no language code: write two or three letters of ISO 639, such as `bn` or `en`")]
pub struct UnknownLanguage(String);

impl FromStr for Language {
    type Err = UnknownLanguage;

    /// Reads a code in any case; a region (`bn-BD`, `en_GB`) is left aside.
    fn from_str(code: &str) -> Result<Self, Self::Err> {
        let subtag = code.split(['-', '_']).next().unwrap_or_default();
        let lower = subtag.to_ascii_lowercase();
        let lower = match lower.as_str() {
            "ben" => "bn",
            "eng" => "en",
            other => other,
        };
        let bytes = lower.as_bytes();
        if !(2..=3).contains(&bytes.len()) || !bytes.iter().all(u8::is_ascii_lowercase) {
            return Err(UnknownLanguage(code.to_owned()));
        }
        let mut letters = [0; 3];
        letters[..bytes.len()].copy_from_slice(bytes);
        Ok(Self(letters))
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl serde::Serialize for Language {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> serde::Deserialize<'de> for Language {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = std::borrow::Cow::<str>::deserialize(deserializer)?;
        code.parse().map_err(serde::de::Error::custom)
    }
}

/// A direction of translation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pair {
    /// The language of the article.
    pub source: Language,
    /// The language that it is translated into.
    pub target: Language,
}

impl Pair {
    /// English to Bangla.
    pub const EN_BN: Self = Self {
        source: Language::ENGLISH,
        target: Language::BANGLA,
    };
    /// Bangla to English.
    pub const BN_EN: Self = Self {
        source: Language::BANGLA,
        target: Language::ENGLISH,
    };

    /// The opposite direction.
    #[must_use]
    pub fn reversed(self) -> Self {
        Self {
            source: self.target,
            target: self.source,
        }
    }
}

/// A text that is no direction.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UnknownPair {
    /// It does not have two languages.
    #[error("`{0}` is no pair: write it as in `en-bn`")]
    Shape(String),
    /// One of them is none.
    #[error(transparent)]
    Language(#[from] UnknownLanguage),
    /// Both are the same.
    #[error("`{0}` translates a language into itself")]
    Same(String),
}

impl FromStr for Pair {
    type Err = UnknownPair;

    /// Reads `en-bn`.
    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let (source, target) = name
            .split_once('-')
            .ok_or_else(|| UnknownPair::Shape(name.to_owned()))?;
        let pair = Self {
            source: source.parse()?,
            target: target.parse()?,
        };
        if pair.source == pair.target {
            return Err(UnknownPair::Same(name.to_owned()));
        }
        Ok(pair)
    }
}

impl fmt::Display for Pair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.source, self.target)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_with_case_region_and_alias() {
        for (typed, code) in [
            ("bn", "bn"),
            ("BN-bd", "bn"),
            ("ben", "bn"),
            ("en_GB", "en"),
        ] {
            assert_eq!(typed.parse::<Language>().unwrap().code(), code, "{typed}");
        }
        for bad in ["", "b", "bangla", "b1", "বাংলা"] {
            assert!(bad.parse::<Language>().is_err(), "{bad}");
        }
    }
}
