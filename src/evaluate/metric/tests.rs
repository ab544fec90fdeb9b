//! Figures of sacrebleu 2.6.0, and what holds for every input. The figures come from
//!
//! ```python
//! from sacrebleu.metrics import BLEU, CHRF
//! for output, reference in rows:
//!     [BLEU(tokenize=t, effective_order=True).sentence_score(output, [reference]).score
//!      for t in ("13a", "none", "char")]
//!     [CHRF(word_order=w).sentence_score(output, [reference]).score for w in (0, 2)]
//! # and corpus_score of all rows, without effective_order
//! ```

#![expect(clippy::float_cmp, reason = "nothing and the same sums are exact")]

use proptest::prelude::*;

use super::*;

const METRICS: [Metric; 5] = [
    Metric::Bleu(Tokenizer::V13a),
    Metric::Bleu(Tokenizer::None),
    Metric::Bleu(Tokenizer::Char),
    Metric::Chrf,
    Metric::ChrfPlusPlus,
];

#[expect(
    clippy::unreadable_literal,
    reason = "figures as sacrebleu prints them"
)]
/// Output, reference, and the scores of [`METRICS`].
const ROWS: [(&str, &str, [f64; 5]); 13] = [
    (
        "The cat sat on the mat.",
        "The cat sat on a mat.",
        [48.892302, 53.728497, 71.603505, 71.422476, 72.659104],
    ),
    (
        "ঢাকায় আজ বৃষ্টি হয়েছে।",
        "আজ ঢাকায় বৃষ্টি হয়েছে।",
        [37.991784, 37.991784, 82.680606, 74.018246, 72.180351],
    ),
    (
        "He paid $1,200.50 (about 10-12 days' wages), \"all of it\".",
        "He paid 1,200.50 dollars - about 10-12 days' pay - \"all of it.\"",
        [36.658827, 10.768362, 63.597228, 57.252437, 55.757982],
    ),
    (
        "&quot;AT&amp;T&quot; said &lt;b&gt;... no.",
        "\"AT&T\" said <b>... no.",
        [100.000000, 18.995892, 21.477030, 30.027734, 34.737812],
    ),
    (
        "",
        "Nothing was said.",
        [0.000000, 0.000000, 0.000000, 0.000000, 0.000000],
    ),
    (
        "Nothing was said.",
        "Something else happened entirely",
        [0.000000, 0.000000, 11.504701, 13.263555, 9.947666],
    ),
    (
        "a",
        "a",
        [100.000000, 100.000000, 100.000000, 100.000000, 100.000000],
    ),
    (
        "(hi) there!!",
        "(hi there!)",
        [24.274589, 0.000000, 60.341490, 54.715096, 47.299020],
    ),
    (
        "১,২০০ জন নিহত, বলছে ‘পুলিশ’।",
        "পুলিশ বলছে, ১ হাজার ২০০ জন নিহত।",
        [13.888095, 7.160476, 55.602857, 46.812364, 40.069689],
    ),
    (
        "2019-20 season: 3-1, 4.5%.",
        "2019-20 season 3-1 , 4.5 % .",
        [73.488892, 7.545384, 87.874191, 85.428836, 77.171299],
    ),
    (
        "one\u{a0}two\u{2003}three\u{1c}four",
        "one two three four",
        [100.000000, 100.000000, 100.000000, 100.000000, 100.000000],
    ),
    (
        "🙂 ok 👍🏽",
        "🙂 okay 👍🏽",
        [34.668064, 34.668064, 33.516002, 30.227162, 31.248375],
    ),
    (
        "Wait...what?..no,,yes",
        "Wait ... what ? .. no , , yes",
        [100.000000, 0.000000, 100.000000, 100.000000, 85.714286],
    ),
];

#[expect(
    clippy::unreadable_literal,
    reason = "figures as sacrebleu prints them"
)]
/// The same as one corpus.
const CORPUS: [f64; 5] = [60.609782, 15.493631, 61.915959, 56.361522, 52.504934];

fn corpus(metric: Metric, rows: &[(&str, &str)]) -> f64 {
    let statistics: Vec<Statistics> = rows
        .iter()
        .map(|(output, reference)| metric.statistics(output, reference))
        .collect();
    metric.corpus(&statistics)
}

#[test]
fn sentences_score_as_in_sacrebleu() {
    for (output, reference, scores) in ROWS {
        for (metric, expected) in METRICS.into_iter().zip(scores) {
            let score = metric.sentence(&metric.statistics(output, reference));
            assert!(
                (score - expected).abs() < 1e-6,
                "{metric:?} {output:?}: {score} for {expected}"
            );
        }
    }
}

#[test]
fn a_corpus_scores_as_in_sacrebleu() {
    let rows: Vec<(&str, &str)> = ROWS.iter().map(|(o, r, _)| (*o, *r)).collect();
    for (metric, expected) in METRICS.into_iter().zip(CORPUS) {
        let score = corpus(metric, &rows);
        assert!((score - expected).abs() < 1e-6, "{metric:?}: {score}");
    }
}

#[test]
fn signatures_have_sacrebleus_form() {
    let own = format!("|by:anubad-{}", env!("CARGO_PKG_VERSION"));
    for (metric, resampling, signature) in [
        (
            METRICS[0],
            None,
            "nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp|version:2.6.0",
        ),
        (
            METRICS[2],
            Some(Resampling::default()),
            "nrefs:1|bs:1000|seed:12345|case:mixed|eff:no|tok:char|smooth:exp|version:2.6.0",
        ),
        (
            Metric::Chrf,
            None,
            "nrefs:1|case:mixed|eff:yes|nc:6|nw:0|space:no|version:2.6.0",
        ),
        (
            Metric::ChrfPlusPlus,
            None,
            "nrefs:1|case:mixed|eff:yes|nc:6|nw:2|space:no|version:2.6.0",
        ),
    ] {
        assert_eq!(metric.signature(resampling), format!("{signature}{own}"));
    }
}

#[test]
fn nothing_scores_nothing() {
    for metric in METRICS {
        assert_eq!(metric.corpus(&[]), 0.0);
        assert_eq!(corpus(metric, &[("", "")]), 0.0);
    }
}

/// Sentences as these metrics meet them: both scripts, punctuation, white space.
fn sentence() -> impl Strategy<Value = String> {
    "[a-c ক-গা-ে০-৩0-3.,\\-&!\"।‘’ ]{0,24}"
}

proptest! {
    #[test]
    fn scores_lie_between_0_and_100(output in sentence(), reference in sentence()) {
        for metric in METRICS {
            let statistics = metric.statistics(&output, &reference);
            for score in [metric.sentence(&statistics), metric.corpus([&statistics])] {
                prop_assert!((0.0..=100.0 + 1e-9).contains(&score), "{metric:?} {score}");
            }
        }
    }

    #[test]
    fn a_reference_against_itself_scores_100(text in "[a-cক-গ]{6,9}( [a-cক-গ]{1,5}){4,9}।") {
        for metric in METRICS {
            let score = corpus(metric, &[(&text, &text)]);
            prop_assert!((score - 100.0).abs() < 1e-9, "{metric:?} {score}");
        }
    }

    #[test]
    fn the_order_of_sentences_does_not_matter(
        rows in proptest::collection::vec((sentence(), sentence()), 1..8),
    ) {
        for metric in METRICS {
            let mut statistics: Vec<Statistics> =
                rows.iter().map(|(o, r)| metric.statistics(o, r)).collect();
            let score = metric.corpus(&statistics);
            statistics.reverse();
            prop_assert_eq!(score, metric.corpus(&statistics));
        }
    }

    #[test]
    fn white_space_between_words_is_no_matter_to_chrf(text in sentence()) {
        let wide = text.replace(' ', "\u{a0}\t ");
        for metric in [Metric::Chrf, Metric::ChrfPlusPlus] {
            prop_assert_eq!(metric.statistics(&text, &text), metric.statistics(&wide, &text));
        }
    }
}
