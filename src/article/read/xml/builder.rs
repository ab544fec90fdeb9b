//! From the pieces of a file to articles, as a dialect says what its elements are.

use std::ops::Range;

use super::running::{Done, Running};
use super::token::{Open, Token};
use crate::article::frame::{Escape, Said, Slot, What};
use crate::article::read::gather::{self, Gathered};
use crate::article::read::{ReadError, html};
use crate::article::{Block, BlockKind, Role};
use crate::language::Language;

/// What an element is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Element {
    /// Something to look into.
    Container,
    /// Something to leave alone with everything in it.
    Skip,
    /// An article.
    Article,
    /// A block.
    Block(BlockKind),
    /// A block whose translation stands in a sibling, and stays.
    Source,
    /// That sibling.
    Target,
    /// A part of a block.
    Inline(Role),
    /// A block, or several, written as HTML: escaped, or in CDATA. Paragraphs of it are of
    /// this kind.
    Html(BlockKind),
    /// A value of the format.
    Value(Value),
}

/// What an element holds that is no text to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Value {
    /// The language of what it describes.
    Language,
    /// What the article is called.
    Id,
}

/// A format in XML.
pub(super) trait Dialect {
    /// What an element is; `parents` are the local names around it, outermost first.
    fn element(&self, open: &Open<'_>, parents: &[&str]) -> Element;

    /// What is said of the translation at an element that opens: places in it and
    /// what is written there.
    fn facts(&self, open: &Open<'_>, parents: &[&str]) -> Vec<(Range<usize>, Vec<Said>)> {
        let _ = (open, parents);
        Vec::new()
    }

    /// What is written before an element that closes.
    fn before_close(&self, name: &str, article: &Known) -> Option<Vec<Said>> {
        let _ = (name, article);
        None
    }

    /// The language that an element declares for the article that it is in or is.
    fn language(&self, open: &Open<'_>) -> Option<String> {
        open.attribute("xml:lang").map(|a| a.value.clone())
    }

    /// What the article is called, where an attribute says so.
    fn id(&self, open: &Open<'_>) -> Option<String> {
        let _ = open;
        None
    }
}

/// What is known of an article before it ends.
#[derive(Debug, Default, Clone)]
pub(super) struct Known {
    /// What it is called.
    pub(super) id: Option<String>,
    /// The tag of the language that it declares.
    pub(super) language: Option<String>,
}

/// An article that is being read.
#[derive(Debug, Default)]
struct Part {
    known: Known,
    pieces: Vec<Piece>,
}

#[derive(Debug)]
enum Piece {
    Block(Done),
    /// A block, and the place of its translation.
    Twin(Done, Range<usize>),
    /// Text in HTML, how it is written where it stands, the kind of its paragraphs.
    Html(Range<usize>, String, Escape, BlockKind),
}

struct Opened<'a> {
    name: &'a str,
    element: Element,
}

/// How deep elements may be nested: what an element is depends on those around it.
const DEEPEST: usize = 500;

/// Reads a file in a dialect.
pub(super) struct Builder<'a, D> {
    file: &'a str,
    dialect: D,
    opened: Vec<Opened<'a>>,
    /// How many open elements are left alone.
    skipped: usize,
    running: Vec<Running>,
    /// Text of an element that holds HTML or a value, and where it stands.
    held: Option<Held>,
    /// What stands outside of any article, then each article.
    parts: Vec<Part>,
    /// A source, until its target was seen or cannot come any more, and where it would be
    /// written.
    source: Option<(Done, usize)>,
    /// Where the content of a target begins that is open.
    target: Option<usize>,
    /// Where targets end that are written anew.
    ends: Vec<usize>,
    /// The part that each open article is; articles do not nest, but files may be wrong.
    within: Vec<usize>,
    slots: Vec<Slot>,
}

#[derive(Debug, Default)]
struct Held {
    text: String,
    at: Option<Range<usize>>,
    is_cdata: bool,
    /// Other elements inside: then it is no text.
    is_mixed: bool,
}

impl<'a, D: Dialect> Builder<'a, D> {
    pub(super) fn new(file: &'a str, dialect: D) -> Self {
        Self {
            file,
            dialect,
            opened: Vec::new(),
            skipped: 0,
            running: Vec::new(),
            held: None,
            parts: vec![Part::default()],
            source: None,
            target: None,
            ends: Vec::new(),
            within: Vec::new(),
            slots: Vec::new(),
        }
    }

    /// Takes the next piece of the file.
    ///
    /// # Errors
    /// When elements are nested deeper than any article needs.
    pub(super) fn token(&mut self, token: Token<'a>) -> Result<(), ReadError> {
        match token {
            Token::Open(_) if self.opened.len() > DEEPEST => {
                let cause = format!("elements are nested more than {DEEPEST} deep");
                return Err(ReadError::wrong("article in XML", &cause));
            }
            Token::Open(open) => self.open(&open),
            Token::Close(at) => self.close(&at),
            Token::Text(at, text) => self.text(&at, &text),
            Token::CData(inside, whole) => self.cdata(&inside, &whole),
            Token::Other(at) => {
                if self.skipped > 0 {
                    return Ok(());
                }
                if let Some(held) = &mut self.held {
                    held.is_mixed = true;
                } else if let Some(running) = self.running.last_mut() {
                    running.point(&at);
                }
            }
            Token::Declaration(at) => self.declaration(&at),
        }
        Ok(())
    }

    /// The output is UTF-8, whatever the file was.
    fn declaration(&mut self, at: &Range<usize>) {
        let text = self.file.get(at.clone()).unwrap_or_default();
        let Some((before, rest)) = text.split_once("encoding=") else {
            return;
        };
        let start = at.start + before.len() + "encoding=".len() + 1;
        let Some(length) = rest.get(1..).and_then(|rest| rest.find(['"', '\''])) else {
            return;
        };
        let name = self.file.get(start..start + length).unwrap_or_default();
        if !name.eq_ignore_ascii_case("utf-8") {
            self.say(
                start..start + length,
                vec![Said::Raw("UTF-8".to_owned())],
                Escape::None,
            );
        }
    }

    fn open(&mut self, open: &Open<'a>) {
        if self.skipped > 0 {
            self.skipped += usize::from(!open.is_empty);
            return;
        }
        let parents: Vec<&str> = self.opened.iter().map(|o| o.name).collect();
        let mut element = self.dialect.element(open, &parents);
        if self.held.is_some() {
            if let Some(held) = &mut self.held {
                held.is_mixed = true;
            }
            self.skipped += usize::from(!open.is_empty);
            return;
        }
        if element == Element::Article {
            self.within.push(self.parts.len());
            self.parts.push(Part {
                known: self
                    .parts
                    .first()
                    .map_or_else(Known::default, |p| p.known.clone()),
                pieces: Vec::new(),
            });
        }
        let facts = self.dialect.facts(open, &parents);
        let language = self.dialect.language(open);
        let declared = self.part().known.language.clone();
        if let (Some(own), Element::Inline(role)) = (&language, &mut element)
            && differ(own, declared.as_deref())
        {
            // Words of another language stay as they are.
            *role = Role::Verbatim;
        } else if element != Element::Skip {
            let id = self.dialect.id(open);
            let known = &mut self.part_mut().known;
            if !matches!(element, Element::Inline(_)) {
                known.language = known.language.take().or(language);
            }
            known.id = known.id.take().or(id);
            for (at, said) in facts {
                self.say(at, said, Escape::XmlAttribute);
            }
        }
        match element {
            Element::Skip => match self.running.last_mut() {
                Some(running) if open.is_empty => running.point(&open.at),
                Some(running) => {
                    // A place with all that is in it: closed when it closes.
                    running.open(&open.at, Role::Point);
                    self.skipped = 1;
                }
                None => self.skipped = usize::from(!open.is_empty),
            },
            Element::Inline(role) => {
                if let Some(running) = self.running.last_mut() {
                    running.open(&open.at, role);
                    if open.is_empty {
                        running.close(&(open.at.end..open.at.end));
                    }
                }
            }
            Element::Block(kind) if !open.is_empty => {
                self.pause();
                self.running.push(Running::new(kind));
            }
            Element::Source if !open.is_empty => {
                self.running.push(Running::new(BlockKind::Paragraph));
            }
            Element::Target => self.target(open),
            Element::Html(_) | Element::Value(_) if !open.is_empty => {
                self.pause();
                self.held = Some(Held::default());
            }
            _ => self.pause(),
        }
        if !open.is_empty && self.skipped == 0 {
            self.opened.push(Opened {
                name: super::token::local(open.name),
                element,
            });
        } else if element == Element::Article {
            self.within.pop();
        }
    }

    fn close(&mut self, at: &Range<usize>) {
        if self.skipped > 0 {
            self.skipped -= 1;
            if self.skipped == 0
                && let Some(start) = self.target.take()
            {
                if let Some((done, _)) = self.source.take() {
                    self.part_mut()
                        .pieces
                        .push(Piece::Twin(done, start..at.start));
                }
            } else if self.skipped == 0
                && self.held.is_none()
                && let Some(running) = self.running.last_mut()
            {
                running.close_place(at);
            }
            return;
        }
        let Some(opened) = self.opened.pop() else {
            return;
        };
        match opened.element {
            Element::Inline(_) => {
                if let Some(running) = self.running.last_mut() {
                    running.close(at);
                }
            }
            Element::Block(_) => {
                if let Some(done) = self.running.pop().and_then(Running::done) {
                    self.part_mut().pieces.push(Piece::Block(done));
                }
            }
            Element::Source => {
                let done = self.running.pop().and_then(Running::done);
                self.source = done.map(|done| (done, at.end));
            }
            Element::Html(kind) => self.html(kind),
            Element::Value(value) => self.value(value),
            Element::Container | Element::Article | Element::Skip | Element::Target => {
                self.untranslated();
            }
        }
        let known = self.part().known.clone();
        if let Some(said) = self.dialect.before_close(opened.name, &known) {
            self.say(at.start..at.start, said, Escape::XmlAttribute);
        }
        if opened.element == Element::Article {
            self.within.pop();
        }
    }

    fn text(&mut self, at: &Range<usize>, text: &str) {
        if self.skipped > 0 {
            return;
        }
        if let Some(held) = &mut self.held {
            held.add(at, text);
        } else if let Some(running) = self.running.last_mut() {
            running.text(at, text);
        }
    }

    fn cdata(&mut self, inside: &Range<usize>, whole: &Range<usize>) {
        if self.skipped > 0 {
            return;
        }
        let text = self.file.get(inside.clone()).unwrap_or_default();
        match (&mut self.held, self.running.last_mut()) {
            (Some(held), _) if held.text.trim().is_empty() => {
                *held = Held {
                    text: text.to_owned(),
                    at: Some(inside.clone()),
                    is_cdata: true,
                    is_mixed: held.is_mixed,
                };
            }
            (Some(held), _) => held.is_mixed = true,
            // Its words are the block's; written again, they are escaped instead.
            (None, Some(running)) => running.text(whole, text),
            (None, None) => {}
        }
    }

    /// A block inside a block: what was read of the outer one is a block of its own.
    fn pause(&mut self) {
        if let Some(outer) = self.running.last_mut() {
            let kind = outer.kind;
            let before = std::mem::replace(outer, Running::new(kind));
            if let Some(done) = before.done() {
                self.part_mut().pieces.push(Piece::Block(done));
            }
        }
    }

    /// A target: its content is replaced; where it has no place for one, it is written
    /// anew.
    fn target(&mut self, open: &Open<'_>) {
        if !open.is_empty {
            self.target = Some(open.at.end);
            self.skipped = 1;
        } else if let Some((done, _)) = self.source.take() {
            self.say(open.at.clone(), raw("<target>"), Escape::None);
            self.anew(done, open.at.end);
        }
    }

    /// A source that has no target gets one.
    fn untranslated(&mut self) {
        if let Some((done, at)) = self.source.take() {
            self.say(at..at, raw("<target>"), Escape::None);
            self.anew(done, at);
        }
    }

    fn anew(&mut self, done: Done, at: usize) {
        self.part_mut().pieces.push(Piece::Twin(done, at..at));
        self.ends.push(at);
    }

    fn html(&mut self, kind: BlockKind) {
        let Some(held) = self.held.take() else { return };
        let Some(at) = held.at.clone().filter(|_| !held.is_mixed) else {
            return;
        };
        let escape = if held.is_cdata {
            Escape::CData
        } else {
            Escape::Xml
        };
        self.part_mut()
            .pieces
            .push(Piece::Html(at, held.text, escape, kind));
    }

    fn value(&mut self, value: Value) {
        let Some(held) = self.held.take() else { return };
        let Some(at) = held.at.filter(|_| !held.is_mixed) else {
            return;
        };
        let own = held.text.trim().to_owned();
        if own.is_empty() {
            return;
        }
        let known = &mut self.part_mut().known;
        let said = match value {
            Value::Language => {
                known.language = known.language.take().or(Some(own));
                Said::Language
            }
            Value::Id => {
                known.id = Some(own.clone());
                Said::Id(own)
            }
        };
        let escape = if held.is_cdata {
            Escape::CData
        } else {
            Escape::Xml
        };
        self.say(at, vec![said], escape);
    }

    fn say(&mut self, at: Range<usize>, said: Vec<Said>, escape: Escape) {
        self.slots.push(Slot {
            at,
            what: What::Fact { escape, said },
        });
    }

    fn at(&self) -> usize {
        self.within.last().copied().unwrap_or(0)
    }

    fn part(&self) -> &Part {
        // There is always the one outside of all articles.
        &self.parts[self.at()]
    }

    fn part_mut(&mut self) -> &mut Part {
        let at = self.at();
        &mut self.parts[at]
    }

    /// The articles with their places.
    pub(super) fn gathered(self, id: &str) -> Gathered {
        let mut gathered = Gathered::default();
        gathered.slots = self.slots;
        for part in self.parts {
            let declared = part.known.language.as_deref().and_then(language);
            let mut blocks: Vec<Block> = Vec::new();
            for piece in part.pieces {
                let first = gathered.next() + blocks.len();
                let (at, what) = match piece {
                    Piece::Block(done) => {
                        blocks.push(gather::block(done.kind, done.text, done.inline));
                        let what = What::Block {
                            block: first,
                            escape: Escape::Xml,
                            tags: done.tags,
                        };
                        (done.at, what)
                    }
                    Piece::Twin(done, at) => {
                        blocks.push(gather::block(done.kind, done.text, done.inline));
                        let what = What::Twin {
                            block: first,
                            escape: Escape::Xml,
                            tags: done.tags,
                            source: done.at,
                        };
                        (at, what)
                    }
                    Piece::Html(at, text, escape, kind) => {
                        let (mut inner, frame) = html::fragment(&text, first);
                        if kind != BlockKind::Paragraph {
                            for block in &mut inner {
                                block.kind = kind;
                            }
                        }
                        blocks.extend(inner);
                        let frame = Box::new(frame);
                        (at, What::Inside { escape, frame })
                    }
                };
                gathered.slots.push(Slot { at, what });
            }
            gathered.article(id, declared, blocks);
        }
        // Behind the texts that are inserted at the same places.
        gathered.slots.extend(self.ends.into_iter().map(|at| Slot {
            at: at..at,
            what: What::Fact {
                escape: Escape::None,
                said: raw("</target>"),
            },
        }));
        gathered
    }
}

fn raw(text: &str) -> Vec<Said> {
    vec![Said::Raw(text.to_owned())]
}

impl Held {
    fn add(&mut self, at: &Range<usize>, text: &str) {
        if self.is_cdata {
            // White space behind a section is not of the text.
            self.is_mixed |= !text.trim().is_empty();
            return;
        }
        self.text.push_str(text);
        match &mut self.at {
            Some(whole) => whole.end = at.end,
            None => self.at = Some(at.clone()),
        }
    }
}

/// The language of a tag such as `en-US`.
fn language(tag: &str) -> Option<Language> {
    let primary = tag.trim().split(['-', '_']).next()?;
    primary.to_ascii_lowercase().parse().ok()
}

/// Whether two tags are of different languages.
fn differ(one: &str, other: Option<&str>) -> bool {
    match (language(one), other.and_then(language)) {
        (Some(one), Some(other)) => one != other,
        _ => false,
    }
}
