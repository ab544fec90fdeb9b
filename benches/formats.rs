//! How fast files are taken apart and put together again, a format each.
//!
//! `read` is what a format costs before anything is translated; `written` puts a page of
//! blocks that all changed together again. Bytes are those of the file.

use anubad::article::frame::Facts;
use anubad::article::read::{self, Reading};
use anubad::article::{Document, Format, Translated};
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

/// A file of a megabyte in which no paragraph stands twice.
fn file(of: &str, before: &str) -> String {
    let mut file = before.to_owned();
    for n in 0.. {
        if file.len() >= 1 << 20 {
            break;
        }
        file.push_str(&of.replace("%N", &n.to_string()));
    }
    file
}

fn document(format: Format, text: &str) -> Document {
    let reading = Reading {
        format: Some(format),
        ..Reading::default()
    };
    read::document("file", text.as_bytes().to_vec(), &reading).expect("an article")
}

#[divan::bench(args = ["html", "html-bangla", "markdown"])]
fn read(bencher: divan::Bencher, of: &str) {
    let (format, text) = sample(of);
    bencher
        .counter(BytesCount::of_str(&text))
        .bench_local(|| divan::black_box(document(format, &text)));
}

#[divan::bench(args = ["html", "html-bangla", "markdown"])]
fn written(bencher: divan::Bencher, of: &str) {
    let (format, text) = sample(of);
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

fn sample(of: &str) -> (Format, String) {
    match of {
        "markdown" => (Format::Markdown, file(MARKDOWN, "# Rain goes on\n\n")),
        "html" => (Format::Html, file(HTML, "<h1>Rain goes on</h1>\n")),
        _ => (Format::Html, file(BANGLA, "<h1>বৃষ্টি চলছে</h1>\n")),
    }
}
