//! What of a glossary is in force on a day, and a digest of it.

use jiff::civil::Date;

use super::entry::Entry;
use super::table::Row;

/// How many rows there are.
#[derive(Default)]
pub(super) struct Rows {
    /// Those that always hold.
    undated: usize,
    /// First and last day of the others.
    dated: Vec<(Option<Date>, Option<Date>)>,
}

impl Rows {
    pub(super) fn add(&mut self, row: &Row) {
        match (row.from, row.to) {
            (None, None) => self.undated += 1,
            period => self.dated.push(period),
        }
    }

    /// How many hold on `day`.
    pub(super) fn on(&self, day: Date) -> usize {
        let holds = |&&(from, to): &&(Option<Date>, Option<Date>)| {
            from.is_none_or(|from| from <= day) && to.is_none_or(|to| day <= to)
        };
        self.undated + self.dated.iter().filter(holds).count()
    }
}

/// The version of what an entry means; a change of matching rules raises it.
const RULES: &str = "glossary 2";

/// A digest of entries, open for those that hold on some days only.
#[derive(Default)]
pub(super) struct Identity {
    undated: blake3::Hasher,
    /// Places of the dated entries, each with the number of undated ones that
    /// outrank it.
    dated: Vec<(usize, usize)>,
}

impl Identity {
    /// Of entries, best first.
    pub(super) fn of(entries: &[Entry]) -> Self {
        let mut identity = Self::default();
        part(&mut identity.undated, RULES);
        let mut above = 0;
        for (place, entry) in entries.iter().enumerate() {
            if entry.is_dated() {
                identity.dated.push((place, above));
            } else {
                add(&mut identity.undated, entry);
                above += 1;
            }
        }
        identity
    }

    /// The digest (BLAKE3, hex) of what holds on `day` of the same `entries`.
    pub(super) fn on(&self, entries: &[Entry], day: Date) -> String {
        let mut hasher = self.undated.clone();
        for &(place, above) in &self.dated {
            if let Some(entry) = entries.get(place).filter(|entry| entry.holds_on(day)) {
                part(&mut hasher, &above.to_string());
                add(&mut hasher, entry);
            }
        }
        hasher.finalize().to_hex().to_string()
    }
}

fn part(hasher: &mut blake3::Hasher, text: &str) {
    hasher.update(&(text.len() as u64).to_le_bytes());
    hasher.update(text.as_bytes());
}

fn add(hasher: &mut blake3::Hasher, entry: &Entry) {
    part(hasher, entry.pair.source.code());
    part(hasher, entry.pair.target.code());
    part(hasher, entry.kind.name());
    part(hasher, entry.case.name());
    part(
        hasher,
        if entry.takes_endings() {
            "noun"
        } else {
            "bare"
        },
    );
    part(hasher, &format!("{} {}", entry.layer, entry.desk.is_some()));
    for forms in [&entry.source_variants, &entry.target_variants] {
        part(hasher, &forms.len().to_string());
    }
    for form in entry.sources().chain(entry.targets()) {
        part(hasher, form);
    }
}
