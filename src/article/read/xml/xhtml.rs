//! XHTML inside a format in XML.

use super::dialect::Element;
use super::token::Open;
use crate::article::{BlockKind, Role};

/// What an element of XHTML is.
pub(super) fn element(open: &Open<'_>) -> Element {
    if open.attribute("translate").is_some_and(|a| a.value == "no")
        || open
            .attribute("class")
            .is_some_and(|a| a.value.split(' ').any(|c| c == "notranslate"))
    {
        return match of_name(open.local()) {
            Element::Inline(_) => Element::Inline(Role::Verbatim),
            _ => Element::Skip,
        };
    }
    of_name(open.local())
}

fn of_name(name: &str) -> Element {
    match name {
        "p" | "li" | "td" | "th" | "dt" | "dd" | "h2" | "h3" | "h4" | "h5" | "h6" => {
            Element::Block(BlockKind::Paragraph)
        }
        "h1" => Element::Block(BlockKind::Headline),
        "title" | "figcaption" | "caption" | "summary" => Element::Block(BlockKind::Caption),
        "div" | "blockquote" | "section" | "article" => Element::Block(BlockKind::Paragraph),
        "a" | "em" | "strong" | "b" | "i" | "u" | "s" | "span" | "sub" | "sup" | "small"
        | "mark" | "q" | "cite" | "abbr" | "acronym" | "time" | "font" | "ins" | "del" | "dfn"
        | "big" => Element::Inline(Role::Around),
        "code" | "kbd" | "samp" | "var" | "tt" => Element::Inline(Role::Verbatim),
        "br" | "img" | "wbr" => Element::Skip,
        "script" | "style" | "pre" | "svg" | "math" | "iframe" | "object" | "video" | "audio"
        | "template" | "noscript" | "meta" | "link" => Element::Skip,
        _ => Element::Container,
    }
}
