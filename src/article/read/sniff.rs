//! Which format a file is in: by its content, and by its name where that does not say.

use super::ReadError;
use crate::article::Format;

/// How much of a file is looked at.
const LOOKED_AT: usize = 1 << 16;

/// The format of the file called `name`.
///
/// # Errors
/// When it is XML of another kind: as plain text its tags would be words.
pub(super) fn format(name: &str, bytes: &[u8]) -> Result<Format, ReadError> {
    let start = String::from_utf8_lossy(bytes.get(..LOOKED_AT).unwrap_or(bytes));
    let start = start.trim_start_matches('\u{feff}').trim_start();
    match (by_content(start), by_name(name)) {
        // Markdown may begin with any tag but that of a page.
        (Some(Format::Html), Some(Format::Markdown)) if !is_page(start) => Ok(Format::Markdown),
        (Some(told), _) => Ok(told),
        (None, Some(named)) => Ok(named),
        (None, None) => match root(start) {
            Some(root) if is_xml(name, start) => Err(ReadError::UnknownXml {
                root: root.chars().take(LONGEST_ROOT).collect(),
            }),
            _ => Ok(Format::Plain),
        },
    }
}

/// Characters of the name of an element that an error shows.
const LONGEST_ROOT: usize = 40;

/// Whether a file says of itself that it is XML.
fn is_xml(name: &str, start: &str) -> bool {
    let named = name.rsplit_once('.').map_or("", |(_, end)| end);
    start.starts_with('<') && named.eq_ignore_ascii_case("xml") || begins(start, "<?xml")
}

/// Whether a file begins as a whole page of HTML.
fn is_page(start: &str) -> bool {
    ["<!doctype html", "<html"]
        .iter()
        .any(|tag| begins(start, tag))
}

fn begins(start: &str, with: &str) -> bool {
    (start.get(..with.len())).is_some_and(|s| s.eq_ignore_ascii_case(with))
}

/// What the first characters of a file tell; `None` where they are those of any text.
fn by_content(start: &str) -> Option<Format> {
    match start.chars().next()? {
        '<' => by_root(start),
        '{' | '[' => by_value(start),
        '-' | '+' => front_matter(start),
        _ => None,
    }
}

/// Elements of HTML that a page or a part of one begins with.
const HTML: [&str; 23] = [
    "html",
    "head",
    "body",
    "article",
    "main",
    "section",
    "div",
    "header",
    "footer",
    "aside",
    "nav",
    "h1",
    "h2",
    "h3",
    "h4",
    "p",
    "ul",
    "ol",
    "dl",
    "table",
    "blockquote",
    "figure",
    "picture",
];

/// The format that has the first element. What XML does not know may be HTML.
fn by_root(start: &str) -> Option<Format> {
    if is_page(start) {
        return Some(Format::Html);
    }
    let name = root(start)?;
    let local = name.rsplit_once(':').map_or(name, |(_, local)| local);
    match local {
        "rss" => Some(Format::Rss),
        "feed" | "entry" => Some(Format::Atom),
        "nitf" => Some(Format::Nitf),
        "newsItem" | "packageItem" | "newsMessage" | "conceptItem" | "knowledgeItem"
        | "planningItem" | "catalogItem" | "contentMeta" | "contentSet" => Some(Format::NewsMl),
        "xliff" => Some(Format::Xliff),
        other => {
            let is_html = HTML.iter().any(|name| other.eq_ignore_ascii_case(name));
            is_html.then_some(Format::Html)
        }
    }
}

/// What the first element is called.
fn root(start: &str) -> Option<&str> {
    let mut rest = start;
    loop {
        rest = rest.get(rest.find('<')?..)?;
        let end = if rest.starts_with("<!--") {
            rest.find("-->")?
        } else if rest.starts_with("<!DOCTYPE") && rest.split('>').next()?.contains('[') {
            rest.find("]>")?
        } else if rest.starts_with(['<']) && rest[1..].starts_with(['?', '!']) {
            rest.find('>')?
        } else {
            break;
        };
        rest = rest.get(end..)?;
    }
    let name = rest
        .get(1..)?
        .split(|c: char| c.is_whitespace() || "/>".contains(c))
        .next()?;
    (!name.is_empty()).then_some(name)
}

/// What a site generator reads before the text: keys and values between two fences.
fn front_matter(start: &str) -> Option<Format> {
    let mut lines = start.lines().map(str::trim_end);
    let (fence, separator) = match lines.next()? {
        "---" => ("---", ':'),
        "+++" => ("+++", '='),
        _ => return None,
    };
    let is_key = |line: &str| {
        let key = line.split_once(separator).map_or("", |(key, _)| key.trim());
        !key.is_empty()
            && key
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "_-\"".contains(c))
    };
    let mut first = lines
        .clone()
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    (first.next().is_some_and(is_key) && lines.any(|line| line == fence))
        .then_some(Format::Markdown)
}

/// One value, or one a line.
fn by_value(start: &str) -> Option<Format> {
    let mut lines = start.lines().filter(|line| !line.trim().is_empty());
    let is_whole = |line: &str| serde_json::from_str::<serde::de::IgnoredAny>(line).is_ok();
    let first = lines.next().filter(|line| is_whole(line));
    if first.is_some_and(|line| line.starts_with('{')) && lines.next().is_some() {
        return Some(Format::JsonLines);
    }
    // `[Photo]` opens many an article.
    let next = start.get(1..)?.trim_start().chars().next()?;
    let opens = match start.chars().next()? {
        '{' => "\"}",
        _ => "{]",
    };
    opens.contains(next).then_some(Format::Json)
}

fn by_name(name: &str) -> Option<Format> {
    let (_, extension) = name.rsplit_once('.')?;
    match extension.to_ascii_lowercase().as_str() {
        "txt" => Some(Format::Plain),
        "html" | "htm" | "xhtml" => Some(Format::Html),
        "json" => Some(Format::Json),
        "jsonl" | "ndjson" => Some(Format::JsonLines),
        "rss" => Some(Format::Rss),
        "atom" => Some(Format::Atom),
        "nitf" => Some(Format::Nitf),
        "xlf" | "xliff" => Some(Format::Xliff),
        "md" | "markdown" => Some(Format::Markdown),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_tells_before_the_name() {
        for (name, content, told) in [
            ("a.md", "<div>\n\n*x*", Format::Markdown),
            ("a.md", "<!DOCTYPE html><p>", Format::Html),
            ("a.txt", "---\ntitle: A\n---\nIt rained.", Format::Markdown),
            ("a.txt", "---\nIt rained: hard.\n---\n", Format::Plain),
            (
                "a.txt",
                "+++\ntitle = 'A'\n+++\nIt rained.",
                Format::Markdown,
            ),
            (
                "a.txt",
                "<?xml version=\"1.0\"?>\n<!-- x --><rss version=\"2.0\">",
                Format::Rss,
            ),
            (
                "a.xml",
                "<feed xmlns=\"http://www.w3.org/2005/Atom\">",
                Format::Atom,
            ),
            (
                "a.xml",
                "<!DOCTYPE nitf [<!ENTITY a \"b\">]>\n<nitf>",
                Format::Nitf,
            ),
            ("a", "\u{feff}<newsItem\n guid=\"1\">", Format::NewsMl),
            ("a.txt", "{\n \"uri\": 1}", Format::Json),
            ("a.json", "[{\"title\": 1}]", Format::Json),
            (
                "a.json",
                "{\"title\": 1}\n{\"title\": 2}\n",
                Format::JsonLines,
            ),
            ("a.json", "not", Format::Json),
            (
                "a.txt",
                "[Photo] DHAKA, May 1 (BSS) - It rained.",
                Format::Plain,
            ),
            ("a.txt", "<!doctype HTML>\n<title>x</title>", Format::Html),
            ("a", "<P>It rained.", Format::Html),
            ("a.txt", "<blockquote>It rained.", Format::Html),
            ("a.txt", "<b>Rain</b> goes on", Format::Plain),
            ("a.html", "<b>Rain</b> goes on", Format::Html),
            ("a.txt", "<< It rained.", Format::Plain),
            ("a.txt", "{{ story }}", Format::Plain),
            ("a", "", Format::Plain),
        ] {
            let read = format(name, content.as_bytes());
            assert_eq!(read, Ok(told), "{name}: {content}");
        }
    }

    #[test]
    fn xml_of_another_kind_is_no_article() {
        for (name, content, root) in [
            ("a.xml", "<urlset><url>x</url></urlset>", "urlset"),
            (
                "a",
                "<?xml version='1.0'?>\n<svg:svg xmlns:svg='x'>",
                "svg:svg",
            ),
        ] {
            let root = root.to_owned();
            assert_eq!(
                format(name, content.as_bytes()),
                Err(ReadError::UnknownXml { root })
            );
        }
        assert_eq!(format("a.txt", b"<urlset> rose"), Ok(Format::Plain));
        assert_eq!(format("a.xml", b"It <b>rained"), Ok(Format::Plain));
        let late = format!("<!-- {} --><rss>", "licence ".repeat(1000));
        assert_eq!(format("a.xml", late.as_bytes()), Ok(Format::Rss));
    }
}
