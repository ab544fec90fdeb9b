//! One article's journey, top to bottom.

mod document;
mod gaps;
mod held;
pub mod ladder;
mod marked;
mod markup;
mod names;
mod notes;
mod outcome;
mod quotations;
mod reading;
mod routes;
mod sentence;
mod stages;
mod survival;
mod told;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use held::{HeldName, RenderedBy};
pub use marked::Marked;
pub use outcome::{BlockOutcome, SegmentOutcome, Translation, Usage};
pub use routes::{Route, Routes, Sort};
pub use stages::Stages;
pub use survival::{Answered, Restored, Survival};

use crate::article::dateline::Dateline;
use crate::article::{Article, Block, BlockKind, dateline, write};
use crate::assemble::{self, metadata};
use crate::detect::{Detector, Doubt, Verdict};
use crate::glossary::Glossary;
use crate::language::{Language, Pair, profile};
use crate::mark::Mark;
use crate::names::{Listener, NameOutcome, Passage};
use crate::plan::{self, Segment};
use crate::provider::judge::Judge;
use crate::provider::{Context, Provider};
use crate::style::Style;
use crate::text::{Normal, Span};
use crate::verify::{Finding, Severity};
use ladder::Climbed;
use names::{Settled, Sought};

/// What happens to what a page carried beside its story.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BoilerplatePolicy {
    /// Left out, and said so in the report.
    #[default]
    Drop,
    /// Passed through untranslated.
    Keep,
    /// Translated like the story.
    Translate,
}

/// Which way an article goes, as far as the caller says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Direction {
    /// The language of the article; `None` to detect it.
    pub from: Option<Language>,
    /// The language to translate into; `None` for the other one of the pair.
    pub to: Option<Language>,
}

/// Why an article was not translated. The batch goes on without it.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Failure {
    /// Its language cannot be told.
    #[error("its language cannot be told: {0}; name it with --from if you know it")]
    Doubt(#[from] Doubt),
    /// No configured pair has its language on the source side.
    #[error("it is in `{language}`, and no configured pair translates from it (pairs: {pairs})")]
    NotCovered {
        /// The language of the article.
        language: Language,
        /// The configured pairs.
        pairs: String,
    },
    /// It is in the target language already.
    #[error("it is in `{0}` already")]
    AlreadyThere(Language),
    /// No provider translated anything of it.
    #[error("nothing of it could be translated: {0}")]
    Untranslated(String),
    /// No provider of the chain could be asked: no fault of the article.
    #[error("nothing of it could be translated: {0}")]
    Unanswered(String),
    /// No provider of the chain translates the direction.
    #[error("no provider of the chain translates {0}; see `anubad providers`")]
    NoProvider(Pair),
}

/// Everything that a translation needs; shared by all articles of a run.
pub struct Translator {
    /// The directions that are offered, preferred ones first.
    pub pairs: Vec<Pair>,
    /// The compiled glossary.
    pub glossary: Glossary,
    /// The language detector.
    pub detector: Detector,
    /// The providers, in the order in which they are tried.
    pub chain: Vec<Arc<dyn Provider>>,
    /// The house style.
    pub style: Style,
    /// What happens to boilerplate.
    pub boilerplate: BoilerplatePolicy,
    /// What is held apart from the words.
    pub stages: Stages,
    /// Which provider of the chain comes first, by direction and kind of block.
    pub routes: Routes,
    /// Who reads what the others wrote, if anybody does.
    pub judge: Option<Arc<dyn Judge>>,
}

impl Translator {
    /// Translates an article.
    ///
    /// # Errors
    /// When its direction cannot be told or is not offered. What a provider
    /// cannot do is no error: the sentence keeps its source and is marked.
    pub async fn translate(
        &self,
        article: &Article,
        direction: Direction,
    ) -> Result<Translation, Failure> {
        let pair = self.pair(article, direction)?;
        if !self.chain.iter().any(|p| p.capability().covers(pair)) {
            return Err(Failure::NoProvider(pair));
        }
        let mut segments = Vec::new();
        // What held when the article came out; of one without a date, what holds now.
        let glossary = match article.date() {
            Some(day) => self.glossary.on(day),
            None => self.glossary.clone(),
        };
        let passages = self.passages(article, pair, &glossary);
        let mut sought = Vec::new();
        let prepared: Vec<Prepared<'_>> = self.prepare(
            article,
            pair,
            &glossary,
            &passages,
            &mut segments,
            &mut sought,
        );
        let context = Context {
            article: Some(article.id.clone()),
            title: article.headline().map(|b| b.text.normal().to_owned()),
            ..Context::default()
        };
        let kinds = kinds(article, &prepared, segments.len());
        let mut climbed = (self.routes)
            .climb(&self.chain, pair, &segments, &kinds, &context)
            .await;
        // A page of source sentences is no translation, however it is marked.
        if climbed.iter().any(|c| c.untranslated > 0)
            && climbed.iter().all(|c| c.provider.is_none())
        {
            let cause = climbed.iter().find_map(notes::cause);
            let cause = cause.unwrap_or_default();
            return Err(if climbed.iter().all(notes::unanswered) {
                Failure::Unanswered(cause)
            } else {
                Failure::Untranslated(cause)
            });
        }
        let mut listener = Listener::new(pair);
        let answered = held::Answered {
            segments: &mut segments,
            sought: &mut sought,
            climbed: &mut climbed,
        };
        self.hold_names(
            article,
            pair,
            &glossary,
            &passages,
            answered,
            &context,
            &mut listener,
        )
        .await;
        let (mut settled, names) = self.settled(&mut listener, pair, &segments, &sought, &climbed);
        self.read(article, pair, &sought, &climbed, &mut settled)
            .await;
        let answers = Answers {
            segments: &segments,
            climbed: &climbed,
            settled: settled.into_iter().map(Some).collect(),
            names,
        };
        Ok(finish(
            article,
            pair,
            (&glossary, &self.style),
            prepared,
            answers,
        ))
    }

    /// The direction of an article.
    fn pair(&self, article: &Article, direction: Direction) -> Result<Pair, Failure> {
        // Normalisation takes marks away that tell Bijoy text.
        let story = || article.story().map(|block| block.text.source());
        let source = match direction.from {
            Some(language) => language,
            // Files are wrong about themselves; where the text does not tell, they are believed.
            None => match (self.detector.article(story()), article.declared) {
                (Verdict::Certain(language), _) | (Verdict::Doubt(_), Some(language)) => language,
                (Verdict::Doubt(doubt), None) => return Err(doubt.into()),
            },
        };
        if direction.to == Some(source) {
            return Err(Failure::AlreadyThere(source));
        }
        let covers = |pair: &&Pair| {
            pair.source == source && direction.to.is_none_or(|target| pair.target == target)
        };
        self.pairs
            .iter()
            .find(covers)
            .copied()
            .ok_or_else(|| Failure::NotCovered {
                language: source,
                pairs: self
                    .pairs
                    .iter()
                    .map(ToString::to_string)
                    .collect::<Vec<_>>()
                    .join(", "),
            })
    }

    /// Decides for each block what happens to it; sentences to translate are
    /// added to `segments`.
    fn prepare<'a>(
        &'a self,
        article: &'a Article,
        pair: Pair,
        glossary: &Glossary,
        passages: &[Passage<'_, '_>],
        segments: &mut Vec<Segment>,
        sought: &mut Vec<Sought>,
    ) -> Vec<Prepared<'a>> {
        let blocks = &article.blocks;
        blocks
            .iter()
            .enumerate()
            .map(|(i, block)| {
                let text = block.text.normal();
                let passage = &passages[i];
                match block.kind {
                    BlockKind::Boilerplate(_) => match self.boilerplate {
                        BoilerplatePolicy::Drop => Prepared::Dropped,
                        BoilerplatePolicy::Keep => Prepared::Written(text.to_owned(), Vec::new()),
                        BoilerplatePolicy::Translate => {
                            self.sentences((i, block), pair, passage, segments, sought)
                        }
                    },
                    BlockKind::Dateline => self.dateline(text, pair, glossary),
                    BlockKind::Agency
                    | BlockKind::Published
                    | BlockKind::Byline
                    | BlockKind::SignOff => {
                        let (line, findings) =
                            metadata::render(block.kind, text, pair, glossary, &self.style);
                        Prepared::Written(line, findings)
                    }
                    BlockKind::Headline | BlockKind::Paragraph | BlockKind::Caption => {
                        self.sentences((i, block), pair, passage, segments, sought)
                    }
                }
            })
            .collect()
    }

    fn dateline(&self, text: &str, pair: Pair, glossary: &Glossary) -> Prepared<'_> {
        let parsed: Option<(Dateline, usize)> = dateline::parse(text);
        Prepared::Dateline(match parsed {
            Some((parts, _)) => {
                assemble::dateline::render(text, &parts, pair, glossary, &self.style)
            }
            None => assemble::dateline::Written::kept(text),
        })
    }

    /// Segments a block: marks first, so that no sentence ends inside one.
    fn sentences<'a>(
        &'a self,
        (index, block): (usize, &'a Block),
        pair: Pair,
        passage: &Passage<'_, '_>,
        segments: &mut Vec<Segment>,
        sought: &mut Vec<Sought>,
    ) -> Prepared<'a> {
        let text = block.text.normal();
        let source = profile(pair.source);
        let marks = &passage.marks;
        let whole: Vec<Span<Normal>> = marks.iter().map(Mark::whole).collect();
        let elements = markup::travelling(block);
        let mut at = 0;
        let units = source
            .sentences(text, &whole)
            .into_iter()
            .map(|sentence| {
                let words = sentence.slice(text);
                let plan = if Detector::is_passage_in(words, pair.source, pair.target) {
                    None
                } else {
                    let segment = plan::build::segment(
                        text,
                        sentence,
                        marks,
                        &passage.quotes.marks,
                        &elements,
                        pair,
                        &self.style,
                    );
                    segments.push(segment);
                    let names = passage.names.iter().filter(|n| sentence.contains(n.span));
                    sought.push(Sought {
                        names: names.cloned().collect(),
                        in_story: block.kind == BlockKind::Paragraph,
                        block: index,
                        sentence,
                    });
                    Some(segments.len() - 1)
                };
                let gap = text[at..sentence.start()].to_owned();
                at = sentence.end();
                Unit {
                    gap,
                    source: words,
                    segment: plan,
                }
            })
            .collect();
        let unpaired = passage
            .quotes
            .unpaired
            .iter()
            .map(|stray| {
                Finding::new(
                    "quotes",
                    Severity::Warning,
                    format!(
                        "the source has a quotation mark {} without a partner",
                        stray.span.slice(text)
                    ),
                )
                .at_source(block.text.to_source(stray.span))
            })
            .collect();
        Prepared::Sentences {
            units,
            tail: text[at..].to_owned(),
            findings: unpaired,
        }
    }
}

/// Puts the article together and checks it.
fn finish(
    article: &Article,
    pair: Pair,
    (glossary, style): (&Glossary, &Style),
    prepared: Vec<Prepared<'_>>,
    mut answers: Answers<'_>,
) -> Translation {
    let mut findings = Vec::new();
    let mut blocks = Vec::with_capacity(prepared.len());
    let mut usage = Usage::default();
    let mut survived = BTreeMap::new();
    // What the dateline leaves to be said after the first paragraph.
    let mut attribution = None;
    for (place, (block, prepared)) in article.blocks.iter().zip(prepared).enumerate() {
        let mut outcome = BlockOutcome {
            kind: block.kind,
            source: block.text.normal().to_owned(),
            target: None,
            segments: Vec::new(),
            joint: block.joint.clone(),
            placed: Vec::new(),
            place: Some(place),
        };
        let mut sentences = Vec::new();
        match prepared {
            Prepared::Dropped => {}
            Prepared::Written(line, found) => {
                outcome.target = Some(line);
                findings.extend(found);
            }
            Prepared::Dateline(written) => {
                outcome.target = Some(written.line);
                findings.extend(written.findings);
                attribution = written.attribution;
            }
            Prepared::Sentences {
                units,
                tail,
                findings: found,
            } => {
                findings.extend(found);
                let mut text = String::new();
                let mut at = 0;
                for unit in units {
                    text.push_str(&unit.gap);
                    at += unit.gap.len();
                    let mut told = Vec::new();
                    let done = match unit.segment.and_then(|i| answers.take(i)) {
                        Some((segment, climbed, mut settled)) => {
                            told = std::mem::take(&mut settled.markup);
                            usage.characters_sent += climbed.characters_sent;
                            usage.segments += usize::from(climbed.characters_sent > 0);
                            survival::count(climbed, &mut survived);
                            sentence::sentence(
                                unit.source,
                                segment,
                                climbed,
                                settled,
                                pair,
                                glossary,
                            )
                        }
                        None => notes::kept(unit.source, pair),
                    };
                    sentences.push(markup::Sentence {
                        source: at..at + unit.source.len(),
                        target: text.len()..text.len() + done.target.len(),
                        told,
                    });
                    at += unit.source.len();
                    text.push_str(&done.target);
                    outcome.segments.push(done);
                }
                text.push_str(&tail);
                outcome.target = Some(text);
            }
        }
        let line = |words: &str| {
            let (written, _) = metadata::render(block.kind, words, pair, glossary, style);
            vec![assemble::name::render(glossary, pair, words).text, written]
        };
        findings.extend(markup::place(block, &mut outcome, &sentences, &line));
        blocks.push(outcome);
        if block.kind == BlockKind::Paragraph
            && let Some(sentence) = attribution.take()
        {
            blocks.push(notes::added(sentence));
        }
    }
    blocks.extend(attribution.map(notes::added));
    findings.extend(notes::declared(article, pair));
    if let Some(finding) = notes::dropped(&blocks) {
        findings.push(finding);
    }
    let text = written(&blocks);
    Translation {
        id: article.id.clone(),
        source_language: pair.source,
        target_language: pair.target,
        date: article.date(),
        title: title(&blocks),
        text,
        blocks,
        names: answers.names,
        findings,
        usage,
        survival: survived,
    }
}

/// What became of the segments of an article, each at its place.
struct Answers<'a> {
    segments: &'a [Segment],
    climbed: &'a [Climbed],
    settled: Vec<Option<Settled>>,
    names: Vec<NameOutcome>,
}

impl<'a> Answers<'a> {
    fn take(&mut self, i: usize) -> Option<(&'a Segment, &'a Climbed, Settled)> {
        let settled = self.settled.get_mut(i)?.take()?;
        Some((self.segments.get(i)?, self.climbed.get(i)?, settled))
    }
}

/// What happens to a block.
enum Prepared<'a> {
    Dropped,
    Written(String, Vec<Finding>),
    Dateline(assemble::dateline::Written),
    Sentences {
        units: Vec<Unit<'a>>,
        /// White space after the last sentence.
        tail: String,
        findings: Vec<Finding>,
    },
}

/// A sentence with the white space before it.
struct Unit<'a> {
    gap: String,
    source: &'a str,
    /// Its index among the segments; `None` for a passage that is left alone.
    segment: Option<usize>,
}

/// The kind of the block that each segment is of.
fn kinds(article: &Article, prepared: &[Prepared<'_>], segments: usize) -> Vec<BlockKind> {
    let mut kinds = vec![BlockKind::Paragraph; segments];
    for (block, prepared) in article.blocks.iter().zip(prepared) {
        let Prepared::Sentences { units, .. } = prepared else {
            continue;
        };
        for index in units.iter().filter_map(|unit| unit.segment) {
            if let Some(kind) = kinds.get_mut(index) {
                *kind = block.kind;
            }
        }
    }
    kinds
}

/// The translated headline.
fn title(blocks: &[BlockOutcome]) -> Option<String> {
    let headline = blocks.iter().find(|b| b.kind == BlockKind::Headline)?;
    headline.target.clone()
}

/// The article as plain text.
fn written(blocks: &[BlockOutcome]) -> String {
    write::plain::plain(
        blocks
            .iter()
            .filter_map(|block| Some((block.joint.clone(), block.target.as_deref()?))),
    )
}
