//! Writing, a unit at a time.

use std::io::Write;

use quick_xml::escape::escape;

use super::Unit;
use crate::language::Language;

/// Writes units as they come.
pub struct Writer<W: Write> {
    out: W,
}

impl<W: Write> Writer<W> {
    /// Begins a file; `source` is the language of all sources, where they have one.
    ///
    /// # Errors
    /// When it cannot be written, as with the others.
    pub fn new(mut out: W, source: Option<Language>) -> std::io::Result<Self> {
        let source = source.map_or("*all*".to_owned(), |language| language.to_string());
        write!(
            out,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<tmx version=\"1.4\">\n\
             <header creationtool=\"anubad\" creationtoolversion=\"{}\" segtype=\"sentence\" \
             o-tmf=\"anubad\" adminlang=\"en\" srclang=\"{source}\" datatype=\"plaintext\"/>\n<body>\n",
            env!("CARGO_PKG_VERSION")
        )?;
        Ok(Self { out })
    }

    /// Writes a unit.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn unit(&mut self, unit: &Unit) -> std::io::Result<()> {
        let out = &mut self.out;
        match &unit.creator {
            Some(creator) => writeln!(out, "<tu creationid=\"{}\">", legal(creator))?,
            None => writeln!(out, "<tu>")?,
        }
        for (name, value) in &unit.properties {
            writeln!(
                out,
                "<prop type=\"{}\">{}</prop>",
                legal(name),
                legal(value)
            )?;
        }
        for (language, text) in &unit.variants {
            writeln!(
                out,
                "<tuv xml:lang=\"{language}\"><seg>{}</seg></tuv>",
                legal(text)
            )?;
        }
        writeln!(out, "</tu>")
    }

    /// Ends the file.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn finish(mut self) -> std::io::Result<W> {
        write!(self.out, "</body>\n</tmx>\n")?;
        self.out.flush()?;
        Ok(self.out)
    }
}

/// A text as XML has it. What XML cannot say in any way becomes a space.
pub(crate) fn legal(text: &str) -> String {
    let legal: String = text
        .chars()
        .map(|c| if is_legal(c) { c } else { ' ' })
        .collect();
    escape(&legal).into_owned()
}

/// Whether XML 1.0 has a character.
pub(super) fn is_legal(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}
