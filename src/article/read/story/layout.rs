//! How the lines of a page make paragraphs.
//!
//! Pages come with one paragraph a line, or with lines broken at a width, and the
//! latter with a blank line after each paragraph, with none at all, or (the agency
//! pages of one aggregator) with a blank line after *every* line.

use super::line::Line;

/// What the lines of a page were broken at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::article::read) enum Layout {
    /// One paragraph a line.
    Whole,
    /// Lines broken at `width` characters; `spaced` where a blank line follows each.
    Wrapped { width: usize, spaced: bool },
}

/// The width of lines that a person or a program breaks text at.
const WIDTHS: std::ops::RangeInclusive<usize> = 30..=120;

impl Layout {
    /// The layout of a page whose story stands in `lines`.
    pub(in crate::article::read) fn of(lines: &[Line<'_>]) -> Self {
        let close = Evidence::of(lines, |pair| !pair[1].after_blank);
        if let Some(width) = close.width(lines, false) {
            return Self::Wrapped {
                width,
                spaced: false,
            };
        }
        let spaced = Evidence::of(lines, |pair| pair[1].after_blank);
        match spaced.width(lines, true) {
            Some(width) => Self::Wrapped {
                width,
                spaced: true,
            },
            None => Self::Whole,
        }
    }

    /// Whether `next` goes on with the paragraph that `line` stands in.
    ///
    /// A program that breaks lines never leaves room for the next word. So a line
    /// that ends a sentence and leaves it ends the paragraph; one that ends in the
    /// middle of a sentence does so only where it leaves so much room that it must
    /// be a heading.
    pub(in crate::article::read) fn joins(self, line: &Line<'_>, next: &Line<'_>) -> bool {
        let Self::Wrapped { width, spaced } = self else {
            return false;
        };
        if (next.after_blank && !spaced) || too_wide(next, width) || too_wide(line, width) {
            return false;
        }
        if !leaves_room(line, next, width) {
            return true;
        }
        if line.ends_sentence() {
            return false;
        }
        next.begins_small() || line.text.ends_with('-') || 5 * line.width > 3 * width
    }

    /// Whether the line was broken at the layout's width before `next`.
    pub(in crate::article::read) fn breaks(self, line: &Line<'_>, next: &Line<'_>) -> bool {
        matches!(self, Self::Wrapped { width, .. } if !line.ends_sentence() && !leaves_room(line, next, width))
    }
}

fn leaves_room(line: &Line<'_>, next: &Line<'_>, width: usize) -> bool {
    line.width + 1 + next.first_word_width() <= width
}

fn too_wide(line: &Line<'_>, width: usize) -> bool {
    line.width > width + width / 5
}

/// Pairs of neighbouring lines of which the first ends in the middle of a
/// sentence.
struct Evidence {
    /// Indices of the first lines.
    open: Vec<usize>,
}

impl Evidence {
    fn of(lines: &[Line<'_>], neighbours: fn(&[Line<'_>]) -> bool) -> Self {
        let open = lines
            .windows(2)
            .enumerate()
            .filter(|(_, pair)| neighbours(pair) && !pair[0].ends_sentence())
            .map(|(i, _)| i)
            .collect();
        Self { open }
    }

    /// The width that the lines were broken at, where that is beyond doubt.
    fn width(&self, lines: &[Line<'_>], spaced: bool) -> Option<usize> {
        let mut widths: Vec<usize> = self.open.iter().map(|&i| lines[i].width).collect();
        widths.sort_unstable();
        let median = *widths.get(widths.len() / 2)?;
        // One line too long (a caption, a link) must not stretch the width.
        let width = widths
            .iter()
            .rev()
            .copied()
            .find(|w| *w <= median + median / 5)?;
        if !WIDTHS.contains(&width) {
            return None;
        }
        let small = self.count(|i| lines[i + 1].begins_small());
        let broken = self.count(|i| {
            let (line, next) = (&lines[i], &lines[i + 1]);
            !too_wide(next, width)
                && (next.begins_small()
                    || (!leaves_room(line, next, width) && runs_to_a_stop(lines, i, spaced)))
        });
        let all = self.open.len();
        let enough = if spaced {
            // A list of headlines looks the same but for its capitals.
            all >= 3 && 2 * small >= all
        } else {
            small > 0 || all >= 3
        };
        (enough && 10 * broken >= 7 * all).then_some(width)
    }

    fn count(&self, holds: impl Fn(usize) -> bool) -> usize {
        self.open.iter().filter(|&&i| holds(i)).count()
    }
}

/// Whether a sentence ends within the lines after `i`, as it does in a paragraph
/// and does not in a list of headlines.
fn runs_to_a_stop(lines: &[Line<'_>], i: usize, spaced: bool) -> bool {
    /// Lines of the longest sentence that a newspaper prints.
    const REACH: usize = 8;
    lines[i + 1..]
        .iter()
        .take(REACH)
        .enumerate()
        .take_while(|(n, line)| *n == 0 || spaced || !line.after_blank)
        .any(|(_, line)| line.ends_sentence())
}

/// The lines of one paragraph as one. A hyphen after a letter at the end of a
/// line stays, and the word goes on behind it.
pub(in crate::article::read) fn joined(lines: &[Line<'_>]) -> String {
    let mut out = String::with_capacity(lines.iter().map(|l| l.text.len() + 1).sum());
    for line in lines {
        let mut end = out.chars().rev();
        let hyphenated = end.next() == Some('-') && end.next().is_some_and(char::is_alphabetic);
        if !out.is_empty() && !hyphenated {
            out.push(' ');
        }
        out.push_str(line.text);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paragraphs(text: &str) -> Vec<String> {
        let lines = Line::all(text);
        let layout = Layout::of(&lines);
        lines
            .chunk_by(|a, b| layout.joins(a, b))
            .map(joined)
            .collect()
    }

    #[test]
    fn lines_broken_at_a_width_are_joined() {
        assert_eq!(
            paragraphs(
                "The river rose by two metres in the night and\n\
                 carried off the bridge.\n\
                 Nobody was hurt, the mayor of the town said in\n\
                 a state-\n\
                 ment on Friday.\n"
            ),
            [
                "The river rose by two metres in the night and carried off the bridge.",
                "Nobody was hurt, the mayor of the town said in a state-ment on Friday.",
            ]
        );
    }

    #[test]
    fn a_blank_line_after_every_line_is_no_paragraph() {
        assert_eq!(
            paragraphs(
                "The river rose by two metres in the night and\n\n\
                 carried off the bridge.\n\n\
                 Nobody was hurt, the mayor of the town said on\n\n\
                 the radio, and help was under way from all the\n\n\
                 neighbouring towns.\n"
            )
            .len(),
            2
        );
    }

    #[test]
    fn one_paragraph_a_line_stays_so() {
        let list = "Ferry sinks off Bhola with forty aboard\nTwo held over fake notes in Cumilla\nRain to go on until Sunday\n";
        assert_eq!(paragraphs(list).len(), 3);
        let bangla = "বৃষ্টি আরও দুই দিন চলবে বলে জানিয়েছে অধিদপ্তর\nকুমিল্লায় জাল নোটসহ দুজন গ্রেপ্তার হয়েছেন\nভোলায় ফেরিডুবি, নিখোঁজ চার যাত্রীর খোঁজ চলছে\n";
        assert_eq!(paragraphs(bangla).len(), 3);
        let paragraphs_of_one = "A heading\nThe river rose by two metres in the night and carried off the bridge that the town had built only two years before at great cost.\nNobody was hurt.\n";
        assert_eq!(paragraphs(paragraphs_of_one).len(), 3);
    }

    #[test]
    fn bangla_lines_are_joined_too() {
        assert_eq!(
            paragraphs(
                "রাতে নদীর পানি দুই মিটার বেড়ে শহরের একমাত্র\n\
                 সেতুটি ভাসিয়ে নিয়ে গেছে বলে জানিয়েছেন মেয়র।\n\
                 কেউ হতাহত হয়নি, তবে শহরের সঙ্গে আশপাশের চার\n\
                 গ্রামের যোগাযোগ বন্ধ রয়েছে বলে তিনি সাংবাদিকদের\n\
                 জানান।\n"
            )
            .len(),
            1 + 1
        );
    }
}
