//! Links, emphasis and places between words, whatever a service does to them: properly
//! nested, within the translation, at the borders of what readers see as characters,
//! every one of them placed.

use std::sync::Arc;

use anubad::article::{Annotation, Block, BlockKind, Inline, Placed, Role, read};
use anubad::provider::hostile::{Behaviour, Hostile, Share};
use anubad::provider::{Protection, Provider};
use anubad::text::{Source, Span};
use anubad::translate::{BlockOutcome, Failure, SegmentOutcome, Translation};
use fastrand::Rng;
use unicode_segmentation::GraphemeCursor;

use crate::articles::Article;
use crate::babble::Babble;
use crate::law::Desk;

const ROLES: [Role; 5] = [
    Role::Around,
    Role::Around,
    Role::Verbatim,
    Role::Annotated(Annotation::Person),
    Role::Point,
];

impl Desk {
    /// Everything that is wrong with the markup of an article that a service with this
    /// behaviour translates.
    pub(crate) fn torn(
        &self,
        article: &Article,
        (behaviour, protection): (Behaviour, Protection),
        share: Share,
        chance: &mut Rng,
    ) -> Vec<String> {
        let mut read = read::article(&article.name, article.text.clone().into_bytes()).unwrap();
        for block in &mut read.blocks {
            block.inline = inline(block, chance);
        }
        let inner = Arc::new(Babble::new(protection));
        let seed = chance.u64(..);
        let provider: Arc<dyn Provider> =
            Arc::new(Hostile::over(inner, behaviour, share, seed).carrying(protection));
        let done = match self.article(&read, article.language, provider) {
            Ok(done) => done,
            Err(Failure::Untranslated(_)) => return Vec::new(),
            Err(other) => return vec![format!("it failed: {other}")],
        };
        let mut gaps = done.clone();
        gaps.mark_gaps();
        let mut wrong = Vec::new();
        for done in [&done, &gaps] {
            for outcome in &done.blocks {
                if let Some(block) = outcome.place.and_then(|place| read.blocks.get(place)) {
                    wrong.extend(torn(block, outcome, done));
                }
            }
        }
        wrong
    }
}

/// Elements anywhere in a block, at the borders of characters or of words.
fn inline(block: &Block, chance: &mut Rng) -> Vec<Inline> {
    let text = block.text.source();
    let words = chance.bool();
    let places: Vec<usize> = (text.char_indices())
        .map(|(at, _)| at)
        .filter(|at| is_border(text, *at))
        .filter(|at| {
            !words || *at == 0 || text[..*at].ends_with(' ') || text[*at..].starts_with(' ')
        })
        .chain([text.len()])
        .collect();
    let mut found: Vec<(usize, usize, Role)> = Vec::new();
    for _ in 0..chance.usize(..7) {
        let role = ROLES[chance.usize(..ROLES.len())];
        let a = places[chance.usize(..places.len())];
        let b = places[chance.usize(..places.len())];
        let (start, end) = if role == Role::Point {
            (a, a)
        } else {
            (a.min(b), a.max(b))
        };
        let crosses = |(from, to, _): &(usize, usize, Role)| {
            *from < start && start < *to && *to < end || start < *from && *from < end && end < *to
        };
        if !found.iter().any(crosses) {
            found.push((start, end, role));
        }
    }
    found.sort_by_key(|(start, end, _)| (*start, std::cmp::Reverse(*end)));
    (found.into_iter())
        .map(|(start, end, role)| Inline {
            span: Span::<Source>::of(text, start..end).unwrap(),
            role,
        })
        .collect()
}

/// Whether no character that readers see is cut.
fn is_border(text: &str, at: usize) -> bool {
    GraphemeCursor::new(at, text.len(), true).is_boundary(text, 0) == Ok(true)
}

/// What breaks the law of [`Placed`].
fn torn(block: &Block, outcome: &BlockOutcome, done: &Translation) -> Vec<String> {
    let Some(target) = outcome.target.as_deref() else {
        return Vec::new();
    };
    let mut wrong = Vec::new();
    let mut open: Vec<&Placed> = Vec::new();
    let mut before = 0;
    for placed in &outcome.placed {
        let span = placed.span;
        let ends = [span.start(), span.end()];
        if span.end() > target.len() || !ends.iter().all(|at| is_border(target, *at)) {
            wrong.push(format!("element {} leaves or cuts the text", placed.index));
            continue;
        }
        if span.start() < before {
            wrong.push(format!("element {} is out of order", placed.index));
        }
        before = span.start();
        while open.pop_if(|outer| !outer.span.contains(span)).is_some() {}
        let crossed = (outcome.placed.iter()).any(|other| {
            let other = other.span;
            other.start() < span.start() && span.start() < other.end() && other.end() < span.end()
        });
        if crossed {
            wrong.push(format!("element {} crosses another", placed.index));
        }
        open.push(placed);
    }
    for (index, inline) in block.inline.iter().enumerate() {
        let own: Vec<&Placed> = (outcome.placed.iter())
            .filter(|placed| placed.index == index)
            .collect();
        let [placed] = own.as_slice() else {
            wrong.push(format!("element {index} stands {} times", own.len()));
            continue;
        };
        let words = inline.span.slice(block.text.source());
        let is_empty = placed.span.is_empty() && words.contains(char::is_alphanumeric);
        let is_named = (done.all_findings()).any(|finding| finding.check == "markup");
        if is_empty && inline.role != Role::Point && !is_named {
            wrong.push(format!(
                "nothing is left in element {index}, and nobody says so"
            ));
        }
        // What nobody may touch is the same on both sides.
        let is_read = matches!(
            block.kind,
            BlockKind::Headline | BlockKind::Paragraph | BlockKind::Caption
        );
        if is_read
            && inline.role == Role::Verbatim
            && !outcome.segments.iter().any(SegmentOutcome::is_gap)
        {
            let kept = block.text.to_normal(inline.span).slice(block.text.normal());
            let is_inner = (block.inline[..index].iter())
                .any(|other| other.role == Role::Verbatim && other.span.overlaps(inline.span));
            if !is_inner && !target.contains(kept.trim()) {
                wrong.push(format!("`{kept}` was to be left alone"));
            }
        }
    }
    if !wrong.is_empty() {
        wrong.push(format!(
            "{:?}\n{}\n{:?}\n{target}",
            block.inline,
            block.text.source(),
            outcome.placed
        ));
    }
    wrong
}
