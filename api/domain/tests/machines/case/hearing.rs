//! The hearing (Administrative Penalty Law, articles 63 and 64).

use super::{
    super::people::{CHAIR, HEAD, INVESTIGATOR, line, user, words},
    Desk,
    samples::*,
};
use chrono::TimeDelta;
use liangxin_domain::{
    cases::{
        case::HEARING,
        charge::{Penalty, Sanction},
        command::Command,
        file::{AuditKind, CaseStateKind},
    },
    law::{clock::PauseCause, effect::ClockEffect},
    notices::paper::Paper,
    refusal::Code,
};

fn asked() -> Desk {
    let mut desk = Desk::new();
    desk.audited(fined(12_000)).told().go(ask_hearing());
    desk
}

#[test]
fn a_hearing_that_was_asked_for_has_to_be_held_before_the_decision() {
    let mut desk = asked();
    desk.silent();
    assert_eq!(desk.refused(decide()), Code::HearingRequired);
    let at = desk.now() + TimeDelta::days(15);
    desk.invited(at);
    assert_eq!(desk.refused(decide()), Code::HearingRequired);
    desk.later(15).go(hold()).go(audit(AuditKind::Legal));
    desk.go(confer()).go(decide());
}

#[test]
fn whoever_investigated_does_not_lead_the_hearing() {
    let mut desk = asked();
    let at = desk.now() + TimeDelta::days(15);
    for chair in [INVESTIGATOR, 11] {
        let by = Command::AnnounceHearing {
            at,
            place: line("三楼会议室"),
            chair: user(chair),
        };
        assert_eq!(desk.refused(by), Code::ChairInvestigated);
    }
    desk.go(announce(at));
    assert_eq!(desk.paper, Some(Paper::HearingNotice));
}

#[test]
fn a_hearing_is_told_seven_working_days_before() {
    let mut desk = asked();
    let last = desk.end(HEARING, desk.today()).unwrap();
    let ten = |day: chrono::NaiveDate| day.and_hms_opt(2, 0, 0).unwrap().and_utc();
    assert_eq!(desk.refused(announce(ten(last))), Code::HearingTooSoon);
    desk.go(announce(ten(last.succ_opt().unwrap())));
}

#[test]
fn a_hearing_is_held_seven_working_days_after_its_notice_was_served() {
    let mut desk = asked();
    let at = desk.now() + TimeDelta::days(15);
    desk.go(announce(at)).later(15);
    assert_eq!(desk.refused(hold()), Code::HearingNotServed);
    // It was served so late that the day itself is the last of the seven.
    let day = desk.today();
    let mut served = day;
    while desk.end(HEARING, served).unwrap() >= day {
        served = served.pred_opt().unwrap();
    }
    desk.hearing_served_on = served.succ_opt();
    assert_eq!(desk.refused(hold()), Code::HearingTooSoon);
    desk.hearing_served_on = Some(served);
    desk.go(hold());
}

#[test]
fn another_day_needs_another_notice() {
    let mut desk = asked();
    let at = desk.now() + TimeDelta::days(15);
    desk.invited(at).later(1).go(announce(at)).later(14);
    assert_eq!(desk.refused(hold()), Code::HearingNotServed);
}

#[test]
fn a_hearing_that_was_not_asked_for_is_neither_announced_nor_held() {
    let mut desk = Desk::new();
    desk.audited(fined(12_000)).told();
    let at = desk.now() + TimeDelta::days(15);
    assert_eq!(desk.refused(announce(at)), Code::HearingNotAsked);
    assert_eq!(desk.refused(hold()), Code::HearingNotAsked);
}

#[test]
fn the_chair_that_was_announced_holds_it_at_its_hour() {
    let mut desk = asked();
    assert_eq!(desk.refused(hold()), Code::HearingNotAnnounced);
    let at = desk.now() + TimeDelta::days(15);
    desk.invited(at);
    assert_eq!(desk.refused(hold()), Code::HearingNotYet);
    desk.later(15);
    assert_eq!(desk.refused_by(HEAD, hold()), Code::HearingChair);
    desk.go_by(CHAIR, hold());
    assert_eq!(desk.paper, Some(Paper::HearingRecord));
    assert_eq!(desk.refused(hold()), Code::HearingHeld);
    let at = desk.now() + TimeDelta::days(15);
    assert_eq!(desk.refused(announce(at)), Code::HearingHeld);
}

#[test]
fn the_last_announcement_counts() {
    let mut desk = asked();
    let at = desk.now() + TimeDelta::days(15);
    desk.invited(at).later(1).invited(at + TimeDelta::days(4));
    desk.on("2026-04-01".parse().unwrap());
    desk.setting.now = at;
    assert_eq!(desk.refused(hold()), Code::HearingNotYet);
    desk.later(4).go(hold());
}

#[test]
fn the_period_for_deciding_waits_for_the_hearing() {
    let mut desk = asked();
    let (rule, on) = ("P-DECIDE", desk.today());
    let cause = PauseCause::Hearing;
    let waits = ClockEffect::Pause { rule, cause, on };
    assert!(desk.effects.contains(&waits), "{:?}", desk.effects);
    let at = desk.now() + TimeDelta::days(15);
    desk.invited(at).later(15).go(hold());
    let on = desk.today();
    assert!(desk.effects.contains(&ClockEffect::Resume { rule, on }));
}

#[test]
fn a_case_that_waits_for_its_hearing_is_not_suspended_as_well() {
    assert_eq!(asked().refused(suspend()), Code::WrongState);
}

#[test]
fn a_new_report_ends_the_wait_for_a_hearing_that_is_not_held_any_more() {
    let mut desk = asked();
    desk.later(2).go(propose(fined(11_000)));
    assert_eq!(desk.case.state_kind(), CaseStateKind::Proposed);
    let (rule, on) = ("P-DECIDE", desk.today());
    assert!(desk.effects.contains(&ClockEffect::Resume { rule, on }));
    // The new notice offers a hearing of its own, and a suspension finds no pause in its way.
    desk.go(suspend()).later(1).go(Command::ResumeCase);
    desk.go(audit(AuditKind::Case)).told().heard();
    desk.go(audit(AuditKind::Legal)).go(confer()).go(decide());
}

#[test]
fn an_audit_by_law_of_before_the_hearing_is_not_the_one_after_it() {
    let mut desk = Desk::new();
    desk.audited_weighty(fined(12_000)).told().heard();
    desk.go(confer());
    assert_eq!(desk.refused(decide()), Code::LegalAuditRequired);
    desk.go(audit(AuditKind::Legal)).go(decide());
}

/// Whether the notice of such a penalty offers a hearing; from 10,000 yuan on it does.
fn offers(sanction: Sanction, fine: i64) -> bool {
    let mut desk = Desk::new();
    desk.audited(Penalty {
        sanction,
        ..penalty(vec![charge("M-CHT-01", fine)])
    });
    desk.go(Command::IssueNotice);
    let round = desk.case.file.round().unwrap();
    round.notice.as_ref().unwrap().offers_hearing
}

#[test]
fn things_that_are_taken_offer_a_hearing_unless_their_worth_is_said_and_small() {
    let taking = |value| Sanction {
        items: Some(words()),
        items_value: yuan(value),
        ..Sanction::default()
    };
    assert!(offers(taking(0), 500), "nobody said what they are worth");
    assert!(!offers(taking(300), 500));
    assert!(offers(taking(10_000), 0));
}

#[test]
fn what_is_fined_and_what_is_taken_are_added_up_before_a_hearing_is_refused() {
    let taking = |gains, value| Sanction {
        gains: Some(yuan(gains)),
        takes_gains: true,
        items: Some(words()),
        items_value: yuan(value),
        ..Sanction::default()
    };
    assert!(offers(taking(5000, 4000), 1000));
    assert!(!offers(taking(5000, 3999), 1000));
}
