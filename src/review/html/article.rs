//! The page of one article.

use super::marked::{Side, difference, sentence, severity_name};
use super::{Around, Html, shell};
use crate::language::Language;
use crate::review::{Change, Name, Note, Page, Row, RowKind, Section};
use crate::verify::Severity;

/// The page of an article. `list` is the URL of the list of articles, where there
/// is one.
#[must_use]
pub fn article(page: &Page, list: Option<&str>, around: &dyn Around) -> String {
    let mut body = Html::new();
    body.add(&around.top());
    head(&mut body, page, list);
    body.open("main", &[("id", "article")]);
    body.add(&around.page(page));
    notes(&mut body, "Of the whole article", &page.notes);
    languages(&mut body, page);
    for section in &page.sections {
        self::section(&mut body, page, section, around);
    }
    removed(&mut body, page);
    names(&mut body, page, around);
    body.add(&around.names(page));
    provenance(&mut body, page);
    body.close("main");
    shell(
        &format!("{} · {}", page.title, page.id),
        &around.shell(),
        &body,
    )
}

fn head(body: &mut Html, page: &Page, list: Option<&str>) {
    body.open("header", &[]).open("div", &[("class", "titles")]);
    if let Some(list) = list {
        body.element(
            "a",
            &[("class", "up"), ("href", list), ("accesskey", "u")],
            "← All articles",
        );
    }
    let source = [("lang", page.source_language.code())];
    body.element("h1", &source, &page.title);
    if let Some(title) = &page.translated_title {
        let target = [
            ("class", "translated"),
            ("lang", page.target_language.code()),
        ];
        body.element("p", &target, title);
    }
    let mut facts = vec![page.id.clone()];
    facts.extend(page.date.clone());
    facts.push(many(page.counts.sentences, "sentence"));
    body.element("p", &[("class", "facts")], &facts.join(" · "));
    body.close("div");
    filters(body, page);
    body.close("header");
}

/// Buttons that show only some of the rows, and lead from one to the next.
fn filters(body: &mut Html, page: &Page) {
    let count = |severity| {
        page.rows()
            .filter(|row| row.worst() == Some(severity))
            .count()
    };
    body.open(
        "nav",
        &[("class", "filters"), ("aria-label", "Sentences shown")],
    );
    for (class, word, number) in [
        ("error", "error", count(Severity::Error)),
        ("warning", "warning", count(Severity::Warning)),
        ("note", "note", count(Severity::Note)),
        ("draft", "draft", page.counts.draft),
        ("changed", "changed", page.counts.changed),
    ] {
        if number > 0 {
            let attributes = [
                ("type", "button"),
                ("class", "chip"),
                ("data-filter", class),
                ("aria-pressed", "false"),
            ];
            body.element("button", &attributes, &many(number, word));
        }
    }
    body.fixed(concat!(
        "<button type=\"button\" data-go=\"-1\" title=\"Previous to look at (p)\">↑</button>",
        "<button type=\"button\" data-go=\"1\" title=\"Next to look at (n)\">↓</button>",
        "<button type=\"button\" data-theme-switch title=\"Light or dark (t)\">◐</button>",
        "<details class=\"help\"><summary>Keys</summary><dl>",
        "<dt>j k</dt><dd>next, previous sentence</dd>",
        "<dt>n p</dt><dd>next, previous one to look at</dd>",
        "<dt>o</dt><dd>open what is known of it</dd>",
        "<dt>1 2 3 4 5</dt><dd>errors, warnings, notes, drafts, changed only</dd>",
        "<dt>t</dt><dd>light or dark</dd><dt>u</dt><dd>all articles</dd></dl></details>",
    ));
    body.close("nav");
}

/// Which side is which.
fn languages(body: &mut Html, page: &Page) {
    body.open("div", &[("class", "row sides"), ("aria-hidden", "true")])
        .fixed("<span></span>")
        .element("span", &[], &named(page.source_language))
        .element("span", &[], &named(page.target_language))
        .fixed("<span></span>")
        .close("div");
}

/// A number of things; what has changed has no plural.
pub(super) fn many(number: usize, word: &str) -> String {
    let plural = if number == 1 || word == "changed" {
        ""
    } else {
        "s"
    };
    format!("{number} {word}{plural}")
}

fn named(language: Language) -> String {
    match language {
        Language::BANGLA => "বাংলা".to_owned(),
        Language::ENGLISH => "English".to_owned(),
        other => other.code().to_owned(),
    }
}

fn section(body: &mut Html, page: &Page, section: &Section, around: &dyn Around) {
    let class = format!("section {}", section.kind);
    body.open("section", &[("class", &class)]);
    if section.kind != "paragraph" {
        body.element("h2", &[], &section.kind);
    }
    for row in &section.rows {
        self::row(body, page, row, around);
    }
    body.close("section");
}

fn row(body: &mut Html, page: &Page, row: &Row, around: &dyn Around) {
    let mut classes = vec!["row"];
    classes.push(match row.kind {
        RowKind::Sentence => "sentence",
        RowKind::Form => "form",
        RowKind::Dropped => "dropped",
    });
    classes.extend(row.worst().map(severity_name));
    classes.extend(row.draft.then_some("draft"));
    classes.extend(row.review.then_some("review"));
    classes.extend(row.change.is_some().then_some("changed"));
    let (classes, number) = (classes.join(" "), row.number.to_string());
    let attributes = [
        ("class", classes.as_str()),
        ("id", &row.id),
        ("tabindex", "-1"),
    ];
    body.open("article", &attributes);
    let link = format!("#{}", row.id);
    body.element("a", &[("class", "at"), ("href", &link)], &number);
    let code = page.source_language.code();
    body.open("p", &[("class", "source"), ("lang", code)])
        .add(&sentence(row, Side::Source))
        .close("p");
    let code = page.target_language.code();
    body.open("p", &[("class", "target"), ("lang", code)])
        .add(&sentence(row, Side::Target))
        .close("p");
    state(body, row);
    body.open("div", &[("class", "more")]);
    findings(body, &row.notes);
    change(body, page, row);
    matches(body, page, row);
    body.add(&around.row(page, row));
    body.close("div").close("article");
}

/// Who translated a row, and what is known of that.
fn state(body: &mut Html, row: &Row) {
    body.open("div", &[("class", "state")]);
    match row.kind {
        RowKind::Form => body.element("span", &[("class", "by")], "by rule"),
        RowKind::Dropped => body.element("span", &[("class", "by")], "left out"),
        RowKind::Sentence => {
            let by = row.provider.as_deref().unwrap_or("as it was");
            body.element("span", &[("class", "by")], by)
        }
    };
    for (is, class, word) in [
        (row.draft, "draft", "draft"),
        (row.cached, "cached", "memory"),
        (row.change.is_some(), "changed", "changed"),
    ] {
        if is {
            body.element("span", &[("class", &format!("tag {class}"))], word);
        }
    }
    body.close("div");
}

fn findings(body: &mut Html, notes: &[Note]) {
    if notes.is_empty() {
        return;
    }
    let mut notes: Vec<&Note> = notes.iter().collect();
    notes.sort_by_key(|note| std::cmp::Reverse(note.severity));
    body.open("ul", &[("class", "findings")]);
    for note in notes {
        let severity = severity_name(note.severity);
        body.open("li", &[("class", severity)])
            .element("b", &[], severity)
            .text(" ")
            .element("span", &[("class", "check")], &note.check)
            .text(" ")
            .element("span", &[("class", "message")], &note.message)
            .close("li");
    }
    body.close("ul");
}

fn change(body: &mut Html, page: &Page, row: &Row) {
    let Some(change) = &row.change else { return };
    body.open("details", &[("class", "change")]);
    match change {
        Change::New => {
            body.fixed("<summary>Not in the version before</summary>");
        }
        Change::Words { source, target } => {
            body.fixed("<summary>Against the version before</summary>");
            let code = page.source_language.code();
            body.open("p", &[("lang", code)])
                .add(&difference(source))
                .close("p");
            let code = page.target_language.code();
            body.open("p", &[("lang", code)])
                .add(&difference(target))
                .close("p");
        }
    }
    body.close("details");
}

fn matches(body: &mut Html, page: &Page, row: &Row) {
    if row.matches.is_empty() {
        return;
    }
    let summary = match row.matches.len() {
        1 => "1 sentence like it in the memory".to_owned(),
        many => format!("{many} sentences like it in the memory"),
    };
    body.open("details", &[("class", "matches")])
        .element("summary", &[], &summary);
    for one in &row.matches {
        let kind = if one.approved { "approved" } else { "draft" };
        // A share below 1 is never shown as 100.
        let percent = (one.likeness * 100.0).floor();
        body.open("div", &[("class", "match")])
            .element(
                "p",
                &[("class", "by")],
                &format!("{percent} %, {kind} by {}", one.by),
            )
            .element("p", &[("lang", page.source_language.code())], &one.source)
            .element("p", &[("lang", page.target_language.code())], &one.target)
            .close("div");
    }
    body.close("details");
}

fn notes(body: &mut Html, title: &str, notes: &[Note]) {
    if notes.is_empty() {
        return;
    }
    body.open("section", &[("class", "whole")])
        .element("h2", &[], title);
    findings(body, notes);
    body.close("section");
}

fn removed(body: &mut Html, page: &Page) {
    if page.removed.is_empty() {
        return;
    }
    body.open("section", &[("class", "removed")])
        .element("h2", &[], "No longer in the article");
    for one in &page.removed {
        body.open("div", &[("class", "row gone")])
            .fixed("<span></span>")
            .element("del", &[("lang", page.source_language.code())], &one.source)
            .element("del", &[("lang", page.target_language.code())], &one.target)
            .fixed("<span></span>")
            .close("div");
    }
    body.close("section");
}

fn names(body: &mut Html, page: &Page, around: &dyn Around) {
    if page.names.is_empty() {
        return;
    }
    body.open("section", &[("class", "names")])
        .element("h2", &[], "Names that no glossary has")
        .fixed("<div class=\"scroll\"><table><thead><tr><th>Name</th><th>Written</th><th>Kind</th><th>By</th><th></th></tr></thead><tbody>");
    for name in &page.names {
        self::name(body, page, name, &around.name(page, name));
    }
    body.fixed("</tbody></table></div>").close("section");
}

fn name(body: &mut Html, page: &Page, name: &Name, more: &Html) {
    body.open("tr", &[])
        .element("td", &[("lang", page.source_language.code())], &name.source)
        .element(
            "td",
            &[("lang", page.target_language.code())],
            &name.rendering,
        )
        .element("td", &[], &name.kind)
        .element("td", &[], &name.origin)
        .open("td", &[])
        .add(more)
        .close("td")
        .close("tr");
}

fn provenance(body: &mut Html, page: &Page) {
    let provenance = &page.provenance;
    body.open("footer", &[]);
    let mut facts = Vec::new();
    if !provenance.anubad.is_empty() {
        facts.push(format!("anubad {}", provenance.anubad));
    }
    facts.extend(provenance.providers.iter().cloned());
    if !provenance.input.is_empty() {
        facts.push(format!("article {}", provenance.input));
    }
    for fact in facts {
        body.element("p", &[], &fact);
    }
    body.close("footer");
}
