//! All forms of one language, and the choice among what of them a text has.

use std::collections::HashMap;

use super::boundary;
use super::entry::{CaseRule, Entry, Kind};
use super::fold::Folded;
use super::forms::Forms;
use crate::language::{Ending, Pair, Profile};

/// On which side of an entry a form stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// What is looked for in the source.
    Source,
    /// What is looked for in the translation.
    Target,
}

/// The forms of one language.
#[derive(Default)]
pub(super) struct Lexicon {
    forms: Forms,
    /// For each form, the end of its uses in `uses`; they begin where those of
    /// the form before end.
    ends: Vec<u32>,
    uses: Vec<Use>,
}

/// A form in the service of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Use {
    /// The entry, by its number in the glossary.
    pub entry: u32,
    /// The side of the entry.
    pub role: Role,
    /// The direction of the entry.
    pub pair: Pair,
    /// The squeezed form in its own case where that decides.
    cased: Option<Box<str>>,
    /// Whether `cased` begins with a capital.
    is_capitalised: bool,
    kind: Kind,
    /// Whether case endings and possessives may follow.
    takes_endings: bool,
    /// Whether the entry holds on some days only.
    pub is_dated: bool,
}

/// A form found in a text, in bytes of that text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found<'l> {
    /// First byte of the stem.
    pub start: usize,
    /// One past the last byte of the stem.
    pub end: usize,
    /// Bytes that the ending takes after the stem.
    pub ending_length: usize,
    /// The ending.
    pub ending: Ending,
    /// Whose form it is.
    pub of: &'l Use,
}

/// Collects the forms of one language before they are compiled.
#[derive(Default)]
pub(super) struct Builder {
    /// Uses by folded form, best first.
    forms: HashMap<Box<str>, Vec<Use>>,
}

impl Builder {
    /// Adds a form. Forms must come best first: among the uses of one form the
    /// first that fits is chosen.
    pub(super) fn add(&mut self, form: &str, number: u32, entry: &Entry, role: Role) {
        let folded = Folded::new(form);
        if folded.lower().is_empty() {
            return;
        }
        let added = Use::of(&folded, number, entry, role);
        let uses = match self.forms.get_mut(folded.lower()) {
            Some(uses) => uses,
            None => self.forms.entry(folded.lower().into()).or_default(),
        };
        // A variant that differs by case or apostrophe alone adds nothing.
        if !uses.contains(&added) {
            uses.push(added);
        }
    }

    /// Compiles the forms.
    ///
    /// # Errors
    /// When there are more forms than can be numbered.
    pub(super) fn build(self) -> Result<Lexicon, String> {
        let mut forms = Vec::with_capacity(self.forms.len());
        let mut ends = Vec::with_capacity(self.forms.len());
        let mut uses = Vec::with_capacity(self.forms.len());
        for (form, of) in self.forms {
            forms.push(form);
            uses.extend(of);
            ends.push(u32::try_from(uses.len()).map_err(|e| e.to_string())?);
        }
        Ok(Lexicon {
            forms: Forms::new(&forms)?,
            ends,
            uses,
        })
    }
}

impl Lexicon {
    /// The forms that stand in `text` as words for which `wanted` holds, those that
    /// overlap too; of the uses of one form the best.
    pub(super) fn search<'l>(
        &'l self,
        profile: &dyn Profile,
        text: &str,
        wanted: impl Fn(&Use) -> bool,
    ) -> Vec<Found<'l>> {
        let folded = Folded::new(text);
        let mut found = Vec::new();
        self.forms.each_in(folded.lower(), |low, high, form| {
            let surface = &folded.squeezed()[low..high];
            let (start, end) = (folded.original(low), folded.original(high));
            let fits = |of: &&Use| wanted(of) && of.fits(surface, text, start, end);
            // What most words of a text fail at costs least and comes first.
            if self.uses_of(form).iter().any(|of| fits(&of))
                && boundary::begins_word(text, start)
                && let Some((ending, ending_length)) = boundary::ending(profile, text, start, end)
                && let Some(of) = self
                    .uses_of(form)
                    .iter()
                    .find(|of| fits(of) && of.takes(&ending))
            {
                found.push(Found {
                    start,
                    end,
                    ending_length,
                    ending,
                    of,
                });
            }
        });
        found
    }

    /// The best use for which `wanted` holds of the form that `phrase` is as a
    /// whole, whatever its case, though its own case is preferred.
    pub(super) fn lookup<'l>(
        &'l self,
        phrase: &str,
        wanted: impl Fn(&Use) -> bool,
    ) -> Option<&'l Use> {
        let folded = Folded::new(phrase.trim());
        let form = self.forms.get(folded.lower())?;
        let uses = || self.uses_of(form).iter().filter(|of| wanted(of));
        uses()
            .find(|of| {
                of.cased
                    .as_deref()
                    .is_none_or(|cased| cased == folded.squeezed())
            })
            .or_else(|| uses().next())
    }

    fn uses_of(&self, form: u32) -> &[Use] {
        let form = form as usize;
        let end = |i: usize| self.ends.get(i).map_or(0, |&e| e as usize);
        let start = form.checked_sub(1).map_or(0, end);
        self.uses.get(start..end(form)).unwrap_or_default()
    }
}

impl Use {
    /// The use of a form for the entry that has this `number`.
    pub(super) fn of(form: &Folded<'_>, number: u32, entry: &Entry, role: Role) -> Self {
        Self {
            entry: number,
            role,
            pair: entry.pair,
            is_capitalised: form.squeezed().starts_with(char::is_uppercase),
            cased: (entry.case == CaseRule::Exact).then(|| form.squeezed().into()),
            kind: entry.kind,
            takes_endings: entry.takes_endings(),
            is_dated: entry.is_dated(),
        }
    }

    /// Whether `ending` may follow the form. Particles (করেও) follow any word.
    pub(super) fn takes(&self, ending: &Ending) -> bool {
        self.takes_endings || ending.case.is_none() && ending.number.is_none()
    }

    /// Whether the form stands on the side `role` of an entry of `pair`.
    pub(super) fn serves(&self, role: Role, pair: Pair) -> bool {
        self.role == role && self.pair == pair
    }

    /// Whether the squeezed `surface`, at `start..end` of `text`, is this form in
    /// a case that it may have.
    pub(super) fn fits(&self, surface: &str, text: &str, start: usize, end: usize) -> bool {
        let Some(cased) = self.cased.as_deref() else {
            return true;
        };
        if self.kind == Kind::Place && boundary::follows_initial(text, start) {
            return false;
        }
        // Most of a running text is small letters, told here at no cost.
        if self.is_capitalised && !surface.starts_with(char::is_uppercase) {
            return false;
        }
        surface == cased
            || self.kind.is_name()
                && (is_capitalised(cased, surface)
                    || is_capitals(surface) && in_capitals(text, start, end))
    }
}

/// Whether `surface` is `form` with its small first letter made a capital, as at
/// the start of a sentence: al-Assad, Al-Assad.
fn is_capitalised(form: &str, surface: &str) -> bool {
    let (mut form, mut surface) = (form.chars(), surface.chars());
    let (Some(small), Some(capital)) = (form.next(), surface.next()) else {
        return false;
    };
    small.is_lowercase() && small.to_uppercase().eq([capital]) && form.as_str() == surface.as_str()
}

/// Fewest letters of a name that is recognised in capitals: shorter ones are
/// mostly other names' initials.
const LETTERS_IN_CAPITALS: usize = 4;

fn is_capitals(surface: &str) -> bool {
    let mut letters = 0;
    for c in surface.chars() {
        if c.is_lowercase() {
            return false;
        }
        letters += usize::from(c.is_uppercase());
    }
    letters >= LETTERS_IN_CAPITALS
}

/// Whether the words around `start..end` are set in capitals too, or the line
/// begins there, as with the place of a dateline. One word in capitals amid
/// small letters is an acronym: NICE is no city there.
fn in_capitals(text: &str, start: usize, end: usize) -> bool {
    let is_separator = |c: char| !boundary::is_word_char(c) && !super::fold::is_apostrophe(c);
    let line_start = text[..start].rfind('\n').map_or(0, |i| i + 1);
    let before = &text[line_start..start];
    let after = text[end..].lines().next().unwrap_or_default();
    let is_loud = |word: &str| {
        word.chars().filter(|c| c.is_uppercase()).count() > 1 && !word.contains(char::is_lowercase)
    };
    let neighbour = |mut words: Box<dyn Iterator<Item = &str> + '_>| {
        words.find(|w| w.contains(char::is_alphabetic)).map(is_loud)
    };
    let previous = neighbour(Box::new(before.rsplit(is_separator)));
    // What is left of the word itself is a possessive: RUSSIA'S.
    let rest = after.trim_start_matches(|c| !is_separator(c));
    let next = neighbour(Box::new(rest.split(is_separator)));
    previous.is_none() || previous == Some(true) || next == Some(true)
}

/// The leftmost of `found`, of those the longest, then what lies behind, and so on.
pub(super) fn disjoint(mut found: Vec<Found<'_>>) -> Vec<Found<'_>> {
    found.sort_by(|a, b| (a.start, b.end).cmp(&(b.start, a.end)));
    let mut free = 0;
    found.retain(|f| {
        let taken = f.start < free;
        if !taken {
            free = f.end + f.ending_length;
        }
        !taken
    });
    found
}
