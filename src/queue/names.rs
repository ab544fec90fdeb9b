//! The name ledger of a queue: a key a name and direction, with all its renderings.

use std::collections::BTreeMap;

use async_trait::async_trait;
use futures::stream::{self, StreamExt, TryStreamExt};
use serde::{Deserialize, Serialize};

use super::bucket::Bucket;
use super::connect::{Kind, Queue, token};
use super::error::QueueError;
use crate::state::names::{Name, NameRow};
use crate::state::{NameStore, StateError, now};

/// Requests under way at a time.
const TOGETHER: usize = 64;

/// The name ledger of a queue. Clones are the same ledger.
#[derive(Debug, Clone)]
pub struct Names {
    bucket: Bucket,
}

/// All renderings of a name, as they are kept.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Kept {
    pair: String,
    source: String,
    renderings: Vec<Rendering>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Rendering {
    kind: String,
    rendering: String,
    origin: String,
    count: u64,
    first_seen: String,
    last_seen: String,
    approved: Option<(String, String)>,
}

fn key(pair: &str, source: &str) -> String {
    format!("seen.{}", token(&format!("{pair}\0{source}")))
}

fn approved_key(row: &NameRow) -> String {
    let Name {
        pair, source, kind, ..
    } = &row.name;
    format!("approved.{}", token(&format!("{pair}\0{source}\0{kind}")))
}

impl Kept {
    /// What is at the key of a name; nothing where it is another's.
    fn read(value: Option<&[u8]>, pair: &str, source: &str) -> Self {
        let kept: Option<Self> = value.and_then(|value| serde_json::from_slice(value).ok());
        let kept = kept.filter(|kept| kept.pair == pair && kept.source == source);
        kept.unwrap_or_else(|| Self {
            pair: pair.to_owned(),
            source: source.to_owned(),
            renderings: Vec::new(),
        })
    }

    fn count(&mut self, name: &Name, times: u64) {
        let now = now();
        let here = self
            .renderings
            .iter_mut()
            .find(|r| r.kind == name.kind && r.rendering == name.rendering);
        match here {
            Some(here) => {
                here.count += times;
                here.last_seen = here.last_seen.clone().max(now);
            }
            None => self.renderings.push(Rendering {
                kind: name.kind.clone(),
                rendering: name.rendering.clone(),
                origin: name.origin.clone(),
                count: times,
                first_seen: now.clone(),
                last_seen: now,
                approved: None,
            }),
        }
    }

    /// As rows: the approved one first, then the most frequent.
    fn rows(self) -> Vec<NameRow> {
        let mut rows: Vec<NameRow> = self
            .renderings
            .into_iter()
            .map(|r| NameRow {
                name: Name {
                    pair: self.pair.clone(),
                    source: self.source.clone(),
                    kind: r.kind,
                    rendering: r.rendering,
                    origin: r.origin,
                },
                count: r.count,
                first_seen: r.first_seen,
                last_seen: r.last_seen,
                approved: r.approved,
            })
            .collect();
        rows.sort_by(|a, b| {
            let rank = |row: &NameRow| (row.approved.is_none(), u64::MAX - row.count);
            let by_rank = rank(a).cmp(&rank(b));
            by_rank.then_with(|| a.name.rendering.cmp(&b.name.rendering))
        });
        rows
    }
}

impl Names {
    /// The ledger of `queue`.
    ///
    /// # Errors
    /// When its bucket cannot be made or reached.
    pub async fn open(queue: &Queue) -> Result<Self, QueueError> {
        let bucket = queue.bucket(Kind::Names).await?;
        Ok(Self { bucket })
    }

    /// Makes what is approved elsewhere known to all workers.
    pub(super) async fn approve(&self, rows: &[NameRow]) -> Result<(), StateError> {
        for row in rows {
            let mut kept = Kept::read(None, &row.name.pair, &row.name.source);
            kept.renderings.push(Rendering {
                kind: row.name.kind.clone(),
                rendering: row.name.rendering.clone(),
                origin: row.name.origin.clone(),
                count: row.count,
                first_seen: row.first_seen.clone(),
                last_seen: row.last_seen.clone(),
                approved: row.approved.clone(),
            });
            let value = serde_json::to_vec(&kept).unwrap_or_default();
            self.bucket.put(&approved_key(row), value.into()).await?;
        }
        Ok(())
    }

    /// Counts one name; again where somebody else counted it meanwhile.
    async fn count(&self, name: &Name, times: u64) -> Result<(), StateError> {
        let key = key(&name.pair, &name.source);
        loop {
            let found = self.bucket.get(&key).await?;
            let mut kept = Kept::read(found.value.as_deref(), &name.pair, &name.source);
            kept.count(name, times);
            let value = serde_json::to_vec(&kept).unwrap_or_default();
            let replaced = self.bucket.replace(&key, value.into(), found.revision);
            if replaced.await?.is_some() {
                return Ok(());
            }
        }
    }
}

#[async_trait]
impl NameStore for Names {
    async fn renderings(
        &self,
        pair: &str,
        sources: &[String],
    ) -> Result<Vec<Vec<NameRow>>, StateError> {
        let rows = sources.iter().cloned().map(|source| async move {
            let found = self.bucket.get(&key(pair, &source)).await?;
            Ok(Kept::read(found.value.as_deref(), pair, &source).rows())
        });
        stream::iter(rows).buffered(TOGETHER).try_collect().await
    }

    async fn names_seen(&self, names: Vec<Name>) -> Result<(), StateError> {
        // One of a key at a time, or they would be in each other's way.
        let mut keys: BTreeMap<(String, String), Vec<Name>> = BTreeMap::new();
        for name in names {
            let key = (name.pair.clone(), name.source.clone());
            keys.entry(key).or_default().push(name);
        }
        let counted = keys.into_values().map(|names| async move {
            for name in names {
                self.count(&name, 1).await?;
            }
            Ok(())
        });
        stream::iter(counted)
            .buffer_unordered(TOGETHER)
            .try_collect()
            .await
    }

    async fn approved_names(&self) -> Result<Vec<NameRow>, StateError> {
        let found = self.bucket.all("approved.*").await?;
        let kept = found
            .into_iter()
            .filter_map(|(_, found)| serde_json::from_slice::<Kept>(&found.value?).ok());
        let mut rows: Vec<NameRow> = kept.flat_map(Kept::rows).collect();
        rows.sort_by(NameRow::in_order);
        Ok(rows)
    }
}
