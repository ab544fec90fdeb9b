//! No markup, escapes or placeholders that the source does not have.

use super::{Exchange, Finding, Severity};

/// What newsrooms do not print and machines write.
const MACHINERY: [&str; 16] = [
    "<", ">", "＜", "＞", "{", "}", "[", "]", "`", "\\", "**", "__", "##", "\u{FFFD}", "&#",
    "&nbsp;",
];

/// Named escapes that services leave behind.
const ESCAPES: [&str; 7] = [
    "&amp;", "&lt;", "&gt;", "&quot;", "&apos;", "&ldquo;", "&rdquo;",
];

pub(super) fn check(exchange: &Exchange<'_>) -> Vec<Finding> {
    let Some(what) = residue(exchange.source, exchange.target) else {
        return Vec::new();
    };
    vec![Finding::new(
        "markup",
        Severity::Error,
        format!("`{what}` stands in the translation and not in the source"),
    )]
}

/// The first sign of markup or of a placeholder that `target` has and `source`
/// has not, or not so often.
#[must_use]
pub(crate) fn residue(source: &str, target: &str) -> Option<String> {
    let count = |text: &str, sign: &str| text.matches(sign).count();
    let sign =
        (MACHINERY.iter().chain(&ESCAPES)).find(|sign| count(target, sign) > count(source, sign));
    if let Some(sign) = sign {
        return Some((*sign).to_owned());
    }
    let private = |text: &str| text.chars().filter(|c| is_private(*c)).count();
    if private(target) > private(source) {
        let shown = target.chars().find(|c| is_private(*c))?;
        return Some(shown.escape_unicode().to_string());
    }
    None
}

fn is_private(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFD}')
}

#[cfg(test)]
mod tests {
    use super::residue;

    #[test]
    fn what_machines_write_is_seen() {
        let table = [
            ("He said no.", "তিনি না বলেন।", None),
            ("He said no.", "<b>তিনি না বলেন।</b>", Some("<")),
            ("He said no.", "**তিনি না বলেন।**", Some("**")),
            ("He said no.", "[x 0] না বলেন।", Some("[")),
            ("He said no.", "তিনি \u{E003} বলেন।", Some("\\u{e003}")),
            ("R&D [sic]", "আরঅ্যান্ডডি [যেমন]", None),
            ("He said no.", "তিনি &quot;না&quot;", Some("&quot;")),
        ];
        for (source, target, expected) in table {
            assert_eq!(residue(source, target).as_deref(), expected, "{target}");
        }
    }
}
