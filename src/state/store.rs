//! What the pipeline asks of whatever outlives a run, apart from how it is kept.
//!
//! One machine keeps it in a [`StateFile`]. Machines that share a job keep it
//! where all of them reach it; the memory, the ledgers and the journey of an
//! article are the same there.

use async_trait::async_trait;

use super::drafts::{DraftRow, Key};
use super::ledger::Entry;
use super::names::{Name, NameRow};
use super::{StateError, StateFile};

/// The rows of the translation memory.
#[async_trait]
pub trait DraftStore: std::fmt::Debug + Send + Sync {
    /// The drafts of `keys`, one a key, in order; `None` where there is none.
    async fn drafts(&self, keys: &[Key]) -> Result<Vec<Option<String>>, StateError>;

    /// The same of what people approved.
    async fn approved(&self, keys: &[Key]) -> Result<Vec<Option<String>>, StateError>;

    /// Keeps drafts; ready when nothing can lose them. One entry a row: the draft
    /// that holds in its place, where somebody else was first.
    async fn keep_drafts(&self, rows: Vec<DraftRow>) -> Result<Vec<Option<String>>, StateError>;

    /// Sentences of `pair` that share rare words with `words` (in lower case).
    async fn candidates(&self, pair: &str, words: &[String]) -> Result<Vec<DraftRow>, StateError>;
}

/// The rows of the name ledger.
#[async_trait]
pub trait NameStore: std::fmt::Debug + Send + Sync {
    /// Every rendering of each of `sources`, in order: the approved one first, then
    /// the most frequent.
    async fn renderings(
        &self,
        pair: &str,
        sources: &[String],
    ) -> Result<Vec<Vec<NameRow>>, StateError>;

    /// Counts names that were met. A rendering that is there already keeps its
    /// origin and its approval.
    async fn names_seen(&self, names: Vec<Name>) -> Result<(), StateError>;

    /// The approved renderings, of every direction.
    async fn approved_names(&self) -> Result<Vec<NameRow>, StateError>;
}

/// The rows of the job ledger.
#[async_trait]
pub trait ArticleStore: std::fmt::Debug + Send + Sync {
    /// The rows of articles whose outputs go to `folder`, one an id, in order.
    async fn articles(
        &self,
        folder: &str,
        ids: &[String],
    ) -> Result<Vec<Option<Entry>>, StateError>;

    /// Whether whoever has read the row of an article may write its outputs now:
    /// nobody else has done so, or is about to.
    async fn claim(&self, folder: &str, id: &str) -> Result<bool, StateError>;

    /// Has an article be done again, since an editor has changed something for it.
    async fn reopen_article(&self, folder: &str, id: &str) -> Result<(), StateError>;

    /// Enters what became of an article; ready when nothing can lose it.
    async fn enter_article(&self, folder: &str, entry: Entry, run: i64) -> Result<(), StateError>;
}

#[async_trait]
impl DraftStore for StateFile {
    async fn drafts(&self, keys: &[Key]) -> Result<Vec<Option<String>>, StateError> {
        Self::drafts(self, keys)
    }

    async fn approved(&self, keys: &[Key]) -> Result<Vec<Option<String>>, StateError> {
        Self::drafts(self, keys)
    }

    async fn keep_drafts(&self, rows: Vec<DraftRow>) -> Result<Vec<Option<String>>, StateError> {
        let others = vec![None; rows.len()];
        Self::keep_drafts(self, rows).await?;
        Ok(others)
    }

    async fn candidates(&self, pair: &str, words: &[String]) -> Result<Vec<DraftRow>, StateError> {
        Self::candidates(self, pair, words)
    }
}

#[async_trait]
impl NameStore for StateFile {
    async fn renderings(
        &self,
        pair: &str,
        sources: &[String],
    ) -> Result<Vec<Vec<NameRow>>, StateError> {
        let rows = sources
            .iter()
            .map(|source| Self::renderings(self, pair, source));
        rows.collect()
    }

    async fn names_seen(&self, names: Vec<Name>) -> Result<(), StateError> {
        Self::names_seen(self, names).await
    }

    async fn approved_names(&self) -> Result<Vec<NameRow>, StateError> {
        let mut rows = self.names(None)?;
        rows.retain(|row| row.approved.is_some());
        rows.sort_by(NameRow::in_order);
        Ok(rows)
    }
}

#[async_trait]
impl ArticleStore for StateFile {
    async fn articles(
        &self,
        folder: &str,
        ids: &[String],
    ) -> Result<Vec<Option<Entry>>, StateError> {
        Self::articles(self, folder, ids)
    }

    async fn claim(&self, _: &str, _: &str) -> Result<bool, StateError> {
        // Its run has the file, and each article, for itself.
        Ok(true)
    }

    async fn reopen_article(&self, folder: &str, id: &str) -> Result<(), StateError> {
        Self::reopen_article(self, folder, id).await
    }

    async fn enter_article(&self, folder: &str, entry: Entry, run: i64) -> Result<(), StateError> {
        Self::enter_article(self, folder, entry, run).await
    }
}
