//! Quantities as types: the kind of quantity is in the type, the unit is in the text.
//!
//! A mass is not a volume, so a mix-up does not compile. In JSON and in rule files a quantity is text
//! with its unit, `"2.80 kg"` or `"7.6 斤"`, never a number, which a binary float would bend and whose
//! unit a reader would have to guess. A unit of another kind is refused by name. A quantity is written back exactly
//! as it was read, because unit and number of decimals are the resolution of the reading; it is
//! compared by its exact decimal value in the base unit of its kind.

mod amount;
mod error;
mod kind;
mod spoken;
mod written;

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;

use rust_decimal::Decimal;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub use amount::Amount;
pub use error::QuantityError;
use spoken::Spoken;
use written::as_written;

pub(crate) use written::{plain, shortest};

pub use kind::{
    Celsius, Degree, DegreeDifference, Dioptre, Gram, GramPerMillilitre, Intervals, KilowattHour,
    Kind, LitrePerMinute, Millilitre, MillilitrePerMillimetre, Millimetre, PerCelsius, Percent,
    Piece, PrismDioptre, Second, SignedMillimetre, SquareCentimetre, Yuan, YuanPerKg, YuanPerLitre,
    YuanPerMetre, YuanPerPiece, kinds,
};

/// A quantity of kind `K`: an exact decimal within the bounds of the kind, in the unit it was read in; in the
/// base unit where it was said in several parts, such as `7斤6两`. Beside it the text as it was seen, where it
/// was written otherwise than here.
pub struct Quantity<K> {
    written: Decimal,
    /// In the base unit: what everything is compared and counted by.
    value: Decimal,
    unit: u8,
    spoken: Spoken,
    kind: PhantomData<K>,
}

impl<K: Kind> Quantity<K> {
    /// Nothing of it.
    pub const ZERO: Self = Self::in_base_unit(Decimal::ZERO);
    /// The most decimals, counted in the base unit.
    pub const DECIMALS: u32 = K::DECIMALS;
    /// The greatest value, in the base unit.
    pub const MOST: Decimal = K::MOST;
    /// The symbol of the base unit.
    pub const UNIT: &'static str = K::UNITS[0].0;

    const fn in_base_unit(written: Decimal) -> Self {
        Self {
            written,
            value: written,
            unit: 0,
            spoken: Spoken::NONE,
            kind: PhantomData,
        }
    }

    /// Reads decimal text in the base unit, such as `"2800"` or `"0.01"`, where a field's name says the
    /// unit; no exponent, blank or grouping, and a sign only for kinds that have one.
    pub fn parse(text: &str) -> Result<Self, QuantityError> {
        read_decimal::<K>(text, Decimal::ONE).map(|read| Self::in_base_unit(read.written))
    }

    /// Reads decimal text and a unit, such as `"2.80 kg"`, `"2.8kg"` or `"７.６ 斤"`: blanks between them
    /// do not count, full-width signs are what they look like, and `"¥27.8/斤"` is `"27.8 元/斤"`. What is said
    /// in several parts, such as `"7斤6两"` or `"2斤半"`, is read where it can be read in one way. The text is kept
    /// as it was seen.
    pub fn read(seen: &str) -> Result<Self, QuantityError> {
        let printed = as_typed(seen);
        let (is_money, text) = match printed.trim().strip_prefix('¥') {
            Some(rest) => (true, rest.trim_start()),
            None => (false, printed.trim()),
        };
        let is_of_number = |sign: char| sign.is_ascii_digit() || matches!(sign, '.' | '-' | '+');
        let end = text.find(|sign| !is_of_number(sign)).unwrap_or(text.len());
        let (number, symbol) = (&text[..end], text[end..].trim());
        if symbol.is_empty() && !is_money {
            return Err(QuantityError::UnitMissing {
                wanted: Self::UNIT,
                kind: K::NAME,
            });
        }
        if number.is_empty() && !is_money {
            return Self::read_spoken(&printed);
        }
        if number.is_empty() || goes_on_as_a_number(symbol) {
            return Err(QuantityError::NotDecimal);
        }
        let sign_of_money = if is_money { "元" } else { "" };
        let letters = symbol.chars().filter(|sign| *sign != ' ');
        let symbol: String = sign_of_money.chars().chain(letters).collect();
        let Some(unit) = K::UNITS.iter().position(|(known, _)| *known == symbol) else {
            return match Self::refuse_unit(&symbol) {
                QuantityError::UnitUnknown { .. } if symbol.contains(spoken::is_of_number) => {
                    Self::read_spoken(&printed)
                }
                refused => Err(refused),
            };
        };
        let Reading { written, value } = read_decimal::<K>(number, K::UNITS[unit].1)?;
        let spoken = match is_written_so(seen, number, K::UNITS[unit].0) {
            true => Spoken::NONE,
            false => Spoken::seen(seen),
        };
        Ok(Self {
            written,
            value,
            // A kind has a handful of units; the position always fits.
            unit: u8::try_from(unit).unwrap_or(0),
            spoken,
            kind: PhantomData,
        })
    }

    fn read_spoken(text: &str) -> Result<Self, QuantityError> {
        let (value, spoken) = spoken::read::<K>(text)?;
        Ok(Self {
            spoken,
            ..Self::in_base_unit(value)
        })
    }

    fn refuse_unit(symbol: &str) -> QuantityError {
        let (wanted, kind) = (Self::UNIT, K::NAME);
        if let Some(other) = kind::of_unit(symbol) {
            return QuantityError::UnitMismatch {
                wanted,
                kind,
                other,
            };
        }
        match kind::legal_instead_of(symbol) {
            Some(legal) => QuantityError::UnitNotLegal {
                unit: symbol.to_owned(),
                legal,
            },
            None => QuantityError::UnitUnknown { wanted, kind },
        }
    }

    /// A computed value in the base unit, or nothing where it is not a quantity of this kind: out of
    /// its bounds or with more decimals than it has.
    pub fn from_value(value: Decimal) -> Option<Self> {
        let value = shortest(value);
        let fits = value >= K::LEAST && value <= K::MOST && value.scale() <= K::DECIMALS;
        fits.then_some(Self::in_base_unit(value))
    }

    /// The exact value in the base unit.
    pub fn value(self) -> Decimal {
        self.value
    }

    /// This value as an amount in the base unit, for a verdict.
    pub fn amount(self) -> Amount {
        Amount::new(self.value(), Self::UNIT)
    }

    /// How much more `self` is than `other`, in the base unit; negative when it is less.
    pub fn minus(self, other: Self) -> Decimal {
        self.value() - other.value()
    }

    /// The quantity `factor` times as great, or nothing where the exact product is none of this kind.
    pub fn times(self, factor: Decimal) -> Option<Self> {
        Self::from_value(self.value().checked_mul(factor)?)
    }

    /// Whether it is nothing.
    pub fn is_zero(self) -> bool {
        self.written.is_zero()
    }
}

impl Intervals {
    /// The mass of this many intervals of `interval` grams each. Exact, and not bounded like a
    /// [`Gram`], since it only ever serves as a boundary to compare with.
    pub(crate) fn grams(self, interval: Gram) -> Decimal {
        self.value() * interval.value()
    }
}

/// Text as it would be typed: full-width signs, the ideographic blank and the signs of a minus brought
/// to their plain form.
fn as_typed(text: &str) -> Cow<'_, str> {
    let plain = |sign: char| match sign {
        '\u{3000}' | '\u{a0}' => ' ',
        '\u{2212}' | '\u{2010}'..='\u{2013}' => '-',
        '\u{ffe5}' => '¥',
        // The full-width forms stand in the order of ASCII.
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(sign) - 0xfee0).unwrap_or(sign),
        _ => sign,
    };
    if text.chars().all(|sign| plain(sign) == sign) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(plain).collect())
}

/// Whether a text is what a quantity is written back as: the number as it stands, one blank and the unit.
fn is_written_so(seen: &str, number: &str, symbol: &str) -> bool {
    let rest = seen.strip_prefix(number);
    let unit = rest.and_then(|rest| rest.strip_prefix(' '));
    let digits = number.trim_start_matches('-');
    let has_more = |zero: &str| zero.starts_with(|sign: char| sign.is_ascii_digit());
    let is_padded = digits.strip_prefix('0').is_some_and(has_more);
    unit == Some(symbol) && !is_padded && !number.starts_with('+')
}

/// Whether what stands after a number makes it one that is not read: grouping, an exponent, digits of
/// another script.
fn goes_on_as_a_number(rest: &str) -> bool {
    let is_digit =
        |sign: char| sign.is_numeric() || matches!(sign, '.' | ',' | '_' | '\'' | '、' | '·');
    let exponent = rest.strip_prefix(['e', 'E']);
    let is_exponent = exponent.is_some_and(|power| {
        power.starts_with(|sign: char| sign.is_ascii_digit() || matches!(sign, '+' | '-'))
    });
    rest.starts_with(is_digit) || is_exponent
}

/// Longer than any quantity can be: bounds the work spent on hostile text.
const LONGEST_TEXT: usize = 28;

/// A number as it was written, and its value in the base unit.
struct Reading {
    written: Decimal,
    value: Decimal,
}

/// Reads a number of a unit worth `factor` base units.
fn read_decimal<K: Kind>(text: &str, factor: Decimal) -> Result<Reading, QuantityError> {
    let (is_negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        // Prescriptions are written with their sign; a mass is not.
        None if K::LEAST.is_sign_negative() => (false, text.strip_prefix('+').unwrap_or(text)),
        None => (false, text),
    };
    if !is_plain_decimal(digits) {
        return Err(QuantityError::NotDecimal);
    }
    if is_negative && K::LEAST.is_zero() {
        return Err(QuantityError::Negative { least: K::LEAST });
    }
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let too_precise = QuantityError::TooManyDecimals { most: K::DECIMALS };
    let too_large = QuantityError::TooLarge { most: K::MOST };
    if fraction.len() > LONGEST_TEXT / 2 {
        return Err(too_precise);
    }
    if whole.len() > LONGEST_TEXT / 2 {
        return Err(too_large);
    }
    let Ok(magnitude) = Decimal::from_str_exact(digits) else {
        return Err(too_large);
    };
    let written = if is_negative { -magnitude } else { magnitude };
    let value = written.checked_mul(factor).ok_or(too_large.clone())?;
    if value > K::MOST {
        return Err(too_large);
    }
    if value < K::LEAST {
        return Err(QuantityError::Negative { least: K::LEAST });
    }
    // What was written in the base unit is bound as written, a converted value by its digits.
    let decimals = if factor == Decimal::ONE {
        value.scale()
    } else {
        value.normalize().scale()
    };
    if decimals > K::DECIMALS {
        return Err(too_precise);
    }
    Ok(Reading { written, value })
}

fn is_plain_decimal(text: &str) -> bool {
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    match text.split_once('.') {
        Some((whole, fraction)) => is_digits(whole) && is_digits(fraction),
        None => is_digits(text),
    }
}

impl<K: Kind> fmt::Display for Quantity<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(text) = self.spoken.as_str() {
            return f.write_str(text);
        }
        let unit = K::UNITS[usize::from(self.unit)].0;
        f.write_str(&as_written(self.written))?;
        f.write_str(" ")?;
        f.write_str(unit)
    }
}

impl<K: Kind> fmt::Debug for Quantity<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl<K> Clone for Quantity<K> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<K> Copy for Quantity<K> {}

impl<K: Kind> Default for Quantity<K> {
    fn default() -> Self {
        Self::ZERO
    }
}

impl<K: Kind> PartialEq for Quantity<K> {
    fn eq(&self, other: &Self) -> bool {
        self.value() == other.value()
    }
}

impl<K: Kind> Eq for Quantity<K> {}

impl<K: Kind> PartialOrd for Quantity<K> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<K: Kind> Ord for Quantity<K> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.value().cmp(&other.value())
    }
}

impl<K: Kind> Hash for Quantity<K> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.value().hash(state);
    }
}

impl<K: Kind> Serialize for Quantity<K> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de, K: Kind> Deserialize<'de> for Quantity<K> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::read(&text)
            .map_err(|error| D::Error::custom(format_args!("{}: {error}", error.code())))
    }
}

#[cfg(test)]
mod tests;
