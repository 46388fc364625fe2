//! What a customer is given less or more than a dispenser or a charger shows, for people.

use rust_decimal::Decimal;

use crate::exact::Ratio;
use crate::quantity::plain;

/// What is missing of an amount that is shown with an error in per cent: of 100 shown with 1 %, 100 - 100 / 1.01.
pub(crate) fn missing_of(shown: Decimal, error: &Ratio) -> Ratio {
    let whole = Ratio::from(100) + error.clone();
    let missing = Ratio::from(shown) * error.clone();
    missing.over(&whole).unwrap_or_else(Ratio::zero)
}

/// What is missing, or given too much, as people say it.
pub(crate) fn less_or_more(
    missing: &Ratio,
    decimals: u32,
    (unit_zh, unit_en): (&str, &str),
) -> (String, String) {
    let size = plain(missing.abs().shown(decimals).0);
    if missing.abs().shown(decimals).0.is_zero() {
        return ("不多不少".to_owned(), "neither less nor more".to_owned());
    }
    match missing.is_above_zero() {
        true => (
            format!("少给{size}{unit_zh}"),
            format!("{size} {unit_en} too little"),
        ),
        false => (
            format!("多给{size}{unit_zh}"),
            format!("{size} {unit_en} too much"),
        ),
    }
}
