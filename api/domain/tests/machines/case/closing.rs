//! How a case ends (Order 2, articles 7 to 16, 60, 77, 78), and what a review makes of its decision.

use super::{super::Stands, Desk, samples::*};
use chrono::{Days, TimeDelta};
use liangxin_domain::{
    cases::{
        case::{CLOSE, DECIDE, PAY, SERVE},
        charge::{Penalty, Sanction},
        command::Command,
        ending::ChangeKind,
        file::{AuditKind, CaseStateKind},
    },
    money::Fen,
    notices::{notice::Channel, paper::Paper},
    refusal::Code,
};

fn served(fine: i64) -> Desk {
    let mut desk = Desk::new();
    desk.served(fined(fine));
    desk
}

fn carried_out() -> Desk {
    let mut desk = served(5000);
    let today = desk.today();
    desk.go(pay(5000, today, "1"));
    desk.later(3).go(look(today + Days::new(3), true));
    desk
}

#[test]
fn a_case_is_closed_when_all_is_paid_and_put_right() {
    let mut desk = served(5000);
    assert_eq!(desk.refused(finish()), Code::NotCarriedOut);
    let today = desk.today();
    desk.go(pay(5000, today, "1"));
    assert_eq!(desk.refused(finish()), Code::NotCarriedOut);
    desk.go(look(today, false));
    assert_eq!(desk.refused(finish()), Code::NotCarriedOut);
    assert!(!desk.clocks.open().contains(&CLOSE));
    desk.go(look(today, true));
    assert!(desk.clocks.open().contains(&CLOSE));
    desk.go(finish());
    assert_eq!(desk.case.state_kind(), CaseStateKind::Closed);
    assert_eq!(desk.paper, Some(Paper::CaseClosing));
    assert_eq!(desk.clocks.open(), Vec::<&str>::new());
}

#[test]
fn a_case_that_cannot_be_carried_out_is_closed_in_spite_of_it() {
    let mut desk = served(5000);
    desk.go(finish_in_spite());
    assert_eq!(desk.case.state_kind(), CaseStateKind::Closed);
    assert_eq!(desk.clocks.open(), Vec::<&str>::new());
}

#[test]
fn what_was_missing_may_come_after_a_case_was_closed_in_spite_of_it() {
    let mut desk = served(5000);
    desk.go(finish_in_spite()).later(30);
    let today = desk.today();
    let owed = desk.owed().unwrap();
    let all = owed.penalty.checked_add(owed.late_fee).unwrap();
    desk.go(look(today, false)).go(pay_fen(all, today, "1"));
    assert_eq!(desk.clocks.last(PAY), Some(Stands::Lapsed));
    assert_eq!(desk.case.file.execution.carried_out_on, None);
    desk.go(look(today, true));
    assert_eq!(desk.case.file.execution.carried_out_on, Some(today));
    assert_eq!(desk.case.state_kind(), CaseStateKind::Closed);
    assert_eq!(desk.clocks.last(CLOSE), None, "it is closed already");
    // Nothing more is missing, and nobody asks for more time, the court or a second end.
    assert_eq!(desk.refused(pay(1, today, "2")), Code::WrongState);
    assert_eq!(desk.refused(look(today, false)), Code::WrongState);
    assert_eq!(desk.refused(finish()), Code::WrongState);
}

#[test]
fn a_case_that_was_closed_carried_out_archived_or_annulled_takes_no_payment() {
    let mut done = carried_out();
    done.go(finish());
    let mut archived = served(5000);
    archived.go(finish_in_spite()).go(Command::ArchiveCase);
    let mut annulled = served(5000);
    let today = annulled.today();
    annulled.go(finish_in_spite());
    annulled.go(change(ChangeKind::Annulled, today, 0));
    for mut desk in [done, archived, annulled] {
        let today = desk.today();
        assert_eq!(desk.refused(pay(1, today, "9")), Code::WrongState);
        assert_eq!(desk.refused(look(today, true)), Code::WrongState);
    }
}

#[test]
fn a_case_that_was_closed_in_spite_of_a_debt_asks_for_no_more_time_and_no_court() {
    let mut desk = served(5000);
    let later = desk.due(60);
    desk.go(finish_in_spite());
    for command in [instalments(later), Command::RemindParty, ask_court()] {
        assert_eq!(desk.refused(command), Code::WrongState);
    }
}

#[test]
fn a_warning_is_closed_without_a_payment() {
    let mut desk = Desk::new();
    desk.served(Penalty {
        sanction: Sanction {
            warning: true,
            ..Sanction::default()
        },
        ..penalty(vec![charge("M-VER-01", 0)])
    });
    assert!(!desk.clocks.open().contains(&PAY));
    let today = desk.today();
    desk.go(look(today, true)).go(finish());
    assert_eq!(desk.clocks.open(), Vec::<&str>::new());
}

#[test]
fn the_period_for_closing_begins_once_and_stays() {
    let mut desk = carried_out();
    let today = desk.today();
    desk.go(look(today, false)).go(look(today, true));
    desk.go(finish());
    assert_eq!(desk.refused(finish()), Code::WrongState);
}

#[test]
fn only_what_is_over_goes_to_the_archive_and_only_once() {
    let mut desk = carried_out();
    assert_eq!(desk.refused(Command::ArchiveCase), Code::WrongState);
    desk.go(finish()).go(Command::ArchiveCase);
    assert_eq!(desk.case.state_kind(), CaseStateKind::Archived);
    assert_eq!(desk.refused(Command::ArchiveCase), Code::WrongState);
}

#[test]
fn a_case_ends_without_a_penalty_by_its_report_and_its_audit() {
    let mut desk = Desk::new();
    assert_eq!(desk.refused(close()), Code::ProposalRequired);
    desk.go(propose(fined(5000))).go(audit(AuditKind::Case));
    assert_eq!(desk.refused(close()), Code::NoPenaltyNotProposed);
    desk.go(acquit());
    assert_eq!(desk.refused(close()), Code::AuditRequired);
    desk.go(send_back(AuditKind::Case));
    assert_eq!(desk.refused(close()), Code::ProposalRequired);
    desk.go(acquit()).go(audit(AuditKind::Case)).go(close());
    assert_eq!(desk.case.state_kind(), CaseStateKind::ClosedNoPenalty);
    assert_eq!(desk.paper, Some(Paper::NoPenaltyDecision));
    assert_eq!(desk.clocks.open(), Vec::<&str>::new());
    desk.setting.unserved = None;
    desk.go(Command::ArchiveCase);
}

#[test]
fn a_case_is_archived_once_the_party_got_its_order_its_decision_and_what_changed_it() {
    let mut spared = Desk::new();
    spared.go(acquit()).go(audit(AuditKind::Case)).go(close());
    let mut annulled = served(5000);
    let today = annulled.today();
    annulled.go(change(ChangeKind::Annulled, today, 0));
    let mut ordered = Desk::new();
    let until = ordered.today() + Days::new(20);
    ordered.go(order(until)).go(transfer());
    for mut desk in [spared, annulled, ordered] {
        assert_eq!(desk.refused(Command::ArchiveCase), Code::PaperNotServed);
        desk.setting.unserved = None;
        desk.go(Command::ArchiveCase);
    }
    // Nobody is left to be served.
    let mut gone = Desk::new();
    gone.go(order(until));
    gone.setting.is_party_gone = true;
    gone.go(terminate()).go(Command::ArchiveCase);
}

#[test]
fn a_report_without_a_penalty_is_neither_announced_nor_decided() {
    let mut desk = Desk::new();
    desk.go(acquit()).go(audit(AuditKind::Case));
    assert_eq!(desk.refused(Command::IssueNotice), Code::WrongState);
    assert_eq!(desk.refused(decide()), Code::WrongState);
}

#[test]
fn a_case_that_waits_is_not_acquitted_but_may_be_handed_over() {
    let mut desk = Desk::new();
    desk.go(acquit()).go(audit(AuditKind::Case)).go(suspend());
    assert_eq!(desk.refused(close()), Code::WrongState);
    desk.go(transfer());
    assert_eq!(desk.case.state_kind(), CaseStateKind::Transferred);
    // What was handed over while it waited does not go on here.
    assert_eq!(desk.refused(Command::ResumeCase), Code::WrongState);
}

#[test]
fn a_case_is_handed_over_before_anybody_proposed_anything() {
    let mut desk = Desk::new();
    desk.go(transfer());
    assert_eq!(desk.case.state_kind(), CaseStateKind::Transferred);
    // The letter is the report's; without a report it is the case's.
    assert_eq!(desk.paper, None);
    let mut own = Desk::new();
    own.case.basis.report = None;
    own.go(transfer());
    assert_eq!(own.paper, Some(Paper::TransferLetter));
    assert_eq!(own.refused(transfer()), Code::WrongState);
}

#[test]
fn a_case_is_handed_over_while_the_party_answers_or_waits_to_be_heard() {
    let mut desk = Desk::new();
    desk.audited(fined(12_000)).told().go(ask_hearing());
    desk.go(transfer());
    assert_eq!(desk.clocks.open(), Vec::<&str>::new());
}

#[test]
fn an_investigation_without_a_party_ends_wherever_it_stands_once_the_register_says_so() {
    let mut told = Desk::new();
    told.audited(fined(12_000)).told();
    let mut heard = Desk::new();
    heard.audited(fined(12_000)).told().go(ask_hearing());
    let mut waiting = Desk::new();
    waiting.go(suspend());
    for mut desk in [Desk::new(), told, heard, waiting] {
        assert_eq!(desk.refused(terminate()), Code::PartyNotGone);
        desk.setting.is_party_gone = true;
        desk.go(terminate());
        assert_eq!(desk.case.state_kind(), CaseStateKind::Terminated);
        assert_eq!(desk.paper, Some(Paper::TerminationOfCase));
        assert_eq!(desk.clocks.open(), Vec::<&str>::new());
        assert_eq!(desk.clocks.last(DECIDE), Some(Stands::Lapsed));
        // Nothing was established against it, and nothing of it stands.
        assert_eq!(desk.case.standing(), None);
        assert!(!desk.case.shows_offence());
        for late in [terminate(), propose(fined(5000)), Command::ResumeCase] {
            assert_eq!(desk.refused(late), Code::WrongState);
        }
        desk.go(Command::ArchiveCase);
    }
}

#[test]
fn what_is_decided_is_not_ended_because_the_party_is_gone() {
    let mut desk = served(5000);
    desk.setting.is_party_gone = true;
    assert_eq!(desk.refused(terminate()), Code::WrongState);
}

#[test]
fn an_annulled_decision_leaves_nothing_standing_and_no_period_open() {
    let mut decided = Desk::new();
    decided.decided(fined(5000));
    let mut settled = served(5000);
    settled.later(40);
    let mut closed = carried_out();
    closed.go(finish());
    for mut desk in [decided, settled, carried_out(), closed] {
        let (today, was_closed) = (desk.today(), desk.case.file.closed.is_some());
        desk.go(change(ChangeKind::Annulled, today, 0));
        assert_eq!(desk.case.state_kind(), CaseStateKind::Annulled);
        assert_eq!(desk.case.standing(), None);
        assert_eq!(desk.case.fine(), Fen::ZERO);
        assert_eq!(desk.clocks.open(), Vec::<&str>::new(), "{was_closed}");
        assert_eq!(
            desk.refused(change(ChangeKind::Annulled, today, 0)),
            Code::WrongState
        );
        assert_eq!(desk.refused(pay(1, today, "9")), Code::WrongState);
    }
}

#[test]
fn a_decision_that_was_taken_away_is_not_served_any_more() {
    let mut desk = Desk::new();
    desk.decided(fined(5000));
    let today = desk.today();
    desk.go(change(ChangeKind::Annulled, today, 0));
    assert!(!desk.clocks.open().contains(&SERVE));
    let late = delivery(Channel::InPerson, desk.now());
    assert_eq!(desk.refused(serve_decision(late)), Code::WrongState);
}

#[test]
fn a_decision_is_lowered_and_never_made_heavier() {
    let mut desk = served(5000);
    let today = desk.today();
    let same = change(ChangeKind::Lowered, today, 5000);
    assert_eq!(desk.refused(same), Code::FineHeavierThanNotice);
    desk.go(change(ChangeKind::Lowered, today, 3000));
    assert_eq!(desk.paper, Some(Paper::DecisionChange));
    assert_eq!(desk.case.fine(), yuan(3000));
    assert_eq!(desk.owed_on(today).unwrap().penalty, yuan(3000));
    let more = change(ChangeKind::Lowered, today, 3001);
    assert_eq!(desk.refused(more), Code::FineHeavierThanNotice);
    desk.go(change(ChangeKind::Annulled, today, 0));
}

#[test]
fn a_decision_that_nobody_was_told_is_not_lowered() {
    let mut desk = Desk::new();
    let today = desk.today();
    let lowered = change(ChangeKind::Lowered, today, 3000);
    assert_eq!(desk.refused(lowered), Code::CaseNotDecided);
    desk.decided(fined(5000));
    let today = desk.today();
    // Else it could never be served, nor the case be closed.
    let lowered = change(ChangeKind::Lowered, today, 3000);
    assert_eq!(desk.refused(lowered), Code::DecisionNotServed);
}

#[test]
fn what_changes_a_decision_is_of_a_day_between_it_and_today() {
    let mut desk = served(5000);
    let (today, tomorrow) = (desk.today(), desk.today() + Days::new(1));
    let annul = |on| change(ChangeKind::Annulled, on, 0);
    assert_eq!(desk.refused(annul(tomorrow)), Code::TimeInFuture);
    let before = today - Days::new(1);
    assert_eq!(desk.refused(annul(before)), Code::TimeTooOld);
    desk.setting.now += TimeDelta::days(9);
    desk.go(annul(today));
}

#[test]
fn a_fine_that_is_lowered_to_what_was_paid_is_carried_out() {
    let mut desk = served(5000);
    let today = desk.today();
    desk.go(pay(3000, today, "1")).go(look(today, true));
    assert!(desk.clocks.open().contains(&PAY));
    desk.later(5);
    let today = desk.today();
    desk.go(change(ChangeKind::Lowered, today, 3000));
    assert_eq!(desk.clocks.open(), vec![CLOSE]);
    desk.go(finish());
    assert_eq!(desk.clocks.open(), Vec::<&str>::new());
}
