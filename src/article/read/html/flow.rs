//! A page taken apart: what is text in it, where one text ends and the next begins.

use std::mem::take;
use std::ops::Range;

use super::element::{self, Class, Element};
use super::head::{self, Head};
use super::opaque::{Closing, Opaque};
use super::reference;
use super::shortcode;
use super::stack::{Open, Stack, State};
use super::token::{Attribute, Opening, Reader};
use crate::article::Role;
use crate::article::frame::{Escape, Said, Slot, What};
use crate::article::read::draft::{Draft, Place, Sort};
use crate::article::read::gather;
use crate::article::read::run::Run;
use crate::article::read::story;
use crate::language::Language;

/// What a page holds, in its order.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// Its texts.
    pub(super) drafts: Vec<Draft>,
    /// Places where something is said of the translation. The second tells those of a
    /// part that is in another language than the page.
    pub(super) facts: Vec<(Slot, bool)>,
    /// Elements that may hold the whole story and nothing else.
    pub(super) scopes: Vec<Scope>,
    /// What it says of itself.
    pub(super) head: Head,
    /// How deep it is nested, as deep as anyone could take it to be.
    pub(super) depth: usize,
}

/// An element that may hold the story.
#[derive(Debug)]
pub(super) struct Scope {
    /// The one around it.
    pub(super) parent: Option<usize>,
    /// Bytes of text in it, without what stands in scopes inside it.
    pub(super) text: usize,
}

/// Elements among words of one text; what has more is no text of a person.
const MOST_ELEMENTS: usize = 4096;

/// Reads a page.
pub(super) struct Flow<'a> {
    source: &'a str,
    page: Page,
    stack: Stack,
    opaque: Option<Opaque>,
    run: Run,
    /// The number of the run.
    runs: usize,
    /// Whether nothing but white space stands behind a line break.
    after_break: bool,
    /// Texts of attributes, which come after the text that they stand in.
    pending: Vec<Draft>,
}

impl<'a> Flow<'a> {
    pub(super) fn new(source: &'a str) -> Self {
        Self {
            source,
            page: Page::default(),
            stack: Stack::default(),
            opaque: None,
            run: Run::default(),
            runs: 0,
            after_break: false,
            pending: Vec::new(),
        }
    }

    /// What was read.
    pub(super) fn page(mut self) -> Page {
        self.flush();
        self.page.depth = self.stack.deepest();
        self.page
    }

    /// Ends a text.
    fn flush(&mut self) {
        let run = take(&mut self.run);
        self.runs += 1;
        self.after_break = false;
        let mut state = self.stack.state();
        if run.has_words() && !state.silent {
            let foreign = state.foreign;
            state.place.foreign = foreign.is_some_and(|said| is_written_in(run.text(), said));
            if let Some(scope) = state.place.scope.and_then(|i| self.page.scopes.get_mut(i))
                && !state.place.aside
            {
                scope.text += run.text().len();
            }
            let draft = Draft::new(run, state.sort, Escape::Html, state.place);
            self.page.drafts.push(draft);
        }
        self.page.drafts.append(&mut self.pending);
    }

    /// What is inherited in the element that `tag` opens.
    fn inherited(&mut self, tag: &Opening<'_>, is_block: bool) -> State {
        let mut state = self.stack.state();
        let classes = tag.value("class");
        if !is_block {
            return state;
        }
        state.silent =
            state.silent || element::is_kept(tag) || element::has_class(classes, Class::Embed);
        let is_whole = matches!(tag.name, "html" | "body" | "main" | "article");
        state.place.aside = state.place.aside
            || !is_whole
                && (element::is_aside(tag.name)
                    || element::is_aside_role(tag.value("role"))
                    || element::has_class(classes, Class::Aside)
                    || tag.attribute("hidden").is_some());
        if !is_whole {
            state.foreign = state.foreign.or(self.foreign(tag));
        }
        let holds_story = matches!(tag.name, "article" | "main")
            || tag.value("role") == "main"
            || tag
                .value("itemprop")
                .split_whitespace()
                .any(|p| p == "articleBody");
        if holds_story {
            self.page.scopes.push(Scope {
                parent: state.place.scope,
                text: 0,
            });
            state.place.scope = Some(self.page.scopes.len() - 1);
        }
        state.sort = match tag.name {
            "h1" => Sort::Headline,
            "title" => Sort::Title,
            "figcaption" | "caption" | "legend" => Sort::Caption,
            _ if element::is_byline(tag) => Sort::Byline,
            _ => state.sort,
        };
        state
    }

    /// The language that a tag says, where it is not the page's.
    fn foreign(&self, tag: &Opening<'_>) -> Option<Language> {
        let said = gather::language(&language(tag)?.value)?;
        match self.page.head.declared {
            Some(declared) => said != declared,
            // A part that does not say what the whole is in: in what is not
            // translated from, it stays.
            None => ![Language::ENGLISH, Language::BANGLA].contains(&said),
        }
        .then_some(said)
    }

    /// Notes the language that a tag says, which becomes that of the translation.
    fn note_language(&mut self, tag: &Opening<'_>, state: State) {
        let is_foreign = state.foreign.is_some();
        let names_page = matches!(tag.name, "html" | "body" | "main" | "article");
        if tag.name == "html" && language(tag).is_none() {
            let at = tag.at.start + "<html".len();
            self.fact(at..at, [" lang=\"", "\""].map(str::to_owned), false);
        }
        for attribute in tag.attributes {
            let said = matches!(attribute.name.as_str(), "lang" | "xml:lang")
                .then(|| gather::language(&attribute.value))
                .flatten();
            let (Some(said), Some(at)) = (said, attribute.at.clone()) else {
                continue;
            };
            if names_page && !state.place.aside {
                self.page.head.declared.get_or_insert(said);
            }
            self.fact(at, [String::new(), String::new()], is_foreign);
        }
    }

    /// The language of the translation is said at a place, between two texts.
    fn fact(&mut self, at: Range<usize>, around: [String; 2], foreign: bool) {
        let [before, behind] = around;
        let slot = Slot {
            at,
            what: What::Fact {
                escape: Escape::HtmlAttribute,
                said: vec![Said::Raw(before), Said::Language, Said::Raw(behind)],
            },
        };
        self.page.facts.push((slot, foreign));
    }

    /// What attributes of a tag say to a reader.
    fn attributes(&mut self, tag: &Opening<'_>, place: Place) {
        for attribute in tag.attributes {
            let is_said = match attribute.name.as_str() {
                "title" => !matches!(tag.name, "link" | "style" | "iframe"),
                "alt" => matches!(tag.name, "img" | "area" | "input"),
                _ => false,
            };
            if is_said {
                self.attribute(attribute, Sort::Caption, place);
            }
        }
    }

    fn attribute(&mut self, attribute: &Attribute, sort: Sort, place: Place) {
        let Some(at) = attribute.at.clone().filter(|_| attribute.quoted) else {
            return;
        };
        let mut run = Run::default();
        let raw = self.source.get(at.clone()).unwrap_or_default();
        reference::each(raw, true, |text, within| {
            words(
                &mut run,
                &text,
                at.start + within.start..at.start + within.end,
                false,
            );
        });
        if run.has_words() {
            let draft = Draft::new(run, sort, Escape::HtmlAttribute, place);
            self.pending.push(draft);
        }
    }

    fn void(&mut self, tag: &Opening<'_>) {
        let place = self.stack.state().place;
        match tag.name {
            "br" => self.line_break(tag.at.clone()),
            "meta" => {
                if let Some((attribute, sort)) = head::shared(tag) {
                    self.attribute(attribute, sort, place);
                }
                let facts = self.page.head.meta(tag);
                self.page
                    .facts
                    .extend(facts.into_iter().map(|slot| (slot, false)));
            }
            "link" => self.page.head.link(tag),
            _ => self.run.point(tag.at.clone()),
        }
    }

    /// A line break: two of them, or one behind the end of a sentence, part paragraphs.
    fn line_break(&mut self, at: Range<usize>) {
        let text = self.run.text().trim_end();
        let ends = text.ends_with(['.', '।', '?', '!', ':', '”', '’', '"', '…']);
        if self.after_break || ends || text.is_empty() {
            self.flush();
        } else {
            self.run.point(at.clone());
            self.run.space(at.end..at.end);
        }
        self.after_break = true;
    }

    fn begin_opaque(&mut self, tag: &Opening<'_>, is_block: bool) {
        if is_block {
            self.flush();
        }
        if tag.self_closing && matches!(tag.name, "svg" | "math") {
            self.run.point(tag.at.clone());
            return;
        }
        self.opaque = Some(Opaque::new(tag, is_block));
    }

    /// Closes in what is passed over. Whether the tag still has to be dealt with.
    fn close_opaque(&mut self, name: &str, at: &Range<usize>) -> bool {
        let is_around = self.stack.is_open(name);
        let Some(opaque) = &mut self.opaque else {
            return true;
        };
        let closing = opaque.close(name, is_around);
        let end = match closing {
            Closing::Inside => return false,
            Closing::Own => at.end,
            Closing::Around => at.start,
        };
        let (start, is_block) = (opaque.start, opaque.is_block);
        self.opaque = None;
        if is_block {
            self.flush();
        } else {
            self.run.point(start..end);
        }
        closing == Closing::Around
    }

    fn close_among_words(&mut self, name: &str, at: Range<usize>) {
        let open = self.stack.close_among_words(name);
        match open.as_ref().and_then(|open| open.among_words) {
            Some((opened, run)) if run == self.runs => {
                let foreign = open.and_then(|open| open.foreign);
                if foreign.is_some_and(|said| !is_written_in(self.run.within(opened), said)) {
                    self.run.becomes(opened, Role::Around);
                }
                self.run.close(opened, at);
            }
            _ => self.run.point(at),
        }
    }
}

impl Reader for Flow<'_> {
    fn open(&mut self, tag: &Opening<'_>) {
        if let Some(opaque) = &mut self.opaque {
            return opaque.open(tag);
        }
        let sort = element::of(tag.name);
        let is_block = sort == Element::Block;
        if is_block || sort == Element::Rule || sort == Element::OpaqueBlock {
            self.flush();
            self.stack.end_before(tag.name);
        }
        match sort {
            Element::Void if matches!(tag.name, "meta" | "link") => return self.void(tag),
            Element::Void | Element::Rule if !self.stack.state().silent => {
                self.attributes(tag, self.stack.state().place);
                return self.void(tag);
            }
            Element::Void | Element::Rule => return,
            Element::Opaque => return self.begin_opaque(tag, false),
            Element::OpaqueBlock => return self.begin_opaque(tag, true),
            Element::Block | Element::Inline | Element::Verbatim => {}
        }
        self.page.head.seen(tag);
        let state = self.inherited(tag, is_block);
        let foreign = (!is_block).then(|| self.foreign(tag)).flatten();
        let is_code = sort == Element::Verbatim || element::is_kept(tag);
        let is_kept = is_code || foreign.is_some();
        if !state.silent && (is_block || !is_kept) {
            self.attributes(tag, state.place);
            self.note_language(tag, state);
        }
        let among_words = (!is_block).then(|| {
            if self.run.elements() >= MOST_ELEMENTS {
                self.flush();
            }
            let role = if is_kept {
                Role::Verbatim
            } else {
                Role::Around
            };
            (self.run.open(tag.at.clone(), role), self.runs)
        });
        self.stack.push(Open {
            name: tag.name.to_owned(),
            is_block,
            state,
            among_words,
            foreign: foreign.filter(|_| !is_code),
        });
    }

    fn close(&mut self, name: &str, at: Range<usize>) {
        if !self.close_opaque(name, &at) {
            return;
        }
        match element::of(name) {
            Element::Block => {
                self.page.head.closed(name, at.start);
                self.flush();
                self.stack.close_block(name);
            }
            Element::Void | Element::Rule | Element::Opaque | Element::OpaqueBlock => {
                self.run.point(at);
            }
            Element::Inline | Element::Verbatim => self.close_among_words(name, at),
        }
    }

    fn text(&mut self, at: Range<usize>) {
        if let Some(opaque) = &self.opaque {
            if opaque.is_data {
                self.page.head.data.push(at);
            }
            return;
        }
        let state = self.stack.state();
        if state.silent {
            return;
        }
        let raw = self.source.get(at.clone()).unwrap_or_default();
        let has_codes = state.sort == Sort::Paragraph || state.sort == Sort::Caption;
        let (run, after_break) = (&mut self.run, &mut self.after_break);
        reference::each(raw, false, |text, within| {
            let at = at.start + within.start..at.start + within.end;
            *after_break = !words(run, &text, at, has_codes) && *after_break;
        });
    }

    fn aside(&mut self, at: Range<usize>) {
        if self.opaque.is_none() {
            self.run.point(at);
        }
    }
}

/// Adds text to a run, white space in it as a browser shows it. Whether there was
/// anything else.
fn words(run: &mut Run, text: &str, at: Range<usize>, has_codes: bool) -> bool {
    const SPACE: &[char] = &[' ', '\t', '\n', '\u{c}', '\r'];
    if text.len() != at.len() {
        // A character that is written by name: a space of that kind is meant to stay.
        if text.chars().all(|c| SPACE.contains(&c)) {
            run.space(at);
        } else {
            run.push(text, at);
        }
        return true;
    }
    let mut any = false;
    let mut from = 0;
    while let Some(rest) = text.get(from..).filter(|rest| !rest.is_empty()) {
        let start = at.start + from;
        let blank = rest.len() - rest.trim_start_matches(SPACE).len();
        let taken = if blank > 0 {
            run.space(start..start + blank);
            blank
        } else if let Some(length) = has_codes.then(|| shortcode::length(rest)).flatten() {
            run.point(start..start + length);
            length
        } else {
            any = true;
            let first = rest.chars().next().map_or(1, char::len_utf8);
            let ends = |c: char| SPACE.contains(&c) || c == '[';
            let length = rest[first..].find(ends).map_or(rest.len(), |at| first + at);
            run.push(&rest[..length], start..start + length);
            length
        };
        from += taken;
    }
    any
}

/// Whether a text can be in the language that it is said to be in. Programs for writing
/// mark Bangla as English and the reverse.
fn is_written_in(text: &str, said: Language) -> bool {
    story::is_bengali(text) == (said == Language::BANGLA)
}

/// What a tag says of the language.
fn language<'t>(tag: &'t Opening<'_>) -> Option<&'t Attribute> {
    tag.attribute("lang").or_else(|| tag.attribute("xml:lang"))
}
