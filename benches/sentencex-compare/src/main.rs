//! Our segmentation beside the `sentencex` crate: cases of our golden tables cut
//! as they should be, boundaries in other texts where a file is named, and
//! megabytes a second on one core.
//!
//! `cargo run --release [-- LANGUAGE FILE]…`: in FILE, one case a line, sentences
//! separated by tabs.

use std::collections::BTreeSet;
use std::hint::black_box;
use std::time::Instant;

use anubad::language::{Language, profile};

/// A segmenter: the start of every sentence but the first.
type Segmenter = fn(&str, &str) -> BTreeSet<usize>;

const SEGMENTERS: [(&str, Segmenter); 2] = [("anubad", ours), ("sentencex", theirs)];

fn ours(language: &str, text: &str) -> BTreeSet<usize> {
    let language: Language = language.parse().unwrap_or(Language::UNDETERMINED);
    let sentences = profile(language).sentences(text, &[]);
    sentences.iter().skip(1).map(|s| s.start()).collect()
}

fn theirs(language: &str, text: &str) -> BTreeSet<usize> {
    let sentences = sentencex::get_sentence_boundaries(language, text);
    let starts = sentences
        .iter()
        .filter(|s| !s.text.trim().is_empty())
        .map(|s| {
            let white = s.text.len() - s.text.trim_start().len();
            s.start_byte + white
        });
    starts.skip(1).collect()
}

/// Cases right, and boundaries found, right and expected.
fn compare(language: &str, name: &str, table: &str) {
    for (segmenter, segment) in SEGMENTERS {
        let (mut cases, mut right) = (0, 0);
        let (mut found, mut hit, mut expected) = (0, 0, 0);
        for case in table.lines().filter(|line| !line.starts_with('#')) {
            let sentences: Vec<_> = case.split('\t').collect();
            let text = sentences.join(" ");
            let mut truth = BTreeSet::new();
            let mut at = 0;
            for sentence in &sentences[..sentences.len() - 1] {
                at += sentence.len() + 1;
                truth.insert(at);
            }
            let cut = segment(language, &text);
            cases += 1;
            right += usize::from(cut == truth);
            found += cut.len();
            hit += cut.intersection(&truth).count();
            expected += truth.len();
        }
        let (precision, recall) = (ratio(hit, found), ratio(hit, expected));
        println!(
            "{name:28} {segmenter:10} {right:5}/{cases} cases  P {precision:.4}  R {recall:.4}  F1 {:.4}",
            2.0 * precision * recall / (precision + recall)
        );
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts are small")]
fn ratio(part: usize, of: usize) -> f64 {
    if of == 0 {
        1.0
    } else {
        part as f64 / of as f64
    }
}

/// Megabytes a second over `articles`, paragraph by paragraph; the best of ten.
fn speed(language: &str, articles: &[&'static str]) {
    let lines = articles.iter().flat_map(|a| a.lines());
    let lines: Vec<_> = lines.filter(|line| !line.trim().is_empty()).collect();
    let bytes: usize = lines.iter().map(|line| line.len()).sum();
    let paragraphs = lines.repeat(1_000_000 / bytes + 1);
    let bytes = paragraphs.iter().map(|p| p.len()).sum();
    let typed: Language = language.parse().unwrap_or(Language::UNDETERMINED);
    let ours = best(bytes, || {
        for text in &paragraphs {
            black_box(profile(typed).sentences(text, &[]));
        }
    });
    let theirs = best(bytes, || {
        for text in &paragraphs {
            black_box(sentencex::segment(language, text));
        }
    });
    println!(
        "{language}: anubad {ours:.1} MB/s, sentencex {theirs:.1} MB/s, {:.1} times",
        ours / theirs
    );
}

fn best(bytes: usize, mut run: impl FnMut()) -> f64 {
    let seconds = (0..10).map(|_| {
        let start = Instant::now();
        run();
        start.elapsed().as_secs_f64()
    });
    ratio(bytes, 1_000_000) / seconds.fold(f64::INFINITY, f64::min)
}

/// A table without its first column, which names the phenomenon.
fn cases(table: &str) -> String {
    let lines = table.lines().filter(|line| !line.starts_with('#'));
    let cases = lines.filter_map(|line| Some(line.split_once('\t')?.1.to_owned()));
    cases.collect::<Vec<_>>().join("\n")
}

fn main() -> Result<(), std::io::Error> {
    for (language, name, table) in [
        (
            "en",
            "golden English",
            include_str!("../../../tests/data/sentences.golden.en.tsv"),
        ),
        (
            "en",
            "news English",
            include_str!("../../../tests/data/sentences.news.en.tsv"),
        ),
        (
            "bn",
            "golden Bangla",
            include_str!("../../../tests/data/sentences.golden.bn.tsv"),
        ),
    ] {
        compare(language, name, &cases(table));
    }
    let mut arguments = std::env::args().skip(1);
    while let (Some(language), Some(file)) = (arguments.next(), arguments.next()) {
        compare(&language, &file, &std::fs::read_to_string(&file)?);
    }
    speed(
        "en",
        &[
            include_str!("../../../examples/articles/en-cholera.txt"),
            include_str!("../../../examples/articles/en-grain.txt"),
            include_str!("../../../examples/articles/en-reserves.txt"),
        ],
    );
    speed(
        "bn",
        &[
            include_str!("../../../examples/articles/bn-flood.txt"),
            include_str!("../../../examples/articles/bn-nomination.txt"),
            include_str!("../../../examples/articles/bn-remittance.txt"),
        ],
    );
    Ok(())
}
