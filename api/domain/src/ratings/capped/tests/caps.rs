//! Windows, stays and evidence.

use super::*;

fn grade(stand: &Stand, on: NaiveDate) -> String {
    stand.assess(on).score.grade.to_string()
}

/// A stall that is tested every month, without a fault.
fn tested() -> Stand {
    (0..40)
        .fold(Stand::stall(), |stand, back| {
            stand.test("B1", true, months_ago(back))
        })
        .looked_at(days_ago(9))
}

fn later(months: u32, days: u64, from: NaiveDate) -> NaiveDate {
    from.checked_add_months(Months::new(months)).unwrap() - Days::new(days)
}

#[test]
fn a_measuring_penalty_bounds_for_two_years_and_less_and_less() {
    let day = months_ago(30);
    let stall = tested().fined("M-VER-01", 300, day);
    let found: Vec<_> = [(6, 1), (6, 0), (12, 1), (12, 0), (24, 1), (24, 0)]
        .map(|(months, before)| grade(&stall, later(months, before, day)))
        .into();
    assert_eq!(found, ["C", "B", "B", "A", "A", "AAA"]);
}

#[test]
fn a_warning_alone_bounds_nothing() {
    let mut stall = tested().fined("M-QTY-01", 0, days_ago(9));
    stall.penalties[0].is_warning_alone = true;
    assert_eq!(grade(&stall, TODAY), "AAA");
}

#[test]
fn an_instrument_bounds_from_the_first_day_after_its_last_one() {
    let found: Vec<_> = [0, 1, 30, 31]
        .map(|days| grade(&tested().instruments(1, days_ago(days)), TODAY))
        .into();
    assert_eq!(found, ["AAA", "A", "A", "B"]);
}

#[test]
fn a_correction_that_is_late_bounds_until_it_is_made_and_for_six_months() {
    let day = months_ago(30);
    let mut stall = tested().fined("M-UNT-01", 100, day);
    let due = stall.penalties[0].correct_by;
    stall.penalties[0].corrected_on = None;
    assert_eq!(grade(&stall, due), "B");
    assert_eq!(grade(&stall, due + Days::new(1)), "C");
    assert_eq!(grade(&stall, later(20, 0, due)), "C");
    stall.penalties[0].corrected_on = Some(due + Days::new(3));
    assert_eq!(grade(&stall, later(6, 1, due)), "C");
    assert_eq!(grade(&stall, later(6, 0, due)), "A");
}

#[test]
fn a_violation_that_was_repeated_bounds_until_it_is_put_right_and_for_six_months() {
    let (first, second) = (months_ago(30), months_ago(20));
    let mut stall = tested()
        .fined("M-UNT-01", 100, first)
        .fined("M-UNT-01", 100, second);
    assert_eq!(grade(&stall, second), "C");
    assert_eq!(grade(&stall, later(6, 1, second)), "C");
    assert_eq!(grade(&stall, later(6, 0, second)), "A");
    stall.penalties[1].corrected_on = None;
    assert_eq!(grade(&stall, later(15, 0, second)), "C");
    let other = tested()
        .fined("M-UNT-01", 100, first)
        .fined("M-STL-05", 100, second);
    assert_eq!(grade(&other, second), "B", "another violation");
}

#[test]
fn a_veto_stays_for_two_years_and_bounds_for_one_more() {
    let day = months_ago(38);
    let stall = tested().fined("M-MRK-01", 900, day);
    let found: Vec<_> = [(24, 1), (24, 0), (36, 1), (36, 0)]
        .map(|(months, before)| grade(&stall, later(months, before, day)))
        .into();
    assert_eq!(found, ["D", "B", "B", "AAA"]);
}

#[test]
fn credit_repair_ends_a_veto_after_a_year_if_its_conditions_are_met() {
    let day = months_ago(20);
    let mut stall = tested().fined("M-CHT-01", 900, day);
    stall.penalties[0].repaired_on = Some(later(6, 0, day));
    assert_eq!(grade(&stall, later(12, 1, day)), "D");
    assert_eq!(grade(&stall, later(12, 0, day)), "B");
    let mut open = stall.clone();
    open.penalties[0].corrected_on = None;
    assert_eq!(grade(&open, later(12, 0, day)), "D", "not put right");
    let again = stall.clone().fined("M-UNT-01", 100, later(9, 0, day));
    assert_eq!(grade(&again, later(12, 0, day)), "D", "punished again");
    let mut untested = stall;
    let until = later(12, 0, day);
    untested
        .tests
        .retain(|test| test.found_on <= day || test.found_on > until);
    assert_eq!(grade(&untested, until), "D", "not re-inspected");
}

#[test]
fn what_is_punished_as_cheating_or_is_grave_is_a_veto() {
    for code in ["M-STL-02", "M-OBS-01", "M-RTL-03"] {
        let mut stall = tested().fined(code, 900, days_ago(9));
        assert_ne!(grade(&stall, TODAY), "D", "{code}");
        stall.penalties[0].charges[0].is_grave = true;
        assert_eq!(grade(&stall, TODAY), "D", "{code}");
    }
}

#[test]
fn a_veto_holds_although_there_is_too_little_evidence_for_a_grade() {
    let stall = Stand::stall().fined("M-CHT-01", 900, days_ago(9));
    assert_eq!(grade(&stall, TODAY), "D");
}

#[test]
fn nobody_is_graded_by_tests_of_one_day_or_without_a_test_of_the_quantity() {
    let one_day = (0..3).fold(Stand::stall(), |stand, _| {
        stand.test("B1", true, days_ago(9))
    });
    assert_eq!(grade(&one_day, TODAY), "N");
    let other = [3, 5, 9].into_iter().fold(Stand::stall(), |stand, days| {
        stand.test("B2", true, days_ago(days))
    });
    assert_eq!(grade(&other, TODAY), "N");
    assert_eq!(grade(&other.test("B1", true, days_ago(9)), TODAY), "AA");
}

#[test]
fn tests_that_are_long_ago_say_less_than_none_of_late() {
    let stall = Stand::stall()
        .looked_at(days_ago(9))
        .passes(8, months_ago(13));
    assert_eq!(
        bounds(&stall.today()),
        ["no passed official test in 12 months: no better than A"]
    );
}

#[test]
fn the_interval_is_wide_where_little_was_tested() {
    let interval = |passed, failed| {
        let stall = Stand::stall().passes(passed, days_ago(1));
        let stall = (0..failed).fold(stall, |stand, _| stand.short(1, days_ago(1)));
        let found = stall.today().interval.unwrap();
        (found.low, found.high)
    };
    // Wilson with z = 1.645: 3 of 3 from 3 / (3 + 2.706) = 0.5257; 8 of 8 from 8 / 10.706 = 0.7472.
    assert_eq!(interval(3, 0), (525, 1_000));
    assert_eq!(interval(8, 0), (747, 1_000));
    // 4 of 5: 0.5 x (8 + 2.706 -+ 1.645 x 2.4306) / 7.706 = 0.4352 and 0.9541.
    assert_eq!(interval(4, 1), (435, 955));
    assert_eq!(Stand::stall().today().interval, None);
}

#[test]
fn a_page_shows_no_penalty_whose_display_is_over() {
    let mut stall = tested().fined("M-QTY-01", 800, months_ago(5));
    let said = |stall: &Stand| stall.today().sentences.len();
    assert_eq!(said(&stall), 2);
    stall.penalties[0].shown_until = Some(days_ago(1));
    assert_eq!(said(&stall), 1);
    assert_eq!(grade(&stall, TODAY), "C", "the grade still counts it");
}

#[test]
fn the_mark_that_officers_saw_counts_until_the_instrument_is_verified_again() {
    use crate::merchants::instrument::{Instrument, InstrumentKind};
    use crate::metrology::rules::RuleSet;

    let rules = RuleSet::embedded().unwrap();
    let scale = Instrument {
        id: InstrumentId::new(Uuid::nil()),
        merchant: MerchantId::new(Uuid::nil()),
        kind: InstrumentKind::PriceComputingScale,
        model: "ACS-30".to_owned(),
        serial: "1".to_owned(),
        accuracy_class: None,
        e_g: None,
        max_g: None,
        verified_on: Some(months_ago(3)),
        valid_until: TODAY.checked_add_days(Days::new(200)),
        certificate_no: None,
        retired: None,
        version: 1,
    };
    let seen = |on, valid_until| Some(SeenMark { on, valid_until });
    let validity = |seen| {
        let used = InUse::of(&scale, seen, (&rules, TODAY)).unwrap();
        used.validity
    };
    assert!(validity(None).holds(TODAY));
    assert_eq!(
        validity(seen(months_ago(1), Some(days_ago(9)))).days_over(TODAY),
        Some(9)
    );
    assert_eq!(validity(seen(months_ago(1), None)), Validity::Unknown);
    let before = seen(months_ago(4), Some(days_ago(9)));
    assert!(validity(before).holds(TODAY), "verified since");
}
