//! Throughput of sentence segmentation on one core, in bytes of text a second:
//! the example articles, paragraph by paragraph, until a megabyte is read.

use anubad::language::{Language, profile};
use divan::Bencher;
use divan::counter::BytesCount;

fn main() {
    divan::main();
}

const ENGLISH: [&str; 3] = [
    include_str!("../examples/articles/en-cholera.txt"),
    include_str!("../examples/articles/en-grain.txt"),
    include_str!("../examples/articles/en-reserves.txt"),
];

const BANGLA: [&str; 3] = [
    include_str!("../examples/articles/bn-flood.txt"),
    include_str!("../examples/articles/bn-nomination.txt"),
    include_str!("../examples/articles/bn-remittance.txt"),
];

/// Paragraphs of `articles`, repeated to a megabyte.
fn paragraphs(articles: &[&'static str]) -> Vec<&'static str> {
    const MEGABYTE: usize = 1_000_000;
    let lines = articles.iter().flat_map(|article| article.lines());
    let lines: Vec<_> = lines.filter(|line| !line.trim().is_empty()).collect();
    let bytes: usize = lines.iter().map(|line| line.len()).sum();
    lines.repeat(MEGABYTE.div_ceil(bytes.max(1)))
}

fn segment(bencher: Bencher, language: Language, articles: &[&'static str]) {
    let paragraphs = paragraphs(articles);
    let bytes: usize = paragraphs.iter().map(|text| text.len()).sum();
    let profile = profile(language);
    bencher.counter(BytesCount::new(bytes)).bench(|| {
        let sentences = |text: &&str| profile.sentences(text, &[]).len();
        paragraphs.iter().map(sentences).sum::<usize>()
    });
}

#[divan::bench]
fn english(bencher: Bencher) {
    segment(bencher, Language::ENGLISH, &ENGLISH);
}

#[divan::bench]
fn bangla(bencher: Bencher) {
    segment(bencher, Language::BANGLA, &BANGLA);
}

#[divan::bench]
fn plain_rules(bencher: Bencher) {
    segment(bencher, Language::UNDETERMINED, &ENGLISH);
}
