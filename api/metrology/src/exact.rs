//! Exact arithmetic: fractions without a limit on their digits, so that nothing is rounded before it
//! is compared, however many divisions led there.

use std::cmp::Ordering;
use std::ops::{Add, Div, Mul, Sub};

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed as _, ToPrimitive as _, Zero as _};
use rust_decimal::Decimal;

/// An exact fraction. A decimal with few digits is kept as such, since most limits and readings are
/// compared without ever being divided; whatever outgrows it becomes a fraction of whole numbers.
#[derive(Debug, Clone)]
pub(crate) enum Ratio {
    Decimal(Decimal),
    Fraction(BigRational),
}

/// The digits within which sums and products of two decimals are exact in the 96 bits of a third.
const FEW_DECIMALS: u32 = 10;
const FEW_BITS: u32 = 46;

impl Ratio {
    pub(crate) fn zero() -> Self {
        Self::Decimal(Decimal::ZERO)
    }

    /// The quotient; nothing where the divisor is zero.
    pub(crate) fn over(self, divisor: &Self) -> Option<Self> {
        (!divisor.is_zero()).then(|| Self::Fraction(self.fraction() / divisor.clone().fraction()))
    }

    pub(crate) fn abs(&self) -> Self {
        match self {
            Self::Decimal(value) => Self::Decimal(value.abs()),
            Self::Fraction(value) => Self::Fraction(value.abs()),
        }
    }

    pub(crate) fn is_zero(&self) -> bool {
        match self {
            Self::Decimal(value) => value.is_zero(),
            Self::Fraction(value) => value.is_zero(),
        }
    }

    pub(crate) fn is_above_zero(&self) -> bool {
        match self {
            Self::Decimal(value) => !value.is_zero() && value.is_sign_positive(),
            Self::Fraction(value) => value.is_positive(),
        }
    }

    /// The fraction as a decimal of at most `decimals` places, half to even, and whether that is the
    /// exact value. A value beyond a decimal's digits is shown as the greatest decimal.
    pub(crate) fn shown(&self, decimals: u32) -> (Decimal, bool) {
        let value = match self {
            Self::Decimal(value) if value.scale() <= decimals => return (value.normalize(), true),
            other => other.clone().fraction(),
        };
        let scaled = value * BigRational::from(BigInt::from(10).pow(decimals));
        let floor = scaled.floor();
        let half = BigRational::new(BigInt::from(1), BigInt::from(2));
        let rest = &scaled - &floor;
        let mut whole = floor.to_integer();
        let is_up = match rest.cmp(&half) {
            Ordering::Greater => true,
            Ordering::Equal => whole.bit(0),
            Ordering::Less => false,
        };
        if is_up {
            whole += 1;
        }
        let digits = whole.to_i128();
        match digits.and_then(|digits| Decimal::try_from_i128_with_scale(digits, decimals).ok()) {
            Some(value) => (value.normalize(), rest.is_zero()),
            None => (Decimal::MAX, false),
        }
    }

    fn fraction(self) -> BigRational {
        let value = match self {
            Self::Fraction(value) => return value,
            Self::Decimal(value) => value,
        };
        let mantissa = BigInt::from(value.mantissa());
        if value.scale() == 0 {
            return BigRational::from(mantissa);
        }
        BigRational::new(mantissa, BigInt::from(10).pow(value.scale()))
    }

    /// Both as decimals of few digits, if they are.
    fn few_digits(&self, other: &Self) -> Option<(Decimal, Decimal)> {
        match (self, other) {
            (Self::Decimal(one), Self::Decimal(two)) if is_few(*one) && is_few(*two) => {
                Some((*one, *two))
            }
            _ => None,
        }
    }
}

fn is_few(value: Decimal) -> bool {
    value.scale() <= FEW_DECIMALS && value.mantissa().unsigned_abs() < 1 << FEW_BITS
}

impl From<Decimal> for Ratio {
    fn from(value: Decimal) -> Self {
        Self::Decimal(value)
    }
}

impl From<i128> for Ratio {
    fn from(value: i128) -> Self {
        Self::Fraction(BigRational::from(BigInt::from(value)))
    }
}

impl PartialEq for Ratio {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Ratio {}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ratio {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Decimal(one), Self::Decimal(two)) => one.cmp(two),
            _ => self.clone().fraction().cmp(&other.clone().fraction()),
        }
    }
}

impl Add for Ratio {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        match self.few_digits(&other) {
            Some((one, two)) => Self::Decimal(one + two),
            None => Self::Fraction(self.fraction() + other.fraction()),
        }
    }
}

impl Sub for Ratio {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        match self.few_digits(&other) {
            Some((one, two)) => Self::Decimal(one - two),
            None => Self::Fraction(self.fraction() - other.fraction()),
        }
    }
}

impl Mul for Ratio {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        match self.few_digits(&other) {
            Some((one, two)) => Self::Decimal(one * two),
            None => Self::Fraction(self.fraction() * other.fraction()),
        }
    }
}

impl Div<i128> for Ratio {
    type Output = Self;
    /// By a whole number that is not zero.
    fn div(self, divisor: i128) -> Self {
        Self::Fraction(self.fraction() / BigInt::from(divisor))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_third_is_shown_rounded_and_says_so() {
        let third = Ratio::from(1) / 3;
        assert_eq!(third.shown(4), (Decimal::new(3333, 4), false));
        assert_eq!((Ratio::from(1) / 8).shown(9), (Decimal::new(125, 3), true));
        assert_eq!(
            Ratio::from(Decimal::new(-25, 1)).shown(0).0,
            Decimal::from(-2)
        );
    }

    #[test]
    fn thirds_add_up_to_one() {
        let third = Ratio::from(1) / 3;
        assert_eq!(third.clone() + third.clone() + third, Ratio::from(1));
    }

    #[test]
    fn numbers_of_many_digits_stay_exact() {
        let long = Decimal::from_i128_with_scale(123_456_789_012_345_678_901_234_567, 27);
        let product = Ratio::from(long) * Ratio::from(long);
        assert_eq!(product.clone() - product.clone(), Ratio::from(0));
        let root = product.over(&Ratio::from(long)).unwrap();
        assert_eq!(root, Ratio::from(long));
        let tiny = Ratio::from(Decimal::from_i128_with_scale(1, 28));
        assert!(Ratio::from(long) + tiny > Ratio::from(long));
    }
}
