//! The audits (Order 2, articles 49 to 55).

use super::{
    super::people::{AUDITOR, INVESTIGATOR, reason, user},
    Desk,
    samples::*,
};
use chrono::TimeDelta;
use liangxin_domain::{
    cases::{
        charge::{Penalty, Sanction},
        command::Command,
        file::{AuditKind::*, CaseStateKind},
    },
    refusal::Code,
};

#[test]
fn a_file_that_was_sent_back_needs_a_new_report() {
    let mut desk = Desk::new();
    desk.go(propose(fined(5000))).later(1).go(send_back(Case));
    assert_eq!(desk.case.state_kind(), CaseStateKind::Filed);
    assert_eq!(desk.refused(audit(Case)), Code::ProposalRequired);
    assert_eq!(desk.refused(Command::IssueNotice), Code::ProposalRequired);
    desk.go(propose(fined(5000))).later(1).go(audit(Case));
    assert_eq!(desk.case.state_kind(), CaseStateKind::Audited);
    assert_eq!(desk.case.file.rounds.len(), 2, "the old one stays");
}

#[test]
fn nothing_is_audited_before_it_is_proposed() {
    assert_eq!(Desk::new().refused(audit(Case)), Code::ProposalRequired);
}

#[test]
fn nothing_is_announced_before_its_audit() {
    let mut desk = Desk::new();
    assert_eq!(desk.refused(Command::IssueNotice), Code::ProposalRequired);
    desk.go(propose(fined(5000)));
    assert_eq!(desk.refused(Command::IssueNotice), Code::AuditRequired);
}

#[test]
fn a_weighty_case_is_audited_by_law_before_its_notice() {
    let mut desk = Desk::new();
    desk.go(propose_weighty(fined(5000))).go(audit(Case));
    assert_eq!(desk.refused(Command::IssueNotice), Code::LegalAuditRequired);
    desk.go(audit(Legal)).go(Command::IssueNotice);
}

#[test]
fn a_legal_audit_says_what_qualifies_its_auditor_and_a_case_audit_need_not() {
    let mut desk = Desk::new();
    let unnamed = |kind| Command::AuditCase {
        kind,
        opinion: reason(),
        missing: None,
        qualification: None,
    };
    desk.go(propose_weighty(fined(5000))).go(unnamed(Case));
    assert_eq!(desk.refused(unnamed(Legal)), Code::FieldRequired);
    desk.go(audit(Legal));
    let audits = &desk.case.file.round().unwrap().audits;
    let named: Vec<_> = audits.iter().map(|it| it.qualification.is_some()).collect();
    assert_eq!(named, [false, true]);
}

#[test]
fn a_legal_audit_that_sends_back_undoes_the_case_audit_before_it() {
    let mut desk = Desk::new();
    desk.go(propose_weighty(fined(5000)));
    desk.go(audit(Case)).go(send_back(Legal));
    assert_eq!(desk.refused(Command::IssueNotice), Code::ProposalRequired);
}

#[test]
fn a_report_is_audited_once_of_each_kind_and_never_less_deep_than_before() {
    let mut desk = Desk::new();
    desk.go(propose(fined(5000))).go(audit(Case));
    assert_eq!(desk.refused(audit(Case)), Code::WrongState);
    desk.go(audit(Legal));
    assert_eq!(desk.refused(audit(Legal)), Code::WrongState);
    assert_eq!(desk.refused(audit(Case)), Code::WrongState);
}

#[test]
fn a_notice_ends_the_audits_until_a_hearing() {
    let mut desk = Desk::new();
    desk.audited(fined(5000)).go(Command::IssueNotice);
    assert_eq!(desk.refused(audit(Legal)), Code::WrongState);
}

#[test]
fn after_a_hearing_only_a_legal_audit_counts() {
    let mut desk = Desk::new();
    desk.audited(fined(12_000)).told().heard();
    desk.go(confer());
    let answered = super::decision::reviewed();
    assert_eq!(desk.refused(answered.clone()), Code::LegalAuditRequired);
    assert_eq!(desk.refused(audit(Case)), Code::LegalAuditRequired);
    desk.go(audit(Legal));
    assert_eq!(desk.refused(audit(Legal)), Code::WrongState);
    desk.go(answered);
}

#[test]
fn an_audit_after_the_hearing_may_send_the_file_back() {
    let mut desk = Desk::new();
    desk.audited(fined(12_000)).told().heard();
    desk.go(send_back(Legal));
    assert_eq!(desk.refused(audit(Legal)), Code::ProposalRequired);
    assert_eq!(desk.refused(decide()), Code::WrongState);
    desk.go(propose(fined(11_000))).go(audit(Case)).told();
}

#[test]
fn a_report_that_comes_after_a_hearing_takes_the_place_of_its_audit() {
    let mut desk = Desk::new();
    desk.audited(fined(12_000)).told().heard();
    // The audit of the hearing is open when the new report opens another one.
    desk.later(2).go(propose(fined(11_000)));
    assert!(desk.clocks.open().contains(&"P-AUDIT"));
    desk.go(audit(Case)).told();
    assert!(!desk.clocks.open().contains(&"P-AUDIT"));
}

#[test]
fn a_case_of_before_audits_were_timed_times_the_one_after_its_hearing() {
    let mut desk = Desk::new();
    desk.audited(fined(12_000)).told();
    // As it was stored before: the clock of the audit is not there either.
    desk.case.file.rounds[0].is_timed = false;
    desk.clocks.0.remove("P-AUDIT");
    desk.heard();
    assert!(desk.clocks.open().contains(&"P-AUDIT"));
    desk.go(audit(Legal));
    assert!(!desk.clocks.open().contains(&"P-AUDIT"));
    desk.go(propose(fined(11_000)));
}

#[test]
fn a_report_that_is_heavier_than_what_was_announced_needs_new_facts() {
    let mut desk = Desk::new();
    desk.audited(fined(5000)).go(Command::IssueNotice);
    assert_eq!(
        desk.refused(propose(fined(5001))),
        Code::HeavierNeedsNewFacts
    );
    desk.go(propose(fined(5000)));
    let Command::ProposePenalty { penalty, .. } = propose(fined(5001)) else {
        unreachable!()
    };
    desk.go(Command::ProposePenalty {
        penalty,
        weighty: None,
        new_facts: Some(super::super::people::reason()),
    });
}

#[test]
fn a_report_that_is_heavier_than_the_annulled_decision_needs_new_facts() {
    let mut desk = Desk::new();
    desk.setting.former = Some(fined(5000).weight());
    assert_eq!(
        desk.refused(propose(fined(5001))),
        Code::HeavierNeedsNewFacts
    );
    desk.go(propose(fined(5000)));
    desk.go(Command::ProposePenalty {
        penalty: fined(5001),
        weighty: None,
        new_facts: Some(reason()),
    });
}

#[test]
fn less_of_one_kind_makes_up_for_no_more_of_another() {
    let of = |fine, gains| Penalty {
        sanction: Sanction {
            gains: Some(yuan(gains)),
            takes_gains: gains > 0,
            warning: true,
            ..Sanction::default()
        },
        ..penalty(vec![charge("M-CHT-01", fine)])
    };
    let mut desk = Desk::new();
    desk.audited(of(500, 1500)).go(Command::IssueNotice);
    for heavier in [of(600, 1000), of(400, 1501)] {
        assert_eq!(desk.refused(propose(heavier)), Code::HeavierNeedsNewFacts);
    }
    desk.go(propose(of(500, 0)));
    // Nor does the most of each make up one that is heavier than all.
    desk.go(Command::ProposePenalty {
        penalty: of(900, 100),
        weighty: None,
        new_facts: Some(super::super::people::reason()),
    });
    desk.go(audit(Case)).go(Command::IssueNotice);
    assert_eq!(
        desk.refused(propose(of(900, 1500))),
        Code::HeavierNeedsNewFacts
    );
}

#[test]
fn a_report_that_was_never_announced_binds_nobody() {
    let mut desk = Desk::new();
    desk.audited(fined(5000)).go(propose(fined(9000)));
}

#[test]
fn the_period_of_an_audit_ends_with_it_and_begins_with_each_report() {
    let mut desk = Desk::new();
    desk.go(propose(fined(5000)));
    assert!(desk.clocks.open().contains(&"P-AUDIT"));
    desk.setting.now += TimeDelta::days(3);
    desk.go(propose(fined(6000)));
    assert!(desk.clocks.open().contains(&"P-AUDIT"));
    desk.go(audit(Case));
    assert!(!desk.clocks.open().contains(&"P-AUDIT"));
}

#[test]
fn whoever_wrote_a_final_report_worked_on_the_facts() {
    let mut desk = Desk::new();
    let writer = 12;
    assert!(!desk.case.is_investigated_by(user(writer)));
    desk.go_by(writer, propose(fined(5000)));
    for person in [INVESTIGATOR, 11, writer] {
        assert!(desk.case.is_investigated_by(user(person)), "{person}");
    }
    assert!(!desk.case.is_investigated_by(user(AUDITOR)));
    // A new report by somebody else does not undo it.
    desk.go(propose(fined(4000)));
    assert!(desk.case.is_investigated_by(user(writer)));
}
