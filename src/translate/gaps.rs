//! Sentences without a translation, shown as such in the text.

use std::ops::Range;

use super::{BlockOutcome, SegmentOutcome, Translation};
use crate::article::Placed;
use crate::language::Language;
use crate::text::{Span, Target};
use crate::verify::Severity;

impl SegmentOutcome {
    /// Whether it has no translation, or not a whole one.
    #[must_use]
    pub fn is_gap(&self) -> bool {
        let is_gap =
            |f: &crate::verify::Finding| f.check == "provider" && f.severity == Severity::Error;
        self.findings.iter().any(is_gap)
    }

    /// Moves everything that is said of places in its target to the right.
    fn shift(&mut self, by: usize) {
        for mark in &mut self.marks {
            mark.shift(by);
        }
        for span in self
            .findings
            .iter_mut()
            .filter_map(|f| f.target_span.as_mut())
        {
            *span = span.shifted(by);
        }
    }
}

impl Translation {
    /// How many sentences have no translation, or not a whole one.
    #[must_use]
    pub fn gaps(&self) -> usize {
        self.segments().filter(|segment| segment.is_gap()).count()
    }

    /// Puts a mark around each such sentence, in the text and in its block, so that
    /// nobody takes it for a translation.
    pub fn mark_gaps(&mut self) {
        let open = match self.target_language {
            Language::BANGLA => "[অনুবাদ হয়নি: ",
            _ => "[not translated: ",
        };
        for block in &mut self.blocks {
            block.mark_gaps(open);
        }
        self.title = super::finish::title(&self.blocks);
        self.text = super::finish::written(&self.blocks);
    }
}

impl BlockOutcome {
    /// The block's target is white space and the targets of its segments, in order.
    fn mark_gaps(&mut self, open: &str) {
        let Some(target) = &self.target else { return };
        let mut marked = String::with_capacity(target.len());
        let mut rest = target.as_str();
        let mut gaps = Vec::new();
        for segment in &mut self.segments {
            let Some((gap, after)) = rest
                .find(&segment.target)
                .map(|at| (&rest[..at], &rest[at + segment.target.len()..]))
            else {
                return;
            };
            marked.push_str(gap);
            if segment.is_gap() {
                let at = target.len() - rest.len() + gap.len();
                gaps.push(at..at + segment.target.len());
                segment.target = format!("{open}{}]", segment.target);
                segment.shift(open.len());
            }
            marked.push_str(&segment.target);
            rest = after;
        }
        marked.push_str(rest);
        self.target = Some(marked);
        self.placed = around(&self.placed, &gaps, open.len());
    }
}

/// Where markup stands once there is a mark around each of `gaps`, in order: inside of
/// the marks, as it was around the sentence.
fn around(placed: &[Placed], gaps: &[Range<usize>], open: usize) -> Vec<Placed> {
    const CLOSE: usize = 1;
    let begun = |at: usize| gaps.partition_point(|gap| gap.start <= at);
    let ended = |at: usize| gaps.partition_point(|gap| gap.end <= at);
    // What opens at a sentence opens behind its mark, what ends at it ends before.
    let start = |at: usize| at + open * begun(at) + CLOSE * ended(at);
    let end = |at: usize| {
        let begun = gaps.partition_point(|gap| gap.start < at);
        let ended = gaps.partition_point(|gap| gap.end < at);
        at + open * begun + CLOSE * ended
    };
    let mut out: Vec<Placed> = Vec::with_capacity(placed.len());
    let mut open: Vec<(Span<Target>, Span<Target>)> = Vec::new();
    for own in placed {
        while open
            .pop_if(|(before, _)| !before.contains(own.span))
            .is_some()
        {}
        let (from, mut to) = (start(own.span.start()), end(own.span.end()));
        if own.span.is_empty() {
            to = from;
        }
        // Where two marks meet, what stands inside of something stays there.
        let most = open.last().map(|(_, around)| *around);
        let clamped = |at: usize| most.map_or(at, |most| at.clamp(most.start(), most.end()));
        let (from, to) = (clamped(from), clamped(to.max(from)));
        let span = Span::trusted(from, to);
        open.push((own.span, span));
        out.push(Placed { span, ..*own });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{BlockKind, Joint};
    use crate::translate::Usage;
    use crate::verify::Finding;

    fn segment(target: &str, is_gap: bool) -> SegmentOutcome {
        let finding = Finding::new("provider", Severity::Error, "nobody answered".to_owned());
        SegmentOutcome {
            source: target.to_owned(),
            target: target.to_owned(),
            provider: None,
            cached: false,
            draft: false,
            review: is_gap,
            marks: Vec::new(),
            findings: if is_gap { vec![finding] } else { Vec::new() },
        }
    }

    fn block(kind: BlockKind, target: &str, segments: Vec<SegmentOutcome>) -> BlockOutcome {
        BlockOutcome {
            kind,
            source: target.to_owned(),
            target: Some(target.to_owned()),
            segments,
            joint: Joint::Paragraph,
            placed: Vec::new(),
            place: None,
        }
    }

    #[test]
    fn only_gaps_are_marked_each_at_its_place() {
        let mut translation = Translation {
            id: "a".to_owned(),
            source_language: Language::ENGLISH,
            target_language: Language::BANGLA,
            date: None,
            title: None,
            text: String::new(),
            blocks: vec![
                block(BlockKind::Headline, "Fog", vec![segment("Fog", true)]),
                block(
                    BlockKind::Paragraph,
                    "হ্যাঁ। Yes.  Yes. না।",
                    vec![
                        segment("হ্যাঁ।", false),
                        segment("Yes.", false),
                        segment("Yes.", true),
                        segment("না।", false),
                    ],
                ),
            ],
            names: Vec::new(),
            survival: std::collections::BTreeMap::new(),
            findings: Vec::new(),
            usage: Usage::default(),
        };
        assert_eq!(translation.gaps(), 2);
        translation.mark_gaps();
        assert_eq!(
            translation.text,
            "[অনুবাদ হয়নি: Fog]\n\nহ্যাঁ। Yes.  [অনুবাদ হয়নি: Yes.] না।\n"
        );
        assert_eq!(translation.title.as_deref(), Some("[অনুবাদ হয়নি: Fog]"));
        assert_eq!(
            translation.blocks[1].segments[2].target,
            "[অনুবাদ হয়নি: Yes.]"
        );
    }
}
