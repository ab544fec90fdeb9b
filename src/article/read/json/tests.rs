//! Objects of every kind, and the samples that the IPTC publishes.

use std::path::Path;

use super::*;
use crate::article::BlockKind;
use crate::article::frame::{Facts, Filled};
use crate::language::Language;

fn document(text: &str) -> Document {
    read("a.json", text.to_owned(), None, &Fields::default()).unwrap()
}

fn told(document: &Document) -> Vec<(BlockKind, &str)> {
    document
        .blocks()
        .map(|b| (b.kind, b.text.source()))
        .collect()
}

/// The file with every block replaced by its number, and with its facts.
fn numbered(document: &Document) -> String {
    let filled = |block: usize| {
        Some(Filled {
            text: format!("<{block}\">"),
            placed: Vec::new(),
            same: false,
        })
    };
    let facts = Facts {
        languages: Some((Language::BANGLA, Language::ENGLISH)),
        ..Facts::default()
    };
    document.frame.as_ref().unwrap().render(&filled, &facts)
}

#[test]
fn fields_of_the_desks_own() {
    let file = r#"{ "n": 1.50, "title":"Rain \"soon\"", "body": "DHAKA, May 1, 2026 (BSS) - It rained.\n\nThe end.", "lang" : "en-BD", "id":"x/1", "extra": {"b":[1,2e400], "b":null} }"#;
    let document = document(file);
    assert_eq!(document.format, Format::Json);
    assert_eq!(document.articles[0].declared, Some(Language::ENGLISH));
    assert_eq!(
        told(&document),
        [
            (BlockKind::Headline, "Rain \"soon\""),
            (BlockKind::Dateline, "DHAKA, May 1, 2026 (BSS) -"),
            (BlockKind::Paragraph, "It rained."),
            (BlockKind::Paragraph, "The end."),
        ]
    );
    assert_eq!(
        numbered(&document),
        r#"{ "n": 1.50, "title":"<0\">", "body": "<1\"> <2\">\n\n<3\">", "lang" : "bn", "id":"x/1-bn", "extra": {"b":[1,2e400], "b":null} }"#
    );
}

#[test]
fn a_list_is_articles_and_so_are_lines() {
    let list = document(r#"[{"title":"One is here"},{"other":1},{"title":"Two is here"}]"#);
    assert_eq!(list.articles.len(), 2);
    assert_eq!(list.articles[1].entry, Some(2));
    let lines = "{\"title\":\"One\"}\n\n{\"uri\":\"u:1\",\"headlines\":[{\"value\":\"Two\"}]}\n";
    let lines = read_lines("a.jsonl", lines.to_owned(), &Fields::default()).unwrap();
    assert_eq!(
        numbered(&lines),
        "{\"title\":\"<0\\\">\"}\n\n{\"language\":\"bn\",\"associations\":[{\"name\":\"translatedFrom\",\"rel\":\"translatedFrom\",\"uri\":\"u:1\"}],\
         \"uri\":\"u:1-bn\",\"headlines\":[{\"value\":\"<1\\\">\"}]}\n"
    );
}

#[test]
fn a_post_of_wordpress() {
    let post = r#"{"id":12,"guid":{"rendered":"https:\/\/a.example\/?p=12"},"slug":"rain","title":{"rendered":"Rain"},"content":{"rendered":"<p>It <b>rained<\/b>.<\/p>\n[gallery ids=\"1\"]","protected":false}}"#;
    let document = document(post);
    assert_eq!(document.format, Format::WordPress);
    let facts = Facts {
        languages: Some((Language::BANGLA, Language::ENGLISH)),
        ..Facts::default()
    };
    let frame = document.frame.as_ref().unwrap();
    assert_eq!(frame.render(&|_| None, &Facts::default()), post);
    let written = frame.render(&|_| None, &facts);
    for said in [
        r#"{"lang":"bn","translations":{"en":12},"id":null,"#,
        "https://a.example/?p=12#bn",
        r#""slug":"rain-bn""#,
    ] {
        assert!(written.contains(said), "{said} in {written}");
    }
}

#[test]
fn a_slug_stays_as_it_is_written() {
    let post = r#"{"id":1,"slug":"a\u0001\"\\","title":{"rendered":"Rain"},"content":{"rendered":"It rained."}}"#;
    let written = numbered(&document(post));
    assert!(written.contains(r#""slug":"a\u0001\"\\-bn""#), "{written}");
    assert!(serde_json::from_str::<serde_json::Value>(&written).is_ok());
}

#[test]
fn what_is_wrong_is_told_with_the_next_step() {
    for (text, said) in [
        ("{\"title\": \"a\"", "line 1"),
        ("{\"a\": 1, \"b\": \"text\"}", "it has a, b"),
        ("[]", "it has none"),
        ("{\"title\": \"\\ud800 x\"}", "it has title"),
        ("{\"title\": \" … \"}", "it has title"),
    ] {
        let error = read("a", text.to_owned(), None, &Fields::default()).unwrap_err();
        assert!(error.to_string().contains(said), "{text}: {error}");
    }
    let error = read_lines("a", "{}\nx\n".to_owned(), &Fields::default()).unwrap_err();
    assert!(error.to_string().contains("line 2"), "{error}");
}

#[test]
fn the_samples_of_ninjs_come_back_byte_for_byte() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/schemas/ninjs");
    let Ok(files) = std::fs::read_dir(&folder) else {
        println!("skipped: no samples at {}", folder.display());
        return;
    };
    let mut read_ones = 0;
    for file in files.flatten().map(|entry| entry.path()) {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        if !name.contains("example") || file.extension().is_none_or(|e| e != "json") {
            continue;
        }
        let text = std::fs::read_to_string(&file).unwrap();
        let Ok(document) = read(&name, text.clone(), None, &Fields::default()) else {
            continue;
        };
        read_ones += 1;
        assert_eq!(document.format, Format::Ninjs, "{name}");
        let frame = document.frame.as_ref().unwrap();
        assert_eq!(frame.render(&|_| None, &Facts::default()), text, "{name}");
        let numbered = numbered(&document);
        let value: serde_json::Value = serde_json::from_str(&numbered).unwrap();
        assert!(value.is_object() || value.is_array(), "{name}");
        for block in 0..document.blocks().count() {
            let written = [
                format!("<{block}\\\">"),
                format!("&lt;{block}\\\"&gt;"),
                format!("&lt;{block}&quot;&gt;"),
            ];
            let is_there = written.iter().any(|w| numbered.contains(w));
            assert!(is_there, "{name}: block {block}");
        }
    }
    assert!(read_ones > 15, "{read_ones}");
}
