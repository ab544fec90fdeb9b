//! XLIFF 1.2, 2.0 and 2.1: units whose source stays and whose target is written.
//!
//! Followed: the OASIS specifications of 1.2 and 2.1. Notes, matches, glossaries and
//! whatever else a unit carries stay as they are.

use std::ops::Range;

use super::dialect::{Dialect, Element};
use super::token::Open;
use crate::article::Role;
use crate::article::frame::Said;

/// A file whose root is `xliff`.
pub(super) struct Xliff;

impl Dialect for Xliff {
    fn element(&self, open: &Open<'_>, parents: &[&str]) -> Element {
        let is_kept = open.attribute("translate").is_some_and(|a| a.value == "no");
        match open.local() {
            "mrk" if is_kept => Element::Inline(Role::Verbatim),
            "pc" | "g" | "mrk" => Element::Inline(Role::Around),
            _ if is_kept => Element::Skip,
            "xliff" | "file" | "body" | "group" | "unit" | "trans-unit" | "segment" => {
                Element::Container
            }
            "source" | "target" if !matches!(parents.last(), Some(&"segment" | &"trans-unit")) => {
                Element::Skip
            }
            "source" => Element::Source,
            "target" => Element::Target,
            _ => Element::Skip,
        }
    }

    fn facts(&self, open: &Open<'_>, _: &[&str]) -> Vec<(Range<usize>, Vec<Said>)> {
        // 1.2 says the language of each file, 2 that of all of them.
        let is_second = open.attribute("srcLang").is_some();
        let (target, state) = match open.local() {
            "xliff" if is_second => (Some("trgLang"), None),
            "file" if open.attribute("source-language").is_some() => {
                (Some("target-language"), None)
            }
            "segment" => (None, Some("translated")),
            _ => (None, None),
        };
        let raw = |text: String| Said::Raw(text);
        let behind = open.behind_name();
        let mut facts = Vec::new();
        if let Some(name) = target {
            facts.push(match open.attribute(name) {
                Some(own) => (own.at.clone(), vec![Said::Language]),
                None => (
                    behind..behind,
                    vec![
                        raw(format!(" {name}=\"")),
                        Said::Language,
                        raw("\"".to_owned()),
                    ],
                ),
            });
        }
        if let Some(state) = state {
            facts.push(match open.attribute("state") {
                Some(own) => (own.at.clone(), vec![raw(state.to_owned())]),
                None => (behind..behind, vec![raw(format!(" state=\"{state}\""))]),
            });
        }
        facts
    }

    fn language(&self, open: &Open<'_>) -> Option<String> {
        let attribute = open
            .attribute("srcLang")
            .or_else(|| open.attribute("source-language"));
        attribute.map(|a| a.value.clone())
    }
}
