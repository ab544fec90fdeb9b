//! The structure of TBX output: what ISO 30042:2019 and the dialect TBX-Basic
//! (style DCA) allow, element by element.

use super::super::kit::Desk;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, escape};

/// An element with its type, and what it has in it.
#[derive(Debug, Default)]
struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    text: String,
    inside: Vec<Element>,
}

impl Element {
    fn of(start: &BytesStart<'_>) -> Self {
        let attribute = |a: quick_xml::events::attributes::Attribute<'_>| {
            (
                a.key.as_ref().to_owned(),
                a.normalized_value(XmlVersion::Explicit1_0)
                    .unwrap()
                    .into_owned(),
            )
        };
        Self {
            name: start.name().as_ref().to_owned(),
            attributes: start.attributes().flatten().map(attribute).collect(),
            ..Self::default()
        }
    }

    fn attribute(&self, name: &str) -> &str {
        let found = self.attributes.iter().find(|(known, _)| known == name);
        found.map_or("", |(_, value)| value)
    }

    fn names(&self) -> Vec<&str> {
        self.inside.iter().map(|inner| &*inner.name).collect()
    }

    fn only(&self, name: &str) -> &Element {
        let found: Vec<_> = self.inside.iter().filter(|e| e.name == name).collect();
        assert_eq!(found.len(), 1, "{name} of {}", self.name);
        found[0]
    }
}

/// The root element of `text`, which is well-formed.
fn root(text: &str) -> Element {
    let mut reader = Reader::from_str(text);
    let mut open = vec![Element::default()];
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => open.push(Element::of(&start)),
            Event::End(_) => {
                let done = open.pop().unwrap();
                open.last_mut().unwrap().inside.push(done);
            }
            Event::Text(text) => {
                open.last_mut().unwrap().text.push_str(&text);
            }
            Event::GeneralRef(entity) => {
                let entity = format!("&{};", &*entity);
                let text = escape::unescape(&entity).unwrap();
                open.last_mut().unwrap().text.push_str(&text);
            }
            Event::Decl(_) | Event::PI(_) => {}
            Event::Eof => break,
            other => panic!("{other:?} is written by nobody"),
        }
    }
    open.pop().unwrap().inside.pop().unwrap()
}

/// The categories that TBX-Basic allows where a glossary uses them, with their
/// values where it lists them.
const CATEGORIES: [(&str, &str, &str, &[&str]); 4] = [
    ("conceptEntry", "descrip", "subjectField", &[]),
    ("conceptEntry", "admin", "projectSubset", &[]),
    (
        "termSec",
        "termNote",
        "partOfSpeech",
        &["adjective", "noun", "other", "verb", "adverb"],
    ),
    (
        "termSec",
        "termNote",
        "administrativeStatus",
        &[
            "admittedTerm-admn-sts",
            "deprecatedTerm-admn-sts",
            "supersededTerm-admn-sts",
            "preferredTerm-admn-sts",
        ],
    ),
];

/// Holds `element` against its place in `parent`.
fn allowed(element: &Element, parent: &str) {
    let kind = element.attribute("type");
    let category = CATEGORIES
        .iter()
        .find(|(level, name, of, _)| (*level, *name, *of) == (parent, &*element.name, kind));
    match &*element.name {
        "descrip" | "admin" | "termNote" => {
            let (.., values) = category.unwrap_or_else(|| panic!("{kind} in {parent}"));
            assert!(
                values.is_empty() || values.contains(&&*element.text),
                "{element:?}"
            );
            assert!(!element.text.trim().is_empty(), "{element:?}");
        }
        "note" => assert!(element.attributes.is_empty() && !element.text.is_empty()),
        "term" => assert!(element.attributes.is_empty() && !element.text.trim().is_empty()),
        "langSec" => {
            assert_eq!(parent, "conceptEntry");
            assert!(
                matches!(element.attribute("xml:lang"), "en" | "bn"),
                "{element:?}"
            );
            assert!(
                element.names().iter().all(|name| *name == "termSec"),
                "{element:?}"
            );
            assert!(!element.inside.is_empty());
        }
        "termSec" => {
            assert_eq!(parent, "langSec");
            // The term first, its notes behind it.
            let names = element.names();
            assert_eq!(names.first(), Some(&"term"), "{element:?}");
            assert!(
                names[1..].iter().all(|name| *name == "termNote"),
                "{element:?}"
            );
        }
        other => panic!("{other} in {parent}"),
    }
    for inner in &element.inside {
        allowed(inner, &element.name);
    }
}

fn is_tbx_basic(text: &str) -> Element {
    assert!(text.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"));
    let root = root(text);
    assert_eq!(root.name, "tbx");
    let attributes: Vec<(&str, &str)> = root
        .attributes
        .iter()
        .map(|(name, value)| (&**name, &**value))
        .collect();
    assert_eq!(
        attributes,
        [
            ("type", "TBX-Basic"),
            ("style", "dca"),
            ("xml:lang", "en"),
            ("xmlns", "urn:iso:std:iso:30042:ed-2"),
        ]
    );
    assert_eq!(root.names(), ["tbxHeader", "text"]);
    let source = root.inside[0].only("fileDesc").only("sourceDesc");
    assert!(!source.only("p").text.is_empty());
    let body = root.inside[1].only("body");
    let mut ids = Vec::new();
    for concept in &body.inside {
        assert_eq!(concept.name, "conceptEntry");
        ids.push(concept.attribute("id").to_owned());
        // What is said of the concept goes before its languages.
        let names = concept.names();
        let first = names.iter().position(|name| *name == "langSec").unwrap();
        assert!(
            names[first..].iter().all(|name| *name == "langSec"),
            "{concept:?}"
        );
        for inner in &concept.inside {
            allowed(inner, "conceptEntry");
        }
    }
    let count = ids.len();
    assert!(
        ids.iter()
            .all(|id| id.starts_with(|c: char| c.is_ascii_alphabetic()))
    );
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), count, "an id stands twice");
    root
}

#[test]
fn what_is_shipped_is_tbx_basic() {
    let outcome = Desk::new()
        .anubad(&["glossary", "export", "--format", "tbx"])
        .ends(0);
    let root = is_tbx_basic(&outcome.out);
    assert!(root.inside[1].only("body").inside.len() > 1500);
}

#[test]
fn whatever_a_row_says_is_tbx_basic() {
    let rows = "en\tbn\tkind\tcase\tdirection\tpos\tdesk\tfrom\tto\ten_variants\tbn_variants\tnote\n\
        A & B <Ltd>\tএ অ্যান্ড বি\torganisation\tany\ten-bn\tproper-noun\tcity & sport\t2025-01-01\t2026-01-01\tA and B | \"AB\"\tএবি\t]]> & <note>\n\
        Israel\tইজরায়েল\tforbidden\n\
        soon\tশিগগির\tterm\t\t\tadverb\n";
    let desk = Desk::with(&[("t.tsv", rows)]);
    let outcome = desk
        .anubad(&["glossary", "export", "--format", "tbx", "t.tsv"])
        .ends(0);
    let root = is_tbx_basic(&outcome.out);
    let concept = &root.inside[1].only("body").inside[0];
    assert_eq!(
        concept.names(),
        ["descrip", "admin", "note", "note", "langSec", "langSec"]
    );
    let english = &concept.inside[4];
    let terms: Vec<&str> = english
        .inside
        .iter()
        .map(|t| &*t.only("term").text)
        .collect();
    assert_eq!(terms, ["A & B <Ltd>", "A and B", "\"AB\""]);
    assert_eq!(concept.inside[3].text, "]]> & <note>");
}
