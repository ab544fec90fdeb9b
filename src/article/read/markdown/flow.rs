//! The text of a file taken apart.

use std::mem::take;
use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};

use super::code;
use crate::article::Role;
use crate::article::frame::Escape;
use crate::article::read::draft::{Draft, Html, Place, Sort};
use crate::article::read::html;
use crate::article::read::run::{Opened, Run};

/// What Markdown is taken to have beyond its core. Smart punctuation is none of it: what
/// was written is published.
const EXTENSIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_HEADING_ATTRIBUTES)
    .union(Options::ENABLE_DEFINITION_LIST);

/// The texts of `source` behind byte `start`.
pub(super) fn read(source: &str, start: usize) -> Vec<Draft> {
    let body = source.get(start..).unwrap_or_default();
    let mut flow = Flow {
        source,
        codes: code::all(body)
            .into_iter()
            .map(|at| start + at.start..start + at.end)
            .collect(),
        drafts: Vec::new(),
        run: Run::default(),
        sort: Sort::Paragraph,
        open: Vec::new(),
        tags: Vec::new(),
        image: None,
        passed_over: 0,
        html: None,
        pending: Vec::new(),
        end: start,
    };
    for (event, at) in Parser::new_ext(body, EXTENSIONS).into_offset_iter() {
        flow.event(&event, start + at.start..start + at.end);
    }
    flow.flush();
    flow.drafts
}

struct Flow<'a> {
    source: &'a str,
    /// Codes of a site generator, in order.
    codes: Vec<Range<usize>>,
    drafts: Vec<Draft>,
    run: Run,
    sort: Sort,
    /// Elements of Markdown that are open, `None` for those that are places.
    open: Vec<Option<Opened>>,
    /// Elements of HTML that are open among words.
    tags: Vec<(String, Opened)>,
    /// The text of an image, while it is read.
    image: Option<Run>,
    /// How many elements are open in which nothing is text.
    passed_over: usize,
    /// A block of HTML, while it is read.
    html: Option<Range<usize>>,
    /// Texts that come after the one that they stand in.
    pending: Vec<Draft>,
    /// Where the last thing among words ends.
    end: usize,
}

impl Flow<'_> {
    fn event(&mut self, event: &Event<'_>, at: Range<usize>) {
        if self.passed_over > 0 {
            match event {
                Event::Start(_) => self.passed_over += 1,
                Event::End(_) => self.passed_over -= 1,
                _ => {}
            }
            return;
        }
        if self.image.is_some() {
            return self.in_image(event, at);
        }
        if self.in_code(at.start) {
            match event {
                Event::Text(_) => {}
                Event::Start(tag) if is_among_words(tag) => return self.open.push(None),
                Event::Start(_) | Event::End(_) | Event::Html(_) => {}
                _ => return,
            }
        }
        match event {
            Event::Start(tag) => self.start(tag, at),
            Event::End(tag) => self.close(*tag, at),
            Event::Text(text) => self.text(text, at),
            Event::SoftBreak => self.run.space(at.clone()),
            Event::HardBreak => {
                self.run.point(at.clone());
                self.run.space(at.end..at.end);
            }
            Event::Html(_) => {
                self.html = Some(match self.html.take() {
                    Some(html) if html.end == at.start => html.start..at.end,
                    // Its lines have marks of a quotation before them: it stays.
                    Some(html) => html.start..html.start,
                    None => at,
                });
            }
            Event::InlineHtml(tag) => self.tag(tag, at),
            Event::Code(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::FootnoteReference(_)
            | Event::TaskListMarker(_) => {
                self.end = at.end;
                self.run.point(at);
            }
            Event::Rule => self.flush(),
        }
    }

    fn start(&mut self, tag: &Tag<'_>, at: Range<usize>) {
        let marks = |width: usize| at.start..at.start + width;
        match tag {
            Tag::Emphasis | Tag::Superscript | Tag::Subscript => self.open(marks(1), Role::Around),
            Tag::Strong => self.open(marks(2), Role::Around),
            Tag::Strikethrough => {
                let two = self.source[at.start..].starts_with("~~");
                self.open(marks(1 + usize::from(two)), Role::Around);
            }
            Tag::Link {
                link_type, title, ..
            } => match link_type {
                LinkType::Autolink | LinkType::Email => {
                    self.end = at.end;
                    self.run.point(at);
                    self.passed_over = 1;
                }
                // The words are the name of the address.
                LinkType::Shortcut
                | LinkType::ShortcutUnknown
                | LinkType::Collapsed
                | LinkType::CollapsedUnknown => self.open(marks(1), Role::Verbatim),
                _ => {
                    self.link_title(title, &at);
                    self.open(marks(1), Role::Around);
                }
            },
            Tag::Image { title, .. } => {
                self.link_title(title, &at);
                self.end = at.end;
                self.run.point(at);
                self.image = Some(Run::default());
                self.open.push(None);
            }
            Tag::CodeBlock(_) | Tag::MetadataBlock(_) => {
                self.flush();
                self.passed_over = 1;
            }
            Tag::HtmlBlock => self.flush(),
            Tag::Heading { level, .. } => {
                self.flush();
                if *level == HeadingLevel::H1 {
                    self.sort = Sort::Headline;
                }
            }
            _ => self.flush(),
        }
    }

    fn close(&mut self, tag: TagEnd, at: Range<usize>) {
        let width = match tag {
            TagEnd::Emphasis | TagEnd::Superscript | TagEnd::Subscript => 1,
            TagEnd::Strong => 2,
            TagEnd::Strikethrough if self.source[..at.end].ends_with("~~") => 2,
            TagEnd::Strikethrough => 1,
            TagEnd::Link => at.end.saturating_sub(self.end),
            TagEnd::HtmlBlock => {
                if let Some(at) = self.html.take().filter(|at| !at.is_empty()) {
                    let mut draft = Draft::new(
                        Run::default(),
                        Sort::Paragraph,
                        Escape::None,
                        Place::default(),
                    );
                    draft.html = Some(Html {
                        source: self.source[at.clone()].to_owned(),
                        at,
                        escape: Escape::None,
                    });
                    self.drafts.push(draft);
                }
                return;
            }
            _ => return self.flush(),
        };
        let close = at.end.saturating_sub(width).max(self.end)..at.end;
        self.end = at.end;
        if let Some(Some(opened)) = self.open.pop() {
            self.run.close(opened, close);
        }
    }

    fn open(&mut self, at: Range<usize>, role: Role) {
        self.end = at.end;
        let opened = self.run.open(at, role);
        self.open.push(Some(opened));
    }

    /// What is shown of an image where it cannot be seen.
    fn in_image(&mut self, event: &Event<'_>, at: Range<usize>) {
        match event {
            Event::Start(_) => self.open.push(None),
            Event::End(_) => {
                self.open.pop();
            }
            Event::Text(text) => {
                let at = self.with_escape(at);
                if let Some(run) = &mut self.image {
                    run.push(text, at);
                }
            }
            Event::SoftBreak | Event::HardBreak => {
                if let Some(run) = &mut self.image {
                    run.space(at);
                }
            }
            _ => {}
        }
        if matches!(event, Event::End(TagEnd::Image))
            && let Some(run) = self.image.take()
        {
            self.later(run, Escape::Markdown);
        }
    }

    fn later(&mut self, run: Run, escape: Escape) {
        if run.has_words() {
            let draft = Draft::new(run, Sort::Caption, escape, Place::default());
            self.pending.push(draft);
        }
    }

    /// The title of a link, which stands in quotation marks behind its address.
    fn link_title(&mut self, title: &str, at: &Range<usize>) {
        let raw = &self.source[at.clone()];
        let Some(start) = raw.rfind(title).filter(|&at| at > 0 && !title.is_empty()) else {
            return;
        };
        let end = start + title.len();
        let around = [raw[..start].chars().next_back(), raw[end..].chars().next()];
        let is_quoted = matches!(around, [Some('"'), Some('"')] | [Some('\''), Some('\'')]);
        // What a reference names stands elsewhere.
        if is_quoted && raw.ends_with(')') {
            let mut run = Run::default();
            // The quotation marks are written with it.
            run.push(title, at.start + start - 1..at.start + end + 1);
            self.later(run, Escape::Quoted);
        }
    }

    /// A tag of HTML among words.
    fn tag(&mut self, raw: &str, at: Range<usize>) {
        self.end = at.end;
        match html::tag(raw) {
            html::InlineTag::Open { name, role } => {
                let opened = self.run.open(at, role);
                self.tags.push((name, opened));
            }
            html::InlineTag::Close { name } => {
                match self.tags.iter().rposition(|(open, _)| *open == name) {
                    Some(place) => {
                        let (_, opened) = self.tags.swap_remove(place);
                        self.tags.truncate(place);
                        if !self.run.close(opened, at.clone()) {
                            self.run.point(at);
                        }
                    }
                    None => self.run.point(at),
                }
            }
            html::InlineTag::Place => self.run.point(at),
        }
    }

    /// Whether a code began before `at` and has not ended.
    fn in_code(&self, at: usize) -> bool {
        let next = self.codes.partition_point(|code| code.end <= at);
        self.codes.get(next).is_some_and(|code| code.start < at)
    }

    /// The place of a text with the backslash before it, which makes a mark a character.
    fn with_escape(&self, at: Range<usize>) -> Range<usize> {
        let before = at.start.checked_sub(1).filter(|&before| before >= self.end);
        match before.and_then(|before| self.source.as_bytes().get(before)) {
            Some(b'\\') => at.start - 1..at.end,
            _ => at,
        }
    }

    /// Text, codes in it as places.
    fn text(&mut self, mut text: &str, mut at: Range<usize>) {
        let is_literal = text.len() == at.len();
        let escaped = self.with_escape(at.clone());
        if let Some(first) = text.chars().next().filter(|_| escaped != at && is_literal) {
            let length = first.len_utf8();
            self.run
                .push(&text[..length], escaped.start..at.start + length);
            text = &text[length..];
            at.start += length;
        }
        let mut from = at.start;
        self.end = at.end;
        let first = self.codes.partition_point(|code| code.end <= at.start);
        for code in self.codes[first..]
            .iter()
            .take_while(|code| code.start < at.end)
        {
            if is_literal && code.start > from {
                push(
                    &mut self.run,
                    &text[from - at.start..code.start - at.start],
                    from,
                );
            }
            // Of a code that is cut into several texts the first is a place.
            if code.start >= at.start {
                self.run.point(code.clone());
            }
            from = code.end.min(at.end);
        }
        if from >= at.end {
            return;
        }
        if is_literal {
            push(&mut self.run, &text[from - at.start..], from);
        } else if from == at.start {
            self.run.push(text, at);
        }
    }

    /// Ends a text.
    fn flush(&mut self) {
        let run = take(&mut self.run);
        self.open.clear();
        self.tags.clear();
        let sort = take(&mut self.sort);
        if run.has_words() {
            let draft = Draft::new(run, sort, Escape::Markdown, Place::default());
            self.drafts.push(draft);
        }
        self.drafts.append(&mut self.pending);
    }
}

fn is_among_words(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. }
            | Tag::Image { .. }
    )
}

/// Adds text that stands for itself, tabs and the like in it as spaces.
fn push(run: &mut Run, text: &str, at: usize) {
    let mut from = at;
    for word in text.split_inclusive([' ', '\t']) {
        let bare = word.trim_end_matches([' ', '\t']);
        if !bare.is_empty() {
            run.push(bare, from..from + bare.len());
        }
        if bare.len() < word.len() {
            run.space(from + bare.len()..from + word.len());
        }
        from += word.len();
    }
}
