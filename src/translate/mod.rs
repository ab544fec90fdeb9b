//! One article's journey, top to bottom.

mod document;
mod finish;
mod gaps;
mod held;
mod held_name;
pub mod ladder;
mod marked;
mod markup;
mod names;
mod notes;
mod outcome;
mod prepare;
mod quotations;
mod reading;
mod routes;
mod sentence;
mod spellings;
mod stages;
mod sure;
mod survival;
mod told;

use std::sync::Arc;

pub use held_name::{HeldName, RenderedBy, Why};
pub use marked::Marked;
pub use outcome::{BlockOutcome, SegmentOutcome, Translation, Usage};
pub use routes::{Route, Routes, Sort};
pub use stages::Stages;
pub use survival::{Answered, Restored, Survival};

use crate::article::Article;
use crate::detect::{Detector, Doubt, Verdict};
use crate::glossary::Glossary;
use crate::language::{Language, Pair};
use crate::names::Listener;
use crate::provider::judge::Judge;
use crate::provider::{Context, Provider};
use crate::style::Style;
use finish::{Answers, finish};
use prepare::{Prepared, kinds};

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

/// What the sentences of an article have in common on their journey.
#[derive(Clone, Copy)]
struct Setting<'a> {
    article: &'a Article,
    pair: Pair,
    /// What holds on the day of the article.
    glossary: &'a Glossary,
    context: &'a Context,
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
        let mut passages = self.passages(article, pair, &glossary);
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
        let setting = Setting {
            article,
            pair,
            glossary: &glossary,
            context: &context,
        };
        let mut listener = Listener::new(pair);
        let planned = (&mut segments[..], &kinds[..], &mut sought[..]);
        let held = self
            .hold_sure(setting, &mut passages, planned, &mut listener)
            .await;
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
        for (climbed, names) in climbed.iter_mut().zip(held) {
            climbed.names = names;
        }
        let answered = held::Answered {
            segments: &mut segments,
            sought: &mut sought,
            climbed: &mut climbed,
        };
        self.hold_missed(setting, &mut passages, answered, &mut listener)
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
}
