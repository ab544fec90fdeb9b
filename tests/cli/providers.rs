//! `anubad providers test`.

use serde_json::{Value, json};

use crate::kit::{BANGLA, Desk, ENGLISH, SENTENCE};
use crate::server::{Reply, Request, Server};

const PAID: &str = "\
[providers.paid]
kind = \"libretranslate\"
url = \"http://127.0.0.1:9\"
attempts = 1
[prices.paid]
characters = 20.0
";

#[test]
fn a_provider_is_tried_and_counted() {
    let desk = Desk::new();
    let outcome = desk
        .anubad(&["providers", "test", "echo", "--json"])
        .ends(0);
    let told: Value = serde_json::from_str(&outcome.out).unwrap();
    assert_eq!(told["provider"], "echo");
    assert_eq!(told["forecast"]["sentences"], 60);
    let pairs = told["pairs"].as_array().unwrap();
    assert_eq!(pairs.len(), 2);
    for pair in pairs {
        assert_eq!(pair["reachable"], true);
        assert_eq!(pair["kept"]["good"], pair["kept"]["of"]);
        assert!(pair["untranslated"].as_u64().unwrap() > 20);
    }
    let table = desk
        .anubad(&["providers", "test", "echo", "--pair", "bn-en"])
        .ends(0);
    assert!(table.out.contains("nobody asks money"), "{}", table.out);
    assert!(table.out.contains("values kept"), "{}", table.out);
    assert!(!table.out.contains("en-bn"), "{}", table.out);
}

#[test]
fn nothing_is_sent_before_its_cost_was_told_and_agreed_to() {
    let desk = Desk::with(&[("pipeline.toml", PAID)]);
    let told = desk.anubad(&["providers", "test", "paid"]).ends(1);
    assert!(told.out.contains("cost        0.0"), "{}", told.out);
    assert!(told.out.contains("USD"), "{}", told.out);
    assert!(!told.out.contains("reachable"), "{}", told.out);
    assert!(told.err.contains("--yes"), "{}", told.err);
    // Nobody listens there.
    let tried = desk.anubad(&["providers", "test", "paid", "--yes"]).ends(1);
    assert!(
        tried.out.contains("reachable             no"),
        "{}",
        tried.out
    );
    assert!(tried.out.contains("nothing listens"), "{}", tried.out);
}

/// A key that nothing may show.
const KEY: &str = "k3y-0f-th3-d3sk";

/// A desk with a section of a service, and its key in a file.
fn keyed(section: &str, files: &[(&str, &str)]) -> Desk {
    let desk = Desk::with(files);
    desk.write("pipeline.toml", section);
    desk.write("key", KEY);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let private = std::fs::Permissions::from_mode(0o600);
        std::fs::set_permissions(desk.path("key"), private).unwrap();
    }
    desk
}

fn libre(server: &Server) -> String {
    format!(
        "[providers.mine]\nkind = \"libretranslate\"\nurl = \"{}\"\nkey = {{ file = \"key\" }}\n\
         attempts = 1\n[prices.mine]\ncharacters = 20.0\n",
        server.url()
    )
}

fn texts(request: &Request) -> Vec<String> {
    let body = request.json();
    let texts = body["q"].as_array().cloned().unwrap_or_default();
    let text = |text: &Value| text.as_str().unwrap_or_default().to_owned();
    texts.iter().map(text).collect()
}

/// The whole way, to a service that loses a value and the marks of a quotation.
#[test]
fn a_service_is_tried_and_what_it_damages_is_shown() {
    let server = Server::start(|request| {
        let body = request.json();
        assert_eq!(
            (&request.path[..], &body["api_key"]),
            ("/translate", &json!(KEY))
        );
        let mut spoilt = (false, false);
        let answers: Vec<String> = (texts(request).into_iter())
            .map(|text| {
                let span = text.find("<span").zip(text.find("</span>"));
                if let (false, Some((start, end))) = (spoilt.0, span) {
                    spoilt.0 = true;
                    return format!("{}{}", &text[..start], &text[end + 7..]);
                }
                if !spoilt.1 && text.contains('“') {
                    spoilt.1 = true;
                    return text.replace(['“', '”'], "");
                }
                text
            })
            .collect();
        Reply::json(200, &json!({ "translatedText": answers }))
    });
    let desk = keyed(&libre(&server), &[]);
    let test = ["providers", "test", "mine", "--yes", "--pair", "en-bn"];
    let table = desk.anubad(&test).ends(0);
    for row in [
        "would send  ",
        "cost        0.0",
        "reachable             yes",
        "direction offered     yes",
        "values travel         as HTML spans",
        "sentences answered    30 of 30 (100 %)",
        "errors                0",
    ] {
        assert!(table.out.contains(row), "{row}: {}", table.out);
    }
    assert!(!table.out.contains(KEY) && !table.err.contains(KEY));
    let asked = server.requests().len();
    let told = desk.anubad(&[&test[..], &["--json"]].concat()).ends(0);
    let told: Value = serde_json::from_str(&told.out).unwrap();
    let pair = &told["pairs"][0];
    assert_eq!(pair["requests"], told["forecast"]["requests"]);
    assert_eq!(server.requests().len(), asked * 2);
    assert_eq!(pair["seconds"].as_array().unwrap().len(), asked);
    for (share, lost) in [("kept", asked), ("answered", 0)] {
        let count = |field: &str| usize::try_from(pair[share][field].as_u64().unwrap()).unwrap();
        // (A value and a quotation are lost in each request that has one.)
        assert!(count("of") - count("good") <= lost, "{share}: {pair}");
        assert_eq!(count("of") > count("good"), lost > 0, "{share}: {pair}");
    }
    assert_ne!(pair["quotes"]["good"], pair["quotes"]["of"]);
    assert!(!pair["damaged"].as_array().unwrap().is_empty());
}

/// What a service says no with is told with the next step, and nothing more is sent.
#[test]
fn a_service_that_refuses_is_told_by_its_reason() {
    for (status, body, rows) in [
        (
            403,
            format!("{{\"error\": \"Invalid API key {KEY}\"}}"),
            [
                "reachable             yes",
                "HTTP 403",
                "does not accept the key",
            ],
        ),
        (
            400,
            "{\"error\": \"bn is not supported\"}".to_owned(),
            [
                "direction offered     no",
                "HTTP 400",
                "does not offer this direction",
            ],
        ),
        (
            503,
            String::new(),
            ["reachable             no", "HTTP 503", "try again later"],
        ),
    ] {
        let server = Server::start(move |_| Reply::text(status, &body));
        let desk = keyed(&libre(&server), &[]);
        let told = desk
            .anubad(&["providers", "test", "mine", "--yes", "--pair", "en-bn"])
            .ends(1);
        for row in rows {
            assert!(told.out.contains(row), "{status} {row}: {}", told.out);
        }
        assert!(
            !told.out.contains(KEY) && !told.err.contains(KEY),
            "{}",
            told.out
        );
        assert_eq!(server.requests().len(), 1);
    }
}

/// A language model, whose tokens are counted by itself.
#[test]
fn a_language_model_is_tried() {
    let server = Server::start(|request| {
        let body = request.json();
        assert_eq!(
            request.header("authorization"),
            Some(&*format!("Bearer {KEY}"))
        );
        let message = body["messages"][1]["content"].as_str().unwrap();
        let message: Value = serde_json::from_str(message).unwrap();
        let segments: Vec<Value> = (message["segments"].as_array().unwrap().iter())
            .map(|segment| {
                let parts: Vec<Value> = (segment["parts"].as_array().unwrap().iter())
                    .map(|part| match part.get("value") {
                        Some(value) => json!({ "value": value, "ending": "" }),
                        None => json!({ "text": part["text"] }),
                    })
                    .collect();
                json!({ "id": segment["id"], "parts": parts })
            })
            .collect();
        let content = json!({ "segments": segments }).to_string();
        Reply::json(
            200,
            &json!({
                "choices": [{ "message": { "content": content }, "finish_reason": "stop" }],
                "usage": { "prompt_tokens": 1000, "completion_tokens": 250 },
            }),
        )
    });
    let section = format!(
        "[providers.mine]\nkind = \"openai\"\nmodel = \"m\"\nurl = \"{}\"\nkey = {{ file = \"key\" }}\n\
         [prices.mine]\ntokens = 3.0\n",
        server.url()
    );
    let desk = keyed(&section, &[]);
    let told = desk
        .anubad(&["providers", "test", "mine", "--yes", "--json"])
        .ends(0);
    let told: Value = serde_json::from_str(&told.out).unwrap();
    for pair in told["pairs"].as_array().unwrap() {
        assert_eq!(pair["kept"]["good"], pair["kept"]["of"], "{pair}");
        let requests = pair["requests"].as_u64().unwrap();
        assert_eq!(pair["usage"]["read"], 1000 * requests);
        assert_eq!(pair["usage"]["written"], 250 * requests);
    }
    assert!(told["forecast"]["cost"].as_f64().unwrap() > 0.0);
}

/// A run with a service that repeats the key and the story in everything it says: neither
/// is in what is logged, and the key is in no file.
#[test]
fn a_key_is_in_no_log_report_ledger_or_output() {
    let asked = std::sync::atomic::AtomicUsize::new(0);
    let server = Server::start(move |request| {
        let said = String::from_utf8_lossy(&request.body).into_owned();
        let error = json!({ "error": said, "code": KEY });
        match asked.fetch_add(1, std::sync::atomic::Ordering::SeqCst) {
            0 => Reply::json(500, &error),
            1 => Reply::json(429, &error).header("Retry-After", "0"),
            2 => Reply::text(200, &said),
            _ => Reply::json(200, &json!({ "translatedText": texts(request) })),
        }
    });
    let config = format!(
        "[pipeline]\nproviders = [\"mine\", \"echo\"]\n[input]\npaths = [\"in\"]\n{}",
        libre(&server).replace("attempts = 1", "attempts = 4")
    );
    let desk = keyed(&config, &[("in/a.txt", ENGLISH)]);
    let outcome = desk.anubad(&["run", "-vv"]);
    assert!(outcome.err.contains("asking again"), "{}", outcome.err);
    for said in [&outcome.out, &outcome.err] {
        assert!(!said.contains(KEY) && !said.contains(SENTENCE), "{said}");
    }
    for command in [
        &["check"][..],
        &["providers"],
        &["cost"],
        &["run", "-vv", "--force"],
    ] {
        let outcome = desk.anubad(command);
        let said = outcome.out + &outcome.err;
        assert!(!said.contains(KEY) && !said.contains(SENTENCE), "{said}");
    }
    let files = desk.list(".");
    assert!(
        files.iter().any(|name| name.ends_with("state.db")),
        "{files:?}"
    );
    assert!(
        files.iter().any(|name| name.ends_with("report.json")),
        "{files:?}"
    );
    for name in files.iter().filter(|name| *name != "key") {
        let bytes = std::fs::read(desk.path(name)).unwrap();
        let found = bytes
            .windows(KEY.len())
            .any(|window| window == KEY.as_bytes());
        assert!(!found, "the key is in {name}");
    }
}

/// Every fragment of the documentation makes a provider, once its key is there.
#[test]
fn the_fragments_of_the_documentation_work() {
    let pages = include_str!("../../docs/providers.md");
    let account = json!({
        "client_email": "desk@project.iam.example.org",
        "private_key": include_str!("../data/google_account.pem"),
        "token_uri": "https://oauth2.googleapis.com/token",
    });
    let mut count = 0;
    for fragment in pages.split("```toml\n").skip(1) {
        let fragment = fragment.split("```").next().unwrap();
        let desk = keyed(fragment, &[("google.json", &account.to_string())]);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let private = std::fs::Permissions::from_mode(0o600);
            std::fs::set_permissions(desk.path("google.json"), private).unwrap();
        }
        let mut command = desk.command();
        command.arg("providers");
        for variable in fragment.split("env = \"").skip(1) {
            command.env(variable.split('"').next().unwrap(), KEY);
        }
        let shown = crate::kit::finish(&mut command, "");
        let named = fragment.matches("[providers.").count();
        let ready = shown.out.matches("ready: ").count();
        // (Three more need no entry.)
        assert!(named > 0 && ready >= named + 2, "{fragment}\n{}", shown.out);
        assert!(
            !shown.out.contains("not usable") || !cfg!(feature = "local"),
            "{}",
            shown.out
        );
        count += 1;
    }
    assert!(count > 16);
}

#[test]
fn an_unknown_provider_is_named() {
    let told = Desk::new().anubad(&["providers", "test", "deeep"]).ends(78);
    assert!(
        told.err.contains("`deeep` is not described"),
        "{}",
        told.err
    );
}

const PREFER: &str = "\
[pipeline]
providers = [\"echo\", \"pseudo\"]
[[pipeline.prefer]]
pair = \"en-bn\"
kind = \"headline\"
providers = [\"pseudo\"]
[[pipeline.prefer]]
desk = \"sport\"
providers = [\"pseudo\"]
";

/// Who translated the blocks of an article, headline first.
fn by(desk: &Desk, article: &str) -> Vec<String> {
    let told = desk.anubad(&["translate", article, "--json"]).ends(0);
    let told: Value = serde_json::from_str(&told.out).unwrap();
    let blocks = told["blocks"].as_array().unwrap();
    blocks
        .iter()
        .filter_map(|block| block["segments"].as_array()?.first())
        .map(|segment| segment["provider"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn what_is_preferred_comes_first() {
    let desk = Desk::with(&[
        ("pipeline.toml", PREFER),
        ("en.txt", ENGLISH),
        ("bn.txt", BANGLA),
    ]);
    assert_eq!(by(&desk, "en.txt"), ["pseudo", "echo", "echo"]);
    assert_eq!(by(&desk, "bn.txt"), ["echo", "echo"]);
    let sport = format!("{PREFER}[glossaries]\ndesk_name = \"sport\"\n");
    desk.write("pipeline.toml", sport);
    assert_eq!(by(&desk, "bn.txt"), ["pseudo", "pseudo"]);
}

#[test]
fn a_preference_that_cannot_hold_is_named() {
    for (entry, place, message) in [
        (
            "providers = [\"local\"]",
            "line 4",
            "`local` is not in the chain",
        ),
        (
            "providers = [\"echo\"]\nweights = [1, 2]",
            "line",
            "2 weights for 1 providers",
        ),
        (
            "providers = [\"echo\"]\nkind = \"byline\"",
            "line 5",
            "unknown value `byline`",
        ),
        ("providers = []", "line 4", "an empty list"),
        ("kind = \"story\"", "line", "missing key `providers`"),
    ] {
        let text = format!("[pipeline]\nproviders = [\"echo\"]\n[[pipeline.prefer]]\n{entry}\n");
        let desk = Desk::with(&[("pipeline.toml", &text)]);
        let told = desk.anubad(&["check"]).ends(78);
        assert!(
            told.err.contains(place) && told.err.contains(message),
            "{}",
            told.err
        );
    }
}
