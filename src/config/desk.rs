//! A row that a desk adds to its glossary.

use std::path::{Path, PathBuf};

use super::{BuildError, Config, layers, today};
use crate::glossary::edit::{self, EditError};
use crate::glossary::lint::Finding;
use crate::glossary::store::Locked;
use crate::glossary::table::Row;
use crate::glossary::{File, Layer};

/// A row that was added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Added {
    /// The file as messages name it.
    pub file: String,
    /// The line of the row.
    pub line: usize,
    /// What an editor should know of it all the same.
    pub findings: Vec<Finding>,
}

/// Why a row was not added.
#[derive(Debug, thiserror::Error)]
pub enum AddError {
    /// The layers do not load.
    #[error(transparent)]
    Build(#[from] BuildError),
    /// The row contradicts the file or its layers.
    #[error(transparent)]
    Edit(#[from] EditError),
    /// The file cannot be read or written.
    #[error("cannot change {file}: {cause}; see to it")]
    File {
        /// The file.
        file: String,
        /// Why.
        cause: std::io::Error,
    },
}

/// Why no file of the desk takes rows.
#[derive(Debug, thiserror::Error)]
pub enum NoDeskFile {
    /// None is configured.
    #[error("no desk has a file in the configuration; name one under `desk` in [glossaries]")]
    None,
    /// It is a folder.
    #[error(
        "the desk's glossaries are a folder, {0}; name a file of it under `desk` in [glossaries]"
    )]
    Folder(PathBuf),
}

/// The file that a desk's own rows go to: the first under `desk`.
///
/// # Errors
/// When there is none.
pub fn desk_file(config: &Config) -> Result<PathBuf, NoDeskFile> {
    match config.glossaries.desk.first() {
        None => Err(NoDeskFile::None),
        Some(path) => match config.place(path) {
            folder if folder.is_dir() => Err(NoDeskFile::Folder(folder)),
            file => Ok(file),
        },
    }
}

/// Adds `row` to the file at `path`, which is made where it is missing, unless that
/// would contradict its layer.
///
/// # Errors
/// When it is not added; the file is then what it was.
pub fn add_row(config: &Config, path: &Path, row: &Row) -> Result<Added, AddError> {
    let name = path.display().to_string();
    let failed = |cause| AddError::File {
        file: name.clone(),
        cause,
    };
    let file = Locked::open(path).map_err(failed)?;
    let before = file.read().map_err(failed)?;
    let after = edit::appended(&name, &before, row)?;
    let layers = known_as(layers_with(config, path)?, path, &name);
    let findings = edit::judged(&layers, &name, &after, today())?;
    file.replace(&after).map_err(failed)?;
    Ok(Added {
        line: after.lines().count(),
        file: name,
        findings,
    })
}

/// The configured layers; a desk's file that is yet to be made is none of them.
fn layers_with(config: &Config, path: &Path) -> Result<Vec<Layer>, BuildError> {
    let mut config = config.clone();
    if !path.exists() {
        let base = config.base.clone();
        let is_other = |p: &PathBuf| crate::batch::place(&base, p) != path;
        config.glossaries.desk.retain(is_other);
        config.glossaries.house.retain(is_other);
    }
    layers(&config)
}

/// `layers` with the file at `path` under one name, however it is written there.
fn known_as(mut layers: Vec<Layer>, path: &Path, name: &str) -> Vec<Layer> {
    let real = path.canonicalize().ok();
    for file in layers.iter_mut().flat_map(|layer| &mut layer.files) {
        let is_same = |other: &PathBuf| other.canonicalize().ok() == real;
        if real.is_some() && matches!(file, File::Path(other) if is_same(other)) {
            *file = File::Path(name.into());
        }
    }
    layers
}
