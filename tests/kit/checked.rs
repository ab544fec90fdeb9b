//! The checks over one line and its translation, as the pipeline would run them.

use std::path::{Path, PathBuf};

use anubad::glossary::{self, Glossary, Layer};
use anubad::language::{Language, Pair, profile};
use anubad::mark::name::{Line, NameKind};
use anubad::mark::{self, quote};
use anubad::names::{self, Passage};
use anubad::plan;
use anubad::style::Style;
use anubad::text::{Span, Text};
use anubad::verify::names::check as names_check;
use anubad::verify::speakers::{self, Person};
use anubad::verify::{Exchange, Finding, verify};

/// The folder of a data set; says so where it is absent.
pub(crate) fn data(place: &str) -> Option<PathBuf> {
    let root = std::env::var_os("ANUBAD_SHARED").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"),
        PathBuf::from,
    );
    let data = root.join("data/eval").join(place);
    if !data.is_dir() {
        eprintln!("skipped: no {}", data.display());
        return None;
    }
    Some(data)
}

/// The base layer.
pub(crate) fn glossary() -> Glossary {
    Glossary::load(&[Layer::embedded()], jiff::civil::date(2026, 1, 1)).unwrap()
}

fn canonical(text: &str, language: Language) -> String {
    let edits = profile(language).repairs(text);
    Text::repaired(text, edits).normal().to_owned()
}

/// The findings of a pair of lines, as the pipeline would check them.
pub(crate) fn findings(
    glossary: &Glossary,
    pair: Pair,
    source: &str,
    target: &str,
) -> Vec<Finding> {
    let source = canonical(source, pair.source);
    let target = canonical(target, pair.target);
    let marks = mark::find(&source, pair, glossary);
    let whole: Vec<_> = marks.iter().map(mark::Mark::whole).collect();
    let quotes = quote::pair(&source, &whole, false);
    let segment = plan::build::segment(
        &source,
        Span::whole(&source),
        &marks,
        &quotes.marks,
        &[],
        pair,
        &Style::default(),
    );
    verify(&Exchange {
        pair,
        source: &source,
        target: &target,
        segment: &segment,
        glossary,
    })
}

/// The persons of a pair of lines, and what is found of them.
#[allow(dead_code, reason = "not every test looks at names")]
pub(crate) struct Named {
    /// The translation in canonical form.
    pub target: String,
    /// Who stands at one place on either side; those whom a provider writes come last.
    pub people: Vec<Person>,
    /// How many of them are held.
    pub held: usize,
    /// What is found of names, and of who speaks.
    pub findings: Vec<Finding>,
}

/// What is found of the names of a pair of lines, and of who speaks in them.
#[allow(dead_code, reason = "not every test looks at names")]
pub(crate) fn named(glossary: &Glossary, pair: Pair, source: &str, target: &str) -> Named {
    let (source, target) = (
        canonical(source, pair.source),
        canonical(target, pair.target),
    );
    let mut passages = [Passage {
        text: &source,
        line: Line::Prose,
        marks: mark::find(&source, pair, glossary),
        told: Vec::new(),
        names: Vec::new(),
        quotes: quote::Quotes::default(),
    }];
    names::cast(&mut passages, pair);
    let [passage] = &passages;
    let (mut people, mut held) = (Vec::new(), Vec::new());
    for mark in &passage.marks {
        if let mark::MarkKind::Glossary(entry) = &mark.kind
            && entry.kind == glossary::Kind::Person
            && let [place] = glossary.fulfilled(entry, pair, &target).as_slice()
        {
            held.push(*place);
            people.push(Person {
                name: entry.source.clone(),
                source: mark.span.range(),
                target: place.range(),
            });
        }
    }
    let mut listener = names::Listener::new(pair);
    let (heard, mut findings) = names_check(&mut listener, &passage.names, &target, &held);
    for (name, heard) in passage.names.iter().zip(heard) {
        if name.kind == NameKind::Person
            && let names::Heard::Words(places) = heard
            && let places = places.into_iter().flatten().collect::<Vec<_>>()
            && let (Some(first), Some(last)) = (places.first(), places.last())
            && first.span.start() <= last.span.start()
        {
            people.push(Person {
                name: name.name.clone(),
                source: name.span.range(),
                target: first.span.start()..last.span.end(),
            });
        }
    }
    findings.extend(speakers::check(pair, &source, &target, &people));
    Named {
        target,
        people,
        held: held.len(),
        findings,
    }
}

/// Some files keep the quotation marks of the table that they were made from:
/// `"A ""word"" of it"`.
pub(crate) fn unescaped(line: &str) -> String {
    let inner = line.strip_prefix('"').and_then(|l| l.strip_suffix('"'));
    match inner {
        Some(inner) if inner.contains("\"\"") => inner.replace("\"\"", "\""),
        _ => line.to_owned(),
    }
}
