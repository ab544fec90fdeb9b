//! What the newsroom calls things: entries from layers of files, found in a
//! source and verified in its translation.
//!
//! [`Glossary::load`] reads [`Layer`]s (base, house, desk; the later outranks the
//! earlier) and compiles every form of a language into one set.
//! [`Glossary::find`] marks a source, [`Glossary::fulfilled`] and
//! [`Glossary::forbidden`] check a translation. Texts must be in normal form.

mod base;
mod boundary;
pub mod edit;
mod entry;
mod error;
pub mod exchange;
mod fold;
mod forms;
mod fulfil;
mod identity;
mod layer;
mod lexicon;
pub mod lint;
mod load;
mod part;
pub mod search;
pub mod store;
pub mod suggest;
pub mod table;
#[cfg(test)]
mod tests;

use std::sync::Arc;

pub use entry::{CaseRule, Entry, Kind, Origin};
pub use error::{Cause, LoadError};
pub use layer::{File, Layer};
pub use part::PartOfSpeech;

use jiff::civil::Date;

use crate::language::{Ending, Language, Pair, profile};
use crate::text::{Normal, Span, Target};
use identity::{Identity, Rows};
use lexicon::{Found, Lexicon, Role, Use};

/// Compiled layers, for every pair of their languages, as they hold on one day.
/// Cheap to clone.
#[derive(Clone, Default)]
pub struct Glossary {
    compiled: Arc<Compiled>,
    /// The day that decides which entries are in force.
    day: Date,
    rows: usize,
    fingerprint: Arc<str>,
}

#[derive(Default)]
struct Compiled {
    /// Entries, best first.
    entries: Vec<Entry>,
    lexicons: Vec<(Language, Lexicon)>,
    rows: Rows,
    identity: Identity,
}

/// An entry found in a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match<'g> {
    /// The stem: a source form of the entry, as it stands in the text.
    pub span: Span<Normal>,
    /// The entry.
    pub entry: &'g Entry,
    /// What is attached to the stem; empty where the word ends with it.
    pub ending: Ending,
    /// The bytes that the ending takes, directly after the stem; may be empty.
    pub ending_span: Span<Normal>,
    /// Whether attaching `ending` to the stem gives back the very bytes of the
    /// text. Not so for an allomorph that newsrooms write more rarely.
    pub exact: bool,
}

impl Glossary {
    /// Reads and compiles `layers`, lowest first, as they hold on `today`.
    ///
    /// Where two entries of a pair claim one source form, the higher layer wins,
    /// then the row of the layer's desk, then a form in its exact case, then a
    /// main form before a variant, then the earlier row.
    ///
    /// # Errors
    /// Every fault of every file, each with file, line, cause and next step.
    pub fn load(layers: &[Layer], today: Date) -> Result<Self, Vec<LoadError>> {
        load::glossary(layers, today)
    }

    /// The same layers as they hold on another day, such as an article's: entries
    /// with a first or a last day come and go. Costs nothing where none has one.
    #[must_use]
    pub fn on(&self, day: Date) -> Self {
        if self.day == day || !self.compiled.entries.iter().any(Entry::is_dated) {
            return Self {
                day,
                ..self.clone()
            };
        }
        Self::of_day(Arc::clone(&self.compiled), day)
    }

    fn of_day(compiled: Arc<Compiled>, day: Date) -> Self {
        Self {
            rows: compiled.rows.on(day),
            fingerprint: compiled.identity.on(&compiled.entries, day).into(),
            compiled,
            day,
        }
    }

    /// A glossary without entries.
    #[must_use]
    pub fn empty() -> Self {
        Self::default()
    }

    /// The entries that stand in the source `text`: in order, disjoint (endings
    /// included), leftmost first and of those the longest. Forbidden entries are
    /// not among them.
    ///
    /// Every match stands as a word of its own, or with an ending that the
    /// language attaches to it.
    #[must_use]
    pub fn find<'g>(&'g self, pair: Pair, text: &str) -> Vec<Match<'g>> {
        let Some(lexicon) = self.lexicon(pair.source) else {
            return Vec::new();
        };
        let profile = profile(pair.source);
        let found = lexicon.search(profile, text, |of| self.serves(of, Role::Source, pair));
        lexicon::disjoint(found)
            .into_iter()
            .filter_map(|found| {
                let entry = self.entry(found.of)?;
                let ending_end = found.end + found.ending_length;
                let exact = found.ending_length == 0
                    || profile.attach(&text[found.start..found.end], &found.ending)
                        == text[found.start..ending_end];
                Some(Match {
                    span: Span::trusted(found.start, found.end),
                    entry,
                    ending: found.ending,
                    ending_span: Span::trusted(found.end, ending_end),
                    exact,
                })
            })
            .collect()
    }

    /// The entry that `source` is a form of as a whole, whatever its case: the
    /// place of a dateline is set in capitals.
    #[must_use]
    pub fn lookup<'g>(&'g self, pair: Pair, source: &str) -> Option<&'g Entry> {
        let found = self
            .lexicon(pair.source)?
            .lookup(source, |of| self.serves(of, Role::Source, pair))?;
        self.entry(found)
    }

    /// Where `entry`'s target or an accepted variant stands in `target_text` as a
    /// word, with or without an ending: `ঢাকার` fulfils `ঢাকা`, `কর` inside
    /// `করেন` fulfils nothing. The spans cover stems, in order and disjoint.
    #[must_use]
    pub fn fulfilled(&self, entry: &Entry, pair: Pair, target_text: &str) -> Vec<Span<Target>> {
        fulfil::occurrences(profile(pair.target), entry, Role::Target, target_text)
            .into_iter()
            .map(|(start, end)| Span::trusted(start, end))
            .collect()
    }

    /// Where `target_text` has forms that must not appear in it, in order and
    /// disjoint. A forbidden form inside a longer form that is some entry's target
    /// is allowed there; so is a form that a higher layer asks for.
    ///
    /// An entry with a source form forbids the rendering of that source alone: see
    /// [`Entry::concerns`].
    #[must_use]
    pub fn forbidden<'g>(
        &'g self,
        pair: Pair,
        target_text: &str,
    ) -> Vec<(Span<Target>, &'g Entry)> {
        let Some(lexicon) = self.lexicon(pair.target) else {
            return Vec::new();
        };
        let is_target = |of: &Use| self.serves(of, Role::Target, pair);
        let (forbidden, allowed): (Vec<_>, Vec<_>) = lexicon
            .search(profile(pair.target), target_text, is_target)
            .into_iter()
            .partition(|found| {
                self.entry(found.of)
                    .is_some_and(|e| e.kind == Kind::Forbidden)
            });
        let is_allowed = |f: &Found| allowed.iter().any(|a| a.start <= f.start && f.end <= a.end);
        let forbidden = forbidden.into_iter().filter(|f| !is_allowed(f)).collect();
        lexicon::disjoint(forbidden)
            .into_iter()
            .filter_map(|f| Some((Span::trusted(f.start, f.end), self.entry(f.of)?)))
            .collect()
    }

    /// A digest (BLAKE3, hex) of everything that can change an outcome: a memory
    /// filled under one glossary is never read under another.
    #[must_use]
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// The entries of a direction, those that outrank others first.
    pub fn entries(&self, pair: Pair) -> impl Iterator<Item = &Entry> {
        let day = self.day;
        let entries = self.compiled.entries.iter();
        entries.filter(move |e| e.pair == pair && e.holds_on(day))
    }

    /// The number of rows in force; a row counts once, however many directions
    /// it serves.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows
    }

    /// Whether no row is in force.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    fn lexicon(&self, language: Language) -> Option<&Lexicon> {
        let mut lexicons = self.compiled.lexicons.iter();
        lexicons.find(|(l, _)| *l == language).map(|(_, l)| l)
    }

    fn serves(&self, of: &Use, role: Role, pair: Pair) -> bool {
        // Most entries have no dates and need not be looked at for them.
        of.serves(role, pair)
            && (!of.is_dated || self.entry(of).is_some_and(|e| e.holds_on(self.day)))
    }

    fn entry(&self, of: &Use) -> Option<&Entry> {
        self.compiled.entries.get(of.entry as usize)
    }
}

impl std::fmt::Debug for Glossary {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Glossary({} rows, {})", self.rows, self.fingerprint)
    }
}
