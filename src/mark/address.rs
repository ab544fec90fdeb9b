//! Addresses: web and e-mail addresses, handles and hashtags, file names.
//!
//! They are never translated. Recognition is by shape, so that it holds in
//! text of any script.

use crate::text::{Normal, Span};

/// Every address of `text`, in order and disjoint.
#[must_use]
pub fn find(text: &str) -> Vec<Span<Normal>> {
    // Nearly every paragraph has none of the marks that an address needs.
    if !text
        .bytes()
        .any(|b| matches!(b, b'@' | b'#' | b':' | b'/' | b'.'))
    {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (start, word) in words(text) {
        let lead = word
            .find(|c: char| c.is_ascii_alphanumeric() || matches!(c, '@' | '#'))
            .unwrap_or(word.len());
        let word = &word[lead..];
        let length = shape(word);
        if length > 0 {
            found.push(Span::trusted(start + lead, start + lead + length));
        }
    }
    found
}

/// The stretches without white space, each with its offset.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split(char::is_whitespace).scan(0, move |at, word| {
        let start = *at;
        let gap = text[start + word.len()..]
            .chars()
            .next()
            .map_or(0, char::len_utf8);
        *at = start + word.len() + gap;
        Some((start, word))
    })
}

/// How many bytes at the start of `word` are an address; 0 where none are.
fn shape(word: &str) -> usize {
    let body = &word[..word.find(outside).unwrap_or(word.len())];
    let body = trim_end(body);
    if let Some(rest) = body
        .strip_prefix("https://")
        .or_else(|| body.strip_prefix("http://"))
        .or_else(|| body.strip_prefix("www."))
    {
        return if rest.contains(|c: char| c.is_ascii_alphanumeric()) {
            body.len()
        } else {
            0
        };
    }
    if let Some(handle) = body.strip_prefix(['@', '#']) {
        let end = handle
            .find(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))
            .unwrap_or(handle.len());
        let letters = handle[..end].contains(|c: char| c.is_ascii_alphabetic());
        return if letters { 1 + end } else { 0 };
    }
    if let Some((name, host)) = body.split_once('@') {
        return if !name.is_empty() && is_host(host) {
            body.len()
        } else {
            0
        };
    }
    let host = body.split('/').next().unwrap_or(body);
    if is_host(host) && known_suffix(host) {
        return body.len();
    }
    0
}

/// A character that no address holds.
fn outside(c: char) -> bool {
    !c.is_ascii() || matches!(c, '"' | '<' | '>' | '\'' | '`' | '{' | '}' | '|' | '\\')
}

/// Without the punctuation of the sentence around an address.
fn trim_end(body: &str) -> &str {
    let mut body = body.trim_end_matches(['.', ',', ';', ':', '!', '?']);
    while body.ends_with(')') && body.matches('(').count() < body.matches(')').count() {
        body = body[..body.len() - 1].trim_end_matches(['.', ',', ';', ':', '!', '?']);
    }
    body
}

fn is_host(host: &str) -> bool {
    let host = host.split(':').next().unwrap_or(host);
    host.contains('.')
        && host.split('.').all(|label| {
            !label.is_empty()
                && label
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
        })
        && host
            .rsplit('.')
            .next()
            .is_some_and(|top| top.len() >= 2 && top.bytes().all(|b| b.is_ascii_alphabetic()))
}

/// A bare host is taken for one only under a suffix that newsrooms print:
/// `U.S` and `end.The` have the same shape.
fn known_suffix(host: &str) -> bool {
    const SUFFIXES: [&str; 22] = [
        "com", "org", "net", "gov", "edu", "info", "bd", "in", "uk", "int", "io", "co", "tv",
        "news", "example", "pdf", "doc", "docx", "jpg", "png", "mp4", "xlsx",
    ];
    let top = host.rsplit('.').next().unwrap_or_default();
    let before = host.len() - top.len();
    // `in` and `co` end sentences too when the space is missing: they need two more labels or a long one.
    SUFFIXES.contains(&top) && (top.len() > 2 || host[..before].matches('.').count() > 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_by_shape() {
        let table: &[(&str, &[&str])] = &[
            (
                "visit https://www.ecs.gov.bd/page?id=3, or",
                &["https://www.ecs.gov.bd/page?id=3"],
            ),
            ("(see www.bssnews.net).", &["www.bssnews.net"]),
            ("mail news.desk@bss.example.", &["news.desk@bss.example"]),
            (
                "wrote @ChiefAdviserGoB and #Dhaka2026",
                &["@ChiefAdviserGoB", "#Dhaka2026"],
            ),
            (
                "ওয়েবসাইট (https://a.example/ক) দেখুন",
                &["https://a.example/"],
            ),
            ("U.S. troops. He left.The end at 5:30 and/or 3.5", &[]),
            ("the No. #1 spot @ 5", &[]),
            ("report.pdf", &["report.pdf"]),
            ("প্রথমআলো.com", &[]),
        ];
        for (text, expected) in table {
            let found: Vec<&str> = find(text).iter().map(|s| s.slice(text)).collect();
            assert_eq!(&found, expected, "{text}");
        }
    }
}
