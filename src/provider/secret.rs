//! A key to a service: shown to nobody, wiped when it is no longer needed.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Deserialize;
use zeroize::Zeroizing;

use super::{Error, ErrorKind, Retry};

/// Most bytes of a file that holds a key.
const LARGEST: u64 = 16 * 1024;

/// A key. `Debug` does not show it, and there is no `Display`.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Arc<Zeroizing<String>>);

impl Secret {
    /// A key as it was read; white space around it is not part of it. `None`
    /// where nothing is left, or it has characters that no header can carry.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let text = text.trim();
        let carried = !text.is_empty() && text.chars().all(|c| c.is_ascii_graphic());
        carried.then(|| Self(Arc::new(Zeroizing::new(text.to_owned()))))
    }

    /// A header made with a key, which may hold spaces.
    #[must_use]
    pub fn sealed(header: &str) -> Option<Self> {
        let carried = !header.is_empty() && header.chars().all(|c| matches!(c, ' '..='~'));
        carried.then(|| Self(Arc::new(Zeroizing::new(header.to_owned()))))
    }

    /// The key itself, for the header that carries it and nothing else.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Whether `text` holds the key.
    #[must_use]
    pub fn is_in(&self, text: &str) -> bool {
        text.contains(self.expose())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// Where a key is read from: `{ env = "NAME" }` or `{ file = "PATH" }`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
pub enum KeySource {
    /// An environment variable.
    Env(String),
    /// A file with the key and nothing else; nobody but its owner may read it.
    File(PathBuf),
}

impl KeySource {
    /// Reads the key of provider `name`. `base` is where relative paths start.
    ///
    /// # Errors
    /// When it is missing or empty, cannot be read, or others may read its file.
    pub fn read(&self, name: &str, base: &Path) -> Result<Secret, Error> {
        let (text, place) = match self {
            Self::Env(variable) => {
                let text = std::env::var(variable).map_err(|_| {
                    denied(
                        name,
                        format!(
                            "its key is missing: the environment variable {variable} is not set; \
                             set it, or write `key = {{ file = \"PATH\" }}` under [providers.{name}]"
                        ),
                    )
                })?;
                (Zeroizing::new(text), format!("the variable {variable}"))
            }
            Self::File(path) => {
                let path = base.join(path);
                let text = file(&path).map_err(|cause| denied(name, cause))?;
                (text, path.display().to_string())
            }
        };
        Secret::new(&text).ok_or_else(|| {
            denied(
                name,
                format!(
                    "{place} holds no key: it has to be one line of ASCII letters, digits and signs"
                ),
            )
        })
    }
}

/// A file that holds secrets, for provider `name`.
///
/// # Errors
/// When it cannot be read, or others may read it.
pub fn sealed_file(name: &str, path: &Path) -> Result<Zeroizing<String>, Error> {
    file(path).map_err(|cause| denied(name, cause))
}

fn file(path: &Path) -> Result<Zeroizing<String>, String> {
    let shown = path.display();
    let unreadable = |cause: std::io::Error| {
        format!("its key is missing: cannot read {shown}: {cause}; correct `key` or the file")
    };
    let metadata = std::fs::metadata(path).map_err(unreadable)?;
    if !metadata.is_file() || metadata.len() > LARGEST {
        return Err(format!(
            "{shown} is no file that holds a key and nothing else"
        ));
    }
    if is_open_to_others(&metadata) {
        return Err(format!(
            "{shown} can be read by others, who could use the key; run `chmod 600` on it"
        ));
    }
    std::fs::read_to_string(path)
        .map(Zeroizing::new)
        .map_err(unreadable)
}

#[cfg(unix)]
fn is_open_to_others(metadata: &std::fs::Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt;
    metadata.permissions().mode() & 0o077 != 0
}

#[cfg(not(unix))]
fn is_open_to_others(_: &std::fs::Metadata) -> bool {
    false
}

fn denied(name: &str, message: String) -> Error {
    Error {
        provider: name.to_owned(),
        kind: ErrorKind::Denied,
        message,
        retry: Retry::Never,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_not_shown() {
        let key = Secret::new(" sk-abc123\n").unwrap();
        assert_eq!(key.expose(), "sk-abc123");
        assert_eq!(format!("{key:?} {:#?}", Some(&key)).find("abc"), None);
        assert_eq!(Secret::new(" \n"), None);
        assert_eq!(Secret::new("two words"), None);
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_others_can_read_is_refused() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        std::fs::write(&path, "sk-abc123\n").unwrap();
        let source = KeySource::File("key".into());
        for (mode, refused) in [(0o600, false), (0o400, false), (0o640, true), (0o604, true)] {
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
            let read = source.read("mine", folder.path());
            assert_eq!(read.is_err(), refused, "{mode:o}");
            if let Err(error) = read {
                assert!(error.message.contains("chmod 600"), "{error}");
                assert!(!error.message.contains("abc123"), "{error}");
            }
        }
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
        std::fs::write(&path, "").unwrap();
        let error = source.read("mine", folder.path()).unwrap_err();
        assert!(error.message.contains("holds no key"), "{error}");
    }

    #[test]
    fn what_is_missing_is_named() {
        let source = KeySource::Env("ANUBAD_NO_SUCH_VARIABLE".into());
        let error = source.read("mine", Path::new(".")).unwrap_err();
        assert_eq!(error.kind, ErrorKind::Denied);
        assert!(error.message.contains("ANUBAD_NO_SUCH_VARIABLE"), "{error}");
    }
}
