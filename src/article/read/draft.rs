//! Texts that a reader finds in markup, and the blocks that they make.

use std::ops::Range;

use super::html;
use super::run::Run;
use super::story::line::Line;
use super::story::{self, Paragraphs, Part, roles};
use crate::article::frame::{Escape, Slot, What};
use crate::article::{Block, BlockKind, Boilerplate, Joint};

/// A text of a page.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) run: Run,
    pub(super) sort: Sort,
    pub(super) escape: Escape,
    pub(super) place: Place,
    /// A part of the file in HTML, which takes the place of the text.
    pub(super) html: Option<Html>,
}

/// A part of a file in HTML.
#[derive(Debug, Clone)]
pub(super) struct Html {
    pub(super) at: Range<usize>,
    pub(super) source: String,
    /// How the whole of it is written.
    pub(super) escape: Escape,
}

/// What a text is by its markup.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Sort {
    /// Text.
    #[default]
    Paragraph,
    /// The headline on the page.
    Headline,
    /// The headline in the tab of a browser.
    Title,
    /// The headline where the page is shared.
    Shared,
    /// The headline, said before the text.
    Named,
    /// Who wrote it, as the markup says.
    Byline,
    /// What accompanies text.
    Caption,
    /// What the page says of itself where it is shared or found.
    About,
}

impl Draft {
    /// A text.
    pub(super) fn new(run: Run, sort: Sort, escape: Escape, place: Place) -> Self {
        Self {
            run,
            sort,
            escape,
            place,
            html: None,
        }
    }

    /// Whether it stands on the page as text.
    pub(super) fn is_text(&self) -> bool {
        matches!(self.sort, Sort::Paragraph | Sort::Headline | Sort::Byline)
    }

    /// Whether it stands on the page, and is not about it.
    pub(super) fn is_body(&self) -> bool {
        self.is_text() || self.sort == Sort::Caption
    }

    /// What it says, without the white space around it.
    pub(super) fn text(&self) -> &str {
        let text = self.run.text();
        text.get(self.run.trimmed(0..text.len()))
            .unwrap_or_default()
    }
}

/// Where on the page a text stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Place {
    /// Beside the story, as the markup says.
    pub(super) aside: bool,
    /// In a part that is said to be in another language.
    pub(super) foreign: bool,
    /// In which of the page's scopes.
    pub(super) scope: Option<usize>,
}

/// Blocks and their places, while they are made of drafts.
pub(super) struct Made {
    first: usize,
    blocks: Vec<Block>,
    slots: Vec<Slot>,
}

impl Made {
    /// Nothing yet but `slots`; blocks are counted from `first`.
    pub(super) fn new(first: usize, slots: Vec<Slot>) -> Self {
        Self {
            first,
            blocks: Vec::new(),
            slots,
        }
    }

    /// The blocks, and all places.
    pub(super) fn done(self) -> (Vec<Block>, Vec<Slot>) {
        (self.blocks, self.slots)
    }

    /// Makes blocks of all texts; `story` says which of them are part of it.
    pub(super) fn drafts(&mut self, drafts: &[Draft], story: &[bool]) {
        let kinds = kinds(drafts, story);
        let mut paragraphs = Paragraphs::default();
        let last = kinds.iter().rposition(|&kind| kind == BlockKind::Paragraph);
        for (i, (draft, kind)) in drafts.iter().zip(kinds).enumerate() {
            if let Some(part) = &draft.html {
                self.inside(part, draft.sort == Sort::About);
                continue;
            }
            let mut parts = paragraphs.parts(kind, draft.text());
            if last == Some(i) {
                parts = with_tail(parts, draft.text());
            }
            self.add(draft, kind, parts);
        }
    }

    /// Adds a part in HTML; `is_about` where it is said of the page and does not stand on it.
    fn inside(&mut self, part: &Html, is_about: bool) {
        let (mut blocks, frame) = html::fragment(&part.source, self.first + self.blocks.len());
        for block in blocks.iter_mut().filter(|_| is_about) {
            block.kind = BlockKind::Caption;
        }
        self.blocks.extend(blocks);
        self.slots.push(Slot {
            at: part.at.clone(),
            what: What::Inside {
                escape: part.escape,
                frame: Box::new(frame),
            },
        });
    }

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
            Sort::Title | Sort::Shared | Sort::Named | Sort::About => BlockKind::Caption,
            Sort::Caption if in_story(i) => BlockKind::Caption,
            _ => BlockKind::Boilerplate(Boilerplate::Navigation),
        })
        .collect();
    let headline = headline(drafts, story);
    let at: Vec<usize> = (0..drafts.len())
        .filter(|&i| {
            let is_line = drafts[i].is_text() && drafts[i].html.is_none();
            in_story(i) && is_line || headline == Some(i)
        })
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
        let is_byline = drafts[i].sort == Sort::Byline && is_short(drafts[i].text());
        kinds[i] = match role {
            BlockKind::Paragraph if is_byline => BlockKind::Byline,
            role => role,
        };
    }
    kinds
}

/// Words that a byline has at most: what is longer tells of its author.
const BYLINE_WORDS: usize = 12;

fn is_short(text: &str) -> bool {
    text.split_whitespace().nth(BYLINE_WORDS).is_none()
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
    find(&|_, d| d.sort == Sort::Named)
        .or_else(|| find(&|i, d| is_h1(d) && in_story(i) && is_called(d)))
        .or_else(|| find(&|i, d| is_h1(d) && in_story(i)))
        .or_else(|| find(&|_, d| is_h1(d) && !d.place.aside && is_named(d)))
        .or_else(|| find(&|_, d| d.sort == Sort::Shared))
        .or_else(|| find(&|_, d| d.sort == Sort::Title))
}
