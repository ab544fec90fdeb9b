//! The same job on many machines, over `JetStream` of NATS.
//!
//! `anubad run --queue` lists the articles and brings what is to be done about each as
//! a message; workers take them, and acknowledge what is written. The journey of an
//! article, its ledger, the memory, the books and the layers around a provider are
//! those of one machine: this module keeps their rows in buckets of keys and values
//! ([`ArticleStore`](crate::state::ArticleStore), [`DraftStore`](crate::state::DraftStore),
//! [`NameStore`](crate::state::NameStore), [`Purse`](crate::accounts::Purse)), and tells
//! workers of each other ([`Sharing`](crate::provider::layer::Sharing)).
//!
//! Articles and their translations lie in a folder that all machines have, or in a bucket
//! ([`Store`](crate::batch::Store)); a message has but their names.
//!
//! **A message comes at least once, and its article is written once.** Whoever has
//! translated an article claims its row at the revision that was read before, and
//! only then writes. What was paid for is in the memory before, so whoever takes over
//! finds the same words.

mod articles;
mod bring;
mod bucket;
#[cfg(feature = "buckets")]
mod cloud;
mod connect;
mod crew;
mod dead;
mod drafts;
mod error;
mod files;
mod keeper;
mod letter;
mod member;
mod names;
mod objects;
mod post;
mod purse;
mod reach;
mod roll;
mod settings;
mod status;
mod worker;

pub use articles::Articles;
pub use bring::{BringError, Bringing, Brought, Told, approvals, bring};
pub use connect::Queue;
pub use crew::Crew;
pub use dead::DeadLetter;
pub use drafts::Drafts;
pub use error::{QueueError, Trouble};
pub use files::copy;
pub use member::{Least, Member};
pub use names::Names;
pub use purse::{Part, Shared, Spent};
pub use settings::{Settings, is_name};
pub use status::{Size, Status};
pub use worker::{Ended, Worker};
