//! What a page says of itself: language, address, description, data for machines.

use std::ops::Range;

use super::token::{Attribute, Opening};
use crate::article::frame::{Escape, Said, Slot, What};
use crate::article::read::draft::Sort;
use crate::article::read::gather;
use crate::language::Language;

/// What a page says of itself.
#[derive(Debug, Default)]
pub(super) struct Head {
    /// Whether it is a page and no part of one.
    pub(super) is_page: bool,
    /// The language that it says to be in.
    pub(super) declared: Option<Language>,
    /// Its address.
    pub(super) address: Option<String>,
    /// Whether it names itself in other languages already.
    pub(super) has_alternates: bool,
    /// Where its head ends, or else begins.
    pub(super) end: Option<usize>,
    /// Data about it in JSON.
    pub(super) data: Vec<Range<usize>>,
    /// Where the members of the article begin in them, and whether its language is one.
    pub(super) article: Option<usize>,
    pub(super) article_says_language: bool,
}

impl Head {
    /// Notes a tag.
    pub(super) fn seen(&mut self, tag: &Opening<'_>) {
        match tag.name {
            "html" | "body" | "title" => self.is_page = true,
            "head" => {
                self.is_page = true;
                self.end.get_or_insert(tag.at.end);
            }
            _ => {}
        }
    }

    /// Notes a tag that closes what begins at `at`.
    pub(super) fn closed(&mut self, name: &str, at: usize) {
        if name == "head" && self.end.is_some_and(|end| end <= at) {
            self.end = Some(at);
        }
    }

    /// Notes what a `meta` says; the places where it speaks of language or encoding.
    pub(super) fn meta(&mut self, tag: &Opening<'_>) -> Vec<Slot> {
        let mut slots = Vec::new();
        if let Some(charset) = tag.attribute("charset") {
            slots.extend(encoding(charset, ""));
        }
        let Some(content) = tag.attribute("content") else {
            return slots;
        };
        let said = match named(tag).as_str() {
            "content-type" => {
                slots.extend(encoding(content, "text/html; charset="));
                return slots;
            }
            "content-language" | "language" | "dc.language" | "dcterms.language" => Said::Language,
            "og:locale" => Said::Locale,
            "og:url" => {
                self.address.get_or_insert_with(|| content.value.clone());
                return slots;
            }
            _ => return slots,
        };
        if let (Some(said_now), Some(at)) = (gather::language(&content.value), content.at.clone()) {
            self.declared.get_or_insert(said_now);
            slots.push(fact(at, vec![said]));
        }
        slots
    }

    /// Notes what a `link` says.
    pub(super) fn link(&mut self, tag: &Opening<'_>) {
        let relations = tag.value("rel").to_ascii_lowercase();
        let is = |name: &str| relations.split_ascii_whitespace().any(|r| r == name);
        let address = tag.value("href").trim();
        if is("canonical") && !address.is_empty() {
            self.address = Some(address.to_owned());
        }
        if is("alternate") && tag.attribute("hreflang").is_some() {
            self.has_alternates = true;
        }
    }
}

/// The text of a `meta` that is shown where a page is shared or found, and what it is.
pub(super) fn shared<'t>(tag: &'t Opening<'_>) -> Option<(&'t Attribute, Sort)> {
    let sort = match named(tag).as_str() {
        "og:title" => Sort::Shared,
        "description"
        | "dc.description"
        | "dcterms.description"
        | "og:description"
        | "twitter:title"
        | "twitter:description"
        | "dc.title"
        | "dcterms.title"
        | "og:image:alt"
        | "twitter:image:alt" => Sort::About,
        _ => return None,
    };
    Some((tag.attribute("content")?, sort))
}

/// What a `meta` is about.
fn named(tag: &Opening<'_>) -> String {
    let names = ["property", "name", "http-equiv"];
    let name = names.iter().find_map(|name| tag.attribute(name));
    name.map_or(String::new(), |a| a.value.trim().to_ascii_lowercase())
}

/// The place where the encoding is said, which is UTF-8 of whatever is written.
fn encoding(said: &Attribute, before: &str) -> Option<Slot> {
    let is_right = said.value.to_ascii_lowercase().contains("utf-8");
    let at = said
        .at
        .clone()
        .filter(|_| !is_right && !said.value.is_empty())?;
    Some(fact(at, vec![Said::Raw(format!("{before}utf-8"))]))
}

fn fact(at: Range<usize>, said: Vec<Said>) -> Slot {
    Slot {
        at,
        what: What::Fact {
            escape: Escape::HtmlAttribute,
            said,
        },
    }
}
