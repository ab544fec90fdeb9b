//! Forced decoding: how likely a given translation is to a model, word by word, and what the
//! model looks at for each.
//!
//! The model reads the source and is made to write the translation; what it
//! would have given each token is the token's likelihood. Nothing is searched.

use fxtranslate::spm::SpmVocab;

use super::figures::log_sum_exp;
use super::network::Network;
use super::weights::Room;
use crate::provider::judge::Likelihood;

/// The likelihood of `target` as a translation of the tokens `source`, their
/// end mark included.
pub(super) fn likelihood(
    network: &Network,
    vocabulary: &SpmVocab,
    source: &[u32],
    target: &str,
) -> Likelihood {
    let tokens = vocabulary.encode_with_eos(target);
    let logarithms = forced(network, source, &tokens);
    let mut words: Vec<Vec<f32>> = Vec::new();
    for (&token, &logarithm) in tokens.iter().zip(&logarithms) {
        match words.last_mut() {
            _ if token == vocabulary.eos_id() => {}
            Some(word) if !vocabulary.piece(token).starts_with('\u{2581}') => word.push(logarithm),
            _ => words.push(vec![logarithm]),
        }
    }
    Likelihood {
        words: words.iter().map(|word| mean(word)).collect(),
        whole: mean(&logarithms),
    }
}

/// For each token of a translation that is given what share of the attention each token of the
/// source, its end mark included, had.
pub(super) fn attention(network: &Network, source: &[u32], tokens: &[u32]) -> Vec<Vec<f32>> {
    let mut seen = Vec::with_capacity(tokens.len());
    if tokens.is_empty() {
        return seen;
    }
    if let Some(source) = network.read(&[source]).first() {
        let saw = |shares: &[f32]| seen.push(shares.to_vec());
        network.forced(source, tokens, saw, &mut Room::default());
    }
    seen
}

/// The logarithm of each token's probability after those before it.
fn forced(network: &Network, source: &[u32], tokens: &[u32]) -> Vec<f32> {
    let known = network.read(&[source]);
    let Some(source) = known.first() else {
        return vec![f32::NEG_INFINITY; tokens.len()];
    };
    let mut room = Room::default();
    let mut read = network.forced(source, tokens, |_| {}, &mut room);
    let logarithm = |(logits, &token): (&mut [f32], &u32)| {
        let logit = logits.get(token as usize);
        logit.map_or(f32::NEG_INFINITY, |logit| logit - log_sum_exp(logits))
    };
    read.logits().zip(tokens).map(logarithm).collect()
}

fn mean(logarithms: &[f32]) -> f32 {
    logarithms.iter().sum::<f32>() / logarithms.len().max(1) as f32
}
