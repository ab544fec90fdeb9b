//! The ledger of names: met, reviewed, obeyed.

use super::kit::{Desk, scripted};

const ARTICLE: &str = "Bridge closed for a week\n\n\
    Police officer Karim Talukder closed the old bridge on the north side of the town.\n\n\
    Talukder said that the road was closed to all people of the town.\n";

const DICTIONARY: &str = r#"{
"Bridge closed for a week": "সেতু এক সপ্তাহ বন্ধ",
"Police officer Karim Talukder closed the old bridge on the north side of the town.": "পুলিশ কর্মকর্তা করিম তালুকদার শহরের উত্তর পাশের পুরোনো সেতু বন্ধ করেন।",
"Police officer Karim Talukder closed the new bridge on the north side of the town.": "পুলিশ কর্মকর্তা কারিম তালুকদার শহরের উত্তর পাশের নতুন সেতু বন্ধ করেন।",
"Police officer <x id=\"0\"/> closed the old bridge on the north side of the town.": "পুলিশ কর্মকর্তা <x id=\"0\"/> শহরের উত্তর পাশের পুরোনো সেতু বন্ধ করেন।",
"Talukder said that the road was closed to all people of the town.": "তালুকদার বলেন, রাস্তা শহরের সবার জন্য বন্ধ ছিল।",
"<x id=\"0\"/> said that the road was closed to all people of the town.": "<x id=\"0\"/> বলেন, রাস্তা শহরের সবার জন্য বন্ধ ছিল।"
}"#;

fn desk() -> Desk {
    let desk = Desk::with(&[("in/a.txt", ARTICLE), ("dictionary.json", DICTIONARY)]);
    let pipeline = scripted("glossary dictionary.json --protection tags");
    desk.write(
        "pipeline.toml",
        format!("{pipeline}\n[glossaries]\nbase = false\n"),
    );
    desk
}

#[test]
fn what_was_met_is_listed_and_what_was_approved_is_obeyed() {
    let desk = desk();
    desk.anubad(&["names", "list"]).ends(78);
    desk.anubad(&["run"]).ends(0);
    desk.anubad(&["names", "list", "--pending"])
        .ends(0)
        .prints(&["en-bn  Karim Talukder = করিম তালুকদার  person, 1 article, from scripted"]);
    desk.anubad(&["names", "export"])
        .ends(0)
        .prints(&["en\tbn\tkind\tdirection"]);
    // Another spelling than the provider's: held from now on, in short as in full.
    desk.anubad(&["names", "approve", "Karim Talukder", "করীম তালুকদার"])
        .ends(0)
        .prints(&["Karim Talukder = করীম তালুকদার (person)"]);
    desk.anubad(&["run"]).ends(0);
    let text = desk.read("out/a.bn.txt");
    assert!(text.contains("কর্মকর্তা করীম তালুকদার শহরের"), "{text}");
    assert!(text.contains("\n\nতালুকদার বলেন"), "{text}");
    desk.anubad(&["names", "export"])
        .ends(0)
        .prints(&["Karim Talukder\tকরীম তালুকদার\tperson\ten-bn"]);
    // Taken back: the provider's own again.
    desk.anubad(&["names", "reject", "Karim Talukder"]).ends(0);
    desk.anubad(&["names", "reject", "Karim Talukder"]).ends(1);
    desk.anubad(&["run"]).ends(0);
    assert!(desk.read("out/a.bn.txt").contains("করিম তালুকদার"));
    desk.anubad(&["names", "forget", "Karim Talukder"]).ends(0);
    desk.anubad(&["names", "forget", "Karim Talukder"]).ends(1);
}

#[test]
fn one_article_alone_obeys_what_was_approved() {
    let desk = desk();
    let approve = ["names", "approve", "Karim Talukder", "করীম তালুকদার"];
    let translate = ["translate", "in/a.txt"];
    // Without a state file there is none afterwards either.
    desk.anubad(&translate)
        .ends(0)
        .prints(&["কর্মকর্তা করিম তালুকদার শহরের"]);
    desk.anubad(&["names", "list"]).ends(78);
    desk.anubad(&["run"]).ends(0);
    desk.anubad(&approve).ends(0);
    desk.anubad(&translate)
        .ends(0)
        .prints(&["কর্মকর্তা করীম তালুকদার শহরের"]);
    desk.write(".anubad/state.db", "no such thing".repeat(100));
    desk.anubad(&translate)
        .ends(0)
        .says(&["approved names are left aside"])
        .prints(&["কর্মকর্তা করিম তালুকদার শহরের"]);
}

#[test]
fn another_spelling_than_before_is_told() {
    let desk = desk();
    desk.anubad(&["run"]).ends(0);
    desk.write("in/b.txt", ARTICLE.replace("old bridge", "new bridge"));
    desk.anubad(&["run"]).ends(0);
    let findings = desk.json("out/b.bn.json")["findings"].to_string();
    assert!(findings.contains("`কারিম তালুকদার` here"), "{findings}");
    assert!(findings.contains("was `করিম তালুকদার` before"), "{findings}");
}

#[test]
fn what_is_no_name_is_refused() {
    let desk = desk();
    desk.anubad(&["names", "approve", "Karim", "\"করিম\""])
        .ends(64)
        .says(&["is no name that a glossary can hold"]);
    desk.anubad(&["names", "approve", "Nobody"])
        .ends(1)
        .says(&["name a rendering behind it"]);
}

/// Runs an article whose second sentence is answered without its name.
fn without_the_name(more: &str) -> (String, serde_json::Value, serde_json::Value) {
    let entries = format!(
        r#"{{
"Bridge closed for a week": "সেতু এক সপ্তাহ বন্ধ",
"Police officer Karim Talukder closed the old bridge on the north side of the town.": "পুলিশ কর্মকর্তা শহরের উত্তর পাশের পুরোনো সেতু বন্ধ করেন।",
"Nobody of the town was hurt.": "শহরের কেউ আহত হয়নি।"{more}
}}"#
    );
    let article = ARTICLE.replace(
        "Talukder said that the road was closed to all people of the town.",
        "Nobody of the town was hurt.",
    );
    let desk = Desk::with(&[("in/a.txt", &article), ("dictionary.json", &entries)]);
    let pipeline = scripted("glossary dictionary.json --protection tags");
    desk.write(
        "pipeline.toml",
        format!("{pipeline}\n[glossaries]\nbase = false\n"),
    );
    desk.anubad(&["run"]).ends(0);
    let report = desk.json("out/report.json");
    (
        desk.read("out/a.bn.txt"),
        desk.json("out/a.bn.json"),
        report["survival"]["scripted"].clone(),
    )
}

const HELD: &str = r#",
"Police officer <x id=\"0\"/> closed the old bridge on the north side of the town.": "পুলিশ কর্মকর্তা <x id=\"0\"/> শহরের উত্তর পাশের পুরোনো সেতু বন্ধ করেন।""#;

#[test]
fn a_name_that_was_left_out_is_held_and_asked_for_again() {
    // As the provider writes it alone.
    let alone = ", \"Karim Talukder\": \"করীম তালুকদার\"";
    let (text, json, survival) = without_the_name(&format!("{HELD}{alone}"));
    assert!(text.contains("কর্মকর্তা করীম তালুকদার শহরের"), "{text}");
    let findings = json["blocks"].to_string();
    assert!(
        findings.contains("as the provider writes it alone"),
        "{findings}"
    );
    assert_eq!(json["names"][0]["rendering"], "করীম তালুকদার");
    assert_eq!(json["names"][0]["origin"], "scripted");
    assert_eq!(survival["names_missed"], 1);
    assert_eq!(survival["names_held"], 1);
    // By its sound, where the provider does not know it.
    let (text, json, _) = without_the_name(HELD);
    assert!(text.contains("কর্মকর্তা করিম তালুকদার শহরের"), "{text}");
    assert!(
        json["blocks"]
            .to_string()
            .contains("by its sound: check it")
    );
    assert_eq!(json["names"][0]["origin"], "rules");
}

#[test]
fn a_second_answer_that_is_worse_is_not_taken() {
    // The sentence with the name held comes back untranslated.
    let (text, json, survival) = without_the_name("");
    assert!(text.contains("পুলিশ কর্মকর্তা শহরের"), "{text}");
    let findings = json["blocks"].to_string();
    assert!(findings.contains("the first was kept"), "{findings}");
    assert!(
        findings.contains("cannot be found in the translation"),
        "{findings}"
    );
    assert_eq!(survival["names_missed"], 1);
    assert_eq!(survival["names_held"], 0);
}
