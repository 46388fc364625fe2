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
use crate::left_out::{COULD_UNDO, ERROR_NOT_GIVEN, FACTS, OTHER_RULE, PARTS};

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

    /// Whether it is no part of a test but a fact of the thing, or says which rule it is under.
    fn is_other(&self) -> bool {
        self.is_fact() || is_listed(OTHER_RULE, &self.family, &self.path)
    }

    fn is_part(&self) -> bool {
        is_listed(PARTS, &self.family, &self.path)
    }

    fn could_undo(&self) -> bool {
        is_listed(COULD_UNDO, &self.family, &self.path)
    }

    /// Whether the outcome is worse with it, though it adds nothing that tells against a pass.
    fn makes_worse(&self) -> bool {
        let rank = |outcome| match outcome {
            Outcome::Fails => 0,
            // Neither answers.
            Outcome::NotAssessable | Outcome::ScreeningOnly => 1,
            Outcome::Conforms => 2,
        };
        let is_worse = rank(self.with.outcome) < rank(self.without.outcome);
        is_worse && self.still_tells_against() && !self.is_other()
    }

    /// Whether a firm failure is none without it, though everything that fails fails there too.
    fn loses_failure(&self) -> bool {
        let stays = |finding: &&Finding| {
            let mut others = failing(&self.without).into_iter();
            others.any(|one| (&one.check, &one.subject) == (&finding.check, &finding.subject))
        };
        let is_lost = self.with.outcome == Outcome::Fails && self.without.outcome != Outcome::Fails;
        is_lost && failing(&self.with).iter().all(stays) && !self.is_other()
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
    none(|pair| pair.makes_worse() && !pair.could_undo());
}

#[test]
fn what_fails_without_a_part_fails_with_it() {
    none(|pair| {
        let is_as_before = failing(&pair.with).len() == failing(&pair.without).len();
        let is_undone = pair.with.outcome != Outcome::Fails;
        let is_excepted = pair.is_other() || is_listed(ERROR_NOT_GIVEN, &pair.family, &pair.path);
        pair.without.outcome == Outcome::Fails && is_as_before && is_undone && !is_excepted
    });
}

#[test]
fn a_failure_that_nothing_could_undo_survives_whatever_is_left_out() {
    none(|pair| pair.loses_failure() && !pair.could_undo());
}

#[test]
fn what_is_said_to_undo_a_failure_does() {
    for (family, paths) in COULD_UNDO {
        for path in *paths {
            let is_one = |one: &&Pair| one.family == *family && one.path == *path;
            let mut tried = pairs().iter().filter(is_one);
            let undoes = tried.any(|one| one.makes_worse() || one.loses_failure());
            assert!(undoes, "{family} {path}");
        }
    }
}

#[test]
fn without_the_day_a_c_mark_conforms_to_nothing_and_what_no_declaration_covers_is_no_firm_failure()
{
    let of_day = |pair: &&Pair| pair.family == "C_MARK" && pair.path == "/produced_on";
    let mut firm = 0;
    for pair in pairs().iter().filter(of_day) {
        let (with, without) = (&pair.with, &pair.without);
        assert_ne!(without.outcome, Outcome::Conforms, "{}", pair.name);
        if with.outcome == Outcome::Fails && without.outcome != Outcome::Fails {
            firm += 1;
            let by_declaration = |one: &&Finding| one.check.starts_with("DECLAR");
            assert!(failing(with).iter().any(by_declaration), "{}", pair.told());
            let codes: Vec<&str> = without.reasons.iter().map(|one| &*one.code).collect();
            let wanted = ["PRODUCTION_DAY_NOT_GIVEN", "DECLARATION_WITHDRAWN"];
            let is_named = codes.iter().any(|code| wanted.contains(code));
            assert!(is_named, "{}: {codes:?}", pair.told());
        }
    }
    assert!(firm > 0, "no firm failure was tried without the day");
}

#[test]
fn a_pass_without_the_day_on_the_certificate_rests_on_a_confirmed_interval_and_says_so() {
    let of_day = |pair: &&Pair| pair.path == "/certificate_valid_until";
    let passes = |pair: &&Pair| pair.without.outcome == Outcome::Conforms;
    for pair in pairs().iter().filter(of_day).filter(passes) {
        let period = pair.without.finding("VERIFICATION").unwrap();
        let is_by_catalogue = period.words.en.contains("interval of the catalogue");
        if is_by_catalogue {
            assert!(!period.provenance.is_provisional(), "{}", pair.told());
            let mut notes = pair.without.notes.iter();
            let is_said = notes.any(|note| note.code == "CERTIFICATE_NOT_SEEN");
            assert!(is_said, "{}", pair.told());
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
