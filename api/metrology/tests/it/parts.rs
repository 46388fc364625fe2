//! What counts as enough, in every family: the golden measurements with one part after the other left
//! out.

use std::sync::LazyLock;

use liangxin_metrology::judgement::Judgement;
use liangxin_metrology::verdict::{CheckResult, Finding, Outcome, Verdict};
use liangxin_metrology::wire;
use serde_json::{Value, json};

use crate::golden::{rules, tables};

/// What stands where a part was not done.
#[derive(Clone, Copy)]
enum Undone {
    Null,
    NotSeen,
    Empty,
}

/// The parts of each family's test, as pointers into the measurement.
const PARTS: &[(&str, Undone, &[&str])] = &[
    (
        "RETAIL_WEIGHING",
        Undone::Null,
        &[
            "/standard",
            "/standard/max_error",
            "/standard/weight_test",
            "/weights",
        ],
    ),
    ("RETAIL_WEIGHING", Undone::Empty, &["/tare"]),
    (
        "RETAIL_BY_MEASURE",
        Undone::Null,
        &[
            "/standard",
            "/sale/standard_error",
            "/sale/instrument_error",
        ],
    ),
    ("PREPACKAGED_LOT", Undone::Null, &["/standard"]),
    ("SCALE_TEST", Undone::Null, &["/zero"]),
    (
        "SCALE_TEST",
        Undone::Empty,
        &[
            "/eccentricity",
            "/repeatability",
            "/discrimination",
            "/tare",
        ],
    ),
    (
        "FUEL_DISPENSER",
        Undone::NotSeen,
        &[
            "/checklist/seals",
            "/checklist/self_lock",
            "/checklist/type_match",
            "/checklist/transducer",
        ],
    ),
    ("GAS_DISPENSER", Undone::NotSeen, &["/unit"]),
    ("EV_CHARGER", Undone::Null, &["/clock", "/energy_step"]),
    (
        "SPECTACLES",
        Undone::Null,
        &[
            "/measured/pd",
            "/measured/height_difference",
            "/measured/right/axis",
            "/measured/left/axis",
        ],
    ),
    (
        "UNCUT_LENS",
        Undone::Null,
        &["/measured/addition", "/measured/thickness"],
    ),
    ("NET_CONTENT_LABEL", Undone::NotSeen, &["/conspicuous"]),
    ("NET_CONTENT_LABEL", Undone::Null, &["/character_height"]),
    ("VERIFICATION_MARK", Undone::NotSeen, &["/mark", "/seals"]),
    ("VERIFICATION_MARK", Undone::Null, &["/three_codes"]),
    ("C_MARK", Undone::NotSeen, &["/mark_present"]),
    ("C_MARK", Undone::Null, &["/declaration"]),
];

/// The parts that a measurement has, each with what stands there when it was not done.
fn parts(measurement: &Value) -> Vec<(String, Value)> {
    let family = measurement["family"].as_str().unwrap();
    let mut parts = Vec::new();
    for (_, undone, paths) in PARTS.iter().filter(|(of, ..)| *of == family) {
        let undone = match undone {
            Undone::Null => Value::Null,
            Undone::NotSeen => json!("NOT_SEEN"),
            Undone::Empty => json!([]),
        };
        parts.extend(paths.iter().map(|path| (path.to_string(), undone.clone())));
    }
    if family == "CHECKLIST" {
        parts.push(last_answer_left_out(measurement));
    }
    parts
        .into_iter()
        .filter(|(path, undone)| {
            let done = measurement.pointer(path);
            // What is not stated of a lens is no part of its test.
            let stated = measurement.pointer(&path.replace("/measured", "/nominal"));
            let is_stated = family != "UNCUT_LENS" || stated.is_some_and(|one| !one.is_null());
            is_stated && done.is_some_and(|done| !done.is_null() && done != undone)
        })
        .collect()
}

fn last_answer_left_out(measurement: &Value) -> (String, Value) {
    let mut answers = measurement["answers"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    answers.pop();
    ("/answers".to_owned(), Value::Array(answers))
}

fn judged(measurement: &Value) -> Option<Verdict> {
    let read = wire::measurement_of(measurement.clone()).ok()?;
    Some(Judgement::of(rules(), read).ok()?.verdict)
}

/// A golden measurement with all its parts and with one left out.
struct Pair {
    name: String,
    with: Verdict,
    without: Verdict,
}

/// Every pair, judged once.
fn pairs() -> &'static [Pair] {
    static PAIRS: LazyLock<Vec<Pair>> = LazyLock::new(judge_pairs);
    &PAIRS
}

fn judge_pairs() -> Vec<Pair> {
    let mut pairs = Vec::new();
    for (table, content) in tables() {
        for case in content["cases"].as_array().unwrap() {
            let measurement = &case["measurement"];
            let Some(with) = judged(measurement) else {
                continue;
            };
            for (path, undone) in parts(measurement) {
                let mut changed = measurement.clone();
                *changed.pointer_mut(&path).unwrap() = undone;
                let Some(without) = judged(&changed) else {
                    continue;
                };
                let name = format!("{table}: {} without {path}", case["name"]);
                let with = with.clone();
                pairs.push(Pair {
                    name,
                    with,
                    without,
                });
            }
        }
    }
    assert!(pairs.len() > 1000, "{} pairs", pairs.len());
    pairs
}

fn failing(verdict: &Verdict) -> Vec<&Finding> {
    let findings = verdict.findings.iter();
    findings
        .filter(|finding| finding.result == CheckResult::Fails)
        .collect()
}

#[test]
fn leaving_a_part_out_never_makes_a_pass_and_a_passing_part_never_a_failure() {
    for Pair {
        name,
        with,
        without,
    } in pairs()
    {
        if with.outcome != Outcome::Conforms {
            assert_ne!(without.outcome, Outcome::Conforms, "{name}");
        }
        if failing(with).is_empty() {
            assert_ne!(without.outcome, Outcome::Fails, "{name}");
        }
        // A standard that has run out proves nothing, which is worse than one that nobody named.
        let is_as_before = failing(with).len() == failing(without).len();
        if without.outcome == Outcome::Fails && is_as_before {
            assert_ne!(with.outcome, Outcome::Conforms, "{name}");
            assert_ne!(with.outcome, Outcome::ScreeningOnly, "{name}");
        }
    }
}

#[test]
fn a_failure_that_nothing_could_undo_survives_whatever_is_left_out() {
    for Pair {
        name,
        with,
        without,
    } in pairs()
    {
        // The named instrument and the zero are what could undo a small excess.
        let could_undo = ["/standard", "/zero", "/weights"]
            .iter()
            .any(|part| name.contains(part));
        let stays = failing(with).iter().all(|finding| {
            without
                .finding(&finding.check)
                .is_some_and(|one| one.result == CheckResult::Fails)
        });
        if with.outcome == Outcome::Fails && stays && !could_undo {
            assert_eq!(without.outcome, Outcome::Fails, "{name}");
        }
    }
}

#[test]
fn what_is_left_out_is_named() {
    for Pair { name, without, .. } in pairs() {
        if without.outcome == Outcome::ScreeningOnly {
            assert!(!without.reasons.is_empty(), "{name}");
        }
    }
}

#[test]
fn a_violation_is_suggested_by_what_fails_alone() {
    for Pair { name, with, .. } in pairs() {
        let passing = with
            .findings
            .iter()
            .filter(|finding| finding.result != CheckResult::Fails);
        for finding in passing {
            assert_eq!(finding.suggests, None, "{name}: {}", finding.check);
        }
    }
}
