//! Sentences in flight: translations of many sentences take their steps together.
//!
//! A step costs nearly as much for one row as for ten. So a sentence that has come to its end
//! makes room for one that waits, whoever asked for it, and nobody waits for the longest of a
//! batch (Yu et al., Orca, OSDI 2022). What a sentence becomes does not depend on its company.

use std::collections::VecDeque;

use crossbeam_channel::{Receiver, TryRecvError};

use super::encode::Source;
use super::greedy::Greedy;
use super::network::Network;
use super::rules::Rules;
use super::search::{Found, Search};
use super::steps::{Cells, Row};
use super::weights::Room;

/// Rows that take a step together, a few more where sentences that lost a hole go on as
/// searches: a weight that is read from memory then serves all of them.
pub(super) const ROWS: usize = 16;

/// Sentences that are read together: with more, what waits to be translated needs more memory.
const READ: usize = 2;

/// How many translations of a sentence that lost a hole are tried side by side. Of 130 such
/// sentences three scored 0.6 chrF++ less than four towards Bangla and 0.6 more towards
/// English; two score less both ways.
const MENDING: usize = 3;

/// A sentence that is asked for.
pub(super) struct Asked<'a, T> {
    /// Its tokens, the end mark among them.
    pub(super) tokens: Vec<u32>,
    pub(super) rules: Rules<'a>,
    pub(super) way: Way,
    /// What is given back with what comes of it.
    pub(super) ticket: T,
}

/// How a sentence is translated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// The likeliest token at each step.
    Greedy,
    /// Greedily, and by a search where that loses a hole.
    Mended,
    /// By a search of so many translations side by side, at least 2; greedily where none of
    /// them has all holes.
    Search(usize),
}

impl Way {
    /// Rows that a sentence takes of a step.
    pub(super) fn rows(self) -> usize {
        match self {
            Self::Greedy | Self::Mended => 1,
            Self::Search(width) => width,
        }
    }
}

/// What comes of a sentence.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Landed {
    /// What a search found, the best first.
    pub(super) found: Vec<Found>,
    /// The tokens that came of it greedily, if it was translated so, without the end mark.
    pub(super) written: Option<Vec<u32>>,
}

/// A sentence in flight.
struct Aloft<'a, T> {
    growing: Growing<'a>,
    way: Way,
    landed: Landed,
    ticket: T,
}

enum Growing<'a> {
    Greedy(Greedy<'a>),
    Search(Search<'a>),
}

/// What waits in the inbox, as much as is read together and as it takes to fill a step; nothing
/// when no more will come. With `may_wait` it waits for the first. No thread of so many takes
/// more than its share of what waits: another may have nothing to do.
pub(super) fn take<M>(
    inbox: &Receiver<M>,
    threads: usize,
    may_wait: bool,
    rows: impl Fn(&M) -> usize,
) -> Option<Vec<M>> {
    let first = if may_wait {
        inbox.recv().ok()?
    } else {
        match inbox.try_recv() {
            Ok(first) => first,
            Err(TryRecvError::Empty) => return Some(Vec::new()),
            Err(TryRecvError::Disconnected) => return None,
        }
    };
    let share = (inbox.len() + 1).div_ceil(threads.max(1)).min(READ);
    let mut filled = rows(&first);
    let mut taken = vec![first];
    while filled < ROWS && taken.len() < share {
        let Ok(next) = inbox.try_recv() else {
            break;
        };
        filled += rows(&next);
        taken.push(next);
    }
    Some(taken)
}

/// Translates sentences as long as there are any. `next` is told whether it may wait and gives
/// sentences, or nothing when no more will come; `done` is told of each sentence as soon as it has
/// come to its end.
pub(super) fn fly<'a, T>(
    network: &Network,
    mut next: impl FnMut(bool) -> Option<Vec<Asked<'a, T>>>,
    mut done: impl FnMut(T, Landed),
) {
    let mut aloft: Vec<Aloft<'a, T>> = Vec::new();
    // Read together, which costs less than one by one.
    let mut ready = VecDeque::new();
    let mut room = Room::default();
    let mut is_open = true;
    while is_open || !aloft.is_empty() {
        let mut rows: usize = aloft.iter().map(|one| one.way.rows()).sum();
        while rows < ROWS {
            if ready.is_empty() && is_open {
                match next(aloft.is_empty()) {
                    Some(asked) => ready.extend(board(network, asked)),
                    None => is_open = false,
                }
            }
            let Some(one) = ready.pop_front() else {
                break;
            };
            rows += one.way.rows();
            aloft.push(one);
        }
        if aloft.is_empty() {
            continue;
        }
        step(network, &mut aloft, &mut room);
        let onward = aloft.into_iter().map(|one| one.onward(network));
        aloft = onward
            .filter_map(|one| {
                let landed = one.map_err(|(ticket, landed)| done(ticket, landed));
                landed.ok()
            })
            .collect();
    }
}

impl<T> Aloft<'_, T> {
    /// Goes on, in another way where this one has come to its end without all holes; else what
    /// came of it.
    fn onward(mut self, network: &Network) -> Result<Self, (T, Landed)> {
        match self.growing {
            Growing::Greedy(greedy) if greedy.row().is_none() => {
                let is_mended = self.way == Way::Mended && !greedy.is_whole();
                self.landed.written = Some(greedy.written);
                if !is_mended {
                    return Err((self.ticket, self.landed));
                }
                self.way = Way::Search(MENDING);
                self.growing = search(greedy.source, greedy.rules, MENDING, &network.blank());
            }
            Growing::Search(mut one) if one.rows().next().is_none() => {
                self.landed.found = one.found();
                if !self.landed.found.is_empty() || self.landed.written.is_some() {
                    return Err((self.ticket, self.landed));
                }
                self.way = Way::Greedy;
                self.growing = greedy(one.source, one.rules, &network.blank());
            }
            growing => self.growing = growing,
        }
        Ok(self)
    }
}

/// Sentences are read.
fn board<'a, T>(network: &Network, asked: Vec<Asked<'a, T>>) -> Vec<Aloft<'a, T>> {
    let tokens: Vec<&[u32]> = asked.iter().map(|one| one.tokens.as_slice()).collect();
    let sources = network.read(&tokens);
    let blank = network.blank();
    (asked.into_iter().zip(sources))
        .map(|(asked, source)| Aloft {
            growing: match asked.way {
                Way::Greedy | Way::Mended => greedy(source, asked.rules, &blank),
                Way::Search(width) => search(source, asked.rules, width, &blank),
            },
            way: asked.way,
            landed: Landed::default(),
            ticket: asked.ticket,
        })
        .collect()
}

fn greedy<'a>(source: Source, rules: Rules<'a>, blank: &Cells) -> Growing<'a> {
    Growing::Greedy(Greedy::new(source, rules, blank.clone()))
}

fn search<'a>(source: Source, rules: Rules<'a>, width: usize, blank: &Cells) -> Growing<'a> {
    Growing::Search(Search::new(source, rules, width, blank.clone()))
}

/// All of them take a step.
fn step<T>(network: &Network, aloft: &mut [Aloft<'_, T>], room: &mut Room) {
    let mut rows: Vec<Row<'_>> = Vec::with_capacity(ROWS);
    let mut counts = Vec::with_capacity(aloft.len());
    for one in aloft.iter() {
        let before = rows.len();
        match &one.growing {
            Growing::Greedy(greedy) => rows.extend(greedy.row()),
            Growing::Search(search) => rows.extend(search.rows()),
        }
        counts.push(rows.len() - before);
    }
    let mut stepped = network.step(&rows, room);
    let mut cells = std::mem::take(&mut stepped.cells).into_iter();
    let mut logits = stepped.logits();
    for (one, rows) in aloft.iter_mut().zip(counts) {
        let logits = logits.by_ref().take(rows);
        let cells = cells.by_ref().take(rows);
        match &mut one.growing {
            Growing::Greedy(greedy) => {
                for (logits, cells) in logits.zip(cells) {
                    greedy.grow(logits, cells);
                }
            }
            Growing::Search(search) => search.grow(logits, cells),
        }
    }
}

#[cfg(test)]
mod tests {
    use crossbeam_channel::unbounded;

    use super::{READ, ROWS, take};

    #[test]
    fn no_thread_takes_more_than_its_share_or_fills_more_than_a_step() {
        for (waiting, threads, rows, expected) in [
            (1, 2, 1, 1),
            (2, 2, 1, 1),
            (2, 1, 1, 2),
            (100, 2, 1, READ),
            (9, 1, ROWS, 1),
        ] {
            let (send, inbox) = unbounded();
            for one in 0..waiting {
                send.send(one).unwrap();
            }
            let taken = take(&inbox, threads, false, |_| rows).unwrap();
            assert_eq!(taken.len(), expected, "{waiting} for {threads} of {rows}");
            assert_eq!(inbox.len(), waiting - expected, "the others still wait");
        }
    }

    #[test]
    fn an_inbox_is_closed_when_nobody_can_send_and_nothing_waits() {
        let (send, inbox) = unbounded();
        assert_eq!(take(&inbox, 1, false, |_| 1), Some(Vec::new()));
        send.send(7).unwrap();
        drop(send);
        assert_eq!(take(&inbox, 1, true, |_| 1), Some(vec![7]));
        assert_eq!(take(&inbox, 1, true, |_| 1), None);
        assert_eq!(take(&inbox, 1, false, |_| 1), None);
    }
}
