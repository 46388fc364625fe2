//! Properties of the fuel dispenser verdict that no table of cases can show.

use liangxin_metrology::rules::RuleSet;
use liangxin_metrology::verdict::{CheckResult, Outcome, Verdict};
use liangxin_metrology::wire;
use proptest::prelude::*;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::golden::rules;

/// A run of 20 L: indicated in tenths of a millilitre, neck in tenths of a millimetre, temperatures in
/// tenths of a degree.
#[derive(Debug, Clone, Copy)]
struct Run {
    indicated: i64,
    neck: i64,
    at_nozzle: i64,
    in_measure: i64,
}

fn run() -> impl Strategy<Value = Run> {
    let oil = || 150_i64..300;
    (199_000_i64..201_000, -400_i64..400, oil(), oil()).prop_map(
        |(indicated, neck, at_nozzle, in_measure)| Run {
            indicated,
            neck,
            at_nozzle,
            in_measure,
        },
    )
}

fn tenths(value: i64, unit: &str) -> String {
    format!("{} {unit}", Decimal::new(value, 1))
}

fn litres(value: i64) -> String {
    format!("{} L", Decimal::new(value, 4))
}

fn dispenser(runs: &[Run], volume: impl Fn(i64) -> String) -> Value {
    let rows: Vec<_> = runs
        .iter()
        .map(|run| {
            json!({
                "indicated": volume(run.indicated),
                "neck_reading": tenths(run.neck, "mm"),
                "oil_at_nozzle": tenths(run.at_nozzle, "°C"),
                "oil_in_measure": tenths(run.in_measure, "°C"),
                "unit_price": "1 yuan/L",
                "paid": format!("{} yuan", Decimal::new(run.indicated, 4).round_dp(2)),
            })
        })
        .collect();
    json!({
        "family": "FUEL_DISPENSER", "tested_on": "2026-11-20", "station": "s", "dispenser": "d",
        "fuel": "PETROL", "max_flow": "50 L/min",
        "measure": {
            "standard": {"serial": "1", "certificate": "1", "valid_until": "2027-01-01"},
            "nominal": "20 L", "zero_reading": "0 mm", "constant": "1.25 mL/mm",
            "material": "STAINLESS_STEEL",
        },
        "nozzles": [{"name": "1", "points": [
            {"point": "Q1", "runs": rows.clone()}, {"point": "Q2", "runs": rows},
        ]}],
        "checklist": {
            "seals": "INTACT", "self_lock": "ACTIVE", "type_match": "MATCHES", "transducer": "OWN",
        },
        "payment_step": "0.01 yuan",
    })
}

fn judged_by(rules: &RuleSet, measurement: Value) -> Verdict {
    wire::measurement_of(measurement)
        .unwrap()
        .judge(rules)
        .unwrap()
}

fn judged(runs: &[Run]) -> Verdict {
    judged_by(rules(), dispenser(runs, |value| tenths(value, "mL")))
}

/// The signed mean error at Q1 as the verdict shows it.
fn mean(verdict: &Verdict) -> Decimal {
    let finding = verdict.finding("ERROR_MEAN").unwrap();
    finding.measured.as_ref().unwrap().value()
}

fn level() -> Run {
    Run {
        indicated: 200_000,
        neck: 0,
        at_nozzle: 200,
        in_measure: 200,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

    #[test]
    fn the_order_of_the_runs_does_not_matter(runs in prop::collection::vec(run(), 3)) {
        let mut turned = runs.clone();
        turned.rotate_left(1);
        let (one, other) = (judged(&runs), judged(&turned));
        prop_assert_eq!(one.outcome, other.outcome);
        for check in ["ERROR_MEAN", "REPEATABILITY"] {
            prop_assert_eq!(one.finding(check), other.finding(check));
        }
        prop_assert_eq!(one.provisional, other.provisional);
    }

    #[test]
    fn litres_and_millilitres_give_the_same_findings(runs in prop::collection::vec(run(), 1..=5)) {
        let in_litres = judged_by(rules(), dispenser(&runs, litres));
        let in_millilitres = judged(&runs);
        prop_assert_eq!(in_litres.findings, in_millilitres.findings);
        prop_assert_eq!(in_litres.intermediates, in_millilitres.intermediates);
    }

    #[test]
    fn a_higher_neck_never_costs_the_customer(runs in prop::collection::vec(run(), 3), more in 1_i64..400) {
        let fuller: Vec<_> = runs.iter().map(|run| Run { neck: run.neck + more, ..*run }).collect();
        let (before, after) = (judged(&runs), judged(&fuller));
        prop_assert!(mean(&after) < mean(&before));
        let short = |verdict: &Verdict| {
            verdict.suggested_violations().iter().any(|code| code.as_str() == "M-GAS-07")
        };
        prop_assert!(short(&before) || !short(&after));
    }

    #[test]
    fn a_mean_within_the_limit_needs_one_run_within_it(runs in prop::collection::vec(run(), 3)) {
        let verdict = judged(&runs);
        let mean_passes = verdict.finding("ERROR_MEAN").unwrap().result == CheckResult::Passes;
        let some_on_a_side = |above: bool| {
            verdict.intermediates.iter()
                .filter(|number| number.name.starts_with("E of nozzle 1, Q1, run"))
                .any(|number| {
                    let error = number.amount.value();
                    if above { error <= Decimal::new(3, 1) } else { error >= Decimal::new(-3, 1) }
                })
        };
        prop_assert!(!mean_passes || (some_on_a_side(true) && some_on_a_side(false)));
    }

    /// The formula written once more by hand, in decimals.
    #[test]
    fn the_error_is_that_of_the_formula(one in run()) {
        let verdict = judged(&[one]);
        let tenth = |value: i64| Decimal::new(value, 1);
        let held = Decimal::from(20_000) + tenth(one.neck) * Decimal::new(125, 2);
        let factor = Decimal::ONE
            + Decimal::new(12, 4) * (tenth(one.at_nozzle) - tenth(one.in_measure))
            + Decimal::new(50, 6) * (tenth(one.in_measure) - Decimal::from(20));
        let delivered = held * factor;
        let error = (tenth(one.indicated) - delivered) / delivered * Decimal::ONE_HUNDRED;
        prop_assert!((error - mean(&verdict)).abs() < Decimal::new(1, 8));
    }
}

#[test]
fn the_nominal_volume_does_not_stand_in_for_what_the_measure_held() {
    let mut low = level();
    (low.indicated, low.neck) = (200_200, -400);
    let verdict = judged(&[low; 3]);
    let by_nominal = Decimal::new(1, 1);
    assert_ne!(mean(&verdict), by_nominal);
    assert!(by_nominal < Decimal::new(3, 1) && mean(&verdict) > Decimal::new(3, 1));
    assert_eq!(verdict.outcome, Outcome::Fails);
    let held = verdict
        .intermediates
        .iter()
        .find(|number| number.name == "V_B of nozzle 1, Q1, run 1")
        .unwrap();
    assert_eq!(held.amount.to_string(), "19950 mL");
}

#[test]
fn a_file_may_bind_each_run() {
    let embedded = rules();
    let file = embedded
        .files()
        .find(|file| file.head().id.as_str() == "fuel-jjg-443-2023")
        .unwrap();
    let strict = file
        .text()
        .replace("compare = \"mean\"", "compare = \"each_run\"");
    let strict = RuleSet::embedded_with([("strict.toml", strict)]).unwrap();
    let mut runs = [level(); 3];
    (runs[0].indicated, runs[1].indicated, runs[2].indicated) = (200_650, 200_550, 200_550);
    let measurement = dispenser(&runs, |value| tenths(value, "mL"));
    let by_mean = judged_by(embedded, measurement.clone());
    let by_run = judged_by(&strict, measurement);
    assert_eq!(by_mean.outcome, Outcome::ScreeningOnly);
    assert_eq!(by_run.outcome, Outcome::Fails);
    assert!(by_mean.provisional && by_run.provisional);
    let run = by_run.finding("ERROR_RUN").unwrap();
    assert_eq!(run.result, CheckResult::Fails);
    assert_eq!(run.subject.as_deref(), Some("nozzle 1, Q1, run 1"));
}

#[test]
fn conditions_at_their_bound_are_not_noted() {
    let mut apart = level();
    apart.at_nozzle = 240;
    apart.indicated = 200_960;
    let mut hot = level();
    (hot.at_nozzle, hot.in_measure) = (300, 300);
    for run in [apart, hot] {
        let verdict = judged(&[run; 3]);
        assert!(verdict.notes.is_empty(), "{:?}", verdict.notes);
        assert_eq!(verdict.outcome, Outcome::Conforms);
    }
}

#[test]
fn errors_of_one_nozzle_alone_are_not_called_systematic() {
    let mut high = level();
    high.indicated = 200_500;
    let verdict = judged(&[high; 3]);
    assert!(verdict.notes.is_empty());
}
