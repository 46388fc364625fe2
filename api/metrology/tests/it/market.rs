//! What a market has every day and no table speaks of: live animals, more than the table weighs, eggs by the
//! piece, goods that no list of categories places.

use liangxin_metrology::verdict::Verdict;
use liangxin_metrology::wire;
use serde_json::Value;

use crate::golden::rules;

fn judged(measurement: Value) -> Verdict {
    let read = wire::measurement_of(measurement).unwrap();
    read.judge(rules()).unwrap()
}

fn codes(verdict: &Verdict) -> Vec<&str> {
    let remarks = verdict.reasons.iter().chain(&verdict.notes);
    remarks.map(|one| &*one.code).collect()
}

#[test]
fn a_lot_that_no_list_of_categories_places_says_so() {
    let lot = |name: &str, goods: Value| {
        let text =
            include_str!("../../../../mobile-contract/measurements/prepackaged-lot.example.json");
        let mut lot: Value = serde_json::from_str(text).unwrap();
        lot["goods_name"] = name.into();
        lot["goods"] = goods;
        lot
    };
    for (name, goods, is_placed) in [
        ("白砂糖", Value::Null, false),
        ("白砂糖", "OTHER".into(), true),
        ("特一粉", Value::Null, true),
        ("富强粉", Value::Null, true),
        ("饺子粉", "FLOUR".into(), true),
        ("阿莫西林胶囊", Value::Null, false),
    ] {
        let verdict = judged(lot(name, goods));
        let is_told = codes(&verdict).contains(&"GOODS_NOT_SAID");
        assert_eq!(is_told, !is_placed, "{name}");
        let has_own_rule = name.ends_with('粉');
        assert_eq!(
            codes(&verdict).contains(&"GOODS_HAVE_OWN_RULE"),
            has_own_rule,
            "{name}"
        );
    }
}
