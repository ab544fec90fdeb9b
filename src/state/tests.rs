use super::drafts::{DraftRow, Filter, Key, Kind};
use super::ledger::{Entry, Standing};
use super::names::Name;
use super::spend::{Call, Ending};
use super::*;

fn open(dir: &tempfile::TempDir) -> StateFile {
    StateFile::open(&file(dir)).unwrap()
}

fn file(dir: &tempfile::TempDir) -> PathBuf {
    dir.path().join(".anubad/state.db")
}

fn entry(id: &str) -> Entry {
    Entry {
        id: id.to_owned(),
        input: "digest".to_owned(),
        seen: "1:2:3".to_owned(),
        settings: "settings".to_owned(),
        standing: Standing::Done,
        attempts: 0,
        cause: None,
        outputs: "[]".to_owned(),
        report: "{}".to_owned(),
        reopened: None,
    }
}

fn draft(hash: i64, key: &str, source: &str) -> DraftRow {
    DraftRow {
        key: Key {
            hash,
            text: key.to_owned(),
        },
        kind: Kind::Draft,
        pair: "en-bn".to_owned(),
        provider: "mine".to_owned(),
        source: source.to_owned(),
        target: format!("<{source}>"),
        draft: format!("[{key}]"),
        added: String::new(),
    }
}

fn name(source: &str, rendering: &str) -> Name {
    Name {
        pair: "en-bn".to_owned(),
        source: source.to_owned(),
        kind: "person".to_owned(),
        rendering: rendering.to_owned(),
        origin: "rules".to_owned(),
    }
}

#[tokio::test]
async fn what_is_written_is_there_when_it_is_opened_again() {
    let dir = tempfile::tempdir().unwrap();
    let run = {
        let state = open(&dir);
        let run = state.begin_run().await.unwrap();
        state.enter_article("out", entry("a"), run).await.unwrap();
        run
    };
    let state = StateFile::existing(&file(&dir)).unwrap();
    assert_eq!(
        state
            .articles("out", &["a".to_owned(), "b".to_owned()])
            .unwrap(),
        [Some(entry("a")), None]
    );
    assert_eq!(
        state.articles("elsewhere", &["a".to_owned()]).unwrap(),
        [None]
    );
    assert_eq!(state.begin_run().await.unwrap(), run + 1);
    let mut failed = entry("a");
    failed.standing = Standing::GivenUp;
    failed.cause = Some("why".to_owned());
    state
        .enter_article("out", failed.clone(), run)
        .await
        .unwrap();
    assert_eq!(
        state.articles("out", &["a".to_owned()]).unwrap(),
        [Some(failed)]
    );
}

#[test]
fn what_is_no_state_file_is_refused_untouched() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("x.db");
    assert_eq!(
        StateFile::existing(&path).unwrap_err().problem,
        Problem::Missing
    );
    let sql = |sql: &str| {
        let _ = std::fs::remove_file(&path);
        Connection::open(&path).unwrap().execute_batch(sql).unwrap();
    };
    let text = || std::fs::write(&path, "no database, only a long enough text".repeat(9)).unwrap();
    let foreign = || sql("CREATE TABLE theirs (x); PRAGMA user_version = 1;");
    let newer = || {
        sql(&format!(
            "PRAGMA application_id = {}; PRAGMA user_version = 99;",
            0x616E_7562
        ));
    };
    let cases: [(&dyn Fn(), &str); 3] = [
        (&text, "this is not a state file of anubad"),
        (&foreign, "this is not a state file of anubad"),
        (&newer, "has version 99, and this anubad knows 3 at most"),
    ];
    for (make, message) in cases {
        make();
        let before = std::fs::read(&path).unwrap();
        let error = StateFile::open(&path).unwrap_err().to_string();
        assert!(error.contains(message), "{error}");
        assert!(error.contains("x.db: "), "{error}");
        assert_eq!(std::fs::read(&path).unwrap(), before);
    }
}

#[test]
fn every_failure_names_its_next_step() {
    for (code, message) in [
        (rusqlite::ffi::SQLITE_BUSY, "wait for it or end it"),
        (rusqlite::ffi::SQLITE_READONLY, "get permission"),
        (rusqlite::ffi::SQLITE_FULL, "free some space"),
        (rusqlite::ffi::SQLITE_NOTADB, "name another `file`"),
        (rusqlite::ffi::SQLITE_CORRUPT, "put it aside"),
        (rusqlite::ffi::SQLITE_CANTOPEN, "see to it"),
        (rusqlite::ffi::SQLITE_IOERR, "see to the disk"),
        (rusqlite::ffi::SQLITE_MISUSE, "please report this"),
    ] {
        let cause = rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(code), None);
        let error = StateError::of(Path::new("s.db"), &cause).to_string();
        assert!(
            error.starts_with("s.db: ") && error.contains(message),
            "{error}"
        );
    }
}

#[tokio::test]
async fn a_full_disk_is_said_and_leaves_what_was_there() {
    let dir = tempfile::tempdir().unwrap();
    let state = open(&dir);
    state.enter_article("out", entry("a"), 1).await.unwrap();
    state
        .write(|connection| {
            let pages: i64 = connection.query_row("PRAGMA page_count", [], |row| row.get(0))?;
            connection.pragma_update(None, "max_page_count", pages)
        })
        .await
        .unwrap();
    let mut large = entry("b");
    large.report = "x".repeat(1 << 20);
    let error = state
        .enter_article("out", large.clone(), 1)
        .await
        .unwrap_err();
    assert_eq!(error.problem, Problem::Full);
    assert_eq!(
        state
            .articles("out", &["a".to_owned(), "b".to_owned()])
            .unwrap(),
        [Some(entry("a")), None]
    );
    assert_eq!(state.articles("out", &["b".to_owned()]).unwrap(), [None]);
    // With space again the same file goes on.
    state
        .write(|connection| connection.pragma_update(None, "max_page_count", 1 << 20))
        .await
        .unwrap();
    state.enter_article("out", large, 1).await.unwrap();
    assert!(state.articles("out", &["b".to_owned()]).unwrap()[0].is_some());
}

#[tokio::test]
async fn a_file_that_another_process_keeps_is_locked() {
    let dir = tempfile::tempdir().unwrap();
    drop(open(&dir));
    let state =
        StateFile::connect(&file(&dir), OpenFlags::empty(), Duration::from_millis(20)).unwrap();
    let other = Connection::open(file(&dir)).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let error = state.begin_run().await.unwrap_err();
    assert_eq!(error.problem, Problem::Locked);
    other.execute_batch("COMMIT").unwrap();
    state.begin_run().await.unwrap();
}

#[test]
fn two_that_write_at_a_time_lose_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let (first, second) = (open(&dir), open(&dir));
    std::thread::scope(|scope| {
        for (state, who) in [(&first, "a"), (&second, "b")] {
            scope.spawn(move || {
                for i in 0..100 {
                    state
                        .approve_name(name(&format!("{who}{i}"), "x"), "me")
                        .unwrap();
                }
            });
        }
    });
    assert_eq!(first.names(None).unwrap().len(), 200);
    assert_eq!(second.names(Some("en-bn")).unwrap().len(), 200);
    assert_eq!(second.names(Some("bn-en")).unwrap().len(), 0);
}

#[tokio::test]
async fn a_request_that_fails_disturbs_no_other() {
    let dir = tempfile::tempdir().unwrap();
    let state = open(&dir);
    // While the first sleeps, the others gather for one transaction.
    let slow = state.write(|_| {
        std::thread::sleep(Duration::from_millis(50));
        Ok(())
    });
    let good = state.enter_article("out", entry("good"), 1);
    let bad = state.write(|connection| {
        connection.execute("DELETE FROM articles", [])?;
        connection.execute("INSERT INTO nowhere VALUES (1)", [])
    });
    let last = state.enter_article("out", entry("last"), 1);
    let (slow, good, bad, last) = tokio::join!(slow, good, bad, last);
    slow.unwrap();
    good.unwrap();
    last.unwrap();
    assert!(matches!(bad.unwrap_err().problem, Problem::Refused(_)));
    assert!(state.articles("out", &["good".to_owned()]).unwrap()[0].is_some());
    assert!(state.articles("out", &["last".to_owned()]).unwrap()[0].is_some());
}

#[test]
fn one_run_at_a_time_and_its_owner_is_shown() {
    let dir = tempfile::tempdir().unwrap();
    let first = RunLock::take(&file(&dir)).unwrap();
    let error = RunLock::take(&file(&dir)).unwrap_err().to_string();
    let process = format!("process {} on ", std::process::id());
    assert!(error.contains(&process), "{error}");
    drop(first);
    RunLock::take(&file(&dir)).unwrap();
}

#[tokio::test]
async fn a_draft_is_found_by_its_whole_key() {
    let dir = tempfile::tempdir().unwrap();
    let state = open(&dir);
    // Two keys of one hash.
    let rows = vec![draft(7, "one", "A."), draft(7, "two", "B.")];
    state.keep_drafts(rows.clone()).await.unwrap();
    let key = |hash, text: &str| Key {
        hash,
        text: text.to_owned(),
    };
    let found = state
        .drafts(&[key(7, "two"), key(7, "three"), key(8, "one"), key(7, "one")])
        .unwrap();
    let text = |text: &str| Some(text.to_owned());
    assert_eq!(found, [text("[two]"), None, None, text("[one]")]);
    let mut better = rows[0].clone();
    better.draft = "better".to_owned();
    state.keep_drafts(vec![better]).await.unwrap();
    assert_eq!(
        state.drafts(&[key(7, "one")]).unwrap(),
        [text("better")],
        "replaced, not doubled"
    );
    assert_eq!(state.count_drafts().unwrap()[0].entries, 2);
    let all = Filter::default();
    let other = Filter {
        provider: Some("other".to_owned()),
        ..Filter::default()
    };
    assert_eq!(state.remove_drafts(&other).unwrap(), 0);
    assert_eq!(state.remove_drafts(&all).unwrap(), 2);
    assert_eq!(state.drafts(&[key(7, "one")]).unwrap(), [None]);
}

#[tokio::test]
async fn similar_sentences_are_found_by_their_words() {
    let dir = tempfile::tempdir().unwrap();
    let state = open(&dir);
    let ferry = "দুই পাড়ে শত শত ট্রাক অপেক্ষা করছিল।";
    let rows = vec![
        draft(1, "a", ferry),
        draft(2, "b", "সরকার নতুন প্রকল্প অনুমোদন করেছে।"),
    ];
    state.keep_drafts(rows).await.unwrap();
    let found = |words: &[&str]| -> Vec<String> {
        let words: Vec<String> = words.iter().map(|&w| w.to_owned()).collect();
        let found = state.candidates("en-bn", &words).unwrap();
        found.into_iter().map(|row| row.source).collect()
    };
    assert_eq!(found(&["ট্রাক", "অজানা"]), [ferry], "conjuncts are no gaps");
    assert!(found(&["ট"]).is_empty());
    assert!(found(&["\" OR *"]).is_empty(), "words are no query");
    assert!(
        state
            .candidates("bn-en", &["ট্রাক".to_owned()])
            .unwrap()
            .is_empty()
    );
    state.remove_drafts(&Filter::default()).unwrap();
    assert!(found(&["ট্রাক"]).is_empty());
}

#[tokio::test]
async fn of_a_name_one_rendering_is_approved() {
    let dir = tempfile::tempdir().unwrap();
    let state = open(&dir);
    let (one, two) = (name("Yunus", "ইউনুস"), name("Yunus", "ইউনূস"));
    let seen = vec![one.clone(), one.clone(), two.clone()];
    state.names_seen(seen).await.unwrap();
    let renderings = || state.renderings("en-bn", "Yunus").unwrap();
    assert_eq!(renderings()[0].name, one);
    assert_eq!(renderings()[0].count, 2);
    state.approve_name(one.clone(), "desk").unwrap();
    state.approve_name(two.clone(), "editor").unwrap();
    let rows = renderings();
    assert_eq!(rows[0].name, two, "the approved one first");
    assert_eq!(rows[0].approved.as_ref().unwrap().0, "editor");
    assert_eq!(rows[1].approved, None);
    state.names_seen(vec![two.clone()]).await.unwrap();
    assert!(
        renderings()[0].approved.is_some(),
        "being met changes nothing"
    );
    assert!(state.unapprove_name(two.clone()).unwrap());
    assert!(!state.unapprove_name(two.clone()).unwrap());
    assert!(state.forget_name(two).unwrap());
    assert_eq!(renderings().len(), 1);
}

#[tokio::test]
async fn spend_counts_what_may_have_been_charged() {
    let dir = tempfile::tempdir().unwrap();
    let state = open(&dir);
    let call = |nanos| Call {
        run: Some(1),
        article: Some("a".to_owned()),
        provider: "mine".to_owned(),
        segments: 1,
        characters: 10,
        nanos,
        currency: "USD".to_owned(),
    };
    let sent = state.enter_call(call(1)).await.unwrap();
    for (nanos, ending) in [
        (10, Ending::Answered),
        (100, Ending::Unanswered),
        (1000, Ending::Refused),
    ] {
        let row = state.enter_call(call(nanos)).await.unwrap();
        state.end_call(row, ending).await.unwrap();
    }
    assert!(sent > 0, "one is still under way");
    assert_eq!(state.spent_since("2000-01-01").unwrap().nanos, 111);
    assert_eq!(state.spent_since("9999-01-01").unwrap().nanos, 0);
    let days = state.spent_by_day(None).unwrap();
    assert_eq!(days.len(), 1);
    assert_eq!(
        (days[0].calls, days[0].characters, days[0].nanos),
        (3, 30, 111)
    );
}

#[tokio::test]
async fn an_article_is_reopened_until_a_run_has_seen_the_last_change() {
    let dir = tempfile::tempdir().unwrap();
    let state = StateFile::open(&dir.path().join("state.db")).unwrap();
    let row = || state.articles("out", &["a".to_owned()]).unwrap().remove(0);
    state.enter_article("out", entry("a"), 1).await.unwrap();
    assert_eq!(row().unwrap().reopened, None);
    state.reopen_article("out", "a").await.unwrap();
    let seen = row().unwrap();
    assert_eq!(seen.reopened, Some(1));
    // While the run is at work with it an editor changes something else.
    state.reopen_article("out", "a").await.unwrap();
    state.enter_article("out", seen, 2).await.unwrap();
    let last = row().unwrap();
    assert_eq!(last.reopened, Some(2));
    state.enter_article("out", last, 3).await.unwrap();
    assert_eq!(row().unwrap().reopened, None);
}

#[tokio::test]
async fn an_article_is_ready_until_it_is_not() {
    let dir = tempfile::tempdir().unwrap();
    let state = StateFile::open(&dir.path().join("state.db")).unwrap();
    let ready = review::Ready {
        text: "digest".to_owned(),
        by: "desk".to_owned(),
        at: String::new(),
    };
    state.set_ready("out", "a", Some(ready)).await.unwrap();
    let known = state.ready("out", "a").unwrap().unwrap();
    assert_eq!((known.text.as_str(), known.by.as_str()), ("digest", "desk"));
    assert!(!known.at.is_empty());
    assert_eq!(state.ready("out", "b").unwrap(), None);
    state.set_ready("out", "a", None).await.unwrap();
    assert_eq!(state.ready("out", "a").unwrap(), None);
}

#[test]
fn a_run_waits_for_who_does_one_article() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("state.db");
    let brief = RunLock::briefly(&path).unwrap();
    let owned = |taken: Result<RunLock, StateError>| {
        matches!(taken.unwrap_err().problem, Problem::Owned { .. })
    };
    assert!(owned(RunLock::briefly(&path)));
    let serving = RunLock::serving(&path).unwrap();
    assert!(owned(RunLock::serving(&path)));
    std::thread::scope(|scope| {
        let waiting = scope.spawn(|| RunLock::take(&path));
        drop(brief);
        let run = waiting.join().unwrap().unwrap();
        // A run is not waited for.
        assert!(owned(RunLock::take(&path)));
        drop(run);
    });
    drop(serving);
}
