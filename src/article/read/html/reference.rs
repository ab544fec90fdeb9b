//! Characters that HTML writes by name or number.

use std::borrow::Cow;

/// Hands over the text that `raw` stands for, in pieces: the text, and its bytes in `raw`.
///
/// A reference that was escaped once too often (`&amp;nbsp;`, as feeds have them) is
/// read as what it was meant to be, but for one that stands for markup: an article about
/// HTML writes `&amp;lt;`.
pub(super) fn each<'a>(
    raw: &'a str,
    in_attribute: bool,
    mut hand: impl FnMut(Cow<'a, str>, std::ops::Range<usize>),
) {
    let mut at = 0;
    while let Some(rest) = raw.get(at..).filter(|rest| !rest.is_empty()) {
        let plain = rest.find('&').unwrap_or(rest.len());
        if plain > 0 {
            hand(Cow::Borrowed(&rest[..plain]), at..at + plain);
            at += plain;
            continue;
        }
        let (text, taken) = match reference(rest, in_attribute) {
            Some((text, taken)) if text == "&" => meant(rest, taken).unwrap_or((text, taken)),
            Some(found) => found,
            None => (Cow::Borrowed("&"), 1),
        };
        hand(text, at..at + taken);
        at += taken;
    }
}

/// The text that `raw` stands for to a browser.
pub(super) fn decoded(raw: &str, in_attribute: bool) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some((text, taken)) = reference(rest, in_attribute) {
            out.push_str(&text);
            rest = &rest[taken..];
        } else {
            out.push('&');
            rest = &rest[1..];
        }
    }
    out.push_str(rest);
    out
}

/// What `rest`, which begins with an ampersand that takes `taken` bytes, was meant to be.
fn meant(rest: &str, taken: usize) -> Option<(Cow<'static, str>, usize)> {
    let name = rest.get(taken..)?;
    let length = name.find(';').filter(|&at| at <= LONGEST)?;
    let again = format!("&{}", &name[..=length]);
    let (text, _) = reference(&again, false).filter(|(_, all)| *all == again.len())?;
    let is_markup = text == "<" || text == ">";
    (!is_markup).then(|| (text.into_owned().into(), taken + length + 1))
}

/// Bytes of the longest name: `CounterClockwiseContourIntegral`.
const LONGEST: usize = 32;

/// How long names of old are that need no semicolon, such as `&nbsp`.
const OLDEST: std::ops::RangeInclusive<usize> = 2..=6;

/// The reference that `rest` begins with, and the bytes that it takes.
fn reference(rest: &str, in_attribute: bool) -> Option<(Cow<'static, str>, usize)> {
    let body = rest.get(1..)?;
    if let Some(digits) = body.strip_prefix('#') {
        return numbered(digits).map(|(c, taken)| (c.to_string().into(), taken + 2));
    }
    let is_name = |c: char| c.is_ascii_alphanumeric();
    let length = body
        .find(|c| !is_name(c))
        .unwrap_or(body.len())
        .min(LONGEST);
    if body.get(length..)?.starts_with(';')
        && let Some(text) = named(&body[..length])
    {
        return Some((text.into(), length + 2));
    }
    let is_old = |text: &str| {
        matches!(text, "<" | ">" | "&" | "\"")
            || text.chars().all(|c| ('\u{a0}'..='\u{ff}').contains(&c))
    };
    let (text, length) = OLDEST.rev().filter(|&n| n <= length).find_map(|n| {
        let text = named(body.get(..n)?).filter(|text| is_old(text))?;
        Some((text, n))
    })?;
    let next = body[length..].chars().next();
    if in_attribute && next.is_some_and(|c| c == '=' || is_name(c)) {
        return None;
    }
    Some((text.into(), length + 1))
}

/// What a name stands for.
fn named(name: &str) -> Option<String> {
    let reference = format!("&{name};");
    match html_escape::decode_html_entities(&reference) {
        Cow::Owned(text) if text != reference => Some(text),
        _ => None,
    }
}

/// The character of a number, and the bytes that it takes behind `&#`.
fn numbered(digits: &str) -> Option<(char, usize)> {
    let (radix, prefix) = match digits.as_bytes().first()? {
        b'x' | b'X' => (16, 1),
        _ => (10, 0),
    };
    let body = &digits[prefix..];
    let length = body
        .find(|c: char| !c.is_digit(radix))
        .unwrap_or(body.len());
    if length == 0 {
        return None;
    }
    let code = u32::from_str_radix(&body[..length], radix).unwrap_or(u32::MAX);
    let closed = usize::from(body[length..].starts_with(';'));
    let c = match u8::try_from(code) {
        // Pages that were written in Windows-1252 number its characters so.
        Ok(byte @ 0x80..=0x9f) => {
            let read = encoding_rs::WINDOWS_1252;
            read.decode_without_bom_handling(&[byte]).0.chars().next()
        }
        _ => char::from_u32(code).filter(|&c| c != '\0'),
    };
    Some((c.unwrap_or('\u{fffd}'), prefix + length + closed))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(raw: &str) -> String {
        let mut out = String::new();
        let mut end = 0;
        each(raw, false, |text, at| {
            assert_eq!(at.start, end, "{raw}");
            end = at.end;
            out.push_str(&text);
        });
        assert_eq!(end, raw.len());
        out
    }

    #[test]
    fn references_are_read_as_a_browser_does() {
        for (raw, text) in [
            ("Tom &amp; Jerry &lt;3", "Tom & Jerry <3"),
            ("&ldquo;ক&rdquo; &#8216;খ&#x2019;", "“ক” ‘খ’"),
            ("a&nbsp;b&nbspc &copy 2026", "a\u{a0}b\u{a0}c © 2026"),
            ("&#146;s &#150;", "’s –"),
            (
                "R&D AT&T; &unknown; & &# &#x; &;",
                "R&D AT&T; &unknown; & &# &#x; &;",
            ),
            ("&#0;&#xD800;&#99999999999;", "\u{fffd}\u{fffd}\u{fffd}"),
            ("&#65", "A"),
        ] {
            assert_eq!(read(raw), text, "{raw}");
            assert_eq!(decoded(raw, false), text, "{raw}");
        }
    }

    #[test]
    fn what_was_escaped_twice_is_read_as_it_was_meant() {
        for (raw, text) in [
            ("a&amp;nbsp;b &amp;#8217;s &amp;quot;", "a\u{a0}b ’s \""),
            ("AT&amp;amp;T", "AT&T"),
            ("write &amp;lt;b&amp;gt;", "write &lt;b&gt;"),
            ("R&amp;D; &amp;c;", "R&D; &c;"),
        ] {
            assert_eq!(read(raw), text, "{raw}");
        }
        assert_eq!(decoded("a&amp;nbsp;", false), "a&nbsp;");
    }

    #[test]
    fn an_address_in_an_attribute_has_no_references_without_semicolons() {
        assert_eq!(decoded("?a=1&copy=2&lt", true), "?a=1&copy=2<");
    }
}
