//! One round of the ladder: what is open goes out, in batches that providers take.

use std::borrow::Cow;
use std::sync::Arc;

use super::{Grain, Leaf, Told};
use crate::language::Pair;
use crate::plan::Segment;
use crate::provider::{Batch, Context, Error, ErrorKind, Provider, Retry, muddled, wire};

/// Sends every open leaf that its provider takes, in batches that it takes.
pub(super) async fn round(
    chain: &[Arc<dyn Provider>],
    pair: Pair,
    mut open: Vec<&mut Leaf>,
    context: &Context,
    told: &mut Told,
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
        recall(provider.as_ref(), pair, &mut own, context).await;
        for leaf in &own {
            hear(leaf, pair, told);
        }
        for leaf in own {
            if leaf.answer.is_some() {
                continue;
            }
            let asked = leaf.asked(provider.as_ref());
            if !provider.fits(&asked, pair) {
                continue;
            }
            let size = provider.size(&asked, pair);
            let full = batch.len() >= capability.max_segments
                || characters + size > capability.max_characters
                || leaf.alone;
            if full && !batch.is_empty() {
                send(
                    provider.as_ref(),
                    pair,
                    std::mem::take(&mut batch),
                    context,
                    told,
                )
                .await;
                characters = 0;
            }
            leaf.sent = wire::characters(&leaf.segment, pair.source);
            characters += size;
            let alone = leaf.alone;
            batch.push(leaf);
            if alone {
                send(
                    provider.as_ref(),
                    pair,
                    std::mem::take(&mut batch),
                    context,
                    told,
                )
                .await;
                characters = 0;
            }
        }
        if !batch.is_empty() {
            send(provider.as_ref(), pair, batch, context, told).await;
        }
        open = rest;
    }
}

/// Answers what the provider knows without being asked.
async fn recall(provider: &dyn Provider, pair: Pair, leaves: &mut [&mut Leaf], context: &Context) {
    if leaves.is_empty() {
        return;
    }
    let batch = batch(provider, pair, leaves, context);
    for (leaf, recalled) in leaves.iter_mut().zip(provider.recall(&batch).await) {
        if let Some(recalled) = recalled {
            leaf.answer = Some(Ok(recalled.draft));
            leaf.recalled = Some(recalled.approved);
        }
    }
}

impl Leaf {
    /// What the provider gets to see: no markup that it does not carry or that does
    /// not stand around something here.
    fn asked(&self, provider: &dyn Provider) -> Cow<'_, Segment> {
        if provider.carries_markup() && self.grain < Grain::Runs {
            self.segment.balanced()
        } else {
            self.segment.bare()
        }
    }
}

fn batch(provider: &dyn Provider, pair: Pair, leaves: &[&mut Leaf], context: &Context) -> Batch {
    let asked = |leaf: &&mut Leaf| leaf.asked(provider).into_owned();
    Batch {
        pair,
        segments: leaves.iter().map(asked).collect(),
        context: context.clone(),
    }
}

/// Keeps the answer to a whole sentence for those behind it.
fn hear(leaf: &Leaf, pair: Pair, told: &mut Told) {
    if let (Grain::Whole, Some(Ok(draft))) = (leaf.grain, &leaf.answer) {
        told.answered(leaf.sentence, &leaf.segment, &draft.pieces, pair);
    }
}

async fn send(
    provider: &dyn Provider,
    pair: Pair,
    leaves: Vec<&mut Leaf>,
    context: &Context,
    told: &mut Told,
) {
    let mut batch = batch(provider, pair, &leaves, context);
    if let Some(first) = leaves.first().filter(|_| provider.uses_context()) {
        batch.context.before = told.before(first.sentence);
    }
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
                hear(leaf, pair, told);
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
