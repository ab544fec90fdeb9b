//! What is done with many figures at a time. All of it is written so that a compiler
//! makes one instruction of several figures, and in an order that no processor changes.
//! What is asked most often is compiled for the wider instructions of newer processors as
//! well; the one that runs it chooses.

#![expect(
    clippy::inline_always,
    reason = "what is not inlined is not compiled for the wider instructions"
)]

use rten_simd::{Isa, SimdOp};

/// Figures that are taken side by side.
const LANES: usize = 8;

/// Figures that are worked through at a time where there are thousands.
const BLOCK: usize = 64;

/// What this is added to becomes the nearest whole number, the even one of two as near,
/// and that number stands in the last bits: a rounding without an instruction of its
/// own, which older processors lack. For figures below 2²².
const ROUNDING: f32 = 12_582_912.0;

/// What keeps the root in a normalisation from zero, as Marian has it.
const EPSILON: f32 = 1e-6;

/// The sum of products.
#[inline(always)]
pub(super) fn dot(a: &[f32], b: &[f32]) -> f32 {
    let (a, b) = (a.chunks_exact(LANES), b.chunks_exact(LANES));
    let rest = a.remainder().iter().zip(b.remainder());
    let rest: f32 = rest.map(|(a, b)| a * b).sum();
    let mut sums = [0.0; LANES];
    for (a, b) in a.zip(b) {
        for ((sum, a), b) in sums.iter_mut().zip(a).zip(b) {
            *sum += a * b;
        }
    }
    rest + of_lanes(sums)
}

/// The sum of what `of` makes of each figure.
#[inline(always)]
fn sum(figures: &[f32], of: impl Fn(f32) -> f32) -> f32 {
    let figures = figures.chunks_exact(LANES);
    let rest: f32 = figures.remainder().iter().map(|x| of(*x)).sum();
    let mut sums = [0.0; LANES];
    for figures in figures {
        for (sum, x) in sums.iter_mut().zip(figures) {
            *sum += of(*x);
        }
    }
    rest + of_lanes(sums)
}

/// The sum of the sums, in pairs.
#[inline(always)]
fn of_lanes(sums: [f32; LANES]) -> f32 {
    let half = |at: usize| (sums[at] + sums[at + 4]) + (sums[at + 2] + sums[at + 6]);
    half(0) + half(1)
}

/// The highest of the figures.
#[inline(always)]
pub(super) fn highest(figures: &[f32]) -> f32 {
    let figures = figures.chunks_exact(LANES);
    let rest = figures.remainder().iter().copied();
    let mut most = [f32::NEG_INFINITY; LANES];
    for figures in figures {
        for (most, x) in most.iter_mut().zip(figures) {
            *most = most.max(*x);
        }
    }
    (most.into_iter().chain(rest)).fold(f32::NEG_INFINITY, f32::max)
}

/// The figures above `least` with their places, in order. `least` is told each of them
/// and says where the bar is from then on.
pub(super) fn above(figures: &[f32], least: f32, rise: impl FnMut(usize, f32) -> f32) {
    let above = Above {
        figures,
        least,
        rise,
    };
    above.dispatch();
}

struct Above<'a, F> {
    figures: &'a [f32],
    least: f32,
    rise: F,
}

impl<F: FnMut(usize, f32) -> f32> SimdOp for Above<'_, F> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(mut self, _: I) {
        for (start, figures) in (0..).step_by(BLOCK).zip(self.figures.chunks(BLOCK)) {
            // Most of them have none.
            let many: u32 = figures.iter().map(|x| u32::from(*x > self.least)).sum();
            if many == 0 {
                continue;
            }
            for (place, &figure) in (start..).zip(figures) {
                if figure > self.least {
                    self.least = (self.rise)(place, figure);
                }
            }
        }
    }
}

/// The figures, zero for those below it.
pub(super) fn above_zero(mut figures: Vec<f32>) -> Vec<f32> {
    for x in &mut figures {
        *x = x.max(0.0);
    }
    figures
}

/// e to the power of `x`, within a millionth of it; what is beyond ±87 counts as that.
#[inline(always)]
pub(super) fn exp(x: f32) -> f32 {
    /// The logarithm of 2 in two parts: the first has few bits, so that a whole number
    /// times it is exact.
    const LN_2: [f32; 2] = [0.693_359_4, -2.121_944_4e-4];
    /// 1/n!, from n = 6.
    const SERIES: [f32; 6] = [1.0 / 720.0, 1.0 / 120.0, 1.0 / 24.0, 1.0 / 6.0, 0.5, 1.0];
    let x = x.clamp(-87.0, 87.0);
    let halvings = x * std::f32::consts::LOG2_E + ROUNDING;
    let whole = halvings - ROUNDING;
    let rest = x - whole * LN_2[0] - whole * LN_2[1];
    let power = f32::from_bits(halvings.to_bits().wrapping_add(127) << 23);
    power * (SERIES.iter().fold(0.0, |sum, factor| (sum + factor) * rest) + 1.0)
}

/// The logarithm of the sum of the powers of e.
pub(super) fn log_sum_exp(figures: &[f32]) -> f32 {
    LogSumExp(figures).dispatch()
}

struct LogSumExp<'a>(&'a [f32]);

impl SimdOp for LogSumExp<'_> {
    type Output = f32;

    #[inline(always)]
    fn eval<I: Isa>(self, _: I) -> f32 {
        let most = highest(self.0);
        let mut sums = [0.0; LANES];
        for figures in self.0.chunks(BLOCK) {
            // A pass of its own: in one with the sums few figures are taken at a time.
            let mut powers = [0.0; BLOCK];
            for (power, x) in powers.iter_mut().zip(figures) {
                *power = exp(*x - most);
            }
            for powers in powers.chunks_exact(LANES) {
                for (sum, power) in sums.iter_mut().zip(powers) {
                    *sum += power;
                }
            }
        }
        most + of_lanes(sums).ln()
    }
}

/// Figures become shares of one: the powers of e, divided by their sum.
pub(super) fn share_out(figures: &mut [f32]) {
    ShareOut(figures).dispatch();
}

struct ShareOut<'a>(&'a mut [f32]);

impl SimdOp for ShareOut<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, _: I) {
        let most = highest(self.0);
        for x in self.0.iter_mut() {
            *x = exp(*x - most);
        }
        let all = sum(self.0, |x| x);
        for x in self.0 {
            *x /= all;
        }
    }
}

/// Adds `into` to rows as wide as `scale`, and brings each to mean 0 and deviation 1,
/// scaled and shifted.
pub(super) fn normalise(rows: &mut [f32], into: &[f32], scale: &[f32], shift: &[f32]) {
    let normalise = Normalise {
        rows,
        into,
        scale,
        shift,
    };
    normalise.dispatch();
}

struct Normalise<'a> {
    rows: &'a mut [f32],
    into: &'a [f32],
    scale: &'a [f32],
    shift: &'a [f32],
}

impl SimdOp for Normalise<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, _: I) {
        let width = self.scale.len();
        for (row, into) in self.rows.chunks_mut(width).zip(self.into.chunks(width)) {
            for (x, y) in row.iter_mut().zip(into) {
                *x += y;
            }
            let mean = sum(row, |x| x) / width as f32;
            for x in row.iter_mut() {
                *x -= mean;
            }
            let deviation = (dot(row, row) / width as f32 + EPSILON).sqrt();
            let affine = self.scale.iter().zip(self.shift);
            for (x, (scale, shift)) in row.iter_mut().zip(affine) {
                *x = scale * (*x / deviation) + shift;
            }
        }
    }
}

/// Where zero lies among the figures of a byte.
pub(super) const ZERO: u8 = 127;

/// Figures times `alpha` as bytes: the nearest whole number of at most [`ZERO`] either
/// way, [`ZERO`] added.
pub(super) fn bytes(figures: &[f32], alpha: f32) -> Vec<u8> {
    Bytes { figures, alpha }.dispatch()
}

struct Bytes<'a> {
    figures: &'a [f32],
    alpha: f32,
}

impl SimdOp for Bytes<'_> {
    type Output = Vec<u8>;

    #[inline(always)]
    fn eval<I: Isa>(self, _: I) -> Vec<u8> {
        let rounded = |x: &f32| rounded(x * self.alpha);
        self.figures.iter().map(rounded).collect()
    }
}

#[inline(always)]
fn rounded(x: f32) -> u8 {
    let most = f32::from(ZERO);
    let [last, ..] = (x.clamp(-most, most) + ROUNDING).to_bits().to_le_bytes();
    last.wrapping_add(ZERO)
}

/// Rows of whole sums, as wide as `added`, become figures: times `scale`, `added` to each. In
/// their places stand the bits of the figures then.
pub(super) fn scale_up(sums: &mut [i32], scale: f32, added: &[f32]) {
    ScaleUp { sums, scale, added }.dispatch();
}

struct ScaleUp<'a> {
    sums: &'a mut [i32],
    scale: f32,
    added: &'a [f32],
}

impl SimdOp for ScaleUp<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, _: I) {
        for row in self.sums.chunks_mut(self.added.len()) {
            for (sum, added) in row.iter_mut().zip(self.added) {
                let figure = *sum as f32 * self.scale + added;
                *sum = figure.to_bits().cast_signed();
            }
        }
    }
}

/// A memory after something new: the higher the gate's figure, the more it keeps.
pub(super) fn remember(memory: &mut [f32], new: &[f32], gate: &[f32]) {
    for ((memory, new), gate) in memory.iter_mut().zip(new).zip(gate) {
        let kept = 1.0 / (1.0 + exp(-gate));
        *memory = kept * *memory + (1.0 - kept) * new;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_figure_is_missed() {
        for length in [0, 1, 7, 8, 9, 48, 50] {
            let figures: Vec<f32> = (0..length).map(|x| x as f32).collect();
            let expected: f32 = figures.iter().sum();
            assert!((sum(&figures, |x| x) - expected).abs() < 1e-3, "{length}");
            let expected: f32 = figures.iter().map(|x| x * x).sum();
            assert!(
                (dot(&figures, &figures) - expected).abs() < 1e-3,
                "{length}"
            );
            let expected = figures.last().copied().unwrap_or(f32::NEG_INFINITY);
            assert_eq!(highest(&figures).to_bits(), expected.to_bits(), "{length}");
        }
    }

    #[test]
    fn powers_of_every_figure_are_in_the_sum() {
        for length in [1, 7, 63, 64, 65, 200_u16] {
            let figures: Vec<f32> = (0..length).map(|x| f32::from(x % 9) - 4.0).collect();
            let expected: f64 = figures.iter().map(|x| f64::from(*x).exp()).sum();
            let off = f64::from(log_sum_exp(&figures)) - expected.ln();
            assert!(off.abs() < 1e-5, "{length}: {off}");
        }
    }

    #[test]
    fn nothing_above_the_bar_is_passed_over() {
        for place in [0, 63, 64, 65, 199] {
            let mut figures = [0.0; 200];
            figures[place] = 1.0;
            let mut told = Vec::new();
            above(&figures, 0.5, |place, figure| {
                told.push(place);
                figure
            });
            assert_eq!(told, [place]);
        }
    }

    #[test]
    fn what_is_above_the_bar_is_told_in_order() {
        let figures: Vec<f32> = (0..50_u16).map(|x| f32::from(x * 7 % 50)).collect();
        let mut told = Vec::new();
        above(&figures, 40.0, |place, figure| {
            told.push((place, figure));
            figure
        });
        assert_eq!(told, [(6, 42.0), (7, 49.0)]);
        above(&[f32::NEG_INFINITY; 3], f32::NEG_INFINITY, |_, _| {
            panic!("nothing")
        });
    }

    #[test]
    fn powers_are_those_of_the_library() {
        for step in -8700..=8700_i16 {
            let x = f32::from(step) / 100.0;
            let off = (exp(x) / x.exp() - 1.0).abs();
            assert!(off < 1e-6, "{x}: {off}");
        }
        assert!(exp(f32::NEG_INFINITY) < 1e-37);
        assert!(exp(f32::INFINITY).is_finite());
    }

    #[test]
    fn shares_sum_to_one() {
        let mut figures = [1.0, -2.0, 100.0, 99.0];
        let normal = log_sum_exp(&figures);
        let all: f32 = figures.iter().map(|x| (x - normal).exp()).sum();
        assert!((all - 1.0).abs() < 1e-5, "{all}");
        share_out(&mut figures);
        let all: f32 = figures.iter().sum();
        assert!((all - 1.0).abs() < 1e-5, "{all}");
        assert!(figures[2] > figures[3] && figures[3] > figures[0]);
    }

    #[test]
    fn a_gate_that_is_open_lets_in_what_is_new() {
        let mut memory = [1.0, 1.0, 1.0];
        remember(&mut memory, &[3.0, 3.0, 3.0], &[0.0, 50.0, -50.0]);
        for (found, expected) in memory.into_iter().zip([2.0, 1.0, 3.0]) {
            assert!((found - expected).abs() < 1e-5, "{memory:?}");
        }
    }

    #[test]
    fn figures_are_rounded_to_the_nearest_step_and_no_further_than_the_last() {
        for (x, expected) in [
            (0.0, 127),
            (0.5, 127),
            (1.5, 129),
            (-1.5, 125),
            (2.49, 129),
            (-126.7, 0),
            (-1e9, 0),
            (1e9, 254),
            (126.4, 253),
        ] {
            assert_eq!(rounded(x), expected, "{x}");
        }
    }
}
