//! The embedded engine with its starter models. They are drafts: what is tested
//! is what the pipeline guarantees whatever a model writes.

#![cfg(feature = "starter-models")]

use std::path::Path;
use std::sync::Arc;

use anubad::article::read;
use anubad::detect::Detector;
use anubad::glossary::{Glossary, Layer};
use anubad::language::{Ending, Pair};
use anubad::mark::quote;
use anubad::plan::{Filling, HoleId, HoleKind, Piece, Segment};
use anubad::provider::local::{Beam, Local, LocalConfig};
use anubad::provider::{Batch, Context, Provider};
use anubad::style::Style;
use anubad::text::Span;
use anubad::translate::{BoilerplatePolicy, Direction, Routes, Stages, Translation, Translator};

fn local(models: &[&Path]) -> Result<Local, anubad::provider::Error> {
    let config = LocalConfig {
        models: models.iter().map(|p| p.to_path_buf()).collect(),
        threads: 1,
        beam: Beam::default(),
    };
    Local::new("local", &config)
}

fn segment(pieces: Vec<Piece>) -> Segment {
    Segment {
        pieces,
        fillings: Vec::new(),
        hints: Vec::new(),
    }
}

async fn translate(id: &str, bytes: Vec<u8>) -> Translation {
    let translator = Translator {
        pairs: vec![Pair::EN_BN, Pair::BN_EN],
        glossary: Glossary::load(&[Layer::embedded()], jiff::civil::date(2026, 1, 1)).unwrap(),
        detector: Detector::new(),
        chain: vec![Arc::new(local(&[]).unwrap())],
        style: Style::default(),
        boilerplate: BoilerplatePolicy::Drop,
        stages: Stages::default(),
        routes: Routes::default(),
    };
    let article = read::article(id, bytes).unwrap();
    translator
        .translate(&article, Direction::default())
        .await
        .unwrap()
}

/// Every sample article: each quotation balanced, each sentence marked a draft,
/// the same quotation marks as the source.
#[tokio::test]
async fn sample_articles_keep_their_quotations() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/articles");
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let done = translate(&path.to_string_lossy(), std::fs::read(&path).unwrap()).await;
        for block in done.blocks.iter().filter(|b| !b.segments.is_empty()) {
            let target = block.target.as_deref().unwrap();
            let before = quote::pair(&block.source, &[], true).marks.len();
            let after = quote::pair(target, &[], true);
            assert!(
                after.marks.len() >= before,
                "{}\n{}\n{target}",
                path.display(),
                block.source
            );
        }
        for sentence in done.segments().filter(|s| s.provider.is_some()) {
            assert!(sentence.draft);
        }
        assert!(
            !done
                .text
                .contains(|c| ('\u{E000}'..='\u{F8FF}').contains(&c))
        );
        assert!(!done.text.contains("<0x"));
    }
}

/// The page that the project was conceived from, where it is at hand.
#[tokio::test]
async fn the_sample_page_has_its_names() {
    let shared = std::env::var_os("ANUBAD_SHARED").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"),
        Into::into,
    );
    let Ok(bytes) = std::fs::read(shared.join("samples/bss-embassies.txt")) else {
        eprintln!("skipped: no samples at {}", shared.display());
        return;
    };
    let done = translate("bss-embassies.txt", bytes).await;
    assert!(done.text.contains("ইস্তাম্বুল, ১০ এপ্রিল, ২০২৫ (বাসস/এএফপি)"));
    for (name, least) in [
        ("ডোনাল্ড ট্রাম্প", 1),
        ("ট্যামি ব্রুস", 1),
        ("আলেকজান্ডার দারচিয়েভ", 1),
        ("মস্কো", 3),
        ("ওয়াশিংটন", 1),
        ("ইউক্রেন", 5),
    ] {
        assert!(
            done.text.matches(name).count() >= least,
            "{name}\n{}",
            done.text
        );
    }
    assert_eq!(done.text.matches('‘').count(), 4, "{}", done.text);
    assert_eq!(done.text.matches('’').count(), 4, "{}", done.text);
    assert!(!done.text.contains("Sharifi"));
    assert!(!done.text.contains(|c: char| c.is_ascii_digit()));
}

#[tokio::test]
async fn blanks_are_not_translated_and_long_segments_are_refused() {
    let local = local(&[]).unwrap();
    let word = segment(vec![Piece::Text("word ".repeat(400))]);
    assert!(!local.fits(&word, Pair::EN_BN));
    let holes = (0..17).map(|i| Piece::Hole(HoleId(i), Ending::default()));
    assert!(!local.fits(&segment(holes.collect()), Pair::EN_BN));
    let blank = segment(vec![Piece::Text("  ".into())]);
    let batch = Batch {
        pair: Pair::EN_BN,
        segments: vec![blank],
        context: Context::default(),
    };
    let drafts = local.translate(&batch).await.unwrap();
    assert!(drafts[0].as_ref().unwrap().pieces.is_empty());
}

#[tokio::test]
async fn values_come_back_as_values() {
    let local = local(&[]).unwrap();
    let filling = |source: &str| Filling {
        kind: HoleKind::Verbatim,
        source: source.into(),
        target: source.into(),
        span: Span::whole(""),
    };
    let batch = Batch {
        pair: Pair::EN_BN,
        segments: vec![Segment {
            pieces: vec![
                Piece::Text("He went to ".into()),
                Piece::Hole(HoleId(0), Ending::default()),
                Piece::Text(".".into()),
            ],
            fillings: vec![filling("Dhaka")],
            hints: Vec::new(),
        }],
        context: Context::default(),
    };
    let drafts = local.translate(&batch).await.unwrap();
    let pieces = &drafts[0].as_ref().unwrap().pieces;
    assert!(
        pieces
            .iter()
            .any(|p| matches!(p, Piece::Hole(HoleId(0), _))),
        "{pieces:?}"
    );
}

/// Each hole once, however many a sentence has: the search sees to it where the
/// model's first answer has too few or too many.
#[tokio::test]
async fn every_hole_comes_back_exactly_once() {
    let local = local(&[]).unwrap();
    let sentence = |holes: u16| {
        let mut pieces = vec![Piece::Text("The minister went from ".into())];
        for id in 0..holes {
            pieces.push(Piece::Hole(HoleId(id), Ending::default()));
            pieces.push(Piece::Text(" to the market and then to ".into()));
        }
        pieces.push(Piece::Text("the river.".into()));
        segment(pieces)
    };
    let batch = Batch {
        pair: Pair::EN_BN,
        segments: (1..=9).map(sentence).collect(),
        context: Context::default(),
    };
    let drafts = local.translate(&batch).await.unwrap();
    for (sent, draft) in batch.segments.iter().zip(drafts) {
        let pieces = draft.unwrap().pieces;
        let mut came: Vec<HoleId> = pieces
            .iter()
            .filter_map(|piece| match piece {
                Piece::Hole(id, _) => Some(*id),
                _ => None,
            })
            .collect();
        came.sort();
        assert_eq!(came, sent.holes().collect::<Vec<_>>(), "{pieces:?}");
    }
}

/// A direction that has no model goes through English. Bangla under another
/// name stands for the third language: there is no model of one here.
#[tokio::test]
async fn a_third_language_goes_through_english() {
    let dir = tempfile::tempdir().unwrap();
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("models/starter/bn-en");
    let to = dir.path().join("as-en");
    std::fs::create_dir(&to).unwrap();
    for name in ["model.bn-en.intgemm.alphas.bin", "vocab.spm"] {
        std::fs::copy(from.join(name), to.join(name)).unwrap();
    }
    let local = local(&[dir.path()]).unwrap();
    let pair: Pair = "as-bn".parse().unwrap();
    assert!(local.capability().pairs.contains(&pair));
    assert!(local.capability().draft);
    let number = Filling {
        kind: HoleKind::Number,
        source: "17".into(),
        target: "১৭".into(),
        span: Span::whole(""),
    };
    let long = "ঢাকায় ".repeat(100);
    let batch = Batch {
        pair,
        segments: vec![
            Segment {
                pieces: vec![
                    Piece::Text("বন্যায় ".into()),
                    Piece::Hole(HoleId(0), Ending::default()),
                    Piece::Text(" জন নিহত হয়েছেন।".into()),
                ],
                fillings: vec![number],
                hints: Vec::new(),
            },
            segment(vec![Piece::Text("ঢাকায় বৃষ্টি হয়েছে।".into())]),
        ],
        context: Context::default(),
    };
    let drafts = local.translate(&batch).await.unwrap();
    assert_eq!(drafts.len(), 2);
    let first = &drafts[0].as_ref().unwrap().pieces;
    let holes = first
        .iter()
        .filter(|p| matches!(p, Piece::Hole(HoleId(0), _)));
    assert_eq!(holes.count(), 1, "{first:?}");
    for draft in &drafts {
        let is_bangla = draft
            .as_ref()
            .unwrap()
            .pieces
            .iter()
            .any(|piece| match piece {
                Piece::Text(text) => text.chars().any(|c| ('\u{0980}'..='\u{09FF}').contains(&c)),
                _ => false,
            });
        assert!(is_bangla, "{draft:?}");
    }
    assert!(!local.fits(&segment(vec![Piece::Text(long)]), pair));
}

fn copy_of_starter(to: &Path) {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("models/starter");
    std::fs::create_dir_all(to.join("en-bn")).unwrap();
    for name in [
        "en-bn/model.en-bn.intgemm.alphas.bin",
        "en-bn/vocab.spm",
        "SHA256SUMS",
    ] {
        std::fs::copy(from.join(name), to.join(name)).unwrap();
    }
}

#[tokio::test]
async fn a_damaged_vocabulary_is_refused_before_it_translates() {
    let dir = tempfile::tempdir().unwrap();
    copy_of_starter(dir.path());
    let path = dir.path().join("en-bn/vocab.spm");
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[5000] ^= 0xFF;
    std::fs::write(&path, bytes).unwrap();
    let local = local(&[dir.path()]).unwrap();
    let batch = Batch {
        pair: Pair::EN_BN,
        segments: vec![segment(vec![Piece::Text("Good morning.".into())])],
        context: Context::default(),
    };
    let error = local.translate(&batch).await.unwrap_err();
    assert!(error.message.contains("is damaged"), "{error}");
    assert!(error.message.contains("vocab.spm"), "{error}");
}

#[test]
fn folders_without_models_are_named() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::create_dir(dir.path().join("en-bn")).unwrap();
    let error = local(&[dir.path()]).unwrap_err();
    assert!(error.message.contains("has no model*.bin"), "{error}");
    let missing = dir.path().join("nowhere");
    let error = local(&[&missing]).unwrap_err();
    assert!(error.message.contains("nowhere"), "{error}");
}
