//! Money in whole fen (1 yuan = 100 fen) and rates in basis points.
//!
//! Owns the range (never negative) and checked arithmetic. It refuses to know what a sum is for
//! and never touches a binary float.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Why a number is not a sum of money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// Sums are never negative: a recovery is a payment the other way.
    #[error("a sum of money cannot be negative")]
    Negative,
    /// The sum does not fit into 64 bits of fen.
    #[error("a sum of money is too large")]
    TooLarge,
}

/// A sum in fen, never negative.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(try_from = "i64", into = "i64")]
pub struct Fen(i64);

impl Fen {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// A sum given in fen; refuses a negative number.
    pub fn new(fen: i64) -> Result<Self, MoneyError> {
        if fen < 0 {
            return Err(MoneyError::Negative);
        }
        Ok(Self(fen))
    }

    /// A sum given in whole yuan, as legal texts give it.
    pub fn from_yuan(yuan: i64) -> Result<Self, MoneyError> {
        Self::new(yuan.checked_mul(100).ok_or(MoneyError::TooLarge)?)
    }

    /// The number of fen.
    #[must_use]
    pub fn as_i64(self) -> i64 {
        self.0
    }

    /// The sum of both, or nothing if it does not fit.
    #[must_use]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// This sum `times` over, or nothing if it does not fit.
    #[must_use]
    pub fn checked_mul(self, times: u32) -> Option<Self> {
        self.0.checked_mul(i64::from(times)).map(Self)
    }
}

impl TryFrom<i64> for Fen {
    type Error = MoneyError;

    fn try_from(fen: i64) -> Result<Self, MoneyError> {
        Self::new(fen)
    }
}

impl From<Fen> for i64 {
    fn from(sum: Fen) -> Self {
        sum.0
    }
}

/// Yuan with two decimals, without a currency sign or separators: `3000.00`.
impl fmt::Display for Fen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:02}", self.0 / 100, self.0 % 100)
    }
}

/// A rate in hundredths of one percent: 500 is 5 %.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BasisPoints(u32);

impl BasisPoints {
    /// A rate of that many hundredths of one percent.
    #[must_use]
    pub fn new(basis_points: u32) -> Self {
        Self(basis_points)
    }

    /// The number of hundredths of one percent.
    #[must_use]
    pub fn as_u32(self) -> u32 {
        self.0
    }
}

/// Percent with two decimals: `5.00 %`.
impl fmt::Display for BasisPoints {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:02} %", self.0 / 100, self.0 % 100)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yuan_are_shown_with_two_decimals() {
        assert_eq!(Fen::from_yuan(3_000).unwrap().to_string(), "3000.00");
        assert_eq!(Fen::new(5).unwrap().to_string(), "0.05");
    }

    #[test]
    fn a_negative_sum_is_refused() {
        assert_eq!(Fen::new(-1), Err(MoneyError::Negative));
        assert_eq!(Fen::from_yuan(-1), Err(MoneyError::Negative));
    }

    #[test]
    fn sums_that_do_not_fit_are_nothing_instead_of_wrong() {
        let most = Fen::new(i64::MAX).unwrap();
        assert_eq!(most.checked_add(Fen::new(1).unwrap()), None);
        assert_eq!(most.checked_mul(2), None);
        assert_eq!(Fen::from_yuan(i64::MAX), Err(MoneyError::TooLarge));
    }

    #[test]
    fn three_times_five_yuan_are_fifteen() {
        let five = Fen::from_yuan(5).unwrap();
        assert_eq!(five.checked_mul(3), Fen::from_yuan(15).ok());
        assert_eq!(five.checked_add(five), Fen::from_yuan(10).ok());
    }

    #[test]
    fn a_rate_reads_as_percent() {
        assert_eq!(BasisPoints::new(500).to_string(), "5.00 %");
        assert_eq!(BasisPoints::new(25).to_string(), "0.25 %");
    }
}
