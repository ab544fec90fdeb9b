//! Posts as the REST interface of `WordPress` gives them: `/wp/v2/posts`.
//!
//! Followed: the handbook's reference of posts (developer.wordpress.org/rest-api/reference/posts).
//! `lang` and `translations` are members of the plugins for several languages
//! (Polylang, WPML); they are written, since `WordPress` itself has no place for a language.

use super::item::{Item, Sort};
use super::value::Value;
use crate::article::BlockKind;
use crate::article::frame::Said;
use crate::article::read::gather;

/// Whether an object with these members is a post.
pub(super) fn is_told_by(has: &dyn Fn(&str) -> bool) -> bool {
    has("content") && has("title") && (has("excerpt") || has("guid") || has("slug"))
}

pub(super) fn read(item: &mut Item<'_>) {
    let post = item.object;
    for (name, kind) in [
        ("title", BlockKind::Headline),
        ("excerpt", BlockKind::Caption),
        ("content", BlockKind::Paragraph),
        ("caption", BlockKind::Caption),
        ("description", BlockKind::Caption),
    ] {
        // `raw` is there for who may edit: the same text with its shortcodes.
        for form in ["rendered", "raw"] {
            for value in post.at(&format!("/{name}/{form}")) {
                item.field(value, kind, Sort::Html);
            }
        }
    }
    if let Some(alternative) = post.member("alt_text") {
        item.field(alternative, BlockKind::Caption, Sort::Plain);
    }
    let raw = |text: &str| Said::Raw(text.to_owned());
    match post.member("lang") {
        Some(language) => item.language(language),
        None => item.add(vec![raw("\"lang\":\""), Said::Language, raw("\",")]),
    }
    for (pointer, is_name) in [
        ("/guid/rendered", false),
        ("/guid/raw", false),
        ("/slug", true),
    ] {
        for value in post.at(pointer) {
            match value.text() {
                // A slug is part of an address: it stays as it is written, and goes on.
                Some(_) if is_name => {
                    let own = value.raw().trim_start_matches('"');
                    let own = own.strip_suffix('"').unwrap_or(own);
                    item.says(value, vec![raw(own), raw("-"), Said::Language]);
                }
                Some(own) => item.says(value, vec![Said::Id(own)]),
                None => {}
            }
        }
    }
    // WordPress gives numbers itself, and to its own posts alone.
    if let Some(id) = post.member("id") {
        let own = id.raw().to_owned();
        if post.member("translations").is_none() {
            item.add(vec![
                raw("\"translations\":{\""),
                Said::SourceLanguage,
                raw("\":"),
                raw(&own),
                raw("},"),
            ]);
        }
        item.becomes(id, vec![raw("null")]);
    }
    if let Some(link) = post.member("link").and_then(Value::text) {
        item.declared = item.declared.or(gather::language(&language_of(&link)));
    }
}

/// The language that the address of a post names as the first part of its path.
fn language_of(link: &str) -> String {
    let path = link.split_once("://").map_or("", |(_, rest)| rest);
    let first = path.split('/').nth(1).unwrap_or_default();
    if first.len() == 2 {
        first.to_owned()
    } else {
        String::new()
    }
}
