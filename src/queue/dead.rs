//! Dead letters: articles that were given up, with the cause.

use futures::StreamExt;
use serde::{Deserialize, Serialize};

use super::connect::Queue;
use super::crew::Crew;
use super::error::QueueError;
use super::letter::Letter;
use super::post::Posted;
use crate::state::{StateError, now};

/// An article that was given up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeadLetter {
    /// The article.
    pub id: String,
    /// Why it was given up, for a person.
    pub cause: String,
    /// When; UTC.
    pub at: String,
    /// How often it was begun.
    pub begun: u64,
    /// What was asked for, to be asked for again.
    letter: Option<Letter>,
}

impl DeadLetter {
    pub(super) fn new(letter: Option<Letter>, id: String, cause: String, begun: u64) -> Self {
        Self {
            id,
            cause,
            at: now(),
            begun,
            letter,
        }
    }
}

impl Queue {
    /// Enters that an article was given up.
    pub(super) async fn bury(&self, key: &str, letter: &DeadLetter) -> Result<(), QueueError> {
        let payload = serde_json::to_vec(letter).unwrap_or_default();
        // Of an article that is given up twice the later letter counts.
        let id = blake3::hash(&payload).to_hex().to_string();
        let subject = self.dead_subject(key);
        let posted = self.post(&subject, &id, payload.into(), None, &|| {});
        posted.await.map(drop)
    }

    /// Every dead letter, the oldest first, with its number in the stream.
    ///
    /// # Errors
    /// When the server does not answer.
    pub async fn dead_letters(&self) -> Result<Vec<(u64, DeadLetter)>, QueueError> {
        let mut stream = self.dead().await?;
        let silent = |cause: &dyn std::fmt::Display| self.silent(cause);
        let state = stream.info().await.map_err(|e| silent(&e))?.state.clone();
        let mut letters = Vec::new();
        let numbers = futures::stream::iter(state.first_sequence..=state.last_sequence);
        let mut found = numbers
            .map(|number| {
                let stream = stream.clone();
                async move { stream.get_raw_message(number).await }
            })
            .buffered(64);
        while let Some(message) = found.next().await {
            // Numbers between the first and the last may be gone.
            let Ok(message) = message else { continue };
            if let Ok(letter) = serde_json::from_slice(&message.payload) {
                letters.push((message.sequence, letter));
            }
        }
        Ok(letters)
    }

    /// Brings dead letters back to the workers, those whose article `which` accepts;
    /// says how many.
    ///
    /// # Errors
    /// When the server does not answer. What was brought back stays there.
    pub async fn retry(&self, which: &dyn Fn(&str) -> bool) -> Result<usize, QueueError> {
        let stream = self.dead().await?;
        let round = Crew::open(self).await?.begin_round().await;
        let round = round.map_err(|error| self.state_error(&error))?.round;
        let mut count = 0;
        for (number, dead) in self.dead_letters().await? {
            let Some(mut letter) = dead.letter.filter(|_| which(&dead.id)) else {
                continue;
            };
            letter.again = true;
            let subject = stream.get_raw_message(number).await;
            let subject = subject.map_err(|e| self.silent(&e))?.subject;
            let key = subject.rsplit('.').next().unwrap_or_default().to_owned();
            let id = letter.id(&round.to_string());
            let payload = letter.written();
            let subject = self.subject(&key);
            let posted = self.post(&subject, &id, payload, None, &|| {});
            match posted.await? {
                Posted::New | Posted::Waiting => {}
                Posted::Stopped => break,
            }
            let removed = stream.delete_message(number).await;
            removed.map_err(|e| self.silent(&e))?;
            count += 1;
        }
        Ok(count)
    }

    /// Takes every article out of the queue that waits; says how many. Those that
    /// are worked on are done all the same.
    ///
    /// # Errors
    /// When the server does not answer.
    pub async fn drain(&self) -> Result<u64, QueueError> {
        let stream = self.waiting().await?;
        let purged = stream.purge().await.map_err(|e| self.silent(&e))?;
        // What was taken out may be brought again at once.
        let round = Crew::open(self).await?.begin_round().await;
        round.map_err(|error| self.state_error(&error))?;
        Ok(purged.purged)
    }

    /// An error of a bucket as one of the queue.
    pub(super) fn state_error(&self, error: &StateError) -> QueueError {
        self.silent(&error.problem)
    }
}
