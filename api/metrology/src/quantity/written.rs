//! Decimals as they are written.

use rust_decimal::Decimal;

/// A decimal as people write it: without trailing zeros.
pub(crate) fn plain(value: Decimal) -> String {
    as_written(shortest(value))
}

/// A decimal without trailing zeros. Where its digits fit the machine they are taken off there: the decimal's
/// own way divides by ten in 96 bits for each of them.
pub(crate) fn shortest(value: Decimal) -> Decimal {
    let Ok(mut digits) = i64::try_from(value.mantissa()) else {
        return value.normalize();
    };
    let mut decimals = value.scale();
    while decimals > 0 && digits % 10 == 0 {
        digits /= 10;
        decimals -= 1;
    }
    Decimal::new(digits, decimals)
}

/// The sign, a digit and the point before the 28 decimals that a decimal may have, and one more.
const LONGEST_DECIMAL: usize = 32;

/// A decimal with all of its places. Put together by hand where its digits fit the machine: a verdict says
/// some dozens of numbers, and the decimal's own way divides by ten in 96 bits for each digit.
pub(super) fn as_written(value: Decimal) -> String {
    let Ok(mut digits) = u64::try_from(value.mantissa().unsigned_abs()) else {
        return value.to_string();
    };
    let (mut text, mut start) = ([0_u8; LONGEST_DECIMAL], LONGEST_DECIMAL);
    let mut put_before = |sign: u8| {
        start -= 1;
        text[start] = sign;
    };
    let (decimals, mut place) = (value.scale(), 0);
    while digits > 0 || place <= decimals {
        if place == decimals && decimals > 0 {
            put_before(b'.');
        }
        put_before(b'0' + (digits % 10) as u8);
        digits /= 10;
        place += 1;
    }
    if value.is_sign_negative() {
        put_before(b'-');
    }
    // Digits, a point and a sign are text.
    std::str::from_utf8(&text[start..])
        .unwrap_or_default()
        .to_owned()
}
