//! How a notice and a decision reach their party (Order 2, articles 80 to 83).

use super::{super::people::line, Desk, samples::*};
use chrono::{Days, NaiveDate, TimeDelta};
use liangxin_domain::{
    cases::{case::DECIDE, command::Command, service::Delivery},
    law::clock::Due,
    notices::{notice::Channel, paper::Paper},
    refusal::Code,
};

fn issued() -> Desk {
    let mut desk = Desk::new();
    desk.audited(fined(5000)).go(Command::IssueNotice).later(1);
    desk
}

#[test]
fn a_notice_is_issued_before_it_is_served() {
    let mut desk = Desk::new();
    desk.audited(fined(5000));
    let now = desk.now();
    let served = serve_notice(delivery(Channel::InPerson, now));
    assert_eq!(desk.refused(served), Code::NoticeRequired);
    desk.go(Command::IssueNotice);
    assert_eq!(desk.paper, Some(Paper::PenaltyNotice));
    let early = serve_notice(delivery(Channel::InPerson, now - TimeDelta::hours(1)));
    assert_eq!(desk.refused(early), Code::ServedBeforeIssued);
    desk.go(serve_notice(delivery(Channel::InPerson, now)));
    assert_eq!(desk.paper, Some(Paper::ServiceReceipt));
}

#[test]
fn a_notice_is_issued_once_and_served_once() {
    let mut desk = issued();
    assert_eq!(desk.refused(Command::IssueNotice), Code::WrongState);
    let at = desk.now();
    desk.go(serve_notice(delivery(Channel::InPerson, at)));
    let again = serve_notice(delivery(Channel::Post, at));
    assert_eq!(desk.refused(again), Code::WrongState);
}

#[test]
fn nothing_is_served_in_the_future_beyond_what_a_phone_runs_ahead() {
    let mut desk = issued();
    let now = desk.now();
    let in_minutes = |minutes| {
        serve_notice(delivery(
            Channel::InPerson,
            now + TimeDelta::minutes(minutes),
        ))
    };
    assert_eq!(desk.refused(in_minutes(11)), Code::TimeInFuture);
    desk.go(in_minutes(9));
}

#[test]
fn nothing_is_served_by_a_call_or_a_short_message() {
    let mut desk = issued();
    let now = desk.now();
    for channel in [Channel::Phone, Channel::Sms] {
        let told = serve_notice(delivery(channel, now));
        assert_eq!(desk.refused(told), Code::ServiceChannel, "{channel}");
    }
}

#[test]
fn nothing_is_served_electronically_without_a_signed_address() {
    let mut desk = issued();
    let now = desk.now();
    for channel in [Channel::Internet, Channel::Email] {
        let sent = serve_notice(delivery(channel, now));
        assert_eq!(
            desk.refused(sent),
            Code::AddressConfirmationRequired,
            "{channel}"
        );
    }
    desk.go(serve_notice(Delivery {
        address_confirmation: Some(line("送达地址确认书")),
        ..delivery(Channel::Email, now)
    }));
}

#[test]
fn what_is_left_behind_is_left_before_a_witness() {
    let mut desk = issued();
    let left = delivery(Channel::Left, desk.now());
    assert_eq!(
        desk.refused(serve_notice(left.clone())),
        Code::FieldRequired
    );
    desk.go(serve_notice(Delivery {
        witness: Some(line("居委会张某")),
        ..left
    }));
}

#[test]
fn a_public_notice_counts_as_served_after_thirty_days() {
    let mut desk = issued();
    let published = desk.today();
    let public = delivery(Channel::PublicNotice, desk.now());
    desk.go(serve_notice(public));
    let round = desk.case.file.round().unwrap();
    let served = round.notice.as_ref().unwrap().served.as_ref().unwrap();
    assert_eq!(served.on, published + Days::new(30));
    assert!(served.until.unwrap() > served.on);
    // On the last of the thirty days the days for an answer have not even begun.
    desk.later(30);
    assert_eq!(desk.refused(decide()), Code::DefenceWindowOpen);
    desk.silent().go(decide());
}

/// The last day for the decision.
fn decide_by(desk: &Desk) -> NaiveDate {
    match desk.clocks.0[DECIDE].last().unwrap().due {
        Due::On { moved, .. } => moved,
        due => panic!("{due:?}"),
    }
}

#[test]
fn the_days_of_a_public_notice_do_not_count_for_the_decision() {
    let mut handed = issued();
    let before = decide_by(&handed);
    let in_person = delivery(Channel::InPerson, handed.now());
    handed.go(serve_notice(in_person));
    assert_eq!(decide_by(&handed), before);
    // Ninety days from 2 March end on Sunday 31 May, thirty more on the 30th of June.
    let mut desk = issued();
    assert_eq!(before, "2026-06-01".parse().unwrap());
    let public = delivery(Channel::PublicNotice, desk.now());
    desk.go(serve_notice(public));
    assert_eq!(decide_by(&desk), "2026-06-30".parse().unwrap());
}

#[test]
fn a_case_may_wait_for_something_else_while_its_public_notice_stands() {
    let mut desk = issued();
    let public = delivery(Channel::PublicNotice, desk.now());
    desk.go(serve_notice(public));
    let before = decide_by(&desk);
    desk.later(10)
        .go(suspend())
        .later(5)
        .go(Command::ResumeCase);
    assert_eq!(decide_by(&desk), before, "no day falls out twice");
    desk.later(5)
        .go(suspend())
        .later(20)
        .go(Command::ResumeCase);
    // Ten of the twenty days lie behind the notice.
    assert_eq!(decide_by(&desk), before + Days::new(10));
}

#[test]
fn a_public_notice_that_is_noted_after_a_suspension_counts_from_its_publication() {
    let mut desk = issued();
    let published = desk.now();
    let before = decide_by(&desk);
    desk.later(2).go(suspend()).later(5).go(Command::ResumeCase);
    desk.later(3);
    let public = delivery(Channel::PublicNotice, published);
    desk.go(serve_notice(public));
    assert!(decide_by(&desk) >= before + Days::new(28));
    assert!(decide_by(&desk) <= before + Days::new(31));
}

#[test]
fn a_party_may_answer_a_public_notice_before_it_counts_as_served() {
    let mut desk = issued();
    let public = delivery(Channel::PublicNotice, desk.now());
    desk.go(serve_notice(public)).later(3).go(waive());
    desk.go(decide());
}

#[test]
fn a_decision_is_served_as_a_notice_is() {
    let mut desk = Desk::new();
    let now = desk.now();
    let serve = |at| serve_decision(delivery(Channel::InPerson, at));
    assert_eq!(desk.refused(serve(now)), Code::CaseNotDecided);
    desk.decided(fined(5000));
    let now = desk.now();
    let early = serve(now - TimeDelta::hours(1));
    assert_eq!(desk.refused(early), Code::ServedBeforeIssued);
    let called = serve_decision(delivery(Channel::Phone, now));
    assert_eq!(desk.refused(called), Code::ServiceChannel);
    desk.go(serve(now));
    assert_eq!(desk.refused(serve(now)), Code::WrongState);
}

#[test]
fn the_days_for_paying_run_from_the_thirtieth_day_of_a_public_notice() {
    let mut desk = Desk::new();
    desk.decided(fined(5000));
    let public = delivery(Channel::PublicNotice, desk.now());
    let counts = desk.today() + Days::new(30);
    desk.go(serve_decision(public));
    assert!(desk.case.pay_until_by(None).unwrap() >= counts + Days::new(15));
}

#[test]
fn a_party_knows_of_its_case_from_the_first_notice_that_reached_it() {
    let mut desk = issued();
    assert_eq!(desk.case.file.told_at(), None);
    let at = desk.now();
    desk.go(serve_notice(delivery(Channel::InPerson, at)));
    assert_eq!(desk.case.file.told_at(), Some(at));
    desk.later(2).go(propose(fined(4000)));
    desk.go(audit(liangxin_domain::cases::file::AuditKind::Case))
        .told();
    assert_eq!(desk.case.file.told_at(), Some(at));
}
