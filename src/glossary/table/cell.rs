//! What stands in a cell: quotes, spaces, formulas, dates.

use jiff::civil::Date;

use super::Untidy;
use crate::glossary::error::Cause;
use crate::language::{Language, Pair, profile};
use crate::text::Text;

/// Characters that make a formula of a cell in a spreadsheet, in both widths.
const FORMULA: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// Whether a spreadsheet would compute `cell` instead of showing it, or would
/// after taking off apostrophes that are the cell's own.
pub(super) fn is_formula(cell: &str) -> bool {
    cell.trim_start_matches('\'').starts_with(FORMULA)
}

/// `cell` with an apostrophe before what a spreadsheet would take for a formula.
/// Law: [`unguarded`] gives back every cell.
#[must_use]
pub fn guarded(cell: &str) -> String {
    if is_formula(cell) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

/// `cell` without the apostrophe that [`guarded`] put before it.
#[must_use]
pub fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if is_formula(rest) => rest,
        _ => cell,
    }
}

/// A cell without the quotes that a spreadsheet puts around it.
pub(super) fn unquoted(cell: &str) -> String {
    match cell.strip_prefix('"').and_then(|c| c.strip_suffix('"')) {
        Some(inner) if cell.len() > 1 => inner.replace("\"\"", "\""),
        _ => cell.to_owned(),
    }
}

/// A cell in the quotes that it needs to be read as it is: one that begins with
/// a quote, or with what makes a comment of a line.
pub(super) fn quoted(cell: &str) -> String {
    if cell.starts_with(['"', '#']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

/// `cell` without white space at its ends, and with single spaces inside.
pub(super) fn spaced(cell: &str) -> String {
    cell.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Characters without a look of their own that come along when text is copied
/// from a page or a spreadsheet, and that no form is meant to have.
fn is_stray(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2060}' | '\u{feff}'
    )
}

/// Refuses characters that no text should have: controls, marks that turn the
/// direction of what follows, code points that are no characters.
pub(super) fn visible(cell: &str) -> Result<(), Cause> {
    let is_bad = |c: &char| {
        c.is_control() && !c.is_whitespace()
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
            || matches!(c, '\u{fdd0}'..='\u{fdef}')
            || (*c as u32) & 0xfffe == 0xfffe
    };
    match cell.chars().find(is_bad) {
        Some(c) => Err(Cause::Invisible(c)),
        None => Ok(()),
    }
}

/// `cell` in the canonical spelling of its language, with single spaces.
pub(super) fn tidy(cell: &str, language: Language, untidy: &mut Vec<Untidy>) -> String {
    let clean = spaced(&cell.replace(is_stray, ""));
    if clean != cell {
        untidy.push(Untidy::Space(cell.to_owned()));
    }
    let edits = profile(language).repairs(&clean);
    let text = Text::repaired(clean, edits);
    if text.normal() != text.source() {
        untidy.push(Untidy::Spelling(text.source().to_owned()));
    }
    text.normal().to_owned()
}

pub(super) fn direction(cell: &str, languages: &[Language]) -> Result<Option<Pair>, Cause> {
    if cell.is_empty() {
        return Ok(None);
    }
    let of = |code: &str| languages.iter().copied().find(|l| l.code() == code);
    cell.split_once('-')
        .and_then(|(source, target)| Some((of(source)?, of(target)?)))
        .filter(|(source, target)| source != target)
        .map(|(source, target)| Some(Pair { source, target }))
        .ok_or_else(|| Cause::UnknownDirection(cell.into()))
}

pub(super) fn date(cell: &str) -> Result<Option<Date>, Cause> {
    if cell.is_empty() {
        return Ok(None);
    }
    match cell.parse() {
        Ok(date) => Ok(Some(date)),
        Err(_) => Err(Cause::BadDate(cell.into())),
    }
}
