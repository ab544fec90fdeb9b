//! Codes that a site generator replaces: `{{< figure src="a.jpg" >}}`, `{% include x %}`,
//! `[gallery ids="1"]`.

use std::ops::Range;

use crate::article::read::html::shortcode;

/// What a code is written between; longer beginnings come first.
const FENCES: &[(&str, &str)] = &[
    ("{{<", ">}}"),
    ("{{%", "%}}"),
    ("{{", "}}"),
    ("{%", "%}"),
    ("{#", "#}"),
];
/// Bytes of the longest code.
const LONGEST: usize = 2048;

/// Where codes stand in `text`, in order.
pub(super) fn all(text: &str) -> Vec<Range<usize>> {
    let mut codes = Vec::new();
    let mut at = 0;
    while let Some(found) = text.get(at..).and_then(|rest| rest.find(['{', '['])) {
        let start = at + found;
        match length(&text[start..]) {
            Some(length) => {
                codes.push(start..start + length);
                at = start + length;
            }
            None => at = start + 1,
        }
    }
    codes
}

fn length(rest: &str) -> Option<usize> {
    if rest.starts_with('[') {
        // `[video](a.mp4)` is a link.
        return shortcode::length(rest).filter(|&n| !rest[n..].starts_with(['(', '[', ':']));
    }
    let (open, close) = FENCES.iter().find(|(open, _)| rest.starts_with(open))?;
    let reach = rest.floor_char_boundary(LONGEST);
    let inside = rest.get(open.len()..reach)?;
    let end = inside.find(close)?;
    let is_one = !inside[..end].contains("\n\n");
    is_one.then_some(open.len() + end + close.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_found() {
        let text = "a {{< fig src=\"x\" >}} {b} {{%note%}} {% raw %} [gallery ids=\"1\"] [a](b) [video](c) {{";
        let found: Vec<&str> = all(text).into_iter().map(|at| &text[at]).collect();
        assert_eq!(
            found,
            [
                "{{< fig src=\"x\" >}}",
                "{{%note%}}",
                "{% raw %}",
                "[gallery ids=\"1\"]"
            ]
        );
    }
}
