//! Forced decoding: how likely a given translation is to a model, word by word.
//!
//! The model reads the source and is made to write the translation; what it
//! would have given each token is the token's likelihood. Nothing is searched.

use fxtranslate::engine::Engine;
use fxtranslate::spm::SpmVocab;

use super::search::{empty_cells, log_sum_exp, used_cells};
use crate::provider::judge::Likelihood;

/// The likelihood of `target` as a translation of the tokens `source`, their
/// end mark included.
pub(super) fn likelihood(
    engine: &Engine,
    vocabulary: &SpmVocab,
    source: &[u32],
    target: &str,
) -> Likelihood {
    let tokens = vocabulary.encode_with_eos(target);
    let logarithms = forced(engine, vocabulary.eos_id(), source, &tokens);
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

/// The logarithm of each token's probability after those before it.
fn forced(engine: &Engine, end: u32, source: &[u32], tokens: &[u32]) -> Vec<f32> {
    let context = engine.encode(source);
    let mut cells = empty_cells(context.len() / source.len().max(1));
    let mut previous = end;
    let mut logarithms = Vec::with_capacity(tokens.len());
    for (position, &token) in tokens.iter().enumerate() {
        let top = engine.decode_step(previous, position, &context, source.len(), &mut cells);
        used_cells(&mut cells);
        let logits = engine.project(&top);
        let logit = logits.get(token as usize);
        logarithms.push(logit.map_or(f32::NEG_INFINITY, |logit| logit - log_sum_exp(&logits)));
        previous = token;
    }
    logarithms
}

fn mean(logarithms: &[f32]) -> f32 {
    logarithms.iter().sum::<f32>() / logarithms.len().max(1) as f32
}
