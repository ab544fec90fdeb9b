//! The ledger of names: what no glossary has, as it was written before.

use std::sync::Arc;

use jiff::civil::Date;
use serde::Serialize;

use crate::glossary::{Glossary, Layer};
use crate::language::{Language, Pair};
use crate::state::names::{Name, NameRow};
use crate::state::{NameStore, StateError, StateFile};

/// A name that no glossary has, as an article came to write it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NameOutcome {
    /// The name in the source, without an ending.
    pub source: String,
    /// Its kind, in the words of the glossary.
    pub kind: &'static str,
    /// How it is written in the target, without an ending.
    pub rendering: String,
    /// Who rendered it: a provider's name, or `rules` where it was rendered by sound.
    pub origin: String,
}

/// Why a name cannot be approved.
#[derive(Debug, thiserror::Error)]
pub enum ApproveError {
    /// No glossary could hold it.
    #[error(
        "`{source_form}` = `{rendering}` is no name that a glossary can hold: write both without \
         quotation marks, tabs and line breaks, for en-bn or bn-en"
    )]
    NoName {
        /// The name.
        source_form: String,
        /// What it should be written as.
        rendering: String,
    },
    /// The state file cannot be used.
    #[error(transparent)]
    State(#[from] StateError),
}

/// The ledger of names, over whatever keeps it.
#[derive(Clone)]
pub struct Ledger {
    state: Arc<dyn NameStore>,
}

impl Ledger {
    /// The one of `state`.
    #[must_use]
    pub fn new(state: impl NameStore + 'static) -> Self {
        let state = Arc::new(state);
        Self { state }
    }

    /// The approved names as a layer, which belongs below all others; `None` where
    /// none is approved.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn approved(&self) -> Result<Option<Layer>, StateError> {
        let rows = self.state.approved_names().await?;
        Ok((!rows.is_empty())
            .then(|| Layer::of_text("approved names", "the ledger of names", table(&rows))))
    }

    /// Has a name of a state file written so from now on; whatever else was approved of it, of
    /// another kind too, holds no longer.
    ///
    /// # Errors
    /// When no glossary could hold it, so that it would never be obeyed; when the
    /// file cannot be written.
    pub fn approve(
        state: &StateFile,
        name: Name,
        by: &str,
        today: Date,
    ) -> Result<(), ApproveError> {
        let alone = NameRow {
            name: name.clone(),
            count: 0,
            first_seen: String::new(),
            last_seen: String::new(),
            approved: None,
        };
        let layer = Layer::of_text("approved names", "the ledger of names", table(&[alone]));
        if !Glossary::load(&[layer], today).is_ok_and(|glossary| glossary.len() == 1) {
            return Err(ApproveError::NoName {
                source_form: name.source,
                rendering: name.rendering,
            });
        }
        for other in state.renderings(&name.pair, &name.source)? {
            if other.name.kind != name.kind {
                state.unapprove_name(other.name)?;
            }
        }
        Ok(state.approve_name(name, by)?)
    }

    /// Takes back whatever was approved of a name of a state file; says whether anything was.
    ///
    /// # Errors
    /// When the file cannot be read or written.
    pub fn unapprove(state: &StateFile, pair: &str, source: &str) -> Result<bool, StateError> {
        let mut was_approved = false;
        for row in state.renderings(pair, source)? {
            was_approved |= state.unapprove_name(row.name)?;
        }
        Ok(was_approved)
    }

    /// What is written otherwise in `names` than in most articles before: the name
    /// and the earlier row.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn differing<'n>(
        &self,
        pair: Pair,
        names: &'n [NameOutcome],
    ) -> Result<Vec<(&'n NameOutcome, NameRow)>, StateError> {
        let sources: Vec<String> = names.iter().map(|name| name.source.clone()).collect();
        let earlier = self.state.renderings(&pair.to_string(), &sources).await?;
        let mut found = Vec::new();
        for (name, earlier) in names.iter().zip(earlier) {
            let here = earlier
                .iter()
                .find(|row| row.name.rendering == name.rendering);
            if let Some(most) = earlier.first()
                && here.is_none_or(|row| row.count < most.count)
            {
                found.push((name, most.clone()));
            }
        }
        Ok(found)
    }

    /// Counts the names of an article that was written.
    ///
    /// # Errors
    /// When it cannot be written.
    pub async fn record(&self, pair: Pair, names: &[NameOutcome]) -> Result<(), StateError> {
        let pair = pair.to_string();
        let names = names
            .iter()
            .map(|name| Name {
                pair: pair.clone(),
                source: name.source.clone(),
                kind: name.kind.to_owned(),
                rendering: name.rendering.clone(),
                origin: name.origin.clone(),
            })
            .collect();
        self.state.names_seen(names).await
    }
}

/// Rows of the ledger as a glossary file, each for the direction that it was met in.
/// Those of other languages than English and Bangla are left out, and so is what no
/// name has: a tab, a line break, a quotation mark that a table would read.
#[must_use]
pub fn table(rows: &[NameRow]) -> String {
    let mut text = "en\tbn\tkind\tdirection\n".to_owned();
    for NameRow { name, .. } in rows {
        let (english, bangla) = match pair_of(&name.pair) {
            Some(Pair::EN_BN) => (&name.source, &name.rendering),
            Some(Pair::BN_EN) => (&name.rendering, &name.source),
            _ => continue,
        };
        let is_plain = |form: &str| {
            !form.trim().is_empty() && !form.contains(['\t', '\n', '\r', '"', '|', '#'])
        };
        if is_plain(english) && is_plain(bangla) {
            let (kind, pair) = (&name.kind, &name.pair);
            for cell in [english, "\t", bangla, "\t", kind, "\t", pair, "\n"] {
                text.push_str(cell);
            }
        }
    }
    text
}

/// Reads `en-bn`.
fn pair_of(code: &str) -> Option<Pair> {
    let (source, target) = code.split_once('-')?;
    Some(Pair {
        source: source.parse::<Language>().ok()?,
        target: target.parse::<Language>().ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state() -> (tempfile::TempDir, StateFile) {
        let folder = tempfile::tempdir().unwrap();
        let state = StateFile::open(&folder.path().join("state.db")).unwrap();
        (folder, state)
    }

    fn outcome(rendering: &str) -> NameOutcome {
        NameOutcome {
            source: "Karim Talukder".into(),
            kind: "person",
            rendering: rendering.into(),
            origin: "echo".into(),
        }
    }

    fn name(pair: &str, source: &str, rendering: &str) -> Name {
        Name {
            pair: pair.into(),
            source: source.into(),
            kind: "person".into(),
            rendering: rendering.into(),
            origin: "editor".into(),
        }
    }

    #[tokio::test]
    async fn approved_names_are_a_glossary_of_one_direction() {
        let (_folder, state) = state();
        let ledger = Ledger::new(state.clone());
        assert_eq!(ledger.approved().await.unwrap(), None);
        for (pair, source, target) in [
            ("en-bn", "Karim Talukder", "করিম তালুকদার"),
            ("bn-en", "সফিক মোল্লা", "Shafique Mollah"),
            // Nothing that a table would take apart comes into it.
            ("en-bn", "A\tB", "ক"),
            ("en-fr", "Paris", "Paris"),
        ] {
            state
                .approve_name(name(pair, source, target), "desk")
                .unwrap();
        }
        let layer = ledger.approved().await.unwrap().unwrap();
        let glossary = Glossary::load(&[layer], jiff::civil::date(2026, 1, 1)).unwrap();
        let look = |pair, form: &str| glossary.lookup(pair, form).map(|e| e.target.clone());
        assert_eq!(
            look(Pair::EN_BN, "Karim Talukder").as_deref(),
            Some("করিম তালুকদার")
        );
        assert_eq!(look(Pair::BN_EN, "করিম তালুকদার"), None);
        assert_eq!(
            look(Pair::BN_EN, "সফিক মোল্লা").as_deref(),
            Some("Shafique Mollah")
        );
        assert_eq!(glossary.len(), 2);
    }

    #[tokio::test]
    async fn what_differs_from_most_articles_is_told() {
        let (_folder, state) = state();
        let ledger = Ledger::new(state);
        let (usual, other) = (outcome("করিম তালুকদার"), outcome("কারিম তালুকদার"));
        let here = std::slice::from_ref(&usual);
        assert_eq!(ledger.differing(Pair::EN_BN, here).await.unwrap(), []);
        for _ in 0..2 {
            ledger.record(Pair::EN_BN, here).await.unwrap();
        }
        assert_eq!(ledger.differing(Pair::EN_BN, here).await.unwrap(), []);
        let others = [other];
        let found = ledger.differing(Pair::EN_BN, &others).await.unwrap();
        assert_eq!(found.len(), 1);
        assert_eq!(
            (found[0].1.name.rendering.as_str(), found[0].1.count),
            ("করিম তালুকদার", 2)
        );
        assert_eq!(ledger.differing(Pair::BN_EN, &others).await.unwrap(), []);
    }
}
