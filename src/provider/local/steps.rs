//! Steps of the decoder: of many translations at a time, or of a given one all at once.
//!
//! One product serves all rows, and what the attention wants of a source is worked out
//! once. Rows do not depend on each other.

use super::encode::Source;
use super::figures::{above_zero, remember};
use super::layers::Sight;
use super::network::Network;
use super::weights::Room;

/// The memory of a translation: a vector a layer, one behind the other.
pub(super) type Cells = Vec<f32>;

/// A translation that takes a step.
pub(super) struct Row<'a> {
    pub(super) source: &'a Source,
    /// How many tokens it has.
    pub(super) position: usize,
    /// Its last token; the first step has none and does not look at this.
    pub(super) token: u32,
    pub(super) cells: &'a Cells,
}

/// What a step gives each of its rows.
pub(super) struct Stepped<'r> {
    /// Every token's logit, row by row.
    logits: &'r mut [f32],
    tokens: usize,
    /// The memory after the step.
    pub(super) cells: Vec<Cells>,
}

impl Stepped<'_> {
    /// The logits of each row.
    pub(super) fn logits(&mut self) -> impl Iterator<Item = &mut [f32]> {
        self.logits.chunks_mut(self.tokens)
    }
}

impl Network {
    /// The memory before the first token.
    pub(super) fn blank(&self) -> Cells {
        vec![0.0; self.decoder.len() * self.width]
    }

    /// One step of translations, of which those of one source stand together. The logits are
    /// written into `room`.
    pub(super) fn step<'r>(&self, rows: &[Row<'_>], room: &'r mut Room) -> Stepped<'r> {
        let mut x = Vec::with_capacity(rows.len() * self.width);
        for row in rows {
            let token = (row.position > 0).then_some((&self.targets, row.token));
            self.embed(&mut x, token, row.position);
        }
        let mut cells: Vec<Cells> = rows.iter().map(|row| row.cells.clone()).collect();
        let recall = |layer: usize, new: &[f32], gate: &[f32]| {
            let mut all = Vec::with_capacity(new.len());
            let news = new.chunks(self.width).zip(gate.chunks(self.width));
            for (cells, (new, gate)) in cells.iter_mut().zip(news) {
                let cell = &mut cells[layer * self.width..(layer + 1) * self.width];
                remember(cell, new, gate);
                all.extend_from_slice(cell);
            }
            all
        };
        let groups = rows.chunk_by(|a, b| std::ptr::eq(a.source, b.source));
        let sources: Vec<(&Source, usize)> =
            groups.map(|rows| (rows[0].source, rows.len())).collect();
        let stepped = self.decoded(x, &sources, recall, |_| {}, room);
        Stepped { cells, ..stepped }
    }

    /// Every token's logits at each place of a translation that is given: the decoder's
    /// memory is all that goes from one place to the next, and none is told here. `saw` is told
    /// for each place what share of the attention each token of the source had: of the first
    /// head of the last layer, which is trained to tell which words were translated.
    pub(super) fn forced<'r>(
        &self,
        source: &Source,
        tokens: &[u32],
        saw: impl FnMut(&[f32]),
        room: &'r mut Room,
    ) -> Stepped<'r> {
        let before = std::iter::once(None).chain(tokens.iter().copied().map(Some));
        let mut x = Vec::with_capacity(tokens.len() * self.width);
        for (position, token) in before.take(tokens.len()).enumerate() {
            let token = token.map(|token| (&self.targets, token));
            self.embed(&mut x, token, position);
        }
        let recall = |_: usize, new: &[f32], gate: &[f32]| {
            let mut all = Vec::with_capacity(new.len());
            let mut cell = vec![0.0; self.width];
            for (new, gate) in new.chunks(self.width).zip(gate.chunks(self.width)) {
                remember(&mut cell, new, gate);
                all.extend_from_slice(&cell);
            }
            all
        };
        self.decoded(x, &[(source, tokens.len())], recall, saw, room)
    }

    /// What the layers make of embedded tokens, so many for each source. `recall` gives
    /// the memory of a layer after each of them, of what is new and how far it keeps
    /// what was; `saw` is told of the attention, row by row.
    fn decoded<'r>(
        &self,
        mut x: Vec<f32>,
        sources: &[(&Source, usize)],
        mut recall: impl FnMut(usize, &[f32], &[f32]) -> Vec<f32>,
        mut saw: impl FnMut(&[f32]),
        room: &'r mut Room,
    ) -> Stepped<'r> {
        for (at, layer) in self.decoder.iter().enumerate() {
            let memory = recall(at, &layer.new.of(&x), &layer.gate.of(&x));
            x = layer.memory.sum(above_zero(memory), &x);
            let sights = sources.iter().map(|&(source, rows)| Sight {
                known: &source.layers[at],
                rows,
            });
            let is_last = at + 1 == self.decoder.len();
            x = layer.source.look(&x, sights, |shares| {
                if is_last {
                    saw(shares);
                }
            });
            x = layer.forward.pass(&x);
        }
        Stepped {
            logits: self.choice.within(&x, room),
            tokens: self.choice.width(),
            cells: Vec::new(),
        }
    }
}
