//! Sentence segmentation: one pass over the bytes, one decision a candidate.
//!
//! The engine knows what a sentence terminator looks like in any script, what
//! closes behind it, and where a boundary may never fall; whether a candidate
//! does end a sentence is the language's to say ([`Rules`]).
//!
//! Policy, for every language:
//! - A closing quotation mark or bracket belongs to the sentence that it closes.
//! - A quotation of several sentences is cut between them: each is a unit of
//!   translation. Pairing the marks again is not the segmenter's concern.
//! - A bracket opened within a sentence is not cut inside.
//! - A single line break is white space (scraped text is hard-wrapped); a blank
//!   line ends a sentence.
//! - In doubt there is no boundary: two sentences in one unit translate well,
//!   half a sentence does not.

mod label;
mod scan;
mod site;

use self::label::Label;
pub(super) use self::site::{Mark, Site, is_opening};
use crate::text::{Normal, Span};

/// What a language decides.
pub(super) trait Rules {
    /// Whether a sentence ends at `site`. Asked only where white space, or
    /// nothing at all ([`Site::glued`]), and then more words follow.
    fn ends(&self, site: &Site<'_>) -> bool;
}

/// The sentences of `text` by `rules`; [`super::Profile::sentences`] gives the
/// contract. `whole` is sorted by start; its spans may overlap.
pub(super) fn split(rules: &impl Rules, text: &str, whole: &[Span<Normal>]) -> Vec<Span<Normal>> {
    let trimmed = text.trim_end();
    let mut splitter = Splitter {
        text: trimmed,
        last_word: trimmed.rfind(is_word).unwrap_or(0),
        sentence: Sentence::default(),
        whole,
        found: Vec::with_capacity(trimmed.len() / 128 + 1),
    };
    splitter.begin(trimmed.len() - trimmed.trim_start().len());
    splitter.run(rules);
    splitter.found
}

/// The sentence being read.
#[derive(Default)]
struct Sentence {
    start: usize,
    /// Where its first letter or digit is.
    first_word: usize,
    /// An opening round bracket that is still open.
    bracket: Option<usize>,
    /// The enumerator that it begins with, and so the one that would follow.
    label: Option<Label>,
}

struct Splitter<'t, 'w> {
    text: &'t str,
    /// Where the last letter or digit is: no sentence begins after it.
    last_word: usize,
    sentence: Sentence,
    /// The spans to keep whole that do not lie behind us.
    whole: &'w [Span<Normal>],
    found: Vec<Span<Normal>>,
}

impl Splitter<'_, '_> {
    fn run(&mut self, rules: &impl Rules) {
        let bytes = self.text.as_bytes();
        let mut at = self.sentence.start;
        while let Some(candidate) = scan::next(bytes, at) {
            at = match bytes[candidate] {
                b'.' | b'?' | b'!' => self.terminator(rules, candidate),
                b'\n' => self.line_break(candidate),
                b'(' | b')' => self.bracket(candidate),
                scan::DANDA => match scan::danda(bytes, candidate) {
                    Some(danda) => self.terminator(rules, danda),
                    None => candidate + 1,
                },
                _ => match self.text[candidate..].chars().next() {
                    Some(c) if Mark::of(c).is_some() => self.terminator(rules, candidate),
                    Some(c) if c == Label::BULLET => self.bullet(candidate),
                    _ => candidate + 1,
                },
            };
        }
        if self.sentence.start < bytes.len() {
            self.found
                .push(Span::trusted(self.sentence.start, bytes.len()));
        }
    }

    /// Reads the terminators at `at` and what closes behind them. Returns where
    /// to read on.
    fn terminator(&mut self, rules: &impl Rules, at: usize) -> usize {
        if self.sentence.label.is_some_and(|l| l.closes_at(at)) {
            return at + 1;
        }
        if self.next_item(at) {
            return at + 1;
        }
        let site = Site::read(self.text, self.sentence.start, at);
        let read = site.end;
        if site.next > self.last_word || self.sentence.first_word >= at {
            return read;
        }
        if site.terminators().contains(')') {
            self.sentence.bracket = None;
        } else if self.in_bracket(at) {
            return read;
        }
        if rules.ends(&site) {
            let end = site.boundary();
            self.cut(end, end + self.white_space(end));
        }
        self.sentence.start.max(read)
    }

    /// Whether `at` lies in a bracket that was opened within the sentence and
    /// is closed within reach.
    fn in_bracket(&self, at: usize) -> bool {
        const REACH: usize = 600;
        let within = |&open: &usize| open > self.sentence.first_word;
        let bytes = self.text.as_bytes()[at..].iter();
        self.sentence.bracket.as_ref().is_some_and(within)
            && bytes
                .take(REACH)
                .position(|&b| b == b')')
                .is_some_and(|closing| {
                    let inside = &self.text[at..at + closing];
                    !inside
                        .match_indices('\n')
                        .any(|(line, _)| is_blank_line(&inside[line..]))
                })
    }

    fn bracket(&mut self, at: usize) -> usize {
        if self.text.as_bytes()[at] == b'(' {
            self.sentence.bracket = Some(at);
        } else if !self.next_item(at) {
            self.sentence.bracket = None;
        }
        at + 1
    }

    /// A blank line ends a sentence of any kind.
    fn line_break(&mut self, at: usize) -> usize {
        let rest = &self.text[at + 1..];
        let space = rest.len() - rest.trim_start().len();
        let next = at + 1 + space;
        if is_blank_line(&self.text[at..]) && next <= self.last_word {
            let end = self.text[..at].trim_end().len();
            if end > self.sentence.first_word {
                self.cut(end, next);
            }
        }
        next
    }

    /// A bullet after white space begins an item, in a list of bullets.
    fn bullet(&mut self, at: usize) -> usize {
        let item = self.text[self.sentence.start..].starts_with(Label::BULLET)
            && at > self.sentence.first_word
            && at < self.last_word
            && !self.in_bracket(at);
        let end = self.text[..at].trim_end().len();
        if item && end < at {
            self.cut(end, at);
        }
        at + Label::BULLET.len_utf8()
    }

    /// Cuts before the enumerator whose closing mark is at `at`, where it is the
    /// successor of the one that the sentence begins with.
    fn next_item(&mut self, at: usize) -> bool {
        let Some(label) = self.sentence.label else {
            return false;
        };
        let Some(item) = label.successor_at(self.text, self.sentence.start, at) else {
            return false;
        };
        let end = self.text[..item].trim_end().len();
        end > self.sentence.first_word && !self.in_bracket(at) && self.cut(end, item)
    }

    /// Ends the sentence at `end` and begins the next at `next`, unless that
    /// would cut a span that is to stay whole.
    fn cut(&mut self, end: usize, next: usize) -> bool {
        let behind = self.whole.iter().take_while(|w| w.end() <= end).count();
        self.whole = &self.whole[behind..];
        let mut reaching = self.whole.iter().take_while(|w| w.start() < next);
        if reaching.any(|w| w.end() > end) {
            return false;
        }
        self.found.push(Span::trusted(self.sentence.start, end));
        self.begin(next);
        true
    }

    fn begin(&mut self, start: usize) {
        let rest = &self.text[start..];
        let first_word = rest.find(is_word).unwrap_or(rest.len());
        self.sentence = Sentence {
            start,
            first_word: start + first_word,
            bracket: None,
            label: Label::leading(self.text, start),
        };
    }

    fn white_space(&self, at: usize) -> usize {
        let rest = &self.text[at..];
        rest.len() - rest.trim_start().len()
    }
}

/// A letter, a vowel sign or a digit. Most are told without Unicode's tables.
pub(super) fn is_word(c: char) -> bool {
    match c {
        '\0'..='\x7F' => c.is_ascii_alphanumeric(),
        'অ'..='হ' | 'া'..='ৌ' | 'ড়'..='য়' | '০'..='৯' => true,
        '।' | '॥' | '‐'..='…' => false,
        _ => c.is_alphanumeric(),
    }
}

/// Whether the line break that `rest` begins with is followed by a blank line.
fn is_blank_line(rest: &str) -> bool {
    let next = rest[1..].find(|c: char| !c.is_whitespace());
    rest[1..=next.unwrap_or(rest.len() - 1)].contains('\n')
}

#[cfg(test)]
pub(super) mod tests;
