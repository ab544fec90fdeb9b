//! `anubad providers test`.

use serde_json::Value;

use crate::kit::Desk;

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
