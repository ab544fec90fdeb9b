//! The folder of installed models.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use ruzstd::decoding::StreamingDecoder;
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use super::ModelsError;
use super::collection::{Attachment, Release, Role};
use crate::language::Pair;
use crate::provider::local::{Decoder, Model, ModelError};

/// What is being fetched and unpacked, inside the store so that a rename is
/// enough to install it. No direction has such a name.
const INCOMING: &str = ".incoming";

/// Most bytes of an unpacked file.
const LARGEST: u64 = 1 << 30;

/// A folder with a model a direction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Store {
    folder: PathBuf,
}

/// A model of a store.
#[derive(Debug, Clone)]
pub struct Installed {
    /// The direction.
    pub pair: Pair,
    /// Where it lies.
    pub folder: PathBuf,
    /// The model.
    pub model: Model,
}

/// What a folder of a store is: a model, or what is wrong with it.
pub type Found = (Pair, Result<Installed, ModelError>);

/// The right to fetch into a store; another process waits for its end, so that no
/// two write to one file.
#[derive(Debug)]
pub struct Fetching {
    /// Open, and therefore locked.
    _lock: File,
}

/// The right to change a store; another process waits for its end.
#[derive(Debug)]
pub(super) struct Changing<'s> {
    store: &'s Store,
    _lock: File,
}

impl Store {
    /// The store in `folder`, which need not exist.
    #[must_use]
    pub fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Its folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where the model of a direction lies.
    ///
    /// # Errors
    /// When none is installed.
    pub fn path(&self, pair: Pair) -> Result<PathBuf, ModelsError> {
        let path = self.place(pair);
        if path.is_dir() {
            return Ok(path);
        }
        Err(ModelsError::Absent {
            pair,
            folder: self.folder.clone(),
        })
    }

    /// The installed models, by direction. A folder that is none is given with
    /// what is wrong with it.
    ///
    /// # Errors
    /// When the store cannot be read; one that does not exist is empty.
    pub fn installed(&self) -> Result<Vec<Found>, ModelsError> {
        let entries = match fs::read_dir(&self.folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries.map_err(ModelsError::disk("read", &self.folder))?,
        };
        let mut models: Vec<_> = entries
            .flatten()
            .filter_map(|entry| {
                let pair = entry.file_name().to_str()?.parse::<Pair>().ok()?;
                let folder = entry.path();
                let model = Model::in_folder(&folder).map(|model| Installed {
                    pair,
                    folder,
                    model,
                });
                Some((pair, model))
            })
            .collect();
        models.sort_by_key(|(pair, _)| *pair);
        Ok(models)
    }

    /// Whether the weights of a release are installed, and whole.
    #[must_use]
    pub fn has(&self, release: &Release) -> bool {
        let folder = self.place(release.pair);
        Model::in_folder(&folder).is_ok_and(|model| {
            model.check().is_ok() && release.digest().starts_with(&model.version)
        })
    }

    /// The folder for what is being fetched; made where it is missing.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn incoming(&self) -> Result<PathBuf, ModelsError> {
        let folder = self.folder.join(INCOMING);
        fs::create_dir_all(&folder).map_err(ModelsError::disk("make the folder", &folder))?;
        Ok(folder)
    }

    /// Waits until no other process fetches.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub async fn fetching(&self) -> Result<Fetching, ModelsError> {
        let path = self.incoming()?.join("fetching");
        let lock = File::create(&path).map_err(ModelsError::disk("write", &path))?;
        let waited = tokio::task::spawn_blocking(move || lock.lock().map(|()| lock)).await;
        let lock = waited
            .map_err(io::Error::other)
            .and_then(|locked| locked)
            .map_err(ModelsError::disk("lock", path))?;
        Ok(Fetching { _lock: lock })
    }

    /// Unpacks the fetched files of a release, checks them and installs them in
    /// place of what was there. The packed files are removed then.
    ///
    /// # Errors
    /// When a file differs from its record, or the engine refuses the model: what
    /// was installed before stays.
    pub fn install(&self, release: &Release, packed: &[PathBuf]) -> Result<PathBuf, ModelsError> {
        let changing = self.change()?;
        if self.has(release) {
            // Another process was quicker.
            return Ok(self.place(release.pair));
        }
        let stage = changing.stage()?;
        for (file, packed) in release.files.iter().zip(packed) {
            let target = stage.path().join(file.role.file());
            let found = unpack(packed, &target, file.role, file.unpacked_size)?;
            check(file, found)?;
        }
        let place = changing.put(release.pair, stage)?;
        for packed in packed {
            let _ = fs::remove_file(packed);
        }
        Ok(place)
    }

    /// Installs files that somebody has: weights and vocabularies, told apart by
    /// the names that Mozilla gives them, packed with zstd or not.
    ///
    /// # Errors
    /// When they are no model, or cannot be read: what was installed stays.
    pub fn add(&self, pair: Pair, files: &[PathBuf]) -> Result<PathBuf, ModelsError> {
        let changing = self.change()?;
        let stage = changing.stage()?;
        for path in files {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let Some(role) = role(&name) else { continue };
            let target = stage.path().join(role.file());
            if name.ends_with(".zst") {
                unpack(path, &target, role, None)?;
            } else {
                let mut from = File::open(path).map_err(ModelsError::disk("read", path))?;
                copy(&mut from, &target, LARGEST)
                    .map_err(ModelsError::disk("copy into the store", path))?;
            }
        }
        changing.put(pair, stage)
    }

    /// Removes the model of a direction.
    ///
    /// # Errors
    /// When none is installed, or it cannot be removed.
    pub fn remove(&self, pair: Pair) -> Result<PathBuf, ModelsError> {
        let path = self.path(pair)?;
        let changing = self.change()?;
        let away = changing.away(pair)?;
        fs::rename(&path, &away).map_err(ModelsError::disk("remove", &path))?;
        fs::remove_dir_all(&away).map_err(ModelsError::disk("remove", &away))?;
        Ok(path)
    }

    fn place(&self, pair: Pair) -> PathBuf {
        self.folder.join(pair.to_string())
    }

    /// Waits until no other process changes the store, and puts back what one
    /// that was killed between two renames had moved away.
    fn change(&self) -> Result<Changing<'_>, ModelsError> {
        let incoming = self.incoming()?;
        let path = incoming.join("lock");
        let lock = File::create(&path).map_err(ModelsError::disk("write", &path))?;
        lock.lock().map_err(ModelsError::disk("lock", &path))?;
        let changing = Changing {
            store: self,
            _lock: lock,
        };
        changing.recover(&incoming);
        Ok(changing)
    }
}

impl Changing<'_> {
    fn recover(&self, incoming: &Path) {
        for entry in fs::read_dir(incoming).into_iter().flatten().flatten() {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            if let Some(pair) = name.strip_prefix("old-").and_then(|pair| pair.parse().ok()) {
                let place = self.store.place(pair);
                if place.exists() || fs::rename(entry.path(), &place).is_err() {
                    let _ = fs::remove_dir_all(entry.path());
                }
            } else if name.starts_with("stage-") {
                // Nobody else is at work: it was left by a process that was killed.
                let _ = fs::remove_dir_all(entry.path());
            }
        }
    }

    fn stage(&self) -> Result<TempDir, ModelsError> {
        let incoming = self.store.incoming()?;
        tempfile::Builder::new()
            .prefix("stage-")
            .tempdir_in(&incoming)
            .map_err(ModelsError::disk("make a folder in", incoming))
    }

    fn away(&self, pair: Pair) -> Result<PathBuf, ModelsError> {
        Ok(self.store.incoming()?.join(format!("old-{pair}")))
    }

    /// Installs what lies in `stage` after the engine has loaded it.
    fn put(&self, pair: Pair, stage: TempDir) -> Result<PathBuf, ModelsError> {
        Decoder::new(&Model::in_folder(stage.path())?, 1)?;
        sums(stage.path())?;
        let place = self.store.place(pair);
        let away = self.away(pair)?;
        let failed = || ModelsError::disk("install", &place);
        if place.exists() {
            fs::rename(&place, &away).map_err(failed())?;
        }
        let stage = stage.keep();
        if let Err(cause) = fs::rename(&stage, &place) {
            let _ = fs::rename(&away, &place);
            let _ = fs::remove_dir_all(&stage);
            return Err(failed()(cause));
        }
        let _ = fs::remove_dir_all(&away);
        Ok(place)
    }
}

/// What a file is for, by the name that Mozilla gives it.
fn role(name: &str) -> Option<Role> {
    let known = [
        ("srcvocab", Role::SourceVocabulary),
        ("trgvocab", Role::TargetVocabulary),
        ("vocab", Role::Vocabulary),
        ("model", Role::Weights),
    ];
    known
        .into_iter()
        .find_map(|(start, role)| name.starts_with(start).then_some(role))
}

/// Compares an unpacked file with its record.
fn check(file: &Attachment, found: String) -> Result<(), ModelsError> {
    if found == file.unpacked_digest {
        return Ok(());
    }
    Err(ModelsError::Damaged {
        what: file.role.file().to_owned(),
        found,
        expected: file.unpacked_digest.clone(),
    })
}

/// Unpacks a file; gives the digest of what was inside.
fn unpack(
    packed: &Path,
    target: &Path,
    role: Role,
    size: Option<u64>,
) -> Result<String, ModelsError> {
    let broken = |cause: String| ModelsError::Packed {
        what: role.file().to_owned(),
        cause,
    };
    let file = File::open(packed).map_err(ModelsError::disk("read", packed))?;
    let mut decoder = StreamingDecoder::new(io::BufReader::new(file))
        .map_err(|error| broken(error.to_string()))?;
    copy(&mut decoder, target, size.unwrap_or(LARGEST)).map_err(|error| {
        if error.kind() == io::ErrorKind::Other || error.kind() == io::ErrorKind::InvalidData {
            broken(error.to_string())
        } else {
            ModelsError::disk("write", target)(error)
        }
    })
}

/// Writes what a reader has to the disk; gives its digest.
fn copy(from: &mut dyn Read, target: &Path, most: u64) -> io::Result<String> {
    let mut to = File::create(target)?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    let mut written = 0;
    loop {
        let bytes = match from.read(&mut buffer) {
            Ok(0) => break,
            Ok(bytes) => &buffer[..bytes],
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        written += bytes.len() as u64;
        if written > most {
            let cause = format!("it is longer than the {most} bytes that it should have");
            return Err(io::Error::new(io::ErrorKind::InvalidData, cause));
        }
        hasher.update(bytes);
        to.write_all(bytes)?;
    }
    to.sync_all()?;
    Ok(hex(&hasher.finalize()))
}

/// Writes the digests that the engine compares before it loads a model.
fn sums(folder: &Path) -> Result<(), ModelsError> {
    let path = folder.join("SHA256SUMS");
    let mut lines = String::new();
    let entries = fs::read_dir(folder).map_err(ModelsError::disk("read", folder))?;
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    files.sort();
    for file in files {
        let bytes = fs::read(&file).map_err(ModelsError::disk("read", &file))?;
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let _ = writeln!(lines, "{}  {name}", hex(&Sha256::digest(bytes)));
    }
    let failed = || ModelsError::disk("write", &path);
    let mut to = File::create(&path).map_err(failed())?;
    to.write_all(lines.as_bytes()).map_err(failed())?;
    to.sync_all().map_err(failed())
}

/// Bytes as hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    let mut hex = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}
