//! NewsML-G2: items of news, alone or in a message, with text as NITF, XHTML or plain.
//!
//! Followed: the schema of NewsML-G2 2.35. Items that carry no story (concepts, events,
//! catalogues) have nothing to translate.

use std::ops::Range;

use super::dialect::{Dialect, Element, Known, Value};
use super::token::Open;
use super::{nitf, xhtml};
use crate::article::BlockKind;
use crate::article::frame::Said;

/// A file whose root is an item, a message of items, or a part of one.
pub(super) struct NewsMl;

const ITEMS: [&str; 2] = ["newsItem", "packageItem"];

impl Dialect for NewsMl {
    fn element(&self, open: &Open<'_>, parents: &[&str]) -> Element {
        let name = open.local();
        if parents.contains(&"inlineXML") {
            return if name == "nitf" || parents.contains(&"nitf") {
                nitf::element(open, parents)
            } else {
                xhtml::element(open)
            };
        }
        let in_content = parents.last() == Some(&"contentMeta");
        match name {
            name if ITEMS.contains(&name) => Element::Article,
            "headline" if in_content => Element::Block(BlockKind::Headline),
            "by" if in_content => Element::Block(BlockKind::Byline),
            "dateline" if in_content => Element::Block(BlockKind::Dateline),
            "description" if in_content => Element::Block(BlockKind::Caption),
            "title" if parents.last() == Some(&"itemMeta") => Element::Block(BlockKind::Caption),
            "newsMessage" | "itemSet" | "itemMeta" | "contentMeta" | "contentSet" | "inlineXML" => {
                Element::Container
            }
            "language" if in_content => Element::Value(Value::Language),
            "inlineData" => match open.attribute("contenttype").map(|a| a.value.as_str()) {
                None | Some("text/plain") => Element::Block(BlockKind::Paragraph),
                Some(sort) if sort.contains("html") => Element::Html(BlockKind::Paragraph),
                Some(_) => Element::Skip,
            },
            // Structured text inside a headline or a description.
            "a" | "span" | "em" if !parents.is_empty() => xhtml::element(open),
            _ => Element::Skip,
        }
    }

    fn facts(&self, open: &Open<'_>, parents: &[&str]) -> Vec<(Range<usize>, Vec<Said>)> {
        if parents.contains(&"inlineXML") {
            return nitf::facts(open);
        }
        let mut facts = Vec::new();
        let is_item = ITEMS.contains(&open.local());
        let said = |name: &str| {
            open.attribute(name)
                .map(|a| (a.at.clone(), a.value.clone()))
        };
        if let Some((at, _)) = said("xml:lang") {
            facts.push((at, vec![Said::Language]));
        } else if is_item {
            let at = open.behind_name();
            let raw = |text: &str| Said::Raw(text.to_owned());
            facts.push((at..at, vec![raw(" xml:lang=\""), Said::Language, raw("\"")]));
        }
        if let Some((at, id)) = said("guid").filter(|_| is_item) {
            facts.push((at, vec![Said::Id(id)]));
        }
        if let Some((at, _)) = said("tag").filter(|_| open.local() == "language") {
            facts.push((at, vec![Said::Language]));
        }
        facts
    }

    fn before_close(&self, name: &str, article: &Known) -> Option<Vec<Said>> {
        let id = article.id.as_ref().filter(|_| name == "itemMeta")?;
        let id = quick_xml::escape::escape(id.as_str());
        let link = format!("<link rel=\"irel:translatedFrom\" residref=\"{id}\"/>");
        Some(vec![Said::Raw(link)])
    }

    fn language(&self, open: &Open<'_>) -> Option<String> {
        let is_tag = open.local() == "language";
        let attribute = open.attribute(if is_tag { "tag" } else { "xml:lang" });
        attribute.map(|a| a.value.clone())
    }

    fn id(&self, open: &Open<'_>) -> Option<String> {
        let is_item = ITEMS.contains(&open.local());
        open.attribute("guid")
            .filter(|_| is_item)
            .map(|a| a.value.clone())
    }
}
