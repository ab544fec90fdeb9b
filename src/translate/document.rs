//! A file: its articles translated, each by itself, and the file put together again.

use std::collections::{BTreeMap, BTreeSet};

use futures::stream::{self, StreamExt};

use super::{BlockOutcome, Direction, Failure, Translation, Translator};
use crate::article::frame::Facts;
use crate::article::{Article, Block, Document, Inline, Placed, Translated};
use crate::text::Span;
use crate::verify::{Finding, Severity};

/// Articles of one file that are in progress at a time.
const TOGETHER: usize = 4;

impl Translator {
    /// Translates every article of a document. Blocks, names and findings of all of
    /// them are told in order; the title is that of the first.
    ///
    /// An article that cannot be translated stays as it is, with an error finding.
    ///
    /// # Errors
    /// When no article can be translated, for the cause of the first; and when of any
    /// nobody could be asked, so that the file is tried again.
    pub async fn document(
        &self,
        document: &Document,
        direction: Direction,
    ) -> Result<Translation, Failure> {
        let (first, rest) = match document.articles.as_slice() {
            [] => {
                return Err(Failure::Untranslated(
                    "the file holds no article".to_owned(),
                ));
            }
            [one] => return self.translate(one, direction).await,
            [first, rest @ ..] => (first, rest),
        };
        let mut work = vec![self.translate(first, direction)];
        for article in rest {
            work.push(self.translate(article, direction));
        }
        let mut done = stream::iter(work)
            .buffered(TOGETHER)
            .collect::<Vec<_>>()
            .await;
        if let Some(at) = (done.iter()).position(|d| matches!(d, Err(Failure::Unanswered(_)))) {
            return done.swap_remove(at);
        }
        let Some(lead) = done.iter().find_map(|d| d.as_ref().ok()) else {
            return done.swap_remove(0);
        };
        let mut whole = Translation {
            id: first.id.clone(),
            source_language: lead.source_language,
            target_language: lead.target_language,
            date: lead.date,
            title: lead.title.clone(),
            text: String::new(),
            blocks: Vec::new(),
            names: Vec::new(),
            findings: Vec::new(),
            usage: super::Usage::default(),
            survival: BTreeMap::new(),
        };
        let mut place = 0;
        for (article, done) in document.articles.iter().zip(done) {
            match done {
                Ok(part) => whole.add(part, place),
                Err(failure) => whole.leave(article, &failure, place),
            }
            place += article.blocks.len();
        }
        whole.text = super::finish::written(&whole.blocks);
        Ok(whole)
    }
}

impl Translation {
    /// The file of `document` with this translation in it, in its own format.
    #[must_use]
    pub fn file(&self, document: &Document, facts: &Facts) -> String {
        let mut filled: BTreeMap<usize, (String, &[Placed])> = BTreeMap::new();
        let mut last = None;
        for block in &self.blocks {
            let Some(target) = block.target.as_deref() else {
                continue;
            };
            match (block.place, last) {
                (Some(place), _) => {
                    filled.insert(place, (target.to_owned(), &block.placed));
                    last = Some(place);
                }
                // What the house's style adds has no place of its own.
                (None, Some(last)) => {
                    if let Some((text, _)) = filled.get_mut(&last) {
                        text.push(' ');
                        text.push_str(target);
                    }
                }
                (None, None) => {}
            }
        }
        let translated = |place: usize| {
            let (text, placed) = filled.get(&place)?;
            Some(Translated { text, placed })
        };
        let written = document.written(&translated, facts);
        written.unwrap_or_else(|| self.text.clone())
    }

    /// What a file says of its translation where no run keeps its provenance: which
    /// model a provider used is told by runs.
    #[must_use]
    pub fn facts(&self) -> Facts {
        let providers: BTreeSet<&str> = (self.segments())
            .filter_map(|segment| segment.provider.as_deref())
            .collect();
        Facts {
            languages: Some((self.target_language, self.source_language)),
            providers: providers.into_iter().map(str::to_owned).collect(),
            digest: String::new(),
            draft: self.is_draft(),
        }
    }

    /// Adds the translation of the next article, whose first block is the document's
    /// block `place`.
    fn add(&mut self, part: Self, place: usize) {
        self.blocks
            .extend(part.blocks.into_iter().map(|block| BlockOutcome {
                place: block.place.map(|own| own + place),
                ..block
            }));
        self.names.extend(part.names);
        self.findings.extend(part.findings);
        self.usage.segments += part.usage.segments;
        self.usage.characters_sent += part.usage.characters_sent;
        self.usage.cost += part.usage.cost;
        for (provider, survived) in part.survival {
            *self.survival.entry(provider).or_default() += survived;
        }
    }

    /// Leaves the next article as it is.
    fn leave(&mut self, article: &Article, failure: &Failure, place: usize) {
        self.findings.push(Finding::new(
            "article",
            Severity::Error,
            format!(
                "article {} of the file stays as it is: {failure}",
                article.entry.unwrap_or(1)
            ),
        ));
        let kept = article
            .blocks
            .iter()
            .enumerate()
            .map(|(own, block)| BlockOutcome {
                kind: block.kind,
                source: block.text.normal().to_owned(),
                target: Some(block.text.source().to_owned()),
                segments: Vec::new(),
                joint: block.joint.clone(),
                placed: kept(block),
                place: Some(place + own),
            });
        self.blocks.extend(kept);
    }
}

/// The markup of a block that is not translated.
fn kept(block: &Block) -> Vec<Placed> {
    let placed = |(index, inline): (usize, &Inline)| Placed {
        index,
        span: Span::trusted(inline.span.start(), inline.span.end()),
    };
    block.inline.iter().enumerate().map(placed).collect()
}
