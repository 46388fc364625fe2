//! Lots of prepackages from outside: what must hold for every lot, and where two public calculators
//! are wrong.

use std::time::Instant;

use liangxin_metrology::measurement::Measurement;
use liangxin_metrology::prepackaged::pick_packages;
use liangxin_metrology::verdict::{CheckResult, Outcome, Verdict};
use liangxin_metrology::wire;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::golden::rules;

/// A lot judged by the editions of 2005.
fn lot(qn: &str, contents: &[String], lot_size: u32, kind: &str) -> Value {
    let packages: Vec<Value> = contents
        .iter()
        .map(|net| json!({"kind": "NET", "net": net}))
        .collect();
    json!({
        "family": "PREPACKAGED_LOT", "inspected_on": "2020-06-01", "goods_name": "sugar",
        "goods": "OTHER",
        "nominal": {"kind": kind, "qn": qn}, "lot_size": lot_size, "packages": packages,
        "tester": {"kind": "AUTHORISED", "body": "institute", "certificate": "1"},
        "standard": (kind == "MASS").then(|| json!({
            "standard": {"serial": "1", "certificate": "2", "valid_until": "2030-12-31"},
            "uncertainty": "0.01 g"
        })),
    })
}

fn read(lot: &Value) -> Measurement {
    wire::read_measurement(&lot.to_string()).unwrap()
}

fn judged(lot: &Value) -> Verdict {
    read(lot).judge(rules()).unwrap()
}

fn grams(milligrams: &[u32]) -> Vec<String> {
    milligrams
        .iter()
        .map(|net| format!("{}.{:03} g", net / 1000, net % 1000))
        .collect()
}

fn sugar(milligrams: &[u32]) -> Verdict {
    judged(&lot("500 g", &grams(milligrams), 200, "MASS"))
}

/// Results of the checks with their numbers, without words.
fn essence(verdict: &Verdict) -> Vec<(String, CheckResult, Option<String>)> {
    let findings = verdict.findings.iter();
    findings
        .map(|finding| {
            let measured = finding.measured.as_ref().map(ToString::to_string);
            (finding.check.to_string(), finding.result, measured)
        })
        .collect()
}

// The first calculator compares the mean with Qn - T / sqrt(n) and caps T at 150 above 10 kg; the
// second has whole-numbered bands (51 to 100) and tests `nQ == 0 && nQ <= 50` for counts.

#[test]
fn a_mean_that_is_short_without_spread_fails_where_t_over_root_n_would_pass_it() {
    let verdict = judged(&lot("500 g", &vec!["499 g".to_owned(); 10], 50, "MASS"));
    // 15 g over the root of 10 is more than 4 g, so that 499 g would pass there.
    assert_eq!(verdict.outcome, Outcome::Fails);
    let average = verdict.finding("AVERAGE").unwrap();
    assert_eq!(average.result, CheckResult::Fails);
}

#[test]
fn a_sack_of_25_kg_may_lack_250_g_where_a_cap_of_150_g_would_fail_it() {
    let sack = lot("25 kg", &["24.8 kg".to_owned()], 1, "MASS");
    assert_eq!(judged(&sack).outcome, Outcome::Conforms);
}

#[test]
fn a_label_of_50_and_a_half_grams_lies_in_a_band_where_whole_numbers_leave_a_gap() {
    let within = lot("50.5 g", &["46 g".to_owned()], 1, "MASS");
    assert_eq!(judged(&within).outcome, Outcome::Conforms);
    let beyond = lot("50.5 g", &["45.9 g".to_owned()], 1, "MASS");
    assert_eq!(judged(&beyond).outcome, Outcome::Fails);
    let hundred = lot("100.5 g", &["96 g".to_owned()], 1, "MASS");
    assert_eq!(judged(&hundred).outcome, Outcome::Conforms);
}

#[test]
fn no_item_of_fifty_may_be_missing_where_a_condition_that_never_holds_would_allow_one() {
    let box_of_50 = lot("50 pcs", &["49 pcs".to_owned()], 1, "COUNT");
    let verdict = judged(&box_of_50);
    assert_eq!(verdict.outcome, Outcome::Fails);
    let t2 = verdict.finding("T2_COUNT").unwrap();
    assert_eq!(t2.result, CheckResult::Fails);
}

#[test]
fn short_packages_are_named_by_their_numbers() {
    let mut contents = vec![505_000; 50];
    contents[2] = 480_000;
    contents[16] = 480_000;
    let words = sugar(&contents).finding("T1_COUNT").unwrap().words.clone();
    assert!(words.en.contains("no. 3, 17"), "{}", words.en);
    assert!(words.zh.contains("第3、17件"), "{}", words.zh);
}

#[test]
fn a_lot_of_125_packages_is_judged_at_once() {
    let contents: Vec<u32> = (0..125).map(|index| 495_001 + index * 80).collect();
    let input = read(&lot("500 g", &grams(&contents), 5_000, "MASS"));
    let start = Instant::now();
    for _ in 0..100 {
        assert!(input.judge(rules()).is_ok());
    }
    println!("{:?} a verdict", start.elapsed() / 100);
}

#[test]
fn the_choice_of_packages_is_the_one_worked_out_by_another_program() {
    assert_eq!(pick_packages(b"2026-11-23 lot 7", 60, 13), PICKED_60);
    assert_eq!(pick_packages(b"", 4_294_967_295, 3), PICKED_MOST);
    assert_eq!(pick_packages(b"x", 5, 9), [1, 2, 3, 4, 5]);
    assert!(pick_packages(b"x", 0, 9).is_empty());
}

const PICKED_60: [u32; 13] = [4, 6, 9, 11, 21, 25, 29, 30, 33, 36, 43, 50, 55];
const PICKED_MOST: [u32; 3] = [288814016, 1341961374, 1853384077];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn less_content_never_turns_a_failure_by_count_into_conformity(
        contents in prop::collection::vec(465_000_u32..515_000, 50),
        which in 0_usize..50, less in 1_u32..40_000,
    ) {
        // The mean may pass more easily by a greater spread, as the rule itself has it: taken alike
        // from every package, content is all that changes.
        let before = sugar(&contents);
        let each: Vec<u32> = contents.iter().map(|net| net - less).collect();
        if before.outcome == Outcome::Fails {
            prop_assert_eq!(sugar(&each).outcome, Outcome::Fails);
        }
        let mut one = contents;
        one[which] -= less;
        let counts = |verdict: &Verdict| {
            ["T1_COUNT", "T2_COUNT"].iter().any(|check| {
                verdict.finding(check).is_some_and(|finding| finding.result == CheckResult::Fails)
            })
        };
        if counts(&before) {
            prop_assert!(counts(&sugar(&one)));
        }
    }

    #[test]
    fn grams_and_kilograms_give_the_same_verdict(
        contents in prop::collection::vec(465_000_u32..515_000, 50),
    ) {
        let kilograms: Vec<String> = contents.iter().map(|net| format!("0.{net:06} kg")).collect();
        let (by_g, by_kg) = (sugar(&contents), judged(&lot("0.5 kg", &kilograms, 200, "MASS")));
        prop_assert_eq!(by_g.outcome, by_kg.outcome);
        prop_assert_eq!(by_g.findings, by_kg.findings);
    }

    #[test]
    fn the_order_of_the_packages_has_no_effect(
        contents in prop::collection::vec(465_000_u32..515_000, 50), by in 1_usize..49,
    ) {
        let mut turned = contents.clone();
        turned.rotate_left(by);
        let (one, other) = (sugar(&contents), sugar(&turned));
        prop_assert_eq!(one.outcome, other.outcome);
        prop_assert_eq!(essence(&one), essence(&other));
        prop_assert_eq!(one.intermediates, other.intermediates);
    }

    #[test]
    fn a_larger_deficiency_never_fails_what_passed(
        contents in prop::collection::vec(465_000_u32..515_000, 50),
        t in 1_u32..200, more in 1_u32..200,
    ) {
        let with = |tenths: u32| {
            let mut lot = lot("500 g", &grams(&contents), 200, "MASS");
            let t = format!("{}.{} g", tenths / 10, tenths % 10);
            lot["own_deficiency"] = json!({"document": "GB 1", "deficiency": t});
            // However far it lies from that of the table.
            lot["confirmed"] = json!(true);
            judged(&lot).outcome
        };
        // T1 packages may become many where T2 ones become T1; the lot failed then already.
        if with(t) == Outcome::Conforms {
            prop_assert_eq!(with(t + more), Outcome::Conforms);
        }
    }

    #[test]
    fn picked_packages_are_distinct_and_of_the_lot(seed: Vec<u8>, lot in 1_u32..5_000, n in 1_u32..126) {
        let picked = pick_packages(&seed, lot, n);
        prop_assert_eq!(picked.len(), n.min(lot) as usize);
        prop_assert!(picked.windows(2).all(|pair| pair[0] < pair[1]));
        prop_assert!(picked.iter().all(|number| (1..=lot).contains(number)));
    }
}
