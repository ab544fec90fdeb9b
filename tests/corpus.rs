//! Real articles go through the pipeline with `echo`: nothing is lost, nothing
//! panics, and what the source balanced stays balanced.
//!
//! The articles are publishers' and not part of this repository; where the
//! folder is absent the tests say so and pass. `ANUBAD_SHARED` names it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anubad::article::{Article, BlockKind, read, write};
use anubad::detect::{Detector, Verdict};
use anubad::glossary::{Glossary, Layer};
use anubad::language::{Language, Pair};
use anubad::mark::quote;
use anubad::provider::echo::Echo;
use anubad::style::{QuoteStyle, Style};
use anubad::translate::{BoilerplatePolicy, Direction, Routes, Stages, Translation, Translator};

/// Pages among the English articles that are in another language.
const FOREIGN_AMONG_ENGLISH: &[&str] = &[
    "35171c19e6.txt",
    "5fc8522270.txt",
    "6eeebbb3ec.txt",
    "ed3f51cf4c.txt",
    "dab95bfe57.txt",
    "d6ee68b598.txt",
    "9ca2df701d.txt",
];

fn shared() -> Option<PathBuf> {
    let folder = std::env::var_os("ANUBAD_SHARED").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"),
        PathBuf::from,
    );
    let found = folder.join("data/articles").is_dir();
    if !found {
        eprintln!("skipped: no articles at {}", folder.display());
    }
    found.then_some(folder)
}

fn articles(language: &str) -> Vec<(Article, String)> {
    let Some(folder) = shared() else {
        return Vec::new();
    };
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder.join("data/articles").join(language))
        .unwrap()
        .map(|e| e.unwrap().path())
        .collect();
    paths.sort();
    assert!(paths.len() >= 100, "{} articles in {language}", paths.len());
    paths
        .into_iter()
        .map(|path| {
            let id = path.file_name().unwrap().to_string_lossy().into_owned();
            let bytes = std::fs::read(&path).unwrap();
            let article = read::article(&id, bytes).unwrap_or_else(|e| panic!("{id}: {e}"));
            (article, id)
        })
        .collect()
}

fn translator(style: Style, glossary: Glossary, boilerplate: BoilerplatePolicy) -> Translator {
    Translator {
        pairs: vec![Pair::EN_BN, Pair::BN_EN],
        glossary,
        detector: Detector::new(),
        chain: vec![Arc::new(Echo::new("echo"))],
        style,
        boilerplate,
        stages: Stages::default(),
        routes: Routes::default(),
        judge: None,
    }
}

fn base() -> Glossary {
    Glossary::load(&[Layer::embedded()], jiff::civil::date(2026, 1, 1)).unwrap()
}

async fn echo(translator: &Translator, article: &Article, language: Language) -> Translation {
    let direction = Direction {
        from: Some(language),
        to: None,
    };
    translator
        .translate(article, direction)
        .await
        .unwrap_or_else(|e| panic!("{}: {e}", article.id))
}

/// What a page says, white space apart.
fn letters(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[tokio::test]
async fn echo_gives_every_byte_back() {
    let translator = translator(
        Style::keep(),
        Glossary::empty(),
        BoilerplatePolicy::Translate,
    );
    for (code, language) in [("en", Language::ENGLISH), ("bn", Language::BANGLA)] {
        for (article, id) in articles(code) {
            // Metadata lines are forms and are written anew; the story is not.
            let story = Article {
                blocks: article
                    .blocks
                    .iter()
                    .filter(|b| b.kind.is_story() || matches!(b.kind, BlockKind::Boilerplate(_)))
                    .cloned()
                    .collect(),
                ..article
            };
            let done = echo(&translator, &story, language).await;
            let expected = write::plain::plain(
                story
                    .blocks
                    .iter()
                    .map(|b| (b.joint.clone(), b.text.normal())),
            );
            assert_eq!(done.text, expected, "{id}");
        }
    }
}

#[test]
fn the_language_of_every_article_is_told() {
    // The English folder has a handful of pages that were read by eye and are
    // Bangla or Indonesian; the detector has to see that too.
    let detector = Detector::new();
    for (code, language, foreign) in [
        ("en", Language::ENGLISH, FOREIGN_AMONG_ENGLISH),
        ("bn", Language::BANGLA, &[]),
    ] {
        for (article, id) in articles(code) {
            let verdict = detector.article(article.story().map(|b| b.text.normal()));
            let own = verdict == Verdict::Certain(language);
            assert_eq!(own, !foreign.contains(&id.as_str()), "{id}: {verdict:?}");
        }
    }
}

#[tokio::test]
async fn quotations_stay_balanced_in_house_style() {
    // ‘…’ around words that echo left English could not be told from apostrophes.
    let style = Style {
        quotes: QuoteStyle::Double,
        ..Style::default()
    };
    let translator = translator(style, base(), BoilerplatePolicy::Drop);
    for (code, language) in [("en", Language::ENGLISH), ("bn", Language::BANGLA)] {
        for (article, id) in articles(code) {
            if FOREIGN_AMONG_ENGLISH.contains(&id.as_str()) {
                continue;
            }
            let done = echo(&translator, &article, language).await;
            for block in &done.blocks {
                let Some(target) = block.target.as_deref() else {
                    continue;
                };
                let before = quote::pair(&block.source, &[], false);
                if block.segments.is_empty() || !before.unpaired.is_empty() {
                    continue;
                }
                // Inner marks are ‘…’, which echo's English apostrophes look like.
                let outer = before.marks.iter().filter(|m| m.depth % 2 == 0).count();
                assert_eq!(
                    (target.matches('“').count(), target.matches('”').count()),
                    (outer / 2, outer / 2),
                    "{id}\n{}\n{target}",
                    block.source
                );
            }
            assert!(!letters(&done.text).is_empty(), "{id}");
        }
    }
}

/// The page that the project was conceived from.
#[tokio::test]
async fn the_sample_page_keeps_its_shape() {
    let Some(folder) = shared() else { return };
    let bytes = std::fs::read(folder.join("samples/bss-embassies.txt")).unwrap();
    let article = read::article("bss-embassies.txt", bytes).unwrap();
    let translator = translator(Style::default(), base(), BoilerplatePolicy::Drop);
    let done = translator
        .translate(&article, Direction::default())
        .await
        .unwrap();
    assert_eq!(done.target_language, Language::BANGLA);
    assert!(done.text.contains("ইস্তাম্বুল, ১০ এপ্রিল, ২০২৫ (বাসস/এএফপি) :"));
    assert!(done.text.contains("প্রকাশ: ১০ এপ্রিল ২০২৫, ১৪:২৫"));
    for name in [
        "ডোনাল্ড ট্রাম্প",
        "ট্যামি ব্রুস",
        "আলেকজান্ডার দারচিয়েভ",
        "মস্কো",
        "ওয়াশিংটন",
        "হোয়াইট হাউস",
    ] {
        assert!(done.text.contains(name), "{name}");
    }
    for name in ["Moscow", "Washington", "Trump", "Bruce", "Darchiev"] {
        assert!(!done.text.contains(name), "{name}");
    }
    for sidebar in ["Zia Sharifi", "Begum", "31.89", "Parwar", "Ctg", "Mamun"] {
        assert!(!done.text.contains(sidebar), "{sidebar}");
    }
    assert_eq!(done.text.matches('‘').count(), 4, "{}", done.text);
    assert_eq!(done.text.matches('’').count(), 4, "{}", done.text);
    assert!(!done.text.contains('"'));
    let paragraphs = done
        .blocks
        .iter()
        .filter(|b| b.kind == BlockKind::Paragraph)
        .count();
    assert_eq!(paragraphs, 11);
}
