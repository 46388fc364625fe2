//! A duty that nobody has confirmed, or that a person has to find: no firm failure and no violation rests on it.

use liangxin_metrology::law::instrument::InstrumentKind;
use liangxin_metrology::rules::{InstrumentRow, VerificationRules};
use liangxin_metrology::verdict::{CheckResult, Finding, Outcome, Verdict};
use liangxin_metrology::wire;
use serde_json::{Value, json};

use crate::golden::{rules, tables};
use crate::parts::judged;

/// The rows of the catalogue that bind an instrument in its purpose.
fn binding() -> Vec<(InstrumentKind, &'static InstrumentRow)> {
    let day = "2026-11-20".parse().unwrap();
    let edition = rules().edition_on::<VerificationRules>(day).unwrap();
    let rows = edition.rules.instruments.iter();
    rows.filter(|(_, row)| row.mandatory && row.area.is_some())
        .map(|(kind, row)| (*kind, row))
        .collect()
}

/// An instrument in use with such a mark, and neither date nor certificate.
fn seen(kind: InstrumentKind, used_for: &Value, mark: &str) -> Verdict {
    let measurement = json!({
        "family": "VERIFICATION_MARK", "inspected_on": "2026-11-20", "instrument": kind,
        "used_for": used_for, "mark": mark, "seals": "INTACT", "cheating_function": "NOT_SEEN",
    });
    let read = wire::measurement_of(measurement).unwrap();
    read.judge(rules()).unwrap()
}

fn says(verdict: &Verdict, code: &str) -> bool {
    let mut remarks = verdict.reasons.iter().chain(&verdict.notes);
    remarks.any(|remark| remark.code == code)
}

#[test]
fn no_mark_or_a_failed_one_is_no_firm_failure_where_nobody_confirmed_that_the_instrument_is_listed()
{
    let mut open = 0;
    for (kind, row) in binding() {
        let used_for = serde_json::to_value(row.area).unwrap();
        let is_open = row.listed().is_provisional();
        open += usize::from(is_open);
        for mark in ["ABSENT", "FAILED"] {
            let verdict = seen(kind, &used_for, mark);
            let told = format!("{kind} {mark}: {:?}", verdict.outcome);
            assert_eq!(
                verdict.finding("MARK").unwrap().result,
                CheckResult::Fails,
                "{told}"
            );
            assert_eq!(verdict.outcome == Outcome::Fails, !is_open, "{told}");
            let codes = verdict.suggested_violations();
            assert_eq!(codes.is_empty(), is_open, "{told}: {codes:?}");
            assert_eq!(says(&verdict, "DUTY_NOT_CONFIRMED"), is_open, "{told}");
            assert!(!is_open || verdict.provisional, "{told}");
        }
    }
    assert_eq!(open, 16, "the number that the READMEs say");
}

#[test]
fn a_forged_mark_is_a_firm_failure_on_any_instrument() {
    for (kind, row) in binding() {
        let used_for = serde_json::to_value(row.area).unwrap();
        let verdict = seen(kind, &used_for, "FORGED");
        assert_eq!(verdict.outcome, Outcome::Fails, "{kind}");
        let codes = verdict.suggested_violations();
        assert!(codes.iter().any(|code| code.as_str() == "M-MRK-01"));
        // What fails firmly is told, not the duty beside it that nobody has confirmed.
        if row.listed().is_provisional() {
            assert!(
                verdict.summary.zh.contains("伪造"),
                "{}",
                verdict.summary.zh
            );
            assert!(verdict.plain.zh.contains("伪造"), "{}", verdict.plain.zh);
        }
    }
}

#[test]
fn an_instrument_used_for_another_purpose_than_the_listed_one_is_for_a_person() {
    for (kind, row) in binding() {
        let purposes = ["TRADE", "SAFETY", "MEDICAL", "ENVIRONMENT"].map(Value::from);
        let own = serde_json::to_value(row.area).unwrap();
        for used_for in purposes.iter().filter(|one| **one != own) {
            for mark in ["ABSENT", "FAILED"] {
                let verdict = seen(kind, used_for, mark);
                let told = format!("{kind} {used_for} {mark}");
                assert_eq!(verdict.suggested_violations().len(), 0, "{told}");
                assert_ne!(verdict.outcome, Outcome::Fails, "{told}");
                assert!(says(&verdict, "DUTY_NOT_CONFIRMED"), "{told}");
            }
        }
    }
}

#[test]
fn a_gas_meter_above_g16_is_under_no_compulsory_verification() {
    for (kind, is_compulsory) in [
        (InstrumentKind::GasMeterUpTo10, true),
        (InstrumentKind::GasMeterAbove10, false),
    ] {
        let verdict = seen(kind, &"TRADE".into(), "ABSENT");
        assert_eq!(says(&verdict, "NOT_COMPULSORY"), !is_compulsory);
        assert_eq!(verdict.outcome == Outcome::Fails, is_compulsory);
        assert_eq!(!verdict.suggested_violations().is_empty(), is_compulsory);
    }
}

#[test]
fn a_unit_whose_row_nobody_has_confirmed_suggests_no_violation() {
    let (mut open, mut firm) = (0, 0);
    for (table, content) in tables() {
        for case in content["cases"].as_array().unwrap() {
            let measurement = case["measurement"].clone();
            let Some(verdict) = judged(&measurement) else {
                continue;
            };
            let failing =
                |one: &&Finding| one.result == CheckResult::Fails && one.row.starts_with("unit: ");
            for finding in verdict.findings.iter().filter(failing) {
                let is_open = finding.provenance.is_provisional();
                let told = format!("{table}: {} {}", case["name"], finding.row);
                assert_eq!(finding.suggests.is_none(), is_open, "{told}");
                open += usize::from(is_open);
                firm += usize::from(!is_open);
            }
        }
    }
    assert!(open > 0 && firm > 0, "{open} open, {firm} firm");
}
