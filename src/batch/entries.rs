//! The articles of a report, in the order in which they were found, on the disk:
//! a run of a million articles needs no more memory than one of a thousand.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom, Write};
use std::path::Path;

use super::ArticleReport;

/// Where the entries of a report lie until it is written.
#[derive(Debug, Default)]
pub(super) struct Entries {
    /// A nameless file, which goes with the process. Without one, and for what it
    /// does not take, there is memory.
    file: Option<File>,
    /// The end of the file.
    end: u64,
    /// Whether nothing more is to be written to it.
    broken: bool,
    /// Where each entry lies, by the place of its article; those that have none
    /// have no length.
    places: Vec<(u64, u32)>,
    held: HashMap<usize, Vec<u8>>,
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
        // Maps with text as their keys, and nothing that fails.
        let json = serde_json::to_vec(article).unwrap_or_default();
        if self.places.len() <= index {
            self.places.resize(index + 1, (0, 0));
        }
        let length = u32::try_from(json.len()).unwrap_or(u32::MAX);
        let file = self.file.as_mut().filter(|_| !self.broken);
        let written = file.map(|file| file.write_all(&json));
        if let Some(Ok(())) = written {
            if let Some(place) = self.places.get_mut(index) {
                *place = (self.end, length);
            }
            self.end += u64::from(length);
        } else {
            // A full disk may have taken a part of it. (Where that cannot be undone
            // nothing more is written.)
            let back = SeekFrom::Start(self.end);
            if self
                .file
                .as_mut()
                .is_some_and(|file| file.seek(back).is_err())
            {
                self.broken = true;
            }
            self.held.insert(index, json);
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
        let mut at = match &mut file {
            Some(file) => file.seek(SeekFrom::Start(0))?,
            None => 0,
        };
        let mut json = Vec::new();
        for (index, &(start, length)) in self.places.iter().enumerate() {
            if let Some(json) = self.held.get(&index) {
                each(json)?;
            } else if let (Some(file), 1..) = (&mut file, length) {
                // (What lies nearby is in the buffer.)
                file.seek_relative(start.cast_signed() - at.cast_signed())?;
                json.clear();
                let read = file
                    .by_ref()
                    .take(u64::from(length))
                    .read_to_end(&mut json)?;
                if read < length as usize {
                    return Err(std::io::ErrorKind::UnexpectedEof.into());
                }
                at = start + u64::from(length);
                each(&json)?;
            }
        }
        if let Some(file) = &mut self.file {
            file.seek(SeekFrom::Start(self.end))?;
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
        for (index, id) in ["a", "b", "c"].into_iter().enumerate() {
            entries.add(index, &ArticleReport::skipped(id, None));
        }
        assert_eq!(ids(&mut entries), ["a", "b", "c"]);
    }
}
