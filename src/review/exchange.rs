//! A page as XLIFF, for tools that translators know.

use super::page::{Page, RowKind};
use crate::verify::Severity;
use crate::xliff::{Document, Note, State, Unit};

/// The sentences of a page: their drafts, findings, and the names and terms that
/// the house has a rendering for. Each is called as its row.
#[must_use]
pub fn xliff(page: &Page) -> Document {
    let rows = page.rows().filter(|row| row.kind == RowKind::Sentence);
    let units = rows.map(|row| {
        let approved = row.provider.as_deref() == Some("approved");
        let mut terms: Vec<(String, String)> = Vec::new();
        for mark in &row.marks {
            if let Some(target) = &mark.target {
                let term = (mark.source.clone(), target.clone());
                if !terms.contains(&term) {
                    terms.push(term);
                }
            }
        }
        Unit {
            id: row.id.clone(),
            source: row.source.clone(),
            target: row.target.clone(),
            state: if approved {
                State::Final
            } else {
                State::Translated
            },
            draft: (!approved).then(|| row.target.clone()),
            notes: (row.notes.iter())
                .map(|note| Note {
                    category: note.check.clone(),
                    text: note.message.clone(),
                    priority: match note.severity {
                        Severity::Error => 1,
                        Severity::Warning => 3,
                        Severity::Note => 7,
                    },
                })
                .collect(),
            terms,
        }
    });
    Document {
        source: page.source_language,
        target: page.target_language,
        original: page.id.clone(),
        units: units.collect(),
    }
}
