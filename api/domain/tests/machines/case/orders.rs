//! Orders of correction before the decision: served, looked after, missed, and what may follow that.

use super::{
    Desk, changed,
    samples::{self, ORDERED, audit, charge, decide, look_after_order, penalty, propose},
};
use chrono::NaiveDate;
use liangxin_domain::{
    cases::{
        charge::{Charge, MissedOrder, Penalty, Sanction},
        command::Command,
        ending::ChangeKind,
        file::AuditKind,
        order::Missed,
    },
    notices::notice::Channel,
    refusal::Code,
};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Filed on 2 March, ordered on that day to be put right until the 20th.
fn ordered() -> Desk {
    let mut desk = Desk::new();
    desk.go(super::samples::order(day("2026-03-20")));
    desk
}

fn look(on: &str, is_made: bool) -> Command {
    look_after_order(day(on), is_made)
}

fn order(number: &str, missed_on: &str) -> MissedOrder {
    MissedOrder {
        number: liangxin_domain::text::Line::stored(number.to_owned()),
        ordered_on: day("2026-03-02"),
        due_on: day("2026-03-20"),
        missed_on: day(missed_on),
    }
}

fn fined_on(order: MissedOrder) -> Command {
    propose(penalty(vec![Charge {
        order: Some(order),
        ..charge(ORDERED, 1000)
    }]))
}

/// A warning of 2 March on the spot, with what is to be put right until the 20th.
fn warned() -> Desk {
    let warned = Penalty {
        sanction: Sanction {
            warning: true,
            ..Sanction::default()
        },
        correct_by: day("2026-03-20"),
        ..penalty(vec![charge(ORDERED, 0)])
    };
    Desk::on_the_spot(warned, "2026-03-02T02:00:00Z".parse().unwrap())
}

const SPOT: &str = "天市监当罚〔2026〕1号";
const OWN: &str = "天市监罚〔2026〕1号";

#[test]
fn a_fine_rests_on_an_order_of_the_file_that_was_served_and_found_missed() {
    let mut desk = ordered();
    desk.on(day("2026-03-23"));
    let fined = || fined_on(order(OWN, "2026-03-23"));
    assert_eq!(desk.refused(fined()), Code::OrderMissing, "nobody looked");
    desk.setting.order_served_on = Some(day("2026-03-02"));
    desk.go(look("2026-03-23", false));
    for other in [
        order("天市监罚〔2026〕2号", "2026-03-23"),
        order(OWN, "2026-03-21"),
    ] {
        assert_eq!(desk.refused(fined_on(other)), Code::OrderMissing);
    }
    desk.go(fined())
        .go(audit(AuditKind::Case))
        .told()
        .silent()
        .go(decide());
}

#[test]
fn an_order_about_something_else_allows_no_fine() {
    let mut desk = ordered();
    desk.setting.order_served_on = Some(day("2026-03-02"));
    desk.on(day("2026-03-23")).go(look("2026-03-23", false));
    let other = propose(penalty(vec![Charge {
        order: Some(order(OWN, "2026-03-23")),
        ..charge("M-STL-05", 1000)
    }]));
    assert_eq!(desk.refused(other), Code::OrderMissing);
}

#[test]
fn what_was_put_right_or_looked_after_too_early_was_not_missed() {
    for (on, is_made) in [("2026-03-23", true), ("2026-03-20", false)] {
        let mut desk = ordered();
        desk.setting.order_served_on = Some(day("2026-03-02"));
        desk.on(day("2026-03-23")).go(look(on, is_made));
        assert_eq!(desk.case.missed_orders(), Vec::new());
    }
}

#[test]
fn an_order_that_came_after_its_own_last_day_was_not_missed() {
    let mut desk = ordered();
    desk.setting.order_served_on = Some(day("2026-03-21"));
    desk.on(day("2026-03-23")).go(look("2026-03-23", false));
    assert_eq!(desk.case.missed_orders(), Vec::new());
}

#[test]
fn nobody_looks_after_an_order_that_was_not_made_or_not_served_or_before_that() {
    let mut desk = Desk::new();
    assert_eq!(desk.refused(look("2026-03-02", false)), Code::OrderMissing);
    let mut desk = ordered();
    desk.on(day("2026-03-23"));
    assert_eq!(
        desk.refused(look("2026-03-23", false)),
        Code::OrderNotServed
    );
    desk.setting.order_served_on = Some(day("2026-03-10"));
    assert_eq!(desk.refused(look("2026-03-09", false)), Code::TimeTooOld);
    assert_eq!(desk.refused(look("2026-03-24", false)), Code::TimeInFuture);
    desk.go(look("2026-03-10", false))
        .go(look("2026-03-23", true));
}

#[test]
fn a_fine_rests_on_what_another_decision_ordered_and_the_party_missed() {
    let mut desk = warned();
    assert_eq!(desk.case.missed_orders(), Vec::new());
    desk.on(day("2026-03-23"))
        .go(samples::look(day("2026-03-23"), false));
    let missed = Missed {
        violation: ORDERED.parse().unwrap(),
        order: order(SPOT, "2026-03-23"),
    };
    assert_eq!(desk.case.missed_orders(), [missed]);
    let fined = || fined_on(order(SPOT, "2026-03-23"));
    let mut anew = Desk::new();
    anew.on(day("2026-03-23"));
    assert_eq!(anew.refused(fined()), Code::OrderMissing);
    anew.setting.missed_orders = desk.case.missed_orders();
    anew.go(fined());
    // What was taken away orders nothing.
    let today = desk.today();
    desk.go(changed::change(ChangeKind::Annulled, today, 0));
    assert_eq!(desk.case.missed_orders(), Vec::new());
}

#[test]
fn what_a_decision_orders_is_not_missed_on_its_last_day_nor_where_it_came_later() {
    for (on, is_made) in [("2026-03-23", true), ("2026-03-20", false)] {
        let mut desk = warned();
        desk.on(day("2026-03-23"))
            .go(samples::look(day(on), is_made));
        assert_eq!(desk.case.missed_orders(), Vec::new(), "{on} {is_made}");
    }
    let decided_on = Desk::new().decided(samples::fined(5000)).today();
    let mut late = Desk::new();
    late.decided(Penalty {
        correct_by: decided_on,
        ..samples::fined(5000)
    });
    late.later(1);
    let delivery = samples::delivery(Channel::InPerson, late.now());
    late.go(samples::serve_decision(delivery)).later(1);
    let today = late.today();
    late.go(samples::look(today, false));
    assert_eq!(late.case.missed_orders(), Vec::new());
}
