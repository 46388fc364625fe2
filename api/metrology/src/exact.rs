//! Exact arithmetic: fractions without a limit on their digits, so that nothing is rounded before it
//! is compared, however many divisions led there.

use std::cmp::Ordering;
use std::ops::{Add, Div, Mul, Sub};

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed as _, ToPrimitive as _, Zero as _};
use rust_decimal::Decimal;

use crate::quantity::shortest;

/// An exact fraction. A decimal with few digits is kept as such, since most limits and readings are
/// compared without ever being divided; whatever outgrows it becomes a fraction of whole numbers.
#[derive(Debug, Clone)]
pub(crate) enum Ratio {
    Decimal(Decimal),
    Fraction(BigRational),
}

impl Ratio {
    pub(crate) fn zero() -> Self {
        Self::Decimal(Decimal::ZERO)
    }

    /// A number of digits of which the last `decimals` are decimals.
    pub(crate) fn of_digits(digits: i128, decimals: u32) -> Self {
        match Decimal::try_from_i128_with_scale(digits, decimals) {
            Ok(value) => Self::Decimal(value),
            Err(_) => Self::Fraction(BigRational::new(
                BigInt::from(digits),
                BigInt::from(10).pow(decimals),
            )),
        }
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
            Self::Decimal(value) if value.scale() <= decimals => return (shortest(*value), true),
            Self::Decimal(value) => {
                let shown = value.round_dp(decimals);
                return (shortest(shown), shown == *value);
            }
            Self::Fraction(value) => value,
        };
        let (scaled, divisor) = (
            value.numer() * BigInt::from(10).pow(decimals),
            value.denom(),
        );
        // Rounded without its sign: half to even is the same on both sides of zero.
        let (mut whole, rest) = (scaled.abs() / divisor, scaled.abs() % divisor);
        let is_up = match (BigInt::from(2) * &rest).cmp(divisor) {
            Ordering::Greater => true,
            Ordering::Equal => whole.bit(0),
            Ordering::Less => false,
        };
        if is_up {
            whole += 1;
        }
        let digits = (whole * scaled.signum()).to_i128();
        match digits.and_then(|digits| Decimal::try_from_i128_with_scale(digits, decimals).ok()) {
            Some(value) => (shortest(value), rest.is_zero()),
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

    /// What comes of two decimals, where both are and the answer is one too, exactly.
    fn of_decimals(
        &self,
        other: &Self,
        exactly: fn(Decimal, Decimal) -> Option<Decimal>,
    ) -> Option<Self> {
        match (self, other) {
            (Self::Decimal(one), Self::Decimal(two)) => exactly(*one, *two).map(Self::Decimal),
            _ => None,
        }
    }
}

/// The sum, where a decimal holds all of its digits; the decimals' own sum would round the others off.
fn exact_sum(one: Decimal, two: Decimal) -> Option<Decimal> {
    let scale = one.scale().max(two.scale());
    let digits = |value: Decimal| {
        let power = 10_i128.checked_pow(scale - value.scale())?;
        value.mantissa().checked_mul(power)
    };
    let sum = digits(one)?.checked_add(digits(two)?)?;
    Decimal::try_from_i128_with_scale(sum, scale).ok()
}

/// The product, where a decimal holds all of its digits.
fn exact_product(one: Decimal, two: Decimal) -> Option<Decimal> {
    let product = one.mantissa().checked_mul(two.mantissa())?;
    Decimal::try_from_i128_with_scale(product, one.scale() + two.scale()).ok()
}

impl From<Decimal> for Ratio {
    fn from(value: Decimal) -> Self {
        Self::Decimal(value)
    }
}

impl From<i128> for Ratio {
    fn from(value: i128) -> Self {
        Self::of_digits(value, 0)
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
        match self.of_decimals(&other, exact_sum) {
            Some(sum) => sum,
            None => Self::Fraction(self.fraction() + other.fraction()),
        }
    }
}

impl Sub for Ratio {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        match self.of_decimals(&other, |one, two| exact_sum(one, -two)) {
            Some(difference) => difference,
            None => Self::Fraction(self.fraction() - other.fraction()),
        }
    }
}

impl Mul for Ratio {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        match self.of_decimals(&other, exact_product) {
            Some(product) => product,
            None => Self::Fraction(self.fraction() * other.fraction()),
        }
    }
}

impl Div<i128> for Ratio {
    type Output = Self;
    /// By a whole number that is not zero.
    fn div(self, divisor: i128) -> Self {
        match self {
            Self::Decimal(value) if value.mantissa() % divisor == 0 => {
                Self::of_digits(value.mantissa() / divisor, value.scale())
            }
            other => Self::Fraction(other.fraction() / BigInt::from(divisor)),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Of few digits and of so many that sums and products no longer fit.
    fn decimal() -> impl Strategy<Value = Decimal> {
        let digits = prop_oneof![-10_000_i64..10_000, any::<i64>()];
        (digits, 0..=28_u32).prop_map(|(digits, decimals)| Decimal::new(digits, decimals))
    }

    proptest! {
        #[test]
        fn a_decimal_counts_as_the_fraction_that_it_is(
            one in decimal(), two in decimal(), divisor in 1_i128..1_000_000,
        ) {
            let exact = [Ratio::from(one), Ratio::from(two)];
            let fractions = exact.clone().map(|value| Ratio::Fraction(value.fraction()));
            let all = |[one, two]: [Ratio; 2]| {
                [
                    one.clone() + two.clone(),
                    one.clone() - two.clone(),
                    one.clone() * two,
                    one / divisor,
                ]
            };
            for (value, fraction) in all(exact).into_iter().zip(all(fractions)) {
                prop_assert_eq!(&value, &fraction);
                if value.abs() < Ratio::from(i128::from(i64::MAX)) {
                    prop_assert_eq!(value.shown(9), fraction.shown(9));
                }
            }
        }
    }

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
