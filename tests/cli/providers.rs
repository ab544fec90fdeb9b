//! `anubad providers test`.

use serde_json::Value;

use crate::kit::{BANGLA, Desk, ENGLISH};

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
