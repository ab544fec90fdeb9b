//! What the layers of a network are made of. All of it works on rows of figures, a row
//! a token.

use std::ops::Range;

use rten_gemm::{GemmExecutor, GemmInputA, GemmInputB, GemmOptions, PackedBMatrix};
use rten_tensor::{Matrix, MatrixLayout, NdTensorView};

use super::figures::{above_zero, normalise, share_out};
use super::weights::{Names, Parameters, Product};

/// The product with `{layer}_W{part}`, `{layer}_b{part}` added.
pub(super) fn affine(
    parameters: &Parameters,
    layer: &str,
    part: &str,
    size: (usize, Option<usize>),
) -> Result<Product, String> {
    let weight = format!("{layer}_W{part}");
    parameters.product(&Names {
        weight: &weight,
        alpha: &format!("{weight}_QuantMultA"),
        bias: Some(&format!("{layer}_b{part}")),
        size,
    })
}

/// The end of a sublayer: what it adds to what went in, normalised.
pub(super) struct Normal {
    scale: Vec<f32>,
    shift: Vec<f32>,
}

impl Normal {
    pub(super) fn of(parameters: &Parameters, name: &str, width: usize) -> Result<Self, String> {
        let wide = |name: &str| {
            let figures = parameters.figures(name)?;
            match figures.as_slice() {
                [one] => Ok(vec![*one; width]),
                all if all.len() == width => Ok(figures),
                _ => Err(format!("{name} has not {width} figures")),
            }
        };
        let shift = format!("{name}_ln_bias");
        Ok(Self {
            scale: wide(&format!("{name}_ln_scale"))?,
            shift: if parameters.has(&shift) {
                wide(&shift)?
            } else {
                vec![0.0; width]
            },
        })
    }

    /// Sums of `out` and `into`, each row brought to mean 0 and deviation 1 and scaled.
    pub(super) fn sum(&self, mut out: Vec<f32>, into: &[f32]) -> Vec<f32> {
        normalise(&mut out, into, &self.scale, &self.shift);
        out
    }
}

/// Rows that [`Forward`] takes at a time: what stands between its two products is wide,
/// and of a batch of sentences it would be the most that the engine ever holds.
const ROWS: usize = 16;

/// Two products; what is below zero between them counts as zero.
pub(super) struct Forward {
    inner: Product,
    outer: Product,
    normal: Normal,
}

impl Forward {
    pub(super) fn of(parameters: &Parameters, layer: &str, width: usize) -> Result<Self, String> {
        let inner = affine(parameters, layer, "1", (width, None))?;
        Ok(Self {
            outer: affine(parameters, layer, "2", (inner.width(), Some(width)))?,
            inner,
            normal: Normal::of(parameters, &format!("{layer}_ffn"), width)?,
        })
    }

    pub(super) fn pass(&self, x: &[f32]) -> Vec<f32> {
        let mut out = Vec::with_capacity(x.len());
        for rows in x.chunks(ROWS * self.outer.width()) {
            out.append(&mut self.outer.of(&above_zero(self.inner.of(rows))));
        }
        self.normal.sum(out, x)
    }
}

/// What attention can see of a sentence, made ready to be multiplied with: rows look at it again
/// and again.
pub(super) struct Known {
    heads: Vec<Head>,
    /// Tokens of the sentence.
    tokens: usize,
}

/// What one head sees.
struct Head {
    /// A column a token.
    keys: PackedBMatrix<f32>,
    /// A row a token.
    values: PackedBMatrix<f32>,
}

/// What so many rows, one behind the other, see.
pub(super) struct Sight<'k> {
    pub(super) known: &'k Known,
    pub(super) rows: usize,
}

/// Attention of several heads.
pub(super) struct Attention {
    queries: Product,
    keys: Product,
    values: Product,
    out: Product,
    normal: Normal,
    kernel: GemmExecutor,
    width: usize,
    /// Figures of a token that one head sees.
    head: usize,
}

impl Attention {
    pub(super) fn of(
        parameters: &Parameters,
        layer: &str,
        (width, heads): (usize, usize),
    ) -> Result<Self, String> {
        let square = |part| affine(parameters, layer, part, (width, Some(width)));
        Ok(Self {
            queries: square("q")?,
            keys: square("k")?,
            values: square("v")?,
            out: square("o")?,
            normal: Normal::of(parameters, &format!("{layer}_Wo"), width)?,
            kernel: GemmExecutor::new(),
            width,
            head: width / heads,
        })
    }

    /// Makes sentences ready to be seen, whose tokens are these rows of `x`.
    pub(super) fn know(&self, x: &[f32], sentences: &[Range<usize>]) -> Vec<Known> {
        let (keys, values) = (self.keys.of(x), self.values.of(x));
        (sentences.iter())
            .map(|sentence| {
                let keys = matrix(&keys, sentence, self.width);
                let values = matrix(&values, sentence, self.width);
                let head = |part: Range<usize>| Head {
                    keys: (self.kernel).prepack_b(keys.slice((.., part.clone())).transposed()),
                    values: self.kernel.prepack_b(values.slice((.., part))),
                };
                Known {
                    heads: self.parts().map(head).collect(),
                    tokens: sentence.len(),
                }
            })
            .collect()
    }

    /// The figures of each head.
    fn parts(&self) -> impl Iterator<Item = Range<usize>> {
        let starts = (0..self.width).step_by(self.head);
        starts.map(|start| start..start + self.head)
    }

    /// What the rows of `x` make of the sentences that they see. `first` is told row by row
    /// what share of its first head's attention each token of the sentence has.
    pub(super) fn look<'k>(
        &self,
        x: &[f32],
        sights: impl Iterator<Item = Sight<'k>>,
        mut first: impl FnMut(&[f32]),
    ) -> Vec<f32> {
        let scale = 1.0 / (self.head as f32).sqrt();
        let queries = self.queries.of(x);
        let mut joined = vec![0.0; queries.len()];
        let mut start = 0;
        for Sight { known, rows } in sights {
            let place = start..start + rows;
            start = place.end;
            let queries = matrix(&queries, &place, self.width);
            let joined = &mut joined[place.start * self.width..place.end * self.width];
            for (head, part) in known.heads.iter().zip(self.parts()) {
                let queries = queries.slice((.., part.clone()));
                let mut shares = self.times(queries, &head.keys, scale);
                for shares in shares.chunks_mut(known.tokens) {
                    share_out(shares);
                    if part.start == 0 {
                        first(shares);
                    }
                }
                let shares = matrix(&shares, &(0..rows), known.tokens);
                let seen = self.times(shares, &head.values, 1.0);
                for (joined, seen) in joined.chunks_mut(self.width).zip(seen.chunks(self.head)) {
                    joined[part.clone()].copy_from_slice(seen);
                }
            }
        }
        self.normal.sum(self.out.of(&joined), x)
    }

    /// The product of two matrices, scaled.
    fn times(&self, a: Matrix<'_, f32>, b: &PackedBMatrix<f32>, scale: f32) -> Vec<f32> {
        let mut out = vec![0.0; a.rows() * b.cols()];
        let options = GemmOptions {
            alpha: scale,
            ..GemmOptions::default()
        };
        let (a, b) = (GemmInputA::Unpacked(a), GemmInputB::Packed(b));
        let done = self.kernel.gemm(&mut out, a, b, options);
        debug_assert!(done.is_ok(), "rows of one width: {done:?}");
        out
    }
}

/// Some of the rows of figures, each of so many.
fn matrix<'f>(figures: &'f [f32], rows: &Range<usize>, width: usize) -> Matrix<'f, f32> {
    let part = &figures[rows.start * width..rows.end * width];
    NdTensorView::from_data([rows.len(), width], part)
}
