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
    /// Not digits with at most two decimals.
    #[error("a sum of money is written with at most two decimals")]
    NotDecimal,
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

    /// The least sum that is one.
    pub const SMALLEST: Self = Self(1);

    /// The highest sum that can be written.
    pub const MAX: Self = Self(i64::MAX);

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

    /// Reads yuan with at most two decimals, such as `12000` or `1380.50`.
    pub fn parse_yuan(text: &str) -> Result<Self, MoneyError> {
        let (yuan, fen) = text.split_once('.').unwrap_or((text, "00"));
        let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        if !is_digits(yuan) || !is_digits(fen) || fen.len() > 2 {
            return Err(MoneyError::NotDecimal);
        }
        let whole: i64 = yuan.parse().map_err(|_| MoneyError::TooLarge)?;
        let tenth = if fen.len() == 1 { 10 } else { 1 };
        let part: i64 = fen.parse().map_err(|_| MoneyError::NotDecimal)?;
        Self::from_yuan(whole)?
            .checked_add(Self(part * tenth))
            .ok_or(MoneyError::TooLarge)
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
    fn yuan_are_read_with_at_most_two_decimals() {
        let fen = |text| Fen::parse_yuan(text).map(Fen::as_i64);
        assert_eq!(
            [fen("12000"), fen("0.5"), fen("1380.05")],
            [Ok(1_200_000), Ok(50), Ok(138_005)]
        );
        for bad in ["", ".5", "1.", "1.005", "-1", "1e3", "１"] {
            assert_eq!(fen(bad), Err(MoneyError::NotDecimal), "{bad}");
        }
        assert_eq!(fen("99999999999999999999"), Err(MoneyError::TooLarge));
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
