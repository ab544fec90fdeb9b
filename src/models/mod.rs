//! Models of the embedded engine, installed beside the starters in the binary.
//!
//! A [`Store`] is a folder with a model a direction in `<pair>/`, each with a
//! `SHA256SUMS` that the engine compares before it loads. Models come from a
//! [`Collection`] of Remote Settings, which is how Mozilla publishes those of
//! Firefox Translations, by way of a [`Source`]; or from a person's own files.
//! What is being fetched lies in a folder of its own until it is whole and
//! checked, so that `<pair>/` is a whole model or absent.

mod collection;
mod source;
mod store;

use std::path::PathBuf;

use crate::language::Pair;
use crate::provider;
use crate::provider::local::ModelError;
pub use collection::{Attachment, Collection, PINNED, Release, Role};
pub use source::{Server, Source};
pub use store::{Fetching, Found, Installed, Store};

/// Why a model was not fetched, installed or removed.
#[derive(Debug, thiserror::Error)]
pub enum ModelsError {
    /// The server cannot be asked, or refuses.
    #[error("the models' server: {}", .0.message)]
    Server(#[from] provider::Error),
    /// The server's list cannot be read.
    #[error(
        "the server's list of models cannot be read: {0}; check `url` under [models] in the configuration"
    )]
    NoCollection(String),
    /// The collection has no model that this engine runs.
    #[error("the collection has no model for {pair} that this engine runs{others}")]
    NotOffered {
        /// The direction.
        pair: String,
        /// What it has, as the end of the sentence.
        others: String,
    },
    /// The collection no longer has the pinned release.
    #[error(
        "the collection has no model for {0} with a digest that this version of anubad knows; leave out --pinned to take its newest"
    )]
    NotPinned(Pair),
    /// What was fetched is not what the collection says.
    #[error(
        "{what} that was fetched is damaged: its SHA-256 is {found}, the collection says {expected}; nothing was installed, try again"
    )]
    Damaged {
        /// Which file.
        what: String,
        /// The digest of what came.
        found: String,
        /// The digest that it should have.
        expected: String,
    },
    /// What was fetched cannot be unpacked.
    #[error("{what} that was fetched cannot be unpacked: {cause}; nothing was installed")]
    Packed {
        /// Which file.
        what: String,
        /// The decoder's words.
        cause: String,
    },
    /// The files are no model.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// There is nothing to work on.
    #[error("no model for {pair} is installed in {folder}; see `anubad models list`")]
    Absent {
        /// The direction.
        pair: Pair,
        /// The store.
        folder: PathBuf,
    },
    /// The disk does not do what it should.
    #[error("cannot {what} {path}: {cause}")]
    Disk {
        /// What was tried.
        what: &'static str,
        /// With which file.
        path: PathBuf,
        /// Why it failed.
        cause: std::io::Error,
    },
}

impl ModelsError {
    /// A mapping from an error of the disk.
    fn disk(what: &'static str, path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |cause| Self::Disk { what, path, cause }
    }
}
