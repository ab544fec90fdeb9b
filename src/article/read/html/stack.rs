//! Which elements are open.

use std::collections::HashMap;

use super::element;
use crate::article::read::draft::{Place, Sort};
use crate::article::read::run::Opened;
use crate::language::Language;

/// What is inherited by all that stands in an element.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct State {
    pub(super) place: Place,
    pub(super) sort: Sort,
    /// The language that it is said to be in where that is not the page's.
    pub(super) foreign: Option<Language>,
    /// Nothing in it is translated.
    pub(super) silent: bool,
}

/// An element that is open.
#[derive(Debug)]
pub(super) struct Open {
    pub(super) name: String,
    pub(super) is_block: bool,
    pub(super) state: State,
    /// The element among words, and the number of the run that it opened in.
    pub(super) among_words: Option<(Opened, usize)>,
    /// The language for whose sake its words are left alone.
    pub(super) foreign: Option<Language>,
}

/// How far back an element is looked for.
const LOOK_BACK: usize = 256;

/// The elements that are open, the innermost last.
#[derive(Debug, Default)]
pub(super) struct Stack {
    open: Vec<Open>,
    /// How many there are of each name.
    counts: HashMap<String, usize>,
    /// Elements among words that a block ended: a browser opens them again behind it.
    unclosed: usize,
    deepest: usize,
}

impl Stack {
    /// What is inherited where the page is read.
    pub(super) fn state(&self) -> State {
        self.open.last().map(|open| open.state).unwrap_or_default()
    }

    /// How deep it became, as deep as anyone could take it to be.
    pub(super) fn deepest(&self) -> usize {
        self.deepest
    }

    pub(super) fn push(&mut self, open: Open) {
        if let Some(count) = self.counts.get_mut(&open.name) {
            *count += 1;
        } else {
            self.counts.insert(open.name.clone(), 1);
        }
        self.open.push(open);
        self.deepest = self.deepest.max(self.open.len() + self.unclosed);
    }

    /// Whether an element of the name is open.
    pub(super) fn is_open(&self, name: &str) -> bool {
        self.counts.get(name).is_some_and(|&count| count > 0)
    }

    /// Closes what ends where a block called `next` begins.
    pub(super) fn end_before(&mut self, next: &str) {
        let mut near = self.open.iter().rev().take(LOOK_BACK);
        let Some(above) = near.clone().position(|open| open.is_block) else {
            return;
        };
        let ends = |open: &Open| element::ends_before(&open.name, next);
        if near.nth(above).is_some_and(ends) {
            self.end(above);
            self.pop();
            // `<tr>` ends a cell and the row before it.
            if self.open.last().is_some_and(ends) {
                self.pop();
            }
        }
    }

    /// Closes the innermost block of the name, and all in it; nothing where there is none.
    pub(super) fn close_block(&mut self, name: &str) {
        if !self.is_open(name) {
            return;
        }
        while let Some(open) = self.pop() {
            if open.name == name {
                return;
            }
            self.unclosed += usize::from(!open.is_block);
        }
    }

    /// Closes the innermost element of the name that no block has begun in.
    pub(super) fn close_among_words(&mut self, name: &str) -> Option<Open> {
        if !self.is_open(name) {
            return None;
        }
        let near = self.open.iter().rev().take(LOOK_BACK);
        let mut among_words = near.take_while(|open| !open.is_block);
        let above = among_words.position(|open| open.name == name)?;
        self.end(above);
        self.pop()
    }

    /// Closes the `count` innermost elements, which have no end of their own.
    fn end(&mut self, count: usize) {
        for _ in 0..count {
            self.pop();
        }
        self.unclosed += count;
    }

    fn pop(&mut self) -> Option<Open> {
        let open = self.open.pop()?;
        if let Some(count) = self.counts.get_mut(&open.name) {
            *count -= 1;
        }
        Some(open)
    }
}
