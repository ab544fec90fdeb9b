//! The embedded engine with its starter models: words of source a second on one
//! thread, in batches as the pipeline sends them.
//!
//! `cargo bench --bench engine`; words are items.

use anubad::language::Pair;
use anubad::plan::{Piece, Segment};
use anubad::provider::local::{Beam, Local, LocalConfig};
use anubad::provider::{Batch, Context, Provider};
use divan::counter::ItemsCount;

fn main() {
    divan::main();
}

const SENTENCES: [&str; 8] = [
    "The two sides agreed to meet again in the capital next month.",
    "Officials said the river had begun to fall after three days of rain.",
    "Prices of rice and oil rose again in the city's markets this week.",
    "She told reporters that nobody had been hurt in the fire.",
    "The court will hear the appeal on Sunday, a lawyer said.",
    "Farmers in the north are waiting for seed and fertiliser.",
    "Schools will stay closed until the water has gone down.",
    "The team lost its captain to injury before the second half.",
];

/// Sentences in a batch, and translations that the search keeps.
#[divan::bench(args = [(1, 1), (16, 1), (16, 4)])]
fn words(bencher: divan::Bencher, (batch, beam): (usize, usize)) {
    let local = Local::new(
        "local",
        &LocalConfig {
            models: Vec::new(),
            threads: 1,
            beam: Beam::new(beam).expect("a width"),
        },
    )
    .expect("the starter models");
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .expect("a runtime");
    let sentences: Vec<&str> = SENTENCES.into_iter().cycle().take(16).collect();
    let batches: Vec<Batch> = sentences
        .chunks(batch)
        .map(|chunk| Batch {
            pair: Pair::EN_BN,
            segments: chunk
                .iter()
                .map(|text| Segment {
                    pieces: vec![Piece::Text((*text).to_owned())],
                    fillings: Vec::new(),
                    hints: Vec::new(),
                })
                .collect(),
            context: Context::default(),
        })
        .collect();
    let words: usize = sentences.iter().map(|s| s.split(' ').count()).sum();
    // The first call loads the model.
    runtime
        .block_on(local.translate(&batches[0]))
        .expect("a translation");
    bencher.counter(ItemsCount::new(words)).bench_local(|| {
        for batch in &batches {
            divan::black_box(runtime.block_on(local.translate(batch)).expect("drafts"));
        }
    });
}
