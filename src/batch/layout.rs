//! What the file of a translation is called below the output folder.

use std::path::PathBuf;
use std::str::FromStr;

use jiff::civil::Date;
use serde::Deserialize;

use crate::language::Language;
use crate::translate::Translation;

/// Bytes of a file name that come from an article's own name. With the rest of a
/// template there is room to the 255 bytes of the common file systems.
const LONGEST_STEM: usize = 180;
/// Bytes of a template's own letters between two slashes.
const LONGEST_TEXT: usize = 40;
/// Names that a file system or a shell has taken, whatever their extension.
const RESERVED: [&str; 24] = [
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8",
    "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9", "conin$",
    "conout$",
];

/// A template such as `{lang}/{date}/{stem}.{ext}`.
///
/// Law: whatever the article is called, what it gives is a path below the output
/// folder, of names that every common file system takes.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Layout {
    /// What stands between slashes.
    parts: Vec<Vec<Piece>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    Field(Field),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    /// The folders of the article below its input.
    Path,
    /// Its file name without extension.
    Stem,
    /// The language of the translation.
    Language,
    /// The language of the article.
    Source,
    /// The day that the article is of.
    Date,
    /// `txt` or `json`.
    Extension,
}

const FIELDS: [(&str, Field); 6] = [
    ("path", Field::Path),
    ("stem", Field::Stem),
    ("lang", Field::Language),
    ("source", Field::Source),
    ("date", Field::Date),
    ("ext", Field::Extension),
];

/// Why a text is no layout.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LayoutError {
    /// A field that there is not.
    #[error(
        "`{{{0}}}` is no field; use {{path}}, {{stem}}, {{lang}}, {{source}}, {{date}}, {{ext}}"
    )]
    UnknownField(String),
    /// A brace without its partner.
    #[error("a brace has no partner; write fields as in `{{stem}}`")]
    Brace,
    /// A field stands twice.
    #[error("`{{{0}}}` stands twice; once is enough")]
    Twice(&'static str),
    /// Articles could not be told apart, or text from details.
    #[error("`{{{0}}}` is missing; a layout needs {{stem}} and ends in .{{ext}}")]
    Missing(&'static str),
    /// `{path}` has company.
    #[error("`{{path}}` stands for folders; write it between slashes, alone")]
    PathBeside,
    /// A name that leads elsewhere or that some file system refuses.
    #[error("`{0}` is no name for a folder or file below the output folder; name it otherwise")]
    BadName(String),
}

/// An article's translation, as far as its file name goes.
#[derive(Debug, Clone, Copy)]
pub struct Named<'a> {
    /// The id of the article.
    pub id: &'a str,
    /// The language that it was in.
    pub source: Option<Language>,
    /// The language of the translation.
    pub language: Option<Language>,
    /// The day that the article is of.
    pub date: Option<Date>,
}

impl<'a> From<&'a Translation> for Named<'a> {
    fn from(translation: &'a Translation) -> Self {
        Self {
            id: &translation.id,
            source: Some(translation.source_language),
            language: Some(translation.target_language),
            date: translation.date,
        }
    }
}

impl Default for Layout {
    /// `{path}/{stem}.{lang}.{ext}`.
    fn default() -> Self {
        let text = |text: &str| Piece::Text(text.to_owned());
        Self {
            parts: vec![
                vec![Piece::Field(Field::Path)],
                vec![
                    Piece::Field(Field::Stem),
                    text("."),
                    Piece::Field(Field::Language),
                    text("."),
                    Piece::Field(Field::Extension),
                ],
            ],
        }
    }
}

impl TryFrom<String> for Layout {
    type Error = LayoutError;

    fn try_from(text: String) -> Result<Self, LayoutError> {
        text.parse()
    }
}

impl FromStr for Layout {
    type Err = LayoutError;

    fn from_str(text: &str) -> Result<Self, LayoutError> {
        let parts: Vec<Vec<Piece>> = text.split('/').map(pieces).collect::<Result<_, _>>()?;
        let count = |field: Field| {
            let pieces = parts.iter().flatten();
            pieces.filter(|p| **p == Piece::Field(field)).count()
        };
        for (name, field) in FIELDS {
            match count(field) {
                0 if matches!(field, Field::Stem | Field::Extension) => {
                    return Err(LayoutError::Missing(name));
                }
                0 | 1 => {}
                _ => return Err(LayoutError::Twice(name)),
            }
        }
        let is_dot = |piece: &Piece| matches!(piece, Piece::Text(text) if text.ends_with('.'));
        match parts.last().map(Vec::as_slice) {
            Some([.., dot, Piece::Field(Field::Extension)]) if is_dot(dot) => {}
            _ => return Err(LayoutError::Missing("ext")),
        }
        let beside =
            |part: &Vec<Piece>| part.contains(&Piece::Field(Field::Path)) && part.len() > 1;
        if parts.iter().any(beside) {
            return Err(LayoutError::PathBeside);
        }
        for (part, written) in parts.iter().zip(text.split('/')) {
            let is_bad = |piece: &Piece| matches!(piece, Piece::Text(t) if !is_plain(t));
            let letters: usize = part.iter().map(text_length).sum();
            let is_text = part.iter().all(|p| matches!(p, Piece::Text(_)));
            // A name without a field has to be one as it stands.
            let is_changed = is_text && safe_name(written).as_deref() != Some(written);
            if part.iter().any(is_bad)
                || letters > LONGEST_TEXT
                || is_changed
                || written.starts_with('.')
            {
                return Err(LayoutError::BadName(written.to_owned()));
            }
        }
        Ok(Self { parts })
    }
}

impl Layout {
    /// Where a file of a translation goes, below the output folder; `None` where the
    /// id of the article gives no name.
    #[must_use]
    pub fn place(&self, named: &Named<'_>, extension: &str) -> Option<PathBuf> {
        let (folders, stem) = taken_apart(named.id)?;
        let mut path = PathBuf::new();
        for part in &self.parts {
            if part.first() == Some(&Piece::Field(Field::Path)) {
                path.extend(&folders);
                continue;
            }
            let name: String = part
                .iter()
                .map(|piece| match piece {
                    Piece::Text(text) => text.clone(),
                    Piece::Field(Field::Path) => String::new(),
                    Piece::Field(Field::Stem) => stem.clone(),
                    Piece::Field(Field::Language) => code(named.language),
                    Piece::Field(Field::Source) => code(named.source),
                    Piece::Field(Field::Date) => match named.date {
                        Some(day) => day.to_string(),
                        None => "undated".to_owned(),
                    },
                    Piece::Field(Field::Extension) => extension.to_owned(),
                })
                .collect();
            path.push(safe_name(&name)?);
        }
        Some(path)
    }

    /// The same for articles that may want one file: their place without what their
    /// language and day add, in small letters.
    #[must_use]
    pub fn key(&self, id: &str) -> Option<String> {
        let named = Named {
            id,
            source: None,
            language: None,
            date: None,
        };
        self.place(&named, "")
            .map(|path| folded(&path.to_string_lossy()))
    }
}

/// A path as file systems that fold case and letters compare it.
pub(super) fn folded(path: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    if path.is_ascii() {
        return path.to_ascii_lowercase();
    }
    path.nfc().flat_map(char::to_lowercase).nfc().collect()
}

/// The code of a language; of none, what no language has.
fn code(language: Option<Language>) -> String {
    language.map_or("xx".to_owned(), |language| language.to_string())
}

fn pieces(part: &str) -> Result<Vec<Piece>, LayoutError> {
    let mut pieces = Vec::new();
    let mut rest = part;
    while let Some(at) = rest.find(['{', '}']) {
        let (text, from) = rest.split_at(at);
        if !text.is_empty() {
            pieces.push(Piece::Text(text.to_owned()));
        }
        let inner = from.strip_prefix('{').ok_or(LayoutError::Brace)?;
        let (name, after) = inner.split_once('}').ok_or(LayoutError::Brace)?;
        let field = FIELDS.iter().find(|(known, _)| *known == name);
        let (_, field) = field.ok_or_else(|| LayoutError::UnknownField(name.to_owned()))?;
        pieces.push(Piece::Field(*field));
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest.to_owned()));
    }
    Ok(pieces)
}

fn text_length(piece: &Piece) -> usize {
    match piece {
        Piece::Text(text) => text.len(),
        Piece::Field(_) => 0,
    }
}

/// Whether a file name may have `text` in it.
fn is_plain(text: &str) -> bool {
    text.chars().all(|c| plain(c) == c && c != '\\')
}

/// The folders of an article and its name without extension, each as a file name.
fn taken_apart(id: &str) -> Option<(Vec<String>, String)> {
    if id == "-" {
        return Some((Vec::new(), "stdin".to_owned()));
    }
    let mut names: Vec<String> = id.split(['/', '\\']).filter_map(safe_name).collect();
    let name = names.pop()?;
    let stem = match name.rsplit_once('.') {
        Some((stem, _)) => safe_name(stem)?,
        None => name,
    };
    let folders = names.into_iter().map(shortened).collect();
    Some((folders, shortened(stem)))
}

/// A character as a file name may have it: nothing that commands, parts paths or
/// turns the direction of what follows.
fn plain(c: char) -> char {
    match c {
        '<' | '>' | ':' | '"' | '|' | '?' | '*' | '/' | '\\' => '_',
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '_',
        c if c.is_control() => '_',
        c => c,
    }
}

/// A part of a path as a file name: nothing that leads out of the folder or that a
/// file system refuses; `None` where nothing is left of it.
fn safe_name(part: &str) -> Option<String> {
    let trim = |c: char| c == '.' || c.is_whitespace();
    let name: String = part.chars().map(plain).collect();
    let name = name.trim_matches(trim);
    if name.is_empty() {
        return None;
    }
    let first = name.split('.').next().unwrap_or_default().trim_end();
    if RESERVED.contains(&first.to_ascii_lowercase().as_str()) {
        return Some(format!("_{name}"));
    }
    Some(name.to_owned())
}

/// `name`, or the start of it and a digest of all of it where it is too long.
fn shortened(name: String) -> String {
    if name.len() <= LONGEST_STEM {
        return name;
    }
    let digest = blake3::hash(name.as_bytes()).to_hex();
    let start = &name[..name.floor_char_boundary(LONGEST_STEM - 17)];
    format!("{start}-{}", &digest[..16])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn named(id: &str) -> Named<'_> {
        Named {
            id,
            source: Some(Language::ENGLISH),
            language: Some(Language::BANGLA),
            date: Some(jiff::civil::date(2026, 1, 14)),
        }
    }

    fn placed(layout: &str, id: &str) -> String {
        let layout: Layout = layout.parse().unwrap();
        let path = layout.place(&named(id), "txt").unwrap();
        path.to_str().unwrap().to_owned()
    }

    #[test]
    fn a_layout_says_where_a_translation_goes() {
        let default = "{path}/{stem}.{lang}.{ext}";
        assert_eq!(Layout::default(), default.parse().unwrap());
        for (layout, id, expected) in [
            (default, "sub/a.txt", "sub/a.bn.txt"),
            (default, "-", "stdin.bn.txt"),
            (
                "{lang}/{date}/{stem}.{ext}",
                "sub/a.txt",
                "bn/2026-01-14/a.txt",
            ),
            (
                "{path}/{source}-{lang}/{stem}.{ext}",
                "x/y/a.b.txt",
                "x/y/en-bn/a.b.txt",
            ),
            ("desk/{stem}_{date}.{ext}", "a.txt", "desk/a_2026-01-14.txt"),
            ("{lang}/{stem}.{ext}", "খবর.txt", "bn/খবর.txt"),
        ] {
            assert_eq!(placed(layout, id), expected);
        }
        let undated = Named {
            date: None,
            ..named("a.txt")
        };
        let layout: Layout = "{date}/{stem}.{ext}".parse().unwrap();
        let path = layout.place(&undated, "json").unwrap();
        assert_eq!(path.to_str(), Some("undated/a.json"));
    }

    #[test]
    fn hostile_names_are_disarmed() {
        for (id, expected) in [
            ("../../etc/passwd", "etc/passwd.bn.txt"),
            ("..\\..\\boot.ini", "boot.bn.txt"),
            ("/abs/b.txt", "abs/b.bn.txt"),
            ("C:\\x\\a.txt", "C_/x/a.bn.txt"),
            ("a/../../b.txt", "a/b.bn.txt"),
            ("nul.txt", "_nul.bn.txt"),
            ("COM7 .txt", "_COM7.bn.txt"),
            ("lpt1.tar.txt", "_lpt1.tar.bn.txt"),
            ("con/a.txt", "_con/a.bn.txt"),
            ("a\0b?.txt", "a_b_.bn.txt"),
            ("\u{202e}txt.exe", "_txt.bn.txt"),
            (".hidden", "hidden.bn.txt"),
            ("a/ . /b .txt", "a/b.bn.txt"),
        ] {
            assert_eq!(placed("{path}/{stem}.{lang}.{ext}", id), expected);
        }
        assert_eq!(placed("c{stem}.{ext}", "on.txt"), "_con.txt");
        for id in ["", "..", "/", " ", "...", "\\"] {
            assert_eq!(Layout::default().place(&named(id), "txt"), None, "{id}");
        }
    }

    #[test]
    fn what_is_no_layout_is_told() {
        for (layout, message) in [
            (
                "{stem}.{extension}",
                "`{extension}` is no field; use {path}",
            ),
            ("{stem.{ext}", "`{stem.{ext}` is no field"),
            ("stem}.{ext}", "a brace has no partner"),
            ("{stem}-{stem}.{ext}", "`{stem}` stands twice"),
            ("{lang}.{ext}", "`{stem}` is missing"),
            ("{stem}.txt", "`{ext}` is missing"),
            ("{ext}/{stem}", "`{ext}` is missing"),
            ("{stem}{ext}", "`{ext}` is missing"),
            ("x{path}/{stem}.{ext}", "`{path}` stands for folders"),
            ("../{stem}.{ext}", "`..` is no name"),
            ("/{stem}.{ext}", "`` is no name"),
            ("a//{stem}.{ext}", "`` is no name"),
            ("a\\b/{stem}.{ext}", "is no name"),
            ("con/{stem}.{ext}", "`con` is no name"),
            (".x/{stem}.{ext}", "`.x` is no name"),
            (".{stem}.{ext}", "is no name"),
            ("a?/{stem}.{ext}", "`a?` is no name"),
        ] {
            let error = layout.parse::<Layout>().unwrap_err().to_string();
            assert!(
                error.starts_with(message) || error.contains(message),
                "{layout}: {error}"
            );
        }
        assert!(
            format!("{}{{stem}}.{{ext}}", "x".repeat(60))
                .parse::<Layout>()
                .is_err()
        );
    }

    const LAYOUTS: [&str; 5] = [
        "{path}/{stem}.{lang}.{ext}",
        "{lang}/{date}/{stem}.{ext}",
        "c{stem}.{ext}",
        "{source}-{lang}/{path}/{date}_{stem}-0123456789012345678901234567890123.{ext}",
        "{date}/{stem}.{ext}",
    ];

    proptest! {
        #[test]
        fn no_id_leads_out_of_the_folder_or_to_a_bad_name(
            id in prop_oneof![
                "\\PC{0,20}",
                any::<String>(),
                "([./\\\\ ]|con|NUL|lpt9|\u{202e}|\0|a|ক|é){0,12}",
                "(x|খ|/){250,400}",
            ],
            layout in 0..LAYOUTS.len(),
            dated in any::<bool>(),
            extension in prop_oneof![Just("txt"), Just("json")],
        ) {
            let layout: Layout = LAYOUTS[layout].parse().unwrap();
            let mut named = named(&id);
            if !dated {
                named.date = None;
            }
            let Some(path) = layout.place(&named, extension) else {
                prop_assert_eq!(layout.key(&id), None);
                return Ok(());
            };
            let root = std::path::Path::new("out");
            prop_assert!(root.join(&path).starts_with(root));
            prop_assert_eq!(path.extension().and_then(|e| e.to_str()), Some(extension));
            for part in path.components() {
                let std::path::Component::Normal(name) = part else {
                    return Err(TestCaseError::fail(format!("{path:?}")));
                };
                let name = name.to_str().unwrap();
                prop_assert!(name.len() <= 255, "{}", name);
                prop_assert!(!name.starts_with('.') && !name.ends_with(['.', ' ']), "{:?}", name);
                prop_assert!(name.chars().all(|c| plain(c) == c), "{:?}", name);
                let first = name.split('.').next().unwrap().trim_end().to_lowercase();
                prop_assert!(!RESERVED.contains(&&*first), "{:?}", name);
            }
        }

        #[test]
        fn articles_of_one_file_have_one_key(id in "[aAbÉé./ ]{1,8}", other in "[aAbÉé./ ]{1,8}", layout in 0..LAYOUTS.len()) {
            let layout: Layout = LAYOUTS[layout].parse().unwrap();
            let place = |id: &str| layout.place(&named(id), "txt").map(|p| folded(p.to_str().unwrap()));
            if place(&id).is_some() && place(&id) == place(&other) {
                prop_assert_eq!(layout.key(&id), layout.key(&other));
            }
        }
    }
}
