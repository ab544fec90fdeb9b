//! How text is written where a format gives some characters a meaning.

/// How text is written at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Escape {
    /// As it is.
    None,
    /// Between the tags of HTML.
    Html,
    /// In an attribute of HTML, whichever quotation marks are around it.
    HtmlAttribute,
    /// Between the tags of XML.
    Xml,
    /// In an attribute of XML, whichever quotation marks are around it.
    XmlAttribute,
    /// Inside `<![CDATA[` and `]]>`, which stay where they are.
    CData,
    /// Inside the quotation marks of a string of JSON.
    Json,
    /// The same in a script of HTML, which any tag could end.
    Script,
    /// In the running text of Markdown.
    Markdown,
    /// As a string in quotation marks, which are written with it: in YAML and TOML, and
    /// the title of a link in Markdown.
    Quoted,
}

impl Escape {
    /// `text` as it is written here.
    #[must_use]
    pub fn written(self, text: &str) -> String {
        let mut out = String::with_capacity(text.len() + text.len() / 8);
        match self {
            Self::None => out.push_str(text),
            Self::Html | Self::Xml => each(text, &mut out, markup),
            Self::HtmlAttribute | Self::XmlAttribute => each(text, &mut out, |c| match c {
                '"' => Some("&quot;"),
                '\'' => Some("&#39;"),
                other => markup(other),
            }),
            // The end of a section cannot stand in it: one ends and another begins.
            Self::CData => out.push_str(&text.replace("]]>", "]]]]><![CDATA[>")),
            Self::Json => json(text, &mut out),
            Self::Script => {
                json(text, &mut out);
                out = out.replace('<', "\\u003c");
            }
            Self::Markdown => markdown(text, &mut out),
            Self::Quoted => {
                out.push('"');
                json(text, &mut out);
                out.push('"');
            }
        }
        out
    }
}

fn markup(c: char) -> Option<&'static str> {
    match c {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        _ => None,
    }
}

fn each(text: &str, out: &mut String, special: impl Fn(char) -> Option<&'static str>) {
    for c in text.chars() {
        match special(c) {
            Some(escaped) => out.push_str(escaped),
            None => out.push(c),
        }
    }
}

/// A mark that could mean something has a backslash before it, which is never read.
fn markdown(text: &str, out: &mut String) {
    let mut before = None;
    let mut at = text.char_indices().peekable();
    while let Some((i, c)) = at.next() {
        let next = at.peek().map(|&(_, c)| c);
        let is_escaped = match c {
            '*' | '`' | '[' | ']' | '<' | '\\' | '|' => true,
            // Between letters it is one of them.
            '_' => ![before, next]
                .iter()
                .all(|c| c.is_some_and(char::is_alphanumeric)),
            '~' => [before, next].contains(&Some('~')),
            '&' => next.is_some_and(|c| c == '#' || c.is_ascii_alphanumeric()),
            // What begins a line.
            '#' => i == 0 && next.is_none_or(|c| c == '#' || c == ' '),
            '+' | '-' => i == 0 && next.is_none_or(|c| c == ' '),
            '>' => i == 0,
            '.' | ')' => i > 0 && text[..i].bytes().all(|b| b.is_ascii_digit()),
            _ => false,
        };
        if is_escaped {
            out.push('\\');
        }
        out.push(if c == '\n' { ' ' } else { c });
        before = Some(c);
    }
}

/// Letters stay letters, as RFC 8259 allows; what it forbids is escaped.
fn json(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if u32::from(c) < 0x20 => {
                use std::fmt::Write as _;
                // Into a string nothing fails.
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_a_meaning_is_escaped() {
        for (escape, text, written) in [
            (Escape::None, "a < b", "a < b"),
            (Escape::Html, "a < b & \"c\"", "a &lt; b &amp; \"c\""),
            (Escape::HtmlAttribute, "\"ক'", "&quot;ক&#39;"),
            (Escape::CData, "x]]>y", "x]]]]><![CDATA[>y"),
            (Escape::Json, "\"ক\"\n\u{1}\\", "\\\"ক\\\"\\n\\u0001\\\\"),
            (Escape::Script, "\"</script>", "\\\"\\u003c/script>"),
            (Escape::Markdown, "a*b_[c]", "a\\*b\\_\\[c\\]"),
            (
                Escape::Markdown,
                "2026. a_b &amp; R & D",
                "2026\\. a_b \\&amp; R & D",
            ),
            (Escape::Markdown, "- a ~~b~ 1.5", "\\- a \\~\\~b~ 1.5"),
            (Escape::Quoted, "“ক” \"b\"", "\"“ক” \\\"b\\\"\""),
        ] {
            assert_eq!(escape.written(text), written, "{escape:?} {text}");
        }
    }

    #[test]
    fn json_reads_back() {
        let text = "“ক”\"\u{7f}\u{2028}\t\u{0}";
        let json = format!("\"{}\"", Escape::Json.written(text));
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
    }
}
