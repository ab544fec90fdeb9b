//! Front matter: what a file says of itself between `---` (YAML) or `+++` (TOML).
//!
//! It is read line by line and never put together again, so comments, order and what is
//! nested stay as they are.

use std::ops::Range;

use crate::article::frame::{Escape, Said, Slot, What};
use crate::article::read::draft::{Draft, Place, Sort};
use crate::article::read::run::Run;
use crate::language::Language;

/// What stands before the text.
#[derive(Debug, Default)]
pub(super) struct Front {
    /// Where the text begins.
    pub(super) end: usize,
    /// Values that are translated.
    pub(super) drafts: Vec<Draft>,
    /// Where language and origin are said.
    pub(super) slots: Vec<Slot>,
    /// The language that the file says to be in.
    pub(super) declared: Option<Language>,
}

/// How keys and values are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Syntax {
    Yaml,
    Toml,
}

impl Syntax {
    fn separator(self) -> char {
        match self {
            Self::Yaml => ':',
            Self::Toml => '=',
        }
    }
}

/// A key at the outermost level, with its value.
struct Field<'a> {
    key: &'a str,
    /// The value, quotation marks and all; lines that it goes on in are part of it.
    value: &'a str,
    at: Range<usize>,
}

/// Reads what `source` begins with; nothing where that is no front matter.
pub(super) fn read(source: &str) -> Front {
    let mut front = Front::default();
    let Some((syntax, inside, end)) = fenced(source) else {
        return front;
    };
    front.end = end;
    let mut says_language = false;
    let mut says_origin = false;
    for field in fields(source, inside.clone(), syntax) {
        match field.key.to_ascii_lowercase().as_str() {
            "lang" | "language" | "locale" => {
                says_language = true;
                let said = unquoted(field.value);
                front.declared = front.declared.or_else(|| said.parse().ok());
                front
                    .slots
                    .push(fact(field.at, quoted(syntax, Said::Language)));
            }
            "translated_from" => {
                says_origin = true;
                front
                    .slots
                    .push(fact(field.at, quoted(syntax, Said::SourceLanguage)));
            }
            "title" => front.drafts.extend(draft(&field, syntax, Sort::Named)),
            "description" | "summary" | "excerpt" | "subtitle" | "linktitle" => {
                front.drafts.extend(draft(&field, syntax, Sort::About));
            }
            _ => {}
        }
    }
    // What the file does not say yet stands at the end of its outermost level.
    let at = outermost(source, inside, syntax);
    let newline = if source[..end].contains("\r\n") {
        "\r\n"
    } else {
        "\n"
    };
    for (key, said) in [
        ("lang", (!says_language).then_some(Said::Language)),
        (
            "translated_from",
            (!says_origin).then_some(Said::SourceLanguage),
        ),
    ] {
        if let Some(said) = said {
            let separator = match syntax {
                Syntax::Yaml => ": ",
                Syntax::Toml => " = ",
            };
            let mut line = vec![Said::Raw(format!("{key}{separator}"))];
            line.extend(quoted(syntax, said));
            line.push(Said::Raw(newline.to_owned()));
            front.slots.push(fact(at..at, line));
        }
    }
    front
}

/// The syntax, what stands between the fences, and where they end.
fn fenced(source: &str) -> Option<(Syntax, Range<usize>, usize)> {
    let first = source.lines().next()?;
    let (syntax, ends): (_, &[&str]) = match first.trim_end() {
        "---" => (Syntax::Yaml, &["---", "..."]),
        "+++" => (Syntax::Toml, &["+++"]),
        _ => return None,
    };
    let start = source.find('\n')? + 1;
    let mut at = start;
    for line in source[start..].split_inclusive('\n') {
        if ends.contains(&line.trim_end()) {
            return Some((syntax, start..at, at + line.len()));
        }
        at += line.len();
    }
    None
}

/// Where a field may be added to the outermost level.
fn outermost(source: &str, inside: Range<usize>, syntax: Syntax) -> usize {
    let mut at = inside.start;
    for line in source[inside.clone()].split_inclusive('\n') {
        if syntax == Syntax::Toml && line.starts_with('[') {
            return at;
        }
        at += line.len();
    }
    inside.end
}

/// The fields of the outermost level whose values are text.
fn fields(source: &str, inside: Range<usize>, syntax: Syntax) -> Vec<Field<'_>> {
    let mut fields: Vec<Field<'_>> = Vec::new();
    let mut at = inside.start;
    let end = outermost(source, inside.clone(), syntax);
    let mut goes_on = false;
    for line in source[inside.start..end].split_inclusive('\n') {
        let start = at;
        at += line.len();
        let text = line.trim_end();
        let is_inner = text.is_empty() || text.starts_with([' ', '\t']);
        if is_inner {
            // What is indented goes on with the value above it.
            if let Some(last) = fields.last_mut().filter(|_| goes_on && !text.is_empty()) {
                last.at.end = start + text.len();
                last.value = &source[last.at.clone()];
            }
            continue;
        }
        goes_on = false;
        let Some((key, value)) = text.split_once(syntax.separator()) else {
            continue;
        };
        if text.starts_with(['#', '-']) || !value.starts_with([' ', '\t', '"', '\'']) {
            continue;
        }
        let key = key.trim().trim_matches(['"', '\'']);
        let begins = start + text.len() - value.trim_start().len();
        let value = without_comment(value.trim_start());
        goes_on = syntax == Syntax::Yaml;
        if value.is_empty() {
            goes_on = false;
            continue;
        }
        fields.push(Field {
            key,
            value,
            at: begins..begins + value.len(),
        });
    }
    fields
}

/// A value without the comment behind it.
fn without_comment(value: &str) -> &str {
    let end = match value.chars().next() {
        Some(quote @ ('"' | '\'')) => closing(value, quote).unwrap_or(value.len()),
        _ => value.find(" #").unwrap_or(value.len()),
    };
    value[..end].trim_end()
}

/// Where a string in quotation marks ends; `None` where it does not end on its line.
fn closing(value: &str, quote: char) -> Option<usize> {
    let mut rest = value.char_indices().skip(1).peekable();
    while let Some((at, c)) = rest.next() {
        if c == '\\' && quote == '"' {
            rest.next();
        } else if c == quote {
            // `''` in a string of single quotation marks is one of them.
            let is_doubled = quote == '\'' && rest.peek().is_some_and(|&(_, c)| c == quote);
            if !is_doubled {
                return Some(at + 1);
            }
            rest.next();
        }
    }
    None
}

/// What a value says; `None` where it is no text or written as is not understood.
fn said(value: &str, syntax: Syntax) -> Option<String> {
    match value.chars().next()? {
        '"' if value.len() > 1 && value.ends_with('"') && !value.contains('\n') => {
            serde_json::from_str(value).ok()
        }
        '\'' if value.len() > 1 && value.ends_with('\'') && !value.contains('\n') => {
            Some(value[1..value.len() - 1].replace("''", "'"))
        }
        '>' | '|' if syntax == Syntax::Yaml => {
            let (_, body) = value.split_once('\n')?;
            Some(joined(body))
        }
        '[' | '{' | '&' | '*' | '!' | '%' | '@' | '`' | '"' | '\'' => None,
        _ if syntax == Syntax::Yaml => Some(joined(value)),
        _ => None,
    }
}

fn joined(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A value as text that is translated. It is written as a string in quotation marks,
/// however it was written before.
fn draft(field: &Field<'_>, syntax: Syntax, sort: Sort) -> Option<Draft> {
    let text = said(field.value, syntax)?;
    let mut run = Run::default();
    run.push(text.trim(), field.at.clone());
    let draft = Draft::new(run, sort, Escape::Quoted, Place::default());
    draft.run.has_words().then_some(draft)
}

fn unquoted(value: &str) -> &str {
    value.trim_matches(['"', '\''])
}

fn quoted(syntax: Syntax, said: Said) -> Vec<Said> {
    let mark = || Said::Raw("\"".to_owned());
    match syntax {
        Syntax::Yaml => vec![said],
        Syntax::Toml => vec![mark(), said, mark()],
    }
}

fn fact(at: Range<usize>, said: Vec<Said>) -> Slot {
    Slot {
        at,
        what: What::Fact {
            escape: Escape::None,
            said,
        },
    }
}
