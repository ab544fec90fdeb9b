//! What holds of a file of any format, whatever its bytes are.

use std::sync::{Arc, OnceLock};

use anubad::article::frame::Facts;
use anubad::article::read::{self, Reading};
use anubad::article::{Document, Format, Placed, Translated};
use anubad::detect::Detector;
use anubad::glossary::{Glossary, Layer};
use anubad::language::Pair;
use anubad::provider::echo::Echo;
use anubad::style::Style;
use anubad::text::Span;
use anubad::translate::{BoilerplatePolicy, Direction, Routes, Stages, Translator};

/// Reads a file, and writes it untranslated, as it is, and with every text changed.
///
/// # Panics
/// When what is not translated does not come back, or what is written is no file of the
/// format any more.
pub fn read(format: Format, bytes: &[u8]) {
    let Some(document) = document(Some(format), bytes) else {
        return;
    };
    let Some(frame) = &document.frame else { return };
    let untouched = document.written(&|_| None, &Facts::default());
    assert_eq!(untouched.as_deref(), Some(frame.source()));
    // XLIFF has a place for the translation beside the source's.
    if format != Format::Xliff {
        let same = written(&document, &Facts::default(), str::to_owned);
        assert_eq!(same.as_deref(), Some(frame.source()));
    }
    let facts = Facts {
        languages: Some((Pair::EN_BN.target, Pair::EN_BN.source)),
        ..Facts::default()
    };
    if let Some(changed) = written(&document, &facts, |text| format!("<{text}> & \"ক\"")) {
        readable(&document, &changed);
    }
}

/// Sends a file through the whole pipeline with `echo`, its format told by its content.
///
/// # Panics
/// When what is written is no file of the format any more.
pub fn translate(bytes: &[u8]) {
    static TRANSLATOR: OnceLock<Translator> = OnceLock::new();
    let Some(document) = document(None, bytes) else {
        return;
    };
    let translator = TRANSLATOR.get_or_init(|| Translator {
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
    });
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
        .expect("a runtime");
    // Whatever is in no language of a pair is still read and written.
    let direction = Direction {
        from: Some(Pair::EN_BN.source),
        to: Some(Pair::EN_BN.target),
    };
    let done = runtime.block_on(translator.document(&document, direction));
    if let Ok(translation) = done {
        let file = translation.file(&document, &translation.facts());
        if document.frame.is_some() {
            readable(&document, &file);
        }
    }
}

fn document(format: Option<Format>, bytes: &[u8]) -> Option<Document> {
    let reading = Reading {
        format,
        ..Reading::default()
    };
    read::document("file", bytes.to_vec(), &reading).ok()
}

/// Whether a written file is one of the format of its source: formats that a parser can
/// refuse are read again.
fn readable(document: &Document, file: &str) {
    if matches!(document.format, Format::Html | Format::Markdown) {
        return;
    }
    let reading = Reading {
        format: Some(document.format),
        ..Reading::default()
    };
    if let Err(error) = read::document("file", file.as_bytes().to_vec(), &reading) {
        panic!("{}: {error}\n{file}", document.format.name());
    }
}

/// The file with each text as `new` has it, its markup where it was.
fn written(document: &Document, facts: &Facts, new: impl Fn(&str) -> String) -> Option<String> {
    let mut texts = Vec::new();
    for block in document.blocks() {
        let text = new(block.text.source());
        // Whoever places markup places all of it: an element may close in a later block.
        let at = |byte: usize| text.floor_char_boundary(byte);
        let spans = block.inline.iter().map(|inline| inline.span.range());
        let placed = spans.enumerate().filter_map(|(index, range)| {
            let span = Span::of(&text, at(range.start)..at(range.end)).ok()?;
            Some(Placed { index, span })
        });
        let placed: Vec<Placed> = placed.collect();
        texts.push((text, placed));
    }
    let translated = |i: usize| {
        let (text, placed) = texts.get(i)?;
        Some(Translated { text, placed })
    };
    document.written(&translated, facts)
}
