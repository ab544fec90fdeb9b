//! Before and after the providers: blocks with their marks and names, and
//! sentences with what is found in them.

use super::ladder::Climbed;
use super::names::{self, Settled, Sought};
use super::{BoilerplatePolicy, SegmentOutcome, Translator, marked, markup, notes};
use crate::article::{Annotation, Article, Block, BlockKind, Inline, Role};
use crate::assemble::{self, Assembled};
use crate::glossary::Glossary;
use crate::language::{Pair, profile};
use crate::mark;
use crate::mark::name::{Line, NameKind};
use crate::mark::quote::Quotes;
use crate::names::{Listener, NameOutcome, Passage, cast};
use crate::plan::{Element, Segment};
use crate::provider::Provider;
use crate::text::{Normal, Span};
use crate::verify::{self, Exchange, Severity};

impl Translator {
    /// The blocks with their marks and names; both are decided for the article as a whole.
    pub(super) fn passages<'a, 'g>(
        &self,
        article: &'a Article,
        pair: Pair,
        glossary: &'g Glossary,
    ) -> Vec<Passage<'a, 'g>> {
        let mut passages: Vec<Passage<'a, 'g>> = (article.blocks.iter())
            .map(|block| {
                let is_read = match block.kind {
                    BlockKind::Headline | BlockKind::Paragraph | BlockKind::Caption => true,
                    BlockKind::Boilerplate(_) => self.boilerplate == BoilerplatePolicy::Translate,
                    _ => false,
                };
                let text = if is_read { block.text.normal() } else { "" };
                let line = if block.kind == BlockKind::Paragraph {
                    Line::Prose
                } else {
                    Line::Headline
                };
                let mut marks = mark::find(text, pair, glossary);
                marks.retain(|mark| self.stages.hold(mark));
                if is_read {
                    mark::hold(&mut marks, &markup::untouched(block));
                }
                let told = if is_read { told(block) } else { Vec::new() };
                Passage {
                    text,
                    line,
                    marks,
                    told,
                    names: Vec::new(),
                    quotes: Quotes::default(),
                }
            })
            .collect();
        if self.stages.glossary {
            cast(&mut passages, pair);
            for (block, passage) in article.blocks.iter().zip(&mut passages) {
                // Of letters that are no word a small model makes others.
                let first = self.first((article, pair), block.kind);
                if first.is_some_and(|provider| provider.capability().draft) {
                    let names: Vec<Span<Normal>> = (passage.names.iter())
                        .map(|name| Span::trusted(name.span.start(), name.end))
                        .collect();
                    mark::hold_acronyms(&mut passage.marks, passage.text, pair, &names);
                }
            }
        }
        self.quotations(article, &mut passages);
        passages
    }

    /// The provider that a block of a kind is given to first.
    pub(super) fn first(
        &self,
        (article, pair): (&Article, Pair),
        kind: BlockKind,
    ) -> Option<&dyn Provider> {
        self.routes.first(&self.chain, pair, kind, &article.id)
    }

    /// The sentences with their names settled, and the names.
    pub(super) fn settled(
        &self,
        listener: &mut Listener,
        pair: Pair,
        segments: &[Segment],
        sought: &[Sought],
        climbed: &[Climbed],
    ) -> (Vec<Settled>, Vec<NameOutcome>) {
        let drafts = self.drafts(pair, segments, climbed);
        let style = self.style.names;
        names::settle(listener, pair, style, segments, sought, climbed, &drafts)
    }

    /// The sentences as the answers have them.
    pub(super) fn drafts(
        &self,
        pair: Pair,
        segments: &[Segment],
        climbed: &[Climbed],
    ) -> Vec<Assembled> {
        let target = profile(pair.target);
        (segments.iter().zip(climbed))
            .map(|(segment, climbed)| assemble::fill(segment, &climbed.pieces, target, &self.style))
            .collect()
    }
}

/// Whom and what the markup of a block names.
fn told(block: &Block) -> Vec<(Span<Normal>, NameKind)> {
    let named = |(element, inline): (Element, &Inline)| {
        let kind = match inline.role {
            Role::Annotated(Annotation::Person) => NameKind::Person,
            Role::Annotated(Annotation::Organisation) => NameKind::Organisation,
            Role::Annotated(Annotation::Place) => NameKind::Place,
            _ => return None,
        };
        Some((element.span, kind))
    };
    let elements = markup::elements(block).into_iter();
    elements.zip(&block.inline).filter_map(named).collect()
}

/// Checks a sentence.
pub(super) fn sentence(
    source: &str,
    segment: &Segment,
    climbed: &Climbed,
    settled: Settled,
    pair: Pair,
    glossary: &Glossary,
) -> SegmentOutcome {
    let mut findings = notes::reported(climbed);
    findings.extend(verify::verify(&Exchange {
        pair,
        source,
        target: &settled.text,
        segment,
        glossary,
    }));
    findings.extend(settled.findings);
    findings.extend(verify::speakers::check(
        pair,
        source,
        &settled.published,
        &marked::people(&settled.marks, &settled.published),
    ));
    let marks = marked::complete(
        settled.marks,
        segment,
        pair,
        glossary,
        source,
        &settled.published,
    );
    SegmentOutcome {
        source: source.to_owned(),
        target: settled.published,
        provider: climbed.provider.as_ref().map(|p| p.name.clone()),
        cached: climbed.remembered,
        draft: climbed.draft,
        review: findings.iter().any(|f| f.severity > Severity::Note),
        marks,
        findings,
    }
}
