//! Which texts of a page are its story.

use super::flow::{Page, Scope};
use super::readable;
use crate::article::Block;
use crate::article::frame::Slot;
use crate::article::read::draft::{Draft, Made, Sort};

/// The blocks of a page and all places in it, blocks counted from `first`.
pub(super) fn blocks(source: &str, page: Page, first: usize) -> (Vec<Block>, Vec<Slot>) {
    let Page {
        mut drafts,
        facts,
        scopes,
        head,
        depth,
    } = page;
    // Where most is said to be in another language, what is said is wrong.
    let amount = |foreign: bool| -> usize {
        let texts = drafts
            .iter()
            .filter(|d| d.place.foreign == foreign && d.is_text());
        texts.map(|d| d.run.text().len()).sum()
    };
    let stays = amount(true) <= amount(false);
    drafts.retain(|d| !(d.place.foreign && stays));
    let facts = facts
        .into_iter()
        .filter(|(_, foreign)| !(*foreign && stays));
    let mut made = Made::new(first, facts.map(|(slot, _)| slot).collect());
    let story = if head.is_page {
        story_of(&drafts, &scopes, || readable::story(source, depth, &drafts))
    } else {
        drafts.iter().map(|d| !d.place.aside).collect()
    };
    made.drafts(&drafts, &story);
    made.done()
}

/// Bytes of the shortest text that an element has to hold to be taken for the story.
const SHORTEST: usize = 200;

/// Which texts of a whole page are its story: those in the element that holds it; where
/// there is none, those that `readable` tells; else those that nothing says to be aside.
fn story_of(
    drafts: &[Draft],
    scopes: &[Scope],
    readable: impl FnOnce() -> Option<Vec<bool>>,
) -> Vec<bool> {
    let beside: Vec<bool> = drafts
        .iter()
        .map(|d| d.place.aside || !d.is_body())
        .collect();
    let mut story: Vec<bool> = if let Some(inside) = scope(drafts, scopes) {
        (drafts.iter())
            .map(|d| !d.place.aside && d.place.scope.is_some_and(|s| inside[s]))
            .collect()
    } else {
        let is_much = |story: &Vec<bool>| {
            let texts = drafts
                .iter()
                .zip(story)
                .filter(|(d, is)| **is && d.is_text());
            texts.map(|(d, _)| d.run.text().len()).sum::<usize>() >= SHORTEST
        };
        readable()
            .filter(is_much)
            .unwrap_or_else(|| beside.iter().map(|&beside| !beside).collect())
    };
    // Who wrote it and when stands between the headline and the story.
    if let Some(first) = (0..drafts.len()).find(|&i| story[i] && drafts[i].is_text())
        && let Some(headline) = (0..first)
            .rev()
            .find(|&i| drafts[i].sort == Sort::Headline && !beside[i])
    {
        for i in headline..first {
            story[i] = !beside[i];
        }
    }
    if !(0..drafts.len()).any(|i| story[i] && drafts[i].is_text()) {
        return drafts.iter().map(Draft::is_body).collect();
    }
    story
}

/// The element that holds the story, as the elements in it: the smallest that holds most
/// of the text of the largest. `None` where none holds much of what the page says.
fn scope(drafts: &[Draft], scopes: &[Scope]) -> Option<Vec<bool>> {
    let mut text: Vec<usize> = scopes.iter().map(|scope| scope.text).collect();
    // An element stands behind the one around it.
    for (i, scope) in scopes.iter().enumerate().rev() {
        if let Some(parent) = scope.parent {
            text[parent] += text[i];
        }
    }
    let all: usize = (drafts.iter().filter(|d| d.is_text() && !d.place.aside))
        .map(|d| d.run.text().len())
        .sum();
    let most = text.iter().copied().max()?;
    if most < SHORTEST || most * 3 < all {
        return None;
    }
    let chosen = (0..scopes.len())
        .filter(|&i| text[i] * 10 >= most * 7)
        .min_by_key(|&i| (text[i], std::cmp::Reverse(i)))?;
    let mut inside = vec![false; scopes.len()];
    for (i, scope) in scopes.iter().enumerate() {
        inside[i] = i == chosen || scope.parent.is_some_and(|parent| inside[parent]);
    }
    Some(inside)
}
