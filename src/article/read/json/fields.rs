//! Fields of the desk's own, named by JSON Pointer.

use serde::Deserialize;

use super::item::{Item, Sort};
use crate::article::BlockKind;
use crate::article::frame::Said;

/// Which fields of an object hold what, as JSON Pointers (RFC 6901) in which `*`
/// stands for any item or member. Fields that an object lacks are passed over.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Fields {
    /// The headline.
    pub headline: Vec<String>,
    /// Who wrote it.
    pub byline: Vec<String>,
    /// The story as text, a paragraph a line.
    pub text: Vec<String>,
    /// The story as HTML.
    pub html: Vec<String>,
    /// Summaries, descriptions, captions.
    pub caption: Vec<String>,
    /// The language; the translation's is written there.
    pub language: Vec<String>,
    /// What the article is called; a derived name is written there.
    pub id: Vec<String>,
}

impl Default for Fields {
    fn default() -> Self {
        let all = |pointers: &[&str]| pointers.iter().map(|&p| p.to_owned()).collect();
        Self {
            headline: all(&["/headline", "/title"]),
            byline: all(&["/byline", "/author"]),
            text: all(&["/text", "/body", "/content", "/article", "/paragraphs/*"]),
            html: all(&["/html", "/body_html", "/content_html"]),
            caption: all(&["/summary", "/description", "/caption", "/images/*/caption"]),
            language: all(&["/language", "/lang"]),
            id: all(&["/id", "/guid"]),
        }
    }
}

impl Fields {
    /// Reads the fields that an article has.
    pub(super) fn read(&self, item: &mut Item<'_>) {
        let object = item.object;
        for (pointers, kind, sort) in [
            (&self.headline, BlockKind::Headline, Sort::Plain),
            (&self.byline, BlockKind::Byline, Sort::Plain),
            (&self.caption, BlockKind::Caption, Sort::Plain),
            (&self.text, BlockKind::Paragraph, Sort::Plain),
            (&self.html, BlockKind::Paragraph, Sort::Html),
        ] {
            for value in pointers.iter().flat_map(|p| object.at(p)) {
                item.field(value, kind, sort);
            }
        }
        for value in self.language.iter().flat_map(|p| object.at(p)) {
            item.language(value);
        }
        for value in self.id.iter().flat_map(|p| object.at(p)) {
            if let Some(own) = value.text() {
                item.says(value, vec![Said::Id(own)]);
            }
        }
    }
}
