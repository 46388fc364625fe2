use chrono::NaiveDate;

use super::*;
use crate::rewards::scheme::{RewardSchemes, SchemeUse};

fn scheme(id: &str) -> RewardScheme {
    let on = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
    RewardSchemes::embedded()
        .unwrap()
        .get_on(id, on)
        .unwrap()
        .clone()
}

fn fined(yuan: i64) -> CaseFacts {
    CaseFacts {
        sanction: Fen::from_yuan(yuan).unwrap(),
        major_facts: BTreeSet::new(),
        reporter: ReporterKind::NaturalPerson,
    }
}

fn verdict(facts: &CaseFacts) -> (ScreeningOutcome, ScreeningReason) {
    let screening = screen(&scheme("HN-2024-70"), facts);
    (screening.outcome, screening.reason_code)
}

#[test]
fn an_overdue_scale_fined_three_hundred_yuan_earns_no_reward() {
    let screening = screen(&scheme("CN-2021-4"), &fined(300));
    assert_eq!(screening.outcome, ScreeningOutcome::NotInScope);
    assert_eq!(screening.reason_code, ScreeningReason::NotMajorViolation);
    assert!(
        screening.reason_zh.contains("第二条"),
        "{}",
        screening.reason_zh
    );
    assert!(
        screening.reason_en.contains("国市监稽规〔2021〕4号"),
        "{}",
        screening.reason_en
    );
    assert_eq!(screening.scheme_id, "CN-2021-4");
}

#[test]
fn the_steps_name_the_sum_and_the_thresholds_it_was_held_against() {
    let steps = screen(&scheme("HN-2024-70"), &fined(300)).steps;
    assert_eq!(steps.len(), 3);
    for number in ["300.00", "10000.00", "300000.00"] {
        assert!(steps[2].text_zh.contains(number), "{}", steps[2].text_zh);
        assert!(steps[2].text_en.contains(number), "{}", steps[2].text_en);
    }
}

#[test]
fn twelve_thousand_yuan_need_an_officer_while_the_threshold_is_not_known() {
    let due = (
        ScreeningOutcome::NeedsOfficer,
        ScreeningReason::ThresholdNotKnown,
    );
    assert_eq!(verdict(&fined(12_000)), due);
    assert_eq!(verdict(&fined(10_000)), due);
    assert_eq!(verdict(&fined(299_999)), due);
}

#[test]
fn five_hundred_thousand_yuan_are_major_everywhere_and_a_head_says_of_which_kind() {
    let due = (
        ScreeningOutcome::NeedsOfficer,
        ScreeningReason::MajorByAmount,
    );
    assert_eq!(verdict(&fined(500_000)), due);
    assert_eq!(verdict(&fined(300_000)), due);
}

#[test]
fn a_prosecuted_crime_is_major_without_any_fine_and_a_kind_of_its_own() {
    let facts = CaseFacts {
        major_facts: [MajorFact::CrimeSuspected].into(),
        ..fined(0)
    };
    assert_eq!(
        verdict(&facts),
        (ScreeningOutcome::Eligible, ScreeningReason::MajorByCrime)
    );
}

#[test]
fn several_consequences_are_all_named() {
    let major_facts = [MajorFact::LicenceLost, MajorFact::Closure].into();
    let steps = screen(
        &scheme("CN-2021-4"),
        &CaseFacts {
            major_facts,
            ..fined(0)
        },
    )
    .steps;
    assert_eq!(steps[1].text_zh, "案件涉及：责令关闭、吊销许可证件。");
    assert_eq!(
        steps[1].text_en,
        "In this case the business was closed and a licence was revoked."
    );
}

#[test]
fn an_organisation_is_not_rewarded() {
    let facts = CaseFacts {
        reporter: ReporterKind::Organisation,
        ..fined(500_000)
    };
    assert_eq!(
        verdict(&facts),
        (
            ScreeningOutcome::NotInScope,
            ScreeningReason::ReporterNotNaturalPerson
        )
    );
}

#[test]
fn a_known_threshold_leaves_nothing_but_the_kind_to_a_head() {
    let known = RewardScheme {
        scope: ScopeTest::MajorViolation {
            larger_amount: LargerAmount::Known(Fen::from_yuan(100_000).unwrap()),
        },
        ..scheme("HN-2024-70")
    };
    assert_eq!(
        screen(&known, &fined(99_999)).outcome,
        ScreeningOutcome::NotInScope
    );
    let major = screen(&known, &fined(100_000));
    assert_eq!(major.reason_code, ScreeningReason::MajorByAmount);
    assert_eq!(major.outcome, ScreeningOutcome::NeedsOfficer);
}

/// The example row as a division that adopted it would write it.
fn adopted() -> RewardScheme {
    let on = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
    let schemes = RewardSchemes::embedded().unwrap();
    let example = schemes.get_on("EXAMPLE-METROLOGY", on).unwrap().clone();
    assert_eq!(example.used_as, SchemeUse::Example);
    RewardScheme {
        used_as: SchemeUse::Supplement,
        ..example
    }
}

#[test]
fn e10_the_national_scheme_does_not_reward_a_small_fine_and_a_local_row_decides() {
    let national = scheme("CN-2021-4");
    let alone = screen_with_supplement((&national, &fined(300)), None);
    assert_eq!(alone.outcome, ScreeningOutcome::NotInScope);
    let local = screen_with_supplement((&national, &fined(300)), Some((&adopted(), fined(300))));
    assert_eq!(local.outcome, ScreeningOutcome::Eligible);
    assert_eq!(local.reason_code, ScreeningReason::PenaltyInScope);
    assert_eq!(local.scheme_id, "EXAMPLE-METROLOGY");
    assert!(
        local
            .steps
            .iter()
            .any(|s| s.text_zh.contains("重大违法行为"))
    );
    let warning = screen_with_supplement((&national, &fined(0)), Some((&adopted(), fined(0))));
    assert_eq!(warning.reason_code, ScreeningReason::PenaltyTooSmall);
}

#[test]
fn a_local_row_does_not_overrule_what_the_general_scheme_rewards_or_leaves_open() {
    let hunan = scheme("HN-2024-70");
    for yuan in [12_000, 400_000] {
        let screening =
            screen_with_supplement((&hunan, &fined(yuan)), Some((&adopted(), fined(yuan))));
        assert_eq!(screening.scheme_id, "HN-2024-70");
    }
}
