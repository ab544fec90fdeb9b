//! Words that help to find names, by class. `english.tsv` and `bangla.tsv` are
//! edited by hand; `english-words.txt` are the words that English sentences begin
//! with and that are no names, `bangla-words.txt` those that are no part of one
//! (training/names/README.md).

use std::collections::HashMap;
use std::sync::LazyLock;

/// The classes of a word, as bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Classes(u16);

/// A class: its name in the files and its bit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// Stands before a name.
    Title,
    /// The same, written small.
    Role,
    /// What persons do.
    Verb,
    /// A given name.
    Given,
    /// A surname.
    Surname,
    /// A name word that is an ordinary word as well.
    Word,
    /// Part of the names of organisations.
    Org,
    /// Part of the names of places.
    Place,
    /// Has a capital and is no name.
    Other,
    /// An ordinary word.
    Common,
}

impl Class {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "title" => Self::Title,
            "role" => Self::Role,
            "verb" => Self::Verb,
            "given" => Self::Given,
            "surname" => Self::Surname,
            "word" => Self::Word,
            "org" => Self::Org,
            "place" => Self::Place,
            "other" => Self::Other,
            "common" => Self::Common,
            _ => return None,
        })
    }
}

impl Classes {
    pub(super) fn has(self, class: Class) -> bool {
        self.0 & (1 << class as u16) != 0
    }

    /// Whether it is a word of names.
    pub(super) fn is_name(self) -> bool {
        self.has(Class::Given) || self.has(Class::Surname)
    }

    /// Whether it is an ordinary word, even if it is a name too.
    pub(super) fn is_word(self) -> bool {
        self.has(Class::Word) || self.has(Class::Common)
    }

    fn add(&mut self, class: Class) {
        self.0 |= 1 << class as u16;
    }
}

type Table = HashMap<&'static str, Classes>;

static ENGLISH: LazyLock<Table> = LazyLock::new(|| {
    read(
        include_str!("english.tsv"),
        include_str!("english-words.txt"),
    )
});
static BANGLA: LazyLock<Table> =
    LazyLock::new(|| read(include_str!("bangla.tsv"), include_str!("bangla-words.txt")));

/// A table of `classes`, a word and its class a line, and of ordinary `words`.
fn read(classes: &'static str, words: &'static str) -> Table {
    let mut table = Table::new();
    for word in words.lines() {
        table.entry(word).or_default().add(Class::Common);
    }
    for line in classes.lines().filter(|line| !line.starts_with('#')) {
        if let Some((word, class)) = line.split_once('\t')
            && let Some(class) = Class::named(class)
        {
            table.entry(word).or_default().add(class);
        }
    }
    table
}

/// The classes of an English word as it is written. Whether it is an ordinary
/// word is asked of its lower case.
pub(super) fn english(word: &str) -> Classes {
    let mut classes = ENGLISH.get(word).copied().unwrap_or_default();
    if word.starts_with(char::is_uppercase) {
        let lower = word.to_lowercase();
        if ENGLISH
            .get(lower.as_str())
            .is_some_and(|c| c.has(Class::Common))
        {
            classes.add(Class::Common);
        }
    }
    classes
}

/// The classes of a Bangla word without an ending.
pub(super) fn bangla(word: &str) -> Classes {
    BANGLA.get(word).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_has_a_class_and_canonical_letters() {
        for text in [include_str!("english.tsv"), include_str!("bangla.tsv")] {
            let mut seen = std::collections::HashSet::new();
            for line in text.lines().filter(|line| !line.starts_with('#')) {
                let (word, class) = line.split_once('\t').unwrap();
                assert!(Class::named(class).is_some(), "{line}");
                assert!(!word.contains('\u{9bc}'), "{line}");
                assert!(seen.insert(line), "twice: {line}, {word}");
            }
            assert!(seen.len() > 500);
        }
        for word in include_str!("bangla-words.txt").lines() {
            assert!(!word.contains('\u{9bc}'), "{word}");
        }
    }

    #[test]
    fn words_have_the_classes_that_they_are_used_by() {
        assert!(english("Rose").is_word());
        assert!(english("The").has(Class::Common));
        assert!(english("Rahman").has(Class::Surname));
        assert!(!english("rahman").is_name());
        assert!(bangla("রহমান").is_name());
        assert!(bangla("আশা").is_word());
        assert!(bangla("প্রতিবাদ").has(Class::Common));
        assert!(!bangla("রহমান").is_word());
    }
}
