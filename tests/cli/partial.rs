//! Articles of which a sentence could not be translated.

use super::kit::{Desk, ENGLISH, scripted};

/// What the provider gives for one word: nothing, whichever way it is asked.
const EMPTY: &str = r#"{"Enough.": "", "Enough": ""}"#;

/// A desk with one whole article and one that has a gap.
fn desk(policy: &str) -> Desk {
    let desk = Desk::new();
    desk.write("empty.json", EMPTY);
    let config = scripted(&format!("glossary {}", desk.path("empty.json").display()));
    desk.write(
        "pipeline.toml",
        format!("{config}[output]\npartial = \"{policy}\"\n"),
    );
    desk.write(
        "in/gap.txt",
        format!("{ENGLISH}\nEnough. The boats wait.\n"),
    );
    desk.write("in/whole.txt", ENGLISH.replace("Hundreds", "Scores"));
    desk
}

/// The provider answers now.
fn mend(desk: &Desk) {
    desk.write("empty.json", "{}");
}

#[test]
fn gaps_are_written_with_a_mark() {
    let desk = desk("write-with-gaps");
    desk.anubad(&["run"])
        .ends(0)
        .prints(&["2 articles written"]);
    let text = desk.read("out/gap.bn.txt");
    assert!(
        text.contains("[অনুবাদ হয়নি: Enough.] The boats wait।"),
        "{text}"
    );
    let details = desk.json("out/gap.bn.json");
    assert_eq!(details["text"], text);
    assert!(!desk.read("out/whole.bn.txt").contains("অনুবাদ হয়নি"));
    // The next run tries again, and the mark goes.
    mend(&desk);
    desk.anubad(&["run"])
        .ends(0)
        .prints(&["1 article written", "1 unchanged"]);
    assert!(!desk.read("out/gap.bn.txt").contains("অনুবাদ হয়নি"));
}

#[test]
fn an_article_with_gaps_is_held_until_it_is_whole() {
    let desk = desk("hold");
    desk.anubad(&["run"])
        .ends(2)
        .says(&["in/gap.txt: held: 1 sentence of it could not be translated; run again"])
        .prints(&["1 article written to out, 0 failed, 1 held"]);
    let files = desk.list("out");
    assert!(files.contains(&".held/gap.bn.txt".to_owned()), "{files:?}");
    assert!(!files.contains(&"gap.bn.txt".to_owned()), "{files:?}");
    assert!(
        desk.read("out/.held/gap.bn.txt")
            .contains("[অনুবাদ হয়নি: Enough.]")
    );
    let report = desk.json("out/report.json");
    assert_eq!(report["articles"][0]["state"], "held");
    assert_eq!(report["articles"][0]["output"], "out/.held/gap.bn.txt");
    mend(&desk);
    desk.anubad(&["run"])
        .ends(0)
        .prints(&["1 article written", "1 unchanged"]);
    let files = desk.list("out");
    assert!(files.contains(&"gap.bn.txt".to_owned()), "{files:?}");
    assert!(
        !files.iter().any(|file| file.starts_with(".held")),
        "{files:?}"
    );
}

#[test]
fn what_is_held_for_good_stays_told() {
    let desk = desk("hold");
    // Three attempts, and no more.
    for _ in 0..5 {
        desk.anubad(&["run"]).ends(2).prints(&["1 held"]);
    }
    assert_eq!(desk.json("out/report.json")["articles"][0]["state"], "held");
}

#[test]
fn an_article_with_gaps_may_fail() {
    let desk = desk("fail");
    desk.anubad(&["run"])
        .ends(2)
        .says(&["in/gap.txt: 1 sentence of it could not be translated, and `partial` is \"fail\""])
        .prints(&["1 article written to out, 1 failed"]);
    assert!(!desk.path("out/gap.bn.txt").exists());
    mend(&desk);
    desk.anubad(&["run"]).ends(0);
    assert!(desk.path("out/gap.bn.txt").exists());
}

#[test]
fn a_policy_that_there_is_not_is_told_with_its_line() {
    let desk = desk("perhaps");
    desk.anubad(&["run"]).ends(78).says(&[
        "unknown value `perhaps`",
        "`write-with-gaps`, `hold`, `fail`",
        "partial = \"perhaps\"",
    ]);
}
