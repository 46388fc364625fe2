use super::*;
use crate::law::deadline::DeadlineRules;

const CSV: &str = include_str!("../../../../../fixtures/holidays-2023-2026.csv");

fn calendar() -> Calendar {
    Calendar::parse(CSV, "2023-2026").unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn rule(id: &str, start: &str) -> DeadlineRule {
    DeadlineRules::embedded()
        .unwrap()
        .rule_on(id, day(start))
        .unwrap()
        .clone()
}

fn clock(id: &str, start: &str) -> Clock {
    Clock::start(&rule(id, start), day(start), &calendar())
}

fn state(clock: &Clock, on: &str) -> ClockState {
    clock.state_on(day(on), &calendar())
}

#[test]
fn a_report_received_on_23_november_is_verified_by_14_december() {
    let clock = clock("R-VERIFY", "2026-11-23");
    let due = day("2026-12-14");
    assert_eq!(
        clock.due,
        Due::On {
            literal: due,
            moved: due
        }
    );
    assert_eq!(clock.calendar_version, "2023-2026");
}

#[test]
fn a_clock_warns_at_five_and_two_working_days() {
    let clock = clock("R-VERIFY", "2026-11-23");
    assert_eq!(
        state(&clock, "2026-12-04"),
        ClockState::Running {
            working_days_left: Some(6)
        }
    );
    assert_eq!(
        state(&clock, "2026-12-07"),
        ClockState::DueSoon {
            warning: Warning::Soon,
            working_days_left: 5
        }
    );
    assert_eq!(
        state(&clock, "2026-12-10"),
        ClockState::DueSoon {
            warning: Warning::Urgent,
            working_days_left: 2
        }
    );
    assert_eq!(
        state(&clock, "2026-12-14"),
        ClockState::DueSoon {
            warning: Warning::Urgent,
            working_days_left: 0
        }
    );
    assert_eq!(state(&clock, "2026-12-15"), ClockState::Overdue { days: 1 });
}

#[test]
fn between_both_readings_a_clock_warns_but_is_not_overdue() {
    // 90 days after 2026-08-16 is Saturday 2026-11-14.
    let clock = clock("P-DECIDE", "2026-08-16");
    assert_eq!(
        clock.due,
        Due::On {
            literal: day("2026-11-14"),
            moved: day("2026-11-16")
        }
    );
    assert_eq!(
        state(&clock, "2026-11-16"),
        ClockState::DueSoon {
            warning: Warning::Urgent,
            working_days_left: 0
        }
    );
    assert_eq!(state(&clock, "2026-11-17"), ClockState::Overdue { days: 1 });
}

#[test]
fn a_missing_calendar_does_not_stop_an_intake() {
    let clock = clock("R-VERIFY", "2026-12-21");
    assert_eq!(clock.due, Due::CalendarMissing { year: 2027 });
    assert_eq!(state(&clock, "2027-06-01"), ClockState::Unknown);
    assert_eq!(
        state(&clock.satisfy(day("2026-12-22")), "2026-12-23"),
        ClockState::Satisfied {
            punctuality: Punctuality::Unknown
        }
    );
}

#[test]
fn a_clock_without_a_due_day_gets_one_when_the_calendar_arrives() {
    let rule = rule("R-VERIFY", "2026-12-21");
    let later = Calendar::parse(&format!("{CSV}\n2027-01-01,off,made up\n"), "next").unwrap();
    let clock = Clock::start(&rule, day("2026-12-21"), &calendar());
    let known = clock.recompute(&rule, &later).unwrap();
    assert_eq!(
        known.due,
        Due::On {
            literal: day("2027-01-12"),
            moved: day("2027-01-12")
        }
    );
    assert_eq!(known.calendar_version, "next");
}

#[test]
fn a_clock_is_not_recomputed_by_another_rule() {
    let clock = clock("R-VERIFY", "2026-11-23");
    assert!(
        clock
            .recompute(&rule("P-SERVE", "2026-11-23"), &calendar())
            .is_err()
    );
}

#[test]
fn the_first_satisfaction_counts_and_lateness_is_never_hidden() {
    let clock = clock("R-VERIFY", "2026-11-23");
    let in_time = clock
        .clone()
        .satisfy(day("2026-12-14"))
        .satisfy(day("2026-12-20"));
    assert_eq!(
        state(&in_time, "2026-12-21"),
        ClockState::Satisfied {
            punctuality: Punctuality::InTime
        }
    );
    let late = clock.satisfy(day("2026-12-16")).satisfy(day("2026-12-01"));
    assert_eq!(
        state(&late, "2026-12-21"),
        ClockState::Satisfied {
            punctuality: Punctuality::Late { days: 2 }
        }
    );
}

#[test]
fn days_left_are_not_guessed_with_a_shorter_calendar() {
    let clock = clock("R-VERIFY", "2026-11-23");
    let only_2025 = Calendar::parse("date,kind,occasion\n2025-01-01,off,元旦\n", "1").unwrap();
    assert_eq!(
        clock.state_on(day("2026-12-01"), &only_2025),
        ClockState::Running {
            working_days_left: None
        }
    );
}
