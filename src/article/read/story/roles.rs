//! What each line of a page is.

use super::aside::{self, Related, Tab};
use super::head;
use super::layout::Layout;
use super::line::Line;
use crate::article::agency::is_agency_line;
use crate::article::{BlockKind, Boilerplate, dateline};

/// Lines between the headline and the first paragraph that are looked at for
/// metadata.
const HEAD: usize = 8;
/// Headlines under one `Read more:`.
const MOST_RELATED: usize = 10;
/// Characters of the longest headline that a page lists.
const LONGEST_HEADLINE: usize = 150;

/// The kind of the block that each line belongs to, and how the lines of the story
/// make paragraphs. What nothing is known of is [`BlockKind::Paragraph`].
pub(in crate::article::read) fn of(lines: &[Line<'_>]) -> (Vec<BlockKind>, Layout) {
    let mut roles = Roles {
        lines,
        of: vec![BlockKind::Paragraph; lines.len()],
    };
    roles.single_lines();
    roles.navigation();
    roles.head();
    let story: Vec<Line<'_>> = roles.story().map(|i| lines[i]).collect();
    let layout = Layout::of(&story);
    roles.related(layout);
    roles.sign_off();
    (roles.of, layout)
}

/// The kind of each block of a page whose markup tells blocks apart. `headline` is the
/// line that the markup says to be one.
pub(in crate::article::read) fn of_blocks(
    lines: &[Line<'_>],
    headline: Option<usize>,
) -> Vec<BlockKind> {
    let mut roles = Roles {
        lines,
        of: vec![BlockKind::Paragraph; lines.len()],
    };
    if let Some(at) = headline {
        roles.set(at, BlockKind::Headline);
    }
    roles.single_lines();
    roles.navigation();
    roles.below_headline(headline.map_or(0, |at| at + 1));
    roles.related(Layout::Whole);
    roles.sign_off();
    roles.of
}

struct Roles<'l, 'a> {
    lines: &'l [Line<'a>],
    of: Vec<BlockKind>,
}

impl Roles<'_, '_> {
    fn is_open(&self, at: usize) -> bool {
        self.of.get(at) == Some(&BlockKind::Paragraph)
    }

    fn set(&mut self, at: usize, kind: BlockKind) {
        if let Some(role) = self.of.get_mut(at) {
            *role = kind;
        }
    }

    /// The lines that are story as far as is known.
    fn story(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.lines.len()).filter(|&i| self.is_open(i))
    }

    /// Lines that say themselves what they are.
    fn single_lines(&mut self) {
        for (at, line) in self.lines.iter().enumerate() {
            if !self.is_open(at) {
                continue;
            }
            if head::is_published(line) {
                self.set(at, BlockKind::Published);
            } else if aside::is_copyright(line) {
                self.set(at, BlockKind::Boilerplate(Boilerplate::Copyright));
            }
        }
        if let Some(last) = self.lines.len().checked_sub(1)
            && aside::is_page_number(&self.lines[last])
        {
            self.set(last, BlockKind::Boilerplate(Boilerplate::PageNumber));
        }
    }

    /// Tabs, and the list of headlines under them where a story stands above. What
    /// reads as a paragraph ends the list.
    fn navigation(&mut self) {
        const KIND: BlockKind = BlockKind::Boilerplate(Boilerplate::Navigation);
        let tabs: Vec<Option<Tab>> = self.lines.iter().map(aside::navigation).collect();
        let mut after_story = false;
        let mut listing = false;
        for (at, line) in self.lines.iter().enumerate() {
            let neighbour =
                |i: Option<usize>| i.and_then(|i| tabs.get(i)).is_some_and(Option::is_some);
            let is_tab = match tabs[at] {
                Some(Tab::Bulleted) => true,
                Some(Tab::Bare) => neighbour(at.checked_sub(1)) || neighbour(Some(at + 1)),
                None => false,
            };
            if is_tab {
                self.set(at, KIND);
                listing = after_story;
            } else if is_paragraph(line) {
                after_story = true;
                listing = false;
            } else if listing && self.is_open(at) {
                self.set(at, KIND);
            }
        }
    }

    /// Headline, agency, byline and date above the story.
    fn head(&mut self) {
        let mut at = 0;
        while at < self.lines.len() && (!self.is_open(at) || self.is_unsigned(at)) {
            if self.is_open(at) {
                self.set(at, self.metadata(at).unwrap_or(BlockKind::Paragraph));
            }
            at += 1;
        }
        if at == self.lines.len() || self.begins_story(at) {
            return;
        }
        self.set(at, BlockKind::Headline);
        at += 1;
        while self.continues_headline(at) {
            self.set(at, BlockKind::Headline);
            at += 1;
        }
        self.below_headline(at);
    }

    /// Agency, byline and date between line `at` and the story.
    fn below_headline(&mut self, at: usize) {
        let mut directly = true;
        for at in at..self.lines.len().min(at + HEAD) {
            if !self.is_open(at) {
                continue;
            }
            let line = &self.lines[at];
            if let Some(kind) = self.metadata(at) {
                self.set(at, kind);
            } else if directly && head::is_byline(line) {
                self.set(at, BlockKind::Byline);
            } else if is_paragraph(line) || self.begins_story(at) {
                return;
            } else {
                directly = false;
            }
        }
    }

    /// Whether line `at` can be metadata even where a headline is expected.
    fn is_unsigned(&self, at: usize) -> bool {
        self.metadata(at)
            .is_some_and(|kind| kind != BlockKind::Published)
    }

    /// The kind of a line that names an agency, a desk or a day and nothing else.
    fn metadata(&self, at: usize) -> Option<BlockKind> {
        let line = &self.lines[at];
        if is_agency_line(line.text) {
            Some(BlockKind::Agency)
        } else if head::is_desk(line) {
            Some(BlockKind::Byline)
        } else if head::is_date(line) {
            Some(BlockKind::Published)
        } else {
            None
        }
    }

    /// Whether the story begins at line `at`, so that the page has no headline:
    /// with a dateline, or a full paragraph on one line or more.
    fn begins_story(&self, at: usize) -> bool {
        let line = &self.lines[at];
        dateline::parse(line.text).is_some()
            || is_sentence(line)
            || line.width > 2 * LONGEST_HEADLINE
            || self.begins_wrapped_paragraph(at)
    }

    /// A first line that goes on in small letters, to the end of a sentence.
    fn begins_wrapped_paragraph(&self, at: usize) -> bool {
        let rest = &self.lines[at..];
        let more = rest.iter().skip(1).take_while(|l| !l.after_blank);
        rest.get(1)
            .is_some_and(|next| !next.after_blank && next.begins_small())
            && !rest[0].ends_sentence()
            && more.last().is_some_and(Line::ends_statement)
    }

    /// Whether the headline that line `at - 1` belongs to runs on.
    fn continues_headline(&self, at: usize) -> bool {
        let Some(line) = self.lines.get(at) else {
            return false;
        };
        !line.after_blank
            && self.is_open(at)
            && line.begins_small()
            && line.width <= LONGEST_HEADLINE
            && !line.ends_statement()
            && !self.lines[at - 1].ends_sentence()
    }

    /// `Read more:` and the headlines that it announces.
    fn related(&mut self, layout: Layout) {
        const KIND: BlockKind = BlockKind::Boilerplate(Boilerplate::Related);
        // Where a list of headlines goes on to the end of the page.
        let last_paragraph = self.story().filter(|&i| !self.is_listed(layout, i)).last();
        for at in 0..self.lines.len() {
            if !self.is_open(at) {
                continue;
            }
            let Some(related) = aside::related(&self.lines[at]) else {
                continue;
            };
            self.set(at, KIND);
            if related == Related::SameLine {
                continue;
            }
            let to_the_end = last_paragraph.is_none_or(|last| last <= at);
            let follows = |i: usize| {
                let directly = !self.lines[i].after_blank;
                // Behind a blank line one headline is sure, a second may be a
                // heading of the story.
                directly && i - at <= MOST_RELATED || i == at + 1 || to_the_end
            };
            let mut end = at + 1;
            while end < self.lines.len()
                && self.is_open(end)
                && follows(end)
                && self.is_listed(layout, end)
                && aside::related(&self.lines[end]).is_none()
                && !(to_the_end && aside::is_sign_off(&self.lines[end]))
            {
                end += 1;
            }
            for i in at + 1..end {
                self.set(i, KIND);
            }
        }
    }

    /// Whether line `at` reads as a headline in a list and not as story.
    fn is_listed(&self, layout: Layout, at: usize) -> bool {
        let line = &self.lines[at];
        let broken = self.lines.get(at + 1).is_some_and(|next| {
            !next.after_blank && self.is_open(at + 1) && layout.breaks(line, next)
        });
        line.width <= LONGEST_HEADLINE
            && !broken
            && !line.ends_statement()
            && !line.begins_small()
            && dateline::parse(line.text).is_none()
    }

    /// The lines under the story that sign it.
    fn sign_off(&mut self) {
        const MOST: usize = 2;
        for _ in 0..MOST {
            let Some(last) = (0..self.lines.len()).rev().find(|&i| self.is_open(i)) else {
                return;
            };
            let has_story = self.of[..last]
                .iter()
                .any(|kind| matches!(kind, BlockKind::Headline | BlockKind::Paragraph));
            if !has_story || !aside::is_sign_off(&self.lines[last]) {
                return;
            }
            self.set(last, BlockKind::SignOff);
        }
    }
}

/// Whether the line reads as a paragraph of a story and not as a headline.
fn is_paragraph(line: &Line<'_>) -> bool {
    const SHORTEST: usize = 60;
    line.width >= SHORTEST && line.ends_statement() || dateline::parse(line.text).is_some()
}

/// Whether a first line is a sentence and no headline, which ends without a stop.
fn is_sentence(line: &Line<'_>) -> bool {
    const FEWEST_WORDS: usize = 4;
    line.ends_statement() && line.text.split_whitespace().nth(FEWEST_WORDS - 1).is_some()
}
