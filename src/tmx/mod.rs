//! TMX 1.4, the exchange format of translation memories.

mod read;
mod write;

use crate::language::Language;

pub use read::{ReadError, read};
pub use write::Writer;
pub(crate) use write::legal;

/// What is read of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tmx {
    /// The language of the sources, where the header names one.
    pub source: Option<Language>,
    /// The units in order.
    pub units: Vec<Unit>,
}

/// A translation unit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unit {
    /// The line that it begins in, from 1; no part of what is written.
    pub line: usize,
    /// Who wrote it.
    pub creator: Option<String>,
    /// Its properties, as `x-kind`.
    pub properties: Vec<(String, String)>,
    /// What each language says, white space single.
    pub variants: Vec<(Language, String)>,
}

impl Unit {
    /// What it says in a language.
    #[must_use]
    pub fn said(&self, language: Language) -> Option<&str> {
        let variant = self.variants.iter().find(|(l, _)| *l == language);
        variant.map(|(_, text)| text.as_str())
    }

    /// The property of a name.
    #[must_use]
    pub fn property(&self, name: &str) -> Option<&str> {
        let property = self.properties.iter().find(|(known, _)| known == name);
        property.map(|(_, value)| value.as_str())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn text() -> impl Strategy<Value = String> {
        "[a-z<>&\"' \u{0}\u{b}\u{fffe}\u{e003}ক-হািঢ়]{1,30}"
    }

    proptest! {
        #[test]
        fn what_is_written_reads_the_same(
            sources in prop::collection::vec((text(), text(), text()), 0..5)
        ) {
            let words = |text: &str| {
                let legal = |c: char| if write::is_legal(c) { c } else { ' ' };
                let text: String = text.chars().map(legal).collect();
                text.split_whitespace().collect::<Vec<_>>().join(" ")
            };
            let mut writer = Writer::new(Vec::new(), None).unwrap();
            let mut expected = Vec::new();
            for (source, target, by) in &sources {
                let unit = |s: String, t: String, by: String| Unit {
                    line: 0,
                    creator: Some(by.clone()),
                    properties: vec![("x-provider".to_owned(), by)],
                    variants: vec![(Language::ENGLISH, s), (Language::BANGLA, t)],
                };
                writer.unit(&unit(source.clone(), target.clone(), by.clone())).unwrap();
                expected.push(unit(words(source), words(target), words(by)));
            }
            let bytes = writer.finish().unwrap();
            let mut read = read(&String::from_utf8(bytes).unwrap()).unwrap();
            for unit in &mut read.units {
                unit.line = 0;
                unit.creator = unit.creator.as_deref().map(words);
            }
            prop_assert_eq!(read.units, expected);
        }
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        for (text, line, cause) in [
            (
                "<!DOCTYPE tmx SYSTEM \"x\">",
                1,
                "document type declaration",
            ),
            ("<tmx>\n<tu><tuv><seg>a</seg>", 2, "names no language"),
            ("<tmx>\n\n<tuv xml:lang=\"a language\">", 3, "a language"),
            ("<tmx><seg>\n&x;</seg>", 2, "&x;"),
            ("<tmx>\n<seg></tu>", 2, "well-formed"),
        ] {
            let error = read(text).unwrap_err();
            assert_eq!(error.line, line, "{text}: {error:?}");
            assert!(error.cause.contains(cause), "{text}: {error:?}");
        }
    }
}
