//! The verdict as text: sentences for people, JSON for machines, and what holds for every weighing.

use crate::weighing::{Weighing, by_name, by_price, gram, judged, rules};
use liangxin_metrology::quantity::{Gram, YuanPerKg};
use liangxin_metrology::retail::{
    self, CheckMethod, ExcludedKind, GoodsCategory, GoodsGroup, RetailVerdict, RetailWeighing,
};
use liangxin_metrology::scale::{ScaleClass, ScaleFacts};
use liangxin_metrology::verdict::Outcome;
use proptest::prelude::*;

#[test]
fn a_short_weighing_reads_as_one_sentence() {
    let verdict = judged(Weighing {
        checked: "2660.0",
        ..Weighing::default()
    });
    assert_eq!(
        verdict.explain_en(),
        "pork: short by 140 g; limit 10 g for class 2 goods at 26 yuan/kg and 2.8 kg (table 1); fails"
    );
    assert_eq!(
        verdict.explain_zh(),
        "pork：短缺140克；第2类商品（单价26元/千克，2.8千克，附表1）限值10克；不合格"
    );
}

#[test]
fn a_generous_weighing_on_an_equal_scale_reads_as_one_sentence() {
    let method = CheckMethod::EqualAccuracy;
    let verdict = judged(Weighing {
        checked: "2803",
        method,
        ..Weighing::default()
    });
    assert_eq!(
        verdict.explain_en(),
        "pork: over by 3 g; limit 2 x 10 g = 20 g for class 2 goods at 26 yuan/kg and 2.8 kg (table 1); conforms"
    );
    assert!(verdict.explain_zh().contains("多出3克") && verdict.explain_zh().ends_with("合格"));
}

#[test]
fn a_piece_of_gold_reads_as_one_sentence() {
    let category = GoodsCategory::GoldPiece;
    let ring = Weighing {
        category,
        price: "1200000",
        settled: "5.32",
        checked: "5.32",
        ..Weighing::default()
    };
    let verdict = judged(ring);
    assert_eq!(
        verdict.explain_en(),
        "pork: exact; limit 0.01 g for a gold piece of 5.32 g (table 2); conforms"
    );
    assert_eq!(verdict.row, "table 2, gold piece, m <= 100 g");
}

#[test]
fn what_cannot_be_assessed_says_why() {
    let category = GoodsCategory::Excluded {
        goods: ExcludedKind::LiveFish,
    };
    let verdict = judged(Weighing {
        category,
        checked: "2700",
        ..Weighing::default()
    });
    assert_eq!(
        verdict.explain_en(),
        "pork: short by 100 g; not assessable: the permitted shortages do not cover live fish"
    );
    assert_eq!(
        verdict.explain_zh(),
        "pork：短缺100克；无法判定：本办法的负偏差不适用于活鱼"
    );
}

#[test]
fn a_verdict_above_the_table_names_the_scale() {
    let scale = ScaleFacts::new(ScaleClass::III, gram("10"), gram("60000")).ok();
    let verdict = judged(Weighing {
        settled: "30000",
        checked: "29960",
        scale,
        ..Weighing::default()
    });
    assert_eq!(
        verdict.explain_en(),
        "pork: short by 40 g; limit 30 g for the class III scale with e = 10 g at 29.96 kg (in-service error, above the table); fails"
    );
}

#[test]
fn the_json_of_a_verdict_is_stable_to_the_last_character() {
    let verdict = judged(Weighing {
        checked: "2660.0",
        ..Weighing::default()
    });
    let json = serde_json::to_string_pretty(&verdict).unwrap();
    assert_eq!(json.trim(), include_str!("retail_verdict.json").trim());
}

fn category() -> impl Strategy<Value = GoodsCategory> {
    prop_oneof![
        Just(by_name(GoodsGroup::Fruit)),
        Just(by_name(GoodsGroup::Meat)),
        Just(by_name(GoodsGroup::DriedVegetables)),
        Just(by_price(None, None)),
        Just(by_price(Some(GoodsGroup::Eggs), Some("organic"))),
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

/// A mass from 0.0001 g up to 40 kg, small ones as likely as large ones.
fn mass() -> impl Strategy<Value = Gram> {
    prop_oneof![1..2_000_000_u64, 1..60_000_000_u64, 1..400_000_000_u64].prop_map(ten_thousandths)
}

fn ten_thousandths(count: u64) -> Gram {
    gram(&format!("{}.{:04}", count / 10_000, count % 10_000))
}

prop_compose! {
    fn weighing()(
        category in category(),
        price in 0..20_000_u32,
        settled in mass(),
        shortage in -300_000..3_000_000_i64,
        method in method(),
        scale in scale(),
    ) -> RetailWeighing {
        let input = Weighing { category, method, scale, ..Weighing::default() }.input();
        let price = YuanPerKg::parse(&format!("{}.{:02}", price / 100, price % 100)).unwrap();
        let checked = less(settled, shortage);
        RetailWeighing { unit_price: price, settled, checked, ..input }
    }
}

fn less(mass: Gram, shortage: i64) -> Gram {
    let left = mass.value() - rust_decimal::Decimal::new(shortage, 4);
    gram(&left.max(rust_decimal::Decimal::ZERO).to_string())
}

fn verdict_on(input: &RetailWeighing) -> RetailVerdict {
    retail::judge(rules(), input).unwrap()
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
    fn a_verdict_read_back_from_json_is_the_same_verdict(input in weighing()) {
        let verdict = verdict_on(&input);
        let json = serde_json::to_string(&verdict).unwrap();
        let back: RetailVerdict = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(&back, &verdict);
        prop_assert_eq!(serde_json::to_string(&back).unwrap(), json);
    }

    #[test]
    fn the_inputs_in_a_verdict_judge_to_the_same_verdict(input in weighing()) {
        let verdict = verdict_on(&input);
        prop_assert_eq!(verdict_on(&verdict.finding.inputs), verdict);
    }

    #[test]
    fn an_outcome_is_the_comparison_it_records(input in weighing()) {
        let verdict = verdict_on(&input);
        let is_short = verdict.finding.allowed_g.map(|most| verdict.finding.deviation_g.exceeds(most));
        let expected = match is_short {
            Some(true) => Outcome::Fails,
            Some(false) => Outcome::Conforms,
            None => Outcome::NotAssessable,
        };
        prop_assert_eq!(verdict.outcome, expected);
        prop_assert_eq!(verdict.reason.is_some(), expected == Outcome::NotAssessable);
        prop_assert_eq!(verdict.provisional, !verdict.rows_unverified.is_empty());
    }
}
