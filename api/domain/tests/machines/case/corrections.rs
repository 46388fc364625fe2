//! Since when and until when the office has to look after a correction: one that was ordered before the decision, and
//! what the decision orders.

use super::{super::Stands, Desk, samples::*};
use chrono::{Days, NaiveDate};
use liangxin_domain::{
    cases::{charge::Penalty, command::Command, order::CORRECT},
    notices::notice::Channel,
};

const OTHER: &str = "M-STL-05";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The days of the period that runs: since when, and its last one as it was given.
fn waits(desk: &Desk) -> Option<(NaiveDate, NaiveDate)> {
    let clock = desk.clocks.0.get(CORRECT)?.last()?;
    clock
        .is_open()
        .then(|| (clock.started_on, clock.set_for.unwrap()))
}

fn order_on(violation: &str, until: &str) -> Command {
    Command::OrderCorrection {
        violation: violation.parse().unwrap(),
        correction: super::super::people::words(),
        correct_by: day(until),
        consequence: super::super::people::words(),
    }
}

fn look_at(violation: &str, on: &str, is_made: bool) -> Command {
    Command::CheckCorrection {
        violation: Some(violation.parse().unwrap()),
        on: day(on),
        is_made,
        found: super::super::people::words(),
    }
}

/// Filed on 2 March, ordered on that day to be put right until the 20th, and served.
fn ordered() -> Desk {
    let mut desk = Desk::new();
    desk.go(order(day("2026-03-20")));
    desk.setting.order_served_on = Some(day("2026-03-02"));
    desk
}

#[test]
fn an_order_waits_for_a_look_that_finds_it_made_or_comes_after_its_last_day() {
    for (on, is_made, is_waiting) in [
        ("2026-03-10", true, false),
        ("2026-03-10", false, true),
        ("2026-03-20", false, true),
        ("2026-03-21", false, false),
    ] {
        let mut desk = ordered();
        let given = Some((day("2026-03-02"), day("2026-03-20")));
        assert_eq!(waits(&desk), given);
        desk.on(day("2026-03-23"))
            .go(look_after_order(day(on), is_made));
        assert_eq!(waits(&desk), given.filter(|_| is_waiting), "{on} {is_made}");
    }
}

#[test]
fn of_several_orders_the_one_that_ends_first_is_next() {
    let mut desk = ordered();
    desk.on(day("2026-03-04")).go(order_on(OTHER, "2026-03-12"));
    desk.setting.order_served_on = Some(day("2026-03-04"));
    let other = Some((day("2026-03-04"), day("2026-03-12")));
    assert_eq!(waits(&desk), other);
    desk.on(day("2026-03-13")).go(order_on(OTHER, "2026-04-30"));
    let first = Some((day("2026-03-02"), day("2026-03-20")));
    assert_eq!(waits(&desk), first, "the newer one takes its place");
    desk.setting.order_served_on = Some(day("2026-03-13"));
    desk.go(look_at(OTHER, "2026-03-13", false));
    assert_eq!(waits(&desk), first, "it was not the next one");
    desk.go(look_after_order(day("2026-03-13"), true));
    let last = Some((day("2026-03-13"), day("2026-04-30")));
    assert_eq!(waits(&desk), last);
    desk.go(look_at(OTHER, "2026-03-13", true));
    assert_eq!(waits(&desk), None);
    assert_eq!(desk.clocks.last(CORRECT), Some(Stands::Done));
}

#[test]
fn nobody_looks_after_an_order_when_the_case_is_decided_or_elsewhere() {
    let mut gone = ordered();
    gone.go(transfer());
    let mut decided = ordered();
    decided.decided(fined(5000));
    for desk in [gone, decided] {
        assert_eq!(waits(&desk), None);
        assert_eq!(desk.clocks.last(CORRECT), Some(Stands::Lapsed));
    }
}

#[test]
fn what_the_decision_orders_waits_from_its_service_until_somebody_looked() {
    let mut desk = Desk::new();
    desk.decided(fined(5000));
    let decided_on = desk.today();
    assert_eq!(waits(&desk), None);
    let delivery = delivery(Channel::InPerson, desk.now());
    desk.go(serve_decision(delivery));
    let given = Some((decided_on, day("2026-12-31")));
    assert_eq!(waits(&desk), given);
    let today = desk.today();
    desk.go(look(today, false));
    assert_eq!(waits(&desk), given);
    let mut closed = Desk::new();
    closed.served(fined(5000)).go(finish_in_spite());
    assert_eq!(closed.clocks.last(CORRECT), Some(Stands::Lapsed));
    desk.go(look(today, true));
    assert_eq!(desk.clocks.last(CORRECT), Some(Stands::Done));
}

#[test]
fn a_look_after_the_last_day_is_enough_whatever_it_finds() {
    let mut desk = Desk::new();
    desk.served(fined(5000));
    desk.law = &*super::LATER;
    desk.on(day("2027-01-05"))
        .go(look(day("2027-01-05"), false));
    assert_eq!(desk.clocks.last(CORRECT), Some(Stands::Done));
}

#[test]
fn what_is_served_after_its_last_day_is_looked_after_from_then_on() {
    let mut other = Desk::new();
    let decided_on = other.decided(fined(5000)).today();
    let mut desk = Desk::new();
    desk.decided(Penalty {
        correct_by: decided_on + Days::new(14),
        ..fined(5000)
    });
    let public = delivery(Channel::PublicNotice, desk.now());
    desk.go(serve_decision(public));
    let served_on = decided_on + Days::new(30);
    assert_eq!(waits(&desk), Some((decided_on, served_on)));
}

#[test]
fn what_was_ordered_before_its_day_was_kept_goes_its_way() {
    let mut desk = ordered();
    desk.clocks.0.remove(CORRECT);
    desk.case.file.orders[0].is_timed = false;
    desk.on(day("2026-03-23"));
    desk.go(look_after_order(day("2026-03-23"), true));
    desk.served(fined(5000));
    desk.clocks.0.remove(CORRECT);
    desk.case.file.execution.correct_until = None;
    let today = desk.today();
    desk.go(look(today, true)).go(finish_in_spite());
    assert_eq!(waits(&desk), None);
}
