//! Models: where they lie, whether they are whole, and how they are loaded.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use fxtranslate::spm::SpmVocab;
use sha2::{Digest, Sha256};

use super::network::Network;
use super::vocabulary::Vocabulary;
use super::weights::Parameters;
use crate::language::Pair;

/// The engine takes no source text longer than this; a larger file is no model.
const LARGEST_FILE: u64 = 1 << 30;

/// A model of one direction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Model {
    /// Where it comes from.
    pub origin: Origin,
    /// What identifies it: the first digits of the SHA-256 of its weights.
    pub version: String,
    files: Files,
}

/// Where a model comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// From inside the binary: draft quality, knows the tokens of holes.
    Starter,
    /// From a folder.
    Folder(PathBuf),
}

#[derive(Clone, PartialEq, Eq)]
enum Files {
    #[cfg_attr(
        not(feature = "starter-models"),
        expect(dead_code, reason = "only the starters are")
    )]
    Embedded {
        weights: &'static [u8],
        vocabulary: &'static [u8],
    },
    Folder {
        weights: PathBuf,
        source_vocabulary: PathBuf,
        target_vocabulary: PathBuf,
    },
}

impl std::fmt::Debug for Files {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Embedded { weights, .. } => write!(f, "embedded, {} bytes", weights.len()),
            Self::Folder { weights, .. } => write!(f, "{}", weights.display()),
        }
    }
}

/// What is wrong with a model.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// A folder or file cannot be read.
    #[error("cannot read {path}: {cause}; check the path and its permissions")]
    Unreadable {
        /// What was read.
        path: PathBuf,
        /// Why it failed.
        cause: std::io::Error,
    },
    /// A folder of a direction lacks a file.
    #[error(
        "{folder} has no {missing}; a model is `model*.bin` with `vocab*.spm` (or `srcvocab*.spm` and `trgvocab*.spm`)"
    )]
    Incomplete {
        /// The folder.
        folder: PathBuf,
        /// What it lacks.
        missing: &'static str,
    },
    /// A file is not what its digest says.
    #[error(
        "{path} is damaged: its SHA-256 is {found}, {sums} says {expected}; fetch the model again"
    )]
    Damaged {
        /// The file.
        path: PathBuf,
        /// The digest of what is there.
        found: String,
        /// The digest that it should have.
        expected: String,
        /// Where that is written.
        sums: PathBuf,
    },
    /// The engine refuses it.
    #[error(
        "the engine cannot load the model of {what}: {cause}; it takes Marian models with an SSRU decoder, as Firefox Translations has them"
    )]
    Refused {
        /// The weights.
        what: String,
        /// The engine's words.
        cause: String,
    },
}

impl Model {
    /// The model that lies in a folder.
    ///
    /// # Errors
    /// When a file is missing or unreadable.
    pub fn in_folder(folder: &Path) -> Result<Self, ModelError> {
        let entries = std::fs::read_dir(folder).map_err(|cause| ModelError::Unreadable {
            path: folder.to_owned(),
            cause,
        })?;
        let mut files: Vec<PathBuf> = entries.flatten().map(|e| e.path()).collect();
        files.sort();
        let named = |prefix: &str, suffix: &str| {
            files.iter().find(|path| {
                path.file_name()
                    .and_then(|n| n.to_str())
                    .is_some_and(|n| n.starts_with(prefix) && n.ends_with(suffix))
            })
        };
        let missing = |missing| ModelError::Incomplete {
            folder: folder.to_owned(),
            missing,
        };
        let weights = named("model", ".bin").ok_or_else(|| missing("model*.bin"))?;
        let shared = named("vocab", ".spm");
        let source = named("srcvocab", ".spm").or(shared);
        let target = named("trgvocab", ".spm").or(shared);
        let version = digest(&read(weights)?)[..12].to_owned();
        Ok(Self {
            origin: Origin::Folder(folder.to_owned()),
            version,
            files: Files::Folder {
                weights: weights.clone(),
                source_vocabulary: source.ok_or_else(|| missing("vocab*.spm"))?.clone(),
                target_vocabulary: target.ok_or_else(|| missing("vocab*.spm"))?.clone(),
            },
        })
    }

    /// Loads the network, the digests of its files compared where there are any.
    ///
    /// # Errors
    /// When a file is unreadable or damaged, or holds no network of the kind.
    pub(super) fn network(&self) -> Result<Network, ModelError> {
        self.check()?;
        let parameters = match &self.files {
            Files::Embedded { weights, .. } => Parameters::embedded(weights),
            Files::Folder { weights, .. } => fxtranslate::model::Model::load_mmapped(weights)
                .map(Parameters::of)
                .map_err(|cause| cause.to_string()),
        };
        (parameters.and_then(|parameters| Network::of(&parameters))).map_err(|cause| {
            ModelError::Refused {
                what: self.what(),
                cause,
            }
        })
    }

    /// What errors call it.
    pub(super) fn what(&self) -> String {
        match &self.files {
            Files::Embedded { .. } => "the starter".to_owned(),
            Files::Folder { weights, .. } => weights.display().to_string(),
        }
    }

    /// The weights and the vocabulary of a starter.
    #[cfg(all(test, feature = "starter-models"))]
    pub(super) fn bytes(&self) -> Option<(&'static [u8], &'static [u8])> {
        match self.files {
            Files::Embedded {
                weights,
                vocabulary,
            } => Some((weights, vocabulary)),
            Files::Folder { .. } => None,
        }
    }

    /// The source vocabulary.
    pub(super) fn source_vocabulary(&self) -> Result<Vocabulary, ModelError> {
        let whole = match &self.files {
            Files::Embedded { vocabulary, .. } => SpmVocab::from_bytes(vocabulary),
            Files::Folder {
                source_vocabulary, ..
            } => SpmVocab::from_bytes(&read(source_vocabulary)?),
        };
        Ok(Vocabulary::new(whole))
    }

    /// The target vocabulary.
    pub(super) fn target_vocabulary(&self) -> Result<SpmVocab, ModelError> {
        match &self.files {
            Files::Embedded { vocabulary, .. } => Ok(SpmVocab::from_bytes(vocabulary)),
            Files::Folder {
                target_vocabulary, ..
            } => Ok(SpmVocab::from_bytes(&read(target_vocabulary)?)),
        }
    }

    /// Compares the files of a folder with its `SHA256SUMS`, where it has one:
    /// a damaged vocabulary would load without a word and translate to nonsense.
    ///
    /// # Errors
    /// When a file is unreadable or differs.
    pub fn check(&self) -> Result<(), ModelError> {
        let Files::Folder {
            weights,
            source_vocabulary,
            target_vocabulary,
        } = &self.files
        else {
            return Ok(());
        };
        for path in [weights, source_vocabulary, target_vocabulary] {
            let Some((sums, expected)) = expected_digest(path)? else {
                continue;
            };
            let found = digest(&read(path)?);
            if found != expected {
                return Err(ModelError::Damaged {
                    path: path.clone(),
                    found,
                    expected,
                    sums,
                });
            }
        }
        Ok(())
    }
}

/// The model of each direction: the first of `folders` that has one, else the
/// starter model inside the binary.
pub(super) fn find(folders: &[PathBuf]) -> Result<BTreeMap<Pair, Model>, ModelError> {
    let mut models = BTreeMap::new();
    for folder in folders {
        let entries = std::fs::read_dir(folder).map_err(|cause| ModelError::Unreadable {
            path: folder.clone(),
            cause,
        })?;
        for entry in entries.flatten() {
            let name = entry.file_name();
            let Some(pair) = name.to_str().and_then(|name| name.parse().ok()) else {
                continue;
            };
            if let std::collections::btree_map::Entry::Vacant(free) = models.entry(pair) {
                free.insert(Model::in_folder(&entry.path())?);
            }
        }
    }
    for (pair, model) in starters() {
        models.entry(pair).or_insert(model);
    }
    Ok(models)
}

fn read(path: &Path) -> Result<Vec<u8>, ModelError> {
    let unreadable = |cause| ModelError::Unreadable {
        path: path.to_owned(),
        cause,
    };
    let size = std::fs::metadata(path).map_err(unreadable)?.len();
    if size > LARGEST_FILE {
        return Err(unreadable(std::io::Error::other(format!(
            "{size} bytes are no model"
        ))));
    }
    std::fs::read(path).map_err(unreadable)
}

fn digest(bytes: &[u8]) -> String {
    let mut hex = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}

/// The digest that a `SHA256SUMS` beside the file or one folder up has for it.
fn expected_digest(path: &Path) -> Result<Option<(PathBuf, String)>, ModelError> {
    let Some(folder) = path.parent() else {
        return Ok(None);
    };
    for base in folder.ancestors().take(2) {
        let sums = base.join("SHA256SUMS");
        if !sums.is_file() {
            continue;
        }
        let text = String::from_utf8_lossy(&read(&sums)?).into_owned();
        let Ok(name) = path.strip_prefix(base) else {
            continue;
        };
        let line = text.lines().find_map(|line| {
            let (sum, file) = line.split_once(char::is_whitespace)?;
            let file = file.trim_start_matches([' ', '*']).trim_start_matches("./");
            (Path::new(file) == name).then(|| sum.to_ascii_lowercase())
        });
        if let Some(expected) = line {
            return Ok(Some((sums, expected)));
        }
    }
    Ok(None)
}

/// `SHA256SUMS` of the starters: a digest of 11 MB at every start would be felt.
/// A test compares it with the files.
#[cfg(feature = "starter-models")]
const STARTER_SUMS: &str = include_str!("../../../models/starter/SHA256SUMS");

#[cfg(feature = "starter-models")]
macro_rules! starter {
    ($pair:literal) => {
        starter(
            concat!($pair, "/model.", $pair, ".intgemm.alphas.bin"),
            include_bytes!(concat!(
                "../../../models/starter/",
                $pair,
                "/model.",
                $pair,
                ".intgemm.alphas.bin"
            )),
            include_bytes!(concat!("../../../models/starter/", $pair, "/vocab.spm")),
        )
    };
}

#[cfg(feature = "starter-models")]
fn starter(name: &str, weights: &'static [u8], vocabulary: &'static [u8]) -> Model {
    let sum = (STARTER_SUMS.lines())
        .find_map(|line| line.strip_suffix(name)?.get(..12))
        .unwrap_or_default();
    Model {
        origin: Origin::Starter,
        version: sum.to_owned(),
        files: Files::Embedded {
            weights,
            vocabulary,
        },
    }
}

#[cfg(feature = "starter-models")]
pub(super) fn starters() -> Vec<(Pair, Model)> {
    vec![
        (Pair::EN_BN, starter!("en-bn")),
        (Pair::BN_EN, starter!("bn-en")),
    ]
}

#[cfg(not(feature = "starter-models"))]
pub(super) fn starters() -> Vec<(Pair, Model)> {
    Vec::new()
}

#[cfg(all(test, feature = "starter-models"))]
mod tests {
    use super::{Files, digest, starters};

    /// What the memory keeps of a starter's drafts ends with the starter.
    #[test]
    fn a_starter_is_known_by_the_digest_of_its_weights() {
        for (pair, model) in starters() {
            let Files::Embedded { weights, .. } = &model.files else {
                panic!("{pair} is not inside the binary");
            };
            assert_eq!(model.version, digest(weights)[..12], "{pair}");
        }
    }
}
