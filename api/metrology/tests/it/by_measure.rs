//! What must hold of any sale by volume, length or piece.

use liangxin_metrology::verdict::{Outcome, Verdict};
use liangxin_metrology::wire;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::golden::rules;

/// Spirit sold by volume, in tenths of a millilitre.
fn sale(checked: i64, limit: i64, error: i64) -> Value {
    let volume = |tenths: i64| format!("{}.{} mL", tenths / 10, tenths % 10);
    json!({
        "family": "RETAIL_BY_MEASURE", "measured_on": "2026-11-20", "goods_name": "spirit",
        "sale": {
            "by": "VOLUME", "unit_price": "16 yuan/L", "settled": "500 mL", "checked": volume(checked),
            "instrument_error": volume(limit), "standard_error": volume(error),
        },
        "standard": {"serial": "1", "certificate": "2", "valid_until": "2027-01-01"},
        "confirmed": true,
    })
}

fn judged(measurement: &Value) -> Verdict {
    let measurement = wire::measurement_of(measurement.clone()).unwrap();
    measurement.judge(rules()).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn a_sale_fails_exactly_beyond_the_limit_and_the_error_of_the_check(
        checked in 0_i64..10_000,
        limit in 1_i64..400,
        error in 1_i64..400,
    ) {
        let shortage = 5000 - checked;
        let expected = if shortage > limit + error {
            Outcome::Fails
        } else if shortage > limit {
            Outcome::ScreeningOnly
        } else {
            Outcome::Conforms
        };
        prop_assert_eq!(judged(&sale(checked, limit, error)).outcome, expected);
    }

    #[test]
    fn leaving_a_part_out_never_makes_a_pass_and_never_a_failure(
        checked in 0_i64..10_000,
        limit in 1_i64..400,
        error in 1_i64..400,
    ) {
        for part in ["/standard", "/sale/standard_error", "/sale/instrument_error"] {
            let mut measurement = sale(checked, limit, error);
            *measurement.pointer_mut(part).unwrap() = Value::Null;
            let outcome = judged(&measurement).outcome;
            // Where nothing is missing nobody needs to know how wrong the can may be.
            let is_full = checked >= 5000 && part == "/sale/instrument_error";
            let expected = match outcome {
                Outcome::Conforms => is_full,
                Outcome::ScreeningOnly | Outcome::NotAssessable => !is_full,
                Outcome::Fails => false,
            };
            prop_assert!(expected, "{outcome:?} without {part}");
        }
    }
}
