//! When the court is asked to enforce a decision (Order 2, article 76; Administrative Enforcement Law,
//! articles 53 and 54).

use super::{super::Stands, Desk, LATER, samples::*};
use chrono::{Days, Months};
use liangxin_domain::{
    cases::{
        case::{ENFORCE, REMIND},
        command::Command,
        decide::{Decision, Ruling, SuitPeriod},
        ending::ChangeKind,
    },
    law::clock::{ClockState, Due, Punctuality},
    notices::{notice::Channel, paper::Paper},
    refusal::Code,
};

/// As the Metrology Law tells the period for suit.
fn decide_metrology() -> Command {
    rule(Ruling {
        suit: SuitPeriod::FifteenDays,
        ..Ruling::default()
    })
}

/// A decision that tells fifteen days for a suit is with the party.
fn served() -> Desk {
    let mut desk = Desk::new();
    desk.audited(fined(5000)).told().silent();
    desk.go(decide_metrology());
    let delivery = delivery(Channel::InPerson, desk.now());
    desk.go(serve_decision(delivery));
    desk
}

fn decision(desk: &Desk) -> &Decision {
    desk.case.file.decision.as_ref().unwrap()
}

/// The party owes, was reminded, and had its days.
fn reminded(mut desk: Desk) -> Desk {
    let due = desk.due(1);
    desk.on(due).reminded().later(21);
    desk
}

#[test]
fn the_court_is_asked_ten_working_days_after_a_reminder() {
    let mut desk = served();
    let due = desk.due(1);
    desk.on(due);
    assert_eq!(desk.refused(ask_court()), Code::ReminderRequired);
    desk.reminded();
    let last = desk.end(REMIND, due).unwrap();
    desk.on(last);
    assert_eq!(desk.refused(ask_court()), Code::PaymentWindowOpen);
    desk.later(60).go(ask_court());
    assert_eq!(desk.paper, Some(Paper::EnforcementApplication));
}

#[test]
fn the_court_is_not_asked_for_what_was_paid_or_has_more_time() {
    let mut paid = reminded(served());
    paid.later(60);
    let today = paid.today();
    let all = paid.owed_on(today).unwrap();
    let all = all.penalty.checked_add(all.late_fee).unwrap();
    paid.go(pay_fen(all, today, "1"));
    assert_eq!(paid.refused(ask_court()), Code::NothingOwed);
    let mut longer = reminded(served());
    let until = longer.today() + Days::new(60);
    longer.go(instalments(until));
    assert_eq!(longer.refused(ask_court()), Code::PaymentWindowOpen);
    longer.on(until).later(1).go(ask_court());
}

#[test]
fn the_court_is_not_asked_while_a_review_or_a_suit_runs() {
    let mut desk = reminded(served());
    desk.later(60);
    let today = desk.today();
    desk.go(suit("1", today, None));
    assert_eq!(desk.refused(ask_court()), Code::RemediesOpen);
    desk.go(suit("1", today, Some(today))).go(ask_court());
}

#[test]
fn the_court_is_asked_as_soon_as_the_calendar_says_that_the_reminder_is_over() {
    let mut desk = Desk::filed("2026-11-02T02:00:00Z".parse().unwrap());
    desk.served(fined(5000));
    let late = desk.due(1).max("2026-12-25".parse().unwrap());
    desk.on(late).reminded().later(30);
    assert_eq!(desk.refused(ask_court()), Code::CalendarYearMissing);
    desk.law = &*LATER;
    let last = desk.reminded_until();
    desk.on(last.unwrap());
    assert_eq!(desk.refused(ask_court()), Code::PaymentWindowOpen);
    desk.after(last);
    assert_eq!(desk.refused(ask_court()), Code::RemediesOpen);
    desk.later(180).go(ask_court());
}

#[test]
fn asking_the_court_has_three_months_from_the_end_of_the_remedies() {
    let mut desk = reminded(served());
    let last = decision(&desk).remedies_until().unwrap();
    let clock = desk.clocks.0[ENFORCE].last().unwrap();
    assert_eq!(clock.started_on, last);
    let Due::On { moved, .. } = clock.due else {
        panic!("{:?}", clock.due)
    };
    desk.on(moved).later(4).go(ask_court());
    let clock = desk.clocks.0[ENFORCE].last().unwrap();
    let state = clock.state_on(desk.today(), &desk.law.calendar);
    let punctuality = Punctuality::Late { days: 4 };
    assert_eq!(state, ClockState::Satisfied { punctuality });
}

#[test]
fn there_is_nothing_to_ask_the_court_for_when_all_is_paid_or_the_decision_is_gone() {
    let mut desk = served();
    let today = desk.today();
    assert!(desk.clocks.open().contains(&ENFORCE));
    desk.go(pay(4000, today, "1"));
    assert!(desk.clocks.open().contains(&ENFORCE));
    desk.go(pay(1000, today, "2"));
    assert_eq!(desk.clocks.last(ENFORCE), Some(Stands::Lapsed));
    let mut annulled = served();
    let today = annulled.today();
    annulled.go(change(ChangeKind::Annulled, today, 0));
    assert_eq!(annulled.clocks.last(ENFORCE), Some(Stands::Lapsed));
}

#[test]
fn a_case_that_was_served_before_the_period_was_counted_goes_its_way() {
    let mut desk = reminded(served());
    desk.clocks.0.remove(ENFORCE);
    desk.case.file.execution.remedies_until = None;
    desk.later(60).go(ask_court());
    let today = desk.today();
    let owed = desk.owed_on(today).unwrap();
    let all = owed.penalty.checked_add(owed.late_fee).unwrap();
    desk.go(pay_fen(all, today, "1"));
}

#[test]
fn the_days_of_a_reminder_run_from_its_service() {
    let mut desk = served();
    let due = desk.due(1);
    desk.on(due).go(Command::RemindParty).later(90);
    assert_eq!(desk.refused(ask_court()), Code::ReminderNotServed);
    desk.reminder_served_on = Some(desk.today());
    let last = desk.reminded_until();
    desk.on(last.unwrap());
    assert_eq!(desk.refused(ask_court()), Code::PaymentWindowOpen);
    desk.after(last).go(ask_court());
}

#[test]
fn the_court_is_not_asked_before_the_time_for_a_review_is_over() {
    let mut desk = reminded(served());
    let on = decision(&desk).served.as_ref().unwrap().on;
    let last = on + Days::new(60);
    desk.on(last);
    assert_eq!(desk.refused(ask_court()), Code::RemediesOpen);
    desk.later(1).go(ask_court());
}

#[test]
fn the_court_is_not_asked_before_six_months_are_over_unless_the_decision_tells_fifteen_days() {
    let mut desk = Desk::new();
    desk.served(fined(5000));
    let mut desk = reminded(desk);
    assert_eq!(decision(&desk).suit, SuitPeriod::SixMonths);
    let on = decision(&desk).served.as_ref().unwrap().on;
    desk.on(on + Months::new(6));
    assert_eq!(desk.refused(ask_court()), Code::RemediesOpen);
    // Nobody refuses what comes late.
    desk.later(60).go(ask_court());
}

#[test]
fn a_decision_of_before_its_period_for_suit_was_kept_tells_six_months() {
    let desk = served();
    assert_eq!(decision(&desk).suit, SuitPeriod::FifteenDays);
    let mut kept = serde_json::to_value(decision(&desk)).unwrap();
    kept.as_object_mut().unwrap().remove("suit").unwrap();
    let read: Decision = serde_json::from_value(kept).unwrap();
    assert_eq!(read.suit, SuitPeriod::SixMonths);
}
