//! The laws of `docs/architecture.md` that span several stages, over text with
//! conjuncts, joiners, and quotations nested and running over paragraphs.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use anubad::article::{Article, Inline, Role, read, write};
use anubad::detect::Detector;
use anubad::glossary::{Glossary, Layer};
use anubad::language::{Ending, Language, Pair};
use anubad::mark::quote::{self, Edge};
use anubad::plan::{Element, Filling, Grain, HoleId, HoleKind, Markup, Part, Piece, Segment};
use anubad::provider::echo::Echo;
use anubad::provider::{Protection, wire};
use anubad::style::{QuoteStyle, Style};
use anubad::text::Span;
use anubad::translate::{BoilerplatePolicy, Direction, Routes, Stages, Translation, Translator};
use proptest::prelude::*;

fn glossary() -> Glossary {
    static BASE: OnceLock<Glossary> = OnceLock::new();
    BASE.get_or_init(|| {
        Glossary::load(&[Layer::embedded()], jiff::civil::date(2026, 1, 1)).unwrap()
    })
    .clone()
}

fn echo(article: &Article, language: Language, style: Style, glossary: Glossary) -> Translation {
    let translator = Translator {
        pairs: vec![Pair::EN_BN, Pair::BN_EN],
        glossary,
        detector: Detector::new(),
        chain: vec![Arc::new(Echo::new("echo"))],
        style,
        boilerplate: BoilerplatePolicy::Translate,
        stages: Stages::default(),
        routes: Routes::default(),
        judge: None,
    };
    let direction = Direction {
        from: Some(language),
        to: None,
    };
    tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap()
        .block_on(translator.translate(article, direction))
        .unwrap()
}

/// Words with everything that is difficult in them.
fn word(language: Language) -> BoxedStrategy<String> {
    let bangla = prop::sample::select(vec![
        "ক্ষমতা",
        "র‍্যাব",
        "উদ্‌যাপন",
        "চােখ",
        "ঢাকায়",
        "শেখ হাসিনার",
        "১,৮৭,৫০০",
        "৩১।৩৩",
        "মো.",
        "সাড়ে তিন লাখ",
        "বিএনপিকেও",
        "২৯ ডিসেম্বর",
        "বললেন",
        "কিন্তু",
        "৩টি",
        "স্ত্রী",
        "ড.",
        "অ-২৩",
        "https://a.example/ক",
        "ত্‍",
        "য়",
        "\u{E003}",
    ]);
    let english = prop::sample::select(vec![
        "the",
        "U.S.",
        "Dr.",
        "Dhaka's",
        "don't",
        "ministers'",
        "2,500",
        "$31.89b",
        "half a million",
        "April 10, 2025",
        "10:30am",
        "Trump",
        "RUSSIA",
        "e-mail@a.example",
        "<x id=\"0\"/>",
        "A&B",
        "said",
        "will",
        "ঢাকা",
        "Twenty20",
        "6.5 percent",
        "\u{E003}",
        "naïve",
    ]);
    if language == Language::BANGLA {
        bangla.prop_map(str::to_owned).boxed()
    } else {
        english.prop_map(str::to_owned).boxed()
    }
}

/// A paragraph: plain words, words in quotation marks, a quotation in one.
fn paragraph(language: Language) -> BoxedStrategy<String> {
    let stop = if language == Language::BANGLA {
        "।"
    } else {
        "."
    };
    let words = move || prop::collection::vec(word(language), 1..5).prop_map(|w| w.join(" "));
    let part = prop_oneof![
        3 => words(),
        1 => words().prop_map(|w| format!("“{w}”")),
        1 => words().prop_map(move |w| format!("“{w}{stop}”")),
        1 => (words(), words()).prop_map(|(a, b)| format!("“{a} ‘{b}’”")),
    ];
    prop::collection::vec(part, 1..5)
        .prop_map(move |parts| format!("{}{stop}", parts.join(" ")))
        .boxed()
}

/// Paragraphs, sometimes a quotation that runs over two of them.
fn page(language: Language) -> BoxedStrategy<String> {
    let runs_on =
        (paragraph(language), paragraph(language), any::<bool>()).prop_map(|(a, b, runs_on)| {
            if runs_on {
                let bare = |t: &str| t.replace(['“', '”', '‘', '’'], "");
                format!("“{}\n\n“{}”", bare(&a), bare(&b))
            } else {
                format!("{a}\n\n{b}")
            }
        });
    prop::collection::vec(runs_on, 1..4)
        .prop_map(|parts| format!("A headline\n\n{}", parts.join("\n\n")))
        .boxed()
}

fn language() -> BoxedStrategy<Language> {
    prop::sample::select(vec![Language::ENGLISH, Language::BANGLA]).boxed()
}

fn pages() -> BoxedStrategy<(Language, String)> {
    language()
        .prop_flat_map(|language| page(language).prop_map(move |page| (language, page)))
        .boxed()
}

/// Elements at any characters of a text, none of which crosses another.
fn inline(text: &str, cuts: &[(usize, usize, u8)]) -> Vec<Inline> {
    let bounds: Vec<usize> = (text.char_indices().map(|(at, _)| at))
        .chain([text.len()])
        .collect();
    let mut found: Vec<(usize, usize, Role)> = Vec::new();
    for (start, length, role) in cuts {
        let (Some(&start), Some(&end)) = (bounds.get(*start), bounds.get(start + length)) else {
            continue;
        };
        let (role, end) = match role {
            0 => (Role::Verbatim, end),
            1 => (Role::Point, start),
            _ => (Role::Around, end),
        };
        let crosses = |(from, to, _): &(usize, usize, Role)| {
            *from < start && start < *to && *to < end || start < *from && *from < end && end < *to
        };
        if !found.iter().any(crosses) {
            found.push((start, end, role));
        }
    }
    found.sort_by_key(|(start, end, _)| (*start, std::cmp::Reverse(*end)));
    (found.into_iter())
        .map(|(start, end, role)| Inline {
            span: Span::of(text, start..end).unwrap(),
            role,
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn echo_gives_every_byte_back((language, page) in pages()) {
        let Ok(mut article) = read::article("page", page.into_bytes()) else { return Ok(()) };
        article.blocks.retain(|b| b.kind.is_story());
        let expected = write::plain::plain(
            article.blocks.iter().map(|b| (b.joint.clone(), b.text.normal())),
        );
        let done = echo(&article, language, Style::keep(), Glossary::empty());
        prop_assert_eq!(done.text, expected);
    }

    /// With everything that a plan with markup has and one without has not.
    #[test]
    fn markup_stays_where_nothing_changes(
        (language, page) in pages(),
        cuts in prop::collection::vec((0usize..400, 0usize..60, 0u8..4), 0..8),
    ) {
        let Ok(mut article) = read::article("page", page.into_bytes()) else { return Ok(()) };
        article.blocks.retain(|b| b.kind.is_story());
        for block in &mut article.blocks {
            block.inline = inline(block.text.source(), &cuts);
        }
        let done = echo(&article, language, Style::keep(), Glossary::empty());
        for (block, outcome) in article.blocks.iter().zip(&done.blocks) {
            prop_assert_eq!(outcome.target.as_deref(), Some(block.text.normal()));
            let expected: Vec<_> = (block.inline.iter())
                .map(|inline| {
                    // A place in the middle of a repair is where the repair begins.
                    let Range { start, end } = block.text.to_normal(inline.span).range();
                    start..if inline.role == Role::Point { start } else { end }
                })
                .collect();
            let found: Vec<_> = outcome.placed.iter().map(|p| p.span.range()).collect();
            prop_assert_eq!(found, expected);
        }
    }

    /// What a provider does not carry makes no difference to what it is sent.
    #[test]
    fn a_plan_without_its_markup_is_the_plan_without_any(
        (language, text) in language().prop_flat_map(|l| paragraph(l).prop_map(move |p| (l, p))),
        cuts in prop::collection::vec((0usize..300, 0usize..60, 0u8..4), 0..8),
    ) {
        let pair = if language == Language::ENGLISH { Pair::EN_BN } else { Pair::BN_EN };
        let glossary = glossary();
        let marks = anubad::mark::find(&text, pair, &glossary);
        let whole: Vec<_> = marks.iter().map(anubad::mark::Mark::whole).collect();
        let quotes = quote::pair(&text, &whole, false);
        let elements: Vec<_> = (inline(&text, &cuts).iter().enumerate())
            .map(|(index, inline)| Element {
                index,
                span: Span::of(&text, inline.span.range()).unwrap(),
            })
            .collect();
        let planned = |elements: &[Element]| anubad::plan::build::segment(
            &text, Span::whole(&text), &marks, &quotes.marks, elements, pair, &Style::default(),
        );
        let segment = planned(&elements);
        prop_assert_eq!(segment.bare().into_owned(), planned(&[]));
        // Balanced, each once.
        let mut open = Vec::new();
        let mut seen = Vec::new();
        for markup in segment.markup() {
            match markup {
                Markup::Open(id) => { open.push(id); seen.push(id); }
                Markup::Point(id) => seen.push(id),
                Markup::Close(id) => prop_assert_eq!(open.pop(), Some(id)),
            }
        }
        prop_assert!(open.is_empty());
        let all = seen.len();
        seen.sort_unstable();
        seen.dedup();
        prop_assert_eq!(seen.len(), all);
        for grain in [Grain::Quotes, Grain::Clauses, Grain::Runs] {
            let back: Vec<Piece> = (segment.parts(grain).into_iter())
                .flat_map(|part| match part {
                    Part::Send(segment) => segment.pieces,
                    Part::Keep(pieces) => pieces,
                })
                .filter(|piece| matches!(piece, Piece::Markup(_)))
                .collect();
            let sent: Vec<Piece> = segment.markup().map(Piece::Markup).collect();
            prop_assert_eq!(back, sent);
        }
        // What is sent with tags and comes back so is what was sent.
        let sent = wire::encode(&segment, language, Protection::Tags);
        let back = wire::decode(&sent.text, &segment, pair, Protection::Tags);
        let came: Vec<_> = back.iter().filter_map(|piece| match piece {
            Piece::Markup(markup) => Some(*markup),
            _ => None,
        }).collect();
        prop_assert_eq!(came, segment.markup().collect::<Vec<_>>());
    }

    #[test]
    fn quotations_of_the_source_are_those_of_the_target((language, page) in pages()) {
        let Ok(article) = read::article("page", page.into_bytes()) else { return Ok(()) };
        let style = Style { quotes: QuoteStyle::Double, ..Style::default() };
        let done = echo(&article, language, style, glossary());
        for block in done.blocks.iter().filter(|b| !b.segments.is_empty()) {
            let target = block.target.as_deref().unwrap_or_default();
            // A passage in the target language keeps the marks that it has.
            if block.segments.iter().any(|s| s.provider.is_none()) {
                continue;
            }
            let outer = |text: &str| text.chars().filter(|c| matches!(c, '“' | '”')).count();
            prop_assert_eq!(outer(target), outer(&block.source), "{}\n{}", block.source, target);
        }
    }

    /// What travels comes back: holes in order, marks in order.
    #[test]
    fn the_wire_carries_every_hole_and_mark(
        words in prop::collection::vec("[bdgk<>&;\"=x/ ]{0,8}[bdgk]", 2..8),
        kinds in prop::collection::vec(0u8..3, 2..8),
        tags in any::<bool>(),
    ) {
        let mut pieces = Vec::new();
        let mut fillings = Vec::new();
        let mut open = 0;
        for (word, kind) in words.iter().zip(kinds) {
            // A straight mark in the words would be a quotation of its own.
            pieces.push(Piece::Text(format!("{} ", word.replace('"', ""))));
            match kind {
                0 => {
                    pieces.push(Piece::Hole(HoleId(u16::try_from(fillings.len()).unwrap()), Ending::default()));
                    fillings.push(Filling {
                        kind: HoleKind::Verbatim,
                        source: "v".into(),
                        target: "v".into(),
                        span: Span::whole(""),
                    });
                }
                1 => { pieces.push(Piece::Quote(Edge::Open, open)); open += 1; }
                _ if open > 0 => {
                    // A mark closes behind a word.
                    pieces.push(Piece::Text("end".into()));
                    open -= 1;
                    pieces.push(Piece::Quote(Edge::Close, open));
                    pieces.push(Piece::Text(" ".into()));
                }
                _ => {}
            }
        }
        pieces.push(Piece::Text("end".into()));
        while open > 0 {
            open -= 1;
            pieces.push(Piece::Quote(Edge::Close, open));
        }
        let segment = Segment { pieces, fillings, hints: Vec::new() };
        let protection = if tags { Protection::Tags } else { Protection::Tokens };
        let sent = wire::encode(&segment, Language::ENGLISH, protection);
        let back = wire::decode(&sent.text, &segment, Pair::EN_BN, protection);
        let wrong = anubad::assemble::defects(&segment, &back);
        prop_assert!(wrong.is_empty(), "{:?}\n{}\n{:?}", wrong, sent.text, back);
    }

    #[test]
    fn marks_of_any_text_are_balanced(text in "[a-z ক-হ‘’“”\"'.,।1৯]{0,40}") {
        let mut depth = 0i64;
        for mark in quote::pair(&text, &[], false).marks {
            depth += if mark.edge == Edge::Open { 1 } else { -1 };
            prop_assert!(depth >= 0);
        }
        prop_assert_eq!(depth, 0);
    }
}
