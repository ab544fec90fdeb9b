//! The list of the articles of a run.

use super::article::many;
use super::marked::severity_name;
use super::{Around, Html, shell};
use crate::batch::State;
use crate::language::Language;
use crate::review::{Listed, Overview};
use crate::verify::Severity;

/// The page of a run.
#[must_use]
pub fn index(overview: &Overview, around: &dyn Around) -> String {
    let mut body = Html::new();
    body.add(&around.top());
    body.open("header", &[])
        .open("div", &[("class", "titles")])
        .element("h1", &[], &overview.title)
        .element("p", &[("class", "facts")], &facts(overview))
        .close("div")
        .fixed(concat!(
            "<nav class=\"filters\" aria-label=\"Articles shown\">",
            "<input type=\"search\" data-search placeholder=\"Find (/)\" aria-label=\"Find articles\">",
            "<button type=\"button\" data-theme-switch title=\"Light or dark (t)\">◐</button></nav>",
        ))
        .close("header");
    body.open("main", &[("id", "list")]);
    for place in &overview.unread {
        body.element("p", &[("class", "cause error")], place);
    }
    body.fixed(concat!(
        "<div class=\"scroll\"><table class=\"articles\"><thead><tr><th>Article</th><th>Errors</th>",
        "<th>Warnings</th><th>Notes</th><th>To look at</th><th>Draft</th><th>State</th>",
        "</tr></thead><tbody>",
    ));
    for article in &overview.articles {
        self::article(&mut body, article, around);
    }
    body.fixed("</tbody></table></div>");
    inconsistent(&mut body, overview);
    body.close("main");
    shell(
        &format!("Review of {}", overview.title),
        &around.shell(),
        &body,
    )
}

fn facts(overview: &Overview) -> String {
    let mut facts = vec![many(overview.articles.len(), "article")];
    for state in State::ALL {
        let number = (overview.articles.iter())
            .filter(|a| a.state == state)
            .count();
        if number > 0 {
            facts.push(format!("{number} {}", state.name()));
        }
    }
    facts.push(format!("{:.1} s", overview.seconds));
    facts.join(" · ")
}

fn article(body: &mut Html, article: &Listed, around: &dyn Around) {
    let worst = article.counts.findings.keys().max().copied();
    let is_missing = article.cause.is_some() || article.state.is_failure();
    let class = if is_missing {
        "error"
    } else {
        worst.map_or("", severity_name)
    };
    body.open("tr", &[("class", class)]).open("td", &[]);
    // An article without a page is called by its id, which is of no language.
    let lang = |language: Option<Language>| -> String {
        let language = language.filter(|_| article.page.is_some());
        language.map_or_else(|| "und".to_owned(), |language| language.to_string())
    };
    body.open("p", &[("lang", &lang(article.source_language))]);
    match &article.page {
        Some(url) => body.element("a", &[("href", url)], &article.title),
        None => body.text(&article.title),
    };
    body.close("p");
    if let Some(title) = &article.translated_title {
        body.element("p", &[("lang", &lang(article.target_language))], title);
    }
    let direction = (article.source_language)
        .zip(article.target_language)
        .map(|(source, target)| format!("{source} → {target}"));
    let mut facts: Vec<&str> = vec![&article.id];
    facts.extend(direction.as_deref());
    facts.extend(article.date.as_deref());
    body.element("p", &[("class", "facts")], &facts.join(" · "));
    if let Some(cause) = &article.cause {
        body.element("p", &[("class", "cause")], cause);
    }
    if !article.checks.is_empty() {
        let checks: Vec<String> = (article.checks.iter())
            .map(|(check, number)| format!("{check} {number}"))
            .collect();
        body.element("p", &[("class", "checks")], &checks.join(", "));
    }
    body.add(&around.listed(article));
    body.close("td");
    let found = |severity| {
        article
            .counts
            .findings
            .get(&severity)
            .copied()
            .unwrap_or_default()
    };
    for (class, number) in [
        ("error", found(Severity::Error)),
        ("warning", found(Severity::Warning)),
        ("note", found(Severity::Note)),
        ("", article.counts.review),
        ("", article.counts.draft),
    ] {
        let class = if number == 0 { "none" } else { class };
        body.element(
            "td",
            &[("class", &format!("figure {class}"))],
            &number.to_string(),
        );
    }
    body.element("td", &[], article.state.name()).close("tr");
}

fn inconsistent(body: &mut Html, overview: &Overview) {
    if overview.inconsistent.is_empty() {
        return;
    }
    body.open("section", &[])
        .element("h2", &[], "Sentences rendered in more than one way");
    for one in &overview.inconsistent {
        let where_from = format!("{} and {}", one.article, one.other_article);
        body.open("div", &[("class", "match")])
            .element("p", &[("class", "by")], &where_from)
            .element("p", &[], &one.source)
            .element("p", &[], &one.target)
            .close("div");
    }
    body.close("section");
}
