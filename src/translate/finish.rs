//! The article put together from what became of its blocks, and checked.

use std::collections::BTreeMap;

use super::ladder::Climbed;
use super::names::Settled;
use super::prepare::Prepared;
use super::{BlockOutcome, Translation, Usage, markup, notes, sentence, survival};
use crate::article::{Article, BlockKind, write};
use crate::assemble::{self, metadata};
use crate::glossary::Glossary;
use crate::language::Pair;
use crate::names::NameOutcome;
use crate::plan::Segment;
use crate::style::Style;

/// Puts the article together and checks it.
pub(super) fn finish(
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
pub(super) struct Answers<'a> {
    pub(super) segments: &'a [Segment],
    pub(super) climbed: &'a [Climbed],
    pub(super) settled: Vec<Option<Settled>>,
    pub(super) names: Vec<NameOutcome>,
}

impl<'a> Answers<'a> {
    fn take(&mut self, i: usize) -> Option<(&'a Segment, &'a Climbed, Settled)> {
        let settled = self.settled.get_mut(i)?.take()?;
        Some((self.segments.get(i)?, self.climbed.get(i)?, settled))
    }
}

/// The translated headline.
pub(super) fn title(blocks: &[BlockOutcome]) -> Option<String> {
    let headline = blocks.iter().find(|b| b.kind == BlockKind::Headline)?;
    headline.target.clone()
}

/// The article as plain text.
pub(super) fn written(blocks: &[BlockOutcome]) -> String {
    write::plain::plain(
        blocks
            .iter()
            .filter_map(|block| Some((block.joint.clone(), block.target.as_deref()?))),
    )
}
