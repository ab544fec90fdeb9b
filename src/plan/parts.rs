//! Taking a segment apart, ever more finely, for a provider that could not keep
//! it whole.

use super::{Piece, Segment, has_words};

/// How finely a segment is taken apart when a provider could not keep it whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grain {
    /// The sentence as it stands.
    Whole,
    /// What is quoted apart from what quotes it.
    Quotes,
    /// Clause by clause: commas, semicolons, colons and dashes.
    Clauses,
    /// The words between two holes, and nothing else.
    Runs,
}

impl Grain {
    /// The next finer grain.
    #[must_use]
    pub fn finer(self) -> Option<Self> {
        match self {
            Self::Whole => Some(Self::Quotes),
            Self::Quotes => Some(Self::Clauses),
            Self::Clauses => Some(Self::Runs),
            Self::Runs => None,
        }
    }
}

/// A part of a segment that was taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Goes to a provider.
    Send(Segment),
    /// Stays as it is: holes, quotation marks, white space and punctuation.
    Keep(Vec<Piece>),
}

impl Segment {
    /// The segment taken apart at `grain`.
    ///
    /// Law: the pieces of the parts, in order, are the pieces of the segment
    /// (a text may be cut in two). A part without words is kept, not sent.
    #[must_use]
    pub fn parts(&self, grain: Grain) -> Vec<Part> {
        let groups = match grain {
            Grain::Whole => vec![self.pieces.clone()],
            Grain::Quotes => by_quotes(&self.pieces),
            Grain::Clauses => by_clauses(&self.pieces),
            Grain::Runs => by_runs(&self.pieces),
        };
        let mut parts = Vec::new();
        for group in groups {
            let (lead, core, tail) = trimmed(group);
            for (pieces, kept) in [(lead, true), (core, false), (tail, true)] {
                if pieces.is_empty() {
                    continue;
                }
                parts.push(if kept || !has_words(&pieces) {
                    Part::Keep(pieces)
                } else {
                    Part::Send(Segment {
                        pieces,
                        fillings: self.fillings.clone(),
                        hints: self.hints.clone(),
                    })
                });
            }
        }
        parts
    }

    /// The segment cut in two near its middle at white space, for a text that is
    /// too long for a provider however it is taken apart. `None` where there is
    /// no white space to cut at.
    #[must_use]
    pub fn halves(&self) -> Option<(Self, Self)> {
        let total: usize = self.pieces.iter().map(length).sum();
        let mut best: Option<(usize, usize, usize)> = None;
        let mut before = 0;
        for (i, piece) in self.pieces.iter().enumerate() {
            if let Piece::Text(text) = piece {
                for (at, _) in text.match_indices(' ') {
                    let distance = (before + at).abs_diff(total / 2);
                    let inner =
                        (i > 0 || at > 0) && (i + 1 < self.pieces.len() || at + 1 < text.len());
                    if inner && best.is_none_or(|(d, ..)| distance < d) {
                        best = Some((distance, i, at));
                    }
                }
            }
            before += length(piece);
        }
        let (_, piece, at) = best?;
        let (mut left, mut right) = (Vec::new(), Vec::new());
        for (i, p) in self.pieces.iter().enumerate() {
            match (i.cmp(&piece), p) {
                (std::cmp::Ordering::Less, p) => left.push(p.clone()),
                (std::cmp::Ordering::Equal, Piece::Text(text)) => {
                    left.push(Piece::Text(text[..at].to_owned()));
                    right.push(Piece::Text(text[at..].to_owned()));
                }
                (_, p) => right.push(p.clone()),
            }
        }
        let with = |pieces| Self {
            pieces,
            fillings: self.fillings.clone(),
            hints: self.hints.clone(),
        };
        Some((with(left), with(right)))
    }
}

fn length(piece: &Piece) -> usize {
    match piece {
        Piece::Text(text) => text.len(),
        Piece::Hole(..) | Piece::Quote(..) => 8,
        Piece::Markup(_) => 0,
    }
}

/// Splits off what is quoted; the marks stand alone.
fn by_quotes(pieces: &[Piece]) -> Vec<Vec<Piece>> {
    let mut groups = vec![Vec::new()];
    for piece in pieces {
        if matches!(piece, Piece::Quote(..)) {
            groups.push(vec![piece.clone()]);
            groups.push(Vec::new());
        } else if let Some(group) = groups.last_mut() {
            group.push(piece.clone());
        }
    }
    groups
}

/// Splits after clause punctuation, quotation marks alone.
fn by_clauses(pieces: &[Piece]) -> Vec<Vec<Piece>> {
    let mut groups = Vec::new();
    for group in by_quotes(pieces) {
        let mut current = Vec::new();
        for piece in group {
            let Piece::Text(text) = piece else {
                current.push(piece);
                continue;
            };
            let mut rest = text.as_str();
            while let Some(at) = clause_end(rest) {
                current.push(Piece::Text(rest[..at].to_owned()));
                groups.push(std::mem::take(&mut current));
                rest = &rest[at..];
            }
            if !rest.is_empty() {
                current.push(Piece::Text(rest.to_owned()));
            }
        }
        groups.push(current);
    }
    groups
}

/// Where the first clause of `text` ends: after its punctuation, before white space;
/// before a bracket that opens and after one that closes.
fn clause_end(text: &str) -> Option<usize> {
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next_is_space = chars.peek().is_some_and(|&(_, c)| c.is_whitespace());
        if at > 0 && opens(c) && text[..at].ends_with(char::is_whitespace) {
            return Some(at);
        }
        if closes(c) && next_is_space {
            return Some(at + c.len_utf8());
        }
        let ends = matches!(c, ',' | ';' | ':' | '،' | '—' | '–' | '।' | '-');
        // A hyphen or dash ends a clause only when it stands between spaces.
        let dash = matches!(c, '-' | '–' | '—');
        let after_space = text[..at].ends_with(char::is_whitespace) || text[..at].ends_with('-');
        if ends && next_is_space && (!dash || after_space) {
            return Some(at + c.len_utf8());
        }
    }
    None
}

/// Every hole and every mark alone, the words between them as one group each; markup
/// parts no words.
fn by_runs(pieces: &[Piece]) -> Vec<Vec<Piece>> {
    let mut groups: Vec<Vec<Piece>> = Vec::new();
    let is_markup = |piece: Option<&Piece>| matches!(piece, Some(Piece::Markup(_)));
    for piece in pieces {
        match groups.last_mut() {
            Some(last)
                if is_markup(Some(piece)) && matches!(last.last(), Some(Piece::Text(_)))
                    || is_markup(last.last())
                        && matches!(piece, Piece::Text(_) | Piece::Markup(_)) =>
            {
                last.push(piece.clone());
            }
            _ => groups.push(vec![piece.clone()]),
        }
    }
    groups
}

fn opens(c: char) -> bool {
    matches!(c, '(' | '[')
}

fn closes(c: char) -> bool {
    matches!(c, ')' | ']')
}

/// Takes the white space, outer punctuation and markup off the ends of a group, and
/// brackets whose partner is not in it.
fn trimmed(mut group: Vec<Piece>) -> (Vec<Piece>, Vec<Piece>, Vec<Piece>) {
    let has = |is: fn(char) -> bool| {
        let mut pieces = group.iter();
        pieces.any(|piece| matches!(piece, Piece::Text(text) if text.contains(is)))
    };
    let (has_opening, has_closing) = (has(opens), has(closes));
    let is_lead = |c| outer(c) || closes(c) || opens(c) && !has_closing;
    let is_tail = |c: char| c.is_whitespace() || opens(c) || closes(c) && !has_opening;
    let (mut lead, mut tail) = (Vec::new(), Vec::new());
    loop {
        match group.first_mut() {
            Some(Piece::Markup(_)) => lead.push(group.remove(0)),
            Some(Piece::Text(text)) => {
                let kept = text.len() - text.trim_start_matches(is_lead).len();
                if kept > 0 {
                    let rest = text.split_off(kept);
                    lead.push(Piece::Text(std::mem::replace(text, rest)));
                }
                if !text.is_empty() {
                    break;
                }
                group.remove(0);
            }
            _ => break,
        }
    }
    loop {
        match group.last_mut() {
            Some(Piece::Markup(_)) => tail.extend(group.pop()),
            Some(Piece::Text(text)) => {
                let kept = text.trim_end_matches(is_tail).len();
                if kept < text.len() {
                    tail.push(Piece::Text(text.split_off(kept)));
                }
                if !text.is_empty() {
                    break;
                }
                group.pop();
            }
            _ => break,
        }
    }
    tail.reverse();
    (lead, group, tail)
}

/// What may stand before the words of a part without belonging to them.
fn outer(c: char) -> bool {
    c.is_whitespace() || matches!(c, ',' | ';' | ':' | '.' | '।' | '–' | '—' | '?' | '!')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Ending;
    use crate::mark::quote::Edge;
    use crate::plan::HoleId;
    use proptest::prelude::*;

    fn text(t: &str) -> Piece {
        Piece::Text(t.to_owned())
    }

    fn hole(id: u16) -> Piece {
        Piece::Hole(HoleId(id), Ending::default())
    }

    fn segment(pieces: Vec<Piece>) -> Segment {
        Segment {
            pieces,
            fillings: Vec::new(),
            hints: Vec::new(),
        }
    }

    fn sent(parts: &[Part]) -> Vec<&[Piece]> {
        parts
            .iter()
            .filter_map(|part| match part {
                Part::Send(segment) => Some(segment.pieces.as_slice()),
                Part::Keep(_) => None,
            })
            .collect()
    }

    #[test]
    fn quotes_and_runs_come_apart() {
        let s = segment(vec![
            text("The two will "),
            Piece::Quote(Edge::Open, 0),
            text("try in "),
            hole(0),
            text(","),
            Piece::Quote(Edge::Close, 0),
            text(" she said."),
        ]);
        let quotes = s.parts(Grain::Quotes);
        assert_eq!(
            sent(&quotes),
            [
                &[text("The two will")][..],
                &[text("try in "), hole(0), text(",")],
                &[text("she said.")]
            ]
        );
        let runs = s.parts(Grain::Runs);
        assert_eq!(
            sent(&runs),
            [
                &[text("The two will")][..],
                &[text("try in")],
                &[text("she said.")]
            ]
        );
    }

    #[test]
    fn clauses_end_after_punctuation_before_space() {
        let s = segment(vec![text("In 1,000 years, she said; well -- yes, no")]);
        let parts = s.parts(Grain::Clauses);
        let sent: Vec<String> = sent(&parts).iter().map(|p| format!("{p:?}")).collect();
        assert_eq!(sent.len(), 5, "{sent:?}");
    }

    #[test]
    fn a_bracket_without_its_partner_stays_at_home() {
        let of = |segment: Segment, grain| -> Vec<String> {
            (segment.parts(grain).into_iter())
                .map(|part| match part {
                    Part::Send(segment) => match segment.pieces.as_slice() {
                        [Piece::Text(text)] => format!("> {text}"),
                        other => format!("> {other:?}"),
                    },
                    Part::Keep(pieces) => match pieces.as_slice() {
                        [Piece::Text(text)] => text.clone(),
                        [Piece::Quote(..)] => "\"".to_owned(),
                        other => format!("{other:?}"),
                    },
                })
                .collect()
        };
        let titles = segment(vec![
            text("Chalamet ("),
            Piece::Quote(Edge::Open, 0),
            text("Marty"),
            Piece::Quote(Edge::Close, 0),
            text("), Jordan (the elder) and Hawke ("),
        ]);
        assert_eq!(
            of(titles, Grain::Quotes),
            [
                "> Chalamet",
                " (",
                "\"",
                "> Marty",
                "\"",
                "), ",
                "> Jordan (the elder) and Hawke",
                " ("
            ]
        );
        let list = segment(vec![text("DEI (Diversity, Equity and Inclusion) programs")]);
        assert_eq!(
            of(list, Grain::Clauses),
            [
                "> DEI",
                " ",
                "(",
                "> Diversity,",
                " ",
                "> Equity and Inclusion",
                ")",
                " ",
                "> programs"
            ]
        );
    }

    fn joined(pieces: impl IntoIterator<Item = Piece>) -> Vec<Piece> {
        let mut out: Vec<Piece> = Vec::new();
        for piece in pieces {
            match (out.last_mut(), piece) {
                (Some(Piece::Text(last)), Piece::Text(text)) => last.push_str(&text),
                (_, piece) => out.push(piece),
            }
        }
        out
    }

    proptest! {
        #[test]
        fn parts_are_the_whole(
            words in proptest::collection::vec("[a-c ,;:ক।-]{1,8}", 1..6),
            holes in proptest::collection::vec(0u8..3, 1..6),
        ) {
            let mut pieces = Vec::new();
            for (i, (word, kind)) in words.iter().zip(&holes).enumerate() {
                pieces.push(text(word));
                match kind {
                    0 => pieces.push(hole(u16::try_from(i).unwrap())),
                    1 => pieces.push(Piece::Quote(Edge::Open, 0)),
                    _ => {}
                }
            }
            let s = segment(pieces.clone());
            for grain in [Grain::Whole, Grain::Quotes, Grain::Clauses, Grain::Runs] {
                let back = s.parts(grain).into_iter().flat_map(|part| match part {
                    Part::Send(s) => s.pieces,
                    Part::Keep(pieces) => pieces,
                });
                prop_assert_eq!(joined(back), joined(pieces.clone()));
            }
            if let Some((a, b)) = s.halves() {
                prop_assert_eq!(joined(a.pieces.into_iter().chain(b.pieces)), joined(pieces));
            }
        }
    }
}
