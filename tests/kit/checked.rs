//! The checks over one line and its translation, as the pipeline would run them.

use std::path::{Path, PathBuf};

use anubad::glossary::{Glossary, Layer};
use anubad::language::{Pair, profile};
use anubad::mark::{self, quote};
use anubad::plan;
use anubad::style::Style;
use anubad::text::{Span, Text};
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

/// The findings of a pair of lines, as the pipeline would check them.
pub(crate) fn findings(
    glossary: &Glossary,
    pair: Pair,
    source: &str,
    target: &str,
) -> Vec<Finding> {
    let canonical = |text: &str, language| {
        let edits = profile(language).repairs(text);
        Text::repaired(text, edits).normal().to_owned()
    };
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

/// Some files keep the quotation marks of the table that they were made from:
/// `"A ""word"" of it"`.
pub(crate) fn unescaped(line: &str) -> String {
    let inner = line.strip_prefix('"').and_then(|l| l.strip_suffix('"'));
    match inner {
        Some(inner) if inner.contains("\"\"") => inner.replace("\"\"", "\""),
        _ => line.to_owned(),
    }
}
