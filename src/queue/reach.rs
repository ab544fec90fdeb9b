//! How a bucket is asked for files: by keys, and from threads that may wait.

use std::io::{Error, ErrorKind, Result};
use std::path::{Component, Path, PathBuf};

use tokio::runtime::Handle;

/// Where paths of a configuration lead to in a bucket.
#[derive(Debug, Clone)]
pub(super) struct Reach {
    /// The folder of `pipeline.toml`, which is the bucket's root.
    base: PathBuf,
    runtime: Handle,
}

impl Reach {
    /// For paths below `base`; to be called on the runtime that is then waited for.
    pub(super) fn new(base: &Path) -> Self {
        Self {
            base: base.to_owned(),
            runtime: Handle::current(),
        }
    }

    /// The key of a file: its path below the folder of `pipeline.toml`.
    pub(super) fn key(&self, path: &Path) -> Result<String> {
        let below = path.strip_prefix(&self.base).unwrap_or(path);
        let mut parts = Vec::new();
        for component in below.components() {
            match component {
                Component::CurDir => {}
                Component::Normal(part) => match part.to_str() {
                    Some(part) => parts.push(part),
                    None => return Err(no_key("is no text in UTF-8")),
                },
                _ => return Err(no_key("leads out of it")),
            }
        }
        Ok(parts.join("/"))
    }

    /// The paths of those of `keys` that are `folder` or lie below it.
    pub(super) fn below(&self, folder: &str, keys: Vec<String>) -> Vec<PathBuf> {
        let is_below = |key: &String| {
            let rest = key.strip_prefix(folder);
            folder.is_empty() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let path = |key: String| crate::batch::place(&self.base, Path::new(&key));
        keys.into_iter().filter(is_below).map(path).collect()
    }

    /// Waits for an answer. Others that have the thread meanwhile go on elsewhere.
    pub(super) fn wait<T>(&self, answer: impl Future<Output = T>) -> T {
        tokio::task::block_in_place(|| self.runtime.block_on(answer))
    }
}

fn no_key(cause: &str) -> Error {
    let text =
        format!("the path {cause}: in a bucket, name files below the folder of pipeline.toml");
    Error::new(ErrorKind::InvalidInput, text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn paths_become_keys_below_the_root_and_no_others() {
        let reach = Reach::new(Path::new("/desk"));
        for (path, key) in [
            ("/desk/in/a.txt", Some("in/a.txt")),
            ("/desk/./in//a.txt", Some("in/a.txt")),
            ("/desk/out/.previous/ক.json", Some("out/.previous/ক.json")),
            ("/desk", Some("")),
            ("/etc/passwd", None),
            ("/desk/../etc/passwd", None),
        ] {
            let found = reach.key(Path::new(path));
            assert_eq!(found.ok().as_deref(), key, "{path}");
        }
        let keys = ["in/a.txt", "in/sub/b.txt", "inside.txt", "in"].map(str::to_owned);
        let below = reach.below("in", keys.to_vec());
        let expected = ["/desk/in/a.txt", "/desk/in/sub/b.txt", "/desk/in"];
        assert_eq!(below, expected.map(PathBuf::from));
        assert_eq!(reach.below("", keys.to_vec()).len(), 4);
        // Without a folder of their own paths are keys already.
        let here = Reach::new(Path::new("."));
        assert_eq!(here.key(Path::new("in/a.txt")).unwrap(), "in/a.txt");
        let paths = here.below("in/sub", keys.to_vec());
        assert_eq!(paths, [PathBuf::from("in/sub/b.txt")]);
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 1)]
    async fn whoever_waits_keeps_nobody_from_answering() {
        let reach = Reach::new(Path::new("."));
        let (answer, asked) = tokio::sync::oneshot::channel();
        // On the only thread that there is.
        let waiting = tokio::spawn(async move { reach.wait(asked) });
        tokio::spawn(async move { answer.send(7) })
            .await
            .unwrap()
            .unwrap();
        assert_eq!(waiting.await.unwrap(), Ok(7));
    }
}
