//! What editors do to articles: which of them have to be done again, and which are
//! ready.

use rusqlite::{OptionalExtension, params};

use super::{StateError, StateFile, now};

/// That an article is ready, as it read then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ready {
    /// Digest of the translation.
    pub text: String,
    /// Who said so.
    pub by: String,
    /// When; empty in a row that is about to be written.
    pub at: String,
}

impl StateFile {
    /// Has the next run do an article of `folder` again, also where nothing but this
    /// says that it changed. A run that is at work with it already does not count.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub async fn reopen_article(&self, folder: &str, id: &str) -> Result<(), StateError> {
        let (folder, id) = (folder.to_owned(), id.to_owned());
        self.write(move |connection| {
            connection
                .prepare_cached(
                    "INSERT INTO reopened VALUES (?1, ?2, 1) \
                     ON CONFLICT DO UPDATE SET change = change + 1",
                )?
                .execute([folder, id])?;
            Ok(())
        })
        .await
    }

    /// Who called an article of `folder` ready.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn ready(&self, folder: &str, article: &str) -> Result<Option<Ready>, StateError> {
        self.read(|connection| {
            connection
                .prepare_cached(
                    "SELECT text, by, at FROM ready WHERE folder = ?1 AND article = ?2",
                )?
                .query_row([folder, article], |row| {
                    Ok(Ready {
                        text: row.get(0)?,
                        by: row.get(1)?,
                        at: row.get(2)?,
                    })
                })
                .optional()
        })
    }

    /// Enters that an article is ready, or with `None` that it is not.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub async fn set_ready(
        &self,
        folder: &str,
        article: &str,
        ready: Option<Ready>,
    ) -> Result<(), StateError> {
        let (folder, article) = (folder.to_owned(), article.to_owned());
        self.write(move |connection| {
            match ready {
                Some(Ready { text, by, .. }) => connection.execute(
                    "INSERT OR REPLACE INTO ready VALUES (?1, ?2, ?3, ?4, ?5)",
                    params![folder, article, text, by, now()],
                )?,
                None => connection.execute(
                    "DELETE FROM ready WHERE folder = ?1 AND article = ?2",
                    [folder, article],
                )?,
            };
            Ok(())
        })
        .await
    }
}
