//! The layer around a provider that looks into the memory before it asks.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use tokio::sync::Notify;

use super::{Memory, key};
use crate::provider::layer::as_inner;
use crate::provider::{Batch, Draft, Drafts, Error, ErrorKind, Provider, Recalled, Retry};
use crate::state::drafts::Key;

/// A provider that is asked for nothing that is known. What it answers is kept
/// by [`Keeping`](super::Keeping), further inside.
///
/// A sentence that two articles share is asked for once, even where both are
/// under way: the second waits for the first.
pub struct Remembered {
    inner: Arc<dyn Provider>,
    memory: Arc<Memory>,
    /// What is being asked for at the moment.
    asked: Mutex<HashSet<Key>>,
    answered: Notify,
}

impl Remembered {
    /// `memory` is shared by all providers of a run.
    #[must_use]
    pub fn new(inner: Arc<dyn Provider>, memory: Arc<Memory>) -> Self {
        Self {
            inner,
            memory,
            asked: Mutex::new(HashSet::new()),
            answered: Notify::new(),
        }
    }

    /// Takes what the memory has of what is not answered.
    async fn look(&self, batch: &Batch, answers: &mut Answers) {
        for (index, recalled) in self.recall(batch).await.into_iter().enumerate() {
            if let Some(recalled) = recalled {
                answers.set(index, Ok(recalled.draft));
            }
        }
    }

    /// Asks for what `wanted` (indices into the batch) names.
    async fn ask(&self, batch: &Batch, wanted: &[usize], out: &mut Answers) {
        let mut smaller = Batch {
            pair: batch.pair,
            segments: wanted
                .iter()
                .filter_map(|&i| batch.segments.get(i).cloned())
                .collect(),
            context: batch.context.clone(),
        };
        if self.uses_context() {
            smaller.context.examples = self.memory.similar(&smaller).await;
        }
        match self.inner.translate(&smaller).await {
            Ok(drafts) if drafts.len() == wanted.len() => {
                for (&index, draft) in wanted.iter().zip(drafts) {
                    out.set(index, draft);
                }
            }
            Ok(drafts) => out.miscounted = Some(drafts),
            Err(error) => {
                for &index in wanted {
                    out.set(index, Err(error.clone()));
                }
                out.failed = Some(error);
            }
        }
    }

    fn key(&self, batch: &Batch, index: usize) -> Option<Key> {
        let segment = batch.segments.get(index)?;
        Some(key::draft(
            self.identity(),
            batch,
            segment,
            self.uses_context(),
        ))
    }

    /// Takes those of `wanted` that nobody else is asking for.
    fn claim<'a>(&'a self, batch: &Batch, wanted: &[usize]) -> (Claim<'a>, Vec<usize>) {
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        let mut claim = Claim {
            layer: self,
            keys: Vec::new(),
        };
        let mut mine = Vec::new();
        for &index in wanted {
            if let Some(key) = self.key(batch, index)
                && asked.insert(key.clone())
            {
                claim.keys.push(key);
                mine.push(index);
            }
        }
        (claim, mine)
    }
}

/// What is being asked for; given free in whichever way the call ends.
struct Claim<'a> {
    layer: &'a Remembered,
    keys: Vec<Key>,
}

impl Drop for Claim<'_> {
    fn drop(&mut self) {
        let asked = &self.layer.asked;
        let mut asked = asked.lock().unwrap_or_else(PoisonError::into_inner);
        for key in &self.keys {
            asked.remove(key);
        }
        self.layer.answered.notify_waiters();
    }
}

/// The answers to a batch, as they come.
struct Answers {
    drafts: Vec<Option<Result<Draft, Error>>>,
    /// The last error that concerned a whole call.
    failed: Option<Error>,
    /// An answer with more or fewer drafts than were asked for.
    miscounted: Option<Drafts>,
}

impl Answers {
    fn set(&mut self, index: usize, draft: Result<Draft, Error>) {
        if let Some(place) = self.drafts.get_mut(index) {
            *place = Some(draft);
        }
    }

    fn open(&self) -> Vec<usize> {
        let open = self.drafts.iter().enumerate();
        open.filter_map(|(i, d)| d.is_none().then_some(i)).collect()
    }
}

#[async_trait]
impl Provider for Remembered {
    as_inner!();

    async fn recall(&self, batch: &Batch) -> Vec<Option<Recalled>> {
        self.memory
            .recall(self.identity(), batch, self.uses_context())
            .await
    }

    async fn translate(&self, batch: &Batch) -> Result<Drafts, Error> {
        let mut answers = Answers {
            drafts: vec![None; batch.segments.len()],
            failed: None,
            miscounted: None,
        };
        // At first what nobody asks for, then what others have asked for
        // meanwhile; at last whatever they failed to get. While a claim is held
        // nothing is waited for but the memory and the provider.
        for last in [false, false, true] {
            self.look(batch, &mut answers).await;
            let open = answers.open();
            if open.is_empty() {
                break;
            }
            let (claim, mine) = self.claim(batch, &open);
            let mut wanted = if last { open } else { mine };
            if !wanted.is_empty() {
                // Who had it claimed may have got its answer since it was looked for.
                self.look(batch, &mut answers).await;
                let open = answers.open();
                wanted.retain(|index| open.contains(index));
            }
            if !wanted.is_empty() {
                self.ask(batch, &wanted, &mut answers).await;
            }
            drop(claim);
            if let Some(drafts) = answers.miscounted.take() {
                return Ok(drafts);
            }
            let others: Vec<Key> = answers
                .open()
                .iter()
                .filter_map(|&index| self.key(batch, index))
                .collect();
            loop {
                let answered = self.answered.notified();
                tokio::pin!(answered);
                // Before looking, so that no answer falls between the two.
                answered.as_mut().enable();
                let pending = {
                    let asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
                    others.iter().any(|key| asked.contains(key))
                };
                if !pending {
                    break;
                }
                answered.await;
            }
        }
        let all_failed = answers
            .drafts
            .iter()
            .all(|draft| !matches!(draft, Some(Ok(_))));
        if let Some(error) = answers.failed.filter(|_| all_failed) {
            return Err(error);
        }
        let unanswered = || Error {
            provider: self.identity().name.clone(),
            kind: ErrorKind::Malformed,
            message: "a segment was not answered".to_owned(),
            retry: Retry::Never,
        };
        Ok(answers
            .drafts
            .into_iter()
            .map(|draft| draft.unwrap_or_else(|| Err(unanswered())))
            .collect())
    }
}
