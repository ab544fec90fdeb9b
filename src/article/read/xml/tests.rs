//! Files of every dialect, and the samples at hand.

use std::path::{Path, PathBuf};

use super::*;
use crate::article::frame::{Facts, Filled};
use crate::article::{Annotation, BlockKind, Role};
use crate::language::Language;

fn facts() -> Facts {
    Facts {
        languages: Some((Language::BANGLA, Language::ENGLISH)),
        ..Facts::default()
    }
}

fn numbered(document: &Document) -> String {
    let filled = |block: usize| {
        Some(Filled {
            text: format!("<{block}>"),
            placed: Vec::new(),
            same: false,
        })
    };
    document.frame.as_ref().unwrap().render(&filled, &facts())
}

fn told(document: &Document) -> Vec<(BlockKind, &str)> {
    document
        .blocks()
        .map(|b| (b.kind, b.text.source()))
        .collect()
}

const NITF: &str = r#"<?xml version="1.0" encoding="ISO-8859-1"?>
<!DOCTYPE nitf [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<nitf xml:lang="en-US"><head><title>Rain</title><docdata><doc-id id-string="A1"/><key-list><keyword key="rain"/></key-list></docdata></head>
 <body><body.head><hedline><hl1>Rain in
   <location>Dhaka</location></hl1></hedline>
  <dateline><location>DHAKA</location>, <story.date>May 1</story.date></dateline></body.head>
 <body.content>
  <p> <person>Abdul Karim</person> said <q>it rained &amp; &x; rained</q><br/>.  </p><!-- note -->
  <media><media-reference source="a.jpg"/><media-caption>Rain &#x2014; again</media-caption></media>
  <pre>raw  text</pre>
 </body.content></body></nitf>
"#;

#[test]
fn nitf_and_what_it_marks() {
    let document = read("a", NITF.to_owned(), Format::Nitf).unwrap();
    assert_eq!(
        told(&document),
        [
            (BlockKind::Caption, "Rain"),
            (BlockKind::Headline, "Rain in Dhaka"),
            (BlockKind::Dateline, "DHAKA, May 1"),
            (BlockKind::Paragraph, "Abdul Karim said it rained & rained."),
            (BlockKind::Caption, "Rain — again"),
        ]
    );
    let paragraph = document.blocks().nth(3).unwrap();
    let roles: Vec<_> = (paragraph.inline.iter())
        .map(|i| (i.role, i.span.slice(paragraph.text.source())))
        .collect();
    assert_eq!(
        roles,
        [
            (Role::Annotated(Annotation::Person), "Abdul Karim"),
            (Role::Annotated(Annotation::Quote), "it rained & rained"),
            (Role::Point, ""),
            (Role::Point, ""),
        ]
    );
    let frame = document.frame.as_ref().unwrap();
    assert_eq!(frame.render(&|_| None, &Facts::default()), NITF);
    let written = numbered(&document);
    for said in [
        "encoding=\"UTF-8\"",
        "<nitf xml:lang=\"bn\">",
        "id-string=\"A1-bn\"",
        "<p> &lt;3&gt;  </p><!-- note -->",
        "<pre>raw  text</pre>",
        "SYSTEM \"file:///etc/passwd\"",
    ] {
        assert!(written.contains(said), "{said} in {written}");
    }
}

#[test]
fn entries_of_a_feed_are_articles() {
    let feed = r#"<rss version="2.0"><channel><title>News of the day</title><language>en-bd</language>
<item><title>A &amp;quot;quiet&amp;quot; day</title><guid isPermaLink="true">https://a.example/1</guid><description>It rained.</description></item>
<item><title><![CDATA[Two & three]]></title><description><![CDATA[<p>It <b>rained</b>.</p>]]></description><category>x</category></item>
</channel></rss>"#;
    let document = read("a", feed.to_owned(), Format::Rss).unwrap();
    assert_eq!(document.articles.len(), 3);
    assert!(
        document
            .articles
            .iter()
            .all(|a| a.declared == Some(Language::ENGLISH))
    );
    let frame = document.frame.as_ref().unwrap();
    assert_eq!(frame.render(&|_| None, &Facts::default()), feed);
    let written = frame.render(&|_| None, &facts());
    assert!(written.contains("<language>bn</language>"), "{written}");
    assert!(
        written.contains(">https://a.example/1#bn</guid>"),
        "{written}"
    );
}

#[test]
fn atom_says_what_its_texts_are() {
    let feed = r#"<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><id>urn:x</id>
<entry><id>urn:x:1</id><title type="text">Rain</title><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>It <em>rained</em>.</p></div></content></entry></feed>"#;
    let document = read("a", feed.to_owned(), Format::Atom).unwrap();
    assert_eq!(
        told(&document),
        [
            (BlockKind::Headline, "Rain"),
            (BlockKind::Paragraph, "It rained.")
        ]
    );
    let written = numbered(&document);
    assert!(written.contains("<id>urn:x:1:bn</id>"), "{written}");
    assert!(written.contains("xml:lang=\"bn\""), "{written}");
}

#[test]
fn an_item_of_newsml_says_where_it_comes_from() {
    let item = r#"<newsItem guid="urn:a:1" xml:lang="en"><itemMeta><itemClass qcode="ninat:text"/></itemMeta>
<contentMeta><language tag="en"/><headline>Rain</headline></contentMeta>
<contentSet><inlineXML><nitf><body><body.content><p>It rained.</p><p xml:lang="fr">Il pleut <lang>encore</lang>.</p></body.content></body></nitf></inlineXML></contentSet></newsItem>"#;
    let document = read("a", item.to_owned(), Format::NewsMl).unwrap();
    let written = numbered(&document);
    for said in [
        "guid=\"urn:a:1:bn\" xml:lang=\"bn\"",
        "<link rel=\"irel:translatedFrom\" residref=\"urn:a:1\"/></itemMeta>",
        "<language tag=\"bn\"/>",
        "<headline>&lt;0&gt;</headline>",
    ] {
        assert!(written.contains(said), "{said} in {written}");
    }
}

#[test]
fn a_block_in_a_block_leaves_no_tag_behind() {
    let feed = r#"<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><id>urn:x</id>
<entry><id>urn:x:1</id><title>Rain</title><content type="xhtml"><div>It <b>rained <p>for hours</p> and <i>hours</i></b> on <x>and <b>on</b></x> end.</div></content></entry></feed>"#;
    let document = read("a", feed.to_owned(), Format::Atom).unwrap();
    let kept = |block: usize| {
        let own = document.blocks().nth(block)?;
        let placed = own.inline.iter().enumerate();
        Some(Filled {
            text: own.text.source().to_uppercase(),
            placed: placed
                .map(|(index, inline)| crate::article::Placed {
                    index,
                    span: crate::text::Span::trusted(inline.span.start(), inline.span.end()),
                })
                .collect(),
            same: false,
        })
    };
    let written = document.frame.as_ref().unwrap().render(&kept, &facts());
    assert!(
        written.contains("<div>IT <b>RAINED <p>FOR HOURS</p> AND <i>HOURS</i></b> ON <x>AND <b>ON</b></x> END.</div>"),
        "{written}"
    );
}

#[test]
fn units_of_xliff_keep_their_source_and_get_a_target() {
    let second = r#"<xliff version="2.1" srcLang="en" trgLang="de"><file id="f"><unit id="1"><notes><note>Not this</note></notes><segment><source>It <pc id="1">rained</pc><ph id="2"/>.</source></segment>
<segment state="initial"><source>Again.</source><target>Nochmal.</target></segment><segment><source>Once more.</source><target/></segment></unit><unit id="2" translate="no"><segment><source>Code</source></segment></unit></file></xliff>"#;
    let document = read("a", second.to_owned(), Format::Xliff).unwrap();
    let texts: Vec<_> = document.blocks().map(|b| b.text.source()).collect();
    assert_eq!(texts, ["It rained.", "Again.", "Once more."]);
    assert_eq!(document.articles[0].declared, Some(Language::ENGLISH));
    let written = numbered(&document);
    for said in [
        r#"srcLang="en" trgLang="bn""#,
        r#"<segment state="translated"><source>It <pc id="1">rained</pc><ph id="2"/>.</source><target>&lt;0&gt;</target></segment>"#,
        r#"<segment state="translated"><source>Again.</source><target>&lt;1&gt;</target>"#,
        r"<source>Once more.</source><target>&lt;2&gt;</target></segment>",
        r"<source>Code</source></segment>",
    ] {
        assert!(written.contains(said), "{said} in {written}");
    }
    let same = |_: usize| {
        Some(Filled {
            text: String::new(),
            placed: Vec::new(),
            same: true,
        })
    };
    let written = document.frame.as_ref().unwrap().render(&same, &facts());
    assert!(
        written.contains(r#"<target>It <pc id="1">rained</pc><ph id="2"/>.</target>"#),
        "{written}"
    );
    let marked = r#"<xliff version="2.1" srcLang="en"><file id="f"><unit id="1"><segment><source> <pc id="1">It <pc id="2">rained</pc>.</pc><ph id="3"/></source></segment></unit></file></xliff>"#;
    let written = numbered(&read("a", marked.to_owned(), Format::Xliff).unwrap());
    assert!(
        written.contains(r#"<target> <pc id="1">&lt;0&gt;</pc><ph id="3"/></target>"#),
        "{written}"
    );
    let nested = r#"<xliff version="2.1" srcLang="en"><file id="f"><unit id="1"><segment><source>It rained <unit><segment><source>twice</source></segment></unit> today.</source></segment></unit></file></xliff>"#;
    let document = read("a", nested.to_owned(), Format::Xliff).unwrap();
    let written = numbered(&document);
    assert_eq!(told(&document).len(), 1, "{written}");
    assert!(
        written.contains("</source></segment></unit> today.</source><target>&lt;0&gt;</target>"),
        "{written}"
    );
    assert_eq!(token::each(&written, |_| Ok(())), Ok(()));
    let first = r#"<xliff version="1.2"><file source-language="en" datatype="plaintext"><body><trans-unit id="1"><source>It rained.</source><alt-trans><source>No</source><target>No</target></alt-trans></trans-unit></body></file></xliff>"#;
    let document = read("a", first.to_owned(), Format::Xliff).unwrap();
    let written = numbered(&document);
    assert!(
        written.contains("<file target-language=\"bn\" source-language=\"en\""),
        "{written}"
    );
    assert!(
        written.contains("<source>It rained.</source><target>&lt;0&gt;</target><alt-trans>"),
        "{written}"
    );
}

#[test]
fn what_a_file_declares_of_its_encoding_is_believed_where_it_is_not_utf_8() {
    let mut bytes = NITF.replace("Rain &#x2014; again", "Caf@").into_bytes();
    let at = bytes.iter().rposition(|&b| b == b'@').unwrap();
    bytes[at] = 0xE9;
    let text = crate::article::read::decode::xml(bytes.clone()).unwrap();
    assert!(text.contains("Café"));
    let undeclared: Vec<u8> = bytes.into_iter().skip(45).collect();
    assert!(crate::article::read::decode::xml(undeclared).is_err());
}

#[test]
fn hostile_files_are_refused_or_left_alone_in_no_time() {
    let deep = format!(
        "<nitf><body>{}{}</body></nitf>",
        "<block>".repeat(100_000),
        "</block>".repeat(100_000)
    );
    let error = read("a", deep, Format::Nitf).unwrap_err().to_string();
    assert!(error.contains("deep"), "{error}");
    let skipped = format!(
        "<rss><channel>{}{}<item><title>Rain</title></item></channel></rss>",
        "<x>".repeat(100_000),
        "</x>".repeat(100_000)
    );
    assert_eq!(read("a", skipped, Format::Rss).unwrap().articles.len(), 1);
    let bomb = r#"<!DOCTYPE nitf [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;"><!ENTITY c SYSTEM "http://127.0.0.1:1/">]>
<nitf><body><body.content><p>It rained &b;&c; today.</p></body.content></body></nitf>"#;
    let document = read("a", bomb.to_owned(), Format::Nitf).unwrap();
    assert_eq!(
        told(&document),
        [(BlockKind::Paragraph, "It rained today.")]
    );
    let long = format!(
        "<nitf><body><body.content><p>{}</p></body.content></body></nitf>",
        "rain ".repeat(2_000_000)
    );
    assert_eq!(read("a", long, Format::Nitf).unwrap().blocks().count(), 1);
}

fn shared(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../shared/data")
        .join(folder);
    let Ok(files) = std::fs::read_dir(&folder) else {
        println!("skipped: no samples at {}", folder.display());
        return Vec::new();
    };
    files.flatten().map(|entry| entry.path()).collect()
}

#[test]
fn samples_and_feeds_come_back_byte_for_byte() {
    let mut read_ones = 0;
    let files = [shared("schemas/newsml-g2"), shared("articles/feeds")].concat();
    for file in files
        .iter()
        .filter(|file| file.extension().is_some_and(|e| e == "xml"))
    {
        let name = file.display();
        let text = std::fs::read_to_string(file).unwrap();
        let format = if text.contains("<rss") {
            Format::Rss
        } else {
            Format::NewsMl
        };
        let Ok(document) = read("a", text.clone(), format) else {
            continue;
        };
        read_ones += 1;
        let frame = document.frame.as_ref().unwrap();
        assert_eq!(frame.render(&|_| None, &Facts::default()), text, "{name}");
        let written = numbered(&document);
        assert_eq!(token::each(&written, |_| Ok(())), Ok(()), "{name}");
        for block in 0..document.blocks().count() {
            let is_there = ["&lt;", "&amp;lt;", "<"].iter().any(|lt| {
                let gt = lt.replace("lt", "gt").replace('<', ">");
                written.contains(&format!("{lt}{block}{gt}"))
            });
            assert!(is_there, "{name}: block {block}\n{written}");
        }
    }
    assert!(files.is_empty() || read_ones > 15, "{read_ones}");
}
