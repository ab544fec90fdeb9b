//! From what a run left to what a page shows.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write;

use unicode_normalization::char::is_combining_mark;

use super::details::{Block, Details, Note};
use super::diff::{self, Change};
use super::page::{Counts, Page, Provenance, Removed, Row, RowKind, Section};
use crate::memory::Match;

/// Sentences of the memory that are like one, the likest first.
pub type Similar<'a> = dyn Fn(&str) -> Vec<Match> + 'a;

/// What else is known of an article.
#[derive(Default)]
pub struct Aids<'a> {
    /// The version before, where one is known.
    pub previous: Option<&'a Details>,
    /// What the memory has that is like a sentence, the likest first; `None` where
    /// there is no memory.
    pub matches: Option<&'a Similar<'a>>,
}

/// The page of an article.
#[must_use]
pub fn page(details: &Details, aids: &Aids<'_>) -> Page {
    let mut ids = Ids::default();
    let mut number = 0;
    let mut sections: Vec<Section> = (details.blocks.iter())
        .map(|block| Section {
            kind: block.kind.clone(),
            rows: rows(block, &mut ids, &mut number),
        })
        .collect();
    let mut removed = Vec::new();
    if let Some(previous) = aids.previous {
        removed = compare(&mut sections, previous);
    }
    if let Some(matches) = aids.matches {
        let all = sections.iter_mut().flat_map(|section| &mut section.rows);
        for row in all.filter(|row| row.kind == RowKind::Sentence) {
            row.matches = matches(&row.source);
            let own = letters(&row.source);
            // The sentence itself and what it was taken apart into tell nothing; what a
            // person approved does, where it was not used.
            row.matches.retain(|one| {
                one.target != row.target && (one.approved || !own.contains(&letters(&one.source)))
            });
        }
    }
    let headline = details.blocks.iter().find(|b| b.kind == "headline");
    Page {
        id: details.id.clone(),
        title: headline.map_or_else(|| details.id.clone(), |block| block.source.clone()),
        translated_title: details.title.clone(),
        source_language: details.source_language,
        target_language: details.target_language,
        date: details.date.clone(),
        counts: counts(&sections, &details.findings),
        sections,
        names: details.names.clone(),
        notes: details.findings.clone(),
        removed,
        provenance: Provenance {
            anubad: details.provenance.anubad.clone(),
            input: details.provenance.input.clone(),
            providers: (details.provenance.providers.iter())
                .map(|(name, engine)| format!("{name}: {} {}", engine.model, engine.version))
                .collect(),
        },
    }
}

/// A text without white space and punctuation.
fn letters(text: &str) -> String {
    let is_letter = |c: &char| c.is_alphanumeric() || is_combining_mark(*c);
    text.chars().filter(is_letter).collect()
}

/// The ids of the sentences of an article, in their order: those of its
/// [`Row`]s of kind [`RowKind::Sentence`].
#[must_use]
pub fn row_ids(details: &Details) -> Vec<String> {
    let (mut ids, mut number) = (Ids::default(), 0);
    let rows = (details.blocks.iter()).flat_map(|block| rows(block, &mut ids, &mut number));
    rows.filter(|row| row.kind == RowKind::Sentence)
        .map(|row| row.id)
        .collect()
}

/// Gives each row its name: a digest of its source, with a number where an
/// article says a thing twice.
#[derive(Debug, Default)]
struct Ids(HashMap<String, usize>);

impl Ids {
    fn of(&mut self, source: &str) -> String {
        let mut digest = [0; 6];
        blake3::Hasher::new()
            .update(source.as_bytes())
            .finalize_xof()
            .fill(&mut digest);
        let mut id = digest.iter().fold("s".to_owned(), |mut id, byte| {
            let _ = write!(id, "{byte:02x}");
            id
        });
        let count = self.0.entry(id.clone()).or_default();
        *count += 1;
        if *count > 1 {
            let _ = write!(id, "-{count}");
        }
        id
    }
}

fn rows(block: &Block, ids: &mut Ids, number: &mut usize) -> Vec<Row> {
    let mut row = |kind, source: &str, target: &str| {
        *number += 1;
        Row {
            id: ids.of(source),
            number: *number,
            kind,
            source: source.to_owned(),
            target: target.to_owned(),
            provider: None,
            cached: false,
            draft: false,
            review: false,
            marks: Vec::new(),
            notes: Vec::new(),
            matches: Vec::new(),
            change: None,
        }
    };
    let Some(target) = &block.target else {
        return vec![row(RowKind::Dropped, &block.source, "")];
    };
    if block.segments.is_empty() {
        return vec![row(RowKind::Form, &block.source, target)];
    }
    (block.segments.iter())
        .map(|sentence| Row {
            provider: sentence.provider.clone(),
            cached: sentence.cached,
            draft: sentence.draft,
            review: sentence.review,
            marks: sentence.marks.clone(),
            notes: sentence.findings.clone(),
            ..row(RowKind::Sentence, &sentence.source, &sentence.target)
        })
        .collect()
}

/// Says of each row how it differs from the version before; gives the rows that
/// are no longer there.
fn compare(sections: &mut [Section], previous: &Details) -> Vec<Removed> {
    let (mut ids, mut number) = (Ids::default(), 0);
    let before: Vec<Row> = (previous.blocks.iter())
        .flat_map(|block| rows(block, &mut ids, &mut number))
        .filter(|row| row.kind != RowKind::Dropped)
        .collect();
    let mut after: Vec<&mut Row> = (sections.iter_mut())
        .flat_map(|section| &mut section.rows)
        .filter(|row| row.kind != RowKind::Dropped)
        .collect();
    let old: Vec<&str> = before.iter().map(|row| row.source.as_str()).collect();
    let new: Vec<&str> = after.iter().map(|row| row.source.as_str()).collect();
    let partners = diff::partners(&old, &new);
    let mut is_left = vec![true; before.len()];
    for (row, partner) in after.iter_mut().zip(&partners) {
        row.change = match partner.and_then(|at| Some((at, before.get(at)?))) {
            None => Some(Change::New),
            Some((at, was)) => {
                is_left[at] = false;
                let is_same = was.source == row.source && was.target == row.target;
                (!is_same).then(|| Change::Words {
                    source: diff::words(&was.source, &row.source),
                    target: diff::words(&was.target, &row.target),
                })
            }
        };
    }
    (before.into_iter().zip(is_left))
        .filter(|(_, is_left)| *is_left)
        .map(|(row, _)| Removed {
            source: row.source,
            target: row.target,
        })
        .collect()
}

fn counts(sections: &[Section], notes: &[Note]) -> Counts {
    let mut findings = BTreeMap::new();
    let rows = || sections.iter().flat_map(|section| &section.rows);
    for note in notes.iter().chain(rows().flat_map(|row| &row.notes)) {
        *findings.entry(note.severity).or_default() += 1;
    }
    let sentences = || rows().filter(|row| row.kind == RowKind::Sentence);
    Counts {
        sentences: sentences().count(),
        review: sentences().filter(|row| row.review).count(),
        draft: sentences().filter(|row| row.draft).count(),
        changed: rows().filter(|row| row.change.is_some()).count(),
        findings,
    }
}
