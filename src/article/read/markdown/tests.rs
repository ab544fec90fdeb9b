//! Files as blocks and back.

use proptest::prelude::*;

use super::*;
use crate::article::frame::Facts;
use crate::article::read::echo::{echoed, facts, in_capitals, told};
use crate::language::Language;

fn file(source: &str) -> Document {
    let document = read("a.md", source.as_bytes().to_vec()).unwrap();
    assert_eq!(echoed(&document), source);
    document
}

fn blocks(source: &str) -> Vec<String> {
    told(&file(source).articles[0].blocks)
}

#[test]
fn text_that_stands_together_is_a_block() {
    for (source, blocks_of) in [
        (
            "# Rain *goes* on\n\nIt rained in the\nhills **and\nplains**.\n",
            &[
                "headline: Rain <goes> on",
                "paragraph: It rained in the hills <and plains>.",
            ][..],
        ),
        (
            "- One\n- Two\n  goes on\n\n1. Three\n\n   Four\n",
            &[
                "paragraph: One",
                "paragraph: Two goes on",
                "paragraph: Three",
                "paragraph: Four",
            ],
        ),
        (
            "> He said\n> so.\n\nTerm\n: Its meaning\n",
            &[
                "paragraph: He said so.",
                "paragraph: Term",
                "paragraph: Its meaning",
            ],
        ),
        (
            "| Rice | *Oil* |\n|---|---|\n| 50 a\\|b | — |\n",
            &["paragraph: Rice", "paragraph: Oil", "paragraph: 50 a|b"],
        ),
        (
            "See [the map](m.png \"Of Bhola\") and ![a boat](b.jpg) here[^1].\n\n[^1]: A note.\n",
            &[
                "paragraph: See <the map> and ^here^.",
                "caption: Of Bhola",
                "caption: a boat",
                "paragraph: A note.",
            ],
        ),
        (
            "A&amp;B &lt; 1\\*2\\_3 &copy;\n",
            &["paragraph: A&B < 1*2_3 ©"],
        ),
        ("One  \ntwo\\\nthree\n", &["paragraph: One^ two^ three"]),
    ] {
        assert_eq!(blocks(source), blocks_of, "{source}");
    }
}

#[test]
fn what_is_no_text_stays_where_it_is() {
    for (source, blocks_of) in [
        (
            "Run `a_b` now\n\n```\nlet x;\n```\n\n    indented\n",
            &["paragraph: Run ^now"][..],
        ),
        (
            "{{< figure src=\"x\" caption=\"y z\" >}}\n\nA {{<b \"x\">}} c\n",
            &["paragraph: A ^c"],
        ),
        (
            "<https://a.example> is down, see [x] and [y][].\n\n[x]: http://x\n[y]: http://y\n",
            &["paragraph: is down, see {x} and {y}."],
        ),
        (
            "<div class=\"box\">\n<p>In <b>HTML</b></p>\n</div>\n\nA <span translate=\"no\">b *c*</span><br> d\n",
            &["paragraph: In <HTML>", "paragraph: A {b <c>}^ d"],
        ),
        (
            "Some text.\n\n---\n\n***\n\n- [x] Done\n",
            &["paragraph: Some text.", "paragraph: Done"],
        ),
    ] {
        assert_eq!(blocks(source), blocks_of, "{source}");
    }
}

const ARTICLE: &str = "---\n# of the desk\ntitle: 'The mayor''s plan: \"none\"' # draft\nlayout: post\n\
description: >\n  What is known\n  so far\ntags: [a, b]\nlang: en\nauthor:\n  name: A. Karim\n---\n\n\
DHAKA, May 1, 2026 (BSS) - It rained.\n";

#[test]
fn front_matter_says_what_it_said_in_the_other_language() {
    let document = file(ARTICLE);
    assert_eq!(document.articles[0].declared, Some(Language::ENGLISH));
    assert_eq!(
        told(&document.articles[0].blocks),
        [
            "headline: The mayor's plan: \"none\"",
            "caption: What is known so far",
            "dateline: DHAKA, May 1, 2026 (BSS) -",
            "paragraph: It rained.",
        ]
    );
    assert_eq!(
        in_capitals(&document, &facts()),
        "---\n# of the desk\ntitle: \"THE MAYOR'S PLAN: \\\"NONE\\\"\" # draft\nlayout: post\n\
         description: \"WHAT IS KNOWN SO FAR\"\ntags: [a, b]\nlang: bn\nauthor:\n  name: A. Karim\n\
         translated_from: en\n---\n\nDHAKA, MAY 1, 2026 (BSS) - IT RAINED.\n"
    );
    let toml = "+++\ntitle = \"Rain\"\n[extra]\ntitle = \"no\"\n+++\nIt rained.\n";
    assert_eq!(
        in_capitals(&file(toml), &facts()),
        "+++\ntitle = \"RAIN\"\nlang = \"bn\"\ntranslated_from = \"en\"\n[extra]\ntitle = \"no\"\n+++\nIT RAINED.\n"
    );
}

#[test]
fn a_translation_is_written_around_the_markup() {
    let source = "Read *the [map](m_1.png 'of \"x\"')* and\n`b`: a\\_b\n";
    assert_eq!(
        in_capitals(&file(source), &Facts::default()),
        "Read *the [map](m_1.png \"OF \\\"X\\\"\")* and\n`b`: a\\_b\n"
            .replace("Read", "READ")
            .replace("the", "THE")
            .replace("[map]", "[MAP]")
            .replace("and\n", "AND ")
            .replace("a\\_b", "A_B")
    );
}

fn soup() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[ a-zক-ঙ.]{1,8}",
        4 => proptest::sample::select(vec![
            "\n", "\n\n", "\r\n", "*", "**", "_", "`", "```\n", "# ", "- ", "> ", "1. ", "[", "](x)",
            "](x \"T u\")", "![", "[^1]", "[^1]: ", "|", "|---|\n", "<b>", "</b>", "<div>\n", "<br>",
            "\\", "&amp;", "&", "{{< x >}}", "{{", "}}", "---\n", "+++\n", "title: A b\n", "  ", "~~",
            "[x]", "[x]: y\n", "    ", "<!-- c -->", "lang: en\n", ": ", "[gallery ids=1]",
        ]).prop_map(str::to_owned),
        1 => any::<char>().prop_map(|c| c.to_string()),
    ];
    proptest::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn what_is_not_filled_stays_byte_for_byte(source in soup()) {
        let Ok(document) = read("a", source.into_bytes()) else { return Ok(()) };
        let frame = document.frame.as_ref().unwrap();
        // A byte order mark is put aside.
        let source = frame.source();
        prop_assert_eq!(frame.render(&|_| None, &Facts::default()), source);
        prop_assert_eq!(echoed(&document), source);
        for block in document.blocks() {
            for inline in &block.inline {
                prop_assert!(block.text.source().get(inline.span.range()).is_some());
            }
        }
    }

    #[test]
    fn any_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = read("a", bytes);
    }
}
