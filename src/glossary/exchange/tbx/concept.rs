//! Concepts of a term base as rows of a glossary.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::SETTINGS;
use crate::glossary::entry::Kind;
use crate::glossary::error::{Cause, LoadError};
use crate::glossary::exchange::{Imported, fault};
use crate::glossary::part::PartOfSpeech;
use crate::glossary::table;
use crate::language::Language;

/// What a file says of one thing in several languages.
#[derive(Default)]
pub(super) struct Concept {
    line: usize,
    /// The columns that it fills, in the words of a glossary.
    columns: BTreeMap<&'static str, String>,
    notes: Vec<String>,
    has_settings: bool,
    pub(super) terms: Vec<Term>,
    /// Categories that a glossary has no place for.
    left_out: Vec<String>,
}

/// A term of a concept.
pub(super) struct Term {
    language: Language,
    form: String,
    standing: Standing,
}

/// What a file says of the use of a term; the better first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Standing {
    Preferred,
    Admitted,
    Deprecated,
}

impl Term {
    pub(super) fn of(language: Language) -> Self {
        Self {
            language,
            form: String::new(),
            standing: Standing::Admitted,
        }
    }
}

impl Concept {
    pub(super) fn at(line: usize) -> Self {
        Self {
            line,
            ..Self::default()
        }
    }

    /// Files what the concept, or its last term, says in a category.
    pub(super) fn take(&mut self, category: &str, value: String, is_in_term: bool) {
        match (category, self.terms.last_mut()) {
            ("term", Some(term)) if is_in_term => term.form = value,
            ("administrativeStatus" | "termStatus", Some(term)) if is_in_term => {
                term.standing = standing(&value);
            }
            ("partOfSpeech", _) => match part(&value) {
                // The settings say it more exactly.
                Some(part) => {
                    self.columns.entry("pos").or_insert(part.name().to_owned());
                }
                None => self.left_out.push(format!("partOfSpeech {value}")),
            },
            ("subjectField", _) => {
                if value.parse::<Kind>().is_ok() {
                    self.columns.insert("kind", value);
                } else {
                    self.left_out.push(category.to_owned());
                }
            }
            ("projectSubset" | "customerSubset" | "customer", _) => {
                self.columns.entry("desk").or_insert(value);
            }
            ("note", _) => self.note(value),
            _ => self.left_out.push(category.to_owned()),
        }
    }

    fn note(&mut self, value: String) {
        let settings = value.strip_prefix(SETTINGS).filter(|_| !self.has_settings);
        let Some(settings) = settings.and_then(settings_of) else {
            self.notes.push(value);
            return;
        };
        self.has_settings = true;
        self.columns.extend(settings);
    }

    fn is_forbidden(&self) -> bool {
        self.columns
            .get("kind")
            .is_some_and(|kind| kind == Kind::Forbidden.name())
    }
}

/// The columns of `case=any direction=en-bn`; `None` where it is something else.
fn settings_of(text: &str) -> Option<Vec<(&'static str, String)>> {
    const NAMES: [&str; 5] = ["case", "direction", "pos", "from", "to"];
    text.split_whitespace()
        .map(|setting| {
            let (name, value) = setting.split_once('=')?;
            let name = NAMES.into_iter().find(|known| *known == name)?;
            Some((name, value.to_owned()))
        })
        .collect()
}

fn standing(value: &str) -> Standing {
    match value.split('-').next().unwrap_or_default() {
        "preferredTerm" | "preferred" | "standardizedTerm" => Standing::Preferred,
        "deprecatedTerm" | "supersededTerm" | "notRecommended" | "obsolete" => Standing::Deprecated,
        _ => Standing::Admitted,
    }
}

fn part(value: &str) -> Option<PartOfSpeech> {
    match value {
        "properNoun" => Some(PartOfSpeech::ProperNoun),
        other => other.parse().ok(),
    }
}

/// The rows that `concepts` make, in the order of the file. What is printed of
/// several terms of a language is the first preferred one; deprecated ones become
/// rows of their own. A concept in one language makes no row, and is counted.
///
/// # Errors
/// Every fault of every row.
pub(super) fn rows(
    file: &str,
    mut languages: Vec<Language>,
    concepts: Vec<Concept>,
    kind: Kind,
) -> Result<Imported, Vec<LoadError>> {
    for term in concepts.iter().flat_map(|concept| &concept.terms) {
        if !languages.contains(&term.language) {
            languages.push(term.language);
        }
    }
    if languages.len() < 2 {
        return Err(vec![fault(file, None, Cause::OneLanguage)]);
    }
    let header = table::names(&languages);
    let mut left_out: BTreeMap<String, usize> = BTreeMap::new();
    let mut records = vec![(1, header.clone())];
    for concept in concepts {
        for category in &concept.left_out {
            *left_out.entry(category.clone()).or_default() += 1;
        }
        let rows = rows_of(&concept, kind);
        if rows.is_empty() {
            *left_out
                .entry("concepts in one language".to_owned())
                .or_default() += 1;
        }
        for columns in rows {
            let cells = header
                .iter()
                .map(|name| columns.get(name).map_or("", |cell| cell));
            records.push((concept.line, cells.map(table::guarded).collect()));
        }
    }
    let table = table::from_records(file, records)?;
    Ok(Imported { table, left_out })
}

type Columns = BTreeMap<String, String>;

fn rows_of(concept: &Concept, kind: Kind) -> Vec<Columns> {
    let mut terms: Vec<&Term> = concept
        .terms
        .iter()
        .filter(|t| !t.form.is_empty())
        .collect();
    let mut columns = Columns::new();
    columns.insert("kind".to_owned(), kind.name().to_owned());
    columns.extend(
        concept
            .columns
            .iter()
            .map(|(name, value)| ((*name).to_owned(), value.clone())),
    );
    if !concept.notes.is_empty() {
        columns.insert("note".to_owned(), concept.notes.join("; "));
    }
    if concept.is_forbidden() {
        return vec![with_forms(columns, &terms)];
    }
    terms.sort_by_key(|term| term.standing);
    let (good, bad): (Vec<&Term>, Vec<&Term>) = terms
        .into_iter()
        .partition(|term| term.standing != Standing::Deprecated);
    let mut rows = Vec::new();
    let mut languages: Vec<Language> = good.iter().map(|term| term.language).collect();
    languages.sort_unstable();
    languages.dedup();
    if languages.len() > 1 || !good.is_empty() && is_untranslated(&columns) {
        rows.push(with_forms(columns.clone(), &good));
    }
    let mut targets: Vec<Language> = bad.iter().map(|term| term.language).collect();
    targets.sort_unstable();
    targets.dedup();
    for target in targets {
        let source = languages.iter().find(|language| **language != target);
        let mut row = columns.clone();
        row.insert("kind".to_owned(), Kind::Forbidden.name().to_owned());
        row.remove("case");
        row.remove("direction");
        if let Some(source) = source {
            row.insert("direction".to_owned(), format!("{source}-{target}"));
        }
        let terms: Vec<&Term> = good
            .iter()
            .filter(|term| Some(&term.language) == source)
            .chain(bad.iter().filter(|term| term.language == target))
            .copied()
            .collect();
        rows.push(with_forms(row, &terms));
    }
    rows
}

fn is_untranslated(columns: &Columns) -> bool {
    columns
        .get("kind")
        .is_some_and(|kind| kind == Kind::DoNotTranslate.name())
}

/// `columns` with the forms: of each language the first is the main one.
fn with_forms(mut columns: Columns, terms: &[&Term]) -> Columns {
    for term in terms {
        let main = term.language.code().to_owned();
        let variants = format!("{main}_variants");
        if let Entry::Vacant(first) = columns.entry(main) {
            first.insert(term.form.clone());
            continue;
        }
        let variants = columns.entry(variants).or_default();
        if !variants.is_empty() {
            variants.push_str(" | ");
        }
        variants.push_str(&term.form);
    }
    columns
}
