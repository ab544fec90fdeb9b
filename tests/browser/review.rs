//! The pages of `anubad review`, opened from files.

use std::path::Path;
use std::process::Command;

use crate::browser::Browser;

/// An article that tries to be a page, in both scripts.
const HOSTILE: &str = "\
Ferries & <script>hacked = 1</script> \"fog\"

DHAKA, January 14, 2026 (BSS) - Ferries </p></article><img src=x onerror=\"hacked=2\"> resumed on the river on
Wednesday with 12 vessels. Hundreds of lorries were waiting on both banks for the ministry মন্ত্রণালয়.
";

const PIPELINE: &str = "[pipeline]\nproviders = [\"echo\"]\n[input]\npaths = [\"in\"]\n";

/// Runs the binary in a folder; its findings are no matter.
pub(crate) fn anubad(folder: &Path, arguments: &[&str]) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_anubad"));
    let output = command
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap();
    assert!(output.status.success(), "{arguments:?}: {output:?}");
}

/// A run over the example articles and one that is hostile, with its pages.
fn reviewed(pipeline: &str) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let into = dir.path().join("in");
    std::fs::create_dir(&into).unwrap();
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/articles");
    for article in std::fs::read_dir(examples).unwrap() {
        let article = article.unwrap();
        std::fs::copy(article.path(), into.join(article.file_name())).unwrap();
    }
    std::fs::write(into.join("hostile <b>.txt"), HOSTILE).unwrap();
    std::fs::write(dir.path().join("pipeline.toml"), pipeline).unwrap();
    anubad(dir.path(), &["run", "--quiet"]);
    anubad(dir.path(), &["review"]);
    dir
}

/// Marks that begin or end inside a letter as a person sees it, on the whole page.
const CUT_LETTERS: &str = "
(() => {
  const letters = new Intl.Segmenter('bn', { granularity: 'grapheme' });
  const cut = [];
  for (const p of document.querySelectorAll('.row p.source, .row p.target')) {
    const borders = new Set([...letters.segment(p.textContent)].map((s) => s.index));
    borders.add(p.textContent.length);
    let at = 0;
    for (const node of p.childNodes) {
      if (!borders.has(at)) cut.push(p.textContent + ' at ' + at);
      at += node.textContent.length;
    }
  }
  return cut;
})()";

#[test]
fn an_editor_finds_what_is_to_look_at() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let dir = reviewed(PIPELINE);
    browser.open_file(&dir.path().join("out/review/index.html"));
    let articles = browser.eval("document.querySelectorAll('.articles tbody tr').length");
    assert_eq!(articles, 11);
    // What is typed finds articles.
    browser.press("/");
    for letter in ["g", "r", "a", "i", "n"] {
        browser.press(letter);
    }
    let shown =
        browser.eval("document.querySelectorAll('.articles tbody tr:not([hidden])').length");
    assert_eq!(shown, 1);
    let page = browser.eval("document.querySelector('.articles tr:not([hidden]) a').href");
    browser.open(page.as_str().unwrap());

    // From one sentence with a finding to the next, and back.
    let here = "document.activeElement.className + ' ' + document.activeElement.id";
    browser.press("n");
    let first = browser.eval(here);
    assert!(first.as_str().unwrap().contains("row sentence"), "{first}");
    browser.press("n");
    let second = browser.eval(here);
    assert_ne!(first, second);
    browser.press("p");
    assert_eq!(browser.eval(here), first);

    // What belongs together is shown together.
    browser.hover(".row p.source mark.name[data-m]");
    for side in ["source", "target"] {
        let linked = browser.eval(&format!(
            "document.querySelectorAll('p.{side} mark.linked').length"
        ));
        assert!(linked.as_u64().unwrap() > 0, "{side}");
    }

    // Only what has an error, then all again.
    let count =
        "[...document.querySelectorAll('#article .row[id]')].filter((r) => r.offsetParent).length";
    let all = browser.eval(count);
    let errors = browser.eval("document.querySelectorAll('#article .row.error').length");
    assert!(errors.as_u64().unwrap() > 0 && errors != all);
    browser.click("[data-filter=error]");
    assert_eq!(browser.eval(count), errors);
    browser.press("1");
    assert_eq!(browser.eval(count), all);

    // Light and dark.
    let back = "getComputedStyle(document.body).backgroundColor";
    let before = browser.eval(back);
    browser.press("t");
    assert_ne!(browser.eval(back), before);

    // Nothing came from anywhere, and nothing was refused.
    assert_eq!(
        browser.eval("performance.getEntriesByType('resource').length"),
        0
    );
    assert_eq!(browser.complaints, Vec::<String>::new());
}

#[test]
fn no_letter_is_cut_and_nothing_of_an_article_runs() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let dir = reviewed(PIPELINE);
    let pages = std::fs::read_dir(dir.path().join("out/review/pages")).unwrap();
    let mut marks = 0;
    for page in pages {
        browser.open_file(&page.unwrap().path());
        assert_eq!(browser.eval(CUT_LETTERS), serde_json::json!([]));
        marks += browser
            .eval("document.querySelectorAll('mark').length")
            .as_u64()
            .unwrap();
        assert_eq!(browser.eval("typeof hacked"), "undefined");
        assert_eq!(browser.eval("document.images.length"), 0);
    }
    assert!(marks > 100, "{marks}");
    assert_eq!(browser.complaints, Vec::<String>::new());
}

/// The picture of the README: `ANUBAD_BLESS=1` takes it anew.
#[cfg(feature = "starter-models")]
#[test]
fn the_sample_page_can_be_seen() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let dir = reviewed("[input]\npaths = [\"in\"]\n");
    browser.open_file(&dir.path().join("out/review/pages/en-grain.bn.html"));
    let picture = browser.picture();
    assert!(picture.starts_with(b"\x89PNG"));
    if std::env::var_os("ANUBAD_BLESS").is_some() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/review.png");
        std::fs::write(path, picture).unwrap();
    }
}
