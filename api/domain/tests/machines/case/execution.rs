//! How a decision is carried out (Order 2, articles 72 to 77).

use super::{Desk, LATER, samples::*};
use chrono::Days;
use liangxin_domain::{
    cases::{
        case::PAY,
        charge::{Penalty, Sanction},
        command::Command,
        execution::{Owed, Paying},
        file::File,
    },
    law::{case_rule::LateFee, effect::ClockEffect},
    money::Fen,
    notices::{notice::Channel, paper::Paper},
    refusal::Code,
};

fn served(fine: i64) -> Desk {
    let mut desk = Desk::new();
    desk.served(fined(fine));
    desk
}

fn owed(desk: &Desk, days_late: u64) -> Owed {
    desk.owed_on(desk.due(days_late)).unwrap()
}

fn fen(sum: i64) -> Fen {
    Fen::new(sum).unwrap()
}

#[test]
fn nothing_is_owed_before_the_decision_is_served() {
    let mut desk = Desk::new();
    desk.decided(fined(5000));
    assert_eq!(desk.owed(), None);
    let today = desk.today();
    for command in [
        pay(100, today, "1"),
        look(today, true),
        Command::RemindParty,
        ask_court(),
        finish(),
        instalments(today + Days::new(60)),
    ] {
        assert_eq!(desk.refused(command), Code::DecisionNotServed);
    }
}

#[test]
fn the_late_fee_is_three_percent_a_day_after_the_last_day_to_the_fen() {
    let mut desk = Desk::new();
    let mut penalty = fined(1);
    penalty.charges[0].fine = fen(12_345);
    desk.served(penalty);
    assert_eq!(owed(&desk, 0).late_fee, Fen::ZERO);
    // 3 % of 123.45 yuan is 3.7035 yuan.
    assert_eq!(owed(&desk, 1).late_fee, fen(370));
    assert_eq!(owed(&desk, 2).late_fee, fen(740));
    assert_eq!(owed(&desk, 3).late_fee, fen(1111));
    assert_eq!(owed(&desk, 3).penalty, fen(12_345));
}

#[test]
fn the_late_fee_is_never_more_than_the_fine() {
    let desk = served(5000);
    assert_eq!(owed(&desk, 33).late_fee, fen(495_000));
    assert_eq!(owed(&desk, 34).late_fee, yuan(5000));
    assert_eq!(owed(&desk, 400).late_fee, yuan(5000));
}

#[test]
fn a_part_payment_lowers_what_bears_a_late_fee() {
    let mut desk = served(5000);
    let due = desk.due(0);
    desk.on(due).go(pay(2000, due, "1"));
    assert_eq!(owed(&desk, 10).penalty, yuan(3000));
    assert_eq!(owed(&desk, 10).late_fee, yuan(900));
    // Ten days on 3000, then ten on 1000.
    let late = desk.due(10);
    desk.on(late).go(pay(2000, late, "2"));
    assert_eq!(owed(&desk, 20).late_fee, yuan(900 + 300));
}

#[test]
fn a_payment_meets_the_penalty_first_and_the_late_fee_then() {
    let mut desk = served(5000);
    let late = desk.due(10);
    desk.on(late);
    assert_eq!(
        desk.refused(pay_fen(fen(650_001), late, "1")),
        Code::PaidTooMuch
    );
    desk.go(pay(5000, late, "1"));
    assert_eq!(owed(&desk, 30).penalty, Fen::ZERO);
    assert_eq!(owed(&desk, 30).late_fee, yuan(1500), "it does not grow");
    assert!(desk.clocks.open().contains(&PAY));
    desk.go(pay(1500, late, "2"));
    assert!(owed(&desk, 30).is_nothing());
    assert!(!desk.clocks.open().contains(&PAY));
}

#[test]
fn confiscated_gains_bear_no_late_fee() {
    let mut desk = Desk::new();
    desk.served(Penalty {
        sanction: Sanction {
            gains: Some(yuan(4000)),
            takes_gains: true,
            ..Sanction::default()
        },
        ..penalty(vec![charge("M-CHT-01", 1000)])
    });
    assert_eq!(owed(&desk, 10).penalty, yuan(5000));
    assert_eq!(owed(&desk, 10).late_fee, yuan(300));
    // What is paid counts for the gains first: the fine is unpaid as before.
    let due = desk.due(0);
    desk.on(due).go(pay(4000, due, "1"));
    assert_eq!(owed(&desk, 10).late_fee, yuan(300));
    assert_eq!(owed(&desk, 100).late_fee, yuan(1000));
}

#[test]
fn a_payment_has_a_sum_a_day_and_a_receipt_of_its_own() {
    let mut desk = served(5000);
    let today = desk.today();
    assert_eq!(desk.refused(pay(0, today, "1")), Code::OutOfRange);
    let tomorrow = today + Days::new(1);
    assert_eq!(desk.refused(pay(1, tomorrow, "1")), Code::TimeInFuture);
    let before = today - Days::new(1);
    assert_eq!(desk.refused(pay(1, before, "1")), Code::TimeTooOld);
    assert_eq!(desk.refused(pay(5001, today, "1")), Code::PaidTooMuch);
    desk.go(pay(1000, today, "1"));
    assert_eq!(desk.refused(pay(1000, today, "1")), Code::ReceiptTwice);
    assert_eq!(desk.refused(pay(4001, today, "2")), Code::PaidTooMuch);
    desk.go(pay(4000, today, "2"));
}

#[test]
fn payments_that_are_noted_out_of_order_add_up() {
    let mut desk = served(5000);
    let (first, second) = (desk.today(), desk.today() + Days::new(3));
    desk.later(4).go(pay(3000, second, "2"));
    assert_eq!(desk.refused(pay(5000, first, "1")), Code::PaidTooMuch);
    desk.go(pay(2000, first, "1"));
    let done = ClockEffect::Satisfy {
        rule: PAY,
        on: second,
    };
    assert!(desk.effects.contains(&done), "{:?}", desk.effects);
}

#[test]
fn instalments_move_the_last_day_and_the_late_fee_with_it() {
    let mut desk = served(5000);
    let due = desk.due(0);
    assert_eq!(desk.refused(instalments(due)), Code::TimeTooOld);
    let later = due + Days::new(60);
    desk.go(instalments(later));
    assert_eq!(desk.case.pay_until_by(None), Some(later));
    assert_eq!(owed(&desk, 0).late_fee, Fen::ZERO);
    assert_eq!(owed(&desk, 1).late_fee, yuan(150));
    assert!(desk.clocks.open().contains(&PAY));
    desk.go(instalments(later + Days::new(30)));
}

#[test]
fn what_being_late_costs_is_what_the_row_of_the_decision_says() {
    let desk = served(5000);
    let fee = |late_fee, days| {
        let until = None;
        let owed = desk
            .case
            .owed_by(desk.due(days), Paying { until, late_fee });
        owed.unwrap().late_fee
    };
    let other = Some(LateFee {
        percent_a_day: 2,
        most_percent: 50,
    });
    assert_eq!(fee(other, 1), yuan(100));
    assert_eq!(fee(other, 25), yuan(2500));
    assert_eq!(fee(other, 100), yuan(2500));
    assert_eq!(fee(None, 100), Fen::ZERO);
}

#[test]
fn more_time_that_comes_late_leaves_the_fee_of_the_days_before() {
    let mut desk = served(5000);
    let due = desk.due(0);
    // Ten days late, then thirty more, and five late again.
    desk.on(due + Days::new(10));
    let before = desk.owed();
    desk.go(instalments(due + Days::new(40)));
    assert_eq!(desk.owed(), before);
    let fee = |desk: &Desk, days| {
        let owed = desk.owed_on(due + Days::new(days));
        owed.unwrap().late_fee
    };
    assert_eq!(fee(&desk, 10), yuan(1500));
    assert_eq!(fee(&desk, 40), yuan(1500));
    assert_eq!(fee(&desk, 45), yuan(1500 + 750));
    desk.on(due + Days::new(45));
    desk.go(instalments(due + Days::new(60)));
    assert_eq!(fee(&desk, 60), yuan(1500 + 750));
    assert_eq!(fee(&desk, 61), yuan(1500 + 750 + 150));
    // What was paid meanwhile bears none any more.
    let on = due + Days::new(50);
    desk.on(on).go(pay(4000, on, "1"));
    assert_eq!(fee(&desk, 61), yuan(1500 + 750 + 30));
}

#[test]
fn more_time_that_comes_before_the_last_is_over_leaves_no_day_between() {
    let mut desk = served(5000);
    let due = desk.due(0);
    desk.go(instalments(due + Days::new(20)));
    desk.on(due + Days::new(15));
    desk.go(instalments(due + Days::new(40)));
    let owed = desk.owed_on(due + Days::new(41)).unwrap();
    assert_eq!(owed.late_fee, yuan(150));
}

#[test]
fn more_time_is_not_allowed_for_ever() {
    let mut desk = served(5000);
    let later = desk.due(60);
    desk.go(instalments(later));
    let execution = &mut desk.case.file.execution;
    let one = execution.instalments.clone().unwrap();
    execution.former_instalments = vec![one; 100];
    let later = later + Days::new(1);
    assert_eq!(desk.refused(instalments(later)), Code::FieldTooLong);
}

#[test]
fn a_file_of_before_reads_as_one_whose_time_was_allowed_once() {
    let mut desk = served(5000);
    let later = desk.due(60);
    desk.go(instalments(later));
    let file = &desk.case.file;
    let mut kept = serde_json::to_value(file).unwrap();
    let execution = kept["execution"].as_object_mut().unwrap();
    execution.remove("former_instalments").unwrap();
    let read: File = serde_json::from_value(kept).unwrap();
    assert_eq!(read, *file);
}

#[test]
fn whoever_owes_nothing_gets_no_more_time() {
    let mut desk = served(5000);
    let today = desk.today();
    desk.go(pay(5000, today, "1"));
    let later = desk.due(60);
    assert_eq!(desk.refused(instalments(later)), Code::NothingOwed);
    let warned = Penalty {
        sanction: Sanction {
            warning: true,
            ..Sanction::default()
        },
        ..penalty(vec![charge("M-VER-01", 0)])
    };
    let mut desk = Desk::new();
    desk.served(warned);
    let later = desk.due(60);
    assert_eq!(desk.refused(instalments(later)), Code::NothingOwed);
}

#[test]
fn a_party_is_reminded_after_its_last_day_and_while_it_owes() {
    let mut desk = served(5000);
    let due = desk.due(0);
    desk.on(due);
    assert_eq!(desk.refused(Command::RemindParty), Code::PaymentWindowOpen);
    desk.later(1).go(Command::RemindParty);
    assert_eq!(desk.paper, Some(Paper::PaymentReminder));
    let today = desk.today();
    desk.go(pay(5150, today, "1"));
    assert_eq!(desk.refused(Command::RemindParty), Code::NothingOwed);
}

#[test]
fn a_correction_is_looked_at_between_the_decision_and_today() {
    let mut desk = served(5000);
    let today = desk.today();
    assert_eq!(
        desk.refused(look(today + Days::new(1), true)),
        Code::TimeInFuture
    );
    assert_eq!(
        desk.refused(look(today - Days::new(1), true)),
        Code::TimeTooOld
    );
    desk.go(look(today, false));
    assert!(!desk.case.is_corrected());
    desk.later(1).go(look(today, true));
    assert!(desk.case.is_corrected());
}

#[test]
fn the_check_of_the_latest_day_counts_and_not_the_one_that_was_noted_last() {
    let mut desk = served(5000);
    let first = desk.today();
    desk.later(3);
    let today = desk.today();
    desk.go(look(today, true)).go(look(first, false));
    assert!(desk.case.is_corrected());
    desk.go(look(today, false));
    assert!(!desk.case.is_corrected());
    desk.go(look(today, true));
    assert!(desk.case.is_corrected());
}

#[test]
fn without_the_calendar_nobody_is_late() {
    let mut desk = served_without_calendar();
    assert_eq!(desk.case.pay_until_by(None), None);
    desk.later(60);
    assert_eq!(desk.owed().unwrap().late_fee, Fen::ZERO);
    assert_eq!(
        desk.refused(Command::RemindParty),
        Code::CalendarYearMissing
    );
}

/// A decision of which nobody could say when it has to be paid.
fn served_without_calendar() -> Desk {
    let mut desk = Desk::filed("2026-12-01T02:00:00Z".parse().unwrap());
    desk.audited(fined(5000)).told().go(waive());
    desk.on("2026-12-20".parse().unwrap()).go(decide());
    let delivery = delivery(Channel::InPerson, desk.now());
    desk.go(serve_decision(delivery));
    desk
}

#[test]
fn the_last_day_for_paying_is_known_as_soon_as_the_calendar_is() {
    let mut desk = served_without_calendar();
    desk.law = &*LATER;
    let due = desk.asked().paying.until;
    assert_eq!(desk.case.pay_until_by(due), due);
    desk.on(due.unwrap());
    assert_eq!(desk.refused(Command::RemindParty), Code::PaymentWindowOpen);
    desk.later(1).go(Command::RemindParty);
    assert_eq!(desk.owed().unwrap().late_fee, yuan(150));
    let today = desk.today();
    assert_eq!(desk.refused(pay(5151, today, "1")), Code::PaidTooMuch);
    desk.go(look(today, true)).go(pay(5000, today, "1"));
    assert_eq!(desk.refused(finish()), Code::NotCarriedOut);
    desk.go(pay(150, today, "2")).go(finish());
}

#[test]
fn more_time_is_measured_by_the_day_that_the_calendar_says() {
    let mut desk = served_without_calendar();
    desk.law = &*LATER;
    let due = desk.asked().paying.until.unwrap();
    assert_eq!(desk.refused(instalments(due)), Code::TimeTooOld);
    desk.on(due + Days::new(2));
    desk.go(instalments(due + Days::new(30)));
    assert_eq!(desk.owed().unwrap().late_fee, yuan(300));
}
