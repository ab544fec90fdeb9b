//! Where a page says what it is a translation of.

use super::head::Head;
use crate::article::frame::{Escape, Said, Slot, What};

/// What is inserted into a page: at the end of its head a link to the page that it was
/// translated from, and the same for machines, as schema.org has it, in what the page says
/// of its article or else beside the link. A part of a page has no place for it.
pub(super) fn slots(head: &Head) -> Vec<Slot> {
    let mut slots = Vec::new();
    if let Some(at) = head.article {
        let mut said = Vec::new();
        if !head.article_says_language {
            said.extend([raw("\"inLanguage\":\""), Said::Language, raw("\",")]);
        }
        said.extend(origin(head));
        said.push(raw(","));
        slots.push(inserted(at, Escape::Script, said));
    }
    let Some(end) = head.end else {
        return slots;
    };
    if let Some(address) = head.address.as_deref().filter(|_| !head.has_alternates) {
        let href = Escape::HtmlAttribute.written(address);
        let said = vec![
            raw("<link rel=\"alternate\" hreflang=\""),
            Said::SourceLanguage,
            raw(&format!("\" href=\"{href}\">")),
        ];
        slots.push(inserted(end, Escape::HtmlAttribute, said));
    }
    if head.article.is_none() {
        let mut said = vec![
            raw(
                "<script type=\"application/ld+json\">{\"@context\":\"https://schema.org\",\
                 \"@type\":\"NewsArticle\",\"inLanguage\":\"",
            ),
            Said::Language,
            raw("\","),
        ];
        said.extend(origin(head));
        said.push(raw("}</script>"));
        slots.push(inserted(end, Escape::Script, said));
    }
    slots
}

/// Members of an object that is the translation.
fn origin(head: &Head) -> Vec<Said> {
    let address = match head.address.as_deref() {
        Some(address) => format!("\"@id\":\"{}\",", Escape::Script.written(address)),
        None => String::new(),
    };
    vec![
        raw(&format!(
            "\"translationOfWork\":{{\"@type\":\"NewsArticle\",{address}\"inLanguage\":\""
        )),
        Said::SourceLanguage,
        raw("\",\"identifier\":\"blake3:"),
        Said::Digest,
        raw("\"},\"translator\":{\"@type\":\"SoftwareApplication\",\"name\":\""),
        Said::Generator,
        raw("\",\"description\":\""),
        Said::Providers,
        raw("\"}"),
    ]
}

fn raw(text: &str) -> Said {
    Said::Raw(text.to_owned())
}

fn inserted(at: usize, escape: Escape, said: Vec<Said>) -> Slot {
    Slot {
        at: at..at,
        what: What::Fact { escape, said },
    }
}
