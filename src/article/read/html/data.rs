//! What a page says of its article for machines: JSON-LD, as schema.org has it.

use std::ops::Range;

use super::flow::Page;
use crate::article::frame::{Escape, Said, Slot, What};
use crate::article::read::draft::{Draft, Html, Place, Sort};
use crate::article::read::gather;
use crate::article::read::json::Value;
use crate::article::read::run::Run;

/// How deep an article may lie in the data.
const DEPTH: usize = 4;
/// Members that hold text for readers.
const TEXTS: &[&str] = &[
    "headline",
    "alternativeHeadline",
    "description",
    "abstract",
    "articleBody",
    "caption",
];

/// Adds the texts of `at`, a script of `source`, to the page. What is no JSON stays.
pub(super) fn read(source: &str, at: Range<usize>, page: &mut Page) {
    let Some(script) = source.get(at) else { return };
    let Ok(root) = Value::within(source, script) else {
        return;
    };
    let mut values = vec![(root, 0)];
    while let Some((value, depth)) = values.pop() {
        if depth > DEPTH {
            continue;
        }
        let inner = if value.is_object() {
            let members = value.members();
            if is_article(&members) {
                article(source, &members, value.start() + 1, page);
            }
            members.into_iter().map(|(_, member)| member).collect()
        } else {
            value.items()
        };
        let is_nested = |v: &Value<'_>| v.raw().starts_with(['{', '[']);
        values.extend(
            inner
                .into_iter()
                .rev()
                .filter(is_nested)
                .map(|v| (v, depth + 1)),
        );
    }
}

/// Whether an object is an article, or something that is shown with one.
fn is_article(members: &[(String, Value<'_>)]) -> bool {
    let kinds = members.iter().filter(|(name, _)| name == "@type");
    let said: String = kinds.map(|(_, value)| value.raw()).collect();
    [
        "Article\"",
        "\"BlogPosting\"",
        "\"ImageObject\"",
        "\"VideoObject\"",
        "\"WebPage\"",
    ]
    .iter()
    .any(|kind| said.contains(kind))
}

/// The texts of an object, whose members begin at `start`.
fn article(source: &str, members: &[(String, Value<'_>)], start: usize, page: &mut Page) {
    let has = |wanted: &str| members.iter().any(|(name, _)| name == wanted);
    let is_story = has("headline") && !has("translationOfWork") && !has("translator");
    let mut says_language = false;
    for (name, value) in members {
        if !value.raw().starts_with('"') {
            continue;
        }
        if name == "inLanguage" {
            let said = value.text().and_then(|text| gather::language(&text));
            if let Some(said) = said {
                says_language = true;
                page.head.declared.get_or_insert(said);
                page.facts
                    .push((fact(value.inside(), vec![Said::Language]), false));
            }
        } else if TEXTS.contains(&name.as_str()) {
            text(source, *value, page);
        }
    }
    if is_story && page.head.article.is_none() {
        page.head.article = Some(start);
        page.head.article_says_language = says_language;
    }
}

/// A text: HTML where it has tags or references, else a paragraph a line.
fn text(source: &str, value: Value<'_>, page: &mut Page) {
    let Some(said) = value.text() else { return };
    let at = value.inside();
    let mut push = |run: Run, html: Option<Html>| {
        let mut draft = Draft::new(run, Sort::About, Escape::Script, Place::default());
        draft.html = html;
        page.drafts.push(draft);
    };
    if said.contains('<') || said.contains('&') && said.contains(';') {
        let html = Html {
            at,
            source: said,
            escape: Escape::Script,
        };
        return push(Run::default(), Some(html));
    }
    for line in lines(value.raw(), at) {
        let mut run = Run::default();
        let raw = source.get(line.clone()).unwrap_or_default();
        if let Ok(text) = serde_json::from_str::<String>(&format!("\"{raw}\"")) {
            run.push(&text, line);
        }
        if run.has_words() {
            push(run, None);
        }
    }
}

/// The lines of a string: places in the file between its `\n`.
fn lines(raw: &str, at: Range<usize>) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut start = at.start;
    let mut bytes = raw.bytes().enumerate().skip(1);
    while let Some((i, byte)) = bytes.next() {
        if byte != b'\\' {
            continue;
        }
        if let Some((_, b'n' | b'r')) = bytes.next() {
            // The first byte of `raw` is the quotation mark before `at`.
            let end = at.start + i - 1;
            lines.push(start..end);
            start = end + 2;
        }
    }
    lines.push(start..at.end);
    lines
}

fn fact(at: Range<usize>, said: Vec<Said>) -> Slot {
    Slot {
        at,
        what: What::Fact {
            escape: Escape::Script,
            said,
        },
    }
}
