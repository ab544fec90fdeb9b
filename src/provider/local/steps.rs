//! Steps of the decoder that the engine does not offer: several translations of one
//! sentence at a time, and a given translation all at once.
//!
//! The engine's own step takes one translation and reads the source anew each time,
//! which is most of its work. Here what the attention wants of the source is worked out
//! once, and one product serves all rows. Rows do not depend on each other, so the
//! figures are those of the engine (a test compares them).
//!
//! Followed: the transformer with an SSRU decoder (Kim et al., WNGT 2019) as Marian
//! lays it out, by the names of its parameters.

use fxtranslate::ops;
use fxtranslate::weights::{Config, Weights};

/// What keeps the root in a normalisation from zero, as Marian has it.
const EPSILON: f32 = 1e-6;

/// The decoder of a model.
pub(super) struct Steps {
    weights: Weights,
    config: Config,
    /// Of the waves that tell a position, by column.
    frequencies: Vec<f32>,
}

/// A sentence as the decoder's attention wants it.
pub(super) struct Source {
    /// Keys and values by layer: a row a token.
    layers: Vec<(Vec<f32>, Vec<f32>)>,
    tokens: usize,
}

/// The memory of a translation: a vector a layer, one behind the other.
pub(super) type Cells = Vec<f32>;

/// What a step gives each of its rows.
pub(super) struct Stepped {
    /// Every token's logit, row by row.
    logits: Vec<f32>,
    rows: usize,
    /// The memory after the step.
    pub(super) cells: Vec<Cells>,
}

impl Stepped {
    /// The logits of each row.
    pub(super) fn logits(&mut self) -> impl Iterator<Item = &mut [f32]> {
        let width = (self.logits.len() / self.rows.max(1)).max(1);
        self.logits.chunks_mut(width)
    }
}

impl Steps {
    /// The decoder in `weights`.
    pub(super) fn of(weights: Weights) -> Self {
        let config = weights.config();
        let half = config.dim_emb / 2;
        let frequency =
            |column: usize| 1e-4_f32.powf((column % half.max(1)) as f32 / (half as f32 - 1.0));
        Self {
            frequencies: (0..config.dim_emb).map(frequency).collect(),
            weights,
            config,
        }
    }

    /// Makes a sentence ready: `context` is what the engine's encoder says of it.
    pub(super) fn read(&self, context: &[f32]) -> Source {
        let tokens = context.len() / self.width();
        let project = |layer: usize, what: &str| {
            let name = format!("decoder_l{layer}_context");
            let bias = format!("{name}_b{what}");
            let weight = format!("{name}_W{what}");
            (self.weights).affine(&weight, context, tokens, Some(&bias))
        };
        let layers = (1..=self.config.dec_depth).map(|l| (project(l, "k"), project(l, "v")));
        Source {
            layers: layers.collect(),
            tokens,
        }
    }

    /// The memory before the first token.
    pub(super) fn blank(&self) -> Cells {
        vec![0.0; self.config.dec_depth * self.width()]
    }

    /// One step of translations that all have `position` tokens: the last token of each
    /// and its memory. `None` where the model has not what such a decoder needs.
    pub(super) fn step(
        &self,
        source: &Source,
        position: usize,
        rows: &[(u32, &Cells)],
    ) -> Option<Stepped> {
        let width = self.width();
        let mut x = Vec::with_capacity(rows.len() * width);
        let waves = self.waves(position);
        for (token, _) in rows {
            self.embed(*token, position, &waves, &mut x);
        }
        let mut cells: Vec<Cells> = rows.iter().map(|(_, cells)| (*cells).clone()).collect();
        let recur = |layer: usize, new: &[f32], gate: &[f32]| {
            let mut all = Vec::with_capacity(new.len());
            let news = new.chunks(width).zip(gate.chunks(width));
            for (cells, (new, gate)) in cells.iter_mut().zip(news) {
                let cell = &mut cells[layer * width..(layer + 1) * width];
                cell.copy_from_slice(&ops::highway(cell, new, gate));
                all.extend_from_slice(cell);
            }
            all
        };
        let top = self.decoded(source, x, rows.len(), recur)?;
        Some(Stepped {
            logits: self.weights.full_logits_batch(&top, rows.len()),
            rows: rows.len(),
            cells,
        })
    }

    /// Every token's logits at each place of a translation that is given, `end` before
    /// its first token: the decoder's memory is all that goes from one to the next.
    pub(super) fn forced(&self, source: &Source, end: u32, tokens: &[u32]) -> Option<Stepped> {
        let width = self.width();
        let before = std::iter::once(&end).chain(tokens).take(tokens.len());
        let mut x = Vec::with_capacity(tokens.len() * width);
        for (position, &token) in before.enumerate() {
            self.embed(token, position, &self.waves(position), &mut x);
        }
        let recur = |_: usize, new: &[f32], gate: &[f32]| {
            let mut all = Vec::with_capacity(new.len());
            let mut cell = vec![0.0; width];
            for (new, gate) in new.chunks(width).zip(gate.chunks(width)) {
                cell = ops::highway(&cell, new, gate);
                all.extend_from_slice(&cell);
            }
            all
        };
        let top = self.decoded(source, x, tokens.len(), recur)?;
        Some(Stepped {
            logits: self.weights.full_logits_batch(&top, tokens.len()),
            rows: tokens.len(),
            cells: Vec::new(),
        })
    }

    /// What the layers make of `rows` embedded tokens. `recur` gives the memory of a
    /// layer after each, of what is new and how far the gate is open for what was.
    fn decoded(
        &self,
        source: &Source,
        mut x: Vec<f32>,
        rows: usize,
        mut recur: impl FnMut(usize, &[f32], &[f32]) -> Vec<f32>,
    ) -> Option<Vec<f32>> {
        for (layer, known) in source.layers.iter().enumerate() {
            let name = format!("decoder_l{}", layer + 1);
            let new = (self.weights).affine(&format!("{name}_rnn_W"), &x, rows, None);
            let bias = format!("{name}_rnn_bf");
            let gate = (self.weights).affine(&format!("{name}_rnn_Wf"), &x, rows, Some(&bias));
            let memory = ops::relu(&recur(layer, &new, &gate));
            x = self.normal(&memory, &x, rows, &format!("{name}_rnn_ffn"))?;
            let seen = self.attention(&format!("{name}_context"), &x, rows, known, source.tokens);
            x = self.normal(&seen, &x, rows, &format!("{name}_context_Wo"))?;
            x = self.forward(&format!("{name}_ffn"), &x, rows)?;
        }
        Some(x)
    }

    fn attention(
        &self,
        name: &str,
        x: &[f32],
        rows: usize,
        (keys, values): &(Vec<f32>, Vec<f32>),
        tokens: usize,
    ) -> Vec<f32> {
        let width = self.width();
        let head = width / self.config.heads.max(1);
        let scale = 1.0 / (head as f32).sqrt();
        let bias = format!("{name}_bq");
        let queries = (self.weights).affine(&format!("{name}_Wq"), x, rows, Some(&bias));
        let mut joined = vec![0.0; rows * width];
        let mut weights = vec![0.0; tokens];
        for (query, joined) in queries.chunks(width).zip(joined.chunks_mut(width)) {
            let heads = query.chunks(head).zip(joined.chunks_mut(head));
            for (offset, (query, joined)) in (0..).step_by(head).zip(heads) {
                let part = |of: &[f32], token: usize| token * width + offset..of.len();
                for (token, weight) in weights.iter_mut().enumerate() {
                    let key = &keys[part(keys, token)];
                    let dot: f32 = query.iter().zip(key).map(|(a, b)| a * b).sum();
                    *weight = dot * scale;
                }
                ops::softmax_in_place(&mut weights, 1, tokens);
                for (token, weight) in weights.iter().enumerate() {
                    let value = &values[part(values, token)];
                    for (sum, value) in joined.iter_mut().zip(value) {
                        *sum += weight * value;
                    }
                }
            }
        }
        let bias = format!("{name}_bo");
        (self.weights).affine(&format!("{name}_Wo"), &joined, rows, Some(&bias))
    }

    fn forward(&self, name: &str, x: &[f32], rows: usize) -> Option<Vec<f32>> {
        let affine = |place: usize, x: &[f32]| {
            let bias = format!("{name}_b{place}");
            (self.weights).affine(&format!("{name}_W{place}"), x, rows, Some(&bias))
        };
        let out = affine(2, &ops::relu(&affine(1, x)));
        self.normal(&out, x, rows, &format!("{name}_ffn"))
    }

    /// What a layer adds to what went in, normalised.
    fn normal(&self, out: &[f32], into: &[f32], rows: usize, name: &str) -> Option<Vec<f32>> {
        let (gamma, beta) = self.weights.layer_norm(name)?;
        let sum: Vec<f32> = out.iter().zip(into).map(|(a, b)| a + b).collect();
        let width = self.width();
        Some(ops::layer_normalization(
            &sum, gamma, beta, rows, width, EPSILON,
        ))
    }

    /// Adds a token at its position. Before the first one there is none.
    fn embed(&self, token: u32, position: usize, waves: &[f32], x: &mut Vec<f32>) {
        let start = x.len();
        x.resize(start + self.width(), 0.0);
        let row = &mut x[start..];
        if position > 0 {
            self.weights.trg_embed_row_into(token, row);
        }
        let scale = (self.width() as f32).sqrt();
        for (x, wave) in row.iter_mut().zip(waves) {
            *x = scale * *x + wave;
        }
    }

    /// What tells a position: a sine for each column of the first half, a cosine for
    /// each of the second.
    fn waves(&self, position: usize) -> Vec<f32> {
        let half = self.width() / 2;
        let wave = |(column, frequency): (usize, &f32)| {
            let offset = (column / half.max(1)) as f32 * std::f32::consts::FRAC_PI_2;
            (position as f32 * frequency + offset).sin()
        };
        self.frequencies.iter().enumerate().map(wave).collect()
    }

    /// Figures that stand for a token.
    fn width(&self) -> usize {
        self.config.dim_emb
    }
}

#[cfg(all(test, feature = "starter-models"))]
mod tests {
    use super::*;
    use crate::provider::local::model::starters;

    /// Rows of figures that are nearly the same.
    fn agree(one: &[f32], other: &[f32], what: &str) {
        assert_eq!(one.len(), other.len(), "{what}");
        for (a, b) in one.iter().zip(other) {
            assert!((a - b).abs() < 1e-3, "{what}: {a} and {b}");
        }
    }

    #[test]
    fn steps_are_those_of_the_engine() {
        let (_, model) = starters().swap_remove(0);
        let (engine, steps) = (model.load().unwrap(), Steps::of(model.weights().unwrap()));
        let ids = engine.src_ids("The ferry to Barishal left at nine.");
        let context = engine.encode(&ids);
        let source = steps.read(&context);
        let depth = steps.config.dec_depth;
        let width = steps.width();
        let tokens: [[u32; 4]; 2] = [[11, 400, 7, 95], [12, 33, 2000, 8]];
        // The engine's memory has a place more, which it does not use.
        let mut theirs = [(); 2].map(|()| vec![vec![0.0; width]; depth + 1]);
        let mut ours = vec![steps.blank(), steps.blank()];
        let mut seen: Vec<Vec<f32>> = Vec::new();
        for position in 0..4 {
            let last = |row: usize| match position {
                0 => 0,
                _ => tokens[row][position - 1],
            };
            let rows: Vec<_> = ours.iter().enumerate().map(|(i, c)| (last(i), c)).collect();
            let mut stepped = steps.step(&source, position, &rows).unwrap();
            for (row, logits) in stepped.logits().enumerate() {
                let cells = &mut theirs[row];
                let top = engine.decode_step(last(row), position, &context, ids.len(), cells);
                agree(logits, &engine.project(&top), "a step");
                if row == 0 {
                    seen.push(logits.to_vec());
                }
            }
            ours = stepped.cells;
            for (ours, theirs) in ours.iter().zip(&theirs) {
                agree(ours, &theirs[1..].concat(), "the memory");
            }
        }
        let mut forced = steps.forced(&source, 0, &tokens[0]).unwrap();
        for (logits, seen) in forced.logits().zip(&seen) {
            agree(logits, seen, "a translation that is given");
        }
    }
}
