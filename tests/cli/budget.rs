//! What a run may spend, what it would spend, and what was spent.

use super::kit::{Desk, ENGLISH};
use super::state::{asked, desk, states};

/// A desk of four articles, three new sentences each after the first, where a
/// character costs a unit.
fn priced() -> Desk {
    let desk = desk(&[]);
    for (name, many) in [
        ("a", "Dozens"),
        ("b", "Scores"),
        ("c", "Hundreds"),
        ("d", "Thousands"),
    ] {
        desk.write(&format!("in/{name}.txt"), ENGLISH.replace("Hundreds", many));
    }
    let config = desk.read("pipeline.toml");
    desk.write(
        "pipeline.toml",
        format!("{config}[prices.scripted]\ncharacters = 1000000.0\n"),
    );
    desk
}

fn characters(desk: &Desk) -> usize {
    asked(desk).iter().map(|text| text.chars().count()).sum()
}

#[test]
fn a_budget_is_never_overrun_and_the_next_run_goes_on() {
    let desk = priced();
    desk.anubad(&["run", "--budget", "330"]).ends(4).says(&[
        "the budget of 330.00 USD a run is spent",
        "raise it (`amount` in [budget], or --budget)",
    ]);
    let first = characters(&desk);
    assert!(first <= 330, "{first}");
    let states_first = states(&desk);
    assert_eq!(states_first[0].1, "written");
    assert_eq!(states_first[3].1, "skipped");
    let report = desk.json("out/report.json");
    assert_eq!(report["usage"]["cost"].to_string(), format!("{first}.0"));
    // Many small runs come to the end as one large one does, and pay the same.
    for _ in 0..3 {
        desk.anubad(&["run", "--budget", "60"]);
        assert!(characters(&desk) <= first + 3 * 60);
    }
    desk.anubad(&["run", "--budget", "1000"]).ends(0);
    let all = characters(&desk);
    let whole = priced();
    whole.anubad(&["run"]).ends(0);
    assert_eq!(all, characters(&whole));
    let told = desk.anubad(&["cost"]).ends(0);
    assert!(
        told.out.contains(&format!("\n{all}.00 USD in sum\n")),
        "{told:?}"
    );
    assert!(told.out.contains("scripted"), "{told:?}");
    desk.anubad(&["cost", "--since", "2999-01-01"])
        .ends(0)
        .prints(&["\n0.00 USD in sum"]);
    let json = desk.anubad(&["cost", "--json"]).ends(0).out;
    let days: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(days[0]["characters"], all);
    assert_eq!(days[0]["currency"], "USD");
}

#[test]
fn a_budget_that_is_spent_lets_no_cheaper_provider_stand_in() {
    let desk = priced();
    let config = desk
        .read("pipeline.toml")
        .replace("[\"scripted\"]", "[\"scripted\", \"echo\"]");
    desk.write(
        "pipeline.toml",
        format!("{config}[budget]\namount = 330\nper = \"day\"\n"),
    );
    for _ in 0..2 {
        desk.anubad(&["run"])
            .ends(4)
            .says(&["the budget of 330.00 USD a day is spent"]);
        assert!(desk.list("out").len() < 9, "{:?}", desk.list("out"));
        assert!(characters(&desk) <= 330);
        for name in desk
            .list("out")
            .iter()
            .filter(|name| name.ends_with("bn.json"))
        {
            assert!(!desk.read(&format!("out/{name}")).contains("\"echo\""));
        }
    }
}

#[test]
fn a_dry_run_tells_what_a_run_then_does() {
    let desk = priced();
    let told = desk
        .anubad(&["run", "--dry-run", "--budget", "1"])
        .ends(0)
        .prints(&[
            "dry run: 4 articles to translate, 0 unchanged, 0 left alone",
            "the run would end before its last article",
        ]);
    assert!(asked(&desk).is_empty());
    assert!(!desk.path("out").exists() && !desk.path(".anubad").exists());
    desk.anubad(&["run"]).ends(0);
    let (calls, segments, characters) = (4, asked(&desk).len(), characters(&desk));
    let line = told
        .out
        .lines()
        .find(|line| line.ends_with("scripted"))
        .unwrap();
    let figures: Vec<&str> = line.split_whitespace().collect();
    assert_eq!(
        figures[..3],
        [
            calls.to_string(),
            segments.to_string(),
            characters.to_string()
        ]
    );
    assert_eq!(figures[4], format!("{characters}.00"));
    desk.write("in/a.txt", ENGLISH.replace("boatman", "sailor"));
    let before = asked(&desk).len();
    let told = desk
        .anubad(&["run", "--dry-run"])
        .ends(0)
        .prints(&["1 article to translate, 3 unchanged"]);
    let figures = |name: &str| -> Vec<String> {
        let line = told.out.lines().find(|line| line.ends_with(name)).unwrap();
        line.split_whitespace().map(str::to_owned).collect()
    };
    assert_eq!(figures("scripted")[1], "1");
    assert_eq!(figures("memory")[1], "3");
    assert_eq!(asked(&desk).len(), before);
    assert!(!desk.read("out/a.bn.txt").contains("sailor"));
}

#[test]
fn a_budget_that_could_not_be_kept_is_refused() {
    let desk = priced();
    desk.anubad(&["run", "--no-state", "--budget", "1"])
        .ends(64);
    let config = desk.read("pipeline.toml");
    desk.write(
        "pipeline.toml",
        format!("{config}[budget]\ncharacters = 10\n"),
    );
    desk.anubad(&["run", "--no-state"])
        .ends(78)
        .says(&["a budget is kept with the state file"]);
    for (wrong, says) in [
        ("[budget]\namount = -1\n", "amount of money"),
        ("[budget]\nper = \"year\"\n", "unknown value `year`"),
        (
            "[prices.nobody]\ncalls = 1\n",
            "provider `nobody` is not described",
        ),
        ("[prices.echo]\npages = 1\n", "unknown key `pages`"),
    ] {
        desk.write("pipeline.toml", format!("{config}{wrong}"));
        desk.anubad(&["run"]).ends(78).says(&[says]);
    }
    desk.anubad(&["run", "--budget", "much"])
        .ends(64)
        .says(&["an amount such as 2.50"]);
    desk.anubad(&["cost"]).ends(78);
}

#[test]
fn what_a_failed_article_has_cost_is_reported() {
    let desk = priced();
    // Whole sentences come back, one without its words.
    let asked_file = desk.path("asked").display().to_string();
    desk.write("empty.json", r#"{"Enough.": "", "Enough": ""}"#);
    let behaviour = format!(
        "glossary {} count {asked_file}",
        desk.path("empty.json").display()
    );
    desk.write(
        "pipeline.toml",
        format!(
            "{}[output]\npartial = \"fail\"\n[prices.scripted]\ncharacters = 1000000.0\n\
             [state]\nattempts = 1\n",
            super::kit::scripted(&behaviour)
        ),
    );
    desk.write("in/a.txt", format!("{ENGLISH}\nEnough. The boats wait.\n"));
    desk.anubad(&["run", "--only", "a.txt"])
        .ends(1)
        .says(&["given up after 1 attempts"]);
    let report = desk.json("out/report.json");
    assert_eq!(report["articles"][0]["state"], "given-up");
    let cost = report["articles"][0]["usage"]["cost"].as_f64().unwrap();
    assert!(cost > 0.0, "{report}");
    assert_eq!(report["usage"]["cost"], cost);
    desk.anubad(&["cost"])
        .ends(0)
        .prints(&[&format!("\n{cost:.2} USD in sum")]);
}
