use chrono::NaiveDate;
use proptest::prelude::*;

use super::*;
use crate::rewards::scheme::RewardSchemes;

fn national() -> RewardTerms {
    let on = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
    let schemes = RewardSchemes::embedded().unwrap();
    schemes.terms_on("CN-2021-4", on).unwrap().1.clone()
}

fn yuan(sum: i64) -> Fen {
    Fen::from_yuan(sum).unwrap()
}

fn graded(grade: u8, fines: i64) -> Grading {
    Grading {
        grade,
        matched: Matched {
            fines: yuan(fines),
            ..Matched::default()
        },
        adjusted_to: None,
        uplift: None,
    }
}

fn awarded(grading: &Grading) -> Award {
    work_out(&national(), grading, Others::default()).unwrap()
}

fn amount(grade: u8, fines: i64) -> (Fen, Finance) {
    let award = awarded(&graded(grade, fines));
    (award.amount, award.finance)
}

fn said(award: &Award) -> String {
    let both = |step: &Step| format!("{}\n{}\n", step.text_zh, step.text_en);
    award.steps.iter().map(both).collect()
}

#[test]
fn e1_a_share_below_the_floor_becomes_the_floor() {
    let award = awarded(&graded(2, 46_000));
    assert_eq!(
        (award.amount, award.finance),
        (yuan(3_000), Finance::NotNeeded)
    );
    for number in ["46000.00", "3.00 %", "1380.00", "3000.00", "1000000.00"] {
        assert!(said(&award).contains(number), "{number}");
    }
}

#[test]
fn e2_from_half_a_million_on_the_finance_department_decides_too() {
    assert_eq!(amount(1, 12_000_000), (yuan(600_000), Finance::Needed));
}

#[test]
fn e3_the_cap_bites_after_the_share() {
    assert_eq!(amount(1, 30_000_000), (yuan(1_000_000), Finance::Needed));
}

#[test]
fn e4_one_percent_in_grade_three() {
    assert_eq!(amount(3, 180_000), (yuan(1_800), Finance::NotNeeded));
}

#[test]
fn e5_without_money_an_officer_enters_at_least_the_floor() {
    let refused = |adjusted_to| {
        let grading = Grading {
            adjusted_to,
            ..graded(2, 0)
        };
        work_out(&national(), &grading, Others::default()).unwrap_err()
    };
    assert_eq!(
        refused(None),
        Refusal::on(Code::FieldRequired, "adjustedToYuan")
    );
    assert_eq!(
        refused(Some(yuan(2_999))),
        Refusal::on(Code::RewardSum, "adjustedToYuan").with("≥ 3000.00")
    );
    let grading = Grading {
        adjusted_to: Some(yuan(3_000)),
        ..graded(2, 0)
    };
    assert_eq!(awarded(&grading).amount, yuan(3_000));
}

#[test]
fn e6_only_what_rests_on_the_reported_facts_counts() {
    // Of 800 000 yuan in the case, 260 000 rest on what was reported.
    assert_eq!(amount(1, 260_000).0, yuan(13_000));
}

#[test]
fn e7_an_insider_is_raised_with_the_consent_of_finance() {
    let grading = Grading {
        uplift: Some(BasisPoints::new(2_000)),
        ..graded(2, 1_000_000)
    };
    let award = awarded(&grading);
    assert_eq!(
        (award.amount, award.finance),
        (yuan(36_000), Finance::Needed)
    );
    let too_much = Grading {
        uplift: Some(BasisPoints::new(2_001)),
        ..grading
    };
    let refusal = work_out(&national(), &too_much, Others::default()).unwrap_err();
    assert_eq!(refusal.field, Some("insiderUpliftBasisPoints"));
}

#[test]
fn e9_a_joint_report_earns_one_reward() {
    assert_eq!(amount(3, 500_000).0, yuan(5_000));
}

#[test]
fn halves_of_a_fen_are_rounded_up() {
    let one_percent = |fen| part(Fen::new(fen).unwrap(), 100).unwrap().as_i64();
    assert_eq!([one_percent(50), one_percent(49)], [1, 0]);
}

#[test]
fn confiscated_goods_count_only_where_the_scheme_says_so() {
    let matched = Matched {
        goods: yuan(100_000),
        ..graded(3, 200_000).matched
    };
    let grading = Grading {
        matched,
        ..graded(3, 0)
    };
    assert_eq!(awarded(&grading).amount, yuan(3_000));
    let mut terms = national();
    terms.base.confiscated_goods = ConfiscatedGoods::NotCounted;
    let award = work_out(&terms, &grading, Others::default()).unwrap();
    assert_eq!(award.amount, yuan(2_000));
}

#[test]
fn what_was_collected_counts_where_the_scheme_says_so() {
    let mut terms = national();
    terms.base.measure = BaseMeasure::Collected;
    let with = |collected| {
        let mut grading = graded(3, 200_000);
        grading.matched.collected = collected;
        work_out(&terms, &grading, Others::default())
    };
    assert_eq!(with(Some(yuan(150_000))).unwrap().amount, yuan(1_500));
    assert_eq!(with(None).unwrap_err().code, Code::FieldRequired);
    assert_eq!(with(Some(yuan(200_001))).unwrap_err().code, Code::RewardSum);
}

#[test]
fn several_reporters_together_get_no_more_than_the_best_of_them() {
    let others = Others {
        sum: yuan(13_000),
        best: yuan(13_000),
    };
    let award = work_out(&national(), &graded(1, 540_000), others).unwrap();
    assert_eq!(award.amount, yuan(14_000));
    let mut terms = national();
    terms.several_reporters = SeveralReporters::UpToCap;
    let award = work_out(&terms, &graded(1, 540_000), others).unwrap();
    assert_eq!(award.amount, yuan(27_000));
}

#[test]
fn a_scheme_without_an_uplift_refuses_one() {
    let terms = RewardTerms {
        insider_uplift: None,
        ..national()
    };
    let grading = Grading {
        uplift: Some(BasisPoints::new(1)),
        ..graded(2, 1_000_000)
    };
    assert!(work_out(&terms, &grading, Others::default()).is_err());
}

fn gradings() -> impl Strategy<Value = Grading> {
    let uplift = proptest::option::of((1_u32..=2_000).prop_map(BasisPoints::new));
    let fen = |most: i64| (1..=most).prop_map(|fen| Fen::new(fen).unwrap());
    let adjusted = proptest::option::of(fen(300_000_000));
    (1_u8..=3, fen(5_000_000_000), adjusted, uplift).prop_map(
        |(grade, fines, adjusted_to, uplift)| Grading {
            grade,
            matched: Matched {
                fines,
                ..Matched::default()
            },
            adjusted_to,
            uplift,
        },
    )
}

fn others() -> impl Strategy<Value = Others> {
    (0_i64..=120_000_000, 1_i64..=4).prop_map(|(sum, parts)| Others {
        sum: Fen::new(sum).unwrap(),
        best: Fen::new(sum / parts).unwrap(),
    })
}

proptest! {
    #[test]
    fn never_above_what_the_cap_leaves(grading in gradings(), others in others()) {
        let terms = national();
        if let Ok(award) = work_out(&terms, &grading, others) {
            prop_assert!(award.amount <= less(terms.cap, others.sum));
        }
    }

    #[test]
    fn never_below_the_floor_unless_a_limit_of_the_case_bites(grading in gradings(), others in others()) {
        let terms = national();
        if let Ok(award) = work_out(&terms, &grading, others) {
            let floor = terms.grade(grading.grade).unwrap().floor;
            prop_assert!(award.amount >= floor || others.sum > Fen::ZERO);
        }
    }

    #[test]
    fn more_in_the_base_never_pays_less(grading in gradings(), others in others(), more in 1_i64..=1_000_000_000) {
        let terms = national();
        let mut richer = grading;
        richer.matched.fines = Fen::new(grading.matched.fines.as_i64() + more).unwrap();
        if let Ok(award) = work_out(&terms, &grading, others) {
            prop_assert!(work_out(&terms, &richer, others).unwrap().amount >= award.amount);
        }
    }
}
