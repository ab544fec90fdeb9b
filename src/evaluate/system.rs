//! One system's outputs on a test set: how they came about, and how they score.

use std::time::{Duration, Instant};

use serde::Serialize;

use super::metric::{Metric, Resampling, Statistics, Tokenizer};
use super::newsroom::{self, Counts, Judgement};
use super::resample::{Difference, Draws, Estimate, difference, estimate};
use super::set::TestSet;
use crate::accounts::Accounts;
use crate::article::{Article, Block, BlockKind, Joint};
use crate::glossary::Glossary;
use crate::language::profile;
use crate::text::Text;
use crate::translate::{Direction, Failure, Translator};
use crate::verify::Severity;

/// What a system gave for each item of a set.
#[derive(Debug, Clone, Default)]
pub struct Outputs {
    /// A translation an item; empty where there is none.
    pub lines: Vec<String>,
    /// Whether an item is marked for an editor, where the system marks any.
    pub review: Vec<Option<bool>>,
    /// Characters that were sent to providers.
    pub characters_sent: usize,
    /// What they cost, in the currency of the prices; `None` where nobody counted.
    pub cost: Option<f64>,
    /// How long it took; `None` for given outputs.
    pub time: Option<Duration>,
}

impl Outputs {
    /// Translations that somebody else made.
    #[must_use]
    pub fn given(lines: Vec<String>) -> Self {
        Self {
            review: vec![None; lines.len()],
            lines,
            ..Self::default()
        }
    }

    /// Has the pipeline translate the set, a document as one article and an item as
    /// one paragraph of it. `progress` hears how many items are done; `accounts` has
    /// what each call cost, where the chain enters its calls there.
    ///
    /// # Errors
    /// When the direction is not offered, or the budget does not allow another call:
    /// scores of what was translated until then would deceive. A document of which nothing could be
    /// translated counts as empty outputs.
    pub async fn of(
        translator: &Translator,
        set: &TestSet,
        accounts: Option<&Accounts>,
        progress: impl Fn(usize),
    ) -> Result<Self, Failure> {
        let direction = Direction {
            from: Some(set.pair.source),
            to: Some(set.pair.target),
        };
        let began = Instant::now();
        let mut outputs = Self::default();
        for (i, document) in set.documents.iter().enumerate() {
            let items = set.items.get(document.clone()).unwrap_or_default();
            let article = Article {
                id: format!("{}#{}", set.name, i + 1),
                entry: None,
                declared: Some(set.pair.source),
                blocks: items.iter().map(|item| block(&item.source, set)).collect(),
            };
            let translated = translator.translate(&article, direction).await;
            if let Some(accounts) = accounts {
                if let Some(cause) = accounts.spent() {
                    return Err(Failure::Unanswered(cause));
                }
                *outputs.cost.get_or_insert_default() += accounts.take(&article.id).units();
            }
            let translation = match translated {
                Ok(translation) => Some(translation),
                Err(Failure::Untranslated(_) | Failure::Unanswered(_)) => None,
                Err(error) => return Err(error),
            };
            if let Some(translation) = &translation {
                outputs.characters_sent += translation.usage.characters_sent;
            }
            // What is found of an article of one item is found of the item.
            let is_told = items.len() == 1
                && translation.as_ref().is_some_and(|translation| {
                    let findings = &translation.findings;
                    findings.iter().any(|f| f.severity > Severity::Note)
                });
            for j in 0..items.len() {
                let block = translation.as_ref().and_then(|t| t.blocks.get(j));
                let line = block.and_then(|block| block.target.clone());
                outputs.lines.push(line.unwrap_or_default());
                let review = block.map(|block| is_told || block.segments.iter().any(|s| s.review));
                outputs.review.push(Some(review.unwrap_or(true)));
            }
            progress(document.end);
        }
        outputs.time = Some(began.elapsed());
        Ok(outputs)
    }
}

fn block(source: &str, set: &TestSet) -> Block {
    let repairs = profile(set.pair.source).repairs(source);
    Block {
        kind: BlockKind::Paragraph,
        text: Text::repaired(source, repairs),
        joint: Joint::Paragraph,
        inline: Vec::new(),
    }
}

/// How a system scores.
#[derive(Debug, Clone, Serialize)]
pub struct Scores {
    /// What it is called.
    pub system: String,
    /// chrF++, chrF and BLEU.
    pub metrics: Vec<Score>,
    /// What newsrooms count.
    pub newsroom: Counts,
    /// Characters that were sent to providers.
    pub characters_sent: usize,
    /// What they cost; none where nobody counted.
    pub cost: Option<f64>,
    /// Seconds that it took; none for given outputs.
    pub seconds: Option<f64>,
    /// How many items have a chrF++ below 10, below 20 ... and from 90 on.
    pub spread: [usize; 10],
    /// The items, worst by chrF++ first.
    pub worst: Vec<Sentence>,
}

/// The score of one metric.
#[derive(Debug, Clone, Serialize)]
pub struct Score {
    /// Its key: `chrf++`, `chrf`, `bleu`.
    pub metric: &'static str,
    /// The score and where it lies in 95 of 100 resampled corpora.
    pub estimate: Estimate,
    /// Against the first system, for the others.
    pub difference: Option<Difference>,
    /// What was computed, in sacrebleu's form.
    pub signature: String,
}

/// A sentence for a person to look at.
#[derive(Debug, Clone, Serialize)]
pub struct Sentence {
    /// Where it stands in the set.
    pub line: usize,
    /// Its chrF++.
    pub score: f64,
    /// What was to be translated.
    pub source: String,
    /// The reference.
    pub reference: String,
    /// What the system made of it.
    pub output: String,
    /// Names, values and marks of the source that the output lacks.
    pub missing: Vec<String>,
}

/// Scores systems on a set, each against the first. `worst` sentences are kept of
/// each.
#[must_use]
pub fn score(
    set: &TestSet,
    glossary: &Glossary,
    systems: &[(String, Outputs)],
    resampling: Resampling,
    worst: usize,
) -> Vec<Scores> {
    let draws = Draws::new(set.items.len(), resampling);
    let metrics = Metric::all(Tokenizer::default());
    let mut baseline: Vec<(f64, Vec<f64>)> = Vec::new();
    let mut all = Vec::new();
    for (system, outputs) in systems {
        let mut scores = Vec::new();
        let mut of_sentences = Vec::new();
        for (i, metric) in metrics.into_iter().enumerate() {
            let statistics = statistics(metric, set, outputs);
            let corpus = metric.corpus(&statistics);
            let resampled = draws.scores(metric, &statistics);
            let against = baseline
                .get(i)
                .map(|(first, drawn)| difference(corpus, &resampled, *first, drawn));
            scores.push(Score {
                metric: metric.key(),
                estimate: estimate(corpus, &resampled),
                difference: against,
                signature: metric.signature(Some(resampling)),
            });
            if metric == Metric::ChrfPlusPlus {
                of_sentences = statistics.iter().map(|s| metric.sentence(s)).collect();
            }
            if all.is_empty() {
                baseline.push((corpus, resampled));
            }
        }
        let judgements: Vec<Judgement> = set
            .items
            .iter()
            .zip(&outputs.lines)
            .map(|(item, line)| newsroom::judge(set.pair, glossary, &item.source, line))
            .collect();
        let counts = newsroom::count(
            &judgements,
            &set.references(),
            &outputs.review,
            &set.documents,
        );
        all.push(Scores {
            system: system.clone(),
            metrics: scores,
            newsroom: counts,
            characters_sent: outputs.characters_sent,
            cost: outputs.cost,
            seconds: outputs.time.map(|time| time.as_secs_f64()),
            spread: spread(&of_sentences),
            worst: lowest(set, outputs, &judgements, &of_sentences, worst),
        });
    }
    all
}

fn statistics(metric: Metric, set: &TestSet, outputs: &Outputs) -> Vec<Statistics> {
    set.items
        .iter()
        .zip(&outputs.lines)
        .map(|(item, line)| metric.statistics(line, &item.reference))
        .collect()
}

/// How many scores there are in each tenth of the scale.
fn spread(scores: &[f64]) -> [usize; 10] {
    let mut spread = [0; 10];
    for score in scores {
        // The first border above it; what is 100 belongs to the last tenth.
        let tenth = (1..10)
            .take_while(|&i| *score >= f64::from(i) * 10.0)
            .count();
        spread[tenth] += 1;
    }
    spread
}

fn lowest(
    set: &TestSet,
    outputs: &Outputs,
    judgements: &[Judgement],
    scores: &[f64],
    most: usize,
) -> Vec<Sentence> {
    let rows = set.items.iter().zip(&outputs.lines);
    let mut sentences: Vec<Sentence> = rows
        .zip(judgements.iter().zip(scores))
        .map(|((item, output), (judgement, score))| Sentence {
            line: item.line,
            score: *score,
            source: item.source.clone(),
            reference: item.reference.clone(),
            output: output.clone(),
            missing: judgement.missing.clone(),
        })
        .collect();
    sentences.sort_by(|a, b| a.score.total_cmp(&b.score));
    sentences.truncate(most);
    sentences
}
