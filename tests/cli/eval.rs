//! `anubad eval`.

use serde_json::Value;

use crate::kit::Desk;

const SET: &str = "\
The ferry left Dhaka at 5 pm.\tফেরিটি বিকেল ৫টায় ঢাকা ছাড়ে।
\"We are ready,\" the minister said.\tমন্ত্রী বলেন, ‘আমরা প্রস্তুত।’
Rice prices rose by 12 per cent.\tচালের দাম ১২ শতাংশ বেড়েছে।
";

fn desk() -> Desk {
    let references: Vec<&str> = SET
        .lines()
        .filter_map(|line| line.split_once('\t').map(|(_, reference)| reference))
        .collect();
    Desk::with(&[
        ("set.tsv", SET),
        ("good.txt", &(references.join("\n") + "\n")),
        ("bad.txt", "ফেরি।\nতিনি বলেন।\nচালের দাম ১৩ শতাংশ বেড়েছে।\n"),
    ])
}

fn scored(desk: &Desk, arguments: &[&str]) -> Value {
    let outcome = desk.anubad(arguments).ends(0);
    serde_json::from_str(&outcome.out).unwrap()
}

#[test]
fn given_translations_are_scored_and_compared() {
    let desk = desk();
    let scores = scored(
        &desk,
        &[
            "eval",
            "set.tsv",
            "--outputs",
            "good.txt",
            "--outputs",
            "bad.txt",
            "--json",
        ],
    );
    assert_eq!(scores["pair"], "en-bn");
    assert_eq!(scores["sentences"], 3);
    let [good, bad] = &scores["systems"].as_array().unwrap()[..] else {
        panic!("{scores}");
    };
    for metric in good["metrics"].as_array().unwrap() {
        let score = metric["estimate"]["score"].as_f64().unwrap();
        assert!((score - 100.0).abs() < 1e-6, "{metric}");
        assert!(metric["difference"].is_null());
        assert!(
            metric["signature"]
                .as_str()
                .unwrap()
                .contains("version:2.6.0")
        );
    }
    assert_eq!(
        good["newsroom"]["values"]["good"],
        good["newsroom"]["values"]["of"]
    );
    assert!(good["seconds"].is_null());
    let difference = &bad["metrics"][0]["difference"]["difference"];
    assert!(difference.as_f64().unwrap() < -20.0, "{difference}");
    let values = &bad["newsroom"]["values"];
    assert!(values["good"].as_u64() < values["of"].as_u64(), "{values}");
    assert_eq!(bad["newsroom"]["quotes"]["good"], 0);
    // The worst first.
    let of = |i: usize| bad["worst"][i]["score"].as_f64().unwrap();
    assert!(of(0) <= of(1) && of(1) <= of(2));
    let page = [
        "eval",
        "set.tsv",
        "--outputs",
        "good.txt",
        "--html",
        "page.html",
    ];
    desk.anubad(&page).ends(0);
    let page = desk.read("page.html");
    assert!(
        page.contains("<svg") && page.contains("চালের দাম ১২ শতাংশ বেড়েছে।"),
        "{page}"
    );
    desk.anubad(&["eval", "set.tsv", "--outputs", "good.txt"])
        .ends(0)
        .prints(&[
            "set.tsv: en-bn, 3 sentences",
            "chrf++                 100.00",
            "version:2.6.0",
        ]);
}

#[test]
fn a_provider_is_scored_with_the_pipeline_around_it() {
    let desk = desk();
    let scores = scored(&desk, &["eval", "set.tsv", "--provider", "echo", "--json"]);
    let echo = &scores["systems"][0];
    assert_eq!(echo["system"], "echo");
    assert_eq!(
        echo["newsroom"]["values"]["good"],
        echo["newsroom"]["values"]["of"]
    );
    assert!(echo["characters_sent"].as_u64() > Some(0));
    assert!(echo["seconds"].is_f64());
    let ablated = scored(
        &desk,
        &[
            "eval",
            "set.tsv",
            "--provider",
            "echo",
            "--ablate",
            "--json",
        ],
    );
    let systems = ablated["systems"].as_array().unwrap();
    assert_eq!(systems.len(), 5);
    assert_eq!(systems[0]["newsroom"], echo["newsroom"]);
    // Echo leaves 12 per cent as it is where nobody writes it in Bangla.
    let chrf = |i: usize| systems[i]["metrics"][0]["estimate"]["score"].as_f64();
    assert!(chrf(2) < chrf(0), "{ablated}");
    let limited = scored(
        &desk,
        &[
            "eval",
            "set.tsv",
            "--provider",
            "echo",
            "--limit",
            "1",
            "--json",
        ],
    );
    assert_eq!(limited["sentences"], 1);
}

#[test]
fn what_cannot_be_scored_is_told() {
    let desk = desk();
    desk.anubad(&["eval", "none.tsv", "--outputs", "good.txt"])
        .ends(1)
        .says(&["cannot read none.tsv"]);
    desk.write("short.txt", "এক\n");
    desk.anubad(&["eval", "set.tsv", "--outputs", "short.txt"])
        .ends(1)
        .says(&["short.txt: it has 1 lines, and the test set 3 sentences"]);
    desk.anubad(&["eval", "set.tsv", "--provider", "nobody"])
        .ends(78)
        .says(&["provider `nobody` is not described"]);
    desk.anubad(&["eval"]).ends(64);
}

#[test]
fn what_it_costs_is_counted_entered_and_kept_within_the_budget() {
    let desk = crate::state::desk(&[("set.tsv", SET)]);
    let config = desk.read("pipeline.toml");
    // A character costs a unit.
    desk.write(
        "pipeline.toml",
        format!("{config}[prices.scripted]\ncharacters = 1000000.0\n"),
    );
    let scores = scored(&desk, &["eval", "set.tsv", "--json"]);
    let system = &scores["systems"][0];
    assert_eq!(system["cost"].as_f64(), system["characters_sent"].as_f64());
    assert!(system["cost"].as_f64().unwrap() > 0.0, "{system}");
    desk.anubad(&["cost"]).ends(0).prints(&["scripted"]);
    // What it drafts is no translation of the desk.
    let kept = desk.anubad(&["memory", "stats"]).ends(0);
    assert!(kept.out.contains("0 in sum"), "{kept:?}");
    desk.write(
        "pipeline.toml",
        format!("{config}[prices.scripted]\ncharacters = 1000000.0\n[budget]\namount = 10.0\n"),
    );
    desk.anubad(&["eval", "set.tsv"])
        .ends(4)
        .says(&["is spent"]);
}
