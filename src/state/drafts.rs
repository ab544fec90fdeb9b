//! The rows of the translation memory. What a key is made of, and which draft may
//! be used for what, is decided by `memory`.

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{StateError, StateFile, now};

/// Words of a sentence that are looked up for similar ones: the rarest.
const WORDS: usize = 6;
/// A word in more sentences than this tells nothing.
const COMMON: i64 = 5_000;
/// Sentences that are compared with the one in question.
const CANDIDATES: i64 = 400;

/// Whose a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A provider's draft.
    Draft,
    /// Approved by a person.
    Approved,
}

impl Kind {
    /// The word for it in the file.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Approved => "approved",
        }
    }
}

/// What identifies a row.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Key {
    /// To find it fast. Two keys may share it.
    pub hash: i64,
    /// Everything that the draft depends on; compared as a whole.
    pub text: String,
}

/// A row of the memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftRow {
    /// What it answers.
    pub key: Key,
    /// Whose it is.
    pub kind: Kind,
    /// The direction.
    pub pair: String,
    /// Who wrote or approved it.
    pub provider: String,
    /// The source as a person reads it.
    pub source: String,
    /// The target as a person reads it.
    pub target: String,
    /// The pieces of the target; JSON.
    pub draft: String,
    /// When it came in; empty in a row that is about to.
    pub added: String,
}

/// Which rows are meant.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only those of a direction.
    pub pair: Option<String>,
    /// Only those of a provider.
    pub provider: Option<String>,
    /// Only those that came in before this time (UTC, ISO 8601).
    pub before: Option<String>,
    /// Only those of a kind.
    pub kind: Option<Kind>,
}

/// How many rows there are of a kind.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Count {
    /// The direction.
    pub pair: String,
    /// `draft` or `approved`.
    pub kind: String,
    /// Who wrote or approved them.
    pub provider: String,
    /// How many.
    pub entries: u64,
}

const COLUMNS: &str = "hash, key, kind, pair, provider, source, target, draft, added";

impl StateFile {
    /// The drafts of `keys`, one a key, `None` where there is none.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn drafts(&self, keys: &[Key]) -> Result<Vec<Option<String>>, StateError> {
        self.read_many(|connection| {
            let mut find = connection
                .prepare_cached("SELECT draft FROM memory WHERE hash = ?1 AND key = ?2")?;
            keys.iter()
                .map(|key| {
                    find.query_row(params![key.hash, key.text], |row| row.get(0))
                        .optional()
                })
                .collect()
        })
    }

    /// The row of a key.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn draft_row(&self, key: &Key) -> Result<Option<DraftRow>, StateError> {
        self.read(|connection| {
            connection
                .prepare_cached(&format!(
                    "SELECT {COLUMNS} FROM memory WHERE hash = ?1 AND key = ?2"
                ))?
                .query_row(params![key.hash, key.text], row)
                .optional()
        })
    }

    /// Removes the row of a key; says whether there was one.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub async fn remove_draft(&self, key: Key) -> Result<bool, StateError> {
        self.write(move |connection| {
            let removed = connection.execute(
                "DELETE FROM memory WHERE hash = ?1 AND key = ?2",
                params![key.hash, key.text],
            )?;
            Ok(removed > 0)
        })
        .await
    }

    /// Keeps drafts; a row with the same key is replaced. Ready when they are on
    /// the disk.
    ///
    /// # Errors
    /// When the file cannot be written; none is kept then.
    pub async fn keep_drafts(&self, rows: Vec<DraftRow>) -> Result<(), StateError> {
        self.write(move |connection| rows.iter().try_for_each(|row| keep(connection, row)))
            .await
    }

    /// Sentences of `pair` that share rare words with `words` (in lower case);
    /// which of them are similar is for the caller to judge.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn candidates(&self, pair: &str, words: &[String]) -> Result<Vec<DraftRow>, StateError> {
        self.read(|connection| {
            let mut frequency =
                connection.prepare_cached("SELECT doc FROM memory_vocabulary WHERE term = ?1")?;
            let mut known: Vec<(i64, &String)> = Vec::new();
            // To count a common word takes long, and it stays common.
            let mut common = self.common();
            for word in words {
                if common.contains(word) {
                    continue;
                }
                let count: Option<i64> =
                    frequency.query_row([word], |row| row.get(0)).optional()?;
                match count {
                    Some(count) if count > COMMON => {
                        common.insert(word.clone());
                    }
                    Some(count) => known.push((count, word)),
                    None => {}
                }
            }
            drop(common);
            known.sort();
            known.dedup();
            known.truncate(WORDS);
            if known.is_empty() {
                return Ok(Vec::new());
            }
            let query: Vec<String> = known
                .iter()
                .map(|(_, word)| format!("\"{}\"", word.replace('"', "\"\"")))
                .collect();
            connection
                .prepare_cached(&format!(
                    "SELECT {COLUMNS} FROM memory WHERE pair = ?2 AND entry IN \
                     (SELECT rowid FROM memory_words WHERE memory_words MATCH ?1 \
                      ORDER BY rowid DESC LIMIT ?3)"
                ))?
                .query_map(params![query.join(" OR "), pair, CANDIDATES], row)?
                .collect()
        })
    }

    /// Shows every row of a filter to `each`, in the order in which they came,
    /// without holding them all.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn each_draft(
        &self,
        filter: &Filter,
        mut each: impl FnMut(DraftRow),
    ) -> Result<(), StateError> {
        self.read(|connection| {
            let (condition, values) = condition(filter);
            let mut rows = connection.prepare(&format!(
                "SELECT {COLUMNS} FROM memory WHERE {condition} ORDER BY entry"
            ))?;
            for found in rows.query_map(rusqlite::params_from_iter(values), row)? {
                each(found?);
            }
            Ok(())
        })
    }

    /// What people approved, in the order in which it came.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn approved_drafts(&self) -> Result<Vec<DraftRow>, StateError> {
        let approved = Filter {
            kind: Some(Kind::Approved),
            ..Filter::default()
        };
        let mut rows = Vec::new();
        self.each_draft(&approved, |row| rows.push(row))?;
        Ok(rows)
    }

    /// How many rows there are, by pair, kind and provider.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn count_drafts(&self) -> Result<Vec<Count>, StateError> {
        self.read(|connection| {
            connection
                .prepare(
                    "SELECT pair, kind, provider, count(*) FROM memory \
                     GROUP BY pair, kind, provider ORDER BY pair, kind, provider",
                )?
                .query_map([], |row| {
                    Ok(Count {
                        pair: row.get(0)?,
                        kind: row.get(1)?,
                        provider: row.get(2)?,
                        entries: row.get::<_, i64>(3)?.unsigned_abs(),
                    })
                })?
                .collect()
        })
    }

    /// Removes the rows of a filter; says how many there were.
    ///
    /// # Errors
    /// When the file cannot be written; all are kept then.
    pub fn remove_drafts(&self, filter: &Filter) -> Result<u64, StateError> {
        let (condition, values) = condition(filter);
        self.write_now(move |connection| {
            let sql = format!("DELETE FROM memory WHERE {condition}");
            let removed = connection.execute(&sql, rusqlite::params_from_iter(values))?;
            Ok(removed as u64)
        })
    }
}

fn keep(connection: &Connection, row: &DraftRow) -> rusqlite::Result<()> {
    let there: Option<i64> = connection
        .prepare_cached("SELECT entry FROM memory WHERE hash = ?1 AND key = ?2")?
        .query_row(params![row.key.hash, row.key.text], |row| row.get(0))
        .optional()?;
    match there {
        Some(entry) => connection
            .prepare_cached(
                "UPDATE memory SET provider = ?2, target = ?3, draft = ?4, added = ?5 WHERE entry = ?1",
            )?
            .execute(params![entry, row.provider, row.target, row.draft, now()])?,
        None => connection
            .prepare_cached(
                "INSERT INTO memory (hash, key, kind, pair, provider, source, target, draft, added) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            )?
            .execute(params![
                row.key.hash,
                row.key.text,
                row.kind.name(),
                row.pair,
                row.provider,
                row.source,
                row.target,
                row.draft,
                now()
            ])?,
    };
    Ok(())
}

fn condition(filter: &Filter) -> (String, Vec<String>) {
    let columns = [
        ("pair =", filter.pair.clone()),
        ("provider =", filter.provider.clone()),
        ("added <", filter.before.clone()),
        ("kind =", filter.kind.map(|kind| kind.name().to_owned())),
    ];
    let mut parts = vec!["1".to_owned()];
    let mut values = Vec::new();
    for (column, value) in columns {
        if let Some(value) = value {
            values.push(value);
            parts.push(format!("{column} ?{}", values.len()));
        }
    }
    (parts.join(" AND "), values)
}

fn row(row: &Row<'_>) -> rusqlite::Result<DraftRow> {
    let kind: String = row.get(2)?;
    Ok(DraftRow {
        key: Key {
            hash: row.get(0)?,
            text: row.get(1)?,
        },
        kind: if kind == Kind::Approved.name() {
            Kind::Approved
        } else {
            Kind::Draft
        },
        pair: row.get(3)?,
        provider: row.get(4)?,
        source: row.get(5)?,
        target: row.get(6)?,
        draft: row.get(7)?,
        added: row.get(8)?,
    })
}
