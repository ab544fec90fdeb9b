//! What a run tells machines: `JUnit` XML and the log.

use super::kit::{BANGLA, Desk, ECHO, ENGLISH, SENTENCE, scripted};
use super::server::{Reply, Server};
#[cfg(unix)]
use super::watch::Watch;
use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::Value;

#[test]
fn metrics_are_written_for_what_watches_services() {
    let desk = Desk::with(&[
        ("pipeline.toml", ECHO),
        ("in/a.txt", ENGLISH),
        ("in/b.txt", ""),
    ]);
    desk.anubad(&["run", "--metrics", "run.prom"]).ends(2);
    let text = desk.read("run.prom");
    for line in [
        "anubad_run_articles{state=\"written\"} 1",
        "anubad_run_articles{state=\"failed\"} 1",
        "anubad_run_in_progress 0",
        "# EOF",
    ] {
        assert!(text.lines().any(|l| l == line), "no {line} in {text}");
    }
    assert!(
        text.contains("anubad_run_sentences{provider=\"echo\"} "),
        "{text}"
    );
    desk.anubad(&["run", "--metrics", "in/a.txt/x"])
        .ends(2)
        .says(&[
            "cannot write in/a.txt/x",
            "name another file with --metrics",
        ]);
}

/// What the server at `at` answers to a request.
#[cfg(unix)]
fn answer(at: &str, request: &str) -> String {
    use std::io::{Read, Write};
    let mut stream = std::net::TcpStream::connect(at).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
#[cfg(unix)]
fn metrics_are_told_to_who_asks_while_the_run_goes_on_and_after() {
    let desk = Desk::with(&[("pipeline.toml", ECHO), ("in/a.txt", ENGLISH)]);
    let mut watch = Watch::start(
        &desk,
        &["--watch", "--debounce", "50ms", "--metrics-listen", "0"],
    );
    watch.hear("metrics are at http://");
    let at = watch.heard.rsplit_once("http://").unwrap().1;
    let at = at.trim().trim_end_matches("/metrics").to_owned();
    watch.hear("at rest");
    let get = "GET /metrics HTTP/1.1\r\nHost: desk\r\n\r\n";
    let said = answer(&at, get);
    let (head, body) = said.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("HTTP/1.1 200 OK\r\n"), "{head}");
    assert!(
        head.contains("Content-Type: application/openmetrics-text; version=1.0.0"),
        "{head}"
    );
    assert!(body.contains("\nanubad_run_articles{state=\"written\"} 1\n"));
    assert!(body.contains("\nanubad_run_in_progress 0\n"), "{body}");
    assert!(body.ends_with("# EOF\n"), "{body}");
    // While a run lasts, its providers are there.
    desk.write("pipeline.toml", scripted("slow 3600"));
    desk.write("in/a.txt", ENGLISH.replace("boatman", "sailor"));
    watch.hear("begun");
    let said = answer(&at, get);
    assert!(said.contains("\nanubad_run_in_progress 1\n"), "{said}");
    let paused = "\nanubad_run_provider_paused_seconds{provider=\"scripted\"} 0\n";
    assert!(said.contains(paused), "{said}");
    // Nobody who is slow or rude disturbs the others, nor the run.
    let idle: Vec<_> = (0..4)
        .map(|_| std::net::TcpStream::connect(&at).unwrap())
        .collect();
    let long = format!("GET /{} HTTP/1.1\r\n", "x".repeat(8000));
    assert!(answer(&at, &(long + "\r\n")).starts_with("HTTP/1.1 404"));
    assert!(answer(&at, "POST /metrics HTTP/1.1\r\n\r\n").starts_with("HTTP/1.1 405"));
    drop(idle);
    watch.signal("-INT");
    watch.hear("finishing the articles in progress");
    watch.signal("-INT");
    assert_eq!(watch.end().0, Some(130));
}

#[test]
fn a_collector_is_told_and_one_that_fails_disturbs_nobody() {
    let desk = Desk::with(&[("pipeline.toml", ECHO), ("in/a.txt", ENGLISH)]);
    let server = Server::start(|_| Reply::text(200, "{}"));
    desk.anubad(&["run", "--otlp", &server.url()]).ends(0);
    let requests = server.requests();
    assert_eq!(requests.len(), 1);
    let request = &requests[0];
    assert_eq!((&*request.method, &*request.path), ("POST", "/v1/metrics"));
    assert_eq!(request.header("content-type"), Some("application/json"));
    let body = request.json();
    let metrics = &body["resourceMetrics"][0]["scopeMetrics"][0]["metrics"];
    let articles = metrics
        .as_array()
        .unwrap()
        .iter()
        .find(|metric| metric["name"] == "anubad_run_articles")
        .unwrap();
    let points = articles["gauge"]["dataPoints"].as_array().unwrap();
    let written = |point: &&Value| point["attributes"][0]["value"]["stringValue"] == "written";
    let point = points.iter().find(written).unwrap();
    assert_eq!(point["asDouble"], 1.0);
    let time: u128 = point["timeUnixNano"].as_str().unwrap().parse().unwrap();
    assert!(time > 1_700_000_000_000_000_000);
    assert!(!body.to_string().contains(SENTENCE));
    let broken = Server::start(|_| Reply::text(503, ""));
    desk.anubad(&["run", "--force", "--otlp", &broken.url()])
        .ends(0)
        .says(&[
            "the metrics cannot be sent to http://127.0.0.1:",
            "it answers 503",
        ]);
    desk.anubad(&["run", "--otlp", "collector"])
        .ends(64)
        .says(&["an address such as http://localhost:4318"]);
}

#[test]
fn an_address_where_nobody_can_listen_is_told_before_anything_is_done() {
    let desk = Desk::with(&[("pipeline.toml", ECHO), ("in/a.txt", ENGLISH)]);
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    desk.anubad(&["run", "--metrics-listen", &port])
        .ends(78)
        .says(&["nobody can listen at 127.0.0.1:", "--metrics-listen"]);
    desk.anubad(&["run", "--metrics-listen", "desk"])
        .ends(64)
        .says(&["write a port (9464, of this machine alone)"]);
    assert!(!desk.path("out").exists());
}

#[test]
fn junit_has_a_case_for_each_article() {
    let desk = Desk::with(&[
        ("pipeline.toml", ECHO),
        ("in/a & b.txt", ENGLISH),
        ("in/b.txt", BANGLA),
        ("in/empty.txt", ""),
    ]);
    desk.anubad(&["run", "--junit", "reports/junit.xml"])
        .ends(2);
    let xml = desk.read("reports/junit.xml");
    let mut reader = Reader::from_str(&xml);
    let (mut cases, mut failures) = (0, 0);
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) | Event::Empty(start) => match start.name().as_ref() {
                "testcase" => cases += 1,
                "failure" => failures += 1,
                _ => {}
            },
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!((cases, failures), (3, 1), "{xml}");
    for part in [
        "<testsuite name=\"anubad\" tests=\"3\" failures=\"1\" errors=\"0\" skipped=\"0\"",
        "<testcase classname=\"anubad.en-bn\" name=\"a &amp; b.txt\">",
        "<testcase classname=\"anubad.bn-en\" name=\"b.txt\">",
        "<failure type=\"failed\" message=\"in/empty.txt: ",
        "sentences for review: ",
    ] {
        assert!(xml.contains(part), "no {part} in {xml}");
    }
    assert!(!xml.contains(SENTENCE), "{xml}");
    // A second run says the same of what is unchanged, over the old file.
    desk.anubad(&["run", "--junit", "reports/junit.xml"])
        .ends(2);
    assert!(
        desk.read("reports/junit.xml")
            .contains("name=\"a &amp; b.txt\"")
    );
}

#[test]
fn a_junit_file_that_cannot_be_written_is_told_and_loses_nothing() {
    let desk = Desk::with(&[("pipeline.toml", ECHO), ("in/a.txt", ENGLISH)]);
    desk.anubad(&["run", "--junit", "in/a.txt/x.xml"])
        .ends(0)
        .says(&[
            "cannot write in/a.txt/x.xml: ",
            "name another file with --junit",
        ]);
    assert!(desk.path("out/a.bn.txt").is_file());
    assert_eq!(desk.read("in/a.txt"), ENGLISH);
}

#[test]
fn a_report_that_cannot_be_written_is_told_and_counts() {
    let desk = Desk::with(&[
        ("pipeline.toml", ECHO),
        ("in/a.txt", ENGLISH),
        ("out/report.json/mine", ""),
    ]);
    desk.anubad(&["run"])
        .ends(2)
        .says(&["cannot write out/report.json: a folder of that name is in the way"])
        .prints(&["1 article written"]);
    std::fs::remove_dir_all(desk.path("out/report.json")).unwrap();
    desk.anubad(&["run"]).ends(0).prints(&["1 unchanged"]);
}

#[test]
fn the_log_is_json_where_that_is_asked_for() {
    let desk = Desk::with(&[("pipeline.toml", ECHO), ("in/a.txt", ENGLISH)]);
    let outcome = desk
        .anubad(&["run", "-vv", "--quiet", "--log-format", "json"])
        .ends(0);
    let lines: Vec<Value> = outcome
        .err
        .lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}")))
        .collect();
    let written = lines.iter().find(|l| l["message"] == "written").unwrap();
    assert_eq!(written["article"], "a.txt");
    assert_eq!(written["level"], "INFO");
    assert_eq!(written["span"]["name"], "run");
    assert_eq!(written["span"]["run"], 1);
    assert!(written["timestamp"].is_string());
    assert!(!outcome.err.contains(SENTENCE));
    desk.anubad(&["run", "--log-format", "xml"]).ends(64);
}

#[test]
fn quiet_says_errors_only() {
    let desk = Desk::with(&[("pipeline.toml", ECHO), ("in/a.txt", ENGLISH)]);
    let outcome = desk.anubad(&["run", "--quiet"]).ends(0);
    assert_eq!((&*outcome.out, &*outcome.err), ("", ""));
    desk.write("in/empty.txt", "");
    let outcome = desk.anubad(&["run", "--quiet"]).ends(2);
    assert_eq!(outcome.out, "");
    assert!(
        outcome.err.starts_with("anubad: in/empty.txt: "),
        "{}",
        outcome.err
    );
    assert_eq!(outcome.err.lines().count(), 1);
}

#[test]
fn the_table_of_many_articles_shows_those_that_need_somebody() {
    let desk = Desk::with(&[("pipeline.toml", ECHO), ("in/empty.txt", "")]);
    for number in 0..101 {
        // Already in Bangla, the sentence needs nobody.
        let text = format!("নদীতে ফেরি চলাচল শুরু হয়েছে, জানালেন {number} জন মাঝি ও যাত্রী।\n");
        desk.write(&format!("in/{number:03}.txt"), text);
    }
    let outcome = desk.anubad(&["run"]).ends(2);
    let rows = outcome.out.lines().filter(|line| line.ends_with(".txt"));
    assert_eq!(rows.count(), 100, "{}", outcome.out);
    assert!(
        outcome
            .out
            .contains("and 2 other articles: see report.json"),
        "{}",
        outcome.out
    );
}
