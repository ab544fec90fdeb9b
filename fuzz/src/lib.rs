//! What holds of a file of any format, whatever its bytes are.

use anubad::article::frame::Facts;
use anubad::article::read::{self, Reading};
use anubad::article::{Document, Format, Placed, Translated};
use anubad::text::Span;

/// Reads a file, and writes it untranslated, as it is, and with every text changed.
///
/// # Panics
/// When what is not translated does not come back.
pub fn read(format: Format, bytes: &[u8]) {
    let reading = Reading {
        format: Some(format),
        ..Reading::default()
    };
    let Ok(document) = read::document("file", bytes.to_vec(), &reading) else {
        return;
    };
    let Some(frame) = &document.frame else { return };
    let untouched = document.written(&|_| None, &Facts::default());
    assert_eq!(untouched.as_deref(), Some(frame.source()));
    assert_eq!(
        written(&document, str::to_owned).as_deref(),
        Some(frame.source())
    );
    let _ = written(&document, |text| format!("<{text}> & \"ক\""));
}

/// The file with each text as `new` has it, its markup where it was.
fn written(document: &Document, new: impl Fn(&str) -> String) -> Option<String> {
    let mut texts = Vec::new();
    for block in document.blocks() {
        let text = new(block.text.source());
        let spans = block.inline.iter().map(|inline| inline.span.range());
        let placed: Option<Vec<Placed>> = (spans.enumerate())
            .map(|(index, range)| {
                let span = Span::of(&text, range).ok()?;
                Some(Placed { index, span })
            })
            .collect();
        texts.push((text, placed.unwrap_or_default()));
    }
    let translated = |i: usize| {
        let (text, placed) = texts.get(i)?;
        Some(Translated { text, placed })
    };
    document.written(&translated, &Facts::default())
}
