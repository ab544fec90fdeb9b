//! The stop at the end of a quotation.
//!
//! American English puts every full stop before the closing mark. Bangla puts it
//! there at the end of speech (‘আমরা যাব।’) and behind the mark where the quotation
//! is part of the reporter's sentence (একে ‘প্রহসন’ বলেন; তাঁর ছবি ‘পথের পাঁচালী’।).

use crate::language::Quotation;
use crate::mark::quote::Edge;
use crate::plan::{Piece, Segment};

/// What a quotation is in its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    /// Speech, with a stop of its own.
    Speech,
    /// Words of the reporter's sentence.
    Part,
    /// Speech without a stop, or what cannot be told.
    Other,
}

/// Brings the stops of a sentence's quotations to their side of the mark.
#[derive(Debug)]
pub(super) struct Stops {
    /// What each quotation is, by the order in which they close; none where the
    /// language leaves stops where they are.
    sorts: std::vec::IntoIter<Sort>,
    /// Whether the mark just written closed speech without a stop before it.
    lacks_stop: bool,
}

impl Stops {
    /// The stops of `segment`, in a language that quotes with `marks`.
    pub(super) fn of(segment: &Segment, marks: Quotation) -> Self {
        let sorts = if marks.comma_inside {
            Vec::new()
        } else {
            sorts(&segment.pieces)
        };
        Self {
            sorts: sorts.into_iter(),
            lacks_stop: false,
        }
    }

    /// Before a closing mark is written behind `text`: takes the stop away that has
    /// to stand behind it, and gives it back.
    pub(super) fn close(&mut self, text: &mut String, next: Option<&Piece>) -> Option<char> {
        let sort = self.sorts.next();
        let ends = match next {
            None => true,
            Some(Piece::Text(words)) => words.starts_with(char::is_whitespace),
            Some(Piece::Hole(..) | Piece::Quote(..) | Piece::Markup(_)) => false,
        };
        self.lacks_stop = sort == Some(Sort::Speech) && !text.ends_with(['।', '?', '!', '…']);
        if sort == Some(Sort::Part) && ends && text.ends_with(STOP) {
            return text.pop();
        }
        None
    }

    /// The rest of `words`, which follow `text`, once their stop stands before the
    /// mark that `text` ends with, where it belongs there.
    pub(super) fn drawn_in<'w>(&mut self, text: &mut String, words: &'w str) -> &'w str {
        let lacks_stop = std::mem::take(&mut self.lacks_stop);
        match words.strip_prefix(STOP).filter(|_| lacks_stop) {
            Some(rest) => {
                let mark = text.pop();
                text.push(STOP);
                text.extend(mark);
                rest
            }
            None => words,
        }
    }
}

/// The stop that moves. What asks or calls belongs to the words.
const STOP: char = '।';

/// What each quotation of a source is, in the order in which they close.
fn sorts(pieces: &[Piece]) -> Vec<Sort> {
    let mut open = Vec::new();
    let mut sorts = Vec::new();
    for (i, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Quote(Edge::Open, _) => open.push(i),
            Piece::Quote(Edge::Close, _) => {
                let stopped = matches!(&pieces[..i], [.., Piece::Text(words)] if words.ends_with(['.', STOP]));
                let sort = match open.pop() {
                    Some(at) if is_part(pieces, at) => Sort::Part,
                    _ if stopped => Sort::Speech,
                    _ => Sort::Other,
                };
                sorts.push(sort);
            }
            Piece::Text(_) | Piece::Hole(..) | Piece::Markup(_) => {}
        }
    }
    sorts
}

/// Whether the quotation that opens at `at` goes on with the reporter's sentence:
/// it begins small, or no comma, colon or dash leads to it.
fn is_part(pieces: &[Piece], at: usize) -> bool {
    let begins_small = match pieces.get(at + 1) {
        Some(Piece::Text(words)) => words.starts_with(char::is_lowercase),
        _ => false,
    };
    let is_led_to = match at.checked_sub(1).and_then(|before| pieces.get(before)) {
        None | Some(Piece::Quote(..)) => true,
        Some(Piece::Text(words)) => {
            let words = words.trim_end();
            words.is_empty() && at == 1
                || words.ends_with([',', ':', '—', '–', '-', '.', '?', '!', STOP])
        }
        Some(Piece::Hole(..) | Piece::Markup(_)) => false,
    };
    begins_small || !is_led_to
}

#[cfg(test)]
mod tests {
    use crate::assemble::fill;
    use crate::language::{Language, profile};
    use crate::mark::quote;
    use crate::plan::{Piece, Segment};
    use crate::style::Style;

    fn segment(text: &str) -> Segment {
        let mut pieces = Vec::new();
        let mut at = 0;
        for mark in quote::pair(text, &[], true).marks {
            if mark.span.start() > at {
                pieces.push(Piece::Text(text[at..mark.span.start()].to_owned()));
            }
            pieces.push(Piece::Quote(mark.edge, mark.depth));
            at = mark.span.end();
        }
        if at < text.len() {
            pieces.push(Piece::Text(text[at..].to_owned()));
        }
        Segment {
            pieces,
            fillings: Vec::new(),
            hints: Vec::new(),
        }
    }

    #[test]
    fn a_stop_stands_on_its_side_of_the_mark() {
        let table = [
            // Part of the sentence: the stop follows.
            (
                "The film is “Train Dreams.”",
                "ছবিটি ‘ট্রেন ড্রিমস।’",
                "ছবিটি ‘ট্রেন ড্রিমস’।",
            ),
            (
                "He said it was “a farce.”",
                "তিনি বলেন, এটি ‘প্রহসন।’",
                "তিনি বলেন, এটি ‘প্রহসন’।",
            ),
            (
                "He called it “a farce”.",
                "একে তিনি বলেন ‘প্রহসন’।",
                "একে তিনি বলেন ‘প্রহসন’।",
            ),
            // Speech: the stop belongs to it.
            (
                "He said, “We will go.”",
                "তিনি বলেন, ‘আমরা যাব’।",
                "তিনি বলেন, ‘আমরা যাব।’",
            ),
            (
                "He said: “Will we go?”",
                "তিনি বলেন, ‘আমরা কি যাব?’",
                "তিনি বলেন, ‘আমরা কি যাব?’",
            ),
            ("“We will go.”", "‘আমরা যাব’।", "‘আমরা যাব।’"),
            // Without a stop of its own nothing moves.
            (
                "“We will go,” he said.",
                "তিনি বলেন, ‘আমরা যাব’।",
                "তিনি বলেন, ‘আমরা যাব’।",
            ),
        ];
        for (source, draft, expected) in table {
            let done = fill(
                &segment(source),
                &segment(draft).pieces,
                profile(Language::BANGLA),
                &Style::default(),
            );
            assert_eq!(done.text, expected, "{source}");
        }
    }
}
