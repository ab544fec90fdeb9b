//! What can be wrong with a queue, and what to do about it.

/// Why a queue cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {trouble}")]
pub struct QueueError {
    /// The queue, without user and password.
    pub place: String,
    /// What is wrong with it.
    pub trouble: Trouble,
}

/// What is wrong with a queue.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// Its address is none.
    #[error(
        "this is no address of a queue ({0}); write it as in nats://host:4222 or tls://host:4222"
    )]
    Address(String),
    /// A file of its settings cannot be read.
    #[error("{file} cannot be read: {cause}; correct the path under [queue]")]
    File {
        /// The file.
        file: String,
        /// Why.
        cause: String,
    },
    /// The bucket of its articles has no name that is known here.
    #[error(
        "`bucket = \"{0}\"` under [queue] names no bucket that this anubad knows: write \"jetstream\", or \
         \"jetstream:NAME\" with letters, digits, - and _; s3://NAME, gs://NAME, az://NAME and file:///FOLDER \
         need an anubad that was built with `--features buckets`"
    )]
    Bucket(String),
    /// The bucket of its articles cannot be used.
    #[cfg(feature = "buckets")]
    #[error(
        "the bucket under [queue] cannot be used: {0}; correct its address, or the keys in the environment"
    )]
    Cloud(String),
    /// Nobody answers there.
    #[error(
        "the server cannot be reached: {0}; start it (nats-server -js), or correct the address"
    )]
    Unreachable(String),
    /// It answers, and refuses.
    #[error("the server refuses the connection: {0}; correct the credentials under [queue]")]
    Refused(String),
    /// It does not do what is needed.
    #[error(
        "{0} cannot be made: {1}; give the account JetStream and enough storage (nats-server -js)"
    )]
    Unmade(&'static str, String),
    /// It answered for a while and does no longer.
    #[error("the server does not answer: {0}; what is done stays done, run again when it is back")]
    Silent(String),
    /// What lies in it is not ours.
    #[error("a message is not one of anubad's: {0}; name another queue under [queue]")]
    Foreign(String),
}
