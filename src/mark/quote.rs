//! Quotation marks of one block: which characters are marks, and which of them
//! open or close.
//!
//! The *marks* are structure; what they hold is translated. Apostrophes and
//! primes (feet, inches, minutes) are no quotation marks.

use crate::text::{Normal, Span};

/// Whether a mark begins or ends a quotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Edge {
    /// It begins one.
    Open,
    /// It ends one.
    Close,
}

/// A quotation mark in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct QuoteMark {
    /// Where it stands.
    pub span: Span<Normal>,
    /// What it does.
    pub edge: Edge,
    /// How many quotations are open around it, itself not counted.
    pub depth: usize,
}

/// What the marks of a block amount to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Quotes {
    /// The marks that pair, in order. A quotation left open at the end of the
    /// block counts as paired when [`Quotes::runs_on`] says so.
    pub marks: Vec<QuoteMark>,
    /// Marks without a partner: reported, never repaired in silence.
    pub unpaired: Vec<Span<Normal>>,
    /// Quotations still open at the end, which the next paragraph may reopen.
    pub runs_on: usize,
}

/// The family of glyphs that a mark belongs to: a mark closes only its own kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Family {
    Double,
    Single,
    Guillemet,
    Corner,
}

/// A character that may be a quotation mark, with what its glyph says.
#[derive(Debug, Clone, Copy)]
struct Candidate {
    span: Span<Normal>,
    family: Family,
    /// The edge that the glyph shows; straight glyphs show none.
    shown: Option<Edge>,
    opens: bool,
    closes: bool,
}

/// Pairs the quotation marks of one block.
///
/// A mark inside one of `values` (an address, a name such as `Cox's Bazar`)
/// belongs to it and pairs with nothing. `may_run_on` tells whether a quotation may stay open at the end because the
/// next paragraph goes on with it. A second opening mark of the same kind at
/// the start of such a paragraph is a *reopening* and belongs to the block that
/// it stands in.
#[must_use]
pub fn pair(text: &str, values: &[Span<Normal>], may_run_on: bool) -> Quotes {
    let mut candidates = candidates(text);
    candidates.retain(|c| !values.iter().any(|value| value.contains(c.span)));
    let mut open: Vec<(usize, Family)> = Vec::new();
    let mut edges: Vec<Option<(Edge, usize)>> = vec![None; candidates.len()];
    for (i, c) in candidates.iter().enumerate() {
        let innermost = open.iter().rposition(|&(_, family)| family == c.family);
        let closes = c.closes && innermost.is_some();
        if closes && c.shown != Some(Edge::Open) {
            let at = innermost.unwrap_or_default();
            // What was opened inside and never closed has no partner.
            open.truncate(at + 1);
            if let Some((opener, _)) = open.pop() {
                edges[opener] = Some((Edge::Open, open.len()));
                edges[i] = Some((Edge::Close, open.len()));
            }
        } else if c.opens && c.shown != Some(Edge::Close) {
            open.push((i, c.family));
        }
    }
    let mut quotes = Quotes::default();
    if may_run_on {
        // Only what is open around everything that follows can run on.
        for (depth, &(opener, _)) in open.iter().enumerate() {
            let later = edges[opener + 1..]
                .iter()
                .flatten()
                .all(|&(_, d)| d > depth);
            if later || depth == 0 {
                edges[opener] = Some((Edge::Open, depth));
                quotes.runs_on += 1;
            }
        }
    }
    for (c, edge) in candidates.iter().zip(&edges) {
        match *edge {
            Some((edge, depth)) => quotes.marks.push(QuoteMark {
                span: c.span,
                edge,
                depth,
            }),
            None => quotes.unpaired.push(c.span),
        }
    }
    quotes
}

/// Every character of `text` that stands as a quotation mark, in order, with
/// the edge that its glyph or its neighbours show. For text whose marks are
/// compared with a known sequence and not paired on their own.
#[must_use]
pub fn scan(text: &str) -> Vec<(Span<Normal>, Option<Edge>)> {
    candidates(text)
        .iter()
        .map(|c| {
            let edge = match (c.shown, c.opens, c.closes) {
                (Some(edge), ..) => Some(edge),
                (None, true, false) => Some(Edge::Open),
                (None, false, true) => Some(Edge::Close),
                _ => None,
            };
            (c.span, edge)
        })
        .collect()
}

fn candidates(text: &str) -> Vec<Candidate> {
    let mut found = Vec::new();
    let mut doubles_open = false;
    let mut singles_open = 0usize;
    let mut low = Vec::new();
    let mut before = None;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let after = chars.peek().map(|&(_, c)| c);
        if let Some((family, mut shown)) = glyph(c) {
            // After a low mark the high one that opens in English closes: „…“, ‚…‘.
            match c {
                '„' | '‚' => low.push(family),
                '“' | '‘' if low.last() == Some(&family) => {
                    low.pop();
                    shown = Some(Edge::Close);
                }
                _ => {}
            }
            let span = Span::trusted(at, at + c.len_utf8());
            let rest = &text[span.end()..];
            let opens =
                before.is_none_or(before_opening) && after.is_some_and(|c| !c.is_whitespace());
            let closes = before.is_some_and(|c: char| !c.is_whitespace() && !opens_bracket(c));
            let skip = match (family, shown) {
                (Family::Single, Some(Edge::Open)) => {
                    let inside = |c: char| c.is_alphanumeric() || is_mark(c);
                    elision(rest) || (before.is_some_and(inside) && after.is_some_and(inside))
                }
                (Family::Single, _) => {
                    apostrophe(before, after, rest, singles_open > 0)
                        || (shown.is_none() && opens && elision(rest))
                        || ["'n", "’n", "‘n"].iter().any(|n| text[..at].ends_with(n))
                        || prime(before, doubles_open, singles_open > 0, shown)
                }
                (Family::Double, None) => prime_double(before, after, doubles_open),
                _ => false,
            };
            if !skip {
                match family {
                    Family::Single => {
                        if shown == Some(Edge::Open) || (shown.is_none() && opens) {
                            singles_open += 1;
                        } else {
                            singles_open = singles_open.saturating_sub(1);
                        }
                    }
                    Family::Double => doubles_open = !doubles_open,
                    Family::Guillemet | Family::Corner => {}
                }
                let (opens, closes) = match shown {
                    Some(Edge::Open) => (true, false),
                    // A closing glyph is never an opening one, whatever stands around it.
                    Some(Edge::Close) => (false, true),
                    None => (opens, closes),
                };
                found.push(Candidate {
                    span,
                    family,
                    shown,
                    opens,
                    closes,
                });
            }
        }
        before = Some(c);
    }
    found
}

fn glyph(c: char) -> Option<(Family, Option<Edge>)> {
    Some(match c {
        '"' | '＂' => (Family::Double, None),
        '“' | '„' | '‟' => (Family::Double, Some(Edge::Open)),
        '”' => (Family::Double, Some(Edge::Close)),
        '\'' => (Family::Single, None),
        '‘' | '‚' | '‛' => (Family::Single, Some(Edge::Open)),
        '’' => (Family::Single, Some(Edge::Close)),
        '«' | '‹' => (Family::Guillemet, Some(Edge::Open)),
        '»' | '›' => (Family::Guillemet, Some(Edge::Close)),
        '「' | '『' => (Family::Corner, Some(Edge::Open)),
        '」' | '』' => (Family::Corner, Some(Edge::Close)),
        _ => return None,
    })
}

fn opens_bracket(c: char) -> bool {
    matches!(c, '(' | '[' | '{' | '“' | '‘' | '«')
}

/// What an opening mark follows: nothing, white space, an opening bracket or
/// another opening mark, a dash or a slash.
fn before_opening(c: char) -> bool {
    c.is_whitespace()
        || opens_bracket(c)
        || matches!(c, '-' | '–' | '—' | '/' | '"' | '\'' | ':' | '…')
}

/// `don't`, `ministers' talks`, `৯০'এর` and the like.
fn apostrophe(before: Option<char>, after: Option<char>, rest: &str, open: bool) -> bool {
    let Some(before) = before else { return false };
    if !before.is_alphanumeric() && !is_mark(before) {
        return false;
    }
    match after {
        Some(c) if c.is_alphanumeric() || is_mark(c) => {
            // Bangla attaches endings to a closing mark: ‘সোশ্যাল’র.
            !(open && is_bengali(c) && bangla_ending(rest))
        }
        // `ministers' talks` against the end of a quotation: only an open one ends.
        // একশ' and দু' leave letters out.
        _ => !open && matches!(before, 's' | 'S' | 'x' | 'z' | 'শ'),
    }
}

/// `'90s`, `'em`, `’tis` at the start of a word.
fn elision(rest: &str) -> bool {
    let word: String = rest
        .chars()
        .take_while(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect();
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    (digits == 2 && (word.len() == 2 || &word[2..] == "s"))
        || matches!(
            word.as_str(),
            "em" | "tis" | "twas" | "til" | "n" | "cause" | "round"
        )
}

/// `6'2"`: a straight mark after a digit with nothing open is a prime.
fn prime(before: Option<char>, doubles: bool, singles: bool, shown: Option<Edge>) -> bool {
    shown.is_none() && before.is_some_and(char::is_numeric) && !doubles && !singles
}

fn prime_double(before: Option<char>, after: Option<char>, open: bool) -> bool {
    !open && before.is_some_and(char::is_numeric) && after.is_none_or(|c| !c.is_alphanumeric())
}

fn is_bengali(c: char) -> bool {
    ('\u{0980}'..='\u{09FF}').contains(&c)
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{0981}'..='\u{0983}' | '\u{09BC}' | '\u{09BE}'..='\u{09CD}' | '\u{09D7}')
}

/// Whether what follows a closing mark is a case ending and no more.
fn bangla_ending(rest: &str) -> bool {
    let word: String = rest.chars().take_while(|&c| is_bengali(c)).collect();
    matches!(
        word.as_str(),
        "র" | "এর"
            | "ের"
            | "এ"
            | "কে"
            | "তে"
            | "য়"
            | "টি"
            | "টা"
            | "রা"
            | "দের"
            | "ও"
            | "ই"
            | "টির"
            | "টিকে"
            | "টিতে"
            | "সহ"
            | "গুলো"
    )
}

#[cfg(test)]
mod tests;
