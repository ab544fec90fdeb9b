//! The typography of an answer: spaces around values and marks, and the mark
//! that ends a sentence. Words are not touched.

use crate::language::{Language, Pair};
use crate::mark::quote::Edge;
use crate::plan::{Piece, Segment};

/// Marks that end a sentence and that answers confuse with each other.
const STOPS: [char; 3] = ['.', '।', '|'];

/// Puts the typography of an answer to `segment` right.
///
/// An answer ends in a full stop (in Bangla a danda) where its source does, and
/// in none where its source does not: headlines and parts of sentences have none.
pub(super) fn tidy(mut pieces: Vec<Piece>, segment: &Segment, pair: Pair) -> Vec<Piece> {
    for piece in &mut pieces {
        if let Piece::Text(text) = piece {
            *text = spaced(text);
        }
    }
    pieces.retain(|piece| !matches!(piece, Piece::Text(text) if text.is_empty()));
    stops_inside(&mut pieces, segment);
    apart(&mut pieces);
    pieces = values_apart(pieces);
    trim(&mut pieces);
    let stop = stop_of(pair.target);
    match (end_of(&segment.pieces), end_of(&pieces)) {
        (Some(c), Some(_)) if STOPS.contains(&c) => set_end(&mut pieces, Some(stop)),
        (Some(c), None) if STOPS.contains(&c) => add_end(&mut pieces, stop),
        (None, Some(c)) if STOPS.contains(&c) => set_end(&mut pieces, None),
        _ => {}
    }
    pieces
}

/// Punctuation of the source that no provider saw, as the target writes it.
#[must_use]
pub fn kept(pieces: Vec<Piece>, pair: Pair) -> Vec<Piece> {
    let stop = stop_of(pair.target);
    pieces
        .into_iter()
        .map(|piece| match piece {
            Piece::Text(text) if !text.contains(char::is_alphanumeric) => {
                Piece::Text(text.replace(STOPS, stop.encode_utf8(&mut [0; 4])))
            }
            other => other,
        })
        .collect()
}

fn stop_of(language: Language) -> char {
    if language == Language::BANGLA {
        '।'
    } else {
        '.'
    }
}

/// A stop that the source has inside a quotation is inside: where the answer has
/// it behind the closing mark, it goes back.
fn stops_inside(pieces: &mut Vec<Piece>, segment: &Segment) {
    let inside = |pieces: &[Piece], at: usize| matches!(pieces.get(at.wrapping_sub(1)), Some(Piece::Text(t)) if t.trim_end().ends_with(STOPS));
    let behind = |pieces: &[Piece], at: usize| matches!(pieces.get(at + 1), Some(Piece::Text(t)) if t.trim_start().starts_with(STOPS));
    let wanted: Vec<bool> = closings(&segment.pieces)
        .into_iter()
        .map(|at| inside(&segment.pieces, at) && !behind(&segment.pieces, at))
        .collect();
    let found = closings(pieces);
    if found.len() != wanted.len() {
        return;
    }
    for (at, wanted) in found.into_iter().zip(wanted).rev() {
        if !wanted || inside(pieces, at) || !behind(pieces, at) {
            continue;
        }
        if let Some(Piece::Text(text)) = pieces.get_mut(at + 1) {
            let mut rest = text.trim_start().chars();
            let stop = rest.next().unwrap_or('.');
            *text = rest.as_str().to_owned();
            pieces.insert(at, Piece::Text(stop.to_string()));
        }
    }
    pieces.retain(|piece| !matches!(piece, Piece::Text(text) if text.is_empty()));
}

/// Where the closing marks stand among `pieces`.
fn closings(pieces: &[Piece]) -> Vec<usize> {
    (pieces.iter().enumerate())
        .filter_map(|(at, piece)| matches!(piece, Piece::Quote(Edge::Close, _)).then_some(at))
        .collect()
}

/// One space between words, none before a mark that closes. A line break stays:
/// a sentence has none, and who looks for what is wrong shall see it.
fn spaced(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c == '\n' {
            out.truncate(out.trim_end_matches(' ').len());
            if !out.ends_with('\n') {
                out.push('\n');
            }
        } else if c.is_whitespace() {
            if !out.ends_with([' ', '\n']) {
                out.push(' ');
            }
        } else {
            let closes = matches!(c, ',' | '.' | '।' | ';' | '?' | '!' | ')');
            if closes && out.ends_with([' ', '\n']) && !out.trim_end().is_empty() {
                out.pop();
            }
            out.push(c);
        }
    }
    out
}

/// A value or a quotation never sticks to the word beside it.
pub fn apart(pieces: &mut [Piece]) {
    let word = |c: char| c.is_alphanumeric();
    for i in 1..pieces.len() {
        let (before, after) = pieces.split_at_mut(i);
        match (before.last_mut(), after.first_mut()) {
            (Some(Piece::Hole(..) | Piece::Quote(Edge::Close, _)), Some(Piece::Text(text)))
                if text.starts_with(word) =>
            {
                text.insert(0, ' ');
            }
            (Some(Piece::Text(text)), Some(Piece::Hole(..) | Piece::Quote(Edge::Open, _)))
                if text.ends_with(word) || text.ends_with([',', '।', '?', '!', ';']) =>
            {
                text.push(' ');
            }
            (Some(Piece::Text(text)), Some(Piece::Quote(Edge::Close, _))) => {
                text.truncate(text.trim_end().len());
            }
            (Some(Piece::Quote(Edge::Open, _)), Some(Piece::Text(text))) => {
                *text = text.trim_start().to_owned();
            }
            _ => {}
        }
    }
}

/// Two values in a row are two words.
fn values_apart(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::with_capacity(pieces.len());
    for piece in pieces {
        if matches!(
            (out.last(), &piece),
            (Some(Piece::Hole(..)), Piece::Hole(..))
        ) {
            out.push(Piece::Text(" ".to_owned()));
        }
        out.push(piece);
    }
    out
}

fn trim(pieces: &mut [Piece]) {
    if let Some(Piece::Text(text)) = pieces.first_mut() {
        *text = text.trim_start().to_owned();
    }
    if let Some(Piece::Text(text)) = pieces.last_mut() {
        text.truncate(text.trim_end().len());
    }
}

/// The mark that ends the sentence, inside or outside its last quotation.
fn end_of(pieces: &[Piece]) -> Option<char> {
    let last = pieces
        .iter()
        .rev()
        .find(|piece| !matches!(piece, Piece::Quote(..)))?;
    match last {
        Piece::Text(text) => text
            .trim_end()
            .chars()
            .next_back()
            .filter(|c| STOPS.contains(c) || matches!(c, '?' | '!' | '…' | ':' | ',' | ';')),
        _ => None,
    }
}

/// Replaces the mark that ends the sentence, or takes it away.
fn set_end(pieces: &mut Vec<Piece>, stop: Option<char>) {
    let last = pieces
        .iter_mut()
        .rev()
        .find(|piece| !matches!(piece, Piece::Quote(..)));
    if let Some(Piece::Text(text)) = last {
        let weak = |c: char| STOPS.contains(&c) || matches!(c, ',' | ';' | ':');
        let kept = text.trim_end().trim_end_matches(weak).len();
        text.truncate(kept);
        if let Some(stop) = stop {
            text.push(stop);
        }
    }
    pieces.retain(|piece| !matches!(piece, Piece::Text(text) if text.is_empty()));
}

/// Ends the sentence: inside its last quotation where it ends with one.
fn add_end(pieces: &mut Vec<Piece>, stop: char) {
    let at = match pieces.last() {
        Some(Piece::Quote(Edge::Close, _)) => pieces.len() - 1,
        _ => pieces.len(),
    };
    pieces.insert(at, Piece::Text(stop.to_string()));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Ending;
    use crate::plan::HoleId;

    fn text(t: &str) -> Piece {
        Piece::Text(t.into())
    }

    fn hole() -> Piece {
        Piece::Hole(HoleId(0), Ending::default())
    }

    fn segment(pieces: Vec<Piece>) -> Segment {
        Segment {
            pieces,
            fillings: Vec::new(),
            hints: Vec::new(),
        }
    }

    #[test]
    fn sentences_end_as_their_sources_do() {
        let open = || Piece::Quote(Edge::Open, 0);
        let close = || Piece::Quote(Edge::Close, 0);
        let sentence = segment(vec![text("He said.")]);
        let headline = segment(vec![text("He said")]);
        let quoted = segment(vec![open(), text("No."), close()]);
        let table = [
            (
                &sentence,
                vec![text("তিনি বলেন,")],
                vec![text("তিনি বলেন।")],
            ),
            (
                &sentence,
                vec![text("তিনি বলেন.")],
                vec![text("তিনি বলেন।")],
            ),
            (
                &sentence,
                vec![text("তিনি  বলেন ।")],
                vec![text("তিনি বলেন।")],
            ),
            (
                &sentence,
                vec![text("তিনি বলেন")],
                vec![text("তিনি বলেন"), text("।")],
            ),
            (&headline, vec![text("তিনি বলেন।")], vec![text("তিনি বলেন")]),
            (
                &quoted,
                vec![open(), text(" না "), close()],
                vec![open(), text("না"), text("।"), close()],
            ),
            (
                &headline,
                vec![hole(), text("গেলেন,"), hole()],
                vec![hole(), text(" গেলেন, "), hole()],
            ),
        ];
        for (segment, draft, expected) in table {
            assert_eq!(
                tidy(draft.clone(), segment, Pair::EN_BN),
                expected,
                "{draft:?}"
            );
        }
    }

    #[test]
    fn kept_punctuation_is_the_targets() {
        assert_eq!(kept(vec![text(". ")], Pair::EN_BN), [text("। ")]);
        assert_eq!(kept(vec![text("3.5 m")], Pair::EN_BN), [text("3.5 m")]);
    }
}
