//! The connection, and what has to be there: the streams and buckets of a queue.

use std::sync::Arc;
use std::time::{Duration, Instant};

use async_nats::jetstream::{
    self, Context,
    consumer::{AckPolicy, PullConsumer, pull},
    kv,
    object_store::ObjectStore,
    stream,
};

use super::bucket::Bucket;
use super::error::{QueueError, Trouble};
use super::settings::Settings;

/// How long one request waits for its answer; it is sent again after that.
const ANSWER: Duration = Duration::from_secs(3);
/// The first pause after a request that was not answered; it doubles.
const FIRST: Duration = Duration::from_millis(50);
/// The pause that it does not grow beyond.
const LONGEST: Duration = Duration::from_secs(2);
/// How long a worker that is not heard and a pause are kept.
const FORGOTTEN: Duration = Duration::from_mins(15);
/// How long two messages of one id are one message.
const SAME: Duration = Duration::from_mins(2);

/// A queue. Clones are the same queue.
#[derive(Clone)]
pub struct Queue(Arc<Inner>);

struct Inner {
    settings: Settings,
    context: Context,
}

impl std::fmt::Debug for Queue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Queue")
            .field(&self.0.settings.shown())
            .finish()
    }
}

/// The buckets of a queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// What became of every article.
    Articles,
    /// The translation memory.
    Memory,
    /// The name ledger.
    Names,
    /// What was spent.
    Spend,
    /// The workers that live, and the providers that they pause.
    Crew,
}

impl Kind {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Articles => "articles",
            Self::Memory => "memory",
            Self::Names => "names",
            Self::Spend => "spend",
            Self::Crew => "crew",
        }
    }
}

impl Queue {
    /// Connects to the servers; makes nothing.
    ///
    /// # Errors
    /// When an address or a file is wrong, or nobody answers.
    pub async fn connect(settings: Settings) -> Result<Self, QueueError> {
        let servers = settings.servers()?;
        let mut options = async_nats::ConnectOptions::new()
            .name("anubad")
            .connection_timeout(ANSWER)
            .request_timeout(Some(ANSWER))
            .ping_interval(Duration::from_secs(10));
        let named = servers.iter().find_map(|s| s.username().zip(s.password()));
        if let Some((user, password)) = named {
            options = options.user_and_password(user.to_owned(), password.to_owned());
        }
        if let Some(file) = &settings.credentials {
            options = options.credentials_file(file).await.map_err(|cause| {
                settings.error(Trouble::File {
                    file: file.display().to_string(),
                    cause: cause.to_string(),
                })
            })?;
        }
        if let Some(file) = &settings.authorities {
            options = options
                .add_root_certificates(file.clone())
                .require_tls(true);
        }
        if let Some((certificate, key)) = &settings.certificate {
            options = options
                .add_client_certificate(certificate.clone(), key.clone())
                .require_tls(true);
        }
        let client = options.connect(servers).await.map_err(|cause| {
            use async_nats::ConnectErrorKind as Kind;
            settings.error(match cause.kind() {
                Kind::Authentication | Kind::AuthorizationViolation => {
                    Trouble::Refused(cause.to_string())
                }
                _ => Trouble::Unreachable(cause.to_string()),
            })
        })?;
        let context = jetstream::context::ContextBuilder::new()
            .timeout(ANSWER)
            .ack_timeout(ANSWER)
            .build(client);
        Ok(Self(Arc::new(Inner { settings, context })))
    }

    /// What it is reached by.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.0.settings
    }

    pub(super) fn context(&self) -> &Context {
        &self.0.context
    }

    pub(super) fn error(&self, trouble: Trouble) -> QueueError {
        self.0.settings.error(trouble)
    }

    /// That the server has been silent for too long.
    pub(super) fn silent(&self, cause: &dyn std::fmt::Display) -> QueueError {
        self.error(Trouble::Silent(cause.to_string()))
    }

    /// The subject of an article with this key.
    pub(super) fn subject(&self, key: &str) -> String {
        format!("anubad.{}.article.{key}", self.0.settings.name)
    }

    /// The subject of an article with this key that was given up.
    pub(super) fn dead_subject(&self, key: &str) -> String {
        format!("anubad.{}.dead.{key}", self.0.settings.name)
    }

    fn stream_name(&self, what: &str) -> String {
        format!("anubad-{}-{what}", self.0.settings.name)
    }

    /// The stream of articles that wait or are worked on: each is there once, and
    /// goes when it is acknowledged.
    pub(super) async fn waiting(&self) -> Result<stream::Stream, QueueError> {
        let settings = &self.0.settings;
        let config = stream::Config {
            name: self.stream_name("waiting"),
            subjects: vec![format!("anubad.{}.article.*", settings.name)],
            retention: stream::RetentionPolicy::WorkQueue,
            // A second message of an article is refused while the first one waits.
            max_messages_per_subject: 1,
            discard: stream::DiscardPolicy::New,
            discard_new_per_subject: true,
            max_messages: i64::try_from(settings.waiting).unwrap_or(i64::MAX),
            duplicate_window: SAME,
            num_replicas: settings.replicas,
            ..stream::Config::default()
        };
        self.stream("the stream of articles", config).await
    }

    /// The stream of articles that were given up.
    pub(super) async fn dead(&self) -> Result<stream::Stream, QueueError> {
        let settings = &self.0.settings;
        let config = stream::Config {
            name: self.stream_name("dead"),
            subjects: vec![format!("anubad.{}.dead.*", settings.name)],
            max_messages_per_subject: 1,
            discard: stream::DiscardPolicy::Old,
            duplicate_window: SAME,
            num_replicas: settings.replicas,
            ..stream::Config::default()
        };
        self.stream("the stream of dead letters", config).await
    }

    /// Who hands articles to workers.
    pub(super) async fn consumer(&self) -> Result<PullConsumer, QueueError> {
        let settings = &self.0.settings;
        let config = pull::Config {
            durable_name: Some("workers".to_owned()),
            ack_policy: AckPolicy::Explicit,
            ack_wait: settings.lease,
            // They count themselves how often an article was begun.
            max_deliver: -1,
            max_ack_pending: 100_000,
            max_waiting: 10_000,
            ..pull::Config::default()
        };
        let stream = self.waiting().await?;
        let consumer = self.patiently(|| async {
            let consumer = stream
                .get_or_create_consumer("workers", config.clone())
                .await;
            consumer.map_err(|cause| cause.to_string())
        });
        let consumer = consumer.await;
        consumer.map_err(|cause| self.error(Trouble::Unmade("the consumer", cause)))
    }

    async fn stream(
        &self,
        what: &'static str,
        config: stream::Config,
    ) -> Result<stream::Stream, QueueError> {
        let context = &self.0.context;
        let made = self.patiently(|| async {
            // One that is there stays as an administrator has set it.
            if let Ok(stream) = context.get_stream(&config.name).await {
                return Ok(stream);
            }
            let made = context.create_stream(config.clone()).await;
            made.map_err(|cause| cause.to_string())
        });
        let made = made.await;
        made.map_err(|cause| self.error(Trouble::Unmade(what, cause)))
    }

    /// Tries again while servers may come back or agree; the last cause where they
    /// do not.
    pub(super) async fn patiently<T, F>(&self, attempt: impl Fn() -> F) -> Result<T, String>
    where
        F: Future<Output = Result<T, String>>,
    {
        let started = Instant::now();
        let mut pause = FIRST;
        loop {
            let cause = match attempt().await {
                Ok(done) => return Ok(done),
                Err(cause) => cause,
            };
            if started.elapsed() + pause > self.0.settings.patience {
                return Err(cause);
            }
            tracing::info!(cause, "asking the server again");
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(LONGEST);
        }
    }

    /// An object store, and the stream that it is. One that is there stays as it is.
    pub(super) async fn object_store(
        &self,
        name: &str,
    ) -> Result<(ObjectStore, stream::Stream), QueueError> {
        let settings = &self.0.settings;
        let config = stream::Config {
            name: format!("OBJ_{name}"),
            subjects: vec![format!("$O.{name}.C.>"), format!("$O.{name}.M.>")],
            allow_rollup: true,
            discard: stream::DiscardPolicy::New,
            // As with buckets of keys: what was written a moment ago has to be found.
            allow_direct: settings.replicas == 1,
            num_replicas: settings.replicas,
            ..stream::Config::default()
        };
        let stream = self.stream("an object store", config).await?;
        let store = self.patiently(|| async {
            let store = self.0.context.get_object_store(name).await;
            store.map_err(|cause| cause.to_string())
        });
        let store = store.await;
        let store = store.map_err(|cause| self.error(Trouble::Unmade("an object store", cause)))?;
        Ok((store, stream))
    }

    /// A bucket of keys and values.
    pub(super) async fn bucket(&self, kind: Kind) -> Result<Bucket, QueueError> {
        let settings = &self.0.settings;
        let name = self.stream_name(kind.word());
        let config = stream::Config {
            name: format!("KV_{name}"),
            subjects: vec![format!("$KV.{name}.>")],
            max_messages_per_subject: 1,
            allow_rollup: true,
            deny_delete: true,
            discard: stream::DiscardPolicy::New,
            // Of several servers one that is behind may answer; what was paid for
            // a moment ago has to be found.
            allow_direct: settings.replicas == 1,
            max_age: match kind {
                Kind::Crew => FORGOTTEN,
                _ => Duration::ZERO,
            },
            duplicate_window: SAME,
            num_replicas: settings.replicas,
            ..stream::Config::default()
        };
        self.stream("a bucket", config).await?;
        // Of several servers the one that leads may be chosen anew at this moment.
        let store = self.patiently(|| async {
            let store: Result<kv::Store, _> = self.0.context.get_key_value(&name).await;
            store.map_err(|cause| cause.to_string())
        });
        let store = store.await;
        let store = store.map_err(|cause| self.error(Trouble::Unmade("a bucket", cause)))?;
        Ok(Bucket::new(self.clone(), store))
    }
}

/// A text as one token of a subject or as a key: a digest that no two share.
pub(super) fn token(text: &str) -> String {
    blake3::hash(text.as_bytes()).to_hex().to_string()
}
