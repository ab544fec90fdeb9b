//! Feeds: RSS 2.0 and Atom 1.0. Each entry is an article.
//!
//! Followed: the RSS Advisory Board's specification 2.0.11 and RFC 4287. Titles and
//! descriptions of RSS are HTML, escaped once or in CDATA, as readers of feeds take them.

use std::ops::Range;

use super::dialect::{Dialect, Element, Value};
use super::token::Open;
use super::xhtml;
use crate::article::BlockKind;
use crate::article::frame::Said;

/// A file whose root is `rss`.
pub(super) struct Rss;

impl Dialect for Rss {
    fn element(&self, open: &Open<'_>, parents: &[&str]) -> Element {
        let is_of = |parent: &str| parents.last() == Some(&parent);
        match open.name {
            "rss" | "channel" => Element::Container,
            "item" => Element::Article,
            "title" if is_of("item") => Element::Html(BlockKind::Headline),
            "title" | "description" if is_of("channel") => Element::Html(BlockKind::Caption),
            "description" | "content:encoded" if is_of("item") => {
                Element::Html(BlockKind::Paragraph)
            }
            "media:title" | "media:description" => Element::Html(BlockKind::Caption),
            "media:content" | "media:group" => Element::Container,
            "guid" if is_of("item") => Element::Value(Value::Id),
            "language" if is_of("channel") => Element::Value(Value::Language),
            "dc:language" => Element::Value(Value::Language),
            _ => Element::Skip,
        }
    }

    fn facts(&self, open: &Open<'_>, _: &[&str]) -> Vec<(Range<usize>, Vec<Said>)> {
        language(open)
    }
}

/// A file whose root is `feed`, or one entry of one.
pub(super) struct Atom;

impl Dialect for Atom {
    fn element(&self, open: &Open<'_>, parents: &[&str]) -> Element {
        let sort = open.attribute("type").map_or("text", |a| a.value.as_str());
        let text = |kind| match sort {
            "html" | "text/html" => Element::Html(kind),
            "text" | "text/plain" => Element::Block(kind),
            // Its `div` is a block of XHTML.
            "xhtml" | "application/xhtml+xml" => Element::Container,
            _ => Element::Skip,
        };
        if parents
            .iter()
            .any(|parent| matches!(*parent, "content" | "summary"))
        {
            return xhtml::element(open);
        }
        let is_of_entry = parents.last() == Some(&"entry");
        match open.local() {
            "feed" => Element::Container,
            "entry" => Element::Article,
            "title" if is_of_entry => text(BlockKind::Headline),
            "title" | "subtitle" if parents.last() == Some(&"feed") => text(BlockKind::Caption),
            "summary" | "content" if is_of_entry => text(BlockKind::Paragraph),
            "id" => Element::Value(Value::Id),
            _ => Element::Skip,
        }
    }

    fn facts(&self, open: &Open<'_>, parents: &[&str]) -> Vec<(Range<usize>, Vec<Said>)> {
        let mut facts = language(open);
        if facts.is_empty() && parents.is_empty() {
            let at = open.behind_name();
            let raw = |text: &str| Said::Raw(text.to_owned());
            facts.push((at..at, vec![raw(" xml:lang=\""), Said::Language, raw("\"")]));
        }
        facts
    }
}

fn language(open: &Open<'_>) -> Vec<(Range<usize>, Vec<Said>)> {
    let attribute = open.attribute("xml:lang");
    attribute
        .map(|a| (a.at.clone(), vec![Said::Language]))
        .into_iter()
        .collect()
}
