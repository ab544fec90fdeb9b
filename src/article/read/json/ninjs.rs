//! ninjs: news in JSON, by the IPTC. Versions 1 to 3, told by their members.
//!
//! Followed: the schemas of 1.6, 2.2 and 3.1. Version 2 writes names in small letters
//! (`contenttype`), version 3 in camel case; version 1 has `body_text`, `body_html` and the
//! like, and an object of associations where the later ones have a list.

use super::item::{Item, Sort};
use super::value::Value;
use crate::article::BlockKind;
use crate::article::frame::Said;
use crate::article::read::gather;

/// What a translation made by a program is, in the vocabulary of the IPTC.
const MADE: &str = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia";

/// Its name there, which the schemas ask for.
const MADE_NAME: &str = "Created using Generative AI";

/// Members of which one tells ninjs, beside `uri`.
const TELLING: [&str; 13] = [
    "standard",
    "headlines",
    "bodies",
    "descriptions",
    "body_text",
    "body_html",
    "body_xhtml",
    "description_text",
    "description_html",
    "pubStatus",
    "pubstatus",
    "versionCreated",
    "versioncreated",
];

/// Whether an object with these members is ninjs.
pub(super) fn is_told_by(has: &dyn Fn(&str) -> bool) -> bool {
    has("uri") && TELLING.iter().any(|name| has(name))
}

pub(super) fn read(item: &mut Item<'_>) {
    let object = item.object;
    words(item, object, true);
    let raw = |text: &str| Said::Raw(text.to_owned());
    match object.member("language") {
        Some(language) => item.language(language),
        None => item.add(vec![raw("\"language\":\""), Said::Language, raw("\",")]),
    }
    if let Some(uri) = object.member("uri")
        && let Some(own) = uri.text()
    {
        item.says(uri, vec![Said::Id(own)]);
        origin(item, object, uri);
    }
}

/// Says what it is a translation of, and that a program made it.
fn origin(item: &mut Item<'_>, object: Value<'_>, uri: Value<'_>) {
    let names: Vec<String> = object.members().into_iter().map(|(name, _)| name).collect();
    let has = |name: &str| names.iter().any(|own| own == name);
    let raw = |text: &str| Said::Raw(text.to_owned());
    let entry = format!(
        "{{\"name\":\"translatedFrom\",\"rel\":\"translatedFrom\",\"uri\":{}}}",
        uri.raw()
    );
    match object.member("associations") {
        // Version 1 has an object, each association under a name.
        Some(list) if list.is_object() => {}
        Some(list) => item.add_before(list, vec![raw(&entry)]),
        None if is_first(&has) => {}
        None => item.add(vec![raw(&format!("\"associations\":[{entry}],"))]),
    }
    let made = match version(object, &has) {
        Some(2) => "digitalsourcetype",
        Some(3) => "digitalSourceType",
        _ => return,
    };
    if !has(made) {
        let said = format!("\"{made}\":{{\"name\":\"{MADE_NAME}\",\"uri\":\"{MADE}\"}},");
        item.add(vec![raw(&said)]);
    }
}

/// Which version of ninjs it is, 2 or 3, where it says so or a name does.
fn version(object: Value<'_>, has: &dyn Fn(&str) -> bool) -> Option<u8> {
    let said = object
        .at("/standard/version")
        .first()
        .and_then(|v| v.text());
    match said.as_deref().and_then(|said| said.chars().next()) {
        Some('3') => return Some(3),
        Some('2') => return Some(2),
        _ => {}
    }
    let any = |names: &[&str]| names.iter().any(|name| has(name));
    if is_first(has) {
        None
    } else if any(&[
        "versionCreated",
        "pubStatus",
        "firstCreated",
        "copyrightNotice",
        "eventDetails",
    ]) {
        Some(3)
    } else if any(&[
        "versioncreated",
        "pubstatus",
        "firstcreated",
        "copyrightnotice",
    ]) {
        Some(2)
    } else {
        None
    }
}

/// Whether it is version 1.
fn is_first(has: &dyn Fn(&str) -> bool) -> bool {
    has("body_text") || has("body_html") || has("body_xhtml") || has("headline")
}

/// How deep associations of associations are read.
const DEEPEST: usize = 4;

/// The words of an item; of one that is associated with it they accompany the story.
fn words(item: &mut Item<'_>, object: Value<'_>, is_story: bool) {
    descend(item, object, is_story, 0);
}

fn descend(item: &mut Item<'_>, object: Value<'_>, is_story: bool, depth: usize) {
    let of_story = |kind| if is_story { kind } else { BlockKind::Caption };
    let mut has_headline = false;
    for (name, value) in object.members() {
        match name.as_str() {
            "headline" | "title" | "headline_extended" => {
                let kind = if has_headline {
                    BlockKind::Caption
                } else {
                    BlockKind::Headline
                };
                has_headline = true;
                item.field(value, of_story(kind), Sort::Plain);
            }
            "headlines" => {
                for headline in value.items() {
                    let kind = if has_headline {
                        BlockKind::Caption
                    } else {
                        BlockKind::Headline
                    };
                    has_headline = true;
                    part(item, headline, of_story(kind));
                }
            }
            "descriptions" => {
                for description in value.items() {
                    part(item, description, BlockKind::Caption);
                }
            }
            "bodies" => {
                for body in value.items() {
                    part(item, body, of_story(BlockKind::Paragraph));
                }
            }
            "by" | "byline" => item.field(value, BlockKind::Byline, Sort::Plain),
            "body_text" => item.field(value, of_story(BlockKind::Paragraph), Sort::Plain),
            "body_html" | "body_xhtml" => {
                item.field(value, of_story(BlockKind::Paragraph), Sort::Html);
            }
            "description_text" => item.field(value, BlockKind::Caption, Sort::Plain),
            "description_html" | "description_xhtml" => {
                item.field(value, BlockKind::Caption, Sort::Html);
            }
            "associations" if depth < DEEPEST => {
                let parts = if value.is_object() {
                    value.members().into_iter().map(|(_, part)| part).collect()
                } else {
                    value.items()
                };
                for part in parts {
                    associated(item, part, depth + 1);
                }
            }
            _ => {}
        }
    }
}

/// An item that is associated: its words, where they are in the language of the whole.
fn associated(item: &mut Item<'_>, object: Value<'_>, depth: usize) {
    let language = object.member("language");
    let own = language
        .and_then(Value::text)
        .and_then(|tag| gather::language(&tag));
    let whole = item.object.member("language").and_then(Value::text);
    let whole = whole.and_then(|tag| gather::language(&tag));
    if own.is_some() && whole.is_some() && own != whole {
        return;
    }
    let before = item.blocks.len();
    descend(item, object, false, depth);
    if let Some(language) = language
        && item.blocks.len() > before
    {
        item.language(language);
    }
}

/// One of several headlines, descriptions or bodies: its value, as its type says.
fn part(item: &mut Item<'_>, object: Value<'_>, kind: BlockKind) {
    let Some(value) = object.member("value") else {
        return;
    };
    let sort = (object.member("contentType"))
        .or_else(|| object.member("contenttype"))
        .and_then(Value::text)
        .unwrap_or_default();
    match sort.as_str() {
        "" | "text/plain" => item.field(value, kind, Sort::Plain),
        sort if sort.contains("html") => item.field(value, kind, Sort::Html),
        // What is neither stays as it is.
        _ => {}
    }
}
