//! Waves that tell a network at which position a token stands.

use std::borrow::Cow;
use std::f32::consts::FRAC_PI_2;

/// Positions whose waves are kept: each row of a step wants those of its own. Sentences that
/// models are trained on are no longer.
const KEPT: usize = 128;

/// A sine for each column of the first half, a cosine for each of the second; the further
/// right in its half, the longer the wave.
pub(super) struct Waves {
    /// Of each column.
    frequencies: Vec<f32>,
    /// Position by position.
    kept: Vec<f32>,
}

impl Waves {
    /// Those of so many columns.
    pub(super) fn of(columns: usize) -> Self {
        let half = columns / 2;
        let frequency = |column: usize| 1e-4_f32.powf((column % half) as f32 / (half as f32 - 1.0));
        let frequencies: Vec<f32> = (0..columns).map(frequency).collect();
        let kept = (0..KEPT).flat_map(|position| at(&frequencies, position));
        Self {
            kept: kept.collect(),
            frequencies,
        }
    }

    /// Those of a position, by column.
    pub(super) fn at(&self, position: usize) -> Cow<'_, [f32]> {
        let columns = self.frequencies.len();
        match self.kept.get(position * columns..(position + 1) * columns) {
            Some(kept) => Cow::Borrowed(kept),
            None => Cow::Owned(at(&self.frequencies, position).collect()),
        }
    }
}

fn at(frequencies: &[f32], position: usize) -> impl Iterator<Item = f32> {
    let half = frequencies.len() / 2;
    (frequencies.iter().enumerate()).map(move |(column, frequency)| {
        let offset = (column / half) as f32 * FRAC_PI_2;
        (position as f32 * frequency + offset).sin()
    })
}

#[cfg(test)]
mod tests {
    use super::{KEPT, Waves};

    #[test]
    fn positions_that_are_not_kept_have_waves_of_the_same_kind() {
        let waves = Waves::of(8);
        for position in [0, 1, KEPT - 1, KEPT, 10 * KEPT] {
            let at = waves.at(position);
            let angle = position as f32;
            assert!((at[0] - angle.sin()).abs() < 1e-6, "{position}: {at:?}");
            assert!((at[4] - (angle + std::f32::consts::FRAC_PI_2).sin()).abs() < 1e-6);
            assert!(
                (at[3] - (angle * 1e-4).sin()).abs() < 1e-4,
                "{position}: {at:?}"
            );
        }
    }
}
