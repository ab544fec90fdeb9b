//! Bringing messages into streams, whatever servers do meanwhile.

use std::time::{Duration, Instant};

use async_nats::jetstream::message::PublishMessage;
use bytes::Bytes;

use super::connect::Queue;
use super::error::QueueError;
use crate::batch::Stop;

/// The first pause after a refusal; it doubles.
const FIRST: Duration = Duration::from_millis(50);
/// The pause that it does not grow beyond.
const LONGEST: Duration = Duration::from_secs(2);

/// What became of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Posted {
    /// It is in the stream.
    New,
    /// The article waits there already.
    Waiting,
    /// It was not brought there, since it was asked to stop.
    Stopped,
}

/// Why a message was not taken.
enum Refusal {
    /// A message of its subject is there.
    Waiting,
    /// The stream is full.
    Full,
    /// Nobody answered, or the server cannot at the moment.
    Silent(String),
}

impl Queue {
    /// Brings a message into the stream of its subject. While that is full it waits
    /// for room, until `stop` asks for an end; `full` is told once.
    pub(super) async fn post(
        &self,
        subject: &str,
        id: &str,
        payload: Bytes,
        stop: Option<&Stop>,
        full: &(dyn Fn() + Sync),
    ) -> Result<Posted, QueueError> {
        let mut silent: Option<Instant> = None;
        let mut is_told = false;
        let mut pause = FIRST;
        loop {
            let refusal = match self.try_post(subject, id, payload.clone()).await {
                Ok(posted) => return Ok(posted),
                Err(refusal) => refusal,
            };
            match refusal {
                Refusal::Waiting => return Ok(Posted::Waiting),
                Refusal::Full => {
                    silent = None;
                    if !is_told {
                        is_told = true;
                        full();
                    }
                }
                Refusal::Silent(cause) => {
                    let since = *silent.get_or_insert_with(Instant::now);
                    if since.elapsed() > self.settings().patience {
                        return Err(self.silent(&cause));
                    }
                    tracing::info!(cause, "asking the server again");
                }
            }
            if stop.is_some_and(Stop::asked) {
                return Ok(Posted::Stopped);
            }
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(LONGEST);
        }
    }

    async fn try_post(&self, subject: &str, id: &str, payload: Bytes) -> Result<Posted, Refusal> {
        let message = PublishMessage::build().payload(payload).message_id(id);
        let sent = self.context().send_publish(subject.to_owned(), message);
        let sent = sent.await.map_err(|e| refusal(&e))?;
        let ack = sent.await.map_err(|e| refusal(&e))?;
        Ok(if ack.duplicate {
            Posted::Waiting
        } else {
            Posted::New
        })
    }
}

fn refusal(error: &async_nats::jetstream::context::PublishError) -> Refusal {
    let text = error.to_string();
    if text.contains("maximum messages per subject") {
        Refusal::Waiting
    } else if text.contains("maximum messages") || text.contains("maximum bytes") {
        Refusal::Full
    } else {
        Refusal::Silent(text)
    }
}
