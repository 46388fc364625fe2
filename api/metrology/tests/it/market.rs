//! What a market has every day and no table speaks of: live animals, more than the table weighs, eggs by the
//! piece, goods that no list of categories places.

use liangxin_metrology::verdict::{CheckResult, Outcome, Verdict};
use liangxin_metrology::wire;
use serde_json::{Value, json};

use crate::golden::rules;

fn judged(measurement: Value) -> Verdict {
    let read = wire::measurement_of(measurement).unwrap();
    read.judge(rules()).unwrap()
}

fn codes(verdict: &Verdict) -> Vec<&str> {
    let remarks = verdict.reasons.iter().chain(&verdict.notes);
    remarks.map(|one| &*one.code).collect()
}

fn scale() -> Value {
    json!({"class": "III", "e": "5 g", "max": "15 kg"})
}

fn named() -> Value {
    json!({"standard": {"serial": "CK-1", "certificate": "C-1", "valid_until": "2027-04-30"}, "max_error": "1 g"})
}

fn fish(settled: &str, checked: &str) -> Value {
    json!({
        "family": "RETAIL_WEIGHING", "weighed_on": "2026-11-20", "goods_name": "草鱼",
        "category": {"kind": "EXCLUDED", "goods": "LIVE_FISH"}, "unit_price": "18 yuan/kg",
        "settled": settled, "checked": checked, "method": "HIGHER_ACCURACY", "standard": named(),
    })
}

#[test]
fn a_live_fish_is_held_against_the_scale_as_an_indication_only() {
    let mut by_plate = fish("1400 g", "1150 g");
    by_plate["scale"] = json!({"class": "III", "e": "2 g", "max": "6 kg"});
    for (measurement, limit) in [(fish("1400 g", "1150 g"), "5 g"), (by_plate, "4 g")] {
        let verdict = judged(measurement);
        assert_eq!(verdict.outcome, Outcome::ScreeningOnly);
        let shortage = verdict.finding("SHORTAGE").unwrap();
        assert_eq!(shortage.result, CheckResult::Fails);
        assert_eq!(shortage.measured.as_ref().unwrap().to_string(), "250 g");
        assert_eq!(shortage.limit.as_ref().unwrap().to_string(), limit);
        assert_eq!(shortage.rule_id, "quantity-penalty-2020");
        assert_eq!(shortage.suggests, None);
        assert!(verdict.provisional);
        assert!(codes(&verdict).contains(&"EXCLUDED_GOODS"));
        assert!(!verdict.explain_zh().contains("超出附表"));
    }
}

#[test]
fn a_live_fish_short_by_less_than_any_scale_shows_waits_for_the_plate() {
    let verdict = judged(fish("1400 g", "1395 g"));
    assert_eq!(verdict.outcome, Outcome::NotAssessable);
    assert!(codes(&verdict).contains(&"SCALE_FACTS_MISSING"));
    let mut measurement = fish("1400 g", "1396 g");
    measurement["scale"] = scale();
    let verdict = judged(measurement);
    assert_eq!(verdict.outcome, Outcome::ScreeningOnly, "4 g of 5 g");
}

#[test]
fn live_animals_are_known_by_their_name_however_it_is_written() {
    for (name, is_known) in [
        ("活草鱼", true),
        ("活的草鱼", true),
        ("活体草鱼", true),
        ("草鱼（活体）", true),
        ("活 草鱼", true),
        ("草鱼（活）", true),
        ("草鱼（鲜活）", true),
        ("活的 土鸡", true),
        ("草鱼 活", true),
        ("鲜活草鱼", true),
        ("草鱼", false),
        ("基围虾（鲜活）", false),
        ("生活超市散装猪肉", false),
        ("活力牌冻鸡腿", false),
    ] {
        let mut measurement = fish("1400 g", "1150 g");
        measurement["goods_name"] = name.into();
        measurement["category"] =
            json!({"kind": "FOOD", "class_by": {"by": "NAME", "group": "AQUATIC_PRODUCTS"}});
        let verdict = judged(measurement);
        let is_told = codes(&verdict).contains(&"NAME_OF_EXCLUDED_GOODS");
        assert_eq!(is_told, is_known, "{name}");
        let held = verdict.outcome == Outcome::ScreeningOnly;
        assert_eq!(held, is_known, "{name}");
    }
}

fn rice(checked: &str) -> Value {
    json!({
        "family": "RETAIL_WEIGHING", "weighed_on": "2026-11-20", "goods_name": "散装大米",
        "category": {"kind": "FOOD", "class_by": {"by": "NAME", "group": "GRAIN"}},
        "unit_price": "5 yuan/kg", "settled": "30 kg", "checked": checked,
        "method": "HIGHER_ACCURACY", "standard": named(),
    })
}

#[test]
fn full_goods_above_the_table_conform_with_the_plate_and_are_an_indication_without() {
    for checked in ["30 kg", "30.4 kg"] {
        let mut by_plate = rice(checked);
        by_plate["scale"] = json!({"class": "III", "e": "20 g", "max": "60 kg"});
        assert_eq!(judged(by_plate).outcome, Outcome::Conforms, "{checked}");
        let verdict = judged(rice(checked));
        assert_eq!(verdict.outcome, Outcome::ScreeningOnly, "{checked}");
        assert!(codes(&verdict).contains(&"SCALE_FACTS_MISSING"));
        let shortage = verdict.finding("SHORTAGE").unwrap();
        assert_eq!(shortage.limit.as_ref().unwrap().to_string(), "0 g");
        let mut unnamed = rice(checked);
        unnamed["standard"] = Value::Null;
        assert_eq!(judged(unnamed).outcome, Outcome::ScreeningOnly);
        let mut same = rice(checked);
        same["method"] = "SAME_INSTRUMENT".into();
        assert_eq!(
            judged(same).outcome,
            Outcome::NotAssessable,
            "the scale may be wrong"
        );
        let mut coarse = rice(checked);
        coarse["standard"]["max_error"] = "200 g".into();
        assert_ne!(judged(coarse).outcome, Outcome::Conforms, "200 g wrong");
    }
    assert_eq!(judged(rice("29.99 kg")).outcome, Outcome::NotAssessable);
}

fn eggs(checked: &str) -> Value {
    json!({
        "family": "RETAIL_BY_MEASURE", "measured_on": "2026-11-20", "goods_name": "鸡蛋",
        "sale": {"by": "PIECE", "unit_price": "1.2 yuan/pcs", "settled": "30 pcs", "checked": checked},
    })
}

#[test]
fn pieces_that_are_all_there_conform_and_of_missing_ones_a_person_decides() {
    for checked in ["30 pcs", "31 pcs"] {
        let verdict = judged(eggs(checked));
        assert_eq!(verdict.outcome, Outcome::Conforms, "{checked}");
        assert_eq!(verdict.plain.zh, "份量足。");
    }
    let verdict = judged(eggs("28 pcs"));
    assert_eq!(verdict.outcome, Outcome::NotAssessable);
    assert!(codes(&verdict).contains(&"NO_LIMIT_BY_PIECE"));
}

#[test]
fn a_full_can_conforms_whatever_its_error_where_the_check_is_named() {
    let can = |checked: &str, standard: Value, error: Value| {
        json!({
            "family": "RETAIL_BY_MEASURE", "measured_on": "2026-11-20", "goods_name": "散装白酒",
            "sale": {
                "by": "VOLUME", "unit_price": "16 yuan/L", "settled": "500 mL", "checked": checked,
                "standard_error": error,
            },
            "standard": standard,
        })
    };
    let named = named()["standard"].clone();
    let error = Value::from("2 mL");
    let full = judged(can("500 mL", named.clone(), error.clone()));
    assert_eq!(full.outcome, Outcome::Conforms);
    let unnamed = judged(can("500 mL", Value::Null, error.clone()));
    assert_eq!(unnamed.outcome, Outcome::ScreeningOnly);
    let unknown = judged(can("500 mL", named.clone(), Value::Null));
    assert_eq!(unknown.outcome, Outcome::ScreeningOnly);
    let short = judged(can("499 mL", named, error));
    assert_eq!(short.outcome, Outcome::NotAssessable);
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
        ("面包粉", Value::Null, true),
        ("阿莫西林胶囊", Value::Null, false),
        ("长粒香珍珠米", Value::Null, true),
        ("内衣皂", Value::Null, true),
    ] {
        let verdict = judged(lot(name, goods));
        let is_told = codes(&verdict).contains(&"GOODS_NOT_SAID");
        assert_eq!(is_told, !is_placed, "{name}");
        let has_own_rule = name.ends_with(['粉', '米', '皂']);
        assert_eq!(
            codes(&verdict).contains(&"GOODS_HAVE_OWN_RULE"),
            has_own_rule,
            "{name}"
        );
    }
}

/// Pork of 2.8 kg weighed again on the scale of the sale, which showed `indication` for weights of 2.8 kg.
fn on_the_same_scale(checked: &str, indication: &str, weights_error: &str) -> Value {
    json!({
        "family": "RETAIL_WEIGHING", "weighed_on": "2026-11-20", "goods_name": "猪肉",
        "category": {"kind": "FOOD", "class_by": {"by": "NAME", "group": "MEAT"}}, "unit_price": "26 yuan/kg",
        "settled": "2.8 kg", "checked": checked, "method": "SAME_INSTRUMENT", "standard": named(),
        "weights": {"load": "2.8 kg", "indication": indication, "weights_error": weights_error}
    })
}

#[test]
fn goods_that_are_not_firmly_short_are_told_apart_from_the_scale_that_fails() {
    // 10 g are allowed at 2.8 kg. Weights that may be wrong by 4 g are too coarse for a third of that; 30 g at
    // the scale are beyond 10 g by 20 g, which is more than their 4 g, and fail firmly. 15 g missing are beyond
    // 10 g by 5 g, less than the 10 g that a scale of a market may be wrong.
    let verdict = judged(on_the_same_scale("2.785 kg", "2.83 kg", "4 g"));
    assert_eq!(verdict.outcome, Outcome::Fails);
    let told = "猪肉：短缺15克；第2类商品（单价26元/千克，2.8千克，附表1）限值10克；仅供筛查；但原秤砝码核查不合格";
    assert_eq!(verdict.summary.zh, told);
    assert_eq!(verdict.plain.zh, "量得少15克，还不能下结论；但这台秤不准。");
    // Weights of 1 g are fine enough: both are firm.
    let verdict = judged(on_the_same_scale("2.785 kg", "2.83 kg", "1 g"));
    assert!(verdict.summary.zh.ends_with("限值10克；不合格"));
    assert_eq!(verdict.plain.zh, "少秤15克，多收0.39元。");
}

#[test]
fn full_packages_on_a_scale_that_fails_are_not_said_to_be_short() {
    // Two packages of 2.8 kg, and weights as heavy as one of them.
    let mut packed = on_the_same_scale("5.6 kg", "2.83 kg", "1 g");
    packed["settled"] = json!("5.6 kg");
    let package = json!({"settled": "2.8 kg", "checked": "2.8 kg"});
    packed["packages"] = json!([package, package]);
    let verdict = judged(packed);
    assert_eq!(verdict.outcome, Outcome::Fails);
    assert!(!codes(&verdict).contains(&"VALUE_CONFIRMED"));
    assert_eq!(verdict.plain.zh, "这次份量在允许范围内，但这台秤不准。");
}

#[test]
fn goods_between_two_readings_of_the_rule_are_not_said_to_be_poorly_checked() {
    // Frozen crab at 80 yuan/kg is class 2 by its name (5 g up to 2.5 kg) and class 3 by its price (2 g up to 1
    // kg); 4 g of 500 g fail by one and conform by the other, however well they were weighed.
    let verdict = judged(json!({
        "family": "RETAIL_WEIGHING", "weighed_on": "2026-11-20", "goods_name": "梭子蟹（冰鲜）",
        "category": {"kind": "FOOD", "class_by": {"by": "NAME", "group": "AQUATIC_PRODUCTS"}},
        "unit_price": "80 yuan/kg", "settled": "500 g", "checked": "496 g", "method": "HIGHER_ACCURACY",
        "standard": {"standard": named()["standard"], "max_error": "0.1 g"}
    }));
    assert_eq!(verdict.outcome, Outcome::ScreeningOnly);
    assert_eq!(verdict.plain.zh, "量得少4克，还不能下结论。");
    assert_eq!(
        verdict.plain.en,
        "4 g less were found; nothing is certain yet."
    );
}
