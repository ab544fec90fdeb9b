//! Where rows come from: layers of files, the later ones outranking the earlier.

use std::path::PathBuf;

use super::error::LoadError;
use super::load;
use super::table::Table;

/// Glossary files that rank alike: the base, a house's, a desk's.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Layer {
    /// What the layer is called in messages.
    pub name: String,
    /// Its files; among them the earlier outranks the later.
    pub files: Vec<File>,
    /// The desk that is at work. A row that names a desk takes part only when it
    /// is this one, and then outranks the layer's rows that name none.
    pub desk: Option<String>,
}

/// One glossary file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum File {
    /// On disk.
    Path(PathBuf),
    /// Inside the program, or read already.
    Text {
        /// What it is called in messages.
        name: String,
        /// What it says.
        text: std::borrow::Cow<'static, str>,
    },
}

impl Layer {
    /// A layer of files on disk.
    pub fn of_files<P: Into<PathBuf>>(
        name: impl Into<String>,
        paths: impl IntoIterator<Item = P>,
    ) -> Self {
        Self {
            name: name.into(),
            files: paths.into_iter().map(|p| File::Path(p.into())).collect(),
            desk: None,
        }
    }

    /// A layer of one file whose text is at hand.
    pub fn of_text(
        name: impl Into<String>,
        file: impl Into<String>,
        text: impl Into<std::borrow::Cow<'static, str>>,
    ) -> Self {
        Self {
            name: name.into(),
            files: vec![File::Text {
                name: file.into(),
                text: text.into(),
            }],
            desk: None,
        }
    }

    /// The same layer with the rows of one desk switched on.
    #[must_use]
    pub fn for_desk(mut self, desk: impl Into<String>) -> Self {
        self.desk = Some(desk.into());
        self
    }
}

impl File {
    /// Its rows.
    ///
    /// # Errors
    /// Every fault of the file, each with its line.
    pub fn table(&self) -> Result<Table, Vec<LoadError>> {
        load::read(self)
    }

    /// What the file is called in messages.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Path(path) => path.display().to_string(),
            Self::Text { name, .. } => name.clone(),
        }
    }
}
