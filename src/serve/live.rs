//! What stands around a page that is live: forms to correct, approve and reject
//! with, and who has done so.

use std::collections::HashMap;

use super::desk::article_url;
use super::view::{Named, Readiness, Sentence, View, is_asked_for};
use crate::memory::Approval;
use crate::review::html::{Around, Html, Shell, shell};
use crate::review::{Listed, Mark, Name, Page, Row, RowKind, Sort};

const STYLE: &str = include_str!("live.css");
const SCRIPT: &str = include_str!("live.js");

/// A page of the server.
fn live(head: Option<&Html>) -> Shell<'_> {
    Shell {
        style: STYLE,
        script: SCRIPT,
        live: true,
        head,
    }
}

/// The list.
pub(super) struct LiveList {
    pub(super) ready: HashMap<String, Readiness>,
}

impl Around for LiveList {
    fn shell(&self) -> Shell<'_> {
        live(None)
    }

    fn listed(&self, article: &Listed) -> Html {
        let mut html = Html::new();
        if let Some(ready) = self.ready.get(&article.id) {
            readiness(&mut html, ready);
        }
        html
    }
}

/// The page of an article.
pub(super) struct LiveArticle<'v> {
    view: &'v View,
    head: Html,
}

impl<'v> LiveArticle<'v> {
    /// `secret` is what the page sends back with its changes.
    pub(super) fn new(view: &'v View, secret: &str) -> Self {
        let mut head = Html::new();
        let api = format!("/v1{}", article_url(&view.page.id));
        for (name, content) in [
            ("anubad-page", secret),
            ("anubad-article", &api),
            ("anubad-version", &view.version),
        ] {
            head.open("meta", &[("name", name), ("content", content)]);
        }
        Self { view, head }
    }
}

impl Around for LiveArticle<'_> {
    fn shell(&self) -> Shell<'_> {
        live(Some(&self.head))
    }

    fn top(&self) -> Html {
        let mut html = Html::new();
        html.fixed(concat!(
            "<div class=\"desk\"><label>You are <input id=\"editor\" autocomplete=\"name\" maxlength=\"200\" ",
            "placeholder=\"your name\"></label><output id=\"said\" role=\"status\"></output></div>",
        ));
        html
    }

    fn page(&self, _page: &Page) -> Html {
        let mut html = Html::new();
        html.open("section", &[("class", "readiness")]);
        let holds = self.view.ready.as_ref().is_some_and(|ready| ready.holds);
        if let Some(ready) = &self.view.ready {
            readiness(&mut html, ready);
        }
        let (next, word) = if holds {
            ("false", "Not ready after all")
        } else {
            ("true", "The article is ready")
        };
        html.element("button", &[("type", "button"), ("data-ready", next)], word)
            .close("section");
        html
    }

    fn row(&self, page: &Page, row: &Row) -> Html {
        let mut html = Html::new();
        if row.kind != RowKind::Sentence {
            return html;
        }
        let Some(sentence) = self.view.sentences.get(&row.id) else {
            return html;
        };
        if let Some(approval) = &sentence.approval {
            approved(&mut html, page, sentence, approval);
        }
        edit(&mut html, page, row, sentence);
        html
    }

    fn name(&self, page: &Page, name: &Name) -> Html {
        let mut html = Html::new();
        if let Some(known) = self.view.names.iter().find(|n| n.source == name.source) {
            naming(&mut html, page, known);
        }
        html
    }

    fn names(&self, page: &Page) -> Html {
        let mut html = Html::new();
        let is_listed = |name: &Named| page.names.iter().any(|n| n.source == name.source);
        let settled = || self.view.names.iter().filter(|name| !is_listed(name));
        if settled().next().is_none() {
            return html;
        }
        html.open("section", &[("class", "names")])
            .element("h2", &[], "Names that were approved")
            .fixed("<div class=\"scroll\"><table><tbody>");
        for name in settled() {
            html.open("tr", &[])
                .element("td", &[("lang", page.source_language.code())], &name.source)
                .element("td", &[], &name.kind)
                .open("td", &[]);
            naming(&mut html, page, name);
            html.close("td").close("tr");
        }
        html.fixed("</tbody></table></div>").close("section");
        html
    }
}

fn readiness(html: &mut Html, ready: &Readiness) {
    let (class, word) = if ready.holds {
        ("tag ready", "ready")
    } else {
        ("tag draft", "was ready, has changed since")
    };
    let told = format!("{word}: {}, {}", ready.by, moment(&ready.at));
    html.element("span", &[("class", class)], &told);
}

/// What was approved, and what hinders it.
fn approved(html: &mut Html, page: &Page, sentence: &Sentence, approval: &Approval) {
    let told = format!("Approved by {}, {}", approval.by, moment(&approval.at));
    html.element("p", &[("class", "approved")], &told);
    if sentence.used {
        return;
    }
    html.open("div", &[("class", "unused")]).element(
        "p",
        &[("lang", page.target_language.code())],
        &approval.target,
    );
    let cause = if sentence.lacks.is_empty() {
        "The article does not have this yet: a run is at work, or a value or quotation mark of the \
         source is not in it."
            .to_owned()
    } else {
        format!(
            "The article does not have this: {} is not in it.",
            sentence.lacks.join(", ")
        )
    };
    html.element("p", &[], &cause)
        .fixed("<button type=\"button\" data-act=\"as-it-is\">Have it as it is</button>")
        .close("div");
}

/// The form of a sentence, and of its names and terms.
fn edit(html: &mut Html, page: &Page, row: &Row, sentence: &Sentence) {
    let shown = match &sentence.approval {
        Some(approval) => &approval.target,
        None => &row.target,
    };
    let code = page.target_language.code();
    html.open(
        "details",
        &[("class", "edit"), ("data-version", &sentence.version)],
    )
    .fixed("<summary>Correct</summary>");
    if is_asked_for(row) {
        html.open(
            "textarea",
            &[
                ("lang", code),
                ("rows", "3"),
                ("spellcheck", "true"),
                ("autocomplete", "off"),
                ("aria-label", "Translation"),
            ],
        )
        // A line break behind the tag would be taken for none.
        .text("\n")
        .text(shown)
        .close("textarea")
        .fixed(concat!(
            "<p class=\"acts\"><button type=\"button\" data-act=\"save\" class=\"first\">Save</button>",
            "<button type=\"button\" data-act=\"again\" title=\"Ask the providers again\">Ask again</button>",
        ));
        if sentence.approval.is_some() {
            html.fixed(
                "<button type=\"button\" data-act=\"withdraw\">Take the approval back</button>",
            );
        }
        html.fixed("</p><div class=\"conflict\" hidden></div>");
    } else {
        html.fixed("<p class=\"approved\">Nothing but names and numbers, or left as it was.</p>");
    }
    let mut seen = Vec::new();
    for mark in &row.marks {
        let is_term = matches!(mark.sort, Sort::Term | Sort::Name) && !mark.source.is_empty();
        if let Some(target) = mark.target.as_deref().filter(|_| is_term)
            && !seen.contains(&&mark.source)
        {
            seen.push(&mark.source);
            term(html, page, mark, target);
        }
    }
    html.close("details");
}

/// A term or a name of the glossary.
fn term(html: &mut Html, page: &Page, mark: &Mark, target: &str) {
    html.open(
        "p",
        &[
            ("class", "wording"),
            ("data-source", &mark.source),
            ("data-kind", &mark.kind),
        ],
    );
    html.element(
        "span",
        &[("lang", page.source_language.code())],
        &mark.source,
    );
    rendering(html, page, target);
    html.fixed(concat!(
        "<button type=\"button\" data-act=\"term-approve\" title=\"Into the desk's glossary\">Always so</button>",
        "<button type=\"button\" data-act=\"term-reject\" title=\"Every use of it becomes a finding\">Never so</button></p>",
    ));
}

/// What is known of a name, and what can be done about it.
fn naming(html: &mut Html, page: &Page, name: &Named) {
    html.open(
        "p",
        &[
            ("class", "naming"),
            ("data-source", &name.source),
            ("data-kind", &name.kind),
            ("data-version", &name.version),
        ],
    );
    let held = name.approved.as_ref();
    let written = held.map_or(&name.rendering, |held| &held.rendering);
    rendering(html, page, written);
    html.fixed("<button type=\"button\" data-act=\"name-approve\">Approve</button>")
        .fixed("<button type=\"button\" data-act=\"name-reject\">Reject</button>");
    if let Some(held) = held {
        let told = format!("approved by {}, {}", held.by, moment(&held.at));
        html.element("span", &[("class", "approved")], &told);
    }
    html.close("p");
}

fn rendering(html: &mut Html, page: &Page, value: &str) {
    let code = page.target_language.code();
    html.open(
        "input",
        &[
            ("lang", code),
            ("value", value),
            ("maxlength", "200"),
            ("autocomplete", "off"),
            ("aria-label", "Rendering"),
        ],
    );
}

/// A moment of the state file for a person.
fn moment(at: &str) -> String {
    let (day, time) = at.split_once('T').unwrap_or((at, ""));
    let time = time.get(..5).unwrap_or_default();
    format!("{day} {time} UTC")
}

/// Where the token is asked for.
pub(super) fn login_page(was_wrong: bool) -> String {
    let mut body = Html::new();
    body.open("main", &[("id", "login")])
        .element("h1", &[], "anubad");
    if was_wrong {
        body.element(
            "p",
            &[("class", "cause")],
            "That is not the token of this server.",
        );
    }
    body.fixed(concat!(
        "<form method=\"post\" action=\"/login\"><label>Token ",
        "<input type=\"password\" name=\"token\" autocomplete=\"current-password\" required autofocus></label> ",
        "<button type=\"submit\">Enter</button></form>",
    ))
    .close("main");
    shell("anubad", &live(None), &body)
}

/// What is wrong, as a page.
pub(super) fn problem_page(detail: &str) -> String {
    let mut body = Html::new();
    body.open("main", &[])
        .element("p", &[("class", "cause")], detail)
        .fixed("<p><a class=\"up\" href=\"/\">← All articles</a></p>")
        .close("main");
    shell("anubad", &live(None), &body)
}
