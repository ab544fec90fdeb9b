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
use anubad::plan::{ElementId, Filling, HoleId, HoleKind, Markup, Piece, Segment};
use anubad::provider::judge::{Judge, Reading};
use anubad::provider::local::{Beam, Local, LocalConfig};
use anubad::provider::{
    Batch, Capability, Context, Draft, Drafts, Error, ErrorKind, Identity, Protection, Provider,
    Retry,
};
use anubad::style::Style;
use anubad::text::Span;
use anubad::translate::{
    BoilerplatePolicy, Direction, Route, Routes, Sort, Stages, Translation, Translator,
};
use anubad::verify::{Finding, Severity};

fn local(models: &[&Path]) -> Result<Local, Error> {
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
    let article = read::article(id, bytes).unwrap();
    translator(Arc::new(local(&[]).unwrap()))
        .translate(&article, Direction::default())
        .await
        .unwrap()
}

fn translator(provider: Arc<dyn Provider>) -> Translator {
    Translator {
        pairs: vec![Pair::EN_BN, Pair::BN_EN],
        glossary: Glossary::load(&[Layer::embedded()], jiff::civil::date(2026, 1, 1)).unwrap(),
        detector: Detector::new(),
        chain: vec![provider],
        style: Style::default(),
        boilerplate: BoilerplatePolicy::Drop,
        stages: Stages::default(),
        routes: Routes::default(),
        judge: None,
    }
}

/// Three sentences and what they mean.
const PAIRS: [(&str, &str); 3] = [
    (
        "The price of onions has risen again in the markets.",
        "বাজারে পেঁয়াজের দাম আবার বেড়েছে।",
    ),
    (
        "Scientists have found a new kind of fish in the river.",
        "বিজ্ঞানীরা নদীতে নতুন ধরনের মাছ খুঁজে পেয়েছেন।",
    ),
    (
        "Schools will stay closed until the end of next week.",
        "আগামী সপ্তাহের শেষ পর্যন্ত স্কুলগুলি বন্ধ থাকবে।",
    ),
];

/// Answers by a list of sentences and their translations; what it does not know comes back as
/// it was sent.
struct Scripted {
    identity: Identity,
    capability: Capability,
    answers: Vec<(String, String)>,
}

impl Scripted {
    fn new(answers: &[(&str, &str)], draft: bool) -> Self {
        let answers = answers
            .iter()
            .map(|(s, t)| ((*s).to_owned(), (*t).to_owned()));
        Self {
            identity: Identity {
                name: "scripted".into(),
                model: "test".into(),
                version: "1".into(),
            },
            capability: Capability {
                pairs: Vec::new(),
                max_segments: 16,
                max_characters: 10_000,
                max_holes: 16,
                protection: Protection::Plain,
                draft,
            },
            answers: answers.collect(),
        }
    }
}

#[async_trait::async_trait]
impl Provider for Scripted {
    fn identity(&self) -> &Identity {
        &self.identity
    }

    fn capability(&self) -> &Capability {
        &self.capability
    }

    async fn translate(&self, batch: &Batch) -> Result<Drafts, Error> {
        let answer = |segment: &Segment| {
            let known =
                |(source, _): &&(String, String)| segment.pieces == [Piece::Text(source.clone())];
            let pieces = match self.answers.iter().find(known) {
                Some((_, target)) => vec![Piece::Text(target.clone())],
                None => segment.pieces.clone(),
            };
            Ok(Draft { pieces })
        };
        Ok(batch.segments.iter().map(answer).collect())
    }
}

/// Answers in the wrong order pass every check that looks at a sentence alone.
#[tokio::test]
async fn a_judge_sees_translations_of_other_sentences() {
    let article = PAIRS.map(|(source, _)| source).join("\n\n");
    let article = read::article("a.txt", article.into_bytes()).unwrap();
    for (places, expected) in [(0, 0), (1, 3)] {
        let sources = PAIRS.iter().map(|(source, _)| *source);
        let targets = PAIRS.iter().map(|(_, target)| *target).cycle().skip(places);
        let answers: Vec<_> = sources.zip(targets).collect();
        let mut translator = translator(Arc::new(Scripted::new(&answers, false)));
        translator.judge = Some(Arc::new(local(&[]).unwrap()));
        let done = translator
            .translate(&article, Direction::default())
            .await
            .unwrap();
        let found = done
            .segments()
            .flat_map(|s| &s.findings)
            .filter(|f| f.check == "fit");
        assert_eq!(found.count(), expected, "shifted by {places}");
    }
}

/// Requests that wait are translated together, and each gets its own answers.
#[tokio::test]
async fn who_asks_at_the_same_time_gets_what_was_asked() {
    let local = local(&[]).unwrap();
    let batch = |texts: &[&str]| Batch {
        pair: Pair::EN_BN,
        segments: (texts.iter())
            .map(|text| segment(vec![Piece::Text((*text).to_owned())]))
            .collect(),
        context: Context::default(),
    };
    let [one, two, three] = PAIRS.map(|(source, _)| source);
    let batches = [batch(&[one]), batch(&[two, three]), batch(&[three, one])];
    let (a, b, c) = tokio::join!(
        local.translate(&batches[0]),
        local.translate(&batches[1]),
        local.translate(&batches[2]),
    );
    for (batch, together) in batches.iter().zip([a, b, c]) {
        let alone = local.translate(batch).await.unwrap();
        for (together, alone) in together.unwrap().into_iter().zip(alone) {
            assert_eq!(together.unwrap().pieces, alone.unwrap().pieces);
        }
    }
}

/// A small model writes names nearly right.
#[tokio::test]
async fn a_draft_is_not_believed_a_name_that_it_spells_as_nobody_would() {
    let name = "Levent Aksoylu";
    let text = format!(
        "Captain {name} closed the old bridge on the north side of the town. Aksoylu said that \
         nobody was hurt.\n"
    );
    let done = translate("a.txt", text.into_bytes()).await;
    let mut told = 0;
    for sentence in done.segments().filter(|s| s.source.contains("Aksoylu")) {
        let is_of_name = |f: &Finding| f.check == "names" && f.message.contains("Aksoylu");
        let findings: Vec<&Finding> = (sentence.findings.iter())
            .filter(|f| is_of_name(f))
            .collect();
        told += findings.len();
        let is_kept = findings.iter().any(|f| f.severity > Severity::Note);
        let is_by_sound = sentence.target.contains("আকস\u{9df}লু");
        assert!(is_by_sound || is_kept, "{}: {findings:?}", sentence.target);
    }
    assert!(told > 0, "a name by its sound is for an editor to check");
}

/// What the pipeline makes of an article whose sentences are answered so, behind a provider that
/// has no answer: what a draft is asked first has its sure names held.
async fn scripted(answers: &[(&str, &str)], draft: bool) -> Translation {
    let sources: Vec<&str> = answers.iter().map(|(source, _)| *source).collect();
    let article = read::article("a.txt", sources.join(" ").into_bytes()).unwrap();
    let mut translator = translator(Arc::new(Closed(Scripted::new(&[], false))));
    (translator.chain).push(Arc::new(Scripted::new(answers, draft)));
    translator
        .translate(&article, Direction::default())
        .await
        .unwrap()
}

/// Answers nothing.
struct Closed(Scripted);

#[async_trait::async_trait]
impl Provider for Closed {
    fn identity(&self) -> &Identity {
        self.0.identity()
    }

    fn capability(&self) -> &Capability {
        self.0.capability()
    }

    async fn translate(&self, _: &Batch) -> Result<Drafts, Error> {
        Err(Error {
            provider: "closed".into(),
            kind: ErrorKind::Unavailable,
            message: "closed".into(),
            retry: Retry::Never,
        })
    }
}

/// A small model does not see what is surely a name.
#[tokio::test]
async fn a_draft_that_is_asked_first_has_sure_names_held() {
    let text = "Captain Levent Aksoylu closed the old bridge on the north side of the town. \
                Aksoylu said that nobody was hurt.";
    let article = read::article("a.txt", text.into()).unwrap();
    for draft in [true, false] {
        let done = translator(Arc::new(Scripted::new(&[], draft)))
            .translate(&article, Direction::default())
            .await
            .unwrap();
        let sound = "আকস\u{9df}লু";
        for (sentence, name) in done.segments().zip(["Levent Aksoylu", "Aksoylu"]) {
            assert_eq!(
                sentence.target.contains(sound),
                draft,
                "{}",
                sentence.target
            );
            let message = format!("`{name}` is written `");
            let is_told = |f: &Finding| {
                f.severity == Severity::Warning
                    && f.message.starts_with(&message)
                    && f.message
                        .ends_with(&format!("{sound}`, by its sound: check it"))
            };
            assert_eq!(sentence.findings.iter().any(is_told), draft);
            let is_held = sentence
                .marks
                .iter()
                .any(|m| m.source == name && m.target.is_some());
            assert_eq!(is_held, draft);
        }
        let named = done
            .names
            .iter()
            .find(|name| name.source == "Levent Aksoylu");
        assert_eq!(named.is_some(), draft, "{:?}", done.names);
        assert!(done.names.iter().all(|name| name.origin == "rules"));
    }
}

/// Who comes first for a kind of block is asked first.
#[tokio::test]
async fn names_are_held_where_a_draft_comes_first_and_nowhere_else() {
    let text = "Captain Levent Aksoylu closes the old bridge\n\nCaptain Levent Aksoylu closed the old bridge \
                on the north side of the town.\n";
    let article = read::article("a.txt", text.into()).unwrap();
    let mut first = Scripted::new(&[], false);
    first.identity.name = "first".into();
    let mut translator = translator(Arc::new(first));
    (translator.chain).push(Arc::new(Scripted::new(&[], true)));
    translator.routes = Routes(vec![Route {
        pair: None,
        kind: Some(Sort::Headline),
        providers: vec!["scripted".into()],
        weights: Vec::new(),
    }]);
    let done = translator
        .translate(&article, Direction::default())
        .await
        .unwrap();
    let held: Vec<bool> = (done.segments())
        .map(|sentence| sentence.target.contains("আকস\u{9df}লু"))
        .collect();
    assert_eq!(held, [true, false]);
}

/// A name that a draft misspells is put right where it stands, and its sentence is not asked
/// for a second time (which would be told).
#[tokio::test]
async fn a_misspelled_name_is_put_right_where_it_stands() {
    let answers = [
        (
            "Captain Levent Aksoylu closed the old bridge on the north side of the town.",
            "ক্যাপ্টেন লেভেন্ট আকসোলু শহরের উত্তর পাশের পুরোনো সেতু বন্ধ করেন।",
        ),
        (
            "Aksoylu's team said that nobody was hurt.",
            "আকসোলুর দল জানায়, কেউ আহত হয়নি।",
        ),
    ];
    for (draft, expected) in [
        (
            true,
            [
                "ক্যাপ্টেন লেভেন্ট আকস\u{9df}লু শহরের উত্তর পাশের পুরোনো সেতু বন্ধ করেন।",
                "আকস\u{9df}লুর দল জানায়, কেউ আহত হয়নি।",
            ],
        ),
        (false, answers.map(|(_, target)| target)),
    ] {
        let done = scripted(&answers, draft).await;
        assert_eq!(done.segments().count(), expected.len());
        for (sentence, expected) in done.segments().zip(expected) {
            assert_eq!(sentence.target, expected);
            let is_told = |f: &Finding| f.message.contains("by its sound: check it");
            assert_eq!(sentence.findings.iter().any(is_told), draft);
            let is_second = |f: &Finding| f.message.contains("asked for again");
            assert!(!sentence.findings.iter().any(is_second));
        }
    }
}

/// Where a draft leaves a short name out, a word that sounds like it is not taken for it.
#[tokio::test]
async fn a_word_that_sounds_like_a_missing_name_stays() {
    let answers = [
        (
            "Captain Kim Rahman closed the old bridge on the north side of the town.",
            "ক্যাপ্টেন কিম রহমান শহরের উত্তর পাশের পুরোনো সেতু বন্ধ করেন।",
        ),
        (
            "Kim said that fewer people came to the town.",
            "তিনি বলেন, শহরে কম লোক এসেছিল।",
        ),
    ];
    let done = scripted(&answers, true).await;
    let sentence = done.segments().nth(1).unwrap();
    assert_eq!(sentence.target, answers[1].1);
    let is_of_name = |f: &Finding| f.check == "names" && f.message.contains("`Kim`");
    assert!(
        sentence.findings.iter().any(is_of_name),
        "{:?}",
        sentence.findings
    );
}

#[tokio::test]
async fn a_reading_has_a_likelihood_for_each_word() {
    let judge = local(&[]).unwrap();
    let (source, target) = PAIRS[0];
    let reading = |source: &str, target: &str| Reading {
        source: source.into(),
        target: target.into(),
    };
    let long = "word ".repeat(400);
    let readings = vec![
        reading(source, target),
        reading(PAIRS[2].0, target),
        reading(source, " "),
        reading(&long, target),
    ];
    let found = judge.judge(Pair::EN_BN, readings).await.unwrap();
    let [Some(own), Some(other), None, None] = found.as_slice() else {
        panic!("{found:?}");
    };
    assert_eq!(own.words.len(), target.split_whitespace().count());
    assert!(own.words.iter().all(|word| *word < 0.0 && word.is_finite()));
    assert!(own.whole > other.whole + 1.0, "{own:?}\n{other:?}");
    assert!(!judge.covers("hi-bn".parse().unwrap()));
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
    // Nor are those that markup encloses.
    let link = ElementId(0);
    let marked = segment(vec![
        Piece::Markup(Markup::Open(link)),
        Piece::Text("  ".into()),
        Piece::Markup(Markup::Close(link)),
    ]);
    let batch = Batch {
        segments: vec![marked],
        ..batch
    };
    let drafts = local.translate(&batch).await.unwrap();
    let pieces = &drafts[0].as_ref().unwrap().pieces;
    assert!(
        !pieces
            .iter()
            .any(|p| matches!(p, Piece::Text(text) if !text.trim().is_empty()))
    );
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

/// A model that knows no tokens for values writes them as it likes. They take the places of the
/// words that it wrote for them, and no other words go.
#[tokio::test]
async fn a_value_that_a_model_respells_stands_where_it_was_written() {
    let dir = tempfile::tempdir().unwrap();
    copy_of_starter(dir.path());
    let local = local(&[dir.path()]).unwrap();
    assert_eq!(local.capability().protection, Protection::Plain);
    for (before, after, kept) in [
        (
            "Police said that the minister of ",
            " was here yesterday.",
            ["পুলিশ", "মন্ত্রী"],
        ),
        ("The river in ", " has risen again.", ["নদী", "আবার"]),
        (
            "On Sunday the schools of ",
            " were closed because of the rain.",
            ["রোববার", "স্কুল"],
        ),
    ] {
        let value = Filling {
            kind: HoleKind::Verbatim,
            source: "Dhaka".into(),
            target: "রাজধানী".into(),
            span: Span::whole(""),
        };
        let segment = Segment {
            pieces: vec![
                Piece::Text(before.into()),
                Piece::Hole(HoleId(0), Ending::default()),
                Piece::Text(after.into()),
            ],
            fillings: vec![value],
            hints: Vec::new(),
        };
        let batch = Batch {
            pair: Pair::EN_BN,
            segments: vec![segment],
            context: Context::default(),
        };
        let drafts = local.translate(&batch).await.unwrap();
        let pieces = &drafts[0].as_ref().unwrap().pieces;
        let holes = pieces.iter().filter(|p| matches!(p, Piece::Hole(..)));
        assert_eq!(holes.count(), 1, "{pieces:?}");
        let words = pieces.iter().filter_map(|piece| match piece {
            Piece::Text(text) => Some(text.as_str()),
            _ => None,
        });
        let words: String = words.collect();
        assert!(!words.contains("ঢাকা"), "{pieces:?}");
        for kept in kept {
            assert!(words.contains(kept), "{kept}: {pieces:?}");
        }
    }
}

/// Markup stands around what was written for the words that it enclosed, in the draft that the
/// search found.
#[tokio::test]
async fn markup_stays_at_its_words() {
    let local = local(&[]).unwrap();
    for (before, marked, after, written) in [
        (
            "The ",
            "river",
            " has risen again and many people have lost their homes.",
            "নদী",
        ),
        (
            "Many people have lost their homes in the ",
            "village",
            ".",
            "গ্রাম",
        ),
        (
            "Police said that the minister was here ",
            "yesterday",
            ".",
            "গতকাল",
        ),
    ] {
        let element = ElementId(0);
        let batch = Batch {
            pair: Pair::EN_BN,
            segments: vec![segment(vec![
                Piece::Text(before.into()),
                Piece::Markup(Markup::Open(element)),
                Piece::Text(marked.into()),
                Piece::Markup(Markup::Close(element)),
                Piece::Text(after.into()),
            ])],
            context: Context::default(),
        };
        let drafts = local.translate(&batch).await.unwrap();
        let pieces = &drafts[0].as_ref().unwrap().pieces;
        let open = Piece::Markup(Markup::Open(element));
        let opened = pieces.iter().position(|piece| *piece == open);
        let Some(inside) = opened.map(|at| at + 1) else {
            panic!("{marked} has no place: {pieces:?}");
        };
        let is_there = matches!(&pieces[inside], Piece::Text(text) if text.starts_with(written));
        assert!(is_there, "{pieces:?}");
        assert_eq!(pieces[inside + 1], Piece::Markup(Markup::Close(element)));
    }
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
    // Nor is one that nothing vouches for and that is none.
    std::fs::remove_file(dir.path().join("SHA256SUMS")).unwrap();
    std::fs::write(&path, "this is no vocabulary").unwrap();
    let error = local.translate(&batch).await.unwrap_err();
    assert!(error.message.contains("has 0 tokens"), "{error}");
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
