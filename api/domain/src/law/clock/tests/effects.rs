//! What effects do to a clock.

use super::*;
use crate::accounts::role::{Role, Roles};
use crate::id::UserId;
use crate::law::effect::ClockEffect;
use crate::refusal::{Code, Refusal};
use proptest::prelude::*;
use uuid::Uuid;

fn after(clock: &Clock, effect: &ClockEffect) -> Result<Clock, Refusal> {
    let rule = rule(&clock.rule_id, &clock.started_on.to_string());
    let roles: Roles = [Role::Head].into_iter().collect();
    let basis = Basis {
        rule: &rule,
        calendar: &calendar(),
        roles: &roles,
        latest: None,
    };
    applied(Some(clock), effect, basis)
}

fn pause(rule: &'static str, on: &str) -> ClockEffect {
    ClockEffect::Pause {
        rule,
        cause: PauseCause::Testing,
        on: day(on),
    }
}

fn resume(rule: &'static str, on: &str) -> ClockEffect {
    ClockEffect::Resume { rule, on: day(on) }
}

fn extend(rule: &'static str, on: &str) -> ClockEffect {
    ClockEffect::Extend {
        rule,
        by: UserId::new(Uuid::from_u128(1)),
        on: day(on),
    }
}

fn moved(clock: &Clock) -> NaiveDate {
    match clock.due {
        Due::On { moved, .. } => moved,
        Due::CalendarMissing { .. } | Due::Paused { .. } => panic!("{:?}", clock.due),
    }
}

#[test]
fn days_of_testing_do_not_count() {
    let clock = clock("R-VERIFY", "2026-11-02");
    assert_eq!(moved(&clock), day("2026-11-23"));
    let paused = after(&clock, &pause("R-VERIFY", "2026-11-05")).unwrap();
    assert_eq!(
        paused.due,
        Due::Paused {
            since: day("2026-11-05")
        }
    );
    assert_eq!(
        state(&paused, "2026-12-30"),
        ClockState::Paused {
            since: day("2026-11-05")
        }
    );
    // Thursday 5 to Wednesday 11 are five working days that do not count.
    let again = after(&paused, &resume("R-VERIFY", "2026-11-12")).unwrap();
    assert_eq!(moved(&again), day("2026-11-30"));
}

#[test]
fn calendar_days_of_testing_do_not_count_either() {
    let clock = clock("C-MEDIATE", "2026-09-01");
    assert_eq!(
        clock.due,
        Due::On {
            literal: day("2026-10-31"),
            moved: day("2026-11-02")
        }
    );
    let paused = after(&clock, &pause("C-MEDIATE", "2026-09-10")).unwrap();
    let again = after(&paused, &resume("C-MEDIATE", "2026-09-20")).unwrap();
    assert_eq!(moved(&again), day("2026-11-10"));
}

#[test]
fn a_pause_after_the_end_brings_no_time_back() {
    let clock = clock("R-VERIFY", "2026-11-02");
    let paused = after(&clock, &pause("R-VERIFY", "2026-11-24")).unwrap();
    assert_eq!(paused.due, clock.due);
    assert_eq!(
        state(&paused, "2026-11-25"),
        ClockState::Overdue { days: 2 }
    );
    let again = after(&paused, &resume("R-VERIFY", "2026-12-24")).unwrap();
    assert_eq!(again.due, clock.due);
}

#[test]
fn a_period_pauses_only_for_what_its_rule_names() {
    let refused = after(
        &clock("C-ACCEPT", "2026-11-02"),
        &pause("C-ACCEPT", "2026-11-03"),
    );
    assert_eq!(refused.unwrap_err().code, Code::PauseNotAllowed);
    let verify = clock("R-VERIFY", "2026-11-02");
    assert_eq!(
        after(&verify, &resume("R-VERIFY", "2026-11-03"))
            .unwrap_err()
            .code,
        Code::ClockNotPaused
    );
    let paused = after(&verify, &pause("R-VERIFY", "2026-11-03")).unwrap();
    assert_eq!(
        after(&paused, &pause("R-VERIFY", "2026-11-04"))
            .unwrap_err()
            .code,
        Code::ClockPaused
    );
}

#[test]
fn a_head_extends_a_verification_once_and_not_after_its_end() {
    let clock = clock("R-VERIFY", "2026-11-02");
    let extended = after(&clock, &extend("R-VERIFY", "2026-11-23")).unwrap();
    assert_eq!(moved(&extended), day("2026-12-14"));
    assert_eq!(
        after(&extended, &extend("R-VERIFY", "2026-11-24"))
            .unwrap_err()
            .code,
        Code::ExtensionNotAllowed
    );
    let late = after(&clock, &extend("R-VERIFY", "2026-11-24")).unwrap_err();
    assert_eq!(late.code, Code::DeadlinePassed);
    assert_eq!(late.detail.as_deref(), Some("2026-11-23"));
}

#[test]
fn only_who_may_extends_and_only_what_may_be_extended() {
    let clock = clock("R-VERIFY", "2026-11-02");
    let rule = rule("R-VERIFY", "2026-11-02");
    let basis = Basis {
        rule: &rule,
        calendar: &calendar(),
        roles: &[Role::IntakeOfficer].into_iter().collect(),
        latest: None,
    };
    let refused = applied(Some(&clock), &extend("R-VERIFY", "2026-11-03"), basis);
    assert_eq!(refused.unwrap_err().code, Code::ExtensionByOther);
    let mediation = self::clock("C-MEDIATE", "2026-11-02");
    assert_eq!(
        after(&mediation, &extend("C-MEDIATE", "2026-11-03"))
            .unwrap_err()
            .code,
        Code::ExtensionNotAllowed
    );
}

#[test]
fn a_restart_keeps_the_old_end_and_hides_no_delay() {
    let clock = clock("R-VERIFY", "2026-09-01");
    let opened_on = day("2026-11-02");
    let again = after(
        &clock,
        &ClockEffect::Restart {
            rule: "R-VERIFY",
            opened_on,
        },
    )
    .unwrap();
    assert_eq!(again.started_on, opened_on);
    assert_eq!(moved(&again), day("2026-11-23"));
    assert_eq!(again.former.len(), 1);
    assert_eq!(again.former[0].due, clock.due);
    assert!(again.was_late_before());
    assert!(again.former[0].was_late());
}

#[test]
fn a_duty_that_fell_away_late_stays_late() {
    let lapse = |on| ClockEffect::Lapse {
        rule: "C-MEDIATE",
        on: day(on),
    };
    let clock = clock("C-MEDIATE", "2026-07-06");
    let late = after(&clock, &lapse("2026-11-02")).unwrap();
    assert!(matches!(
        state(&late, "2026-11-03"),
        ClockState::Lapsed {
            punctuality: Punctuality::Late { .. }
        }
    ));
    let done = after(
        &late,
        &ClockEffect::Satisfy {
            rule: "C-MEDIATE",
            on: day("2026-07-07"),
        },
    );
    assert_eq!(done.unwrap(), late);
}

#[test]
fn a_running_clock_is_not_started_twice_and_one_that_never_ran_is_not_satisfied() {
    let start = ClockEffect::Start {
        rule: "R-VERIFY",
        opened_on: day("2026-11-02"),
    };
    let clock = clock("R-VERIFY", "2026-11-02");
    assert_eq!(after(&clock, &start).unwrap_err().code, Code::ClockRunning);
    assert!(after(&clock.satisfy(day("2026-11-03")), &start).is_ok());
    let rule = rule("R-VERIFY", "2026-11-02");
    let basis = Basis {
        rule: &rule,
        calendar: &calendar(),
        roles: &Roles::default(),
        latest: None,
    };
    let satisfy = ClockEffect::Satisfy {
        rule: "R-VERIFY",
        on: day("2026-11-03"),
    };
    assert_eq!(
        applied(None, &satisfy, basis).unwrap_err().code,
        Code::ClockNotRunning
    );
}

#[test]
fn the_day_that_a_bureau_sets_lies_within_the_period_around_it() {
    let rule = rule("C-IDPROOF", "2026-11-02");
    let calendar = calendar();
    let until = |until: &str, latest: Option<&str>| {
        let basis = Basis {
            rule: &rule,
            calendar: &calendar,
            roles: &Roles::default(),
            latest: latest.map(day),
        };
        let effect = ClockEffect::StartUntil {
            rule: "C-IDPROOF",
            opened_on: day("2026-11-02"),
            until: day(until),
        };
        applied(None, &effect, basis)
    };
    // Saturday 7 November: literal that day, moved to Monday.
    assert_eq!(
        until("2026-11-07", Some("2026-11-11")).unwrap().due,
        Due::On {
            literal: day("2026-11-07"),
            moved: day("2026-11-09")
        }
    );
    let outside = until("2026-11-12", Some("2026-11-11")).unwrap_err();
    assert_eq!(outside.code, Code::DueOutsidePeriod);
    assert_eq!(
        until("2026-11-01", None).unwrap_err().code,
        Code::TimeTooOld
    );
}

#[test]
fn a_clock_is_looked_at_on_the_days_on_which_it_begins_to_warn() {
    let clock = clock("R-VERIFY", "2026-11-23");
    let calendar = calendar();
    let next = |warned| clock.next_check(warned, &calendar);
    assert_eq!(next(Warned::None), Some(day("2026-12-07")));
    assert_eq!(next(Warned::Soon), Some(day("2026-12-10")));
    assert_eq!(next(Warned::Urgent), Some(day("2026-12-15")));
    assert_eq!(next(Warned::Overdue), None);
    assert_eq!(clock.warning_on(day("2026-12-07"), &calendar), Warned::Soon);
    assert_eq!(
        clock.warning_on(day("2026-12-15"), &calendar),
        Warned::Overdue
    );
    let done = clock.satisfy(day("2026-12-01"));
    assert_eq!(done.next_check(Warned::None, &calendar), None);
}

#[test]
fn three_years_are_over_on_the_day_after_and_need_no_calendar_before() {
    let rule = rule("C-LIMIT", "2026-11-24");
    let over = |start: &str, on: &str| rule.is_over(day(start), day(on), &calendar());
    assert_eq!(over("2023-11-24", "2026-11-24"), Ok(false));
    assert_eq!(over("2023-11-23", "2026-11-24"), Ok(true));
    assert_eq!(over("2026-01-01", "2026-11-24"), Ok(false));
    // 1 October 2026 is a holiday: the last day moves behind it.
    assert_eq!(over("2023-10-01", "2026-10-08"), Ok(false));
    assert_eq!(over("2023-10-01", "2026-10-09"), Ok(true));
}

#[test]
fn three_months_end_on_the_same_day_or_on_the_last_of_a_shorter_month() {
    let rule = rule("P-ENFORCE", "2026-01-31");
    let ends = |start: &str| Clock::start(&rule, day(start), &calendar()).due;
    let on = |due: &str| Due::On {
        literal: day(due),
        moved: day(due),
    };
    assert_eq!(ends("2026-01-22"), on("2026-04-22"));
    assert_eq!(ends("2026-01-31"), on("2026-04-30"));
    assert_eq!(ends("2026-01-30"), on("2026-04-30"));
    assert_eq!(ends("2023-11-30"), on("2024-02-29"));
    // 28 February 2026 is a Saturday on which work is done.
    assert_eq!(ends("2025-11-30"), on("2026-02-28"));
    // 28 February 2025 is a Friday; the period of a 28th ends on a 28th.
    assert_eq!(ends("2024-11-28"), on("2025-02-28"));
    let over = |start: &str, on: &str| rule.is_over(day(start), day(on), &calendar());
    assert_eq!(over("2026-01-31", "2026-04-30"), Ok(false));
    assert_eq!(over("2026-01-31", "2026-05-01"), Ok(true));
    // Days before every reading of the end need no calendar.
    assert_eq!(over("2026-11-30", "2027-02-28"), Ok(false));
}

#[test]
fn a_case_waits_for_a_hearing_a_suspension_and_a_public_notice_and_a_report_does_not() {
    let paused = |rule: &'static str, cause| {
        let on = day("2026-03-04");
        let clock = clock(rule, "2026-03-02");
        after(&clock, &ClockEffect::Pause { rule, cause, on })
    };
    for cause in [
        PauseCause::Hearing,
        PauseCause::Suspension,
        PauseCause::PublicNotice,
    ] {
        let since = day("2026-03-04");
        assert_eq!(
            paused("P-DECIDE", cause).unwrap().due,
            Due::Paused { since }
        );
        let refusal = paused("R-VERIFY", cause).unwrap_err();
        assert_eq!(refusal.code, Code::PauseNotAllowed);
    }
}

fn a_day() -> impl Strategy<Value = NaiveDate> {
    (0_u64..600).prop_map(|days| day("2024-03-01") + chrono::Days::new(days))
}

proptest! {
    #[test]
    fn a_pause_never_shortens(start in a_day(), begins in 0_u64..120, lasts in 0_u64..60, which in 0_usize..2) {
        let id = ["R-VERIFY", "P-DECIDE"][which];
        let clock = clock(id, &start.to_string());
        let from = start + chrono::Days::new(begins);
        let paused = after(&clock, &pause(id, &from.to_string())).unwrap();
        let until = (from + chrono::Days::new(lasts)).to_string();
        let again = after(&paused, &resume(id, &until)).unwrap();
        prop_assert!(moved(&again) >= moved(&clock));
        let (Due::On { literal: before, .. }, Due::On { literal: now, .. }) = (clock.due, again.due) else {
            return Err(TestCaseError::fail("no end"));
        };
        prop_assert!(now >= before);
        if from > moved(&clock) {
            prop_assert_eq!(again.due, clock.due);
        }
    }

    #[test]
    fn an_extension_never_shortens(start in a_day(), on in 0_u64..200) {
        let clock = clock("P-DECIDE", &start.to_string());
        let on = start + chrono::Days::new(on);
        match after(&clock, &extend("P-DECIDE", &on.to_string())) {
            Ok(extended) => {
                prop_assert!(on <= moved(&clock));
                prop_assert!(moved(&extended) >= moved(&clock));
            }
            Err(refusal) => {
                prop_assert!(on > moved(&clock));
                prop_assert_eq!(refusal.code, Code::DeadlinePassed);
            }
        }
    }

    #[test]
    fn the_first_day_of_a_duty_done_counts(start in a_day(), first in 0_u64..100, second in 0_u64..100) {
        let clock = clock("R-VERIFY", &start.to_string());
        let [first, second] = [first, second].map(|days| start + chrono::Days::new(days));
        prop_assert_eq!(clock.satisfy(first).satisfy(second).satisfied_on, Some(first));
    }

    #[test]
    fn what_is_late_stays_late(start in a_day(), late in 1_u64..60) {
        let clock = clock("R-VERIFY", &start.to_string());
        let on = moved(&clock) + chrono::Days::new(late);
        for effect in [
            pause("R-VERIFY", &on.to_string()),
            ClockEffect::Satisfy { rule: "R-VERIFY", on },
            ClockEffect::Lapse { rule: "R-VERIFY", on },
        ] {
            let after = after(&clock, &effect).unwrap();
            prop_assert_eq!(after.due, clock.due);
        }
        prop_assert!(after(&clock, &extend("R-VERIFY", &on.to_string())).is_err());
    }
}
