//! How values came back from providers, by direction and protection.

use rusqlite::params;

use super::ledger::number;
use super::{StateError, StateFile};

/// Holes that a row speaks of at most: what is older fades, so that a service that
/// has changed is noticed.
pub const WINDOW: u64 = 2000;

/// What became of the holes of a provider in a direction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SurvivalRow {
    /// The configured name of the provider.
    pub provider: String,
    /// Its model.
    pub model: String,
    /// The version of that.
    pub version: String,
    /// The direction, such as `en-bn`.
    pub pair: String,
    /// How holes travelled: `typed`, `tags`, `html`, `tokens` or `plain`.
    pub protection: String,
    /// Holes that were sent in whole sentences.
    pub holes: u64,
    /// Holes that came back once.
    pub kept: u64,
}

impl StateFile {
    /// Everything that was measured.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn survival(&self) -> Result<Vec<SurvivalRow>, StateError> {
        self.read(|connection| {
            connection
                .prepare_cached("SELECT * FROM survival")?
                .query_map([], |row| {
                    Ok(SurvivalRow {
                        provider: row.get(0)?,
                        model: row.get(1)?,
                        version: row.get(2)?,
                        pair: row.get(3)?,
                        protection: row.get(4)?,
                        holes: row.get::<_, i64>(5)?.unsigned_abs(),
                        kept: row.get::<_, i64>(6)?.unsigned_abs(),
                    })
                })?
                .collect()
        })
    }

    /// Adds what a run has measured, in one transaction; beyond [`WINDOW`] holes the
    /// share stays, and the numbers are cut.
    ///
    /// # Errors
    /// When the file cannot be written; nothing is added then.
    pub async fn add_survival(&self, rows: Vec<SurvivalRow>) -> Result<(), StateError> {
        if rows.is_empty() {
            return Ok(());
        }
        self.write(move |connection| {
            let mut add = connection.prepare_cached(
                "INSERT INTO survival VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) \
                 ON CONFLICT DO UPDATE SET holes = holes + ?6, kept = kept + ?7",
            )?;
            for row in &rows {
                add.execute(params![
                    row.provider,
                    row.model,
                    row.version,
                    row.pair,
                    row.protection,
                    number(row.holes),
                    number(row.kept),
                ])?;
            }
            let window = number(WINDOW);
            connection
                .prepare_cached(
                    "UPDATE survival SET kept = CAST(round(1.0 * kept / holes * ?1) AS INTEGER), \
                     holes = ?1 WHERE holes > ?1",
                )?
                .execute([window])?;
            Ok(())
        })
        .await
    }

    /// Forgets what was measured of a provider; says how many rows that were.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn forget_survival(&self, provider: &str) -> Result<usize, StateError> {
        let provider = provider.to_owned();
        self.write_now(move |connection| {
            connection.execute("DELETE FROM survival WHERE provider = ?1", [provider])
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(protection: &str, holes: u64, kept: u64) -> SurvivalRow {
        SurvivalRow {
            provider: "x".to_owned(),
            model: "y".to_owned(),
            version: String::new(),
            pair: "en-bn".to_owned(),
            protection: protection.to_owned(),
            holes,
            kept,
        }
    }

    #[tokio::test]
    async fn what_is_older_fades_and_is_forgotten_on_request() {
        let folder = tempfile::tempdir().unwrap();
        let state = StateFile::open(&folder.path().join("state.db")).unwrap();
        let add = async |rows| state.add_survival(rows).await.unwrap();
        add(vec![row("html", 300, 290), row("plain", 10, 9)]).await;
        add(vec![row("html", 100, 90)]).await;
        assert_eq!(
            state.survival().unwrap(),
            [row("html", 400, 380), row("plain", 10, 9)]
        );
        // A hundred times as many as fit, nine tenths of them kept.
        add(vec![row("plain", 200_000, 180_000)]).await;
        assert_eq!(state.survival().unwrap()[1], row("plain", 2000, 1800));
        // From one day on nothing comes back: told by the next few hundred holes.
        add(vec![row("plain", 500, 0)]).await;
        assert_eq!(state.survival().unwrap()[1], row("plain", 2000, 1440));
        assert_eq!(state.forget_survival("y").unwrap(), 0);
        assert_eq!(state.forget_survival("x").unwrap(), 2);
        assert_eq!(state.survival().unwrap(), []);
    }
}
