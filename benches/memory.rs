//! The translation memory with a million entries: exact look-ups, as an article
//! asks for its sentences, and what is nearly the same.
//!
//! `cargo bench --bench memory` (the first minutes fill the memory)

use std::sync::LazyLock;

use anubad::language::Pair;
use anubad::memory::Memory;
use anubad::plan::{Piece, Segment};
use anubad::provider::{Batch, Context, Draft, Identity};
use anubad::state::StateFile;
use divan::counter::ItemsCount;

/// Entries of the memory.
const ENTRIES: usize = 1_000_000;
/// Sentences of an article.
const SENTENCES: usize = 20;

/// Waits for an answer of the memory.
fn block_on<T>(answer: impl Future<Output = T>) -> T {
    static RUNTIME: LazyLock<tokio::runtime::Runtime> = LazyLock::new(|| {
        tokio::runtime::Builder::new_current_thread()
            .build()
            .expect("a runtime")
    });
    RUNTIME.block_on(answer)
}

fn main() {
    divan::main();
}

/// The memory, and the folder that it lies in.
static MEMORY: LazyLock<(Memory, tempfile::TempDir)> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a folder");
    let state = StateFile::open(&folder.path().join("state.db")).expect("a state file");
    let memory = Memory::new(state);
    block_on(async {
        for first in (0..ENTRIES).step_by(1000) {
            let batch = batch(first, 1000);
            let drafts: Vec<Draft> = batch
                .segments
                .iter()
                .map(|segment| Draft {
                    pieces: segment.pieces.clone(),
                })
                .collect();
            let kept: Vec<(usize, &Draft)> = drafts.iter().enumerate().collect();
            memory.keep(&who(), &batch, false, &kept).await;
        }
    });
    assert!(memory.trouble().is_none(), "it is filled");
    (memory, folder)
});

fn who() -> Identity {
    Identity {
        name: "mine".to_owned(),
        model: "model".to_owned(),
        version: "1".to_owned(),
    }
}

/// Sentences of about the length of news, each another one.
fn batch(first: usize, count: usize) -> Batch {
    let words = [
        "council", "bridge", "river", "minister", "market", "harvest", "court", "school",
    ];
    let sentence = |i: usize| {
        let word = |shift: usize| words[(i >> shift) % words.len()];
        format!(
            "The {} of ward {i} said on Monday that the {} near the {} would be open before the {} ends.",
            word(0),
            word(3),
            word(6),
            word(9)
        )
    };
    Batch {
        pair: Pair::EN_BN,
        segments: (first..first + count)
            .map(|i| Segment {
                pieces: vec![Piece::Text(sentence(i))],
                fillings: Vec::new(),
                hints: Vec::new(),
            })
            .collect(),
        context: Context::default(),
    }
}

/// Sentences that are there, all over the memory.
#[divan::bench]
fn found(bencher: divan::Bencher) {
    let mut random = fastrand::Rng::with_seed(1);
    bencher
        .counter(ItemsCount::new(SENTENCES))
        .with_inputs(|| batch(random.usize(..ENTRIES - SENTENCES), SENTENCES))
        .bench_local_values(|batch| {
            let found = block_on(MEMORY.0.recall(&who(), &batch, false));
            assert!(found.iter().all(Option::is_some), "it is there");
        });
}

/// Sentences that are not there.
#[divan::bench]
fn missed(bencher: divan::Bencher) {
    bencher
        .counter(ItemsCount::new(SENTENCES))
        .with_inputs(|| batch(ENTRIES, SENTENCES))
        .bench_local_values(|batch| block_on(MEMORY.0.recall(&who(), &batch, false)));
}

/// Sentences that are nearly the same, for language models.
#[divan::bench(sample_count = 20, sample_size = 1)]
fn similar(bencher: divan::Bencher) {
    bencher
        .counter(ItemsCount::new(SENTENCES))
        .with_inputs(|| batch(ENTRIES, SENTENCES))
        .bench_local_values(|batch| block_on(MEMORY.0.similar(&batch)));
}
