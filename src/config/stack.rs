//! What stands around a service, in one place.

use std::sync::Arc;
use std::time::Duration;

use serde::Deserialize;

use super::value;
use crate::provider::Provider;
use crate::provider::layer::{
    Breaker, Limited, Limits, Patience, Pauses, Retrying, Sharing, Timed,
};

/// How a service is asked: how fast, how long, how often.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct StackConfig {
    /// Seconds that one attempt may take.
    #[serde(deserialize_with = "value::seconds")]
    pub timeout: f64,
    /// Most attempts, the first one counted.
    #[serde(deserialize_with = "value::attempts")]
    pub attempts: u32,
    /// Seconds from the first attempt to the start of the last.
    #[serde(deserialize_with = "value::seconds")]
    pub total_time: f64,
    /// Requests a minute.
    #[serde(deserialize_with = "value::rate")]
    pub requests_per_minute: Option<f64>,
    /// Characters a minute.
    #[serde(deserialize_with = "value::rate")]
    pub characters_per_minute: Option<f64>,
    /// Tokens a minute, there and back, as estimated.
    #[serde(deserialize_with = "value::rate")]
    pub tokens_per_minute: Option<f64>,
    /// Requests at a time.
    #[serde(deserialize_with = "value::concurrency")]
    pub concurrency: usize,
}

impl Default for StackConfig {
    fn default() -> Self {
        Self {
            timeout: 60.0,
            attempts: 5,
            total_time: 300.0,
            requests_per_minute: None,
            characters_per_minute: None,
            tokens_per_minute: None,
            concurrency: 4,
        }
    }
}

/// A service in its layers. From the inside: one clock an attempt; limits, which
/// every attempt passes; memory and budget, since every attempt may be answered
/// and charged; retries;
/// pauses, which see what no retry could mend. Where other processes ask the same service,
/// limits are divided and pauses shared by way of `sharing`. What is remembered stands outside
/// of these, where nothing is asked that need not be.
#[must_use]
pub fn stack(
    service: Arc<dyn Provider>,
    config: &StackConfig,
    sharing: Option<Arc<dyn Sharing>>,
    booked: impl FnOnce(Arc<dyn Provider>) -> Arc<dyn Provider>,
) -> Arc<dyn Provider> {
    let timed = Arc::new(Timed::new(service, seconds(config.timeout)));
    let limits = Limits {
        requests: config.requests_per_minute,
        characters: config.characters_per_minute,
        tokens: config.tokens_per_minute,
        concurrency: config.concurrency,
    };
    let limited = match &sharing {
        Some(sharing) => {
            let limited = Arc::new(Limited::shared(timed, limits, sharing.share()));
            sharing.enrol(Arc::downgrade(&limited));
            limited
        }
        None => Arc::new(Limited::new(timed, limits)),
    };
    let patience = Patience {
        attempts: config.attempts,
        total: seconds(config.total_time),
    };
    let retrying = Arc::new(Retrying::new(booked(limited), patience));
    Arc::new(Breaker::new(retrying, Pauses::default()).with(sharing))
}

/// (What was read is within bounds.)
fn seconds(seconds: f64) -> Duration {
    Duration::try_from_secs_f64(seconds).unwrap_or(Duration::from_mins(1))
}
