//! Every row of the formula is fed: what produces it makes it hold.

use std::collections::BTreeSet;
use strum::IntoEnumIterator as _;

use super::*;
use crate::law::violation::Violations;
use crate::ratings::capped::formula::CapKind;

const TEXT: &str = include_str!("../../../../law/rating-2027-1.toml");

/// The row of a kind that holds once its producing fact is there, as it is said. Named beside each: the event
/// or the finding that the program records.
fn produced(kind: CapKind) -> Stand {
    let stall = Stand::stall().passes(8, days_ago(9));
    match kind {
        // DecisionServed or PunishedOnTheSpot, by the code of a charge.
        CapKind::MeasuringPenalty => stall.fined("M-VER-01", 300, days_ago(9)),
        CapKind::DutyPenalty => stall.fined("M-STL-05", 300, days_ago(9)),
        // The ledger and the day: InstrumentAdded, InstrumentReverified, and the night.
        CapKind::OverdueInstrument => stall.instruments(1, days_ago(2)),
        // A failed measurement of VisitSubmitted, settled by DecisionServed.
        CapKind::GrossShortage => stall.short(3, days_ago(9)),
        // Two DecisionServed.
        CapKind::RepeatedViolation => {
            stall
                .fined("M-VER-01", 300, months_ago(5))
                .fined("M-VER-01", 300, days_ago(9))
        }
        // The last day of a decision, CorrectionChecked, and the night.
        CapKind::OverdueCorrection => {
            let mut stall = stall.fined("M-UNT-01", 100, months_ago(3));
            stall.penalties[0].corrected_on = None;
            stall
        }
        // The register and the day.
        CapKind::NoPromise => {
            let mut stall = stall;
            stall.merchant.commitment_valid_to = Some(days_ago(1));
            stall
        }
        // What VisitSubmitted found.
        CapKind::FewTests => Stand::stall().passes(3, days_ago(9)),
        CapKind::NoRecentTest => Stand::stall().passes(8, months_ago(13)),
        // DecisionServed, and the night.
        CapKind::AfterVeto => stall.fined("M-CHT-01", 300, months_ago(25)),
    }
}

#[test]
fn every_cap_has_a_fact_that_produces_it() {
    for kind in CapKind::iter() {
        let row = formula().caps.iter().filter(|row| row.kind == kind);
        let names: Vec<_> = row.map(|row| row.name_en.as_str()).collect();
        let said = bounds(&produced(kind).today());
        let is_said = said
            .iter()
            .any(|it| names.iter().any(|name| it.starts_with(name)));
        assert!(is_said, "{kind}: {said:?}");
    }
}

#[test]
fn every_code_of_every_veto_makes_the_grade_d() {
    for row in &formula().vetoes {
        assert!(!row.codes.is_empty() || !row.grave_codes.is_empty());
        for (code, is_grave) in row
            .codes
            .iter()
            .map(|code| (code, false))
            .chain(row.grave_codes.iter().map(|code| (code, true)))
        {
            let mut stall = Stand::stall().fined(code.as_str(), 300, days_ago(9));
            stall.penalties[0].charges[0].is_grave = is_grave;
            let graded = stall.today();
            assert_eq!(graded.score.grade.to_string(), "D", "{code}");
            assert!(bounds(&graded)[0].starts_with(&row.name_en), "{code}");
        }
    }
}

#[test]
fn every_violation_is_a_measuring_offence_or_a_breach_of_a_duty() {
    let table = Violations::embedded().unwrap();
    let codes: BTreeSet<_> = table.iter().map(|row| row.code.clone()).collect();
    let offences = &formula().offences;
    let listed: BTreeSet<_> = offences.measuring.union(&offences.duty).cloned().collect();
    assert_eq!(listed, codes);
    for row in &formula().vetoes {
        assert!(
            row.codes
                .union(&row.grave_codes)
                .all(|code| codes.contains(code))
        );
    }
}

#[test]
fn the_formula_says_that_it_is_a_proposal() {
    let formula = formula();
    assert_eq!(formula.provenance().to_string(), "proposal");
    assert_eq!(formula.citation(), "诚信计量等级评价公式 2027-1 评分");
}

#[test]
fn a_formula_that_cannot_be_is_refused_with_its_row() {
    for (from, to, due) in [
        (
            "weight = 15",
            "weight = 14",
            "market_organiser: the weights do not add up to 100",
        ),
        (
            "from_points = 80",
            "from_points = 95",
            "bound: each lies below the one before",
        ),
        (
            "prior = 3",
            "prior = 0",
            "tests: the prior is a share of at least one test",
        ),
        (
            "\"M-PPK-01\"",
            "\"M-VER-01\"",
            "M-VER-01: it is both a measuring offence and a duty",
        ),
        (
            "kind = \"no_promise\"",
            "kind = \"few_tests\"",
            "no_promise: it is not listed",
        ),
    ] {
        assert!(TEXT.contains(from), "{from}");
        let refused = CappedFormula::parse(&TEXT.replacen(from, to, 1)).unwrap_err();
        assert_eq!(refused.to_string(), format!("rating-2027-1.toml, {due}"));
    }
}
