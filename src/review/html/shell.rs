//! What all pages have: head, style, script.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use super::Html;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// What a page has beside what all have.
#[derive(Debug, Clone, Copy, Default)]
pub struct Shell<'a> {
    /// Another style, behind the common one.
    pub style: &'static str,
    /// Another script, behind the common one.
    pub script: &'static str,
    /// Whether scripts and forms may talk to the host that the page is from; a page
    /// of a file may talk to nobody.
    pub live: bool,
    /// More of the head.
    pub head: Option<&'a Html>,
}

/// A whole page.
///
/// Its policy lets nothing run but the style and script that are written in it,
/// whose digests it names, and lets nothing come from any host: where an escape
/// failed, the browser would still refuse.
#[must_use]
pub fn shell(title: &str, extra: &Shell<'_>, body: &Html) -> String {
    let mut styles = vec![STYLE];
    let mut scripts = vec![SCRIPT];
    styles.extend(Some(extra.style).filter(|style| !style.is_empty()));
    scripts.extend(Some(extra.script).filter(|script| !script.is_empty()));
    let talks = if extra.live { "'self'" } else { "'none'" };
    let policy = format!(
        "default-src 'none'; style-src {}; script-src {}; img-src data:; connect-src {talks}; \
         form-action {talks}; base-uri 'none'",
        digests(&styles),
        digests(&scripts)
    );
    let mut html = Html::new();
    html.fixed("<!DOCTYPE html>\n")
        .open("html", &[("lang", "en")])
        .fixed("<head><meta charset=\"utf-8\">\n")
        .open(
            "meta",
            &[
                ("http-equiv", "Content-Security-Policy"),
                ("content", &policy),
            ],
        )
        .fixed("\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .fixed("<meta name=\"referrer\" content=\"no-referrer\">\n")
        .open("meta", &[("name", "generator"), ("content", GENERATOR)])
        .element("title", &[], title);
    if let Some(head) = extra.head {
        html.add(head);
    }
    for style in styles {
        html.open("style", &[]).fixed(style).close("style");
    }
    html.fixed("</head>\n<body>\n").add(body).fixed("\n");
    for script in scripts {
        html.open("script", &[]).fixed(script).close("script");
    }
    html.fixed("</body></html>\n");
    html.0
}

/// What pages say of themselves; a file that says so may be replaced by another page.
pub(crate) const GENERATOR: &str = concat!("anubad ", env!("CARGO_PKG_VERSION"));

/// Digests as a policy names them.
fn digests(texts: &[&str]) -> String {
    let digest = |text: &&str| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)));
    texts.iter().map(digest).collect::<Vec<_>>().join(" ")
}
