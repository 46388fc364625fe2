//! Retail weighing: what holds for every weighing, and the sentences for people.

use liangxin_metrology::judgement::Judgement;
use liangxin_metrology::measurement::Measurement;
use liangxin_metrology::quantity::{Gram, YuanPerKg};
use liangxin_metrology::retail::{
    self, CheckMethod, ClassBy, ExcludedKind, GoodsCategory, GoodsGroup, RetailWeighing,
};
use liangxin_metrology::rules::RuleSet;
use liangxin_metrology::scale::{ScaleClass, ScaleFacts};
use liangxin_metrology::verdict::{Outcome, Verdict};
use liangxin_metrology::wire;
use proptest::prelude::*;
use rust_decimal::Decimal;
use serde_json::json;

use crate::golden::rules;

fn pork() -> RetailWeighing {
    let measurement = json!({
        "family": "RETAIL_WEIGHING", "weighed_on": "2026-11-23", "goods_name": "pork",
        "category": {"kind": "FOOD", "class_by": {"by": "NAME", "group": "MEAT"}},
        "unit_price": "26 yuan/kg", "settled": "2.80 kg", "checked": "2660 g",
        "method": "HIGHER_ACCURACY",
        "standard": {
            "standard": {"serial": "1", "certificate": "2", "valid_until": "2027-06-30"},
            "max_error": "0.001 g"
        }
    });
    match wire::measurement_of(measurement).unwrap() {
        Measurement::RetailWeighing(input) => input,
        other => panic!("{other:?}"),
    }
}

fn verdict_on(input: &RetailWeighing) -> Verdict {
    retail::judge(rules(), input).unwrap()
}

fn gram(text: &str) -> Gram {
    Gram::parse(text).unwrap()
}

#[test]
fn a_short_weighing_reads_as_one_sentence_and_its_consequences() {
    let verdict = verdict_on(&pork());
    let sentence =
        "short by 140 g; limit 10 g for class 2 goods at 26 yuan/kg and 2.8 kg (table 1); fails";
    let english = verdict.explain_en();
    let mut lines = english.lines();
    assert_eq!(lines.next(), Some(&*format!("pork: {sentence}")));
    assert_eq!(lines.next(), Some(sentence));
    assert!(english.contains("3.64 yuan too much were charged"));
    assert!(english.contains("Only if a person finds that there was fraud"));
    let chinese = verdict.explain_zh();
    assert_eq!(
        chinese.lines().next(),
        Some("pork：短缺140克；第2类商品（单价26元/千克，2.8千克，附表1）限值10克；不合格")
    );
    assert!(chinese.contains("多收3.64元") && chinese.contains("第55条"));
}

#[test]
fn a_generous_weighing_on_an_equal_scale_reads_as_one_sentence() {
    let input = RetailWeighing {
        checked: gram("2803"),
        method: CheckMethod::EqualAccuracy,
        ..pork()
    };
    let summary = verdict_on(&input).summary;
    assert_eq!(
        summary.en,
        "pork: over by 3 g; limit 2 x 10 g = 20 g for class 2 goods at 26 yuan/kg and 2.8 kg (table 1); conforms"
    );
    assert!(summary.zh.contains("多出3克") && summary.zh.ends_with("合格"));
}

#[test]
fn a_piece_of_gold_reads_as_one_sentence() {
    let input = RetailWeighing {
        category: GoodsCategory::GoldPiece,
        settled: gram("5.32"),
        checked: gram("5.32"),
        ..pork()
    };
    let verdict = verdict_on(&input);
    assert_eq!(
        verdict.summary.en,
        "pork: exact; limit 0.01 g for a gold piece of 5.32 g (table 2); conforms"
    );
    assert_eq!(verdict.findings[0].row, "table 2, gold piece, m <= 100 g");
}

#[test]
fn what_cannot_be_assessed_says_why() {
    let goods = ExcludedKind::LiveFish;
    let input = RetailWeighing {
        category: GoodsCategory::Excluded { goods },
        ..pork()
    };
    let verdict = verdict_on(&input);
    assert_eq!(
        verdict.explain_en(),
        "pork: short by 140 g; not assessable\nthe permitted shortages do not cover live fish"
    );
    assert_eq!(
        verdict.explain_zh(),
        "pork：短缺140克；无法判定\n本办法的负偏差不适用于活鱼"
    );
}

#[test]
fn a_scale_that_fails_with_weights_is_named_in_the_summary() {
    let weights = json!({"load": "2800 g", "indication": "2815 g", "weights_error": "1 g"});
    let input = RetailWeighing {
        method: CheckMethod::SameInstrument,
        checked: gram("2800"),
        weights: serde_json::from_value(weights).unwrap(),
        ..pork()
    };
    let verdict = verdict_on(&input);
    assert_eq!(verdict.outcome, Outcome::Fails);
    let summary = verdict.summary.en;
    assert!(summary.ends_with("conforms; but the scale fails its test with weights"));
}

#[test]
fn a_verdict_without_the_consumers_edition_is_the_same_but_for_the_note() {
    let retail = include_str!("../../rules/retail-weighing-2020.toml");
    let alone = RuleSet::from_sources([("retail.toml", retail)]).unwrap();
    let verdict = retail::judge(&alone, &pork()).unwrap();
    assert_eq!(verdict.outcome, Outcome::Fails);
    assert_eq!(verdict.findings, verdict_on(&pork()).findings);
    let codes: Vec<_> = verdict.notes.iter().map(|note| &*note.code).collect();
    assert!(codes.contains(&"REMEDY_NOT_EXAMINED") && !codes.contains(&"CONSUMER_REMEDY"));
}

fn category() -> impl Strategy<Value = GoodsCategory> {
    let food = |class_by| Just(GoodsCategory::Food { class_by });
    let name = move |group| food(ClassBy::Name { group });
    let (group, reason) = (None, None);
    prop_oneof![
        name(GoodsGroup::Fruit),
        name(GoodsGroup::Meat),
        name(GoodsGroup::DriedVegetables),
        food(ClassBy::Price { group, reason }),
        Just(GoodsCategory::GoldPiece),
        Just(GoodsCategory::SilverPiece),
        Just(GoodsCategory::Excluded {
            goods: ExcludedKind::WaterSoaked
        }),
    ]
}

fn method() -> impl Strategy<Value = CheckMethod> {
    prop_oneof![
        Just(CheckMethod::SameInstrument),
        Just(CheckMethod::HigherAccuracy),
        Just(CheckMethod::EqualAccuracy),
    ]
}

fn scale() -> impl Strategy<Value = Option<ScaleFacts>> {
    let iii = ScaleFacts::new(ScaleClass::III, gram("10"), gram("60000")).unwrap();
    let iiii = ScaleFacts::new(ScaleClass::IIII, gram("50"), gram("50000")).unwrap();
    prop_oneof![Just(None), Just(Some(iii)), Just(Some(iiii))]
}

fn ten_thousandths(count: i64) -> Gram {
    Gram::from_value(Decimal::new(count.max(0), 4)).unwrap()
}

fn less(mass: Gram, shortage: i64) -> Gram {
    let left = mass.value() - Decimal::new(shortage, 4);
    Gram::from_value(left.max(Decimal::ZERO)).unwrap()
}

prop_compose! {
    /// Small masses are as likely as large ones, up to 40 kg.
    fn weighing()(
        category in category(),
        price in 0..20_000_i64,
        settled in prop_oneof![1..2_000_000_i64, 1..60_000_000_i64, 1..400_000_000_i64],
        shortage in -300_000..3_000_000_i64,
        method in method(),
        scale in scale(),
    ) -> RetailWeighing {
        // More than twice as much is a slip of its own.
        let shortage = shortage.max(-settled);
        let settled = ten_thousandths(settled);
        let unit_price = YuanPerKg::from_value(Decimal::new(price, 2)).unwrap();
        let checked = less(settled, shortage);
        let confirmed = true;
        RetailWeighing { category, unit_price, settled, checked, method, scale, confirmed, ..pork() }
    }
}

fn in_kilograms(mass: Gram) -> Gram {
    Gram::read(&format!("{} kg", mass.value() * Decimal::new(1, 3))).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_smaller_check_weight_never_turns_a_failure_into_a_pass(
        input in weighing(),
        further in 0..30_000_000_i64,
    ) {
        let lighter = RetailWeighing { checked: less(input.checked, further), ..input.clone() };
        if verdict_on(&input).outcome == Outcome::Fails {
            prop_assert_eq!(verdict_on(&lighter).outcome, Outcome::Fails);
        }
    }

    #[test]
    fn the_unit_a_mass_is_written_in_changes_no_finding(input in weighing()) {
        let kilograms = RetailWeighing {
            settled: in_kilograms(input.settled),
            checked: in_kilograms(input.checked),
            ..input.clone()
        };
        let (one, other) = (verdict_on(&input), verdict_on(&kilograms));
        prop_assert_eq!(one.findings, other.findings);
        prop_assert_eq!(one.intermediates, other.intermediates);
        prop_assert_eq!(one.outcome, other.outcome);
    }

    #[test]
    fn the_method_with_more_tolerance_never_fails_what_the_others_pass(input in weighing()) {
        let equal = RetailWeighing { method: CheckMethod::EqualAccuracy, ..input.clone() };
        if verdict_on(&input).outcome == Outcome::Conforms {
            prop_assert_eq!(verdict_on(&equal).outcome, Outcome::Conforms);
        }
    }

    #[test]
    fn a_verdict_read_back_from_json_is_the_same_verdict(input in weighing()) {
        let measurement = Measurement::RetailWeighing(input);
        let judged = Judgement::of(rules(), measurement.clone()).unwrap();
        let json = wire::write_verdict(&judged);
        let back = wire::read_verdict(&json).unwrap();
        prop_assert_eq!(&back, &judged);
        prop_assert_eq!(wire::write_verdict(&back), json);
        prop_assert_eq!(measurement.judge(rules()).unwrap(), back.verdict);
    }

    #[test]
    fn an_outcome_is_the_comparison_it_records(input in weighing()) {
        let verdict = verdict_on(&input);
        let is_short = verdict.finding("SHORTAGE").and_then(|finding| {
            Some(finding.measured.as_ref()?.value() > finding.limit.as_ref()?.value())
        });
        let expected = match (verdict.reasons.is_empty(), is_short) {
            (true, Some(true)) => Outcome::Fails,
            (true, Some(false)) => Outcome::Conforms,
            (false, Some(_)) => Outcome::ScreeningOnly,
            (_, None) => Outcome::NotAssessable,
        };
        prop_assert_eq!(verdict.outcome, expected);
        prop_assert_eq!(verdict.provisional, !verdict.rows_unverified.is_empty());
    }
}
