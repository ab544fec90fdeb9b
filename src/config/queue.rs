//! `[queue]`: machines that work on one job.

use std::path::PathBuf;

use serde::Deserialize;

#[cfg(feature = "queue")]
use super::Config;
use super::value;

/// The keys of `[queue]`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct QueueConfig {
    /// The servers, where no `--queue` names them.
    #[serde(deserialize_with = "value::name")]
    pub url: Option<String>,
    /// The queue's name: those of one name share articles, memory, limits and budget.
    #[serde(deserialize_with = "value::text")]
    pub name: String,
    /// A file with the credentials of an account.
    #[serde(deserialize_with = "value::some_path")]
    pub credentials: Option<PathBuf>,
    /// A file with the authorities whose certificates servers may have.
    #[serde(deserialize_with = "value::some_path")]
    pub authorities: Option<PathBuf>,
    /// A file with a certificate of one's own; it needs `key`.
    #[serde(deserialize_with = "value::some_path")]
    pub certificate: Option<PathBuf>,
    /// The key of the certificate.
    #[serde(deserialize_with = "value::some_path")]
    pub key: Option<PathBuf>,
    /// The bucket that articles lie in and go to, where they lie in no folder.
    #[serde(deserialize_with = "value::name")]
    pub bucket: Option<String>,
    /// Servers that keep everything.
    #[serde(deserialize_with = "value::concurrency")]
    pub replicas: usize,
    /// Seconds that an article is a worker's own without a sign of life.
    #[serde(deserialize_with = "value::seconds")]
    pub lease: f64,
    /// Most articles that wait.
    #[serde(deserialize_with = "value::many")]
    pub waiting: usize,
    /// Times that an article is begun without coming to an end.
    #[serde(deserialize_with = "value::attempts")]
    pub begun: u32,
    /// Seconds before an article that failed is tried again.
    #[serde(deserialize_with = "value::seconds")]
    pub pause: f64,
    /// Seconds that a server may be silent.
    #[serde(deserialize_with = "value::seconds")]
    pub patience: f64,
}

impl Default for QueueConfig {
    fn default() -> Self {
        Self {
            url: None,
            name: "anubad".to_owned(),
            credentials: None,
            authorities: None,
            certificate: None,
            key: None,
            bucket: None,
            replicas: 1,
            lease: 60.0,
            waiting: 1_000_000,
            begun: 5,
            pause: 10.0,
            patience: 60.0,
        }
    }
}

#[cfg(feature = "queue")]
impl Config {
    /// The queue that the command line names, else the one that the file names.
    #[must_use]
    pub fn queue(&self, url: Option<&str>) -> Option<crate::queue::Settings> {
        let queue = &self.queue;
        let place = |path: &Option<PathBuf>| path.as_ref().map(|path| self.place(path));
        let seconds = std::time::Duration::from_secs_f64;
        Some(crate::queue::Settings {
            url: url.or(queue.url.as_deref())?.to_owned(),
            name: queue.name.clone(),
            credentials: place(&queue.credentials),
            authorities: place(&queue.authorities),
            certificate: place(&queue.certificate).zip(place(&queue.key)),
            bucket: queue.bucket.clone(),
            replicas: queue.replicas,
            lease: seconds(queue.lease),
            waiting: queue.waiting as u64,
            begun: queue.begun,
            pause: seconds(queue.pause),
            patience: seconds(queue.patience),
        })
    }

    /// The least that a provider of the chain takes at a time and in a minute.
    #[must_use]
    pub fn least(&self) -> crate::queue::Least {
        let mut least = crate::queue::Least::default();
        let described = self.pipeline.providers.iter();
        let described = described.filter_map(|name| self.providers.get(name));
        for stack in described.filter_map(super::ProviderConfig::stack) {
            let calls = least.calls.unwrap_or(usize::MAX);
            least.calls = Some(calls.min(stack.concurrency));
            let rates = [
                stack.requests_per_minute,
                stack.characters_per_minute,
                stack.tokens_per_minute,
            ];
            for rate in rates.into_iter().flatten() {
                least.minute = Some(least.minute.unwrap_or(f64::MAX).min(rate));
            }
        }
        least
    }
}
