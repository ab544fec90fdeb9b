//! The name ledger: names that no glossary has, and how they were rendered.
//!
//! A name may have several renderings, one row each. An approved rendering wins
//! over all others; of a name at most one is approved.

use rusqlite::{Connection, Row, params};

use super::{StateError, StateFile, now};

/// A name and one of its renderings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// The direction, such as `en-bn`.
    pub pair: String,
    /// The name as the source has it, without an ending, in canonical form.
    pub source: String,
    /// Its kind, in the words of the glossary: `person`, `place` …
    pub kind: String,
    /// How it was written in the target, without an ending.
    pub rendering: String,
    /// Where the rendering comes from: `rules`, the name of a provider …
    pub origin: String,
}

/// A row of the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameRow {
    /// The name and its rendering.
    pub name: Name,
    /// How often it was met.
    pub count: u64,
    /// When it was met first; UTC, ISO 8601.
    pub first_seen: String,
    /// When it was met last.
    pub last_seen: String,
    /// Who approved the rendering, and when.
    pub approved: Option<(String, String)>,
}

impl NameRow {
    /// The order that says nothing of how often each was met.
    #[must_use]
    pub fn in_order(&self, other: &Self) -> std::cmp::Ordering {
        let key = |row: &Self| {
            let Name {
                pair,
                source,
                kind,
                rendering,
                ..
            } = row.name.clone();
            (pair, source, kind, rendering)
        };
        key(self).cmp(&key(other))
    }
}

impl StateFile {
    /// Counts names that were met, in one transaction. A rendering that is there
    /// already keeps its origin and its approval.
    ///
    /// # Errors
    /// When the file cannot be written; none is counted then.
    pub async fn names_seen(&self, names: Vec<Name>) -> Result<(), StateError> {
        if names.is_empty() {
            return Ok(());
        }
        self.write(move |connection| {
            let now = now();
            let mut row = connection.prepare_cached(
                "INSERT INTO names (pair, source, kind, rendering, origin, count, first_seen, last_seen) \
                 VALUES (?1, ?2, ?3, ?4, ?5, 1, ?6, ?6) \
                 ON CONFLICT DO UPDATE SET count = count + 1, last_seen = max(last_seen, ?6)",
            )?;
            for name in &names {
                row.execute(params![
                    name.pair,
                    name.source,
                    name.kind,
                    name.rendering,
                    name.origin,
                    now
                ])?;
            }
            Ok(())
        })
        .await
    }

    /// Approves a rendering, whether or not it was ever met; any other of the
    /// same name and kind is approved no longer.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn approve_name(&self, name: Name, by: &str) -> Result<(), StateError> {
        let by = by.to_owned();
        self.write_now(move |connection| {
            let now = now();
            unapprove(connection, &name)?;
            connection.execute(
                "INSERT INTO names VALUES (?1, ?2, ?3, ?4, ?5, 0, ?6, ?6, ?7, ?6) \
                 ON CONFLICT DO UPDATE SET approved_by = ?7, approved_at = ?6",
                params![
                    name.pair,
                    name.source,
                    name.kind,
                    name.rendering,
                    name.origin,
                    now,
                    by
                ],
            )?;
            Ok(())
        })
    }

    /// Takes back the approval of every rendering of a name (its `rendering` and
    /// `origin` do not count); says whether one was approved.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn unapprove_name(&self, name: Name) -> Result<bool, StateError> {
        self.write_now(move |connection| unapprove(connection, &name))
    }

    /// Removes one rendering; says whether it was there.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn forget_name(&self, name: Name) -> Result<bool, StateError> {
        self.write_now(move |connection| {
            let removed = connection.execute(
                "DELETE FROM names WHERE pair = ?1 AND source = ?2 AND kind = ?3 AND rendering = ?4",
                params![name.pair, name.source, name.kind, name.rendering],
            )?;
            Ok(removed > 0)
        })
    }

    /// Every rendering of a name, the approved one first, then the most frequent.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn renderings(&self, pair: &str, source: &str) -> Result<Vec<NameRow>, StateError> {
        self.read(|connection| {
            connection
                .prepare_cached(
                    "SELECT * FROM names WHERE pair = ?1 AND source = ?2 \
                     ORDER BY approved_at IS NULL, count DESC, rendering",
                )?
                .query_map([pair, source], row)?
                .collect()
        })
    }

    /// The whole ledger, or that of one pair: the most frequent first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn names(&self, pair: Option<&str>) -> Result<Vec<NameRow>, StateError> {
        self.read(|connection| {
            connection
                .prepare_cached(
                    "SELECT * FROM names WHERE ?1 IS NULL OR pair = ?1 \
                     ORDER BY count DESC, pair, source, kind, rendering",
                )?
                .query_map([pair], row)?
                .collect()
        })
    }
}

fn unapprove(connection: &Connection, name: &Name) -> rusqlite::Result<bool> {
    let changed = connection.execute(
        "UPDATE names SET approved_by = NULL, approved_at = NULL \
         WHERE pair = ?1 AND source = ?2 AND kind = ?3 AND approved_at IS NOT NULL",
        params![name.pair, name.source, name.kind],
    )?;
    Ok(changed > 0)
}

fn row(row: &Row<'_>) -> rusqlite::Result<NameRow> {
    let approved: (Option<String>, Option<String>) =
        (row.get("approved_by")?, row.get("approved_at")?);
    Ok(NameRow {
        name: Name {
            pair: row.get("pair")?,
            source: row.get("source")?,
            kind: row.get("kind")?,
            rendering: row.get("rendering")?,
            origin: row.get("origin")?,
        },
        count: row.get::<_, i64>("count")?.unsigned_abs(),
        first_seen: row.get("first_seen")?,
        last_seen: row.get("last_seen")?,
        approved: approved.0.zip(approved.1),
    })
}
