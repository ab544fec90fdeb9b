//! What an input holds.

use std::time::SystemTime;

use super::ledger::Seen;
use super::look::digest;
use super::{Input, Origin, Store};
use crate::article::Document;
use crate::article::read::{self, Reading};

/// Reads and takes apart a file of `store` of at most `limit` bytes, and says what it
/// looked like; errors name it.
pub(super) fn read(
    input: &Input,
    store: &dyn Store,
    limit: u64,
    reading: &Reading,
) -> (Seen, anyhow::Result<Document>) {
    let mut seen = Seen::default();
    let mut document = || {
        // Before it is read: what is written meanwhile is a change.
        if let Origin::File(path) = &input.origin {
            seen.seen = store.look(path, SystemTime::now());
        }
        let bytes = input.read(store, limit)?;
        seen.input = digest(&bytes);
        read::document(&input.id, bytes, reading)
            .map_err(|e| anyhow::anyhow!("{}: {e}", input.shown()))
    };
    let document = document();
    (seen, document)
}
