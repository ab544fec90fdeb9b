//! From the pieces of a file to articles, as a dialect says what its elements are.

use std::ops::Range;

use super::dialect::{Dialect, Element, Known, Value};
use super::held::Held;
use super::part::{Part, Source, Text};
use super::running::Running;
use super::token::{Open, Token};
use crate::article::frame::{Escape, Said, Slot, What};
use crate::article::read::ReadError;
use crate::article::read::gather::{self, Gathered};
use crate::article::{BlockKind, Role};

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
    held: Option<Held>,
    /// What stands outside of any article, then each article.
    parts: Vec<Part>,
    /// A source, until its target was seen or cannot come any more, and where it would be
    /// written.
    source: Option<(Source, usize)>,
    /// Where the content of a source begins that is open.
    content: usize,
    /// Where the content of a target begins that is open.
    target: Option<usize>,
    /// Where targets end that are written anew.
    ends: Vec<usize>,
    /// The part that each open article is; articles do not nest, but files may be wrong.
    within: Vec<usize>,
    slots: Vec<Slot>,
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
            content: 0,
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
                    held.mix();
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
        let in_source = self.opened.iter().any(|o| o.element == Element::Source);
        if in_source && !matches!(element, Element::Inline(_)) {
            // A source stays as it is: it has codes among its words, and no blocks.
            element = Element::Skip;
        }
        if self.held.is_some() {
            if let Some(held) = &mut self.held {
                held.mix();
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
                texts: Vec::new(),
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
                self.content = open.at.end;
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
                if let Some((source, _)) = self.source.take() {
                    self.keep(Text::Twin(source, start..at.start));
                }
            } else if self.skipped == 0
                && self.held.is_none()
                && let Some(running) = self.running.last_mut()
            {
                running.close(at);
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
                    self.keep(Text::Block(done));
                }
            }
            Element::Source => {
                let done = self.running.pop().and_then(Running::done);
                let content = self.content..at.start;
                self.source = done.map(|done| (Source { done, content }, at.end));
            }
            Element::Html(kind) => self.html(kind),
            Element::Value(value) => self.value(value),
            Element::Container | Element::Article | Element::Skip | Element::Target => {
                self.pause();
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
            (Some(held), _) => held.section(inside, text),
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
                self.keep(Text::Block(done));
            }
        }
    }

    /// A target: its content is replaced; where it has no place for one, it is written
    /// anew.
    fn target(&mut self, open: &Open<'_>) {
        if !open.is_empty {
            self.target = Some(open.at.end);
            self.skipped = 1;
        } else if let Some((source, _)) = self.source.take() {
            self.say(open.at.clone(), raw("<target>"), Escape::None);
            self.anew(source, open.at.end);
        }
    }

    /// A source that has no target gets one.
    fn untranslated(&mut self) {
        if let Some((source, at)) = self.source.take() {
            self.say(at..at, raw("<target>"), Escape::None);
            self.anew(source, at);
        }
    }

    fn anew(&mut self, source: Source, at: usize) {
        self.keep(Text::Twin(source, at..at));
        self.ends.push(at);
    }

    fn keep(&mut self, text: Text) {
        self.part_mut().texts.push(text);
    }

    fn html(&mut self, kind: BlockKind) {
        let Some(held) = self.held.take() else { return };
        if let Some(at) = held.place() {
            let escape = held.escape();
            self.keep(Text::Html(at, held.text, escape, kind));
        }
    }

    fn value(&mut self, value: Value) {
        let Some(held) = self.held.take() else { return };
        let Some(at) = held.place() else { return };
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
        self.say(at, vec![said], held.escape());
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
            part.gather(id, &mut gathered);
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

/// Whether two tags are of different languages.
fn differ(one: &str, other: Option<&str>) -> bool {
    match (gather::language(one), other.and_then(gather::language)) {
        (Some(one), Some(other)) => one != other,
        _ => false,
    }
}
