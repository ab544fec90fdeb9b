//! Which texts of a page are the story, and what each is.

use std::ops::Range;

use super::flow::{Draft, Page, Scope, Sort};
use crate::article::frame::{Slot, What};
use crate::article::read::story::line::Line;
use crate::article::read::story::{self, Paragraphs, Part, roles};
use crate::article::{Block, BlockKind, Boilerplate, Joint};

/// The blocks of a page and all places in it, blocks counted from `first`.
pub(super) fn blocks(page: Page, first: usize) -> (Vec<Block>, Vec<Slot>) {
    let Page {
        mut drafts,
        facts,
        scopes,
        head,
    } = page;
    // Where most is said to be in another language, what is said is wrong.
    let amount = |foreign: bool| -> usize {
        let texts = drafts
            .iter()
            .filter(|d| d.place.foreign == foreign && d.is_text());
        texts.map(|d| d.run.text().len()).sum()
    };
    let stays = amount(true) <= amount(false);
    drafts.retain(|d| !(d.place.foreign && stays));
    let facts = facts
        .into_iter()
        .filter(|(_, foreign)| !(*foreign && stays));
    let mut made = Made {
        first,
        blocks: Vec::new(),
        slots: facts.map(|(slot, _)| slot).collect(),
    };
    let story = if head.is_page {
        story_of(&drafts, &scopes)
    } else {
        drafts.iter().map(|d| !d.place.aside).collect()
    };
    let kinds = kinds(&drafts, &story);
    let mut paragraphs = Paragraphs::default();
    let last = kinds.iter().rposition(|&kind| kind == BlockKind::Paragraph);
    for (i, (draft, kind)) in drafts.iter().zip(kinds).enumerate() {
        let mut parts = paragraphs.parts(kind, draft.text());
        if last == Some(i) {
            parts = with_tail(parts, draft.text());
        }
        made.add(draft, kind, parts);
    }
    (made.blocks, made.slots)
}

struct Made {
    first: usize,
    blocks: Vec<Block>,
    slots: Vec<Slot>,
}

impl Made {
    /// Adds a text, in parts where no element stands across their borders.
    fn add(&mut self, draft: &Draft, kind: BlockKind, mut parts: Vec<Part>) {
        let whole = draft.run.trimmed(0..draft.run.text().len());
        let begins = |part: &Part| whole.start + part.at.start;
        if !(parts.iter().skip(1)).all(|part| draft.run.may_cut(begins(part))) {
            parts = vec![Part {
                kind,
                at: 0..whole.len(),
            }];
        }
        let mut end = None;
        for part in parts {
            let at = begins(&part)..whole.start + part.at.end;
            let joint = match end {
                Some(end) => Joint::Inline(draft.run.text()[end..at.start].to_owned()),
                None => Joint::Paragraph,
            };
            if self.part(draft, part.kind, at.clone(), joint) {
                end = Some(at.end);
            }
        }
    }

    /// Adds a part of a text. Whether there is anything to translate in it.
    fn part(&mut self, draft: &Draft, kind: BlockKind, at: Range<usize>, joint: Joint) -> bool {
        let Some(piece) = draft.run.piece(at) else {
            return false;
        };
        self.slots.push(Slot {
            at: piece.at,
            what: What::Block {
                block: self.first + self.blocks.len(),
                escape: draft.escape,
                tags: piece.tags,
            },
        });
        self.blocks.push(Block {
            kind,
            text: story::repaired(piece.text, None),
            joint,
            inline: piece.inline,
        });
        true
    }
}

/// The parts of the last paragraph, its signature apart.
fn with_tail(mut parts: Vec<Part>, text: &str) -> Vec<Part> {
    let Some(last) = parts.pop_if(|part| part.kind == BlockKind::Paragraph) else {
        return parts;
    };
    let start = last.at.start;
    let tail = story::tail(&text[last.at]).into_iter();
    parts.extend(tail.map(|part| Part {
        at: start + part.at.start..start + part.at.end,
        ..part
    }));
    parts
}

/// What each text is.
fn kinds(drafts: &[Draft], story: &[bool]) -> Vec<BlockKind> {
    let in_story = |i: usize| story.get(i).copied().unwrap_or_default();
    let mut kinds: Vec<BlockKind> = (drafts.iter().enumerate())
        .map(|(i, draft)| match draft.sort {
            Sort::Title | Sort::Shared | Sort::About => BlockKind::Caption,
            Sort::Caption if in_story(i) => BlockKind::Caption,
            _ => BlockKind::Boilerplate(Boilerplate::Navigation),
        })
        .collect();
    let headline = headline(drafts, story);
    let at: Vec<usize> = (0..drafts.len())
        .filter(|&i| in_story(i) && drafts[i].is_text() || headline == Some(i))
        .collect();
    let lines: Vec<Line<'_>> = (at.iter())
        .map(|&i| Line {
            text: drafts[i].text(),
            after_blank: true,
            width: drafts[i].text().chars().count(),
        })
        .collect();
    let known = headline.and_then(|i| at.iter().position(|&line| line == i));
    for (i, role) in at.into_iter().zip(roles::of_blocks(&lines, known)) {
        kinds[i] = role;
    }
    kinds
}

/// Which text is the headline: that of the story; one above it that the page is called
/// by; what the page is called.
fn headline(drafts: &[Draft], story: &[bool]) -> Option<usize> {
    let find = |is: &dyn Fn(usize, &Draft) -> bool| {
        (drafts.iter().enumerate()).position(|(i, draft)| is(i, draft))
    };
    let is_h1 = |draft: &Draft| draft.sort == Sort::Headline;
    let is_title = |draft: &Draft| matches!(draft.sort, Sort::Title | Sort::Shared);
    let titles: Vec<&str> = drafts
        .iter()
        .filter(|d| is_title(d))
        .map(Draft::text)
        .collect();
    let is_called = |draft: &Draft| titles.iter().any(|title| title.starts_with(draft.text()));
    let is_named = |draft: &Draft| titles.is_empty() || is_called(draft);
    let in_story = |i: usize| story.get(i) == Some(&true);
    find(&|i, d| is_h1(d) && in_story(i) && is_called(d))
        .or_else(|| find(&|i, d| is_h1(d) && in_story(i)))
        .or_else(|| find(&|_, d| is_h1(d) && !d.place.aside && is_named(d)))
        .or_else(|| find(&|_, d| d.sort == Sort::Shared))
        .or_else(|| find(&|_, d| d.sort == Sort::Title))
}

/// Bytes of the shortest text that an element has to hold to be taken for the story.
const SHORTEST: usize = 200;

/// Which texts of a whole page are its story.
fn story_of(drafts: &[Draft], scopes: &[Scope]) -> Vec<bool> {
    let beside: Vec<bool> = drafts
        .iter()
        .map(|d| d.place.aside || !d.is_body())
        .collect();
    let mut story: Vec<bool> = match scope(drafts, scopes) {
        Some(inside) => (drafts.iter())
            .map(|d| !d.place.aside && d.place.scope.is_some_and(|s| inside[s]))
            .collect(),
        None => beside.iter().map(|&beside| !beside).collect(),
    };
    // Who wrote it and when stands between the headline and the story.
    if let Some(first) = (0..drafts.len()).find(|&i| story[i] && drafts[i].is_text())
        && let Some(headline) = (0..first)
            .rev()
            .find(|&i| drafts[i].sort == Sort::Headline && !beside[i])
    {
        for i in headline..first {
            story[i] = !beside[i];
        }
    }
    if !(0..drafts.len()).any(|i| story[i] && drafts[i].is_text()) {
        return drafts.iter().map(Draft::is_body).collect();
    }
    story
}

/// The element that holds the story, as the elements in it: the smallest that holds most
/// of the text of the largest. `None` where none holds much of what the page says.
fn scope(drafts: &[Draft], scopes: &[Scope]) -> Option<Vec<bool>> {
    let mut text: Vec<usize> = scopes.iter().map(|scope| scope.text).collect();
    // An element stands behind the one around it.
    for (i, scope) in scopes.iter().enumerate().rev() {
        if let Some(parent) = scope.parent {
            text[parent] += text[i];
        }
    }
    let all: usize = (drafts.iter().filter(|d| d.is_text() && !d.place.aside))
        .map(|d| d.run.text().len())
        .sum();
    let most = text.iter().copied().max()?;
    if most < SHORTEST || most * 3 < all {
        return None;
    }
    let chosen = (0..scopes.len())
        .filter(|&i| text[i] * 10 >= most * 7)
        .min_by_key(|&i| (text[i], std::cmp::Reverse(i)))?;
    let mut inside = vec![false; scopes.len()];
    for (i, scope) in scopes.iter().enumerate() {
        inside[i] = i == chosen || scope.parent.is_some_and(|parent| inside[parent]);
    }
    Some(inside)
}
