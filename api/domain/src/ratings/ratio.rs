//! Exact fractions for scores: a public grade must not hang on a binary rounding.

use serde::{Deserialize, Serialize};

/// Ratios of more things than this are given in thousandths. Without a bound the common
/// denominator of a dozen large counts would not fit into 128 bits.
const FINEST: u64 = 1_000;

/// Room for showing a fraction in hundredths without overflow.
const LARGEST: i128 = i128::MAX / 1_000;

/// The counts are not a share of a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{part} of {whole} is not a share between 0 and 1")]
pub struct RatioError {
    /// How many are good.
    pub part: u32,
    /// Of how many.
    pub whole: u32,
}

/// A share from 0 to 1 in lowest terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "(u32, u32)", into = "(u32, u32)")]
pub struct Ratio {
    part: u32,
    whole: u32,
}

impl Ratio {
    /// Nothing of it.
    pub const ZERO: Self = Self { part: 0, whole: 1 };
    /// All of it.
    pub const ONE: Self = Self { part: 1, whole: 1 };

    /// `part` of `whole`. Exact up to a thousand things; beyond, rounded half up to thousandths.
    pub fn of(part: u32, whole: u32) -> Result<Self, RatioError> {
        if whole == 0 || part > whole {
            return Err(RatioError { part, whole });
        }
        let (mut above, mut below) = reduce(u64::from(part), u64::from(whole));
        if below > FINEST {
            (above, below) = reduce((2 * above * FINEST + below) / (2 * below), FINEST);
        }
        match (u32::try_from(above), u32::try_from(below)) {
            (Ok(part), Ok(whole)) => Ok(Self { part, whole }),
            _ => Err(RatioError { part, whole }),
        }
    }

    /// Part and whole in lowest terms.
    #[must_use]
    pub fn parts(self) -> (u32, u32) {
        (self.part, self.whole)
    }
}

impl TryFrom<(u32, u32)> for Ratio {
    type Error = RatioError;

    fn try_from((part, whole): (u32, u32)) -> Result<Self, RatioError> {
        Self::of(part, whole)
    }
}

impl From<Ratio> for (u32, u32) {
    fn from(ratio: Ratio) -> Self {
        ratio.parts()
    }
}

fn reduce(above: u64, below: u64) -> (u64, u64) {
    let divisor = greatest_divisor(i128::from(above), i128::from(below)).unsigned_abs();
    match u64::try_from(divisor) {
        Ok(divisor) if divisor > 1 => (above / divisor, below / divisor),
        _ => (above, below),
    }
}

fn greatest_divisor(mut one: i128, mut other: i128) -> i128 {
    while other != 0 {
        (one, other) = (other, one % other);
    }
    one
}

/// An exact number of points, never negative, in lowest terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Points {
    above: i128,
    below: i128,
}

impl Points {
    pub(super) const ZERO: Self = Self { above: 0, below: 1 };

    /// `above / below`; nothing if `below` is zero.
    pub(super) fn quotient(above: u32, below: u32) -> Option<Self> {
        Self::lowest(i128::from(above), i128::from(below))
    }

    pub(super) fn plus(self, other: Self) -> Option<Self> {
        // Over the least common denominator, so that the numbers grow no more than they must.
        let divisor = greatest_divisor(self.below, other.below);
        let scale = other.below / divisor;
        let mine = self.above.checked_mul(scale)?;
        let theirs = other.above.checked_mul(self.below / divisor)?;
        Self::lowest(mine.checked_add(theirs)?, self.below.checked_mul(scale)?)
    }

    pub(super) fn times(self, other: Self) -> Option<Self> {
        Self::lowest(
            self.above.checked_mul(other.above)?,
            self.below.checked_mul(other.below)?,
        )
    }

    pub(super) fn share(self, ratio: Ratio) -> Option<Self> {
        self.times(Self::quotient(ratio.part, ratio.whole)?)
    }

    /// Tenths of a point, rounded down: a shown score never reaches a bound that the exact one
    /// does not.
    #[must_use]
    pub fn tenths(self) -> i64 {
        self.scaled(10)
    }

    /// Hundredths of a point, rounded half up, for tables of weights.
    #[must_use]
    pub fn nearest_hundredths(self) -> i64 {
        let doubled = self.scaled(200);
        (doubled + 1) / 2
    }

    fn scaled(self, by: i128) -> i64 {
        // Cannot overflow by LARGEST, and points stay far below the range of 64 bits.
        i64::try_from(self.above * by / self.below).unwrap_or(i64::MAX)
    }

    fn lowest(above: i128, below: i128) -> Option<Self> {
        if below == 0 {
            return None;
        }
        let divisor = greatest_divisor(above, below);
        let lowest = Self {
            above: above / divisor,
            below: below / divisor,
        };
        (lowest.above <= LARGEST && lowest.below <= LARGEST).then_some(lowest)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_share_is_kept_in_lowest_terms() {
        assert_eq!(Ratio::of(6, 8).unwrap().parts(), (3, 4));
        assert_eq!(Ratio::of(0, 8), Ok(Ratio::ZERO));
        assert_eq!(Ratio::of(8, 8), Ok(Ratio::ONE));
    }

    #[test]
    fn more_than_the_whole_and_a_share_of_nothing_are_refused() {
        assert_eq!(Ratio::of(9, 8), Err(RatioError { part: 9, whole: 8 }));
        assert_eq!(Ratio::of(0, 0), Err(RatioError { part: 0, whole: 0 }));
    }

    #[test]
    fn large_counts_are_rounded_to_thousandths() {
        assert_eq!(Ratio::of(1_001, 2_003).unwrap().parts(), (1, 2));
        assert_eq!(Ratio::of(2_000, 3_001).unwrap().parts(), (333, 500));
        assert_eq!(Ratio::of(1_000_000, 2_000_000).unwrap().parts(), (1, 2));
        assert_eq!(Ratio::of(u32::MAX - 1, u32::MAX), Ok(Ratio::ONE));
    }

    #[test]
    fn points_are_shown_rounded_down_and_weights_rounded_half_up() {
        let points = Points::quotient(150, 14).unwrap();
        assert_eq!((points.tenths(), points.nearest_hundredths()), (107, 1_071));
        assert_eq!(Points::quotient(8_999, 100).unwrap().tenths(), 899);
    }

    #[test]
    fn what_does_not_fit_is_nothing_instead_of_wrong() {
        let tiny = Points {
            above: 1,
            below: LARGEST,
        };
        assert_eq!(tiny.times(Points { above: 1, below: 7 }), None);
        assert_eq!(tiny.plus(Points { above: 1, below: 7 }), None);
        assert_eq!(Points::quotient(1, 0), None);
    }

    proptest! {
        #[test]
        fn a_ratio_is_never_further_off_than_half_a_thousandth(whole in 1_u32.., part in any::<u32>()) {
            let part = part % whole;
            let (above, below) = Ratio::of(part, whole).unwrap().parts();
            let exact = i128::from(part) * i128::from(below);
            let kept = i128::from(above) * i128::from(whole);
            prop_assert!((exact - kept).abs() * 2_000 <= i128::from(whole) * i128::from(below));
        }

        #[test]
        fn the_order_of_adding_does_not_matter(one in 1_u32..999, other in 1_u32..999) {
            let (one, other) = (Points::quotient(7, one).unwrap(), Points::quotient(5, other).unwrap());
            prop_assert_eq!(one.plus(other), other.plus(one));
        }
    }
}
