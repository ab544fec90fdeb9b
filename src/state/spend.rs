//! What was sent to whom, and what it cost.
//!
//! A row is written before its call, so that a process that is killed in the
//! middle has spent no more than the file says.

use rusqlite::params;

use super::ledger::number;
use super::{StateError, StateFile, now};

/// A call about to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// The run that it belongs to.
    pub run: Option<i64>,
    /// The article that it is for.
    pub article: Option<String>,
    /// The configured name of the provider.
    pub provider: String,
    /// Segments that are sent.
    pub segments: u64,
    /// Characters (Unicode scalar values) that are sent.
    pub characters: u64,
    /// What it costs, in billionths of the currency's unit.
    pub nanos: u64,
    /// The currency; empty where the provider has no price.
    pub currency: String,
}

/// How a call ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// With an answer, good or bad.
    Answered,
    /// Without one, but it may have been charged all the same.
    Unanswered,
    /// It was refused and not charged; its row goes.
    Refused,
}

/// A sum over calls.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sum {
    /// Billionths of the currency's unit.
    pub nanos: u64,
    /// Characters sent.
    pub characters: u64,
}

/// What was spent on a day with a provider.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Spent {
    /// The day, UTC.
    pub day: String,
    /// The provider.
    pub provider: String,
    /// Calls.
    pub calls: u64,
    /// Segments sent.
    pub segments: u64,
    /// Characters sent.
    pub characters: u64,
    /// Billionths of the currency's unit.
    pub nanos: u64,
    /// The currency; empty where there was no price.
    pub currency: String,
}

impl Call {
    /// What it takes from a budget.
    #[must_use]
    pub fn sum(&self) -> Sum {
        Sum {
            nanos: self.nanos,
            characters: self.characters,
        }
    }
}

impl Sum {
    /// Both together.
    #[must_use]
    pub fn and(self, more: Self) -> Self {
        Self {
            nanos: self.nanos.saturating_add(more.nanos),
            characters: self.characters.saturating_add(more.characters),
        }
    }

    /// What is left without `part` of it.
    #[must_use]
    pub fn less(self, part: Self) -> Self {
        Self {
            nanos: self.nanos.saturating_sub(part.nanos),
            characters: self.characters.saturating_sub(part.characters),
        }
    }
}

impl StateFile {
    /// Enters a call before it is made; gives the number of its row.
    ///
    /// # Errors
    /// When the file cannot be written; the call is not to be made then.
    pub async fn enter_call(&self, call: Call) -> Result<i64, StateError> {
        self.write(move |connection| {
            let now = now();
            connection
                .prepare_cached(
                    "INSERT INTO spend \
                     (at, day, run, article, provider, segments, characters, nanos, currency, state) \
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 'sent')",
                )?
                .execute(params![
                    now,
                    now.get(..10),
                    call.run,
                    call.article,
                    call.provider,
                    number(call.segments),
                    number(call.characters),
                    number(call.nanos),
                    call.currency
                ])?;
            Ok(connection.last_insert_rowid())
        })
        .await
    }

    /// Enters how a call ended.
    ///
    /// # Errors
    /// When the file cannot be written; the call counts as charged then.
    pub async fn end_call(&self, row: i64, ending: Ending) -> Result<(), StateError> {
        self.write(move |connection| {
            let sql = match ending {
                Ending::Answered => "UPDATE spend SET state = 'answered' WHERE entry = ?1",
                Ending::Unanswered => "UPDATE spend SET state = 'unanswered' WHERE entry = ?1",
                Ending::Refused => "DELETE FROM spend WHERE entry = ?1",
            };
            connection.prepare_cached(sql)?.execute([row])?;
            Ok(())
        })
        .await
    }

    /// Enters that a call was answered, and what it took by the service's own count.
    ///
    /// # Errors
    /// When the file cannot be written; what was set aside counts then.
    pub async fn end_counted_call(&self, row: i64, nanos: u64) -> Result<(), StateError> {
        self.write(move |connection| {
            connection
                .prepare_cached("UPDATE spend SET state = 'answered', nanos = ?2 WHERE entry = ?1")?
                .execute(params![row, number(nanos)])?;
            Ok(())
        })
        .await
    }

    /// What was spent from the day `since` on, by all providers; all prices have
    /// one currency.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn spent_since(&self, since: &str) -> Result<Sum, StateError> {
        self.read(|connection| {
            connection
                .prepare_cached("SELECT sum(nanos), sum(characters) FROM spend WHERE day >= ?1")?
                .query_row([since], |row| {
                    let sum = |index| row.get::<_, Option<i64>>(index);
                    Ok(Sum {
                        nanos: sum(0)?.unwrap_or_default().unsigned_abs(),
                        characters: sum(1)?.unwrap_or_default().unsigned_abs(),
                    })
                })
        })
    }

    /// What was spent, by day and provider, from the day `since` on; the latest
    /// day first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn spent_by_day(&self, since: Option<&str>) -> Result<Vec<Spent>, StateError> {
        self.read(|connection| {
            connection
                .prepare(
                    "SELECT day, provider, count(*), sum(segments), sum(characters), sum(nanos), currency \
                     FROM spend WHERE ?1 IS NULL OR day >= ?1 \
                     GROUP BY day, provider, currency ORDER BY day DESC, provider, currency",
                )?
                .query_map([since], |row| {
                    let count = |index| row.get::<_, i64>(index).map(i64::unsigned_abs);
                    Ok(Spent {
                        day: row.get(0)?,
                        provider: row.get(1)?,
                        calls: count(2)?,
                        segments: count(3)?,
                        characters: count(4)?,
                        nanos: count(5)?,
                        currency: row.get(6)?,
                    })
                })?
                .collect()
        })
    }
}
