use std::sync::LazyLock;

use proptest::prelude::*;

use super::*;
use crate::ratings::grade::{Downgrade, Veto};

/// Read once: the properties below score many times.
fn formula() -> &'static RatingFormula {
    static FORMULA: LazyLock<RatingFormula> = LazyLock::new(|| RatingFormula::embedded().unwrap());
    &FORMULA
}

fn known() -> DecidedFacts {
    DecidedFacts {
        official_findings: 3,
        months_known: 3,
        ..DecidedFacts::default()
    }
}

fn assessed(id: &str, part: u32, whole: u32) -> IndicatorFact {
    IndicatorFact {
        id: id.parse().unwrap(),
        value: IndicatorValue::Assessed(Ratio::of(part, whole).unwrap()),
    }
}

/// Everything that applies to the venue, in full.
fn spotless(venue: Venue) -> Vec<IndicatorFact> {
    formula()
        .indicators_for(venue)
        .map(|it| assessed(&it.id.to_string(), 1, 1))
        .collect()
}

/// The spotless venue with one other share.
fn with(venue: Venue, id: &str, part: u32, whole: u32) -> Vec<IndicatorFact> {
    let mut facts = spotless(venue);
    facts.retain(|fact| fact.id.to_string() != id);
    facts.push(assessed(id, part, whole));
    facts
}

fn rate(venue: Venue, facts: &[IndicatorFact], standing: &DecidedFacts) -> Score {
    score(formula(), venue, facts, standing).unwrap()
}

fn codes(score: &Score) -> Vec<ReasonCode> {
    let mut codes: Vec<_> = score.reasons.iter().map(|reason| reason.code).collect();
    codes.dedup();
    codes
}

#[test]
fn a_spotless_stall_has_a_hundred_points_and_three_a() {
    let score = rate(Venue::Stall, &spotless(Venue::Stall), &known());
    assert_eq!(
        (score.points_tenths, score.grade),
        (Some(1_000), Grade::Aaa)
    );
    assert_eq!(score.formula_version, "2026-1");
    assert_eq!(codes(&score), [ReasonCode::IndicatorPoints]);
}

#[test]
fn one_overdue_scale_of_three_costs_a_stall_a_third_of_its_weight() {
    let score = rate(Venue::Stall, &with(Venue::Stall, "B2", 2, 3), &known());
    // 100 - 50 x 2 / 14 / 3 = 97.619...
    assert_eq!((score.points_tenths, score.grade), (Some(976), Grade::Aaa));
    let reason = score
        .reasons
        .iter()
        .find(|reason| {
            reason
                .indicator
                .as_ref()
                .is_some_and(|id| id.to_string() == "B2")
        })
        .unwrap();
    assert_eq!(reason.points_tenths, Some(47));
    assert_eq!(reason.possible_tenths, Some(71));
    assert!(reason.en.ends_with("4.7 of 7.1 points"), "{}", reason.en);
    assert!(reason.zh.ends_with("满分7.1，得4.7分"), "{}", reason.zh);
}

#[test]
fn what_was_not_looked_at_drops_out_with_a_reason() {
    let facts = [assessed("A1", 1, 1), assessed("B2", 1, 2)];
    let score = rate(Venue::Stall, &facts, &known());
    // A 30 and B 50 are scaled up to 37.5 and 62.5.
    assert_eq!((score.points_tenths, score.grade), (Some(687), Grade::B));
    assert_eq!(
        codes(&score),
        [
            ReasonCode::IndicatorPoints,
            ReasonCode::IndicatorNotAssessed,
            ReasonCode::IndicatorPoints,
            ReasonCode::IndicatorNotAssessed,
            ReasonCode::PillarDropped,
        ]
    );
}

#[test]
fn a_shop_without_a_fair_scale_loses_nothing_by_it() {
    let mut facts = spotless(Venue::Shop);
    facts.retain(|fact| fact.id.to_string() != "A4");
    facts.push(IndicatorFact {
        id: "A4".parse().unwrap(),
        value: IndicatorValue::NotAssessed {
            reason: NotAssessedReason::NotProvided,
        },
    });
    let score = rate(Venue::Shop, &facts, &known());
    assert_eq!(score.points_tenths, Some(1_000));
    assert!(
        score
            .reasons
            .iter()
            .any(|reason| reason.zh.contains("无须设置"))
    );
}

#[test]
fn two_findings_or_two_months_are_not_enough_for_a_grade() {
    let facts = spotless(Venue::Stall);
    let few = DecidedFacts {
        official_findings: 2,
        ..known()
    };
    let new = DecidedFacts {
        months_known: 2,
        ..known()
    };
    for (standing, code) in [
        (few, ReasonCode::TooFewOfficialFindings),
        (new, ReasonCode::KnownTooShort),
    ] {
        let score = rate(Venue::Stall, &facts, &standing);
        assert_eq!(score.grade, Grade::N);
        assert_eq!(score.points_tenths, Some(1_000));
        assert_eq!(score.reasons.last().unwrap().code, code);
    }
}

#[test]
fn without_any_fact_there_are_no_points_and_no_grade() {
    let score = rate(Venue::Stall, &[], &known());
    assert_eq!((score.points_tenths, score.grade), (None, Grade::N));
    assert_eq!(
        score.reasons.last().unwrap().code,
        ReasonCode::NothingAssessed
    );
}

#[test]
fn a_veto_makes_the_grade_d_even_for_a_new_merchant() {
    let standing = DecidedFacts {
        vetoes: [Veto::CheatingInstrument].into(),
        ..DecidedFacts::default()
    };
    let score = rate(Venue::Stall, &spotless(Venue::Stall), &standing);
    assert_eq!(score.grade, Grade::D);
    let reason = score.reasons.last().unwrap();
    assert_eq!(reason.code, ReasonCode::Veto);
    assert!(reason.zh.contains("第四十八条"), "{}", reason.zh);
}

#[test]
fn several_downgrades_lower_the_grade_by_one_step_and_are_all_named() {
    let downgrades = [Downgrade::OverdueCorrection, Downgrade::RepeatedViolation].into();
    let standing = DecidedFacts {
        downgrades,
        ..known()
    };
    let score = rate(Venue::Stall, &spotless(Venue::Stall), &standing);
    assert_eq!(score.grade, Grade::Aa);
    let named = score
        .reasons
        .iter()
        .filter(|reason| reason.code == ReasonCode::Downgrade);
    assert_eq!(named.count(), 2);
}

#[test]
fn a_score_just_below_a_bound_is_shown_below_it() {
    // B3 weighs 150/14; losing 934/1000 of it leaves 89.992..., and losing 933/1000 90.003...
    let below = rate(Venue::Stall, &with(Venue::Stall, "B3", 66, 1_000), &known());
    assert_eq!((below.points_tenths, below.grade), (Some(899), Grade::Aa));
    let above = rate(Venue::Stall, &with(Venue::Stall, "B3", 67, 1_000), &known());
    assert_eq!((above.points_tenths, above.grade), (Some(900), Grade::Aaa));
}

#[test]
fn a_fact_that_does_not_apply_or_is_given_twice_is_refused() {
    let venue = Venue::MarketOrganiser;
    assert_eq!(
        score(formula(), venue, &[assessed("B1", 1, 1)], &known()),
        Err(ScoreError::NotApplicable {
            indicator: "B1".parse().unwrap(),
            venue
        })
    );
    assert_eq!(
        score(
            formula(),
            venue,
            &[assessed("B2", 1, 1), assessed("B2", 1, 1)],
            &known()
        ),
        Err(ScoreError::Duplicate {
            indicator: "B2".parse().unwrap()
        })
    );
}

proptest! {
    #[test]
    fn a_better_share_never_lowers_the_score(part in 0_u32..50, index in 0_usize..14) {
        let facts = spotless(Venue::Stall);
        let id = facts[index].id.to_string();
        let points = |part| rate(Venue::Stall, &with(Venue::Stall, &id, part, 50), &known()).points_tenths;
        prop_assert!(points(part) <= points(part + 1));
    }

    #[test]
    fn counts_as_they_occur_always_add_up(counts in proptest::collection::vec((0_u32..=60, 1_u32..=60), 14)) {
        let facts: Vec<_> = spotless(Venue::Stall)
            .iter()
            .zip(counts)
            .map(|(fact, (part, whole))| assessed(&fact.id.to_string(), part.min(whole), whole))
            .collect();
        let score = rate(Venue::Stall, &facts, &known());
        prop_assert!((0..=1_000).contains(&score.points_tenths.unwrap()));
    }
}
