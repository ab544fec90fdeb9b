//! The articles of a report, in the order in which they were found, on the disk:
//! a run of a million articles needs no more memory than one of a thousand.

use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom, Write};
use std::path::Path;

use super::ArticleReport;

/// Bytes that are written together.
const TOGETHER: usize = 1 << 16;

/// Where the entries of a report lie until it is written.
#[derive(Debug, Default)]
pub(super) struct Entries {
    /// A nameless file, which goes with the process. Without one there is memory.
    file: Option<File>,
    /// How much of the entries is in the file.
    written: usize,
    /// What follows that; all that comes, once the file has failed.
    rest: Vec<u8>,
    /// Whether nothing more is to be written to the file.
    failed: bool,
    /// Where each entry begins and how long it is, by the place of its article;
    /// those that have none have no length.
    places: Vec<(usize, u32)>,
}

impl Entries {
    /// No entries yet; they will lie beside `folder`'s files, else where this
    /// system keeps what is temporary.
    pub(super) fn in_folder(folder: &Path) -> Self {
        let file = tempfile::tempfile_in(folder).or_else(|_| tempfile::tempfile());
        Self {
            file: file.ok(),
            ..Self::default()
        }
    }

    /// Adds the entry of the article at `index`.
    pub(super) fn add(&mut self, index: usize, article: &ArticleReport) {
        let start = self.rest.len();
        // Into memory nothing fails; half an entry would be no JSON.
        if serde_json::to_writer(&mut self.rest, article).is_err() {
            self.rest.truncate(start);
        }
        if self.places.len() <= index {
            self.places.resize(index + 1, (0, 0));
        }
        if let Some(place) = self.places.get_mut(index) {
            let length = u32::try_from(self.rest.len() - start).unwrap_or(0);
            *place = (self.written + start, length);
        }
        if self.rest.len() < TOGETHER || self.failed {
            return;
        }
        let Some(file) = &mut self.file else { return };
        if file.write_all(&self.rest).is_ok() {
            self.written += self.rest.len();
            self.rest.clear();
        } else {
            // On a full disk; what it has taken is not looked at.
            self.failed = true;
        }
    }

    /// Shows the JSON of every entry to `each`, in order.
    ///
    /// # Errors
    /// When the file cannot be read, and those of `each`.
    pub(super) fn each(
        &mut self,
        mut each: impl FnMut(&[u8]) -> std::io::Result<()>,
    ) -> std::io::Result<()> {
        let mut file = self.file.as_ref().map(BufReader::new);
        let mut at = 0;
        if let Some(file) = &mut file {
            file.seek(SeekFrom::Start(0))?;
        }
        let mut json = Vec::new();
        for &(start, length) in self.places.iter().filter(|(_, length)| *length > 0) {
            let length = length as usize;
            if start >= self.written {
                let from = start - self.written;
                each(self.rest.get(from..from + length).unwrap_or_default())?;
            } else if let Some(file) = &mut file {
                // (What lies nearby is in the buffer.)
                file.seek_relative(start.cast_signed() as i64 - at)?;
                json.resize(length, 0);
                file.read_exact(&mut json)?;
                at = (start + length).cast_signed() as i64;
                each(&json)?;
            }
        }
        if let Some(file) = &mut self.file {
            file.seek(SeekFrom::Start(self.written as u64))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(entries: &mut Entries) -> Vec<String> {
        let mut ids = Vec::new();
        let shown = entries.each(|json| {
            let article: ArticleReport = serde_json::from_slice(json)?;
            ids.push(article.id);
            Ok(())
        });
        shown.unwrap();
        ids
    }

    #[test]
    fn entries_come_back_in_order_whenever_they_were_added() {
        let dir = tempfile::tempdir().unwrap();
        let in_memory = Entries::default();
        for mut entries in [Entries::in_folder(dir.path()), in_memory] {
            assert!(ids(&mut entries).is_empty());
            let mut expected = Vec::new();
            for (index, id) in [(3, "d"), (0, "a"), (7, "h"), (1, "b")] {
                let id = id.repeat(30_000);
                entries.add(index, &ArticleReport::skipped(&id, None));
                expected.push(id);
                // Between two additions it may be read.
                expected.sort();
                assert_eq!(ids(&mut entries), expected);
            }
        }
        assert!(dir.path().read_dir().unwrap().next().is_none(), "nameless");
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn what_a_full_disk_does_not_take_is_held() {
        let full = File::options().read(true).write(true).open("/dev/full");
        let mut entries = Entries {
            file: Some(full.unwrap()),
            ..Entries::default()
        };
        let id = |i: usize| format!("{i:05}");
        for i in 0..500 {
            entries.add(i, &ArticleReport::skipped(&id(i), None));
        }
        assert!(entries.failed);
        assert_eq!(ids(&mut entries), (0..500).map(id).collect::<Vec<_>>());
    }
}
