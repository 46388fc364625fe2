//! The eleven worked examples: the facts of each in words, its grade and why. Points are exact fractions of
//! the weights and shares of the data, worked out beside each one.

use super::*;

#[test]
fn one_a_stall_that_was_140_g_short_with_its_only_scale_overdue_is_c() {
    let mut stall = Stand::stall().looked_at(days_ago(5));
    stall.instruments.clear();
    let stall = stall
        .instruments(1, days_ago(201))
        .passes(3, months_ago(3))
        .short(14, days_ago(5))
        .fined("M-QTY-01", 800, days_ago(0));
    // 100 - 15 (B2) - 3 (C3) - 25 x (1 - (3 + 2.7) / (3 + 4 + 3)) = 71.25.
    let graded = stall.today();
    assert_eq!(of(&graded), ("C".to_owned(), Some(712)));
    assert_eq!(
        bounds(&graded),
        [
            "penalty for a measuring offence less than 6 months ago: no better than C",
            "an instrument in use is overdue by more than 30 days: no better than B",
            "a shortage of 3 times the tolerance or more was upheld: no better than B",
            "fewer than 5 passed official tests in 24 months: no better than AA",
        ]
    );
    let said: Vec<_> = graded
        .sentences
        .iter()
        .map(|it| it.said_on(TODAY, crate::refusal::Lang::Zh))
        .collect();
    assert_eq!(
        said,
        [
            "2026-11-28 查实：少秤140克（应为2.8公斤），罚款800元。",
            "现用电子计价秤检定已过期201天。",
            "近12个月检查4次，3次合格。",
        ]
    );
}

#[test]
fn two_the_same_stall_put_right_is_a_after_13_months() {
    let stall = Stand::stall()
        .looked_at(days_ago(9))
        .passes(3, months_ago(17))
        .short(14, months_ago(13))
        .fined("M-QTY-01", 800, months_ago(13))
        .passes(4, months_ago(2));
    // 100 - 3 (C3) - 25 x (1 - (4 + 1.5 + 2.7) / (4 + 1.5 + 2 + 3)) = 91.52...
    let graded = stall.today();
    assert_eq!(of(&graded), ("A".to_owned(), Some(915)));
    assert_eq!(
        bounds(&graded),
        ["penalty for a measuring offence less than 24 months ago: no better than A"]
    );
}

#[test]
fn three_the_same_stall_is_aaa_after_25_months() {
    let stall = Stand::stall()
        .looked_at(days_ago(9))
        .short(14, months_ago(25))
        .fined("M-QTY-01", 800, months_ago(25))
        .passes(4, months_ago(14))
        .passes(2, months_ago(2));
    // 100 - 25 x (1 - (2 + 2 + 2.7) / (2 + 2 + 3)) = 98.92...
    assert_eq!(of(&stall.today()), ("AAA".to_owned(), Some(989)));
}

#[test]
fn four_a_decided_cheating_instrument_is_d_whatever_else_is_right() {
    let mut stall = Stand::stall()
        .test("B5", true, days_ago(9))
        .test("B3", false, days_ago(9))
        .passes(10, months_ago(1))
        .fined("M-CHT-01", 2_000, days_ago(2));
    // Whoever cheats keeps no commitment.
    stall.merchant.commitment_signed_on = None;
    // 100 - 8 (A1) - 15 (B3) - 3 (C3) - 25 x (1 - (10 + 2.7) / 13) = 73.42...
    let graded = stall.today();
    assert_eq!(of(&graded), ("D".to_owned(), Some(734)));
    assert!(bounds(&graded)[0].starts_with("used a cheating instrument"));
}

#[test]
fn five_a_clean_stall_with_8_passes_is_aaa() {
    let stall = Stand::stall().looked_at(days_ago(9)).passes(8, days_ago(9));
    // 100 - 25 x (1 - (8 + 2.7) / 11) = 99.31...
    assert_eq!(of(&stall.today()), ("AAA".to_owned(), Some(993)));
    assert_eq!(bounds(&stall.today()), Vec::<String>::new());
}

#[test]
fn six_a_clean_stall_with_3_passes_is_aa_because_it_was_seldom_tested() {
    let stall = Stand::stall().looked_at(days_ago(9)).passes(3, days_ago(9));
    // 100 - 25 x (1 - (3 + 2.7) / 6) = 98.75.
    assert_eq!(of(&stall.today()), ("AA".to_owned(), Some(987)));
    assert_eq!(
        bounds(&stall.today()),
        ["fewer than 5 passed official tests in 24 months: no better than AA"]
    );
}

#[test]
fn seven_a_new_stall_with_one_pass_is_not_assessed_and_has_no_points() {
    let mut stall = Stand::stall().looked_at(days_ago(9)).passes(1, days_ago(9));
    stall.merchant.opened_on = months_ago(1);
    let graded = stall.today();
    assert_eq!(of(&graded), ("N".to_owned(), None));
    let said = bounds(&graded).join("; ");
    assert!(said.contains("1 official findings of at least 3"), "{said}");
    assert!(said.contains("known for less than 3 months"), "{said}");
}

#[test]
fn eight_a_shop_with_one_of_20_scales_overdue_is_a() {
    let mut shop = Stand::clean(Venue::Shop)
        .looked_at(days_ago(9))
        .test("A5", true, days_ago(9))
        .passes(30, days_ago(9))
        .short(1, days_ago(9));
    shop.instruments.clear();
    let valid = TODAY.checked_add_months(Months::new(6)).unwrap();
    let shop = shop.instruments(19, valid).instruments(1, days_ago(10));
    // 100 - 15 / 20 (B2) - 25 x (1 - (30 + 2.7) / (30 + 1 + 3)) = 98.29...
    let graded = shop.today();
    assert_eq!(of(&graded), ("A".to_owned(), Some(982)));
    assert_eq!(
        bounds(&graded),
        ["an instrument in use is overdue: no better than A"]
    );
}

#[test]
fn nine_two_penalties_for_one_violation_in_12_months_are_c() {
    let stall = Stand::stall()
        .looked_at(days_ago(9))
        .passes(4, months_ago(1))
        .short(9, months_ago(9))
        .fined("M-QTY-01", 500, months_ago(9))
        .short(9, months_ago(4))
        .fined("M-QTY-01", 900, months_ago(4));
    // 100 - 6 (C3) - 25 x (1 - (4 + 2.7) / (4 + 4 + 4 + 3)) = 80.16...
    let graded = stall.today();
    assert_eq!(of(&graded), ("C".to_owned(), Some(801)));
    let repeated = "the same violation twice in 12 months: no better than C";
    assert!(bounds(&graded).contains(&repeated.to_owned()));
}

#[test]
fn ten_a_fine_for_a_duty_2_months_ago_is_b() {
    let stall = Stand::stall()
        .looked_at(days_ago(9))
        .passes(8, days_ago(9))
        .fined("M-STL-05", 500, months_ago(2));
    // 100 - 3 (C3) - 25 x (1 - (8 + 2.7) / 11) = 96.31...
    let graded = stall.today();
    assert_eq!(of(&graded), ("B".to_owned(), Some(963)));
    assert_eq!(
        bounds(&graded),
        ["penalty for a metrology duty less than 6 months ago: no better than B"]
    );
}

#[test]
fn eleven_a_station_without_a_commitment_is_a_whatever_its_nozzles_say() {
    let mut station = Stand::clean(Venue::FillingStation)
        .looked_at(days_ago(9))
        .test("A5", true, days_ago(9))
        .passes(12, days_ago(9));
    station.merchant.commitment_signed_on = None;
    // 100 - 8 (A1) - 25 x (1 - (12 + 2.7) / 15) = 91.5.
    let graded = station.today();
    assert_eq!(of(&graded), ("A".to_owned(), Some(915)));
    assert_eq!(bounds(&graded), ["no valid commitment: no better than A"]);
}
