//! What the layers of a network are made of. All of it works on rows of figures, a row
//! a token.

use std::ops::Range;

use super::figures::{above_zero, dot, share_out, sum};
use super::weights::{Names, Parameters, Product};

/// What keeps the root in a normalisation from zero, as Marian has it.
const EPSILON: f32 = 1e-6;

/// The product with `{layer}_W{part}`, `{layer}_b{part}` added.
pub(super) fn affine(parameters: &Parameters, layer: &str, part: &str) -> Result<Product, String> {
    let weight = format!("{layer}_W{part}");
    parameters.product(&Names {
        weight: &weight,
        alpha: &format!("{weight}_QuantMultA"),
        bias: Some(&format!("{layer}_b{part}")),
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
            shift: match parameters.has(&shift) {
                true => wide(&shift)?,
                false => vec![0.0; width],
            },
        })
    }

    /// Sums of `out` and `into`, each row brought to mean 0 and deviation 1 and scaled.
    pub(super) fn sum(&self, mut out: Vec<f32>, into: &[f32]) -> Vec<f32> {
        let width = self.scale.len();
        for (row, into) in out.chunks_mut(width).zip(into.chunks(width)) {
            for (x, y) in row.iter_mut().zip(into) {
                *x += y;
            }
            let mean = sum(row, |x| x) / width as f32;
            for x in row.iter_mut() {
                *x -= mean;
            }
            let deviation = (dot(row, row) / width as f32 + EPSILON).sqrt();
            let affine = self.scale.iter().zip(&self.shift);
            for (x, (scale, shift)) in row.iter_mut().zip(affine) {
                *x = scale * (*x / deviation) + shift;
            }
        }
        out
    }
}

/// Two products; what is below zero between them counts as zero.
pub(super) struct Forward {
    inner: Product,
    outer: Product,
    normal: Normal,
}

impl Forward {
    pub(super) fn of(parameters: &Parameters, layer: &str, width: usize) -> Result<Self, String> {
        Ok(Self {
            inner: affine(parameters, layer, "1")?,
            outer: affine(parameters, layer, "2")?,
            normal: Normal::of(parameters, &format!("{layer}_ffn"), width)?,
        })
    }

    pub(super) fn pass(&self, x: &[f32]) -> Vec<f32> {
        let hidden = above_zero(self.inner.of(x));
        self.normal.sum(self.outer.of(&hidden), x)
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

/// Attention of several heads.
pub(super) struct Attention {
    queries: Product,
    keys: Product,
    values: Product,
    out: Product,
    normal: Normal,
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
        Ok(Self {
            queries: affine(parameters, layer, "q")?,
            keys: affine(parameters, layer, "k")?,
            values: affine(parameters, layer, "v")?,
            out: affine(parameters, layer, "o")?,
            normal: Normal::of(parameters, &format!("{layer}_Wo"), width)?,
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

    /// What each row of `x` makes of the tokens that it sees. `first` is told what
    /// share of its first head's attention a row gives each of them.
    pub(super) fn look<'k>(
        &self,
        x: &[f32],
        sees: impl Fn(usize) -> (&'k Known, Range<usize>),
        mut first: impl FnMut(usize, &[f32]),
    ) -> Vec<f32> {
        let scale = 1.0 / (self.head as f32).sqrt();
        let queries = self.queries.of(x);
        let mut joined = vec![0.0; queries.len()];
        let mut shares: Vec<f32> = Vec::new();
        let rows = (queries.chunks(self.width)).zip(joined.chunks_mut(self.width));
        for (row, (query, joined)) in rows.enumerate() {
            let (known, tokens) = sees(row);
            let seen = tokens.start * self.width..tokens.end * self.width;
            let (keys, values) = (&known.keys[seen.clone()], &known.values[seen]);
            let heads = query.chunks(self.head).zip(joined.chunks_mut(self.head));
            for (offset, (query, joined)) in (0..).step_by(self.head).zip(heads) {
                let part = offset..offset + query.len();
                let keys = keys.chunks(self.width);
                shares.clear();
                shares.extend(keys.map(|key| dot(query, &key[part.clone()]) * scale));
                share_out(&mut shares);
                if offset == 0 {
                    first(row, &shares);
                }
                for (value, share) in values.chunks(self.width).zip(&shares) {
                    for (sum, value) in joined.iter_mut().zip(&value[part.clone()]) {
                        *sum += share * value;
                    }
                }
            }
        }
        self.normal.sum(self.out.of(&joined), x)
    }
}
