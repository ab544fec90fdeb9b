//! What a person approved: a sentence and its translation as readers see them.

use super::pieces::{self, Text};
use super::{canonical, key};
use crate::assemble;
use crate::language::Pair;
use crate::plan::{Piece, Segment};
use crate::provider::{Draft, Protection, wire};
use crate::state::drafts::{DraftRow, Kind};
use crate::state::{DraftStore, StateError, StateFile};

/// A sentence and its translation as a person approved them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approved {
    /// The sentence.
    pub source: String,
    /// Its translation.
    pub target: String,
    /// Who approved it.
    pub by: String,
    /// Whether it holds also where values of the sentence are not found in it.
    pub as_it_is: bool,
}

/// What is known of an approval.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Approval {
    /// The translation.
    pub target: String,
    /// Who approved it.
    pub by: String,
    /// When; UTC, ISO 8601.
    pub at: String,
    /// Whether it holds whatever it lacks.
    pub as_it_is: bool,
}

/// Keeps what a person approved: from now on it answers for every provider, in
/// place of whatever was approved of the same sentence before.
///
/// # Errors
/// When the file cannot be written.
pub async fn approve(
    state: &dyn DraftStore,
    pair: Pair,
    approved: Vec<Approved>,
) -> Result<(), StateError> {
    let rows = approved
        .into_iter()
        .map(|one| {
            let source = canonical(&one.source, pair.source);
            let target = canonical(&one.target, pair.target);
            DraftRow {
                key: key::approved(pair, &source),
                kind: Kind::Approved,
                pair: pair.to_string(),
                provider: one.by,
                source,
                draft: pieces::write_text(&target, one.as_it_is),
                target,
                added: String::new(),
            }
        })
        .collect();
    state.keep_drafts(rows).await.map(drop)
}

/// What a person approved for a sentence, if anybody did.
///
/// # Errors
/// When the file cannot be read.
pub fn approval(
    state: &StateFile,
    pair: Pair,
    sentence: &str,
) -> Result<Option<Approval>, StateError> {
    let key = key::approved(pair, &canonical(sentence, pair.source));
    let row = state.draft_row(&key)?;
    Ok(row.map(|row| Approval {
        as_it_is: matches!(pieces::text(&row.draft), Some(Text::AsItIs { .. })),
        target: row.target,
        by: row.provider,
        at: row.added,
    }))
}

/// Takes back what was approved for a sentence: drafts answer again. Says whether
/// there was anything.
///
/// # Errors
/// When the file cannot be written.
pub async fn withdraw(state: &StateFile, pair: Pair, sentence: &str) -> Result<bool, StateError> {
    let key = key::approved(pair, &canonical(sentence, pair.source));
    state.remove_draft(key).await
}

/// An approved text as an answer to `segment`; `None` where it lacks something and
/// is not wanted as it is.
pub(super) fn answer(text: Text, segment: &Segment, pair: Pair) -> Option<Draft> {
    let (text, as_it_is) = match text {
        Text::Checked(text) => (text, false),
        Text::AsItIs { as_it_is } => (as_it_is, true),
    };
    let pieces = wire::decode(&text, segment, pair, Protection::Plain);
    let defects = assemble::defects(segment, &pieces);
    if defects.is_empty() {
        return Some(Draft { pieces });
    }
    as_it_is.then(|| Draft {
        pieces: vec![Piece::Text(text)],
    })
}
