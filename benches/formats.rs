//! How fast files are taken apart and put together again, a format each.
//!
//! `read` is what a format costs before anything is translated; `written` puts a file whose
//! blocks all changed together again; `echo` is the whole pipeline with a provider that
//! gives back what it was sent. Bytes are those of the file: a megabyte, for `echo` 32 KiB.

use std::sync::Arc;

use anubad::article::frame::Facts;
use anubad::article::read::{self, Reading};
use anubad::article::{Document, Format, Translated};
use anubad::detect::Detector;
use anubad::glossary::{Glossary, Layer};
use anubad::language::Pair;
use anubad::provider::echo::Echo;
use anubad::style::Style;
use anubad::translate::{BoilerplatePolicy, Direction, Routes, Stages, Translator};
use divan::counter::BytesCount;

fn main() {
    divan::main();
}

const HTML: &str = "<p>The <a href=\"/m\" title=\"Of the delta\">ministry</a> said on Monday that \
    &ldquo;work is <b>going on</b>&rdquo; in Dhaka &amp; Chattogram, where %N people live.</p>\n\
    <figure><img src=\"a.jpg\" alt=\"A boat\"><figcaption>On Sunday</figcaption></figure>\n";
const BANGLA: &str =
    "<p>রাজধানী <a href=\"/d\">ঢাকায়</a> গতকাল সোমবার এক সভায় তিনি বলেন, ‘আমরা <b>কাজ</b> করছি %N।’</p>\n";
const MARKDOWN: &str = "The [ministry](/m \"Of the delta\") said on Monday that\n“work is **going \
    on**” in Dhaka & Chattogram, where `1,240` people live (%N).\n\n- One *of* them\n- Two\n\n";
const PLAIN: &str = "The ministry said on Monday that “work is going on” in Dhaka and Chattogram, \
    where %N people live.\n\n";
const ITEM: &str = "{\"title\": \"Rain goes on for %N days\", \"id\": %N, \"body\": \"The ministry said on \
    Monday that \\u201cwork is going on\\u201d.\\nIt is raining.\"}";
const NINJS: &str = "{\"uri\":\"urn:x:%N\",\"language\":\"en\",\"headlines\":[{\"value\":\"Rain goes on for %N \
    days\"}],\"bodies\":[{\"contenttype\":\"text/html\",\"value\":\"<p>The <b>ministry<\\/b> said on Monday \
    that work is going on.<\\/p>\"}]}";
const POST: &str = "{\"id\":%N,\"slug\":\"rain\",\"guid\":{\"rendered\":\"https:\\/\\/a.example\\/?p=%N\"},\"title\":\
    {\"rendered\":\"Rain goes on for %N days\"},\"content\":{\"rendered\":\"<p>The <b>ministry<\\/b> said \
    on Monday that work is going on.<\\/p>\"}}";
const NITF: &str = "<p>The <org>ministry</org> said on <chron norm=\"20260504\">Monday</chron> that \
    <q>work is going on</q> in <location>Dhaka</location> &amp; Chattogram, where <num>%N</num> \
    people live.</p>\n";
const RSS: &str = "<item><title>Rain goes on for %N days</title><guid>urn:%N</guid><description>\
    <![CDATA[<p>The <b>ministry</b> said on Monday that work is going on.</p>]]></description></item>\n";
const ATOM: &str = "<entry><id>urn:%N</id><title>Rain goes on for %N days</title><content type=\"html\">\
    &lt;p&gt;The ministry said on Monday that work is going on.&lt;/p&gt;</content></entry>\n";
const UNIT: &str = "<unit id=\"u%N\"><segment><source>The <pc id=\"1\">ministry</pc> said on Monday that \
    work is going on for %N days.</source></segment></unit>\n";

/// How files of a format begin, what they repeat, what stands between, how they end.
const FILES: [(&str, Format, [&str; 4]); 13] = [
    ("plain", Format::Plain, ["Rain goes on\n\n", PLAIN, "", ""]),
    (
        "html",
        Format::Html,
        ["<h1>Rain goes on</h1>\n", HTML, "", ""],
    ),
    (
        "html-bangla",
        Format::Html,
        ["<h1>বৃষ্টি চলছে</h1>\n", BANGLA, "", ""],
    ),
    (
        "markdown",
        Format::Markdown,
        ["# Rain goes on\n\n", MARKDOWN, "", ""],
    ),
    ("json", Format::Json, ["[", ITEM, ",\n", "]"]),
    ("json-lines", Format::JsonLines, ["", ITEM, "\n", ""]),
    ("ninjs", Format::Ninjs, ["[", NINJS, ",\n", "]"]),
    ("wordpress", Format::WordPress, ["[", POST, ",\n", "]"]),
    (
        "nitf",
        Format::Nitf,
        [
            "<nitf xml:lang=\"en\"><body><body.head><hedline><hl1>Rain goes on</hl1></hedline></body.head>\
         <body.content>",
            NITF,
            "",
            "</body.content></body></nitf>",
        ],
    ),
    (
        "newsml-g2",
        Format::NewsMl,
        [
            "<newsItem guid=\"urn:a:1\" xml:lang=\"en\"><itemMeta/><contentMeta><headline>Rain goes on\
         </headline></contentMeta><contentSet><inlineXML><nitf><body><body.content>",
            NITF,
            "",
            "</body.content></body></nitf></inlineXML></contentSet></newsItem>",
        ],
    ),
    (
        "rss",
        Format::Rss,
        [
            "<rss version=\"2.0\"><channel><title>News</title>",
            RSS,
            "",
            "</channel></rss>",
        ],
    ),
    (
        "atom",
        Format::Atom,
        [
            "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\"><id>urn:x</id>",
            ATOM,
            "",
            "</feed>",
        ],
    ),
    (
        "xliff",
        Format::Xliff,
        [
            "<xliff version=\"2.1\" srcLang=\"en\" trgLang=\"bn\"><file id=\"f\">",
            UNIT,
            "",
            "</file></xliff>",
        ],
    ),
];

fn names() -> impl Iterator<Item = &'static str> {
    FILES.iter().map(|(name, ..)| *name)
}

/// A file of `bytes` bytes in which no paragraph stands twice.
fn sample(of: &str, bytes: usize) -> (Format, String) {
    let (_, format, [before, each, between, after]) = FILES
        .into_iter()
        .find(|(name, ..)| *name == of)
        .expect("one of them");
    let mut file = before.to_owned();
    for n in 0.. {
        if file.len() >= bytes {
            break;
        }
        if n > 0 {
            file.push_str(between);
        }
        file.push_str(&each.replace("%N", &n.to_string()));
    }
    file.push_str(after);
    (format, file)
}

fn document(format: Format, text: &str) -> Document {
    let reading = Reading {
        format: Some(format),
        ..Reading::default()
    };
    read::document("file", text.as_bytes().to_vec(), &reading).expect("an article")
}

#[divan::bench(args = names())]
fn read(bencher: divan::Bencher, of: &str) {
    let (format, text) = sample(of, 1 << 20);
    bencher
        .counter(BytesCount::of_str(&text))
        .bench_local(|| divan::black_box(document(format, &text)));
}

/// Plain text has no frame: its blocks are all there is.
#[divan::bench(args = names().skip(1))]
fn written(bencher: divan::Bencher, of: &str) {
    let (format, text) = sample(of, 1 << 20);
    let document = document(format, &text);
    let texts: Vec<String> = document
        .blocks()
        .map(|b| b.text.source().to_uppercase())
        .collect();
    let new = |i: usize| {
        let text = texts.get(i)?;
        Some(Translated { text, placed: &[] })
    };
    bencher
        .counter(BytesCount::of_str(&text))
        .bench_local(|| divan::black_box(document.written(&new, &Facts::default())));
}

#[divan::bench(args = names(), sample_count = 10, sample_size = 1)]
fn echo(bencher: divan::Bencher, of: &str) {
    let (format, text) = sample(of, 1 << 15);
    let translator = Translator {
        pairs: vec![Pair::EN_BN, Pair::BN_EN],
        glossary: Glossary::load(&[Layer::embedded()], jiff::civil::date(2026, 1, 1))
            .expect("the base layer compiles"),
        detector: Detector::new(),
        chain: vec![Arc::new(Echo::new("echo"))],
        style: Style::default(),
        boilerplate: BoilerplatePolicy::Keep,
        stages: Stages::default(),
        routes: Routes::default(),
        judge: None,
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .expect("a runtime");
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| {
        let document = document(format, &text);
        let done = runtime.block_on(translator.document(&document, Direction::default()));
        let done = done.expect("a translation");
        divan::black_box(done.file(&document, &done.facts()))
    });
}
