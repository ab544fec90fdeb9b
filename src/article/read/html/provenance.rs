//! Where a page says what it is a translation of.

use super::head::Head;
use crate::article::frame::{Escape, Said, Slot, What};

/// What is inserted at the end of the head of a page: the page that it was translated from,
/// and the same for machines, as schema.org has it. A part of a page has no place for it.
pub(super) fn slots(head: &Head) -> Vec<Slot> {
    let Some(end) = head.end else {
        return Vec::new();
    };
    let mut slots = Vec::new();
    let mut insert = |escape: Escape, said: Vec<Said>| {
        slots.push(Slot {
            at: end..end,
            what: What::Fact { escape, said },
        });
    };
    let raw = |text: &str| Said::Raw(text.to_owned());
    let address = head.address.as_deref();
    if let Some(address) = address.filter(|_| !head.has_alternates) {
        let href = Escape::HtmlAttribute.written(address);
        insert(
            Escape::HtmlAttribute,
            vec![
                raw("<link rel=\"alternate\" hreflang=\""),
                Said::SourceLanguage,
                raw(&format!("\" href=\"{href}\">")),
            ],
        );
    }
    let work = match address {
        Some(address) => format!("\"@id\":\"{}\",", in_script(address)),
        None => String::new(),
    };
    insert(
        Escape::Json,
        vec![
            raw(
                "<script type=\"application/ld+json\">{\"@context\":\"https://schema.org\",\
                 \"@type\":\"NewsArticle\",\"inLanguage\":\"",
            ),
            Said::Language,
            raw(&format!(
                "\",\"translationOfWork\":{{\"@type\":\"NewsArticle\",{work}\"inLanguage\":\""
            )),
            Said::SourceLanguage,
            raw("\",\"identifier\":\"blake3:"),
            Said::Digest,
            raw("\"},\"translator\":{\"@type\":\"SoftwareApplication\",\"name\":\""),
            Said::Generator,
            raw("\",\"description\":\""),
            Said::Providers,
            raw("\"}}</script>"),
        ],
    );
    slots
}

/// Text in a string of JSON inside a script, which ends where the page says so.
fn in_script(text: &str) -> String {
    Escape::Json.written(text).replace('<', "\\u003c")
}
