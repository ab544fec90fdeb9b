//! The bullets of lists in plain text: no service gets to see them, for some make a word
//! of one.

use std::borrow::Cow;

use crate::plan::{Piece, Segment};

const BULLETS: [char; 12] = ['*', '•', '◦', '▪', '■', '●', '○', '‣', '➤', '-', '–', '—'];

/// The bullet that a text begins with, white space around it included; empty where there
/// is none.
fn bullet(text: &str) -> &str {
    let after = text.trim_start().strip_prefix(BULLETS);
    match after.filter(|after| after.starts_with(char::is_whitespace)) {
        Some(after) => &text[..text.len() - after.trim_start().len()],
        None => "",
    }
}

/// The segment without the bullet that it begins with.
pub(super) fn without(segment: &Segment) -> Cow<'_, Segment> {
    let Some((Piece::Text(text), rest)) = segment.pieces.split_first() else {
        return Cow::Borrowed(segment);
    };
    let words = &text[bullet(text).len()..];
    if words.len() == text.len() {
        return Cow::Borrowed(segment);
    }
    let words = (!words.is_empty()).then(|| Piece::Text(words.to_owned()));
    Cow::Owned(Segment {
        pieces: words.into_iter().chain(rest.iter().cloned()).collect(),
        fillings: segment.fillings.clone(),
        hints: segment.hints.clone(),
    })
}

/// The pieces of an answer, with the bullet of the segment in front of them in place of
/// any of their own.
pub(super) fn put_back(mut pieces: Vec<Piece>, segment: &Segment) -> Vec<Piece> {
    let own = match segment.pieces.first() {
        Some(Piece::Text(text)) => bullet(text),
        _ => "",
    };
    if own.is_empty() || pieces.is_empty() {
        return pieces;
    }
    match pieces.first_mut() {
        Some(Piece::Text(text)) => {
            let words = text[bullet(text).len()..].trim_start();
            *text = format!("{own}{words}");
        }
        _ => pieces.insert(0, Piece::Text(own.to_owned())),
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Ending;
    use crate::plan::HoleId;

    fn segment(pieces: &[Piece]) -> Segment {
        Segment {
            pieces: pieces.to_vec(),
            fillings: Vec::new(),
            hints: Vec::new(),
        }
    }

    #[test]
    fn a_bullet_stays_at_home_and_comes_back() {
        let text = |t: &str| Piece::Text(t.to_owned());
        let hole = Piece::Hole(HoleId(0), Ending::default());
        for (sent, words, answer, expected) in [
            ("* The port", "The port", "বন্দর", "* বন্দর"),
            ("  • The port", "The port", "• বন্দর", "  • বন্দর"),
            ("– The port", "The port", " বন্দর", "– বন্দর"),
            ("-AA", "-AA", "-এএ", "-এএ"),
            ("The port * two", "The port * two", "বন্দর", "বন্দর"),
        ] {
            let segment = segment(&[text(sent)]);
            assert_eq!(without(&segment).pieces, [text(words)], "{sent}");
            let back = put_back(vec![text(answer)], &segment);
            assert_eq!(back, [text(expected)], "{sent}");
        }
        let item = segment(&[text("* "), hole.clone(), text(" people")]);
        assert_eq!(without(&item).pieces, [hole.clone(), text(" people")]);
        let back = put_back(vec![hole.clone(), text(" জন")], &item);
        assert_eq!(back, [text("* "), hole.clone(), text(" জন")]);
        assert!(put_back(Vec::new(), &item).is_empty(), "still no answer");
    }
}
