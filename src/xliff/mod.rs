//! XLIFF 2.1, the exchange format of translation tools: sentences out, corrections
//! back in.

mod read;
mod write;

use crate::language::Language;

pub use read::{ReadError, read};
pub use write::write;

/// A file of sentences on their way from one language into another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The language of the sources.
    pub source: Language,
    /// The language of the targets.
    pub target: Language,
    /// What the sentences are of: the id of an article.
    pub original: String,
    /// The sentences in order.
    pub units: Vec<Unit>,
}

/// A sentence.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unit {
    /// Its name within the file: letters, figures and `-`.
    pub id: String,
    /// The sentence; of one that a tool has cut, all parts.
    pub source: String,
    /// Its translation; empty where there is none.
    pub target: String,
    /// How far the translation has come.
    pub state: State,
    /// What was drafted before anybody saw it, which tells a correction from it.
    pub draft: Option<String>,
    /// What a person should know of it.
    pub notes: Vec<Note>,
    /// Names and terms of it, each with its rendering; they are not read back.
    pub terms: Vec<(String, String)>,
}

/// A remark on a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// What kind of remark it is, in one word.
    pub category: String,
    /// The remark.
    pub text: String,
    /// From 1, which matters most, to 10.
    pub priority: u8,
}

/// How far a translation has come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// It has not been looked at.
    #[default]
    Initial,
    /// It was translated.
    Translated,
    /// A person has read it.
    Reviewed,
    /// It is ready.
    Final,
}

impl State {
    const ALL: [Self; 4] = [Self::Initial, Self::Translated, Self::Reviewed, Self::Final];

    /// The word for it in files.
    fn name(self) -> &'static str {
        match self {
            Self::Initial => "initial",
            Self::Translated => "translated",
            Self::Reviewed => "reviewed",
            Self::Final => "final",
        }
    }
}

impl Unit {
    /// Whether a person answers for the translation: it says that it was read, or
    /// it is no longer what was drafted.
    #[must_use]
    pub fn is_corrected(&self) -> bool {
        let is_other = self
            .draft
            .as_ref()
            .is_some_and(|draft| single(draft) != single(&self.target));
        !self.target.trim().is_empty() && (self.state >= State::Reviewed || is_other)
    }
}

/// A text with single white space: tools break and indent lines.
fn single(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn text() -> impl Strategy<Value = String> {
        "[a-z<>&\"'\u{e003}ক-হাি]{1,12}( [a-z\\]>ক-হ]{1,9}){0,3}"
    }

    fn unit() -> impl Strategy<Value = Unit> {
        (
            text(),
            text(),
            0_usize..4,
            proptest::option::of(text()),
            text(),
        )
            .prop_map(|(source, target, state, draft, note)| Unit {
                id: "s1".to_owned(),
                source,
                target,
                state: State::ALL[state],
                draft,
                notes: vec![Note {
                    category: "numbers".to_owned(),
                    text: note,
                    priority: 2,
                }],
                terms: Vec::new(),
            })
    }

    proptest! {
        #[test]
        fn what_is_written_reads_the_same(units in prop::collection::vec(unit(), 0..4), original in text()) {
            let document = Document {
                source: Language::ENGLISH,
                target: Language::BANGLA,
                original,
                units,
            };
            let written = write(&document);
            prop_assert_eq!(read(&written), Ok(document));
        }
    }

    #[test]
    fn what_tools_make_of_it_is_read() {
        let text = "<?xml version=\"1.0\"?>\n<x:xliff xmlns:x=\"urn:oasis:names:tc:xliff:document:2.0\" \
            version=\"2.0\" srcLang=\"en-GB\" trgLang=\"bn\">\n<x:file id=\"f\" original=\"a.txt\">\
            <x:unit id=\"u1\"><x:notes><x:note>seen</x:note></x:notes>\
            <x:segment id=\"1\" state=\"final\"><x:source>Rice <x:pc id=\"1\">rose</x:pc> by \
            <x:ph id=\"2\"/>12&#x25;.</x:source><x:target>চাল <x:mrk id=\"m\">বেড়েছে</x:mrk>।</x:target>\
            </x:segment><x:ignorable><x:source> </x:source><x:target> </x:target></x:ignorable>\
            <x:segment state=\"reviewed\"><x:source>More &amp; <![CDATA[<more>]]></x:source>\
            <x:target>আরও<x:cp hex=\"0041\"/></x:target></x:segment></x:unit></x:file></x:xliff>";
        let read = read(text).unwrap();
        assert_eq!(
            (read.source, read.target),
            (Language::ENGLISH, Language::BANGLA)
        );
        let unit = &read.units[0];
        assert_eq!(unit.source, "Rice rose by 12%. More & <more>");
        assert_eq!(unit.target, "চাল বেড়েছে। আরওA");
        // The whole is as far as its least part.
        assert_eq!(unit.state, State::Reviewed);
        assert!(unit.is_corrected());
    }

    #[test]
    fn a_correction_is_told_from_a_draft() {
        let unit = |target: &str, draft: Option<&str>, state| Unit {
            target: target.to_owned(),
            draft: draft.map(str::to_owned),
            state,
            ..Unit::default()
        };
        let table = [
            (unit("ক", Some("ক"), State::Translated), false),
            (unit("ক\n খ", Some("ক খ"), State::Translated), false),
            (unit("খ", Some("ক"), State::Translated), true),
            (unit("ক", Some("ক"), State::Reviewed), true),
            (unit("ক", None, State::Final), true),
            (unit("ক", None, State::Initial), false),
            (unit(" ", Some("ক"), State::Final), false),
        ];
        for (unit, expected) in table {
            assert_eq!(unit.is_corrected(), expected, "{unit:?}");
        }
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        let root = "<xliff xmlns=\"urn:oasis:names:tc:xliff:document:2.0\" srcLang=\"en\" trgLang=\"bn\" version=\"2.1\">";
        let table = [
            ("<!DOCTYPE x>".to_owned(), 1, "document type declaration"),
            ("\n<tmx/>".to_owned(), 2, "no XLIFF"),
            ("<xliff version=\"1.2\">".to_owned(), 1, "version 1.2"),
            (
                "<xliff version=\"2.1\" srcLang=\"en\">".to_owned(),
                1,
                "trgLang",
            ),
            (
                "<xliff version=\"2.1\" srcLang=\"en\" trgLang=\"a language\">".to_owned(),
                1,
                "a language",
            ),
            (
                format!("{root}\n<unit><segment><source>&x;</source>"),
                2,
                "&x;",
            ),
            (format!("{root}\n\n<unit></file>"), 3, "well-formed"),
            (String::new(), 1, "no XLIFF"),
        ];
        for (text, line, cause) in table {
            let error = read(&text).unwrap_err();
            assert_eq!(error.line, line, "{text}: {error:?}");
            assert!(error.cause.contains(cause), "{text}: {error:?}");
        }
    }
}
