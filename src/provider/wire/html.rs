//! Holes as `<span translate="no" class="notranslate" id="h3">…</span>` in HTML.
//!
//! The value inside is that of the target language: it is what the service sees
//! stand there. Both the attribute and the class are written, since services
//! honour one or the other. What comes back inside a span is not read; which
//! span it is, its `id` tells, or its content where the service dropped the `id`.
//!
//! Markup is `<b id="m3">…</b>`, which these services know to stand around words. A
//! place between words has no such tag and is left out.

use std::fmt::Write;

use super::markup::Elements;
use super::tags::{escape, unescape};
use super::{Encoded, glyph, push_hole, push_text};
use crate::language::Profile;
use crate::plan::{ElementId, HoleId, Markup, Piece, Segment};

/// Longest opening tag that is looked at, in bytes.
const LONGEST: usize = 256;

pub(super) fn encode(segment: &Segment, language: &dyn Profile) -> Encoded {
    let mut text = String::new();
    let mut holes = Vec::new();
    let mut markup = Vec::new();
    for piece in &segment.pieces {
        match piece {
            Piece::Text(t) => escape(t, &mut text),
            Piece::Hole(id, ending) => {
                let start = text.len();
                let _ = write!(
                    text,
                    "<span translate=\"no\" class=\"notranslate\" id=\"h{}\">",
                    id.0
                );
                if let Some(filling) = segment.filling(*id) {
                    escape(&filling.target, &mut text);
                }
                text.push_str("</span>");
                text.push_str(&language.detached(ending));
                holes.push((*id, start..text.len()));
            }
            Piece::Quote(edge, depth) => text.push(glyph(language, *edge, *depth)),
            Piece::Markup(Markup::Point(_)) => {}
            Piece::Markup(edge) => {
                let start = text.len();
                let _ = match edge {
                    Markup::Open(id) => write!(text, "<b id=\"m{}\">", id.0),
                    _ => write!(text, "</b>"),
                };
                markup.push(start..text.len());
            }
        }
    }
    Encoded {
        text,
        holes,
        markup,
    }
}

pub(super) fn decode(answer: &str, segment: &Segment, target: &dyn Profile) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut named: Vec<HoleId> = Vec::new();
    let mut elements = Elements::of(segment);
    // An apostrophe may begin an ending, and is no markup.
    let answer = &answer.replace("&#39;", "'");
    let mut rest = answer.as_str();
    while let Some(tag) = next_tag(rest, elements.is_sent()) {
        let span = match tag {
            Tag::Hole(span) => span,
            Tag::Markup { start, id, end } => {
                push_text(&mut pieces, &unescape(&rest[..start]));
                match id {
                    Some(id) => elements.open(&mut pieces, id),
                    None => elements.close(&mut pieces),
                }
                rest = &rest[end..];
                continue;
            }
        };
        push_text(&mut pieces, &unescape(&rest[..span.start]));
        let content = unescape(&rest[span.content.clone()]);
        let id = span.id.or_else(|| by_content(&content, segment, &named));
        if let Some(id) = id {
            named.push(id);
            rest = push_hole(&mut pieces, id, &rest[span.end..], target);
            rest = attached(&mut pieces, segment, rest, target);
        } else {
            // A span of nobody: its words are words.
            push_text(&mut pieces, &content);
            rest = &rest[span.end..];
        }
    }
    push_text(&mut pieces, &unescape(rest));
    pieces
}

/// Reads an ending that follows directly, as it attaches to what fills the hole.
fn attached<'t>(
    pieces: &mut [Piece],
    segment: &Segment,
    rest: &'t str,
    target: &dyn Profile,
) -> &'t str {
    if let Some(Piece::Hole(id, ending)) = pieces.last_mut()
        && ending.is_empty()
        && let Some(filling) = segment.filling(*id)
        && let Some((found, length)) = target.ending_after(&filling.target, rest)
    {
        *ending = found;
        return &rest[length..];
    }
    rest
}

/// The first hole whose value is `content` and that has not come yet.
fn by_content(content: &str, segment: &Segment, named: &[HoleId]) -> Option<HoleId> {
    let content = content.trim();
    segment.holes().find(|id| {
        let filling = segment.filling(*id);
        !named.contains(id) && filling.is_some_and(|f| f.target == content || f.source == content)
    })
}

/// A span, by byte offsets.
struct Found {
    start: usize,
    content: std::ops::Range<usize>,
    end: usize,
    id: Option<HoleId>,
}

/// A tag in an answer.
enum Tag {
    Hole(Found),
    /// An edge of an element, by byte offsets; without an `id` it closes.
    Markup {
        start: usize,
        id: Option<ElementId>,
        end: usize,
    },
}

/// The first `<span …>…</span>`, tolerant of spaces and of upper case; or the first
/// tag of markup, where any was sent.
fn next_tag(text: &str, with_markup: bool) -> Option<Tag> {
    let mut from = 0;
    loop {
        let start = from + text[from..].find('<')?;
        if let Some(found) = span(text, start) {
            return Some(Tag::Hole(found));
        }
        if let Some((id, end)) = with_markup.then(|| element(text, start)).flatten() {
            return Some(Tag::Markup { start, id, end });
        }
        from = start + 1;
    }
}

/// `<b id="m3">` or `</b>` at `start`: its number, and where it ends.
fn element(text: &str, start: usize) -> Option<(Option<ElementId>, usize)> {
    let name = text[start + 1..].trim_start();
    let (name, closes) = match name.strip_prefix('/') {
        Some(name) => (name.trim_start(), true),
        None => (name, false),
    };
    let after = name.strip_prefix(['b', 'B'])?;
    let length = after.find('>').filter(|&length| length <= LONGEST)?;
    let end = text.len() - after.len() + length + 1;
    let attributes = &after[..length];
    if closes {
        return attributes.trim().is_empty().then_some((None, end));
    }
    if !attributes.starts_with([' ', '\n']) {
        return None;
    }
    Some((Some(ElementId(number(attributes, 'm')?)), end))
}

fn span(text: &str, start: usize) -> Option<Found> {
    let name = text[start + 1..].trim_start();
    let after = strip_name(name)?;
    if !after.starts_with([' ', '\n', '>', '/']) {
        return None;
    }
    let opened = after.find('>').filter(|&length| length <= LONGEST)?;
    let id = number(&after[..opened], 'h').map(HoleId);
    let inner = text.len() - after.len() + opened + 1;
    if after[..opened].trim_end().ends_with('/') {
        return Some(Found {
            start,
            content: inner..inner,
            end: inner,
            id,
        });
    }
    let mut at = inner;
    loop {
        let close = at + text[at..].find('<')?;
        let tag = text[close + 1..].trim_start();
        let closing = tag
            .strip_prefix('/')
            .and_then(|name| strip_name(name.trim_start()));
        if let Some(rest) = closing.and_then(|rest| rest.trim_start().strip_prefix('>')) {
            return Some(Found {
                start,
                content: inner..close,
                end: text.len() - rest.len(),
                id,
            });
        }
        at = close + 1;
    }
}

fn strip_name(text: &str) -> Option<&str> {
    let name = text.get(..4)?;
    name.eq_ignore_ascii_case("span").then(|| &text[4..])
}

/// The number in `id="h3"`, by the letter before it.
fn number(attributes: &str, letter: char) -> Option<u16> {
    let lower = attributes.to_ascii_lowercase();
    let at = lower
        .match_indices("id")
        .map(|(at, _)| at)
        .find(|&at| lower[..at].ends_with([' ', '\n', '"', '\'']))?;
    let value = lower[at + 2..].trim_start().strip_prefix('=')?.trim_start();
    let value = value.trim_start_matches(['"', '\'', ' ']);
    let digits = value.strip_prefix(letter)?;
    let end = digits
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(digits.len());
    digits[..end].parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::{Case, Ending, Language, Pair};
    use crate::plan::{Filling, HoleKind};
    use crate::provider::wire::{self, Protection};
    use crate::text::Span;

    fn segment() -> Segment {
        let filling = |source: &str, target: &str| Filling {
            kind: HoleKind::Verbatim,
            source: source.into(),
            target: target.into(),
            span: Span::trusted(0, 0),
        };
        Segment {
            pieces: vec![
                Piece::Hole(HoleId(0), Ending::case(Case::Genitive)),
                Piece::Text(" firm AT&T left ".into()),
                Piece::Hole(HoleId(1), Ending::default()),
                Piece::Text(".".into()),
            ],
            fillings: vec![filling("Russia", "রাশিয়া"), filling("Moscow", "মস্কো")],
            hints: Vec::new(),
        }
    }

    #[test]
    fn values_travel_in_spans() {
        let sent = wire::encode(&segment(), Language::ENGLISH, Protection::Html);
        assert_eq!(
            sent.text,
            "<span translate=\"no\" class=\"notranslate\" id=\"h0\">রাশিয়া</span>'s firm \
             AT&amp;T left <span translate=\"no\" class=\"notranslate\" id=\"h1\">মস্কো</span>."
        );
    }

    #[test]
    fn spans_are_read_however_they_come_back() {
        let wanted = [
            Piece::Hole(HoleId(0), Ending::case(Case::Genitive)),
            Piece::Text(" AT&T ".into()),
            Piece::Hole(HoleId(1), Ending::default()),
            Piece::Text(" ছাড়ল।".into()),
        ];
        for answer in [
            "<span translate=\"no\" class=\"notranslate\" id=\"h0\">রাশিয়া</span>-এর AT&amp;T <span id=\"h1\">মস্কো</span> ছাড়ল।",
            "<SPAN id='h0' translate=no>Russia</SPAN>র AT&T <span id=h1 >Moskva</span > ছাড়ল।",
            "<span translate=\"no\">রাশিয়া</span>র AT&amp;T <span>মস্কো</span> ছাড়ল।",
            "<span id=\"h0\"/>র AT&amp;T < span id = \"h1\" >মস্কো< / span > ছাড়ল।",
        ] {
            let pieces = wire::decode(answer, &segment(), Pair::EN_BN, Protection::Html);
            assert_eq!(pieces, wanted, "{answer}");
        }
    }

    #[test]
    fn what_is_no_span_of_ours_stays_words() {
        let decode = |answer| wire::decode(answer, &segment(), Pair::EN_BN, Protection::Html);
        for answer in [
            "<",
            "a < b",
            "<span",
            "<span>",
            "<spanner>x</spanner>",
            "</span>",
        ] {
            assert!(
                decode(answer)
                    .iter()
                    .all(|piece| matches!(piece, Piece::Text(_))),
                "{answer}"
            );
        }
        assert_eq!(
            decode("<span>ঢাকা</span> যান।"),
            [Piece::Text("ঢাকা যান।".into())]
        );
    }
}
