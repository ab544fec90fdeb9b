//! The random numbers of numpy's `default_rng`, which sacrebleu draws sentences
//! with: PCG XSL RR 128/64 (O'Neill 2014), seeded by `SeedSequence`, brought below a
//! bound by Lemire's method (2019). With them one seed draws the same sentences here
//! and there.

#![expect(
    clippy::cast_possible_truncation,
    reason = "the generator takes halves of its words on purpose"
)]

const MULTIPLIER: u128 = 0x2360_ED05_1FC6_5DA4_4385_DF64_9FCC_F645;

/// A generator of random numbers. The same seed gives the same numbers, on every
/// machine and in every version.
#[derive(Debug, Clone)]
pub struct Random {
    state: u128,
    increment: u128,
    /// The upper half of the last 64 bits, which serves the next call.
    half: Option<u32>,
}

impl Random {
    /// A generator from a seed.
    #[must_use]
    pub fn seeded(seed: u64) -> Self {
        let words = spread(seed);
        let wide = |i: usize| (u128::from(words[i]) << 64) | u128::from(words[i + 1]);
        let mut random = Self {
            state: 0,
            increment: (wide(2) << 1) | 1,
            half: None,
        };
        random.step();
        random.state = random.state.wrapping_add(wide(0));
        random.step();
        random
    }

    /// A number below `bound`, each as likely; 0 where `bound` is.
    pub fn below(&mut self, bound: u32) -> u32 {
        if bound < 2 {
            return 0;
        }
        let mut product = u64::from(self.bits()) * u64::from(bound);
        let low = |product: u64| (product & u64::from(u32::MAX)) as u32;
        if low(product) < bound {
            // The numbers that would make some results likelier than others.
            let unfair = bound.wrapping_neg() % bound;
            while low(product) < unfair {
                product = u64::from(self.bits()) * u64::from(bound);
            }
        }
        (product >> 32) as u32
    }

    fn step(&mut self) {
        self.state = self
            .state
            .wrapping_mul(MULTIPLIER)
            .wrapping_add(self.increment);
    }

    fn bits(&mut self) -> u32 {
        if let Some(half) = self.half.take() {
            return half;
        }
        self.step();
        let folded = (self.state >> 64) as u64 ^ self.state as u64;
        let bits = folded.rotate_right((self.state >> 122) as u32);
        self.half = Some((bits >> 32) as u32);
        bits as u32
    }
}

/// numpy's `SeedSequence(seed).generate_state(4, uint64)`.
fn spread(seed: u64) -> [u64; 4] {
    let mut constant: u32 = 0x43B0_D7E5;
    let mut hash = |value: u32| {
        let value = value ^ constant;
        constant = constant.wrapping_mul(0x931E_8875);
        let value = value.wrapping_mul(constant);
        value ^ (value >> 16)
    };
    let mix = |x: u32, y: u32| {
        let mixed = x
            .wrapping_mul(0xCA01_F9DD)
            .wrapping_sub(y.wrapping_mul(0x4973_F715));
        mixed ^ (mixed >> 16)
    };
    let mut pool = [seed as u32, (seed >> 32) as u32, 0, 0].map(&mut hash);
    for from in 0..pool.len() {
        for to in 0..pool.len() {
            if from != to {
                pool[to] = mix(pool[to], hash(pool[from]));
            }
        }
    }
    let mut constant: u32 = 0x8B51_F9DD;
    let mut words = [0_u64; 4];
    for i in 0..8 {
        let value = pool[i % pool.len()] ^ constant;
        constant = constant.wrapping_mul(0x58F3_8DED);
        let value = value.wrapping_mul(constant);
        let value = value ^ (value >> 16);
        words[i / 2] |= u64::from(value) << (32 * (i % 2));
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `numpy.random.default_rng(seed).choice(bound, size=n)`
    #[test]
    fn the_numbers_are_those_of_numpy() {
        for (seed, draws) in [
            (12345, [(997, [697, 226, 786, 315, 203, 794, 640, 674])]),
            (1, [(997, [471, 510, 752, 947, 34, 143, 820, 945])]),
            (
                (1 << 40) + 7,
                [(997, [205, 827, 607, 254, 16, 153, 503, 672])],
            ),
        ] {
            let mut random = Random::seeded(seed);
            for (bound, numbers) in draws {
                assert_eq!(numbers.map(|_| random.below(bound)), numbers, "{seed}");
            }
        }
        // A bound that refuses many numbers.
        let mut random = Random::seeded(12345);
        let numbers = [2_796_860_125, 909_344_089, 3_154_587_952, 1_267_033_358];
        assert_eq!(numbers.map(|_| random.below(4_000_000_000)), numbers);
    }

    #[test]
    fn below_nothing_is_nothing() {
        let mut random = Random::seeded(1);
        assert_eq!((random.below(0), random.below(1)), (0, 0));
    }
}
