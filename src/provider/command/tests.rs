//! Real programs that behave and misbehave; `tests/kit/scripted.py` is all of them.

use std::sync::Arc;
use std::time::Instant;

use super::*;
use crate::language::{Ending, Pair};
use crate::plan::{Filling, HoleId, HoleKind, Piece, Segment};
use crate::text::Span;

/// Long enough for a busy machine; nothing waits for it.
const PATIENCE: Duration = Duration::from_mins(1);

fn kit() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/kit")
}

fn config(arguments: &[&str]) -> CommandConfig {
    let python = std::process::Command::new("python3")
        .arg("--version")
        .output();
    assert!(
        python.is_ok_and(|output| output.status.success()),
        "the tests of the command protocol need `python3` in PATH: install Python 3.8 or later"
    );
    let words = ["python3", "scripted.py"].iter().chain(arguments);
    CommandConfig {
        command: words.map(ToString::to_string).collect(),
        env: BTreeMap::new(),
        timeout: PATIENCE,
        directory: Some(kit()),
        protection: None,
    }
}

async fn scripted(arguments: &[&str]) -> Command {
    Command::start("mine", config(arguments)).await.unwrap()
}

fn text(text: &str) -> Segment {
    Segment {
        pieces: vec![Piece::Text(text.to_owned())],
        fillings: Vec::new(),
        hints: Vec::new(),
    }
}

fn batch(segments: Vec<Segment>) -> Batch {
    Batch {
        pair: Pair::EN_BN,
        segments,
        context: Context::default(),
    }
}

fn two() -> Batch {
    batch(vec![text("First <one>!"), text("দ্বিতীয় & “last”!")])
}

/// What came back for each segment: its text or its error.
async fn ask(command: &Command, batch: &Batch) -> Result<Vec<Result<String, Error>>, Error> {
    let drafts = command.translate(batch).await?;
    assert_eq!(drafts.len(), batch.segments.len());
    let joined = |draft: Draft| {
        let pieces = draft.pieces.iter().map(|piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Hole(id, _) => format!("[{}]", id.0),
            Piece::Quote(..) => "\"".to_owned(),
            Piece::Markup(_) => "|".to_owned(),
        });
        pieces.collect::<String>()
    };
    Ok(drafts.into_iter().map(|draft| draft.map(joined)).collect())
}

async fn assert_echoes(command: &Command) {
    let answers = ask(command, &two()).await.unwrap();
    let texts: Vec<_> = answers.iter().flatten().map(String::as_str).collect();
    assert_eq!(texts, ["First <one>!", "দ্বিতীয় & “last”!"]);
}

#[tokio::test]
async fn a_program_introduces_itself_and_translates() {
    let folder = tempfile::tempdir().unwrap();
    let glossary = folder.path().join("glossary.json");
    std::fs::write(&glossary, r#"{"First <one>!": "প্রথম।"}"#).unwrap();
    let command = scripted(&["glossary", glossary.to_str().unwrap()]).await;
    assert_eq!(
        *command.identity(),
        Identity {
            name: "mine".to_owned(),
            model: "command/scripted".to_owned(),
            version: "1".to_owned(),
        }
    );
    let capability = command.capability();
    assert_eq!(capability.pairs, [Pair::EN_BN, Pair::BN_EN]);
    assert_eq!(capability.protection, Protection::Plain);
    for _ in 0..3 {
        let answers = ask(&command, &two()).await.unwrap();
        assert_eq!(answers[0], Ok("প্রথম।".to_owned()));
        assert_eq!(answers[1], Ok("দ্বিতীয় & “last”!".to_owned()));
    }
    assert_eq!(ask(&command, &batch(Vec::new())).await, Ok(Vec::new()));
    let mut elsewhere = two();
    elsewhere.pair.target = "fr".parse().unwrap();
    let error = ask(&command, &elsewhere).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::UnsupportedPair);
}

fn with_hole() -> Batch {
    let mut segment = text("Tk ");
    segment.pieces.extend([
        Piece::Hole(HoleId(0), Ending::default()),
        Piece::Text(" < 6".to_owned()),
    ]);
    segment.fillings.push(Filling {
        kind: HoleKind::Number,
        source: "5".to_owned(),
        target: "৫".to_owned(),
        span: Span::trusted(0, 0),
    });
    batch(vec![segment])
}

#[tokio::test]
async fn holes_travel_as_the_program_asked_unless_the_configuration_says_otherwise() {
    for (arguments, expected) in [
        (&["--protection", "tags"][..], "Tk [0] < 6"),
        // A currency that the value does not have stays a word.
        (&["--protection", "none"], "Tk [0] < 6"),
        (&["--protection", "tags", "drop-holes"], "Tk < 6"),
        (&["--protection", "tags", "double-holes"], "Tk [0] [0] < 6"),
    ] {
        let command = scripted(arguments).await;
        let answers = ask(&command, &with_hole()).await.unwrap();
        assert_eq!(answers, [Ok(expected.to_owned())], "{arguments:?}");
    }
    let overridden = CommandConfig {
        protection: Some(Protection::Tags),
        ..config(&["--protection", "none"])
    };
    let command = Command::start("mine", overridden).await.unwrap();
    assert_eq!(command.capability().protection, Protection::Tags);
}

#[tokio::test]
async fn a_program_without_an_introduction_is_used_with_defaults() {
    for behaviour in ["no-hello", "garbage-hello", "error-hello"] {
        let mut config = config(&[behaviour]);
        if behaviour == "no-hello" {
            config.timeout = Duration::from_secs(2);
        }
        let command = Command::start("mine", config).await.unwrap();
        let capability = command.capability();
        assert!(capability.pairs.is_empty(), "{behaviour}");
        assert_eq!(capability.max_segments, 50);
        assert_eq!(capability.max_characters, 10_000);
        assert_eq!(capability.protection, Protection::Plain);
        assert_eq!(command.identity().model, "command/python3");
        assert!(command.identity().version.starts_with("command-line-"));
        assert_echoes(&command).await;
    }
}

#[tokio::test]
async fn an_introduction_that_comes_too_late_is_no_answer() {
    // Silent until the first request comes, then everything at once.
    let script = "import sys, json\n\
                  hello = sys.stdin.readline()\n\
                  r = json.loads(sys.stdin.readline())\n\
                  print('Loading')\n\
                  print(json.dumps({'anubad': 1}))\n\
                  print(json.dumps({'id': r['id'], 'segments': r['segments']}), flush=True)\n\
                  sys.stdin.read()";
    let late = CommandConfig {
        command: vec!["python3".to_owned(), "-c".to_owned(), script.to_owned()],
        timeout: Duration::from_secs(2),
        ..config(&[])
    };
    let command = Command::start("mine", late).await.unwrap();
    assert_echoes(&command).await;
}

#[tokio::test]
async fn a_program_that_cannot_be_used_says_why_and_what_to_do() {
    let base = config(&[]);
    let named = |command: &[&str]| CommandConfig {
        command: command.iter().map(ToString::to_string).collect(),
        ..base.clone()
    };
    let nowhere = CommandConfig {
        directory: Some(kit().join("nowhere")),
        ..base.clone()
    };
    for (config, parts) in [
        (named(&[]), &["`command` is empty"][..]),
        (
            named(&["no-such-program-anywhere", "a"]),
            &["`no-such-program-anywhere` cannot be started", "install it"],
        ),
        (
            named(&["./no-such-file"]),
            &["`./no-such-file`", "install it"],
        ),
        (nowhere, &["`python3`", "nowhere", "no folder"]),
        (
            named(&["python3", "no-such.py"]),
            &["exit code 2", "no-such.py"],
        ),
        (config(&["crash-hello"]), &["exit code 4", "no model found"]),
        (
            config(&["wrong-hello"]),
            &["bangla", "docs/command-protocol.md"],
        ),
        // A shell would make two commands of it, or a failure without a name.
        (named(&["true; echo"]), &["`true; echo` cannot be started"]),
    ] {
        let described = format!("{:?}", config.command);
        let error = Command::start("mine", config).await.unwrap_err();
        assert_eq!(error.retry, Retry::Never, "{described}");
        for part in parts {
            assert!(error.to_string().contains(part), "{described}: {error}");
        }
    }
}

#[tokio::test]
async fn arguments_and_variables_reach_the_program_untouched() {
    let script = "import json, os, sys\n\
                  print(json.dumps({'anubad': 1, 'name': sys.argv[1], 'version': os.environ['MODEL']}), flush=True)\n\
                  sys.stdin.read()";
    let asked = CommandConfig {
        command: ["python3", "-c", script, "$HOME `id` *"]
            .map(ToOwned::to_owned)
            .to_vec(),
        env: BTreeMap::from([("MODEL".to_owned(), "a b".to_owned())]),
        ..config(&[])
    };
    let command = Command::start("mine", asked).await.unwrap();
    assert_eq!(command.identity().model, "command/$HOME `id` *");
    assert_eq!(command.identity().version, "a b");
}

#[tokio::test]
async fn nonsense_costs_the_batch_and_not_the_program() {
    for (behaviour, part) in [
        ("garbage", "no JSON object"),
        ("wrong-id", "request 1001, which was not made"),
        ("extra", "segment `2`, which was not asked for"),
    ] {
        let command = scripted(&[behaviour]).await;
        for _ in 0..=FAILURES {
            let error = ask(&command, &two()).await.unwrap_err();
            assert_eq!(error.kind, ErrorKind::Malformed, "{behaviour}");
            let part = part.replace(
                "1001",
                &format!("{}", 1000 + command.state.lock().await.last),
            );
            assert!(error.message.contains(&part), "{behaviour}: {error}");
        }
    }
}

#[tokio::test]
async fn a_segment_that_is_missing_or_repeated_is_the_only_one_without_an_answer() {
    for (behaviour, bad, part) in [
        ("missing", 1, "`1` is missing"),
        ("twice", 0, "`0` 2 times"),
    ] {
        let command = scripted(&[behaviour]).await;
        let answers = ask(&command, &two()).await.unwrap();
        let error = answers[bad].clone().unwrap_err();
        assert_eq!(error.kind, ErrorKind::Malformed);
        assert!(error.message.contains(part), "{error}");
        assert!(answers[1 - bad].is_ok());
    }
}

#[tokio::test]
async fn a_late_answer_is_left_aside() {
    let command = scripted(&["late"]).await;
    assert_echoes(&command).await;
    assert_echoes(&command).await;
}

#[tokio::test]
async fn an_error_of_the_program_is_passed_on() {
    let command = scripted(&["error", "rate_limited"]).await;
    let error = ask(&command, &two()).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::RateLimited);
    assert_eq!(error.retry, Retry::After(Some(Duration::from_secs(2))));
    assert!(error.message.contains("as scripted"), "{error}");
}

#[tokio::test]
async fn after_a_crash_the_program_is_started_again() {
    let command = scripted(&["crash-after", "1"]).await;
    for _ in 0..=FAILURES {
        assert_echoes(&command).await;
        let error = ask(&command, &two()).await.unwrap_err();
        assert_eq!(error.kind, ErrorKind::Unavailable);
        assert_eq!(error.retry, Retry::After(None));
        for part in ["exit code 3", "out of memory", "started again"] {
            assert!(error.message.contains(part), "{error}");
        }
    }
}

#[tokio::test]
async fn a_program_that_only_crashes_is_given_up() {
    let command = scripted(&["crash-after", "0"]).await;
    for attempt in 1..=FAILURES + 1 {
        let error = ask(&command, &two()).await.unwrap_err();
        assert_eq!(error.kind, ErrorKind::Unavailable);
        let expected = if attempt < FAILURES {
            Retry::After(None)
        } else {
            Retry::Never
        };
        assert_eq!(error.retry, expected, "{attempt}: {error}");
        assert_eq!(
            error.message.contains("out of memory"),
            attempt <= FAILURES,
            "{error}"
        );
    }
}

#[tokio::test]
async fn a_program_that_ended_while_nobody_asked_is_started_again() {
    let command = scripted(&["exit-after", "1"]).await;
    for _ in 0..=FAILURES {
        assert_echoes(&command).await;
        let since = Instant::now();
        loop {
            let mut state = command.state.lock().await;
            if state.process.as_mut().is_some_and(Process::has_ended) {
                break;
            }
            drop(state);
            assert!(since.elapsed() < PATIENCE, "the program did not end");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
}

#[tokio::test]
async fn a_program_that_takes_too_long_is_stopped_and_started_again() {
    let folder = tempfile::tempdir().unwrap();
    let marker = folder.path().join("marker");
    let mut config = config(&["slow", "600", "once", marker.to_str().unwrap()]);
    config.timeout = Duration::from_secs(3);
    let command = Command::start("mine", config).await.unwrap();
    let since = Instant::now();
    let error = ask(&command, &two()).await.unwrap_err();
    assert!(since.elapsed() < PATIENCE);
    assert_eq!(
        (error.kind, error.retry),
        (ErrorKind::Timeout, Retry::After(None))
    );
    assert!(error.message.contains("within 3 s"), "{error}");
    assert_echoes(&command).await;
}

#[tokio::test]
async fn a_call_that_is_given_up_leaves_no_answer_for_the_next() {
    let folder = tempfile::tempdir().unwrap();
    let marker = folder.path().join("marker");
    let command = scripted(&["slow", "600", "once", marker.to_str().unwrap()]).await;
    let batch = two();
    let given_up = timeout(Duration::from_millis(50), command.translate(&batch)).await;
    assert!(given_up.is_err());
    assert_echoes(&command).await;
}

#[tokio::test]
async fn a_line_without_end_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let marker = folder.path().join("marker");
    let command = scripted(&["huge", "once", marker.to_str().unwrap()]).await;
    let error = ask(&command, &two()).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Malformed);
    assert!(error.message.contains("more than 64 MB"), "{error}");
    assert_echoes(&command).await;
}

#[tokio::test]
async fn requests_and_answers_larger_than_a_pipe_get_through() {
    let command = scripted(&[]).await;
    let long = "ঢাকা ".repeat(100_000) + "ঢাকা";
    let answers = ask(&command, &batch(vec![text(&long)])).await.unwrap();
    // No `assert_eq!`: it would print a megabyte.
    assert!(answers == [Ok(long)]);
}

#[tokio::test]
async fn batches_asked_for_at_once_are_answered_one_after_the_other() {
    let command = Arc::new(scripted(&[]).await);
    let calls = (0..20).map(|i| {
        let command = Arc::clone(&command);
        async move {
            let asked = format!("Sentence {i}!");
            let answers = ask(&command, &batch(vec![text(&asked)])).await.unwrap();
            assert_eq!(answers, [Ok(asked)]);
        }
    });
    futures::future::join_all(calls).await;
    assert_eq!(command.state.lock().await.last, 20);
}

#[tokio::test]
async fn a_program_that_is_no_longer_needed_may_finish_its_work() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("farewell");
    let command = scripted(&["farewell", file.to_str().unwrap()]).await;
    assert_echoes(&command).await;
    drop(command);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "done");
}

#[tokio::test]
async fn a_program_that_does_not_end_is_ended() {
    let command = scripted(&["stubborn"]).await;
    assert_echoes(&command).await;
    let since = Instant::now();
    drop(command);
    assert!(since.elapsed() < Duration::from_secs(20));
}

/// The programs of the documentation, run as a reader would.
#[tokio::test]
async fn the_examples_work() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = std::fs::read_to_string(root.join("docs/command-protocol.md")).unwrap();
    let (_, rest) = page.split_once("```python\n").unwrap();
    let (program, _) = rest.split_once("```").unwrap();
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("my.py"), program).unwrap();
    let documented = CommandConfig {
        command: vec!["python3".to_owned(), "my.py".to_owned()],
        directory: Some(folder.path().to_owned()),
        ..config(&[])
    };
    let command = Command::start("mine", documented).await.unwrap();
    let mut segment = text("Rain in Dhaka!");
    segment.hints.push(crate::plan::Hint {
        source: "Dhaka".to_owned(),
        target: "ঢাকা".to_owned(),
    });
    let answers = ask(&command, &batch(vec![segment])).await.unwrap();
    assert_eq!(answers, [Ok("Rain in ঢাকা!".to_owned())]);

    let reverse = CommandConfig {
        command: vec!["python3".to_owned(), "reverse.py".to_owned()],
        directory: Some(root.join("examples/providers")),
        ..config(&[])
    };
    let command = Command::start("reverse", reverse).await.unwrap();
    let answers = ask(&command, &with_hole()).await.unwrap();
    assert_eq!(answers, [Ok("6 < [0] Tk".to_owned())]);
}

#[derive(Clone, Default)]
struct Log(Arc<std::sync::Mutex<Vec<u8>>>);

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn what_a_program_says_on_standard_error_is_logged_and_cut() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    let command = scripted(&["stderr", "crash-after", "1"]).await;
    assert_echoes(&command).await;
    let error = ask(&command, &two()).await.unwrap_err();
    assert!(error.message.contains("x… | out of memory"), "{error}");
    assert!(error.message.chars().count() < 400, "{error}");
    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    let line = log.lines().find(|line| line.contains("request 1")).unwrap();
    assert!(line.contains("provider=\"mine\""), "{line}");
    let said = line.chars().filter(|&c| c == 'x').count();
    assert!((450..=500).contains(&said), "{said} in {line}");
    assert!(log.contains("out of memory"), "{log}");
}

#[test]
fn text_is_clipped_to_one_short_line() {
    for (text, limit, expected) in [
        ("short", 5, "short"),
        ("longer", 5, "long…"),
        ("দুই\nলাইন", 20, "দুই লাইন"),
        ("", 5, ""),
    ] {
        assert_eq!(clip(text, limit), expected);
    }
}
