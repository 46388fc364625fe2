use super::*;
use crate::law::deadline::DeadlineRules;
use chrono::Datelike as _;
use std::sync::LazyLock;

const CSV: &str = include_str!("../../../../../fixtures/holidays-2023-2026.csv");

mod effects;

static CALENDAR: LazyLock<Calendar> = LazyLock::new(|| Calendar::parse(CSV, "2023-2026").unwrap());
static RULES: LazyLock<DeadlineRules> = LazyLock::new(|| DeadlineRules::embedded().unwrap());

fn calendar() -> Calendar {
    CALENDAR.clone()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn rule(id: &str, start: &str) -> DeadlineRule {
    RULES.rule_on(id, day(start)).unwrap().clone()
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
    let waits = Due::CalendarMissing {
        year: 2027,
        not_before: Some(day("2027-01-08")),
    };
    assert_eq!(clock.due, waits);
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
    let later = Calendar::parse(&format!("{CSV}\n2027-01-01,off,made up\n"), "next").unwrap();
    let clock = clock("R-VERIFY", "2026-12-21");
    let known = clock.recompute(&later, day("2026-12-28"));
    assert_eq!(
        known.due,
        Due::On {
            literal: day("2027-01-12"),
            moved: day("2027-01-12")
        }
    );
    assert_eq!(known.calendar_version, "next");
    assert_eq!(
        known.former,
        [FormerEnd {
            started_on: day("2026-12-21"),
            due: Due::CalendarMissing {
                year: 2027,
                not_before: Some(day("2027-01-08")),
            },
            calendar_version: "2023-2026".into(),
            replaced_on: day("2026-12-28"),
            cause: Replaced::Calendar,
        }]
    );
    assert!(!known.was_late_before());
}

#[test]
fn what_is_certain_of_an_unknown_year_holds_whatever_its_notice_says() {
    // Every third run gives much off, every third swaps many weekends: no notice ever did, and none can break it.
    let mut state: u64 = 20_270_101;
    let mut chance = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        state >> 33
    };
    for run in 0..300 {
        let mut csv = format!("{CSV}\n2027-01-01,off,made up\n");
        for date in day("2027-01-02").iter_days().take(120) {
            let is_weekend = date.weekday().number_from_monday() > 5;
            if is_weekend && chance() % 3 < run % 3 {
                csv += &format!("{date},work,made up\n");
            } else if chance() % 5 < (run + 1) % 3 {
                csv += &format!("{date},off,made up\n");
            }
        }
        let notice = Calendar::parse(&csv, "made up").unwrap();
        for rule in ["R-VERIFY", "C-MEDIATE", "P-DECIDE"] {
            let opened =
                day("2026-11-20") + chrono::TimeDelta::days((chance() % 40).try_into().unwrap());
            let waits = clock(rule, &opened.to_string());
            let earliest = waits.not_before().unwrap();
            let Due::On { literal, .. } = waits.recompute(&notice, opened).due else {
                panic!("{rule} from {opened}");
            };
            assert!(
                earliest <= literal,
                "{rule} from {opened}: {earliest}, {literal}"
            );
        }
    }
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

/// Every calendar vector of the rulebook, through a clock.
#[test]
fn every_vector_of_the_rulebook_ends_on_its_day() {
    let csv = format!("{CSV}\n2027-01-01,off,made up\n");
    let calendar = Calendar::parse(&csv, "with a made-up 2027").unwrap();
    let vectors = [
        ("C-TERMNOTE", "2026-09-18", 7, "2026-09-29"),
        ("R-VERIFY", "2026-09-18", 15, "2026-10-15"),
        ("C-TERMNOTE", "2026-09-30", 7, "2026-10-15"),
        ("P-SERVE", "2026-02-13", 7, "2026-03-02"),
        ("R-VERIFY", "2026-04-30", 15, "2026-05-25"),
        ("C-ACCEPT", "2026-11-23", 7, "2026-12-02"),
        ("R-VERIFY", "2026-11-23", 15, "2026-12-14"),
        ("C-MEDIATE", "2026-08-05", 60, "2026-10-08"),
        ("P-DECIDE", "2026-07-06", 90, "2026-10-08"),
        ("C-MEDIATE", "2026-11-23", 60, "2027-01-22"),
        ("P-DECIDE", "2026-09-03", 90, "2026-12-02"),
    ];
    for (id, start, length, due) in vectors {
        let rule = rule(id, start);
        assert_eq!(rule.length, length, "{id} {start}");
        let clock = Clock::start(&rule, day(start), &calendar);
        let due = day(due);
        let both = Due::On {
            literal: due,
            moved: due,
        };
        assert_eq!(clock.due, both, "{id} {start}");
    }
}
