//! `anubad memory`.

use super::kit::{Desk, ENGLISH};
use super::state::{asked, desk};

const TMX: &str = "<?xml version=\"1.0\"?>\n<tmx version=\"1.4\"><header srclang=\"en\"/><body>\n\
    <tu changeid=\"Rahima\"><tuv xml:lang=\"en-GB\"><seg>Hundreds of <hi>lorries</hi> were waiting on both \
    banks.</seg></tuv><tuv xml:lang=\"bn\"><seg>দুই পাড়ে শত শত ট্রাক অপেক্ষায় ছিল।</seg></tuv></tu>\n\
    <tu><tuv xml:lang=\"en\"><seg>“We can see the other side again,”  said a boatman at the crossing.</seg></tuv>\
    <tuv xml:lang=\"bn\"><seg>ঘাটের এক মাঝি বলেন, “আবার ওপার দেখা যাচ্ছে।”</seg></tuv></tu>\n\
    <tu><tuv xml:lang=\"en\"><seg>12</seg></tuv><tuv xml:lang=\"bn\"><seg>১২</seg></tuv></tu>\n\
    <tu><tuv xml:lang=\"fr\"><seg>Bonjour.</seg></tuv></tu>\n\
    <tu><prop type=\"x-kind\">draft</prop><tuv xml:lang=\"en\"><seg>It rained.</seg></tuv>\
    <tuv xml:lang=\"bn\"><seg>খসড়া।</seg></tuv></tu>\n</body></tmx>\n";

#[test]
fn what_a_desk_has_approved_wins_and_is_not_paid_for() {
    let desk = desk(&[("in/a.txt", ENGLISH), ("tm.tmx", TMX)]);
    desk.anubad(&["run"]).ends(0);
    assert_eq!(asked(&desk).len(), 4);
    desk.anubad(&[
        "memory", "import", "tm.tmx", "--pair", "en-bn", "--by", "desk",
    ])
    .ends(0)
    .says(&["2 sentences of tm.tmx taken as approved for en-bn, 3 left out"]);
    desk.anubad(&["run", "--force"]).ends(0);
    let text = desk.read("out/a.bn.txt");
    assert!(text.contains("দুই পাড়ে শত শত ট্রাক অপেক্ষায় ছিল।"), "{text}");
    // The house's quotation marks, whichever the memory has.
    assert!(
        text.contains("ঘাটের এক মাঝি বলেন, ‘আবার ওপার দেখা যাচ্ছে।’"),
        "{text}"
    );
    assert_eq!(asked(&desk).len(), 4, "nothing more");
    let details = desk.read("out/a.bn.json");
    assert!(details.contains("\"provider\": \"approved\""), "{details}");
    // A new desk has it from the file of the old one.
    let told = desk.anubad(&["memory", "stats"]).ends(0);
    for line in [
        "4  draft     en-bn      scripted",
        "1  approved  en-bn      Rahima",
        "6 in sum",
    ] {
        assert!(told.out.contains(line), "{told:?}");
    }
    desk.anubad(&["memory", "export", "--approved", "-o", "out.tmx"])
        .ends(0)
        .says(&["2 sentences in out.tmx"]);
    let tmx = desk.read("out.tmx");
    let other = super::state::desk(&[("in/a.txt", ENGLISH), ("tm.tmx", &tmx)]);
    other
        .anubad(&["memory", "import", "tm.tmx", "--pair", "en-bn"])
        .ends(0);
    other.anubad(&["run"]).ends(0);
    assert_eq!(asked(&other).len(), 2);
    assert!(other.read("out/a.bn.txt").contains("অপেক্ষায় ছিল"));
    let stats = other.anubad(&["memory", "stats", "--json"]).ends(0).out;
    assert!(stats.contains("\"provider\": \"Rahima\""), "{stats}");
}

/// A draft has names held, written by their sound: an editor has them otherwise.
#[cfg(feature = "starter-models")]
#[test]
fn an_approved_sentence_answers_however_it_spells_a_name_and_the_others_follow_it() {
    let text = "Bridge closed for a week\n\nCaptain Levent Aksoylu closed the old bridge on the north side of \
                the town.\n\nAksoylu said that nobody was hurt.\n";
    let tmx = "<?xml version=\"1.0\"?>\n<tmx version=\"1.4\"><header srclang=\"en\"/><body><tu><tuv \
        xml:lang=\"en\"><seg>Captain Levent Aksoylu closed the old bridge on the north side of the town.</seg></tuv>\
        <tuv xml:lang=\"bn\"><seg>ক্যাপ্টেন লেভেন্ত আকসোইলু পুরোনো সেতুটি বন্ধ করেন।</seg></tuv></tu></body></tmx>\n";
    let desk = Desk::with(&[("in/a.txt", text), ("tm.tmx", tmx)]);
    desk.write(
        "pipeline.toml",
        "[pipeline]\npairs = [\"en-bn\"]\nproviders = [\"local\"]\n[input]\npaths = [\"in\"]\n\
         [providers.local]\nkind = \"local\"\n",
    );
    desk.anubad(&["run"]).ends(0);
    let first = desk.read("out/a.bn.txt");
    assert_eq!(first.matches("আকস\u{9df}লু").count(), 2, "{first}");
    desk.anubad(&["memory", "import", "tm.tmx", "--pair", "en-bn"])
        .ends(0);
    desk.anubad(&["run", "--force"]).ends(0);
    let text = desk.read("out/a.bn.txt");
    assert!(
        text.contains("ক্যাপ্টেন লেভেন্ত আকসোইলু পুরোনো সেতুটি বন্ধ করেন।"),
        "{text}"
    );
    assert_eq!(text.matches("আকসোইলু").count(), 2, "{text}");
    let details = desk.read("out/a.bn.json");
    assert!(
        details.contains("`Aksoylu` is written `আকসোইলু`, as elsewhere in the article"),
        "{details}"
    );
}

#[test]
fn what_machines_wrote_goes_out_as_such_and_never_comes_in_as_approved() {
    let desk = desk(&[("in/a.txt", ENGLISH)]);
    desk.anubad(&["run"]).ends(0);
    let tmx = desk
        .anubad(&["memory", "export", "--pair", "en-bn"])
        .ends(0)
        .out;
    assert!(tmx.contains("srclang=\"en\""), "{tmx}");
    assert!(
        tmx.contains(
            "<seg>“We can see the other side again,” said a boatman at the crossing.</seg>"
        ),
        "{tmx}"
    );
    desk.write("own.tmx", &tmx);
    desk.anubad(&["memory", "import", "own.tmx", "--pair", "en-bn"])
        .ends(1)
        .says(&["0 sentences of own.tmx", "4 left out"]);
}

#[test]
fn what_is_pruned_is_asked_for_again_and_what_is_approved_stays() {
    let desk = desk(&[("in/a.txt", ENGLISH), ("tm.tmx", TMX)]);
    desk.anubad(&["memory", "prune", "--all"])
        .ends(78)
        .says(&["there is no state file yet"]);
    desk.anubad(&["memory", "import", "tm.tmx", "--pair", "en-bn"])
        .ends(0);
    desk.anubad(&["run"]).ends(0);
    assert_eq!(asked(&desk).len(), 2);
    desk.anubad(&["memory", "prune"])
        .ends(64)
        .says(&["say what to remove"]);
    desk.anubad(&["memory", "prune", "--before", "2000-01-01"])
        .ends(0)
        .says(&["0 sentences removed"]);
    desk.anubad(&["memory", "prune", "--provider", "scripted"])
        .ends(0)
        .says(&["2 sentences removed"]);
    desk.anubad(&["run"]).ends(0).prints(&["1 unchanged"]);
    desk.anubad(&["run", "--force"]).ends(0);
    assert_eq!(asked(&desk).len(), 4);
    desk.anubad(&["memory", "prune", "--all", "--approved"])
        .ends(0)
        .says(&["2 sentences removed"]);
}

#[test]
fn a_file_that_is_no_tmx_is_told_with_its_line() {
    let desk = desk(&[("a.tmx", "<tmx>\n<body>\n<tu>&secret;</tu></body></tmx>")]);
    let import = |file: &str| desk.anubad(&["memory", "import", file, "--pair", "en-bn"]);
    import("a.tmx")
        .ends(1)
        .says(&["a.tmx: line 3: the entity &secret; is not read"]);
    import("none.tmx")
        .ends(1)
        .says(&["cannot read none.tmx", "correct the path"]);
    assert!(!desk.path(".anubad").exists());
    desk.anubad(&["memory", "import", "a.tmx", "--pair", "en-en"])
        .ends(64);
}

#[test]
fn similar_sentences_are_shown_and_never_used() {
    let desk = desk(&[("in/a.txt", ENGLISH), ("tm.tmx", TMX)]);
    desk.anubad(&["run"]).ends(0);
    let near = "Hundreds of lorries were waiting on the western bank.";
    let similar = ["memory", "similar", near, "--pair", "en-bn", "--least"];
    desk.anubad(&[&similar[..], &["0.6"]].concat())
        .ends(0)
        .prints(&[" 71 %  draft by scripted\n  Hundreds of lorries were waiting on both banks."]);
    desk.anubad(&["memory", "import", "tm.tmx", "--pair", "en-bn"])
        .ends(0);
    let told = desk.anubad(&[&similar[..], &["0.6", "--json"]].concat());
    let found: serde_json::Value = serde_json::from_str(&told.ends(0).out).unwrap();
    assert_eq!(found.as_array().unwrap().len(), 1, "{found}");
    assert_eq!(found[0]["approved"], true);
    assert_eq!(found[0]["by"], "Rahima");
    desk.anubad(&similar[..5])
        .ends(1)
        .says(&["nothing in the memory is like it"]);
    desk.anubad(&[&similar[..], &["2"]].concat()).ends(64);
    // What is alike is asked for all the same.
    let before = asked(&desk).len();
    desk.write("in/b.txt", format!("{near}\n"));
    desk.anubad(&["run"]).ends(0);
    assert_eq!(asked(&desk).len(), before + 1);
}
