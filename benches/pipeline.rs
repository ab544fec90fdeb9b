//! The whole pipeline with `echo` on one core: read, detect, mark, segment,
//! plan, assemble, verify. Articles are those of `examples/articles` (2–4 KB
//! each).
//!
//! `cargo bench --bench pipeline`; articles a second are items a second.

use std::path::Path;
use std::sync::Arc;

use anubad::article::read;
use anubad::detect::Detector;
use anubad::glossary::{Glossary, Layer};
use anubad::language::Pair;
use anubad::provider::echo::Echo;
use anubad::style::Style;
use anubad::translate::{BoilerplatePolicy, Direction, Routes, Stages, Translator};
use divan::counter::{BytesCount, ItemsCount};

fn main() {
    divan::main();
}

fn articles(language: &str) -> Vec<Vec<u8>> {
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
        .map(|path| std::fs::read(path).expect("a readable article"))
        .collect()
}

fn translator(glossary: Glossary) -> Translator {
    Translator {
        pairs: vec![Pair::EN_BN, Pair::BN_EN],
        glossary,
        detector: Detector::new(),
        chain: vec![Arc::new(Echo::new("echo"))],
        style: Style::default(),
        boilerplate: BoilerplatePolicy::Drop,
        stages: Stages::default(),
        routes: Routes::default(),
        judge: None,
    }
}

#[divan::bench(args = ["en", "bn"])]
fn echo(bencher: divan::Bencher, language: &str) {
    let articles = articles(language);
    let bytes: usize = articles.iter().map(Vec::len).sum();
    let glossary = Glossary::load(&[Layer::embedded()], jiff::civil::date(2026, 1, 1))
        .expect("the base layer compiles");
    let translator = translator(glossary);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .expect("a runtime");
    bencher
        .counter(ItemsCount::new(articles.len()))
        .counter(BytesCount::new(bytes))
        .bench_local(|| {
            for bytes in &articles {
                let article = read::article("bench", bytes.clone()).expect("an article");
                let done = runtime.block_on(translator.translate(&article, Direction::default()));
                divan::black_box(done.expect("a translation"));
            }
        });
}

/// Compiling the base glossary, which every start pays.
#[divan::bench]
fn base_glossary() -> Glossary {
    Glossary::load(&[Layer::embedded()], jiff::civil::date(2026, 1, 1)).expect("it compiles")
}
