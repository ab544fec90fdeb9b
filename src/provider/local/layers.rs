//! What the layers of a network are made of. All of it works on rows of figures, a row
//! a token.

use std::ops::Range;

use rten_gemm::{GemmExecutor, GemmInputA, GemmInputB, GemmOptions};
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
const ROWS: usize = 64;

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

/// What attention can see: a key and a value for each token of one sentence or of
/// several, one behind the other.
pub(super) struct Known {
    keys: Vec<f32>,
    values: Vec<f32>,
}

impl Known {
    /// What is known of some of the tokens; each has so many figures.
    pub(super) fn part(&self, tokens: &Range<usize>, width: usize) -> Self {
        let figures = tokens.start * width..tokens.end * width;
        Self {
            keys: self.keys[figures.clone()].to_vec(),
            values: self.values[figures].to_vec(),
        }
    }
}

/// Tokens that so many rows, one behind the other, see.
pub(super) struct Sight<'k> {
    pub(super) known: &'k Known,
    pub(super) tokens: Range<usize>,
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

    /// Makes tokens ready to be seen.
    pub(super) fn know(&self, tokens: &[f32]) -> Known {
        Known {
            keys: self.keys.of(tokens),
            values: self.values.of(tokens),
        }
    }

    /// What the rows of `x` make of the tokens that they see. `first` is told row by row
    /// what share of its first head's attention each of these tokens has.
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
        for sight in sights {
            let rows = start..start + sight.rows;
            start = rows.end;
            let queries = matrix(&queries, &rows, self.width);
            let keys = matrix(&sight.known.keys, &sight.tokens, self.width);
            let values = matrix(&sight.known.values, &sight.tokens, self.width);
            let joined = &mut joined[rows.start * self.width..rows.end * self.width];
            for offset in (0..self.width).step_by(self.head) {
                let part = offset..offset + self.head;
                let keys = keys.slice((.., part.clone())).transposed();
                let mut shares = self.times(queries.slice((.., part.clone())), keys, scale);
                for shares in shares.chunks_mut(sight.tokens.len()) {
                    share_out(shares);
                    if offset == 0 {
                        first(shares);
                    }
                }
                let shares = matrix(&shares, &(0..sight.rows), sight.tokens.len());
                let seen = self.times(shares, values.slice((.., part.clone())), 1.0);
                for (joined, seen) in joined.chunks_mut(self.width).zip(seen.chunks(self.head)) {
                    joined[part.clone()].copy_from_slice(seen);
                }
            }
        }
        self.normal.sum(self.out.of(&joined), x)
    }

    /// The product of two matrices, scaled.
    fn times(&self, a: Matrix<'_, f32>, b: Matrix<'_, f32>, scale: f32) -> Vec<f32> {
        let mut out = vec![0.0; a.rows() * b.cols()];
        let options = GemmOptions {
            alpha: scale,
            ..GemmOptions::default()
        };
        let (a, b) = (GemmInputA::Unpacked(a), GemmInputB::Unpacked(b));
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
