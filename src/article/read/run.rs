//! Running text with markup in it, while a reader collects it.

use std::ops::Range;

use super::story::line::is_space;
use crate::article::frame::Tag;
use crate::article::{Inline, Role};
use crate::text::Span;

/// Text as a reader of it sees it, its elements, and where each stands in the file.
#[derive(Debug, Default)]
pub(super) struct Run {
    text: String,
    stretches: Vec<Stretch>,
    /// In the order in which they begin.
    elements: Vec<Element>,
    /// Which of them are open, the innermost last.
    open: Vec<usize>,
    /// Whether there is a letter or a figure in the text.
    words: bool,
}

/// Text that stands in the file in one piece.
#[derive(Debug)]
struct Stretch {
    text: usize,
    raw: Range<usize>,
    /// Whether each byte stands for itself, so that it can be cut.
    literal: bool,
}

#[derive(Debug)]
struct Element {
    role: Role,
    open: Range<usize>,
    /// `None` where nothing closes it in this run.
    close: Option<Range<usize>>,
    text: Range<usize>,
}

/// An element that was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Opened(usize);

/// Text of a run that makes a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    /// The bytes of the file that it takes, with the markup in it.
    pub(super) at: Range<usize>,
    pub(super) text: String,
    pub(super) inline: Vec<Inline>,
    pub(super) tags: Vec<Tag>,
}

impl Run {
    /// What was collected so far, white space around it.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Whether there is anything to translate or to write otherwise.
    pub(super) fn has_words(&self) -> bool {
        self.words
    }

    /// How many elements it has.
    pub(super) fn elements(&self) -> usize {
        self.elements.len()
    }

    /// Adds a text that `raw` stands for.
    pub(super) fn push(&mut self, text: &str, raw: Range<usize>) {
        self.words = self.words || text.chars().any(char::is_alphanumeric);
        let literal = text.len() == raw.len();
        match self.stretches.last_mut() {
            Some(last) if literal && last.literal && last.raw.end == raw.start => {
                last.raw.end = raw.end;
            }
            _ => self.stretches.push(Stretch {
                text: self.text.len(),
                raw,
                literal,
            }),
        }
        self.text.push_str(text);
    }

    /// Adds white space, which is one space however much there is. Behind a place that
    /// has a space before it, it belongs to the place.
    pub(super) fn space(&mut self, raw: Range<usize>) {
        if self.text.is_empty() {
            return;
        }
        if !self.text.ends_with(' ') {
            return self.push(" ", raw);
        }
        let at = self.text.len();
        let is_place = |e: &&mut Element| {
            e.role == Role::Point && e.text.start == at && e.open.end == raw.start
        };
        if let Some(place) = self.elements.last_mut().filter(is_place) {
            place.open.end = raw.end;
            place.close = Some(raw.end..raw.end);
        }
    }

    /// Opens an element.
    pub(super) fn open(&mut self, raw: Range<usize>, role: Role) -> Opened {
        let at = self.text.len();
        self.open.push(self.elements.len());
        self.elements.push(Element {
            role,
            open: raw,
            close: None,
            text: at..at,
        });
        Opened(self.elements.len() - 1)
    }

    /// Closes an element. Those that were opened in it and are still open have no end
    /// of their own, and a later one that would be theirs is a [`point`](Self::point).
    /// Whether it was open.
    pub(super) fn close(&mut self, Opened(id): Opened, raw: Range<usize>) -> bool {
        let Some(depth) = self.open.iter().rposition(|&open| open == id) else {
            return false;
        };
        self.open.truncate(depth);
        let end = self.text.len();
        let Some(element) = self.elements.get_mut(id) else {
            return false;
        };
        let within = self.text.get(element.text.start..end).unwrap_or_default();
        if within.chars().all(char::is_whitespace) {
            // There is nothing to stand around: with all that is in it, it is a place.
            element.open.end = raw.end;
            element.close = Some(raw.end..raw.end);
            element.role = Role::Point;
            self.elements.truncate(id + 1);
        } else {
            element.close = Some(raw);
            element.text.end = end;
        }
        true
    }

    /// What was collected in an element that is open.
    pub(super) fn within(&self, Opened(id): Opened) -> &str {
        let start = self.elements.get(id).map_or(0, |e| e.text.start);
        self.text.get(start..).unwrap_or_default()
    }

    /// Gives an element another role.
    pub(super) fn becomes(&mut self, Opened(id): Opened, role: Role) {
        if let Some(element) = self.elements.get_mut(id) {
            element.role = role;
        }
    }

    /// Adds what stands between words and encloses none.
    pub(super) fn point(&mut self, raw: Range<usize>) {
        let at = self.text.len();
        self.elements.push(Element {
            role: Role::Point,
            close: Some(raw.end..raw.end),
            open: raw,
            text: at..at,
        });
    }

    /// The text without the white space around it; of `range`, as bytes of
    /// [`text`](Self::text).
    pub(super) fn trimmed(&self, range: Range<usize>) -> Range<usize> {
        let text = self.text.get(range.clone()).unwrap_or_default();
        let start = range.end - text.trim_start_matches(is_space).len();
        let end = range.start + text.trim_end_matches(is_space).len();
        start..end.max(start)
    }

    /// Whether no element has words on both sides of `at`, but for those that enclose
    /// all of the text.
    pub(super) fn may_cut(&self, at: usize) -> bool {
        let all = self.trimmed(0..self.text.len());
        let crosses = |e: &Element| {
            let whole = e.text.start <= all.start && e.text.end >= all.end;
            e.close.is_some() && e.text.start < at && at < e.text.end && !whole
        };
        !self.elements.iter().any(crosses)
    }

    /// A range of the text as a block; `None` where there is nothing in it to translate.
    ///
    /// Elements that enclose all of it stay outside, and so does what stands before
    /// its first word or behind its last.
    pub(super) fn piece(&self, range: Range<usize>) -> Option<Piece> {
        let range = self.trimmed(range);
        let text = self.text.get(range.clone())?;
        if !self.is_translated(&range) {
            return None;
        }
        let words = self.raw_start(range.start)..self.raw_end(range.end);
        let mut at = words.clone();
        for element in &self.elements {
            let shares = element.text.start < range.end && element.text.end > range.start;
            if let Some(close) = element.close.as_ref().filter(|_| shares) {
                let encloses_all = element.open.end <= words.start && close.start >= words.end;
                // What the format calls all of it is known of its words alone.
                if !encloses_all || matches!(element.role, Role::Annotated(_)) {
                    at.start = at.start.min(element.open.start);
                    at.end = at.end.max(close.end);
                }
            }
        }
        let mut inline = Vec::new();
        let mut tags = Vec::new();
        for element in &self.elements {
            let (role, close) = match &element.close {
                Some(close) => (element.role, close.clone()),
                None => (Role::Point, element.open.end..element.open.end),
            };
            if element.open.start < at.start || close.end > at.end {
                continue;
            }
            let within = |at: usize| at.clamp(range.start, range.end) - range.start;
            let (start, end) = (within(element.text.start), within(element.text.end));
            let end = if role == Role::Point { start } else { end };
            inline.push(Inline {
                span: Span::trusted(start, end.max(start)),
                role,
            });
            tags.push(Tag {
                open: element.open.clone(),
                close,
            });
        }
        Some(Piece {
            at,
            text: text.to_owned(),
            inline,
            tags,
        })
    }

    /// Whether a word of the range is to be translated.
    fn is_translated(&self, range: &Range<usize>) -> bool {
        let mut at = range.start;
        let has_words = |from: usize, to: usize| {
            let text = self.text.get(from..to.min(range.end)).unwrap_or_default();
            text.chars().any(char::is_alphanumeric)
        };
        for element in self.elements.iter().filter(|e| e.role == Role::Verbatim) {
            if element.close.is_some() && element.text.end > at {
                if has_words(at, element.text.start.max(at)) {
                    return true;
                }
                at = element.text.end;
            }
        }
        has_words(at, range.end)
    }

    /// Where the character that begins at `at` begins in the file.
    fn raw_start(&self, at: usize) -> usize {
        let behind = self.stretches.partition_point(|s| s.text <= at);
        let stretch = behind.checked_sub(1).and_then(|i| self.stretches.get(i));
        stretch.map_or(0, |s| {
            if s.literal {
                s.raw.start + (at - s.text)
            } else {
                s.raw.start
            }
        })
    }

    /// Where the character that ends at `at` ends in the file.
    fn raw_end(&self, at: usize) -> usize {
        let behind = self.stretches.partition_point(|s| s.text < at);
        let stretch = behind.checked_sub(1).and_then(|i| self.stretches.get(i));
        stretch.map_or(0, |s| {
            if s.literal {
                s.raw.start + (at - s.text)
            } else {
                s.raw.end
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `foo <b>bar</b>`, read by hand.
    fn run() -> Run {
        let mut run = Run::default();
        run.space(0..1);
        let i = run.open(1..4, Role::Around);
        run.push("Foo", 4..7);
        run.space(7..8);
        let b = run.open(8..11, Role::Around);
        run.push("&", 11..16);
        run.push("bar", 16..19);
        assert!(run.close(b, 19..23));
        assert!(run.close(i, 23..27));
        run.space(27..29);
        run
    }

    #[test]
    fn what_encloses_everything_stays_outside() {
        let run = run();
        let piece = run.piece(0..run.text().len()).unwrap();
        assert_eq!((piece.text.as_str(), piece.at), ("Foo &bar", 4..23));
        let inline = Inline {
            span: Span::trusted(4, 8),
            role: Role::Around,
        };
        assert_eq!(piece.inline, [inline]);
        assert_eq!(piece.tags[0].close, 19..23);
    }

    #[test]
    fn a_text_is_cut_where_no_element_is() {
        let run = run();
        assert!(run.may_cut(3) && run.may_cut(4) && !run.may_cut(5));
        let second = run.piece(4..8).unwrap();
        assert_eq!((second.text.as_str(), second.at), ("&bar", 11..19));
        assert_eq!(run.piece(0..4).unwrap().at, 4..7);
    }

    #[test]
    fn what_is_not_closed_or_empty_is_a_place() {
        let mut run = Run::default();
        run.push("a", 0..1);
        let empty = run.open(1..4, Role::Around);
        run.point(4..9);
        run.close(empty, 9..13);
        let b = run.open(13..16, Role::Around);
        run.push("b", 16..17);
        let i = run.open(17..20, Role::Around);
        run.push("c", 20..21);
        assert!(run.close(b, 21..25) && !run.close(i, 25..29));
        run.push("d", 29..30);
        let piece = run.piece(0..4).unwrap();
        let told: Vec<_> = piece
            .inline
            .iter()
            .map(|i| (i.span.range(), i.role))
            .collect();
        assert_eq!(
            told,
            [
                (1..1, Role::Point),
                (1..3, Role::Around),
                (2..2, Role::Point)
            ]
        );
        assert_eq!(piece.tags[0].open, 1..13);
    }

    #[test]
    fn where_nothing_is_translated_there_is_no_block() {
        let mut run = Run::default();
        let code = run.open(0..6, Role::Verbatim);
        run.push("x", 6..7);
        run.close(code, 7..14);
        run.push(" —", 14..18);
        assert_eq!(run.piece(0..run.text().len()), None);
    }
}
