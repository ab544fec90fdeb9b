//! Pages and parts of pages, as blocks and back.

use proptest::prelude::*;

use super::*;
use crate::article::frame::{Facts, Filled};
use crate::article::read::ReadError;
use crate::article::read::echo::{echoed, facts, in_capitals, kept, told};
use crate::article::{BlockKind, Boilerplate};
use crate::language::Language;

fn part(source: &str) -> Vec<String> {
    let (blocks, frame) = fragment(source, 0);
    let document = document(blocks, frame);
    assert_eq!(echoed(&document), source);
    told(&document.articles[0].blocks)
}

fn page(source: &str) -> Document {
    let document = read("a.html", source.as_bytes().to_vec()).unwrap();
    assert_eq!(echoed(&document), source);
    document
}

fn document(blocks: Vec<Block>, frame: Frame) -> Document {
    let mut document = Document::plain(Article {
        id: "a".to_owned(),
        entry: None,
        declared: None,
        blocks,
    });
    document.frame = Some(frame);
    document
}

#[test]
fn text_that_stands_together_is_a_block() {
    for (source, blocks) in [
        ("Rain goes on", &["paragraph: Rain goes on"][..]),
        (
            "<p>\n  Rain\n  goes <b>on &amp; on</b>.\n</p>\n<p>It&nbsp;stopped.</p>",
            &[
                "paragraph: Rain goes <on & on>.",
                "paragraph: It\u{a0}stopped.",
            ],
        ),
        (
            "<div>One <i>two <b>three</b></i><p>Four</p> five</div>",
            &[
                "paragraph: One <two <three>>",
                "paragraph: Four",
                "paragraph: five",
            ],
        ),
        (
            "<ul><li>One<li>Two <a href=x title='Of A'>A</a> x</ul><dl><dt>T<dd>D</dl>",
            &[
                "paragraph: One",
                "paragraph: Two <A> x",
                "caption: Of A",
                "paragraph: T",
                "paragraph: D",
            ],
        ),
        (
            "<table><caption>Prices</caption><tr><th>Rice<td>50<tr><td>Oil<td>—</table>",
            &[
                "caption: Prices",
                "paragraph: Rice",
                "paragraph: 50",
                "paragraph: Oil",
            ],
        ),
        (
            "<figure><img src='a.jpg' alt='A boat'><figcaption>The <em>boat</em>, Sunday</figcaption></figure>",
            &["caption: A boat", "caption: The <boat>, Sunday"],
        ),
        (
            "<p><a href='x'><b>Every word</b></a></p>",
            &["paragraph: Every word"],
        ),
        (
            "<p><b>All</b> but <i>some</i></p>",
            &["paragraph: <All> but <some>"],
        ),
    ] {
        assert_eq!(part(source), blocks, "{source}");
    }
}

#[test]
fn what_is_no_text_stays_where_it_is() {
    for (source, blocks) in [
        (
            "<p>See <img src=x alt=''> the<!-- x --> map<script>let a = '<p>no</p>'</script> here</p>",
            &["paragraph: See ^the^ map^ here"][..],
        ),
        (
            "<pre>let x = 1;</pre><p>Run <code>a b</code> now</p>",
            &["paragraph: Run {a b} now"],
        ),
        (
            "<p>The <span class='x notranslate'>Daily <b>Star</b></span> said</p>",
            &["paragraph: The {Daily <Star>} said"],
        ),
        (
            "<div translate=no><p>Nothing</p></div><p>Something</p>",
            &["paragraph: Something"],
        ),
        (
            "<p><code>only code</code></p><svg><text>no</text></svg>",
            &[],
        ),
        (
            "<p>One [gallery ids=\"1,2\"] two</p>[caption id=\"a\"]<img src=x> Of a boat[/caption]",
            &["paragraph: One ^two", "paragraph: Of a boat"],
        ),
        (
            "<blockquote class='twitter-tweet'><p>Hello</p></blockquote><p>World</p>",
            &["paragraph: World"],
        ),
        (
            "<p>A <i class='icon'></i>B <iframe src=x>no</iframe></p>",
            &["paragraph: A ^B"],
        ),
        (
            "<p>Press <button>Go</button> here</p><select><option>No</select>",
            &["paragraph: Press ^here"],
        ),
    ] {
        assert_eq!(part(source), blocks, "{source}");
    }
}

#[test]
fn line_breaks_part_paragraphs_where_they_are_meant_to() {
    for (source, blocks) in [
        ("<p>One<br>two</p>", &["paragraph: One^ two"][..]),
        (
            "<p>One<br><br/>two<br>\n<br>three</p>",
            &["paragraph: One", "paragraph: two", "paragraph: three"],
        ),
        (
            "It rained.<br>It stopped.",
            &["paragraph: It rained.", "paragraph: It stopped."],
        ),
        (
            "<b>It rained.<br>It</b> stopped.",
            &["paragraph: It rained.", "paragraph: It^ stopped."],
        ),
    ] {
        assert_eq!(part(source), blocks, "{source}");
    }
}

#[test]
fn what_is_nested_wrongly_is_places() {
    for (source, blocks) in [
        (
            "<p>a <b>b <i>c</b> d</i> e</p>",
            &["paragraph: a <b ^c> d^ e"][..],
        ),
        (
            "<p>a <b>b</p><p>c</b> d</p>",
            &["paragraph: a ^b", "paragraph: c^ d"],
        ),
        ("a</b> b</p> c</x", &["paragraph: a^ b", "paragraph: c"]),
        ("<b><p>x</p></b>y", &["paragraph: x", "paragraph: y"]),
        ("<p class=notranslate>x<p>y", &["paragraph: y"]),
    ] {
        assert_eq!(part(source), blocks, "{source}");
    }
}

#[test]
fn other_languages_are_left_alone() {
    let told_of = |source: &str| told(&page(source).articles[0].blocks);
    assert_eq!(
        told_of(
            "<html lang=en><p>The <em lang=fr>coup d'etat</em> in <span lang='bn'>Dhaka</span></p>\
             <p lang='fr'>Rien ne va plus, dit-il.</p>"
        ),
        ["paragraph: The {coup d'etat} in <Dhaka>"]
    );
    // What the template says is wrong.
    assert_eq!(
        told_of("<html lang=fr><div lang=en><p>The river rose in the night.</p></div>"),
        ["paragraph: The river rose in the night."]
    );
}

const PAGE: &str = r#"<!DOCTYPE html>
<html lang="en-GB" dir="ltr">
<head>
<meta charset="utf-8"><meta name="generator" content="Press 6">
<title>Ferry sinks off Bhola | The Paper</title>
<meta name="description" content="Forty were &quot;aboard&quot;">
<meta property="og:title" content="Ferry sinks off Bhola">
<meta property="og:locale" content="en_GB">
<link rel="canonical" href="https://paper.example/a?b=1&amp;c=2">
</head>
<body class="has-sidebar">
<header><h1><a href="/">The Paper</a></h1><nav><ul><li>Home</li><li>Sport</li></ul></nav></header>
<main>
<h1>Ferry sinks off Bhola</h1>
<p class="byline">By Staff Correspondent</p>
<article>
<p><strong>BHOLA, May 1, 2026 (BSS) -</strong> A ferry with forty people aboard sank in the <a href="/m">Meghna</a> on Friday, police said.</p>
<p>“Nobody was hurt,” said the mayor, who had come to the bank of the river at dawn to see for himself.</p>
<p>“Nobody was hurt,” said the mayor, who had come to the bank of the river at dawn to see for himself.</p>
<aside class="related"><h3>Related</h3><a href="/x">Rain goes on</a></aside>
<p>BSS</p>
</article>
</main>
<footer><p>Copyright 2026 The Paper. All rights reserved.</p></footer>
</body>
</html>
"#;

#[test]
fn a_page_is_told_from_what_surrounds_its_story() {
    let document = page(PAGE);
    let article = &document.articles[0];
    assert_eq!(article.declared, Some(Language::ENGLISH));
    let told: Vec<_> = (told(&article.blocks).into_iter())
        .filter(|line| !line.starts_with("boilerplate"))
        .collect();
    assert_eq!(
        told,
        [
            "caption: Ferry sinks off Bhola | The Paper",
            "caption: Forty were \"aboard\"",
            "caption: Ferry sinks off Bhola",
            "headline: Ferry sinks off Bhola",
            "byline: By Staff Correspondent",
            "dateline: BHOLA, May 1, 2026 (BSS) -",
            "paragraph: A ferry with forty people aboard sank in the <Meghna> on Friday, police said.",
            "paragraph: “Nobody was hurt,” said the mayor, who had come to the bank of the river at dawn to see for himself.",
            "sign-off: BSS",
        ]
    );
    let count = |kind| article.blocks.iter().filter(|b| b.kind == kind).count();
    assert_eq!(count(BlockKind::Boilerplate(Boilerplate::Duplicate)), 1);
    assert_eq!(count(BlockKind::Boilerplate(Boilerplate::Navigation)), 6);
}

#[test]
fn a_page_says_its_language_and_what_it_is_a_translation_of() {
    let written = page(PAGE).written(&|_| None, &facts()).unwrap();
    let expected = PAGE
        .replace("lang=\"en-GB\"", "lang=\"bn\"")
        .replace("content=\"en_GB\"", "content=\"bn_BD\"");
    let (before, rest) = expected.split_once("</head>").unwrap();
    assert!(written.starts_with(before), "{written}");
    assert!(written.ends_with(rest), "{written}");
    let said = &written[before.len()..written.len() - rest.len() - "</head>".len()];
    assert!(
        said.starts_with(
            "<link rel=\"alternate\" hreflang=\"en\" href=\"https://paper.example/a?b=1&amp;c=2\">"
        ),
        "{said}"
    );
    let data = said
        .split_once("ld+json\">")
        .unwrap()
        .1
        .strip_suffix("</script>")
        .unwrap();
    let data: serde_json::Value = serde_json::from_str(data).unwrap();
    assert_eq!(data["inLanguage"], "bn");
    assert_eq!(
        data["translationOfWork"]["@id"],
        "https://paper.example/a?b=1&c=2"
    );
    assert_eq!(data["translationOfWork"]["identifier"], "blake3:00ff");
    assert_eq!(data["translator"]["description"], "local");
}

#[test]
fn data_for_machines_is_translated_and_says_where_it_comes_from() {
    let source = r#"<head><script type="application/ld+json">
{"@graph":[{"@type":"NewsArticle","headline":"A \u201cb\u201d","inLanguage":"en",
"publisher":{"@type":"Organization","name":"The Paper"},"articleBody":"One.\n\nTwo.",
"description":"<p>C &amp; d<\/p>"}]}</script></head><h1>A b</h1><p>It rained.</p>"#;
    let document = page(source);
    assert_eq!(
        told(&document.articles[0].blocks),
        [
            "headline: A b",
            "paragraph: It rained.",
            "caption: A “b”",
            "caption: One.",
            "caption: Two.",
            "caption: C & d",
        ]
    );
    let written = in_capitals(&document, &facts());
    let (_, rest) = written.split_once("ld+json\">").unwrap();
    let (data, _) = rest.split_once("</script>").unwrap();
    let data: serde_json::Value = serde_json::from_str(data).unwrap();
    let article = &data["@graph"][0];
    assert_eq!(article["headline"], "A “B”");
    assert_eq!(article["articleBody"], "ONE.\n\nTWO.");
    assert_eq!(article["description"], "<p>C &amp; D</p>");
    assert_eq!(article["inLanguage"], "bn");
    assert_eq!(article["publisher"]["name"], "The Paper");
    assert_eq!(article["translationOfWork"]["inLanguage"], "en");
    assert_eq!(article["translator"]["description"], "local");
    assert_eq!(written.matches("application/ld+json").count(), 1);
}

#[test]
fn a_translation_is_written_around_the_markup() {
    let source = "<html><head></head><body>\n<p>\n A &lt;b&gt; &amp; <a title='x \"y\"' href=\"a\">link</a>,<br>so </p></body></html>";
    let written = in_capitals(&page(source), &Facts::default());
    assert_eq!(
        written,
        "<html><head></head><body>\n<p>\n A &lt;B&gt; &amp; <a title='X &quot;Y&quot;' href=\"a\">LINK</a>,<br> SO </p></body></html>"
    );
    assert_eq!(
        in_capitals(
            &page("<html><p>See <img src=x> the <i></i> map"),
            &Facts::default()
        ),
        "<html><p>SEE <img src=x> THE <i></i> MAP"
    );
    let declared = "<meta charset='windows-1252'><html><p>It rained.</p>";
    let written = page(declared).written(&|_| None, &facts()).unwrap();
    assert_eq!(
        written,
        "<meta charset='utf-8'><html lang=\"bn\"><p>It rained.</p>"
    );
}

#[test]
fn a_headline_is_found_where_the_page_has_no_other() {
    for (source, headline) in [
        ("<title>A</title><h1>B</h1><p>C d.</p>", "B"),
        (
            "<title>A | Paper</title><h1>Paper</h1><main><h1>A</h1></main><p>C d.</p>",
            "A",
        ),
        (
            "<title>A</title><meta property='og:title' content='B'><p>C d.</p>",
            "B",
        ),
        ("<title>A</title><p>C d.</p>", "A"),
    ] {
        let document = page(source);
        let found = document.articles[0].headline().map(|b| b.text.source());
        assert_eq!(found, Some(headline), "{source}");
    }
}

#[test]
fn the_story_of_a_page_without_an_article_is_where_the_text_is() {
    let story = "<p>The river rose by two metres in the night, carried off the bridge, and left the town in two \
                 halves, the mayor said on the radio, who had slept in the hall.</p>";
    let stories: String = (0..6)
        .map(|n| story.replace("two metres", &format!("{n} metres")))
        .collect();
    let links: String = (0..12)
        .map(|n| format!("<li><a href='/{n}'>Another headline of the day, {n}</a></li>"))
        .collect::<Vec<_>>()
        .concat();
    let source = format!(
        "<html><body><div class='top'><ul>{links}</ul></div><div class='c1'><h1>Rain</h1>{stories}</div>\
         <div class='c2'><ul>{links}</ul></div></body></html>"
    );
    let blocks = told(&page(&source).articles[0].blocks);
    let story: Vec<_> = blocks
        .iter()
        .filter(|b| !b.starts_with("boilerplate"))
        .collect();
    assert_eq!(story.len(), 7, "{blocks:#?}");
    assert_eq!(blocks.len(), 7 + 24);
}

#[test]
fn a_page_without_a_story_is_an_error() {
    let error = |source: &str| read("a", source.as_bytes().to_vec()).unwrap_err();
    assert_eq!(
        error("<html><body><script>x</script></body></html>"),
        ReadError::Blank
    );
    assert_eq!(error("<p>\0</p>"), ReadError::Nul { offset: 3 });
}

#[test]
fn a_hostile_page_takes_no_longer_than_another() {
    let deep = |open: &str, close: &str| {
        format!("{}It rained.{}", open.repeat(10_000), close.repeat(10_000))
    };
    for source in [
        deep("<div>", "</div>"),
        deep("<b>", "</b>"),
        deep("<i><p>", "</i>"),
        deep("<b>", "</i>"),
        deep("<article>", ""),
        deep("<p title='a b' title=\"c\">", "</p>"),
        deep("<table><tr><td>", ""),
        deep("a<b>", "</b>b"),
        deep("<svg>", "</svg>"),
        deep("<a onclick='<p>'", "</a>"),
        deep("&amp;", "&#"),
        deep("[a ", "<br>"),
        deep("<!--", "-->"),
    ] {
        let start = std::time::Instant::now();
        let (blocks, frame) = fragment(&source, 0);
        assert_eq!(echoed(&document(blocks, frame)), source);
        assert!(start.elapsed().as_secs() < 5, "{}", &source[..20]);
    }
}

/// Pieces that pages are made of, whole and broken.
fn soup() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[ a-zক-ঙ.]{1,8}",
        4 => proptest::sample::select(vec![
            "<p>", "</p>", "<b>", "</b>", "<i class='x'>", "</i>", "<br>", "<div>", "</div>",
            "<li>", "<td>", "<h1>", "</h1>", "<img alt=\"A b\" src=x>", "<a href='y' title='T u'>",
            "</a>", "<!-- c -->", "<script>", "</script>", "<code>", "</code>", "<span translate=no>",
            "</span>", "<span lang=fr>", "<pre>", "</pre>", "<svg>", "</svg>", "<title>", "</title>",
            "<article>", "</article>", "<html lang=en>", "<head>", "</head>", "&amp;", "&nbsp;",
            "&amp;amp;", "&lt;", "&#8217;", "&", "<", ">", "\"", "'", "=", "[gallery ids=1]", "\r\n",
            "\t", "</", "<!", "<?", "]]>", "DHAKA, May 1 (BSS) - ", "বাসস", "<button>", "</button>",
        ]).prop_map(str::to_owned),
        1 => any::<char>().prop_map(|c| c.to_string()),
    ];
    proptest::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn what_is_not_filled_stays_byte_for_byte(source in soup()) {
        let (blocks, frame) = fragment(&source, 3);
        prop_assert_eq!(frame.render(&|_| None, &Facts::default()), source.as_str());
        for block in &blocks {
            let text = block.text.source();
            prop_assert_eq!(text.trim(), text);
            prop_assert!(text.chars().any(char::is_alphanumeric));
            for inline in &block.inline {
                prop_assert!(text.get(inline.span.range()).is_some());
            }
        }
        let document = document(blocks, frame);
        prop_assert_eq!(echoed(&document), source);
    }

    /// Written anew, a part of a page has the same text in the same markup.
    #[test]
    fn what_is_written_reads_the_same(source in soup()) {
        let (blocks, frame) = fragment(&source, 0);
        let again = |i: usize| {
            let block: &Block = blocks.get(i)?;
            Some(Filled { text: block.text.source().to_owned(), placed: kept(block), same: false })
        };
        let written = frame.render(&again, &Facts::default());
        let words = |blocks: &[Block]| -> String {
            let texts = blocks.iter().map(|b| b.text.source());
            texts.flat_map(str::split_whitespace).collect()
        };
        let (reread, _) = fragment(&written, 0);
        prop_assert_eq!(words(&reread), words(&blocks), "{}", written);
    }

    #[test]
    fn any_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = read("a", bytes.clone());
        let text = String::from_utf8_lossy(&bytes);
        let (_, frame) = fragment(&text, 0);
        prop_assert_eq!(frame.render(&|_| None, &Facts::default()), text.as_ref());
    }
}

#[test]
fn a_byline_is_told_by_its_class() {
    let source = "<h1>Rain goes on</h1><div class='meta byline'>Rahima Begum</div>\
        <p itemprop=author>A Karim</p><p>It rained in Dhaka for many hours on Sunday.</p>\
        <div class=author>Rahima Begum writes about the weather and rivers of the delta for this paper.</div>";
    assert_eq!(
        part(source),
        [
            "headline: Rain goes on",
            "byline: Rahima Begum",
            "byline: A Karim",
            "paragraph: It rained in Dhaka for many hours on Sunday.",
            "paragraph: Rahima Begum writes about the weather and rivers of the delta for this paper.",
        ]
    );
}
