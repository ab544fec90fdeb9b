//! The ledger of names that workers share.

use super::kit::{Desk, scripted};
use super::nats::{Server, Worker, is_missing};

/// An article with a name that no glossary has; `what` parts one from another.
fn article(what: &str) -> String {
    format!(
        "Bridge closed for a week\n\n\
         Police officer Karim Talukder closed the {what} bridge on the north side of the town.\n"
    )
}

/// Of the same name, as the provider writes it in each article.
fn sentence(what: &str, name: &str) -> String {
    format!(
        "\"Police officer Karim Talukder closed the {what} bridge on the north side of the town.\": \
         \"পুলিশ কর্মকর্তা {name} শহরের উত্তর পাশের সেতু বন্ধ করেন।\""
    )
}

#[test]
fn what_one_worker_has_written_of_a_name_another_one_knows() {
    if is_missing() {
        return;
    }
    let server = Server::start("");
    let url = server.url();
    let dictionary = format!(
        "{{\"Bridge closed for a week\": \"সেতু এক সপ্তাহ বন্ধ\", {}, {}, {}}}",
        sentence("old", "করিম তালুকদার"),
        sentence("new", "করিম তালুকদার"),
        sentence("long", "কারিম তালুকদার"),
    );
    let pipeline = scripted("glossary dictionary.json --protection tags");
    let desk = Desk::with(&[
        ("dictionary.json", &dictionary),
        (
            "pipeline.toml",
            &format!("{pipeline}[glossaries]\nbase = false\n"),
        ),
        ("in/a.txt", &article("old")),
        ("in/b.txt", &article("new")),
    ]);
    // Each of two at once counts the name once.
    desk.anubad(&["run", "--quiet", "--queue", &url]).ends(0);
    let workers: Vec<Worker> = (0..2)
        .map(|_| Worker::start(&desk, &url, &["--quiet", "--until-empty"]))
        .collect();
    for worker in workers {
        worker.end().ends(0);
    }
    let findings = |name: &str| desk.json(&format!("out/{name}.bn.json"))["findings"].to_string();
    for name in ["a", "b"] {
        assert!(!findings(name).contains("before"), "{}", findings(name));
    }
    // A third one, which has seen neither, is told.
    desk.write("in/c.txt", article("long"));
    desk.anubad(&["run", "--quiet", "--queue", &url]).ends(0);
    let third = Worker::start(&desk, &url, &["--quiet", "--until-empty"]);
    third.end().ends(0);
    let told = findings("c");
    assert!(told.contains("`কারিম তালুকদার` here"), "{told}");
    assert!(told.contains("was `করিম তালুকদার` before"), "{told}");
}
