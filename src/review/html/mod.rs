//! Pages of HTML that need nothing but themselves.
//!
//! [`Html`] holds what is markup; a string becomes part of it only through
//! [`Html::text`] and attributes, which escape it. So an article that contains
//! markup shows it as text, whoever writes the page.

mod article;
mod list;
mod marked;
mod shell;

pub use article::article;
pub use list::index;
pub use shell::{Shell, shell};

use super::overview::Listed;
use super::page::{Name, Page, Row};

/// Markup that is safe to show.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Html(String);

impl Html {
    /// Nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a text.
    pub fn text(&mut self, text: &str) -> &mut Self {
        escape(text, &mut self.0);
        self
    }

    /// Adds the beginning of an element; an attribute with an empty value stands
    /// alone. Names are written in the code and never come from outside.
    pub fn open(
        &mut self,
        element: &'static str,
        attributes: &[(&'static str, &str)],
    ) -> &mut Self {
        self.0.push('<');
        self.0.push_str(element);
        for (name, value) in attributes {
            self.0.push(' ');
            self.0.push_str(name);
            if !value.is_empty() {
                self.0.push_str("=\"");
                escape(value, &mut self.0);
                self.0.push('"');
            }
        }
        self.0.push('>');
        self
    }

    /// Adds the end of an element.
    pub fn close(&mut self, element: &'static str) -> &mut Self {
        self.0.push_str("</");
        self.0.push_str(element);
        self.0.push('>');
        self
    }

    /// Adds a whole element with a text in it.
    pub fn element(
        &mut self,
        element: &'static str,
        attributes: &[(&'static str, &str)],
        text: &str,
    ) -> &mut Self {
        self.open(element, attributes).text(text).close(element)
    }

    /// Adds other markup.
    pub fn add(&mut self, other: &Self) -> &mut Self {
        self.0.push_str(&other.0);
        self
    }

    /// Adds markup that is written in the code.
    pub fn fixed(&mut self, markup: &'static str) -> &mut Self {
        self.0.push_str(markup);
        self
    }

    /// Whether there is nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The markup.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Writes a text so that it is nothing but text, between elements and in quoted
/// attributes. Control characters, for which HTML has no place, are U+FFFD.
fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(c),
            c if c.is_control() => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
}

/// What stands around what a page shows, where more than a file is behind it: all
/// of it is empty for pages of files ([`Still`]).
pub trait Around: Sync {
    /// More of the head: a form's token, a style, a script.
    fn shell(&self) -> Shell<'_> {
        Shell::default()
    }
    /// Above everything else on each page.
    fn top(&self) -> Html {
        Html::new()
    }
    /// What can be done with the whole article.
    fn page(&self, _page: &Page) -> Html {
        Html::new()
    }
    /// What can be done with a row: below its sentences.
    fn row(&self, _page: &Page, _row: &Row) -> Html {
        Html::new()
    }
    /// What can be done with a name: in its line of the list of names.
    fn name(&self, _page: &Page, _name: &Name) -> Html {
        Html::new()
    }
    /// Below the names that no glossary has.
    fn names(&self, _page: &Page) -> Html {
        Html::new()
    }
    /// What is known of an article beside what the run knows: in the list.
    fn listed(&self, _article: &Listed) -> Html {
        Html::new()
    }
}

/// Nothing around: a page that is a file.
#[derive(Debug, Clone, Copy, Default)]
pub struct Still;

impl Around for Still {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_nothing_but_text() {
        let mut html = Html::new();
        html.element(
            "p",
            &[("title", "a\"b'c<d>&"), ("hidden", "")],
            "</p><script>alert(1)</script>&amp;\u{0}ক",
        );
        assert_eq!(
            html.as_str(),
            "<p title=\"a&quot;b&#39;c&lt;d&gt;&amp;\" hidden>&lt;/p&gt;&lt;script&gt;alert(1)\
             &lt;/script&gt;&amp;amp;\u{fffd}ক</p>"
        );
    }
}
