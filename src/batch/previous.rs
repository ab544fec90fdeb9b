//! The version before: what an article's translation was until another replaced it.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::Store;
use super::output::PREVIOUS;
use crate::translate::Translation;

/// Where the version before of the file `path` below `root` is kept.
pub(super) fn place(root: &Path, path: &Path) -> PathBuf {
    root.join(PREVIOUS)
        .join(path.strip_prefix(root).unwrap_or(path))
}

/// Keeps the details of an article that are about to be replaced at `path`, where
/// its source or its text differs from `translation`.
///
/// What is there may be anything; what is no translation is not kept. To be called
/// before the new version is written: a run that is killed in between finds the
/// same two versions again.
///
/// # Errors
/// When the copy cannot be written.
pub(super) fn keep(
    store: &dyn Store,
    root: &Path,
    path: &Path,
    translation: &Translation,
) -> std::io::Result<()> {
    let Ok(bytes) = store.read(path, u64::MAX) else {
        return Ok(());
    };
    let Ok(was) = serde_json::from_slice::<Was>(&bytes) else {
        return Ok(());
    };
    let sources = translation.blocks.iter().map(|block| &block.source);
    if was.text == translation.text && was.blocks.iter().map(|b| &b.source).eq(sources) {
        return Ok(());
    }
    let place = place(root, path);
    let written = store.write(&[(place.as_path(), bytes.as_slice())]);
    written.map_err(|(_, cause)| cause)
}

/// As much of the details as tells versions apart.
#[derive(Deserialize)]
struct Was {
    text: String,
    blocks: Vec<WasBlock>,
}

#[derive(Deserialize)]
struct WasBlock {
    source: String,
}
