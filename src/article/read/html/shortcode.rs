//! Codes in square brackets that a content management system replaces:
//! `[gallery ids="1,2"]`, `[embed]…[/embed]`.

/// Codes that are known without attributes, too.
const KNOWN: &[&str] = &[
    "ad", "ads", "audio", "caption", "embed", "gallery", "playlist", "video", "wp_ad", "youtube",
];
/// Bytes of the longest code.
const LONGEST: usize = 1024;

/// The bytes of the code that `text` begins with; `None` where it begins with none.
///
/// `[he said]` is none, nor is `[1]`: a code has a known name, or attributes with values,
/// or a slash.
pub(in crate::article::read) fn length(text: &str) -> Option<usize> {
    let body = text.strip_prefix('[')?;
    let reach = body.floor_char_boundary(LONGEST);
    let end = body[..reach].find(']')?;
    let inside = &body[..end];
    let length = end + 2;
    if let Some(name) = inside.strip_prefix('/') {
        return is_name(name).then_some(length);
    }
    let name = inside.split([' ', '\t', '\n', '=', '/']).next()?;
    if !is_name(name) {
        return None;
    }
    let rest = &inside[name.len()..];
    let has_attributes = rest.starts_with(char::is_whitespace)
        && rest.split_whitespace().any(|word| {
            let (key, value) = word.split_once('=').unwrap_or_default();
            is_name(key) && !value.is_empty()
        });
    let is_alone = rest.trim_start().is_empty() || rest.trim() == "/";
    let is_code = has_attributes || is_alone && (KNOWN.contains(&name) || rest.ends_with('/'));
    if !is_code {
        return None;
    }
    // What an embed encloses is an address.
    let behind = text.get(length..)?;
    let closing = format!("[/{name}]");
    let reach = behind.floor_char_boundary(LONGEST);
    match behind[..reach].find(&closing) {
        Some(at) if name == "embed" && !behind[..at].contains(char::is_whitespace) => {
            Some(length + at + closing.len())
        }
        _ => Some(length),
    }
}

fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_told_from_brackets() {
        for (text, code) in [
            ("[gallery ids=\"1,2\"] x", "[gallery ids=\"1,2\"]"),
            ("[gallery]", "[gallery]"),
            ("[/caption] x", "[/caption]"),
            (
                "[embed]https://a.b/c[/embed]x",
                "[embed]https://a.b/c[/embed]",
            ),
            (
                "[caption id=\"a\" width=\"3\"]<img>",
                "[caption id=\"a\" width=\"3\"]",
            ),
            (
                "[contact-form-7 id=\"4\" title=\"Ask us\"]",
                "[contact-form-7 id=\"4\" title=\"Ask us\"]",
            ),
            ("[spacer /]", "[spacer /]"),
        ] {
            assert_eq!(length(text).map(|n| &text[..n]), Some(code), "{text}");
        }
        for text in [
            "[he said]",
            "[1]",
            "[sic]",
            "[… a = b]",
            "[",
            "[ক]",
            "x[gallery]",
            "[a",
        ] {
            assert_eq!(length(text), None, "{text}");
        }
    }
}
