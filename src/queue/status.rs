//! How a queue fares, for people who watch.

use std::collections::BTreeMap;

use serde::Serialize;

use super::connect::{Kind, Queue};
use super::crew::Crew;
use super::error::QueueError;
use super::purse::{Shared, Spent};

/// How a queue fares.
#[derive(Debug, Clone, Serialize)]
pub struct Status {
    /// Articles that wait for a worker.
    pub waiting: u64,
    /// Articles that workers have.
    pub in_progress: u64,
    /// Of those, articles that were begun before.
    pub begun_again: u64,
    /// Articles that were given up.
    pub dead: u64,
    /// Workers that live.
    pub workers: usize,
    /// What was spent, by period.
    pub spent: BTreeMap<String, Spent>,
    /// Entries and bytes, by what they are.
    pub kept: BTreeMap<String, Size>,
}

/// How much there is of something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Size {
    /// Entries.
    pub entries: u64,
    /// Bytes on the disk of one server.
    pub bytes: u64,
}

impl Queue {
    /// How it fares.
    ///
    /// # Errors
    /// When the server does not answer.
    pub async fn status(&self) -> Result<Status, QueueError> {
        let mut consumer = self.consumer().await?;
        let info = consumer.info().await.map_err(|e| self.silent(&e))?.clone();
        let mut kept = BTreeMap::new();
        let mut dead = 0;
        for (name, mut stream) in [
            ("waiting", self.waiting().await?),
            ("dead", self.dead().await?),
        ] {
            let state = &stream.info().await.map_err(|e| self.silent(&e))?.state;
            let size = Size {
                entries: state.messages,
                bytes: state.bytes,
            };
            if name == "dead" {
                dead = size.entries;
            }
            kept.insert(name.to_owned(), size);
        }
        for kind in [Kind::Articles, Kind::Memory, Kind::Names] {
            let (entries, bytes) = self.bucket(kind).await?.size().await?;
            kept.insert(kind.word().to_owned(), Size { entries, bytes });
        }
        let workers = Crew::open(self).await?.workers().await;
        let spent = Shared::open(self, "status").await?.spent().await;
        Ok(Status {
            waiting: info.num_pending,
            in_progress: info.num_ack_pending as u64,
            begun_again: info.num_redelivered as u64,
            dead,
            workers: workers.map_err(|e| self.state_error(&e))?,
            spent: spent.map_err(|e| self.state_error(&e))?,
            kept,
        })
    }
}
