//! `anubad review`: the pages of a run.

use crate::kit::{Desk, ECHO, ENGLISH};
use crate::state::desk;

/// An article that tries to be a page.
const HOSTILE: &str = "\
<script>alert('headline')</script> & \"quotes\"

DHAKA, January 14, 2026 (BSS) - Ferries </p></article><img src=x onerror=alert(1)> resumed on the river
with 12 vessels after a week of dense fog. Hundreds of lorries were waiting on both banks.
";

fn reviewed(files: &[(&str, &str)]) -> Desk {
    let desk = Desk::with(files);
    desk.write("pipeline.toml", ECHO);
    desk.anubad(&["run"]);
    desk.anubad(&["review"]).ends(0);
    desk
}

#[test]
fn every_article_has_a_page_that_the_list_leads_to() {
    let desk = reviewed(&[
        ("in/a.txt", ENGLISH),
        ("in/ক খ/b.txt", ENGLISH),
        ("in/c.txt", ""),
    ]);
    let list = desk.read("out/review/index.html");
    assert!(list.contains("href=\"pages/a.bn.html\""), "{list}");
    assert!(
        list.contains("href=\"pages/%E0%A6%95%20%E0%A6%96/b.bn.html\""),
        "{list}"
    );
    // What failed comes first and says why.
    let failed = list.find("c.txt").unwrap();
    assert!(failed < list.find("a.bn.html").unwrap() && list.contains("class=\"cause\""));
    let page = desk.read("out/review/pages/ক খ/b.bn.html");
    assert!(page.contains("href=\"../../index.html\""));
    assert!(page.contains("lorries were waiting"));
    // Names and values are linked across the two sides.
    assert!(
        page.contains("class=\"number\"") && page.contains("class=\"date\""),
        "{page}"
    );
    // Nothing comes from anywhere.
    for text in [&list, &page] {
        assert!(!text.contains("http:") && !text.contains("https:") && !text.contains("url("));
        assert!(text.contains("default-src &#39;none&#39;"));
    }
}

#[test]
fn an_article_with_markup_shows_it_as_text() {
    let desk = reviewed(&[("in/a<b>.txt", HOSTILE)]);
    let (list, page) = (
        desk.read("out/review/index.html"),
        desk.read("out/review/pages/a_b_.bn.html"),
    );
    for text in [&list, &page] {
        assert!(!text.contains("<script>alert"), "{text}");
        assert!(!text.contains("<img"), "{text}");
        assert_eq!(text.matches("<script>").count(), 1);
        assert!(text.contains("&lt;script&gt;alert("), "{text}");
    }
    assert!(page.contains("&lt;img src=x"), "{page}");
}

#[test]
fn what_changed_since_the_version_before_is_shown() {
    let desk = reviewed(&[("in/a.txt", ENGLISH)]);
    let before = desk.json("out/a.bn.json");
    let page = "out/review/pages/a.bn.html";
    assert!(!desk.read(page).contains("version before"));
    desk.write("in/a.txt", ENGLISH.replace("12 vessels", "14 vessels"));
    desk.anubad(&["run"]).ends(0);
    assert_eq!(desk.json("out/.previous/a.bn.json"), before);
    desk.anubad(&["review"]).ends(0);
    let shown = desk.read(page);
    assert!(shown.contains("<del>12 </del><ins>14 </ins>"), "{shown}");
    // A run that changes nothing leaves the version before as it is.
    desk.anubad(&["run", "--force"]).ends(0);
    assert_eq!(desk.json("out/.previous/a.bn.json"), before);
}

#[test]
fn a_run_is_reviewed_wherever_it_lies() {
    let desk = reviewed(&[("in/sub/a.txt", ENGLISH)]);
    std::fs::rename(desk.path("out"), desk.path("moved")).unwrap();
    desk.anubad(&["review", "moved", "-o", "desk"]).ends(0);
    assert!(
        desk.read("desk/pages/sub/a.bn.html")
            .contains("lorries were waiting")
    );
}

#[test]
fn what_is_wrong_is_told() {
    let desk = Desk::with(&[("in/a.txt", ENGLISH), ("pipeline.toml", ECHO)]);
    desk.anubad(&["review"])
        .ends(1)
        .says(&["out has no report.json"]);
    desk.anubad(&["run"]);
    // A file that is nobody's page is not replaced.
    desk.write("out/review/index.html", "<p>mine</p>");
    desk.anubad(&["review"])
        .ends(1)
        .says(&["index.html was not made by anubad"]);
    assert_eq!(desk.read("out/review/index.html"), "<p>mine</p>");
    // Details that cannot be read cost their article its page.
    desk.write("out/a.bn.json", "{}");
    desk.anubad(&["review", "-o", "desk"])
        .ends(1)
        .says(&["a.bn.json: missing field"]);
    assert!(desk.read("desk/index.html").contains("missing field"));
}

#[test]
fn corrections_come_back_by_xliff_and_are_used() {
    let desk = desk(&[("in/a.txt", ENGLISH)]);
    desk.anubad(&["run"]).ends(0);
    desk.anubad(&["review", "--xliff", "desk"]).ends(0);
    let file = "desk/a.bn.xlf";
    // Nobody has looked at it: nothing is approved.
    desk.anubad(&["memory", "import", file])
        .ends(1)
        .says(&["0 sentences of desk/a.bn.xlf taken as approved for en-bn, 4 left out"]);
    let text = desk.read(file);
    let target = "<target xml:space=\"preserve\">";
    let source = text.find("Hundreds of lorries").unwrap();
    let from = source + text[source..].find(target).unwrap() + target.len();
    let to = from + text[from..].find("</target>").unwrap();
    let corrected = format!(
        "{}দুই পাড়ে শত শত ট্রাক অপেক্ষায় ছিল।{}",
        &text[..from],
        &text[to..]
    );
    assert_ne!(corrected, text);
    desk.write(file, &corrected);
    desk.anubad(&["review", "--xliff", "desk"])
        .ends(1)
        .says(&["a.bn.xlf has corrections"]);
    assert_eq!(desk.read(file), corrected);
    desk.anubad(&["memory", "import", file, "--by", "Rahima"])
        .ends(0)
        .says(&["1 sentence of desk/a.bn.xlf taken as approved for en-bn, 3 left out"]);
    desk.anubad(&["run", "--force"]).ends(0);
    assert!(desk.read("out/a.bn.txt").contains("অপেক্ষায় ছিল"));
    // Who looks again sees that a person wrote it.
    std::fs::remove_file(desk.path(file)).unwrap();
    desk.anubad(&["review", "--xliff", "desk"]).ends(0);
    assert_eq!(desk.read(file).matches("state=\"final\"").count(), 1);
    let page = desk.read("out/review/pages/a.bn.html");
    assert!(
        page.contains("<span class=\"by\">approved</span>"),
        "{page}"
    );
}
