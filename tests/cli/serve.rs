//! `anubad serve`: the pages live, and the API, at the socket.

use std::io::Write;

use serde_json::{Value, json};

use crate::kit::{BANGLA, Desk, ENGLISH, scripted};
use crate::serving::{Answer, Serving, answer};
use crate::state::asked;

/// Without letters that have two encodings.
const RIGHT: &str = "শত শত ট্রাক দুই পারে থেমে ছিল।";

const BRIDGE: &str = "\
Bridge closed for a week, police say

Police officer Karim Talukder was on the old bridge of the town.
";

const DICTIONARY: &str = r#"{
"Bridge closed for a week, police say": "সেতু এক সপ্তাহ বন্ধ: পুলিশ",
"Police officer Karim Talukder was on the old bridge of the town.": "পুলিশ কর্মকর্তা কারিম তালুকদের শহরের পুরোনো সেতুতে ছিলেন।"
}"#;

/// A desk after its first run, with a glossary of its own.
fn desk(files: &[(&str, &str)]) -> Desk {
    let desk = crate::state::desk(files);
    let config = desk.read("pipeline.toml");
    desk.write(
        "pipeline.toml",
        format!("{config}[glossaries]\ndesk = [\"desk.tsv\"]\n"),
    );
    desk.write("desk.tsv", "en\tbn\tkind\tnote\n");
    desk.anubad(&["run"]).ends(0);
    desk
}

fn serve(desk: &Desk, arguments: &[&str]) -> Serving {
    Serving::start(&desk.path(""), arguments)
}

/// The id and version of the sentence whose source has `part`.
fn sentence(view: &Value, part: &str) -> (String, String) {
    let sections = view["page"]["sections"].as_array().unwrap();
    let rows = sections.iter().flat_map(|s| s["rows"].as_array().unwrap());
    let mut rows = rows.filter(|row| row["source"].as_str().unwrap().contains(part));
    let id = rows.next().unwrap()["id"].as_str().unwrap().to_owned();
    let version = view["sentences"][&id]["version"].as_str().unwrap();
    (id.clone(), version.to_owned())
}

fn view(server: &Serving) -> Value {
    server.get("/v1/articles/a.txt").is(200).json()
}

fn correct(server: &Serving, (id, version): &(String, String), target: &str, by: &str) -> Answer {
    server.change(
        "PUT",
        &format!("/v1/articles/a.txt/sentences/{id}"),
        version,
        &json!({"target": target, "by": by}),
    )
}

#[test]
fn a_correction_is_written_at_once_and_used_by_every_run() {
    let desk = desk(&[("in/a.txt", ENGLISH)]);
    let asked_before = asked(&desk).len();
    let server = serve(&desk, &[]);
    let row = sentence(&view(&server), "lorries");
    let done = correct(&server, &row, RIGHT, "Rahima").is(200).json();
    assert_eq!(done["article"]["state"], "written");
    assert_eq!(done["now"]["used"], true);
    assert_eq!(done["now"]["approval"]["by"], "Rahima");
    assert!(desk.read("out/a.bn.txt").contains(RIGHT));
    assert_eq!(
        server.get("/v1/articles/a.txt/text").body,
        desk.read("out/a.bn.txt")
    );
    // The page says who did it.
    let page = server.get("/articles/a.txt").is(200).body;
    assert!(page.contains("Approved by Rahima, 20"), "{page}");
    // Nothing else was asked for, and what the run left fits together.
    assert_eq!(asked(&desk).len(), asked_before);
    let report = desk.json("out/report.json");
    assert_eq!(report["articles"][0]["providers"]["approved"], 1);
    let text = desk.read("out/a.bn.txt");
    desk.anubad(&["run"]).ends(0).prints(&["1 unchanged"]);
    desk.anubad(&["run", "--force"]).ends(0);
    assert_eq!(desk.read("out/a.bn.txt"), text);
    // It is taken back.
    let (id, version) = sentence(&view(&server), "lorries");
    let path = format!("/v1/articles/a.txt/sentences/{id}");
    let done = server
        .change("DELETE", &path, &version, &Value::Null)
        .is(200);
    assert_eq!(done.json()["now"]["approval"], Value::Null);
    assert!(!desk.read("out/a.bn.txt").contains(RIGHT));
}

#[test]
fn nobody_overwrites_what_they_have_not_seen() {
    let desk = desk(&[("in/a.txt", ENGLISH)]);
    let server = serve(&desk, &[]);
    let both_saw = view(&server);
    let row = sentence(&both_saw, "lorries");
    correct(&server, &row, RIGHT, "Rahima").is(200);
    let refused = correct(&server, &row, "অন্য কিছু।", "Karim").is(409).json();
    assert_eq!(refused["now"]["target"], RIGHT);
    assert!(
        refused["detail"].as_str().unwrap().contains("by Rahima"),
        "{refused}"
    );
    assert!(desk.read("out/a.bn.txt").contains(RIGHT));
    // Of many who saw the same, one is the first.
    let row = sentence(&view(&server), "boatman");
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let one = |n: usize| {
            let (server, row) = (&server, &row);
            let text = format!("“ওপার আবার দেখা যাচ্ছে,” বলেন মাঝি {n}।");
            scope.spawn(move || correct(server, row, &text, "x").status)
        };
        let all: Vec<_> = (0..6).map(one).collect();
        all.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert_eq!(
        statuses.iter().filter(|s| **s == 200).count(),
        1,
        "{statuses:?}"
    );
    assert_eq!(
        statuses.iter().filter(|s| **s == 409).count(),
        5,
        "{statuses:?}"
    );
    // Ready is what was read.
    let body = json!({"ready": true, "by": "Karim"});
    let ready = |version: &str| server.change("PUT", "/v1/articles/a.txt/ready", version, &body);
    ready(both_saw["version"].as_str().unwrap()).is(409);
    let now = view(&server);
    let done = ready(now["version"].as_str().unwrap()).is(200).json();
    assert_eq!(
        (&done["ready"]["by"], &done["ready"]["holds"]),
        (&json!("Karim"), &json!(true))
    );
    assert!(server.get("/").body.contains("ready: Karim"));
    // Until it changes.
    let row = sentence(&view(&server), "lorries");
    correct(&server, &row, "শত শত ট্রাক থেমে ছিল।", "Rahima").is(200);
    assert_eq!(view(&server)["ready"]["holds"], false);
    assert!(server.get("/").body.contains("has changed since: Karim"));
}

#[test]
fn what_a_correction_lacks_is_told_and_can_be_wanted() {
    let desk = desk(&[("in/a.txt", ENGLISH)]);
    let server = serve(&desk, &[]);
    let row = sentence(&view(&server), "12 vessels");
    let without = "ঘন কুহেলির পর ফেরি চলাচল শুরু।";
    let done = correct(&server, &row, without, "Rahima").is(200).json();
    assert_eq!(done["now"]["used"], false);
    assert!(done["now"]["lacks"].to_string().contains("১২"), "{done}");
    assert!(!desk.read("out/a.bn.txt").contains(without));
    let (id, version) = sentence(&view(&server), "12 vessels");
    let body = json!({"target": without, "by": "Rahima", "as_it_is": true});
    let path = format!("/v1/articles/a.txt/sentences/{id}");
    let done = server.change("PUT", &path, &version, &body).is(200).json();
    assert_eq!(done["now"]["used"], true, "{done}");
    assert!(desk.read("out/a.bn.txt").contains(without));
    // It is still told that the number is missing.
    let report = desk.json("out/report.json");
    assert!(
        report["articles"][0]["findings"]["numbers"].as_u64() > Some(0),
        "{report}"
    );
}

#[test]
fn names_and_terms_are_settled() {
    let desk = desk(&[("in/a.txt", BRIDGE)]);
    desk.write("dictionary.json", DICTIONARY);
    let config = desk.read("pipeline.toml");
    let glossary = config.replace("\"count\"", "\"glossary\", \"dictionary.json\", \"count\"");
    desk.write("pipeline.toml", glossary);
    desk.anubad(&["run", "--no-state"]).ends(0);
    let server = serve(&desk, &[]);
    let named = |view: &Value| {
        let names = view["names"].as_array().unwrap();
        names
            .iter()
            .find(|name| name["source"] == "Karim Talukder")
            .cloned()
    };
    let judge = |what: &str, version: &str, body: Value| {
        server.change(
            "POST",
            &format!("/v1/articles/a.txt/{what}"),
            version,
            &body,
        )
    };
    let name = |target: &str, verdict: &str| json!({"source": "Karim Talukder", "target": target, "kind": "person", "verdict": verdict, "by": "Rahima"});
    let before = named(&view(&server)).unwrap();
    let version = before["version"].as_str().unwrap();
    let done = judge("names", version, name("করিম তালুকদার", "approve"))
        .is(200)
        .json();
    assert_eq!(done["now"]["approved"]["by"], "Rahima");
    assert!(desk.read("out/a.bn.txt").contains("করিম তালুকদার"));
    desk.anubad(&["names", "list", "--approved"])
        .prints(&["করিম তালুকদার", "approved by Rahima"]);
    // Who has not seen that overwrites nothing.
    let refused = judge("names", version, name("কারিম তালুকদার", "approve"))
        .is(409)
        .json();
    assert_eq!(refused["now"]["approved"]["rendering"], "করিম তালুকদার");
    let version = named(&view(&server)).unwrap()["version"]
        .as_str()
        .unwrap()
        .to_owned();
    judge("names", &version, name("\"", "approve")).is(422);
    judge("names", &version, name("করিম তালুকদার", "reject")).is(200);
    desk.anubad(&["names", "list", "--approved"]).ends(0);
    assert!(!desk.read("out/a.bn.txt").contains("করিম তালুকদার"));

    let term = |target: &str, verdict: &str| json!({"source": "bridge", "target": target, "kind": "term", "verdict": verdict, "by": "Rahima"});
    let done = judge("terms", "*", term("সেতু", "approve")).is(200).json();
    assert_eq!(done["now"]["line"], 2);
    let row = desk.read("desk.tsv");
    assert!(
        row.contains("bridge\tসেতু\tterm\tapproved by Rahima, 20"),
        "{row}"
    );
    assert!(desk.read("out/a.bn.txt").contains("সেতু"));
    // Another rendering does not go over the first one.
    let refused = judge("terms", "*", term("পুল", "approve")).is(409).json();
    assert!(
        refused["detail"].as_str().unwrap().contains("desk.tsv:2"),
        "{refused}"
    );
    judge("terms", "*", term("সাঁকো", "reject")).is(200);
    assert!(
        desk.read("desk.tsv")
            .contains("bridge\tসাঁকো\tforbidden\trejected by Rahima")
    );
    desk.anubad(&["glossary", "lint"]).ends(0);
}

#[test]
fn a_sentence_is_asked_for_again() {
    let desk = desk(&[("in/a.txt", ENGLISH)]);
    let before = asked(&desk).len();
    let server = serve(&desk, &[]);
    let (id, version) = sentence(&view(&server), "lorries");
    let path = format!("/v1/articles/a.txt/sentences/{id}/again");
    server
        .change("POST", &path, &version, &json!({"by": "Rahima"}))
        .is(200);
    let after = asked(&desk);
    assert_eq!(after.len(), before + 1);
    assert!(after[before].contains("lorries"));
    // What a person approved is not asked for.
    let row = sentence(&view(&server), "lorries");
    correct(&server, &row, RIGHT, "Rahima").is(200);
    let (_, version) = sentence(&view(&server), "lorries");
    server
        .change("POST", &path, &version, &json!({"by": "Rahima"}))
        .is(422);
}

#[test]
fn beside_a_run_a_correction_waits_and_is_not_lost() {
    let desk = desk(&[("in/a.txt", ENGLISH)]);
    let server = serve(&desk, &[]);
    let row = sentence(&view(&server), "lorries");
    let run = anubad::state::RunLock::take(&desk.path(".anubad/state.db")).unwrap();
    let done = correct(&server, &row, RIGHT, "Rahima").is(200).json();
    assert_eq!(done["article"]["state"], "waiting");
    assert!(!desk.read("out/a.bn.txt").contains(RIGHT));
    let page = server.get("/articles/a.txt").body;
    assert!(
        page.contains(RIGHT) && page.contains("does not have this yet"),
        "{page}"
    );
    drop(run);
    // Neither the article nor the settings have changed: the editor has.
    desk.anubad(&["run"]).ends(0);
    assert!(desk.read("out/a.bn.txt").contains(RIGHT));
    desk.anubad(&["run"]).ends(0).prints(&["1 unchanged"]);
}

#[test]
fn an_article_without_its_source_keeps_its_files() {
    let desk = desk(&[("in/a.txt", ENGLISH), ("in/b.txt", BANGLA)]);
    let server = serve(&desk, &[]);
    std::fs::remove_file(desk.path("in/a.txt")).unwrap();
    let before = desk.read("out/a.bn.txt");
    let row = sentence(&view(&server), "lorries");
    let done = correct(&server, &row, RIGHT, "Rahima").is(200).json();
    assert_eq!(done["article"]["state"], "gone");
    assert_eq!(desk.read("out/a.bn.txt"), before);
    // The memory has it all the same.
    desk.write("in/a.txt", ENGLISH);
    desk.anubad(&["run", "--force"]).ends(0);
    assert!(desk.read("out/a.bn.txt").contains(RIGHT));
}

#[test]
fn a_cms_translates_with_the_same_pipeline() {
    let desk = desk(&[("in/a.txt", ENGLISH)]);
    let before = asked(&desk).len();
    let server = serve(&desk, &[]);
    let post = |body: &Value| {
        let json = ("Content-Type", "application/json");
        server.ask("POST", "/v1/translate", &[json], &body.to_string())
    };
    let done = post(&json!({"id": "42", "text": ENGLISH})).is(200).json();
    assert_eq!(
        (&done["id"], &done["target_language"]),
        (&json!("42"), &json!("bn"))
    );
    assert_eq!(done["text"].as_str().unwrap(), desk.read("out/a.bn.txt"));
    assert_eq!(
        (&done["format"], &done["file"]),
        (&json!("plain"), &done["text"])
    );
    // From the memory of the run, which the API fills as well.
    assert_eq!(asked(&desk).len(), before);
    post(&json!({"text": BANGLA})).is(200);
    let now = asked(&desk).len();
    assert!(now > before);
    post(&json!({"text": BANGLA, "from": "bn", "to": "en"})).is(200);
    assert_eq!(asked(&desk).len(), now);
    // An approved sentence serves the CMS too.
    let row = sentence(&view(&server), "lorries");
    correct(&server, &row, RIGHT, "Rahima").is(200);
    let done = post(&json!({"text": ENGLISH})).is(200).json();
    assert!(done["text"].as_str().unwrap().contains(RIGHT));
    // A file comes back in its own format, told or said.
    let page = format!(
        "<html lang=\"en\"><body><article><p class=\"x\">{}</p></article></body></html>",
        ENGLISH.lines().last().unwrap()
    );
    for body in [
        json!({"text": page}),
        json!({"text": page, "format": "html"}),
    ] {
        let done = post(&body).is(200).json();
        let file = done["file"].as_str().unwrap();
        assert_eq!(done["format"], "html");
        assert!(file.starts_with("<html lang=\"bn\">") && file.contains("<p class=\"x\">"));
        assert!(!file.contains(ENGLISH.lines().last().unwrap()), "{file}");
    }
    for (body, status) in [
        (json!({"text": "{\"a\":", "format": "json"}), 422),
        (json!({"text": ENGLISH, "format": "word"}), 400),
        (json!({"text": ""}), 422),
        (json!({"text": ENGLISH, "from": "bn", "to": "bn"}), 422),
        (json!({"text": ENGLISH, "form": "en"}), 400),
        (json!({"text": 1}), 400),
        (json!({"text": ENGLISH, "to": "klingon"}), 400),
    ] {
        let refused = post(&body).is(status);
        assert_eq!(
            refused.header("content-type"),
            Some("application/problem+json")
        );
        assert!(
            !refused.body.contains("lorries"),
            "no article text in an error"
        );
    }
}

/// Headers, a body, and the status that is the answer.
type Asked<'a> = (&'a [(&'a str, &'a str)], &'a str, u16);

#[test]
fn what_is_asked_for_wrongly_is_refused() {
    let desk = desk(&[("in/a.txt", ENGLISH)]);
    desk.write("secret", "secret");
    let server = serve(&desk, &[]);
    for (path, status) in [
        ("/", 200),
        ("/articles/a.txt", 200),
        ("/articles/none.txt", 404),
        ("/v1/articles/none.txt", 404),
        ("/articles/..%2F..%2Fsecret", 404),
        ("/v1/articles/..%2Fsecret/text", 404),
        ("/v1/articles/%2Fetc%2Fpasswd/text", 404),
        ("/../secret", 404),
        ("/v1/articles/a.txt%00", 404),
        ("/v1/articles/%FF", 400),
        ("/v1/translate", 405),
        ("/nothing", 404),
        ("/v1/health", 200),
        ("/v1/openapi.json", 200),
    ] {
        let answer = server.get(path).is(status);
        assert_eq!(
            answer.header("x-content-type-options"),
            Some("nosniff"),
            "{path}"
        );
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        assert_eq!(answer.header("x-frame-options"), Some("DENY"));
        assert_eq!(answer.header("access-control-allow-origin"), None);
        assert!(!answer.body.contains("root:x:") && answer.body != "secret");
    }
    let (id, version) = sentence(&view(&server), "lorries");
    let path = format!("/v1/articles/a.txt/sentences/{id}");
    let body = json!({"target": RIGHT, "by": "x"}).to_string();
    let (kind, tag) = (
        ("Content-Type", "application/json"),
        format!("\"{version}\""),
    );
    let tag = ("If-Match", tag.as_str());
    let table: &[Asked<'_>] = &[
        (&[kind], &body, 428),
        (&[kind, ("If-Match", "\"0\"")], &body, 409),
        (&[kind, tag, ("Host", "evil.test")], &body, 421),
        (&[kind, tag, ("Origin", "http://evil.test")], &body, 403),
        (&[kind, tag, ("Sec-Fetch-Site", "cross-site")], &body, 403),
        (&[("Content-Type", "text/plain"), tag], &body, 415),
        (&[kind, tag], "{", 400),
        (&[kind, tag], "{\"target\": \"x\"}", 400),
        (&[kind, tag], "{\"target\": \"x\", \"by\": \"\"}", 422),
        (&[kind, tag], "{\"target\": \" \", \"by\": \"x\"}", 422),
        (&[kind, tag], "{\"target\": \"a\\nb\", \"by\": \"x\"}", 422),
        (
            &[kind, tag],
            &format!("{{\"target\": \"{}\", \"by\": \"x\"}}", "ক".repeat(100_000)),
            413,
        ),
    ];
    for (headers, body, status) in table {
        let answer = server.ask("PUT", &path, headers, body);
        assert_eq!(
            answer.status,
            *status,
            "{headers:?} {}",
            &body[..body.len().min(80)]
        );
    }
    server
        .change(
            "PUT",
            "/v1/articles/a.txt/sentences/s0",
            "*",
            &json!({"target": RIGHT, "by": "x"}),
        )
        .is(404);
    assert!(
        !desk.read("out/a.bn.txt").contains(RIGHT),
        "nothing of it did anything"
    );
    // The page says that an article with markup is text.
    server.ask("BREW", "/", &[kind], "").is(405);
}

#[test]
fn with_a_token_nothing_is_shown_without_it() {
    let desk = desk(&[("in/a.txt", ENGLISH)]);
    let refused = |arguments: &[&str], status| {
        let arguments = [&["serve"], arguments].concat();
        desk.anubad(&arguments).ends(status)
    };
    refused(&["--listen", "0.0.0.0:0"], 64).says(&["name a token"]);
    desk.write("short", "abc");
    private(&desk, "short");
    refused(&["--token-file", "short"], 78).says(&["short holds no token"]);
    desk.write("token", "a-token-of-the-desk\n");
    private(&desk, "token");
    let server = serve(&desk, &["--token-file", "token"]);
    assert_eq!(server.get("/").is(303).header("location"), Some("/login"));
    server.get("/articles/a.txt").is(303);
    server.get("/v1/articles").is(401);
    server.get("/v1/health").is(200);
    let bearer = ("Authorization", "Bearer a-token-of-the-desk");
    server.ask("GET", "/v1/articles", &[bearer], "").is(200);
    // A person types it once.
    assert!(
        server
            .get("/login")
            .is(200)
            .body
            .contains("type=\"password\"")
    );
    let form = ("Content-Type", "application/x-www-form-urlencoded");
    server
        .ask("POST", "/login", &[form], "token=another-token-of-a-desk")
        .is(401);
    let entered = server
        .ask("POST", "/login", &[form], "token=a-token-of-the-desk")
        .is(303);
    let cookie = entered.header("set-cookie").unwrap();
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"),
        "{cookie}"
    );
    assert!(!cookie.contains("a-token-of-the-desk"));
    let cookie = ("Cookie", cookie.split(';').next().unwrap());
    server.ask("GET", "/", &[cookie], "").is(200);
    // A change needs the page's own secret beside the cookie.
    let json = ("Content-Type", "application/json");
    let body = json!({"text": ENGLISH}).to_string();
    server
        .ask("POST", "/v1/translate", &[json, cookie], &body)
        .is(403);
    server
        .ask("POST", "/v1/translate", &[json, bearer], &body)
        .is(200);
}

fn private(desk: &Desk, file: &str) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::Permissions::from_mode(0o600);
        std::fs::set_permissions(desk.path(file), mode).unwrap();
    }
}

#[test]
fn one_server_at_a_time_and_runs_beside_it() {
    let desk = desk(&[("in/a.txt", ENGLISH)]);
    let _server = serve(&desk, &[]);
    desk.anubad(&["serve", "--listen", "127.0.0.1:0"])
        .ends(75)
        .says(&["state.db"]);
    desk.write("in/b.txt", BANGLA);
    desk.anubad(&["run"]).ends(0);
    desk.anubad(&["names", "list"]).ends(0);
}

#[test]
fn before_the_first_run_there_is_an_empty_list() {
    let desk = crate::state::desk(&[("in/a.txt", ENGLISH)]);
    let server = serve(&desk, &[]);
    assert!(
        server
            .get("/")
            .is(200)
            .body
            .contains("There was no run yet")
    );
    server.get("/v1/articles/a.txt").is(404);
    desk.anubad(&["run"]).ends(0);
    assert!(server.get("/").body.contains("href=\"/articles/a.txt\""));
}

#[cfg(unix)]
#[test]
fn an_interruption_lets_what_is_under_way_end() {
    let desk = Desk::with(&[("pipeline.toml", &scripted("slow 1.5"))]);
    let mut server = serve(&desk, &[]);
    let body = json!({"text": ENGLISH}).to_string();
    let mut stream = server.connect();
    write!(
        stream,
        "POST /v1/translate HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .unwrap();
    // The server has read it once the program was asked: the request is in its state file.
    let state = anubad::state::StateFile::existing(&desk.path(".anubad/state.db")).unwrap();
    while state.spent_by_day(None).unwrap().is_empty() {
        std::thread::yield_now();
    }
    server.interrupt();
    server.hear("answering what is under way");
    answer(&mut stream).is(200);
    assert_eq!(server.end().code(), Some(0));
}
