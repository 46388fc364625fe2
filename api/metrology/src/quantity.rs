//! Quantities as types: the unit is in the type, so that a mix-up does not compile.
//!
//! Every value is an exact decimal, read from plain decimal text (`"2800"`, `"0.01"`) and written back
//! with the decimals it came with, because the number of decimals is the resolution of the reading.
//! In JSON a quantity is a string, never a number, which a binary float would bend.

use std::fmt;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// A mass in grams: not negative, at most 10 000 000 g (10 t), at most four decimals.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(try_from = "String", into = "String")]
pub struct Gram(Decimal);

impl Gram {
    /// No mass.
    pub const ZERO: Self = Self(Decimal::ZERO);
    /// The most decimals a mass may have.
    pub const DECIMALS: u32 = 4;
    /// The greatest mass, in grams.
    pub const MOST: Decimal = Decimal::from_parts(10_000_000, 0, 0, false, 0);

    /// Reads decimal text such as `"2800"` or `"0.01"`; no sign, exponent, blank or grouping.
    pub fn parse(text: &str) -> Result<Self, QuantityError> {
        parse_within(text, Self::DECIMALS, Self::MOST).map(Self)
    }

    /// The number of grams.
    pub fn value(self) -> Decimal {
        self.0
    }

    /// How much more `self` is than `other`; negative when it is less.
    pub fn minus(self, other: Self) -> GramDifference {
        GramDifference(self.0 - other.0)
    }

    /// The mass `factor` times as great, or nothing where the exact product is not a [`Gram`].
    pub(crate) fn times(self, factor: Decimal) -> Option<Self> {
        let product = self.0.checked_mul(factor)?.normalize();
        let is_mass = !product.is_sign_negative()
            && product.scale() <= Self::DECIMALS
            && product <= Self::MOST;
        is_mass.then_some(Self(product))
    }
}

/// A price in yuan per kilogram: not negative, at most 10 000 000 yuan/kg (10 000 yuan a gram, above
/// the price of gold), at most two decimals.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(try_from = "String", into = "String")]
pub struct YuanPerKg(Decimal);

impl YuanPerKg {
    /// The most decimals a price may have: whole fen.
    pub const DECIMALS: u32 = 2;
    /// The greatest price, in yuan per kilogram.
    pub const MOST: Decimal = Decimal::from_parts(10_000_000, 0, 0, false, 0);

    /// Reads decimal text such as `"26"` or `"5.98"`; no sign, exponent, blank or grouping.
    pub fn parse(text: &str) -> Result<Self, QuantityError> {
        parse_within(text, Self::DECIMALS, Self::MOST).map(Self)
    }

    /// The number of yuan per kilogram.
    pub fn value(self) -> Decimal {
        self.0
    }
}

/// A load or an error counted in verification scale intervals `e` of a weighing instrument: not
/// negative, at most 1 000 000, at most one decimal.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(try_from = "String", into = "String")]
pub struct Intervals(Decimal);

impl Intervals {
    /// The most decimals: permissible errors come in halves of `e`.
    pub const DECIMALS: u32 = 1;
    /// The greatest number of intervals.
    pub const MOST: Decimal = Decimal::from_parts(1_000_000, 0, 0, false, 0);

    /// Reads decimal text such as `"500"` or `"0.5"`; no sign, exponent, blank or grouping.
    pub fn parse(text: &str) -> Result<Self, QuantityError> {
        parse_within(text, Self::DECIMALS, Self::MOST).map(Self)
    }

    /// The number of intervals.
    pub fn value(self) -> Decimal {
        self.0
    }

    /// The mass of this many intervals of `interval` grams each. Exact, and not bounded like a
    /// [`Gram`], since it only ever serves as a boundary to compare with.
    pub(crate) fn grams(self, interval: Gram) -> Decimal {
        self.0 * interval.0
    }
}

/// A difference of two masses in grams; may be negative.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct GramDifference(Decimal);

impl GramDifference {
    /// The number of grams, with its sign.
    pub fn value(self) -> Decimal {
        self.0
    }

    /// Whether this is more than `limit`; a difference equal to the limit does not exceed it.
    pub fn exceeds(self, limit: Gram) -> bool {
        self.0 > limit.0
    }
}

/// Why a text is not a quantity.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum QuantityError {
    /// Not digits with at most one decimal point between them.
    #[error("not a decimal number")]
    NotDecimal,
    /// Below zero.
    #[error("below zero")]
    Negative,
    /// More decimals than the quantity has.
    #[error("more than {most} decimals")]
    TooManyDecimals {
        /// The most decimals allowed.
        most: u32,
    },
    /// Above the greatest value.
    #[error("more than {most}")]
    TooLarge {
        /// The greatest value, in the unit of the quantity.
        most: Decimal,
    },
}

impl QuantityError {
    /// The stable code of this refusal.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotDecimal => "QUANTITY_NOT_DECIMAL",
            Self::Negative => "QUANTITY_NEGATIVE",
            Self::TooManyDecimals { .. } => "QUANTITY_TOO_PRECISE",
            Self::TooLarge { .. } => "QUANTITY_TOO_LARGE",
        }
    }
}

/// Longer than any quantity can be: bounds the work spent on hostile text.
const LONGEST_TEXT: usize = 28;

fn parse_within(text: &str, decimals: u32, most: Decimal) -> Result<Decimal, QuantityError> {
    let (is_negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    if !is_plain_decimal(digits) {
        return Err(QuantityError::NotDecimal);
    }
    if is_negative {
        return Err(QuantityError::Negative);
    }
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    if fraction.len() > decimals as usize {
        return Err(QuantityError::TooManyDecimals { most: decimals });
    }
    if whole.len() > LONGEST_TEXT {
        return Err(QuantityError::TooLarge { most });
    }
    match Decimal::from_str_exact(digits) {
        Ok(value) if value <= most => Ok(value),
        // What passed the form above and still does not fit can only be too large.
        Ok(_) | Err(_) => Err(QuantityError::TooLarge { most }),
    }
}

fn is_plain_decimal(text: &str) -> bool {
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    match text.split_once('.') {
        Some((whole, fraction)) => is_digits(whole) && is_digits(fraction),
        None => is_digits(text),
    }
}

/// A decimal as people write it: without trailing zeros.
pub(crate) fn plain(value: Decimal) -> String {
    value.normalize().to_string()
}

/// Grams written as kilograms, exactly.
pub(crate) fn kilograms(mass: Gram) -> String {
    plain(mass.value() * Decimal::new(1, 3))
}

impl fmt::Display for Gram {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for YuanPerKg {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for Intervals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for GramDifference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl From<Gram> for String {
    fn from(mass: Gram) -> Self {
        mass.to_string()
    }
}

impl From<YuanPerKg> for String {
    fn from(price: YuanPerKg) -> Self {
        price.to_string()
    }
}

impl From<Intervals> for String {
    fn from(intervals: Intervals) -> Self {
        intervals.to_string()
    }
}

impl TryFrom<String> for Gram {
    type Error = QuantityError;

    fn try_from(text: String) -> Result<Self, QuantityError> {
        Self::parse(&text)
    }
}

impl TryFrom<String> for YuanPerKg {
    type Error = QuantityError;

    fn try_from(text: String) -> Result<Self, QuantityError> {
        Self::parse(&text)
    }
}

impl TryFrom<String> for Intervals {
    type Error = QuantityError;

    fn try_from(text: String) -> Result<Self, QuantityError> {
        Self::parse(&text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_decimal_text_keeps_the_resolution_of_the_reading() {
        let mass = Gram::parse("2800.0").map(String::from);
        assert_eq!(mass.as_deref(), Ok("2800.0"));
        assert_eq!(Gram::parse("2800.0"), Gram::parse("2800"));
    }

    #[test]
    fn text_that_is_not_a_plain_decimal_is_refused() {
        for text in [
            "", " 1", "1 ", "+1", ".5", "5.", "1e3", "1_000", "1,5", "1.2.3", "NaN", "١", "--1",
            "-",
        ] {
            assert_eq!(
                Gram::parse(text),
                Err(QuantityError::NotDecimal),
                "{text:?}"
            );
        }
    }

    #[test]
    fn a_negative_quantity_is_refused() {
        assert_eq!(Gram::parse("-0.1"), Err(QuantityError::Negative));
        assert_eq!(YuanPerKg::parse("-1"), Err(QuantityError::Negative));
    }

    #[test]
    fn bounds_are_inclusive() {
        assert!(Gram::parse("10000000.0000").is_ok());
        assert_eq!(
            Gram::parse("10000000.0001"),
            Err(QuantityError::TooLarge { most: Gram::MOST })
        );
        assert!(YuanPerKg::parse("10000000").is_ok());
        assert!(YuanPerKg::parse("10000000.01").is_err());
        assert!(Gram::parse(&"9".repeat(5_000)).is_err());
    }

    #[test]
    fn more_decimals_than_the_quantity_has_are_refused() {
        assert_eq!(
            Gram::parse("1.00001"),
            Err(QuantityError::TooManyDecimals { most: 4 })
        );
        assert_eq!(
            YuanPerKg::parse("1.001"),
            Err(QuantityError::TooManyDecimals { most: 2 })
        );
        assert_eq!(
            Intervals::parse("0.25"),
            Err(QuantityError::TooManyDecimals { most: 1 })
        );
    }

    #[test]
    fn a_quantity_is_a_string_in_json_and_a_number_is_refused() {
        let mass: Gram = serde_json::from_str("\"0.01\"").unwrap();
        assert_eq!(serde_json::to_string(&mass).unwrap(), "\"0.01\"");
        assert!(serde_json::from_str::<Gram>("0.01").is_err());
        assert!(serde_json::from_str::<Gram>("\"-1\"").is_err());
    }

    #[test]
    fn a_product_that_is_not_a_mass_is_nothing() {
        let mass = Gram::parse("0.0001").unwrap();
        assert_eq!(mass.times(Decimal::new(5, 1)), None);
        assert_eq!(mass.times(Decimal::new(20, 1)), Gram::parse("0.0002").ok());
    }
}
