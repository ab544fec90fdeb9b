//! Whatever a provider does, no value is lost, no quotation is unbalanced, and
//! nothing changes in silence.

use std::sync::{Arc, OnceLock};

use anubad::article::read;
use anubad::assemble::defects;
use anubad::detect::Detector;
use anubad::glossary::{Glossary, Layer};
use anubad::language::{Ending, Language, Pair};
use anubad::plan::{HoleId, Piece};
use anubad::provider::{
    Batch, Capability, Context, Draft, Drafts, Error, ErrorKind, Identity, Protection, Provider,
    Retry,
};
use anubad::style::Style;
use anubad::translate::{
    BoilerplatePolicy, Direction, Failure, Routes, Stages, Translator, ladder,
};
use async_trait::async_trait;
use proptest::prelude::*;

/// What a hostile provider does to a segment, chosen anew for each.
#[derive(Debug, Clone, Copy)]
enum Act {
    Keep,
    DropHoles,
    DoubleHoles,
    InventHole,
    Reverse,
    DropQuotes,
    DropClosing,
    AddQuotes,
    Empty,
    Endless,
    Refuse,
    TooLarge,
    Short,
}

const ACTS: [Act; 13] = [
    Act::Keep,
    Act::DropHoles,
    Act::DoubleHoles,
    Act::InventHole,
    Act::Reverse,
    Act::DropQuotes,
    Act::DropClosing,
    Act::AddQuotes,
    Act::Empty,
    Act::Endless,
    Act::Refuse,
    Act::TooLarge,
    Act::Short,
];

struct Hostile {
    identity: Identity,
    capability: Capability,
    seed: std::sync::Mutex<u64>,
}

impl Hostile {
    fn new(seed: u64) -> Self {
        Self {
            identity: Identity {
                name: "hostile".into(),
                model: "hostile".into(),
                version: "1".into(),
            },
            capability: Capability {
                pairs: Vec::new(),
                max_segments: 7,
                max_characters: 2000,
                max_holes: 5,
                protection: Protection::Typed,
                draft: false,
            },
            seed: std::sync::Mutex::new(seed),
        }
    }

    fn next(&self) -> u64 {
        let mut seed = self.seed.lock().unwrap();
        *seed ^= *seed << 13;
        *seed ^= *seed >> 7;
        *seed ^= *seed << 17;
        *seed
    }

    fn act(&self, pieces: &[Piece]) -> Result<Draft, Error> {
        let act = ACTS[usize::try_from(self.next() % ACTS.len() as u64).unwrap()];
        let fail = |kind| Error {
            provider: "hostile".into(),
            kind,
            message: "no".into(),
            retry: Retry::Never,
        };
        let mut out = pieces.to_vec();
        let is_hole = |p: &Piece| matches!(p, Piece::Hole(..));
        match act {
            Act::Keep => {}
            Act::DropHoles => out.retain(|p| !is_hole(p)),
            Act::DoubleHoles => {
                out = out
                    .iter()
                    .flat_map(|p| vec![p.clone(); if is_hole(p) { 2 } else { 1 }])
                    .collect();
            }
            Act::InventHole => out.push(Piece::Hole(HoleId(77), Ending::default())),
            Act::Reverse => out.reverse(),
            Act::DropQuotes => out.retain(|p| !matches!(p, Piece::Quote(..))),
            Act::DropClosing => {
                if let Some(at) = out.iter().rposition(|p| matches!(p, Piece::Quote(..))) {
                    out.remove(at);
                }
            }
            Act::AddQuotes => out.insert(0, Piece::Text("‘so’ ".into())),
            Act::Empty => out.clear(),
            Act::Endless => out.push(Piece::Text("আবার ".repeat(400))),
            Act::Refuse => return Err(fail(ErrorKind::Unavailable)),
            Act::TooLarge => return Err(fail(ErrorKind::TooLarge)),
            Act::Short => out.truncate(out.len() / 2),
        }
        Ok(Draft { pieces: out })
    }
}

#[async_trait]
impl Provider for Hostile {
    fn identity(&self) -> &Identity {
        &self.identity
    }

    fn capability(&self) -> &Capability {
        &self.capability
    }

    async fn translate(&self, batch: &Batch) -> Result<Drafts, Error> {
        let mut drafts: Drafts = batch.segments.iter().map(|s| self.act(&s.pieces)).collect();
        match self.next() % 20 {
            0 => drafts.push(Ok(Draft { pieces: Vec::new() })),
            1 => {
                let half = drafts.len() / 2;
                drafts.truncate(half);
            }
            _ => {}
        }
        Ok(drafts)
    }
}

fn articles() -> Vec<anubad::article::Article> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/articles");
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|e| e.unwrap().path())
        .collect();
    paths.sort();
    paths
        .into_iter()
        .map(|path| read::article(&path.to_string_lossy(), std::fs::read(&path).unwrap()).unwrap())
        .collect()
}

fn glossary() -> Glossary {
    static BASE: OnceLock<Glossary> = OnceLock::new();
    BASE.get_or_init(|| {
        Glossary::load(&[Layer::embedded()], jiff::civil::date(2026, 1, 1)).unwrap()
    })
    .clone()
}

fn translator(chain: Vec<Arc<dyn Provider>>) -> Translator {
    Translator {
        pairs: vec![Pair::EN_BN, Pair::BN_EN],
        glossary: glossary(),
        detector: Detector::new(),
        chain,
        style: Style::default(),
        boilerplate: BoilerplatePolicy::Drop,
        stages: Stages::default(),
        routes: Routes::default(),
        judge: None,
    }
}

/// Quotes what nobody quoted, and leaves everything else as it is.
struct Quoting(Hostile);

#[async_trait]
impl Provider for Quoting {
    fn identity(&self) -> &Identity {
        &self.0.identity
    }

    fn capability(&self) -> &Capability {
        &self.0.capability
    }

    async fn translate(&self, batch: &Batch) -> Result<Drafts, Error> {
        let quoted = |piece: &Piece| match piece {
            Piece::Text(text) => Piece::Text(text.replace("the port", "“the port”")),
            piece => piece.clone(),
        };
        let drafts = batch.segments.iter();
        let drafts = drafts.map(|s| s.pieces.iter().map(quoted).collect());
        Ok(drafts.map(|pieces| Ok(Draft { pieces })).collect())
    }
}

/// It is no reason to take the sentence apart, nor to leave it as it is.
#[tokio::test]
async fn marks_around_what_nobody_quoted_are_taken_out_and_told_of() {
    for (source, expected) in [
        (
            "Ships wait outside the port, pilots said.",
            "Ships wait outside the port, pilots said.",
        ),
        // The text of a feed, cut off within a title.
        (
            "We read of the port in \"An Occurrence at",
            "We read of the port in An Occurrence at",
        ),
    ] {
        let text = format!("Ships wait\n\n{source}\n");
        let article = read::article("a.txt", text.into_bytes()).unwrap();
        let translator = translator(vec![Arc::new(Quoting(Hostile::new(1)))]);
        let direction = Direction {
            from: Some(Language::ENGLISH),
            to: Some(Language::BANGLA),
        };
        let done = translator.translate(&article, direction).await.unwrap();
        let sentence = done.segments().last().unwrap();
        assert_eq!(sentence.target, expected);
        let told = sentence.findings.iter().filter(|f| f.check == "quotes");
        let told: Vec<&str> = told.map(|f| f.message.as_str()).collect();
        assert!(told.iter().any(|m| m.contains("taken out")), "{told:?}");
        assert!(!sentence.findings.iter().any(|f| f.check == "provider"));
    }
}

/// Loses every value, and what joins a word to one.
struct Loose(Hostile);

#[async_trait]
impl Provider for Loose {
    fn identity(&self) -> &Identity {
        &self.0.identity
    }

    fn capability(&self) -> &Capability {
        &self.0.capability
    }

    async fn translate(&self, batch: &Batch) -> Result<Drafts, Error> {
        let word = || Piece::Text("শব্দ".into());
        let drafts = batch.segments.iter().map(|_| {
            Ok(Draft {
                pieces: vec![word()],
            })
        });
        Ok(drafts.collect())
    }
}

#[tokio::test]
async fn a_value_does_not_stick_to_the_translation_of_what_was_joined_to_it() {
    let hole = |id| Piece::Hole(HoleId(id), Ending::default());
    let text = |text: &str| Piece::Text(text.into());
    let segment = anubad::plan::Segment {
        pieces: vec![
            text("The Trans-"),
            hole(0),
            text(" line of "),
            hole(1),
            text("-year-olds"),
        ],
        fillings: Vec::new(),
        hints: Vec::new(),
    };
    let chain: Vec<Arc<dyn Provider>> = vec![Arc::new(Loose(Hostile::new(1)))];
    let climbed = ladder::climb(&chain, Pair::EN_BN, &[segment], &Context::default()).await;
    let shown: String = (climbed[0].pieces.iter())
        .map(|piece| match piece {
            Piece::Text(text) => text.as_str(),
            _ => "#",
        })
        .collect();
    assert_eq!(
        shown.split(' ').collect::<Vec<_>>(),
        ["শব্দ", "#", "শব্দ", "#", "শব্দ"]
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

    /// The law of the ladder, over segments of every shape.
    #[test]
    fn holes_and_quotations_survive_any_provider(
        seed in 1u64..u64::MAX,
        shape in proptest::collection::vec((0u8..5, "[a-z ,.]{1,12}|[ক-হ ,।]{1,8}"), 1..14),
    ) {
        let mut pieces = Vec::new();
        let mut holes = 0u16;
        let mut open = Vec::new();
        for (kind, text) in shape {
            match kind {
                0 | 1 => {
                    pieces.push(Piece::Hole(HoleId(holes), Ending::default()));
                    holes += 1;
                }
                2 => {
                    pieces.push(Piece::Quote(anubad::mark::quote::Edge::Open, open.len()));
                    open.push(());
                }
                3 if open.pop().is_some() => {
                    pieces.push(Piece::Quote(anubad::mark::quote::Edge::Close, open.len()));
                }
                _ => {}
            }
            pieces.push(Piece::Text(text));
        }
        while open.pop().is_some() {
            pieces.push(Piece::Quote(anubad::mark::quote::Edge::Close, open.len()));
        }
        let segment = anubad::plan::Segment { pieces, fillings: Vec::new(), hints: Vec::new() };
        let chain: Vec<Arc<dyn Provider>> = vec![
            Arc::new(Hostile::new(seed)),
            Arc::new(Hostile::new(seed.rotate_left(17) | 1)),
        ];
        let climbed = tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(
            ladder::climb(&chain, Pair::EN_BN, std::slice::from_ref(&segment), &Context::default()),
        );
        prop_assert_eq!(climbed.len(), 1);
        let wrong: Vec<_> = defects(&segment, &climbed[0].pieces)
            .into_iter()
            .filter(|d| !matches!(d, anubad::assemble::Defect::Overlong { .. } | anubad::assemble::Defect::Empty))
            .collect();
        prop_assert!(wrong.is_empty(), "{:?}\n{:?}\n{:?}", wrong, segment.pieces, climbed[0].pieces);
    }

    /// Whole articles: each protected value stands in the output.
    #[test]
    fn every_value_of_an_article_survives(seed in 1u64..u64::MAX, which in 0usize..10) {
        let article = &articles()[which];
        let translator = translator(vec![Arc::new(Hostile::new(seed))]);
        let done = tokio::runtime::Builder::new_current_thread().build().unwrap()
            .block_on(translator.translate(article, Direction::default()));
        let done = match done {
            Ok(done) => done,
            Err(Failure::Untranslated(_) | Failure::Unanswered(_)) => return Ok(()),
            Err(other) => panic!("{other}"),
        };
        let clean = translator_output(article);
        for (value, count) in values(&clean) {
            prop_assert!(
                done.text.matches(value.as_str()).count() >= count,
                "{value} stands {} times, not {count}, in\n{}",
                done.text.matches(value.as_str()).count(), done.text
            );
        }
        // What went wrong on the way is said.
        let untouched = done.segments().all(|s| s.findings.is_empty());
        prop_assert!(!untouched);
    }
}

/// What an honest echo makes of an article.
fn translator_output(article: &anubad::article::Article) -> anubad::translate::Translation {
    let echo = translator(vec![Arc::new(anubad::provider::echo::Echo::new("echo"))]);
    tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap()
        .block_on(echo.translate(article, Direction::default()))
        .unwrap()
}

/// The names that the base glossary puts into the target, with how often.
fn values(done: &anubad::translate::Translation) -> Vec<(String, usize)> {
    let names: &[&str] = match done.target_language {
        Language::BANGLA => &[
            "জেনেভা",
            "ঢাকা",
            "বাংলাদেশ",
            "ইস্তাম্বুল",
            "চট্টগ্রাম",
            "আবাহনী",
            "ডলার",
            "শতাংশ",
        ],
        _ => &[
            "Dhaka",
            "Bangladesh Bank",
            "Sylhet",
            "Geneva",
            "BNP",
            "RAB",
            "$31.33 billion",
            "percent",
        ],
    };
    names
        .iter()
        .map(|name| ((*name).to_owned(), done.text.matches(name).count()))
        .filter(|(_, count)| *count > 0)
        .collect()
}
