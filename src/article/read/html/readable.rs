//! The story of a page whose markup does not tell it, by density of text and links.

use std::collections::HashSet;

use dom_smoothie::{Config, Readability};

use super::flow::Flow;
use super::token;
use crate::article::read::draft::Draft;

/// Bytes of the largest page that is looked at, and elements that it may have.
const LARGEST: usize = 2 << 20;
const MOST_ELEMENTS: usize = 20_000;
/// How deep it may be nested: it is walked by recursion.
const DEEPEST: usize = 200;

/// Which texts of a page are its story; `None` where that cannot be told.
pub(super) fn story(source: &str, depth: usize, drafts: &[Draft]) -> Option<Vec<bool>> {
    if source.len() > LARGEST || depth > DEEPEST {
        return None;
    }
    let config = Config {
        max_elements_to_parse: MOST_ELEMENTS,
        disable_json_ld: true,
        ..Config::default()
    };
    let mut page = Readability::new(source, None, Some(config)).ok()?;
    let content = page.parse().ok()?.content;
    let mut flow = Flow::new(&content);
    token::read(&content, &mut flow);
    let found = flow.page();
    let texts: HashSet<&str> = found.drafts.iter().map(Draft::text).collect();
    let story = drafts
        .iter()
        .map(|draft| !draft.place.aside && draft.is_body() && texts.contains(draft.text()));
    Some(story.collect())
}
