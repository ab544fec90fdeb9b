//! What happens when a provider does not keep what it was given.
//!
//! A segment is sent whole. If the answer has a [`Defect`], what was asked is
//! taken apart more finely and asked again: quotations apart, clause by clause,
//! at last only the words between two values, which therefore cannot be lost.
//! Then the next provider of the chain tries. What none could do keeps its
//! source and is marked for review. Every step is bounded and counted.

use std::sync::Arc;

use super::{Answered, HeldName};
use crate::assemble::{self, Defect};
use crate::language::Pair;
use crate::mark::quote;
use crate::plan::{Grain, Part, Piece, Segment};
use crate::provider::{
    Batch, Context, Draft, Error, ErrorKind, Identity, Provider, Retry, muddled, wire,
};
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
    /// What was wrong with the answers on the way.
    pub troubles: Vec<Trouble>,
    /// Characters sent for it, every attempt counted.
    pub characters_sent: usize,
    /// Whether all of it came from memory.
    pub remembered: bool,
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
/// marks balanced.
pub async fn climb(
    chain: &[Arc<dyn Provider>],
    pair: Pair,
    segments: &[Segment],
    context: &Context,
) -> Vec<Climbed> {
    let mut trees: Vec<Tree> = segments.iter().map(Tree::new).collect();
    loop {
        let mut open: Vec<&mut Leaf> = Vec::new();
        for tree in &mut trees {
            tree.root.open(&mut open);
        }
        if open.is_empty() {
            break;
        }
        round(chain, pair, open, context).await;
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
    fn open(segment: Segment, grain: Grain, provider: usize) -> Node {
        Node::Open(Self {
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
    fn new(segment: &Segment) -> Self {
        let root = if segment.has_words() {
            Leaf::open(segment.clone(), Grain::Whole, 0)
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
                troubles: Vec::new(),
                characters_sent: 0,
                remembered: false,
            },
        }
    }

    fn finish(mut self) -> Climbed {
        self.root.collect(&mut self.climbed.pieces);
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
            let pieces = if leaf.grain == Grain::Runs {
                without_marks(draft.pieces)
            } else {
                draft.pieces
            };
            let defects = assemble::defects(&leaf.segment, &pieces);
            if leaf.grain == Grain::Whole
                && leaf.recalled.is_none()
                && let Some(provider) = chain.get(leaf.provider)
            {
                let name = &provider.identity().name;
                let answered = Answered::new(name, &leaf.segment, &defects);
                climbed.answered.push(answered);
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
                    ErrorKind::Malformed => true,
                    ErrorKind::Unavailable | ErrorKind::Timeout => error.retry != Retry::Never,
                    _ => false,
                };
            climbed.troubles.push(Trouble::Error(error));
            if again {
                return Node::Open(Leaf {
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
        let unchanged =
            matches!(parts.as_slice(), [Part::Send(one)] if one.pieces == leaf.segment.pieces);
        if unchanged {
            continue;
        }
        return Some(Node::Split(
            parts
                .into_iter()
                .map(|part| match part {
                    Part::Send(segment) => Leaf::open(segment, grain, leaf.provider),
                    Part::Keep(pieces) => Node::Done(wire::kept(pieces, pair)),
                })
                .collect(),
        ));
    }
    None
}

fn halves(leaf: &Leaf) -> Option<Node> {
    let (left, right) = leaf.segment.halves()?;
    let node = |segment: Segment| {
        if segment.has_words() {
            Leaf::open(segment, Grain::Runs, leaf.provider)
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
        return Leaf::open(leaf.segment.clone(), Grain::Whole, next);
    }
    climbed.untranslated += 1;
    Node::Done(leaf.segment.pieces.clone())
}

/// The letters of some pieces outside their values.
fn letters(pieces: &[Piece]) -> usize {
    let count = |piece: &Piece| match piece {
        Piece::Text(text) => truncated::letters(text),
        Piece::Hole(..) | Piece::Quote(..) => 0,
    };
    pieces.iter().map(count).sum()
}

/// In the words between two values a mark can only be an invention.
fn without_marks(pieces: Vec<Piece>) -> Vec<Piece> {
    pieces
        .into_iter()
        .filter_map(|piece| match piece {
            Piece::Text(text) => {
                let mut out = String::with_capacity(text.len());
                let mut at = 0;
                for (span, _) in quote::scan(&text) {
                    out.push_str(&text[at..span.start()]);
                    at = span.end();
                }
                out.push_str(&text[at..]);
                Some(Piece::Text(out))
            }
            Piece::Hole(..) | Piece::Quote(..) => None,
        })
        .collect()
}

/// Sends every open leaf that its provider takes, in batches that it takes.
async fn round(
    chain: &[Arc<dyn Provider>],
    pair: Pair,
    mut open: Vec<&mut Leaf>,
    context: &Context,
) {
    for (index, provider) in chain.iter().enumerate() {
        let capability = provider.capability();
        if !capability.covers(pair) {
            continue;
        }
        let mut batch: Vec<&mut Leaf> = Vec::new();
        let mut characters = 0;
        let (mut own, rest): (Vec<_>, Vec<_>) =
            open.into_iter().partition(|leaf| leaf.provider == index);
        recall(provider.as_ref(), pair, &mut own, context);
        for leaf in own {
            if leaf.answer.is_some() {
                continue;
            }
            if !provider.fits(&leaf.segment, pair) {
                continue;
            }
            let size = provider.size(&leaf.segment, pair);
            let full = batch.len() >= capability.max_segments
                || characters + size > capability.max_characters
                || leaf.alone;
            if full && !batch.is_empty() {
                send(provider.as_ref(), pair, std::mem::take(&mut batch), context).await;
                characters = 0;
            }
            leaf.sent = wire::characters(&leaf.segment, pair.source);
            characters += size;
            let alone = leaf.alone;
            batch.push(leaf);
            if alone {
                send(provider.as_ref(), pair, std::mem::take(&mut batch), context).await;
                characters = 0;
            }
        }
        if !batch.is_empty() {
            send(provider.as_ref(), pair, batch, context).await;
        }
        open = rest;
    }
}

/// Answers what the provider knows without being asked.
fn recall(provider: &dyn Provider, pair: Pair, leaves: &mut [&mut Leaf], context: &Context) {
    if leaves.is_empty() {
        return;
    }
    let batch = batch(pair, leaves, context);
    for (leaf, recalled) in leaves.iter_mut().zip(provider.recall(&batch)) {
        if let Some(recalled) = recalled {
            leaf.answer = Some(Ok(recalled.draft));
            leaf.recalled = Some(recalled.approved);
        }
    }
}

fn batch(pair: Pair, leaves: &[&mut Leaf], context: &Context) -> Batch {
    Batch {
        pair,
        segments: leaves.iter().map(|leaf| leaf.segment.clone()).collect(),
        context: context.clone(),
    }
}

async fn send(provider: &dyn Provider, pair: Pair, leaves: Vec<&mut Leaf>, context: &Context) {
    let batch = batch(pair, &leaves, context);
    tracing::debug!(
        provider = provider.identity().name,
        segments = batch.segments.len(),
        "sending"
    );
    match provider.translate(&batch).await {
        Ok(drafts) if muddled(&batch, &drafts) => {
            let error = Error {
                provider: provider.identity().name.clone(),
                kind: ErrorKind::Malformed,
                message: "it gave one answer to two different segments".to_owned(),
                retry: Retry::Never,
            };
            for leaf in leaves {
                leaf.answer = Some(Err(error.clone()));
            }
        }
        Ok(drafts) if drafts.len() == leaves.len() => {
            for (leaf, draft) in leaves.into_iter().zip(drafts) {
                leaf.answer = Some(draft);
            }
        }
        Ok(drafts) => {
            let error = Error {
                provider: provider.identity().name.clone(),
                kind: ErrorKind::Malformed,
                message: format!(
                    "it was asked for {} segments and answered {}",
                    leaves.len(),
                    drafts.len()
                ),
                retry: Retry::Never,
            };
            for leaf in leaves {
                leaf.answer = Some(Err(error.clone()));
            }
        }
        Err(error) => {
            tracing::warn!(provider = provider.identity().name, kind = %error.kind, "call failed");
            for leaf in leaves {
                leaf.answer = Some(Err(error.clone()));
            }
        }
    }
}
