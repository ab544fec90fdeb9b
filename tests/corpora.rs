//! The files that fuzzing begins with, and those that it found: each is read and written.

use std::path::Path;
use std::time::{Duration, Instant};

use anubad::article::Format;

#[allow(unreachable_pub, reason = "the targets of fuzzing are another crate")]
#[path = "../fuzz/src/lib.rs"]
mod fuzz;

/// What no file of a corpus may take; they are small.
const LONGEST: Duration = Duration::from_secs(5);

#[test]
fn every_file_comes_back() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    let mut files = 0;
    for folder in std::fs::read_dir(root).unwrap() {
        let folder = folder.unwrap();
        let format: Format = folder.file_name().to_string_lossy().parse().unwrap();
        for file in std::fs::read_dir(folder.path()).unwrap() {
            let path = file.unwrap().path();
            let start = Instant::now();
            let bytes = std::fs::read(&path).unwrap();
            fuzz::read(format, &bytes);
            fuzz::translate(&bytes);
            assert!(start.elapsed() < LONGEST, "{}", path.display());
            files += 1;
        }
    }
    assert!(files >= 30, "only {files} files");
}
