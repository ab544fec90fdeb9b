//! `anubad queue put | get`.

use std::path::PathBuf;

use super::{print, say};
use crate::batch::{Disk, Store};
use crate::cli::{Exit, complain};
use crate::config::Config;
use crate::queue::{self, Queue};

/// Copies files between here and the bucket of a queue.
pub(super) async fn copy(config: &Config, queue: &Queue, paths: &[PathBuf], is_put: bool) -> Exit {
    if queue.settings().bucket.is_none() {
        return complain(
            &"the queue has no bucket, its articles lie in a folder: name one with `bucket` in [queue]",
        );
    }
    let bucket = match queue.files(&config.base).await {
        Ok(bucket) => bucket,
        Err(error) => return say(&error),
    };
    let (from, to): (&dyn Store, &dyn Store) = if is_put {
        (&Disk, &*bucket)
    } else {
        (&*bucket, &Disk)
    };
    let of_config = if is_put {
        config.input.paths.as_slice()
    } else {
        std::slice::from_ref(&config.output.folder)
    };
    let paths = if paths.is_empty() { of_config } else { paths };
    let mut count = 0;
    for path in paths {
        match queue::copy(from, to, &config.place(path)) {
            Ok(0) => {
                let path = path.display();
                return complain(&format!("{path}: there is no file; name files and folders"));
            }
            Ok(copied) => count += copied,
            Err((path, cause)) => {
                print::say(&format!(
                    "{}: not copied: {cause}; what was copied stays, run again when it is corrected",
                    path.display()
                ));
                return Exit::Nothing;
            }
        }
    }
    let told = print::out(&format!("{} copied\n", print::count(count, "file")));
    told.map_or_else(|exit| exit, |()| Exit::Done)
}
