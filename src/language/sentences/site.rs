//! A place where a sentence may end, and what stands around it.

/// What a run of terminators amounts to; of several, the greatest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::language) enum Mark {
    /// One full stop, which may belong to an abbreviation.
    Stop,
    /// `…`, `...` or `. . .`: the sentence may go on.
    Ellipsis,
    /// A question or exclamation mark, alone or among others.
    Call,
    /// A mark that does nothing but end sentences: । ॥ 。 ۔ ։ ። ។ ။.
    Full,
}

impl Mark {
    /// The mark that one character is.
    pub(in crate::language) fn of(c: char) -> Option<Self> {
        Some(match c {
            '.' | '．' => Self::Stop,
            '…' => Self::Ellipsis,
            '!' | '?' | '؟' | '‼' | '⁇' | '⁈' | '⁉' | '！' | '？' => Self::Call,
            '।' | '॥' | '。' | '｡' | '۔' | '։' | '።' | '។' | '။' => Self::Full,
            _ => return None,
        })
    }
}

/// A run of terminators with what closes behind it.
#[derive(Debug)]
pub(in crate::language) struct Site<'t> {
    text: &'t str,
    /// Where the sentence begins.
    start: usize,
    /// First byte of the terminators.
    at: usize,
    /// What they amount to.
    pub mark: Mark,
    /// One past the terminators and what closes behind them.
    pub end: usize,
    /// Where the text goes on, after white space.
    pub next: usize,
    /// Whether a quotation mark closes behind the terminators.
    pub quote_closed: bool,
    /// Whether a bracket closes behind them.
    pub bracket_closed: bool,
    /// How many full stops are among them.
    pub stops: usize,
    /// A full stop with a spaced ellipsis behind it: `word. . . .`.
    stop_before_ellipsis: bool,
}

impl<'t> Site<'t> {
    /// Reads the site whose terminators begin at `at`.
    pub(super) fn read(text: &'t str, start: usize, at: usize) -> Self {
        let mut site = Self {
            text,
            start,
            at,
            mark: Mark::Stop,
            end: at,
            next: at,
            quote_closed: false,
            bracket_closed: false,
            stops: 0,
            stop_before_ellipsis: false,
        };
        loop {
            let rest = &text[site.end..];
            let Some(c) = rest.chars().next() else { break };
            if let Some(mark) = Mark::of(c) {
                site.stops += usize::from(mark == Mark::Stop);
                site.mark = site.mark.max(mark);
            } else if is_closing(c) || matches!(c, '"' | '\'') && site.straight_closes(rest) {
                site.closed(c);
            } else if let Some(skipped) = site.spaced(rest) {
                site.stop_before_ellipsis |= site.stops == 1 && site.end == at + 1;
                site.end += skipped;
                continue;
            } else {
                break;
            }
            site.end += c.len_utf8();
        }
        if site.stops > 1 {
            site.mark = site.mark.max(Mark::Ellipsis);
        }
        let rest = &text[site.end..];
        site.next = site.end + rest.len() - rest.trim_start().len();
        site
    }

    fn closed(&mut self, c: char) {
        match c {
            ')' | ']' | '}' | '）' | '］' => self.bracket_closed = true,
            _ => self.quote_closed = true,
        }
    }

    /// Whether the straight mark that `rest` begins with closes a quotation:
    /// where a letter follows it directly, it does so only when one is open.
    fn straight_closes(&self, rest: &str) -> bool {
        let mut chars = rest.chars();
        let mark = chars.next();
        if !chars.next().is_some_and(char::is_alphanumeric) {
            return true;
        }
        mark == Some('"') && self.straight_open()
    }

    /// Whether a straight double mark is open: an odd number of them in the
    /// sentence. Of single ones nobody can tell: they are apostrophes too.
    fn straight_open(&self) -> bool {
        const REACH: usize = 2000;
        let before = self.before().bytes().rev().take(REACH);
        !before.filter(|&b| b == b'"').count().is_multiple_of(2)
    }

    /// The white space before a terminator or closing mark that was set apart
    /// from what it belongs to: `. . .`, `।  ’`.
    fn spaced(&self, rest: &str) -> Option<usize> {
        let trimmed = rest.trim_start_matches([' ', '\u{A0}', '\u{202F}']);
        let skipped = rest.len() - trimmed.len();
        if skipped == 0 {
            return None;
        }
        let mut chars = trimmed.chars();
        let c = chars.next()?;
        let after = chars.next();
        let alone = after.is_none_or(|a| a.is_whitespace() || is_closing(a));
        let belongs = match c {
            '.' => alone || after == Some('.'),
            '"' => alone && self.straight_open(),
            '।' | '?' | '!' => alone,
            _ => is_closing(c) && (alone || after.is_some_and(|a| Mark::of(a).is_some())),
        };
        belongs.then_some(skipped)
    }

    /// Where the sentence ends, if it ends here.
    pub(super) fn boundary(&self) -> usize {
        let full_stop = self.stop_before_ellipsis && !self.detached();
        if full_stop && self.mark == Mark::Ellipsis && !self.quote_closed {
            self.at + 1
        } else {
            self.end
        }
    }

    /// Whether white space stands before the terminators.
    pub(crate) fn detached(&self) -> bool {
        self.before().ends_with(char::is_whitespace)
    }

    /// Whether the text goes on without white space.
    pub(crate) fn glued(&self) -> bool {
        self.next == self.end
    }

    /// The sentence before the terminators.
    pub(crate) fn before(&self) -> &'t str {
        &self.text[self.start..self.at]
    }

    /// The text from the next sentence's first character, if it is one.
    pub(crate) fn after(&self) -> &'t str {
        &self.text[self.next..]
    }

    /// The terminators and closing marks.
    pub(crate) fn terminators(&self) -> &'t str {
        &self.text[self.at..self.end]
    }

    /// The characters before the terminators back to white space, opening marks
    /// left aside: `U.S` of `(U.S.`.
    pub(crate) fn token(&self) -> &'t str {
        let before = self.before();
        let start = before
            .char_indices()
            .rev()
            .find(|&(_, c)| c.is_whitespace())
            .map_or(0, |(at, c)| at + c.len_utf8());
        before[start..].trim_start_matches(is_opening)
    }

    /// The word before [`Self::token`].
    pub(crate) fn token_before(&self) -> &'t str {
        let before = self.before();
        let token = before.rfind(char::is_whitespace).unwrap_or(0);
        before[..token].split_whitespace().next_back().unwrap_or("")
    }

    /// What follows, opening marks and list marks left aside.
    pub(crate) fn opened(&self) -> &'t str {
        self.after().trim_start_matches(is_opening)
    }

    /// The word that follows: its leading run of letters.
    pub(crate) fn next_word(&self) -> &'t str {
        let rest = self.opened();
        let end = rest
            .find(|c: char| !c.is_alphabetic())
            .unwrap_or(rest.len());
        &rest[..end]
    }

    /// Whether nothing but the terminators stands in their brackets: `(!)`, `[…]`.
    pub(crate) fn bracketed_alone(&self) -> bool {
        self.bracket_closed && self.before().trim_end().ends_with(['(', '[', '{'])
    }

    /// Whether the bracket closed here was opened within the sentence.
    pub(crate) fn parenthesis(&self) -> bool {
        self.bracket_closed
            && self
                .before()
                .rfind(['(', '[', '{'])
                .is_some_and(|open| self.before()[..open].contains(super::is_word))
    }
}

/// Quotation marks and brackets that open, straight quotation marks among them.
pub(in crate::language) fn is_opening(c: char) -> bool {
    matches!(
        c,
        '“' | '‘'
            | '«'
            | '„'
            | '‚'
            | '‹'
            | '「'
            | '『'
            | '('
            | '['
            | '{'
            | '"'
            | '\''
            | '¿'
            | '¡'
    )
}

/// Quotation marks and brackets that close whatever follows them.
fn is_closing(c: char) -> bool {
    matches!(
        c,
        '”' | '’' | '»' | '›' | '」' | '』' | ')' | ']' | '}' | '）' | '］'
    )
}
