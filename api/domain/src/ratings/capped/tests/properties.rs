//! What holds of every record.

use proptest::prelude::*;

use super::*;
use crate::ratings::grade::Grade;

const QUANTITY: [&str; 4] = ["B1", "B1", "B3", "B5"];
const CODES: [&str; 6] = [
    "M-QTY-01", "M-VER-01", "M-STL-05", "M-CHT-01", "M-UNT-01", "M-STL-04",
];

/// A record with any tests, penalties and instruments of the last three years.
fn any_stand() -> impl Strategy<Value = Stand> {
    let tests =
        proptest::collection::vec((0_usize..4, any::<bool>(), 0_u32..20, 0_u64..1_100), 0..14);
    let penalties = proptest::collection::vec((0_usize..6, 0_i64..900, 0_u64..1_100), 0..4);
    let ends = proptest::collection::vec(-90_i64..400, 0..4);
    (tests, penalties, ends, any::<bool>()).prop_map(|(tests, penalties, ends, is_committed)| {
        let mut stand = Stand::stall();
        if !is_committed {
            stand.merchant.commitment_signed_on = None;
        }
        for end in ends {
            let last = TODAY
                .checked_add_signed(chrono::TimeDelta::days(end))
                .unwrap();
            stand = stand.instruments(1, last);
        }
        for (at, passed, times, days) in tests {
            stand = match passed {
                true => stand.test(QUANTITY[at], true, days_ago(days)),
                false if at < 2 => stand.short(times, days_ago(days)),
                false => stand.test(QUANTITY[at], false, days_ago(days)),
            };
        }
        for (at, yuan, days) in penalties {
            stand = stand.fined(CODES[at], yuan, days_ago(days));
        }
        stand
    })
}

/// Better is less; not assessed is not compared.
fn grade(stand: &Stand) -> Option<Grade> {
    Some(stand.today().score.grade).filter(|grade| *grade != Grade::N)
}

/// The points of one that has enough evidence, so that it has points.
fn points(stand: &Stand) -> Option<i64> {
    stand.today().score.points_tenths
}

/// Bounds that are no matter of evidence.
fn hard(stand: &Stand) -> Vec<String> {
    let all = bounds(&stand.today()).into_iter();
    all.filter(|it| !it.contains("official test") && !it.contains("official finding"))
        .collect()
}

proptest! {
    #[test]
    fn a_penalty_never_raises(stand in any_stand(), at in 0_usize..6, days in 0_u64..1_100) {
        let after = stand.clone().fined(CODES[at], 500, days_ago(days));
        if let (Some(before), Some(after)) = (grade(&stand), grade(&after)) {
            prop_assert!(after >= before, "{before} then {after}");
        }
        if let (Some(before), Some(after)) = (points(&stand), points(&after)) {
            prop_assert!(after <= before);
        }
    }

    #[test]
    fn a_failed_test_never_raises(stand in any_stand(), times in 0_u32..20, days in 0_u64..1_100) {
        let after = stand.clone().short(times, days_ago(days));
        if let (Some(before), Some(after)) = (grade(&stand), grade(&after)) {
            prop_assert!(after >= before, "{before} then {after}");
        }
    }

    #[test]
    fn a_pass_never_lowers(stand in any_stand(), at in 0_usize..4, days in 0_u64..1_100) {
        let after = stand.clone().test(QUANTITY[at], true, days_ago(days));
        if let Some(before) = grade(&stand) {
            let after = grade(&after);
            prop_assert!(after.is_some_and(|after| after <= before), "{before} then {after:?}");
        }
        if let Some(before) = points(&stand) {
            prop_assert!(points(&after).is_some_and(|after| after >= before));
        }
    }

    #[test]
    fn a_pass_never_lifts_a_cap_that_is_no_matter_of_evidence(
        stand in any_stand(), at in 0_usize..4, days in 0_u64..1_100,
    ) {
        let after = stand.clone().test(QUANTITY[at], true, days_ago(days));
        prop_assert_eq!(hard(&stand), hard(&after));
    }

    #[test]
    fn taking_away_what_nobody_faulted_never_raises(stand in any_stand(), at in 0_usize..4) {
        let gone = QUANTITY[at];
        let is_gone = |test: &Test| test.indicator.as_str() == gone;
        prop_assume!(stand.tests.iter().all(|test| !is_gone(test) || test.passed));
        let mut after = stand.clone();
        after.tests.retain(|test| !is_gone(test));
        if let (Some(before), Some(after)) = (grade(&stand), grade(&after)) {
            prop_assert!(after >= before, "{before} then {after}");
        }
        if let (Some(before), Some(after)) = (points(&stand), points(&after)) {
            prop_assert!(after <= before);
        }
    }

    #[test]
    fn the_future_does_not_count(stand in any_stand(), days in 1_u64..700) {
        let earlier = days_ago(days);
        let mut then = stand.clone();
        then.tests.retain(|test| test.found_on <= earlier);
        then.penalties.retain(|penalty| penalty.served_on <= earlier);
        prop_assert_eq!(stand.assess(earlier), then.assess(earlier));
    }
}
