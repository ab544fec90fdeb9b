//! The scores of a test set as a page that needs nothing but itself.

use std::fmt::Write;

use super::newsroom::{Counts, Share};
use super::set::TestSet;
use super::system::{Score, Scores, Sentence};
use crate::review::html::{Html, Shell, shell};

const STYLE: &str = include_str!("page.css");
/// Width of the charts' scales, in the units of their drawing.
const SCALE: f64 = 400.0;
/// Height of a bar with the room around it.
const LINE: usize = 22;
/// Where scales begin: behind the names of systems.
const LEFT: f64 = 250.0;

/// The shares of [`Counts`] with what they are called, as tables and charts list them.
#[must_use]
pub fn shares(counts: &Counts) -> [(&'static str, Share); 8] {
    [
        ("names", counts.names),
        ("terms", counts.terms),
        ("numbers and dates", counts.values),
        ("quotations", counts.quotes),
        ("names alike", counts.consistency),
        ("right or flagged", counts.right_or_flagged),
        ("translated", counts.translated),
        ("without a finding", counts.unflagged),
    ]
}

/// The page: a chart a metric, what newsrooms count, how the sentences' scores are
/// spread, and the worst sentences of each system.
#[must_use]
pub fn page(set: &TestSet, scores: &[Scores]) -> String {
    let mut body = Html::new();
    head(&mut body, set);
    body.open("main", &[("class", "eval")]);
    metrics(&mut body, scores);
    newsroom(&mut body, scores);
    spread(&mut body, scores);
    costs(&mut body, scores);
    for system in scores {
        worst(&mut body, set, system);
    }
    signatures(&mut body, scores);
    body.close("main");
    let extra = Shell {
        style: STYLE,
        ..Shell::default()
    };
    shell(&format!("Scores on {}", set.name), &extra, &body)
}

fn head(body: &mut Html, set: &TestSet) {
    let mut facts = format!(
        "{} → {} · {} sentences",
        set.pair.source,
        set.pair.target,
        set.items.len()
    );
    if set.told {
        let _ = write!(facts, " in {} documents", set.documents.len());
    }
    body.open("header", &[])
        .open("div", &[("class", "titles")])
        .element("h1", &[], &set.name)
        .element("p", &[("class", "facts")], &facts)
        .close("div")
        .fixed("<nav class=\"filters\"><button type=\"button\" data-theme-switch title=\"Light or dark (t)\">◐</button></nav>")
        .close("header");
}

/// A number as the drawing has it.
fn n(number: f64) -> String {
    format!("{number:.1}")
}

/// A line of a chart.
struct Bar {
    /// What it is called.
    name: String,
    /// How long it is, of 100.
    value: f64,
    /// Where the value surely lies.
    interval: Option<(f64, f64)>,
    /// What is written behind it.
    shown: String,
}

/// A chart of bars, one a line.
fn bars(body: &mut Html, title: &str, bars: &[Bar]) {
    let height = (bars.len() * LINE + 24).to_string();
    let view = format!("0 0 {} {height}", n(LEFT + SCALE + 200.0));
    body.open("figure", &[])
        .element("figcaption", &[], title)
        .open(
            "svg",
            &[("viewBox", &view), ("role", "img"), ("aria-label", title)],
        );
    let scale = |value: f64| LEFT + SCALE * value.clamp(0.0, 100.0) / 100.0;
    let bottom = (bars.len() * LINE).to_string();
    for mark in [0.0, 25.0, 50.0, 75.0, 100.0] {
        let x = n(scale(mark));
        let line = [
            ("class", "grid"),
            ("x1", &*x),
            ("x2", &x),
            ("y1", "0"),
            ("y2", &bottom),
        ];
        body.open("line", &line).close("line");
        let y = (bars.len() * LINE + 16).to_string();
        let place = [
            ("class", "scale"),
            ("x", &*x),
            ("y", &y),
            ("text-anchor", "middle"),
        ];
        body.element("text", &place, &format!("{mark:.0}"));
    }
    for (i, bar) in bars.iter().enumerate() {
        let (top, middle) = (i * LINE, i * LINE + LINE / 2);
        let text = (middle + 4).to_string();
        let place = [("x", &*n(LEFT - 8.0)), ("y", &text), ("text-anchor", "end")];
        body.element("text", &place, &shortened(&bar.name));
        let class = format!("bar b{}", i % 6);
        let width = n(scale(bar.value) - LEFT);
        let rect = [
            ("class", class.as_str()),
            ("x", &n(LEFT)),
            ("y", &(top + 4).to_string()),
            ("width", &width),
            ("height", &(LINE - 8).to_string()),
        ];
        body.open("rect", &rect).close("rect");
        if let Some((low, high)) = bar.interval {
            let (low, high, y) = (n(scale(low)), n(scale(high)), middle.to_string());
            let line = [
                ("class", "whisker"),
                ("x1", &*low),
                ("x2", &high),
                ("y1", &y),
                ("y2", &y),
            ];
            body.open("line", &line).close("line");
        }
        let place = [("x", &*n(LEFT + SCALE + 12.0)), ("y", &text)];
        body.element("text", &place, &bar.shown);
    }
    body.close("svg").close("figure");
}

/// A name that has room in front of a scale; its end tells systems apart.
fn shortened(name: &str) -> String {
    let count = name.chars().count();
    if count <= 34 {
        return name.to_owned();
    }
    let end: String = name.chars().skip(count - 33).collect();
    format!("…{end}")
}

fn metrics(body: &mut Html, scores: &[Scores]) {
    let Some(first) = scores.first() else { return };
    body.element("h2", &[], "Against the references");
    for (i, metric) in first.metrics.iter().enumerate() {
        let of_all: Vec<_> = (scores.iter())
            .filter_map(|system| Some((system, system.metrics.get(i)?)))
            .map(|(system, score)| {
                let interval = Some((score.estimate.low, score.estimate.high));
                Bar {
                    name: system.system.clone(),
                    value: score.estimate.score,
                    interval,
                    shown: told(score),
                }
            })
            .collect();
        bars(body, metric.metric, &of_all);
    }
}

fn told(score: &Score) -> String {
    let mut text = format!("{:.2}", score.estimate.score);
    if let Some(against) = &score.difference {
        let _ = write!(text, "  {:+.2}, p = {:.3}", against.difference, against.p);
    }
    text
}

fn newsroom(body: &mut Html, scores: &[Scores]) {
    let Some(first) = scores.first() else { return };
    body.element("h2", &[], "What newsrooms count");
    for (i, (what, _)) in shares(&first.newsroom).into_iter().enumerate() {
        let of_all: Vec<_> = (scores.iter())
            .filter_map(|system| {
                let (_, share) = shares(&system.newsroom)[i];
                let percent = share.percent()?;
                let shown = format!("{percent:.1} %  {} of {}", share.good, share.of);
                Some(Bar {
                    name: system.system.clone(),
                    value: percent,
                    interval: None,
                    shown,
                })
            })
            .collect();
        if !of_all.is_empty() {
            bars(body, what, &of_all);
        }
    }
}

/// How many sentences have which chrF++, as columns.
fn spread(body: &mut Html, scores: &[Scores]) {
    body.element("h2", &[], "Sentences by chrF++");
    for system in scores {
        let most = system.spread.iter().copied().max().unwrap_or(0).max(1);
        body.open("figure", &[])
            .element("figcaption", &[], &system.system)
            .open(
                "svg",
                &[
                    ("viewBox", "0 0 600 120"),
                    ("role", "img"),
                    ("aria-label", &system.system),
                ],
            );
        for (i, &count) in system.spread.iter().enumerate() {
            let x = i * 60;
            let height = 80.0 * count as f64 / most as f64;
            let bar = [
                ("class", "bar b0"),
                ("x", &*(x + 2).to_string()),
                ("y", &n(96.0 - height)),
                ("width", "56"),
                ("height", &n(height)),
            ];
            body.open("rect", &bar).close("rect");
            let place = |y: f64| [("x", (x + 30).to_string()), ("y", n(y))];
            for (y, text, class) in [
                (90.0 - height, count.to_string(), "value"),
                (112.0, format!("{}–{}", i * 10, i * 10 + 10), "scale"),
            ] {
                let [(_, x), (_, y)] = place(y.max(10.0));
                let attributes = [
                    ("class", class),
                    ("x", &*x),
                    ("y", &y),
                    ("text-anchor", "middle"),
                ];
                body.element("text", &attributes, &text);
            }
        }
        body.close("svg").close("figure");
    }
}

fn costs(body: &mut Html, scores: &[Scores]) {
    body.fixed("<h2>Effort</h2><div class=\"scroll\"><table><thead><tr><th>System</th><th class=\"figure\">Length ratio</th><th class=\"figure\">Characters sent</th><th class=\"figure\">Cost</th><th class=\"figure\">Seconds</th></tr></thead><tbody>");
    for system in scores {
        let seconds = system
            .seconds
            .map_or_else(|| "–".to_owned(), |s| format!("{s:.1}"));
        let cost = system
            .cost
            .map_or_else(|| "–".to_owned(), |cost| format!("{cost:.4}"));
        let sent = system
            .seconds
            .map_or_else(|| "–".to_owned(), |_| system.characters_sent.to_string());
        body.open("tr", &[])
            .element("td", &[], &system.system)
            .element(
                "td",
                &[("class", "figure")],
                &format!("{:.2}", system.newsroom.length_ratio),
            )
            .element("td", &[("class", "figure")], &sent)
            .element("td", &[("class", "figure")], &cost)
            .element("td", &[("class", "figure")], &seconds)
            .close("tr");
    }
    body.fixed("</tbody></table></div>");
}

fn worst(body: &mut Html, set: &TestSet, system: &Scores) {
    body.open("section", &[("class", "worst")]).element(
        "h2",
        &[],
        &format!("The worst of {}", system.system),
    );
    for sentence in &system.worst {
        self::sentence(body, set, sentence);
    }
    body.close("section");
}

fn sentence(body: &mut Html, set: &TestSet, sentence: &Sentence) {
    let (source, target) = (set.pair.source.to_string(), set.pair.target.to_string());
    body.open("article", &[("class", "row sentence")])
        .element("span", &[("class", "at")], &sentence.line.to_string())
        .element(
            "p",
            &[("class", "source"), ("lang", &source)],
            &sentence.source,
        )
        .open("div", &[])
        .element(
            "p",
            &[("class", "target"), ("lang", &target)],
            &sentence.output,
        )
        .element(
            "p",
            &[("class", "reference"), ("lang", &target)],
            &sentence.reference,
        );
    if !sentence.missing.is_empty() {
        let missing = format!("missing: {}", sentence.missing.join(", "));
        body.element("p", &[("class", "cause")], &missing);
    }
    body.close("div")
        .element(
            "span",
            &[("class", "figure")],
            &format!("{:.1}", sentence.score),
        )
        .close("article");
}

fn signatures(body: &mut Html, scores: &[Scores]) {
    body.open("footer", &[]);
    for metric in scores
        .first()
        .map(|first| &first.metrics)
        .into_iter()
        .flatten()
    {
        body.element("p", &[], &format!("{} {}", metric.metric, metric.signature));
    }
    body.close("footer");
}

#[cfg(test)]
mod tests {
    use super::super::metric::Resampling;
    use super::super::set::Languages;
    use super::super::system::{Outputs, score};
    use super::*;
    use crate::glossary::Glossary;
    use crate::language::Language;

    #[test]
    fn a_page_has_charts_and_escapes() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a&b.tsv");
        std::fs::write(&path, "<b>Rice</b> & 12\tচাল ১২\n".repeat(2)).unwrap();
        let named = Languages {
            from: Some(Language::ENGLISH),
            to: Some(Language::BANGLA),
        };
        let set = TestSet::read(&[path], named).unwrap();
        let outputs = |text: &str| Outputs::given(vec![text.to_owned(), "চাল ১২".to_owned()]);
        let systems = [
            ("one".to_owned(), outputs("চাল ১২")),
            ("<two>".to_owned(), outputs("চাল </p><script>")),
        ];
        let scores = score(&set, &Glossary::empty(), &systems, Resampling::default(), 5);
        assert_eq!(scores[0].spread, [0, 0, 0, 0, 0, 0, 0, 0, 0, 2]);
        let page = page(&set, &scores);
        assert!(page.contains("<svg") && page.contains("class=\"whisker\""));
        assert!(page.contains("চাল &lt;/p&gt;&lt;script&gt;") && page.contains("&lt;two&gt;"));
        assert!(!page.contains("http:") && !page.contains("https:"));
    }
}
