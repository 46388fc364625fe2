//! Retail weighing: what holds for every weighing, and the sentences for people.

use liangxin_metrology::judgement::Judgement;
use liangxin_metrology::measurement::Measurement;
use liangxin_metrology::quantity::{Gram, YuanPerKg};
use liangxin_metrology::retail::{
    self, CheckMethod, ClassBy, ExcludedKind, GoodsCategory, GoodsGroup, RetailWeighing,
    ShopPackage, Tare, TareKind,
};
use liangxin_metrology::rules::RuleSet;
use liangxin_metrology::scale::{ScaleClass, ScaleFacts};
use liangxin_metrology::seen::Seen;
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
        checked: gram("2795"),
        ..pork()
    };
    let verdict = verdict_on(&input);
    assert_eq!(verdict.outcome, Outcome::NotAssessable);
    let (zh, en) = (verdict.explain_zh(), verdict.explain_en());
    assert!(
        zh.starts_with("pork：短缺5克；无法判定（附表不适用于该商品"),
        "{zh}"
    );
    assert!(
        zh.contains("\n《零售商品称重计量监督管理办法》的负偏差不适用于活鱼，所用限值未经核实"),
        "{zh}"
    );
    assert!(
        en.contains("\nthe permitted shortages do not cover live fish"),
        "{en}"
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

/// Packages of a shop, each settled and found, as one measurement like `input`.
fn packed(input: &RetailWeighing, masses: &[(Gram, Gram)]) -> RetailWeighing {
    let sum = |mass: fn(&(Gram, Gram)) -> Gram| {
        let all: Decimal = masses.iter().map(|one| mass(one).value()).sum();
        Gram::from_value(all).unwrap()
    };
    let package = |&(settled, checked): &(Gram, Gram)| ShopPackage { settled, checked };
    RetailWeighing {
        settled: sum(|one| one.0),
        checked: sum(|one| one.1),
        packages: masses.iter().map(package).collect(),
        ..input.clone()
    }
}

#[test]
fn packages_of_a_shop_read_as_one_sentence_that_names_the_short_one() {
    let masses = [("412", "410"), ("530", "524"), ("2600", "2592")];
    let masses = masses.map(|(settled, checked)| (gram(settled), gram(checked)));
    let verdict = verdict_on(&packed(&pork(), &masses));
    assert_eq!(
        verdict.summary.zh,
        "pork（3件）：第2件：短缺6克；第2类商品（单价26元/千克，530克，附表1）限值5克；不合格"
    );
    assert_eq!(
        verdict.plain.zh,
        "3件中有3件偏少，最多少8克，合计多收0.42元。"
    );
    assert_eq!(
        verdict.plain.en,
        "3 of 3 packages hold less, at most 8 g less, 0.42 yuan too much in all."
    );
}

#[test]
fn a_list_has_at_most_two_hundred_packages() {
    let list = |rows| packed(&pork(), &vec![(gram("100"), gram("100")); rows]);
    assert_eq!(verdict_on(&list(200)).findings.len(), 200);
    let refused = retail::judge(rules(), &list(201)).unwrap_err();
    assert_eq!(
        (refused.code(), refused.field()),
        ("COUNT_TOO_LARGE", Some("packages"))
    );
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

/// The settled mass in ten thousandths of a gram.
fn ten(input: &RetailWeighing) -> i64 {
    let whole = input.settled.value() * Decimal::from(10_000);
    i64::try_from(whole).unwrap()
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

/// The outcome of all by the outcome of each: a failure counts first, then what cannot be assessed.
fn worst(outcomes: &[Outcome]) -> Outcome {
    let order = [
        Outcome::Fails,
        Outcome::NotAssessable,
        Outcome::ScreeningOnly,
    ];
    let found = order.into_iter().find(|one| outcomes.contains(one));
    found.unwrap_or(Outcome::Conforms)
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
    fn packing_that_was_paid_for_changes_no_outcome(
        input in weighing(),
        share in 1_i64..1000,
        settled_as_goods in prop_oneof![Just(Seen::Yes), Just(Seen::No), Just(Seen::NotSeen)],
    ) {
        let mass = Gram::from_value((input.settled.value() * Decimal::new(share, 3)).round_dp(4)).unwrap();
        prop_assume!(!mass.is_zero() && mass < input.settled);
        let tare = vec![Tare { what: TareKind::Bag, mass, settled_as_goods }];
        let with = verdict_on(&RetailWeighing { tare, ..input.clone() });
        let without = verdict_on(&input);
        prop_assert_eq!(with.outcome, without.outcome);
        prop_assert_eq!(with.suggested_violations(), without.suggested_violations());
    }

    #[test]
    fn packages_of_a_shop_come_to_the_worst_of_them(
        input in weighing(),
        shortages in prop::collection::vec(-30_000..300_000_i64, 2..6),
    ) {
        let masses: Vec<_> = shortages
            .iter()
            .map(|shortage| (input.settled, less(input.settled, (*shortage).max(-ten(&input)))))
            .collect();
        let alone = |(settled, checked): &(Gram, Gram)| {
            let (settled, checked) = (*settled, *checked);
            verdict_on(&RetailWeighing { settled, checked, ..input.clone() }).outcome
        };
        let each: Vec<_> = masses.iter().map(alone).collect();
        let is_in_bounds = retail::goods_mass(packed(&input, &masses).settled).is_ok();
        prop_assume!(is_in_bounds);
        prop_assert_eq!(verdict_on(&packed(&input, &masses)).outcome, worst(&each));
        // A package less of those that do not decide changes nothing.
        let left: Vec<_> = masses.iter().skip(1).copied().collect();
        if left.len() > 1 && worst(&each) != Outcome::Conforms && each[0] == Outcome::Conforms {
            prop_assert_eq!(verdict_on(&packed(&input, &left)).outcome, worst(&each));
        }
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
