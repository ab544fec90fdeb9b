//! Before and after the providers: blocks with their marks and names, and
//! sentences with what is found in them.

use super::ladder::Climbed;
use super::names::{self, Settled, Sought};
use super::{BoilerplatePolicy, SegmentOutcome, Translator, notes};
use crate::article::{Article, BlockKind};
use crate::assemble;
use crate::glossary::Glossary;
use crate::language::{Pair, profile};
use crate::mark;
use crate::mark::name::Line;
use crate::names::{NameOutcome, Passage, cast};
use crate::plan::Segment;
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
                    BlockKind::Headline | BlockKind::Paragraph => true,
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
                let names = Vec::new();
                Passage {
                    text,
                    line,
                    marks,
                    names,
                }
            })
            .collect();
        if self.stages.glossary {
            cast(&mut passages, pair);
        }
        passages
    }

    /// The sentences with their names settled, and the names.
    pub(super) fn settled(
        &self,
        pair: Pair,
        segments: &[Segment],
        sought: &[Sought],
        climbed: &[Climbed],
    ) -> (Vec<Settled>, Vec<NameOutcome>) {
        let target = profile(pair.target);
        let drafts: Vec<_> = (segments.iter().zip(climbed))
            .map(|(segment, climbed)| assemble::fill(segment, &climbed.pieces, target, &self.style))
            .collect();
        names::settle(pair, self.style.names, segments, sought, climbed, &drafts)
    }
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
    SegmentOutcome {
        source: source.to_owned(),
        target: settled.published,
        provider: climbed.provider.as_ref().map(|p| p.name.clone()),
        cached: climbed.remembered,
        draft: climbed.draft,
        review: findings.iter().any(|f| f.severity > Severity::Note),
        findings,
    }
}
