//! The characters of a text that may be quotation marks, and what each may do.
//!
//! A glyph alone does not tell: `’` closes and leaves letters out, `'` does all of
//! it, and writers reach for the wrong one. What stands beside a mark decides,
//! then what is open at it; where both leave a choice, the next marks do.

use super::Edge;
use crate::language::{Language, profile};
use crate::text::{Normal, Span};

/// The family of glyphs that a mark belongs to: a mark closes only its own kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Family {
    Double,
    Single,
    Guillemet,
    Corner,
}

/// A quotation mark that is not yet paired.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate {
    pub span: Span<Normal>,
    pub family: Family,
    /// The edge that the glyph shows; straight glyphs show none.
    pub shown: Option<Edge>,
    /// Whether it may open, and may close, by what stands beside it.
    pub opens: bool,
    pub closes: bool,
}

/// A glyph in its place, with what stands beside it.
struct Site<'t> {
    candidate: Candidate,
    before: Option<char>,
    rest: &'t str,
    standing: Standing,
    /// Whether it is two single glyphs.
    is_twin: bool,
}

/// Whether a glyph that may be a quotation mark may be something else too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// It is nothing else.
    Sure,
    /// It opens a quotation or leaves letters out: `'90s`, `‘17 years’`.
    MayElide,
    /// It closes a quotation or is an apostrophe: `ministers'`, `‘সেতু’র`.
    MayJoin,
}

/// How to take a glyph that may be an apostrophe.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Doubtful {
    /// By what is open at it and by the next marks.
    Weighed,
    /// As a mark.
    Marks,
    /// As none.
    Plain,
}

/// Every quotation mark of `text`, in order.
pub(super) fn candidates(text: &str, doubtful: Doubtful) -> Vec<Candidate> {
    let sites = sites(text);
    let mut found: Vec<Candidate> = Vec::with_capacity(sites.len());
    let (mut doubles, mut singles) = (0_usize, 0_usize);
    for (i, site) in sites.iter().enumerate() {
        let mut candidate = site.candidate;
        // Two single marks are a double one; where a single is open, they close twice.
        if site.is_twin && singles > 0 && candidate.closes && candidate.shown != Some(Edge::Open) {
            for half in site.halves() {
                singles = singles.saturating_sub(1);
                found.push(half);
            }
            continue;
        }
        let is_open = match candidate.family {
            Family::Single => singles > 0,
            Family::Double => doubles > 0,
            Family::Guillemet | Family::Corner => true,
        };
        let next = || next_sure(&sites[i + 1..]);
        let is_mark = match (site.standing, doubtful) {
            (Standing::Sure, _) => !site.is_prime(doubles > 0, singles > 0),
            (_, Doubtful::Marks) => true,
            (_, Doubtful::Plain) => false,
            (Standing::MayElide, _) => !is_open && next() == Some(Edge::Close),
            (Standing::MayJoin, _) => is_open && next() != Some(Edge::Close),
        };
        if !is_mark {
            continue;
        }
        candidate.turn(is_open);
        let opens = match candidate.shown {
            Some(edge) => edge == Edge::Open,
            None => candidate.opens && !(candidate.closes && is_open),
        };
        let count = match candidate.family {
            Family::Single => &mut singles,
            _ => &mut doubles,
        };
        if matches!(candidate.family, Family::Single | Family::Double) {
            *count = if opens {
                *count + 1
            } else {
                count.saturating_sub(1)
            };
        }
        found.push(candidate);
    }
    found
}

impl Candidate {
    /// What it does, where its glyph or its neighbours tell.
    pub(super) fn edge(&self) -> Option<Edge> {
        match (self.shown, self.opens, self.closes) {
            (Some(edge), ..) => Some(edge),
            (None, true, false) => Some(Edge::Open),
            (None, false, true) => Some(Edge::Close),
            _ => None,
        }
    }

    /// A curly glyph that points the wrong way does what its neighbours leave it to
    /// do: `by 2041,“ he said`.
    fn turn(&mut self, is_open: bool) {
        let turned = match self.shown {
            Some(Edge::Open) => self.closes && !self.opens && is_open,
            Some(Edge::Close) => self.opens && !self.closes && !is_open,
            None => return,
        };
        let turned = turned && self.family == Family::Double;
        if turned {
            self.shown = self.shown.map(|edge| match edge {
                Edge::Open => Edge::Close,
                Edge::Close => Edge::Open,
            });
        }
        (self.opens, self.closes) = match self.shown {
            Some(Edge::Open) => (true, false),
            _ => (false, true),
        };
    }
}

/// What the next single mark that leaves no doubt does.
fn next_sure(later: &[Site<'_>]) -> Option<Edge> {
    let sure = later
        .iter()
        .find(|site| site.candidate.family == Family::Single && site.standing == Standing::Sure)?;
    Some(match sure.candidate.shown {
        Some(edge) => edge,
        None if sure.candidate.opens => Edge::Open,
        None => Edge::Close,
    })
}

/// Every glyph that may be a mark, with what can be told without knowing what is open.
fn sites(text: &str) -> Vec<Site<'_>> {
    let mut found: Vec<Site<'_>> = Vec::new();
    let mut low = Vec::new();
    let mut before = None;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let Some((mut family, mut shown)) = glyph(c) else {
            before = Some(c);
            continue;
        };
        let mut end = at + c.len_utf8();
        let is_twin = family == Family::Single && text[end..].starts_with(c);
        if is_twin {
            family = Family::Double;
            end += c.len_utf8();
            chars.next();
        }
        // After a low mark the high one that opens in English closes: „…“, ‚…‘.
        match c {
            '„' | '‚' => low.push(family),
            '“' | '‘' if low.last() == Some(&family) => {
                low.pop();
                shown = Some(Edge::Close);
            }
            _ => {}
        }
        let rest = &text[end..];
        let after = rest.chars().next();
        let is_spaced = |c: Option<char>| c.is_none_or(char::is_whitespace);
        let opens = before.is_none_or(before_opening) && !is_spaced(after)
            || is_glued(family, before, after)
            // A straight mark between two spaces does what is left to do.
            || family == Family::Double && is_spaced(before) && after.is_some();
        let closes = before.is_some_and(|c| !c.is_whitespace() && !opens_bracket(c))
            || family == Family::Double && is_spaced(after) && before.is_some();
        let around = (&text[..at], rest);
        if let Some(standing) = standing(family, shown, around, opens) {
            found.push(Site {
                candidate: Candidate {
                    span: Span::trusted(at, end),
                    family,
                    shown,
                    opens,
                    closes,
                },
                before,
                rest,
                standing,
                is_twin,
            });
        }
        before = Some(c);
    }
    found
}

/// What a glyph may be beside a quotation mark; `None` where it is no mark.
fn standing(
    family: Family,
    shown: Option<Edge>,
    (before, rest): (&str, &str),
    opens: bool,
) -> Option<Standing> {
    if family != Family::Single {
        return Some(Standing::Sure);
    }
    // rock 'n' roll
    if ["'n", "’n", "‘n"].iter().any(|n| before.ends_with(n)) {
        return None;
    }
    let in_word = |c: char| c.is_alphanumeric() || is_vowel_sign(c);
    let last = before.chars().next_back().filter(|&c| in_word(c));
    if let Some(last) = last {
        return match rest.chars().next() {
            // Bangla attaches endings to a closing mark: ‘সোশ্যাল’র.
            Some(c) if in_word(c) => bangla_ending(rest).then_some(Standing::MayJoin),
            // `ministers' talks`; একশ' and দু' leave letters out. Before a comma or a
            // stop there is nothing that they belong to.
            Some(c)
                if c.is_whitespace()
                    && shown != Some(Edge::Open)
                    && matches!(last, 's' | 'S' | 'x' | 'z' | 'শ') =>
            {
                Some(Standing::MayJoin)
            }
            _ => Some(Standing::Sure),
        };
    }
    // The U.S.'s role, বি.এন.পি.'র
    if before.ends_with('.') && (possessive(rest) || bangla_ending(rest)) {
        return Some(Standing::MayJoin);
    }
    match elision(rest).filter(|_| opens) {
        None => Some(Standing::Sure),
        Some(Elided::Century) if shown != Some(Edge::Close) => Some(Standing::MayElide),
        Some(_) => None,
    }
}

impl Site<'_> {
    /// `6'2"`: a straight mark after a digit with nothing open is a prime.
    fn is_prime(&self, doubles: bool, singles: bool) -> bool {
        let open = match self.candidate.family {
            Family::Single => doubles || singles,
            Family::Double => doubles,
            Family::Guillemet | Family::Corner => return false,
        };
        let after = self.rest.chars().next();
        self.candidate.shown.is_none()
            && !open
            && self.before.is_some_and(char::is_numeric)
            && (self.candidate.family == Family::Single
                || after.is_none_or(|c| !c.is_alphanumeric()))
    }

    /// The two glyphs of a twin, each a closing mark.
    fn halves(&self) -> [Candidate; 2] {
        let (start, end) = (self.candidate.span.start(), self.candidate.span.end());
        let middle = usize::midpoint(start, end);
        [(start, middle), (middle, end)].map(|(start, end)| Candidate {
            span: Span::trusted(start, end),
            family: Family::Single,
            shown: Some(Edge::Close),
            opens: false,
            closes: true,
        })
    }
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

/// Whether a mark stands where a space was lost: `an uprising."We need`.
fn is_glued(family: Family, before: Option<char>, after: Option<char>) -> bool {
    let begins = |c: char| match family {
        // `U.S.'s`, বি.এন.পি.'র
        Family::Single => c.is_uppercase(),
        _ => c.is_alphabetic(),
    };
    before.is_some_and(|c| matches!(c, '.' | '!' | '?' | ',' | '।')) && after.is_some_and(begins)
}

fn possessive(rest: &str) -> bool {
    rest.strip_prefix(['s', 'S'])
        .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// What an apostrophe at the start of a word leaves out.
enum Elided {
    /// `'em`, `’tis`.
    Letters,
    /// `'90s`, `'৭১`.
    Century,
}

fn elision(rest: &str) -> Option<Elided> {
    let end = rest
        .find(|c: char| !c.is_alphanumeric() && !is_vowel_sign(c))
        .unwrap_or(rest.len());
    let word = rest[..end].to_lowercase();
    let digits = word
        .find(|c: char| !c.is_numeric())
        .map_or(word.as_str(), |at| &word[..at]);
    let after = &word[digits.len()..];
    if digits.chars().count() == 2 && (matches!(after, "" | "s") || bangla_ending(after)) {
        return Some(Elided::Century);
    }
    matches!(
        word.as_str(),
        "em" | "tis" | "twas" | "til" | "n" | "cause" | "round"
    )
    .then_some(Elided::Letters)
}

fn is_vowel_sign(c: char) -> bool {
    matches!(c, '\u{0981}'..='\u{0983}' | '\u{09BC}' | '\u{09BE}'..='\u{09CD}' | '\u{09D7}')
}

/// Whether what follows a closing mark is a Bangla ending and no more.
fn bangla_ending(rest: &str) -> bool {
    let is_bangla = |c: char| ('\u{0980}'..='\u{09FF}').contains(&c);
    let word = &rest[..rest.find(|c| !is_bangla(c)).unwrap_or(rest.len())];
    let is_ending = |word: &str| {
        let parsed = profile(Language::BANGLA).parse_detached(word);
        parsed.is_some_and(|(_, length)| length == word.len())
    };
    // Behind a vowel, which the mark hides: ‘ভাই’য়ের.
    !word.is_empty() && (is_ending(word) || word.strip_prefix('য়').is_some_and(is_ending))
}
