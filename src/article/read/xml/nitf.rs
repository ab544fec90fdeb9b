//! NITF 3, alone or inside NewsML-G2.
//!
//! Followed: the schema of NITF 3.6. What it marks inside paragraphs (persons,
//! organisations, money …) is told to whoever marks names and values.

use std::ops::Range;

use super::dialect::{Dialect, Element};
use super::token::Open;
use crate::article::frame::Said;
use crate::article::{Annotation, BlockKind, Role};

/// A file whose root is `nitf`.
pub(super) struct Nitf;

impl Dialect for Nitf {
    fn element(&self, open: &Open<'_>, parents: &[&str]) -> Element {
        element(open, parents)
    }

    fn facts(&self, open: &Open<'_>, parents: &[&str]) -> Vec<(Range<usize>, Vec<Said>)> {
        let mut facts = facts(open);
        if parents.is_empty() && open.attribute("xml:lang").is_none() {
            let at = open.behind_name();
            let raw = |text: &str| Said::Raw(text.to_owned());
            facts.push((at..at, vec![raw(" xml:lang=\""), Said::Language, raw("\"")]));
        }
        facts
    }

    fn id(&self, open: &Open<'_>) -> Option<String> {
        let is_id = open.local() == "doc-id";
        let attribute = open.attribute(if is_id { "id-string" } else { "uno" });
        attribute.map(|a| a.value.clone())
    }
}

/// What an element of NITF is.
pub(super) fn element(open: &Open<'_>, parents: &[&str]) -> Element {
    let annotated = |annotation| Element::Inline(Role::Annotated(annotation));
    match open.local() {
        "nitf" | "body" | "body.head" | "body.content" | "body.end" | "hedline" | "abstract"
        | "block" | "note" | "media" | "ol" | "ul" | "dl" | "bq" | "table" | "thead" | "tbody"
        | "tfoot" | "tr" | "head" | "docdata" | "doc-id" | "fn" => Element::Container,
        "hl1" => Element::Block(BlockKind::Headline),
        "hl2" | "media-caption" | "caption" | "title" | "nitf-table-summary" => {
            Element::Block(BlockKind::Caption)
        }
        "byline" | "media-producer" => Element::Block(BlockKind::Byline),
        "dateline" => Element::Block(BlockKind::Dateline),
        "distributor" => Element::Block(BlockKind::Agency),
        "tagline" => Element::Block(BlockKind::SignOff),
        "p" | "li" | "dt" | "dd" | "td" | "th" | "credit" | "datasource" => {
            Element::Block(BlockKind::Paragraph)
        }
        "person" => annotated(Annotation::Person),
        "org" => annotated(Annotation::Organisation),
        // A place has places in it: city, country.
        "location" => annotated(Annotation::Place),
        "money" => annotated(Annotation::Money),
        "num" => annotated(Annotation::Number),
        "chron" | "story.date" => annotated(Annotation::Moment),
        "q" => annotated(Annotation::Quote),
        "a" | "em" | "sub" | "sup" | "event" | "function" | "object.title" | "byttl"
        | "pronounce" | "sublocation" | "city" | "state" | "region" | "country" | "name.given"
        | "name.family" | "classifier" | "frac" | "numer" | "denom" | "lang" | "copyrite"
        | "copyrite.year" | "copyrite.holder" => Element::Inline(Role::Around),
        "virtloc" | "postaddr" => Element::Inline(Role::Verbatim),
        // (Inside a block these are places, and travel as such.)
        "br" | "alt-code" | "frac-sep" => Element::Skip,
        _ if parents.contains(&"body") => Element::Skip,
        _ if parents.contains(&"docdata") || parents.contains(&"head") => Element::Skip,
        _ => Element::Container,
    }
}

/// Where an element of NITF says its language or what the article is called.
pub(super) fn facts(open: &Open<'_>) -> Vec<(Range<usize>, Vec<Said>)> {
    let mut facts = Vec::new();
    if let Some(language) = open.attribute("xml:lang") {
        facts.push((language.at.clone(), vec![Said::Language]));
    }
    let is_id = open.local() == "doc-id";
    if let Some(id) = open.attribute(if is_id { "id-string" } else { "uno" }) {
        facts.push((id.at.clone(), vec![Said::Id(id.value.clone())]));
    }
    facts
}
