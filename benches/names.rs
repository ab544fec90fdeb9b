//! What names cost an article: finding them, telling who is who, and listening for
//! them in a translation. Articles are those of `examples/articles` (2–4 KB each);
//! the text that is listened to is one of the other language, so that no name is
//! heard at once.
//!
//! `cargo bench --bench names`; articles a second are items a second.

use std::path::Path;

use anubad::article::read;
use anubad::glossary::{Glossary, Layer};
use anubad::language::Pair;
use anubad::mark;
use anubad::mark::name::Line;
use anubad::mark::quote;
use anubad::names::{Listener, Passage, cast};
use anubad::verify;
use divan::counter::ItemsCount;

fn main() {
    divan::main();
}

/// The blocks of the articles in a language.
fn articles(language: &str) -> Vec<Vec<String>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/articles");
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .expect("examples/articles is part of the repository")
        .map(|entry| entry.expect("a readable folder").path())
        .filter(|path| {
            path.file_name()
                .is_some_and(|name| name.to_string_lossy().starts_with(language))
        })
        .collect();
    paths.sort();
    paths
        .iter()
        .map(|path| {
            let bytes = std::fs::read(path).expect("a readable article");
            let article = read::article("bench", bytes).expect("an article");
            let blocks = article.blocks.iter();
            blocks.map(|b| b.text.normal().to_owned()).collect()
        })
        .collect()
}

fn direction(language: &str) -> (Pair, &'static str) {
    match language {
        "en" => (Pair::EN_BN, "bn"),
        _ => (Pair::BN_EN, "en"),
    }
}

fn passages<'a, 'g>(
    blocks: &'a [String],
    pair: Pair,
    glossary: &'g Glossary,
) -> Vec<Passage<'a, 'g>> {
    blocks
        .iter()
        .map(|text| Passage {
            text,
            line: Line::Prose,
            marks: mark::find(text, pair, glossary),
            told: Vec::new(),
            names: Vec::new(),
            quotes: quote::Quotes::default(),
        })
        .collect()
}

fn glossary() -> Glossary {
    Glossary::load(&[Layer::embedded()], jiff::civil::date(2026, 1, 1))
        .expect("the base layer compiles")
}

/// Marks alone, to compare with.
#[divan::bench(args = ["en", "bn"])]
fn marks(bencher: divan::Bencher, language: &str) {
    let (articles, glossary, (pair, _)) = (articles(language), glossary(), direction(language));
    bencher
        .counter(ItemsCount::new(articles.len()))
        .bench_local(|| {
            for blocks in &articles {
                divan::black_box(passages(blocks, pair, &glossary));
            }
        });
}

/// Marks, and the cast of the article.
#[divan::bench(args = ["en", "bn"])]
fn marks_and_cast(bencher: divan::Bencher, language: &str) {
    let (articles, glossary, (pair, _)) = (articles(language), glossary(), direction(language));
    bencher
        .counter(ItemsCount::new(articles.len()))
        .bench_local(|| {
            for blocks in &articles {
                let mut passages = passages(blocks, pair, &glossary);
                cast(&mut passages, pair);
                divan::black_box(passages);
            }
        });
}

/// Listening for the names of each block in a block of the other language.
#[divan::bench(args = ["en", "bn"])]
fn listening(bencher: divan::Bencher, language: &str) {
    let (pair, other) = direction(language);
    let (articles, others, glossary) = (articles(language), articles(other), glossary());
    let read: Vec<Vec<Passage<'_, '_>>> = (articles.iter())
        .map(|blocks| {
            let mut passages = passages(blocks, pair, &glossary);
            cast(&mut passages, pair);
            passages
        })
        .collect();
    let count: usize = read
        .iter()
        .flatten()
        .map(|passage| passage.names.len())
        .sum();
    eprintln!("{count} names to listen for in {} articles", read.len());
    bencher
        .counter(ItemsCount::new(articles.len()))
        .bench_local(|| {
            for (passages, targets) in read.iter().zip(others.iter().cycle()) {
                let mut listener = Listener::new(pair);
                for (passage, target) in passages.iter().zip(targets.iter().cycle()) {
                    let heard = verify::names::check(&mut listener, &passage.names, target, &[]);
                    divan::black_box(heard);
                }
            }
        });
}
