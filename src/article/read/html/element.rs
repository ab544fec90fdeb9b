//! What the elements of HTML do to text.

use super::token::Opening;

/// What an element is to a reader of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Element {
    /// Text before it, in it and behind it are three.
    Block,
    /// It stands among words.
    Inline,
    /// It stands among words, which are not to be translated.
    Verbatim,
    /// It has no content.
    Void,
    /// It has no content, and text before and behind it are two.
    Rule,
    /// What is in it is no text of the article.
    Opaque,
    /// The same, and text before and behind it are two.
    OpaqueBlock,
}

/// The element called `name`, in small letters. One that is not known stands among words,
/// as in a browser.
pub(super) fn of(name: &str) -> Element {
    match name {
        "address" | "article" | "aside" | "blockquote" | "body" | "caption" | "center"
        | "colgroup" | "dd" | "details" | "dialog" | "dir" | "div" | "dl" | "dt" | "fieldset"
        | "figcaption" | "figure" | "footer" | "form" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6"
        | "head" | "header" | "hgroup" | "html" | "legend" | "li" | "main" | "menu" | "nav"
        | "ol" | "p" | "search" | "section" | "summary" | "table" | "tbody" | "td" | "tfoot"
        | "th" | "thead" | "title" | "tr" | "ul" => Element::Block,
        "code" | "kbd" | "samp" | "var" | "tt" => Element::Verbatim,
        "area" | "base" | "br" | "embed" | "img" | "input" | "link" | "meta" | "param"
        | "source" | "track" | "wbr" | "basefont" | "bgsound" | "frame" | "keygen" => Element::Void,
        "hr" | "col" => Element::Rule,
        "script" | "style" | "template" | "iframe" | "svg" | "math" | "object" | "audio"
        | "video" | "canvas" | "map" | "select" | "textarea" | "button" | "noscript"
        | "noembed" | "noframes" | "applet" | "datalist" | "meter" | "progress" => Element::Opaque,
        "pre" | "xmp" | "listing" | "plaintext" | "optgroup" | "option" | "frameset" => {
            Element::OpaqueBlock
        }
        _ => Element::Inline,
    }
}

/// Whether an open `name` ends where `next` begins, although nothing closes it.
pub(super) fn ends_before(name: &str, next: &str) -> bool {
    match name {
        "p" => of(next) == Element::Block || of(next) == Element::Rule,
        "li" => next == "li",
        "dt" | "dd" => matches!(next, "dt" | "dd"),
        "td" | "th" => matches!(next, "td" | "th" | "tr" | "tbody" | "tfoot"),
        "tr" => matches!(next, "tr" | "tbody" | "tfoot"),
        "head" => next == "body",
        _ => false,
    }
}

/// Whether the element stands beside a page's story by its name.
pub(super) fn is_aside(name: &str) -> bool {
    matches!(
        name,
        "nav" | "aside" | "footer" | "menu" | "dialog" | "search"
    )
}

/// Classes of posts of other sites, which stay as they were quoted.
const EMBEDS: &[&str] = &[
    "twitter-tweet",
    "instagram-media",
    "tiktok-embed",
    "fb-post",
    "fb-video",
    "reddit-embed-bq",
    "bluesky-embed",
];

/// Classes that say of an element that it stands beside the story. Each is the whole of a
/// class: `has-sidebar` is one of pages whose story it holds.
const ASIDES: &[&str] = &[
    "related",
    "related-posts",
    "related-news",
    "related-articles",
    "related-stories",
    "recommended",
    "read-more",
    "share",
    "sharing",
    "social",
    "social-share",
    "share-buttons",
    "breadcrumb",
    "breadcrumbs",
    "newsletter",
    "comments",
    "comment-list",
    "sidebar",
    "advertisement",
    "advert",
    "ads",
    "ad",
    "sharedaddy",
    "jp-relatedposts",
    "screen-reader-text",
    "visually-hidden",
    "sr-only",
    "navigation",
    "pagination",
    "cookie-notice",
];

/// Roles of ARIA that say the same.
const ROLES: &[&str] = &[
    "navigation",
    "complementary",
    "contentinfo",
    "banner",
    "search",
    "dialog",
    "alert",
];

/// Classes of the line that says who wrote the story.
const BYLINES: &[&str] = &[
    "byline",
    "author",
    "post-author",
    "entry-author",
    "article-author",
    "story-author",
    "author-name",
    "byline-name",
];

/// Whether an element says who wrote the story.
pub(super) fn is_byline(tag: &Opening<'_>) -> bool {
    has_class(tag.value("class"), Class::Byline)
        || tag.value("itemprop").eq_ignore_ascii_case("author")
}

/// What the classes of an element say of it.
pub(super) fn has_class(classes: &str, sort: Class) -> bool {
    let known = match sort {
        Class::Embed => EMBEDS,
        Class::Aside => ASIDES,
        Class::Byline => BYLINES,
        Class::NotTranslated => &["notranslate"],
    };
    classes
        .split_ascii_whitespace()
        .any(|class| known.contains(&class.to_ascii_lowercase().as_str()))
}

/// What is asked of classes.
#[derive(Debug, Clone, Copy)]
pub(super) enum Class {
    /// A post of another site.
    Embed,
    /// What stands beside the story.
    Aside,
    /// The line that says who wrote the story.
    Byline,
    /// What its author wants to stay as it is.
    NotTranslated,
}

/// Whether what is in the element is to stay as it is.
pub(super) fn is_kept(tag: &Opening<'_>) -> bool {
    tag.value("translate").eq_ignore_ascii_case("no")
        || has_class(tag.value("class"), Class::NotTranslated)
}

/// Whether the role says that an element stands beside the story.
pub(super) fn is_aside_role(role: &str) -> bool {
    ROLES.contains(&role.trim().to_ascii_lowercase().as_str())
}
