//! What counts as enough, in every family: golden measurements with everything left out that may be left
//! out, one after the other.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use liangxin_metrology::judgement::Judgement;
use liangxin_metrology::measurement::Measurement;
use liangxin_metrology::verdict::{CheckResult, Finding, Outcome, Verdict};
use liangxin_metrology::wire;
use serde_json::Value;

use crate::deletions::{self, Deletion};
use crate::golden::{rules, tables};

/// The parts of each family's test: left out of every golden measurement that has them.
const PARTS: &[(&str, &[&str])] = &[
    (
        "RETAIL_WEIGHING",
        &[
            "/standard",
            "/standard/max_error",
            "/standard/weight_test",
            "/weights",
            "/tare",
        ],
    ),
    (
        "RETAIL_BY_MEASURE",
        &[
            "/standard",
            "/sale/standard_error",
            "/sale/instrument_error",
        ],
    ),
    ("PREPACKAGED_LOT", &["/standard"]),
    (
        "SCALE_TEST",
        &[
            "/zero",
            "/eccentricity",
            "/repeatability",
            "/discrimination",
            "/tare",
        ],
    ),
    (
        "FUEL_DISPENSER",
        &[
            "/checklist/seals",
            "/checklist/self_lock",
            "/checklist/type_match",
            "/checklist/transducer",
        ],
    ),
    ("GAS_DISPENSER", &["/unit"]),
    ("EV_CHARGER", &["/clock", "/energy_step"]),
    (
        "SPECTACLES",
        &[
            "/measured/pd",
            "/measured/height_difference",
            "/measured/right/axis",
            "/measured/left/axis",
            "/resolution",
        ],
    ),
    (
        "UNCUT_LENS",
        &["/measured/addition", "/measured/thickness", "/resolution"],
    ),
    (
        "OPTICAL_INSTRUMENT",
        &["/readings/*", "/standard_uncertainty"],
    ),
    ("NET_CONTENT_LABEL", &["/conspicuous", "/character_height"]),
    (
        "VERIFICATION_MARK",
        &["/mark", "/seals", "/three_codes", "/produced_on"],
    ),
    // A text is looked at whole.
    ("LEGAL_UNITS", &[]),
    ("C_MARK", &["/mark_present", "/declaration"]),
    ("CHECKLIST", &["/answers/*"]),
];

/// What says what is tested, by which rule or with what, and is no part of the test: without it another
/// question is answered, or one less. Anything else left out may not turn an outcome into a pass.
const FACTS: &[(&str, &[&str])] = &[
    // By which class, by which table, beside which other rule.
    ("RETAIL_WEIGHING", &["/category/class_by/group"]),
    ("PREPACKAGED_LOT", &["/goods", "/own_deficiency"]),
    (
        "SCALE_TEST",
        &[
            // Where Min is read it is the first load; a plate that states a tare wants it tried.
            "/plate/min",
            "/plate/subtractive_tare",
            // Another reading, not one less: the indication, and the rounding in it.
            "/zero/added_small_weights",
            "/weighing/*/added_small_weights",
            "/eccentricity/*/added_small_weights",
            "/tare/*/added_small_weights",
        ],
    ),
    // The plate says that the edition does not cover the dispenser; the minimum quantity is tested by choice.
    ("FUEL_DISPENSER", &["/max_flow", "/nozzles/*/points/*"]),
    // Fewer runs are another series: what the range is divided by goes by their number.
    ("GAS_DISPENSER", &["/runs/*"]),
    // What was prescribed and what the wrapper states.
    (
        "SPECTACLES",
        &[
            "/prescription/right/addition",
            "/prescription/left/addition",
            "/prescription/right/prism_horizontal",
            "/prescription/left/prism_horizontal",
            "/prescription/right/prism_vertical",
            "/prescription/left/prism_vertical",
        ],
    ),
    (
        "UNCUT_LENS",
        &["/nominal/addition", "/nominal/thickness", "/nominal/axis"],
    ),
    // A quantity whose limit nobody knows is read by choice; the resolution says which limit of the zero.
    ("OPTICAL_INSTRUMENT", &["/readings/*", "/resolution"]),
    // Which day decides.
    ("VERIFICATION_MARK", &["/certificate_valid_until"]),
    ("C_MARK", &["/declaration/withdrawn_on", "/produced_on"]),
    // Another mark, not one less.
    ("NET_CONTENT_LABEL", &["/mark/text"]),
];

/// What could undo a small excess: the instrument, its zero or tare, further runs.
const COULD_UNDO: [&str; 8] = [
    "/standard",
    "/zero",
    "/weights",
    "/tare/*",
    "/tare_test",
    "/runs/*",
    "/added_small_weights",
    "/packages/*",
];

/// A golden measurement with everything and with one thing left out.
struct Pair {
    name: String,
    family: String,
    path: String,
    with: Verdict,
    without: Verdict,
}

pub fn judged(measurement: &Value) -> Option<Verdict> {
    let read = wire::measurement_of(measurement.clone()).ok()?;
    Some(Judgement::of(rules(), read).ok()?.verdict)
}

fn is_listed(list: &[(&str, &[&str])], family: &str, path: &str) -> bool {
    let own = list.iter().filter(|(of, _)| *of == family);
    own.flat_map(|(_, paths)| *paths).any(|one| *one == path)
}

/// Every pair, judged once.
fn pairs() -> &'static [Pair] {
    static PAIRS: LazyLock<Vec<Pair>> = LazyLock::new(judge_pairs);
    &PAIRS
}

/// The parts are left out of every golden measurement; everything else of the first of each shape and
/// outcome, and of every twentieth.
fn judge_pairs() -> Vec<Pair> {
    let mut pairs = Vec::new();
    for (_, content) in tables() {
        let mut shapes = BTreeSet::new();
        for (index, case) in content["cases"].as_array().unwrap().iter().enumerate() {
            let measurement = &case["measurement"];
            let Some(with) = judged(measurement) else {
                continue;
            };
            let all = deletions::all(measurement);
            let paths: BTreeSet<&str> = all.iter().map(|one| &*one.path).collect();
            let shape = format!("{:?} {paths:?}", with.outcome);
            let is_sample = shapes.insert(shape) || index % 20 == 0;
            take(case, &with, &all, is_sample, &mut pairs);
        }
    }
    pairs
}

fn take(case: &Value, with: &Verdict, all: &[Deletion], is_sample: bool, pairs: &mut Vec<Pair>) {
    let measurement = &case["measurement"];
    let family = measurement["family"].as_str().unwrap();
    let wanted = |one: &&Deletion| {
        // What is not stated of a lens is no part of its test.
        let stated = measurement.pointer(&one.pointer.replace("/measured", "/nominal"));
        let is_stated = family != "UNCUT_LENS" || stated.is_some_and(|stated| !stated.is_null());
        is_stated && (is_sample || is_listed(PARTS, family, &one.path))
    };
    for deletion in all.iter().filter(wanted) {
        let changed = deletion.from(measurement);
        let Some(without) = changed.and_then(|changed| judged(&changed)) else {
            continue;
        };
        pairs.push(Pair {
            name: format!("{family}: {} without {}", case["name"], deletion.pointer),
            family: family.to_owned(),
            path: deletion.path.clone(),
            with: with.clone(),
            without,
        });
    }
}

impl Pair {
    fn is_fact(&self) -> bool {
        is_listed(FACTS, &self.family, &self.path)
    }

    fn is_part(&self) -> bool {
        is_listed(PARTS, &self.family, &self.path)
    }

    /// Whether everything that stood against a pass stands there without what was left out.
    fn still_tells_against(&self) -> bool {
        let findings = &self.without.findings;
        let stands = |one: &Finding| {
            let same =
                |other: &&Finding| (&other.check, &other.subject) == (&one.check, &one.subject);
            findings
                .iter()
                .filter(same)
                .any(|other| other.result == one.result)
        };
        let with = self.with.findings.iter();
        with.filter(|one| one.result != CheckResult::Passes)
            .all(stands)
    }

    fn told(&self) -> String {
        let Self {
            with,
            without,
            name,
            ..
        } = self;
        format!("{:?} -> {:?}: {name}", with.outcome, without.outcome)
    }
}

fn failing(verdict: &Verdict) -> Vec<&Finding> {
    let findings = verdict.findings.iter();
    findings
        .filter(|finding| finding.result == CheckResult::Fails)
        .collect()
}

/// Fails with the pairs that are not as they should be.
fn none(wrong: impl Fn(&Pair) -> bool) {
    let wrong: Vec<String> = pairs()
        .iter()
        .filter(|one| wrong(one))
        .map(Pair::told)
        .collect();
    assert!(
        wrong.is_empty(),
        "{} wrong\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn every_family_has_parts_and_is_tried_without_each() {
    for family in Measurement::FAMILIES {
        let listed = PARTS.iter().find(|(of, _)| of == family);
        let (_, parts) = listed.unwrap_or_else(|| panic!("{family} has no parts"));
        for part in *parts {
            let is_tried = |one: &Pair| one.family == *family && one.path == *part;
            assert!(pairs().iter().any(is_tried), "{family} {part}");
        }
    }
    assert!(pairs().len() > 4000, "{} pairs", pairs().len());
}

#[test]
fn leaving_a_part_out_never_makes_a_pass() {
    none(|pair| {
        let is_made =
            pair.without.outcome == Outcome::Conforms && pair.with.outcome != Outcome::Conforms;
        is_made && !pair.is_fact() && (pair.is_part() || pair.still_tells_against())
    });
}

#[test]
fn leaving_a_part_out_never_makes_a_failure_of_what_does_not_fail() {
    none(|pair| {
        let is_made = failing(&pair.with).is_empty() && pair.without.outcome == Outcome::Fails;
        is_made && !pair.is_fact()
    });
}

#[test]
fn adding_a_passing_part_never_makes_an_outcome_worse() {
    let rank = |outcome| match outcome {
        Outcome::Fails => 0,
        // Neither answers.
        Outcome::NotAssessable | Outcome::ScreeningOnly => 1,
        Outcome::Conforms => 2,
    };
    none(|pair| {
        let could_undo = COULD_UNDO.iter().any(|part| pair.path.contains(part));
        let is_worse = rank(pair.with.outcome) < rank(pair.without.outcome);
        pair.still_tells_against() && is_worse && !could_undo && !pair.is_fact()
    });
}

#[test]
fn what_fails_without_a_part_fails_with_it() {
    none(|pair| {
        // A standard that has run out proves nothing, which is worse than one that nobody named.
        let is_as_before = failing(&pair.with).len() == failing(&pair.without).len();
        let is_undone = matches!(
            pair.with.outcome,
            Outcome::Conforms | Outcome::ScreeningOnly
        );
        pair.without.outcome == Outcome::Fails && is_as_before && is_undone && !pair.is_fact()
    });
}

#[test]
fn a_failure_that_nothing_could_undo_survives_whatever_is_left_out() {
    none(|pair| {
        let could_undo = COULD_UNDO.iter().any(|part| pair.path.contains(part));
        let stays = failing(&pair.with).iter().all(|finding| {
            let mut same = pair
                .without
                .findings
                .iter()
                .filter(|one| one.check == finding.check);
            same.any(|one| one.subject == finding.subject && one.result == CheckResult::Fails)
        });
        let is_lost = pair.with.outcome == Outcome::Fails && pair.without.outcome != Outcome::Fails;
        is_lost && stays && !could_undo && !pair.is_fact()
    });
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
