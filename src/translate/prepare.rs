//! What happens to each block of an article, and the sentences that are to be translated.

use super::names::Sought;
use super::{BoilerplatePolicy, Translator, markup};
use crate::article::dateline::Dateline;
use crate::article::{Article, Block, BlockKind, dateline};
use crate::assemble::{self, metadata};
use crate::detect::Detector;
use crate::glossary::Glossary;
use crate::language::{Pair, profile};
use crate::mark::Mark;
use crate::names::Passage;
use crate::plan::{self, Segment};
use crate::text::{Normal, Span};
use crate::verify::{Finding, Severity};

/// What happens to a block.
pub(super) enum Prepared<'a> {
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
pub(super) struct Unit<'a> {
    pub(super) gap: String,
    pub(super) source: &'a str,
    /// Its index among the segments; `None` for a passage that is left alone.
    pub(super) segment: Option<usize>,
}

/// The kind of the block that each segment is of.
pub(super) fn kinds(
    article: &Article,
    prepared: &[Prepared<'_>],
    segments: usize,
) -> Vec<BlockKind> {
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

impl Translator {
    /// Decides for each block what happens to it; sentences to translate are
    /// added to `segments`.
    pub(super) fn prepare<'a>(
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
