//! Versions of the state file, and the way from each to the next.

use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use super::error::{Problem, StateError};

/// Marks the file as one of anubad: "anub" in ASCII.
const APPLICATION: i64 = 0x616E_7562;

/// What leads from each version to the next; version 0 is an empty file. A step
/// that has been released is never changed, only followed by another.
const STEPS: [&str; 3] = [
    include_str!("schema.sql"),
    include_str!("review.sql"),
    include_str!("survival.sql"),
];

/// The version that this build writes.
#[allow(clippy::cast_possible_wrap, reason = "the steps are a handful")]
pub(super) const VERSION: i64 = STEPS.len() as i64;

/// Brings the file to the present version; all of it or nothing.
pub(super) fn migrate(connection: &mut Connection, file: &Path) -> Result<(), StateError> {
    if check(connection, file)? == VERSION {
        return Ok(());
    }
    go(connection, file, &STEPS)
}

/// Takes the steps that a file has not taken yet.
fn go(connection: &mut Connection, file: &Path, steps: &[&str]) -> Result<(), StateError> {
    let failed = |cause: rusqlite::Error| StateError::of(file, &cause);
    let version = i64::try_from(steps.len()).unwrap_or(i64::MAX);
    let step = connection
        .transaction_with_behavior(TransactionBehavior::Immediate)
        .map_err(failed)?;
    // Another process may have been faster.
    let found = check(&step, file)?;
    for sql in steps
        .iter()
        .skip(usize::try_from(found).unwrap_or_default())
    {
        step.execute_batch(sql).map_err(failed)?;
    }
    step.pragma_update(None, "application_id", APPLICATION)
        .and_then(|()| step.pragma_update(None, "user_version", version))
        .and_then(|()| step.commit())
        .map_err(failed)
}

/// The version of a file that is one of ours, or empty.
pub(super) fn check(connection: &Connection, file: &Path) -> Result<i64, StateError> {
    let failed = |cause: rusqlite::Error| StateError::of(file, &cause);
    let pragma = |name: &str| {
        connection
            .pragma_query_value(None, name, |row| row.get::<_, i64>(0))
            .map_err(failed)
    };
    let (application, version) = (pragma("application_id")?, pragma("user_version")?);
    let tables: i64 = connection
        .query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))
        .map_err(failed)?;
    let problem = match (application, version) {
        (0, 0) if tables == 0 => return Ok(0),
        (APPLICATION, 1..=VERSION) => return Ok(version),
        (APPLICATION, found) if found > VERSION => Problem::Newer {
            found,
            known: VERSION,
        },
        _ => Problem::Foreign,
    };
    Err(StateError::new(file, problem))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(connection: &Connection, sql: &str) -> i64 {
        connection.query_row(sql, [], |row| row.get(0)).unwrap()
    }

    #[test]
    fn a_file_goes_from_its_version_to_the_next_ones_whole_or_not_at_all() {
        let file = Path::new("state.db");
        let mut connection = Connection::open_in_memory().unwrap();
        migrate(&mut connection, file).unwrap();
        connection
            .execute("INSERT INTO runs (started, process) VALUES ('x', 'y')", [])
            .unwrap();
        let version = "SELECT user_version FROM pragma_user_version";
        let columns = "SELECT count(*) FROM pragma_table_info('runs')";
        let before = number(&connection, columns);
        let next = "ALTER TABLE runs ADD COLUMN note TEXT NOT NULL DEFAULT '';";
        let broken = "UPDATE runs SET note = 'y'; UPDATE nothing SET x = 1;";
        // The second of two steps fails: neither was taken.
        let steps = [&STEPS[..], &[next, broken]].concat();
        go(&mut connection, file, &steps).unwrap_err();
        assert_eq!(number(&connection, version), VERSION);
        assert_eq!(number(&connection, columns), before);
        let steps = [&STEPS[..], &[next, "UPDATE runs SET note = 'y';"]].concat();
        go(&mut connection, file, &steps).unwrap();
        assert_eq!(number(&connection, version), VERSION + 2);
        assert_eq!(number(&connection, columns), before + 1);
        let kept = "SELECT count(*) FROM runs WHERE started = 'x' AND note = 'y'";
        assert_eq!(number(&connection, kept), 1, "what was there is there");
        // And this build does not touch what a later one wrote.
        let error = migrate(&mut connection, file).unwrap_err();
        assert!(matches!(error.problem, Problem::Newer { found, .. } if found == VERSION + 2));
    }
}
