//! What must hold of the test of any scale, whatever its readings.

use liangxin_metrology::quantity::Gram;
use liangxin_metrology::rules::RuleSet;
use liangxin_metrology::verdict::{CheckResult, Outcome, Verdict};
use liangxin_metrology::wire;
use proptest::prelude::*;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::golden::rules;

/// Loads of a class III scale with e = 5 g and Max = 15 kg, each with a corrected error in tenths of
/// a gram to come.
const LOADS: [i64; 6] = [100, 2500, 2505, 5000, 10_000, 15_000];

/// A mass in tenths of a gram, written in grams or in kilograms.
fn mass(tenths: i64, unit: &str) -> String {
    match unit {
        "kg" => format!("{}.{:04} kg", tenths / 10_000, tenths % 10_000),
        _ => format!("{}.{} g", tenths / 10, tenths % 10),
    }
}

/// A reading whose error before rounding is `error` tenths of a gram: P = I + 2.5 g − ΔL.
fn reading(load: i64, error: i64, unit: &str) -> Value {
    let steps = (error + 25).div_euclid(50);
    json!({
        "load": mass(load * 10, unit),
        "indication": mass(load * 10 + steps * 50, unit),
        "added_small_weights": mass(steps * 50 + 25 - error, unit),
    })
}

fn test(errors: &[i64], unit: &str) -> Value {
    let readings = LOADS.iter().zip(errors);
    let weighing: Vec<Value> = readings
        .clone()
        .map(|(load, error)| reading(*load, *error, unit))
        .collect();
    let eccentricity: Vec<Value> = readings
        .map(|(load, error)| {
            let mut place = reading(5000, *error, unit);
            place["position"] = json!(format!("place {load}"));
            place
        })
        .collect();
    json!({
        "family": "SCALE_TEST", "tested_on": "2026-11-23", "stage": "IN_SERVICE",
        "plate": {
            "class": "III", "ranges": [{"e": mass(50, unit), "max": mass(150_000, unit)}],
            "min": mass(1000, unit), "receptor": "TABLE", "supports": 4,
        },
        "weights": {
            "standard": {"serial": "1", "certificate": "2", "valid_until": "2027-01-01"},
            "class": "M1", "pieces": [mass(100_000, unit), mass(50_000, unit)],
        },
        "weighing": weighing, "eccentricity": eccentricity,
        "repeatability": [{
            "load": mass(75_000, unit),
            "indications": errors.iter().map(|error| mass(75_000 + error.div_euclid(50) * 50, unit)).collect::<Vec<_>>(),
        }],
    })
}

fn judged(measurement: &Value) -> Verdict {
    let measurement = wire::measurement_of(measurement.clone()).unwrap();
    measurement.judge(rules()).unwrap()
}

/// The findings as text, in an order of their own.
fn findings(verdict: &Verdict) -> Vec<String> {
    let findings = verdict.findings.iter();
    let mut texts: Vec<String> = findings
        .map(|finding| serde_json::to_string(finding).unwrap())
        .collect();
    texts.sort();
    texts
}

fn reversed(measurement: &Value) -> Value {
    let mut other = measurement.clone();
    for list in ["weighing", "eccentricity"] {
        other[list].as_array_mut().unwrap().reverse();
    }
    let indications = &mut other["repeatability"][0]["indications"];
    indications.as_array_mut().unwrap().reverse();
    other["weights"]["pieces"].as_array_mut().unwrap().reverse();
    other
}

/// What failed in one check, by subject.
fn failed<'a>(verdict: &'a Verdict, check: &str) -> Vec<&'a str> {
    let findings = verdict.findings.iter();
    findings
        .filter(|finding| finding.check == check && finding.result == CheckResult::Fails)
        .filter_map(|finding| finding.subject.as_deref())
        .collect()
}

fn errors() -> impl Strategy<Value = Vec<i64>> {
    prop::collection::vec(-250_i64..=250, LOADS.len())
}

/// Outcomes from the worst on; a pass is the best.
fn rank(outcome: Outcome) -> usize {
    let order = [
        Outcome::Fails,
        Outcome::NotAssessable,
        Outcome::ScreeningOnly,
        Outcome::Conforms,
    ];
    order.iter().position(|one| *one == outcome).unwrap()
}

/// The test of a scale whose plate states a tare, with what it showed after one and beside it.
fn with_tare(errors: &[i64], rows: &[(i64, i64)]) -> Value {
    let mut measurement = test(errors, "g");
    measurement["plate"]["subtractive_tare"] = json!("5 kg");
    measurement["zero"] = reading(0, 0, "g");
    measurement["discrimination"] =
        json!([{"load": "15 kg", "extra": "7 g", "indication": "CHANGED"}]);
    let row = |(load, error): &(i64, i64)| {
        let mut row = reading(*load, *error, "g");
        row["tare"] = json!("1 kg");
        row
    };
    measurement["tare"] = rows.iter().map(row).collect();
    measurement
}

/// What is said of the embedded rules with one text in one file replaced.
fn refusal(id: &str, old: &str, new: &str) -> String {
    let file = rules()
        .files()
        .find(|file| file.head().id.as_str() == id)
        .unwrap();
    assert!(file.text().contains(old), "{id} holds {old}");
    let text = file.text().replacen(old, new, 1);
    RuleSet::embedded_with([("changed.toml", text)])
        .unwrap_err()
        .to_string()
}

#[test]
fn rows_of_scales_and_weights_that_do_not_fit_each_other_are_refused() {
    let refused = refusal(
        "scales-jjg-539-2016",
        r#"e_from = "5 g", n_min = 500"#,
        r#"e_from = "1 g", n_min = 500"#,
    );
    assert!(refused.contains("classes.class_iii, row 2"), "{refused}");
    let refused = refusal(
        "scales-jjg-539-2016",
        r#"limit = "0.25 e""#,
        r#"limit = "0 e""#,
    );
    assert!(refused.contains("zero"), "{refused}");
    let refused = refusal(
        "weights-oiml-r111-1",
        r#"m1 = "500 mg""#,
        r#"m1 = "5000 mg""#,
    );
    assert!(refused.contains("rows, row 9"), "{refused}");
    let refused = refusal(
        "weights-oiml-r111-1",
        r#"nominal = "10 kg""#,
        r#"nominal = "20 kg""#,
    );
    assert!(refused.contains("rows, row 8"), "{refused}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_order_of_readings_does_not_matter(errors in errors()) {
        let measurement = test(&errors, "g");
        let (one, other) = (judged(&measurement), judged(&reversed(&measurement)));
        prop_assert_eq!(one.outcome, other.outcome);
        prop_assert_eq!(findings(&one), findings(&other));
    }

    #[test]
    fn the_same_masses_in_kilograms_give_the_same_findings(errors in errors()) {
        let (grams, kilograms) = (judged(&test(&errors, "g")), judged(&test(&errors, "kg")));
        prop_assert_eq!(grams.outcome, kilograms.outcome);
        prop_assert_eq!(&grams.summary, &kilograms.summary);
        prop_assert_eq!(&grams.findings, &kilograms.findings);
        prop_assert_eq!(&grams.intermediates, &kilograms.intermediates);
    }

    #[test]
    fn a_smaller_error_never_fails_what_passed(errors in errors(), shares in prop::collection::vec(0_i64..=100, LOADS.len())) {
        let smaller: Vec<i64> = errors.iter().zip(shares).map(|(error, share)| error * share / 100).collect();
        let (greater, smaller) = (judged(&test(&errors, "g")), judged(&test(&smaller, "g")));
        for check in ["WEIGHING", "ECCENTRICITY"] {
            let before = failed(&greater, check);
            prop_assert!(failed(&smaller, check).iter().all(|subject| before.contains(subject)));
        }
    }

    #[test]
    fn a_key_that_changes_a_load_by_more_than_its_error_is_a_sign_of_cheating(
        errors in errors(),
        difference in -300_i64..=300,
        key in 1_u8..=99,
    ) {
        let mut measurement = test(&errors, "g");
        let usual = measurement["weighing"][3]["indication"].clone();
        let shown = Gram::read(usual.as_str().unwrap()).unwrap().value() + Decimal::new(difference, 1);
        let before = judged(&measurement);
        measurement["modes"] = json!([{
            "mode": {"by": "UNIT_PRICE_KEY", "key": key},
            "load": "5 kg",
            "indication": format!("{shown} g"),
        }]);
        let verdict = judged(&measurement);
        // 5 kg lie between 500 and 2000 e: twice 1 e.
        let is_beyond = difference.abs() > 100;
        prop_assert_eq!(!failed(&verdict, "MODE_DIFFERENCE").is_empty(), is_beyond);
        let codes: Vec<_> = verdict.suggested_violations().into_iter().map(|code| code.to_string()).collect();
        prop_assert_eq!(codes.contains(&"M-CHT-01".to_owned()), is_beyond);
        let says_so = verdict.notes.iter().any(|note| note.code == "CHEATING_SUSPECTED");
        prop_assert_eq!(says_so, is_beyond);
        prop_assert_eq!(verdict.outcome, if is_beyond { Outcome::Fails } else { before.outcome });
    }

    #[test]
    fn leaving_a_reading_beside_a_tare_out_never_improves_the_outcome(
        errors in prop::collection::vec(-50_i64..=50, LOADS.len()),
        setting in -20_i64..=20,
        net in prop::collection::vec((0_usize..4, -120_i64..=120), 1..4),
        left_out in any::<prop::sample::Index>(),
    ) {
        let rows: Vec<(i64, i64)> = std::iter::once((0, setting))
            .chain(net.into_iter().map(|(load, error)| (LOADS[load], error)))
            .collect();
        let whole = judged(&with_tare(&errors, &rows)).outcome;
        let none = judged(&with_tare(&errors, &[])).outcome;
        prop_assert!(none != Outcome::Conforms);
        // What the scale showed right after the tare is what a failure may hang on.
        let setting_out = judged(&with_tare(&errors, &rows[1..])).outcome;
        prop_assert!(setting_out != Outcome::Conforms);
        // Of several net loads one that passes may go, and nothing gets better by it.
        let mut fewer = rows.clone();
        let gone = fewer.remove(1 + left_out.index(rows.len() - 1));
        let alone = judged(&with_tare(&errors, &[(0, setting), gone])).outcome;
        if fewer.len() > 1 {
            let less = judged(&with_tare(&errors, &fewer)).outcome;
            prop_assert_eq!(rank(whole), rank(less).min(rank(alone)));
        }
    }

    #[test]
    fn an_error_fails_exactly_beyond_twice_the_table(errors in errors()) {
        let verdict = judged(&test(&errors, "g"));
        let beyond = failed(&verdict, "WEIGHING");
        // 500 e = 2500 g, 2000 e = 10 kg; in service 1, 2 and 3 e of 5 g.
        let limits = [50, 50, 100, 100, 100, 150];
        for ((load, error), limit) in LOADS.iter().zip(&errors).zip(limits) {
            let subject = format!("load {load} g");
            prop_assert_eq!(beyond.contains(&subject.as_str()), error.abs() > limit);
        }
    }
}

/// A truck scale to 200 t, e = 50 kg, in use, with its greatest load on it.
fn truck(max: &str, indication: &str) -> Value {
    json!({
        "family": "SCALE_TEST", "tested_on": "2026-11-20", "stage": "IN_SERVICE",
        "plate": {
            "class": "III", "ranges": [{"e": "50 kg", "max": max}], "receptor": "ROLLING", "supports": 8,
            "kind": "TRUCK"
        },
        "weights": {
            "standard": {"serial": "1", "certificate": "2", "valid_until": "2027-06-30"},
            "class": "M1", "pieces": vec!["5000 kg"; 40]
        },
        "weighing": [{"load": "200 t", "indication": indication}]
    })
}

#[test]
fn a_scale_of_two_hundred_tonnes_may_show_more_than_it_weighs() {
    // 200 t = 4000 e: above 2000 e the initial error is 1.5 e, in use 3 e = 150 kg. 40 weights of 5 t of class
    // M1 may be wrong by 40 x 250 g = 10 kg, not more than 150 kg / 3. Nobody read the zero, which may explain
    // 0.25 e = 12.5 kg. 200.15 t: E = 150 kg, equal, passes. 200.2 t: E = 200 kg, beyond 162.5 kg.
    for (indication, error, result, outcome) in [
        ("200 t", "0 g", CheckResult::Passes, Outcome::ScreeningOnly),
        (
            "200.15 t",
            "150000 g",
            CheckResult::Passes,
            Outcome::ScreeningOnly,
        ),
        ("200.2 t", "200000 g", CheckResult::Fails, Outcome::Fails),
    ] {
        let verdict = judged(&truck("200 t", indication));
        let weighing = verdict.finding("WEIGHING").unwrap();
        let told = (weighing.measured.as_ref(), weighing.limit.as_ref());
        let told = (told.0.unwrap().to_string(), told.1.unwrap().to_string());
        assert_eq!(told, (error.to_owned(), "150000 g".to_owned()));
        assert_eq!(
            (weighing.result, verdict.outcome),
            (result, outcome),
            "{indication}"
        );
        assert_eq!(weighing.rule_id, "scales-jjg-539-2016");
    }
}

#[test]
fn a_plate_above_two_hundred_tonnes_and_a_reading_above_twice_that_are_refused() {
    for (measurement, code, field) in [
        (
            truck("200.1 t", "200 t"),
            "QUANTITY_TOO_LARGE",
            "plate.ranges[0].max",
        ),
        (
            truck("200 t", "400 t"),
            "VALUE_DOUBTFUL",
            "weighing[0].indication",
        ),
        (
            truck("200 t", "400.1 t"),
            "QUANTITY_TOO_LARGE",
            "weighing[0].indication",
        ),
    ] {
        let refused = wire::judge(rules(), &measurement.to_string()).unwrap_err();
        assert_eq!(
            (refused.code.as_str(), refused.field.as_deref()),
            (code, Some(field))
        );
    }
}
