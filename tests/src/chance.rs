//! Chance that follows from a number, so that a run can be played again.

use uuid::{Builder, Uuid};

/// SplitMix64 (Steele, Lea and Flood, OOPSLA 2014): small, fast, and good enough to choose with.
#[derive(Debug, Clone)]
pub struct Chance(u64);

impl Chance {
    /// The chance of a seed.
    pub const fn of(seed: u64) -> Self {
        Self(seed)
    }

    /// One that goes its own way from here on: what two parts draw does not depend on who comes first.
    pub fn branch(&mut self) -> Self {
        Self(self.draw())
    }

    fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number from `least` to below `bound`; `least` if there is none between.
    pub fn between(&mut self, least: u64, bound: u64) -> u64 {
        let span = bound.saturating_sub(least).max(1);
        least + self.draw() % span
    }

    /// One of several. Panics if there is none.
    pub fn pick<T: Copy>(&mut self, several: &[T]) -> T {
        let count = u64::try_from(several.len()).unwrap_or(u64::MAX);
        let at = usize::try_from(self.between(0, count)).unwrap_or_default();
        several[at]
    }

    /// An id as a phone makes one (version 4).
    pub fn uuid(&mut self) -> Uuid {
        let bits = u128::from(self.draw()) << 64 | u128::from(self.draw());
        Builder::from_random_bytes(bits.to_be_bytes()).into_uuid()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_draws_the_same_and_a_branch_draws_something_else() {
        let (mut one, mut other) = (Chance::of(7), Chance::of(7));
        assert_eq!(one.uuid(), other.uuid());
        assert_ne!(one.branch().uuid(), one.uuid());
        assert_eq!(one.between(5, 6), 5);
        let drawn: Vec<_> = (0..200).map(|_| one.between(3, 9)).collect();
        assert!((3..9).all(|number| drawn.contains(&number)));
        assert!(drawn.iter().all(|number| (3..9).contains(number)));
    }
}
