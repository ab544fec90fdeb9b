//! What happens when a provider does not keep what it was given.
//!
//! A segment is sent whole. If the answer has a [`Defect`], what was asked is
//! taken apart more finely and asked again: quotations apart, clause by clause,
//! at last only the words between two values, which therefore cannot be lost.
//! Then the next provider of the chain tries. What none could do keeps its
//! source and is marked for review. Every step is bounded and counted.

mod send;
mod unquoted;

use std::sync::Arc;

use self::unquoted::unquoted;
use super::Answered;
use super::held_name::HeldName;
use super::told::Told;
use crate::assemble::{self, Defect};
use crate::language::Pair;
use crate::plan::markup::bare;
use crate::plan::{Grain, Part, Piece, Segment};
use crate::provider::{Context, Draft, Error, ErrorKind, Identity, Provider, Retry, wire};
use crate::verify::truncated;

/// What became of a segment.
#[derive(Debug, Clone)]
pub struct Climbed {
    /// The pieces of the target; those of the source where nothing helped.
    pub pieces: Vec<Piece>,
    /// Who translated it; of several, the last.
    pub provider: Option<Identity>,
    /// Whether any part of it is of draft quality.
    pub draft: bool,
    /// How finely it had to be taken apart.
    pub grain: Grain,
    /// How each provider answered the sentence as a whole.
    pub answered: Vec<Answered>,
    /// Parts that no provider could translate and that keep their source.
    pub untranslated: usize,
    /// Parts whose answer is too short for a translation: letters of source and target.
    pub short: Vec<(usize, usize)>,
    /// Names that the first answer lacked, and what became of them.
    pub names: Vec<HeldName>,
    /// Whether an answer quoted what the source does not; the marks were taken out.
    pub unquoted: bool,
    /// What was wrong with the answers on the way.
    pub troubles: Vec<Trouble>,
    /// Characters sent for it, every attempt counted.
    pub characters_sent: usize,
    /// Whether all of it came from memory.
    pub remembered: bool,
}

impl Climbed {
    /// Whether a person approved it.
    #[must_use]
    pub fn is_approved(&self) -> bool {
        self.provider == Some(Identity::approved())
    }
}

/// One thing that went wrong on the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// An answer was damaged.
    Defect(Defect),
    /// A call failed.
    Error(Error),
}

/// Has `segments` translated, by the first provider of `chain` that can.
///
/// Law: one result per segment, in order. Whatever the providers do, the pieces
/// of a result hold every hole of its segment exactly once and its quotation
/// marks balanced; but for a sentence that a person wants to be as it is.
pub async fn climb(
    chain: &[Arc<dyn Provider>],
    pair: Pair,
    segments: &[Segment],
    context: &Context,
) -> Vec<Climbed> {
    let mut trees: Vec<Tree> = segments.iter().enumerate().map(Tree::new).collect();
    let mut told = Told::new(segments, pair);
    loop {
        let mut open: Vec<&mut Leaf> = Vec::new();
        for tree in &mut trees {
            tree.root.open(&mut open);
        }
        if open.is_empty() {
            break;
        }
        send::round(chain, pair, open, context, &mut told).await;
        for tree in &mut trees {
            tree.root.advance(chain, pair, &mut tree.climbed);
        }
    }
    trees.into_iter().map(Tree::finish).collect()
}

struct Tree {
    root: Node,
    climbed: Climbed,
}

/// A segment, or what it was taken apart into.
enum Node {
    /// Still to be translated, or just answered.
    Open(Leaf),
    /// Done.
    Done(Vec<Piece>),
    /// Taken apart.
    Split(Vec<Node>),
}

struct Leaf {
    /// Which sentence it is, or is a part of.
    sentence: usize,
    segment: Segment,
    grain: Grain,
    /// Index in the chain.
    provider: usize,
    /// Whether it is sent in a batch of its own, after one that made no sense.
    alone: bool,
    answer: Option<Result<Draft, Error>>,
    sent: usize,
    /// Whether the answer came from memory, and whether a person approved it.
    recalled: Option<bool>,
}

impl Leaf {
    fn open(sentence: usize, segment: Segment, grain: Grain, provider: usize) -> Node {
        Node::Open(Self {
            sentence,
            segment,
            grain,
            provider,
            alone: false,
            answer: None,
            sent: 0,
            recalled: None,
        })
    }
}

impl Tree {
    fn new((index, segment): (usize, &Segment)) -> Self {
        let root = if segment.has_words() {
            Leaf::open(index, segment.clone(), Grain::Whole, 0)
        } else {
            Node::Done(segment.pieces.clone())
        };
        Self {
            root,
            climbed: Climbed {
                pieces: Vec::new(),
                provider: None,
                draft: false,
                grain: Grain::Whole,
                answered: Vec::new(),
                untranslated: 0,
                short: Vec::new(),
                names: Vec::new(),
                unquoted: false,
                troubles: Vec::new(),
                characters_sent: 0,
                remembered: false,
            },
        }
    }

    fn finish(mut self) -> Climbed {
        self.root.collect(&mut self.climbed.pieces);
        // Where a part was joined to a value (`Trans-Alaska`), its translation need not be.
        // What stays in the source's words stays as it is.
        if self.climbed.grain > Grain::Whole && self.climbed.untranslated == 0 {
            wire::apart(&mut self.climbed.pieces);
        }
        self.climbed
    }
}

impl Node {
    fn open<'n>(&'n mut self, out: &mut Vec<&'n mut Leaf>) {
        match self {
            Self::Open(leaf) => out.push(leaf),
            Self::Split(nodes) => nodes.iter_mut().for_each(|n| n.open(out)),
            Self::Done(_) => {}
        }
    }

    fn collect(self, out: &mut Vec<Piece>) {
        match self {
            Self::Done(pieces) => out.extend(pieces),
            Self::Split(nodes) => nodes.into_iter().for_each(|n| n.collect(out)),
            Self::Open(leaf) => out.extend(leaf.segment.pieces),
        }
    }

    /// Judges the answers of a round.
    fn advance(&mut self, chain: &[Arc<dyn Provider>], pair: Pair, climbed: &mut Climbed) {
        match self {
            Self::Done(_) => {}
            Self::Split(nodes) => {
                for node in nodes {
                    node.advance(chain, pair, climbed);
                }
            }
            Self::Open(leaf) => {
                climbed.characters_sent += std::mem::take(&mut leaf.sent);
                *self = judge(leaf, chain, pair, climbed);
            }
        }
    }
}

/// What follows from the answer to a leaf.
fn judge(leaf: &mut Leaf, chain: &[Arc<dyn Provider>], pair: Pair, climbed: &mut Climbed) -> Node {
    climbed.grain = climbed.grain.max(leaf.grain);
    match leaf.answer.take() {
        Some(Ok(draft)) => {
            let mut pieces = draft.pieces;
            if leaf.grain == Grain::Runs {
                // Words between two values were sent: a mark can only be an invention.
                pieces.retain(|piece| matches!(piece, Piece::Text(_)));
                pieces = unquoted(&pieces, false);
            }
            let mut defects = match leaf.recalled {
                // What a person approved is judged by the memory.
                Some(true) => Vec::new(),
                _ => assemble::defects(&leaf.segment, &pieces),
            };
            if leaf.grain == Grain::Whole
                && leaf.recalled.is_none()
                && let Some(provider) = chain.get(leaf.provider)
            {
                let name = &provider.identity().name;
                let answered = Answered::new(name, &leaf.segment, &defects);
                climbed.answered.push(answered);
            }
            // Where nothing is quoted a mark can only be an invention, or belong to one that
            // has no partner: to ask again in parts would cost the sentence more.
            if !defects.is_empty() && leaf.segment.quotes().next().is_none() {
                pieces = unquoted(&pieces, true);
                defects = assemble::defects(&leaf.segment, &pieces);
                climbed.unquoted |= defects.is_empty();
            }
            if defects.is_empty() {
                let (asked, said) = (letters(&leaf.segment.pieces), letters(&pieces));
                if leaf.grain > Grain::Whole && truncated::is_short(asked, said) {
                    climbed.short.push((asked, said));
                }
                climbed.remembered =
                    leaf.recalled.is_some() && (climbed.provider.is_none() || climbed.remembered);
                if leaf.recalled == Some(true) {
                    climbed.provider = Some(Identity::approved());
                } else if let Some(provider) = chain.get(leaf.provider) {
                    climbed.provider = Some(provider.identity().clone());
                    climbed.draft |= provider.capability().draft;
                }
                return Node::Done(pieces);
            }
            climbed
                .troubles
                .extend(defects.into_iter().map(Trouble::Defect));
            finer(leaf, pair).unwrap_or_else(|| next_provider(leaf, chain, pair, climbed))
        }
        Some(Err(error)) => {
            let too_large = error.kind == ErrorKind::TooLarge;
            // What fails for a batch may do for most of its segments, one by one.
            let again = !leaf.alone
                && match error.kind {
                    ErrorKind::Malformed | ErrorKind::Refused => true,
                    ErrorKind::Unavailable | ErrorKind::Timeout => error.retry != Retry::Never,
                    _ => false,
                };
            climbed.troubles.push(Trouble::Error(error));
            if again {
                return Node::Open(Leaf {
                    sentence: leaf.sentence,
                    segment: leaf.segment.clone(),
                    grain: leaf.grain,
                    provider: leaf.provider,
                    alone: true,
                    answer: None,
                    sent: 0,
                    recalled: None,
                });
            }
            too_large
                .then(|| finer(leaf, pair).or_else(|| halves(leaf)))
                .flatten()
                .unwrap_or_else(|| next_provider(leaf, chain, pair, climbed))
        }
        // The provider cannot take it in one piece, or there is none.
        None => match chain.get(leaf.provider) {
            Some(provider) if provider.capability().covers(pair) => finer(leaf, pair)
                .or_else(|| halves(leaf))
                .unwrap_or_else(|| next_provider(leaf, chain, pair, climbed)),
            _ => next_provider(leaf, chain, pair, climbed),
        },
    }
}

/// The leaf taken apart at the next grain that makes a difference.
fn finer(leaf: &Leaf, pair: Pair) -> Option<Node> {
    let mut grain = leaf.grain;
    while let Some(next) = grain.finer() {
        grain = next;
        let parts = leaf.segment.parts(grain);
        if is_unchanged(&parts, &leaf.segment) {
            continue;
        }
        return Some(Node::Split(
            parts
                .into_iter()
                .map(|part| match part {
                    Part::Send(segment) => Leaf::open(leaf.sentence, segment, grain, leaf.provider),
                    Part::Keep(pieces) => Node::Done(wire::kept(pieces, pair)),
                })
                .collect(),
        ));
    }
    None
}

/// Whether what is sent of a segment says no less than it did: markup at its ends is
/// no reason to ask again.
fn is_unchanged(parts: &[Part], segment: &Segment) -> bool {
    let mut rest = parts.iter().filter(|part| match part {
        Part::Send(_) => true,
        Part::Keep(pieces) => !bare(pieces).is_empty(),
    });
    match (rest.next(), rest.next()) {
        (Some(Part::Send(one)), None) => one.bare().pieces == segment.bare().pieces,
        _ => false,
    }
}

fn halves(leaf: &Leaf) -> Option<Node> {
    let (left, right) = leaf.segment.halves()?;
    let node = |segment: Segment| {
        if segment.has_words() {
            Leaf::open(leaf.sentence, segment, Grain::Runs, leaf.provider)
        } else {
            Node::Done(segment.pieces)
        }
    };
    Some(Node::Split(vec![node(left), node(right)]))
}

/// The next provider of the chain, from the whole of what is left; without one
/// the source stays.
fn next_provider(
    leaf: &Leaf,
    chain: &[Arc<dyn Provider>],
    pair: Pair,
    climbed: &mut Climbed,
) -> Node {
    let next = (leaf.provider + 1..chain.len())
        .find(|&i| chain.get(i).is_some_and(|p| p.capability().covers(pair)));
    if let Some(next) = next {
        return Leaf::open(leaf.sentence, leaf.segment.clone(), Grain::Whole, next);
    }
    climbed.untranslated += 1;
    Node::Done(leaf.segment.pieces.clone())
}

/// The letters of some pieces outside their values.
fn letters(pieces: &[Piece]) -> usize {
    let count = |piece: &Piece| match piece {
        Piece::Text(text) => truncated::letters(text),
        Piece::Hole(..) | Piece::Quote(..) | Piece::Markup(_) => 0,
    };
    pieces.iter().map(count).sum()
}
