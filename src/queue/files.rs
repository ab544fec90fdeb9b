//! Where the articles of a queue lie: in a folder that all machines mount, or in a
//! bucket.

use std::path::Path;
use std::sync::Arc;

#[cfg(feature = "buckets")]
use super::cloud::Cloud;
use super::connect::Queue;
use super::error::{QueueError, Trouble};
use super::objects::Objects;
use super::reach::Reach;
use super::settings::is_name;
use crate::batch::{Disk, Store};

/// What stands for the object store of the queue's own servers.
const OWN: &str = "jetstream";

impl Queue {
    /// Where its articles lie and their translations go, for paths as whoever has
    /// `pipeline.toml` in `base` names them.
    ///
    /// # Errors
    /// When the bucket has no name that is known here, or cannot be made or reached.
    pub async fn files(&self, base: &Path) -> Result<Arc<dyn Store>, QueueError> {
        let Some(bucket) = &self.settings().bucket else {
            return Ok(Arc::new(Disk));
        };
        let reach = Reach::new(base);
        let own = match bucket.split_once(':') {
            None if bucket == OWN => Some(format!("anubad-{}-files", self.settings().name)),
            Some((OWN, name)) if is_name(name) => Some(name.to_owned()),
            _ => None,
        };
        if let Some(name) = own {
            return Ok(Arc::new(Objects::open(self, name, reach).await?));
        }
        #[cfg(feature = "buckets")]
        if let Some(opened) = Cloud::open(bucket, self.settings().patience, reach) {
            let cloud = opened.map_err(|cause| self.error(Trouble::Cloud(cause)))?;
            return Ok(Arc::new(cloud));
        }
        Err(self.error(Trouble::Bucket(bucket.clone())))
    }
}

/// Copies what lies at `path`, a file or everything below a folder, from one store to
/// another, whole files to the same paths; says how many.
///
/// # Errors
/// When a file cannot be read or written, with its path. What was copied stays.
pub fn copy(
    from: &dyn Store,
    to: &dyn Store,
    path: &Path,
) -> Result<usize, (std::path::PathBuf, std::io::Error)> {
    let files = from.list(path).map_err(|cause| (path.to_owned(), cause))?;
    for file in &files {
        let copied = from.read(file, u64::MAX).and_then(|bytes| {
            let written = to.write(&[(file.as_path(), bytes.as_slice())]);
            written.map_err(|(_, cause)| cause)
        });
        copied.map_err(|cause| (file.clone(), cause))?;
    }
    Ok(files.len())
}
