//! An article as an editor sees it: its page, what editors have said of it, and the
//! version of each part.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::memory::Approval;
use crate::review::{Note, Page, Row, RowKind, Sort};
use crate::state::names::NameRow;
use crate::state::review::Ready;
use crate::verify::Severity;

/// An article.
#[derive(Debug, Clone, Serialize)]
pub(super) struct View {
    /// The version of everything that an editor reads of it.
    pub(super) version: String,
    /// Its page.
    pub(super) page: Page,
    /// What is known of its sentences, by their ids.
    pub(super) sentences: BTreeMap<String, Sentence>,
    /// Its names that no glossary has, and those that somebody approved.
    pub(super) names: Vec<Named>,
    /// Who called it ready.
    pub(super) ready: Option<Readiness>,
}

/// What is known of a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Sentence {
    /// The version that a change has to name.
    pub(super) version: String,
    /// What somebody approved for it.
    pub(super) approval: Option<Approval>,
    /// Whether the article has that.
    pub(super) used: bool,
    /// Values that the approved translation lacks, where it is not used.
    pub(super) lacks: Vec<String>,
}

/// What is known of a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Named {
    /// The version that a change has to name.
    pub(super) version: String,
    /// The name in the source.
    pub(super) source: String,
    /// `person`, `place` ...
    pub(super) kind: String,
    /// How the article writes it.
    pub(super) rendering: String,
    /// Who rendered it.
    pub(super) origin: String,
    /// What was approved, by whom and when.
    pub(super) approved: Option<ApprovedName>,
}

/// An approved rendering.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct ApprovedName {
    pub(super) rendering: String,
    pub(super) by: String,
    pub(super) at: String,
}

/// That somebody called an article ready.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Readiness {
    pub(super) by: String,
    pub(super) at: String,
    /// Whether it still reads as it did then.
    pub(super) holds: bool,
}

impl Readiness {
    pub(super) fn of(ready: Ready, page: &Page) -> Self {
        Self {
            holds: ready.text == text_version(page),
            by: ready.by,
            at: ready.at,
        }
    }
}

impl Sentence {
    pub(super) fn of(row: &Row, approval: Option<Approval>) -> Self {
        let used = approval.is_some() && row.provider.as_deref() == Some("approved");
        let lacks = match &approval {
            Some(approval) if !used => lacking(row, &approval.target),
            _ => Vec::new(),
        };
        let (target, by, at) = approval.as_ref().map_or(("", "", ""), |approval| {
            (&approval.target, &approval.by, &approval.at)
        });
        Self {
            version: version([&row.source, &row.target, target, by, at]),
            approval,
            used,
            lacks,
        }
    }
}

impl Named {
    /// `renderings`: what the ledger has of the name, the approved one first.
    pub(super) fn of(
        source: &str,
        kind: &str,
        rendering: &str,
        origin: &str,
        renderings: Vec<NameRow>,
    ) -> Self {
        let approved = (renderings.into_iter()).find_map(|row| {
            let (by, at) = row.approved?;
            Some(ApprovedName {
                rendering: row.name.rendering,
                by,
                at,
            })
        });
        let (held, by, at) = approved.as_ref().map_or(("", "", ""), |approved| {
            (&approved.rendering, &approved.by, &approved.at)
        });
        Self {
            version: version([source, held, by, at, ""]),
            source: source.to_owned(),
            kind: kind.to_owned(),
            rendering: rendering.to_owned(),
            origin: origin.to_owned(),
            approved,
        }
    }
}

/// The names that are held in a page: what each is, in the source and in the target,
/// each once.
pub(super) fn held_names(page: &Page) -> Vec<(&str, &str, &str)> {
    let mut seen = BTreeSet::new();
    let marks = page.rows().flat_map(|row| &row.marks);
    marks
        .filter(|mark| mark.sort == Sort::Name)
        .filter_map(|mark| {
            Some((
                mark.source.as_str(),
                mark.kind.as_str(),
                mark.target.as_deref()?,
            ))
        })
        .filter(|(source, ..)| seen.insert(*source))
        .collect()
}

/// Whether a provider is asked for a sentence, and before it the memory: not where it
/// is nothing but names and numbers, or is in the target language already.
pub(super) fn is_asked_for(row: &Row) -> bool {
    let is_wrong = |note: &Note| note.severity == Severity::Error;
    row.kind == RowKind::Sentence && (row.provider.is_some() || row.notes.iter().any(is_wrong))
}

/// The version of a text: its sentences and their translations.
pub(super) fn text_version(page: &Page) -> String {
    let rows = page.rows().filter(|row| row.kind != RowKind::Dropped);
    version(rows.flat_map(|row| [row.source.as_str(), row.target.as_str()]))
}

/// A digest that differs where any part does.
pub(super) fn version<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    }
    hasher.finalize().to_hex().as_str()[..24].to_owned()
}

/// What a run would look for in a translation and does not see, for a person.
fn lacking(row: &Row, target: &str) -> Vec<String> {
    let held = row.marks.iter().filter_map(|mark| {
        let wanted = mark.target.as_deref().filter(|_| mark.sort != Sort::Term)?;
        (!target.contains(wanted)).then(|| format!("{} ({wanted})", mark.source))
    });
    held.collect()
}
