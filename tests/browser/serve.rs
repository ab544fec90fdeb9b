//! The pages of `anubad serve`, with an editor at work.

use std::path::Path;

use crate::browser::Browser;
use crate::review::anubad;
use crate::serving::Serving;

const ARTICLE: &str = "\
Bridge closed for a week, police say

Police officer Karim Talukder met Tarique Rahman on the old bridge of the town.

Talukder said 12 roads were closed to all. Rahman agreed with him and left soon after.
";

/// What the provider says; one sentence it leaves as it is, and a name it spells wrongly.
const DICTIONARY: &str = r#"{
"Bridge closed for a week, police say": "সেতু এক সপ্তাহ বন্ধ: পুলিশ",
"Police officer Karim Talukder met <x id=\"0\"/> on the old bridge of the town.": "পুলিশ কর্মকর্তা কারিম তালুকদের শহরের পুরোনো সেতুতে <x id=\"0\"/>-এর সঙ্গে দেখা করেন।",
"Police officer <x id=\"0\"/> met <x id=\"1\"/> on the old bridge of the town.": "পুলিশ কর্মকর্তা <x id=\"0\"/> শহরের পুরোনো সেতুতে <x id=\"1\"/>-এর সঙ্গে দেখা করেন।",
"<x id=\"0\"/> agreed with him and left soon after.": "<x id=\"0\"/> তাঁর সঙ্গে একমত হন এবং পরেই চলে যান।"
}"#;

const RIGHT: &str = "তালুকদার বলেন, ১২টি রাস্তা সবার জন্য বন্ধ।";

fn desk() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(dir.path().join(name), text).unwrap();
    std::fs::create_dir(dir.path().join("in")).unwrap();
    write("in/bridge.txt", ARTICLE);
    write("dictionary.json", DICTIONARY);
    write(
        "desk.tsv",
        "en\tbn\tkind\tnote\nTarique Rahman\tতারেক রহমান\tperson\n",
    );
    let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/kit/scripted.py");
    let program = program.display().to_string();
    write(
        "pipeline.toml",
        &format!(
            "[pipeline]\nproviders = [\"scripted\"]\n[input]\npaths = [\"in\"]\n\
             [glossaries]\nbase = false\ndesk = [\"desk.tsv\"]\n[providers.scripted]\nkind = \"command\"\n\
             command = [\"python3\", {program:?}, \"glossary\", \"dictionary.json\", \"--protection\", \"tags\"]\n"
        ),
    );
    anubad(dir.path(), &["run", "--quiet"]);
    dir
}

fn text(dir: &tempfile::TempDir) -> String {
    std::fs::read_to_string(dir.path().join("out/bridge.bn.txt")).unwrap()
}

/// Types into the first element of a selector in place of what is there.
fn fill(browser: &mut Browser, selector: &str, text: &str) {
    let done = browser.eval(&format!(
        "(() => {{ const e = document.querySelector({selector:?}); e.focus(); e.select(); \
         return document.activeElement === e && document.execCommand('insertText', false, {text:?}); }})()"
    ));
    assert_eq!(done, true, "{selector}");
}

/// Does something after which the page is loaded again, and waits for that.
fn reloading(browser: &mut Browser, act: impl FnOnce(&mut Browser)) {
    browser.forget_loads();
    act(browser);
    browser.loaded();
}

#[test]
fn an_editor_corrects_approves_and_runs_again() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let dir = desk();
    let server = Serving::start(dir.path(), &[]);
    browser.open(&server.url("/"));
    let page = browser.eval("document.querySelector('.articles a').href");
    browser.open(page.as_str().unwrap());

    // Nobody changes anything without saying who it is.
    browser.press("n");
    let first = browser.eval("document.activeElement.querySelector('.source').textContent");
    assert!(first.as_str().unwrap().contains("12 roads"), "{first}");
    browser.press("e");
    let focus = "document.activeElement.tagName";
    assert_eq!(browser.eval(focus), "TEXTAREA");
    browser.chord("Enter");
    assert_eq!(browser.eval("document.activeElement.id"), "editor");
    fill(&mut browser, "#editor", "রহিমা");

    // A flagged sentence is corrected.
    let area = ".row.error .edit textarea";
    fill(&mut browser, area, RIGHT);
    reloading(&mut browser, |browser| {
        browser.eval(&format!("document.querySelector({area:?}).focus()"));
        browser.chord("Enter");
    });
    assert_eq!(
        browser.eval("document.querySelectorAll('.row.error').length"),
        0
    );
    let told = browser.eval("document.querySelector('.row .approved').textContent");
    assert!(
        told.as_str().unwrap().starts_with("Approved by রহিমা"),
        "{told}"
    );
    assert!(text(&dir).contains(RIGHT), "{}", text(&dir));

    // A name is approved, in another spelling than the provider's.
    let name = "[data-source=\"Karim Talukder\"]";
    fill(&mut browser, &format!("{name} input"), "করিম তালুকদার");
    reloading(&mut browser, |browser| {
        browser.click(&format!("{name} [data-act=name-approve]"));
    });
    let approved = browser.eval(&format!(
        "document.querySelector('{name} .approved').textContent"
    ));
    assert!(approved.as_str().unwrap().contains("রহিমা"), "{approved}");

    // Both are used, by the server and by the next run.
    for again in [false, true] {
        if again {
            anubad(dir.path(), &["run", "--quiet", "--force"]);
        }
        let text = text(&dir);
        assert!(
            text.contains("করিম তালুকদার") && text.contains(RIGHT),
            "{text}"
        );
        assert!(!text.contains("কারিম"), "{text}");
    }

    // The article is ready, and the list says so.
    browser.open(page.as_str().unwrap());
    reloading(&mut browser, |browser| browser.click("[data-ready]"));
    reloading(&mut browser, |browser| browser.click("a.up"));
    let listed = browser.eval("document.querySelector('.articles .tag.ready').textContent");
    assert!(listed.as_str().unwrap().contains("রহিমা"), "{listed}");
    assert_eq!(browser.complaints, Vec::<String>::new());
}

#[test]
fn two_editors_see_each_other() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let dir = desk();
    let server = Serving::start(dir.path(), &[]);
    browser.open(&server.url("/articles/bridge.txt"));
    fill(&mut browser, "#editor", "Karim");
    let area = ".row.error .edit textarea";
    browser.eval("document.querySelector('.row.error .edit').open = true");
    fill(&mut browser, area, "তালুকদার বলেন, ১২টি পথ বন্ধ।");
    // Meanwhile, elsewhere.
    let id = browser.eval("document.querySelector('.row.error').id");
    let path = format!("/v1/articles/bridge.txt/sentences/{}", id.as_str().unwrap());
    let body = serde_json::json!({"target": RIGHT, "by": "Rahima <b>"}).to_string();
    let headers = [("If-Match", "*"), ("Content-Type", "application/json")];
    server.ask("PUT", &path, &headers, &body).is(200);

    browser.eval(&format!("document.querySelector({area:?}).focus()"));
    browser.chord("Enter");
    browser.until("!document.querySelector('.row.error .conflict').hidden");
    let shown = browser.eval("document.querySelector('.row.error .conflict').textContent");
    let shown = shown.as_str().unwrap();
    assert!(
        shown.contains("Rahima <b> wrote meanwhile") && shown.contains(RIGHT),
        "{shown}"
    );
    // What was typed survives a reload, and so does what it was typed for.
    browser.open(&server.url("/articles/bridge.txt"));
    let typed = browser.eval(&format!(
        "document.getElementById({id}).querySelector('textarea').value"
    ));
    assert_eq!(typed, "তালুকদার বলেন, ১২টি পথ বন্ধ।");
    let save = format!("document.getElementById({id}).querySelector('[data-act=save]').click()");
    browser.eval(&save);
    browser.until("[...document.querySelectorAll('.conflict')].some((c) => !c.hidden)");
    assert!(text(&dir).contains(RIGHT));
    reloading(&mut browser, |browser| {
        browser.click(".conflict:not([hidden]) button");
    });
    assert!(text(&dir).contains("১২টি পথ বন্ধ"), "{}", text(&dir));
    // The refusals are answers, which the browser tells of all the same.
    browser.complaints.retain(|told| !told.contains("409"));
    assert_eq!(browser.complaints, Vec::<String>::new());
}
