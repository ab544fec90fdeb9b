//! Values travel by the way that was measured to keep them.

use super::kit::{Desk, scripted};
use super::state::asked;

/// Values of a sentence.
const VALUES: usize = 3;

/// An article of sentences with [`VALUES`] values each, which no other article has.
fn article(number: usize, sentences: usize) -> String {
    let lines = (0..sentences).map(|line| {
        let value = |of: usize| 10_000 * number + 10 * line + of;
        format!(
            "\nThe old fair in our village went on all week and had {} guests, {} cooks and {} \
             stalls.\n",
            value(1),
            value(2),
            value(3)
        )
    });
    std::iter::once("A fair in the village\n".to_owned())
        .chain(lines)
        .collect()
}

fn desk(behaviour: &str) -> Desk {
    let desk = Desk::new();
    let asked = desk.path("asked");
    let config = scripted(&format!("{behaviour} count {}", asked.display()));
    desk.write("pipeline.toml", config);
    desk
}

fn protection(desk: &Desk) -> String {
    let report = desk.json("out/report.json");
    report["protection"]["scripted"]["en-bn"]
        .as_str()
        .unwrap()
        .to_owned()
}

#[test]
fn where_too_few_values_came_back_the_next_run_takes_another_way() {
    let desk = desk("--protection tags drop-holes");
    desk.write("in/a.txt", article(1, 75));
    desk.anubad(&["run"]);
    assert_eq!(protection(&desk), "tags");
    let first = asked(&desk).len();
    assert!(asked(&desk).iter().any(|text| text.contains("<x id")));
    desk.write("in/b.txt", article(2, 5));
    desk.anubad(&["run", "-v"]).says(&[
        "values travel as plain and no longer as tags",
        "anubad providers forget scripted",
    ]);
    assert_eq!(protection(&desk), "plain");
    // What was done stays as it is: it is neither written nor asked for again.
    let report = desk.json("out/report.json");
    assert_eq!(report["articles"][0]["state"], "unchanged");
    let second = asked(&desk)[first..].to_vec();
    assert_eq!(second.len(), 5, "each once, and the headline is known");
    assert!(second.iter().all(|text| text.contains("had 200")));
    let survival = &report["survival"]["scripted"];
    assert_eq!(
        (&survival["holes"], &survival["kept"]),
        (&15.into(), &15.into())
    );
    // Its translation lost, the article is what was paid for, whatever the way.
    let text = desk.read("out/a.bn.txt");
    std::fs::remove_file(desk.path("out/a.bn.txt")).unwrap();
    desk.anubad(&["run"]);
    assert_eq!(desk.read("out/a.bn.txt"), text);
    assert_eq!(asked(&desk).len(), first + 5);
    desk.anubad(&["providers", "forget", "scripted"])
        .ends(0)
        .prints(&["forgotten"]);
    desk.write("in/c.txt", article(3, 1));
    desk.anubad(&["run"]);
    assert_eq!(protection(&desk), "tags");
}

#[test]
fn who_keeps_values_is_asked_as_ever() {
    for behaviour in ["--protection tags", "--protection none"] {
        let desk = desk(behaviour);
        for number in 1..=3 {
            desk.write(&format!("in/{number}.txt"), article(number, 75));
            desk.anubad(&["run"]);
            let way = if behaviour.ends_with("tags") {
                "tags"
            } else {
                "plain"
            };
            assert_eq!(protection(&desk), way);
        }
        let survival = &desk.json("out/report.json")["survival"]["scripted"];
        assert_eq!(survival["kept"], 225);
    }
    // A way that the configuration names stays, whatever becomes of it.
    let desk = desk("drop-holes --protection tags");
    let config = desk.read("pipeline.toml") + "protection = \"tags\"\n";
    desk.write("pipeline.toml", config);
    for number in 1..=2 {
        desk.write(&format!("in/{number}.txt"), article(number, 75));
        desk.anubad(&["run"]);
        assert_eq!(protection(&desk), "tags");
    }
}

#[test]
fn a_run_that_was_stopped_measures_nothing_so_that_the_next_goes_on_as_it_would_have() {
    let [whole, stopped] = [
        desk("--protection tags drop-holes"),
        desk("--protection tags drop-holes"),
    ];
    for desk in [&whole, &stopped] {
        for number in 1..=6 {
            desk.write(&format!("in/{number:02}.txt"), article(number, 20));
        }
    }
    whole.anubad(&["run"]);
    let config = stopped.read("pipeline.toml");
    stopped.write(
        "pipeline.toml",
        format!("{config}[budget]\ncharacters = 14000\n"),
    );
    stopped.anubad(&["run"]).ends(4);
    let whole_sentences = asked(&stopped)
        .iter()
        .filter(|text| text.contains("<x id"))
        .count();
    assert!(
        whole_sentences * VALUES > 200,
        "enough to tell: {whole_sentences}"
    );
    stopped.write("pipeline.toml", config);
    stopped.anubad(&["run"]);
    assert_eq!(protection(&stopped), "tags");
    for number in 1..=6 {
        let name = format!("out/{number:02}.bn.txt");
        assert_eq!(stopped.read(&name), whole.read(&name));
    }
}
